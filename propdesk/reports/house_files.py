"""The file of a house on paper, for the office alone: facts, people, what is open, time line.

Masked by law.md 1.7, unless somebody with the right asked for it in full and said what for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import LazyText, _, _lazy, speaking
from propdesk.reports.parts.flow import Flow, Prose, SectionHead
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import A4, PrintedPaper, Sheet
from propdesk.reports.parts.tables import Column, Row, Table, continued

_SIZE, _ROW = 8.4, 5.8
_NONE_SIZE, _NONE_LEADING = 8.4, 5.0

_FACTS, _PEOPLE, _THINGS = _lazy("The house"), _lazy("Persons"), _lazy("Vehicles, pets and keys")
_OPEN, _EVENTS = _lazy("What is open"), _lazy("Time line")


@dataclass(frozen=True, slots=True)
class HouseFileSheet:
    """The file of a house as it is printed, all in words.

    `facts` are label and value; `people` are name, role, share, phone, from - to and state;
    `things` what, of which kind, whose, since; `open_things` what, which, since; `events` day,
    what, of what, how it ended; `years` the words of how far back the time line goes.
    """

    frame: RegisterFrame
    facts: Sequence[tuple[str, str]]
    people: Sequence[tuple[str, str, str, str, str, str]]
    things: Sequence[tuple[str, str, str, str]]
    open_things: Sequence[tuple[str, str, str]]
    events: Sequence[tuple[str, str, str, str]]
    years: str
    note: str = ""


def render_house_file(
    paper: HouseFileSheet, target: Path, *, language: PaperLanguage
) -> PrintedPaper:
    """Draw the file into the PDF file `target`; OSError where it cannot be written."""
    with speaking(language.code):
        with Sheet(target, A4, title=paper.frame.title) as sheet:
            _draw(paper, paper.frame.start(sheet, language))
        return sheet.printed


def _draw(paper: HouseFileSheet, flow: Flow) -> None:
    _facts(paper, flow)
    _part(
        flow, "2", _PEOPLE, paper.people, _("Nobody is entered here."),
        Column(_("Name"), 34, bold=True), Column(_("Role"), 24), Column(_("Share"), 16),
        Column(_("Phone")), Column(_("From - to"), 42), Column(_("State"), 18),
    )  # fmt: skip
    _part(
        flow, "3", _THINGS, paper.things, _("None."),
        Column(_("What"), 26), Column(_("Details")), Column(_("Whose"), 34),
        Column(_("Since"), 26),
    )  # fmt: skip
    _part(
        flow, "4", _OPEN, paper.open_things, _("Nothing is open."),
        Column(_("What"), 30), Column(_("Details")), Column(_("Since"), 26),
    )  # fmt: skip
    _part(
        flow, "5", _EVENTS, paper.events, _("Nothing has happened here so far."),
        Column(_("Day"), 28), Column(_("What"), 26), Column(_("Details")),
        Column(_("Outcome"), 28), note=paper.years,
    )  # fmt: skip


def _facts(paper: HouseFileSheet, flow: Flow) -> None:
    """Write the facts in pairs, and the house's note below them."""
    flow.place(SectionHead("1", str(_FACTS)))
    pairs = list(paper.facts)
    if len(pairs) % 2:
        pairs.append(("", ""))
    rows = [Row((*left, *right)) for left, right in zip(pairs[::2], pairs[1::2], strict=True)]
    columns = (
        Column(_("Item"), 28), Column(_("Details"), bold=True),
        Column(_("Item"), 28), Column(_("Details"), bold=True),
    )  # fmt: skip
    Table(columns, rows, size=_SIZE, row_height=_ROW).flow(flow)
    if paper.note:
        flow.space(1.6)
        flow.prose(paper.note, size=_NONE_SIZE, leading=_NONE_LEADING)


def _part(
    flow: Flow,
    number: str,
    title: LazyText,
    rows: Sequence[tuple[str, ...]],
    nothing: str,
    *columns: Column,
    note: str = "",
) -> None:
    flow.space(4.0)
    flow.need(8.4 + 6.4 + 3 * _ROW)
    flow.place(SectionHead(number, str(title), note=note))
    if not rows:
        flow.place(Prose(nothing, _NONE_SIZE, _NONE_LEADING))
        return
    Table(
        columns, [Row(row) for row in rows], size=_SIZE, row_height=_ROW,
        continued=continued(str(title)),
    ).flow(flow)  # fmt: skip

"""A bill explained: for which days, how the amount came about, what was paid and asked (R98)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, speaking
from propdesk.reports.parts.flow import Drawing, Flow, Prose, SectionHead
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import A4, FIELD, Align, PrintedPaper, Sheet
from propdesk.reports.parts.tables import Column, Row, Table, continued

_TAB, _LINE = 34.0, 5.4


@dataclass(frozen=True, slots=True)
class EventRow:
    """A line of the bill's course: day, what happened, its number, the amount, what came of it."""

    day: str
    what: str
    number: str
    amount: str
    result: str


@dataclass(frozen=True, slots=True)
class BillExplainedSheet:
    """The input of the paper; `facts` are label and value, `sums` the amounts, the last is owed."""

    frame: RegisterFrame
    facts: Sequence[tuple[str, str]]
    sums: Sequence[tuple[str, str]]
    words: Sequence[str]
    events: Sequence[EventRow]


def render_bill_explained(
    paper: BillExplainedSheet, target: Path, *, language: PaperLanguage
) -> PrintedPaper:
    """Draw the explanation into the PDF file `target`; it appears whole or not at all."""
    with speaking(language.code):
        with Sheet(target, A4, title=paper.frame.title) as sheet:
            _draw(paper, paper.frame.start(sheet, language))
        return sheet.printed


def _draw(paper: BillExplainedSheet, flow: Flow) -> None:
    for label, value in paper.facts:
        lines = flow.sheet.wrapped(value, flow.width - _TAB, 9.8)
        flow.place(Drawing(1.2 + 4.8 * max(len(lines), 1), _fact(label, lines)))
    flow.space(2.0)
    flow.place(Drawing(16.0, lambda *where: _draw_sums(paper.sums, *where)))
    flow.space(3.0)
    flow.place(SectionHead("", _("How the amount comes about"), indent=0))
    for words in paper.words or (_("It was written by hand: no working is kept."),):
        flow.place(Prose(words, 10.0, _LINE))
        flow.space(0.8)
    flow.space(4.0)
    title = _("What happened to this bill")
    columns = (
        Column(_("Day"), 24.0),
        Column(_("What")),
        Column(_("Number"), 40.0),
        Column(_("Settled (yuan)"), 28.0, Align.RIGHT),
        Column("", 3.0),
        Column(_("Outcome"), 42.0),
    )
    rows = [
        Row((one.day, one.what, one.number, one.amount, "", one.result)) for one in paper.events
    ]
    table = Table(columns, rows, size=9.0, continued=continued(title))
    table.flow(flow, SectionHead("", title, indent=0))


def _fact(label: str, lines: list[str]) -> Callable[[Sheet, float, float, float], None]:
    def draw(sheet: Sheet, x: float, y: float, _width: float) -> None:
        sheet.text(x, y + 4.0, label, 8.0)
        sheet.lines(x + _TAB, y + 4.0, lines, 9.8, leading=4.8)

    return draw


def _draw_sums(
    sums: Sequence[tuple[str, str]], sheet: Sheet, x: float, y: float, width: float
) -> None:
    """Draw the amounts beside each other, what is owed in bold."""
    part = width / len(sums)
    for place, (label, amount) in enumerate(sums):
        left = x + part * place
        if place:
            sheet.upright(left - 3, y + 1, y + 14, FIELD)
        sheet.text(left, y + 5, label, 8.0)
        sheet.text(left, y + 12.4, amount, 14, bold=place == len(sums) - 1)

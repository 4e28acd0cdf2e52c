"""A person's own data as a report (查阅、复制, PIPL 44, 45): every kind with why and how long, A4.

In full, because it is his; therefore it says for whom it was printed and who handed it out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.domain.person_data import DataEntry
from propdesk.i18n import _, _lazy, ngettext, speaking
from propdesk.reports.parts.flow import Drawing, Flow, Prose, SectionHead
from propdesk.reports.parts.form_lines import Blank, Piece, Space, Words, draw_line
from propdesk.reports.parts.privacy_papers import PrivacyOffice, begin_paper
from propdesk.reports.parts.sheet import A4, Box, PrintedPaper, Sheet
from propdesk.reports.parts.tables import PADDING, Column, Row, RowKind, Table, continued
from propdesk.reports.parts.text import wrap

_SIZE, _LEADING = 9.2, 5.0
_TABLE, _TABLE_LEADING, _ROW = 7.8, 3.9, 5.6
_WORDS = 116.0  # mm: the column of what is kept

PERSON_DATA_TITLE = _lazy("What we keep about you")


@dataclass(frozen=True, slots=True)
class KindKept:
    """A kind of data: its purpose, ground and retention in words, and what there is of it."""

    label: str
    purpose: str
    basis: str
    kept: str
    entries: Sequence[DataEntry]


@dataclass(frozen=True, slots=True)
class PersonDataSheet:
    """The data of `name`, printed for `receiver`; groups have a title and their kinds.

    `not_kept` names the kinds of which there is nothing.
    """

    office: PrivacyOffice
    name: str
    number: int
    receiver: str
    is_sealed: bool
    groups: Sequence[tuple[str, Sequence[KindKept]]]
    not_kept: Sequence[str]
    backups: str
    answer_days: int


def render_person_data(
    paper: PersonDataSheet, target: Path, *, language: PaperLanguage
) -> PrintedPaper:
    """Draw the report into the PDF file `target`; it appears whole or not at all."""
    with speaking(language.code):
        with Sheet(target, A4, title=language.main(PERSON_DATA_TITLE)) as sheet:
            flow = begin_paper(sheet, paper.office, PERSON_DATA_TITLE, language, paper.name)
            _draw(paper, flow, language)
        return sheet.printed


def _draw(paper: PersonDataSheet, flow: Flow, language: PaperLanguage) -> None:
    flow.place(Drawing(8.0, lambda sheet, x, y, width: _draw_whose(paper, sheet, x, y, width)))
    flow.prose(
        _(
            "Under the Personal Information Protection Law, articles 44 and 45, this is everything "
            "that {office} keeps about you, with what it is for, its ground and how long it is "
            "kept. It is printed in full for you: keep it as you keep your own papers."
        ).format(office=paper.office.called(language)),
        size=_SIZE,
        leading=_LEADING,
    )
    if paper.is_sealed:
        flow.prose(
            _("Your data is sealed: it is kept because a law asks for it, and used for nothing."),
            size=_SIZE,
            leading=_LEADING,
        )
    for number, (title, kinds) in enumerate(paper.groups, start=1):
        flow.space(3)
        _table(title, kinds).flow(flow, SectionHead(str(number), title))
    flow.space(3)
    if paper.not_kept:
        head = SectionHead(str(len(paper.groups) + 1), _("Of these we keep nothing about you"))
        flow.place(head, Prose(_("; ").join(paper.not_kept), _SIZE, _LEADING))
    days = ngettext("{count} day", "{count} days", paper.answer_days)
    flow.space(2)
    words = _(
        "What is wrong, you may have corrected; what is no longer needed, erased; we answer "
        "within {days} and give the reason where we must refuse. Backups: {backups}."
    ).format(days=days.format(count=paper.answer_days), backups=paper.backups)
    flow.place(Prose(words, _SIZE, _LEADING), Drawing(15.0, _draw_signatures))


def _draw_whose(paper: PersonDataSheet, sheet: Sheet, x: float, y: float, width: float) -> None:
    pieces: list[Piece] = [
        Words(_("Whose data"), _SIZE, bold=True), Space(3.0),
        Words(_("{name}, number {number}").format(name=paper.name, number=paper.number), _SIZE),
        Space(12.0),
        Words(_("Printed for"), _SIZE, bold=True), Space(3.0), Words(paper.receiver, _SIZE),
    ]  # fmt: skip
    draw_line(sheet, x, y + 4.6, pieces, width)


def _table(title: str, kinds: Sequence[KindKept]) -> Table:
    columns = (
        Column(_("Kind of data, and when"), 38.0),
        Column(_("House or number"), 24.0),
        Column(_("What is kept"), _WORDS),
    )
    rows: list[Row] = []
    for kind in kinds:
        why = _("{purpose}. {ground}. Kept {span}.").format(
            purpose=kind.purpose, ground=kind.basis, span=kind.kept
        )
        least = _ROW + _TABLE_LEADING * (len(wrap(why, _WORDS - 2 * PADDING, _TABLE)) - 1)
        rows.append(Row((kind.label, "", partial(_draw_why, why=why)), RowKind.CLASS, least))
        rows += [Row((one.at, one.where, one.words)) for one in kind.entries]
    words = continued(title)
    return Table(columns, rows, size=_TABLE, head_size=7.6, row_height=_ROW, continued=words)


def _draw_why(sheet: Sheet, box: Box, base: float, *, why: str) -> None:
    """Draw purpose, ground and span: not bold, as the words are ours and not the person's."""
    lines = sheet.wrapped(why, box.width - 2 * PADDING, _TABLE)
    sheet.lines(box.x + PADDING, base, lines, _TABLE, leading=_TABLE_LEADING)


def _draw_signatures(sheet: Sheet, x: float, y: float, width: float) -> None:
    pieces: list[Piece] = [
        Words(_("Handed out by"), _SIZE), Space(2.0), Blank(36.0), Space(5.0),
        Words(_("Received by"), _SIZE), Space(2.0), Blank(36.0), Space(5.0),
        Words(_("Date"), _SIZE), Space(2.0), Blank(26.0),
    ]  # fmt: skip
    draw_line(sheet, x, y + 11.0, pieces, width)

"""The hand-over sheet of a shift (交接班记录): what was typed, what is open, two signatures."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, ngettext, speaking
from propdesk.reports.parts.flow import Drawing, Flow, Prose, SectionHead
from propdesk.reports.parts.form_lines import Blank, Piece, Space, Words, draw_line
from propdesk.reports.parts.out_papers import OutRow, place_out_papers
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import A4, FIELD, PrintedPaper, Sheet
from propdesk.reports.parts.tables import (
    Column,
    Row,
    Table,
    continued,
    for_whole_words,
    parted,
    with_rest,
)
from propdesk.reports.parts.text import width_mm

_SIZE = 8.2
_MOST_LINES = 24


@dataclass(frozen=True, slots=True)
class OpenRow:
    """Something that is open: its number or day, where, what, who has it, until when."""

    number: str
    where: str
    matter: str
    who: str
    limit: str
    status: str


@dataclass(frozen=True, slots=True)
class OpenSection:
    """What is open of one kind."""

    title: str
    rows: Sequence[OpenRow]


@dataclass(frozen=True, slots=True)
class HandOverSheet:
    """The input of the sheet: head fields as (word, value), the typed parts, what is open."""

    frame: RegisterFrame
    fields: Sequence[tuple[str, str]]
    items: str
    matters: str
    sections: Sequence[OpenSection]
    papers: Sequence[OutRow]


def render_hand_over(
    paper: HandOverSheet, target: Path, *, language: PaperLanguage
) -> PrintedPaper:
    """Draw the sheet into the PDF file `target`; it appears whole or not at all."""
    with speaking(language.code):
        with Sheet(target, A4, title=paper.frame.title) as sheet:
            _draw(paper, sheet, language)
        return sheet.printed


def _draw(paper: HandOverSheet, sheet: Sheet, language: PaperLanguage) -> None:
    flow = paper.frame.start(sheet, language)
    _place_fields(flow, paper)
    _place_text(flow, _("What the next shift must know"), paper.matters)
    _place_text(flow, _("Keys and things handed over"), paper.items)
    count = sum(len(section.rows) for section in paper.sections) + len(paper.papers)
    words = ngettext("{count} thing is open:", "{count} things are open:", count)
    flow.space(2.0)
    flow.place(Prose(words.format(count=count) if count else _("Nothing is open."), 9.2, 5.6, True))
    for section in paper.sections:
        if section.rows:
            _place_section(flow, section)
    if paper.papers:
        flow.space(1.6)
        place_out_papers(flow, paper.papers)
    flow.space(4.0)
    flow.place(Drawing(30.0, _draw_signatures))


def _place_fields(flow: Flow, paper: HandOverSheet) -> None:
    """Place the head fields two in a row, the values of a column on one tab."""
    tabs = [
        max([16.0, *(width_mm(word, 7.7) for word, _value in paper.fields[side::2])]) + 2.0
        for side in (0, 1)
    ]

    def draw(sheet: Sheet, x: float, y: float, width: float) -> None:
        for place, (word, value) in enumerate(paper.fields):
            left = x + (place % 2) * width / 2
            base = y + 4.4 + (place // 2) * 6.4
            sheet.text(left, base, word, 7.7)
            sheet.text(left + tabs[place % 2], base, value, 9.2, bold=True)

    flow.place(Drawing(6.4 * ((len(paper.fields) + 1) // 2) + 1.4, draw))


def _place_text(flow: Flow, title: str, text: str) -> None:
    """Place what was typed; where nothing was, there is room for a pen."""
    flow.space(1.0)
    flow.place(Prose(title, 8.4, 5.2, True))
    if text:
        flow.prose(text, size=9.2, leading=5.2)
        return

    def draw(sheet: Sheet, x: float, y: float, width: float) -> None:
        sheet.dotted(x, y + 6.6, x + width)
        sheet.dotted(x, y + 14.0, x + width)

    flow.place(Drawing(16.0, draw))


def _place_section(flow: Flow, section: OpenSection) -> None:
    flow.space(1.6)
    widths = (28.0, 24.0, 0.0, 27.0, 22.0, 19.0)
    titles = (
        _("Number"), _("House or place"), _("Matter"), _("Who has it"), _("Limit"), _("Status"),
    )  # fmt: skip
    cells = [
        (row.number, row.where, row.matter, row.who, row.limit, row.status) for row in section.rows
    ]
    fixed = tuple(Column(title, width) for title, width in zip(titles, widths, strict=True))
    columns = with_rest(for_whole_words(fixed, cells, _SIZE), flow.width)
    room = [column.width for column in columns]
    rows = [
        Row(part) for row in cells for part in parted(flow.sheet, row, room, _SIZE, _MOST_LINES)
    ]
    table = Table(columns, rows, size=_SIZE, continued=continued(section.title))
    table.flow(flow, _head(section.title, len(section.rows)))


def _head(title: str, count: int) -> SectionHead:
    words = ngettext("{count} in all", "{count} in all", count).format(count=count)
    return SectionHead("", title, note=words, indent=0)


def _draw_signatures(sheet: Sheet, x: float, y: float, width: float) -> None:
    """Draw the places to sign: who leaves, who comes, who has checked."""
    third = width / 3
    for place, word in enumerate((_("Handed over by"), _("Taken over by"), _("Supervisor"))):
        pieces: list[Piece] = [Words(word), Space(1.4), Blank(third - 30)]
        draw_line(sheet, x + place * third, y + 14.0, pieces, third - 4)
        pieces = [Words(_("Date, time")), Space(1.4), Blank(third - 30)]
        draw_line(sheet, x + place * third, y + 25.0, pieces, third - 4)
    sheet.rule(x, y + 1.0, x + width, FIELD)

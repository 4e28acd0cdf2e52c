"""The list of meters to read: in walking order, with boxes for the figures (forms.md 5.7).

One table an entrance, so that the reader goes through a house from below or above with one page in
the hand. Boxes are as many as the meter has digits: no figure comes back too long.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, ngettext, speaking
from propdesk.reports.parts.flow import Drawing, Prose, SectionHead
from propdesk.reports.parts.form_lines import Blank, Piece, Space, Words, draw_line
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import A4, FIELD, Align, Box, PrintedPaper, Sheet
from propdesk.reports.parts.tables import (
    Cell,
    Column,
    Row,
    Table,
    continued,
    for_whole_words,
    with_rest,
)

_SIZE = 8.6
_ROW = 8.4  # mm: a figure is written by hand, standing
_BOX_WIDE, _BOX_HIGH = 5.0, 6.0
_MOST_BOXES = 12


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A meter to read, in words; `digits` are its boxes."""

    house: str
    name: str
    meter: str
    last: str
    last_day: str
    usual: str
    digits: int


@dataclass(frozen=True, slots=True)
class ReadingGroup:
    """The meters of an entrance."""

    name: str
    rows: Sequence[ReadingRow]


@dataclass(frozen=True, slots=True)
class ReadingSheet:
    """The input of the list; `unit` says in what the meters count."""

    frame: RegisterFrame
    unit: str
    groups: Sequence[ReadingGroup]


def render_reading_sheet(
    paper: ReadingSheet, target: Path, *, language: PaperLanguage
) -> PrintedPaper:
    """Draw the list into the PDF file `target`; it appears whole or not at all."""
    with speaking(language.code):
        with Sheet(target, A4, title=paper.frame.title) as sheet:
            _draw(paper, sheet, language)
        return sheet.printed


def _draw(paper: ReadingSheet, sheet: Sheet, language: PaperLanguage) -> None:
    flow = paper.frame.start(sheet, language)
    flow.place(Drawing(8.0, _draw_reader))
    rows = [row for group in paper.groups for row in group.rows]
    if not rows:
        flow.place(Prose(_("There is no meter to read here."), 9.2, 6.0))
        return
    columns = _columns(flow.width, rows)
    for group in paper.groups:
        flow.space(1.6)
        head = SectionHead("", group.name, note=_meters(len(group.rows)), indent=0)
        table = [_row(row) for row in group.rows]
        Table(columns, table, size=_SIZE, row_height=_ROW, continued=continued(group.name)).flow(
            flow, head
        )
    flow.space(3.0)
    flow.place(Prose(_reminder(paper.unit), 7.8, 4.2))


def _meters(count: int) -> str:
    return ngettext("{count} meter", "{count} meters", count).format(count=count)


def _reminder(unit: str) -> str:
    return _(
        "Readings in {unit}, whole figures; write nothing into a box that the meter does not have. "
        "Remarks: meter changed (old last, new first), runs backwards, passed through zero, not "
        "reached (estimated)."
    ).format(unit=unit)


def _draw_reader(sheet: Sheet, x: float, y: float, width: float) -> None:
    """Draw the lines for who read and when; a bare day of the month is not enough."""
    pieces: list[Piece] = [
        Words(_("Read by")), Space(1.6), Blank(40), Space(8),
        Words(_("Read on")), Space(1.6), Blank(44), Space(8),
        Words(_("Entered by")), Space(1.6), Blank(36),
    ]  # fmt: skip
    draw_line(sheet, x, y + 5.0, pieces, width)


def _columns(width: float, rows: Sequence[ReadingRow]) -> tuple[Column, ...]:
    boxes = min(max(row.digits for row in rows), _MOST_BOXES) * _BOX_WIDE + 3.4
    fixed = (
        Column(_("House"), 19.0),
        Column(_("Name"), 15.0),
        Column(_("Meter no."), 24.0),
        Column(_("Last reading"), 19.0, Align.RIGHT),
        Column(_("on (date)"), 16.0),
        Column(_("Usual"), 12.0, Align.RIGHT),
        Column(_("This reading"), boxes),
        Column(_("Usage"), 16.0),
        Column(_("Remarks")),
    )
    words = (
        (row.house, row.name, row.meter, row.last, row.last_day, row.usual, "", "", "")
        for row in rows
    )
    return with_rest(for_whole_words(fixed, words, _SIZE), width)


def _row(row: ReadingRow) -> Row:
    cells: tuple[Cell, ...] = (
        row.house,
        row.name,
        row.meter,
        row.last,
        row.last_day,
        row.usual,
        partial(_draw_boxes, digits=row.digits),
        "",
        "",
    )
    return Row(cells, least=_ROW)


def _draw_boxes(sheet: Sheet, box: Box, _base: float, *, digits: int) -> None:
    """Draw a box for each digit, side by side."""
    left = box.x + 1.6
    top = box.y + (box.height - _BOX_HIGH) / 2
    for place in range(min(digits, _MOST_BOXES)):
        sheet.frame(Box(left + place * _BOX_WIDE, top, _BOX_WIDE, _BOX_HIGH), FIELD)

"""A list on paper as somebody sees it on the screen: tickets, houses (decision 32).

A4 upright, on its side where the columns need it. Nothing is cut: long words wrap, and a row that
is higher than a page goes on with the next one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, ngettext, speaking
from propdesk.reports.parts.flow import Prose
from propdesk.reports.parts.fonts import printable
from propdesk.reports.parts.register_frame import ON_ITS_SIDE, RegisterFrame
from propdesk.reports.parts.sheet import A4, Align, PrintedPaper, Sheet
from propdesk.reports.parts.tables import PADDING, Column, Row, Table, parted
from propdesk.reports.parts.text import width_mm

_MARGIN = 18.0  # the holes of a folder are at the left of the upright sheet
_SIZE, _HEAD_SIZE, _NOTE_SIZE = 8.2, 7.4, 8.6  # pt
_WIDEST = 62.0  # mm: a column of longer words wraps before the sheet is turned
_GAP = 6.0  # mm between figures at the right of their column and the words of the next
_MOST_LINES = 30  # of one row; they fit a page on its side
_ENOUGH = 200  # characters that are measured to share the width


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list: its head, and whether figures stand under figures (at the right)."""

    title: str
    is_figures: bool = False


@dataclass(frozen=True, slots=True)
class ListSheet:
    """The input of a printed list: what is listed, what narrows it, and who prints it when.

    The widths come from the words; each row has as many cells as there are columns.
    """

    office_name: str
    office_name_en: str
    title: str
    narrowed: str
    columns: tuple[ListColumn, ...]
    rows: Sequence[tuple[str, ...]]
    printed_at: datetime
    printed_by: str


def render_list(paper: ListSheet, target: Path, *, language: PaperLanguage) -> PrintedPaper:
    """Draw the list into the PDF file `target`; it appears whole or not at all."""
    natural = _natural_widths(paper)
    gaps = _GAP * len(_gaps(paper.columns))
    needed = gaps + sum(min(width, _WIDEST) for width in natural)
    size = A4 if needed <= A4.width - 2 * _MARGIN else ON_ITS_SIDE
    widths = _shared(natural, size.width - 2 * _MARGIN - gaps)
    with speaking(language.code):
        with Sheet(target, size, title=paper.title) as sheet:
            _draw(paper, sheet, widths, language)
        return sheet.printed


def _draw(paper: ListSheet, sheet: Sheet, widths: Sequence[float], language: PaperLanguage) -> None:
    frame = RegisterFrame(
        office_name=paper.office_name,
        office_name_en=paper.office_name_en,
        title=paper.title,
        narrowed=paper.narrowed,
        printed_at=paper.printed_at,
        printed_by=paper.printed_by,
        margin=_MARGIN,
    )
    flow = frame.start(sheet, language)
    count = len(paper.rows)
    words = ngettext("{count} row in this list", "{count} rows in this list", count)
    end = Prose(words.format(count=f"{count:,}") if count else _("This list is empty."), _NOTE_SIZE)
    columns = [
        Column(column.title, width, Align.RIGHT if column.is_figures else Align.LEFT)
        for column, width in zip(paper.columns, widths, strict=True)
    ]
    parts = [
        list(part) for row in paper.rows for part in parted(sheet, row, widths, _SIZE, _MOST_LINES)
    ]
    for place in reversed(_gaps(paper.columns)):
        columns.insert(place, Column("", _GAP))
        for part in parts:
            part.insert(place, "")
    rows = [Row(tuple(part)) for part in parts]
    Table(tuple(columns), rows, size=_SIZE, head_size=_HEAD_SIZE).flow(flow)
    flow.space(1.6)
    flow.place(end)


def _gaps(columns: Sequence[ListColumn]) -> list[int]:
    """Return the columns of words that follow figures: 1 and 1 would be read as 11."""
    return [
        place
        for place, (before, column) in enumerate(pairwise(columns), 1)
        if before.is_figures and not column.is_figures
    ]


# -- widths


def _natural_widths(paper: ListSheet) -> list[float]:
    """Return for each column the width in mm at which none of its words wrap."""
    widths = []
    for place, column in enumerate(paper.columns):
        texts = {row[place] for row in paper.rows}
        widest = max((_wide(text, _SIZE) for text in texts), default=0.0)
        head = _wide(column.title, _HEAD_SIZE, bold=True)
        widths.append(max(widest, head) + 2 * PADDING + 0.1)
    return widths


def _wide(text: str, size: float, *, bold: bool = False) -> float:
    return width_mm(printable(text[:_ENOUGH]).text.replace("\n", " "), size, bold=bold)


def _shared(natural: Sequence[float], room: float) -> list[float]:
    """Share the width of the sheet: short columns get what they need, long ones wrap alike.

    Room that is left goes to all columns, so that the table is as wide as the sheet.
    """
    widths = [0.0] * len(natural)
    left = room
    by_width = sorted(range(len(natural)), key=lambda place: natural[place])
    for done, place in enumerate(by_width):
        widths[place] = min(natural[place], left / (len(natural) - done))
        left -= widths[place]
    whole = sum(widths)
    return [width * room / whole for width in widths]

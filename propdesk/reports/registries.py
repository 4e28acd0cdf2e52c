"""The communication registry (客户沟通登记表, R82): A4 on its side, the reasons on its first page.

Columns of forms.md 5.4, some of them above each other, because seventeen of them stand on a sheet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, ngettext, speaking
from propdesk.reports.parts.flow import Beside, Drawing, Prose
from propdesk.reports.parts.form_lines import Blank, Piece, Space, Words, draw_line
from propdesk.reports.parts.register_frame import ON_ITS_SIDE, RegisterFrame
from propdesk.reports.parts.sheet import FIELD, Align, Box, PrintedPaper, Sheet
from propdesk.reports.parts.tables import Column, Row, RowKind, Table, parted, with_rest

_MARGIN = 12.0
_SIZE, _HEAD_SIZE = 7.4, 7.0
_MOST_LINES = 28
_REASONS_WIDTH, _GAP = 168.0, 8.0
_TREND_WIDTH = 34.0


@dataclass(frozen=True, slots=True)
class RegistryRow:
    """A talk as it stands on the sheet, all in words of the paper's language.

    Where two values share a column, a line break divides them.
    """

    at: str
    where: str
    who: str
    counterparty: str
    way: str
    about: str
    text: str
    wish: str
    opinion: str
    due: str
    result: str
    cleared: str
    ticket: str
    by: str


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A reason and how often it brought people here, month by month."""

    reason: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RegistrySheet:
    """The input of the registry: frame, the period's talks, the reasons of the months before it."""

    frame: RegisterFrame
    rows: Sequence[RegistryRow]
    summary: Sequence[str]
    months: tuple[str, ...]
    reasons: Sequence[ReasonRow]


def render_registry(paper: RegistrySheet, target: Path, *, language: PaperLanguage) -> PrintedPaper:
    """Draw the registry into the PDF file `target`; it appears whole or not at all."""
    with speaking(language.code):
        with Sheet(target, ON_ITS_SIDE, title=paper.frame.title) as sheet:
            _draw(paper, sheet, language)
        return sheet.printed


def _draw(paper: RegistrySheet, sheet: Sheet, language: PaperLanguage) -> None:
    flow = paper.frame.start(sheet, language)
    words = Prose("\n".join(paper.summary), 8.4, 4.8)
    if paper.reasons:
        left = _REASONS_WIDTH + _GAP
        parts = (
            (_reasons(paper), 0.0, _REASONS_WIDTH),
            (words, left, flow.width - left),
        )
        flow.place(Beside(parts))
    else:
        flow.place(words)
    flow.space(4.0)
    count = len(paper.rows)
    if count:
        columns = _columns(flow.width, language)
        widths = [column.width for column in columns]
        rows = [
            Row(part)
            for number, row in enumerate(paper.rows, 1)
            for part in parted(sheet, _cells(number, row), widths, _SIZE, _MOST_LINES)
        ]
        Table(columns, rows, size=_SIZE, head_size=_HEAD_SIZE, row_height=5.4).flow(flow)
        flow.space(1.6)
    end = ngettext("{count} entry in this period", "{count} entries in this period", count)
    flow.place(
        Prose(end.format(count=f"{count:,}") if count else _("Nobody got in touch."), 8.4, 4.8),
        Drawing(12.0, _draw_signatures),
    )


def _columns(width: float, language: PaperLanguage) -> tuple[Column, ...]:
    # English heads and words need more room; what was said has the rest.
    more = 2.4 if language is PaperLanguage.EN else 0.0
    columns = (
        Column(_("Entry"), 7.6 + more, Align.RIGHT),
        Column(_("Time"), 11.6),
        Column(_("House or body"), 17.0),
        Column(_("Customer, phone"), 21.0),
        Column(_("Who they are"), 13.4),
        Column(_("Way, stage"), 14.4 + more),
        Column(_("Sort of matter"), 18.4),
        Column(_("What was said")),
        Column(_("Wish"), 20.0),
        Column(_("Opinion, department"), 24.4),
        Column(_("Wanted by"), 13.0 + more),
        Column(_("Result"), 17.0),
        Column(_("Cleared"), 12.6),
        Column(_("Complaint, number"), 22.6),
        Column(_("Noted by"), 13.0 + more),
        Column(_("Reviewed"), 10.0 + more * 2),
    )
    return with_rest(columns, width)


def _cells(number: int, row: RegistryRow) -> tuple[str, ...]:
    return (
        str(number), row.at, row.where, row.who, row.counterparty, row.way, row.about, row.text,
        row.wish, row.opinion, row.due, row.result, row.cleared, row.ticket, row.by, "",
    )  # fmt: skip


# -- why people got in touch


def _reasons(paper: RegistrySheet) -> Table:
    columns = (
        Column(_("Reason")),
        *(Column(month, 13.6, Align.RIGHT) for month in paper.months[:-1]),
        Column(paper.months[-1], 13.6, Align.RIGHT, bold=True),
        Column(_("Sum"), 12.0, Align.RIGHT),
        Column(_("Course of the months"), _TREND_WIDTH),
    )
    most = max(max(row.counts) for row in paper.reasons)
    rows = [_reason_row(row, most) for row in paper.reasons]
    sums = tuple(map(sum, zip(*(row.counts for row in paper.reasons), strict=True)))
    total = (_("All"), *map(_count, sums), _count(sum(sums)), "")
    return Table(columns, [*rows, Row(total, RowKind.TOTAL)], size=7.8, row_height=5.2)


def _reason_row(row: ReasonRow, most: int) -> Row:
    bars = partial(_draw_bars, counts=row.counts, most=most)
    return Row((row.reason, *map(_count, row.counts), _count(sum(row.counts)), bars))


def _count(count: int) -> str:
    return f"{count:,}" if count else "–"


def _draw_bars(sheet: Sheet, box: Box, _base: float, *, counts: tuple[int, ...], most: int) -> None:
    """Draw a small bar for each month over a fine rule; the last month's is black."""
    step = (box.width - 6) / len(counts)
    foot, room = box.bottom - 0.9, box.height - 1.8
    sheet.rule(box.x + 3, foot, box.x + 3 + step * len(counts), FIELD)
    for place, count in enumerate(counts):
        if not count:
            continue
        tall = max(room * count / max(most, 1), 0.4)
        bar = Box(box.x + 3 + step * (place + 0.2), foot - tall, step * 0.6, tall)
        if place == len(counts) - 1:
            sheet.fill(bar)
        else:
            sheet.frame(bar, FIELD)


def _draw_signatures(sheet: Sheet, x: float, y: float, width: float) -> None:
    pieces: list[Piece] = [
        Words(_("Made by")), Space(1.6), Blank(44), Space(10),
        Words(_("Reviewed")), Space(1.6), Blank(44), Space(10),
        Words(_("Date")), Space(1.6), Blank(34),
    ]  # fmt: skip
    draw_line(sheet, x, y + 8.5, pieces, width)

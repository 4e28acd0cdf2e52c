"""Tables of arrears (forms.md 5.2): ageing, what comes near limitation, the collection rate.

All stay in the office: no list of debtors is ever posted from here (PIPL 25). Figures arrive
computed, names and phones masked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, speaking
from propdesk.reports.parts.flow import Drawing, Flow, Prose
from propdesk.reports.parts.form_lines import Blank, Piece, Space, Words, draw_line
from propdesk.reports.parts.patterns import Pattern, fill_pattern
from propdesk.reports.parts.register_frame import ON_ITS_SIDE, RegisterFrame
from propdesk.reports.parts.sheet import FIELD, ROW, Align, Box, PrintedPaper, Sheet
from propdesk.reports.parts.tables import Cell, Column, Row, RowKind, Table

_SIZE, _HEAD_SIZE = 7.8, 7.2


@dataclass(frozen=True, slots=True)
class AgeingLine:
    """A house: who, the sums by age, what was done last; or the sums of a building, or of all."""

    house: str
    owner: str = ""
    phone: str = ""
    not_due: str = ""
    ages: tuple[str, ...] = ()
    total: str = ""
    last: str = ""
    reason: str = ""
    limitation: str = ""
    kind: RowKind = RowKind.PLAIN


@dataclass(frozen=True, slots=True)
class AgeingSheet:
    """The ageing table: the frame, the names of the classes, lines, sums, what is to be said."""

    frame: RegisterFrame
    classes: tuple[str, ...]
    lines: Sequence[AgeingLine]
    total: AgeingLine
    notes: Sequence[str]


def render_ageing(paper: AgeingSheet, target: Path, *, language: PaperLanguage) -> PrintedPaper:
    """Draw the ageing table, A4 on its side, into the PDF file `target`."""
    right = Align.RIGHT
    with speaking(language.code):
        with Sheet(target, ON_ITS_SIDE, title=paper.frame.title) as sheet:
            flow = paper.frame.start(sheet, language)
            columns = (
                Column(_("House"), 18, bold=True),
                Column(_("Owner"), 17),
                Column(_("Phone"), 20.6),
                Column(_("Not yet due"), 17, right),
                *(Column(name, 17.4, right, group=_("Days past due")) for name in paper.classes),
                Column(_("Total"), 19, right, group=_("Days past due"), bold=True),
                Column("", 2.4),
                Column(_("Last demand")),
                Column(_("Reason")),
                Column(_("Limitation"), 17),
            )
            lines = [*paper.lines, paper.total]
            Table(columns, [_age_row(line) for line in lines], 7.2, 7.0, 5.6).flow(flow)
            _end(flow, paper.notes)
        return sheet.printed


def _age_row(line: AgeingLine) -> Row:
    cells = (
        line.house, line.owner, line.phone, line.not_due, *line.ages, line.total, "", line.last,
        line.reason, line.limitation,
    )  # fmt: skip
    return Row(cells, line.kind)


# --- what comes near limitation --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LimitationLine:
    """A bill that ends soon: house, item and period, what set the period off, what is weak."""

    house: str
    owner: str
    item: str
    period: str
    due: str
    open: str
    since: str
    cause: str
    last_on: str
    days_left: str


@dataclass(frozen=True, slots=True)
class LimitationSheet:
    """The list of what comes near limitation, the nearest first."""

    frame: RegisterFrame
    lines: Sequence[LimitationLine]
    total: str
    notes: Sequence[str]


def render_limitation(
    paper: LimitationSheet, target: Path, *, language: PaperLanguage
) -> PrintedPaper:
    """Draw the list, A4 on its side, into the PDF file `target`."""
    right = Align.RIGHT
    with speaking(language.code):
        with Sheet(target, ON_ITS_SIDE, title=paper.frame.title) as sheet:
            flow = paper.frame.start(sheet, language)
            columns = (
                Column(_("House"), 21, bold=True),
                Column(_("Owner"), 20),
                Column(_("Fee item"), 30),
                Column(_("Charged for"), 40),
                Column(_("Due on"), 20),
                Column(_("Still owed"), 22, right),
                Column("", 3),
                Column(_("Counted from"), 22),
                Column(_("Last proved interruption")),
                Column(_("Runs out on"), 20, bold=True),
                Column(_("Days left"), 15, right),
            )
            rows = [
                Row((one.house, one.owner, one.item, one.period, one.due, one.open, "", one.since,
                     one.cause, one.last_on, one.days_left))
                for one in paper.lines
            ]  # fmt: skip
            rows.append(Row((_("Total"), *[""] * 4, paper.total, *[""] * 5), RowKind.TOTAL))
            Table(columns, rows, _SIZE, _HEAD_SIZE).flow(flow)
            _end(flow, paper.notes)
        return sheet.printed


# --- the collection rate ---------------------------------------------------------------------

_BAR = 3.2


@dataclass(frozen=True, slots=True)
class CollectionLine:
    """A building, or all: sums and rates in words, the rate by amount from 0 to 1 for the bar."""

    building: str
    billed: str
    waived: str
    collected: str
    rate: str
    share: float | None
    houses: str
    paid_houses: str
    house_rate: str
    earlier: str


@dataclass(frozen=True, slots=True)
class CollectionSheet:
    """The collection rate of a period by building, with a bar each."""

    frame: RegisterFrame
    lines: Sequence[CollectionLine]
    total: CollectionLine
    notes: Sequence[str]


def render_collection(
    paper: CollectionSheet, target: Path, *, language: PaperLanguage
) -> PrintedPaper:
    """Draw the table with its bars, A4 on its side, into the PDF file `target`."""
    right = Align.RIGHT
    with speaking(language.code):
        with Sheet(target, ON_ITS_SIDE, title=paper.frame.title) as sheet:
            flow = paper.frame.start(sheet, language)
            columns = (
                Column(_("Building"), 22, bold=True),
                Column(_("Billed"), 27, right),
                Column(_("Waived"), 21, right),
                Column(_("Collected"), 27, right),
                Column(_("Rate by amount"), 20, right, bold=True),
                Column(_("0 to 100 %")),
                Column(_("Households"), 18, right, group=_("By household")),
                Column(_("Paid up"), 16, right, group=_("By household")),
                Column(_("Rate"), 18, right, group=_("By household"), bold=True),
                Column(_("Earlier years, collected"), 30, right),
            )
            rows = [_rate_row(line) for line in paper.lines]
            rows.append(_rate_row(paper.total, RowKind.TOTAL))
            Table(columns, rows, 8.4, _HEAD_SIZE, 6.4).flow(flow)
            _end(flow, paper.notes)
        return sheet.printed


def _rate_row(line: CollectionLine, kind: RowKind = RowKind.PLAIN) -> Row:
    bar: Cell = "" if line.share is None else partial(_draw_bar, line.share)
    cells = (
        line.building, line.billed, line.waived, line.collected, line.rate, bar, line.houses,
        line.paid_houses, line.house_rate, line.earlier,
    )  # fmt: skip
    return Row(cells, kind)


def _draw_bar(share: float, sheet: Sheet, box: Box, base: float) -> None:
    """Draw a rate as a bar in a frame of 100 %, with a hair at each quarter."""
    whole = Box(box.x + 2, base - _BAR + 0.5, box.width - 4, _BAR)
    sheet.frame(whole, ROW)
    for quarter in (1, 2, 3):
        at = whole.x + whole.width * quarter / 4
        sheet.upright(at, whole.y, whole.bottom, ROW)
    done = min(max(share, 0.0), 1.0)
    fill_pattern(sheet, Box(whole.x, whole.y, whole.width * done, _BAR), Pattern.SOLID, FIELD)


# --- what stands below each ------------------------------------------------------------------


def _end(flow: Flow, notes: Sequence[str]) -> None:
    flow.space(2.4)
    for note in notes:
        flow.place(Prose(note, 8.0, 4.4))
    flow.place(Drawing(12.0, _draw_signatures))


def _draw_signatures(sheet: Sheet, x: float, y: float, width: float) -> None:
    pieces: list[Piece] = [
        Words(_("Made by")), Space(1.6), Blank(44), Space(10),
        Words(_("Reviewed")), Space(1.6), Blank(44), Space(10),
        Words(_("Date")), Space(1.6), Blank(34),
    ]  # fmt: skip
    draw_line(sheet, x, y + 8.5, pieces, width)

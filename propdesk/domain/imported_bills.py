"""Read one row of a list of earlier arrears: whose, for what, of which days, due when, how much.

A new office brings in what its houses owed before; what was paid of it comes along.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from propdesk.domain.bills import YEARS
from propdesk.domain.cells import Cell, CellError, cell_line, cell_text, read_day
from propdesk.domain.fee_periods import first_day, last_day
from propdesk.domain.imported_names import split_names
from propdesk.domain.imported_places import PLACE_FIELDS, PlaceReader, says_place
from propdesk.domain.imports import Columns, ImportField
from propdesk.domain.money import MOST_FEN
from propdesk.domain.texts import LONGEST_LINE, elide, fold
from propdesk.domain.units import Address
from propdesk.i18n import _, _lazy

BILL_FIELDS = (
    *PLACE_FIELDS,
    ImportField(
        "item",
        _lazy("Fee item"),
        ("收费项目", "费用项目", "费项", "费用名称", "收费名称", "项目名称", "费用类型", "item"),
    ),
    ImportField(
        "period",
        _lazy("Period"),
        ("账期", "费用账期", "所属期", "费用期间", "计费周期", "收费周期", "月份", "period"),
    ),
    ImportField(
        "from_on", _lazy("First day"), ("开始日期", "起始日期", "费用开始", "计费起", "from")
    ),
    ImportField(
        "until_on", _lazy("Last day"), ("结束日期", "截止日期", "费用结束", "计费止", "until")
    ),
    ImportField(
        "due_on",
        _lazy("Due day"),
        ("应缴日期", "应收日期", "到期日", "缴费期限", "应付日期", "due"),
    ),
    ImportField(
        "amount",
        _lazy("Amount"),
        ("应收金额", "应收", "应缴金额", "应缴", "账单金额", "金额", "欠费金额", "欠费", "amount"),
    ),
    ImportField(
        "paid", _lazy("Paid"), ("已收金额", "已收", "已缴金额", "已缴", "实收金额", "实收", "paid")
    ),
    ImportField(
        "debtor", _lazy("Debtor"), ("欠费人", "缴费人", "业主", "业主姓名", "客户名称", "debtor")
    ),
    ImportField(
        "external", _lazy("Number of the bill"), ("账单编号", "账单号", "流水号", "编号", "number")
    ),
    ImportField("note", _lazy("Note"), ("备注", "说明", "note", "remark")),
)

_NEEDED = ("unit", "item", "amount")


def needs(columns: Columns) -> tuple[str, ...]:
    """Return the fields without which a list of arrears says nothing, and that no column says."""
    return tuple(
        name
        for name in _NEEDED
        if not (says_place(columns) if name == "unit" else columns.has(name))
    )


@dataclass(frozen=True, slots=True)
class ImportedBill:
    """A row that can be stored; `external` is the other program's number, '' where it has none."""

    community: str
    address: Address
    item: str
    from_on: date
    until_on: date
    due_on: date
    amount_fen: int
    paid_fen: int
    debtor: str
    external: str
    note: str


def read_bill(columns: Columns, values: Sequence[Cell], places: PlaceReader) -> ImportedBill:
    """Return what a row says. Raises CellError with the reason (F46)."""
    address = places.address(values)
    item = cell_line(columns.cell(values, "item"))
    if not item:
        raise CellError(_("There is no fee item."))
    amount = read_amount(columns.cell(values, "amount"))
    if not amount:
        raise CellError(_("There is no amount."))
    paid = read_amount(columns.cell(values, "paid"))
    if paid > amount:
        raise CellError(_("More is paid than was asked for; bring in what is prepaid by hand."))
    due_on = _day(columns, values, "due_on")
    from_on, until_on = _period(columns, values, due_on)
    names = split_names(columns.cell(values, "debtor"))
    return ImportedBill(
        community=places.community(values),
        address=address,
        item=item,
        from_on=from_on,
        until_on=until_on,
        due_on=due_on or until_on,
        amount_fen=amount,
        paid_fen=paid,
        debtor=names[0] if names else "",
        external=elide(cell_line(columns.cell(values, "external")), LONGEST_LINE),
        note=elide(cell_text(columns.cell(values, "note")), LONGEST_LINE),
    )


_FEN = Decimal("0.01")
_NOISE = Decimal("0.000001")
"""What a workbook's binary number may be off by (210.46999999999997)."""


def read_amount(cell: Cell) -> int:
    """Return an amount in whole fen, 0 where the cell is empty.

    Raises CellError for what is none, is negative, has parts of a fen, or is absurd (F46).
    """
    said = cell_line(cell) if isinstance(cell, str) else "" if cell is None else repr(cell)
    text = re.sub(r"[\s,]", "", fold(said)).removeprefix("¥").removesuffix("元")
    if not text or text in {"-", "/", "—"}:
        return 0
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or isinstance(cell, bool):
        raise CellError(_("«{text}» is no amount.").format(text=elide(said, 30)))
    if amount < 0:
        raise CellError(_("«{text}» is below zero.").format(text=elide(said, 30)))
    if amount * 100 > MOST_FEN:
        raise CellError(_("«{text}» is too much; check the figure.").format(text=elide(said, 30)))
    whole = amount.quantize(_FEN, ROUND_HALF_UP)
    if abs(amount - whole) > _NOISE:
        raise CellError(_("«{text}» has parts of a fen.").format(text=elide(said, 30)))
    return int(whole * 100)


_MONTH = r"(\d{4})\s*[-./年]?\s*(\d{1,2})\s*月?"
_MONTHS = re.compile(rf"{_MONTH}(?:\s*(?:[-~至到]|--|—)\s*{_MONTH})?")
_YEAR = re.compile(r"(\d{4})\s*年?度?")
_DAYS = re.compile(r"(.{8,11}?)\s*(?:[~至到]|--|—|\s-\s)\s*(.{8,11})")


def _period(columns: Columns, values: Sequence[Cell], due_on: date | None) -> tuple[date, date]:
    """Return the days that a row is for: a period, two days, or the due day alone."""
    cell = columns.cell(values, "period")
    from_on, until_on = _day(columns, values, "from_on"), _day(columns, values, "until_on")
    if from_on is None and until_on is None and cell_line(cell):
        from_on, until_on = read_months(cell, days_from_1904=columns.days_from_1904)
    from_on = from_on or until_on or due_on
    if from_on is None:
        raise CellError(_("There is no period; write it like 2025-11 or 2025-01~2025-12."))
    until_on = until_on or from_on
    if until_on < from_on:
        raise CellError(_("The last day lies before the first one."))
    return from_on, until_on


def read_months(cell: Cell, *, days_from_1904: bool = False) -> tuple[date, date]:
    """Return first and last day of `2025-11`, `2025年1月至12月`'s forms, `2025` or two days."""
    text = fold(cell_line(cell)).strip()
    if isinstance(cell, date):  # Excel has made the first of the month of it
        return _months(cell.year, cell.month, cell.year, cell.month, text)
    if match := _YEAR.fullmatch(text):
        return _months(int(match[1]), 1, int(match[1]), 12, text)
    if match := _MONTHS.fullmatch(text):
        year, month = int(match[1]), int(match[2])
        return _months(year, month, int(match[3] or year), int(match[4] or month), text)
    if match := _DAYS.fullmatch(text):
        first = read_day(match[1].strip(), days_from_1904=days_from_1904)
        last = read_day(match[2].strip(), days_from_1904=days_from_1904)
        if first is not None and last is not None:
            return _in_our_time(first), _in_our_time(last)
    raise _unreadable(text)


def _months(year: int, month: int, last_year: int, last_month: int, text: str) -> tuple[date, date]:
    if not (1 <= month <= 12 and 1 <= last_month <= 12 and year in YEARS and last_year in YEARS):
        raise _unreadable(text)
    return first_day(year * 12 + month - 1), last_day(last_year * 12 + last_month - 1)


def _unreadable(text: str) -> CellError:
    return CellError(
        _("«{text}» is no period; write it like 2025-11 or 2025-01~2025-12.").format(
            text=elide(text, 40)
        )
    )


def _day(columns: Columns, values: Sequence[Cell], name: str) -> date | None:
    day = read_day(columns.cell(values, name), days_from_1904=columns.days_from_1904)
    return None if day is None else _in_our_time(day)


def _in_our_time(day: date) -> date:
    if day.year not in YEARS:
        raise CellError(_("{day} is hardly meant.").format(day=day))
    return day

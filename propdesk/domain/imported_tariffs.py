"""Read one row of a price list of fees: the item, the price, from when, for whom, on what basis."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from propdesk.domain.cells import Cell, CellError, cell_line, read_day
from propdesk.domain.errors import RuleError
from propdesk.domain.imports import Columns, ImportField
from propdesk.domain.money import parse_price
from propdesk.domain.texts import LONGEST_LINE, elide
from propdesk.i18n import _, _lazy

TARIFF_FIELDS = (
    ImportField(
        "item",
        _lazy("Fee item"),
        ("收费项目", "费用项目", "费项", "费用名称", "收费名称", "项目名称", "item"),
    ),
    ImportField(
        "price",
        _lazy("Price"),
        ("单价", "收费标准", "价格", "标准", "单价元", "收费单价", "标准元", "price"),
    ),
    ImportField(
        "from_on", _lazy("Holds from"), ("开始日期", "起始日期", "执行日期", "生效日期", "from")
    ),
    ImportField(
        "until_on", _lazy("Holds until"), ("结束日期", "截止日期", "失效日期", "终止日期", "until")
    ),
    ImportField("community", _lazy("Community"), ("小区", "小区名称", "项目", "community")),
    ImportField("building", _lazy("Building"), ("楼栋", "楼号", "栋号", "幢号", "building")),
    ImportField(
        "basis",
        _lazy("Contract or approval"),
        ("收费依据", "依据", "合同", "合同名称", "批复", "文号", "basis"),
    ),
    ImportField("clause", _lazy("Clause"), ("条款", "依据条款", "合同条款", "clause")),
    ImportField(
        "cap", _lazy("Government cap"), ("政府指导价", "指导价", "最高限价", "上限", "cap")
    ),
    ImportField("cap_source", _lazy("Source of the cap"), ("指导价文号", "限价依据", "cap source")),
    ImportField(
        "vacancy",
        _lazy("Vacant houses pay, percent"),
        ("空置比例", "空置折扣", "空置收费比例", "空置", "vacancy"),
    ),
    ImportField("note", _lazy("Note"), ("备注", "说明", "note", "remark")),
)

_NEEDED = ("item", "price", "from_on")


def needs(columns: Columns) -> tuple[str, ...]:
    """Return the fields without which a price list says nothing, and that no column says."""
    return tuple(name for name in _NEEDED if not columns.has(name))


@dataclass(frozen=True, slots=True)
class ImportedTariff:
    """A row that can be read; names are as they stand in the file."""

    item: str
    price_e4: int
    from_on: date
    until_on: date | None = None
    community: str = ""
    building: str = ""
    basis: str = ""
    clause: str = ""
    cap_e4: int | None = None
    cap_source: str = ""
    vacancy_percent: int | None = None
    note: str = ""


def read_tariff(columns: Columns, values: Sequence[Cell]) -> ImportedTariff:
    """Return what a row says. Raises CellError with the reason (F46)."""

    def line(name: str) -> str:
        return elide(cell_line(columns.cell(values, name)), LONGEST_LINE)

    if not line("item"):
        raise CellError(_("There is no fee item."))
    price = _price(columns.cell(values, "price"))
    if price is None:
        raise CellError(_("There is no price."))
    from_on = read_day(columns.cell(values, "from_on"), days_from_1904=columns.days_from_1904)
    if from_on is None:
        raise CellError(_("There is no first day."))
    return ImportedTariff(
        item=line("item"),
        price_e4=price,
        from_on=from_on,
        until_on=read_day(columns.cell(values, "until_on"), days_from_1904=columns.days_from_1904),
        community=line("community"),
        building=line("building").removesuffix("栋").removesuffix("幢").removesuffix("号楼"),
        basis=line("basis"),
        clause=line("clause"),
        cap_e4=_price(columns.cell(values, "cap")),
        cap_source=line("cap_source"),
        vacancy_percent=_percent(columns.cell(values, "vacancy")),
        note=line("note"),
    )


def _price(cell: Cell) -> int | None:
    """Return a price in ten-thousandths of a yuan; a workbook's binary number is cut of its noise.

    What has a fifth decimal, is negative or is no number is refused, never rounded.
    """
    if isinstance(cell, float):
        cell = f"{cell:.10f}".rstrip("0").rstrip(".")
    text = cell_line(cell).removesuffix("元/㎡·月").removesuffix("元/月").strip()
    if not text:
        return None
    try:
        return parse_price(text)
    except RuleError as error:
        raise CellError(str(error)) from error


def _percent(cell: Cell) -> int | None:
    """Return a percentage from `60`, `60%` or Excel's 0.6."""
    text = cell_line(cell).removesuffix("%")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    percent = number * 100 if isinstance(cell, float) and 0 < number <= 1 else number
    if not 0 <= percent <= 100 or round(percent) != round(percent, 6):
        raise CellError(
            _("«{text}» is no percentage; write 0 to 100.").format(text=elide(text, 30))
        )
    return round(percent)

"""Read one row of a list of readings: which meter, what it showed, on which day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from propdesk.domain.cells import Cell, CellError, cell_line, read_day
from propdesk.domain.errors import RuleError
from propdesk.domain.imported_places import NOTHING, PLACE_FIELDS, PlaceReader
from propdesk.domain.imports import Columns, ImportField, words_meaning
from propdesk.domain.meters import (
    METER_LABELS,
    READING_LABELS,
    MeterKind,
    ReadingKind,
    parse_figure,
)
from propdesk.domain.simplified import simplified
from propdesk.domain.texts import fold
from propdesk.domain.units import Address
from propdesk.i18n import _, _lazy

READING_FIELDS = (
    ImportField(
        "number", _lazy("Meter no."), ("表号", "表具编号", "水表号", "电表号", "表编号", "meter no")
    ),
    *PLACE_FIELDS,
    ImportField("kind", _lazy("Meter"), ("表类型", "表种", "表类", "能源类型", "类型", "meter")),
    ImportField(
        "value",
        _lazy("This reading"),
        ("本次读数", "本期读数", "本次抄表", "止码", "止度", "读数", "reading"),
    ),
    ImportField(
        "on_day",
        _lazy("Read on"),
        ("抄表日期", "本次抄表日期", "抄表时间", "读数日期", "日期", "read on"),
    ),
    ImportField("how", _lazy("Way of reading"), ("抄表方式", "读数方式", "抄表状态", "way")),
    ImportField("turned", _lazy("Passed zero"), ("过零次数", "归零次数", "翻转", "turned")),
    ImportField("note", _lazy("Note"), ("备注", "说明", "note", "remark")),
)

METER_WORDS = {
    MeterKind.WATER: ("水", "水表", "冷水", "冷水表", "自来水", "water"),
    MeterKind.HOT_WATER: ("热水", "热水表", "hot water"),
    MeterKind.ELECTRICITY: ("电", "电表", "用电", "electricity"),
    MeterKind.GAS: ("气", "燃气", "燃气表", "天然气", "煤气", "gas"),
    MeterKind.HEAT: ("热", "热表", "热量表", "暖气", "heat"),
}
READING_WORDS = {
    ReadingKind.READ: ("实抄", "抄表", "正常", "现场", "read"),
    ReadingKind.TOLD: ("自报", "住户报数", "业主自报", "told"),
    ReadingKind.ESTIMATED: ("估抄", "估读", "估算", "estimated"),
    ReadingKind.MOVE: ("交接", "过户", "迁移", "move"),
    ReadingKind.REVERSED: ("倒走", "倒装", "反装", "reversed"),
}
_METERS = words_meaning(METER_WORDS, METER_LABELS)
_WAYS = words_meaning(READING_WORDS, READING_LABELS)
_MOST_TURNED = 9
_Word = TypeVar("_Word")


@dataclass(frozen=True, slots=True)
class ImportedReading:
    """A row that can be stored, as soon as its meter is found: by number, else house and kind."""

    number: str
    community: str
    address: Address | None
    kind: MeterKind | None
    on_day: date
    value_milli: int
    how: ReadingKind
    turned: int
    note: str

    @property
    def words(self) -> str:
        """The meter in words, as lists of rows name it."""
        where = self.address.short if self.address else ""
        return " ".join(filter(None, (where, self.number)))


def needs(columns: Columns) -> tuple[str, ...]:
    """Return the fields without which a list of readings says nothing."""
    missing = [name for name in ("value", "on_day") if not columns.has(name)]
    if not columns.has("number") and not any(
        columns.has(field.name) for field in PLACE_FIELDS if field.name != "community"
    ):
        missing.insert(0, "number")
    return tuple(missing)


def is_blank(columns: Columns, values: Sequence[Cell]) -> bool:
    """Tell whether nothing was filled in: a meter that nobody read (`not reached`)."""
    return _said(columns.cell(values, "value")) == ""


def read_reading(columns: Columns, values: Sequence[Cell], places: PlaceReader) -> ImportedReading:
    """Return what a row says. Raises CellError with the reason."""
    number = _said(columns.cell(values, "number"))
    try:
        address = places.address(values)
    except CellError:
        if not number:
            raise
        address = None
    on_day = read_day(columns.cell(values, "on_day"), days_from_1904=columns.days_from_1904)
    if on_day is None:
        raise CellError(_("The day of the reading is missing."))
    try:
        value = parse_figure(_said(columns.cell(values, "value")))
    except RuleError as refusal:
        raise CellError(str(refusal)) from refusal
    how = _meant(columns.cell(values, "how"), _WAYS) or ReadingKind.READ
    return ImportedReading(
        number=number,
        community=places.community(values),
        address=address,
        kind=_meant(columns.cell(values, "kind"), _METERS),
        on_day=on_day,
        value_milli=value,
        how=how,
        turned=_turned(_said(columns.cell(values, "turned"))),
        note=cell_line(columns.cell(values, "note")),
    )


def _said(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    said = cell_line(cell)
    return "" if said.casefold() in NOTHING else said


def _meant(cell: Cell, words: dict[str, _Word]) -> _Word | None:
    said = simplified(fold(cell_line(cell)))
    if not said:
        return None
    if said not in words:
        raise CellError(_("«{text}» is not understood here.").format(text=said[:30]))
    return words[said]


def _turned(said: str) -> int:
    if not said:
        return 0
    if not said.isdecimal() or int(said) > _MOST_TURNED:
        raise CellError(_("«{text}» is not understood here.").format(text=said[:30]))
    return int(said)

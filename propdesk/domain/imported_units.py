"""Read one row of a list of houses: where it is, what it is, how large, in which state.

Only the house is needed. A word for the kind, the state or the use that is not known is left out
and shown to a person: a house is never put into a state by guessing.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from propdesk.domain.cells import Cell, CellError, cell_line, cell_text, read_area, read_day
from propdesk.domain.import_facts import Facts
from propdesk.domain.imported_places import NOTHING, PLACE_FIELDS, PlaceReader
from propdesk.domain.imports import Columns, ImportField, words_meaning
from propdesk.domain.simplified import simplified
from propdesk.domain.texts import LONGEST_LINE, elide, fold
from propdesk.domain.units import (
    UNIT_KIND_LABELS,
    UNIT_STATE_LABELS,
    UNIT_USAGE_LABELS,
    Address,
    UnitKind,
    UnitState,
    UnitUsage,
)
from propdesk.i18n import _, _lazy

UNIT_FIELDS = (
    *PLACE_FIELDS,
    ImportField("floor", _lazy("Floor"), ("楼层", "所在楼层", "层", "所在层", "层数", "floor")),
    ImportField(
        "kind",
        _lazy("Kind of house"),
        ("房屋类型", "类型", "房产类型", "房屋类别", "资产类型", "kind"),
    ),
    ImportField(
        "area",
        _lazy("Area (m²)"),
        ("建筑面积", "面积", "房屋面积", "产权面积", "收费面积", "计费面积", "area"),
    ),
    ImportField(
        "usage",
        _lazy("Planned use"),
        ("用途", "规划用途", "房屋用途", "使用性质", "物业类型", "usage"),
    ),
    ImportField(
        "state",
        _lazy("State"),
        ("状态", "房屋状态", "房态", "使用状态", "入住状态", "房屋现状", "state"),
    ),
    ImportField("layout", _lazy("Layout"), ("户型", "房型", "户型结构", "layout")),
    ImportField(
        "contract",
        _lazy("Service contract"),
        ("服务合同", "合同", "合同编号", "物业服务合同", "contract"),
    ),
    ImportField(
        "delivered_on",
        _lazy("Handed over on"),
        ("交付日期", "交房日期", "收房日期", "交付时间", "交房时间", "收楼日期", "delivered"),
    ),
    ImportField("unit_note", _lazy("Note on the house"), ("房屋备注", "备注", "说明", "note")),
)

KIND_WORDS: Mapping[UnitKind, tuple[str, ...]] = {
    UnitKind.HOME: (
        "住宅",
        "普通住宅",
        "房屋",
        "公寓",
        "别墅",
        "高层",
        "洋房",
        "多层",
        "住房",
        "home",
    ),
    UnitKind.SHOP: ("商铺", "底商", "门面", "店铺", "商业", "沿街商铺", "shop"),
    UnitKind.PARKING: (
        "车位",
        "车库",
        "停车位",
        "地下车位",
        "地面车位",
        "产权车位",
        "parking space",
    ),
    UnitKind.STORAGE: ("储藏室", "储物间", "地下室", "杂物间", "仓库", "storage room"),
}
STATE_WORDS: Mapping[UnitState, tuple[str, ...]] = {
    UnitState.UNSOLD: ("未售", "待售", "在售", "未出售", "unsold"),
    UnitState.UNDELIVERED: ("未交付", "未交房", "未收房", "已售未交", "未收楼", "not handed over"),
    UnitState.DECORATING: ("装修", "装修中", "正在装修", "being decorated"),
    UnitState.OWNER_OCCUPIED: (
        "自住",
        "已入住",
        "入住",
        "业主自住",
        "常住",
        "自用",
        "业主自用",
        "自营",
        "owner-occupied",
        "in own use",
    ),
    UnitState.LET: ("出租", "已出租", "租赁", "出租中", "租住", "let"),
    UnitState.VACANT: ("空置", "空房", "闲置", "未入住", "空关", "vacant"),
}
USAGE_WORDS: Mapping[UnitUsage, tuple[str, ...]] = {
    UnitUsage.RESIDENTIAL: ("住宅", "居住", "普通住宅", "成套住宅", "公寓", "别墅", "residential"),
    UnitUsage.COMMERCIAL: ("商业", "商铺", "营业", "商业服务", "商服", "commercial"),
    UnitUsage.OFFICE: ("办公", "写字楼", "办公楼", "办公用房", "office", "office space"),
    UnitUsage.PUBLIC: (
        "公共",
        "公建",
        "公共设施",
        "配套",
        "公共配套",
        "配套用房",
        "public facility",
    ),
    UnitUsage.MIXED: ("商住", "商住两用", "综合", "商住楼", "homes and shops"),
    UnitUsage.OTHER: ("其他", "其它", "车位", "储藏", "储藏室", "other"),
}

LOWEST_FLOOR, HIGHEST_FLOOR = -9, 200
_FLOOR = re.compile(r"(?:第)?(?P<below>-|b|负|地下)?(?P<floor>\d{1,3})(?:层|楼|f)?")

Word = TypeVar("Word")
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class ImportedUnit:
    """A row that can be stored; `doubts` are what a person has to look at."""

    community: str
    address: Address
    facts: Facts
    doubts: tuple[str, ...] = ()


def read_unit(columns: Columns, values: Sequence[Cell], places: PlaceReader) -> ImportedUnit:
    """Return what a row says. Raises CellError with the reason."""
    doubts: list[str] = []

    def taken(read: Callable[[Cell], Read | None], name: str) -> Read | None:
        try:
            return read(columns.cell(values, name))
        except CellError as error:
            doubts.append(str(error))
            return None

    kind = taken(partial(_word, _KINDS, _("kind of house")), "kind")
    day = partial(read_day, days_from_1904=columns.days_from_1904)
    address = places.address(values, kind)
    facts: Facts = {
        "floor": taken(read_floor, "floor"),
        "area_dm2": taken(read_area, "area"),
        "usage": taken(partial(_word, _USAGES, _("use")), "usage"),
        "state": taken(partial(_word, _STATES, _("state")), "state"),
        "layout": elide(cell_line(columns.cell(values, "layout")), LONGEST_LINE),
        "contract": elide(cell_line(columns.cell(values, "contract")), LONGEST_LINE),
        "delivered_on": taken(day, "delivered_on"),
        "note": cell_text(columns.cell(values, "unit_note")),
    }
    return ImportedUnit(places.community(values), address, facts, tuple(doubts))


_KINDS = words_meaning(KIND_WORDS, UNIT_KIND_LABELS)
_STATES = words_meaning(STATE_WORDS, UNIT_STATE_LABELS)
_USAGES = words_meaning(USAGE_WORDS, UNIT_USAGE_LABELS)


def _word(words: Mapping[str, Word], what: str, cell: Cell) -> Word | None:
    text = simplified(fold(cell_line(cell)))
    if text in NOTHING:
        return None
    if text not in words:
        known = "、".join(dict.fromkeys(next(k for k, v in words.items() if v is one)
                                        for one in words.values()))  # fmt: skip
        raise CellError(
            _("«{text}» is no {what} that is known; it may be {known}.").format(
                text=cell_line(cell)[:30], what=what, known=known
            )
        )
    return words[text]


def read_floor(cell: Cell) -> int | None:
    """Return a floor from `5`, `5层`, `-1`, `B1` (a basement). Raises CellError."""
    text = fold(cell_line(cell))
    if text in NOTHING:
        return None
    match = _FLOOR.fullmatch(text)
    floor = int(match["floor"]) * (-1 if match["below"] else 1) if match else None
    if floor is None or not LOWEST_FLOOR <= floor <= HIGHEST_FLOOR:
        raise CellError(_("«{text}» is no floor; write 5, or -1 for a basement.").format(
            text=cell_line(cell)[:30]
        ))  # fmt: skip
    return floor

"""Which house a row of a workbook means: in one cell, or in cells of their own.

A house that could be two is refused, never guessed: `4` in the building's column beside `3-2-501`,
or a number that Excel has turned into a date (3-5-1 becomes the first of May).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from propdesk.domain.cells import Cell, CellError, cell_line
from propdesk.domain.imports import Columns, ImportField
from propdesk.domain.simplified import simplified
from propdesk.domain.texts import LONGEST_LINE, elide, fold
from propdesk.domain.units import Address, UnitKind, parse_address
from propdesk.i18n import _, _lazy

PLACE_FIELDS = (
    ImportField(
        "unit",
        _lazy("House"),
        ("房号", "房屋", "房屋编号", "房屋号", "户号", "房产", "房屋地址", "地址", "门牌号", "unit",
         "address"),
    ),
    ImportField(
        "community",
        _lazy("Community"),
        ("小区", "小区名称", "项目", "项目名称", "楼盘", "园区", "社区", "community"),
    ),
    ImportField(
        "building",
        _lazy("Building"),
        ("楼栋", "栋", "楼号", "楼栋号", "栋号", "幢", "幢号", "楼幢", "座", "楼", "building"),
    ),
    ImportField(
        "entrance", _lazy("Entrance"), ("单元", "单元号", "门栋", "梯", "entrance")
    ),
    ImportField(
        "room", _lazy("Room"), ("房间", "房间号", "室", "室号", "门牌", "户", "room")
    ),
)  # fmt: skip

NOTHING = frozenset({"", "无", "-", "/", "—", "none", "没有"})
"""What people write into a cell that has nothing to say."""

_ENTRANCE_WORD = re.compile(r"(?:单元|门栋|门|梯)$")


def says_place(columns: Columns) -> bool:
    """Tell whether a file says which house: in one column, or building and room."""
    return columns.has("unit") or (columns.has("building") and columns.has("room"))


class PlaceReader:
    """Reads the house of each row of one file.

    Beside a building's column `2-501` may be building 2, or entrance 2 of that building: what the
    other rows of the file say decides (where any of them names another number than its building,
    the first number is the entrance).
    """

    def __init__(self, columns: Columns, rows: Iterable[Sequence[Cell]]) -> None:
        self._columns = columns
        self._has_building = columns.has("building")
        self._says_entrance = self._has_building and any(map(self._names_another, rows))

    def _names_another(self, values: Sequence[Cell]) -> bool:
        columns = self._columns
        inner = parse_address(_said(columns, values, "unit") or _said(columns, values, "room"))
        building = building_of(_said(columns, values, "building"))
        return (
            inner is not None
            and inner.kind is UnitKind.HOME
            and not inner.entrance
            and building not in ("", inner.building)
        )

    def community(self, values: Sequence[Cell]) -> str:
        """Return the community that a row names, empty where it names none."""
        return elide(cell_line(self._columns.cell(values, "community")), LONGEST_LINE)

    def address(self, values: Sequence[Cell], kind: UnitKind | None = None) -> Address:
        """Return the house of a row; `kind` is what another column says it is. Raises CellError."""
        columns = self._columns
        cell = columns.cell(values, "unit")
        if type(cell) is str and kind is None and not self._has_building:
            address = parse_address(cell)  # most of an import: the house in one cell
            if address is not None and not columns.has("room"):
                return address
        for name in ("unit", "room"):
            _check_cell(columns.cell(values, name))
        said, room = _said(columns, values, "unit"), _said(columns, values, "room")
        if said and room and not self._has_building:
            said, room = room if parse_address(said) is None else said, ""
        building = building_of(_said(columns, values, "building"))
        entrance = entrance_of(_said(columns, values, "entrance"))
        if not (room or said):
            raise CellError(_("There is no house."))
        address = self._from_parts(building, entrance, said or room)
        if said and room and address is not None:
            _check_room(address, building, entrance, room, self._says_entrance)
        room = said or room
        if address is None and kind not in (None, UnitKind.HOME):
            address = _of_kind(building, entrance, room, kind)
        if address is None:
            raise _unreadable(room)
        if kind not in (None, address.kind) and address.kind is UnitKind.HOME:
            return _of_kind(building, entrance, room, kind) or address
        return address

    def _from_parts(self, building: str, entrance: str, house: str) -> Address | None:
        if not building:
            return parse_address(house)
        return _told_apart(building, entrance, house, says_entrance=self._says_entrance)


def _check_room(
    address: Address, building: str, entrance: str, room: str, says_entrance: bool
) -> None:
    """Refuse a room that is another one than the house in the column beside it."""
    if fold(room) == fold(address.unit):
        return
    if (
        not building
        or _told_apart(building, entrance, room, says_entrance=says_entrance) != address
    ):
        raise _contradiction(room, building or address.short)


def _said(columns: Columns, values: Sequence[Cell], name: str) -> str:
    text = cell_line(columns.cell(values, name))
    return "" if text in NOTHING else text


def _check_cell(cell: Cell) -> None:
    if isinstance(cell, date):  # a datetime is one too
        raise CellError(
            _("Excel has made a date of the house ({day}); type it again as text.").format(
                day=cell.isoformat()[:10]
            )
        )
    if isinstance(cell, float) and not cell.is_integer():
        raise _unreadable(str(cell))


def _told_apart(building: str, entrance: str, room: str, *, says_entrance: bool) -> Address:
    """Return the house of a building's cell beside a room's one, which may say more than a room.

    Raises CellError where the two contradict each other.
    """
    if (kind := _kind_of_word(building)) is not None:
        read = _of_kind("", entrance, room.removeprefix(building), kind)
        if read is None:
            raise _unreadable(room)
        return read
    inner = parse_address(room)
    if inner is None:
        return _plain_room(building, entrance, room)
    if inner.kind is not UnitKind.HOME:
        return _other_room(building, entrance, room, inner)
    if inner.entrance:
        if inner.building != building or entrance not in ("", inner.entrance):
            raise _contradiction(room, building)
        return inner
    if says_entrance or inner.building != building:
        if entrance not in ("", inner.building):
            raise _contradiction(room, building)
        return Address(building, inner.building, inner.unit)
    return Address(building, entrance, inner.unit)


def _plain_room(building: str, entrance: str, room: str) -> Address:
    """Return the house of a room that says nothing more: 501, 501室."""
    parts = tuple(filter(None, (building, entrance, room)))
    read = parse_address("-".join(parts))
    if read is None and not building.isascii():
        # A building with a name of its own (海棠苑) is in no number; its room must be one.
        read = parse_address("-".join(("1", *parts[1:])))
        read = read and replace(read, building=building)
    if read is None:
        raise _unreadable(room)
    return read


def _other_room(building: str, entrance: str, room: str, inner: Address) -> Address:
    """Return the shop, space or storage room of a building's cell: 商铺5, 储藏室3."""
    bare = kind_name(inner)
    named = inner.building not in (building, bare)
    if named or (entrance and inner.entrance not in ("", entrance)):
        raise _contradiction(room, building)
    known = inner.building if bare == building else building
    return replace(inner, building=known, entrance=inner.entrance or entrance)


def _kind_of_word(building: str) -> UnitKind | None:
    """Return the kind of units whose name stands in the building's place: 车位, 商铺."""
    bare = parse_address(f"{building}-1")
    is_kind = bare is not None and bare.kind is not UnitKind.HOME and bare.building == building
    return bare.kind if bare is not None and is_kind else None


def kind_name(address: Address) -> str:
    """Return what stands for the building of a unit that belongs to none: 商铺 of 商铺12."""
    bare = parse_address(Address("", "", address.unit, address.kind).short.strip("-"))
    return "" if bare is None else bare.building


def _of_kind(building: str, entrance: str, room: str, kind: UnitKind | None) -> Address | None:
    """Return a unit whose kind stands in a column of its own: 车位 beside B1-036."""
    if kind is None or kind is UnitKind.HOME:
        return None
    name = Address("", "", "", kind).short.strip("-")
    bare = parse_address(f"{name}{room}")
    if bare is None or bare.kind is not kind:
        return None
    return replace(bare, building=building or bare.building, entrance=entrance)


def _unreadable(text: str) -> CellError:
    return CellError(
        _("«{text}» is no house number; write it like 3-2-501, 3栋2单元501 or 商铺12.").format(
            text=text[:40]
        )
    )


def _contradiction(room: str, building: str) -> CellError:
    return CellError(
        _("«{text}» contradicts the building «{building}» of its own column.").format(
            text=room[:40], building=building[:20]
        )
    )


@lru_cache(maxsize=4096)
def building_of(text: str) -> str:
    """Return `3` from `3栋`, `3号楼`, `三栋`; a building with a name keeps it."""
    if text in NOTHING:
        return ""
    address = parse_address(f"{text}-1")
    if address is None:
        return text
    if address.kind is not UnitKind.HOME and address.building != kind_name(address):
        return text
    return address.building


@lru_cache(maxsize=256)
def entrance_of(text: str) -> str:
    """Return `2` from `2单元`, `二单元`, `第2单元`."""
    if text in NOTHING:
        return ""
    bare = _ENTRANCE_WORD.sub("", simplified(text)).removeprefix("第")
    address = parse_address(f"1-{bare}-1")
    return bare if address is None else address.entrance

"""Read one row of a list of vehicles: the plate, whose house it belongs to, where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from propdesk.domain.cells import Cell, CellError, cell_line, cell_text, read_day
from propdesk.domain.import_facts import Facts
from propdesk.domain.imported_names import name_key, split_names
from propdesk.domain.imported_places import NOTHING, PLACE_FIELDS, PlaceReader
from propdesk.domain.imports import Columns, ImportField, words_meaning
from propdesk.domain.simplified import simplified
from propdesk.domain.texts import LONGEST_LINE, elide, fold
from propdesk.domain.units import Address, UnitKind, parse_address
from propdesk.domain.vehicles import (
    LONGEST_PLATE,
    VEHICLE_LABELS,
    VehicleKind,
    plate_doubt,
    plate_key,
    proposed_kind,
    read_plate,
)
from propdesk.i18n import _, _lazy

VEHICLE_FIELDS = (
    ImportField(
        "plate",
        _lazy("Plate"),
        ("车牌号", "车牌号码", "车牌", "车辆号牌", "号牌", "plate"),
    ),
    *PLACE_FIELDS,
    ImportField(
        "name",
        _lazy("Owner of the vehicle"),
        ("车主", "车主姓名", "业主姓名", "业主", "姓名", "使用人", "驾驶人", "owner", "name"),
    ),
    ImportField(
        "space",
        _lazy("Parking space"),
        ("车位号", "车位", "车位编号", "停车位", "停放车位", "固定车位", "space"),
    ),
    ImportField("kind", _lazy("Kind of vehicle"), ("车辆类型", "车型", "类型", "车辆种类", "kind")),
    ImportField(
        "description",
        _lazy("Description"),
        ("车辆描述", "品牌", "品牌型号", "颜色品牌", "品牌颜色", "颜色", "车辆品牌", "description"),
    ),
    ImportField(
        "from_on", _lazy("Since"), ("登记日期", "起始日期", "办理日期", "开始日期", "since")
    ),
    ImportField("note", _lazy("Note"), ("备注", "说明", "note", "remark")),
)

VEHICLE_WORDS = {
    VehicleKind.CAR: ("小型汽车", "小汽车", "轿车", "小车", "汽车", "燃油车", "suv", "car"),
    VehicleKind.ELECTRIC_CAR: ("新能源", "新能源汽车", "新能源车", "电动汽车", "new-energy car"),
    VehicleKind.VAN: ("货车", "面包车", "小型货车", "客车", "中巴", "van or lorry"),
    VehicleKind.MOTORCYCLE: ("摩托车", "摩托", "motorcycle"),
    VehicleKind.ELECTRIC_BIKE: ("电动自行车", "电瓶车", "电动车", "电动两轮车", "electric bicycle"),
    VehicleKind.OTHER: ("其他", "其它", "三轮车", "房车", "other vehicle"),
}
_KINDS = words_meaning(VEHICLE_WORDS, VEHICLE_LABELS)


@dataclass(frozen=True, slots=True)
class ImportedVehicle:
    """A row that can be stored. `owner` is a name in its house, `space` the address of a space."""

    community: str
    address: Address
    plate: str
    key: str
    kind: VehicleKind
    owner: str = ""
    owner_key: str = ""
    space: Address | None = None
    description: str = ""
    from_on: date | None = None
    note: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def facts(self) -> Facts:
        """What the row says of the house itself: nothing."""
        return {}


def read_vehicle(columns: Columns, values: Sequence[Cell], places: PlaceReader) -> ImportedVehicle:
    """Return what a row says. Raises CellError with the reason."""
    doubts: list[str] = []
    plate, key = _plate(columns.cell(values, "plate"))
    kind = _kind(columns.cell(values, "kind"), plate, doubts)
    if doubt := plate_doubt(plate, kind):
        doubts.append(doubt)
    try:
        from_on = read_day(columns.cell(values, "from_on"), days_from_1904=columns.days_from_1904)
    except CellError as error:
        from_on = None
        doubts.append(str(error))
    names = split_names(columns.cell(values, "name"))
    if len(names) > 1:
        doubts.append(_("A vehicle has one owner here; {names} are several.").format(
            names="、".join(names)[:60]
        ))  # fmt: skip
    owner = names[0] if len(names) == 1 else ""
    return ImportedVehicle(
        community=places.community(values),
        address=places.address(values),
        plate=plate,
        key=key,
        kind=kind,
        owner=owner,
        owner_key=name_key(owner),
        space=_space(columns.cell(values, "space"), doubts),
        description=elide(cell_line(columns.cell(values, "description")), LONGEST_LINE),
        from_on=from_on,
        note=cell_text(columns.cell(values, "note")),
        doubts=tuple(doubts),
    )


def _plate(cell: Cell) -> tuple[str, str]:
    plate = read_plate(cell_line(cell))
    if plate.casefold() in NOTHING:
        raise CellError(_("There is no plate."))
    if len(plate) > LONGEST_PLATE:
        raise CellError(_("«{text}» is no plate.").format(text=plate[:30]))
    return plate, plate_key(plate)


def _kind(cell: Cell, plate: str, doubts: list[str]) -> VehicleKind:
    said = simplified(fold(cell_line(cell)))
    if said and said not in _KINDS:
        doubts.append(_("«{text}» is no kind of vehicle that is known.").format(text=said[:30]))
    return _KINDS.get(said) or proposed_kind(plate)


def _space(cell: Cell, doubts: list[str]) -> Address | None:
    """Return the parking space: `B1-035` and `车位B1-035` are one."""
    said = cell_line(cell)
    if said.casefold() in NOTHING:
        return None
    name = Address("", "", "", UnitKind.PARKING).short.strip("-")
    address = parse_address(said)
    if address is None or address.kind is UnitKind.HOME:
        address = parse_address(f"{name}{said}")
    if address is None or address.kind is not UnitKind.PARKING:
        doubts.append(_("«{text}» is no parking space.").format(text=said[:30]))
        return None
    return address

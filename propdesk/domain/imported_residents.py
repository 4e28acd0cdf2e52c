"""Read one row of a residents workbook: a house, the people in it, their phones and plates.

Needed are the house and a name; everything else is taken where it is. What is doubtful (an area
that is no number) is left out and shown to a person; a phone that Excel has rounded, a masked name
or a house that cannot be read rejects the row, because storing it would do harm.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from propdesk.domain.cells import (
    Cell,
    CellError,
    cell_line,
    cell_text,
    read_area,
    read_day,
    read_phones,
)
from propdesk.domain.imports import Columns, ImportField
from propdesk.domain.persons import ResidentRole
from propdesk.domain.texts import LONGEST_LINE, clean_line, elide, fold
from propdesk.domain.units import Address, parse_address
from propdesk.i18n import _, _lazy

RESIDENT_FIELDS = (
    ImportField(
        "unit",
        _lazy("House"),
        ("房号", "房屋", "房屋编号", "房屋号", "户号", "房产", "房屋地址", "地址", "门牌号", "unit",
         "address"),
    ),
    ImportField(
        "community",
        _lazy("Community"),
        ("小区", "小区名称", "项目", "项目名称", "楼盘", "园区", "community"),
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
    ImportField(
        "name",
        _lazy("Owner's name"),
        ("业主姓名", "业主名称", "业主", "户主", "户主姓名", "产权人", "住户姓名", "住户", "姓名",
         "客户名称", "owner", "name"),
    ),
    ImportField("salutation", _lazy("Salutation"), ("称呼", "尊称", "salutation")),
    ImportField(
        "phone",
        _lazy("Phone"),
        ("联系电话", "业主电话", "手机号码", "手机号", "手机", "移动电话", "电话", "电话号码",
         "联系方式", "联系电话1", "联系电话2", "电话1", "电话2", "手机1", "手机2", "备用电话",
         "phone", "mobile", "telephone"),
        several=True,
    ),
    ImportField(
        "role",
        _lazy("Role"),
        ("身份", "角色", "关系", "住户类型", "客户类型", "与业主关系", "人员类型", "role"),
    ),
    ImportField(
        "area",
        _lazy("Area (m²)"),
        ("建筑面积", "面积", "房屋面积", "产权面积", "收费面积", "计费面积", "area"),
    ),
    ImportField("tenant", _lazy("Tenant"), ("租户", "租客", "租户姓名", "租客姓名", "承租人")),
    ImportField(
        "tenant_phone",
        _lazy("Tenant's phone"),
        ("租户电话", "租客电话", "租户联系电话", "租户手机", "承租人电话"),
        several=True,
    ),
    ImportField(
        "plate",
        _lazy("Plate"),
        ("车牌", "车牌号", "车牌号码", "车牌1", "车牌2", "车辆", "plate"),
        several=True,
    ),
    ImportField(
        "from_on",
        _lazy("Moved in on"),
        ("入住日期", "入住时间", "交房日期", "收房日期", "交付日期", "起始日期", "since"),
    ),
    ImportField("note", _lazy("Note"), ("备注", "说明", "备注信息", "note", "remark")),
    ImportField("unit_note", _lazy("Note on the house"), ("房屋备注",)),
)  # fmt: skip

ROLE_WORDS = {
    ResidentRole.OWNER: ("业主", "户主", "产权人", "共有人", "房东", "本人", "owner"),
    ResidentRole.TENANT: ("租户", "租客", "承租人", "租赁", "tenant"),
    ResidentRole.FAMILY: (
        "家属", "家人", "家庭成员", "配偶", "子女", "父母", "父亲", "母亲", "儿子", "女儿", "丈夫",
        "妻子", "亲属", "family",
    ),
    ResidentRole.STAFF: ("员工", "公司员工", "使用人", "company staff", "staff"),
}  # fmt: skip
_ROLES = {word: role for role, words in ROLE_WORDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class ImportedPerson:
    """A person of a row; `key` is the name as it is compared."""

    name: str
    key: str
    role: ResidentRole
    phones: tuple[str, ...] = ()
    salutation: str = ""
    note: str = ""
    from_on: date | None = None


@dataclass(frozen=True, slots=True)
class ImportedHouse:
    """A row that can be stored; `doubts` are what a person has to look at."""

    community: str
    address: Address
    area_dm2: int | None
    note: str
    plates: tuple[str, ...]
    people: tuple[ImportedPerson, ...]
    doubts: tuple[str, ...] = ()


def read_house(columns: Columns, values: Sequence[Cell]) -> ImportedHouse:
    """Return what a row says. Raises CellError with the reason."""
    doubts: list[str] = []
    try:
        area = read_area(columns.cell(values, "area"))
    except CellError as error:
        area = None
        doubts.append(str(error))
    try:
        from_on = read_day(columns.cell(values, "from_on"))
    except CellError as error:
        from_on = None
        doubts.append(str(error))
    return ImportedHouse(
        community=elide(cell_line(columns.cell(values, "community")), LONGEST_LINE),
        address=_address(columns, values),
        area_dm2=area,
        note=cell_text(columns.cell(values, "unit_note")),
        plates=_plates(columns, values, doubts),
        people=(*_owners(columns, values, from_on), *_tenants(columns, values)),
        doubts=tuple(doubts),
    )


_ENTRANCE_WORD = re.compile(r"(?:单元|门栋|门|梯)$")
_NOTHING = frozenset({"", "无", "-", "/", "—", "none", "没有"})


def _address(columns: Columns, values: Sequence[Cell]) -> Address:
    """Return the house from one cell, or from building, entrance and room in their own cells."""
    said = cell_line(columns.cell(values, "unit"))
    room = cell_line(columns.cell(values, "room"))
    building = _building(cell_line(columns.cell(values, "building")))
    if said:
        address = parse_address(said)
        if address is not None and building in ("", address.building):
            return address
    room = room or said
    if building and room:
        entrance = _entrance(cell_line(columns.cell(values, "entrance")))
        inner = parse_address(room)
        if inner is not None and entrance and inner.building == entrance and not inner.entrance:
            room = inner.unit
        parts = (building, entrance, room)
        return parse_address("-".join(filter(None, parts))) or Address(*parts)
    if not room:
        raise CellError(_("There is no house."))
    raise CellError(
        _("«{text}» is no house number; write it like 3-2-501, 3栋2单元501 or 商铺12.").format(
            text=room[:40]
        )
    )


@lru_cache(maxsize=4096)
def _building(text: str) -> str:
    """Return `3` from `3栋`, `3号楼`, `三栋`; a building with a name keeps it."""
    if text in _NOTHING:
        return ""
    address = parse_address(f"{text}-1")
    return text if address is None else address.building


@lru_cache(maxsize=256)
def _entrance(text: str) -> str:
    if text in _NOTHING:
        return ""
    bare = _ENTRANCE_WORD.sub("", text).removeprefix("第")
    address = parse_address(f"1-{bare}-1")
    return bare if address is None else address.entrance


_BETWEEN_NAMES = re.compile(r"[、,，/;；&＆|\n]+")  # noqa: RUF001 - as people write it
_CHINESE_NAME = re.compile(r"[\u2e80-\u9fff\U00020000-\U0003ffff·]{2,4}")


def split_names(cell: Cell) -> tuple[str, ...]:
    """Return the names of joint owners in a cell: `张三、李四`, `张三/李四`, `张三 李四`.

    Blanks divide only what looks like whole Chinese names: `张 三` is one name, `John Smith` too.
    Raises CellError for masked names, under which nobody may be stored.
    """
    names: list[str] = []
    for part in _BETWEEN_NAMES.split(cell_text(cell)):
        name = clean_line(part)
        words = name.split(" ")
        if len(words) > 1 and all(_CHINESE_NAME.fullmatch(word) for word in words):
            names += words
        elif len(words) > 1 and all(len(word) == 1 and word > "\u2e7f" for word in words):
            names.append("".join(words))
        elif name not in _NOTHING:
            names.append(elide(name, LONGEST_LINE))
    for name in names:
        if "*" in name:
            raise CellError(_("«{name}» is a masked name.").format(name=name[:30]))
    return tuple(dict.fromkeys(names))


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """Return a name as it is compared within a house."""
    return "".join(fold(name).split())


def _owners(
    columns: Columns, values: Sequence[Cell], from_on: date | None
) -> tuple[ImportedPerson, ...]:
    names = split_names(columns.cell(values, "name"))
    if not names:
        return ()
    said = fold(cell_line(columns.cell(values, "role")))
    role = _ROLES.get(said, ResidentRole.OTHER if said else ResidentRole.OWNER)
    phones = tuple(p for cell in columns.cells(values, "phone") for p in read_phones(cell))
    return _people(
        names,
        phones,
        role,
        salutation=elide(cell_line(columns.cell(values, "salutation")), LONGEST_LINE),
        note=cell_text(columns.cell(values, "note")),
        from_on=from_on,
    )


def _tenants(columns: Columns, values: Sequence[Cell]) -> tuple[ImportedPerson, ...]:
    if not columns.has("tenant"):
        return ()
    names = split_names(columns.cell(values, "tenant"))
    phones = tuple(p for cell in columns.cells(values, "tenant_phone") for p in read_phones(cell))
    return _people(names, phones, ResidentRole.TENANT) if names else ()


def _people(
    names: Sequence[str],
    phones: Sequence[str],
    role: ResidentRole,
    *,
    salutation: str = "",
    note: str = "",
    from_on: date | None = None,
) -> tuple[ImportedPerson, ...]:
    """Give each joint owner his phone where there are as many as names, else all to the first."""
    each = [(phone,) for phone in phones]
    if len(phones) != len(names):
        each = [tuple(phones), *[()] * (len(names) - 1)]  # type: ignore[list-item]
    return tuple(
        ImportedPerson(
            name=name,
            key=name_key(name),
            role=role,
            phones=numbers,
            salutation="" if place else salutation,
            note="" if place else note,
            from_on=from_on,
        )
        for place, (name, numbers) in enumerate(zip(names, each, strict=True))
    )


_BETWEEN_PLATES = re.compile(r"[、,，/;；|\s]+")


def plate_key(plate: str) -> str:
    """Return a plate as it is compared: with or without its dot."""
    return "".join(character for character in fold(plate) if character.isalnum())


def _plates(columns: Columns, values: Sequence[Cell], doubts: list[str]) -> tuple[str, ...]:
    plates: dict[str, str] = {}
    for cell in columns.cells(values, "plate"):
        for part in _BETWEEN_PLATES.split(cell_text(cell)):
            plate, key = clean_line(part).upper(), plate_key(part)
            if part.casefold() in _NOTHING:
                continue
            if not 5 <= len(key) <= 10 or not any(character.isdigit() for character in key):
                doubts.append(_("«{text}» is no plate.").format(text=part[:30]))
                continue
            plates.setdefault(key, plate)
    return tuple(plates.values())

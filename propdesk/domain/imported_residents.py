"""Read one row of a residents workbook: a house, the people in it, their phones and plates.

Needed are the house and a name; everything else is taken where it is. What is doubtful (an area
that is no number) is left out and shown to a person; a phone or identity number that Excel has
rounded, a masked name or a house that cannot be read rejects the row: storing it would do harm.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any, TypeVar

from propdesk.domain.cells import (
    Cell,
    CellError,
    cell_line,
    cell_text,
    read_area,
    read_day,
    read_phones,
)
from propdesk.domain.identity_numbers import clean_identity_number, identity_problem
from propdesk.domain.import_facts import Facts
from propdesk.domain.imported_names import is_company, name_key, split_names
from propdesk.domain.imported_places import NOTHING, PLACE_FIELDS, PlaceReader
from propdesk.domain.imports import Columns, ImportField, words_meaning
from propdesk.domain.persons import ROLE_LABELS, PersonKind, ResidentRole
from propdesk.domain.shares import read_share
from propdesk.domain.simplified import simplified
from propdesk.domain.texts import LONGEST_LINE, elide, fold
from propdesk.domain.units import Address
from propdesk.domain.vehicles import plate_key, read_plate
from propdesk.i18n import _, _lazy

Read = TypeVar("Read")

RESIDENT_FIELDS = (
    *PLACE_FIELDS,
    ImportField(
        "name",
        _lazy("Owner's name"),
        ("业主姓名", "业主名称", "业主", "户主", "户主姓名", "产权人", "住户姓名", "住户", "姓名",
         "客户名称", "业主名", "业主联系人", "owner", "name"),
    ),
    ImportField("salutation", _lazy("Salutation"), ("称呼", "尊称", "salutation")),
    ImportField(
        "phone",
        _lazy("Phone"),
        ("联系电话", "业主电话", "手机号码", "手机号", "手机", "移动电话", "电话", "电话号码",
         "联系方式", "业主联系方式", "业主手机", "业主手机号", "业主联系电话", "联系电话1",
         "联系电话2", "电话1", "电话2", "手机1", "手机2", "备用电话",
         "phone", "mobile", "telephone"),
        several=True,
    ),
    ImportField(
        "role",
        _lazy("Role"),
        ("身份", "角色", "关系", "住户类型", "客户类型", "与业主关系", "人员类型", "role"),
    ),
    ImportField("relation", _lazy("Relation"), ("亲属关系", "家庭关系", "relation")),
    ImportField(
        "share",
        _lazy("Share"),
        ("产权份额", "份额", "所占份额", "共有份额", "产权比例", "持有比例", "share"),
    ),
    ImportField(
        "company",
        _lazy("Company"),
        ("公司", "公司名称", "单位名称", "企业名称", "业主单位", "company"),
    ),
    ImportField(
        "emergency",
        _lazy("Emergency contact"),
        ("紧急联系人", "紧急联系人姓名", "应急联系人", "应急联系人姓名"),
    ),
    ImportField(
        "emergency_phone",
        _lazy("Emergency contact's phone"),
        ("紧急联系人电话", "紧急联系电话", "紧急电话", "应急联系人电话", "应急电话",
         "紧急联系人手机", "紧急联系人联系电话"),
        several=True,
    ),
    ImportField(
        "emergency_relation",
        _lazy("Emergency contact's relation"),
        ("与联系人关系", "联系人关系", "与紧急联系人关系", "紧急联系人关系"),
    ),
    ImportField(
        "identity",
        _lazy("Identity number"),
        ("身份证号", "身份证号码", "身份证", "证件号码", "证件号", "公民身份号码", "业主身份证号",
         "业主身份证"),
        catalogued="identity-number",
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
    ResidentRole.STAFF: ("员工", "公司员工", "使用人", "经办人", "company staff", "staff"),
    ResidentRole.EMERGENCY: ("紧急联系人", "应急联系人", "emergency contact"),
}  # fmt: skip
_GENERAL = frozenset({"家属", "家人", "家庭成员", "亲属", "family"})
"""Words for a role that say nothing more of the relation than the role does."""
_ROLES = words_meaning(ROLE_WORDS, ROLE_LABELS)


@dataclass(frozen=True, slots=True)
class ImportedPerson:
    """A person of a row; `key` is the name as it is compared, `share` is of the ownership."""

    name: str
    key: str
    role: ResidentRole
    phones: tuple[str, ...] = ()
    salutation: str = ""
    note: str = ""
    from_on: date | None = None
    relation: str = ""
    share: Fraction | None = None
    identity: str = ""
    kind: PersonKind = PersonKind.PERSON


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

    @property
    def facts(self) -> Facts:
        """What the row says about the house itself."""
        return {"area_dm2": self.area_dm2, "note": self.note}


def read_house(
    columns: Columns, values: Sequence[Cell], places: PlaceReader, today: date
) -> ImportedHouse:
    """Return what a row says. Raises CellError with the reason."""
    doubts: list[str] = []

    def taken(read: Callable[[Cell], Read | None], name: str) -> Read | None:
        cell = columns.cell(values, name)
        if cell is None:
            return None
        try:
            return read(cell)
        except CellError as error:
            doubts.append(str(error))
            return None

    area = taken(read_area, "area")
    from_on = taken(partial(read_day, days_from_1904=columns.days_from_1904), "from_on")
    return ImportedHouse(
        community=places.community(values),
        address=places.address(values),
        area_dm2=area,
        note=cell_text(columns.cell(values, "unit_note")),
        plates=_plates(columns, values, doubts),
        people=(
            *_owners(columns, values, from_on, doubts, today),
            *_others(columns, values, "tenant", ResidentRole.TENANT),
            *_others(columns, values, "emergency", ResidentRole.EMERGENCY),
        ),
        doubts=tuple(doubts),
    )


def _owners(
    columns: Columns,
    values: Sequence[Cell],
    from_on: date | None,
    doubts: list[str],
    today: date,
) -> tuple[ImportedPerson, ...]:
    names = split_names(columns.cell(values, "name"))
    companies = split_names(columns.cell(values, "company")) if columns.has("company") else ()
    # A company owns; who stands beside it in the row is its staff.
    owners = tuple(_company(name) for name in companies if name not in names)
    if not names:
        return owners
    word = columns.cell(values, "role")
    said = simplified(fold(cell_line(word))) if word is not None else ""
    usual = ResidentRole.STAFF if companies else ResidentRole.OWNER
    role = _ROLES.get(said, ResidentRole.OTHER if said else usual)
    if companies and role is ResidentRole.OWNER:
        role = ResidentRole.STAFF
    people = _people(names, _phones(columns, values, "phone"), role)
    if from_on is not None:
        people = tuple(replace(one, from_on=from_on) for one in people)
    first = _first_said(columns, values, role, said)
    if first:
        people = (replace(people[0], **first), *people[1:])
    shares = _shares(columns, values, len(names), doubts) if columns.has("share") else ()
    if shares:
        people = tuple(replace(o, share=s) for o, s in zip(people, shares, strict=True))
    identities = _identities(columns, values, len(names), doubts, today)
    if identities:
        people = tuple(replace(o, identity=i) for o, i in zip(people, identities, strict=True))
    return (*people, *owners)


def _first_said(
    columns: Columns, values: Sequence[Cell], role: ResidentRole, said: str
) -> dict[str, Any]:
    """Return what a row says of its first person alone."""
    relation = cell_line(columns.cell(values, "relation"))
    if not relation and role in (ResidentRole.FAMILY, ResidentRole.OTHER) and said not in _GENERAL:
        relation = said
    found = {
        "salutation": elide(cell_line(columns.cell(values, "salutation")), LONGEST_LINE),
        "note": cell_text(columns.cell(values, "note")),
        "relation": elide(relation, LONGEST_LINE),
    }
    return {name: text for name, text in found.items() if text}


def _company(name: str) -> ImportedPerson:
    return ImportedPerson(name, name_key(name), ResidentRole.OWNER, kind=PersonKind.COMPANY)


def _others(
    columns: Columns, values: Sequence[Cell], field: str, role: ResidentRole
) -> tuple[ImportedPerson, ...]:
    """Return the tenants or emergency contacts of a row, who stand in columns of their own."""
    if not columns.has(field):
        return ()
    names = split_names(columns.cell(values, field))
    if not names:
        return ()
    people = _people(names, _phones(columns, values, f"{field}_phone"), role)
    relation = elide(cell_line(columns.cell(values, f"{field}_relation")), LONGEST_LINE)
    return (replace(people[0], relation=relation), *people[1:]) if relation else people


def _phones(columns: Columns, values: Sequence[Cell], field: str) -> tuple[str, ...]:
    return tuple(p for cell in columns.cells(values, field) for p in read_phones(cell))


def _people(
    names: Sequence[str], phones: Sequence[str], role: ResidentRole
) -> tuple[ImportedPerson, ...]:
    """Give each joint owner his phone where there are as many as names, else all to the first."""
    each = [(phone,) for phone in phones]
    if len(phones) != len(names):
        each = [tuple(phones), *[()] * (len(names) - 1)]  # type: ignore[list-item]
    return tuple(
        ImportedPerson(
            name,
            name_key(name),
            role,
            numbers,
            kind=PersonKind.COMPANY if is_company(name) else PersonKind.PERSON,
        )
        for name, numbers in zip(names, each, strict=True)
    )


_BETWEEN_SHARES = re.compile(r"[、,，;；|\s]+")


def _shares(
    columns: Columns, values: Sequence[Cell], count: int, doubts: list[str]
) -> Sequence[Fraction | None]:
    """Return a share for each name, none where it cannot be told whose it is."""
    cell = columns.cell(values, "share")
    said = [part for part in _BETWEEN_SHARES.split(cell_line(cell)) if part]
    try:
        if count == 1:
            return (_share(cell),)
        shares = [_share(part) for part in said]
    except ValueError as error:
        doubts.append(str(error))
        return ()
    if not any(shares):
        return ()
    if len(shares) == count:
        return shares
    doubts.append(_("«{text}» does not say whose share it is.").format(text=cell_line(cell)[:30]))
    return ()


_JOINT = frozenset({"共同共有", "共有", "共同所有", "共同"})
_WHOLE = frozenset({"全部", "单独所有", "单独", "独有"})


def _share(cell: Cell) -> Fraction | None:
    """Return a share from `1/2`, `50%` or a cell in percent (0.5); 共同共有 is none of its own."""
    text = simplified(fold(cell_line(cell)))
    if text in NOTHING or text in _JOINT:
        return None
    if text in _WHOLE or cell == 1:
        return Fraction(1)
    if isinstance(cell, float) and 0 < cell < 1:
        return read_share(f"{Fraction(str(cell))}")
    return read_share(text)


def _identities(
    columns: Columns, values: Sequence[Cell], count: int, doubts: list[str], today: date
) -> Sequence[str]:
    """Return an identity number for each name; what Excel rounded rejects the row (F37)."""
    if not columns.has("identity"):
        return ()
    text = cell_text(columns.cell(values, "identity"))
    numbers = [clean_identity_number(one) for one in _BETWEEN_SHARES.split(text) if one]
    numbers = [one for one in numbers if one.casefold() not in NOTHING]
    if not numbers:
        return ()
    good: list[str] = []
    for number in numbers:
        problem = identity_problem(number, today)
        if problem and (number.endswith("000") or not number.isalnum()):
            raise CellError(f"{number[:24]}: {problem}")
        if problem:
            doubts.append(f"{number[:24]}: {problem}")
        good.append("" if problem else number)
    if len(good) == count:
        return good
    if count > 1 and len(good) > 1:
        doubts.append(_("There are more or fewer identity numbers than names."))
        return ()
    return [good[0], *[""] * (count - 1)]


_BETWEEN_PLATES = re.compile(r"[、,，/;；|\s]+")


def _plates(columns: Columns, values: Sequence[Cell], doubts: list[str]) -> tuple[str, ...]:
    plates: dict[str, str] = {}
    for cell in columns.cells(values, "plate"):
        for part in _BETWEEN_PLATES.split(cell_text(cell)):
            plate, key = read_plate(part), plate_key(part)
            if part.casefold() in NOTHING:
                continue
            if not 5 <= len(key) <= 10 or not any(character.isdigit() for character in key):
                doubts.append(_("«{text}» is no plate.").format(text=part[:30]))
                continue
            plates.setdefault(key, plate)
    return tuple(plates.values())

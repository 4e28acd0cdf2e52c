"""Houses and how people say them: `3-2-501`, `3栋2单元501室`, `商铺12`, full width too."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from propdesk.domain.chinese_numbers import with_digits
from propdesk.domain.errors import RuleError
from propdesk.domain.simplified import simplified
from propdesk.domain.texts import fold
from propdesk.i18n import LazyText, _, _lazy


class UnitKind(StrEnum):
    """What a unit is used as."""

    HOME = "home"
    SHOP = "shop"
    PARKING = "parking"
    STORAGE = "storage"


UNIT_KIND_LABELS: Mapping[UnitKind, LazyText] = {
    UnitKind.HOME: _lazy("Home"),
    UnitKind.SHOP: _lazy("Shop"),
    UnitKind.PARKING: _lazy("Parking space"),
    UnitKind.STORAGE: _lazy("Storage room"),
}


class UnitState(StrEnum):
    """What a unit is at present; '' is not said yet."""

    UNSOLD = "unsold"
    UNDELIVERED = "undelivered"
    DECORATING = "decorating"
    OWNER_OCCUPIED = "owner-occupied"
    LET = "let"
    VACANT = "vacant"


UNIT_STATE_LABELS: Mapping[UnitState, LazyText] = {
    UnitState.UNSOLD: _lazy("Unsold"),
    UnitState.UNDELIVERED: _lazy("Not handed over"),
    UnitState.DECORATING: _lazy("Being decorated"),
    UnitState.OWNER_OCCUPIED: _lazy("Owner-occupied"),
    UnitState.LET: _lazy("Let"),
    UnitState.VACANT: _lazy("Vacant"),
}
# Nobody lives in a shop, a parking space or a storage room: its owner has it in use.
OWN_USE: LazyText = _lazy("In own use")


def state_label(state: UnitState | None, kind: UnitKind = UnitKind.HOME) -> str:
    """Return what a state is called at a unit of a kind; '' where none is known.

    Where units of all kinds are meant at once (legend, filters) it is called as at a home.
    """
    if state is None:
        return ""
    if state is UnitState.OWNER_OCCUPIED and kind is not UnitKind.HOME:
        return str(OWN_USE)
    return str(UNIT_STATE_LABELS[state])


class UnitUsage(StrEnum):
    """What the property register plans a unit for; '' is not said yet."""

    RESIDENTIAL = "residential"
    COMMERCIAL = "commercial"
    OFFICE = "office"
    PUBLIC = "public"
    MIXED = "mixed"
    OTHER = "other"


UNIT_USAGE_LABELS: Mapping[UnitUsage, LazyText] = {
    UnitUsage.RESIDENTIAL: _lazy("Residential"),
    UnitUsage.COMMERCIAL: _lazy("Commercial"),
    UnitUsage.OFFICE: _lazy("Office space"),
    UnitUsage.PUBLIC: _lazy("Public facility"),
    UnitUsage.MIXED: _lazy("Homes and shops"),
    UnitUsage.OTHER: _lazy("Other"),
}


@dataclass(frozen=True, slots=True)
class Address:
    """A house as said: building, entrance (may be absent), unit; the floor is proposed."""

    building: str
    entrance: str
    unit: str
    kind: UnitKind = UnitKind.HOME

    @property
    def short(self) -> str:
        """The form that lists show and people type: `3-2-501`."""
        return short_address(self.building, self.entrance, self.unit, self.kind)

    @property
    def floor(self) -> int | None:
        """The floor that the unit's digits propose: 501 is on the 5th, 1203 on the 12th."""
        digits = re.sub(r"\D", "", self.unit)
        if self.kind is not UnitKind.HOME or not 3 <= len(digits) <= 4:
            return None
        return int(digits[:-2]) or None


_KIND_WORDS: tuple[tuple[str, UnitKind, str], ...] = (
    ("商铺", UnitKind.SHOP, "商铺"),
    ("底商", UnitKind.SHOP, "商铺"),
    ("门面", UnitKind.SHOP, "商铺"),
    ("车位", UnitKind.PARKING, "车位"),
    ("车库", UnitKind.PARKING, "车位"),
    ("储藏室", UnitKind.STORAGE, "储藏室"),
    ("储物间", UnitKind.STORAGE, "储藏室"),
)
_KIND_NAMES = {kind: name for _word, kind, name in _KIND_WORDS}

_BUILDING_WORD = r"(?:号楼|栋楼|号栋|栋|幢|座|楼|号|#)"
_WORDS = re.compile(
    rf"^(?P<building>[0-9a-z]{{1,6}}){_BUILDING_WORD}[-]?"
    r"(?:(?P<entrance>[0-9a-z]{1,4})(?:单元|门|-))?"
    r"(?:(?:第)?(?P<floor>\d{1,2})(?:层|楼))?"
    r"(?P<unit>[0-9a-z]{1,8})(?:室|号|户|房)?$"
)
_BEFORE_KIND = re.compile(
    rf"(?:(?P<building>[0-9a-z]{{1,6}}){_BUILDING_WORD}?"
    r"(?:-?(?<![0-9a-z])(?P<entrance>[0-9a-z]{1,4})(?:单元|门)?)?-?)?"
)
_VILLA = re.compile(r"^(?P<building>[0-9a-z]{1,6})(?:#|(?:#|号|栋|幢)别墅)$")
_DASHES = re.compile(
    r"^(?P<building>[0-9a-z]{1,6})-(?:(?P<entrance>[0-9a-z]{1,4})-)?(?P<unit>[0-9a-z]{1,8})(?:室|号|户|房)?$"
)


def _normal(text: str) -> str:
    """Fold width and case, turn Chinese digits and all dashes into plain ones."""
    if text.isascii() and text.replace("-", "").isalnum():  # most of an import: 3-2-501
        return text.lower().strip("-")
    text = with_digits(re.sub(r"\s+", "", simplified(fold(text))))
    return re.sub(r"[—–−‐~_/.、]+", "-", text).strip("-")


def parse_address(text: str) -> Address | None:
    """Return the house that a text names, or None when it is no house.

    Accepts `3-2-501`, `3-501`, `A-1201`, `3栋2单元501室`, `3#2-501`, `商铺12`, `车位B1-035`,
    `12#别墅`, full-width forms and Chinese numerals.
    """
    compact = _normal(text)
    for word, kind, name in _KIND_WORDS:
        if word in compact:
            before, _word, rest = compact.partition(word)
            where = _BEFORE_KIND.fullmatch(before)
            rest = re.sub(r"(?:号|室|#)$", "", rest).strip("-")
            if where is None or not re.fullmatch(r"[0-9a-z-]{1,12}", rest):
                return None
            building, entrance = _plain(where["building"] or ""), _plain(where["entrance"] or "")
            return Address(building or name, entrance, rest.upper(), kind)
    for pattern in (_DASHES, _WORDS):
        match = pattern.match(compact)
        if match:
            unit = match["unit"].upper()
            floor = match.groupdict().get("floor")
            if floor and len(unit) <= 2:
                unit = f"{int(floor)}{unit.zfill(2)}"
            elif floor and not unit.startswith(str(int(floor))):
                return None  # 3栋5层601: one of the two is wrong
            return Address(_plain(match["building"]), _plain(match["entrance"] or ""), _plain(unit))
    match = _VILLA.match(compact)
    if match:
        return Address(_plain(match["building"]), "", _plain(match["building"]))
    return None


def _plain(part: str) -> str:
    """Return one part without leading zeros: building 03 is building 3."""
    part = part.upper()
    return str(int(part)) if part.isdigit() and int(part) else part


def short_address(building: str, entrance: str, unit: str, kind: UnitKind) -> str:
    """Return `3-2-501`, `3-501`, `商铺12`, `车位B1-035`, `3-2-储藏室7` or `12#`."""
    if kind is not UnitKind.HOME:
        name = _KIND_NAMES[kind]
        where = (
            "" if building == name else f"{building}-{entrance}-" if entrance else f"{building}-"
        )
        return f"{where}{name}{unit}"
    if building == unit and not entrance:
        return f"{building}#"
    return "-".join(part for part in (building, entrance, unit) if part)


def long_address(building: str, entrance: str, unit: str, kind: UnitKind) -> str:
    """Return the house as papers say it: `3栋2单元501` (no blanks in names of houses)."""
    short = short_address(building, entrance, unit, kind)
    if kind is not UnitKind.HOME or short.endswith("#"):
        return short
    return f"{building_name(building)}{entrance + '单元' if entrance else ''}{unit}"


def building_name(building: str) -> str:
    """Return a building as papers say it: `3栋`; one with a name of its own keeps that."""
    return f"{building}栋" if building.isalnum() and building.isascii() else building


def require_address(text: str) -> Address:
    """Return the house that a text names, or refuse with the forms that are understood."""
    address = parse_address(text)
    if address is None:
        raise RuleError(
            "address-unreadable",
            _("«{text}» is no house number; write it like 3-2-501, 3栋2单元501 or 商铺12.").format(
                text=text[:40]
            ),
        )
    return address

"""Vehicles of the houses: plates as people write them, and what is doubtful about one.

A plate is kept as it was said: with or without its dot, in capitals of half width. What does not
look like a plate of the mainland (GA 36) is told and stored all the same: whoever stands at the
barrier may have one from Hong Kong, a temporary one or a number of his own.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.texts import clean_line, half_width
from propdesk.i18n import LazyText, _, _lazy

LONGEST_PLATE = 20


class VehicleKind(StrEnum):
    """What stands on the parking space."""

    CAR = "car"
    ELECTRIC_CAR = "electric-car"
    VAN = "van"
    MOTORCYCLE = "motorcycle"
    ELECTRIC_BIKE = "electric-bike"
    OTHER = "other"


VEHICLE_LABELS: Mapping[VehicleKind, LazyText] = {
    VehicleKind.CAR: _lazy("Car"),
    VehicleKind.ELECTRIC_CAR: _lazy("New-energy car"),
    VehicleKind.VAN: _lazy("Van or lorry"),
    VehicleKind.MOTORCYCLE: _lazy("Motorcycle"),
    VehicleKind.ELECTRIC_BIKE: _lazy("Electric bicycle"),
    VehicleKind.OTHER: _lazy("Other vehicle"),
}

# The numbers of these are given by each city as it likes.
_OWN_NUMBERS = frozenset({VehicleKind.ELECTRIC_BIKE, VehicleKind.OTHER})

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_TRADITIONAL = str.maketrans(
    "滬雲遼魯蘇贛晉陝閩貴粵寧瓊學掛領試應", "沪云辽鲁苏赣晋陕闽贵粤宁琼学挂领试应"
)
_DOTS = re.compile(r"[·•.。・‧∙⋅●]+")

# No letter I and no O in the serial: they would be read as 1 and 0.
_SERIAL = "[0-9A-HJ-NP-Z]"
_USUAL = re.compile(
    rf"[{_PROVINCES}][A-Z](?:{_SERIAL}{{5}}|{_SERIAL}{{4}}[警学挂领试超港澳]|{_SERIAL}{{4}}应急)"
)
_NEW_ENERGY = re.compile(rf"[{_PROVINCES}][A-Z](?:[A-HJK]{_SERIAL}\d{{4}}|\d{{5}}[A-HJK])")
_EMBASSY = re.compile(r"使\d{6}|\d{6}使|\d{3}使\d{3}")
_PROVINCE_MISSING = re.compile(rf"[A-Z]{_SERIAL}{{5,6}}")


@dataclass(frozen=True, slots=True)
class VehicleDraft:
    """A vehicle as typed. `person_id` is whose it is, `space_id` the parking space it stands on.

    `kind` None is the one that the plate proposes. `shares_space` says that the clerk knows that
    another vehicle stands there too. Days are the first and the last one; both may be unknown.
    """

    plate: str
    kind: VehicleKind | None = None
    description: str = ""
    person_id: int | None = None
    space_id: int | None = None
    from_on: date | None = None
    to_on: date | None = None
    note: str = ""
    shares_space: bool = False


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle of a house, from one day to another; what goes is ended and never deleted."""

    id: int
    unit_id: int
    house: str
    plate: str
    kind: VehicleKind
    description: str
    person_id: int | None
    person: str
    space_id: int | None
    space: str
    from_on: date | None
    to_on: date | None
    note: str
    version: int


def read_plate(text: str) -> str:
    """Return a plate as it is stored: capitals of half width, no blanks, one kind of dot.

    `苏a•12345`, `蘇A 12345` and full width are read; the dot stays where one was written.
    """
    plain = _DOTS.sub("·", half_width(clean_line(text)).upper()).translate(_TRADITIONAL)
    kept = "".join(each for each in plain if each.isalnum() or each in "·-")
    return half_width(kept).strip("·-")


def plate_key(text: str) -> str:
    """Return a plate as it is compared: 苏A·12345 and 苏A12345 are the same one."""
    return _plain(text).casefold()


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, read_plate(text)))


def is_new_energy(plate: str) -> bool:
    """Tell whether a plate has the eight characters of a new-energy car."""
    return _NEW_ENERGY.fullmatch(_plain(plate)) is not None


def proposed_kind(plate: str) -> VehicleKind:
    """Return the kind that a plate proposes."""
    return VehicleKind.ELECTRIC_CAR if is_new_energy(plate) else VehicleKind.CAR


def plate_doubt(text: str, kind: VehicleKind | None = None) -> str:
    """Return what is doubtful about a plate, in one sentence; '' where it looks right.

    Electric bicycles have numbers of their own and are never doubted.
    """
    plate = read_plate(text)
    plain = _plain(text)
    if not plain or kind in _OWN_NUMBERS:
        return ""
    if any(form.fullmatch(plain) for form in (_USUAL, _NEW_ENERGY, _EMBASSY)):
        return ""
    if _PROVINCE_MISSING.fullmatch(plain):
        return _("The province is missing before «{plate}».").format(plate=plate)
    if plain[0] in _PROVINCES and re.search("[IO]", plain[2:]):
        return _("«{plate}» has a letter I or O, which no plate has; is it a 1 or a 0?").format(
            plate=plate
        )
    if plain[0] in _PROVINCES and len(plain) not in (7, 8):
        return _("«{plate}» has {count} characters; a plate has 7, one for new energy 8.").format(
            plate=plate, count=len(plain)
        )
    return _("«{plate}» does not look like a plate of the mainland; look at it again.").format(
        plate=plate
    )


def check_vehicle(draft: VehicleDraft) -> Problems:
    """Return what keeps a vehicle from being stored, a sentence for each field."""
    missing = _("Write the plate; an electric bicycle has a number of its own.")
    problems = [
        *check_line("plate", draft.plate, missing),
        *check_line("description", draft.description),
        *check_text("note", draft.note),
    ]
    if not problems and len(draft.plate) > LONGEST_PLATE:
        sentence = _("A plate has at most {longest} characters.")
        problems.append(Problem("plate", sentence.format(longest=LONGEST_PLATE)))
    if draft.from_on and draft.to_on and draft.to_on < draft.from_on:
        problems.append(Problem("to_on", _("The last day lies before the first.")))
    return tuple(problems)

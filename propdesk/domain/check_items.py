"""What is looked at: kinds of inspections (R99, law.md 1.9) and the items of a template."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from propdesk.i18n import LazyText, _lazy


class InspectionKind(StrEnum):
    """What a round, a plan or a template looks after; stored codes."""

    EQUIPMENT = "equipment"
    STATUTORY = "statutory"
    FIRE = "fire"
    BUILDING = "building"
    SECURITY = "security"
    CLEANING = "cleaning"
    GREEN = "green"
    DECORATION = "decoration"
    VACANT = "vacant"
    CONDUCT = "conduct"
    MANAGEMENT = "management"


class ItemKind(StrEnum):
    """How an item is answered."""

    TICK = "tick"
    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"


class Verdict(StrEnum):
    """What an answer comes to."""

    NORMAL = "normal"
    ABNORMAL = "abnormal"
    NOT_APPLICABLE = "not-applicable"


INSPECTION_LABELS: Mapping[InspectionKind, LazyText] = {
    InspectionKind.EQUIPMENT: _lazy("Equipment"),
    InspectionKind.STATUTORY: _lazy("Required by law"),
    InspectionKind.FIRE: _lazy("Fire safety"),
    InspectionKind.BUILDING: _lazy("Public areas"),
    InspectionKind.SECURITY: _lazy("Guard round"),
    InspectionKind.CLEANING: _lazy("Cleaning work"),
    InspectionKind.GREEN: _lazy("Green"),
    InspectionKind.DECORATION: _lazy("Decoration"),
    InspectionKind.VACANT: _lazy("Vacant houses"),
    InspectionKind.CONDUCT: _lazy("Conduct of service"),
    InspectionKind.MANAGEMENT: _lazy("Management"),
}

ITEM_KIND_LABELS: Mapping[ItemKind, LazyText] = {
    ItemKind.TICK: _lazy("Tick"),
    ItemKind.CHOICE: _lazy("Choice"),
    ItemKind.NUMBER: _lazy("Measured value"),
    ItemKind.TEXT: _lazy("In words"),
}

VERDICT_LABELS: Mapping[Verdict, LazyText] = {
    Verdict.NORMAL: _lazy("In order"),
    Verdict.ABNORMAL: _lazy("Abnormal"),
    Verdict.NOT_APPLICABLE: _lazy("Not applicable"),
}


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One thing to look at.

    `key` names it in every version of its template; limits are thousandths of `unit`; `digits` and
    `decimals` are the boxes printed before and behind the point; the first `in_order` of `choices`
    are normal, the others are findings.
    """

    key: str
    kind: ItemKind
    name: str
    id: int = 0
    section: str = ""
    standard: str = ""
    unit: str = ""
    lower_milli: int | None = None
    upper_milli: int | None = None
    digits: int = 0
    decimals: int = 0
    choices: tuple[str, ...] = ()
    in_order: int = 1
    photo: bool = False
    score: int = 0
    source: str = ""
    verified: bool = False

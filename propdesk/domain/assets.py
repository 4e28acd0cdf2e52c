"""Places and things that are looked after: the ledger of equipment (设备台账) and points (R99)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.i18n import LazyText, _, _lazy


class AssetKind(StrEnum):
    """What a thing is; stored codes."""

    LIFT = "lift"
    FIRE = "fire"
    WATER = "water"
    POWER = "power"
    LIGHTNING = "lightning"
    DRAINAGE = "drainage"
    VENTILATION = "ventilation"
    ACCESS = "access"
    MONITORING = "monitoring"
    LIGHTING = "lighting"
    GATE = "gate"
    PLAYGROUND = "playground"
    CHARGING = "charging"
    OTHER = "other"


class AssetState(StrEnum):
    """Whether a thing is at work; one that stopped for a year is inspected before re-use."""

    IN_USE = "in-use"
    STOPPED = "stopped"
    SCRAPPED = "scrapped"


ASSET_KIND_LABELS: Mapping[AssetKind, LazyText] = {
    AssetKind.LIFT: _lazy("Lift"),
    AssetKind.FIRE: _lazy("Fire protection"),
    AssetKind.WATER: _lazy("Water supply"),
    AssetKind.POWER: _lazy("Power supply"),
    AssetKind.LIGHTNING: _lazy("Lightning protection"),
    AssetKind.DRAINAGE: _lazy("Drainage"),
    AssetKind.VENTILATION: _lazy("Ventilation"),
    AssetKind.ACCESS: _lazy("Door control"),
    AssetKind.MONITORING: _lazy("Cameras and alarms"),
    AssetKind.LIGHTING: _lazy("Lighting"),
    AssetKind.GATE: _lazy("Gates and barriers"),
    AssetKind.PLAYGROUND: _lazy("Playground and fitness"),
    AssetKind.CHARGING: _lazy("Charging posts"),
    AssetKind.OTHER: _lazy("Other things"),
}

ASSET_STATE_LABELS: Mapping[AssetState, LazyText] = {
    AssetState.IN_USE: _lazy("In use"),
    AssetState.STOPPED: _lazy("Stopped"),
    AssetState.SCRAPPED: _lazy("Scrapped"),
}


MOST_CODE = 40


@dataclass(frozen=True, slots=True)
class AssetDraft:
    """A thing as the ledger keeps it (设备台账).

    `inspected_on` is the day of its supervision inspection, from which statutory years count;
    `state_on` the day since which it stands in its state.
    """

    name: str
    kind: AssetKind
    code: str = ""
    maker: str = ""
    model: str = ""
    serial: str = ""
    community_id: int | None = None
    building_id: int | None = None
    place: str = ""
    installed_on: date | None = None
    inspected_on: date | None = None
    warranty_until: date | None = None
    licence_number: str = ""
    licence_until: date | None = None
    vendor_id: int | None = None
    state: AssetState = AssetState.IN_USE
    state_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asset:
    """A thing in the ledger, with the words of its place, vendor and point."""

    id: int
    draft: AssetDraft
    where: str
    vendor: str
    points: tuple[str, ...]
    files: int
    voided_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class PointDraft:
    """A place on routes (点位), with at most one thing standing there."""

    name: str
    code: str = ""
    community_id: int | None = None
    building_id: int | None = None
    floor: str = ""
    area: str = ""
    asset_id: int | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A place on routes that is kept; `where` are building, floor and area in words."""

    id: int
    draft: PointDraft
    where: str
    asset: str
    ended_at: datetime | None
    version: int


def check_asset(draft: AssetDraft, today: date) -> Problems:
    """Return what is wrong with a clean draft of a thing."""
    problems = [
        *check_line("name", draft.name, _("Name the thing, such as «Lift 1».")),
        *(
            problem
            for field in ("code", "maker", "model", "serial", "place", "licence_number")
            for problem in check_line(field, getattr(draft, field))
        ),
        *check_text("note", draft.note),
    ]
    if len(draft.code) > MOST_CODE:
        sentence = _("A number has at most {most} characters.")
        problems.append(Problem("code", sentence.format(most=MOST_CODE)))
    for field in ("installed_on", "inspected_on", "state_on"):
        day = getattr(draft, field)
        if day is not None and day > today:
            problems.append(Problem(field, _("This day is still to come.")))
    if (
        draft.installed_on is not None
        and draft.inspected_on is not None
        and draft.inspected_on < draft.installed_on
    ):
        problems.append(Problem("inspected_on", _("It was inspected before it was installed.")))
    return tuple(problems)


def check_point(draft: PointDraft) -> Problems:
    """Return what is wrong with a clean draft of a point."""
    problems = [
        *check_line("name", draft.name, _("Name the place, such as «Pump room».")),
        *(
            problem
            for field in ("code", "floor", "area")
            for problem in check_line(field, getattr(draft, field))
        ),
    ]
    if len(draft.code) > MOST_CODE:
        sentence = _("A number has at most {most} characters.")
        problems.append(Problem("code", sentence.format(most=MOST_CODE)))
    return tuple(problems)

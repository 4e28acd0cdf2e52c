"""Places and things that are looked after: the ledger of equipment (设备台账) and points (R99)."""

from collections.abc import Mapping
from enum import StrEnum

from propdesk.i18n import LazyText, _lazy


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

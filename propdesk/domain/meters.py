"""Meters and readings: what they measure, and how a reading came about."""

from collections.abc import Mapping
from enum import StrEnum

from propdesk.i18n import LazyText, _lazy


class MeterKind(StrEnum):
    """What a meter measures."""

    WATER = "water"
    HOT_WATER = "hot-water"
    ELECTRICITY = "electricity"
    GAS = "gas"
    HEAT = "heat"


class ReadingKind(StrEnum):
    """How a reading came about."""

    READ = "read"
    TOLD = "told"
    ESTIMATED = "estimated"
    MOVE = "move"
    REVERSED = "reversed"


METER_LABELS: Mapping[MeterKind, LazyText] = {
    MeterKind.WATER: _lazy("Water"),
    MeterKind.HOT_WATER: _lazy("Hot water"),
    MeterKind.ELECTRICITY: _lazy("Electricity"),
    MeterKind.GAS: _lazy("Gas"),
    MeterKind.HEAT: _lazy("Heat"),
}


READING_LABELS: Mapping[ReadingKind, LazyText] = {
    ReadingKind.READ: _lazy("Read"),
    ReadingKind.TOLD: _lazy("Told by the resident"),
    ReadingKind.ESTIMATED: _lazy("Estimated"),
    ReadingKind.MOVE: _lazy("At a move"),
    ReadingKind.REVERSED: _lazy("Runs backwards"),
}

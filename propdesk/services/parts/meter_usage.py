"""What meters counted between two days: from reading to reading, over roll-overs and changes.

A reading belongs to the period in which its day lies, so that every unit of usage is charged once:
what counts is the last reading of the period against the last one before it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from propdesk.domain.meter_readings import MeterReading, count_course, course_of
from propdesk.domain.meters import Meter, MeterKind, ReadingKind
from propdesk.storage.database import rows

__all__ = ["MeterReading", "MeterUsage", "meter_usages", "usage_between"]


@dataclass(frozen=True, slots=True)
class MeterUsage:
    """What one meter counted from one reading to another; `usage_milli` has its multiplier in it.

    `usage_milli` is None where no reading ends the period, or one is lower than the one before
    without a pass through zero: nobody can say then what was used. `trued_milli` was taken off,
    because an estimate before charged it already.
    """

    meter_id: int
    number: str
    from_on: date
    until_on: date
    from_milli: int
    until_milli: int
    turned: int
    multiplier_milli: int
    is_estimated: bool
    usage_milli: int | None
    trued_milli: int = 0
    replaces_id: int | None = None


def usage_between(
    kind: str, from_on: date, until_on: date, unit_ids: Iterable[int] | None = None
) -> Mapping[int, tuple[MeterUsage, ...]]:
    """Return by house what its meters of a kind counted in a period, the older meter first.

    Two queries, however many houses. A meter that was not there in the period is left out.
    """
    wanted = None if unit_ids is None else set(unit_ids)
    meters = [
        meter
        for meter in _meters("m.unit_id IS NOT NULL AND m.kind = ?", kind)
        if wanted is None or meter.unit_id in wanted
    ]
    readings = _readings("m.unit_id IS NOT NULL AND m.kind = ?", (kind,), from_on, until_on)
    found: dict[int, list[MeterUsage]] = defaultdict(list)
    for meter, usage in _usages(meters, readings, from_on, until_on):
        found[meter.unit_id or 0].append(usage)
    return {unit_id: tuple(usages) for unit_id, usages in found.items()}


def meter_usages(
    meter_ids: Sequence[int], from_on: date, until_on: date
) -> Mapping[int, MeterUsage]:
    """Return by meter what these counted in a period: those of a building, whose cost is shared.

    A meter that was not there in the period is left out.
    """
    where = f"m.id IN ({', '.join('?' * len(meter_ids))})"
    meters = _meters(where, *meter_ids)
    readings = _readings(where, tuple(meter_ids), from_on, until_on)
    return {meter.id: usage for meter, usage in _usages(meters, readings, from_on, until_on)}


@dataclass(slots=True)
class _Fetched:
    """Readings of a meter in the order of days; `whole` where none before them was left out."""

    whole: bool
    readings: list[MeterReading]


# A meter whose figures were estimated once, and those that came in its place: an estimate may have
# charged too much, which is taken off what follows.
_ESTIMATED = (
    "WITH RECURSIVE estimated(id) AS (SELECT meter_id FROM meter_reading "
    "WHERE kind = 'estimated' AND voided_at IS NULL "
    "UNION SELECT n.id FROM meter n JOIN estimated e ON n.replaces_id = e.id) "
)


def _meters(where: str, *values: Any) -> list[Meter]:
    found = rows(
        "SELECT m.id, m.unit_id, m.number, m.digits, m.multiplier_milli, m.installed_on, "  # noqa: S608 - our own words
        "m.first_milli, m.removed_on, m.last_milli, m.replaces_id FROM meter m "
        f"WHERE {where} ORDER BY m.unit_id, m.installed_on, m.id",
        *values,
    )
    return [_meter(row) for row in found]


def _meter(row: tuple[Any, ...]) -> Meter:
    """Return a meter as far as counting needs it."""
    return Meter(
        id=row[0],
        unit_id=row[1],
        kind=MeterKind.WATER,
        number=row[2],
        place="",
        digits=row[3],
        multiplier_milli=row[4],
        installed_on=date.fromisoformat(row[5]),
        first_milli=row[6],
        removed_on=date.fromisoformat(row[7]) if row[7] else None,
        last_milli=row[8],
        replaces_id=row[9],
        note="",
        version=0,
        where="",
    )


def _readings(
    where: str, values: tuple[Any, ...], from_on: date, until_on: date
) -> Mapping[int, _Fetched]:
    """Return the readings of a period and the last before it; all, where one was estimated."""
    found: dict[int, _Fetched] = {}
    for meter_id, whole, on_day, value, how, turned in rows(
        f"{_ESTIMATED}SELECT m.id, m.id IN (SELECT id FROM estimated) AS whole, "  # noqa: S608 - our own words
        "r.on_day, r.value_milli, r.kind, r.turned "
        "FROM meter m JOIN meter_reading r ON r.meter_id = m.id AND r.voided_at IS NULL "
        f"WHERE {where} AND r.on_day <= ? AND (whole OR r.on_day >= coalesce("
        "(SELECT max(s.on_day) FROM meter_reading s WHERE s.meter_id = m.id "
        " AND s.voided_at IS NULL AND s.on_day < ?), '')) ORDER BY m.id, r.on_day",
        *values,
        until_on.isoformat(),
        from_on.isoformat(),
    ):
        one = found.setdefault(meter_id, _Fetched(bool(whole), []))
        one.readings.append(
            MeterReading(date.fromisoformat(on_day), value, ReadingKind(how), turned)
        )
    return found


def _usages(
    meters: Sequence[Meter], fetched: Mapping[int, _Fetched], from_on: date, until_on: date
) -> Iterator[tuple[Meter, MeterUsage]]:
    """Return the meters that were there in the period with their usage, the older one first.

    What an estimate charged too much goes over to the meter that came in its place.
    """
    nothing = _Fetched(whole=True, readings=[])
    over: dict[int, int] = {}
    for meter in meters:
        if meter.installed_on > until_on:
            continue
        course = [
            one
            for one in course_of(meter, fetched.get(meter.id, nothing).readings)
            if one.on_day <= until_on
        ]
        over_milli = over.get(meter.replaces_id or 0, 0)
        if not fetched.get(meter.id, nothing).whole:
            over_milli = 0
            course = _from_last_before(course, from_on)
        usage, over[meter.id] = _usage(meter, course, from_on, over_milli)
        if meter.removed_on is None or meter.removed_on >= from_on:
            yield meter, usage


def _from_last_before(course: Sequence[MeterReading], from_on: date) -> list[MeterReading]:
    """Leave out the meter's first figure where readings between it and the last are not known."""
    before = [one for one in course if one.on_day < from_on]
    return list(course[max(len(before) - 1, 0) :])


def _usage(
    meter: Meter, course: Sequence[MeterReading], from_on: date, over_milli: int
) -> tuple[MeterUsage, int]:
    """Return a meter's usage from a day on, and what estimates charged too much in the end."""
    counted = count_course(course, meter.digits, meter.multiplier_milli, over_milli=over_milli)
    within = [one for one in counted if one.reading.on_day >= from_on]
    start = len(counted) - len(within)
    over_before = counted[start - 1].over_milli if start else over_milli
    over_after = counted[-1].over_milli if counted else over_milli
    charges = [one.charged_milli for one in within]
    known = [one for one in charges if one is not None]
    usage = sum(known) if charges and len(known) == len(charges) else None
    return MeterUsage(
        meter_id=meter.id,
        number=meter.number,
        from_on=course[start].on_day,
        until_on=course[-1].on_day,
        from_milli=course[start].value_milli,
        until_milli=course[-1].value_milli,
        turned=sum(one.reading.turned for one in within),
        multiplier_milli=meter.multiplier_milli,
        is_estimated=any(one.kind is ReadingKind.ESTIMATED for one in course[start:]),
        usage_milli=usage,
        trued_milli=over_before - over_after if usage is not None else 0,
        replaces_id=meter.replaces_id,
    ), over_after

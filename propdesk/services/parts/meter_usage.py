"""What meters counted between two days: from reading to reading, over roll-overs and changes.

A reading belongs to the period in which its day lies, so that every unit of usage is charged once:
what counts is the last reading of the period against the last one before it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from propdesk.domain.meters import ReadingKind
from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class MeterReading:
    """What a meter showed on a day, in thousandths; `turned` counts passes through zero."""

    on_day: date
    value_milli: int
    kind: ReadingKind = ReadingKind.READ
    turned: int = 0


@dataclass(frozen=True, slots=True)
class MeterUsage:
    """What one meter counted from one reading to another; `usage_milli` has its multiplier in it.

    `usage_milli` is None where no reading ends the period, or one is lower than the one before
    without a pass through zero: nobody can say then what was used.
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


@dataclass(frozen=True, slots=True)
class _Meter:
    id: int
    number: str
    digits: int
    multiplier_milli: int
    first: MeterReading
    last: MeterReading | None


def usage_between(
    kind: str, from_on: date, until_on: date, unit_ids: Iterable[int] | None = None
) -> Mapping[int, tuple[MeterUsage, ...]]:
    """Return by house what its meters of a kind counted in a period, the older meter first.

    Two queries, however many houses. A meter that was not there in the period is left out.
    """
    wanted = None if unit_ids is None else set(unit_ids)
    meters = [
        (row[0], _meter(row[1:]))
        for row in rows(
            "SELECT unit_id, id, number, digits, multiplier_milli, installed_on, first_milli, "
            "removed_on, last_milli FROM meter WHERE unit_id IS NOT NULL AND kind = ? "
            "AND installed_on <= ? AND (removed_on IS NULL OR removed_on >= ?) "
            "ORDER BY unit_id, installed_on, id",
            kind,
            until_on.isoformat(),
            from_on.isoformat(),
        )
        if wanted is None or row[0] in wanted
    ]
    readings: dict[int, list[MeterReading]] = {}
    for meter_id, on_day, value, how, turned in rows(
        "SELECT r.meter_id, r.on_day, r.value_milli, r.kind, r.turned FROM meter m "
        "CROSS JOIN meter_reading r ON r.meter_id = m.id AND r.voided_at IS NULL "
        "AND r.on_day >= coalesce((SELECT max(s.on_day) FROM meter_reading s "
        "WHERE s.meter_id = m.id AND s.voided_at IS NULL AND s.on_day < ?), '') "
        "AND r.on_day <= ? WHERE m.unit_id IS NOT NULL AND m.kind = ? "
        "ORDER BY r.meter_id, r.on_day",
        from_on.isoformat(),
        until_on.isoformat(),
        kind,
    ):
        reading = MeterReading(date.fromisoformat(on_day), value, ReadingKind(how), turned)
        readings.setdefault(meter_id, []).append(reading)
    found: dict[int, list[MeterUsage]] = {}
    for unit_id, meter in meters:
        usage = _usage(meter, readings.get(meter.id, ()), from_on, until_on)
        found.setdefault(unit_id, []).append(usage)
    return {unit_id: tuple(usages) for unit_id, usages in found.items()}


def _meter(row: Sequence[int | str | None]) -> _Meter:
    meter_id, number, digits, multiplier, installed_on, first, removed_on, last = row
    removed = None
    if removed_on is not None:
        removed = MeterReading(date.fromisoformat(str(removed_on)), int(last or 0))
    installed = MeterReading(date.fromisoformat(str(installed_on)), int(first or 0))
    return _Meter(
        int(meter_id or 0), str(number), int(digits or 0), int(multiplier or 0), installed, removed
    )


def _usage(
    meter: _Meter, readings: Sequence[MeterReading], from_on: date, until_on: date
) -> MeterUsage:
    """Reckon one meter's usage step by step, from the last reading before the period."""
    course = [meter.first, *(one for one in readings if one.on_day > meter.first.on_day)]
    # A reading of the day of installation says the same as the meter's own first figure, or better.
    course[0] = next((one for one in readings if one.on_day == meter.first.on_day), course[0])
    if meter.last is not None and meter.last.on_day <= until_on:
        course = [*(one for one in course if one.on_day < meter.last.on_day), meter.last]
    before = [one for one in course if one.on_day < from_on]
    within = [one for one in course if one.on_day >= from_on]
    start = before[-1] if before else within.pop(0)
    counted: int | None = 0 if within else None
    previous = start
    for one in within:
        step = _step(previous, one, meter.digits)
        counted = None if counted is None or step is None else counted + step
        previous = one
    exact = None if counted is None else counted * meter.multiplier_milli
    return MeterUsage(
        meter_id=meter.id,
        number=meter.number,
        from_on=start.on_day,
        until_on=previous.on_day,
        from_milli=start.value_milli,
        until_milli=previous.value_milli,
        turned=sum(one.turned for one in within),
        multiplier_milli=meter.multiplier_milli,
        is_estimated=any(one.kind is ReadingKind.ESTIMATED for one in (start, *within)),
        # Halves of a thousandth go up.
        usage_milli=None if exact is None else (exact + 500) // 1000,
    )


def _step(before: MeterReading, after: MeterReading, digits: int) -> int | None:
    """Return what was counted between two readings, None where the figure fell without reason."""
    if after.kind is ReadingKind.REVERSED:  # built in the wrong way round: it counts down
        counted = before.value_milli - after.value_milli
    else:
        counted = after.value_milli - before.value_milli + after.turned * 10**digits * 1000
    return counted if counted >= 0 else None

"""Meters to read: those of a house, and all on a reader's way with their last figures."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_rules import Rule
from propdesk.domain.meter_readings import (
    MeterReading,
    MeterStop,
    course_of,
    daily_use,
)
from propdesk.domain.meters import Meter, MeterKind, ReadingKind
from propdesk.domain.texts import clean_line, elide
from propdesk.domain.units import building_name
from propdesk.i18n import _
from propdesk.services.parts.fee_rules import rule_value
from propdesk.services.parts.periods import present
from propdesk.services.queries.units import WALKING_ORDER
from propdesk.storage.database import rows

_FIELDS = (
    "m.id, m.kind, m.number, m.place, m.digits, m.multiplier_milli, m.installed_on, "
    "m.first_milli, m.removed_on, m.last_milli, m.replaces_id, m.note, m.version, "
    "m.unit_id, m.building_id, m.community_id, u.short, b.name, c.name"
)
_JOINS = (
    " FROM meter m LEFT JOIN unit u ON u.id = m.unit_id "
    "LEFT JOIN entrance e ON e.id = u.entrance_id "
    "LEFT JOIN building b ON b.id = coalesce(e.building_id, m.building_id) "
    "LEFT JOIN community c ON c.id = coalesce(b.community_id, m.community_id)"
)
_PLACES = f"{_JOINS} WHERE "


def get_meter(meter_id: int) -> Meter:
    """Return a meter, or refuse."""
    found = rows(f"SELECT {_FIELDS}{_PLACES}m.id = ?", meter_id)
    if not found:
        raise RuleError("meter-unknown", _("This meter is not in the register."))
    return _meter(found[0])


def list_meters(
    *,
    kind: MeterKind | None = None,
    unit_id: int | None = None,
    building_id: int | None = None,
    community_id: int | None = None,
    with_removed: bool = False,
) -> tuple[Meter, ...]:
    """Return meters in walking order; those that were taken out only where they are asked for."""
    where, values = _wanted(kind, unit_id, building_id, community_id)
    if not with_removed:
        where += " AND m.removed_on IS NULL"
    found = rows(
        f"SELECT {_FIELDS}{_PLACES}{where} ORDER BY {WALKING_ORDER}, m.kind, m.installed_on, m.id",
        *values,
    )
    return tuple(map(_meter, found))


def find_meter(number: str) -> Meter:
    """Return the meter with a number, one that is there before one that was taken out."""
    number = clean_line(number)
    found = rows(
        f"SELECT {_FIELDS}{_PLACES}m.number = ? AND m.number <> '' "
        "ORDER BY m.removed_on IS NOT NULL, m.id DESC",
        number,
    )
    if not found:
        raise RuleError(
            "meter-unknown",
            _("There is no meter with the number «{number}».").format(number=elide(number, 40)),
        )
    present_ones = [row for row in found if row[8] is None]
    if len(present_ones) > 1:
        raise RuleError(
            "meter-ambiguous",
            _("Several meters have the number «{number}»: {places}. Name the house.").format(
                number=number, places=", ".join(_meter(row).where for row in present_ones)
            ),
        )
    return _meter(found[0])


def meter_of(
    kind: MeterKind,
    which: str = "",
    *,
    unit_id: int | None = None,
    building_id: int | None = None,
) -> Meter:
    """Return the meter of a kind that hangs in a house (or is a building's own) now.

    `which` is its number or place, where there are several.
    """
    hanging = list_meters(kind=kind, unit_id=unit_id, building_id=building_id)
    found = [
        one
        for one in hanging
        if (unit_id is not None or one.building_id == building_id)
        and (not which or which in (one.place, one.number))
    ]
    if not found:
        raise RuleError("meter-unknown", _("There is no such meter here. Put it in first."))
    if len(found) > 1:
        raise RuleError(
            "meter-which",
            _("There are several such meters: {meters}. Say which one.").format(
                meters=", ".join(one.number or one.place or "?" for one in found)
            ),
        )
    return found[0]


def list_stops(
    on_day: date,
    *,
    kind: MeterKind | None = None,
    unit_id: int | None = None,
    building_id: int | None = None,
    community_id: int | None = None,
) -> tuple[MeterStop, ...]:
    """Return the meters that hang on a day in walking order, with their last figures.

    Two queries and a look at the last few readings of each meter, however many there are.
    """
    where, values = _wanted(kind, unit_id, building_id, community_id)
    where += " AND m.installed_on <= ? AND (m.removed_on IS NULL OR m.removed_on > ?)"
    values += [on_day.isoformat()] * 2
    steps = rule_value(Rule.USAGE_MEAN_READINGS, on_day)
    courses, today = _courses(where, values, on_day, steps)
    found = rows(
        f"SELECT {_FIELDS}, e.name, u.floor, (SELECT group_concat(p.name, '、') "
        "FROM residency r JOIN person p ON p.id = r.person_id WHERE r.unit_id = m.unit_id "
        "AND r.role = 'owner' AND p.sealed_at IS NULL AND p.erased_at IS NULL "
        f"AND {present('r', on_day)}){_PLACES}{where} "
        f"ORDER BY {WALKING_ORDER}, m.kind, m.installed_on, m.id",
        *values,
    )
    return tuple(_stop(row, courses, today, steps) for row in found)


def get_stop(meter_id: int, on_day: date) -> MeterStop:
    """Return one meter as it stands on the reader's way on a day."""
    steps = rule_value(Rule.USAGE_MEAN_READINGS, on_day)
    courses, today = _courses("m.id = ?", [meter_id], on_day, steps)
    found = rows(f"SELECT {_FIELDS}, e.name, u.floor, NULL{_PLACES}m.id = ?", meter_id)
    if not found:
        raise RuleError("meter-unknown", _("This meter is not in the register."))
    return _stop(found[0], courses, today, steps)


def _wanted(
    kind: MeterKind | None,
    unit_id: int | None,
    building_id: int | None,
    community_id: int | None,
) -> tuple[str, list[Any]]:
    asked = {
        "m.kind = ?": kind.value if kind else None,
        "m.unit_id = ?": unit_id,
        "b.id = ?": building_id,
        "c.id = ?": community_id,
    }
    held = {words: value for words, value in asked.items() if value is not None}
    return " AND ".join(held) or "1", list(held.values())


def _courses(
    where: str, values: Sequence[Any], on_day: date, steps: int
) -> tuple[Mapping[int, list[MeterReading]], Mapping[int, MeterReading]]:
    """Return the last readings before a day by meter, and what was read on that day itself."""
    before: dict[int, list[MeterReading]] = defaultdict(list)
    today: dict[int, MeterReading] = {}
    day = on_day.isoformat()
    for meter_id, read_on, value, how, turned in rows(
        f"SELECT r.meter_id, r.on_day, r.value_milli, r.kind, r.turned{_JOINS} "
        f"JOIN meter_reading r ON r.meter_id = m.id "
        f"WHERE {where} AND r.voided_at IS NULL AND r.on_day <= ? "
        "AND r.on_day >= coalesce((SELECT "
        "min(x.on_day) FROM (SELECT s.on_day FROM meter_reading s WHERE s.meter_id = m.id "
        "AND s.voided_at IS NULL AND s.on_day < ? ORDER BY s.on_day DESC LIMIT ?) x), '') "
        "ORDER BY r.meter_id, r.on_day",
        *values,
        day,
        day,
        steps + 1,
    ):
        one = MeterReading(date.fromisoformat(read_on), value, ReadingKind(how), turned)
        if one.on_day == on_day:
            today[meter_id] = one
        else:
            before[meter_id].append(one)
    return before, today


def _stop(
    row: tuple[Any, ...],
    courses: Mapping[int, list[MeterReading]],
    today: Mapping[int, MeterReading],
    steps: int,
) -> MeterStop:
    meter = _meter(row)
    course = courses.get(meter.id, [])
    if len(course) <= steps:  # all that there is: the first figure belongs to it
        course = [one for one in course_of(meter, course) if one.on_day != meter.removed_on]
    return MeterStop(
        meter=meter,
        community=row[18] or "",
        building=row[17] or "",
        entrance=row[19] or "",
        floor=row[20],
        owner=row[21] or "",
        last=course[-1] if course else None,
        daily=daily_use(course, meter.digits, steps),
        read=today.get(meter.id),
    )


def _meter(row: tuple[Any, ...]) -> Meter:
    return Meter(
        id=row[0],
        kind=MeterKind(row[1]),
        number=row[2],
        place=row[3],
        digits=row[4],
        multiplier_milli=row[5],
        installed_on=date.fromisoformat(row[6]),
        first_milli=row[7],
        removed_on=date.fromisoformat(row[8]) if row[8] else None,
        last_milli=row[9],
        replaces_id=row[10],
        note=row[11],
        version=row[12],
        unit_id=row[13],
        building_id=row[14],
        community_id=row[15],
        where=row[16] or (building_name(row[17]) if row[17] else row[18] or ""),
    )


def odd_percent(on: date) -> int:
    """Return from how much percent above or below the usual on a usage is marked as odd."""
    return rule_value(Rule.USAGE_DEVIATION_PERCENT, on)


def list_metered_kinds() -> tuple[MeterKind, ...]:
    """Return what the meters that hang now measure; the most frequent first."""
    found = rows(
        "SELECT kind FROM meter WHERE removed_on IS NULL GROUP BY kind ORDER BY count(*) DESC, kind"
    )
    return tuple(MeterKind(row[0]) for row in found)

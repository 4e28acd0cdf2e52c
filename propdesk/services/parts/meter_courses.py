"""The readings of a meter that stand, and how one is stored: desk and imports do it alike."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_rules import Rule
from propdesk.domain.meter_readings import (
    MeterReading,
    ReadingDraft,
    check_course,
    check_reading,
    course_of,
    daily_use,
    deviation_percent,
    estimate_milli,
    step_milli,
)
from propdesk.domain.meters import Meter, ReadingKind, figure_words
from propdesk.domain.texts import clean_line
from propdesk.i18n import _
from propdesk.services.parts.fee_rules import rule_value
from propdesk.services.parts.noting import noted
from propdesk.storage.database import rows
from propdesk.storage.meters import MeterReadingRecord


@dataclass(frozen=True, slots=True)
class Standing:
    """A reading that stands, with its id."""

    id: int
    reading: MeterReading


@dataclass(frozen=True, slots=True)
class Taken:
    """A reading as it goes into the books, with the figure before it and the mean use a day.

    `replaces` is the one of that day that it corrects; `known` says that it stands there already.
    """

    draft: ReadingDraft
    meter: Meter
    reading: MeterReading
    last: MeterReading | None
    daily: Fraction | None
    replaces: Standing | None = None
    known: bool = False

    @property
    def used_milli(self) -> int | None:
        """What it says was used, multiplier included."""
        if self.last is None:
            return None
        return step_milli(self.last, self.reading, self.meter.digits, self.meter.multiplier_milli)

    @property
    def deviation(self) -> int | None:
        """By how much percent that lies above or below the mean."""
        if self.last is None:
            return None
        return deviation_percent(self.last, self.reading, self.meter.digits, self.daily)


def standing_readings(meter_id: int) -> tuple[MeterReading, ...]:
    """Return the readings of a meter that were not voided, in the order of days."""
    return tuple(one.reading for one in list_standing(meter_id))


def list_standing(meter_id: int) -> tuple[Standing, ...]:
    """Return the readings of a meter that were not voided, with their ids."""
    found = rows(
        "SELECT id, on_day, value_milli, kind, turned FROM meter_reading "
        "WHERE meter_id = ? AND voided_at IS NULL ORDER BY on_day",
        meter_id,
    )
    return tuple(
        Standing(id_, MeterReading(date.fromisoformat(on_day), value, ReadingKind(kind), turned))
        for id_, on_day, value, kind, turned in found
    )


def take_reading(
    draft: ReadingDraft,
    meter: Meter,
    *,
    today: date,
    corrects: bool = False,
    besides: Sequence[MeterReading] = (),
) -> Taken:
    """Return a reading as it would be stored; refuse one that cannot be.

    The same reading of the same day is `known`. Another one of that day is refused unless it
    `corrects` it. Without a value it is estimated. `besides` are readings that come with it.
    """
    draft = replace(draft, note=clean_line(draft.note))
    noted(draft.note)
    standing = (*list_standing(meter.id), *(Standing(0, one) for one in besides))
    same_day = next((one for one in standing if one.reading.on_day == draft.on_day), None)
    rest = [one.reading for one in standing if one is not same_day]
    before = [one for one in course_of(meter, rest) if one.on_day < draft.on_day]
    last = before[-1] if before else None
    daily = daily_use(before, meter.digits, rule_value(Rule.USAGE_MEAN_READINGS, today))
    value = draft.value_milli
    if value is None:
        draft = replace(draft, kind=ReadingKind.ESTIMATED)
        value = estimate_milli(
            last or MeterReading(meter.installed_on, meter.first_milli),
            daily,
            draft.on_day,
            meter.digits,
        )
    check_reading(draft, value, meter, last, today=today)
    reading = MeterReading(draft.on_day, value, draft.kind, draft.turned)
    taken = Taken(draft, meter, reading, last, daily, same_day)
    if same_day is not None and _is_same(same_day.reading, reading):
        return replace(taken, known=True)
    if same_day is not None and not corrects:
        raise RuleError(
            "reading-exists",
            _("{day} has a reading of {value} already; correct that one.").format(
                day=draft.on_day.isoformat(), value=figure_words(same_day.reading.value_milli)
            ),
        )
    check_course(meter, [*rest, reading])
    return taken


def _is_same(one: MeterReading, other: MeterReading) -> bool:
    """Tell whether two readings say the same; one that was told or read makes no difference."""
    real = {ReadingKind.READ, ReadingKind.TOLD, ReadingKind.MOVE}
    alike = one.kind is other.kind or {one.kind, other.kind} <= real
    return alike and (one.value_milli, one.turned) == (other.value_milli, other.turned)


def write_reading(taken: Taken, *, by: int, now: datetime, import_id: int | None = None) -> int:
    """Store a reading; return its id."""
    row = MeterReadingRecord.create(
        meter=taken.draft.meter_id,
        on_day=taken.reading.on_day,
        value_milli=taken.reading.value_milli,
        kind=taken.reading.kind.value,
        turned=taken.reading.turned,
        note=taken.draft.note,
        entered_at=now,
        staff=by,
        import_id=import_id,
    )
    return int(row.id)


def check_without(meter: Meter, standing: Sequence[Standing], reading_id: int) -> None:
    """Refuse to take out a reading where the others could not be counted any more."""
    check_course(meter, [one.reading for one in standing if one.id != reading_id])

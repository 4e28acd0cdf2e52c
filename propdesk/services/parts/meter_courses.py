"""The readings of a meter that stand, and how one is stored: desk and imports do it alike."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.meter_readings import (
    MeterReading,
    MeterStop,
    ReadingDraft,
    check_course,
    check_reading,
)
from propdesk.domain.meters import Meter, ReadingKind, figure_words
from propdesk.domain.texts import clean_line
from propdesk.i18n import _
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
    """A reading as it goes into the books: `replaces` is the one of that day that it corrects."""

    draft: ReadingDraft
    reading: MeterReading
    stop: MeterStop
    replaces: Standing | None = None
    known: bool = False


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
    draft: ReadingDraft, stop: MeterStop, *, today: date, corrects: bool = False
) -> Taken:
    """Return a reading as it would be stored; refuse one that cannot be.

    `stop` is its meter as it stands on the reading's day.
    The same reading of the same day is `known`. Another one of that day is refused unless it
    `corrects` it. Without a value it is estimated.
    """
    draft = replace(draft, note=clean_line(draft.note))
    noted(draft.note)
    value = draft.value_milli
    if value is None:
        draft = replace(draft, kind=ReadingKind.ESTIMATED)
        value = stop.estimate(draft.on_day)
    elif draft.kind is ReadingKind.ESTIMATED and stop.last is None:
        value = stop.estimate(draft.on_day)
    check_reading(draft, value, stop.meter, stop.last, today=today)
    reading = MeterReading(draft.on_day, value, draft.kind, draft.turned)
    standing = list_standing(draft.meter_id)
    same_day = next((one for one in standing if one.reading.on_day == draft.on_day), None)
    if same_day is not None and _is_same(same_day.reading, reading):
        return Taken(draft, reading, stop, same_day, known=True)
    if same_day is not None and not corrects:
        raise RuleError(
            "reading-exists",
            _("{day} has a reading of {value} already; correct that one.").format(
                day=draft.on_day.isoformat(), value=figure_words(same_day.reading.value_milli)
            ),
        )
    rest = [one.reading for one in standing if one is not same_day]
    check_course(stop.meter, [*rest, reading])
    return Taken(draft, reading, stop, same_day)


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

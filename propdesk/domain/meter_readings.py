"""Readings of meters: what was used between them, and what to make of an odd one.

From reading to reading a meter counts up; `turned` says how often it passed through zero. One that
was built in the wrong way round counts down. An estimate may turn out too high: then what was
charged too much is taken off what follows, and never less than nothing is charged. So the parts of
a chain always add up to the whole, whatever periods it is cut into.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from propdesk.domain.errors import RuleError
from propdesk.domain.meters import (
    ONE_MILLI,
    Meter,
    ReadingKind,
    check_figure,
    figure_words,
    turnover_milli,
)
from propdesk.i18n import _

MOST_PERCENT = 999
"""A larger deviation says no more than this."""


@dataclass(frozen=True, slots=True)
class MeterReading:
    """What a meter showed on a day, in thousandths; `turned` counts passes through zero."""

    on_day: date
    value_milli: int
    kind: ReadingKind = ReadingKind.READ
    turned: int = 0


@dataclass(frozen=True, slots=True)
class ReadingDraft:
    """A reading that is typed in; without a value it is estimated."""

    meter_id: int
    on_day: date
    value_milli: int | None
    kind: ReadingKind = ReadingKind.READ
    turned: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A reading and what was used up to it since the one before, multiplier included.

    `charged_milli` is None where the figure fell and nobody said why. `over_milli` is what
    estimates charged too much so far; it is taken off what follows.
    """

    reading: MeterReading
    charged_milli: int | None
    over_milli: int = 0


def count_course(
    course: Sequence[MeterReading], digits: int, multiplier_milli: int, *, over_milli: int = 0
) -> tuple[Counted, ...]:
    """Return what was used up to each reading after the first, in the order of days.

    `over_milli` is what the meter before this one was charged too much.
    """
    found = []
    over = over_milli
    since_read = 0
    for before, after in pairwise(course):
        step = step_milli(before, after, digits, multiplier_milli)
        since_read += step
        trues_up = before.kind is ReadingKind.ESTIMATED and since_read >= 0
        charged: int | None = None
        if step >= 0 or trues_up:
            charged = max(0, step - over)
            over = max(0, over - step)
        found.append(Counted(after, charged, over))
        if after.kind is not ReadingKind.ESTIMATED:
            since_read = 0
    return tuple(found)


def step_milli(
    before: MeterReading, after: MeterReading, digits: int, multiplier_milli: int = ONE_MILLI
) -> int:
    """Return what a meter counted between two readings; below zero where the figure fell.

    Each figure is multiplied and rounded by itself (halves up), so that steps add up exactly.
    """

    def taken(value_milli: int) -> int:
        return (value_milli * multiplier_milli + ONE_MILLI // 2) // ONE_MILLI

    difference = taken(after.value_milli) - taken(before.value_milli)
    if after.kind is ReadingKind.REVERSED:
        difference = -difference
    return difference + after.turned * taken(turnover_milli(digits))


def course_of(meter: Meter, readings: Iterable[MeterReading]) -> tuple[MeterReading, ...]:
    """Return the figures of a meter from the day it came to the day it went, in order of days.

    A reading of the day of installation says the same as the meter's first figure, or better; of
    the day of removal the last figure holds.
    """
    first = MeterReading(meter.installed_on, meter.first_milli)
    by_day = {first.on_day: first}
    by_day |= {one.on_day: one for one in readings if one.on_day >= first.on_day}
    if meter.removed_on is not None and meter.last_milli is not None:
        last = by_day.get(meter.removed_on)
        kept = last if last and last.value_milli == meter.last_milli else None
        by_day = {day: one for day, one in by_day.items() if day < meter.removed_on}
        by_day[meter.removed_on] = kept or MeterReading(meter.removed_on, meter.last_milli)
    return tuple(by_day[day] for day in sorted(by_day))


def check_course(meter: Meter, readings: Iterable[MeterReading]) -> None:
    """Refuse readings that cannot be counted: one lies below the one before it without a reason."""
    course = course_of(meter, readings)
    for before, one in zip(course, count_course(course, meter.digits, ONE_MILLI), strict=False):
        if one.charged_milli is None:
            raise RuleError("reading-below", _below(before, one.reading))


def _below(before: MeterReading, after: MeterReading) -> str:
    if after.kind is ReadingKind.REVERSED:
        return _(
            "A meter that runs backwards shows less than before, but {value} of {day} is above "
            "{last} of {last_day}."
        ).format(**_two(before, after))
    return _(
        "{value} of {day} is below {last} of {last_day}. Did the meter pass through zero, or does "
        "it run backwards? Say so; else put the wrong reading right."
    ).format(**_two(before, after))


def _two(before: MeterReading, after: MeterReading) -> dict[str, str]:
    return {
        "value": figure_words(after.value_milli),
        "day": after.on_day.isoformat(),
        "last": figure_words(before.value_milli),
        "last_day": before.on_day.isoformat(),
    }


def check_reading(
    draft: ReadingDraft, value_milli: int, meter: Meter, last: MeterReading | None, *, today: date
) -> None:
    """Refuse a reading that cannot be: a day or figure that the meter cannot have, odd marks."""
    if draft.on_day > today:
        raise RuleError(
            "reading-early",
            _("{day} has not come yet; enter the day on which the meter was read.").format(
                day=draft.on_day.isoformat()
            ),
        )
    if draft.on_day < meter.installed_on:
        raise RuleError(
            "reading-before-meter",
            _("The meter was put in on {day}; it has no earlier reading.").format(
                day=meter.installed_on.isoformat()
            ),
        )
    if meter.removed_on is not None and draft.on_day >= meter.removed_on:
        raise RuleError(
            "meter-gone",
            _("The meter was taken out on {day}; enter the reading at the one that came.").format(
                day=meter.removed_on.isoformat()
            ),
        )
    check_figure(value_milli, meter.digits)
    if draft.kind is ReadingKind.REVERSED and not draft.note.strip():
        raise RuleError(
            "reversed-unexplained", _("Note why the meter runs backwards: who saw it, and how.")
        )
    rises = last is not None and value_milli >= last.value_milli
    if last and rises and draft.turned and draft.kind is not ReadingKind.REVERSED:
        raise RuleError(
            "not-turned",
            _("{value} is not below the last reading {last}: it did not pass through zero.").format(
                value=figure_words(value_milli), last=figure_words(last.value_milli)
            ),
        )


# -- the mean of the last readings


def daily_use(course: Sequence[MeterReading], digits: int, steps: int) -> Fraction | None:
    """Return what the meter itself counted a day in its last steps, None where nothing says so."""
    latest = course[-steps - 1 :]
    counted = count_course(latest, digits, ONE_MILLI)
    if not counted or any(one.charged_milli is None for one in counted):
        return None
    days = (latest[-1].on_day - latest[0].on_day).days
    return Fraction(sum(one.charged_milli or 0 for one in counted), days) if days else None


def estimate_milli(last: MeterReading, daily: Fraction | None, on_day: date, digits: int) -> int:
    """Return what the meter should show on a day, by its mean use; whole, as one reads it.

    Refuses where there is no mean to go by, and near zero: a pass through it is to be seen.
    """
    if daily is None:
        raise RuleError(
            "no-mean", _("There are too few readings to estimate from; read the meter.")
        )
    days = (on_day - last.on_day).days
    exact = last.value_milli + daily * days
    value = max(last.value_milli, exact // ONE_MILLI * ONE_MILLI)
    if value >= turnover_milli(digits):
        raise RuleError(
            "estimate-turns",
            _("The meter is about to pass through zero: that cannot be estimated; read it."),
        )
    return int(value)


def deviation_percent(
    before: MeterReading, after: MeterReading, digits: int, daily: Fraction | None
) -> int | None:
    """Return by how much percent a use lies above or below the mean, None without a mean.

    A meter that stood still and runs now is told as the largest deviation.
    """
    days = (after.on_day - before.on_day).days
    if daily is None or days <= 0:
        return None
    used, usual = step_milli(before, after, digits), daily * days
    if not usual:
        return MOST_PERCENT if used else 0
    return min(MOST_PERCENT, round((used - usual) * 100 / usual))


@dataclass(frozen=True, slots=True)
class MeterStop:
    """A meter on a reader's way, with what stood before a day and what was read on it.

    `last` is the last figure before the day (the first one where nobody read it yet), `daily` the
    mean use a day in thousandths of what the meter shows, None where too little is known.
    """

    meter: Meter
    community: str
    building: str
    entrance: str
    floor: int | None
    owner: str
    last: MeterReading | None
    daily: Fraction | None
    read: MeterReading | None = None

    def used_milli(self, reading: MeterReading) -> int | None:
        """Return what a reading says was used, multiplier included; below zero where it fell."""
        if self.last is None:
            return None
        return step_milli(self.last, reading, self.meter.digits, self.meter.multiplier_milli)

    def deviation(self, reading: MeterReading) -> int | None:
        """Return by how much percent that lies above or below the mean."""
        if self.last is None:
            return None
        return deviation_percent(self.last, reading, self.meter.digits, self.daily)

    def estimate(self, on_day: date) -> int:
        """Return what the meter should show on a day; refuses where nothing says so."""
        if self.last is None:
            raise RuleError("no-mean", _("There are too few readings to estimate from."))
        return estimate_milli(self.last, self.daily, on_day, self.meter.digits)

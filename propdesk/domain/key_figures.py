"""The key figures of the complaint report: one table says what each is and which way is better."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from propdesk.domain.clock_rules import Clock
from propdesk.domain.complaint_figures import KeyFigure, MonthSummary, Unit
from propdesk.domain.rates import Rate, Spread, in_days, in_hours, rounded
from propdesk.domain.scores import ScoreMean


@dataclass(frozen=True, slots=True)
class _Measured:
    value: Decimal | None
    numerator: int | None = None
    denominator: int | None = None
    paused: int | None = None


@dataclass(frozen=True, slots=True)
class _Definition:
    code: str
    unit: Unit
    places: int
    better: int
    measure: Callable[[MonthSummary], _Measured]


def _rate(of: Callable[[MonthSummary], Rate], places: int = 1) -> Callable[..., _Measured]:
    def measure(summary: MonthSummary) -> _Measured:
        rate = of(summary)
        return _Measured(rate.percent(places), rate.numerator, rate.denominator)

    return measure


def _in_time(clock: Clock) -> Callable[..., _Measured]:
    def measure(summary: MonthSummary) -> _Measured:
        found = summary.in_time[clock]
        rate = found.rate
        return _Measured(rate.percent(), rate.numerator, rate.denominator, found.paused)

    return measure


def _count(of: Callable[[MonthSummary], int]) -> Callable[..., _Measured]:
    return lambda summary: _Measured(Decimal(of(summary)))


def _median(of: Callable[[MonthSummary], Spread], unit: Unit) -> Callable[..., _Measured]:
    return lambda summary: _spread(of(summary), unit, at_90=False)


def _p90(of: Callable[[MonthSummary], Spread], unit: Unit) -> Callable[..., _Measured]:
    return lambda summary: _spread(of(summary), unit, at_90=True)


def _spread(spread: Spread, unit: Unit, *, at_90: bool) -> _Measured:
    duration = spread.p90 if at_90 else spread.median
    if duration is None:
        return _Measured(None, denominator=0)
    in_unit = in_hours(duration) if unit is Unit.HOURS else in_days(duration)
    return _Measured(in_unit, denominator=spread.n)


def _mean(scores: ScoreMean) -> _Measured:
    """Return a mean score, its denominator the number of scores (R66)."""
    mean = None if scores.mean is None else rounded(scores.mean, 2)
    return _Measured(mean, denominator=scores.n)


# Whether limits were kept; the paper has a table of its own for these.
_IN_TIME = (
    _Definition("reply-in-time", Unit.PERCENT, 1, 1, _in_time(Clock.REPLY)),
    _Definition("on-site-in-time", Unit.PERCENT, 1, 1, _in_time(Clock.ON_SITE)),
    _Definition("department-in-time", Unit.PERCENT, 1, 1, _in_time(Clock.DEPARTMENT)),
    _Definition("solved-in-time", Unit.PERCENT, 1, 1, _in_time(Clock.SOLVE)),
    _Definition("promises-kept", Unit.PERCENT, 1, 1, _in_time(Clock.PROMISE)),
    _Definition("picked-up-in-time", Unit.PERCENT, 1, 1, _rate(lambda s: s.picked_up)),
)
IN_TIME = frozenset(definition.code for definition in _IN_TIME)

# What callers of other kinds of tickets answered, and the scores of all; in a table of their own.
_ASKED = (
    _Definition("sample-rate", Unit.PERCENT, 1, 1, _rate(lambda s: s.asked.done)),
    _Definition("sample-satisfaction", Unit.PERCENT, 1, 1, _rate(lambda s: s.asked.content)),
    _Definition("score-mean", Unit.POINTS, 2, 1, lambda s: _mean(s.asked.scores)),
)
ASKED = frozenset(definition.code for definition in _ASKED)

# In the order of the paper. A median's denominator is the number of its cases.
DEFINITIONS: tuple[_Definition, ...] = (
    _Definition("closing-rate", Unit.PERCENT, 1, 1, _rate(lambda s: s.closing_rate)),
    _Definition("first-pass-rate", Unit.PERCENT, 1, 1, _rate(lambda s: s.first_pass)),
    _Definition("follow-up-rate", Unit.PERCENT, 1, 1, _rate(lambda s: s.follow_up)),
    _Definition("satisfaction-rate", Unit.PERCENT, 1, 1, _rate(lambda s: s.answers.rate)),
    _Definition("repeat-rate", Unit.PERCENT, 1, -1, _rate(lambda s: s.repeats)),
    _Definition("household-rate", Unit.PERCENT, 2, -1, _rate(lambda s: s.per_household, 2)),
    _Definition("reply-median", Unit.HOURS, 1, -1, _median(lambda s: s.reply, Unit.HOURS)),
    _Definition("reply-p90", Unit.HOURS, 1, -1, _p90(lambda s: s.reply, Unit.HOURS)),
    _Definition("solving-median", Unit.DAYS, 1, -1, _median(lambda s: s.solving, Unit.DAYS)),
    _Definition("solving-p90", Unit.DAYS, 1, -1, _p90(lambda s: s.solving, Unit.DAYS)),
    _Definition("closing-median", Unit.DAYS, 1, -1, _median(lambda s: s.closing, Unit.DAYS)),
    _Definition("closing-p90", Unit.DAYS, 1, -1, _p90(lambda s: s.closing, Unit.DAYS)),
    _Definition("rework", Unit.COUNT, 0, -1, _count(lambda s: s.rework)),
    _Definition("overdue", Unit.COUNT, 0, -1, _count(lambda s: s.overdue)),
    _Definition("long-open", Unit.COUNT, 0, -1, _count(lambda s: s.long_open)),
    _Definition("praise", Unit.COUNT, 0, 1, _count(lambda s: s.contacts.praise)),
    _Definition("bill-queries", Unit.COUNT, 0, -1, _count(lambda s: s.contacts.bill_queries)),
    _Definition("internal", Unit.COUNT, 0, 0, _count(lambda s: s.contacts.internal)),
    *_IN_TIME,
    *_ASKED,
)


def key_figures(
    summary: MonthSummary, previous: MonthSummary | None, last_year: MonthSummary | None
) -> tuple[KeyFigure, ...]:
    """Return the rows of the key figures table; a month that is not known is not compared."""
    rows = []
    for definition in DEFINITIONS:
        measured = definition.measure(summary)
        then = [
            None if compared is None else definition.measure(compared).value
            for compared in (previous, last_year)
        ]
        rows.append(
            KeyFigure(
                code=definition.code,
                unit=definition.unit,
                places=definition.places,
                better=definition.better,
                value=measured.value,
                numerator=measured.numerator,
                denominator=measured.denominator,
                paused=measured.paused,
                previous=then[0],
                last_year=then[1],
            )
        )
    return tuple(rows)

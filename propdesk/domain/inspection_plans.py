"""Plans of rounds: who walks which route on which days, and until when each round counts (R99)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from propdesk.domain.check_items import InspectionKind
from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.recurrence import Recurrence
from propdesk.domain.rounds import Anchor, PlanScope, Shift
from propdesk.i18n import _

MOST_TIMES = 24
MOST_STOPS = 400
# More columns of boxes do not fit on a sheet.
MOST_TIMES_ON_A_SHEET = 3
# What lies outside is a slip of the finger.
MOST_LATEST_DAYS, MOST_EARLY_DAYS, MOST_TOLERANCE_MINUTES = 3660, 366, 527_040
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True)
class Stop:
    """A place of a route and the template that is filled in there."""

    point_id: int
    template_id: int


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A plan as somebody writes it.

    `rule` is RFC 5545 (domain/recurrence); `times` are HH:MM, none for any time of the day; a round
    may be done `before_days` early and counts as done in time until `tolerance_minutes` after its
    time (or the end of its day). `latest_days` after the last done one is the day of law that no
    shifting passes.
    """

    name: str
    kind: InspectionKind
    rule: str
    starts_on: date
    code: str = ""
    scope: PlanScope = PlanScope.ROUTE
    stops: tuple[Stop, ...] = ()
    template_id: int | None = None
    community_id: int | None = None
    building_id: int | None = None
    asset_id: int | None = None
    ends_on: date | None = None
    times: tuple[str, ...] = ()
    one_sheet: bool = False
    shift: Shift = Shift.ANY
    anchor: Anchor = Anchor.CALENDAR
    latest_days: int | None = None
    before_days: int = 0
    tolerance_minutes: int = 0
    department_id: int | None = None
    walker_id: int | None = None
    vendor_id: int | None = None
    source: str = ""
    verified: bool = False
    note: str = ""
    shipped: str = ""

    @property
    def recurrence(self) -> Recurrence:
        """Return the rule with its first day."""
        return Recurrence(self.rule, self.starts_on)


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan that is kept; rounds are stored up to `made_until`."""

    id: int
    draft: PlanDraft
    made_until: date | None
    ended_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class Occasion:
    """A round that a plan asks for: its day, its time or "", and the end of its tolerance."""

    day: date
    clock: str
    due_at: datetime


def check_plan(draft: PlanDraft) -> Problems:
    """Return what is wrong with a plan; its rule is checked by `check_recurrence`."""
    problems = [
        *check_line("name", draft.name, _("Name the plan, such as «Daily round of plant rooms».")),
        *check_line("code", draft.code),
        *check_line("source", draft.source),
        *check_text("note", draft.note),
    ]
    if draft.ends_on is not None and draft.ends_on < draft.starts_on:
        problems.append(Problem("ends_on", _("A plan ends on or after its first day.")))
    if draft.scope is PlanScope.ROUTE and not draft.stops:
        problems.append(Problem("stops", _("A route needs at least one point.")))
    if draft.scope is not PlanScope.ROUTE and draft.template_id is None:
        problems.append(Problem("template", _("Choose the template that is filled in there.")))
    if len(draft.stops) > MOST_STOPS:
        sentence = _("A route has at most {most} points; cut it into several plans.")
        problems.append(Problem("stops", sentence.format(most=MOST_STOPS)))
    problems += _check_times(draft)
    problems += _check_spans(draft)
    if draft.latest_days is not None and draft.anchor is Anchor.CALENDAR:
        problems.append(
            Problem("latest_days", _("A latest day is counted from the last time that was done."))
        )
    return tuple(problems)


def _check_spans(draft: PlanDraft) -> Iterator[Problem]:
    if draft.latest_days is not None and not 1 <= draft.latest_days <= MOST_LATEST_DAYS:
        sentence = _("The latest day is 1 to {most} days after the last time.")
        yield Problem("latest_days", sentence.format(most=MOST_LATEST_DAYS))
    if not 0 <= draft.before_days <= MOST_EARLY_DAYS:
        sentence = _("A round is done at most {most} days early.")
        yield Problem("before_days", sentence.format(most=MOST_EARLY_DAYS))
    if not 0 <= draft.tolerance_minutes <= MOST_TOLERANCE_MINUTES:
        sentence = _("A tolerance is from 0 to {most} minutes.")
        yield Problem("tolerance_minutes", sentence.format(most=MOST_TOLERANCE_MINUTES))


def _check_times(draft: PlanDraft) -> Iterator[Problem]:
    if any(not _CLOCK.fullmatch(clock) for clock in draft.times):
        yield Problem("times", _("Write times as 08:30, 14:30."))
    elif list(draft.times) != sorted(set(draft.times)) or len(draft.times) > MOST_TIMES:
        sentence = _("Times rise, each once, at most {most} a day.")
        yield Problem("times", sentence.format(most=MOST_TIMES))
    elif draft.one_sheet and len(draft.times) > MOST_TIMES_ON_A_SHEET:
        sentence = _("At most {most} times fit on one sheet.")
        yield Problem("one_sheet", sentence.format(most=MOST_TIMES_ON_A_SHEET))
    elif draft.anchor is Anchor.COMPLETED and len(draft.times) > 1:
        yield Problem("times", _("What counts from the last time done has one time a day."))


def occasions(draft: PlanDraft, from_on: date, until_on: date) -> Iterator[Occasion]:
    """Yield the rounds that the calendar of a plan asks for, from day to day, both included."""
    last = min(until_on, draft.ends_on) if draft.ends_on else until_on
    for day in draft.recurrence.days(from_on, last):
        for clock in draft.times or ("",):
            yield occasion(draft, day, clock)


def occasion(draft: PlanDraft, day: date, clock: str) -> Occasion:
    """Return the round of a plan on a day at a time ("" for any) with the end of its tolerance."""
    at = time.fromisoformat(clock) if clock else time(23, 59, 59)
    due_at = datetime.combine(day, at) + timedelta(minutes=draft.tolerance_minutes)
    return Occasion(day, clock, due_at)


def next_after_done(draft: PlanDraft, done_on: date | None) -> date | None:
    """Return the day that comes after `done_on` for a plan that counts from what was done.

    Before the first time it is the first day of its rule.
    """
    day = (
        draft.recurrence.next(draft.starts_on - timedelta(1))
        if done_on is None
        else draft.recurrence.next_when_done(done_on)
    )
    return None if day and draft.ends_on and day > draft.ends_on else day


def next_days(
    draft: PlanDraft, after: date, count: int, *, first: date | None = None
) -> list[date]:
    """Return the next days of a plan from `after` on, that day included.

    `first` is the open round of a plan that counts from what was done; the others follow as if each
    was done on its day.
    """
    days: list[date] = []
    if draft.anchor is Anchor.COMPLETED:
        day = first or next_after_done(draft, None)
        while day is not None and len(days) < count:
            days.append(day)
            day = next_after_done(draft, day)
        return days
    day = draft.recurrence.next(date.fromordinal(after.toordinal() - 1))
    while day is not None and len(days) < count and not (draft.ends_on and day > draft.ends_on):
        days.append(day)
        day = draft.recurrence.next(day)
    return days


def latest_day(draft: PlanDraft, done_on: date | None) -> date | None:
    """Return the last lawful day after `done_on`, which no shifting passes (law.md 1.9)."""
    if draft.latest_days is None or done_on is None:
        return None
    return done_on + timedelta(draft.latest_days)

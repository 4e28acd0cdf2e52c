"""Where each clock of a ticket stands, computed from its journal, the rules and the calendar.

What is decided here:

- A limit is kept when the stopping event is not later than the due time; it is exceeded afterwards.
- A ticket's rules are those of what it is now; a limit that hangs on the urgency runs since the
  ticket has been so urgent, one that hangs on a visit since somebody is to come.
- Waiting for the owner, for material or a third party moves the due time on by what was waited, in
  the clock's own time. It does not help a clock that has run out, nor a promise (a new time has to
  be told), nor an emergency: water does not wait (P0, P1).
- Taken up again within seven days, or by a dissatisfied caller, a matter has the time that was left
  when it stopped: the rest in between does not count, and closing early gains nothing. Later, a
  new count begins. The way to the site is new in each round.
- Told to the caller and reported up (R07), a new time becomes the time to solve the matter by.
- What was taken in from a file came in elsewhere, often years ago: its clocks begin when it is
  first sent to work here, else a first import would be overdue as a whole.
- A clock that is set back makes a result doubtful, never negative (F31).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from propdesk.domain.clock_journal import ClockFacts, Journal, Pause
from propdesk.domain.clock_rules import EMERGENCIES, WORKING, Clock, ClockRule, Unit, rules_for
from propdesk.domain.clock_runs import Run, runs_of
from propdesk.domain.clock_table import source_text
from propdesk.domain.tickets import EventKind, Urgency
from propdesk.domain.work_calendar import WorkCalendar
from propdesk.i18n import LazyText, _lazy

_SECOND = timedelta(seconds=1)


class ClockState(StrEnum):
    """Where a clock stands; a breached one may run on (`TicketClock.runs`)."""

    RUNNING = "running"
    WARNED = "warned"
    PAUSED = "paused"
    MET = "met"
    BREACHED = "breached"
    CANCELLED = "cancelled"


_WAITS = ClockState.PAUSED

STATE_LABELS: Mapping[ClockState, LazyText] = {
    ClockState.RUNNING: _lazy("Running"),
    ClockState.WARNED: _lazy("Due soon"),
    ClockState.PAUSED: _lazy("Stopped while waiting"),
    ClockState.MET: _lazy("In time"),
    ClockState.BREACHED: _lazy("Overdue"),
    ClockState.CANCELLED: _lazy("Dropped"),
}


@dataclass(frozen=True, slots=True)
class TicketClock:
    """One count of one clock.

    `first_due_at` is the limit before pauses, rests and extensions, `due_at` the one that holds.
    `left` is what is left of it in the clock's own time (office time for working units), `over`
    how long it is, or was, exceeded on the wall; `allowed` is the whole limit in its own time.
    `paused` is what pauses have moved it on, `pauses` how many. `warns_at` is when the warning
    before the limit comes, None where none does. `missing_years` are the years that the working
    calendar does not have: the due time is then provisional. `doubtful` says that the journal's
    times, or the present one, went backwards.
    """

    clock: Clock
    rule: ClockRule
    round: int
    started_at: datetime
    first_due_at: datetime
    due_at: datetime
    warns_at: datetime | None
    stopped_at: datetime | None
    stopped_by: EventKind | None
    state: ClockState
    allowed: timedelta
    left: timedelta
    over: timedelta
    pauses: int
    paused: timedelta
    missing_years: tuple[int, ...]
    doubtful: bool
    department: str = ""

    @property
    def runs(self) -> bool:
        """Tell whether somebody still waits for what this clock times."""
        return self.stopped_at is None

    @property
    def is_overdue(self) -> bool:
        """Tell whether it runs beyond its time."""
        return self.runs and self.state is ClockState.BREACHED

    @property
    def used_percent(self) -> int:
        """How much of the time is used; 100 when it has run out."""
        if not self.allowed or self.over:
            return 100
        return int((self.allowed - self.left) * 100 / self.allowed)

    @property
    def source(self) -> str:
        """Who says that it has to be done by then."""
        return source_text(self.rule.source)


@dataclass(frozen=True, slots=True)
class TicketClocks:
    """All clocks of a ticket in the order of `Clock`, earlier counts first, and its pauses.

    `waited` is how long it waited in all, on the wall.
    """

    number: str
    urgency: Urgency
    is_open: bool
    clocks: tuple[TicketClock, ...]
    pauses: tuple[Pause, ...]
    waited: timedelta
    doubtful: bool

    @property
    def next_due(self) -> TicketClock | None:
        """The running clock that is, or was, due first; what waits for somebody outside is not."""
        return min(self._running, key=lambda clock: clock.due_at, default=None)

    @property
    def warns_at(self) -> datetime | None:
        """When the first warning of the running clocks comes, or came."""
        times = [clock.warns_at for clock in self._running if clock.warns_at is not None]
        return min(times, default=None)

    @property
    def _running(self) -> list[TicketClock]:
        return [clock for clock in self.clocks if clock.runs and clock.state is not _WAITS]


def clocks_of(
    facts: ClockFacts, rules: Iterable[ClockRule], calendar: WorkCalendar, now: datetime
) -> TicketClocks:
    """Return where the clocks of a ticket stand at `now`."""
    journal = Journal.read(facts)
    now = now.replace(tzinfo=None, microsecond=0)
    doubtful = journal.doubtful or now < journal.last_at
    now = max(now, journal.last_at)
    pauses = journal.pauses()
    clocks: tuple[TicketClock, ...] = ()
    counted = journal.since_dispatch() if facts.imported else journal
    if counted is not None:
        clocks = _Reading(counted, pauses, calendar, now, doubtful=doubtful).clocks(rules)
    return TicketClocks(
        number=facts.number,
        urgency=facts.urgency,
        is_open=journal.is_open,
        clocks=clocks,
        pauses=pauses,
        waited=sum(((one.until or now) - one.since for one in pauses), timedelta()),
        doubtful=doubtful,
    )


@dataclass(frozen=True, slots=True)
class _Hold:
    """What moves a due time: a rest or pause from `since` to `until`, or a new time told."""

    since: datetime
    until: datetime
    promised: datetime | None = None
    pause: bool = False


@dataclass(frozen=True, slots=True)
class _OwnTime:
    """The time that a clock runs on: that of the wall, or that of the office."""

    calendar: WorkCalendar
    working: bool

    def add(self, start: datetime, span: timedelta) -> datetime:
        if not span:
            return start
        if self.working:
            return self.calendar.add_working_time(start, span)
        return start + min(span, datetime.max - start)

    def between(self, start: datetime, end: datetime) -> timedelta:
        if self.working:
            return self.calendar.working_time_between(start, end)
        return max(end - start, timedelta())


@dataclass(frozen=True, slots=True)
class _Reading:
    """A journal with what its clocks are read by."""

    journal: Journal
    pauses: tuple[Pause, ...]
    calendar: WorkCalendar
    now: datetime
    doubtful: bool

    def clocks(self, rules: Iterable[ClockRule]) -> tuple[TicketClock, ...]:
        """Return where each count of each clock stands."""
        facts = self.journal.facts
        chosen = rules_for(
            rules,
            kind=facts.kind,
            class_code=facts.class_code,
            urgency=facts.urgency,
            channel=facts.channel,
            visit_wanted=facts.visit_wanted,
        )
        return tuple(
            self._clock(run, chosen[clock])
            for clock in Clock
            # A colleague who reports something does not wait to be called.
            if clock in chosen and not (clock is Clock.CONTACT and facts.internal)
            for run in runs_of(clock, self.journal)
        )

    def _clock(self, run: Run, rule: ClockRule) -> TicketClock:
        """Return where one count of a clock stands."""
        if rule.urgency is not None:
            run.begin_at(self.journal.urgent_since())
        if rule.visit_only:
            run.begin_at(self.journal.visit_since())
        own = _OwnTime(self.calendar, rule.unit in WORKING)
        start, stopped_at = run.stretches[0].start, run.stretches[-1].stop
        until = self.now if stopped_at is None else stopped_at
        first_due = self._limit(run, rule, start, own)
        due, held, waited = _moved(first_due, self._holds(run, rule, start, until), own)
        allowed = own.between(start, due) - sum(held, timedelta())
        warns_at = _warning(rule, start, due, allowed, own)
        return TicketClock(
            clock=run.clock,
            rule=rule,
            round=run.round,
            started_at=self.calendar.next_working_time(start) if own.working else start,
            first_due_at=first_due,
            due_at=due,
            warns_at=warns_at,
            stopped_at=stopped_at,
            stopped_by=run.stopped_by.kind if run.stopped_by else None,
            state=self._state(run, rule, due, warns_at),
            allowed=allowed,
            left=own.between(until, due),
            over=timedelta() if run.cancelled else max(until - due, timedelta()),
            pauses=len(waited),
            paused=sum(waited, timedelta()),
            missing_years=self.calendar.missing_between(start, due) if own.working else (),
            doubtful=self.doubtful,
            department=run.department,
        )

    def _state(
        self, run: Run, rule: ClockRule, due: datetime, warns_at: datetime | None
    ) -> ClockState:
        stopped_at = run.stretches[-1].stop
        if run.cancelled:
            return ClockState.CANCELLED
        if (self.now if stopped_at is None else stopped_at) > due:
            return ClockState.BREACHED
        if stopped_at is not None:
            return ClockState.MET
        if self._can_wait(rule) and any(pause.until is None for pause in self.pauses):
            return ClockState.PAUSED
        is_near = warns_at is not None and self.now >= warns_at
        return ClockState.WARNED if is_near else ClockState.RUNNING

    def _limit(self, run: Run, rule: ClockRule, start: datetime, own: _OwnTime) -> datetime:
        match rule.unit:
            case Unit.MINUTES | Unit.WORKING_MINUTES:
                return own.add(start, timedelta(minutes=rule.target))
            case Unit.WORKING_DAYS:
                return self.calendar.add_working_days(start, rule.target)
            case Unit.CALENDAR_DAYS:
                return self.calendar.add_calendar_days(start, rule.target)
            case Unit.PROMISED:
                return run.promised_at or start

    def _can_wait(self, rule: ClockRule) -> bool:
        """Tell whether pauses stop a clock of this ticket."""
        return rule.unit is not Unit.PROMISED and self.journal.facts.urgency not in EMERGENCIES

    def _holds(self, run: Run, rule: ClockRule, start: datetime, until: datetime) -> list[_Hold]:
        """Return what moves the due time of a count, in order."""
        if rule.unit is Unit.PROMISED:
            return []
        holds = [
            _Hold(before.stop, after.start)
            for before, after in pairwise(run.stretches)
            if before.stop is not None
        ]
        if self._can_wait(rule):
            holds += [
                _Hold(max(pause.since, start), min(pause.until or until, until), pause=True)
                for pause in self.pauses
            ]
        if run.clock is Clock.SOLVE:
            holds += [
                _Hold(at, at, promised)
                for at, promised in self.journal.extensions()
                if start <= at <= until
            ]
        return sorted(holds, key=lambda hold: hold.since)


def _moved(
    due: datetime, holds: Iterable[_Hold], own: _OwnTime
) -> tuple[datetime, list[timedelta], list[timedelta]]:
    """Return a due time after what moves it, all times added to it, and those of pauses alone."""
    held: list[timedelta] = []
    waited: list[timedelta] = []
    counted_to = datetime.min
    for hold in holds:
        if hold.since > due:
            break  # what is late stays late
        if hold.promised:
            due = max(due, hold.promised)
        elif hold.until > (since := max(hold.since, counted_to)):  # a pause may lie within a rest
            span = own.between(since, hold.until)
            due = own.add(due, span)
            counted_to = hold.until
            held.append(span)
            if hold.pause:
                waited.append(span)
    return due, held, waited


def _warning(
    rule: ClockRule, start: datetime, due: datetime, allowed: timedelta, own: _OwnTime
) -> datetime | None:
    """Return when no more is left of a limit than the warning comes ahead of it."""
    if rule.warn_percent is not None:
        ahead = allowed * (100 - rule.warn_percent) // 100
    elif rule.warn_minutes is not None:
        ahead = timedelta(minutes=rule.warn_minutes)
    else:
        return None
    before = max(own.between(start, due) - ahead, timedelta())
    return own.add(start, -(-before // _SECOND) * _SECOND)

"""When each clock of a ticket ran: what starts, stops and drops it, and what makes it go on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.clock_journal import (
    PROMISED_BEFORE,
    Again,
    ClockFacts,
    Journal,
    Waiting,
)
from propdesk.domain.clock_rules import Clock
from propdesk.domain.tickets import Channel, Event, EventKind, Status, is_open


@dataclass(slots=True)
class Stretch:
    """A time in which a clock ran; `stop` is None while it does."""

    start: datetime
    stop: datetime | None = None


@dataclass(slots=True)
class Run:
    """One count of a clock, from its start to its last stop, with the rests between.

    `promised_at` is what a promise is held to, `department` who has to report back.
    """

    clock: Clock
    round: int
    stretches: list[Stretch]
    promised_at: datetime | None = None
    department: str = ""
    stopped_by: Event | None = None
    cancelled: bool = False

    @property
    def runs(self) -> bool:
        """Tell whether the clock runs."""
        return self.stopped_by is None

    def stop(self, line: Event, *, cancelled: bool = False) -> None:
        """Stop with a line of the journal."""
        self.stretches[-1].stop = line.at
        self.stopped_by, self.cancelled = line, cancelled

    def go_on(self, line: Event) -> None:
        """Run again: the time in which the matter rested does not count."""
        self.stretches.append(Stretch(line.at))
        self.stopped_by, self.cancelled = None, False

    def begin_at(self, since: datetime) -> None:
        """Forget what ran before `since`, where that lies within a stretch."""
        for index, stretch in enumerate(self.stretches):
            if stretch.start < since and (stretch.stop is None or since < stretch.stop):
                self.stretches = [Stretch(since, stretch.stop), *self.stretches[index + 1 :]]
                return


@dataclass(frozen=True, slots=True)
class _Course:
    """What stops a clock, what makes it go on, and what drops it without a result.

    A clock of `each_round` starts anew when the matter is taken up again.
    """

    stops: Callable[[ClockFacts, Event], bool]
    goes_on: frozenset[EventKind] = frozenset({EventKind.REOPENED})
    drops: frozenset[EventKind] = frozenset()
    each_round: bool = False


_DONE = frozenset({EventKind.COMPLETED, EventKind.REPLIED, EventKind.CLOSED})
_MET = _DONE | {EventKind.ARRIVED, EventKind.FOLLOWED_UP}
_AGREED = frozenset({"appointment", "promised_at"})
# Void, merged or not ours: nobody waits any longer.
_TAKEN_AWAY = frozenset({Status.VOID, Status.MERGED, Status.NOT_OURS})
_BACK_TO_WORK = frozenset({EventKind.REOPENED, EventKind.DISPATCHED})


def _is_contact(_facts: ClockFacts, line: Event) -> bool:
    """Tell whether a person spoke with the caller: no dispatch, print or note is a contact.

    Whoever urges speaks with those who do the work.
    """
    return (
        line.kind in _MET
        or ("way" in line.detail and line.kind is not EventKind.URGED)
        or PROMISED_BEFORE in line.detail
        or (line.kind is EventKind.AMENDED and not _AGREED.isdisjoint(line.detail))
        or (line.kind is EventKind.SUSPENDED and line.detail.get("waiting") == Waiting.OWNER)
    )


def _is_answer(facts: ClockFacts, line: Event) -> bool:
    """Tell whether the caller got an answer.

    Told why it takes longer and until when (R07), he has one; but a letter wants a letter (R04).
    """
    if line.kind in {EventKind.REPLIED, EventKind.CLOSED}:
        return True
    is_explained = "way" in line.detail and PROMISED_BEFORE in line.detail
    return is_explained and facts.channel is not Channel.LETTER


_COURSES: Mapping[Clock, _Course] = {
    Clock.CONTACT: _Course(_is_contact, goes_on=frozenset()),
    # Who has done the work has been there; what was solved by telephone needed nobody to come.
    Clock.ON_SITE: _Course(
        lambda _facts, line: line.kind in {EventKind.ARRIVED, EventKind.COMPLETED},
        drops=frozenset({EventKind.REPLIED, EventKind.CLOSED}),
        each_round=True,
    ),
    Clock.REPLY: _Course(_is_answer),
    Clock.SOLVE: _Course(lambda _facts, line: line.kind in _DONE, goes_on=_BACK_TO_WORK),
}


def runs_of(clock: Clock, journal: Journal) -> list[Run]:
    """Return the counts of a clock, in order."""
    if clock is Clock.DEPARTMENT:
        return _department_runs(journal)
    if clock is Clock.PROMISE:
        return _promise_runs(journal)
    return _runs(clock, _COURSES[clock], journal)


def _start(clock: Clock, line: Event) -> Run:
    return Run(clock, line.round, [Stretch(line.at)])


def _runs(clock: Clock, course: _Course, journal: Journal) -> list[Run]:
    receipt = journal.lines[0]
    runs = [_start(clock, receipt)]
    if clock is Clock.CONTACT and journal.is_agreed_at_receipt():
        runs[0].stop(receipt)
    for line, again in journal.with_reopenings():
        run = runs[-1]
        if run.runs:
            if line.status in _TAKEN_AWAY or line.kind in course.drops:
                run.stop(line, cancelled=True)
            elif course.stops(journal.facts, line):
                run.stop(line)
        elif line.kind in course.goes_on and line.status not in _TAKEN_AWAY:
            if again is Again.LATE or course.each_round:
                runs.append(_start(clock, line))
            else:
                run.go_on(line)
    return runs


def _department_runs(journal: Journal) -> list[Run]:
    """Return the counts of the departments that got the work (R05).

    A count starts with the dispatch and stops with the report that the work is done. Sent to the
    same department again, the matter has what is left of its time; sent to another, a new count.
    """
    runs: list[Run] = []
    is_late = False
    for line, again in journal.with_reopenings():
        is_late = is_late or again is Again.LATE
        run = runs[-1] if runs else None
        if line.kind is EventKind.DISPATCHED:
            department = line.detail.get("department", "")
            if run and run.department == department and not is_late:
                if not run.runs:
                    run.go_on(line)
                continue
            if run and run.runs:
                run.stop(line, cancelled=True)
            if department:
                runs.append(_start(Clock.DEPARTMENT, line))
                runs[-1].department = department
                is_late = False
        elif run and run.runs and (line.status in _TAKEN_AWAY or line.kind in _DONE):
            run.stop(line, cancelled=line.status in _TAKEN_AWAY)
    return runs


def _promise_runs(journal: Journal) -> list[Run]:
    """Return a count for each promise: a changed one stands beside the new one (R07).

    Changed in time, the old promise is settled; changed too late, it is broken. It is kept when
    the work is done; a matter taken up again before the promised time is bound by it again.
    """
    runs: list[Run] = []
    for line, promised in zip(journal.lines, journal.promises(), strict=True):
        run = runs[-1] if runs else None
        held_to = run.promised_at if run else None
        if promised != held_to:
            if run and run.runs:
                run.stop(line, cancelled=held_to is not None and line.at <= held_to)
            if promised and is_open(line.status):
                runs.append(_start(Clock.PROMISE, line))
                runs[-1].promised_at = promised
        elif run and run.runs:
            if line.status in _TAKEN_AWAY or line.kind in _DONE:
                run.stop(line, cancelled=line.status in _TAKEN_AWAY)
        elif run and held_to and line.kind in _BACK_TO_WORK and line.at <= held_to:
            run.go_on(line)
    return runs

"""A ticket's journal as its clocks read it: in order of entry, with what each line means for them.

Only the journal says when something happened. What comes back on paper is entered late: a step of
the work takes its place before notes, prints and the like that were entered meanwhile. Any other
line with an earlier time than the line before it takes effect together with that line; so no
stretch of time is ever negative, and the ticket's times are doubtful (F31).

What the lines carry in their detail: `waiting` (why a ticket is suspended), `way` (the caller was
spoken to, and how), `promised_before` (the promise that the line replaces, empty for none; the
present one stands on the ticket), `reported_to` (R07: whom it was reported to), `department`; an
amended field under its name, with its old value.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, StrEnum, auto
from typing import Self

from propdesk.domain.clock_table import REOPEN_WITHIN
from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems, check_text
from propdesk.domain.tickets import (
    STILL,
    Channel,
    Event,
    EventKind,
    Kind,
    Status,
    Urgency,
    is_open,
)
from propdesk.i18n import LazyText, _, _lazy


class Waiting(StrEnum):
    """What a suspended ticket waits for; nothing else stops its clocks (law.md 1.10)."""

    OWNER = "owner"
    MATERIAL = "material"
    THIRD_PARTY = "third-party"


WAITING_LABELS: Mapping[Waiting, LazyText] = {
    Waiting.OWNER: _lazy("Waiting for the owner"),
    Waiting.MATERIAL: _lazy("Waiting for material"),
    Waiting.THIRD_PARTY: _lazy("Waiting for a third party"),
}


def check_suspension(waiting: str, text: str) -> Problems:
    """Return what keeps a ticket from being suspended: what it waits for, and why, in words."""
    problems = list(check_text("text", text, _("Say why it has to wait; the reason is printed.")))
    if waiting not in set(Waiting):
        sentence = _("A ticket waits for the owner, for material or for a third party; choose one.")
        problems.append(Problem("waiting", sentence))
    return tuple(problems)


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """What the clocks ask of a ticket; all times are local, `events` in any order.

    `visit_wanted` says that somebody is to come (到场要求), `internal` that a colleague reports,
    `imported` that the ticket was taken in from a file.
    """

    number: str
    kind: Kind
    class_code: str
    urgency: Urgency
    channel: Channel
    received_at: datetime
    events: Sequence[Event] = ()
    visit_wanted: bool = False
    internal: bool = False
    imported: bool = False
    appointment: str = ""
    promised_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which a ticket waited for somebody outside; `until` is None while it does."""

    waiting: Waiting
    since: datetime
    until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Journal:
    """The lines of a ticket in order of entry, each at the time when it takes effect."""

    facts: ClockFacts
    lines: tuple[Event, ...]
    doubtful: bool

    @classmethod
    def read(cls, facts: ClockFacts) -> Self:
        """Read a ticket's events; without any, its receipt is all that is known."""
        lines: list[Event] = []
        doubtful = False
        for event in _in_order(facts.events):
            later = _noted_after(lines, event)
            del lines[len(lines) - len(later) :]
            if lines and event.at < lines[-1].at:
                doubtful = True
                lines.append(replace(event, at=lines[-1].at))
            else:
                lines.append(event)
            # What was noted meanwhile was noted in the state that the late entry tells of.
            lines += [replace(one, status=event.status, round=event.round) for one in later]
        return cls(facts, tuple(lines) or (_receipt(facts.received_at),), doubtful)

    def since_dispatch(self) -> Self | None:
        """Return the journal since the ticket was first sent to work, None before that."""
        for index, line in enumerate(self.lines):
            if line.kind is EventKind.DISPATCHED:
                return replace(self, lines=self.lines[index:])
        return None

    @property
    def last_at(self) -> datetime:
        """When the last thing happened."""
        return self.lines[-1].at

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still waits for the ticket."""
        return is_open(self.lines[-1].status)

    def pauses(self) -> tuple[Pause, ...]:
        """Return when the ticket waited for somebody outside, and for whom.

        A suspension for any other reason, or for none, is no pause: the clocks run on.
        """
        pauses: list[Pause] = []
        for index, line in enumerate(self.lines):
            waiting = line.detail.get("waiting", "")
            if line.kind is EventKind.SUSPENDED and waiting in _WAITING:
                until = next((one.at for one in self.lines[index + 1 :] if _ends_pause(one)), None)
                pauses.append(Pause(Waiting(waiting), line.at, until, line.text))
        return tuple(pauses)

    def promises(self) -> list[datetime | None]:
        """Return the promise that stands after each line."""
        return [_moment(text) for text in self._values("promised_at")]

    def extensions(self) -> Iterator[tuple[datetime, datetime]]:
        """Yield when the caller was told a new time to solve the matter, and that time (R07).

        It counts only when it was reported as well; a promise alone does not move the limit.
        """
        for index, line in enumerate(self.lines):
            if PROMISED_BEFORE in line.detail and line.detail.get("reported_to"):
                promised = self.promises()[index]
                if promised:
                    yield line.at, promised

    def urgent_since(self) -> datetime:
        """Return since when the ticket has been as urgent as it is now, or more."""
        return self._since("urgency", lambda value: value <= self.facts.urgency)

    def visit_since(self) -> datetime:
        """Return since when somebody is to come."""
        return self._since("visit_wanted", lambda value: value in _YES)

    def is_agreed_at_receipt(self) -> bool:
        """Tell whether a time was agreed when the matter came in: the caller has been spoken to."""
        return bool(self._values("appointment")[0]) or self.promises()[0] is not None

    def with_reopenings(self) -> Iterator[tuple[Event, "Again | None"]]:
        """Yield each line, and whether it takes the matter up again, soon or late.

        A caller who is dissatisfied before the matter was closed is never late.
        """
        closed_at: datetime | None = None
        for line in self.lines:
            again = None
            if line.kind is EventKind.CLOSED:
                closed_at = line.at
            elif line.kind is EventKind.REOPENED:
                is_late = closed_at is not None and line.at - closed_at > REOPEN_WITHIN
                again = Again.LATE if is_late else Again.SOON
                closed_at = None
            yield line, again

    def as_of(self, moment: datetime) -> ClockFacts | None:
        """Return the ticket as it was at an earlier time, None where it had not come in yet."""
        last = sum(line.at <= moment for line in self.lines) - 1
        if last < 0:
            return None
        known = {line.sequence for line in self.lines[: last + 1]}
        return replace(
            self.facts,
            events=tuple(one for one in _in_order(self.facts.events) if one.sequence in known),
            kind=Kind(self._values("kind")[last]),
            class_code=self._values("class_code")[last],
            channel=Channel(self._values("channel")[last]),
            urgency=Urgency(self._values("urgency")[last]),
            visit_wanted=self._values("visit_wanted")[last] in _YES,
            appointment=self._values("appointment")[last],
            promised_at=self.promises()[last],
        )

    def _values(self, name: str) -> list[str]:
        """Return what a field said after each line: the lines of changes hold the old values."""
        present = getattr(self.facts, name)
        value = "" if present is None else str(present)
        values = []
        for line in reversed(self.lines):
            values.append(value)
            if not line.detail:
                continue
            if line.kind is EventKind.AMENDED:
                value = line.detail.get(name, value)
            elif name == "promised_at":
                value = line.detail.get(PROMISED_BEFORE, value)
        return values[::-1]

    def _since(self, name: str, fits: Callable[[str], bool]) -> datetime:
        values = zip(self.lines, self._values(name), strict=True)
        return next((line.at for line, value in values if fits(value)), self.lines[0].at)


class Again(Enum):
    """How a matter is taken up again: within the days that continue its clocks, or later."""

    SOON = auto()
    LATE = auto()


PROMISED_BEFORE = "promised_before"
_YES = frozenset({"True", "1"})
_WAITING = frozenset(Waiting)


def _in_order(events: Sequence[Event]) -> list[Event]:
    return sorted(events, key=lambda event: event.sequence)


def _noted_after(lines: Sequence[Event], event: Event) -> list[Event]:
    """Return the last lines that are notes of a later time than a step that was entered late.

    A step that changes a promise keeps its place: what a field said before stands in the lines.
    """
    if event.kind in STILL or PROMISED_BEFORE in event.detail:
        return []
    first = len(lines)
    while first and lines[first - 1].kind in STILL and lines[first - 1].at > event.at:
        first -= 1
    return list(lines[first:])


def _receipt(at: datetime) -> Event:
    return Event(0, at, at, EventKind.REGISTERED, Status.RECEIVED, 1, "", "")


def _ends_pause(line: Event) -> bool:
    return line.kind is EventKind.SUSPENDED or line.status is not Status.SUSPENDED


def _moment(text: str) -> datetime | None:
    """Read a time of the journal; an unreadable one is none."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None

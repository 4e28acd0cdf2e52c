"""The journal of complaints read into moves: who came in, went out, came back, and when.

Everything that the monthly report counts is one of these moves, or a state at a midnight, so
that stock and flow can never disagree (decision 17).
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum, auto

from propdesk.domain.complaint_facts import ComplaintFact, JournalLine
from propdesk.domain.tickets import OPEN, EventKind, Satisfaction, Status


class State(Enum):
    """What a ticket is to the complaint statistics after a journal line."""

    ABSENT = auto()
    ELSEWHERE = auto()  # another kind, or internal
    OPEN = auto()
    CLOSED = auto()
    REMOVED = auto()  # void, merged, not ours


class Move(StrEnum):
    """What a journal line does to the month's figures.

    The first five change the stock of open complaints; the others are counted beside it.
    """

    RECEIVED = "received"
    MOVED_IN = "moved-in"
    REOPENED = "reopened"
    CLOSED = "closed"
    REMOVED = "removed"
    REWORKED = "reworked"
    DISPATCHED = "dispatched"
    REPLIED = "replied"
    SOLVED = "solved"
    ANSWERED = "answered"


# From one state to the next: the moves that are counted. What is not named counts nothing.
FLOWS: Mapping[tuple[State, State], tuple[Move, ...]] = {
    (State.ABSENT, State.OPEN): (Move.RECEIVED,),
    (State.ABSENT, State.CLOSED): (Move.RECEIVED, Move.CLOSED),
    (State.ABSENT, State.REMOVED): (Move.RECEIVED, Move.REMOVED),
    (State.ELSEWHERE, State.OPEN): (Move.MOVED_IN,),
    (State.OPEN, State.CLOSED): (Move.CLOSED,),
    (State.OPEN, State.REMOVED): (Move.REMOVED,),
    (State.OPEN, State.ELSEWHERE): (Move.REMOVED,),
    (State.CLOSED, State.OPEN): (Move.REOPENED,),
    (State.REMOVED, State.OPEN): (Move.REOPENED,),
}


# What is counted the first time only: the first reply, and the first time that it was done.
_FIRSTS: Mapping[EventKind, tuple[Move, ...]] = {
    EventKind.COMPLETED: (Move.SOLVED,),
    EventKind.REPLIED: (Move.REPLIED, Move.SOLVED),
    EventKind.CLOSED: (Move.SOLVED,),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One move of one ticket.

    `round` is the round that the move ends or belongs to, `answer` the last answer to a
    follow-up in that round, `department` who had the work.
    """

    move: Move
    at: datetime
    ticket: ComplaintFact
    round: int
    department: str
    by: str
    answer: Satisfaction | None


@dataclass(frozen=True, slots=True)
class Story:
    """A ticket with its journal lines and the state after each, in order."""

    ticket: ComplaintFact
    moments: tuple[datetime, ...]
    states: tuple[State, ...]
    lines: tuple[JournalLine, ...]
    departments: tuple[str, ...]

    def index_before(self, midnight: datetime) -> int:
        """Return the place of the last line before `midnight`, -1 where there is none."""
        return bisect_left(self.moments, midnight) - 1

    def state_before(self, midnight: datetime) -> State:
        """Return the state in which the ticket stood at `midnight`."""
        index = self.index_before(midnight)
        return State.ABSENT if index < 0 else self.states[index]


def state_after(line: JournalLine) -> State:
    """Return what a ticket is to the statistics after a journal line."""
    if not line.counted:
        return State.ELSEWHERE
    if line.status in OPEN:
        return State.OPEN
    return State.CLOSED if line.status is Status.CLOSED else State.REMOVED


def read_story(ticket: ComplaintFact, journal: Iterable[JournalLine]) -> tuple[Story, list[Step]]:
    """Read a ticket's journal lines, in order of entry, into its story and its moves.

    A line that was entered with an earlier time than the line before it takes effect together
    with that line: the order of entry stands, and a state cannot begin before its cause.
    """
    lines = tuple(journal)
    moments: list[datetime] = []
    states: list[State] = []
    departments: list[str] = []
    steps: list[Step] = []
    state, at, round_, department = State.ABSENT, datetime.min, 1, ""
    once: set[Move] = set()
    answer: Satisfaction | None = None
    for line in lines:
        at = max(at, line.at)
        following = state_after(line)
        if line.satisfaction is not None:
            answer = line.satisfaction
        moves = list(FLOWS.get((state, following), ()))
        if following is not State.ELSEWHERE:
            # The department that had the work answers for rework; a dispatch names the new one.
            if line.kind is EventKind.DISPATCHED:
                department = line.department or department or ticket.department
                moves.append(Move.DISPATCHED)
            first = [move for move in _FIRSTS.get(line.kind, ()) if move not in once]
            once.update(first)
            moves += first
            if line.satisfaction is not None:
                moves.append(Move.ANSWERED)
            if line.round > round_ and state is not State.ABSENT:
                moves.append(Move.REWORKED)
        steps += [
            Step(move, at, ticket, round_, department or ticket.department, line.by, answer)
            for move in moves
        ]
        if line.round != round_:
            round_, answer = line.round, None
        state = following
        moments.append(at)
        states.append(state)
        departments.append(department or ticket.department)
    return Story(ticket, tuple(moments), tuple(states), lines, tuple(departments)), steps


def read_stories(
    tickets: Sequence[ComplaintFact], journal: Iterable[JournalLine]
) -> tuple[list[Story], list[Step]]:
    """Read all tickets; a journal line of an unknown ticket is a fault and raises KeyError."""
    by_ticket: dict[int, list[JournalLine]] = {ticket.id: [] for ticket in tickets}
    for line in sorted(journal, key=lambda line: line.sequence):
        by_ticket[line.ticket_id].append(line)
    stories: list[Story] = []
    steps: list[Step] = []
    for ticket in tickets:
        story, made = read_story(ticket, by_ticket[ticket.id])
        stories.append(story)
        steps += made
    return stories, steps

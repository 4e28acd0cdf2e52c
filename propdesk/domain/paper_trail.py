"""Papers that go out with a number, and come back: which kinds there are and where each stands.

A work order leaves with the worker and comes back with what was done (idea 1: the paper round
trip). A new dispatch makes a new paper; the old one still has to come back, or is declared lost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from propdesk.domain.errors import RuleError
from propdesk.domain.tickets import Event, EventKind, Status
from propdesk.i18n import LazyText, _, _lazy

OUT_DAYS = 3
"""A work order is reminded of when it is out for longer (idea 1: the list of papers out)."""

MOST_OUT_DAYS = 365


def check_out_days(days: int) -> None:
    """Refuse a span after which no paper would be reminded of."""
    if not 0 <= days <= MOST_OUT_DAYS:
        raise RuleError(
            "setting-out-days",
            _("Papers out are reminded of after 1 to {most} days; 0 does not remind.").format(
                most=MOST_OUT_DAYS
            ),
        )


class PaperKind(StrEnum):
    """A paper of a ticket that is kept track of; only work orders come back filled in."""

    WORK_ORDER = "work-order"
    COMPLAINT_SHEET = "complaint-sheet"
    REPLY_LETTER = "reply-letter"
    PROBLEM_REPORT = "problem-report"
    FOLLOW_UP_SHEET = "follow-up-sheet"


PAPER_LABELS: Mapping[PaperKind, LazyText] = {
    PaperKind.WORK_ORDER: _lazy("Work order"),
    PaperKind.COMPLAINT_SHEET: _lazy("Complaint sheet"),
    PaperKind.REPLY_LETTER: _lazy("Reply letter"),
    PaperKind.PROBLEM_REPORT: _lazy("Problem report"),
    PaperKind.FOLLOW_UP_SHEET: _lazy("Follow-up sheet"),
}


class PaperState(StrEnum):
    """Where a paper stands; a superseded one belongs to an earlier dispatch and is out still."""

    OUT = "out"
    SUPERSEDED = "superseded"
    RETURNED = "returned"
    LOST = "lost"


STATE_LABELS: Mapping[PaperState, LazyText] = {
    PaperState.OUT: _lazy("Out"),
    PaperState.SUPERSEDED: _lazy("Out, sent again since"),
    PaperState.RETURNED: _lazy("Came back"),
    PaperState.LOST: _lazy("Lost"),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of one dispatch (`round`) of a ticket; printed again it is the same paper.

    `lost_reason` is empty unless it was declared lost; `signed` is None until it comes back.
    """

    id: int
    ticket_id: int
    kind: PaperKind
    round: int
    printed_at: datetime
    prints: int
    printed_by: str
    returned_at: datetime | None
    returned_by: str
    signed: bool | None
    lost_reason: str
    state: PaperState


def dispatch_round(dispatches: int) -> int:
    """Return the round that a paper printed now belongs to; before any dispatch it is 1."""
    return max(dispatches, 1)


def paper_state(
    round_: int, dispatches: int, returned_at: datetime | None, lost_reason: str
) -> PaperState:
    """Return where a paper of dispatch `round_` stands."""
    if returned_at is not None:
        return PaperState.RETURNED
    if lost_reason:
        return PaperState.LOST
    is_older = round_ < dispatch_round(dispatches)
    return PaperState.SUPERSEDED if is_older else PaperState.OUT


def rounds_out(events: Sequence[Event]) -> tuple[int, ...]:
    """Return the dispatch rounds whose work orders are out, as a journal tells; the latest last.

    One that came back and is printed once more is a copy for the files, and is not out again.
    """
    out: set[int] = set()
    back: set[int] = set()
    for event in events:
        if event.detail.get("kind") != PaperKind.WORK_ORDER:
            continue
        round_ = int(event.detail.get("round", "1"))
        if event.kind is EventKind.PRINTED:
            out.add(round_)
        elif event.kind is EventKind.PAPER_RETURNED:
            back.add(round_)
        elif event.kind is EventKind.NOTED:  # it is lost
            out.discard(round_)
    return tuple(sorted(out - back))


class Course(StrEnum):
    """What a paper that comes back can still do for its ticket."""

    WORK = "work"
    CONFIRM = "confirm"
    FILE = "file"


_TO_WORK = frozenset({Status.RECEIVED, Status.DISPATCHED, Status.IN_PROGRESS, Status.SUSPENDED})


def course_of(status: Status, *, is_replaced: bool) -> Course:
    """Return whether a paper tells of work, confirms work that was reported, or is only filed.

    `is_replaced`: a paper of a later dispatch was printed, which is the one that counts.
    """
    if is_replaced:
        return Course.FILE
    if status in _TO_WORK:
        return Course.WORK
    return Course.CONFIRM if status is Status.COMPLETED else Course.FILE

"""What a work order says when it comes back, and what that makes of its ticket (R40, R41).

The worker's times are those on the paper; when they were entered stands beside them. A customer
who signed and is content has been told: the repair is replied to on the spot and closed. One who
is not content sends the matter back to work, in its next round. A complaint is only completed by
its paper: the office still replies and asks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from propdesk.domain.clock_journal import WAITING_LABELS, Waiting
from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.paper_trail import Course
from propdesk.domain.texts import clean_line, clean_text
from propdesk.domain.tickets import (
    EventKind,
    Kind,
    Satisfaction,
    Status,
    needs_follow_up,
)
from propdesk.i18n import LazyText, _, _lazy

ON_SITE = "on-site"
"""The way of a reply that the customer confirmed on the paper, at the house."""


class Outcome(StrEnum):
    """What the paper says of the work: done and what the customer thinks of it, or not done."""

    SATISFIED = "satisfied"
    FAIR = "fair"
    DISSATISFIED = "dissatisfied"
    UNRATED = "unrated"
    NOT_DONE = "not-done"


OUTCOME_LABELS: Mapping[Outcome, LazyText] = {
    Outcome.SATISFIED: _lazy("Satisfied"),
    Outcome.FAIR: _lazy("Fair"),
    Outcome.DISSATISFIED: _lazy("Dissatisfied"),
    Outcome.UNRATED: _lazy("Unrated"),
    Outcome.NOT_DONE: _lazy("Not done"),
}

AGAIN = "again"
"""Not done, and nobody outside has to be waited for: somebody comes again."""

NOT_DONE_LABELS: Mapping[str, LazyText] = {
    AGAIN: _lazy("Comes again"),
    **{str(waiting): label for waiting, label in WAITING_LABELS.items()},
}


@dataclass(frozen=True, slots=True)
class PaperReturn:
    """What stands on a work order that came back.

    `finished_at` is when the worker was done, or left without having done it; None is not written.
    `work` is what was done, or why it was not; `waiting` one of NOT_DONE_LABELS; `next_visit` when
    somebody comes again. `opinion` are the customer's own words.
    """

    outcome: Outcome = Outcome.UNRATED
    arrived_at: datetime | None = None
    finished_at: datetime | None = None
    cause: str = ""
    work: str = ""
    signed: bool = False
    opinion: str = ""
    waiting: str = AGAIN
    next_visit: str = ""

    @property
    def answer(self) -> Satisfaction | None:
        """What the customer ticked, None for nothing."""
        rated = {Outcome.SATISFIED, Outcome.FAIR, Outcome.DISSATISFIED}
        return Satisfaction(self.outcome.value) if self.outcome in rated else None


@dataclass(frozen=True, slots=True)
class PaperTicket:
    """What a returning paper is checked against.

    `moved_at` is when the ticket last moved on (it was sent to work, somebody arrived), `now` the
    time of entry; both local. `arrived` tells that an arrival was noted before.
    """

    kind: Kind
    status: Status
    course: Course
    moved_at: datetime
    now: datetime
    arrived: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """One line that the paper adds to the journal; `at` None is when the paper is entered."""

    event: EventKind
    at: datetime | None = None
    text: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)


def clean_return(draft: PaperReturn) -> PaperReturn:
    """Return what was typed, made safe to store; seconds are not written on paper."""
    return replace(
        draft,
        cause=clean_line(draft.cause),
        work=clean_text(draft.work),
        opinion=clean_text(draft.opinion),
        next_visit=clean_line(draft.next_visit),
    )


def settled(draft: PaperReturn, ticket: PaperTicket) -> PaperReturn:
    """Return the times with the second of the last step, where only minutes were written.

    Sent at 10:12:40, somebody who arrived at 10:12 did not arrive before.
    """

    def settle(moment: datetime | None) -> datetime | None:
        if moment is None or moment.second or moment >= ticket.moved_at:
            return moment
        return ticket.moved_at if moment == ticket.moved_at.replace(second=0) else moment

    return replace(
        draft, arrived_at=settle(draft.arrived_at), finished_at=settle(draft.finished_at)
    )


def check_return(draft: PaperReturn, ticket: PaperTicket) -> Problems:
    """Return what is wrong with what was typed, a sentence for each field."""
    problems = list(_check_times(draft, ticket))
    is_done = draft.outcome is not Outcome.NOT_DONE
    missing = ""
    if ticket.course is Course.WORK:
        missing = _("Write down what was done.") if is_done else _("Say why it was not done.")
    problems += check_text("work", draft.work, missing)
    missing = ""
    if draft.outcome is Outcome.DISSATISFIED and ticket.course is not Course.FILE:
        missing = _("Write down what the caller is dissatisfied with.")
    problems += check_text("opinion", draft.opinion, missing)
    problems += check_line("cause", draft.cause)
    problems += check_line("next_visit", draft.next_visit)
    if not is_done and ticket.course is Course.CONFIRM:
        sentence = _(
            "This ticket is completed already. If the work is not done, send it to work again."
        )
        problems.append(Problem("outcome", sentence))
    if not is_done and draft.waiting not in NOT_DONE_LABELS:
        problems.append(Problem("waiting", _("Choose what it waits for.")))
    return tuple(problems)


def _check_times(draft: PaperReturn, ticket: PaperTicket) -> Iterator[Problem]:
    """Yield what is wrong with the times: not yet come, before the dispatch, the wrong way round.

    What is only filed moves nothing; its times are not asked for.
    """
    if ticket.course is Course.FILE:
        return
    earliest = ticket.moved_at
    for name, moment in (("arrived_at", draft.arrived_at), ("finished_at", draft.finished_at)):
        if moment is None:
            continue
        if moment > ticket.now:
            words = _("{time} has not come yet; enter what has happened.")
            yield Problem(name, words.format(time=_words(moment)))
        elif moment < earliest:
            yield Problem(name, _too_early(name, moment, earliest, draft))
        else:
            earliest = max(earliest, moment)


def _too_early(name: str, moment: datetime, earliest: datetime, draft: PaperReturn) -> str:
    if name == "finished_at" and earliest == draft.arrived_at:
        words = _("Finished at {time} is before the arrival at {last}; check both times.")
    else:
        words = _("The ticket's last step was at {last}; {time} is before that. Check the day.")
    return words.format(time=_words(moment), last=_words(earliest))


def _words(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def moves_of(draft: PaperReturn, ticket: PaperTicket) -> tuple[Move, ...]:
    """Return what the paper adds to the journal before it is put away, in order (R48)."""
    if ticket.course is Course.FILE:
        return ()
    is_done = draft.outcome is not Outcome.NOT_DONE
    moves: list[Move] = []
    if ticket.course is Course.WORK:
        moves += _arrival(draft, ticket)
        if is_done:
            detail = {"cause": draft.cause} if draft.cause else {}
            moves.append(Move(EventKind.COMPLETED, draft.finished_at, draft.work, detail))
        elif draft.waiting != AGAIN:
            detail = {"waiting": Waiting(draft.waiting).value}
            moves.append(Move(EventKind.SUSPENDED, draft.finished_at, draft.work, detail))
    if closes(draft, ticket):
        moves.append(Move(EventKind.REPLIED, draft.finished_at, draft.work, {"way": ON_SITE}))
    return tuple(moves)


def _arrival(draft: PaperReturn, ticket: PaperTicket) -> Iterator[Move]:
    """Yield how the ticket came into work: what had waited went on, somebody arrived."""
    if ticket.status is Status.SUSPENDED:
        yield Move(EventKind.RESUMED, draft.arrived_at or draft.finished_at)
    if draft.arrived_at is not None and not ticket.arrived:
        yield Move(EventKind.ARRIVED, draft.arrived_at)


def closes(draft: PaperReturn, ticket: PaperTicket) -> bool:
    """Tell whether the paper ends the matter: a content customer's signature under a repair."""
    is_content = draft.outcome in {Outcome.SATISFIED, Outcome.FAIR}
    is_open_work = ticket.course is not Course.FILE
    return is_open_work and draft.signed and is_content and not needs_follow_up(ticket.kind)


def reopens(draft: PaperReturn, ticket: PaperTicket) -> bool:
    """Tell whether the paper sends the matter back to work: the customer is not content (R40)."""
    return draft.outcome is Outcome.DISSATISFIED and ticket.course is not Course.FILE


def return_detail(draft: PaperReturn) -> dict[str, str]:
    """Return what the journal keeps of the paper itself."""
    said = {
        "signed": "yes" if draft.signed else "no",
        "outcome": draft.outcome.value,
        "satisfaction": draft.answer.value if draft.answer else "",
        "arrived": _stored(draft.arrived_at),
        "finished": _stored(draft.finished_at),
        "next_visit": draft.next_visit if draft.outcome is Outcome.NOT_DONE else "",
    }
    return {key: value for key, value in said.items() if value}


def _stored(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat()


def already_returned(number: str, round_: int, at: datetime, by: str) -> RuleError:
    """Return the refusal of a paper that was entered before; all its copies are one paper."""
    return RuleError(
        "paper-returned",
        _(
            "The work order of {number}, dispatch {round}, was entered by {name} at {time}. "
            "There is nothing more to enter."
        ).format(number=number, round=round_, name=by, time=f"{at:%m-%d %H:%M}"),
    )

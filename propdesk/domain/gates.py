"""What must be done before a complaint is closed; what is missing is told at once (decision 26).

Sources: R04 (a letter gets a letter), R20 (six clears), R33 (written report), R40 (the caller is
asked and not dissatisfied), R42 (the manager speaks with a special customer). Other kinds of ticket
have no gates.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from propdesk.domain.clears import (
    CLEAR_NAMES,
    answer_of_round,
    dark_lamps,
    round_events,
)
from propdesk.domain.errors import RuleError
from propdesk.domain.persons import is_special
from propdesk.domain.tickets import (
    UNREACHED_TRIES,
    Channel,
    EventKind,
    Satisfaction,
    Severity,
    Ticket,
    needs_follow_up,
)
from propdesk.domain.violations import is_unsettled
from propdesk.i18n import _


class GateAct(StrEnum):
    """What opens a gate: one of the desk's acts, or the reason that closing asks for."""

    FOLLOW_UP = "follow-up"
    REASON = "reason"
    MANAGER_CONTACT = "manager-contact"
    LETTER = "letter"
    PROBLEM_REPORT = "problem-report"


@dataclass(frozen=True, slots=True)
class Gate:
    """What keeps a ticket from being closed: a stable code, one sentence, and what to do."""

    code: str
    sentence: str
    act: GateAct


class GatesError(RuleError):
    """A closing that is refused; `code` is that of the first gate, `gates` are all of them."""

    def __init__(self, gates: tuple[Gate, ...]) -> None:
        super().__init__(gates[0].code, "\n".join(gate.sentence for gate in gates))
        self.gates = gates


def unmet_gates(ticket: Ticket, day: date, reason: str = "") -> tuple[Gate, ...]:
    """Return what is still missing to close a ticket on a day, in the order to do it in.

    `reason` is why it may be closed although somebody was not reached, or not all is clear.
    """
    if not needs_follow_up(ticket.kind):
        return ()
    return tuple(_unmet(ticket, day, has_reason=bool(reason.strip())))


def _unmet(ticket: Ticket, day: date, *, has_reason: bool) -> Iterator[Gate]:
    events = round_events(ticket)
    kinds = [event.kind for event in events]
    if ticket.severity is not Severity.ORDINARY and not _is_reported(ticket):
        yield Gate(
            "problem-report-missing",
            _("A complex or grave matter needs the written report to the department."),
            GateAct.PROBLEM_REPORT,
        )
    if ticket.channel is Channel.LETTER and EventKind.LETTER_WRITTEN not in kinds:
        yield Gate(
            "reply-letter-missing",
            _("The complaint came as a letter: write the reply letter."),
            GateAct.LETTER,
        )
    if is_special(ticket.special, ticket.special_until, day) and not _manager_spoke(kinds):
        yield Gate(
            "manager-contact-missing",
            _("A special customer: the manager speaks with the caller after the work."),
            GateAct.MANAGER_CONTACT,
        )
    if is_unsettled(ticket) and not has_reason:
        yield Gate(
            "violation-unsettled",
            _("The breach of rules goes on and was not reported: take its next step, or say why."),
            GateAct.REASON,
        )
    yield from _follow_up(ticket, kinds.count(EventKind.FOLLOWED_UP), has_reason=has_reason)
    dark = dark_lamps(ticket)
    if dark and not has_reason:
        lacking = _("; ").join(
            _("{name}: {what} is missing").format(name=CLEAR_NAMES[lamp.clear], what=lamp.lacks)
            for lamp in dark
        )
        yield Gate(
            "clears-dark",
            _("Not all is clear yet. {lacking}. Say why it is closed all the same.").format(
                lacking=lacking
            ),
            GateAct.REASON,
        )


def _follow_up(ticket: Ticket, tries: int, *, has_reason: bool) -> Iterator[Gate]:
    """Yield what the follow-up lacks; who was not reached three times leaves a reason (R40)."""
    answer = answer_of_round(ticket)
    if answer is Satisfaction.DISSATISFIED:
        yield Gate(
            "caller-dissatisfied",
            _("The caller is dissatisfied: the complaint goes back to work and cannot be closed."),
            GateAct.FOLLOW_UP,
        )
    if answer is None and not (tries >= UNREACHED_TRIES and has_reason):
        yield Gate(
            "follow-up-missing",
            _(
                "A complaint is closed through the follow-up: ask the caller first. Who was not "
                "reached {tries} times may be closed with a reason."
            ).format(tries=UNREACHED_TRIES),
            GateAct.REASON if tries >= UNREACHED_TRIES else GateAct.FOLLOW_UP,
        )


def _is_reported(ticket: Ticket) -> bool:
    """Tell whether a department has the matter in writing; it need not get it in each round."""
    return any(event.kind is EventKind.PROBLEM_REPORTED for event in ticket.events)


def _manager_spoke(kinds: list[EventKind]) -> bool:
    """Tell whether the manager spoke with the caller after the work of the round (R42)."""
    for kind in reversed(kinds):
        if kind in (EventKind.MANAGER_CONTACT, EventKind.COMPLETED):
            return kind is EventKind.MANAGER_CONTACT
    return False

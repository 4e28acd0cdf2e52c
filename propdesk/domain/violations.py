"""A breach of the estate's rules: dissuade, stop, report (劝阻 制止 报告; Civil Code 942).

The three steps come in this order, each as often as it takes. The time to report runs from the
first dissuasion that failed until the authority has been told, or the breach ended.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.tickets import Event, EventKind, Ticket, is_open
from propdesk.i18n import LazyText, _, _lazy

# Local rules (Shanghai 59 and others): reported within 24 hours when dissuasion fails.
REPORT_HOURS = 24
REPORT_SOURCE = _lazy("Civil Code 942; Shanghai rules 59: reported within 24 hours")
MOST_HOURS = 240


class Violation(StrEnum):
    """Which rules are broken."""

    SECURITY = "security"
    ENVIRONMENT = "environment"
    FIRE = "fire"
    DECORATION = "decoration"
    BUILDING = "building"
    OTHER = "other"


class Outcome(StrEnum):
    """What came of a step."""

    COMPLIED = "complied"
    GOES_ON = "goes-on"


VIOLATION_LABELS: Mapping[Violation, LazyText] = {
    Violation.SECURITY: _lazy("Public security"),
    Violation.ENVIRONMENT: _lazy("Environment and noise"),
    Violation.FIRE: _lazy("Fire safety"),
    Violation.DECORATION: _lazy("Decoration works"),
    Violation.BUILDING: _lazy("Unlawful building"),
    Violation.OTHER: _lazy("Other rules"),
}
OUTCOME_LABELS: Mapping[Outcome, LazyText] = {
    Outcome.GOES_ON: _lazy("Not stopped"),
    Outcome.COMPLIED: _lazy("Complied"),
}

STEPS = (EventKind.DISSUADED, EventKind.STOPPED, EventKind.REPORTED_OUT)
# Under which words the journal keeps what a step says.
OUTCOME, MEANS, EVIDENCE = "outcome", "means", "evidence"
AUTHORITY, RECEIPT = "authority", "receipt"


@dataclass(frozen=True, slots=True)
class StepDraft:
    """What a step says: in words, how, what came of it, and for the report to whom.

    `receipt` is what the authority gave for it; `evidence` names photos or witnesses.
    """

    text: str
    outcome: Outcome = Outcome.GOES_ON
    means: str = ""
    evidence: str = ""
    authority: str = ""
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class ViolationState:
    """Where a breach stands: the last line of each step, and until when it is to be reported.

    `failed_at` is the first dissuasion that failed, `due_at` the end of the time to report;
    both are None where no time runs: nothing failed yet, it complied, or it was reported.
    """

    done: Mapping[EventKind, Event]
    failed_at: datetime | None
    due_at: datetime | None
    complied: bool

    @property
    def following(self) -> EventKind | None:
        """The step that comes next, None where it ended or all are done."""
        if self.complied:
            return None
        return next((step for step in STEPS if step not in self.done), None)

    def is_overdue(self, now: datetime) -> bool:
        """Tell whether the time to report has passed."""
        return self.due_at is not None and self.due_at < now


def read_violation(events: Sequence[Event], hours: int) -> ViolationState:
    """Read where a breach stands from its ticket's journal; one that comes back begins anew."""
    done: dict[EventKind, Event] = {}
    failed_at: datetime | None = None
    complied = False
    for event in events:
        if event.kind not in STEPS:
            continue
        if complied:
            done, failed_at, complied = {}, None, False
        done[event.kind] = event
        complied = event.detail.get(OUTCOME) == Outcome.COMPLIED
        if not complied and failed_at is None:
            failed_at = event.at
    runs = failed_at is not None and not complied and EventKind.REPORTED_OUT not in done
    due_at = failed_at + timedelta(hours=hours) if failed_at is not None and runs else None
    return ViolationState(done, failed_at if runs else None, due_at, complied)


def check_step(state: ViolationState, step: EventKind) -> None:
    """Refuse a step before the one that comes before it."""
    if _is_in_turn(state, step):
        return
    sentences = {
        EventKind.STOPPED: _(
            "First note how it was dissuaded; telling to stop is the second step."
        ),
        EventKind.REPORTED_OUT: _("First note how it was stopped; the report is the third step."),
    }
    raise RuleError("violation-order", sentences[step])


def is_unsettled(ticket: Ticket) -> bool:
    """Tell whether a ticket is about a breach that neither ended nor was reported."""
    if not ticket.violation:
        return False
    return read_violation(ticket.events, REPORT_HOURS).following is not None


def can_step(ticket: Ticket, step: EventKind) -> bool:
    """Tell whether a step may be noted on a ticket now (the command has the last word)."""
    if not ticket.violation or not is_open(ticket.status):
        return False
    return _is_in_turn(read_violation(ticket.events, REPORT_HOURS), step)


def _is_in_turn(state: ViolationState, step: EventKind) -> bool:
    if step is EventKind.DISSUADED:
        return True
    return not state.complied and _before(step) in state.done


def _before(step: EventKind) -> EventKind:
    return STEPS[STEPS.index(step) - 1]


def check_step_draft(step: EventKind, draft: StepDraft) -> Problems:
    """Return what is missing in the words of a step."""
    problems = list(check_text("text", draft.text, _("Write down what was said and done.")))
    if step is EventKind.REPORTED_OUT:
        missing = _("Say which authority was told: police, fire brigade, urban management.")
        problems += check_line("authority", draft.authority, missing)
        problems += check_line("receipt", draft.receipt)
    problems += check_line("means", draft.means)
    problems += check_line("evidence", draft.evidence)
    return tuple(problems)


def check_violation(code: str) -> Problems:
    """Return what is wrong with the kind of a breach; none takes the mark away."""
    if not code or code in set(Violation):
        return ()
    sentence = _("Choose which rules are broken: {kinds}.")
    return (Problem("violation", sentence.format(kinds=", ".join(Violation))),)


def check_hours(hours: int) -> None:
    """Refuse a time to report that is none."""
    if not 1 <= hours <= MOST_HOURS:
        raise RuleError(
            "violation-hours",
            _("The time to report a breach must be 1 to {most} hours.").format(most=MOST_HOURS),
        )

"""A new time told to the caller, where a matter cannot be solved at once (改约, R07)."""

from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.replies import check_reply_way
from propdesk.domain.ticket_drafts import check_promise
from propdesk.domain.tickets import STATUS_LABELS, Status
from propdesk.i18n import _

_UNSOLVED = (Status.RECEIVED, Status.DISPATCHED, Status.IN_PROGRESS, Status.SUSPENDED)


@dataclass(frozen=True, slots=True)
class PromiseDraft:
    """What was told to the caller: why it takes longer, until when, and who above knows of it.

    `way` is how the caller was told. All times are local.
    """

    text: str
    promised_at: datetime | None
    reported_to: str
    reported_at: datetime | None
    way: str = "phone"


def can_promise(status: Status) -> bool:
    """Tell whether a matter is still unsolved, so that its time may be moved."""
    return status in _UNSOLVED


def check_new_promise(
    draft: PromiseDraft, status: Status, before: datetime | None, at: datetime
) -> Problems:
    """Return what is missing of the four things that a new time needs (R07).

    `before` is the time that was promised until now, `at` when the caller was told.
    """
    if not can_promise(status):
        raise RuleError(
            "nothing-to-promise",
            _(
                "The ticket is «{status}»: there is no work left whose time could be moved. "
                "Send it back to work first."
            ).format(status=STATUS_LABELS[status]),
        )
    why = _("Say what was explained to the caller: why it takes longer.")
    problems = [*check_text("text", draft.text, why), *check_reply_way(draft.way)]
    if draft.promised_at is None:
        problems.append(Problem("promised_at", _("Enter the time that the caller was promised.")))
    elif draft.promised_at == before:
        sentence = _("This is the time that was promised already; enter the new one.")
        problems.append(Problem("promised_at", sentence))
    else:
        problems += check_promise(draft.promised_at, at)
    who = _("Say to whom it was reported: supervisor, manager or company.")
    problems += check_line("reported_to", draft.reported_to, who)
    if draft.reported_at is None:
        problems.append(Problem("reported_at", _("Enter when it was reported.")))
    elif draft.reported_at > at:
        sentence = _("Report it first; {time} has not come yet.")
        shown = draft.reported_at.strftime("%Y-%m-%d %H:%M")
        problems.append(Problem("reported_at", sentence.format(time=shown)))
    return tuple(problems)

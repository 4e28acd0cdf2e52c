"""Who answers for a ticket: the first receiver for life (R21), and who replies to the caller (R23).

The journal's line of a hand-on carries `replier` (who replied until then) and `to`.
"""

from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fields import Problems, check_text
from propdesk.domain.tickets import STATUS_LABELS, Status, check_open
from propdesk.i18n import _

# After these the work is done, and the manager can speak with the caller about it.
WORK_DONE = frozenset({Status.COMPLETED, Status.REPLIED, Status.FOLLOWING_UP})


def check_hand_on(status: Status, present: int, following: int, reason: str) -> Problems:
    """Return what is missing to hand reply and follow-up on: somebody else, and the reason."""
    check_open(status)
    problems = list(check_text("text", reason, _("Say why somebody else replies.")))
    if present == following:
        sentence = _("The reply is this person's already; choose somebody else.")
        problems.append(Problem("staff_id", sentence))
    return tuple(problems)


def check_manager_contact(status: Status, text: str) -> Problems:
    """Return what is missing where the manager spoke with the caller after the work (R42)."""
    if status not in WORK_DONE:
        raise RuleError(
            "work-not-done",
            _(
                "The ticket is «{status}»: the manager speaks with the caller after the work. "
                "Complete it first."
            ).format(status=STATUS_LABELS[status]),
        )
    return check_text("text", text, _("Write down what was said with the caller."))

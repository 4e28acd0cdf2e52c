"""The written report of a complex or grave matter to a department (内部联系单, R33).

The journal's line carries `department`; its text is what the report says.
"""

from propdesk.domain.errors import RuleError
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.tickets import STATUS_LABELS, Status, is_open
from propdesk.i18n import _


def check_problem_report(status: Status, department: str, text: str) -> Problems:
    """Return what is missing: to which department, and what is the matter."""
    if not is_open(status):
        raise RuleError(
            "ticket-not-open",
            _("The ticket is «{status}»: nobody waits for it. Reopen it first.").format(
                status=STATUS_LABELS[status]
            ),
        )
    return (
        *check_line("department_id", department, _("Choose the department that gets the report.")),
        *check_text("text", text, _("Say what the problem is and what the department is to do.")),
    )

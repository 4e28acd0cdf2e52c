"""The written report of a complex or grave matter to a department (内部联系单, R33).

The journal's line carries `department`; its text is what the report says.
"""

from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.tickets import Status, check_open
from propdesk.i18n import _


def check_problem_report(status: Status, department: str, text: str) -> Problems:
    """Return what is missing: to which department, and what is the matter."""
    check_open(status)
    return (
        *check_line("department_id", department, _("Choose the department that gets the report.")),
        *check_text("text", text, _("Say what the problem is and what the department is to do.")),
    )

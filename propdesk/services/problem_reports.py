"""Report a complex or grave matter to a department in writing (R33)."""

from datetime import datetime

from propdesk.domain.problem_reports import check_problem_report
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_text
from propdesk.domain.tickets import EventKind, Status, Ticket
from propdesk.services.parts.actors import actor
from propdesk.services.parts.journal import Entry, load_ticket, record
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.writing import writing
from propdesk.services.queries.tickets import get_ticket
from propdesk.storage.staff import DepartmentRecord


def report_problem(
    ticket_id: int,
    *,
    department_id: int | None,
    text: str,
    by: int,
    now: datetime,
    at: datetime | None = None,
) -> Ticket:
    """Note what was reported to which department; the paper is printed from this line.

    Raises DraftError where the department or the words are missing.
    """
    with writing():
        entry = Entry(actor(by, Right.DISPATCH), now, at)
        ticket = load_ticket(ticket_id)
        department = DepartmentRecord.get_or_none(DepartmentRecord.id == department_id)
        name = department.name if department else ""
        said = clean_text(text)
        refuse(check_problem_report(Status(ticket.status), name, said))
        detail = {"department": name}
        record(ticket, EventKind.PROBLEM_REPORTED, entry, text=said, detail=detail)
        return get_ticket(ticket_id)

"""What the desk does with tickets; each command is one transaction with its journal line.

Sources: R20-R26, R40-R48; decisions 12-15 and 28. Every command returns the ticket afterwards.
`by` is the acting staff member's id, `now` the time of entry, `at` when it happened (None = now).
"""

from dataclasses import replace
from datetime import datetime

from propdesk.domain.clock_journal import PROMISED_BEFORE, Waiting, check_suspension
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.gates import GatesError
from propdesk.domain.replies import check_reply_way
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_text
from propdesk.domain.ticket_drafts import check_class, check_promise
from propdesk.domain.tickets import (
    EventKind,
    Kind,
    Ticket,
    TicketDraft,
    has_arrived,
    needs_follow_up,
)
from propdesk.i18n import _
from propdesk.services.parts.actors import actor, member
from propdesk.services.parts.closing import close_or_tell
from propdesk.services.parts.follow_up_queue import Chance, honest_chance, queue_by_kind
from propdesk.services.parts.journal import Entry, load_ticket, record
from propdesk.services.parts.noting import noted, refuse
from propdesk.services.parts.paid_work import void_paid_work
from propdesk.services.parts.registering import checked, fields_of, index, take_in
from propdesk.services.parts.repeats import refresh_repeats
from propdesk.services.parts.standing_letters import letter_detail
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.tickets import get_ticket
from propdesk.storage.staff import DepartmentRecord, StaffRecord


def register_ticket(
    draft: TicketDraft, *, by: int, now: datetime, at: datetime | None = None
) -> Ticket:
    """Take a ticket in: number, row, first journal line; `by` stays its first receiver (R21).

    Raises DraftError with a sentence for each field that is not right yet.
    """
    with writing():
        ticket = take_in(draft, Entry(actor(by, Right.TAKE_TICKETS), now, at))
        return get_ticket(ticket.id)


def amend_ticket(
    ticket_id: int, draft: TicketDraft, *, version: int, by: int, now: datetime
) -> Ticket:
    """Correct what a ticket says; the old words stay in the journal (R24), the number too.

    `version` is the one that the form was filled from: a change made elsewhere meanwhile is never
    overwritten.
    """
    with writing():
        entry = Entry(actor(by, Right.TAKE_TICKETS), now)
        ticket = load_ticket(ticket_id)
        check_version(ticket.version, version)
        if not ticket.is_open:
            raise RuleError(
                "ticket-ended",
                _("This ticket has ended; reopen it before changing it, or add a note."),
            )
        draft = checked(draft, ticket.received_at)
        if draft.promised_at is None or draft.promised_at == ticket.promised_at:
            draft = replace(draft, promised_at=ticket.promised_at)
        if draft.visit_wanted is None and draft.kind == ticket.kind:
            draft = replace(draft, visit_wanted=bool(ticket.visit_wanted))
        if draft.picked_up_in_time is None:
            draft = replace(draft, picked_up_in_time=ticket.picked_up_in_time)
        before = dict(ticket.__data__)
        for name, value in fields_of(draft).items():
            setattr(ticket, name, value)
        ticket.handler_id = draft.handler_id or before["handler"]
        ticket.department_id = draft.department_id or before["department"]
        changes = {
            name: "" if old is None else str(old)
            for name, old in before.items()
            if old != ticket.__data__[name]
        }
        if not changes:
            return get_ticket(ticket_id)
        ticket.needs_person = ""
        queue_by_kind(ticket, entry.happened)
        record(ticket, EventKind.AMENDED, entry, detail=changes)
        index(ticket)
        refresh_repeats(ticket.unit_id, before["unit"])
        return get_ticket(ticket_id)


def confirm_class(ticket_id: int, class_code: str, *, by: int, now: datetime) -> Ticket:
    """Set or confirm the class of a ticket; it is then no longer a suggestion (decision 19)."""
    with writing():
        entry = Entry(actor(by, Right.TAKE_TICKETS), now)
        refuse(check_class(class_code))
        ticket = load_ticket(ticket_id)
        before = {"class_code": ticket.class_code}
        ticket.class_code, ticket.class_suggested = class_code, False
        record(ticket, EventKind.AMENDED, entry, detail=before)
        refresh_repeats(ticket.unit_id)
        return get_ticket(ticket_id)


def dispatch_ticket(
    ticket_id: int,
    *,
    by: int,
    now: datetime,
    department_id: int | None = None,
    handler_id: int | None = None,
    note: str = "",
    promised_at: datetime | None = None,
    at: datetime | None = None,
) -> Ticket:
    """Give the work to a department or a worker and count the dispatch (派工).

    `note` is what the worker should know; `promised_at` is what the caller was promised (R07).
    """
    with writing():
        entry = Entry(actor(by, Right.DISPATCH), now, at)
        ticket = load_ticket(ticket_id)
        department, handler = _destination(department_id, handler_id)
        detail = {"department": department.name if department else "",
                  "handler": handler.name if handler else ""}  # fmt: skip
        ticket.department_id = department.id if department else None
        ticket.handler_id = handler.id if handler else None
        if promised_at is not None:
            refuse(check_promise(local(promised_at), entry.happened))
            if ticket.promised_at != local(promised_at):
                before = ticket.promised_at
                detail[PROMISED_BEFORE] = "" if before is None else before.isoformat()
            ticket.promised_at = local(promised_at)
        ticket.dispatches += 1
        record(ticket, EventKind.DISPATCHED, entry, text=noted(note), detail=detail)
        return get_ticket(ticket_id)


def _destination(
    department_id: int | None, handler_id: int | None
) -> tuple[DepartmentRecord | None, StaffRecord | None]:
    """Return who gets the work; a worker alone brings his department with him."""
    handler = member(handler_id) if handler_id else None
    if department_id is None and handler is not None:
        department_id = handler.department_id
    department = DepartmentRecord.get_by_id(department_id) if department_id else None
    if department is None and handler is None:
        raise DraftError(
            (Problem("department_id", _("Choose the department or the worker who gets the work.")),)
        )
    return department, handler


def _move(
    ticket_id: int,
    kind: EventKind,
    right: Right,
    *,
    by: int,
    now: datetime,
    at: datetime | None,
    text: str,
    missing: str = "",
) -> Ticket:
    with writing():
        entry = Entry(actor(by, right), now, at)
        record(load_ticket(ticket_id), kind, entry, text=noted(text, missing))
        return get_ticket(ticket_id)


def arrive_ticket(
    ticket_id: int, *, by: int, now: datetime, at: datetime | None = None, text: str = ""
) -> Ticket:
    """Note that the worker is on site (R02); who was sent arrives once."""
    with writing():
        entry = Entry(actor(by, Right.DO_WORK), now, at)
        if has_arrived(get_ticket(ticket_id).events):
            words = _("The arrival is noted already. Dispatch anew if somebody else goes.")
            raise RuleError("arrived-already", words)
        record(load_ticket(ticket_id), EventKind.ARRIVED, entry, text=noted(text))
        return get_ticket(ticket_id)


def suspend_ticket(
    ticket_id: int,
    waiting: str,
    *,
    text: str,
    by: int,
    now: datetime,
    at: datetime | None = None,
) -> Ticket:
    """Let a ticket wait for the owner, for material or for a third party, with the reason.

    Its clocks stop meanwhile, but for promises and emergencies.
    """
    with writing():
        entry = Entry(actor(by, Right.DISPATCH), now, at)
        reason = clean_text(text)
        refuse(check_suspension(waiting, reason))
        detail = {"waiting": Waiting(waiting).value}
        record(load_ticket(ticket_id), EventKind.SUSPENDED, entry, text=reason, detail=detail)
        return get_ticket(ticket_id)


def resume_ticket(
    ticket_id: int, *, by: int, now: datetime, at: datetime | None = None, text: str = ""
) -> Ticket:
    """Go on with a ticket that waited; its clocks go on, too."""
    return _move(ticket_id, EventKind.RESUMED, Right.DO_WORK, by=by, now=now, at=at, text=text)


def complete_ticket(
    ticket_id: int, *, text: str, by: int, now: datetime, at: datetime | None = None
) -> Ticket:
    """Note that the work is done and what was done; the caller still waits for the reply (R22)."""
    missing = _("Write down what was done.")
    return _move(
        ticket_id,
        EventKind.COMPLETED,
        Right.DO_WORK,
        by=by,
        now=now,
        at=at,
        text=text,
        missing=missing,
    )


def reply_ticket(
    ticket_id: int,
    *,
    text: str,
    by: int,
    now: datetime,
    way: str = "phone",
    at: datetime | None = None,
    chance: Chance = honest_chance,
) -> Ticket:
    """Note what the caller was told (R46).

    A kind that needs no follow-up closes with the reply, and `chance` draws whether the caller is
    asked afterwards (decision 28); a complaint waits for its follow-up.
    """
    with writing():
        entry = Entry(actor(by, Right.CLOSE), now, at)
        ticket = load_ticket(ticket_id)
        said = noted(text, _("Write down what the caller was told."))
        refuse(check_reply_way(way))
        detail = {"way": way, **letter_detail(ticket, way)}
        record(ticket, EventKind.REPLIED, entry, text=said, detail=detail)
        if not needs_follow_up(Kind(ticket.kind)):
            record(ticket, EventKind.CLOSED, entry, chance=chance)
        return get_ticket(ticket_id)


def close_ticket(
    ticket_id: int,
    *,
    by: int,
    now: datetime,
    reason: str = "",
    at: datetime | None = None,
    chance: Chance = honest_chance,
) -> Ticket:
    """Close a ticket; a complaint only through all its gates (decision 26).

    `reason` is why it closes although nobody was reached, or not all is clear. Raises GatesError
    with everything that is missing.
    """
    with writing():
        entry = Entry(actor(by, Right.CLOSE), now, at)
        ticket = load_ticket(ticket_id)
        whole, said = get_ticket(ticket_id), noted(reason)
        gates = close_or_tell(ticket, whole, entry, reason=said, chance=chance)
        if gates:
            raise GatesError(gates)
        return get_ticket(ticket_id)


def reopen_ticket(
    ticket_id: int, *, reason: str, by: int, now: datetime, at: datetime | None = None
) -> Ticket:
    """Take a closed ticket up again under the same number, in the next round."""
    missing = _("Say why it is taken up again.")
    return _move(
        ticket_id,
        EventKind.REOPENED,
        Right.CLOSE,
        by=by,
        now=now,
        at=at,
        text=reason,
        missing=missing,
    )


def void_ticket(
    ticket_id: int, *, reason: str, by: int, now: datetime, at: datetime | None = None
) -> Ticket:
    """Void a ticket that should not be; number and words stay (nothing is ever deleted)."""
    with writing():
        entry = Entry(actor(by, Right.VOID), now, at)
        ticket = load_ticket(ticket_id)
        said = noted(reason, _("Say why it is voided; the number stays in the books."))
        record(ticket, EventKind.VOIDED, entry, text=said)
        void_paid_work(ticket, said, staff_id=entry.by.id, now=now)
        refresh_repeats(ticket.unit_id)
        return get_ticket(ticket_id)


def note_ticket(ticket_id: int, *, text: str, by: int, now: datetime) -> Ticket:
    """Add a note to a ticket in any status."""
    missing = _("Write the note.")
    return _move(
        ticket_id,
        EventKind.NOTED,
        Right.DO_WORK,
        by=by,
        now=now,
        at=None,
        text=text,
        missing=missing,
    )

"""What the desk does with contacts (R52, R82): log, amend, clear, void. Nothing is ever deleted.

Every command is one transaction; what a contact said before stands in `contact_change`.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from propdesk.domain.contacts import Contact, ContactDraft, check_contact, is_to_clear
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.fields import check_text
from propdesk.domain.staff import Right, Staff
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.journal import Entry, check_time, load_ticket
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, offset_minutes, writing
from propdesk.services.queries.contacts import get_contact
from propdesk.services.queries.units import get_unit
from propdesk.storage.contacts import ContactChangeRecord, ContactRecord
from propdesk.storage.persons import PersonRecord
from propdesk.storage.staff import DepartmentRecord


def log_contact(
    draft: ContactDraft, *, by: int, now: datetime, at: datetime | None = None
) -> Contact:
    """Store a contact; `at` is when it was (None = now). One about a ticket is about its house.

    Raises DraftError with a sentence for each field that is not right yet.
    """
    with writing():
        entry = Entry(actor(by, Right.TAKE_TICKETS), now, at)
        check_time(entry, None)
        draft = _checked(draft, entry.happened)
        record = ContactRecord.create(
            at=entry.happened,
            utc_offset=offset_minutes(now),
            entered_at=local(now),
            staff=entry.by.id,
            **_fields(draft),
        )
        return get_contact(record.id)


def amend_contact(
    contact_id: int, draft: ContactDraft, *, version: int, by: int, now: datetime
) -> Contact:
    """Correct what a contact says; one that was cleared stays cleared.

    `version` is the one that the form was filled from: a change made elsewhere meanwhile is never
    overwritten.
    """
    with writing():
        who = actor(by, Right.TAKE_TICKETS)
        record = _load(contact_id)
        check_version(record.version, version)
        if record.cleared_at is not None:
            draft = replace(draft, is_open=False)
        reasons = (record.reason,)
        after = _fields(_checked(draft, record.at, reasons))
        before = {name: record.__data__[name] for name in after}
        if any(before[name] != value for name, value in after.items()):
            for name, value in after.items():
                setattr(record, name, value)
            _store(record, "amended", before, who, now)
        return get_contact(contact_id)


def clear_contact(
    contact_id: int, *, result: str = "", by: int, now: datetime, at: datetime | None = None
) -> Contact:
    """Note that what was to be done about a contact is done (消项), and what came of it."""
    with writing():
        entry = Entry(actor(by, Right.CLOSE), now, at)
        record = _load(contact_id)
        check_time(entry, record.at)
        if not record.is_open:
            raise RuleError(
                "contact-not-open",
                _("Nothing is left to do about this contact; it need not be cleared."),
            )
        clean = clean_text(result) or record.result
        refuse(check_text("result", clean, _("Write down what came of it.")))
        before = {"result": record.result, "is_open": record.is_open}
        record.result, record.is_open = clean, False
        record.cleared_at, record.cleared_staff_id = entry.happened, entry.by.id
        _store(record, "cleared", before, entry.by, now)
        return get_contact(contact_id)


def void_contact(contact_id: int, *, reason: str, by: int, now: datetime) -> Contact:
    """Void a contact that should not be; its line stays, with the reason."""
    with writing():
        who = actor(by, Right.VOID)
        record = _load(contact_id)
        clean = clean_text(reason)
        refuse(check_text("reason", clean, _("Say why it is voided; the line stays.")))
        before = {"is_open": record.is_open}
        record.is_open, record.voided_at, record.void_reason = False, local(now), clean
        _store(record, "voided", before, who, now)
        return get_contact(contact_id)


def _load(contact_id: int) -> ContactRecord:
    """Return a contact that may still be changed, or refuse."""
    record = ContactRecord.get_or_none(ContactRecord.id == contact_id)
    if record is None:
        raise RuleError("contact-unknown", _("This contact does not exist."))
    if record.voided_at is not None:
        raise RuleError(
            "contact-voided", _("This contact was voided. Log the talk once more instead.")
        )
    return record


def _store(
    record: ContactRecord, kind: str, before: dict[str, Any], who: Staff, now: datetime
) -> None:
    """Save a changed contact with what it said before."""
    record.version += 1
    record.save()
    said = {name: "" if value is None else str(value) for name, value in before.items()}
    ContactChangeRecord.create(
        contact=record.id, at=local(now), staff=who.id, kind=kind, before=said
    )


def _checked(draft: ContactDraft, at: datetime, more_reasons: tuple[str, ...] = ()) -> ContactDraft:
    """Return a draft as it is stored; `more_reasons` may stay though the list has them no more."""
    draft = replace(
        draft,
        text=clean_text(draft.text),
        name=clean_line(draft.name),
        phone=clean_line(draft.phone),
        wish=clean_text(draft.wish),
        opinion=clean_text(draft.opinion),
        result=clean_text(draft.result),
    )
    reasons = (*load_settings("contact_reasons").contact_reasons, *more_reasons)
    refuse(check_contact(draft, reasons, at))
    if draft.ticket_id is not None:
        ticket = load_ticket(draft.ticket_id)
        draft = replace(draft, unit_id=draft.unit_id or ticket.unit_id)
    if draft.unit_id is not None:
        get_unit(draft.unit_id)
    if draft.person_id is not None and PersonRecord.get_or_none(id=draft.person_id) is None:
        # The person is gone with an import; the name still stands.
        draft = replace(draft, person_id=None)
    if draft.department_id is not None and not DepartmentRecord.get_or_none(id=draft.department_id):
        words = _("This department is gone. Choose another one.")
        raise DraftError((Problem("department_id", words),))
    return draft


def _fields(draft: ContactDraft) -> dict[str, Any]:
    """Return the columns of a contact that its draft says."""
    return {
        "unit": draft.unit_id,
        "person": draft.person_id,
        "name": draft.name,
        "phone": draft.phone,
        "counterparty": draft.counterparty.value,
        "way": draft.way.value,
        "stage": draft.stage.value,
        "type": draft.type.value,
        "reason": draft.reason,
        "text": draft.text,
        "wish": draft.wish,
        "opinion": draft.opinion,
        "department": draft.department_id,
        "due_on": draft.due_on,
        "result": draft.result,
        "is_open": is_to_clear(draft),
        "ticket": draft.ticket_id,
    }

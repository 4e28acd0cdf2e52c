"""Erase a person, or seal him until the law lets him be erased (PIPL 47; law.md 1.7, 1.8)."""

from datetime import datetime

from propdesk.domain.erasure import Erasure, check_reason, cleaned, refuse_kept, refuse_stopped
from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line
from propdesk.domain.vehicles import plate_doubt
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.erasing import erase_persons
from propdesk.services.parts.erasing_fees import acts_about, blank_letters, plans_about
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.search_keys import person_keys, phone_keys
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.erasures import get_erasure, persons_of, plan_erasure
from propdesk.storage.attachment_files import StoredName, discard
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.database import rows
from propdesk.storage.erasing import empty_log, journal_writable
from propdesk.storage.erasure_ledger import add_erased
from propdesk.storage.opening import OpenOffice
from propdesk.storage.persons import PersonRecord
from propdesk.storage.privacy import DataRequestRecord, ErasureRecord
from propdesk.storage.search import add_keys, drop_keys


def erase_person(
    office: OpenOffice,
    person_id: int,
    reason: str,
    *,
    by: int,
    now: datetime,
    request_id: int | None = None,
) -> Erasure:
    """Take a person out of every record, for ever; what happened stays, without him.

    Raises RuleError for what must be settled first, and for what the law still keeps (seal him
    then); DraftError without a reason. Exports and backups hold copies that this does not reach:
    the plan tells how many, and until when.
    """
    with writing():
        staff = actor(by, Right.ERASE)
        reason = clean_line(reason)
        refuse(check_reason(reason))
        today = local(now).date()
        on_request = _is_request(request_id, person_id)
        plan = plan_erasure(person_id, today=today, on_request=on_request)
        refuse_stopped(plan)
        refuse_kept(plan)
        ids = persons_of(person_id)
        words = _words(ids)
        files = _own_files(ids)
        with journal_writable():
            files += blank_letters(office.attachments, ids)
        erase_persons(ids, words, today)
        PersonRecord.update(erased_at=local(now), sealed_at=None).where(
            PersonRecord.id.in_(ids)
        ).execute()
        record = ErasureRecord.create(
            person=person_id,
            kind="erased",
            at=local(now),
            staff=staff.id,
            reason=cleaned(reason, words),
            request=request_id,
            counts={part.value: count for part, count in plan.counts.items()},
        )
    for name in files:
        discard(office.attachments, name)
    empty_log()
    # A backup of before holds him still: whoever brings it back is told to erase him again.
    uid = rows("SELECT uid FROM office")[0][0]
    add_erased(office.backups, uid, dict.fromkeys(ids, local(now)))
    return get_erasure(record.id)


def seal_person(
    person_id: int, reason: str, *, by: int, now: datetime, request_id: int | None = None
) -> Erasure:
    """Keep a person's data and use it for nothing: no search, no list, no export finds him."""
    with writing():
        staff = actor(by, Right.ERASE)
        reason = clean_line(reason)
        refuse(check_reason(reason))
        plan = plan_erasure(person_id, today=local(now).date())
        refuse_stopped(plan)
        if plan.is_sealed:
            raise RuleError("person-sealed-already", _("This person is sealed already."))
        ids = persons_of(person_id)
        drop_keys("person", ids)
        drop_keys("phone", [row[0] for row in _phones(ids)])
        PersonRecord.update(sealed_at=local(now)).where(PersonRecord.id.in_(ids)).execute()
        return _logged(person_id, "sealed", staff.id, reason, now, request_id)


def unseal_person(person_id: int, reason: str, *, by: int, now: datetime) -> Erasure:
    """Use a sealed person's data again, as he came back or a court asks for it."""
    with writing():
        staff = actor(by, Right.ERASE)
        reason = clean_line(reason)
        refuse(check_reason(reason))
        person = PersonRecord.get_or_none(id=person_id)
        if person is None or person.sealed_at is None:
            raise RuleError("person-not-sealed", _("This person is not sealed."))
        ids = persons_of(person_id)
        PersonRecord.update(sealed_at=None).where(PersonRecord.id.in_(ids)).execute()
        add_keys("person", person_id, person_keys(person.name, person.salutation))
        for phone_id, digits in _phones((person_id,)):
            add_keys("phone", phone_id, phone_keys(digits))
        return _logged(person_id, "unsealed", staff.id, reason, now, None)


def _logged(
    person_id: int, kind: str, by: int, reason: str, now: datetime, request_id: int | None
) -> Erasure:
    record = ErasureRecord.create(
        person=person_id,
        kind=kind,
        at=local(now),
        staff=by,
        reason=reason,
        request=request_id,
        counts={},
    )
    return get_erasure(record.id)


def _is_request(request_id: int | None, person_id: int) -> bool:
    """Tell whether the person asked for it; a request of somebody else is refused."""
    if request_id is None:
        return False
    request = DataRequestRecord.get_or_none(id=request_id)
    if request is None or request.person_id != person_id:
        raise RuleError("request-unknown", _("This person made no such request."))
    return request.kind == "delete"


def _phones(ids: tuple[int, ...]) -> list[tuple[int, str]]:
    marks = ", ".join("?" * len(ids))
    found = rows(f"SELECT id, digits FROM phone WHERE person_id IN ({marks})", *ids)  # noqa: S608
    return [(row[0], row[1]) for row in found]


def _words(ids: tuple[int, ...]) -> tuple[str, ...]:
    """Return what names him: name, phones as typed and as digits, plates; the longest first."""
    marks = ", ".join("?" * len(ids))
    found = [
        *rows(f"SELECT name FROM person WHERE id IN ({marks})", *ids),  # noqa: S608
        *rows(f"SELECT phone FROM phone WHERE person_id IN ({marks})", *ids),  # noqa: S608
        *rows(f"SELECT digits FROM phone WHERE person_id IN ({marks})", *ids),  # noqa: S608
        *rows(
            f"SELECT reporter_phone FROM ticket WHERE reporter_id IN ({marks})",  # noqa: S608
            *ids,
        ),
    ]
    plates = rows(f"SELECT plate FROM vehicle WHERE person_id IN ({marks})", *ids)  # noqa: S608
    for (plate,) in plates:
        if not plate_doubt(plate, None):  # a number of another kind may stand in any text
            plain = plate.replace("·", "")
            found += [(plain,), (f"{plain[:2]}·{plain[2:]}",)]
    words = {word for (word,) in found if word and len(word) > 1}
    return tuple(sorted(words, key=len, reverse=True))


def _own_files(ids: tuple[int, ...]) -> tuple[StoredName, ...]:
    """Take away the files that are his own or prove what was done about his bills.

    Returns those that nothing else uses.
    """
    own = (
        AttachmentRecord.person.in_(ids)
        | AttachmentRecord.act.in_(acts_about(ids))
        | AttachmentRecord.plan.in_(plans_about(ids))
    )
    named = {
        StoredName(record.sha256, record.suffix) for record in AttachmentRecord.select().where(own)
    }
    AttachmentRecord.delete().where(own).execute()
    used = {row[0] for row in rows("SELECT DISTINCT sha256 FROM attachment")}
    return tuple(name for name in named if name.sha256 not in used)

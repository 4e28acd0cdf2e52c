"""Note a consent, and withdraw it: what stood on it is deleted at once (PIPL 14-16)."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from propdesk.domain.consents import Consent, ConsentDraft, check_consent
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.details import drop_consented
from propdesk.services.parts.known_persons import known_person
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.consents import find_consent, get_consent
from propdesk.storage.privacy import ConsentRecord


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A withdrawn consent, and the codes of the fields that were deleted with it."""

    consent: Consent
    deleted: tuple[str, ...]


def give_consent(person_id: int, draft: ConsentDraft, *, by: int, now: datetime) -> Consent:
    """Note that a person agreed, or the guardian `given_by`.

    Raises DraftError for a scope that the catalogue does not have and a child without a guardian,
    and RuleError where the person agreed to it already.
    """
    with writing():
        staff = actor(by, Right.EDIT_RESIDENTS)
        known_person(person_id)
        clean = replace(draft, given_by=clean_line(draft.given_by), note=clean_text(draft.note))
        problems = check_consent(clean, local(now).date())
        if problems:
            raise DraftError(problems)
        if find_consent(person_id, clean.scope) is not None:
            raise RuleError(
                "consent-given",
                _("This consent is noted already; withdraw it before you note a new one."),
            )
        record = ConsentRecord.create(
            person=person_id,
            scope=clean.scope,
            given_on=clean.given_on,
            way=clean.way.value,
            given_by=clean.given_by,
            note=clean.note,
            entered_at=local(now),
            staff=staff.id,
        )
        return get_consent(record.id)


def withdraw_consent(consent_id: int, *, on: date, by: int, now: datetime) -> Withdrawal:
    """Note that a person withdrew a consent; the fields that stood on it are deleted."""
    with writing():
        staff = actor(by, Right.EDIT_RESIDENTS)
        consent = get_consent(consent_id)
        if not consent.holds:
            raise RuleError("consent-withdrawn", _("This consent was withdrawn already."))
        if not consent.given_on <= on <= local(now).date():
            words = _("The day lies between the consent and today.")
            raise DraftError((Problem("withdrawn_on", words),))
        # One who was two once may have said the same twice: one withdrawal stops all.
        held = ConsentRecord.select().where(
            ConsentRecord.person == consent.person_id,
            ConsentRecord.scope == consent.scope,
            ConsentRecord.withdrawn_on.is_null(),
        )
        deleted: tuple[str, ...] = ()
        for record in held:
            deleted += drop_consented(record.id)
            record.withdrawn_on, record.withdrawn_staff_id = on, staff.id
            record.save()
        return Withdrawal(get_consent(consent_id), deleted)

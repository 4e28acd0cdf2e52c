"""The consent of a guardian, on which a child under 14 is kept by name (PIPL 28, 31)."""

from datetime import datetime

from propdesk.domain.consents import MINOR_SCOPE, ConsentDraft, check_consent
from propdesk.domain.errors import DraftError, Problem
from propdesk.domain.persons import PersonDraft
from propdesk.services.parts.writing import local
from propdesk.storage.privacy import ConsentRecord


def note_guardian(person_id: int, draft: PersonDraft, staff_id: int, now: datetime) -> None:
    """Write the consent that a checked draft names, once; the caller holds the transaction."""
    guardian = draft.guardian
    if not draft.is_child or guardian is None:
        return
    holds = ConsentRecord.select().where(
        ConsentRecord.person == person_id,
        ConsentRecord.scope == MINOR_SCOPE,
        ConsentRecord.withdrawn_on.is_null(),
    )
    if holds.exists():
        return
    consent = ConsentDraft(MINOR_SCOPE, guardian.way, guardian.given_on, guardian.name)
    problems = check_consent(consent, local(now).date())
    if problems:
        raise DraftError(tuple(Problem("guardian", problem.text) for problem in problems))
    ConsentRecord.create(
        person=person_id,
        scope=MINOR_SCOPE,
        given_on=guardian.given_on,
        way=guardian.way.value,
        given_by=guardian.name,
        entered_at=local(now),
        staff=staff_id,
    )

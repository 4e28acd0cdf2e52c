"""The register of consents: of a person, or the last ones of all (PIPL 14)."""

from datetime import date
from typing import Any

from propdesk.domain.consents import Consent, ConsentWay
from propdesk.domain.errors import RuleError
from propdesk.i18n import _
from propdesk.storage.database import rows

_CONSENTS = (
    "SELECT c.id, c.person_id, p.name, c.scope, c.way, c.given_on, c.given_by, c.note, s.name, "
    "c.withdrawn_on FROM consent c JOIN person p ON p.id = c.person_id "
    "JOIN staff s ON s.id = c.staff_id "
)


def list_consents(person_id: int | None = None, *, limit: int = 500) -> tuple[Consent, ...]:
    """Return the consents of a person, or of all; those that hold come first, newest first."""
    found = rows(
        _CONSENTS + "WHERE ? IS NULL OR c.person_id = ? "
        "ORDER BY c.withdrawn_on IS NOT NULL, c.given_on DESC, c.id DESC LIMIT ?",
        person_id,
        person_id,
        limit,
    )
    return tuple(map(_consent, found))


def get_consent(consent_id: int) -> Consent:
    """Return a consent, or refuse when there is none with this id."""
    found = rows(_CONSENTS + "WHERE c.id = ?", consent_id)
    if not found:
        raise RuleError("consent-unknown", _("This consent is not in the register."))
    return _consent(found[0])


def find_consent(person_id: int, scope: str) -> Consent | None:
    """Return the consent of a person to a scope that holds, None where there is none."""
    found = rows(
        _CONSENTS + "WHERE c.person_id = ? AND c.scope = ? AND c.withdrawn_on IS NULL "
        "ORDER BY c.id LIMIT 1",
        person_id,
        scope,
    )
    return _consent(found[0]) if found else None


def _consent(row: tuple[Any, ...]) -> Consent:
    return Consent(
        id=row[0],
        person_id=row[1],
        person=row[2],
        scope=row[3],
        way=ConsentWay(row[4]),
        given_on=date.fromisoformat(row[5]),
        given_by=row[6],
        note=row[7],
        by=row[8],
        withdrawn_on=date.fromisoformat(row[9]) if row[9] else None,
    )

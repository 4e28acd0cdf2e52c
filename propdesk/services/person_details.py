"""Write what the office keeps of a person beyond name and phone (R80; PIPL 6, 28, 29)."""

from collections.abc import Mapping
from datetime import datetime

from propdesk.domain.errors import DraftError, Problem
from propdesk.domain.field_catalogue import DataField, optional_field
from propdesk.domain.person_details import Detail, check_value, clean_value
from propdesk.domain.staff import Right
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.known_persons import known_person
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.consents import find_consent
from propdesk.services.queries.person_details import list_details
from propdesk.storage.privacy import PersonDetailRecord


def set_details(
    person_id: int, values: Mapping[str, str], *, by: int, now: datetime
) -> tuple[Detail, ...]:
    """Store values by their fields' codes, an empty one deletes; return what is kept then.

    Raises DraftError, a problem for each field: one that the office did not switch on, a value that
    is none of its kind, and one whose consent is missing.
    """
    with writing():
        staff = actor(by, Right.EDIT_RESIDENTS)
        known_person(person_id)
        kept = frozenset(load_settings("kept_fields").kept_fields)
        fields = {code: optional_field(code) for code in values}
        clean = {code: clean_value(fields[code], typed) for code, typed in values.items()}
        consents = {code: _consent(person_id, field) for code, field in fields.items()}
        problems: list[Problem] = []
        for code, field in fields.items():
            if clean[code]:
                problems += _problems(
                    field, clean[code], now, is_kept=code in kept, is_open=consents[code] != 0
                )
        if problems:
            raise DraftError(tuple(problems))
        for code, value in clean.items():
            same = (PersonDetailRecord.person == person_id) & (PersonDetailRecord.field == code)
            PersonDetailRecord.delete().where(same).execute()
            if value:
                PersonDetailRecord.create(
                    person=person_id,
                    field=code,
                    value=value,
                    set_at=local(now),
                    staff=staff.id,
                    consent=consents[code],
                )
        return list_details(person_id)


def _consent(person_id: int, field: DataField) -> int | None:
    """Return the consent that a value would stand on: None where it needs none, 0 for none."""
    if not field.scope:
        return None
    consent = find_consent(person_id, field.scope)
    return 0 if consent is None else consent.id


def _problems(
    field: DataField, value: str, now: datetime, *, is_kept: bool, is_open: bool
) -> tuple[Problem, ...]:
    if not is_kept:
        words = _("The office does not keep {field}; switch it on in the settings first.")
        return (Problem(field.code, words.format(field=field.label)),)
    problems = check_value(field, value, local(now).date())
    if problems or is_open:
        return problems
    words = _("{field} needs the person's consent; note it first.").format(field=field.label)
    return (Problem(field.code, words),)

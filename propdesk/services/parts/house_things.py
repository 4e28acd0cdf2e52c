"""What is asked of everything that a house has: whose it is, until when, changed by one desk."""

from datetime import date

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.i18n import _
from propdesk.storage.persons import PersonRecord


def check_person(person_id: int | None) -> None:
    """Refuse somebody who is not in the register, or no longer."""
    if person_id is None:
        return
    person = PersonRecord.get_or_none(id=person_id)
    if person is None or person.erased_at is not None:
        raise RuleError("person-unknown", _("This person is not in the register."))


def check_version(present: int, version: int) -> None:
    """Refuse to overwrite what another desk changed since the form was filled."""
    if present != version:
        raise RuleError(
            "changed-meanwhile",
            _("Somebody changed this record meanwhile. Open it again and repeat your change."),
        )


def check_ending(from_on: date | None, to_on: date) -> None:
    """Refuse a last day before the first one."""
    if from_on is not None and to_on < from_on:
        raise DraftError((Problem("to_on", _("The last day lies before the first.")),))

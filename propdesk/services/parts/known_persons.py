"""The person that somebody acts on: there, and neither erased nor sealed nor one with another."""

from propdesk.domain.errors import RuleError
from propdesk.i18n import _
from propdesk.storage.persons import PersonRecord


def known_person(person_id: int) -> PersonRecord:
    """Return a person whom the office may work with, or refuse."""
    person = PersonRecord.get_or_none(id=person_id)
    if person is None or person.merged_into_id is not None:
        raise RuleError("person-unknown", _("This person is not in the register."))
    if person.erased_at is not None or person.sealed_at is not None:
        raise RuleError(
            "person-sealed",
            _("This person's data is erased or sealed; nothing of it is used any more."),
        )
    return person

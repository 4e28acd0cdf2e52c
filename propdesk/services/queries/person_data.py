"""Everything that the program keeps of one person, read in full (PIPL 44, 45; law.md 1.7).

Records of persons who were found to be the same one are his, too. Reading it in full is an act:
`services/person_data.py` notes it.
"""

from collections.abc import Mapping
from datetime import date

from propdesk.domain.errors import RuleError
from propdesk.domain.field_catalogue import FIELDS, Group
from propdesk.domain.person_data import DataSection, PersonData
from propdesk.i18n import _
from propdesk.services.queries.erasures import persons_of
from propdesk.services.queries.person_fee_records import FEE_READERS
from propdesk.services.queries.person_records import HOUSE_READERS, Asked, Reader, read_detail
from propdesk.services.queries.person_service_records import SERVICE_READERS
from propdesk.storage.database import rows

READERS: Mapping[str, Reader] = {**HOUSE_READERS, **FEE_READERS, **SERVICE_READERS}
"""How each kind of the catalogue that is always kept is read; optional ones are details."""


def get_person_data(person_id: int, *, today: date) -> PersonData:
    """Return everything that is kept of a person, in the language that is spoken now.

    Somebody who was found to be another one is read as that one. Raises RuleError where there is
    nobody, or nothing any more.
    """
    person_id, name, sealed_at = _survivor(person_id)
    ids = persons_of(person_id)
    marks = ", ".join("?" * len(ids))
    found = rows(
        f"SELECT name FROM person WHERE id IN ({marks}) UNION "
        f"SELECT phone FROM phone WHERE person_id IN ({marks}) UNION "
        f"SELECT digits FROM phone WHERE person_id IN ({marks})",
        *ids, *ids, *ids,
    )  # fmt: skip
    asked = Asked(ids, tuple(word for (word,) in found if len(word) > 1), today)
    sections = tuple(
        DataSection(
            field,
            tuple(
                read_detail(asked, field.code) if field.is_optional else READERS[field.code](asked)
            ),
        )
        for field in FIELDS
        if field.group is not Group.STAFF
    )
    return PersonData(person_id, name, sealed_at is not None, sections)


def _survivor(person_id: int) -> tuple[int, str, str | None]:
    while True:
        found = rows(
            "SELECT name, sealed_at, erased_at, merged_into_id FROM person WHERE id = ?", person_id
        )
        if not found:
            raise RuleError("person-unknown", _("This person is not in the register."))
        name, sealed_at, erased_at, merged_into = found[0]
        if erased_at is not None:
            raise RuleError("person-erased", _("This person's data is erased already."))
        if merged_into is None:
            return person_id, name, sealed_at
        person_id = merged_into

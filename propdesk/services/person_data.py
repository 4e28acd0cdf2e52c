"""Give a person what is kept of him; that it was read, printed or handed out is noted (PIPL 45)."""

from datetime import datetime

from propdesk.domain.access import AccessAct
from propdesk.domain.person_data import PersonData
from propdesk.domain.staff import Right
from propdesk.services.parts.access import note_access
from propdesk.services.parts.actors import actor
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.person_data import get_person_data

PERSON_DATA = "person-data"


def read_person_data(person_id: int, *, by: int, now: datetime, purpose: str = "") -> PersonData:
    """Return everything that is kept of a person, as a copy to hand out."""
    with writing():
        staff = actor(by, Right.REVEAL)
        found = get_person_data(person_id, today=local(now).date())
        note_access(
            AccessAct.EXPORTED,
            staff.id,
            now,
            person_id=found.person_id,
            what=PERSON_DATA,
            purpose=purpose,
        )
        return found


def note_person_data(
    person_id: int, act: AccessAct, *, by: int, now: datetime, purpose: str = ""
) -> None:
    """Note that somebody opened or printed all that is kept of a person."""
    with writing():
        staff = actor(by, Right.REVEAL)
        found = get_person_data(person_id, today=local(now).date())
        note_access(
            act, staff.id, now, person_id=found.person_id, what=PERSON_DATA, purpose=purpose
        )

"""Note that somebody looked at, printed or gave away what is somebody's (law.md 1.7; PIPL 51).

Called inside the transaction of the command that does it: what was not noted did not happen.
"""

from collections.abc import Mapping
from datetime import datetime

from propdesk.domain.access import ONCE_A_MINUTE, AccessAct
from propdesk.domain.texts import LONGEST_LINE, clean_line, elide
from propdesk.services.parts.writing import local
from propdesk.storage.privacy import AccessLineRecord


def note_access(
    act: AccessAct,
    staff_id: int,
    now: datetime,
    unit_id: int | None = None,
    person_id: int | None = None,
    what: str = "",
    purpose: str = "",
) -> None:
    """Write the line of one look at a house or a person.

    `what` is a code or a number and never the value itself: a field of the catalogue, a paper, a
    file's name. Opening and revealing the same thing twice within a minute is one line.
    """
    at = local(now)
    values = {
        "staff": staff_id,
        "act": act.value,
        "unit": unit_id,
        "person": person_id,
        "what": what,
    }
    if act in ONCE_A_MINUTE and _has_line(values, at):
        return
    AccessLineRecord.create(**values, at=at, purpose=elide(clean_line(purpose), LONGEST_LINE))


def _has_line(values: Mapping[str, object], at: datetime) -> bool:
    minute = at.replace(second=0)
    conditions = [
        field.is_null() if value is None else field == value
        for name, value in values.items()
        for field in (getattr(AccessLineRecord, name),)
    ]
    return (
        AccessLineRecord.select()
        .where(
            AccessLineRecord.at >= minute, AccessLineRecord.at <= at.replace(second=59), *conditions
        )
        .exists()
    )

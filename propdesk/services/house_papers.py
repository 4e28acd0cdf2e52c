"""Note who read a house's file and which papers of it were printed (R85; law.md 1.7)."""

from collections.abc import Sequence
from datetime import datetime

from propdesk.domain.access import AccessAct
from propdesk.domain.house_papers import HousePaper
from propdesk.domain.staff import Right
from propdesk.services.parts.access import note_access
from propdesk.services.parts.actors import actor, member
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.units import get_unit
from propdesk.storage.privacy import AccessLineRecord


def note_house_paper(
    unit_ids: Sequence[int], paper: HousePaper, *, by: int, now: datetime, purpose: str = ""
) -> None:
    """Note that a paper of houses was printed: a line for each of them."""
    with writing():
        staff = actor(by, Right.TAKE_TICKETS)
        for unit_id in unit_ids:
            note_access(
                AccessAct.PRINTED, staff.id, now, get_unit(unit_id).id,
                what=paper.value, purpose=purpose,
            )  # fmt: skip


def note_opened(unit_id: int, *, by: int, now: datetime) -> bool:
    """Note that somebody read the file of a house; tell whether it is his first time today.

    One line a staff member, house and day: more would bury what is worth looking at.
    """
    with writing():
        staff = member(by)  # whoever reads is noted, whatever he may do
        unit = get_unit(unit_id)
        at = local(now)
        midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
        has_line = (
            AccessLineRecord.select()
            .where(
                AccessLineRecord.unit == unit.id,
                AccessLineRecord.at >= midnight,
                AccessLineRecord.at <= at,
                AccessLineRecord.staff == staff.id,
                AccessLineRecord.act == AccessAct.OPENED.value,
            )
            .exists()
        )
        if not has_line:
            note_access(AccessAct.OPENED, staff.id, now, unit.id, what=HousePaper.HOUSE_FILE.value)
        return not has_line

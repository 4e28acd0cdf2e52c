"""Who acts: the staff member behind a command, and whether the role allows it."""

from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Right, Role, Staff, check_right
from propdesk.i18n import _
from propdesk.storage.staff import StaffRecord


def to_staff(record: StaffRecord) -> Staff:
    """Return a staff row as a plain value."""
    return Staff(
        id=record.id,
        code=record.code,
        name=record.name,
        department_id=record.department_id,
        department=record.department.name if record.department else "",
        role=Role(record.role),
        active=record.active,
    )


def member(staff_id: int) -> StaffRecord:
    """Return a staff member who works here, or refuse: nobody who has left gets work."""
    record = StaffRecord.get_or_none(StaffRecord.id == staff_id, StaffRecord.active)
    if record is None:
        raise RuleError(
            "staff-unknown", _("Who is at the desk? Choose a staff member who works here.")
        )
    return record


def actor(staff_id: int, right: Right) -> Staff:
    """Return the acting staff member, or refuse when he has left or may not do this (F54)."""
    staff = to_staff(member(staff_id))
    check_right(staff, right)
    return staff

"""Who acts: the staff member behind a command, and whether the role allows it."""

from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Right, Role, Staff, check_right
from propdesk.i18n import _
from propdesk.storage.database import rows
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
        raise _unknown()
    return record


def actor(staff_id: int, right: Right) -> Staff:
    """Return the acting staff member, or refuse when he has left or may not do this (F54)."""
    # Asked by each command: in plain words it takes a tenth of the time.
    found = rows(
        "SELECT s.id, s.code, s.name, s.department_id, coalesce(d.name, ''), s.role FROM staff s "
        "LEFT JOIN department d ON d.id = s.department_id WHERE s.id = ? AND s.active = 1",
        staff_id,
    )
    if not found:
        raise _unknown()
    id_, code, name, department_id, department, role = found[0]
    staff = Staff(id_, code, name, department_id, department, Role(role))
    check_right(staff, right)
    return staff


def _unknown() -> RuleError:
    return RuleError(
        "staff-unknown", _("Who is at the desk? Choose a staff member who works here.")
    )

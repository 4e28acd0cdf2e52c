"""Add and change the people who work in the office."""

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.fields import check_line
from propdesk.domain.staff import Right, Role, Staff
from propdesk.domain.texts import clean_line
from propdesk.i18n import _
from propdesk.services.parts.actors import actor, to_staff
from propdesk.services.parts.writing import writing
from propdesk.storage.database import rows
from propdesk.storage.staff import StaffRecord


def add_staff(
    name: str,
    *,
    by: int,
    department_id: int | None = None,
    role: Role = Role.WORKER,
    code: str = "",
) -> Staff:
    """Add a staff member; without a code the next free number is taken."""
    with writing():
        actor(by, Right.MANAGE_OFFICE)
        name, code = _checked(name, code, None)
        record = StaffRecord.create(
            code=code, name=name, department=department_id, role=role.value, active=True
        )
        return to_staff(record)


def change_staff(staff: Staff, *, by: int) -> Staff:
    """Store a staff member's changed name, code, department, role or leaving."""
    with writing():
        actor(by, Right.MANAGE_OFFICE)
        record = StaffRecord.get_by_id(staff.id)
        record.name, record.code = _checked(staff.name, staff.code, staff.id)
        record.department_id = staff.department_id
        record.role, record.active = staff.role.value, staff.active
        others = StaffRecord.select().where(StaffRecord.active, StaffRecord.id != staff.id)
        if not staff.active and not others.exists():
            raise RuleError("staff-last", _("Somebody must stay: this is the last staff member."))
        record.save()
        return to_staff(record)


def _checked(name: str, code: str, staff_id: int | None) -> tuple[str, str]:
    name, code = clean_line(name), clean_line(code) or _next_code()
    problems = (
        *check_line("name", name, _("Write the staff member's name.")),
        *check_line("code", code),
    )
    if problems:
        raise DraftError(problems)
    same = StaffRecord.select().where(
        ((StaffRecord.name == name) | (StaffRecord.code == code)) & (StaffRecord.id != staff_id)
        if staff_id is not None
        else (StaffRecord.name == name) | (StaffRecord.code == code)
    )
    if same.exists():
        raise RuleError(
            "staff-exists",
            _("There is already a staff member «{name}» or code {code}.").format(
                name=name, code=code
            ),
        )
    return name, code


def _next_code() -> str:
    highest = rows("SELECT coalesce(max(CAST(code AS INTEGER)), 0) FROM staff")[0][0]
    return f"{int(highest) + 1:02d}"

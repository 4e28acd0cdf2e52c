"""Who may see fees and take money: the role decides, and guards never do (law.md 1.6).

Guards may not take part in collecting debts (保安服务管理条例 26, 30): staff of the department of
order are refused whatever their role, in every command about fees.
"""

from propdesk.domain.errors import RuleError
from propdesk.domain.separation import OVERSEES
from propdesk.domain.staff import RIGHTS, Right, Role, Staff
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.storage.database import rows

GUARDS = "security"


def fee_actor(staff_id: int, right: Right) -> Staff:
    """Return the acting staff member, or refuse: his role, or that he is a guard (law.md 1.6)."""
    staff = actor(staff_id, right)
    if is_guard(staff):
        raise RuleError(
            "guards-no-fees",
            _(
                "{name} is a guard: guards see no fees and collect none (Regulations on security "
                "services 26, 30). Ask a colleague of another department."
            ).format(name=staff.name),
        )
    return staff


def sees_fees(staff: Staff) -> bool:
    """Tell whether somebody may see what a house owes and pays."""
    return Right.SEE_FEES in RIGHTS[staff.role] and not is_guard(staff)


def is_guard(staff: Staff) -> bool:
    """Tell whether somebody belongs to the department of order."""
    if staff.department_id is None:
        return False
    found = rows("SELECT 1 FROM department WHERE id = ? AND code = ?", staff.department_id, GUARDS)
    return bool(found)


def list_overseers() -> tuple[int, ...]:
    """Return the ids of all who work here and can void a receipt that somebody else wrote."""
    holders = list_holders(Right.TAKE_MONEY)
    roles = [role.value for role in OVERSEES]
    found = rows("SELECT id, role FROM staff WHERE active = 1")
    return tuple(staff_id for staff_id, role in found if role in roles and staff_id in holders)


def list_holders(right: Right) -> tuple[int, ...]:
    """Return the ids of all who work here and have a right in matters of fees."""
    found = rows(
        "SELECT s.id, s.role FROM staff s LEFT JOIN department d ON d.id = s.department_id "
        "WHERE s.active = 1 AND coalesce(d.code, '') <> ? ORDER BY s.id",
        GUARDS,
    )
    return tuple(staff_id for staff_id, role in found if right in RIGHTS[Role(role)])

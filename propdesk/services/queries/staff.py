"""Who works in the office, and in which departments."""

from difflib import get_close_matches

from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Department, Role, Staff
from propdesk.domain.texts import fold
from propdesk.i18n import _
from propdesk.storage.database import rows


def list_staff(*, everybody: bool = False) -> tuple[Staff, ...]:
    """Return the staff in the order of their codes; `everybody` with those who have left."""
    found = rows(
        "SELECT s.id, s.code, s.name, s.department_id, coalesce(d.name, ''), s.role, s.active "
        "FROM staff s LEFT JOIN department d ON d.id = s.department_id "
        "WHERE s.active OR ? ORDER BY s.code",
        everybody,
    )
    return tuple(
        Staff(row[0], row[1], row[2], row[3], row[4], Role(row[5]), bool(row[6])) for row in found
    )


def list_departments() -> tuple[Department, ...]:
    """Return the departments in the office's order."""
    found = rows("SELECT id, code, name FROM department ORDER BY position, id")
    return tuple(Department(*row) for row in found)


def find_staff(text: str) -> Staff:
    """Return the staff member with this name or code, or refuse with the nearest names."""
    staff = list_staff()
    wanted = fold(text)
    for member in staff:
        if wanted in {fold(member.name), fold(member.code)}:
            return member
    raise RuleError(
        "staff-unknown",
        _("No staff member is called «{name}». {nearest}").format(
            name=text[:40], nearest=nearest_names(text, [member.name for member in staff])
        ),
    )


def find_department(text: str) -> Department:
    """Return the department with this name or code, or refuse with all names."""
    departments = list_departments()
    for department in departments:
        if fold(text) in {fold(department.name), department.code}:
            return department
    raise RuleError(
        "department-unknown",
        _("There is no department «{name}»; there are {known}.").format(
            name=text[:40], known=", ".join(department.name for department in departments)
        ),
    )


def nearest_names(text: str, names: list[str]) -> str:
    """Return a sentence naming what lies nearest to a name that is not there."""
    near = get_close_matches(text, names, n=3, cutoff=0.4) or names[:3]
    if not near:
        return _("There are none yet.")
    return _("Nearest: {names}.").format(names=", ".join(near))


def first_desk() -> Staff:
    """Return who sits at the desk where nobody is named: the first front-desk member."""
    staff = list_staff()
    for member in staff:
        if member.role is Role.FRONT_DESK:
            return member
    if not staff:
        raise RuleError(
            "staff-unknown", _("Who is at the desk? Choose a staff member who works here.")
        )
    return staff[0]

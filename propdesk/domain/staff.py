"""Who sits at the desk, and what each role may do (decision 24; reliability.md 2.6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from propdesk.domain.errors import RuleError
from propdesk.i18n import LazyText, _, _lazy


class Role(StrEnum):
    """The part that a staff member plays in the office."""

    FRONT_DESK = "front-desk"
    WORKER = "worker"
    CASHIER = "cashier"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"


ROLE_LABELS: Mapping[Role, LazyText] = {
    Role.FRONT_DESK: _lazy("Front desk"),
    Role.WORKER: _lazy("Worker"),
    Role.CASHIER: _lazy("Cashier"),
    Role.SUPERVISOR: _lazy("Supervisor"),
    Role.MANAGER: _lazy("Manager"),
}


class Right(StrEnum):
    """What a command needs; checked in services, never in buttons (F54)."""

    TAKE_TICKETS = "take-tickets"
    DISPATCH = "dispatch"
    DO_WORK = "do-work"
    CLOSE = "close"
    VOID = "void"
    WRITE_NOTICES = "write-notices"
    ATTACH = "attach"
    EDIT_RESIDENTS = "edit-residents"
    IMPORT = "import"
    REPORT = "report"
    MANAGE_OFFICE = "manage-office"
    SPEAK_AS_MANAGER = "speak-as-manager"
    REVEAL = "reveal"
    EXPORT_PLAIN = "export-plain"
    ERASE = "erase"
    SEE_FEES = "see-fees"
    CHARGE = "charge"
    TAKE_MONEY = "take-money"
    DUN = "dun"
    APPROVE_LETTERS = "approve-letters"
    SET_PRICES = "set-prices"
    WAIVE = "waive"
    PLAN_ROUNDS = "plan-rounds"
    DO_ROUNDS = "do-rounds"


_DESK = frozenset(
    {Right.TAKE_TICKETS, Right.DISPATCH, Right.DO_WORK, Right.CLOSE, Right.VOID,
     Right.WRITE_NOTICES, Right.ATTACH, Right.EDIT_RESIDENTS, Right.IMPORT, Right.REPORT,
     Right.MANAGE_OFFICE, Right.REVEAL, Right.EXPORT_PLAIN, Right.ERASE, Right.SEE_FEES,
     Right.CHARGE, Right.TAKE_MONEY, Right.DUN, Right.APPROVE_LETTERS, Right.SET_PRICES,
     Right.PLAN_ROUNDS, Right.DO_ROUNDS}
)  # fmt: skip

# One person often is the whole office (单人模式): the front desk may therefore do everything
# that tickets, residents and their papers need until passwords exist.
RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.FRONT_DESK: _DESK,
    Role.SUPERVISOR: _DESK,
    Role.MANAGER: _DESK | {Right.SPEAK_AS_MANAGER, Right.WAIVE},
    Role.WORKER: frozenset({Right.DO_WORK, Right.ATTACH, Right.DO_ROUNDS}),
    Role.CASHIER: frozenset(
        {Right.TAKE_TICKETS, Right.ATTACH, Right.REPORT, Right.REVEAL, Right.SEE_FEES,
         Right.CHARGE, Right.TAKE_MONEY, Right.DUN}
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Staff:
    """A staff member: short code, name, department and role."""

    id: int
    code: str
    name: str
    department_id: int | None
    department: str
    role: Role
    active: bool = True


@dataclass(frozen=True, slots=True)
class Department:
    """A department that work is dispatched to; five are shipped (R28)."""

    id: int
    code: str
    name: str


# The office's own five departments (R28); the names are data in the office's language.
FIRST_DEPARTMENTS: tuple[tuple[str, str], ...] = (
    ("engineering", "工程部"),
    ("cleaning", "保洁部"),
    ("security", "安管部"),
    ("office", "办公室"),
    ("service", "客服部"),
)
FIRST_STAFF = "前台"


def check_right(staff: Staff, right: Right) -> None:
    """Refuse when the role of `staff` does not include `right`."""
    if right in RIGHTS[staff.role]:
        return
    raise RuleError(
        "not-allowed",
        _(
            "{name} ({role}) may not do this. Ask a colleague at the front desk or a manager."
        ).format(name=staff.name, role=ROLE_LABELS[staff.role]),
    )


def check_roles(names: Iterable[str]) -> tuple[str, ...]:
    """Return the roles that these names are, in the order of the roles; refuse any other name."""
    wanted = set(names)
    unknown = wanted - {role.value for role in Role}
    if unknown:
        raise RuleError(
            "role-unknown",
            _("«{role}» is no role; possible: {roles}.").format(
                role=min(unknown)[:40], roles=", ".join(Role)
            ),
        )
    return tuple(role.value for role in Role if role.value in wanted)

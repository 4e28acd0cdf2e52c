"""Who takes money does not void or give it back alone, where there is somebody else to ask.

reliability.md, separation of duties: a single-person office may do both; then the receipt says so.
"""

from collections.abc import Collection

from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Role
from propdesk.i18n import _

OVERSEES = (Role.CASHIER, Role.SUPERVISOR, Role.MANAGER)
"""Whom a cashier can ask to void a receipt of his own."""


def check_void_by(by: int, taken_by: int, others: Collection[int]) -> None:
    """Refuse to void one's own receipt while a second cashier, supervisor or manager works here.

    `others` are the ids of those; who is alone may, and the receipt is marked.
    """
    if by == taken_by and set(others) - {by}:
        raise RuleError(
            "void-own",
            _(
                "Who took the money does not void the receipt. Ask a second cashier, the "
                "supervisor or the manager."
            ),
        )


def check_approved(by: int, approved_by: int | None, managers: Collection[int]) -> int | None:
    """Return who approves that money goes back: a manager, wherever there is one."""
    approver = by if approved_by is None else approved_by
    if approver in managers:
        return approver
    if managers:
        raise RuleError(
            "refund-approval",
            _("Money goes back with the manager's approval only. Ask the manager, and name him."),
        )
    return None

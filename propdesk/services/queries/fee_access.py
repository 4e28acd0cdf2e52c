"""Who may see fees: asked by pages before they show anything (law.md 1.6)."""

from propdesk.domain.staff import Right, Staff
from propdesk.services.parts.fee_access import fee_actor, sees_fees


def may_see_fees(staff: Staff) -> bool:
    """Tell whether somebody may see what a house owes and pays; guards never do."""
    return sees_fees(staff)


def check_sees_fees(staff_id: int) -> None:
    """Refuse who may not see what a house owes and pays; the sentence says why."""
    fee_actor(staff_id, Right.SEE_FEES)


def check_fee_right(staff_id: int, right: Right) -> None:
    """Refuse who may not do something about fees, before a form for it is opened."""
    fee_actor(staff_id, right)

"""Who may see fees: asked by pages before they show anything (law.md 1.6)."""

from propdesk.domain.staff import Staff
from propdesk.services.parts.fee_access import sees_fees


def may_see_fees(staff: Staff) -> bool:
    """Tell whether somebody may see what a house owes and pays; guards never do."""
    return sees_fees(staff)

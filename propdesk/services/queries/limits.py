"""The limits that hold, as a table: which of them are the office's own, and who says each."""

from propdesk.domain.clock_rules import ClockRule, table_order
from propdesk.services.parts.limits import load_rules


def list_limits() -> tuple[ClockRule, ...]:
    """Return the office's limits in the order of the table."""
    return tuple(sorted(load_rules(), key=table_order))

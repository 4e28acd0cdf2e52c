"""Limits of one point that differ from its template's: another pump, another pressure (R99)."""

from propdesk.storage.database import rows

# Lower and upper limit in thousandths of the item's unit, by the item's key.
Limits = dict[str, tuple[int | None, int | None]]


def get_point_limits(point_id: int, template_id: int) -> Limits:
    """Return the limits of a point that differ from the template's, by the keys of its items."""
    return {
        key: (lower, upper)
        for key, lower, upper in rows(
            "SELECT key, lower_milli, upper_milli FROM point_limit "
            "WHERE point_id = ? AND template_id = ?",
            point_id,
            template_id,
        )
    }

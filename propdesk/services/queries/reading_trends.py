"""The readings of one item at one place over time, through every version of its template."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading as it was judged on its day, with the limits that held then."""

    at: datetime
    value_milli: int
    lower_milli: int | None
    upper_milli: int | None
    round_id: int

    @property
    def side(self) -> int:
        """Return -1 below the limits, 1 above, 0 within."""
        if self.lower_milli is not None and self.value_milli < self.lower_milli:
            return -1
        return 1 if self.upper_milli is not None and self.value_milli > self.upper_milli else 0


def list_readings(
    point_id: int, template_id: int, key: str, *, since: date | None = None, limit: int = 60
) -> Sequence[Reading]:
    """Return the latest readings that stand, in the order of their days.

    Uses the index of readings by point, item and time, once for each version of the template.
    """
    found = rows(
        "SELECT x.performed_at, x.value_milli, x.lower_milli, x.upper_milli, x.round_id "
        "FROM inspection_result x WHERE x.point_id = ? AND x.value_milli IS NOT NULL "
        "AND x.item_id IN (SELECT i.id FROM template_version v JOIN check_item i "
        " ON i.version_id = v.id WHERE v.template_id = ? AND i.key = ?) "
        "AND x.performed_at >= ? "
        "AND NOT EXISTS (SELECT 1 FROM inspection_result n WHERE n.replaces_id = x.id) "
        "ORDER BY x.performed_at DESC, x.id DESC LIMIT ?",
        point_id,
        template_id,
        key,
        since.isoformat() if since else "",
        limit,
    )
    return [
        Reading(datetime.fromisoformat(at), value, lower, upper, round_id)
        for at, value, lower, upper, round_id in reversed(found)
    ]

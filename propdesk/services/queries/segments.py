"""Segments to choose from, who belongs to which, and the one of a caller (R81)."""

from propdesk.domain.segments import Segment
from propdesk.i18n import language
from propdesk.services.parts.segment_stock import load_segments
from propdesk.storage.database import rows


def list_segments(*, hidden: bool = False) -> tuple[Segment, ...]:
    """Return the segments in the order in which they are offered."""
    return tuple(one for one in load_segments(language()) if hidden or not one.is_hidden)


def segment_named(code: str) -> Segment | None:
    """Return the segment of a person's code, a hidden one too; None for '' or an unknown one."""
    if not code:
        return None
    return next((one for one in load_segments(language()) if one.code == code), None)


def segment_of(person_id: int) -> Segment | None:
    """Return the segment that a person belongs to."""
    found = rows("SELECT segment FROM person WHERE id = ?", person_id)
    return segment_named(found[0][0]) if found else None


def count_members() -> dict[str, int]:
    """Return how many people belong to each segment."""
    return dict(
        rows(
            "SELECT segment, count(*) FROM person WHERE segment <> '' AND erased_at IS NULL "
            "AND merged_into_id IS NULL GROUP BY segment"
        )
    )

"""Which open rounds are missed, for statements: as `domain.rounds.standing_of` tells it."""

from datetime import datetime, timedelta

from propdesk.services.parts.inspection_settings import load_inspection_settings
from propdesk.storage.database import stored_time

# Of rounds `r` that are not done; its two values are those of `missed_before`. The order of the
# terms spares a look at the row where the index of the days tells enough.
IS_MISSED = "(r.due_at < ? AND (r.due_at < ? OR r.sheet_id IS NULL))"


def missed_before(now: datetime) -> tuple[str, str]:
    """Return the due times before which a round is missed: without a sheet, and with one."""
    entry_hours = load_inspection_settings().entry_hours
    return stored_time(now), stored_time(now - timedelta(hours=entry_hours))

"""Which open rounds `r` are missed, made up for or waited for: terms of statements."""

from datetime import datetime, timedelta

from propdesk.services.parts.inspection_settings import load_inspection_settings
from propdesk.storage.database import stored_time

# Of rounds that are not done, as `domain.rounds.standing_of` tells it; its two values are those of
# `missed_before`. The order of the terms spares a look at the row where the index tells enough.
IS_MISSED = "(r.due_at < ? AND (r.due_at < ? OR r.sheet_id IS NULL))"

# One that was called off makes up for nothing: the missed round is asked for again.
MAKES_UP = "u.makes_up_id = r.id AND u.state <> 'cancelled'"
IS_MADE_UP = f"EXISTS (SELECT 1 FROM inspection_round u WHERE {MAKES_UP})"  # noqa: S608

# Of a plan that counts from the last done round. A missed one stays open for ever; as soon as
# another made up for it the plan waits for the next.
IS_AWAITED = (
    "r.state IN ('planned', 'running') AND r.makes_up_id IS NULL AND r.planned_on > coalesce("
    "(SELECT date(max(d.done_at)) FROM inspection_round d "
    "WHERE d.plan_id = r.plan_id AND d.state = 'done'), '')"
)


def missed_before(now: datetime) -> tuple[str, str]:
    """Return the due times before which a round is missed: without a sheet, and with one."""
    entry_hours = load_inspection_settings().entry_hours
    return stored_time(now), stored_time(now - timedelta(hours=entry_hours))

"""Keep beside each ticket which earlier one it repeats (二次投诉, R43): a flag, linked both ways.

The same house, kind and sub-class within the office's number of days, counted from day to day as
the monthly report counts them. What is void, merged or not ours repeats nothing and is not
repeated; it is found anew in the very transaction that changes one of these.
"""

from propdesk.services.parts.settings import load_settings
from propdesk.storage.database import database

# A sub-class has a dot in its code: what is only in a class, or in none, is no same matter. Only
# rows that change are written: those of a house lie all over the file.
_REPEATS = """
UPDATE ticket SET repeat_of_id = found.earlier FROM (
    SELECT t.id, (
        SELECT e.id FROM ticket e
        WHERE e.unit_id = t.unit_id AND e.kind = t.kind
        AND e.class_code = t.class_code AND instr(e.class_code, '.') > 0
        AND e.status NOT IN ('void', 'merged', 'not-ours')
        AND t.status NOT IN ('void', 'merged', 'not-ours')
        AND (e.received_at, e.id) < (t.received_at, t.id)
        AND e.received_at >= date(t.received_at, '-' || :days || ' days')
        ORDER BY e.received_at DESC, e.id DESC LIMIT 1
    ) AS earlier FROM ticket t WHERE {houses}
) AS found WHERE ticket.id = found.id AND ticket.repeat_of_id IS NOT found.earlier
"""


def refresh_repeats(*unit_ids: int | None) -> None:
    """Store what the tickets of these houses repeat; the caller holds the transaction."""
    days = load_settings("repeat_days").repeat_days
    for unit_id in {one for one in unit_ids if one is not None}:
        database.execute_sql(
            _REPEATS.format(houses="t.unit_id = :unit"), {"days": days, "unit": unit_id}
        )


def refresh_all_repeats() -> None:
    """Store what all tickets repeat, by the office's present number of days."""
    days = load_settings("repeat_days").repeat_days
    database.execute_sql(_REPEATS.format(houses="t.unit_id IS NOT NULL"), {"days": days})

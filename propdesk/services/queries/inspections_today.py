"""What of the rounds waits today: those to be walked, sheets that did not come back, looks again.

Asked each minute: it reads stored rounds by their indexes and reckons no plan.
"""

from dataclasses import dataclass
from datetime import date, datetime

from propdesk.services.parts.missed_rounds import IS_MADE_UP, IS_MISSED, missed_before
from propdesk.services.queries.rectification_proposals import count_rechecks_due
from propdesk.storage.database import database, rows, stored_time

_OPEN = f"r.state IN ('planned', 'running') AND NOT {IS_MADE_UP}"
_LINES = (
    "WITH waiting (id) AS ("
    f"SELECT r.id FROM inspection_round r WHERE r.planned_on = :today AND {_OPEN} "
    # CROSS JOIN: the few sheets that are out lead to their rounds, not all rounds to their sheets.
    "UNION SELECT r.id FROM inspection_sheet s CROSS JOIN inspection_round r ON r.sheet_id = s.id "
    f"WHERE s.entered_at IS NULL AND s.voided_at IS NULL AND s.planned_on < :today AND {_OPEN}) "
    "SELECT coalesce(s.number, ''), p.name, "
    "coalesce(nullif(s.walker, ''), w.name, v.name, d.name, ''), r.planned_on, "
    "coalesce(min(iif(r.due_at >= :now, r.due_at, NULL)), max(r.due_at)), "
    "count(*), sum(r.due_at < :now), s.id IS NOT NULL AND max(r.due_at) < :now "
    "FROM waiting JOIN inspection_round r ON r.id = waiting.id "
    "JOIN inspection_plan p ON p.id = r.plan_id "
    "LEFT JOIN inspection_sheet s ON s.id = r.sheet_id AND s.voided_at IS NULL "
    "LEFT JOIN staff w ON w.id = p.walker_id LEFT JOIN vendor v ON v.id = p.vendor_id "
    "LEFT JOIN department d ON d.id = p.department_id "
    "GROUP BY p.id, r.planned_on, s.id "
)


@dataclass(frozen=True, slots=True)
class RoundLine:
    """The rounds of a plan and day that share a sheet: how many wait, how many were missed.

    `sheet` is empty where none was made yet; `due_at` is the end of the tolerance of the next one,
    or of the last; `is_out` tells that the time of them all is over and their sheet not entered.
    """

    sheet: str
    plan: str
    walker: str
    day: date
    due_at: datetime
    rounds: int
    missed: int
    is_out: bool


@dataclass(frozen=True, slots=True)
class WaitingRounds:
    """The first lines of what waits today, and how many there are."""

    lines: tuple[RoundLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class WaitingCounts:
    """How many rounds of all days were missed, how many notices are to be looked at again."""

    missed: int
    rechecks: int
    rechecks_late: int


def get_waiting_rounds(now: datetime, *, limit: int = 40) -> WaitingRounds:
    """Return what waits of rounds: sheets still out first, then what is due the soonest.

    A missed round that was made up for is not asked for again.
    """
    values = {"today": now.date().isoformat(), "now": stored_time(now)}
    found = database.execute_sql(
        f"{_LINES} ORDER BY 8 DESC, 5, 2 LIMIT {limit:d}", values
    ).fetchall()
    total = len(found)
    if total == limit:
        total = database.execute_sql(f"SELECT count(*) FROM ({_LINES})", values).fetchone()[0]
    lines = (
        RoundLine(
            sheet, plan, walker, date.fromisoformat(day), datetime.fromisoformat(due_at), count,
            missed, bool(is_out),
        )
        for sheet, plan, walker, day, due_at, count, missed, is_out in found
    )  # fmt: skip
    return WaitingRounds(tuple(lines), int(total))


def count_waiting(now: datetime) -> WaitingCounts:
    """Return how many rounds were missed and not made up for, and which notices are due."""
    missed = rows(
        f"SELECT count(*) FROM inspection_round r WHERE {IS_MISSED} AND {_OPEN}",
        *missed_before(now),
    )[0][0]
    return WaitingCounts(int(missed), *count_rechecks_due(now.date()))

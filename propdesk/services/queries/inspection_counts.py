"""What the page of inspections asks at each look: how many wait, and what a month found."""

from datetime import date

from propdesk.storage.database import rows

_IS_OPEN = (
    "(f.state = 'open' OR f.state = 'ticket' AND EXISTS "
    "(SELECT 1 FROM ticket t WHERE t.id = f.ticket_id AND t.status = 'void'))"
)


def count_rounds_today(today: date) -> int:
    """Return how many rounds of a day are not done yet: the figure on the tab."""
    return int(
        rows(
            "SELECT count(*) FROM inspection_round "
            "WHERE planned_on = ? AND state IN ('planned', 'running')",
            today.isoformat(),
        )[0][0]
    )


def has_plans() -> bool:
    """Tell whether the office has a plan of rounds."""
    return bool(rows("SELECT 1 FROM inspection_plan WHERE ended_at IS NULL LIMIT 1"))


def find_walker(plan_id: int) -> str:
    """Return who walked the plan's round that was done last, empty before the first."""
    found = rows(
        "SELECT walker FROM inspection_round WHERE plan_id = ? AND done_at IS NOT NULL "
        "AND walker <> '' ORDER BY done_at DESC LIMIT 1",
        plan_id,
    )
    return str(found[0][0]) if found else ""


def find_weather(day: date) -> str:
    """Return the weather that a sheet of the day says already, empty where none does."""
    found = rows(
        "SELECT s.weather FROM inspection_round r JOIN inspection_sheet s ON s.id = r.sheet_id "
        "WHERE r.planned_on = ? AND s.weather <> '' ORDER BY s.id DESC LIMIT 1",
        day.isoformat(),
    )
    return str(found[0][0]) if found else ""


def count_open_findings() -> int:
    """Return how many findings nobody takes care of yet."""
    return int(rows(f"SELECT count(*) FROM finding f WHERE {_IS_OPEN}")[0][0])


def count_month_findings(from_on: date, until_on: date) -> tuple[int, int]:
    """Return how many findings some days have, both included, and for how many a ticket stands."""
    after = date.fromordinal(until_on.toordinal() + 1)
    every, with_ticket = rows(
        "SELECT count(*), coalesce(sum(ticket_id IS NOT NULL), 0) FROM finding "
        "WHERE found_at >= ? AND found_at < ? AND state <> 'dropped'",
        from_on.isoformat(),
        after.isoformat(),
    )[0]
    return int(every), int(with_ticket)

"""Findings by the cell of the sheet that they were found at, and how many there are."""

from datetime import date

from propdesk.domain.findings import Finding
from propdesk.domain.sheet_entry import CellKey
from propdesk.services.queries.findings import list_findings
from propdesk.storage.database import rows

_IS_OPEN = (
    "(f.state = 'open' OR f.state = 'ticket' AND EXISTS "
    "(SELECT 1 FROM ticket t WHERE t.id = f.ticket_id AND t.status = 'void'))"
)


def list_sheet_findings(sheet_id: int) -> dict[CellKey, Finding]:
    """Return what the rounds of a sheet found wrong, by cell; what was no fault is left out."""
    cells = {
        finding_id: (round_id, position, item_id)
        for finding_id, round_id, position, item_id in rows(
            "SELECT f.id, x.round_id, x.position, x.item_id FROM inspection_round r "
            "JOIN finding f ON f.round_id = r.id JOIN inspection_result x ON x.id = f.result_id "
            "WHERE r.sheet_id = ?",
            sheet_id,
        )
    }
    found: dict[CellKey, Finding] = {}
    for round_id in sorted({key[0] for key in cells.values()}):
        for one in list_findings(round_id=round_id):
            key = cells[one.id]
            # The latest comes first: a correction may have found the same again.
            found.setdefault(key, one)
    return found


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

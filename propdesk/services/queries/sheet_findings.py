"""Findings by the cell of the sheet that they were found at."""

from propdesk.domain.findings import Finding
from propdesk.domain.sheet_entry import CellKey
from propdesk.services.queries.findings import list_findings
from propdesk.storage.database import rows


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

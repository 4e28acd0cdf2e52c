"""Undo an import of a ledger: its things and companies go, but those that somebody used since."""

from propdesk.domain.imports import Undone
from propdesk.storage.database import database, rows

_USED = (
    "a.version > 1 OR a.voided_at IS NOT NULL "
    "OR EXISTS (SELECT 1 FROM inspection_point WHERE asset_id = a.id) "
    "OR EXISTS (SELECT 1 FROM inspection_plan WHERE asset_id = a.id) "
    "OR EXISTS (SELECT 1 FROM finding WHERE asset_id = a.id) "
    "OR EXISTS (SELECT 1 FROM ticket_asset WHERE asset_id = a.id) "
    "OR EXISTS (SELECT 1 FROM attachment WHERE asset_id = a.id)"
)
_VENDOR_USED = (
    "v.version > 1 OR EXISTS (SELECT 1 FROM asset WHERE vendor_id = v.id) "
    "OR EXISTS (SELECT 1 FROM vendor_contract WHERE vendor_id = v.id) "
    "OR EXISTS (SELECT 1 FROM inspection_plan WHERE vendor_id = v.id) "
    "OR EXISTS (SELECT 1 FROM rectification WHERE vendor_id = v.id)"
)


def undo_assets(import_id: int) -> Undone:
    """Remove what an import brought; what was changed or is named since is left, by its name."""
    things = rows(
        f"SELECT a.id, a.code || ' ' || a.name, {_USED} "  # noqa: S608 - our own words
        "FROM asset a WHERE a.import_id = ? "
        "ORDER BY a.id",
        import_id,
    )
    gone = [row[0] for row in things if not row[2]]
    for asset_id in gone:
        database.execute_sql("DELETE FROM asset WHERE id = ?", (asset_id,))
    database.execute_sql(
        f"DELETE FROM vendor AS v WHERE v.import_id = ? AND NOT ({_VENDOR_USED})",  # noqa: S608
        (import_id,),
    )
    left = [row[1] for row in things if row[2]]
    left += [row[0] for row in rows("SELECT name FROM vendor WHERE import_id = ?", import_id)]
    return Undone(import_id, assets=len(gone), left=tuple(left))

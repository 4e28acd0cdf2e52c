"""Undo an import of readings: all are voided that no bill and no cost rests on (decision 10)."""

from datetime import datetime

from propdesk.domain.imports import Undone
from propdesk.i18n import _
from propdesk.services.parts.bulk import Course, write_many
from propdesk.services.parts.resting_costs import RESTING_COSTS
from propdesk.storage.database import rows, stored_time


def void_imported_readings(import_id: int, by: int, now: datetime) -> Undone:
    """Void the readings of an import; those that bills or shared costs rest on are left, named."""
    found = rows(
        "SELECT x.id, coalesce(u.short, m.number) || ' ' || x.on_day, EXISTS (SELECT 1 FROM bill b "  # noqa: S608 - our own words
        " WHERE b.unit_id = m.unit_id AND b.meter_id = m.id AND b.voided_at IS NULL "
        " AND x.on_day BETWEEN coalesce(json_extract(b.working, '$.meter.from'), b.from_on) "
        " AND coalesce(json_extract(b.working, '$.meter.until'), b.until_on)) "
        f"OR EXISTS (SELECT 1 {RESTING_COSTS}AND r.id = x.id) "
        "FROM meter_reading x JOIN meter m ON m.id = x.meter_id "
        "LEFT JOIN unit u ON u.id = m.unit_id "
        "WHERE x.import_id = ? AND x.voided_at IS NULL ORDER BY x.id",
        import_id,
    )
    free = [row[0] for row in found if not row[2]]
    at, reason = stored_time(now), _("import {id} undone").format(id=import_id)
    write_many(
        "UPDATE meter_reading SET voided_at = ?, voided_staff_id = ?, void_reason = ? WHERE id = ?",
        [(at, by, reason, reading_id) for reading_id in free],
        Course(None, None),
    )
    return Undone(import_id, readings=len(free), left=tuple(row[1] for row in found if row[2]))

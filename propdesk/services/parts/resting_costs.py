"""Which shared costs rest on a reading: a common meter counted for it, or each house's own (R98).

A cost names its days, not its readings: it rests on those of its days and on the last one before.
"""

RESTING_COSTS = (
    "FROM meter_reading r JOIN meter m ON m.id = r.meter_id "
    "JOIN shared_cost c ON c.voided_at IS NULL JOIN fee_item i ON i.id = c.fee_item_id "
    "LEFT JOIN unit u ON u.id = m.unit_id LEFT JOIN entrance e ON e.id = u.entrance_id "
    "LEFT JOIN building b ON b.id = e.building_id "
    "WHERE r.on_day <= c.until_on AND r.on_day >= coalesce("
    "(SELECT max(s.on_day) FROM meter_reading s WHERE s.meter_id = m.id AND s.voided_at IS NULL "
    " AND s.on_day < c.from_on), '') AND CASE WHEN m.unit_id IS NULL "
    "THEN c.usage_milli IS NOT NULL AND coalesce(nullif(i.meter_kind, ''), m.kind) = m.kind "
    " AND c.building_id IS m.building_id "
    " AND coalesce(c.community_id, m.community_id) IS m.community_id "
    "ELSE c.share_by = 'usage' AND i.meter_kind = m.kind "
    " AND coalesce(c.building_id, b.id) = b.id "
    " AND coalesce(c.community_id, b.community_id) = b.community_id END "
)
"""Costs `c` of items `i` with the readings `r` that they rest on; more conditions may follow."""

"""The collection rate of a period by building; reckoned from the bills each time, never stored."""

from datetime import date

from propdesk.domain.collection_rates import Collection
from propdesk.domain.fee_rules import Rule
from propdesk.services.parts.fee_rules import rule_value
from propdesk.storage.database import rows

# A house counts as paid when nothing is open of all its bills of the period.
_BILLED = (
    "SELECT e.building_id, count(*), sum(o.settled = o.amount), sum(o.amount), sum(o.settled) "
    "FROM (SELECT unit_id, sum(amount_fen) AS amount, sum(settled_fen) AS settled FROM bill "
    " WHERE due_on BETWEEN ? AND ? AND voided_at IS NULL {} GROUP BY unit_id) o "
    "JOIN unit u ON u.id = o.unit_id JOIN entrance e ON e.id = u.entrance_id GROUP BY 1"
)
_WAIVED = (
    "SELECT e.building_id, -sum(l.amount_fen) FROM ledger_line w "
    "JOIN ledger_line l ON l.act_no = w.act_no AND l.account = 'bill' "
    "JOIN bill b ON b.id = l.bill_id JOIN unit u ON u.id = b.unit_id "
    "JOIN entrance e ON e.id = u.entrance_id WHERE w.account = 'waived' "
    "AND b.due_on BETWEEN ? AND ? AND b.voided_at IS NULL {} GROUP BY 1"
)
_EARLIER = (
    "SELECT e.building_id, -sum(l.amount_fen) FROM ledger_line l JOIN bill b ON b.id = l.bill_id "
    "JOIN unit u ON u.id = l.unit_id JOIN entrance e ON e.id = u.entrance_id "
    "WHERE l.on_day BETWEEN ? AND ? AND l.account = 'bill' "
    "AND l.act IN ('payment', 'void', 'refund', 'prepaid-use', 'prepaid-undo') "
    "AND b.due_on < ? {} GROUP BY 1"
)
_BUILDINGS = (
    "SELECT b.id, b.name FROM building b JOIN community c ON c.id = b.community_id "
    "ORDER BY c.name, b.name NOT GLOB '[0-9]*', CAST(b.name AS INTEGER), b.name"
)


def collection_target(today: date) -> int:
    """Return the rate in percent that the office aims at."""
    return rule_value(Rule.COLLECTION_TARGET_PERCENT, today)


def list_collection(from_on: date, until_on: date, item_id: int | None = None) -> list[Collection]:
    """Return what was billed and collected of a period, by building, as people count them.

    Buildings without a bill and without earlier arrears collected are left out.
    """
    span = [from_on.isoformat(), until_on.isoformat()]
    item = [] if item_id is None else [item_id]
    also = "AND fee_item_id = ?" if item else ""
    of_bill = "AND b.fee_item_id = ?" if item else ""
    billed = {row[0]: row[1:] for row in rows(_BILLED.format(also), *span, *item)}
    waived = dict(rows(_WAIVED.format(of_bill), *span, *item))
    year = from_on.replace(month=1, day=1).isoformat()
    earlier = dict(rows(_EARLIER.format(of_bill), *span, year, *item))
    found = []
    for building_id, name in rows(_BUILDINGS):
        units, paid, amount, settled = billed.get(building_id, (0, 0, 0, 0))
        if units or earlier.get(building_id):
            found.append(
                Collection(
                    building_id=building_id,
                    building=name,
                    units=units,
                    paid_units=paid,
                    amount_fen=amount,
                    waived_fen=waived.get(building_id, 0),
                    settled_fen=settled,
                    earlier_fen=earlier.get(building_id, 0),
                )
            )
    return found

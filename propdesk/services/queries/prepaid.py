"""The prepaid account of a house: what would go back on a day, what may be paid ahead."""

from datetime import date

from propdesk.domain.fee_rules import Rule, source_words
from propdesk.domain.prepaid import AdvanceBill, Refundable, cap_warning, prepaid_cap
from propdesk.services.parts.fee_rules import get_rule
from propdesk.services.parts.ledger import prepaid_balance
from propdesk.storage.database import rows

# What was waived need not be paid for the days served either.
_ADVANCE = (
    "SELECT b.id, i.name, b.from_on, b.until_on, b.amount_fen + coalesce(sum("
    "CASE WHEN l.act IN ('waiver', 'waiver-undo') THEN l.amount_fen END), 0), -coalesce(sum("
    "CASE WHEN l.act NOT IN ('waiver', 'waiver-undo') THEN l.amount_fen END), 0) AS paid "
    "FROM bill b JOIN fee_item i ON i.id = b.fee_item_id JOIN ledger_line l ON l.bill_id = b.id "
    "WHERE b.unit_id = ? AND b.kind = 'charge' AND b.until_on > ? AND b.voided_at IS NULL "
    "AND l.on_day <= ? GROUP BY b.id HAVING paid > 0 ORDER BY b.from_on, b.id"
)
# What a house is charged regularly, a year of it: by the days that its bills of a year are for.
_YEARLY = (
    "SELECT coalesce(sum(CAST(round(365.0 * amount / days) AS INTEGER)), 0) FROM ("
    "SELECT sum(b.amount_fen) AS amount, "
    "julianday(max(b.until_on)) - julianday(min(b.from_on)) + 1 AS days FROM bill b "
    "WHERE b.unit_id = ? AND b.kind = 'charge' AND b.voided_at IS NULL "
    "AND b.until_on > date(?, '-12 months') GROUP BY b.fee_item_id)"
)


def get_refundable(unit_id: int, on_day: date) -> Refundable:
    """Return what would go back to a house if the service ended that day (司法解释, art. 3)."""
    day = on_day.isoformat()
    found = rows(_ADVANCE, unit_id, day, day)
    bills = tuple(
        AdvanceBill(
            row[0], row[1], date.fromisoformat(row[2]), date.fromisoformat(row[3]), row[4], row[5]
        )
        for row in found
    )
    return Refundable(on_day, prepaid_balance(unit_id, on_day), bills)


def prepaid_warning(unit_id: int, more_fen: int, today: date) -> str:
    """Return the sentence that warns when a house would pay too far ahead, '' where it may.

    A house that was never charged has no measure yet, and no warning.
    """
    rule = get_rule(Rule.PREPAY_MONTHS, today)
    yearly = rows(_YEARLY, unit_id, today.isoformat())[0][0]
    ahead = get_refundable(unit_id, today).total_fen + more_fen
    cap = prepaid_cap(yearly, rule.number)
    return cap_warning(ahead, cap, rule.number, source_words(rule))

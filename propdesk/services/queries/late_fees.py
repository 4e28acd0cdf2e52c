"""The late-payment penalties of a house's bills up to a day, charged or not (law.md 1.4)."""

from dataclasses import dataclass
from datetime import date

from propdesk.domain.fee_items import Rounding
from propdesk.domain.fee_rules import Rule
from propdesk.domain.late_fees import (
    LateFee,
    LateLimits,
    LateTerms,
    Settled,
    late_fee,
    late_warnings,
)
from propdesk.services.parts.fee_rules import rule_value
from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class BillLateFee:
    """The penalty of a bill up to a day: reckoned in all, and what of it was billed before."""

    bill_id: int
    unit_id: int
    fee_item_id: int
    item: str
    from_on: date
    until_on: date
    due_on: date
    amount_fen: int
    open_fen: int
    person_id: int | None
    payer_id: int | None
    tariff_id: int
    fee: LateFee
    charged_fen: int
    charged_until: date | None
    reckoned_until: date
    warnings: tuple[str, ...]

    @property
    def to_charge_fen(self) -> int:
        """What is to be billed now; never below zero."""
        return max(self.fee.amount_fen - self.charged_fen, 0)


# Penalties, opening balances and what was agreed by hand have no price with a clause: none bears
# a penalty, so that it never compounds.
_BILLS = (
    "SELECT b.id, b.unit_id, b.fee_item_id, i.name, b.from_on, b.until_on, b.due_on, "
    "b.amount_fen, b.amount_fen - b.settled_fen, b.person_id, b.payer_id, t.id, t.late_rate_e6, "
    "t.late_clause, t.late_grace_days, t.late_cap_percent, i.rounding, "
    "(SELECT coalesce(sum(l.amount_fen), 0) FROM bill l WHERE l.late_for_id = b.id "
    " AND l.voided_at IS NULL), "
    "(SELECT max(l.until_on) FROM bill l WHERE l.late_for_id = b.id AND l.voided_at IS NULL) "
    "FROM bill b JOIN tariff t ON t.id = b.tariff_id JOIN fee_item i ON i.id = b.fee_item_id "
    "WHERE b.unit_id = ? AND b.kind = 'charge' AND b.voided_at IS NULL AND t.late_rate_e6 > 0 "
    "AND b.due_on < ? ORDER BY b.due_on, b.id"
)
# A receipt that is void was no payment on any day, whenever it was made void.
_SETTLED = (
    "SELECT l.on_day, -l.amount_fen FROM ledger_line l LEFT JOIN payment p ON p.id = l.payment_id "
    "WHERE l.bill_id = ? AND p.voided_at IS NULL ORDER BY l.id"
)


def list_late_fees(unit_id: int, until_on: date) -> list[BillLateFee]:
    """Return the penalty of each bill of a house that was late, paid ones included."""
    limits = late_limits(until_on)
    found = []
    for row in rows(_BILLS, unit_id, until_on.isoformat()):
        terms = LateTerms(*row[12:16])
        due_on = date.fromisoformat(row[6])
        settled = [Settled(date.fromisoformat(day), fen) for day, fen in rows(_SETTLED, row[0])]
        fee = late_fee(row[7], due_on, settled, terms, until_on, Rounding(row[16]))
        if not fee.amount_fen:
            continue
        found.append(
            BillLateFee(
                bill_id=row[0],
                unit_id=row[1],
                fee_item_id=row[2],
                item=row[3],
                from_on=date.fromisoformat(row[4]),
                until_on=date.fromisoformat(row[5]),
                due_on=due_on,
                amount_fen=row[7],
                open_fen=row[8],
                person_id=row[9],
                payer_id=row[10],
                tariff_id=row[11],
                fee=fee,
                charged_fen=row[17],
                charged_until=date.fromisoformat(row[18]) if row[18] else None,
                reckoned_until=until_on,
                warnings=tuple(late_warnings(terms.rate_e6, limits)),
            )
        )
    return found


def late_limits(on: date) -> LateLimits:
    """Return the limits that courts go by, as the rule table has them on a day."""
    return LateLimits(
        lpr_bp=rule_value(Rule.LATE_LPR, on),
        times=rule_value(Rule.LATE_LPR_TIMES, on),
        excess_percent=rule_value(Rule.LATE_EXCESS_PERCENT, on),
    )

"""Charge late-payment penalties: by an act of somebody, from the stored clause, a bill each."""

from collections.abc import Sequence
from datetime import date, datetime

from propdesk.domain.bills import BillKind
from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Right
from propdesk.i18n import _
from propdesk.services.parts.billing import NewBill, insert_bills
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.bills import Bill, get_bill
from propdesk.services.queries.late_fees import BillLateFee, list_late_fees
from propdesk.services.queries.units import get_unit


def charge_late_fees(
    unit_id: int,
    bill_ids: Sequence[int] | None = None,
    *,
    until_on: date | None = None,
    by: int,
    now: datetime,
) -> list[Bill]:
    """Bill the penalties of a house's late bills up to a day, of all where none are named.

    What was billed before is deducted; so a second time on the same day adds nothing.
    """
    with writing():
        who = fee_actor(by, Right.CHARGE)
        get_unit(unit_id)
        today = local(now).date()
        until = until_on or today
        if until > today:
            raise RuleError(
                "late-fee-ahead", _("A penalty is reckoned up to today at most: choose a day.")
            )
        wanted = [
            fee
            for fee in list_late_fees(unit_id, until)
            if fee.to_charge_fen and (bill_ids is None or fee.bill_id in bill_ids)
        ]
        if not wanted:
            raise RuleError(
                "late-fee-none",
                _(
                    "There is no penalty to bill: nothing is late, it was billed before, or the "
                    "price has no clause with a rate."
                ),
            )
        ids = insert_bills([_bill(fee, today) for fee in wanted], staff_id=who.id, now=now)
        return [get_bill(bill_id) for bill_id in ids]


def _bill(fee: BillLateFee, today: date) -> NewBill:
    first = fee.fee.spans[0].from_on
    if fee.charged_until is not None:
        first = min(date.fromordinal(fee.charged_until.toordinal() + 1), fee.reckoned_until)
    return NewBill(
        unit_id=fee.unit_id,
        fee_item_id=fee.fee_item_id,
        kind=BillKind.LATE_FEE,
        from_on=first,
        until_on=fee.reckoned_until,
        due_on=today,
        amount_fen=fee.to_charge_fen,
        person_id=fee.person_id,
        payer_id=fee.payer_id,
        tariff_id=fee.tariff_id,
        late_for_id=fee.bill_id,
        working=fee.fee.working(fee.charged_fen),
    )

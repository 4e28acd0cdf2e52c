"""Waive part of a bill with a reason (减免, law.md 1.4): a manager's right, as taking it back."""

from datetime import datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.ledger import Account, Act, LedgerLine
from propdesk.domain.money import money_words
from propdesk.domain.staff import Right
from propdesk.i18n import _
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.ledger import post
from propdesk.services.parts.noting import noted
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.bills import Bill, get_bill
from propdesk.services.queries.waivers import waived_fen


def waive_bill(
    bill_id: int, amount_fen: int | None, reason: str, *, by: int, now: datetime
) -> Bill:
    """Waive so much of a bill, all that is open where no amount is said; a line of the ledger."""
    with writing():
        who = fee_actor(by, Right.WAIVE)
        reason = noted(reason, _("Write why this is waived."))
        bill = get_bill(bill_id)
        fen = bill.open_fen if amount_fen is None else amount_fen
        if not 0 < fen <= bill.open_fen:
            raise RuleError(
                "waiver-amount",
                _("Of this bill {open} yuan are open: waive an amount up to that.").format(
                    open=money_words(bill.open_fen)
                ),
            )
        _post(Act.WAIVER, bill, fen, reason, who.id, now)
        return get_bill(bill_id)


def take_back_waiver(bill_id: int, reason: str, *, by: int, now: datetime) -> Bill:
    """Take back what was waived of a bill: by lines of the opposite sign, nothing is removed."""
    with writing():
        who = fee_actor(by, Right.WAIVE)
        reason = noted(reason, _("Write why the waiver is taken back."))
        bill = get_bill(bill_id)
        fen = waived_fen(bill_id)
        if not fen:
            raise RuleError("waiver-none", _("Nothing is waived of this bill."))
        _post(Act.WAIVER_UNDO, bill, -fen, reason, who.id, now)
        return get_bill(bill_id)


def _post(act: Act, bill: Bill, fen: int, reason: str, staff_id: int, now: datetime) -> None:
    lines = (
        LedgerLine(Account.WAIVED, fen, fee_item_id=bill.fee_item_id),
        LedgerLine(Account.BILL, -fen, bill_id=bill.id, fee_item_id=bill.fee_item_id),
    )
    today = local(now).date()
    post(act, lines, unit_id=bill.unit_id, on_day=today, staff_id=staff_id, now=now, reason=reason)

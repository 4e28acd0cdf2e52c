"""The prepaid account of a house: let it pay bills, take that back, give the balance back.

Money is paid in at the till (`till.take_payment`).
"""

from collections.abc import Collection
from datetime import datetime

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.fields import check_line
from propdesk.domain.ledger import Account, Act, LedgerLine
from propdesk.domain.money import money_words
from propdesk.domain.payment_checks import check_refund
from propdesk.domain.payments import MeansPart, Payment, RefundDraft
from propdesk.domain.separation import check_approved
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line
from propdesk.domain.till import PaymentKind
from propdesk.i18n import _
from propdesk.services.parts.debts import open_debts
from propdesk.services.parts.fee_access import fee_actor, list_holders
from propdesk.services.parts.ledger import post, prepaid_balance
from propdesk.services.parts.noting import noted, refuse
from propdesk.services.parts.prepaid import settle_from_prepaid, unsettle_to_prepaid
from propdesk.services.parts.receipts import ReceiptHead, write_receipt
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.payments import get_payment
from propdesk.services.queries.units import get_unit
from propdesk.storage.database import rows


def use_prepaid(unit_id: int, *, by: int, now: datetime) -> int:
    """Let the prepaid account of a house pay what is due; return how many fen it paid."""
    with writing():
        who = fee_actor(by, Right.TAKE_MONEY)
        get_unit(unit_id)
        today = local(now).date()
        due = [debt.bill_id for debt in open_debts(unit_id) if debt.due_on <= today]
        used = settle_from_prepaid(due, on_day=today, staff_id=who.id, now=now)
        if not used:
            raise RuleError(
                "prepaid-nothing",
                _("Nothing is due that the prepaid account ({balance} yuan) could pay.").format(
                    balance=money_words(prepaid_balance(unit_id))
                ),
            )
        return used


def undo_prepaid_use(
    unit_id: int, bill_ids: Collection[int], reason: str, *, by: int, now: datetime
) -> int:
    """Take back what the prepaid account paid of bills; return how many fen stand there again.

    What it paid along with money at the till belongs to that receipt and stays.
    """
    with writing():
        who = fee_actor(by, Right.TAKE_MONEY)
        reason = noted(reason, _("Write why this is taken back."))
        get_unit(unit_id)
        found = rows("SELECT id FROM bill WHERE unit_id = ?", unit_id)
        bills = {row[0] for row in found} & set(bill_ids)
        today = local(now).date()
        back = unsettle_to_prepaid(bills, on_day=today, staff_id=who.id, now=now, reason=reason)
        if not back:
            raise RuleError(
                "prepaid-not-used", _("Nothing is left to be taken back to the prepaid account.")
            )
        return back


def refund_prepaid(
    unit_id: int,
    amount_fen: int,
    draft: RefundDraft,
    *,
    by: int,
    now: datetime,
    payee: str = "",
    approved_by: int | None = None,
) -> Payment:
    """Give money of the prepaid account back, with the manager's approval where there is one.

    The balance that was not used goes back when the service ends (司法解释 2020, art. 3).
    """
    with writing():
        who = fee_actor(by, Right.TAKE_MONEY)
        approver = check_approved(who.id, approved_by, list_holders(Right.WAIVE))
        payee = clean_line(payee)
        refuse((*check_refund(draft), *check_line("payer", payee, _("Write who gets the money."))))
        get_unit(unit_id)
        if amount_fen <= 0:
            raise DraftError((Problem("amount_fen", _("Write how much goes back.")),))
        means = MeansPart(draft.means, -amount_fen, clean_line(draft.reference))
        head = ReceiptHead(
            PaymentKind.REFUND,
            unit_id,
            payee,
            None,
            (means,),
            note=noted(draft.reason),
            approved_id=approver,
        )
        record = write_receipt(head, staff_id=who.id, now=now)
        lines = (LedgerLine(Account.PREPAID, amount_fen), LedgerLine(Account.MONEY, -amount_fen))
        post(
            Act.REFUND, lines, unit_id=unit_id, on_day=local(now).date(), staff_id=who.id, now=now,
            payment_id=record.id, reason=head.note,
        )  # fmt: skip
        return get_payment(record.id)

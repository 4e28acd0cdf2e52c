"""Give deposits back, wholly or partly; what is kept becomes income by a reason (law.md 1.6).

A deposit is taken at the till (`till.take_payment`), on a receipt like all money.
"""

from dataclasses import replace
from datetime import date, datetime

from propdesk.domain.deposits import Deposit, DepositReturn, check_return
from propdesk.domain.errors import DraftError, Problem
from propdesk.domain.fields import check_text
from propdesk.domain.ledger import Account, Act, LedgerLine
from propdesk.domain.payments import MeansPart
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.domain.till import PaymentKind
from propdesk.i18n import _
from propdesk.services.parts.deposit_links import refresh_links
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.ledger import post
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.receipts import ReceiptHead, write_receipt
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.deposits import get_deposit
from propdesk.storage.till import DepositRecord


def return_deposit(
    deposit_id: int, draft: DepositReturn, *, version: int, by: int, now: datetime
) -> tuple[Deposit, str]:
    """Give a deposit back, or a part of it; return it and the number of the contra entry.

    The number is '' where nothing went back because all was kept.
    """
    with writing():
        who = fee_actor(by, Right.TAKE_MONEY)
        draft = replace(
            draft,
            kept_reason=clean_line(draft.kept_reason),
            reference=clean_line(draft.reference),
            payee=clean_line(draft.payee),
            note=clean_text(draft.note),
        )
        deposit = get_deposit(deposit_id)
        check_version(deposit.version, version)
        refuse(check_return(draft, deposit))
        today = local(now).date()
        number = _pay_back(deposit, draft, who.id, now) if draft.back_fen else ""
        if draft.kept_fen:
            post(
                Act.DEPOSIT_KEPT,
                (
                    LedgerLine(Account.DEPOSIT, draft.kept_fen, deposit_id=deposit.id),
                    LedgerLine(Account.INCOME, -draft.kept_fen),
                ),
                unit_id=deposit.unit_id,
                on_day=today,
                staff_id=who.id,
                now=now,
                reason=draft.kept_reason,
            )
        _count_change(deposit.id)
        refresh_links(deposit.id, today, number=number, reason=draft.kept_reason)
        return get_deposit(deposit.id), number


def change_deposit(
    deposit_id: int,
    *,
    back_due_on: date | None,
    note: str,
    version: int,
    by: int,
) -> Deposit:
    """Change until when a deposit goes back, or its note; the money is the ledger's."""
    with writing():
        fee_actor(by, Right.TAKE_MONEY)
        deposit = get_deposit(deposit_id)
        check_version(deposit.version, version)
        note = clean_text(note)
        refuse(check_text("note", note))
        if back_due_on is not None and back_due_on < deposit.taken_on:
            sentence = _("It was taken on {day}; it goes back on that day or later.")
            words = sentence.format(day=deposit.taken_on)
            raise DraftError((Problem("back_due_on", words),))
        record = DepositRecord.get_by_id(deposit.id)
        record.back_due_on, record.note = back_due_on, note
        record.version += 1
        record.save()
        return get_deposit(deposit.id)


def _pay_back(deposit: Deposit, draft: DepositReturn, staff_id: int, now: datetime) -> str:
    means = MeansPart(draft.means, -draft.back_fen, draft.reference)
    head = ReceiptHead(
        PaymentKind.REFUND,
        deposit.unit_id,
        draft.payee or deposit.name,
        deposit.person_id,
        (means,),
        note=draft.note,
    )
    record = write_receipt(head, staff_id=staff_id, now=now)
    lines = (
        LedgerLine(Account.DEPOSIT, draft.back_fen, deposit_id=deposit.id),
        LedgerLine(Account.MONEY, -draft.back_fen),
    )
    post(
        Act.REFUND, lines, unit_id=deposit.unit_id, on_day=local(now).date(), staff_id=staff_id,
        now=now, payment_id=record.id, reason=draft.note,
    )  # fmt: skip
    return str(record.number)


def _count_change(deposit_id: int) -> None:
    record = DepositRecord.get_by_id(deposit_id)
    record.version += 1
    record.save()

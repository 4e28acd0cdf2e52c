"""`propdesk fees pay|receipts|void|refund|close-day`: the till and its receipts."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day, read_time
from propdesk.cli.fee_office import fee_office
from propdesk.domain.errors import RuleError
from propdesk.domain.ledger import Account
from propdesk.domain.money import money_words, parse_money
from propdesk.domain.payments import BillPart, MeansPart, Payment, PaymentDraft, RefundDraft
from propdesk.domain.till import MEANS_LABELS, Means
from propdesk.domain.till_closes import TillClose, TillCount
from propdesk.i18n import _
from propdesk.services.queries.ledger_checks import list_receipt_faults
from propdesk.services.queries.payments import find_payment, list_payments
from propdesk.services.queries.prepaid import prepaid_warning
from propdesk.services.queries.staff import find_staff
from propdesk.services.queries.till_closes import get_open_till
from propdesk.services.queries.units import find_unit
from propdesk.services.till import refund_payment, take_payment, void_payment
from propdesk.services.till_closes import close_till

MEANS = "|".join(Means)

_ID_DIGITS = 18
"""No number of a row has more; the data file could not be asked for it."""


def add_fees_parsers(verbs: Any) -> None:
    """Add the verbs of the till to `fees`."""
    _add_pay(verbs)
    show = verbs.add_parser("receipts", help=_("list receipts, the latest first"))
    show.add_argument("number", nargs="?", help=_("only this one, with all that stands on it"))
    show.add_argument("--unit", metavar="3-2-501")
    show.add_argument("--community", default="", help=_("where several have this house"))
    show.add_argument("--cashier", metavar="NAME")
    show.add_argument("--from", dest="from_on", metavar="DAY", help=_("the first day"))
    show.add_argument("--to", dest="until_on", metavar="DAY", help=_("the last day"))
    show.add_argument("--open", action="store_true", help=_("whose till is not closed yet"))
    show.add_argument("--check", action="store_true", help=_("look for gaps and doubles"))
    add_by(show)
    add_json(show)
    show.set_defaults(func=run_receipts)
    void = verbs.add_parser("void", help=_("void a receipt; its number stays"))
    void.add_argument("number")
    void.add_argument("--reason", required=True, help=_("why"))
    add_by(void)
    add_json(void)
    void.set_defaults(func=run_void)
    refund = verbs.add_parser("refund", help=_("give the money of a receipt back"))
    refund.add_argument("number")
    add_refund(refund)
    refund.add_argument(
        "--bill", action="append", default=[], type=int, metavar="ID", help=_("only this bill")
    )
    refund.set_defaults(func=run_refund)
    close = verbs.add_parser("close-day", help=_("close the till of a cashier"))
    close.add_argument("--cashier", required=True, metavar="NAME")
    close.add_argument("--counted", metavar="1200.00", help=_("the cash that was counted"))
    close.add_argument("--reason", default="", help=_("why the cash differs"))
    close.add_argument("--note", default="")
    add_by(close)
    add_json(close)
    close.set_defaults(func=run_close)


def _add_pay(verbs: Any) -> None:
    pay = verbs.add_parser("pay", help=_("take a payment of a house"))
    pay.add_argument("--unit", required=True, metavar="3-2-501")
    pay.add_argument("--community", default="", help=_("where several have this house"))
    pay.add_argument("--amount", metavar="1200.00", help=_("what is paid"))
    pay.add_argument("--means", action="append", metavar=f"{MEANS}[=AMOUNT[/REFERENCE]]",
                     help=_("by which means; several with their amounts"))  # fmt: skip
    pay.add_argument("--bill", action="append", default=[], metavar="ID[=AMOUNT]",
                     help=_("for this bill; otherwise as the law orders it"))  # fmt: skip
    pay.add_argument("--tendered", metavar="1500.00", help=_("the cash that was handed over"))
    pay.add_argument("--use-prepaid", metavar="100.00", help=_("from the prepaid account"))
    pay.add_argument("--prepay", action="store_true", help=_("what is more stands as prepaid"))
    pay.add_argument("--payer", default="", metavar="NAME")
    pay.add_argument("--note", default="")
    pay.add_argument("--at", metavar="TIME", help=_("when it was paid; without it, now"))
    add_by(pay)
    add_json(pay)
    pay.set_defaults(func=run_pay)


def add_refund(parser: argparse.ArgumentParser) -> None:
    """Give a command that gives money back its options."""
    parser.add_argument("--reason", required=True, help=_("why"))
    parser.add_argument("--means", default=Means.CASH.value, metavar=MEANS)
    parser.add_argument("--reference", default="", metavar="N", help=_("of bank or wallet"))
    parser.add_argument("--approved-by", metavar="STAFF", help=_("the manager who approves it"))
    add_by(parser)
    add_json(parser)


def payment_json(payment: Payment) -> dict[str, Any]:
    """Return a receipt as its JSON object; money is in fen."""
    return {
        "number": payment.number,
        "kind": payment.kind.value,
        "refund_of": payment.refund_of or None,
        "unit": payment.where,
        "payer": payment.payer or None,
        "at": payment.at.isoformat(),
        "entered_at": payment.entered_at.isoformat(),
        "by": payment.by,
        "total_fen": payment.total_fen,
        "means": [
            {"means": one.means.value, "fen": one.amount_fen, "reference": one.reference or None}
            for one in payment.means
        ],
        "tendered_fen": payment.tendered_fen or None,
        "change_fen": payment.change_fen,
        "prepaid_used_fen": payment.prepaid_used_fen,
        "prepaid_after_fen": payment.prepaid_after_fen,
        "lines": [
            {
                "account": line.account.value,
                "words": line.words,
                "bill": line.bill_id,
                "deposit": line.deposit_id,
                "from": line.from_on.isoformat() if line.from_on else None,
                "until": line.until_on.isoformat() if line.until_on else None,
                "fen": line.amount_fen,
            }
            for line in payment.lines
        ],
        "refunds": list(payment.refunds),
        "external": payment.external,
        "close": payment.close_number or None,
        "prints": payment.prints,
        "note": payment.note or None,
        "voided_at": payment.voided_at.isoformat() if payment.voided_at else None,
        "void_reason": payment.void_reason or None,
        "voided_by": payment.voided_by or None,
        "alone": payment.is_alone,
        "approved_by": payment.approved_by or None,
    }


def tell_payment(desk: Desk, payment: Payment, first: str = "") -> None:
    """Say what stands on a receipt, line by line."""
    desk.say(first or payment_line(payment))
    for line in payment.lines:
        period = f"{line.from_on} – {line.until_on}" if line.from_on else ""
        desk.say(f"  {line.words}\t{period}\t{money_words(line.amount_fen)}")
    if payment.prepaid_used_fen:
        words = _("From the prepaid account: {amount}")
        desk.say("  " + words.format(amount=money_words(payment.prepaid_used_fen)))
    if payment.change_fen:
        desk.say("  " + _("Change: {amount}").format(amount=money_words(payment.change_fen)))
    if payment.prepaid_after_fen or any(one.account is Account.PREPAID for one in payment.lines):
        words = _("On the prepaid account: {amount}")
        desk.say("  " + words.format(amount=money_words(payment.prepaid_after_fen)))


def payment_line(payment: Payment) -> str:
    """Return a receipt as one line for a person."""
    means = _(", ").join(str(MEANS_LABELS[one.means]) for one in payment.means)
    state = _("voided") if payment.is_void else payment.refund_of or payment.close_number
    parts = (payment.number, payment.at.date(), payment.where, payment.payer,
             money_words(payment.total_fen), means, state)  # fmt: skip
    return "\t".join(map(str, parts)).rstrip()


def close_json(count: TillCount) -> dict[str, Any]:
    """Return what a till stands at as its JSON object; money is in fen."""
    return {
        "receipts": count.receipts,
        "voided": list(count.voided_numbers),
        "first": count.first_number or None,
        "last": count.last_number or None,
        "means": {
            one.means.value: {
                "received_fen": one.received_fen,
                "returned_fen": one.returned_fen,
                "count": one.count,
            }
            for one in count.sums
        },
        "cash_fen": count.cash_fen,
        "total_fen": count.total_fen,
    }


def read_means(words: list[str] | None, amount: str | None) -> tuple[MeansPart, ...]:
    """Return by which means what is paid; one means without an amount takes the whole sum."""
    said = words or ([Means.CASH.value] if amount else [])
    parts = []
    for word in said:
        name, has_amount, rest = word.partition("=")
        typed, _slash, reference = rest.partition("/")
        if not has_amount and (amount is None or len(said) > 1):
            raise RuleError(
                "means-amount",
                _("Say how much is paid by «{means}», like cash=100.00.").format(means=name[:40]),
            )
        fen = parse_money(typed if has_amount else str(amount))
        parts.append(MeansPart(choice(name, Means, _("means of payment")), fen, reference))
    if amount is not None and sum(part.amount_fen for part in parts) != parse_money(amount):
        raise RuleError(
            "means-sum",
            _("The means come to {sum} yuan, {amount} are to be paid.").format(
                sum=money_words(sum(part.amount_fen for part in parts)),
                amount=money_words(parse_money(amount)),
            ),
        )
    return tuple(parts)


def read_bill(word: str) -> BillPart:
    """Return a bill by its id, with how much of it is paid."""
    typed, has_amount, amount = word.partition("=")
    if not typed.isdecimal() or len(typed) > _ID_DIGITS:
        raise RuleError(
            "bill-unreadable",
            _("«{text}» is no bill; write its number as `fees bills` lists it.").format(
                text=word[:40]
            ),
        )
    return BillPart(int(typed), parse_money(amount) if has_amount else None)


def run_pay(args: argparse.Namespace, desk: Desk) -> int:
    """Take a payment and say the receipt's number."""
    means = read_means(args.means, args.amount)
    paid_at = read_time(args.at) if args.at else None
    with desk.office(write=True):
        draft = PaymentDraft(
            find_unit(args.unit, args.community).id,
            means,
            tuple(map(read_bill, args.bill)),
            payer=args.payer,
            tendered_fen=parse_money(args.tendered) if args.tendered else 0,
            use_prepaid_fen=parse_money(args.use_prepaid) if args.use_prepaid else 0,
            overpay_to_prepaid=args.prepay,
            note=args.note,
            paid_at=paid_at,
        )
        payment = take_payment(draft, by=desk.staff(args.by).id, now=desk.now)
        warning = prepaid_warning(draft.unit_id, 0, desk.today) if args.prepay else ""
    words = _("Receipt {number}: {amount} yuan.")
    amount = money_words(payment.total_fen)
    tell_payment(desk, payment, words.format(number=payment.number, amount=amount))
    if warning:
        desk.say(warning)
    desk.json(payment_json(payment) | {"warning": warning or None})
    return 0


def run_receipts(args: argparse.Namespace, desk: Desk) -> int:
    """List receipts, or show one; with --check say what is wrong with the numbers."""
    with fee_office(desk, args):
        if args.check:
            return _check(desk)
        if args.number:
            return _show(find_payment(args.number), desk)
        found = list_payments(
            unit_id=find_unit(args.unit, args.community).id if args.unit else None,
            staff_id=find_staff(args.cashier).id if args.cashier else None,
            from_on=read_day(args.from_on) if args.from_on else None,
            until_on=read_day(args.until_on) if args.until_on else None,
            open_only=args.open,
            limit=5000,
        )
    for payment in found:
        desk.say(payment_line(payment))
    desk.json([payment_json(payment) for payment in found])
    return 0


def _show(payment: Payment, desk: Desk) -> int:
    tell_payment(desk, payment)
    desk.json(payment_json(payment))
    return 0


def _check(desk: Desk) -> int:
    faults = list_receipt_faults()
    for fault in faults:
        desk.say(fault)
    if not faults:
        desk.say(_("The receipts have no gap and no double, and their sums agree."))
    desk.json({"faults": list(faults)})
    return 1 if faults else 0


def run_void(args: argparse.Namespace, desk: Desk) -> int:
    """Void a receipt."""
    with desk.office(write=True):
        payment = find_payment(args.number)
        by = desk.staff(args.by).id
        payment = void_payment(
            payment.id, args.reason, version=payment.version, by=by, now=desk.now
        )
    desk.say(_("Receipt {number} is void.").format(number=payment.number))
    desk.json(payment_json(payment))
    return 0


def run_refund(args: argparse.Namespace, desk: Desk) -> int:
    """Give the money of a receipt back by a contra entry."""
    draft = RefundDraft(
        args.reason,
        choice(args.means, Means, _("means of payment")),
        args.reference,
        tuple(args.bill),
    )
    with desk.office(write=True):
        payment = refund_payment(
            find_payment(args.number).id,
            draft,
            by=desk.staff(args.by).id,
            now=desk.now,
            approved_by=find_staff(args.approved_by).id if args.approved_by else None,
        )
    say_refund(desk, payment)
    return 0


def say_refund(desk: Desk, payment: Payment) -> None:
    """Say under which number money went back."""
    words = _("{amount} yuan went back; the contra entry is {number}.")
    amount = money_words(-payment.total_fen)
    tell_payment(desk, payment, words.format(amount=amount, number=payment.number))
    desk.json(payment_json(payment))


def run_close(args: argparse.Namespace, desk: Desk) -> int:
    """Close a till; without the counted cash only say what should be there."""
    with desk.office(write=args.counted is not None):
        cashier = find_staff(args.cashier)
        if args.counted is None:
            count = get_open_till(cashier.id)
            _say_count(desk, count)
            desk.json(close_json(count))
            return 0
        close = close_till(
            cashier.id,
            parse_money(args.counted),
            by=desk.staff(args.by).id,
            now=desk.now,
            difference_reason=args.reason,
            note=args.note,
        )
    desk.say(_("The till of {name} is closed: {number}.").format(
        name=close.cashier, number=close.number
    ))  # fmt: skip
    _say_count(desk, close.count)
    _say_counted(desk, close)
    desk.json(
        close_json(close.count)
        | {
            "number": close.number,
            "cashier": close.cashier,
            "closed_at": close.closed_at.isoformat(),
            "closed_by": close.closed_by,
            "counted_fen": close.counted_fen,
            "difference_fen": close.difference_fen,
            "reason": close.difference_reason or None,
        }
    )
    return 0


def _say_count(desk: Desk, count: TillCount) -> None:
    if not count.receipts:
        desk.say(_("Receipts: none since the last close."))
        return
    desk.say(_("Receipts: {count} ({first} to {last}), of these void: {voided}").format(
        count=count.receipts, first=count.first_number, last=count.last_number,
        voided=_(", ").join(count.voided_numbers) or 0,
    ))  # fmt: skip
    for one in count.sums:
        desk.say(f"  {MEANS_LABELS[one.means]}\t{money_words(one.rest_fen)}")


def _say_counted(desk: Desk, close: TillClose) -> None:
    words = _("Cash: {cash}, counted: {counted}, difference: {difference}")
    desk.say(
        words.format(
            cash=money_words(close.count.cash_fen),
            counted=money_words(close.counted_fen),
            difference=money_words(close.difference_fen),
        )
    )

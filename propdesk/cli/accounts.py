"""`propdesk fees account|prepaid|deposit`: where a house stands, prepaid money, deposits."""

import argparse
from datetime import date
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day
from propdesk.cli.fee_office import fee_office
from propdesk.cli.till import (
    MEANS,
    add_refund,
    payment_json,
    read_means,
    say_refund,
    tell_payment,
)
from propdesk.domain.deposits import Deposit, DepositDraft, DepositReturn
from propdesk.domain.money import money_words, parse_money
from propdesk.domain.payments import PaymentDraft, RefundDraft
from propdesk.domain.till import DepositKind, Means
from propdesk.i18n import _
from propdesk.services.deposits import return_deposit
from propdesk.services.prepaid import refund_prepaid, undo_prepaid_use, use_prepaid
from propdesk.services.queries.accounts import get_account, list_account_moves
from propdesk.services.queries.decorations import find_decoration
from propdesk.services.queries.deposits import deposit_warning, get_deposit, list_deposits
from propdesk.services.queries.prepaid import get_refundable, prepaid_warning
from propdesk.services.queries.staff import find_staff
from propdesk.services.queries.units import find_unit
from propdesk.services.till import take_payment


def add_fees_parsers(verbs: Any) -> None:
    """Add account, prepaid and deposit to `fees`."""
    account = verbs.add_parser("account", help=_("where a house stands"))
    _add_unit(account)
    add_by(account)
    add_json(account)
    account.set_defaults(func=run_account)
    prepaid = verbs.add_parser("prepaid", help=_("the prepaid account of a house"))
    acts = prepaid.add_subparsers(dest="act", required=True, metavar="show|use|undo|refund")
    show = acts.add_parser("show", help=_("what stands there and would go back on a day"))
    _add_unit(show)
    show.add_argument("--on", metavar="DAY", help=_("the day, if not today"))
    add_by(show)
    add_json(show)
    show.set_defaults(func=run_prepaid)
    use = acts.add_parser("use", help=_("let it pay what is due"))
    _add_unit(use)
    add_by(use)
    add_json(use)
    use.set_defaults(func=run_use)
    undo = acts.add_parser("undo", help=_("take back what it paid of a bill"))
    _add_unit(undo)
    undo.add_argument("--bill", action="append", required=True, type=int, metavar="ID")
    undo.add_argument("--reason", required=True, help=_("why"))
    add_by(undo)
    add_json(undo)
    undo.set_defaults(func=run_undo)
    refund = acts.add_parser("refund", help=_("give money of it back"))
    _add_unit(refund)
    refund.add_argument("--amount", required=True, metavar="100.00")
    refund.add_argument("--payee", required=True, metavar="NAME", help=_("who gets the money"))
    add_refund(refund)
    refund.set_defaults(func=run_refund_prepaid)
    _add_deposits(verbs)


def _add_unit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("unit", metavar="3-2-501")
    parser.add_argument("--community", default="", help=_("where several have this house"))


def _add_deposits(verbs: Any) -> None:
    deposit = verbs.add_parser("deposit", help=_("deposits: taken, given back, kept"))
    acts = deposit.add_subparsers(dest="act", required=True, metavar="list|take|return")
    show = acts.add_parser("list", help=_("list deposits that are held"))
    show.add_argument("--unit", metavar="3-2-501")
    show.add_argument("--community", default="", help=_("where several have this house"))
    show.add_argument("--due", action="store_true", help=_("those that should have gone back"))
    show.add_argument("--all", action="store_true", help=_("those that went back, too"))
    add_by(show)
    add_json(show)
    show.set_defaults(func=run_deposits)
    take = acts.add_parser("take", help=_("take a deposit of a house"))
    _add_unit(take)
    take.add_argument("--amount", required=True, metavar="2000.00")
    take.add_argument("--kind", required=True, metavar="|".join(DepositKind))
    take.add_argument("--label", default="", help=_("what it is for, in words"))
    take.add_argument("--decoration", metavar="NUMBER", help=_("the decoration that it is for"))
    take.add_argument("--key", type=int, metavar="ID", help=_("the key that it is for"))
    take.add_argument("--back-due", metavar="DAY", help=_("when it goes back"))
    take.add_argument("--means", action="append", metavar=MEANS)
    take.add_argument("--payer", default="", metavar="NAME")
    add_by(take)
    add_json(take)
    take.set_defaults(func=run_take)
    back = acts.add_parser("return", help=_("give a deposit back, or keep a part of it"))
    back.add_argument("id", type=int)
    back.add_argument(
        "--amount", metavar="2000.00", help=_("what goes back; else all that is left")
    )
    back.add_argument("--keep", metavar="100.00", help=_("what is kept"))
    back.add_argument("--reason", default="", help=_("what it is kept for"))
    back.add_argument("--means", default=Means.CASH.value, metavar=MEANS)
    back.add_argument("--payee", default="", metavar="NAME")
    add_by(back)
    add_json(back)
    back.set_defaults(func=run_return)


def deposit_json(deposit: Deposit) -> dict[str, Any]:
    """Return a deposit as its JSON object; money is in fen."""
    return {
        "id": deposit.id,
        "unit": deposit.where,
        "kind": deposit.kind.value,
        "label": deposit.label or None,
        "name": deposit.name or None,
        "taken_on": deposit.taken_on.isoformat(),
        "back_due_on": deposit.back_due_on.isoformat() if deposit.back_due_on else None,
        "taken_fen": deposit.taken_fen,
        "balance_fen": deposit.balance_fen,
        "note": deposit.note or None,
    }


def run_account(args: argparse.Namespace, desk: Desk) -> int:
    """Say what a house owes and has with the office, and what moved its account."""
    with fee_office(desk, args):
        unit = find_unit(args.unit, args.community)
        account = get_account(unit.id, desk.today)
        moves = list_account_moves(unit.id)
    for label, fen in (
        (_("Owed"), account.open_fen),
        (_("In arrears"), account.overdue_fen),
        (_("Prepaid"), account.prepaid_fen),
        (_("Deposits"), account.deposits_fen),
    ):
        desk.say(f"{label}\t{money_words(fen)}")
    for move in moves:
        desk.say(f"  {move.on_day}\t{move.words}\t{money_words(move.amount_fen)}\t{move.number}")
    desk.json(
        {
            "unit": unit.short,
            "open_bills": account.open_bills,
            "open_fen": account.open_fen,
            "overdue_fen": account.overdue_fen,
            "oldest_due_on": _iso(account.oldest_due_on),
            "prepaid_fen": account.prepaid_fen,
            "deposits": [deposit_json(one) for one in account.deposits],
            "moves": [
                {
                    "act": move.act.value,
                    "account": move.account.value,
                    "on": move.on_day.isoformat(),
                    "words": move.words or None,
                    "receipt": move.number or None,
                    "fen": move.amount_fen,
                    "by": move.by,
                    "reason": move.reason or None,
                }
                for move in moves
            ],
        }
    )
    return 0


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def run_prepaid(args: argparse.Namespace, desk: Desk) -> int:
    """Say what stands on a prepaid account, and what would go back if the service ended."""
    day = read_day(args.on) if args.on else desk.today
    with fee_office(desk, args):
        unit = find_unit(args.unit, args.community)
        refundable = get_refundable(unit.id, day)
        warning = prepaid_warning(unit.id, 0, desk.today)
    desk.say(_("Balance on {day}: {amount}").format(
        day=day, amount=money_words(refundable.balance_fen)
    ))  # fmt: skip
    desk.say(_("Would go back, with bills paid ahead: {amount}").format(
        amount=money_words(refundable.total_fen)
    ))  # fmt: skip
    if warning:
        desk.say(warning)
    desk.json(
        {
            "unit": unit.short,
            "on": day.isoformat(),
            "balance_fen": refundable.balance_fen,
            "bills": [
                {"bill": one.bill_id, "item": one.item, "fen": one.refundable_fen(day)}
                for one in refundable.bills
            ],
            "refundable_fen": refundable.total_fen,
            "warning": warning or None,
        }
    )
    return 0


def run_use(args: argparse.Namespace, desk: Desk) -> int:
    """Let the prepaid account pay what is due."""
    with desk.office(write=True):
        unit = find_unit(args.unit, args.community)
        used = use_prepaid(unit.id, by=desk.staff(args.by).id, now=desk.now)
    desk.say(_("The prepaid account paid {amount} yuan.").format(amount=money_words(used)))
    desk.json({"unit": unit.short, "used_fen": used})
    return 0


def run_undo(args: argparse.Namespace, desk: Desk) -> int:
    """Take back what the prepaid account paid of bills."""
    with desk.office(write=True):
        unit = find_unit(args.unit, args.community)
        by = desk.staff(args.by).id
        back = undo_prepaid_use(unit.id, args.bill, args.reason, by=by, now=desk.now)
    words = _("{amount} yuan stand on the prepaid account again.")
    desk.say(words.format(amount=money_words(back)))
    desk.json({"unit": unit.short, "back_fen": back})
    return 0


def run_refund_prepaid(args: argparse.Namespace, desk: Desk) -> int:
    """Give money of a prepaid account back."""
    means = choice(args.means, Means, _("means of payment"))
    amount_fen = parse_money(args.amount)
    with desk.office(write=True):
        payment = refund_prepaid(
            find_unit(args.unit, args.community).id,
            amount_fen,
            RefundDraft(args.reason, means, args.reference),
            payee=args.payee,
            by=desk.staff(args.by).id,
            now=desk.now,
            approved_by=find_staff(args.approved_by).id if args.approved_by else None,
        )
    say_refund(desk, payment)
    return 0


def run_deposits(args: argparse.Namespace, desk: Desk) -> int:
    """List deposits, those first that should go back."""
    with fee_office(desk, args):
        found = list_deposits(
            unit_id=find_unit(args.unit, args.community).id if args.unit else None,
            held_only=not args.all,
            due_by=desk.today if args.due else None,
        )
    for one in found:
        due = one.back_due_on or ""
        desk.say(f"{one.id}\t{one.where}\t{one.words}\t{money_words(one.balance_fen)}\t{due}")
    desk.json([deposit_json(one) for one in found])
    return 0


def run_take(args: argparse.Namespace, desk: Desk) -> int:
    """Take a deposit; where the place forbids or limits it, say so."""
    kind = choice(args.kind, DepositKind, _("kind"))
    means = read_means(args.means, args.amount)
    with desk.office(write=True):
        unit = find_unit(args.unit, args.community)
        deposit = DepositDraft(
            kind,
            parse_money(args.amount),
            args.label,
            decoration_id=find_decoration(args.decoration).id if args.decoration else None,
            unit_key_id=args.key,
            back_due_on=read_day(args.back_due) if args.back_due else None,
        )
        draft = PaymentDraft(unit.id, means, payer=args.payer, deposits=(deposit,))
        payment = take_payment(draft, by=desk.staff(args.by).id, now=desk.now)
        warning = deposit_warning(kind, deposit.amount_fen, desk.today)
    words = _("Receipt {number}: {amount} yuan.")
    amount = money_words(payment.total_fen)
    tell_payment(desk, payment, words.format(number=payment.number, amount=amount))
    if warning:
        desk.say(warning)
    desk.json(payment_json(payment) | {"warning": warning or None})
    return 0


def run_return(args: argparse.Namespace, desk: Desk) -> int:
    """Give a deposit back; what is not said goes back wholly, less what is kept."""
    means = choice(args.means, Means, _("means of payment"))
    kept = parse_money(args.keep) if args.keep else 0
    with desk.office(write=True):
        deposit = get_deposit(args.id)
        left = max(0, deposit.balance_fen - kept)
        draft = DepositReturn(
            parse_money(args.amount) if args.amount else left,
            kept,
            args.reason,
            means,
            payee=args.payee,
        )
        by = desk.staff(args.by).id
        deposit, number = return_deposit(
            deposit.id, draft, version=deposit.version, by=by, now=desk.now
        )
    words = _("{back} yuan went back, {kept} were kept; {left} are held still.")
    desk.say(
        words.format(
            back=money_words(draft.back_fen),
            kept=money_words(kept),
            left=money_words(deposit.balance_fen),
        )
    )
    desk.json(deposit_json(deposit) | {"receipt": number or None})
    return 0

"""`propdesk fees late-fee|waive`: penalties for delay, and what is waived."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, read_day
from propdesk.cli.fee_bills import bill_json, bill_line
from propdesk.domain.late_fees import annual_words, late_words, prevails_words
from propdesk.domain.money import money_words, parse_money
from propdesk.i18n import _
from propdesk.services.late_fees import charge_late_fees
from propdesk.services.queries.late_fees import BillLateFee, list_late_fees
from propdesk.services.queries.units import find_unit
from propdesk.services.waivers import take_back_waiver, waive_bill


def add_fees_parsers(verbs: Any) -> None:
    """Add the verbs of penalties and waivers to `fees`."""
    late = verbs.add_parser("late-fee", help=_("reckon penalties for delay, or bill them"))
    late.add_argument("unit", metavar="3-2-501")
    late.add_argument("--community", default="", help=_("where several have this house"))
    late.add_argument("--until", metavar="DAY", help=_("up to which day, if not today"))
    late.add_argument("--bill", action="append", type=int, metavar="ID",
                      help=_("for these bills only; several times"))  # fmt: skip
    late.add_argument("--charge", action="store_true", help=_("bill them, not only show"))
    add_by(late)
    add_json(late)
    late.set_defaults(func=run_late)
    waive = verbs.add_parser("waive", help=_("waive part of a bill, with a reason"))
    waive.add_argument("bill", type=int, metavar="ID")
    waive.add_argument("--amount", metavar="YUAN", help=_("all that is open if not said"))
    waive.add_argument("--take-back", action="store_true", help=_("take back what was waived"))
    waive.add_argument("--reason", required=True, help=_("why"))
    add_by(waive)
    add_json(waive)
    waive.set_defaults(func=run_waive)


def late_json(fee: BillLateFee) -> dict[str, Any]:
    """Return a penalty as its JSON object; money is in fen."""
    return {
        "bill": fee.bill_id,
        "item": fee.item,
        "due": fee.due_on.isoformat(),
        "until": fee.reckoned_until.isoformat(),
        "rate_e6": fee.fee.terms.rate_e6,
        "yearly": annual_words(fee.fee.terms.rate_e6),
        "clause": fee.fee.terms.clause,
        "amount_fen": fee.fee.amount_fen,
        "charged_fen": fee.charged_fen,
        "to_charge_fen": fee.to_charge_fen,
        "warnings": list(fee.warnings),
    }


def run_late(args: argparse.Namespace, desk: Desk) -> int:
    """Show the penalties of a house with their working and warnings; with --charge bill them."""
    with desk.office(write=args.charge):
        unit = find_unit(args.unit, args.community)
        until = read_day(args.until) if args.until else desk.today
        if args.charge:
            by = desk.staff(args.by).id
            bills = charge_late_fees(unit.id, args.bill, until_on=until, by=by, now=desk.now)
            for bill in bills:
                desk.say(bill_line(bill))
            desk.json([bill_json(bill) for bill in bills])
            return 0
        found = [
            fee
            for fee in list_late_fees(unit.id, until)
            if args.bill is None or fee.bill_id in args.bill
        ]
    for fee in found:
        desk.say(f"{fee.bill_id}\t{fee.item}\t{fee.due_on}\t{money_words(fee.to_charge_fen)}")
        for line in late_words(fee.fee.working(fee.charged_fen)["late"]):
            desk.say(f"  {line}")
    for warning in dict.fromkeys(word for fee in found for word in fee.warnings):
        desk.say(warning)
    if not found:
        desk.say(_("No penalty: nothing is late, or the price has no clause with a rate."))
    desk.json({"bills": [late_json(fee) for fee in found], "prevails": prevails_words()})
    return 0


def run_waive(args: argparse.Namespace, desk: Desk) -> int:
    """Waive part of a bill, or take a waiver back; both are a manager's."""
    with desk.office(write=True):
        by = desk.staff(args.by).id
        if args.take_back:
            bill = take_back_waiver(args.bill, args.reason, by=by, now=desk.now)
        else:
            fen = parse_money(args.amount) if args.amount else None
            bill = waive_bill(args.bill, fen, args.reason, by=by, now=desk.now)
    desk.say(bill_line(bill))
    desk.json(bill_json(bill))
    return 0

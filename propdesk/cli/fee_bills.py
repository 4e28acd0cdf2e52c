"""`propdesk fees bills UNIT`: the bills of a house."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_json
from propdesk.domain.bills import BILL_KIND_LABELS
from propdesk.domain.money import money_words
from propdesk.i18n import _
from propdesk.services.queries.bills import Bill, list_bills
from propdesk.services.queries.units import find_unit


def add_fees_parsers(verbs: Any) -> None:
    """Add the verbs of bills to `fees`."""
    show = verbs.add_parser("bills", help=_("list the bills of a house"))
    show.add_argument("unit", metavar="3-2-501")
    show.add_argument("--community", default="", help=_("where several have this house"))
    show.add_argument("--open", action="store_true", help=_("only what is still to be paid"))
    add_json(show)
    show.set_defaults(func=run_bills)


def bill_json(bill: Bill) -> dict[str, Any]:
    """Return a bill as its JSON object; money is in fen."""
    return {
        "id": bill.id,
        "unit": bill.unit,
        "item": bill.item_code,
        "name": bill.item,
        "kind": bill.kind.value,
        "from": bill.from_on.isoformat(),
        "until": bill.until_on.isoformat(),
        "due": bill.due_on.isoformat(),
        "amount_fen": bill.amount_fen,
        "settled_fen": bill.settled_fen,
        "open_fen": bill.open_fen,
        "debtor": bill.debtor or None,
        "payer": bill.payer or None,
        "working": bill.working,
        "run": bill.run or None,
        "ticket": bill.ticket or None,
        "note": bill.note or None,
        "voided": bill.voided_at.isoformat() if bill.voided_at else None,
        "void_reason": bill.void_reason or None,
    }


def run_bills(args: argparse.Namespace, desk: Desk) -> int:
    """List the bills of a house in the order in which they fall due."""
    with desk.office(write=False):
        found = list_bills(find_unit(args.unit, args.community).id, open_only=args.open)
    for bill in found:
        desk.say(bill_line(bill))
    desk.json([bill_json(bill) for bill in found])
    return 0


def bill_line(bill: Bill) -> str:
    """Return a bill as one line for a person."""
    state = _("voided") if bill.voided_at else _("open") if bill.is_open else _("settled")
    kind = BILL_KIND_LABELS[bill.kind]
    return (
        f"{bill.id}\t{bill.item}\t{kind}\t{bill.from_on}\t{bill.until_on}\t{bill.due_on}\t"
        f"{money_words(bill.amount_fen)}\t{money_words(bill.open_fen)}\t{state}"
    )

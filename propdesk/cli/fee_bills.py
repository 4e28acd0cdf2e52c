"""`propdesk fees bills|bill|shared`: the bills of a house, single ones, and common costs."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day
from propdesk.cli.fee_office import fee_office
from propdesk.cli.fee_runs import add_place
from propdesk.domain.bill_runs import read_period
from propdesk.domain.bills import BILL_KIND_LABELS, BillDraft
from propdesk.domain.fee_items import SHARE_LABELS, ShareBy
from propdesk.domain.money import money_words, parse_money, parse_quantity, quantity_words
from propdesk.domain.shared_costs import SharedCost, SharedCostDraft
from propdesk.i18n import _
from propdesk.services.bills import add_bill, bill_ticket, void_bill
from propdesk.services.queries.bill_events import list_bill_events
from propdesk.services.queries.bills import Bill, BillExplained, explain, list_bills
from propdesk.services.queries.places import find_place
from propdesk.services.queries.shared_costs import list_shared_costs
from propdesk.services.queries.tickets import find_ticket
from propdesk.services.queries.units import find_unit
from propdesk.services.shared_costs import enter_shared_cost, void_shared_cost


def add_fees_parsers(verbs: Any) -> None:
    """Add the verbs of bills to `fees`."""
    show = verbs.add_parser("bills", help=_("list the bills of a house"))
    show.add_argument("unit", metavar="3-2-501")
    show.add_argument("--community", default="", help=_("where several have this house"))
    show.add_argument("--open", action="store_true", help=_("only what is still to be paid"))
    add_by(show)
    add_json(show)
    show.set_defaults(func=run_bills)
    bill = verbs.add_parser("bill", help=_("write, void or explain a single bill"))
    _add_bill(bill.add_subparsers(dest="act", required=True, metavar="ACT"))
    shared = verbs.add_parser("shared", help=_("common costs that houses share"))
    _add_shared(shared.add_subparsers(dest="act", required=True, metavar="ACT"))


def _add_bill(acts: Any) -> None:
    add = acts.add_parser("add", help=_("write a bill by hand"))
    add.add_argument("unit", metavar="3-2-501")
    add.add_argument("--community", default="", help=_("where several have this house"))
    add.add_argument("--item", required=True, metavar="CODE", help=_("the fee item"))
    add.add_argument("--amount", required=True, metavar="YUAN")
    add.add_argument("--from", dest="from_on", metavar="DAY", help=_("the first day"))
    add.add_argument("--until", dest="until_on", metavar="DAY", help=_("the last day"))
    add.add_argument("--due", metavar="DAY", help=_("when it is to be paid"))
    add.add_argument("--note", required=True, help=_("what it is for"))
    add.set_defaults(func=run_add)
    void = acts.add_parser("void", help=_("void a bill of which nothing is paid"))
    void.add_argument("id", type=int, metavar="N")
    void.add_argument("--reason", required=True, help=_("why"))
    void.set_defaults(func=run_void)
    ticket = acts.add_parser("ticket", help=_("bill a ticket's paid work before it closes"))
    ticket.add_argument("number", metavar="BX-202611-0031")
    ticket.set_defaults(func=run_ticket)
    for parser in (add, void, ticket):
        add_by(parser)
        add_json(parser)
    explained = acts.add_parser("explain", help=_("how the amount of a bill came about"))
    explained.add_argument("id", type=int, metavar="N")
    add_by(explained)
    add_json(explained)
    explained.set_defaults(func=run_explain)


def _add_shared(acts: Any) -> None:
    add = acts.add_parser("add", help=_("enter what was spent in common"))
    add.add_argument("--item", required=True, metavar="CODE", help=_("the fee item"))
    add.add_argument("--period", required=True, metavar="2026-11", help=_("the month"))
    add.add_argument("--quarter", action="store_true", help=_("the whole quarter of the month"))
    add.add_argument("--total", required=True, metavar="YUAN")
    add.add_argument("--usage", metavar="QUANTITY", help=_("what the common meter counted"))
    add.add_argument("--by-rule", dest="share_by", default=ShareBy.AREA.value,
                     metavar="|".join(ShareBy), help=_("how it is shared"))  # fmt: skip
    add.add_argument("--document", default="", help=_("the supplier's bill"))
    add_place(add)
    add.set_defaults(func=run_share)
    void = acts.add_parser("void", help=_("void a shared cost that no bill shares"))
    void.add_argument("id", type=int, metavar="N")
    void.set_defaults(func=run_unshare)
    for parser in (add, void):
        add_by(parser)
        add_json(parser)
    show = acts.add_parser("list", help=_("list the shared costs, the latest first"))
    add_by(show)
    add_json(show)
    show.set_defaults(func=run_costs)


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
    with fee_office(desk, args):
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


def _tell(desk: Desk, bill: Bill) -> int:
    desk.say(bill_line(bill))
    desk.json(bill_json(bill))
    return 0


def run_add(args: argparse.Namespace, desk: Desk) -> int:
    """Write a bill by hand."""
    draft = BillDraft(
        amount_fen=parse_money(args.amount),
        note=args.note,
        from_on=read_day(args.from_on) if args.from_on else None,
        until_on=read_day(args.until_on) if args.until_on else None,
        due_on=read_day(args.due) if args.due else None,
    )
    with desk.office(write=True):
        unit = find_unit(args.unit, args.community)
        bill = add_bill(unit.id, args.item, draft, by=desk.staff(args.by).id, now=desk.now)
    return _tell(desk, bill)


def run_void(args: argparse.Namespace, desk: Desk) -> int:
    """Void a bill."""
    with desk.office(write=True):
        bill = void_bill(args.id, args.reason, by=desk.staff(args.by).id, now=desk.now)
    return _tell(desk, bill)


def run_ticket(args: argparse.Namespace, desk: Desk) -> int:
    """Bill the paid work of a ticket."""
    with desk.office(write=True):
        ticket = find_ticket(args.number)
        bill = bill_ticket(ticket.id, by=desk.staff(args.by).id, now=desk.now)
    return _tell(desk, bill)


def run_explain(args: argparse.Namespace, desk: Desk) -> int:
    """Say how the amount of a bill came about."""
    with fee_office(desk, args):
        found = explain(args.id)
        events = list_bill_events(found.bill)
    desk.say(bill_line(found.bill))
    for line in _reasons(found):
        desk.say(f"  {line}")
    for event in events:
        amount = money_words(event.amount_fen) if event.amount_fen else ""
        said = (str(event.on_day), event.what, event.number, amount, event.came_of_it)
        desk.say("  " + "\t".join(said).rstrip())
    desk.json(
        bill_json(found.bill)
        | {
            "words": list(found.words),
            "basis": found.basis or None,
            "place": found.place or None,
            "document": found.document or None,
            "owners": list(found.owners),
            "events": [
                {
                    "day": event.on_day.isoformat(),
                    "kind": event.kind.value,
                    "number": event.number or None,
                    "amount_fen": event.amount_fen,
                    "code": event.code or None,
                }
                for event in events
            ],
        }
    )
    return 0


def _reasons(found: BillExplained) -> list[str]:
    lines = [*found.words]
    if found.basis:
        lines.append(_("Basis: {basis}").format(basis=found.basis))
    if found.document:
        lines.append(_("Document: {document}").format(document=found.document))
    return lines


def cost_json(cost: SharedCost) -> dict[str, Any]:
    """Return a common cost as its JSON object; money is in fen."""
    return {
        "id": cost.id,
        "item": cost.item,
        "place": cost.place or None,
        "from": cost.from_on.isoformat(),
        "until": cost.until_on.isoformat(),
        "total_fen": cost.total_fen,
        "share_by": cost.share_by.value,
        "usage_milli": cost.usage_milli,
        "document": cost.document or None,
        "bills": cost.bills,
        "billed_fen": cost.billed_fen,
        "voided": cost.voided_at.isoformat() if cost.voided_at else None,
    }


def _cost_line(cost: SharedCost) -> str:
    usage = "" if cost.usage_milli is None else quantity_words(cost.usage_milli)
    return (
        f"{cost.id}\t{cost.item}\t{cost.place}\t{cost.from_on}\t{cost.until_on}\t"
        f"{money_words(cost.total_fen)}\t{usage}\t{SHARE_LABELS[cost.share_by]}\t{cost.bills}"
    )


def run_share(args: argparse.Namespace, desk: Desk) -> int:
    """Enter a common cost."""
    from_on, until_on = read_period(args.period, quarter=args.quarter)
    with desk.office(write=True):
        community_id, building_id = find_place(args.community, args.building)
        draft = SharedCostDraft(
            from_on=from_on,
            until_on=until_on,
            total_fen=parse_money(args.total),
            share_by=choice(args.share_by, ShareBy, _("rule")),
            community_id=community_id,
            building_id=building_id,
            usage_milli=parse_quantity(args.usage) if args.usage else None,
            document=args.document,
        )
        cost = enter_shared_cost(args.item, draft, by=desk.staff(args.by).id, now=desk.now)
    desk.say(_cost_line(cost))
    desk.json(cost_json(cost))
    return 0


def run_unshare(args: argparse.Namespace, desk: Desk) -> int:
    """Void a common cost."""
    with desk.office(write=True):
        cost = void_shared_cost(args.id, by=desk.staff(args.by).id, now=desk.now)
    desk.say(_("Shared cost {id} is void.").format(id=cost.id))
    desk.json(cost_json(cost))
    return 0


def run_costs(args: argparse.Namespace, desk: Desk) -> int:
    """List the common costs."""
    with fee_office(desk, args):
        found = list_shared_costs(also_voided=True)
    for cost in found:
        desk.say(_cost_line(cost) + ("\t" + _("voided") if cost.voided_at else ""))
    desk.json([cost_json(cost) for cost in found])
    return 0

"""`propdesk tickets agree-price|charge`: paid work on a ticket (R97)."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_time
from propdesk.domain.errors import RuleError
from propdesk.domain.money import (
    in_capitals,
    money_words,
    parse_money,
    parse_quantity,
    quantity_words,
)
from propdesk.domain.prices import AgreedBy, Agreement, Charge, ChargeKind, ChargeLine
from propdesk.domain.texts import fold
from propdesk.i18n import _
from propdesk.services.charges import agree_price, charge_ticket
from propdesk.services.queries.prices import find_price, get_charge
from propdesk.services.queries.tickets import find_ticket


def add_parsers(verbs: Any) -> None:
    """Add the verbs to `tickets`."""
    agree = verbs.add_parser("agree-price", help=_("the customer agrees to a price"))
    agree.add_argument("number")
    agree.add_argument("--amount", required=True, metavar="YUAN", help=_("at most so much"))
    agree.add_argument("--name", required=True, help=_("who agreed"))
    agree.add_argument("--way", default=AgreedBy.PHONE.value, metavar="|".join(AgreedBy))
    agree.set_defaults(func=run_agree)
    charge = verbs.add_parser("charge", help=_("material and labour of a ticket"))
    charge.add_argument("number")
    charge.add_argument(
        "--item",
        action="append",
        default=[],
        metavar="PRICE[:QUANTITY]",
        help=_("a price of the list, by number or name; may be given several times"),
    )
    charge.add_argument(
        "--other",
        action="append",
        default=[],
        metavar="KIND:NAME:QUANTITY:YUAN",
        help=_("what is not in the list; may be given several times"),
    )
    charge.add_argument("--none", action="store_true", help=_("nothing was charged or used"))
    charge.set_defaults(func=run_charge)
    for parser in (agree, charge):
        add_by(parser)
        parser.add_argument("--at", metavar="TIME", help=_("when it happened"))
        add_json(parser)


def charge_json(charge: Charge) -> dict[str, Any]:
    """Return what a ticket costs as its JSON object; money is in fen, quantities in thousandths."""
    return {
        "payment": charge.payment.value if charge.payment else None,
        "lines": [
            {
                "kind": line.kind.value,
                "name": line.name,
                "spec": line.spec or None,
                "unit": line.unit or None,
                "quantity_milli": line.quantity_milli,
                "price_fen": line.price_fen,
                "amount_fen": line.amount_fen,
            }
            for line in charge.lines
        ],
        "labour_fen": charge.total_of(ChargeKind.LABOUR),
        "material_fen": charge.total_of(ChargeKind.MATERIAL),
        "total_fen": charge.total_fen,
        "agreed_fen": charge.agreed_fen,
        "agreed_by": charge.agreed_by or None,
        "agreed_at": charge.agreed_at.isoformat() if charge.agreed_at else None,
    }


def run_agree(args: argparse.Namespace, desk: Desk) -> int:
    """Note that the customer agrees to a price before the work."""
    with desk.office(write=True):
        charge = agree_price(
            find_ticket(args.number).id,
            Agreement(
                parse_money(args.amount),
                args.name,
                choice(args.way, AgreedBy, _("way to agree")),
            ),
            by=desk.staff(args.by).id,
            now=desk.now,
            at=read_time(args.at) if args.at else None,
        )
    desk.say(
        _("{name} agreed to pay up to {amount} yuan").format(
            name=charge.agreed_by, amount=money_words(charge.agreed_fen or 0)
        )
    )
    desk.json(charge_json(charge))
    return 0


def run_charge(args: argparse.Namespace, desk: Desk) -> int:
    """Store the material and labour of a ticket; without any line, show what stands there."""
    with desk.office(write=bool(args.item or args.other or args.none)):
        ticket = find_ticket(args.number)
        lines = [*map(_listed, args.item), *map(_other, args.other)]
        if lines or args.none:
            charge = charge_ticket(
                ticket.id,
                lines,
                by=desk.staff(args.by).id,
                now=desk.now,
                at=read_time(args.at) if args.at else None,
            )
        else:
            charge = get_charge(ticket.id)
    for line in charge.lines:
        desk.say(
            f"{line.name} {line.spec}\t{quantity_words(line.quantity_milli)} {line.unit}\t"
            f"{money_words(line.price_fen)}\t{money_words(line.amount_fen)}"
        )
    total = charge.total_fen
    desk.say(
        _("Total {sum}  {capitals}").format(sum=money_words(total), capitals=in_capitals(total))
    )
    desk.json(charge_json(charge))
    return 0


def _listed(words: str) -> ChargeLine:
    """Return a line of the price list: `S01` or `S01:2`."""
    name, _colon, quantity = fold(words).partition(":")
    item = find_price(name)
    return ChargeLine(
        item.kind,
        item.name,
        parse_quantity(quantity or "1"),
        item.price_fen,
        spec=item.spec,
        unit=item.unit,
        price_item_id=item.id,
    )


def _other(words: str) -> ChargeLine:
    """Return a line that is not in the list: `material:washer:2:2.50`."""
    parts = words.split(":")
    if len(parts) != 4:
        raise RuleError(
            "charge-line",
            _("Write a line that is not in the list as {form}.").format(
                form="material:NAME:QUANTITY:YUAN"
            ),
        )
    kind, name, quantity, price = parts
    return ChargeLine(
        choice(kind, ChargeKind, _("kind of price")),
        name,
        parse_quantity(quantity),
        parse_money(price),
    )

"""`propdesk fees unit list|add|end|void`: what a house is charged apart, less or not at all."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day
from propdesk.cli.fee_office import fee_office
from propdesk.cli.house_words import add_at, add_house, day_of, house, person_of, read_at
from propdesk.domain.fee_items import UNIT_FEE_LABELS, UnitFeeKind
from propdesk.domain.money import parse_price, parse_quantity, price_words, quantity_words
from propdesk.domain.tariffs import span_text
from propdesk.domain.unit_fees import ONE, UnitFee, UnitFeeDraft
from propdesk.i18n import _
from propdesk.services.queries.fee_items import find_item, get_item, list_items
from propdesk.services.queries.unit_fees import list_unit_fees
from propdesk.services.unit_fees import StoredUnitFee, add_unit_fee, end_unit_fee, void_unit_fee


def add_fees_parsers(verbs: Any) -> None:
    """Add the verbs of exceptions to `fees`."""
    unit = verbs.add_parser("unit", help=_("what a house is charged apart, less or not at all"))
    acts = unit.add_subparsers(dest="act", required=True, metavar="list|add|end|void")
    show = acts.add_parser("list", help=_("list what is said of a house"))
    add_house(show)
    show.add_argument("--void", action="store_true", help=_("also the void ones"))
    add_by(show)
    add_json(show)
    show.set_defaults(func=run_list)
    add = acts.add_parser("add", help=_("charge, exempt, reduce, vacant, another payer"))
    add_house(add)
    add.add_argument("item", metavar="ITEM")
    add.add_argument("kind", metavar="|".join(UnitFeeKind))
    add.add_argument("--from", dest="from_on", metavar="DAY", help=_("today where none is said"))
    add.add_argument("--until", dest="until_on", metavar="DAY")
    add.add_argument("--quantity", default="", metavar="N", help=_("how many are charged"))
    add.add_argument("--percent", type=int, metavar="N", help=_("what is still paid"))
    add.add_argument("--price", default="", metavar="YUAN", help=_("instead of the price"))
    add.add_argument("--payer", metavar="NAME", help=_("who of the house agreed to pay"))
    add.add_argument("--reason", default="", metavar="TEXT")
    add.add_argument("--evidence", default="", metavar="TEXT", help=_("what shows it"))
    add_at(add, _("when it is entered"))
    end = acts.add_parser("end", help=_("let a line end on a day"))
    end.add_argument("id", type=int)
    end.add_argument("--until", required=True, metavar="DAY")
    void = acts.add_parser("void", help=_("void a line that was entered by mistake"))
    void.add_argument("id", type=int)
    add_at(void, _("when it is entered"))
    for parser, run in ((add, run_add), (end, run_end), (void, run_void)):
        add_by(parser)
        add_json(parser)
        parser.set_defaults(func=run)


def line_json(line: UnitFee, item: str) -> dict[str, Any]:
    """Return a line as its JSON object; prices in ten-thousandths of a yuan."""
    return {
        "id": line.id,
        "item": item,
        "kind": line.kind.value,
        "from": line.from_on.isoformat(),
        "until": line.until_on.isoformat() if line.until_on else None,
        "quantity_milli": line.quantity_milli,
        "percent": line.percent,
        "price_e4": line.price_e4,
        "payer_id": line.payer_id,
        "reason": line.reason or None,
        "evidence": line.evidence or None,
        "voided": line.voided_at.isoformat() if line.voided_at else None,
    }


def _words(line: UnitFee, item: str) -> str:
    said = [str(line.id), item, str(UNIT_FEE_LABELS[line.kind])]
    said.append(span_text(line.from_on, line.until_on))
    if line.quantity_milli != ONE:
        said.append(quantity_words(line.quantity_milli))
    if line.percent is not None:
        said.append(f"{line.percent} %")
    if line.price_e4 is not None:
        said.append(price_words(line.price_e4))
    said += [line.reason, _("void") if line.voided_at else ""]
    return "\t".join(filter(None, said))


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List what is said of a house."""
    with fee_office(desk, args):
        found = list_unit_fees(house(args).id, with_void=args.void)
        items = {item.id: item for item in list_items()}
    for line in found:
        desk.say(_words(line, items[line.fee_item_id].name))
    desk.json([line_json(line, items[line.fee_item_id].code) for line in found])
    return 0


def run_add(args: argparse.Namespace, desk: Desk) -> int:
    """Say something of a house and an item."""
    read_at(args, desk)
    with desk.office(write=True):
        unit = house(args)
        draft = UnitFeeDraft(
            fee_item_id=find_item(args.item).id,
            kind=choice(args.kind, UnitFeeKind, _("kind")),
            from_on=day_of(args.from_on) or desk.today,
            until_on=day_of(args.until_on),
            quantity_milli=parse_quantity(args.quantity) if args.quantity else ONE,
            percent=args.percent,
            price_e4=parse_price(args.price) if args.price else None,
            payer_id=person_of(unit, args.payer, desk.today),
            reason=args.reason,
            evidence=args.evidence,
        )
        return _told(desk, add_unit_fee(unit.id, draft, by=desk.staff(args.by).id, now=desk.now))


def run_end(args: argparse.Namespace, desk: Desk) -> int:
    """Let a line end."""
    with desk.office(write=True):
        by = desk.staff(args.by).id
        return _told(desk, end_unit_fee(args.id, read_day(args.until), by=by))


def run_void(args: argparse.Namespace, desk: Desk) -> int:
    """Void a line."""
    read_at(args, desk)
    with desk.office(write=True):
        return _told(desk, void_unit_fee(args.id, by=desk.staff(args.by).id, now=desk.now))


def _told(desk: Desk, stored: StoredUnitFee) -> int:
    item = get_item(stored.line.fee_item_id)
    desk.say(_words(stored.line, item.name))
    for doubt in stored.doubts:
        desk.say(doubt)
    desk.json(line_json(stored.line, item.code) | {"doubts": list(stored.doubts)})
    return 0

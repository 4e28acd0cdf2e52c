"""`propdesk prices`: the price list of paid work."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice
from propdesk.cli.printed import add_paper_options, paper_language, tell_printed
from propdesk.domain.money import money_words, parse_money
from propdesk.domain.prices import CHARGE_LABELS, ChargeKind, PriceDraft, PriceItem
from propdesk.i18n import _
from propdesk.services.prices import add_price, change_price, import_prices
from propdesk.services.queries.prices import find_price, list_prices


def add_parsers(commands: Any) -> None:
    """Add `prices` to the command line."""
    prices = commands.add_parser("prices", help=_("the price list of paid work"))
    verbs = prices.add_subparsers(dest="verb", required=True, metavar="VERB")
    show = verbs.add_parser("list", help=_("list the prices"))
    show.add_argument("--retired", action="store_true", help=_("also what was taken off the list"))
    add_json(show)
    show.set_defaults(func=run_list)
    add = verbs.add_parser("add", help=_("add a price"))
    add.add_argument("name")
    add.add_argument("--price", required=True, metavar="YUAN")
    add.add_argument("--kind", default=ChargeKind.LABOUR.value, metavar="|".join(ChargeKind))
    add.set_defaults(func=run_add)
    change = verbs.add_parser("set", help=_("change a price"))
    change.add_argument("code", metavar="CODE")
    change.add_argument("--name")
    change.add_argument("--price", metavar="YUAN")
    change.add_argument("--kind", metavar="|".join(ChargeKind))
    change.set_defaults(func=run_set)
    for parser in (add, change):
        parser.add_argument("--number", dest="new_code", metavar="CODE", help=_("its own number"))
        parser.add_argument("--spec", help=_("size or make"))
        parser.add_argument("--unit", help=_("what the price is for: piece, hour, visit"))
        parser.add_argument("--note")
        add_by(parser)
        add_json(parser)
    retire = verbs.add_parser("retire", help=_("take a price off the list"))
    retire.add_argument("code", metavar="CODE")
    add_by(retire)
    add_json(retire)
    retire.set_defaults(func=run_retire)
    take = verbs.add_parser("import", help=_("take the list from a workbook"))
    take.add_argument("file", type=Path, metavar="FILE.xlsx")
    add_by(take)
    add_json(take)
    take.set_defaults(func=run_import)
    paper = verbs.add_parser("print", help=_("print the list for the wall"))
    add_paper_options(paper)
    paper.set_defaults(func=run_print)


def price_json(item: PriceItem) -> dict[str, Any]:
    """Return a price as its JSON object; money is in fen."""
    return {
        "code": item.code,
        "kind": item.kind.value,
        "name": item.name,
        "spec": item.spec or None,
        "unit": item.unit or None,
        "price_fen": item.price_fen,
        "note": item.note or None,
        "since": item.since.isoformat(),
        "active": item.active,
    }


def _tell(desk: Desk, item: PriceItem) -> int:
    desk.say(_line(item))
    desk.json(price_json(item))
    return 0


def _line(item: PriceItem) -> str:
    kind, price = CHARGE_LABELS[item.kind], money_words(item.price_fen)
    off = "" if item.active else _("off the list")
    return f"{item.code}\t{kind}\t{item.label}\t{item.unit}\t{price}\t{off}".rstrip()


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List the prices."""
    with desk.office(write=False):
        items = list_prices(also_retired=args.retired)
    for item in items:
        desk.say(_line(item))
    desk.json([price_json(item) for item in items])
    return 0


def run_add(args: argparse.Namespace, desk: Desk) -> int:
    """Add a price."""
    draft = PriceDraft(
        kind=choice(args.kind, ChargeKind, _("kind of price")),
        name=args.name,
        price_fen=parse_money(args.price),
        code=args.new_code or "",
        spec=args.spec or "",
        unit=args.unit or "",
        note=args.note or "",
    )
    with desk.office(write=True):
        item = add_price(draft, by=desk.staff(args.by).id, now=desk.now)
    return _tell(desk, item)


def _draft_of(item: PriceItem) -> PriceDraft:
    return PriceDraft(
        kind=item.kind,
        name=item.name,
        price_fen=item.price_fen,
        code=item.code,
        spec=item.spec,
        unit=item.unit,
        note=item.note,
    )


def run_set(args: argparse.Namespace, desk: Desk) -> int:
    """Change what is given; the rest stays as it is."""
    typed = {"name": args.name, "code": args.new_code, "spec": args.spec, "unit": args.unit,
             "note": args.note}  # fmt: skip
    changes: dict[str, Any] = {name: word for name, word in typed.items() if word is not None}
    if args.price is not None:
        changes["price_fen"] = parse_money(args.price)
    if args.kind is not None:
        changes["kind"] = choice(args.kind, ChargeKind, _("kind of price"))
    with desk.office(write=True):
        item = find_price(args.code)
        draft = replace(_draft_of(item), **changes)
        by = desk.staff(args.by).id
        item = change_price(item.id, draft, version=item.version, by=by, now=desk.now)
    return _tell(desk, item)


def run_retire(args: argparse.Namespace, desk: Desk) -> int:
    """Take a price off the list; what was charged by it stays."""
    with desk.office(write=True):
        item = find_price(args.code)
        by = desk.staff(args.by).id
        item = change_price(
            item.id, _draft_of(item), version=item.version, active=False, by=by, now=desk.now
        )
    return _tell(desk, item)


def run_import(args: argparse.Namespace, desk: Desk) -> int:
    """Take the list from a workbook, all lines or none."""
    with desk.office(write=True):
        taken = import_prices(args.file, by=desk.staff(args.by).id, now=desk.now)
    desk.say(
        _("{added} added, {changed} changed, {unchanged} as before").format(
            added=taken.added, changed=taken.changed, unchanged=taken.unchanged
        )
    )
    desk.json({"added": taken.added, "changed": taken.changed, "unchanged": taken.unchanged})
    return 0


def run_print(args: argparse.Namespace, desk: Desk) -> int:
    """Print the list for the wall."""
    from propdesk.services.printing_prices import print_price_list

    with desk.office(write=False):
        printed = print_price_list(
            args.output, by=desk.staff(args.by), now=desk.now, language=paper_language(args)
        )
    return tell_printed(desk, printed)

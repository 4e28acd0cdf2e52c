"""`propdesk fees items [add|set]`: what is charged, and how its bills are cut."""

import argparse
from dataclasses import replace
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice
from propdesk.domain.fee_item_drafts import ItemDraft, draft_of
from propdesk.domain.fee_items import (
    CHARGES_LABELS,
    FORMULA_LABELS,
    PARTIAL_LABELS,
    Charges,
    FeeItem,
    Formula,
    Income,
    Partial,
    Rounding,
)
from propdesk.domain.meters import MeterKind
from propdesk.domain.units import UnitKind
from propdesk.i18n import _
from propdesk.services.fee_items import StoredItem, add_item, change_item, propose_items
from propdesk.services.queries.fee_items import find_item, list_items


def add_fees_parsers(verbs: Any) -> None:
    """Add the verbs of items to `fees`."""
    items = verbs.add_parser("items", help=_("what is charged; take over or add items"))
    items.add_argument("--propose", action="store_true", help=_("take over the usual items"))
    items.add_argument("--active", action="store_true", help=_("only what is charged now"))
    add_by(items)
    add_json(items)
    items.set_defaults(func=run_items)
    acts = items.add_subparsers(dest="act", metavar="add|set")
    add = acts.add_parser("add", help=_("add an item"))
    add.add_argument("code", metavar="CODE")
    add.add_argument("name", metavar="NAME")
    change = acts.add_parser("set", help=_("change an item, or end its charging"))
    change.add_argument("item", metavar="ITEM")
    change.add_argument("--name")
    for parser, run in ((add, run_add), (change, run_set)):
        parser.add_argument("--formula", metavar="|".join(Formula), required=parser is add)
        parser.add_argument("--income", metavar="|".join(Income))
        parser.add_argument("--charges", metavar="|".join(Charges))
        parser.add_argument("--kinds", metavar="home,shop", help=_("kinds of units; '' = all"))
        parser.add_argument("--meter", metavar="|".join(MeterKind))
        parser.add_argument("--line-months", type=int, metavar="1|2|3|6|12")
        parser.add_argument("--billed-months", type=int, metavar="1|2|3|6|12")
        parser.add_argument("--due-day", type=int, metavar="1-31")
        parser.add_argument("--due-month", type=int, metavar="N", help=_("months after; -1 before"))
        parser.add_argument("--partial", metavar="|".join(Partial), help=_("part of a month"))
        parser.add_argument("--rounding", metavar="|".join(Rounding))
        parser.add_argument("--position", type=int, metavar="N")
        parser.add_argument("--note", metavar="TEXT")
        add_by(parser)
        add_json(parser)
        parser.set_defaults(func=run)
    state = change.add_mutually_exclusive_group()
    state.add_argument("--on", action="store_true", help=_("charge it"))
    state.add_argument("--off", action="store_true", help=_("charge it no more"))


def item_json(item: FeeItem) -> dict[str, Any]:
    """Return an item as its JSON object."""
    return {
        "id": item.id,
        "code": item.code,
        "name": item.name,
        "formula": item.formula.value,
        "income": item.income.value,
        "charges": item.charges.value,
        "unit_kinds": [kind.value for kind in item.unit_kinds],
        "meter": item.meter_kind.value if item.meter_kind else None,
        "line_months": item.line_months,
        "billed_months": item.billed_months,
        "due_month": item.due_month,
        "due_day": item.due_day,
        "partial": item.partial.value,
        "rounding": item.rounding.value,
        "active": item.is_active,
        "note": item.note or None,
    }


def run_items(args: argparse.Namespace, desk: Desk) -> int:
    """List the items, or take over those that are proposed."""
    with desk.office(write=args.propose):
        if args.propose:
            found = propose_items(by=desk.staff(args.by).id, now=desk.now)
        else:
            found = list_items(active_only=args.active)
    for item in found:
        desk.say(_line(item))
    if args.propose:
        desk.say(_("They have no price yet: nothing is billed before you enter one."))
    desk.json([item_json(item) for item in found])
    return 0


def _line(item: FeeItem) -> str:
    state = "" if item.is_active else _("off")
    line = (
        f"{item.code}\t{item.name}\t{FORMULA_LABELS[item.formula]}\t"
        f"{CHARGES_LABELS[item.charges]}\t{PARTIAL_LABELS[item.partial]}\t{state}"
    )
    return line.rstrip()


def run_add(args: argparse.Namespace, desk: Desk) -> int:
    """Add an item."""
    formula = choice(args.formula, Formula, _("formula"))
    usual = Charges.CHOSEN if formula is Formula.ONE_OFF else Charges.ALL
    draft = _changed(ItemDraft(args.code, args.name, formula, charges=usual), args)
    with desk.office(write=True):
        return _told(desk, add_item(draft, by=desk.staff(args.by).id))


def run_set(args: argparse.Namespace, desk: Desk) -> int:
    """Change an item."""
    with desk.office(write=True):
        item = find_item(args.item)
        draft = draft_of(item)
        if args.name is not None:
            draft = replace(draft, name=args.name)
        if args.formula is not None:
            draft = replace(draft, formula=choice(args.formula, Formula, _("formula")))
        if args.on or args.off:
            draft = replace(draft, is_active=args.on)
        draft = _changed(draft, args)
        by = desk.staff(args.by).id
        return _told(desk, change_item(item.id, draft, version=item.version, by=by))


def _changed(draft: ItemDraft, args: argparse.Namespace) -> ItemDraft:
    said: dict[str, Any] = {
        name: getattr(args, name)
        for name in ("line_months", "billed_months", "due_day", "due_month", "position", "note")
        if getattr(args, name) is not None
    }
    if args.income is not None:
        said["income"] = choice(args.income, Income, _("income"))
    if args.charges is not None:
        said["charges"] = choice(args.charges, Charges, _("who pays"))
    if args.partial is not None:
        said["partial"] = choice(args.partial, Partial, _("part of a month"))
    if args.rounding is not None:
        said["rounding"] = choice(args.rounding, Rounding, _("rounding"))
    if args.meter is not None:
        said["meter_kind"] = choice(args.meter, MeterKind, _("meter")) if args.meter else None
    if args.kinds is not None:
        kinds = filter(None, args.kinds.split(","))
        said["unit_kinds"] = tuple(choice(kind, UnitKind, _("kind")) for kind in kinds)
    return replace(draft, **said)


def _told(desk: Desk, stored: StoredItem) -> int:
    desk.say(_line(stored.item))
    for doubt in stored.doubts:
        desk.say(doubt)
    desk.json(item_json(stored.item) | {"doubts": list(stored.doubts)})
    return 0

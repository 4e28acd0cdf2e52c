"""`propdesk inspections template list|show|adopt`: what is looked at, item by item."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json
from propdesk.domain.check_items import INSPECTION_LABELS, ITEM_KIND_LABELS, CheckItem
from propdesk.domain.check_templates import Template
from propdesk.domain.inspection_results import choice_words, limit_words
from propdesk.i18n import _
from propdesk.services.check_templates import adopt_templates
from propdesk.services.queries.check_templates import (
    find_template,
    list_templates,
    shipped_templates,
)


def add_inspections_parsers(verbs: Any) -> None:
    """Add `template` to `inspections`."""
    template = verbs.add_parser("template", help=_("templates: what is looked at, with limits"))
    acts = template.add_subparsers(dest="act", required=True, metavar="ACT")
    listed = acts.add_parser("list", help=_("the office's templates"))
    listed.add_argument("--all", action="store_true", help=_("also those no longer used"))
    listed.set_defaults(func=run_list)
    shown = acts.add_parser("show", help=_("the items of a template"))
    shown.add_argument("template", metavar="CODE")
    shown.set_defaults(func=run_show)
    adopt = acts.add_parser("adopt", help=_("take over templates that the program ships"))
    adopt.add_argument("keys", nargs="*", metavar="KEY", help=_("none: list them"))
    adopt.add_argument("--all", action="store_true", help=_("all of them"))
    add_by(adopt)
    adopt.set_defaults(func=run_adopt)
    for parser in (listed, shown, adopt):
        add_json(parser)


def template_json(one: Template) -> dict[str, Any]:
    """Return a template as its JSON object."""
    return {
        "id": one.id,
        "code": one.code,
        "name": one.name,
        "kind": one.kind.value,
        "shipped": one.shipped or None,
        "version": one.number,
        "items": len(one.items),
        "full_score": one.full_score or None,
        "ended": one.ended_at is not None,
    }


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List the templates."""
    with desk.office(write=False):
        found = list_templates(with_ended=args.all)
    desk.tell_each(
        found,
        _line,
        template_json,
        _("No template yet. Take one over: propdesk inspections template adopt"),
    )
    return 0


def run_show(args: argparse.Namespace, desk: Desk) -> int:
    """Show a template with its items."""
    with desk.office(write=False):
        one = find_template(args.template)
    desk.say(_line(one))
    for item in one.items:
        words = [item.key, item.section, item.name, item.standard]
        words += [str(ITEM_KIND_LABELS[item.kind]), limit_words(item) or choice_words(item)]
        desk.say("\t".join(words).rstrip())
    desk.json({**template_json(one), "items": [_item_json(item) for item in one.items]})
    return 0


def run_adopt(args: argparse.Namespace, desk: Desk) -> int:
    """Take over shipped templates, or list those that can be."""
    if not args.keys and not args.all:
        stock = shipped_templates()
        for draft in stock:
            desk.say(f"{draft.shipped}\t{draft.code}\t{draft.name}\t{len(draft.items)}")
        desk.json(
            [{"key": draft.shipped, "code": draft.code, "name": draft.name} for draft in stock]
        )
        return 0
    keys = [draft.shipped for draft in shipped_templates()] if args.all else args.keys
    with desk.office(write=True):
        added = adopt_templates(tuple(keys), by=desk.staff(args.by).id, now=desk.now)
    desk.tell_each(added, _line, template_json, _("The office has them already."))
    return 0


def _line(one: Template) -> str:
    count = _("{count} items").format(count=len(one.items))
    ended = "" if one.ended_at is None else _("no longer used")
    return f"{one.code}\t{one.name}\t{INSPECTION_LABELS[one.kind]}\t{count}\t{ended}".rstrip()


def _item_json(item: CheckItem) -> dict[str, Any]:
    return {
        "key": item.key,
        "section": item.section or None,
        "kind": item.kind.value,
        "name": item.name,
        "standard": item.standard or None,
        "unit": item.unit or None,
        "lower_milli": item.lower_milli,
        "upper_milli": item.upper_milli,
        "choices": list(item.choices),
        "in_order": item.in_order,
        "photo": item.photo,
        "score": item.score,
        "source": item.source or None,
        "verified": item.verified,
    }

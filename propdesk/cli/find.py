"""`propdesk find TEXT`: the desk search on the command line (decision 31)."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_json
from propdesk.i18n import _


def add_parsers(commands: Any) -> None:
    """Add `find` to the command line."""
    find = commands.add_parser(
        "find", help=_("find a house, person or ticket as the desk search does")
    )
    find.add_argument(
        "text", help=_("house, name, pinyin, initials, digits of a phone, plate or ticket number")
    )
    find.add_argument("--limit", type=int, default=20, metavar="N")
    add_json(find)
    find.set_defaults(func=run_find)


def run_find(args: argparse.Namespace, desk: Desk) -> int:
    """Print what the desk search finds, best first; phones stay masked."""
    from propdesk.services.queries.desk import HitKind, search_desk

    with desk.office(write=False):
        hits = search_desk(args.text, today=desk.today, limit=max(args.limit, 1))
    for hit in hits:
        desk.say("  ".join(filter(None, (hit.where, hit.name, hit.phone))))
    if not hits:
        desk.say(_("Nothing found for «{text}»").format(text=args.text[:40]))
    desk.json(
        [
            {
                "kind": hit.kind.value,
                "label": hit.name or hit.where,
                "unit": "" if hit.kind is HitKind.TICKET else hit.where,
                "number": hit.where if hit.kind is HitKind.TICKET else "",
            }
            for hit in hits
        ]
    )
    return 0

"""`propdesk find TEXT`: the desk search on the command line (decision 31)."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json
from propdesk.i18n import _


def add_parsers(commands: Any) -> None:
    """Add `find` to the command line."""
    find = commands.add_parser(
        "find", help=_("find a house, person, ticket or receipt as the desk search does")
    )
    find.add_argument(
        "text", help=_("house, name, pinyin, initials, digits of a phone, plate or number")
    )
    find.add_argument("--limit", type=int, default=20, metavar="N")
    add_by(find)
    add_json(find)
    find.set_defaults(func=run_find)


def run_find(args: argparse.Namespace, desk: Desk) -> int:
    """Print what the desk search finds, best first; phones stay masked."""
    from propdesk.services.queries.desk import HitKind, search_desk
    from propdesk.services.queries.fee_access import may_see_fees

    with desk.office(write=False):
        sees = may_see_fees(desk.staff(args.by))
        most = max(args.limit, 1)
        hits = search_desk(args.text, today=desk.today, limit=most, with_fees=sees)
    for hit in hits:
        desk.say("  ".join(filter(None, (hit.where, hit.name, hit.phone))))
    if not hits:
        desk.say(_("Nothing found for «{text}»").format(text=args.text[:40]))
    numbered = (HitKind.TICKET, HitKind.FEE)
    desk.json(
        [
            {
                "kind": hit.kind.value,
                "label": hit.name or hit.where,
                "unit": hit.paper.where
                if hit.paper
                else ("" if hit.kind in numbered else hit.where),
                "number": hit.where if hit.kind in numbered else "",
            }
            for hit in hits
        ]
    )
    return 0

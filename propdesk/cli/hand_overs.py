"""`propdesk hand-over write|list`: what one shift tells the next."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json
from propdesk.domain.hand_overs import HandOver, HandOverDraft
from propdesk.i18n import _
from propdesk.services.hand_overs import write_hand_over
from propdesk.services.queries.hand_overs import list_hand_overs
from propdesk.services.queries.staff import find_staff


def add_parsers(commands: Any) -> None:
    """Add `hand-over` to the command line."""
    nouns = commands.add_parser("hand-over", help=_("what one shift tells the next"))
    verbs = nouns.add_subparsers(dest="verb", required=True, metavar="VERB")
    write = verbs.add_parser("write", help=_("note a hand-over; `print hand-over` prints it"))
    write.add_argument("--shift", required=True, help=_("which shift ends"))
    write.add_argument("--to", metavar="STAFF", help=_("who takes over"))
    write.add_argument("--items", default="", help=_("keys and things handed over"))
    write.add_argument("--matters", default="", help=_("what the next shift must know"))
    add_by(write)
    add_json(write)
    write.set_defaults(func=run_write)
    show = verbs.add_parser("list", help=_("list the last hand-overs"))
    add_json(show)
    show.set_defaults(func=run_list)


def hand_over_json(over: HandOver) -> dict[str, Any]:
    """Return a hand-over as its JSON object."""
    return {
        "id": over.id,
        "at": over.at.isoformat(),
        "shift": over.shift,
        "from": over.from_name,
        "to": over.to_name or None,
        "items": over.items,
        "matters": over.matters,
    }


def run_write(args: argparse.Namespace, desk: Desk) -> int:
    """Note a hand-over."""
    with desk.office(write=True):
        draft = HandOverDraft(
            shift=args.shift,
            to_staff_id=find_staff(args.to).id if args.to else None,
            items=args.items,
            matters=args.matters,
        )
        over = write_hand_over(draft, by=desk.staff(args.by).id, now=desk.now)
    desk.say(_("Hand-over {id} is noted.").format(id=over.id))
    desk.json(hand_over_json(over))
    return 0


def run_list(args: argparse.Namespace, desk: Desk) -> int:  # noqa: ARG001 - every command has both
    """List the last hand-overs, the newest first."""
    with desk.office(write=False):
        found = list_hand_overs()
    for over in found:
        desk.say(
            f"{over.id}\t{over.at:%Y-%m-%d %H:%M}\t{over.shift}\t{over.from_name}\t{over.to_name}"
        )
    desk.json([hand_over_json(over) for over in found])
    return 0

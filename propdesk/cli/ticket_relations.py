"""`propdesk tickets merge|link|unlink|related`: what tickets are to each other."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json
from propdesk.cli.ticket_values import tell
from propdesk.domain.relations import RELATION_LABELS
from propdesk.i18n import _
from propdesk.services import relations
from propdesk.services.queries.relations import list_relations
from propdesk.services.queries.tickets import find_ticket


def add_parsers(verbs: Any) -> None:
    """Add the verbs to `tickets`."""
    merge = verbs.add_parser("merge", help=_("merge a duplicate into another ticket"))
    merge.add_argument("number")
    merge.add_argument("--into", required=True, metavar="NUMBER")
    merge.add_argument("--text", default="", help=_("what there is to say about it"))
    merge.set_defaults(func=run_merge)
    link = verbs.add_parser("link", help=_("link tickets that have to do with each other"))
    unlink = verbs.add_parser("unlink", help=_("take the link away"))
    for parser, run in ((link, run_link), (unlink, run_unlink)):
        parser.add_argument("number")
        parser.add_argument("--with", dest="other", required=True, metavar="NUMBER")
        parser.set_defaults(func=run)
    for parser in (merge, link, unlink):
        add_by(parser)
        add_json(parser)
    related = verbs.add_parser("related", help=_("the tickets that have to do with one"))
    related.add_argument("number")
    add_json(related)
    related.set_defaults(func=run_related)


def run_merge(args: argparse.Namespace, desk: Desk) -> int:
    """Merge a duplicate into another ticket."""
    with desk.office(write=True):
        ticket, into = find_ticket(args.number), find_ticket(args.into)
        by = desk.staff(args.by).id
        merged = relations.merge_ticket(ticket.id, into.id, by=by, now=desk.now, text=args.text)
    return tell(desk, merged)


def run_link(args: argparse.Namespace, desk: Desk) -> int:
    """Link two tickets."""
    with desk.office(write=True):
        ticket, other = find_ticket(args.number), find_ticket(args.other)
        by = desk.staff(args.by).id
        linked = relations.link_tickets(ticket.id, other.id, by=by, now=desk.now)
    return tell(desk, linked)


def run_unlink(args: argparse.Namespace, desk: Desk) -> int:
    """Take the link between two tickets away."""
    with desk.office(write=True):
        ticket, other = find_ticket(args.number), find_ticket(args.other)
        by = desk.staff(args.by).id
        unlinked = relations.unlink_tickets(ticket.id, other.id, by=by, now=desk.now)
    return tell(desk, unlinked)


def run_related(args: argparse.Namespace, desk: Desk) -> int:
    """List the tickets that have to do with one."""
    with desk.office(write=False):
        found = list_relations(find_ticket(args.number).id)
    for one in found:
        desk.say(
            f"{RELATION_LABELS[one.relation]}\t{one.line.number}\t{one.line.where}"
            f"\t{one.line.matter}"
        )
    desk.json([{"relation": one.relation.value, "number": one.line.number} for one in found])
    return 0

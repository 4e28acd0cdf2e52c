"""`propdesk incidents`: many tickets of one cause as one; `tickets clusters` finds them."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, read_time
from propdesk.cli.ticket_bulk import tell_result
from propdesk.cli.ticket_values import iso, tell
from propdesk.domain.classes import class_path
from propdesk.domain.tickets import (
    STATUS_LABELS,
    Channel,
    Kind,
    ReporterKind,
    TicketDraft,
)
from propdesk.i18n import _
from propdesk.services import bulk, incidents
from propdesk.services.queries.incidents import list_clusters, list_incidents, list_parts
from propdesk.services.queries.tickets import find_ticket


def add_parsers(commands: Any) -> None:
    """Add `incidents` to the command line."""
    noun = commands.add_parser("incidents", help=_("many tickets of one cause, handled as one"))
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    shown = verbs.add_parser("list", help=_("the open incidents"))
    shown.add_argument("--all", action="store_true", help=_("those of the past, too"))
    add_json(shown)
    shown.set_defaults(func=run_list)
    create = verbs.add_parser("create", help=_("make an incident of tickets"))
    create.add_argument("numbers", nargs="+", metavar="NUMBER", help=_("the first is the master"))
    create.add_argument("--place", metavar="TEXT", help=_("a new ticket there is the master"))
    create.add_argument("--text", default="", help=_("what happened, for the new ticket"))
    create.add_argument("--class", dest="class_code", default="", metavar="CODE")
    create.add_argument("--tell", default="", metavar="TEXT", help=_("what callers are told"))
    create.set_defaults(func=run_create)
    attach = verbs.add_parser("attach", help=_("attach tickets to an incident"))
    attach.add_argument("number", help=_("the incident"))
    attach.add_argument("numbers", nargs="+", metavar="NUMBER")
    attach.set_defaults(func=run_attach)
    detach = verbs.add_parser("detach", help=_("take a ticket out of its incident"))
    detach.add_argument("number")
    detach.set_defaults(func=run_detach)
    say = verbs.add_parser("tell", help=_("set what callers are told"))
    answer = verbs.add_parser("answer", help=_("reply to all tickets of an incident"))
    close = verbs.add_parser("close", help=_("reply where it is missing, and close what may close"))
    for parser, run in ((say, run_tell), (answer, run_answer), (close, run_close)):
        parser.add_argument("number", help=_("the incident"))
        parser.add_argument("--text", required=parser is not close, default="")
        parser.set_defaults(func=run)
    for parser in (create, attach, detach, say, answer, close):
        add_by(parser)
        add_json(parser)


def add_ticket_verbs(verbs: Any) -> None:
    """Add `clusters` to `tickets`."""
    found = verbs.add_parser("clusters", help=_("tickets that look like one incident"))
    found.add_argument("--at", metavar="TIME", help=_("as it stood at that time"))
    add_json(found)
    found.set_defaults(func=run_clusters)


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List incidents, the newest first."""
    with desk.office(write=False):
        found = list_incidents(with_ended=args.all)
        parts = {one.id: list_parts(one.id) for one in found}
    for one in found:
        words = _("{open} of {parts} open").format(open=one.open_parts, parts=one.parts)
        desk.say(f"{one.number}\t{one.where}\t{one.matter}\t{STATUS_LABELS[one.status]}\t{words}")
    desk.json(
        [
            {
                "number": one.number,
                "status": one.status.value,
                "class": one.class_code,
                "where": one.where,
                "matter": one.matter,
                "received_at": iso(one.received_at),
                "tell_callers": one.tell_callers,
                "parts": [line.number for line in parts[one.id]],
                "open_parts": one.open_parts,
            }
            for one in found
        ]
    )
    return 0


def run_create(args: argparse.Namespace, desk: Desk) -> int:
    """Make an incident of tickets."""
    with desk.office(write=True):
        chosen = [find_ticket(number).id for number in args.numbers]
        draft = None
        if args.place:
            draft = TicketDraft(
                kind=Kind.REPAIR,
                text=args.text or args.tell,
                place=args.place,
                common_part=True,
                channel=Channel.INTERNAL,
                reporter_kind=ReporterKind.INTERNAL,
            )
        master = incidents.create_incident(
            chosen,
            by=desk.staff(args.by).id,
            now=desk.now,
            draft=draft,
            class_code=args.class_code,
            tell_callers=args.tell,
        )
    return tell(desk, master)


def run_attach(args: argparse.Namespace, desk: Desk) -> int:
    """Attach tickets to an incident."""
    with desk.office(write=True):
        master = find_ticket(args.number)
        chosen = [find_ticket(number).id for number in args.numbers]
        by = desk.staff(args.by).id
        master = incidents.attach_tickets(master.id, chosen, by=by, now=desk.now)
    return tell(desk, master)


def run_detach(args: argparse.Namespace, desk: Desk) -> int:
    """Take a ticket out of its incident."""
    with desk.office(write=True):
        ticket = find_ticket(args.number)
        ticket = incidents.detach_ticket(ticket.id, by=desk.staff(args.by).id, now=desk.now)
    return tell(desk, ticket)


def run_tell(args: argparse.Namespace, desk: Desk) -> int:
    """Set what callers are told."""
    with desk.office(write=True):
        master = find_ticket(args.number)
        by = desk.staff(args.by).id
        master = incidents.say_to_callers(master.id, args.text, by=by, now=desk.now)
    return tell(desk, master)


def run_answer(args: argparse.Namespace, desk: Desk) -> int:
    """Reply to the incident and all its open tickets with one text."""
    with desk.office(write=True):
        result = bulk.answer_incident(
            find_ticket(args.number).id,
            text=args.text,
            by=desk.staff(args.by).id,
            now=desk.now,
            on_progress=desk.progress(_("Reply")),
        )
    return tell_result(desk, result)


def run_close(args: argparse.Namespace, desk: Desk) -> int:
    """Reply where it is missing, then close; what may not close stays open and is listed."""
    with desk.office(write=True):
        result = bulk.close_incident(
            find_ticket(args.number).id,
            text=args.text,
            by=desk.staff(args.by).id,
            now=desk.now,
            on_progress=desk.progress(_("Close")),
        )
    return tell_result(desk, result)


def run_clusters(args: argparse.Namespace, desk: Desk) -> int:
    """List tickets that look like one incident."""
    with desk.office(write=False):
        found = list_clusters(now=read_time(args.at) if args.at else desk.now)
    for one in found:
        numbers = " ".join(line.number for line in one.tickets)
        desk.say(f"{one.building}\t{class_path(one.class_code)}\t{len(one.tickets)}\t{numbers}")
    desk.json(
        [
            {
                "building": one.building,
                "class": one.class_code,
                "tickets": [line.number for line in one.tickets],
            }
            for one in found
        ]
    )
    return 0

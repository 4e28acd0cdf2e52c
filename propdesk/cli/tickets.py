"""`propdesk tickets`: register, list, show, and what is overdue; `ticket_moves` has the moves."""

import argparse
from datetime import date
from typing import Any

from propdesk.cli import (
    incidents,
    ticket_bulk,
    ticket_care,
    ticket_charges,
    ticket_delays,
    ticket_moves,
    ticket_relations,
    ticket_reports,
    violations,
)
from propdesk.cli.desk import Desk, add_by, add_json, choice, read_time
from propdesk.cli.ticket_values import clears_line, iso, tell, ticket_json
from propdesk.domain.classes import UNCLASSED
from propdesk.domain.clock_rules import CLOCK_LABELS
from propdesk.domain.clock_words import doubt_text
from propdesk.domain.judgements import WishBasis
from propdesk.domain.months import Month
from propdesk.domain.tickets import (
    EVENT_LABELS,
    KIND_LABELS,
    STATUS_LABELS,
    Channel,
    Kind,
    ReporterKind,
    Status,
    TicketDraft,
    Urgency,
)
from propdesk.domain.work_calendar import missing_years_text
from propdesk.i18n import _
from propdesk.services.queries.calendar import list_missing_years
from propdesk.services.queries.clocks import list_overdue
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.tickets import (
    PageKey,
    TicketFilter,
    TicketRow,
    find_ticket,
    get_tickets,
    list_tickets,
)
from propdesk.services.queries.units import Unit, find_unit
from propdesk.services.tickets import register_ticket


def add_parsers(commands: Any) -> None:
    """Add `tickets` to the command line."""
    tickets = commands.add_parser("tickets", help=_("register, list and move tickets"))
    verbs = tickets.add_subparsers(dest="verb", required=True, metavar="VERB")
    _add_register(verbs)
    show = verbs.add_parser("list", help=_("list tickets"))
    show.add_argument("--status", metavar="|".join(Status))
    show.add_argument("--kind", metavar="|".join(Kind))
    show.add_argument("--month", metavar="YYYY-MM")
    show.add_argument("--words", default="", help=_("words in the text"))
    add_json(show)
    show.set_defaults(func=run_list)
    one = verbs.add_parser("show", help=_("show one ticket with its journal"))
    one.add_argument("number")
    add_json(one)
    one.set_defaults(func=run_show)
    late = verbs.add_parser("overdue", help=_("what has not been done in time"))
    late.add_argument("--at", metavar="TIME", help=_("as it stood, or will stand, at that time"))
    add_json(late)
    late.set_defaults(func=run_overdue)
    ticket_moves.add_parsers(verbs)
    ticket_delays.add_parsers(verbs)
    ticket_care.add_parsers(verbs)
    ticket_charges.add_parsers(verbs)
    ticket_reports.add_parsers(verbs)
    violations.add_moves(verbs)
    ticket_relations.add_parsers(verbs)
    ticket_bulk.add_parsers(verbs)
    incidents.add_ticket_verbs(verbs)


def _add_register(verbs: Any) -> None:
    register = verbs.add_parser("register", help=_("take a ticket in"))
    where = register.add_mutually_exclusive_group(required=True)
    where.add_argument("--unit", metavar="3-2-501")
    where.add_argument("--place", metavar="TEXT")
    register.add_argument("--community", default="", help=_("where several have this house"))
    register.add_argument("--kind", required=True, metavar="|".join(Kind))
    register.add_argument("--text", required=True, help=_("the caller's own words"))
    register.add_argument("--matter", default="", help=_("the matter in a few words"))
    register.add_argument("--wish", default="", help=_("what the caller wants"))
    register.add_argument("--wish-basis", default="", metavar="|".join(WishBasis))
    register.add_argument("--spot", default="", help=_("the room or spot"))
    register.add_argument("--common", action="store_true", help=_("a common part"))
    register.add_argument("--class", dest="class_code", default=UNCLASSED, metavar="CODE")
    register.add_argument("--channel", default=Channel.PHONE.value, metavar="|".join(Channel))
    register.add_argument("--urgency", metavar="|".join(Urgency))
    register.add_argument("--reporter", default="", metavar="NAME")
    register.add_argument("--reporter-kind", default=ReporterKind.RESIDENT.value)
    register.add_argument("--phone", default="", metavar="N")
    register.add_argument("--appointment", default="", help=_("when the caller is at home"))
    register.add_argument("--promised", metavar="TIME", help=_("the promised time"))
    register.add_argument(
        "--visit",
        action=argparse.BooleanOptionalAction,
        help=_("somebody is to come (for a repair: unless --no-visit)"),
    )
    register.add_argument(
        "--rang-in-time",
        action=argparse.BooleanOptionalAction,
        help=_("picked up within three rings, where it was noted"),
    )
    add_by(register)
    register.add_argument("--at", metavar="TIME", help=_("when it was received"))
    add_json(register)
    register.set_defaults(func=run_register)


def run_register(args: argparse.Namespace, desk: Desk) -> int:
    """Take a ticket in."""
    with desk.office(write=True):
        unit = find_unit(args.unit, args.community) if args.unit else None
        draft = TicketDraft(
            kind=choice(args.kind, Kind, _("kind")),
            text=args.text,
            unit_id=unit.id if unit else None,
            place=args.place or "",
            spot=args.spot,
            common_part=args.common,
            class_code=args.class_code,
            matter=args.matter,
            wish=args.wish,
            channel=choice(args.channel, Channel, _("channel")),
            urgency=choice(args.urgency, Urgency, _("urgency")) if args.urgency else None,
            reporter_id=_resident(unit, args.reporter, desk.today),
            reporter_name=args.reporter,
            reporter_phone=args.phone,
            reporter_kind=choice(args.reporter_kind, ReporterKind, _("kind of reporter")),
            appointment=args.appointment,
            promised_at=_naive(args.promised),
            visit_wanted=args.visit,
            picked_up_in_time=args.rang_in_time,
            wish_basis=choice(args.wish_basis, WishBasis, _("basis of the wish")).value
            if args.wish_basis
            else "",
        )
        ticket = register_ticket(
            draft,
            by=desk.staff(args.by).id,
            now=desk.now,
            at=read_time(args.at) if args.at else None,
        )
    return tell(desk, ticket)


def _resident(unit: Unit | None, name: str, today: date) -> int | None:
    """Return the one who lives in the house under this name; what is known of him counts then."""
    residents = list_residents(unit.id, today) if unit and name else ()
    found = {one.person_id for one in residents if one.present and name == one.name}
    return found.pop() if len(found) == 1 else None


def _naive(text: str | None) -> Any:
    return read_time(text).replace(tzinfo=None) if text else None


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List tickets, newest first."""
    month = Month.parse(args.month) if args.month else None
    wanted = TicketFilter(
        kind=choice(args.kind, Kind, _("kind")) if args.kind else None,
        status=choice(args.status, Status, _("status")) if args.status else None,
        from_on=month.start.date() if month else None,
        to_on=month.last_day if month else None,
        words=args.words,
    )
    found: list[TicketRow] = []
    after: PageKey | None = None
    with desk.office(write=False):
        while True:
            page = list_tickets(wanted, now=desk.now, after=after, limit=1000)
            found += page.rows
            after = page.after
            if after is None:
                break
        whole = get_tickets([row.id for row in found]) if desk.as_json else ()
    for row in found:
        desk.say(
            f"{row.number}\t{row.received_at:%Y-%m-%d %H:%M}\t{KIND_LABELS[row.kind]}\t{row.where}"
            f"\t{row.matter}\t{STATUS_LABELS[row.status]}"
        )
    desk.json([ticket_json(ticket, desk.today) for ticket in whole])
    return 0


def run_show(args: argparse.Namespace, desk: Desk) -> int:
    """Show one ticket with its journal."""
    with desk.office(write=False):
        ticket = find_ticket(args.number)
    desk.say(f"{ticket.number} {KIND_LABELS[ticket.kind]} {STATUS_LABELS[ticket.status]}")
    desk.say(f"{ticket.where} {ticket.reporter_name} {ticket.reporter_phone}".strip())
    desk.say(ticket.text)
    desk.say(clears_line(ticket))
    for event in ticket.events:
        line = f"{event.at:%Y-%m-%d %H:%M}\t{EVENT_LABELS[event.kind]}\t{event.by}\t{event.text}"
        desk.say(line.rstrip())
    desk.json(ticket_json(ticket, desk.today))
    return 0


def run_overdue(args: argparse.Namespace, desk: Desk) -> int:
    """List every clock that ran, or will run, beyond its time."""
    with desk.office(write=False):
        at = read_time(args.at) if args.at else None
        late = list_overdue(now=desk.now, at=at)
        missing = list_missing_years(desk.now)
    for row in late:
        desk.say(
            f"{row.number}\t{CLOCK_LABELS[row.clock]}\t{row.due_at:%Y-%m-%d %H:%M}\t{row.source}"
        )
        if row.doubtful:
            desk.say(f"\t{doubt_text()}")
    if missing:
        desk.say(missing_years_text(missing))
    desk.json(
        [
            {
                "number": row.number,
                "clock": row.clock.value,
                "due_at": iso(row.due_at),
                "source": row.source,
                "source_code": row.source_code or None,
                "over_minutes": int(row.over.total_seconds()) // 60,
                "doubtful": row.doubtful,
                "provisional": bool(row.missing_years),
            }
            for row in late
        ]
    )
    return 0

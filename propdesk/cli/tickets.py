"""`propdesk tickets`: register, list, show, and every move of a ticket."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_time
from propdesk.domain.classes import UNCLASSED
from propdesk.domain.clock_journal import Waiting
from propdesk.domain.clock_rules import CLOCK_LABELS
from propdesk.domain.months import Month
from propdesk.domain.tickets import (
    EVENT_LABELS,
    KIND_LABELS,
    STATUS_LABELS,
    Channel,
    Kind,
    ReporterKind,
    Satisfaction,
    Status,
    Ticket,
    TicketDraft,
    Urgency,
)
from propdesk.domain.work_calendar import missing_years_text
from propdesk.i18n import _
from propdesk.services import follow_ups
from propdesk.services import tickets as commands_of
from propdesk.services.queries.calendar import list_missing_years
from propdesk.services.queries.clocks import list_overdue
from propdesk.services.queries.staff import find_department, find_staff
from propdesk.services.queries.tickets import (
    PageKey,
    TicketFilter,
    TicketRow,
    find_ticket,
    get_tickets,
    list_tickets,
)
from propdesk.services.queries.units import find_unit


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
    _add_moves(verbs)


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
    add_by(register)
    register.add_argument("--at", metavar="TIME", help=_("when it was received"))
    add_json(register)
    register.set_defaults(func=run_register)


def _add_moves(verbs: Any) -> None:
    moves = {
        "dispatch": (run_dispatch, _("give the work to a department or worker")),
        "arrive": (run_arrive, _("the worker is on site")),
        "suspend": (run_suspend, _("let it wait for somebody outside; its clocks stop")),
        "resume": (run_resume, _("go on with what waited")),
        "complete": (run_complete, _("the work is done")),
        "reply": (run_reply, _("the caller was told")),
        "follow-up": (run_follow_up, _("the caller was asked")),
        "close": (run_close, _("close the ticket")),
        "reopen": (run_reopen, _("take the ticket up again")),
        "void": (run_void, _("void the ticket; its number stays")),
        "note": (run_note, _("add a note")),
        "classify": (run_classify, _("set or confirm the class")),
    }
    for verb, (function, text) in moves.items():
        move = verbs.add_parser(verb, help=text)
        move.add_argument("number")
        if verb == "dispatch":
            move.add_argument("--department", metavar="D")
            move.add_argument("--handler", metavar="STAFF")
            move.add_argument("--promised", metavar="TIME", help=_("the promised time"))
        if verb == "suspend":
            move.add_argument("--waiting", required=True, metavar="|".join(Waiting))
        if verb == "follow-up":
            answers = [*Satisfaction, "unreached"]
            move.add_argument("--answer", required=True, metavar="|".join(answers))
        if verb == "classify":
            move.add_argument("--class", dest="class_code", required=True, metavar="CODE")
        if verb != "classify":
            move.add_argument("--text", default="", help=_("what there is to say about it"))
        add_by(move)
        if verb not in {"classify", "note"}:
            move.add_argument("--at", metavar="TIME", help=_("when it happened"))
        add_json(move)
        move.set_defaults(func=function)


def ticket_json(ticket: Ticket) -> dict[str, Any]:
    """Return a ticket as its JSON object."""
    return {
        "number": ticket.number,
        "kind": ticket.kind.value,
        "class": ticket.class_code,
        "class_suggested": ticket.class_suggested,
        "status": ticket.status.value,
        "round": ticket.round,
        "unit": ticket.unit or None,
        "place": ticket.place or None,
        "where": ticket.where,
        "matter": ticket.matter,
        "text": ticket.text,
        "wish": ticket.wish or None,
        "channel": ticket.channel.value,
        "urgency": ticket.urgency.value,
        "reporter": ticket.reporter_name or None,
        "phone": ticket.reporter_phone or None,
        "first_receiver": ticket.first_receiver,
        "handler": ticket.handler or None,
        "department": ticket.department or None,
        "promised_at": _iso(ticket.promised_at),
        "visit_wanted": ticket.visit_wanted,
        "received_at": _iso(ticket.received_at),
        "closed_at": _iso(ticket.closed_at),
        "external_number": ticket.external_number or None,
        "needs_person": ticket.needs_person or None,
        "duplicate_of": ticket.duplicate_of or None,
        "satisfaction": ticket.satisfaction.value if ticket.satisfaction else None,
        "events": [
            {
                "at": _iso(event.at),
                "entered_at": _iso(event.entered_at),
                "by": event.by,
                "kind": event.kind.value,
                "text": event.text,
            }
            for event in ticket.events
        ],
    }


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment is not None else None


def _told(desk: Desk, ticket: Ticket) -> int:
    desk.say(
        _("{number} is now «{status}».").format(
            number=ticket.number, status=STATUS_LABELS[ticket.status]
        )
    )
    desk.json(ticket_json(ticket))
    return 0


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
            reporter_name=args.reporter,
            reporter_phone=args.phone,
            reporter_kind=choice(args.reporter_kind, ReporterKind, _("kind of reporter")),
            appointment=args.appointment,
            promised_at=_naive(args.promised),
            visit_wanted=args.visit,
        )
        ticket = commands_of.register_ticket(
            draft,
            by=desk.staff(args.by).id,
            now=desk.now,
            at=read_time(args.at) if args.at else None,
        )
    return _told(desk, ticket)


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
    desk.json([ticket_json(ticket) for ticket in whole])
    return 0


def run_show(args: argparse.Namespace, desk: Desk) -> int:
    """Show one ticket with its journal."""
    with desk.office(write=False):
        ticket = find_ticket(args.number)
    desk.say(f"{ticket.number} {KIND_LABELS[ticket.kind]} {STATUS_LABELS[ticket.status]}")
    desk.say(f"{ticket.where} {ticket.reporter_name} {ticket.reporter_phone}".strip())
    desk.say(ticket.text)
    for event in ticket.events:
        line = f"{event.at:%Y-%m-%d %H:%M}\t{EVENT_LABELS[event.kind]}\t{event.by}\t{event.text}"
        desk.say(line.rstrip())
    desk.json(ticket_json(ticket))
    return 0


def _move(args: argparse.Namespace, desk: Desk, command: Any, **more: Any) -> int:
    with desk.office(write=True):
        ticket = find_ticket(args.number)
        at = {"at": read_time(args.at)} if getattr(args, "at", None) else {}
        ticket = command(ticket.id, by=desk.staff(args.by).id, now=desk.now, **at, **more)
    return _told(desk, ticket)


def run_dispatch(args: argparse.Namespace, desk: Desk) -> int:
    """Give the work to a department or worker."""
    with desk.office(write=True):
        ticket = find_ticket(args.number)
        department = find_department(args.department) if args.department else None
        handler = find_staff(args.handler) if args.handler else None
        ticket = commands_of.dispatch_ticket(
            ticket.id,
            by=desk.staff(args.by).id,
            now=desk.now,
            department_id=department.id if department else None,
            handler_id=handler.id if handler else None,
            note=args.text,
            promised_at=read_time(args.promised) if args.promised else None,
            at=read_time(args.at) if args.at else None,
        )
    return _told(desk, ticket)


def run_arrive(args: argparse.Namespace, desk: Desk) -> int:
    """Note that the worker is on site."""
    return _move(args, desk, commands_of.arrive_ticket, text=args.text)


def run_suspend(args: argparse.Namespace, desk: Desk) -> int:
    """Let the ticket wait for the owner, for material or for a third party."""
    waiting = choice(args.waiting, Waiting, _("reason to wait"))
    return _move(args, desk, commands_of.suspend_ticket, waiting=waiting, text=args.text)


def run_resume(args: argparse.Namespace, desk: Desk) -> int:
    """Go on with the ticket."""
    return _move(args, desk, commands_of.resume_ticket, text=args.text)


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
    if missing:
        desk.say(missing_years_text(missing))
    desk.json(
        [
            {
                "number": row.number,
                "clock": row.clock.value,
                "due_at": _iso(row.due_at),
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


def run_complete(args: argparse.Namespace, desk: Desk) -> int:
    """Note that the work is done."""
    return _move(args, desk, commands_of.complete_ticket, text=args.text)


def run_reply(args: argparse.Namespace, desk: Desk) -> int:
    """Note what the caller was told."""
    return _move(args, desk, commands_of.reply_ticket, text=args.text)


def run_follow_up(args: argparse.Namespace, desk: Desk) -> int:
    """Note what the caller answers when asked."""
    answer = None
    if args.answer != "unreached":
        answer = choice(args.answer, Satisfaction, _("answer"), "unreached")
    return _move(args, desk, follow_ups.follow_up_ticket, answer=answer, text=args.text)


def run_close(args: argparse.Namespace, desk: Desk) -> int:
    """Close the ticket."""
    return _move(args, desk, commands_of.close_ticket, reason=args.text)


def run_reopen(args: argparse.Namespace, desk: Desk) -> int:
    """Take the ticket up again."""
    return _move(args, desk, commands_of.reopen_ticket, reason=args.text)


def run_void(args: argparse.Namespace, desk: Desk) -> int:
    """Void the ticket."""
    return _move(args, desk, commands_of.void_ticket, reason=args.text)


def run_note(args: argparse.Namespace, desk: Desk) -> int:
    """Add a note."""
    return _move(args, desk, commands_of.note_ticket, text=args.text)


def run_classify(args: argparse.Namespace, desk: Desk) -> int:
    """Set or confirm the class."""
    return _move(args, desk, commands_of.confirm_class, class_code=args.class_code)

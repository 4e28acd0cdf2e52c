"""`propdesk tickets dispatch|arrive|complete|reply|...`: what moves a ticket, one verb each."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_time
from propdesk.cli.ticket_values import tell
from propdesk.domain.clock_journal import Waiting
from propdesk.domain.errors import RuleError
from propdesk.domain.judgements import judgement_of
from propdesk.domain.replies import REPLY_WAYS
from propdesk.domain.scores import Asked, read_scores
from propdesk.domain.tickets import Satisfaction, Severity, Ticket
from propdesk.i18n import _
from propdesk.services import follow_ups, tickets
from propdesk.services.judging import judge_ticket
from propdesk.services.queries.staff import find_department, find_staff
from propdesk.services.queries.tickets import find_ticket

UNREACHED = "unreached"

Run = Callable[[argparse.Namespace, Desk], int]


def add_parsers(verbs: Any) -> None:
    """Add the moves to `tickets`."""
    dispatch = add_move(verbs, "dispatch", run_dispatch, _("give the work to somebody"))
    dispatch.add_argument("--to", metavar="NAME|DEPARTMENT", help=_("who gets the work"))
    dispatch.add_argument("--department", metavar="D")
    dispatch.add_argument("--handler", metavar="STAFF")
    dispatch.add_argument("--promised", metavar="TIME", help=_("the promised time"))
    dispatch.add_argument("--severity", metavar="|".join(Severity), help=_("how grave it is"))
    add_move(verbs, "arrive", run_arrive, _("the worker is on site"))
    suspend = add_move(
        verbs, "suspend", run_suspend, _("let it wait for somebody outside; its clocks stop")
    )
    suspend.add_argument("--waiting", required=True, metavar="|".join(Waiting))
    add_move(verbs, "resume", run_resume, _("go on with what waited"))
    add_move(verbs, "complete", run_complete, _("the work is done"))
    reply = add_move(verbs, "reply", run_reply, _("the caller was told"))
    reply.add_argument("--way", default="phone", choices=tuple(REPLY_WAYS), help=_("how"))
    asked = add_move(verbs, "follow-up", run_follow_up, _("the caller was asked"))
    answers = "|".join([*Satisfaction, UNREACHED])
    asked.add_argument("--result", "--answer", dest="answer", required=True, metavar=answers)
    asked.add_argument("--scores", default="", metavar="5,4,5,4,5", help=_("the five scores"))
    why = _("why it closes though not all is clear")
    asked.add_argument("--reason", default="", help=why)
    close = add_move(verbs, "close", run_close, _("close the ticket"))
    close.add_argument("--reason", dest="text", help=why)
    add_move(verbs, "reopen", run_reopen, _("take the ticket up again"))
    add_move(verbs, "void", run_void, _("void the ticket; its number stays"))
    add_move(verbs, "note", run_note, _("add a note"), takes_time=False)
    classify = verbs.add_parser("classify", help=_("set or confirm the class"))
    classify.add_argument("number")
    classify.add_argument("--class", dest="class_code", required=True, metavar="CODE")
    add_by(classify)
    add_json(classify)
    classify.set_defaults(func=run_classify)


def add_move(
    verbs: Any, verb: str, run: Run, words: str, *, takes_time: bool = True
) -> argparse.ArgumentParser:
    """Add a verb that acts on one ticket, with `--text --by --at --json`."""
    parser: argparse.ArgumentParser = verbs.add_parser(verb, help=words)
    parser.add_argument("number")
    parser.add_argument("--text", default="", help=_("what there is to say about it"))
    add_by(parser)
    if takes_time:
        parser.add_argument("--at", metavar="TIME", help=_("when it happened"))
    add_json(parser)
    parser.set_defaults(func=run)
    return parser


def move(
    args: argparse.Namespace, desk: Desk, command: Callable[..., Ticket], *first: Any, **more: Any
) -> int:
    """Run a command on the ticket that is named, and say where it stands then."""
    with desk.office(write=True):
        ticket = find_ticket(args.number)
        if getattr(args, "at", None):
            more["at"] = read_time(args.at)
        ticket = command(ticket.id, *first, by=desk.staff(args.by).id, now=desk.now, **more)
    return tell(desk, ticket)


def run_dispatch(args: argparse.Namespace, desk: Desk) -> int:
    """Give the work to a department or worker."""
    with desk.office(write=True):
        ticket = find_ticket(args.number)
        department, handler = destination(args)
        severity = choice(args.severity, Severity, _("severity")) if args.severity else None
        ticket = tickets.dispatch_ticket(
            ticket.id,
            by=desk.staff(args.by).id,
            now=desk.now,
            department_id=department,
            handler_id=handler,
            note=args.text,
            promised_at=read_time(args.promised) if args.promised else None,
            at=read_time(args.at) if args.at else None,
        )
        if severity is not None:
            judgement = replace(judgement_of(ticket), severity=severity)
            ticket = judge_ticket(ticket.id, judgement, by=desk.staff(args.by).id, now=desk.now)
    return tell(desk, ticket)


def destination(args: argparse.Namespace) -> tuple[int | None, int | None]:
    """Return the ids of department and worker; `--to` is a worker's name, or a department's."""
    department = find_department(args.department).id if args.department else None
    handler = find_staff(args.handler).id if args.handler else None
    if not args.to:
        return department, handler
    if args.department or args.handler:
        raise RuleError(
            "destination-twice",
            _("Name who gets the work once: --to, or --department and --handler."),
        )
    try:
        return None, find_staff(args.to).id
    except RuleError as nobody:
        try:
            return find_department(args.to).id, None
        except RuleError as no_department:
            raise RuleError("destination-unknown", f"{nobody} {no_department}") from no_department


def run_arrive(args: argparse.Namespace, desk: Desk) -> int:
    """Note that the worker is on site."""
    return move(args, desk, tickets.arrive_ticket, text=args.text)


def run_suspend(args: argparse.Namespace, desk: Desk) -> int:
    """Let the ticket wait for the owner, for material or for a third party."""
    waiting = choice(args.waiting, Waiting, _("reason to wait"))
    return move(args, desk, tickets.suspend_ticket, waiting=waiting, text=args.text)


def run_resume(args: argparse.Namespace, desk: Desk) -> int:
    """Go on with the ticket."""
    return move(args, desk, tickets.resume_ticket, text=args.text)


def run_complete(args: argparse.Namespace, desk: Desk) -> int:
    """Note that the work is done."""
    return move(args, desk, tickets.complete_ticket, text=args.text)


def run_reply(args: argparse.Namespace, desk: Desk) -> int:
    """Note what the caller was told."""
    return move(args, desk, tickets.reply_ticket, text=args.text, way=args.way)


def run_follow_up(args: argparse.Namespace, desk: Desk) -> int:
    """Note what the caller answers when asked."""
    answer = None
    if args.answer != UNREACHED:
        answer = choice(args.answer, Satisfaction, _("answer"), UNREACHED)
    asked = Asked(read_scores(args.scores))
    return move(
        args,
        desk,
        follow_ups.follow_up_ticket,
        answer,
        asked=asked,
        text=args.text,
        reason=args.reason,
    )


def run_close(args: argparse.Namespace, desk: Desk) -> int:
    """Close the ticket."""
    return move(args, desk, tickets.close_ticket, reason=args.text)


def run_reopen(args: argparse.Namespace, desk: Desk) -> int:
    """Take the ticket up again."""
    return move(args, desk, tickets.reopen_ticket, reason=args.text)


def run_void(args: argparse.Namespace, desk: Desk) -> int:
    """Void the ticket."""
    return move(args, desk, tickets.void_ticket, reason=args.text)


def run_note(args: argparse.Namespace, desk: Desk) -> int:
    """Add a note."""
    return move(args, desk, tickets.note_ticket, text=args.text)


def run_classify(args: argparse.Namespace, desk: Desk) -> int:
    """Set or confirm the class."""
    return move(args, desk, tickets.confirm_class, class_code=args.class_code)

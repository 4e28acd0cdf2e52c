"""`propdesk tickets promise|urge|report-up`: what is done where a matter takes longer."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, choice, read_time
from propdesk.cli.ticket_moves import add_move, move
from propdesk.domain.promises import PromiseDraft
from propdesk.domain.urging import Level, UrgeWay
from propdesk.i18n import _
from propdesk.services.promises import promise_ticket
from propdesk.services.urging import report_up, urge_ticket


def add_parsers(verbs: Any) -> None:
    """Add the verbs to `tickets`."""
    promise = add_move(verbs, "promise", run_promise, _("tell the caller a new time"))
    promise.add_argument("--until", required=True, metavar="TIME", help=_("the promised time"))
    promise.add_argument("--reported-to", default="", metavar="NAME", help=_("who above knows"))
    promise.add_argument("--reported-at", metavar="TIME", help=_("since when (now, if left out)"))
    urge = add_move(verbs, "urge", run_urge, _("urge who has the work"))
    urge.add_argument("--whom", default="", metavar="NAME", help=_("unless it is the handler"))
    urge.add_argument("--way", default=UrgeWay.PHONE.value, metavar="|".join(UrgeWay))
    up = add_move(verbs, "report-up", run_report_up, _("report it to somebody above"))
    up.add_argument("--level", required=True, metavar="|".join(Level))
    up.add_argument("--to", required=True, metavar="NAME", help=_("who was told"))


def run_promise(args: argparse.Namespace, desk: Desk) -> int:
    """Tell the caller a new time, where the matter cannot be solved at once (R07)."""
    told_at = read_time(args.at) if args.at else desk.now
    draft = PromiseDraft(
        text=args.text,
        promised_at=read_time(args.until),
        reported_to=args.reported_to,
        reported_at=read_time(args.reported_at) if args.reported_at else told_at,
    )
    return move(args, desk, promise_ticket, draft)


def run_urge(args: argparse.Namespace, desk: Desk) -> int:
    """Urge who has the work (R09)."""
    way = choice(args.way, UrgeWay, _("way to urge"))
    return move(args, desk, urge_ticket, whom=args.whom, way=way, text=args.text)


def run_report_up(args: argparse.Namespace, desk: Desk) -> int:
    """Report the matter to a supervisor, the manager or the company (R30)."""
    level = choice(args.level, Level, _("level"))
    return move(args, desk, report_up, level, to=args.to, text=args.text)

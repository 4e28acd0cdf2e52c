"""`propdesk papers`: the work orders that are out, entered when they come back, or lost."""

import argparse
from datetime import datetime
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_time
from propdesk.cli.ticket_values import iso, tell
from propdesk.domain.paper_returns import AGAIN, NOT_DONE_LABELS, Outcome, PaperReturn
from propdesk.domain.tickets import STATUS_LABELS, Satisfaction
from propdesk.i18n import _
from propdesk.services.papers import declare_lost
from propdesk.services.queries.papers import (
    PaperKey,
    PaperRow,
    ScannedPaper,
    find_scanned,
    list_papers_out,
    work_order_of,
)
from propdesk.services.queries.tickets import find_ticket
from propdesk.services.returns import return_paper

_AT_ONCE = 1000


def add_parsers(commands: Any) -> None:
    """Add `papers` to the command line."""
    papers = commands.add_parser("papers", help=_("work orders that are out, and come back"))
    verbs = papers.add_subparsers(dest="verb", required=True, metavar="VERB")
    out = verbs.add_parser("out", help=_("list the work orders that are out"))
    out.add_argument("--days", type=int, default=0, metavar="N", help=_("for more than N days"))
    add_json(out)
    out.set_defaults(func=run_out)
    back = verbs.add_parser("return", help=_("enter a work order that came back"))
    _add_order(back)
    back.add_argument("--arrived", metavar="TIME", help=_("when the worker arrived"))
    back.add_argument("--done", metavar="TIME", help=_("when the work was done, or left"))
    back.add_argument("--text", default="", help=_("what was done, or why it was not"))
    back.add_argument("--cause", default="", help=_("what was broken"))
    back.add_argument("--signed", action="store_true", help=_("the customer signed"))
    back.add_argument("--satisfaction", metavar="|".join(Satisfaction))
    back.add_argument("--opinion", default="", help=_("the customer's own words"))
    back.add_argument(
        "--not-done", metavar="|".join(NOT_DONE_LABELS), help=_("how it goes on, where not done")
    )
    back.add_argument("--next-visit", default="", help=_("when somebody comes again"))
    _add_act(back)
    back.set_defaults(func=run_return)
    lost = verbs.add_parser("lost", help=_("give up on a work order that is out"))
    _add_order(lost)
    lost.add_argument("--reason", default="", help=_("how it was lost"))
    _add_act(lost)
    lost.set_defaults(func=run_lost)


def _add_order(verb: Any) -> None:
    verb.add_argument("number", help=_("the ticket's number, or the scanned code"))
    verb.add_argument(
        "--round", type=int, metavar="N", help=_("which dispatch; the latest that is out if absent")
    )


def _add_act(verb: Any) -> None:
    add_by(verb)
    verb.add_argument("--at", metavar="TIME", help=_("when it happened"))
    add_json(verb)


def run_out(args: argparse.Namespace, desk: Desk) -> int:
    """List the work orders that are out, the oldest first."""
    found: list[PaperRow] = []
    after: PaperKey | None = None
    with desk.office(write=False):
        while True:
            page = list_papers_out(
                now=desk.now, over_days=max(args.days, 0), after=after, limit=_AT_ONCE
            )
            found += page.rows
            after = page.after
            if after is None:
                break
    for row in found:
        desk.say(
            f"{row.number}\t{row.round}\t{row.printed_at:%Y-%m-%d %H:%M}\t{row.days}\t{row.where}"
            f"\t{row.matter}\t{row.handler or row.department}\t{STATUS_LABELS[row.status]}"
        )
    desk.json([_paper_json(row) for row in found])
    return 0


def _paper_json(row: PaperRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "round": row.round,
        "where": row.where,
        "matter": row.matter,
        "department": row.department or None,
        "handler": row.handler or None,
        "status": row.status.value,
        "printed_at": iso(row.printed_at),
        "prints": row.prints,
        "days": row.days,
        "superseded": row.is_superseded,
    }


def _order(args: argparse.Namespace) -> ScannedPaper:
    """Return the order that is named by its ticket's number, or by its scanned code."""
    code = args.number.strip()
    if args.round is None and ("/" in code or (code.isdigit() and len(code) == 16)):
        return find_scanned(code)
    return work_order_of(find_ticket(code), args.round)


def _moment(text: str | None) -> datetime | None:
    return read_time(text).replace(tzinfo=None) if text else None


def run_return(args: argparse.Namespace, desk: Desk) -> int:
    """Enter what stands on a work order that came back."""
    if args.not_done is not None:
        outcome = Outcome.NOT_DONE
    elif args.satisfaction is None:
        outcome = Outcome.UNRATED
    else:
        outcome = Outcome(choice(args.satisfaction, Satisfaction, _("satisfaction")).value)
    draft = PaperReturn(
        outcome=outcome,
        arrived_at=_moment(args.arrived),
        finished_at=_moment(args.done),
        cause=args.cause,
        work=args.text,
        signed=args.signed,
        opinion=args.opinion,
        waiting=AGAIN if args.not_done is None else args.not_done,
        next_visit=args.next_visit,
    )
    with desk.office(write=True):
        order = _order(args)
        ticket = return_paper(
            order.ticket.id,
            order.round,
            draft,
            by=desk.staff(args.by).id,
            now=desk.now,
            at=read_time(args.at) if args.at else None,
        )
    return tell(desk, ticket)


def run_lost(args: argparse.Namespace, desk: Desk) -> int:
    """Give up on a work order that is out."""
    with desk.office(write=True):
        order = _order(args)
        ticket = declare_lost(
            order.ticket.id,
            order.round,
            reason=args.reason,
            by=desk.staff(args.by).id,
            now=desk.now,
            at=read_time(args.at) if args.at else None,
        )
    return tell(desk, ticket)

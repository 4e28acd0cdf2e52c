"""`propdesk tickets bulk dispatch|close`: one act with many tickets, and one summary."""

import argparse
from collections.abc import Callable
from functools import partial
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json
from propdesk.cli.ticket_moves import destination
from propdesk.domain.errors import RuleError
from propdesk.i18n import _
from propdesk.services import bulk, tickets
from propdesk.services.bulk import BulkResult
from propdesk.services.queries.tickets import (
    GROUPS,
    PageKey,
    TicketFilter,
    find_ticket,
    list_tickets,
)


def add_parsers(verbs: Any) -> None:
    """Add `bulk` to `tickets`."""
    many = verbs.add_parser("bulk", help=_("one act with many tickets"))
    acts = many.add_subparsers(dest="act", required=True, metavar="ACT")
    dispatch = acts.add_parser("dispatch", help=_("give the work to somebody"))
    dispatch.add_argument("--to", metavar="NAME|DEPARTMENT", help=_("who gets the work"))
    dispatch.add_argument("--department", metavar="D")
    dispatch.add_argument("--handler", metavar="STAFF")
    dispatch.set_defaults(func=run_dispatch)
    close = acts.add_parser(
        "close", help=_("reply with one text where a reply is missing, and close")
    )
    close.set_defaults(func=run_close)
    for parser in (dispatch, close):
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--numbers", nargs="+", metavar="NUMBER")
        which.add_argument("--group", metavar="|".join(GROUPS))
        parser.add_argument("--text", default="", help=_("what there is to say about it"))
        add_by(parser)
        add_json(parser)


def run_dispatch(args: argparse.Namespace, desk: Desk) -> int:
    """Dispatch many tickets."""

    def act() -> Callable[[int], object]:
        department, handler = destination(args)
        return partial(
            tickets.dispatch_ticket,
            by=desk.staff(args.by).id,
            now=desk.now,
            department_id=department,
            handler_id=handler,
            note=args.text,
        )

    return _run(args, desk, act, _("Dispatch"))


def run_close(args: argparse.Namespace, desk: Desk) -> int:
    """Reply to many tickets where that is missing, and close them."""

    def act() -> Callable[[int], object]:
        by = desk.staff(args.by).id
        return partial(bulk.settle_ticket, text=args.text, by=by, now=desk.now)

    return _run(args, desk, act, _("Close"))


def _run(
    args: argparse.Namespace, desk: Desk, act: Callable[[], Callable[[int], object]], label: str
) -> int:
    with desk.office(write=True):
        result = bulk.run_each(_wanted(args, desk), act(), on_progress=desk.progress(label))
    return tell_result(desk, result)


def _wanted(args: argparse.Namespace, desk: Desk) -> list[int]:
    """Return the tickets that were named, or all of a group with the oldest first."""
    if args.numbers:
        return [find_ticket(number).id for number in args.numbers]
    if args.group not in GROUPS:
        raise RuleError(
            "group-unknown",
            _("There is no group «{group}»; the groups are {groups}.").format(
                group=args.group[:40], groups=", ".join(GROUPS)
            ),
        )
    wanted = TicketFilter(group=args.group, staff_id=desk.staff(args.by).id)
    found: list[int] = []
    after: PageKey | None = None
    while True:
        page = list_tickets(wanted, now=desk.now, after=after, limit=1000, descending=False)
        found += [row.id for row in page.rows]
        after = page.after
        if after is None:
            return found


def tell_result(desk: Desk, result: BulkResult) -> int:
    """Say what came of an act with many tickets; 1 where some of them were refused."""
    desk.say(
        _("{done} done, {refused} not done.").format(
            done=len(result.done), refused=len(result.not_done)
        )
    )
    for one in result.not_done:
        desk.say(f"{one.ticket.number}\t{one.reason}")
    desk.json(
        {
            "done": [one.number for one in result.done],
            "not_done": [
                {"number": one.ticket.number, "code": one.code, "message": one.reason}
                for one in result.not_done
            ],
        }
    )
    return 1 if result.not_done else 0

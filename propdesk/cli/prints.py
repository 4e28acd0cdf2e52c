"""`propdesk print work-order NUMBER -o FILE.pdf`."""

import argparse
from typing import Any

from propdesk.cli import (
    house_boards,
    print_arrears,
    print_decorations,
    print_dunning,
    print_fees,
    print_houses,
    print_meetings,
    print_moves,
    print_privacy,
    print_registers,
    print_sheets,
)
from propdesk.cli.desk import Desk, choice
from propdesk.cli.printed import add_paper_options, note_if_free, paper_language, tell_printed
from propdesk.domain.papers import PaperSize
from propdesk.i18n import _


def add_parsers(commands: Any) -> None:
    """Add `print` to the command line."""
    prints = commands.add_parser("print", help=_("print a paper into a PDF file"))
    papers = prints.add_subparsers(dest="paper_kind", required=True, metavar="PAPER")
    order = papers.add_parser("work-order", help=_("the work orders of tickets, in one file"))
    order.add_argument("numbers", nargs="+", metavar="NUMBER")
    order.add_argument("--sort", choices=("worker",), help=_("by worker and house"))
    order.add_argument("--paper", metavar="|".join(PaperSize))
    order.add_argument("--copies", type=int, metavar="N", help=_("how many copies, 1 to 4"))
    add_paper_options(order)
    order.set_defaults(func=run_work_order)
    print_registers.add_parsers(papers)
    print_meetings.add_parsers(papers)
    print_sheets.add_parsers(papers)
    print_moves.add_parsers(papers)
    print_privacy.add_parsers(papers)
    print_decorations.add_parsers(papers)
    print_houses.add_parsers(papers)
    print_dunning.add_parsers(papers)
    print_fees.add_parsers(papers)
    print_arrears.add_parsers(papers)
    house_boards.add_paper(papers)


def run_work_order(args: argparse.Namespace, desk: Desk) -> int:
    """Print the work orders of tickets, as they are named or in the order to hand them out."""
    from propdesk.domain.hand_out import hand_out_key
    from propdesk.domain.paper_trail import PaperKind, dispatch_round
    from propdesk.services.papers import note_print
    from propdesk.services.printing import print_work_orders
    from propdesk.services.queries.tickets import find_ticket

    with desk.office(write=False):
        tickets = [find_ticket(number) for number in dict.fromkeys(args.numbers)]
        if args.sort:
            tickets.sort(
                key=lambda one: hand_out_key(one.department, one.handler, one.where, one.number)
            )
        printed = print_work_orders(
            [ticket.id for ticket in tickets],
            args.output,
            by=desk.staff(args.by),
            now=desk.now,
            paper=choice(args.paper, PaperSize, _("paper")) if args.paper else None,
            copies=args.copies,
            language=paper_language(args),
            on_progress=desk.progress(_("Work orders")) if len(tickets) > 1 else None,
        )

    def note(by: int) -> None:
        for ticket in tickets:
            round_ = dispatch_round(ticket.dispatches)
            note_print(ticket.id, PaperKind.WORK_ORDER, round_, by=by, now=desk.now)

    note_if_free(desk, args, note)
    return tell_printed(
        desk, printed, number=tickets[0].number, numbers=[ticket.number for ticket in tickets]
    )

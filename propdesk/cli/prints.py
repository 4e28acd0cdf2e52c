"""`propdesk print work-order NUMBER -o FILE.pdf`."""

import argparse
from collections.abc import Sequence
from pathlib import Path
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
from propdesk.cli.desk import Desk, add_by, add_json, choice
from propdesk.domain.papers import PaperLanguage, PaperSize
from propdesk.i18n import _


def add_parsers(commands: Any) -> None:
    """Add `print` to the command line."""
    prints = commands.add_parser("print", help=_("print a paper into a PDF file"))
    papers = prints.add_subparsers(dest="paper_kind", required=True, metavar="PAPER")
    order = papers.add_parser("work-order", help=_("the work orders of tickets, in one file"))
    order.add_argument("numbers", nargs="+", metavar="NUMBER")
    order.add_argument("--sort", choices=("worker",), help=_("by worker and house"))
    order.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")
    order.add_argument("--paper", metavar="|".join(PaperSize))
    order.add_argument("--copies", type=int, metavar="N", help=_("how many copies, 1 to 4"))
    add_paper_language(order)
    add_by(order)
    add_json(order)
    order.set_defaults(func=run_work_order)
    print_registers.add_parsers(papers, add_paper_language)
    print_meetings.add_parsers(papers, add_paper_language)
    print_sheets.add_parsers(papers, add_paper_language)
    print_moves.add_parsers(papers, add_paper_language)
    print_privacy.add_parsers(papers, add_paper_language)
    print_decorations.add_parsers(papers, add_paper_language)
    print_houses.add_parsers(papers, add_paper_language)
    print_dunning.add_parsers(papers, add_paper_language)
    print_fees.add_parsers(papers, add_paper_language)
    print_arrears.add_parsers(papers, add_paper_language)
    house_boards.add_paper(papers, add_paper_language)


def add_paper_language(parser: argparse.ArgumentParser) -> None:
    """Give a printing command its --paper-lang option (decision 21)."""
    parser.add_argument(
        "--paper-lang", metavar="|".join(PaperLanguage), help=_("language of the paper")
    )


def paper_language(args: argparse.Namespace) -> PaperLanguage | None:
    """Return the paper language that was asked for, None for the office's."""
    if args.paper_lang is None:
        return None
    language: PaperLanguage = choice(args.paper_lang, PaperLanguage, _("paper language"))
    return language


def tell_replaced(desk: Desk, characters: Sequence[str]) -> None:
    """Name the characters that no font of ours has (decision 39)."""
    if characters:
        desk.say(
            _("Printed as 〓, because the font lacks them: {characters}").format(
                characters=" ".join(characters)
            )
        )


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

    print_sheets.note_if_free(desk, args, note)
    desk.say(_("{file}: {pages} pages").format(file=printed.file, pages=printed.pages))
    tell_replaced(desk, printed.replaced_characters)
    desk.json(
        {
            "number": tickets[0].number,
            "numbers": [ticket.number for ticket in tickets],
            "file": str(printed.file),
            "pages": printed.pages,
            "replaced_characters": list(printed.replaced_characters),
        }
    )
    return 0

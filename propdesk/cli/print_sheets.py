"""`propdesk print complaint-sheet|reply-letter|problem-report|follow-up-sheet NUMBER -o FILE.pdf`.

That a paper was printed is noted on its ticket, unless the window is open on the office: a paper
may be drawn beside it, but nothing written.
"""

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from propdesk.cli.desk import Desk
from propdesk.cli.printed import add_paper_options, note_if_free, paper_language, tell_printed
from propdesk.domain.errors import RuleError
from propdesk.domain.paper_trail import PaperKind
from propdesk.i18n import _

if TYPE_CHECKING:
    from propdesk.services.parts.printed import Printed

_HELD = "office-open-elsewhere"

AddOption = Callable[[argparse.ArgumentParser], None]


def add_parsers(papers: Any) -> None:
    """Add the papers of a ticket to `print`."""
    sheets = {
        PaperKind.COMPLAINT_SHEET: (run_complaint_sheet, _("the complaint sheet of a ticket")),
        PaperKind.REPLY_LETTER: (run_reply_letter, _("a letter that was written for a ticket")),
        PaperKind.PROBLEM_REPORT: (run_problem_report, _("the report to a department")),
        PaperKind.FOLLOW_UP_SHEET: (run_follow_up_sheet, _("whom to ask, one or several")),
    }
    for kind, (function, text) in sheets.items():
        sheet = papers.add_parser(kind.value, help=text)
        if kind is PaperKind.FOLLOW_UP_SHEET:
            sheet.add_argument("numbers", nargs="*", metavar="NUMBER")
            sheet.add_argument("--due", action="store_true", help=_("all who are to be asked"))
        else:
            sheet.add_argument("number")
        if kind is PaperKind.REPLY_LETTER:
            sheet.add_argument(
                "--letter", metavar="NUMBER", help=_("which letter, if not the last")
            )
        add_paper_options(sheet)
        sheet.set_defaults(func=function)


def _tell(desk: Desk, printed: "Printed", numbers: Sequence[str], **more: str) -> int:
    return tell_printed(desk, printed, number=numbers[0], numbers=list(numbers), **more)


def run_complaint_sheet(args: argparse.Namespace, desk: Desk) -> int:
    """Print the complaint sheet of a ticket."""
    from propdesk.services.printing_sheets import print_complaint_sheet

    return _run(args, desk, PaperKind.COMPLAINT_SHEET, print_complaint_sheet)


def run_problem_report(args: argparse.Namespace, desk: Desk) -> int:
    """Print the last report of a ticket to a department."""
    from propdesk.services.printing_sheets import print_problem_report

    return _run(args, desk, PaperKind.PROBLEM_REPORT, print_problem_report)


def _run(args: argparse.Namespace, desk: Desk, kind: PaperKind, print_paper: Any) -> int:
    from propdesk.services.papers import note_print
    from propdesk.services.queries.tickets import find_ticket

    with desk.office(write=False):
        ticket = find_ticket(args.number)
        printed = print_paper(
            ticket.id,
            args.output,
            by=desk.staff(args.by),
            now=desk.now,
            language=paper_language(args),
        )

    def note(by: int) -> None:
        note_print(ticket.id, kind, ticket.round, by=by, now=desk.now)

    note_if_free(desk, args, note)
    return _tell(desk, printed, [ticket.number])


def run_reply_letter(args: argparse.Namespace, desk: Desk) -> int:
    """Print a letter as it was written; it is noted when it was first printed (R04)."""
    from propdesk.services.letters import note_letter_printed
    from propdesk.services.papers import note_print
    from propdesk.services.printing_sheets import letter_to_print, print_reply_letter
    from propdesk.services.queries.letters import find_letter
    from propdesk.services.queries.tickets import find_ticket

    with desk.office(write=False):
        ticket = find_ticket(args.number)
        letter = find_letter(args.letter) if args.letter else letter_to_print(ticket)
        if letter.ticket_id != ticket.id:
            raise RuleError(
                "letter-elsewhere",
                _("Letter {number} belongs to {ticket}; print it there.").format(
                    number=letter.number, ticket=letter.ticket
                ),
            )
        printed = print_reply_letter(
            ticket.id,
            args.output,
            by=desk.staff(args.by),
            now=desk.now,
            letter=letter,
            language=paper_language(args),
        )

    def note(by: int) -> None:
        note_letter_printed(letter.id, now=desk.now)
        note_print(ticket.id, PaperKind.REPLY_LETTER, letter.round, by=by, now=desk.now)

    note_if_free(desk, args, note)
    return _tell(desk, printed, [ticket.number], letter=letter.number)


def run_follow_up_sheet(args: argparse.Namespace, desk: Desk) -> int:
    """Print whom to ask: one ticket on A5, several as a list on A4."""
    from propdesk.services.papers import note_print
    from propdesk.services.printing_sheets import print_follow_up_sheets
    from propdesk.services.queries.follow_ups import list_follow_ups
    from propdesk.services.queries.tickets import find_ticket, get_tickets

    with desk.office(write=False):
        tickets = [find_ticket(number) for number in dict.fromkeys(args.numbers)]
        if args.due:
            known = {ticket.id for ticket in tickets}
            due = [row.id for row in list_follow_ups() if row.id not in known]
            tickets += get_tickets(due)
        printed = print_follow_up_sheets(
            [ticket.id for ticket in tickets],
            args.output,
            by=desk.staff(args.by),
            now=desk.now,
            language=paper_language(args),
        )

    def note(by: int) -> None:
        for ticket in tickets:
            note_print(ticket.id, PaperKind.FOLLOW_UP_SHEET, ticket.round, by=by, now=desk.now)

    note_if_free(desk, args, note)
    return _tell(desk, printed, [ticket.number for ticket in tickets])

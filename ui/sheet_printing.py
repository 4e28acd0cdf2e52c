"""Look at a ticket's other papers and print them: complaint sheet, letter, report, follow-up sheet.

That one was printed is noted when it really leaves; a look at it alone is no print.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from propdesk.domain.letters import Letter
from propdesk.domain.paper_trail import PAPER_LABELS, PaperKind
from propdesk.domain.tickets import EventKind, Kind, Ticket
from propdesk.i18n import _
from propdesk.services.letters import note_letter_printed
from propdesk.services.papers import note_print
from propdesk.services.queries.follow_ups import list_follow_ups
from propdesk.services.queries.tickets import get_tickets
from ui.context import AppContext
from ui.papers import DrawnPaper

# The papers of the menu; the work order has a key of its own.
SHEETS = (
    PaperKind.COMPLAINT_SHEET,
    PaperKind.REPLY_LETTER,
    PaperKind.PROBLEM_REPORT,
    PaperKind.FOLLOW_UP_SHEET,
)
_NEEDS = {
    PaperKind.REPLY_LETTER: EventKind.LETTER_WRITTEN,
    PaperKind.PROBLEM_REPORT: EventKind.PROBLEM_REPORTED,
}


def can_print(ticket: Ticket, kind: PaperKind) -> bool:
    """Tell whether there is anything to print: a letter or a report has to be written first."""
    if kind is PaperKind.COMPLAINT_SHEET:
        return ticket.kind is Kind.COMPLAINT
    needed = _NEEDS.get(kind)
    return needed is None or any(event.kind is needed for event in ticket.events)


def show_sheet(
    context: AppContext,
    page: QWidget,
    ticket: Ticket,
    kind: PaperKind,
    letter: Letter | None = None,
) -> None:
    """Show a paper of a ticket over `page`, ready to be printed; `letter` names one of several."""
    title = _("{paper} {number}").format(paper=PAPER_LABELS[kind], number=ticket.number)
    _show(context, page, title, kind, (ticket,), letter)


def show_follow_up_list(
    context: AppContext, page: QWidget, ticket_ids: Sequence[int] | None = None
) -> None:
    """Show the list of callers to be asked over `page`: of these tickets, else all in the queue."""
    kind = PaperKind.FOLLOW_UP_SHEET
    ids = [row.id for row in list_follow_ups()] if ticket_ids is None else ticket_ids
    tickets = get_tickets(ids)
    if not tickets:
        sentence = _("Nobody is to be asked at present.")
        context.messages.tell(page, str(PAPER_LABELS[kind]), sentence)
        return
    _show(context, page, str(PAPER_LABELS[kind]), kind, tickets)


def _show(
    context: AppContext,
    page: QWidget,
    title: str,
    kind: PaperKind,
    tickets: Sequence[Ticket],
    letter: Letter | None = None,
) -> None:
    from propdesk.services.printing_sheets import letter_to_print
    from ui.printing import show_paper

    if kind is PaperKind.REPLY_LETTER and letter is None:
        letter = letter_to_print(tickets[0])

    def note(copies: int) -> None:
        _note(context, page, kind, tickets, letter, copies)

    draw = _drawer(kind, [ticket.id for ticket in tickets], letter, context)
    show_paper(context, page, title, draw, on_made=note)


def _drawer(
    kind: PaperKind, ids: Sequence[int], letter: Letter | None, context: AppContext
) -> Callable[[Path], DrawnPaper]:
    """Return what draws the paper off the main thread: only plain values go with it."""
    from propdesk.services import printing_sheets as sheets

    by, now = context.staff, context.now()

    def draw(target: Path) -> DrawnPaper:
        if kind is PaperKind.REPLY_LETTER:
            return sheets.print_reply_letter(ids[0], target, by=by, now=now, letter=letter)
        if kind is PaperKind.FOLLOW_UP_SHEET:
            return sheets.print_follow_up_sheets(ids, target, by=by, now=now)
        if kind is PaperKind.PROBLEM_REPORT:
            return sheets.print_problem_report(ids[0], target, by=by, now=now)
        return sheets.print_complaint_sheet(ids[0], target, by=by, now=now)

    return draw


def _note(
    context: AppContext,
    page: QWidget,
    kind: PaperKind,
    tickets: Sequence[Ticket],
    letter: Letter | None,
    copies: int,
) -> None:
    def note() -> None:
        by, now = context.staff.id, context.now()
        if letter is not None:
            note_letter_printed(letter.id, now=now)
        for ticket in tickets:
            round_ = ticket.round if letter is None else letter.round
            note_print(ticket.id, kind, round_, copies=copies, by=by, now=now)

    if context.attempt(page, _("The print was not noted"), note):
        context.changes.tickets_changed.emit()

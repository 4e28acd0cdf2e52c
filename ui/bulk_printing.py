"""Print many work orders as one paper, and note of each that it went out."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from propdesk.domain.paper_trail import PaperKind, dispatch_round
from propdesk.i18n import _, ngettext
from propdesk.services import offices
from ui.background import Progress
from ui.context import AppContext


def show_work_orders(context: AppContext, page: QWidget, ticket_ids: Sequence[int]) -> None:
    """Show the work orders of tickets over `page`, in this order, ready to be printed."""
    from propdesk.services.bulk import BulkResult, run_each
    from propdesk.services.papers import note_print
    from propdesk.services.parts.printed import Printed
    from propdesk.services.printing import print_work_orders
    from propdesk.services.queries.tickets import get_tickets
    from ui.printing import show_long_paper

    # Drawn off the main thread: only plain values go with it.
    by, now = context.staff, context.now()
    rounds: dict[int, int] = {}

    def draw(target: Path, progress: Progress) -> Printed:
        rounds.update((one.id, dispatch_round(one.dispatches)) for one in get_tickets(ticket_ids))
        return print_work_orders(ticket_ids, target, by=by, now=now, on_progress=progress)

    def note(copies: int) -> None:
        """Note each order; what was printed is noted to the end, even while the window closes."""

        def note_one(ticket_id: int) -> object:
            return note_print(
                ticket_id,
                PaperKind.WORK_ORDER,
                rounds[ticket_id],
                copies=copies,
                by=by.id,
                now=now,
            )

        def job(_progress: Progress) -> BulkResult:
            with offices.working_connection():
                return run_each(ticket_ids, note_one)

        def noted(result: BulkResult) -> None:
            context.changes.tickets_changed.emit()
            if result.not_done:
                first = result.not_done[0]
                context.messages.tell(
                    page, _("The print was not noted"), f"{first.ticket.number}: {first.reason}"
                )

        context.background.run(
            job, noted, lambda error: context.explain(page, _("The print was not noted"), error)
        )

    count = len(ticket_ids)
    title = ngettext("{count} work order", "{count} work orders", count).format(count=count)
    show_long_paper(context, page, title, draw, on_made=note)

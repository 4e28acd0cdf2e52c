"""Look at the papers of moves and print them; that one left is noted, a look alone is none."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from propdesk.domain.gate_passes import GatePass
from propdesk.domain.moves import MOVE_LABELS, Move
from propdesk.i18n import _
from ui.context import AppContext
from ui.papers import DrawnPaper


def show_move_paper(
    context: AppContext, page: QWidget, move: Move, *, settlement: bool | None = None
) -> None:
    """Show the record or the settlement of a move over `page`, ready to be printed."""
    from propdesk.services.printing_moves import note_move_print, print_move
    from ui.printing import show_paper

    by, now, move_id = context.staff, context.now(), move.id

    def draw(target: Path) -> DrawnPaper:
        return print_move(move_id, target, by=by, now=now, settlement=settlement)

    def note(_copies: int) -> None:
        context.attempt(
            page,
            _("The print was not noted"),
            lambda: note_move_print(move_id, by=context.staff.id, now=context.now()),
        )

    title = _("{paper} {number}").format(paper=MOVE_LABELS[move.kind], number=move.number)
    show_paper(context, page, title, draw, on_made=note)


def show_gate_pass(context: AppContext, page: QWidget, gate_pass: GatePass) -> None:
    """Show a pass over `page`, on the size of the office's work orders (A5, or two on A4)."""
    from propdesk.services.printing_moves import note_gate_pass_print, print_gate_pass
    from ui.printing import show_paper

    by, now, pass_id = context.staff, context.now(), gate_pass.id
    size = context.settings.work_order_paper

    def draw(target: Path) -> DrawnPaper:
        return print_gate_pass(pass_id, target, by=by, now=now, size=size)

    def note(_copies: int) -> None:
        context.attempt(
            page,
            _("The print was not noted"),
            lambda: note_gate_pass_print(pass_id, by=context.staff.id, now=context.now()),
        )

    title = _("{paper} {number}").format(paper=_("Gate pass"), number=gate_pass.number)
    show_paper(context, page, title, draw, on_made=note)

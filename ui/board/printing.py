"""Show the house board as a paper to print."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from propdesk.domain.board_shades import Colouring
from propdesk.domain.house_boards import BoardPaper
from propdesk.i18n import _
from propdesk.services.parts.printed import Printed
from propdesk.services.printing_boards import WantedBoard, print_house_board
from ui.context import AppContext


def print_board(
    context: AppContext,
    page: QWidget,
    colouring: Colouring,
    size: BoardPaper,
    building_id: int | None,
) -> None:
    """Show the board of a building, or of all, as it is coloured on the screen."""
    from ui.printing import show_paper

    by, now = context.staff, context.now()
    wanted = WantedBoard(colouring=colouring, size=size, building_id=building_id)

    def draw(target: Path) -> Printed:
        return print_house_board(wanted, target, by=by, now=now)

    show_paper(context, page, _("House board"), draw)

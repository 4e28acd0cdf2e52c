"""What the fees page does with letters: one house's next letter, those of a stage, their way."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from propdesk.i18n import _, ngettext
from propdesk.services.queries.units import get_unit
from ui.context import AppContext
from ui.papers import tell_done


def write_letter(context: AppContext, parent: QWidget, unit_id: int) -> bool:
    """Show the next letter of a house, ready to be printed; tell whether one was printed."""
    from ui.dialogs.fee_letter_window import FeeLetterWindow

    windows: list[FeeLetterWindow] = []

    def show() -> None:
        windows.append(FeeLetterWindow(context, parent, unit_id, get_unit(unit_id).short))

    if not context.attempt(parent, _("No letter was written"), show):
        return False
    (window,) = windows
    window.exec()
    if window.printed:
        _tell(context, parent, window.printed)
    return bool(window.printed)


def _tell(context: AppContext, page: QWidget, letter_ids: Sequence[int]) -> None:
    words = ngettext("{count} letter printed", "{count} letters printed", len(letter_ids))
    tell_done(context, page, words.format(count=len(letter_ids)))

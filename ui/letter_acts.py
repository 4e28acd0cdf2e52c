"""What the fees page does with letters: one house's next letter, those of a stage, their way."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from propdesk.domain.dunning import Stage
from propdesk.domain.staff import RIGHTS, Right
from propdesk.i18n import _, ngettext
from propdesk.services.queries.units import Unit, get_unit
from ui.context import AppContext
from ui.keyboard import add_entry, lettered
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
        count = len(window.printed)
        words = ngettext("{count} letter printed", "{count} letters printed", count)
        tell_done(context, parent, words.format(count=count))
    return bool(window.printed)


def write_letters(
    context: AppContext,
    parent: QWidget,
    unit_ids: Sequence[int] | None = None,
    stage: Stage | None = None,
) -> None:
    """Make the letters of a stage: of all that are ripe, or of chosen houses; then show them."""
    from ui.dialogs.fee_letters_dialog import FeeLettersDialog

    dialog = FeeLettersDialog(context, parent, unit_ids=unit_ids, stage=stage)
    dialog.ask()
    if dialog.made is not None and dialog.made.batch_id is not None:
        show_letters(context, parent, batch_id=dialog.made.batch_id)


def show_letters(
    context: AppContext,
    parent: QWidget,
    *,
    batch_id: int | None = None,
    unit_id: int | None = None,
) -> None:
    """Show letters under way: a batch, a house's, or what waits for the next step."""
    from ui.dialogs.fee_letter_list_dialog import FeeLetterListDialog

    FeeLetterListDialog(context, parent, batch_id=batch_id, unit_id=unit_id).ask()


def edit_templates(context: AppContext, parent: QWidget, unit_id: int | None = None) -> None:
    """Word the letters of each stage, beside the paper of a real house."""
    from ui.dialogs.fee_template_dialog import FeeTemplateDialog

    FeeTemplateDialog(context, parent, unit_id=unit_id).exec()


def add_letter_acts(
    menu: QMenu,
    context: AppContext,
    page: QWidget,
    unit: Unit | None,
    houses: Sequence[int],
) -> None:
    """Add the letters to the page's menu; `houses` are chosen in its list."""
    if Right.DUN not in RIGHTS[context.staff.role]:
        return
    letters = menu.addMenu(lettered(_("Letters of demand"), "W"))
    add_entry(letters, _("Write letters of a stage"), "S", partial(write_letters, context, page))
    if houses:
        count = len(houses)
        words = ngettext("To {count} chosen house", "To {count} chosen houses", count)
        add_entry(letters, words.format(count=count), "C",
                  partial(write_letters, context, page, houses))  # fmt: skip
        words = ngettext(
            "A proved demand to {count} chosen house",
            "A proved demand to {count} chosen houses",
            count,
        )
        add_entry(letters, words.format(count=count), "P",
                  partial(write_letters, context, page, houses, Stage.LETTER))  # fmt: skip
    add_entry(letters, _("Letters under way"), "U", partial(show_letters, context, page))
    if unit is not None:
        add_entry(letters, _("Letters to {house}").format(house=unit.short), "H",
                  partial(show_letters, context, page, unit_id=unit.id))  # fmt: skip
    words_of = partial(edit_templates, context, page, unit.id if unit is not None else None)
    add_entry(letters, _("Words of the letters"), "T", words_of)

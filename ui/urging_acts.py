"""Urging (催缴): what was done, rounds, proofs, papers; the fees page offers it under More."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.dunning_acts import DunningAct
from propdesk.i18n import _
from propdesk.services.queries.dunning_acts import check_may_urge
from ui.context import AppContext


def note_act(
    context: AppContext, parent: QWidget, unit_id: int, *, letter_id: int | None = None
) -> DunningAct | None:
    """Have an act of urging noted for a house; `letter_id` is the letter that it delivered."""
    from ui.dialogs.dunning_act_dialog import DunningActDialog

    if not may_urge(context, parent):
        return None
    dialog = DunningActDialog(context, parent, unit_id, letter_id)
    dialog.ask()
    act: DunningAct | None = dialog.stored
    if act is not None:
        context.changes.fees_changed.emit()
    return act


def may_urge(context: AppContext, parent: QWidget) -> bool:
    """Tell whether who sits here may urge; the sentence is shown where not."""
    title = _("This was not done")
    return context.attempt(parent, title, lambda: check_may_urge(context.staff.id))

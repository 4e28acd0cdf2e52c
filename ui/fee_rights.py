"""Whether somebody may do something about fees, asked before a form for it is opened."""

from functools import partial

from PySide6.QtWidgets import QWidget

from propdesk.domain.staff import Right
from propdesk.i18n import _
from propdesk.services.queries.fee_access import check_fee_right
from ui.context import AppContext


def may(context: AppContext, parent: QWidget, right: Right) -> bool:
    """Tell whether who sits here may; a refusal is told in its sentence."""
    check = partial(check_fee_right, context.staff.id, right)
    return context.attempt(parent, _("This was not done"), check)

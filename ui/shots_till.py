"""Pictures of the till: a house with bills due and to come, a part payment, more than the debt.

The bills are written into the copy that is pictured.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from propdesk.domain.bills import BillDraft
from propdesk.domain.till import Means
from propdesk.services.bills import add_bill
from propdesk.services.fee_items import propose_items
from propdesk.services.queries.bills import list_bills
from propdesk.services.queries.fee_items import list_items
from propdesk.services.queries.units import list_units
from ui.context import AppContext
from ui.dialogs.till_dialog import TillDialog

if TYPE_CHECKING:
    from ui.screenshots import Stage

_MONTH = timedelta(days=30)


def _unit(context: AppContext) -> int:
    """Return a house with three bills that are due and one that is to come."""
    by, now = context.staff.id, context.now()
    unit = list_units(today=now.date(), limit=1)[0].id
    if len(list_bills(unit, open_only=True)) > 3:
        return unit
    propose_items(by=by, now=now)
    code = list_items()[0].code
    for place, amount in enumerate((26_992, 26_992, 7_315, 26_992)):
        due = now.date() + (place - 2) * _MONTH
        first = due.replace(day=1)
        add_bill(unit, code, BillDraft(amount, "-", first, due, due), by=by, now=now)
    return unit


def _till(typed: str = "", *, is_kept: bool = False) -> Callable[["Stage"], None]:
    def show(stage: "Stage") -> None:
        dialog = TillDialog(stage.context, stage.window, _unit(stage.context))
        cash = dialog.amounts[Means.CASH]
        if typed:
            cash.textEdited.emit(typed)
            cash.setText(typed)
            dialog.tendered.setText("1000")
        dialog.open()
        if is_kept:
            dialog.keep()

    return show


DIALOGS: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("till", _till()),
    ("till-part", _till("150")),
    ("till-too-much", _till("99999.99", is_kept=True)),
)

"""Where that is mended which keeps a house out of a bill run: readings, meter, price, the house."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from propdesk.services.queries.units import get_unit
from ui.context import AppContext
from ui.dialogs.bill_run_views import NO_OWNER, MendRow

_Mend = Callable[[AppContext, QWidget, MendRow], None]


def can_mend(row: MendRow) -> bool:
    """Tell whether there is a place that a row leads to."""
    return row.code in _OVER_THE_RUN or (row.unit_id is not None and row.code in _IN_THE_HOUSE)


def mend(context: AppContext, parent: QWidget, row: MendRow) -> bool:
    """Lead to where it is mended; tell whether that stood over the run, which then counts anew.

    Else the run is left for the page of the house.
    """
    act = _OVER_THE_RUN.get(row.code)
    if act is not None:
        act(context, parent, row)
        return True
    if row.unit_id is not None:
        context.navigation.unit_wanted.emit(row.unit_id)
    return False


def _enter_readings(context: AppContext, parent: QWidget, row: MendRow) -> None:
    from ui.dialogs.readings_dialog import ReadingsDialog

    ReadingsDialog(context, parent, unit_id=row.unit_id).ask()


def _put_in_meter(context: AppContext, parent: QWidget, row: MendRow) -> None:
    from ui.dialogs.meter_dialogs import MeterDialog

    if row.unit_id is not None:
        MeterDialog(context, parent, get_unit(row.unit_id)).ask()


def _show_items(context: AppContext, parent: QWidget, _row: MendRow) -> None:
    from ui.dialogs.fee_items_dialog import FeeItemsDialog

    FeeItemsDialog(context, parent).ask()


def _show_costs(context: AppContext, parent: QWidget, _row: MendRow) -> None:
    from ui.dialogs.shared_costs_dialog import SharedCostsDialog

    SharedCostsDialog(context, parent).ask()


_IN_THE_HOUSE = frozenset({"area-missing", "floor-missing", NO_OWNER})
_OVER_THE_RUN: Mapping[str, _Mend] = {
    "reading-missing": _enter_readings,
    "reading-lower": _enter_readings,
    "meter-missing": _put_in_meter,
    "nobody-shares": _show_costs,
    "price-missing": _show_items,
}

"""Pictures of bills: the run with all that may be strange about it, a bill explained, shared costs.

Prices, bills and costs are written into the copy that is pictured.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from propdesk.domain.bill_runs import proposed_period, shifted_period
from propdesk.domain.bills import BillDraft
from propdesk.domain.fee_item_drafts import draft_of
from propdesk.domain.fee_items import Formula, ShareBy
from propdesk.domain.shared_costs import SharedCostDraft
from propdesk.domain.tariff_drafts import TariffDraft
from propdesk.domain.unit_drafts import UnitFacts
from propdesk.domain.units import Address
from propdesk.services.bill_runs import post_run
from propdesk.services.bills import add_bill
from propdesk.services.fee_items import change_item, propose_items
from propdesk.services.queries.bill_runs import last_run, list_runs
from propdesk.services.queries.bills import list_bills, list_run_bills
from propdesk.services.queries.fee_items import list_items
from propdesk.services.queries.shared_costs import list_shared_costs, list_shared_items
from propdesk.services.queries.tariffs import list_tariffs
from propdesk.services.queries.units import get_unit, list_units
from propdesk.services.shared_costs import enter_shared_cost
from propdesk.services.tariffs import add_tariff
from propdesk.services.units import add_unit, change_unit
from ui.context import AppContext
from ui.dialogs.bill_dialogs import BillDialog, VoidBillDialog
from ui.dialogs.bill_explained_dialog import BillExplainedDialog
from ui.dialogs.bill_run_dialog import BillRunDialog
from ui.dialogs.bill_run_views import View
from ui.dialogs.bill_runs_dialog import BillRunsDialog, RunBillsDialog, UndoRunDialog
from ui.dialogs.shared_cost_dialog import SharedCostDialog, SharesDialog
from ui.dialogs.shared_costs_dialog import SharedCostsDialog

if TYPE_CHECKING:
    from ui.screenshots import Stage

Show = Callable[["Stage"], None]
_ROUND = 1_000_037  # fen: a supplier's bill that no count of houses divides evenly


def _fill(context: AppContext) -> None:
    """Give the office items with prices, a cost to share, and houses that lack something."""
    if list_shared_costs():
        return
    by, now = context.staff.id, context.now()
    propose_items(by=by, now=now)
    for item in list_items():
        if item.formula is Formula.SHARED and not item.is_active:
            draft = replace(draft_of(item), is_active=True)
            change_item(item.id, draft, version=item.version, by=by)
        elif item.is_active and item.formula is Formula.AREA and not list_tariffs(item.id):
            price = TariffDraft(item.id, 3_500, now.date().replace(month=1, day=1))
            add_tariff(price, by=by, now=now)
    first, last = proposed_period(last_run(), 1, now.date())
    cost = SharedCostDraft(first, last, _ROUND, ShareBy.HOUSEHOLDS, document="8842-1107")
    enter_shared_cost(list_shared_items()[0][0], cost, by=by, now=now)
    # A new house without an area, and one that has grown.
    houses = [get_unit(one.id) for one in list_units(today=now.date(), limit=20)]
    address = Address(houses[0].building, houses[0].entrance, "9901")
    add_unit(address, community=houses[0].community, by=by)
    grown = houses[3]
    facts = UnitFacts(floor=grown.floor, area_dm2=2 * (grown.area_dm2 or 9_000))
    change_unit(grown.id, facts, version=grown.version, by=by, now=now)


def _run(view: View | None = None, *, twice: bool = False) -> Show:
    """Return the act that opens the run, counted, at one of its views."""

    def show(stage: "Stage") -> None:
        context = stage.context
        _fill(context)
        dialog = BillRunDialog(context, stage.window)
        if twice:
            order = dialog.choices.order()
            post_run(order, by=context.staff.id, now=context.now())
            dialog._count()  # noqa: SLF001
        stage.until(lambda: dialog._preview is not None, "the preview")  # noqa: SLF001
        if view is not None:
            dialog.views.choose(view.value)
            dialog._show_view()  # noqa: SLF001
        dialog.open()

    return show


def _counting(stage: "Stage") -> None:
    """Show what stands there while it is counted."""
    dialog = BillRunDialog(stage.context, stage.window)
    dialog._give_up()  # noqa: SLF001
    dialog._bar.show_progress(4, 10)  # noqa: SLF001
    dialog.open()


def _runs(stage: "Stage") -> None:
    BillRunsDialog(stage.context, stage.window).open()


def _run_bills(stage: "Stage") -> None:
    RunBillsDialog(stage.context, stage.window, list_runs()[-1]).open()


def _undo(stage: "Stage") -> None:
    dialog = UndoRunDialog(stage.context, stage.window, list_runs()[0])
    dialog.open()
    dialog.keep()


def _bill_of_run() -> int:
    """Return a bill of which something was paid."""
    bills = list_run_bills(list_runs()[-1].id)
    return next((one.id for one in bills if one.settled_fen), bills[0].id)


def _explained(stage: "Stage") -> None:
    BillExplainedDialog(stage.context, stage.window, _bill_of_run()).open()


def _void(stage: "Stage") -> None:
    bill = list_run_bills(list_runs()[-1].id)[0]
    dialog = VoidBillDialog(stage.context, stage.window, bill)
    dialog.open()
    dialog.keep()


def _write(stage: "Stage") -> None:
    _fill(stage.context)
    unit = get_unit(list_units(today=stage.context.now().date(), limit=1)[0].id)
    dialog = BillDialog(stage.context, stage.window, unit)
    dialog.amount.show_words("12,5x")
    dialog.open()
    dialog.keep()


def _costs(stage: "Stage") -> None:
    _fill(stage.context)
    SharedCostsDialog(stage.context, stage.window).open()


def _cost(by: ShareBy) -> Show:
    def show(stage: "Stage") -> None:
        _fill(stage.context)
        dialog = SharedCostDialog(stage.context, stage.window)
        dialog.by.choose(by.value)
        dialog.total.setText("8642.35")
        stage.until(lambda: bool(dialog.pane.table.records.rowCount()), "the shares")
        dialog.open()

    return show


def _shares(stage: "Stage") -> None:
    _fill(stage.context)
    SharesDialog(stage.context, stage.window, list_shared_costs()[0]).open()


def _many_years(stage: "Stage") -> None:
    """Show the account of a house with bills of many years."""
    context = stage.context
    by, now = context.staff.id, context.now()
    unit = list_units(today=now.date(), limit=1)[0].id
    item = list_items(active_only=True)[0]
    if len(list_bills(unit)) < 24:
        for back in range(28):
            first, last = shifted_period(now.date(), 1, -back)
            draft = BillDraft(26_992, item.name, first, last, last)
            add_bill(unit, item.code, draft, by=by, now=now)
    context.navigation.account_wanted.emit(unit)


PAGES: Sequence[tuple[str, Show]] = (("fees-years", _many_years),)
DIALOGS: Sequence[tuple[str, Show]] = (
    ("bill-explained", _explained),
    ("bill-void", _void),
    ("bill-runs", _runs),
    ("bill-run-bills", _run_bills),
    ("bill-run-undo", _undo),
    ("bill-run", _run()),
    ("bill-run-places", _run(View.PLACES)),
    ("bill-run-all", _run(View.BILLS)),
    ("bill-run-mend", _run(View.MEND)),
    ("bill-run-unlike", _run(View.COMPARED)),
    ("bill-run-counting", _counting),
    ("bill-write", _write),
    ("shared-costs", _costs),
    ("shared-cost", _cost(ShareBy.HOUSEHOLDS)),
    ("shared-cost-missing", _cost(ShareBy.AREA)),
    ("shared-cost-shares", _shares),
    # It posts a run in the copy that is pictured.
    ("bill-run-twice", _run(twice=True)),
)


def _nothing(dialog: type[BillRunDialog | BillRunsDialog | SharedCostsDialog]) -> Show:
    """Return the act that opens a dialog in an office that has no fees yet."""
    return lambda stage: dialog(stage.context, stage.window).open()


NONE: Sequence[tuple[str, Show]] = (
    ("bill-run-none", _nothing(BillRunDialog)),
    ("bill-runs-none", _nothing(BillRunsDialog)),
    ("shared-costs-none", _nothing(SharedCostsDialog)),
)

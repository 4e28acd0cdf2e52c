"""Pictures of cases of houses in arrears: promises, plans, holds, waivers, penalties, what is due.

What they need beside the demo's arrears is written into the copy that is pictured.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from propdesk.domain.arrears import ARREARS_REASON_LABELS, ArrearsReason, LegalState
from propdesk.domain.arrears_cases import CaseDraft
from propdesk.domain.bill_runs import RunOrder
from propdesk.domain.bills import BILL_KIND_LABELS, BillKind
from propdesk.domain.fee_item_drafts import ItemDraft
from propdesk.domain.fee_items import Formula
from propdesk.domain.months import Month
from propdesk.domain.payment_plans import PlanDraft, equal_parts, part_days
from propdesk.domain.staff import RIGHTS, Right
from propdesk.domain.tariff_drafts import TariffDraft
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.domain.units import UnitKind
from propdesk.services.arrears import change_case, note_arrears
from propdesk.services.bill_runs import post_run
from propdesk.services.fee_items import add_item
from propdesk.services.payment_plans import record_plan
from propdesk.services.queries.accounts import get_account
from propdesk.services.queries.arrears import ArrearsFilter, ArrearsSort, list_arrears
from propdesk.services.queries.arrears_cases import get_case
from propdesk.services.queries.bills import list_bills
from propdesk.services.queries.late_fees import list_late_fees
from propdesk.services.queries.payment_plans import list_plans
from propdesk.services.queries.staff import list_staff
from propdesk.services.queries.units import Unit, get_unit, list_units
from propdesk.services.queries.waivers import list_waivers
from propdesk.services.tariffs import add_tariff
from propdesk.services.tickets import register_ticket
from propdesk.services.waivers import waive_bill
from ui.context import AppContext
from ui.dialogs.account_dialog import AccountDialog
from ui.dialogs.arrears_case_dialog import CaseDialog, CasesDialog
from ui.dialogs.late_fee_dialog import LateFeeDialog
from ui.dialogs.payment_plan_forms import PlanDialog, PromiseDialog
from ui.dialogs.payment_plans_dialog import EndPlanDialog, PlansDialog
from ui.dialogs.payment_plans_due import DueDialog
from ui.dialogs.waiver_dialogs import WaiverBackDialog, WaiverDialog

if TYPE_CHECKING:
    from ui.dialogs.base import Dialog
    from ui.screenshots import Stage

_FIRST = part_days(date(2026, 12, 10), 2)[0]


def _debtor(context: AppContext, place: int = 0) -> Unit:
    """Return one of the houses that owe most and promised nothing."""
    today = context.now().date()
    rows = list_arrears(ArrearsFilter(), today=today, sort=ArrearsSort.TOTAL, limit=40)
    free = [row.unit_id for row in rows if row.plan is None and not row.held_by]
    return get_unit(free[place])


def _paid(context: AppContext) -> Unit:
    """Return a house that owes nothing; the last ones are the least billed."""
    today = context.now().date()
    houses = list_units(today=today, limit=1000)
    free = next(house for house in reversed(houses) if not get_account(house.id, today).open_fen)
    return get_unit(free.id)


def _with_plan(context: AppContext) -> Unit:
    """Return a house with a plan of six parts that runs."""
    unit, now = _debtor(context, 4), context.now()
    if not list_plans(unit.id, now.date()):
        total = get_account(unit.id, now.date()).open_fen
        draft = PlanDraft(equal_parts(total, part_days(_FIRST, 6)), total, promised_by="—")
        record_plan(unit.id, draft, by=context.staff.id, now=now)
    return unit


def _with_case(context: AppContext) -> Unit:
    """Return a house whose case says everything that a case can say."""
    unit, now, by = _debtor(context, 2), context.now(), context.staff.id
    case = get_case(unit.id, now.date())
    if case.legal_state is None:
        text = str(ARREARS_REASON_LABELS[ArrearsReason.QUALITY])
        for kind in (Kind.COMPLAINT, Kind.REPAIR):
            register_ticket(TicketDraft(kind, text, unit_id=unit.id), by=by, now=now)
        draft = CaseDraft(
            ArrearsReason.SERVICE,
            text,
            now.date() + timedelta(days=14),
            text,
            LegalState.MEDIATION,
        )
        change_case(unit.id, draft, version=case.version, by=by, now=now)
        note_arrears(unit.id, text, by=by, now=now)
    return unit


def _waived(context: AppContext) -> Unit:
    """Return a house of which something was waived."""
    unit, now = _debtor(context, 3), context.now()
    if not list_waivers(unit.id):
        manager = next(one for one in list_staff() if Right.WAIVE in RIGHTS[one.role])
        bill = list_bills(unit.id, open_only=True)[0]
        waive_bill(bill.id, bill.open_fen // 2, "—", by=manager.id, now=now)
    return unit


def _late(context: AppContext) -> Unit:
    """Return a house with a bill whose price names a rate for delay: 0.3 % a day, far too much."""
    unit, now, by = _debtor(context), context.now(), context.staff.id
    if not list_late_fees(unit.id, now.date()):
        name = str(BILL_KIND_LABELS[BillKind.OTHER])
        draft = ItemDraft("late", name, Formula.AREA, unit_kinds=(UnitKind.HOME,))
        item = add_item(draft, by=by).item
        first = date(now.year - 1, 1, 1)
        price = TariffDraft(item.id, 5_000, first, late_rate_e6=3_000, late_clause="5.2")
        add_tariff(price, by=by, now=now)
        order = RunOrder(first, Month(first.year, 6).last_day, items=(item.code,))
        post_run(order, by=by, now=now)
    return unit


Form = Callable[[AppContext, QWidget, Unit], "Dialog"]


def _of(form: Form, unit_of: Callable[[AppContext], Unit]) -> Callable[["Stage"], None]:
    return lambda stage: form(stage.context, stage.window, unit_of(stage.context)).open()


def _problems(
    form: "type[PromiseDialog] | type[PlanDialog]", unit_of: Callable[[AppContext], Unit]
) -> Callable[["Stage"], None]:
    """Show a form that was stored too early."""

    def show(stage: "Stage") -> None:
        dialog = form(stage.context, stage.window, unit_of(stage.context))
        dialog.open()
        if isinstance(dialog, PlanDialog):
            dialog.lines.rows[1].amount.setText("1")
        dialog.keep()

    return show


def _cases(stage: "Stage") -> None:
    houses = [_debtor(stage.context, place).id for place in range(3)]
    dialog = CasesDialog(stage.context, stage.window, houses)
    dialog.open()
    dialog.keep()


def _end(stage: "Stage") -> None:
    plan = list_plans(_with_plan(stage.context).id, stage.context.now().date())[0]
    EndPlanDialog(stage.context, stage.window, plan).open()


def _due(stage: "Stage") -> None:
    DueDialog(stage.context, stage.window).open()


def _limits(stage: "Stage") -> None:
    dialog = DueDialog(stage.context, stage.window)
    dialog.chips.choose("later")
    dialog.chips.chosen_changed.emit("later")
    dialog.open()


def _chosen(stage: "Stage") -> None:
    """Show the list with three houses chosen."""
    stage.page("fees")
    stage.press("Shift+Down", "Shift+Down")


def _house_menu(stage: "Stage") -> None:
    stage.page("fees")
    stage.press("Alt+M")


def _held(stage: "Stage") -> None:
    """Show the account of a house whose case is held."""
    unit = _with_case(stage.context)
    stage.page("fees")
    stage.context.navigation.account_wanted.emit(unit.id)


PAGES: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("fees-chosen", _chosen),
    ("fees-house-menu", _house_menu),
    ("fees-held", _held),
)
DIALOGS: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("fee-promise", _of(PromiseDialog, _debtor)),
    ("fee-promise-problems", _problems(PromiseDialog, _with_plan)),
    ("fee-plan", _of(PlanDialog, _debtor)),
    ("fee-plan-problems", _problems(PlanDialog, _debtor)),
    ("fee-plans", _of(PlansDialog, _with_plan)),
    ("fee-plans-none", _of(PlansDialog, _paid)),
    ("fee-plan-end", _end),
    ("fee-due", _due),
    ("fee-due-limits", _limits),
    ("fee-case", _of(CaseDialog, _with_case)),
    ("fee-case-new", _of(CaseDialog, _debtor)),
    ("fee-cases", _cases),
    ("fee-waive", _of(WaiverDialog, _debtor)),
    ("fee-waive-none", _of(WaiverDialog, _paid)),
    ("fee-waive-back", _of(WaiverBackDialog, _waived)),
    ("fee-statement", _of(AccountDialog, _waived)),
    ("fee-statement-paid", _of(AccountDialog, _paid)),
    ("fee-late-none", _of(LateFeeDialog, _paid)),
    # This bills every house: it comes last.
    ("fee-late", _of(LateFeeDialog, _late)),
)

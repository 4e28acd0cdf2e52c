"""What the office does with a house in arrears: promise, plan, hold, waiver, penalty, evidence.

Promise and case stand on the account; the rest waits under More of this house.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from propdesk.domain.money import money_words
from propdesk.domain.payment_plans import PlanKind
from propdesk.domain.staff import Right
from propdesk.i18n import _, ngettext
from propdesk.services.queries.fee_access import check_fee_right
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.keyboard import add_entry
from ui.papers import tell_done


def add_case_acts(menu: QMenu, context: AppContext, page: QWidget, unit: Unit) -> None:
    """Add what is done about the arrears of the house that is shown."""
    for word, letter, act, keys in (
        (_("Reason and hold"), "H", open_case, "F4"),
        (_("Instalment plan"), "P", make_plan, ""),
        (_("Promises and plans"), "O", show_plans, ""),
        (_("Late-payment penalties"), "L", charge_late, ""),
        (_("Waive"), "W", waive, ""),
        (_("Take a waiver back"), "K", take_waiver_back, ""),
    ):
        add_entry(menu, word, letter, partial(act, context, page, unit), keys=keys)


def open_case(context: AppContext, page: QWidget, unit: Unit) -> None:
    """Say why a house does not pay, hold its case or release it."""
    from ui.dialogs.arrears_case_dialog import CaseDialog

    if not _may(context, page, Right.DUN):
        return
    dialog = CaseDialog(context, page, unit)
    if _ask(context, dialog):
        tell_done(context, page, _("Stored"))
    elif dialog.ticket_id is not None:
        context.navigation.ticket_wanted.emit(dialog.ticket_id)


def open_cases(context: AppContext, page: QWidget, unit_ids: Sequence[int]) -> None:
    """Say the same of several houses."""
    from ui.dialogs.arrears_case_dialog import CasesDialog

    if not _may(context, page, Right.DUN):
        return
    dialog = CasesDialog(context, page, unit_ids)
    if _ask(context, dialog):
        words = ngettext("{count} house changed", "{count} houses changed", dialog.stored)
        tell_done(context, page, words.format(count=dialog.stored))


def promise(context: AppContext, page: QWidget, unit: Unit) -> None:
    """Note a promise to pay."""
    from ui.dialogs.payment_plan_forms import PromiseDialog

    if _may(context, page, Right.DUN):
        _agree(context, page, PromiseDialog(context, page, unit))


def make_plan(context: AppContext, page: QWidget, unit: Unit) -> None:
    """Agree on instalments; the agreement is shown, to be signed."""
    from ui.dialogs.payment_plan_forms import PlanDialog
    from ui.dialogs.payment_plans_dialog import show_agreement

    if not _may(context, page, Right.DUN):
        return
    dialog = PlanDialog(context, page, unit)
    if _agree(context, page, dialog) and dialog.stored.kind is PlanKind.PLAN:
        show_agreement(context, page, dialog.stored)


def show_plans(context: AppContext, page: QWidget, unit: Unit) -> None:
    """Show the promises and plans of a house."""
    from ui.dialogs.payment_plans_dialog import PlansDialog

    if _may(context, page, Right.DUN):
        PlansDialog(context, page, unit).ask()


def charge_late(context: AppContext, page: QWidget, unit: Unit) -> None:
    """Look at the penalties of a house's late bills, and bill them."""
    from ui.dialogs.late_fee_dialog import LateFeeDialog

    if not _may(context, page, Right.CHARGE):
        return
    dialog = LateFeeDialog(context, page, unit)
    if _ask(context, dialog):
        total = sum(bill.amount_fen for bill in dialog.stored)
        words = _("A penalty of {amount} yuan is billed")
        tell_done(context, page, words.format(amount=money_words(total)))


def waive(context: AppContext, page: QWidget, unit: Unit) -> None:
    """Waive part of a bill."""
    from ui.dialogs.waiver_dialogs import WaiverDialog

    if not _may(context, page, Right.WAIVE):
        return
    if _ask(context, WaiverDialog(context, page, unit)):
        tell_done(context, page, _("It is waived"))


def take_waiver_back(context: AppContext, page: QWidget, unit: Unit) -> None:
    """Take back what was waived of a bill."""
    from ui.dialogs.waiver_dialogs import WaiverBackDialog

    if not _may(context, page, Right.WAIVE):
        return
    if _ask(context, WaiverBackDialog(context, page, unit)):
        tell_done(context, page, _("The waiver is taken back"))


def show_statement(context: AppContext, page: QWidget, unit: Unit) -> None:
    """Show what moved the account of a house, to be printed or exported."""
    from ui.dialogs.account_dialog import AccountDialog

    if _may(context, page, Right.SEE_FEES):
        AccountDialog(context, page, unit).ask()


def _agree(context: AppContext, page: QWidget, dialog: SmallForm) -> bool:
    if not _ask(context, dialog):
        return False
    tell_done(context, page, _("{number} is noted").format(number=dialog.stored.number))
    return True


def _ask(context: AppContext, dialog: SmallForm) -> bool:
    """Ask, and let every page know where something was stored."""
    dialog.ask()
    if dialog.stored is None:
        return False
    context.changes.fees_changed.emit()
    return True


def _may(context: AppContext, page: QWidget, right: Right) -> bool:
    """Tell whether somebody may do it, before a form is opened; a refusal is shown."""
    check: Callable[[], None] = partial(check_fee_right, context.staff.id, right)
    return context.attempt(page, _("This was not done"), check)

"""More on the fees page: receipts, money in advance, deposits, the close of the day, readings."""

from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from propdesk.domain.money import money_words
from propdesk.i18n import _
from propdesk.services.queries.deposits import list_deposits
from propdesk.services.queries.units import Unit
from ui import till_acts
from ui.context import AppContext
from ui.keyboard import add_entry, lettered


def add_till_acts(menu: QMenu, context: AppContext, page: QWidget, unit: Unit | None) -> None:
    """Add what the till does beside taking what is owed; `unit` is the house that is shown."""
    if unit is not None:
        house = menu.addMenu(lettered(_("Of {house}").format(house=unit.short), "H"))
        receipts = partial(till_acts.show_receipts, context, page, unit.id)
        add_entry(house, _("Receipts"), "R", receipts)
        pay_in = partial(till_acts.pay_in, context, page, unit.id)
        add_entry(house, _("Pay in advance"), "A", pay_in)
        pay_out = partial(till_acts.pay_out, context, page, unit.id)
        add_entry(house, _("Give the prepaid balance back"), "B", pay_out)
        take = partial(till_acts.take_deposit, context, page, unit.id)
        add_entry(house, _("Take a deposit"), "D", take)
        for place, deposit in enumerate(list_deposits(unit_id=unit.id, held_only=True), start=1):
            words = _("Give back {deposit} {amount}").format(
                deposit=deposit.label or deposit.kind, amount=money_words(deposit.balance_fen)
            )
            back = partial(till_acts.return_deposit, context, page, deposit)
            add_entry(house, words, str(place), back)
    add_entry(menu, _("All receipts"), "R", partial(till_acts.show_receipts, context, page))
    add_entry(menu, _("Daily close"), "D", partial(_close, context, page))


def _close(context: AppContext, page: QWidget) -> None:
    from ui.dialogs.till_close_dialog import close_day

    close_day(context, page)
    context.changes.fees_changed.emit()

"""More on the fees page: of the house that is shown, of the chosen houses, of the till.

The letters of the page's menu stand here, of which every part adds a submenu of its own: B bills
and prices, C copy, D daily close, E export, H the house, I import a statement, L print the list,
M meters, R receipts, U urging, W letters, X the chosen houses.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from propdesk.domain.money import money_words
from propdesk.i18n import _, ngettext
from propdesk.services.queries.deposits import list_deposits
from propdesk.services.queries.units import Unit
from ui import bill_acts, case_acts, letter_acts, price_acts, till_acts, urging_acts
from ui.context import AppContext
from ui.keyboard import add_entry, lettered
from ui.papers import tell_done


def add_house_menu(menu: QMenu, context: AppContext, page: QWidget, unit: Unit) -> None:
    """Add what can be done with the house that is shown, as a menu of its own."""
    house = menu.addMenu(lettered(_("Of {house}").format(house=unit.short), "H"))
    fill_house_menu(house, context, page, unit)


def fill_house_menu(menu: QMenu, context: AppContext, page: QWidget, unit: Unit) -> None:
    """Fill a menu with what the account's bar has no room for."""
    case_acts.add_case_acts(menu, context, page, unit)
    menu.addSeparator()
    letters = partial(letter_acts.show_letters, context, page, unit_id=unit.id)
    add_entry(menu, _("Letters sent"), "T", letters)
    acts = partial(urging_acts.show_acts, context, page, unit)
    add_entry(menu, _("Acts and proofs"), "N", acts)
    packs = partial(urging_acts.make_packs, context, page, (unit.id,))
    add_entry(menu, _("Evidence pack"), "V", packs)
    menu.addSeparator()
    receipts = partial(till_acts.show_receipts, context, page, unit.id)
    add_entry(menu, _("Receipts"), "R", receipts)
    pay_in = partial(till_acts.pay_in, context, page, unit.id)
    add_entry(menu, _("Pay in advance"), "A", pay_in)
    pay_out = partial(till_acts.pay_out, context, page, unit.id)
    add_entry(menu, _("Give the prepaid balance back"), "B", pay_out)
    take = partial(till_acts.take_deposit, context, page, unit.id)
    add_entry(menu, _("Take a deposit"), "D", take)
    for place, deposit in enumerate(list_deposits(unit_id=unit.id, held_only=True), start=1):
        words = _("Give back {deposit} {amount}").format(
            deposit=deposit.label or deposit.kind, amount=money_words(deposit.balance_fen)
        )
        back = partial(till_acts.return_deposit, context, page, deposit)
        add_entry(menu, words, str(place), back)
    menu.addSeparator()
    tell = partial(tell_done, context, page)
    bill = partial(bill_acts.write_bill, context, page, unit, tell)
    add_entry(menu, _("Write a bill"), "I", bill)
    exceptions = partial(price_acts.show_exceptions, context, page, unit.id)
    add_entry(menu, _("Exceptions"), "X", exceptions)
    statement = partial(case_acts.show_statement, context, page, unit)
    add_entry(menu, _("Account statement"), "S", statement)


def add_chosen_menu(
    menu: QMenu, context: AppContext, page: QWidget, unit_ids: Sequence[int]
) -> None:
    """Add what can be done with several chosen houses at once; nothing while it is one."""
    count = len(unit_ids)
    if count < 2:
        return
    words = ngettext("Of the {count} chosen house", "Of the {count} chosen houses", count)
    chosen = menu.addMenu(lettered(words.format(count=count), "X"))
    cases = partial(case_acts.open_cases, context, page, unit_ids)
    add_entry(chosen, _("Reason and hold"), "H", cases)
    letters = partial(letter_acts.write_letters, context, page, unit_ids)
    add_entry(chosen, _("Write letters"), "L", letters)
    visits = partial(urging_acts.show_visits, context, page, unit_ids)
    add_entry(chosen, _("Visit records"), "V", visits)
    packs = partial(urging_acts.make_packs, context, page, unit_ids)
    add_entry(chosen, _("Evidence packs"), "E", packs)


def add_till_acts(menu: QMenu, context: AppContext, page: QWidget) -> None:
    """Add what the till does beside taking what is owed."""
    add_entry(menu, _("All receipts"), "R", partial(till_acts.show_receipts, context, page))
    add_entry(menu, _("Daily close"), "D", partial(_close, context, page))
    add_entry(menu, _("Import a statement"), "I", partial(_import, context, page))


def _import(context: AppContext, page: QWidget) -> None:
    """Take in payments of bank, WeChat or Alipay; the dialog takes arrears and prices as well."""
    from ui.dialogs.import_dialog import open_import

    open_import(context, page, "payments")


def _close(context: AppContext, page: QWidget) -> None:
    from ui.dialogs.till_close_dialog import close_day

    close_day(context, page)
    context.changes.fees_changed.emit()

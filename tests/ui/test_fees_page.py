"""The fees page as the cashier uses it: arrears by age, the account of a house, by keyboard."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from propdesk.domain.bills import BillDraft
from propdesk.domain.fee_item_drafts import ItemDraft
from propdesk.domain.fee_items import Formula
from propdesk.domain.staff import Role
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.domain.units import Address, UnitKind
from propdesk.i18n import set_language
from propdesk.services import bills, fee_items, staff, tickets, units
from propdesk.services.queries.access import list_exports
from propdesk.services.queries.desk import get_caller_card
from propdesk.services.queries.staff import find_department
from propdesk.services.settings import save_settings
from ui.caller_card import CallerPane
from ui.dialogs.till_dialog import TillDialog
from ui.pages.fee_exports import SecondPersonForm
from ui.pages.fee_notice import FeeNotice
from ui.pages.fees import FeesPage
from ui.printing import PaperWindow


@pytest.fixture
def item(house):
    return fee_items.add_item(
        ItemDraft("WY", "物业服务费", Formula.AREA, unit_kinds=(UnitKind.HOME,)), by=house.desk.id
    )


@pytest.fixture
def owe(house, item, now):
    """Write a bill of a house that was to be paid on a day."""

    def write(unit, due_on, fen):
        draft = BillDraft(fen, "By hand", due_on.replace(day=1), None, due_on)
        return bills.add_bill(unit.id, "WY", draft, by=house.desk.id, now=now)

    return write


@pytest.fixture
def open_page(office_context, showing):
    set_language("en")

    def show(width=1366, height=692):
        page = FeesPage(office_context)
        office_context.changes.fees_changed.connect(page.mark_stale)
        showing(page, width, height)
        page.catch_up()
        page.enter()
        return page

    return show


@pytest.fixture
def street(house, owe):
    """Three houses: one near limitation, one that owes much, one whose bill is not due yet."""
    second = units.add_unit(Address("2", "1", "101"), community="云澜花园", by=house.desk.id)
    third = units.add_unit(Address("3", "1", "101"), community="云澜花园", by=house.desk.id)
    owe(house.home, date(2024, 1, 15), 21_700)
    owe(house.home, date(2026, 10, 15), 21_700)
    owe(second, date(2026, 6, 30), 150_000)
    owe(third, date(2026, 12, 31), 9_900)
    return house.home, second, third


def cells(table, place):
    return [table.records.cell(place, n).words for n in range(len(table.records.columns))]


def houses(page):
    records = page.list.table.records
    return [records.row_at(n).unit for n in range(records.rowCount())]


def chip(page, word):
    return next(c.accessibleName() for c in page.chips._cells if word in c.accessibleName())


def test_the_nearest_to_limitation_stands_first_and_what_is_not_due_is_no_arrears(
    open_page, street
):
    page = open_page()
    assert houses(page) == ["1-2-501", "2-1-101"]
    # 2024-01-15 and three years are 2027-01-15: 55 days from 2026-11-21.
    first = cells(page.list.table, 0)
    assert first[2] == "217.00"
    assert first[6] == "217.00"
    assert first[7] == "434.00"
    assert first[-1] == "55 d"
    assert cells(page.list.table, 1)[-1] == "—"
    assert page.list.foot.text() == ("2 houses owe 1,934.00; 1 of them near limitation: 217.00")
    assert [(p.word, p.days) for p in page.list.radar._points] == [("1-2-501", 55)]


def test_enter_opens_the_account_and_escape_goes_back(open_page, street, press):
    page = open_page()
    press("Return")
    assert page.account.bills.hasFocus()
    assert cells(page.account.bills, 0)[:2] == ["2024-01", "物业服务费"]
    assert cells(page.account.bills, 0)[-1] == "2027-01-15"
    press("Esc")
    assert page.list.table.hasFocus()
    press("Down")
    assert page.account.unit.short == "2-1-101"


def test_a_chip_narrows_and_the_search_finds_a_house(open_page, street, press, type_words):
    page = open_page()
    page.list.show_group(None)
    assert "1" in chip(page, "Near limitation")
    press("Ctrl+F")
    type_words("1-2-5")
    press("Return")
    assert houses(page) == ["1-2-501"]


def test_a_complaint_that_is_open_holds_the_case_and_is_told(open_page, street, house, now):
    draft = TicketDraft(Kind.COMPLAINT, "楼道没人打扫", unit_id=house.home.id)
    ticket = tickets.register_ticket(draft, by=house.desk.id, now=now)
    page = open_page()
    assert ticket.number in page.account._held.sentence()
    assert "1" in chip(page, "On hold")


def test_phones_are_masked_until_they_are_asked_for(open_page, street):
    page = open_page()
    assert "138****1234" in page.account._debtor.text()


def test_guards_see_no_fees_whatever_their_role(open_page, street, house, office_context):
    guard = staff.add_staff(
        "赵队长", by=house.desk.id, department_id=find_department("安管部").id, role=Role.SUPERVISOR
    )
    office_context.staff = guard
    page = open_page()
    assert page._body.currentIndex() == 1


def test_without_arrears_the_page_says_so(open_page, house):
    page = open_page()
    assert page.list.table.is_empty()
    assert page.list._nobody.isVisible()


def test_money_without_a_house_says_how_to_find_one(open_page, house, press):
    page = open_page()
    press("Ctrl+N")
    assert "Ctrl+K" in page.toast.words()


def test_the_caller_card_says_what_is_owed_and_leads_to_the_account(
    office_context, showing, street, house
):
    set_language("en")
    pane = CallerPane(office_context.theme)
    showing(pane, 420, 600)
    now = office_context.now()
    card = get_caller_card(house.home.id, None, now=now, with_account=True)
    pane.show_card(card, 30, now)
    assert pane._owed.words() == "Owes 434.00 since 2024-01  Account F5"
    pane.show_card(get_caller_card(house.home.id, None, now=now), 30, now)
    assert pane._owed.isHidden()


def test_today_tells_of_houses_near_limitation(office_context, showing, street):
    set_language("en")
    notice = FeeNotice(office_context)
    showing(notice, 400, 40)
    notice.refill()
    assert notice.sentence() == "1 house within 90 days of limitation"


def test_f7_takes_the_money_and_the_house_leaves_the_list(
    open_page, street, press, in_dialog, pages_of, qtbot
):
    page = open_page()
    press("Down")
    assert page.account.unit.short == "2-1-101"
    in_dialog(TillDialog, lambda _dialog: press("Ctrl+Return"))
    press("F7")
    assert "SJ-2026-000001" in pages_of(page)
    press("Esc")
    qtbot.waitUntil(lambda: not page.findChildren(PaperWindow))
    assert houses(page) == ["1-2-501"]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_letters_of_the_menus_choose_one_entry_each(open_page, street, press, focus, language):
    page = open_page()
    set_language(language)
    press("Shift+Down")
    while focus() is not page.more:
        press("Shift+Tab")
    for keys in ("Return", "Alt+M"):
        press(keys)
        menu = QApplication.activePopupWidget()
        menus = [menu, *(one.menu() for one in menu.actions() if one.menu())]
        for entries in (one.actions() for one in menus):
            words = [one.text() for one in entries if not one.isSeparator()]
            shown = [QKeySequence.mnemonic(one).toString() for one in words]
            assert all(shown), words
            assert max(Counter(shown).values()) == 1, words
        press("Esc")


def test_more_offers_what_the_till_does_of_this_house_and_of_all(
    open_page, street, press, focus, offered_in_menu
):
    page = open_page()
    while focus() is not page.more:
        press("Shift+Tab")
    press("Return")
    assert offered_in_menu()[:3] == ["Of 1-2-501", "All receipts", "Daily close"]
    press("Esc")


def test_l17_an_export_of_many_houses_asks_for_a_second_person(
    open_page, street, house, press, type_words, messages, in_dialog, tmp_path, office_context,

):  # fmt: skip
    office_context.settings = replace(office_context.settings, second_approver_rows=1)
    save_settings(office_context.settings, by=house.desk.id)
    staff.add_staff("罗刚", by=house.desk.id, role=Role.MANAGER)
    page = open_page()
    target = tmp_path / "arrears.csv"
    messages.expect(target)

    def agree(form):
        type_words("For the lawyer")
        press("Tab", "Ctrl+Return")
        assert form.rows.problem("second")
        press("Down", "Ctrl+Return")

    in_dialog(SecondPersonForm, agree)
    assert "2 rows" in page.list.export()
    assert target.exists()
    (export,) = list_exports()
    assert (export.second, export.rows, export.purpose) == ("罗刚", 2, "For the lawyer")

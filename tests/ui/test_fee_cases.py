"""Cases of houses in arrears by keyboard: promises, plans, holds, waivers, penalties, Today."""

from datetime import date, timedelta

import pytest

from propdesk.domain.arrears import ArrearsReason
from propdesk.domain.bills import BillDraft
from propdesk.domain.fee_item_drafts import ItemDraft
from propdesk.domain.fee_items import Formula
from propdesk.domain.payment_plans import Outcome, Part, PlanDraft, PlanState
from propdesk.domain.staff import Role
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.domain.units import Address, UnitKind
from propdesk.i18n import set_language
from propdesk.services import bills, fee_items, payment_plans, staff, tickets, units
from propdesk.services.queries.account_statements import list_statement
from propdesk.services.queries.arrears_cases import get_case
from propdesk.services.queries.bills import list_bills
from propdesk.services.queries.payment_plans import list_plans
from propdesk.services.queries.waivers import list_waivers
from propdesk.storage.charging import BillRecord, TariffRecord
from ui.dialogs.account_dialog import AccountDialog
from ui.dialogs.arrears_case_dialog import CaseDialog, CasesDialog
from ui.dialogs.late_fee_dialog import LateFeeDialog
from ui.dialogs.payment_plan_forms import PlanDialog, PromiseDialog
from ui.dialogs.payment_plans_dialog import EndPlanDialog, PlansDialog
from ui.dialogs.payment_plans_due import DueDialog
from ui.dialogs.waiver_dialogs import WaiverBackDialog, WaiverDialog
from ui.pages.fee_notice import FeeNotice
from ui.pages.fees import FeesPage
from ui.printing import PaperWindow

TODAY = date(2026, 11, 21)


@pytest.fixture
def homes(house, now):
    """Two houses in arrears: 1-2-501 with 434.00, 2-1-101 with 1,500.00."""
    by = house.desk.id
    fee_items.add_item(
        ItemDraft("WY", "物业服务费", Formula.AREA, unit_kinds=(UnitKind.HOME,)), by=by
    )
    second = units.add_unit(Address("2", "1", "101"), community="云澜花园", by=by)
    for unit, due_on, fen in (
        (house.home, date(2024, 1, 15), 21_700),
        (house.home, date(2026, 10, 15), 21_700),
        (second, date(2026, 6, 30), 150_000),
    ):
        draft = BillDraft(fen, "By hand", due_on.replace(day=1), None, due_on)
        bills.add_bill(unit.id, "WY", draft, by=by, now=now)
    return house.home, second


@pytest.fixture
def page(office_context, homes, showing):
    set_language("en")
    page = FeesPage(office_context)
    office_context.changes.fees_changed.connect(page.mark_stale)
    showing(page, 1366, 692)
    page.catch_up()
    page.enter()
    return page


@pytest.fixture
def in_form(in_dialog, page, back_to):
    """Press keys of the page and act in the dialog that they open; the page has the keys again."""

    def act(kind, within, begin):
        in_dialog(kind, within)
        begin()
        back_to(page)

    return act


@pytest.fixture
def of_house(press, choose_in_menu):
    """Return what chooses an entry of the menu of the house that is shown."""

    def chooser(words):
        def choose():
            press("Alt+M")
            choose_in_menu(words)

        return choose

    return chooser


def test_f8_notes_a_promise_with_a_day_and_a_later_one_takes_its_place(
    page, homes, press, type_words, in_form, in_dialog, of_house
):
    home = homes[0]

    def promise(words):
        def act(dialog):
            type_words(words)
            press("Ctrl+Return")

        return act

    in_form(PromiseDialog, promise("12-05"), lambda: press("F8"))
    (plan,) = list_plans(home.id, TODAY)
    assert plan.parts == (Part(date(2026, 12, 5), 43_400),)
    assert plan.promised_by == "张伟丰"

    def again(dialog):
        type_words("12-20")
        press("Ctrl+Return")
        assert "takes the place" in dialog.rows.field("instead").accessibleDescription()
        type_words("moved")
        press("Ctrl+Return")

    in_form(PromiseDialog, again, lambda: press("F8"))
    second, first = list_plans(home.id, TODAY)
    assert (first.outcome, first.note) == (Outcome.WITHDRAWN, "moved")
    assert second.standing.due_on == date(2026, 12, 20)

    def end(_dialog):
        in_dialog(EndPlanDialog, promise("slip"))
        press("F4")

    in_form(PlansDialog, end, of_house("Promises and plans"))
    assert list_plans(home.id, TODAY)[0].standing.state is PlanState.WITHDRAWN


def test_a_plan_in_equal_parts_is_edited_in_the_grid_and_its_agreement_shown(
    page, homes, press, type_words, in_dialog, of_house, pages_of, qtbot
):
    def plan(dialog):
        type_words("4")
        parts = [(one.day.words(), one.amount.words()) for one in dialog.lines.filled()]
        # 434.00 in four parts from the day a month from now on.
        assert parts[0] == ("2026-12-21", "108.50")
        assert parts[3] == ("2027-03-21", "108.50")
        press("Tab", "Tab", "Tab")
        press("Ctrl+A")
        type_words("100")
        assert dialog._sum.text() == "425.50 of 434.00 yuan: 8.50 are missing."
        press("Ctrl+Return")
        assert "425.50" in dialog.rows.field("parts").accessibleDescription()
        press("Tab", "Ctrl+A")
        type_words("108.50")
        press("Ctrl+Return")

    in_dialog(PlanDialog, plan)
    of_house("Instalment plan")()
    (found,) = list_plans(homes[0].id, TODAY)
    assert len(found.parts) == 4
    assert found.number in pages_of(page)
    press("Esc")
    qtbot.waitUntil(lambda: not page.findChildren(PaperWindow))


def test_idea_6_a_case_gets_its_reason_and_is_held_and_leads_to_the_ticket(
    page, homes, house, now, press, type_words, in_form, office_context
):
    draft = TicketDraft(Kind.REPAIR, "卫生间漏水", unit_id=homes[0].id)
    ticket = tickets.register_ticket(draft, by=house.desk.id, now=now)

    def say(_dialog):
        press("2")
        press("Tab")
        type_words("lift")
        press("Tab")
        type_words("12-15")
        press("Ctrl+Return")
        type_words("")
        press("Tab")
        type_words("waits for the lift")
        press("Ctrl+Return")

    in_form(CaseDialog, say, lambda: press("F4"))
    case = get_case(homes[0].id, TODAY)
    assert (case.reason, case.reason_text) == (ArrearsReason.SERVICE, "lift")
    assert (case.held_until, case.held_reason) == (date(2026, 12, 15), "waits for the lift")
    page.catch_up()
    assert "2026-12-15" in page.account._held.sentence()
    wanted = []
    office_context.navigation.ticket_wanted.connect(wanted.append)

    def follow(dialog):
        while not dialog.tickets.hasFocus():
            press("Tab")
        press("Return")

    in_form(CaseDialog, follow, lambda: press("F4"))
    assert wanted == [ticket.id]


def test_idea_6_the_chosen_houses_are_held_at_once(
    page, homes, press, type_words, in_dialog, focus
):
    press("Shift+Down")
    assert page.list.foot.text().startswith("2 chosen: 1,934.00")

    def hold(_dialog):
        press("Tab")
        type_words("12-15")
        press("Tab")
        type_words("round of visits")
        press("Ctrl+Return")

    in_dialog(CasesDialog, hold)
    while focus() is not page.more:
        press("Shift+Tab")
    press("Return", "X", "H")
    assert all(get_case(home.id, TODAY).is_held for home in homes)


def test_a_manager_waives_with_a_reason_and_takes_it_back(
    page, homes, house, press, type_words, in_form, of_house, office_context, messages
):
    messages.expect(None)  # the front desk may not
    of_house("Waive")()
    office_context.staff = staff.add_staff("周经理", by=house.desk.id, role=Role.MANAGER)

    def waive(dialog):
        press("Return")
        press("Ctrl+A")
        type_words("17")
        press("Tab")
        type_words("hardship")
        press("Ctrl+Return")

    in_form(WaiverDialog, waive, of_house("Waive"))
    (waived,) = list_waivers(homes[0].id)
    assert (waived.amount_fen, waived.reason) == (1_700, "hardship")
    assert list_statement(homes[0].id)[-1].balance_fen == 43_400 - 1_700

    def back(_dialog):
        press("Return")
        type_words("a mistake")
        press("Ctrl+Return")

    in_form(WaiverBackDialog, back, of_house("Take a waiver back"))
    assert list_statement(homes[0].id)[-1].balance_fen == 43_400


def test_a_penalty_is_looked_at_with_its_rate_and_billed_apart(
    page, homes, house, press, in_form, of_house
):
    """Law.md 1.4: 0.05 % a day are 18.25 % a year; 217.00 from 2026-10-16 on are 37 days."""

    def none(dialog):
        assert dialog.table.is_empty()
        assert "names no rate" in dialog._none.text()

    in_form(LateFeeDialog, none, of_house("Late-payment penalties"))
    bill = list_bills(homes[0].id)[1]
    tariff = TariffRecord.create(
        fee_item=bill.fee_item_id, price_e4=18_000, from_on=date(2020, 1, 1), late_rate_e6=500,
        late_clause="合同 5.2", entered_at=bill.entered_at, staff=house.desk.id,
    )  # fmt: skip
    BillRecord.update(kind="charge", tariff=tariff.id).where(BillRecord.id == bill.id).execute()

    def charge(dialog):
        assert "18.25 %" in dialog._said.text()
        assert "LPR" in dialog._warned.text()
        press("Space")
        assert dialog._sum.text() == ""
        press("Space")
        # 217.00 × 0.0005 × 37 = 4.0145, so 4.01.
        assert dialog._sum.text() == "To bill: 4.01 yuan"
        press("Ctrl+Return")

    in_form(LateFeeDialog, charge, of_house("Late-payment penalties"))
    assert [one.amount_fen for one in list_bills(homes[0].id) if one.late_for_id] == [401]


def test_today_opens_what_is_due_and_leads_to_the_account(
    page, homes, house, now, press, in_dialog, office_context, showing
):
    for unit, day in zip(homes, (date(2026, 11, 20), date(2026, 11, 22)), strict=True):
        draft = PlanDraft((Part(day, 1_000),), 1_000, promised_on=date(2026, 11, 10))
        payment_plans.record_plan(unit.id, draft, by=house.desk.id, now=now - timedelta(days=11))
    notice = FeeNotice(office_context)
    showing(notice, 700, 40)
    notice.refill()
    assert notice.sentence() == (
        "1 promise not kept, 1 promise for this week, 1 house within 90 days of limitation"
    )
    wanted = []
    office_context.navigation.account_wanted.connect(wanted.append)

    def walk(dialog):
        assert dialog.table.current_row().mark.words == "1 day late"
        dialog.chips.chosen_changed.emit(dialog.chips.chosen())
        press("Shift+Tab", "Right", "Right")
        assert dialog.table.current_row().house == "2-1-101"
        press("Tab", "Return")

    in_dialog(DueDialog, walk)
    press("Tab", "Return")
    assert wanted == [homes[1].id]


def test_the_statement_of_a_house_ends_with_what_it_owes(page, in_form, of_house):
    def look(dialog):
        assert dialog._words.text() == "Owed in all: 434.00 yuan"

    in_form(AccountDialog, look, of_house("Account statement"))

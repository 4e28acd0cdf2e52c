"""The desk search: house, person, phone and number; the caller card; its keys."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from propdesk.domain.numbers import PaperCode, paper_digits, qr_text
from propdesk.domain.payments import MeansPart, PaymentDraft
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.domain.till import Means
from propdesk.services import residents, tickets, units
from propdesk.services.till import take_payment
from ui.desk_search import DeskSearch
from ui.navigation import Intake
from ui.widgets.search import SearchField


@pytest.fixture
def ticket(house, now):
    draft = TicketDraft(Kind.REPAIR, "厨房漏水", unit_id=house.home.id, reporter_name="张先生")
    return tickets.register_ticket(draft, by=house.desk.id, now=now)


@pytest.fixture
def desk(office_context, house, showing):
    """A search field over a page with one field of its own, which has the keyboard."""
    window = QWidget()
    column = QVBoxLayout(window)
    field = SearchField(office_context.theme, "search", "Ctrl+K")
    stack = QStackedWidget()
    page = QLineEdit()
    stack.addWidget(page)
    column.addWidget(field)
    column.addWidget(stack)
    search = DeskSearch(office_context, field, stack)
    showing(window, 1000, 700)
    search.page, search.window = page, window
    return search


@pytest.fixture
def ask(press, type_words):
    def search_for(words):
        press("Ctrl+K")
        type_words(words)

    return search_for


def words_of(widget):
    return " ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def wanted(qtbot, signal, act):
    with qtbot.waitSignal(signal, timeout=1000) as caught:
        act()
    return caught.args[0]


@pytest.mark.parametrize("typed", ["1-2-501", "1栋2单元501", "1234", "zw", "张先生", "zhangwei"])
def test_what_people_say_finds_the_caller(desk, ask, typed):
    ask(typed)
    shown = words_of(desk.sheet)
    assert "张先生" in shown
    assert "1栋2单元501" in shown
    assert "138****1234" in shown
    assert "13800001234" not in shown


def test_enter_begins_a_repair_of_the_caller(desk, ask, press, qtbot, house, office_context):
    ask("1-2-501")
    intake = wanted(qtbot, office_context.navigation.intake_wanted, lambda: press("Enter"))
    assert intake == Intake(Kind.REPAIR, house.home.id, house.owner.person_id)
    assert not desk.sheet.isVisible()


def test_f2_begins_a_complaint_and_f4_opens_the_house(
    desk, ask, press, qtbot, house, office_context
):
    ask("1234")
    intake = wanted(qtbot, office_context.navigation.intake_wanted, lambda: press("F2"))
    assert intake.kind is Kind.COMPLAINT
    ask("1234")
    unit = wanted(qtbot, office_context.navigation.unit_wanted, lambda: press("F4"))
    assert unit == house.home.id


def test_down_chooses_the_next_caller(desk, ask, press, qtbot, house, now, office_context):
    tenant = PersonDraft("李明", ResidentRole.TENANT, phones=("13900005678",))
    second = residents.add_resident(house.home.id, tenant, by=house.desk.id, now=now)
    ask("1-2-501")
    press("Down")
    assert "李明" in words_of(desk.sheet)
    press("Down", "Up", "Down")
    intake = wanted(qtbot, office_context.navigation.intake_wanted, lambda: press("Enter"))
    assert intake.person_id == second.person_id


def test_a_house_without_people_can_be_reported_too(desk, ask, press, qtbot, house, office_context):
    from propdesk.domain.units import Address

    empty = units.add_unit(Address("7", "1", "302"), community="云澜花园", by=house.desk.id)
    ask("7-1-302")
    assert "7栋1单元302" in words_of(desk.sheet)
    intake = wanted(qtbot, office_context.navigation.intake_wanted, lambda: press("Enter"))
    assert intake == Intake(Kind.REPAIR, empty.id, None)


def test_a_number_opens_its_ticket(desk, ask, press, qtbot, ticket, office_context):
    ask("bx-202611-1")
    assert "厨房漏水" in words_of(desk.sheet)
    opened = wanted(qtbot, office_context.navigation.ticket_wanted, lambda: press("Enter"))
    assert opened == ticket.id


@pytest.mark.parametrize("code", ["digits", "qr"])
def test_a_scanned_paper_opens_its_ticket(desk, ask, press, qtbot, ticket, office_context, code):
    digits = paper_digits(PaperCode(Kind.REPAIR, "202611", 1, 1))
    ask(digits if code == "digits" else qr_text(ticket.number, 1))
    opened = wanted(qtbot, office_context.navigation.ticket_wanted, lambda: press("Enter"))
    assert opened == ticket.id


def test_the_card_tells_what_is_open_and_what_repeats(desk, ask, ticket, house, now):
    again = TicketDraft(Kind.REPAIR, "厨房又漏水", unit_id=house.home.id)
    tickets.register_ticket(again, by=house.desk.id, now=now)
    ask("1234")
    lines = desk.sheet.findChildren(QWidget)
    described = " ".join(each.accessibleName() + each.accessibleDescription() for each in lines)
    assert "厨房又漏水" in described
    assert "30" in " ".join(each.accessibleName() for each in lines if each.isVisible())


def test_the_phone_is_shown_on_demand(desk, ask, press):
    ask("1234")
    press("Tab", "Space")
    assert "13800001234" in words_of(desk.sheet)
    press("Space")
    assert "13800001234" not in words_of(desk.sheet)


def test_another_caller_is_masked_again(desk, ask, press, type_words):
    ask("1234")
    press("Tab", "Space", "Ctrl+K")
    type_words("1-2-501")
    assert "13800001234" not in words_of(desk.sheet)


def test_nothing_found_offers_a_ticket_with_the_text(desk, ask, press, qtbot, office_context):
    ask("路灯不亮")
    assert "3-2-501" in words_of(desk.sheet)
    with qtbot.assertNotEmitted(office_context.navigation.intake_wanted):
        press("Enter")
    intake = wanted(qtbot, office_context.navigation.intake_wanted, lambda: press("Ctrl+Enter"))
    assert intake == Intake(text="路灯不亮")


def test_esc_gives_the_keyboard_back(desk, ask, press, focus):
    press("Tab")
    assert focus() is desk.page
    ask("1234")
    assert desk.sheet.isVisible()
    press("Esc")
    assert not desk.sheet.isVisible()
    assert focus() is desk.page
    press("Ctrl+K")
    assert focus().text() == ""
    press("Esc")
    assert focus() is desk.page


def test_an_emptied_field_closes_the_answer(desk, ask, press):
    ask("12")
    press("Backspace", "Backspace")
    assert not desk.sheet.isVisible()


@pytest.mark.parametrize("typed", ["'", '"', "%", "A<B", "<img src=x>", "=1+1", "𠮷", "🙂" * 60])
def test_odd_texts_are_only_texts(desk, ask, typed):
    ask(typed)
    assert desk.sheet.isVisible()


@pytest.mark.parametrize(("until", "is_said"), [(None, True), (0, True), (-1, False)])
def test_r42_the_card_says_that_a_special_customer_calls(desk, ask, house, now, until, is_said):
    owner = house.owner
    day = None if until is None else now.date() + timedelta(days=until)
    draft = PersonDraft(
        owner.name, owner.role, owner.salutation, owner.phones, special="独居老人",
        special_until=day,
    )  # fmt: skip
    residents.change_resident(
        house.home.id, owner.residency_id, draft, version=owner.version, by=house.desk.id, now=now
    )
    ask("1234")
    assert ("独居老人" in words_of(desk.sheet)) is is_said


def test_a_receipts_number_leads_to_the_account_and_the_receipt(
    desk, ask, press, qtbot, house, now, office_context
):
    draft = PaymentDraft(house.home.id, (MeansPart(Means.CASH, 10_000),), overpay_to_prepaid=True)
    receipt = take_payment(draft, by=house.desk.id, now=now)
    ask(receipt.number.lower())
    assert receipt.number in words_of(desk.sheet)
    assert "100.00" in words_of(desk.sheet)
    navigation = office_context.navigation
    paper = wanted(qtbot, navigation.fee_paper_wanted, lambda: press("Enter"))
    assert (paper.id, paper.unit_id) == (receipt.id, house.home.id)
    ask(receipt.number)
    assert wanted(qtbot, navigation.account_wanted, lambda: press("F5")) == house.home.id

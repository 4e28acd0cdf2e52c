"""A complaint through every gate by keyboard alone (decision 26), and the care for its caller."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from propdesk.domain.persons import PersonDraft
from propdesk.domain.staff import Role
from propdesk.domain.tickets import Channel, EventKind, Kind, Satisfaction, Status, TicketDraft
from propdesk.services import residents, staff, tickets
from propdesk.services.queries.tickets import get_ticket
from ui.dialogs.staff_picker import StaffPicker
from ui.forms.care_forms import HandOnForm, ManagerContactForm
from ui.forms.close_form import CloseForm
from ui.forms.judge_form import JudgeForm
from ui.forms.letter_form import LetterDialog, ProblemReportDialog
from ui.pages.ticket_acts import LOOKS, Act
from ui.pages.tickets import TicketsPage
from ui.printing import PaperWindow
from ui.status import StatusBar


@pytest.fixture
def manager(house):
    return staff.add_staff("陈经理", by=house.desk.id, role=Role.MANAGER)


@pytest.fixture
def special(house, now):
    """The owner is a special customer."""
    owner = house.owner
    draft = PersonDraft(owner.name, owner.role, owner.salutation, owner.phones, special="独居老人")
    return residents.change_resident(
        house.home.id, owner.residency_id, draft, version=owner.version, by=house.desk.id, now=now
    )


@pytest.fixture
def register(house, now):
    """Register a complaint of the owner some minutes ago."""

    def register_one(**more):
        values = {
            "kind": Kind.COMPLAINT,
            "text": "楼道垃圾三天没人收",
            "unit_id": house.home.id,
            "reporter_id": house.owner.person_id,
            "reporter_name": "张先生",
        }
        then = now - timedelta(minutes=60)
        return tickets.register_ticket(TicketDraft(**(values | more)), by=house.desk.id, now=then)

    return register_one


@pytest.fixture
def replied(register, house, now):
    """Complete and reply to a complaint at once."""

    def make(**more):
        ticket = register(**more)
        tickets.complete_ticket(ticket.id, text="已清运", by=house.desk.id, now=now)
        return tickets.reply_ticket(ticket.id, text="已告知", by=house.desk.id, now=now)

    return make


@pytest.fixture
def page(office_context, house, showing):
    """The page with the status bar below it, as in the window."""

    def open_page():
        window = QWidget()
        column = QVBoxLayout(window)
        shown = TicketsPage(office_context)
        office_context.changes.tickets_changed.connect(shown.mark_stale)
        column.addWidget(shown, 1)
        column.addWidget(StatusBar(office_context, window))
        showing(window, 1366, 768)
        shown.window_under_test = window
        shown.catch_up()
        shown.enter()
        return shown

    return open_page


def codes(shown):
    assert isinstance(shown.detail.form, CloseForm)
    return [gate.code for gate in shown.detail.form.gates.gates]


def test_a_complaint_goes_through_every_gate_by_keyboard_alone(
    page, register, special, manager, press, type_words, in_dialog, qtbot, focus, office_context
):
    """R04 R20 R33 R40 R42: all that is missing is told at once, each is opened by its digit."""
    ticket = register(channel=Channel.LETTER)
    shown = page()

    def put_paper_away():
        (paper,) = [one for one in shown.findChildren(PaperWindow) if one.isVisible()]
        qtbot.waitUntil(paper.is_settled)
        qtbot.waitUntil(paper.isActiveWindow)
        press("Esc")
        come_back()

    def come_back():
        """Do what a window manager does when the window above has closed."""
        shown.window_under_test.activateWindow()
        qtbot.waitUntil(shown.window_under_test.isActiveWindow)

    press("F6", "1", "Tab", "Tab", "Tab", "Tab", "3", "Ctrl+Return")
    press("F7")
    type_words("已清运")
    press("Ctrl+Return", "F7", "Ctrl+Return", "F7", "2")
    after = get_ticket(ticket.id)
    assert (after.status, after.satisfaction) == (Status.FOLLOWING_UP, Satisfaction.FAIR)
    missing = [
        "problem-report-missing",
        "reply-letter-missing",
        "manager-contact-missing",
        "clears-dark",
    ]
    assert codes(shown) == missing

    in_dialog(ProblemReportDialog, lambda _dialog: (type_words("请加派人手"), press("Ctrl+S")))
    press("1")
    put_paper_away()
    assert codes(shown) == missing[1:]

    def write(dialog):
        # The keyboard goes to the next part that still has a gap, until none is left.
        for _part in range(len(dialog.fields)):
            press("Ctrl+S")
            if dialog.letter is not None:
                break
            press("Ctrl+A")
            type_words("已清运，今后每日巡查")
        assert dialog.letter is not None

    in_dialog(LetterDialog, write)
    press("1")
    put_paper_away()
    assert codes(shown) == missing[2:]

    press("1")
    assert isinstance(shown.detail.form, ManagerContactForm)
    assert shown.detail.form.hint.isVisible()
    in_dialog(StaffPicker, lambda _dialog: (type_words("陈"), press("Return")))
    press("Ctrl+U")
    come_back()
    assert office_context.staff.name == "陈经理"
    assert not shown.detail.form.hint.isVisible()
    type_words("已登门致歉")
    press("Ctrl+Return")
    assert codes(shown) == missing[3:]

    form = shown.detail.form
    assert focus() is form.text
    press("Ctrl+Return")
    assert form.rows.problem("text")
    type_words("业主来函未提要求")
    press("Ctrl+Return")
    after = get_ticket(ticket.id)
    assert (after.status, after.events[-1].text) == (Status.CLOSED, "业主来函未提要求")
    assert after.satisfaction is Satisfaction.FAIR
    assert shown.detail.form is None
    kinds = {event.kind for event in after.events}
    assert kinds >= {
        EventKind.PROBLEM_REPORTED,
        EventKind.LETTER_WRITTEN,
        EventKind.MANAGER_CONTACT,
        EventKind.FOLLOWED_UP,
    }


def test_r40_a_content_caller_closes_with_one_key_where_nothing_is_missing(page, replied, press):
    ticket = replied(wish="当天清走")
    page()
    press("F7", "1")
    assert get_ticket(ticket.id).status is Status.CLOSED


def test_the_reason_typed_is_not_lost_while_a_gate_is_opened(
    page, replied, special, manager, press, type_words, office_context
):
    ticket = replied()
    office_context.staff = manager
    shown = page()
    press("F7", "2", "Tab", "Tab")
    assert codes(shown) == ["manager-contact-missing", "clears-dark"]
    form = shown.detail.form
    press("Shift+Tab")
    type_words("未提要求")
    press("Shift+Tab", "1")
    type_words("已沟通")
    press("Ctrl+Return")
    assert shown.detail.form is form
    assert form.text.words() == "未提要求"
    press("Ctrl+Return")
    assert get_ticket(ticket.id).status is Status.CLOSED


def test_esc_leads_back_from_a_gate_to_the_closing_and_then_to_the_bar(
    page, replied, special, press
):
    ticket = replied(wish="当天清走")
    shown = page()
    press("F7", "1")
    assert codes(shown) == ["manager-contact-missing"]
    press("1")
    assert isinstance(shown.detail.form, ManagerContactForm)
    press("Esc")
    assert codes(shown) == ["manager-contact-missing"]
    press("Esc")
    assert shown.detail.form is None
    # The answer stands; the next step is the closing, not another call.
    press("F7")
    assert codes(shown) == ["manager-contact-missing"]
    assert get_ticket(ticket.id).satisfaction is Satisfaction.SATISFIED


def test_who_was_not_reached_is_asked_from_the_closing(page, replied, press, house):
    ticket = replied(wish="当天清走")
    shown = page()
    press("F7", "4")
    # The bar's first step is the next call; Tab leads to the closing beside it.
    press("Tab", "Return")
    assert codes(shown) == ["follow-up-missing"]
    press("1", "1")
    assert get_ticket(ticket.id).status is Status.CLOSED
    assert shown.detail.form is None


def test_closing_without_doing_what_is_listed_says_so_and_closes_nothing(
    page, replied, special, press
):
    ticket = replied(wish="当天清走")
    shown = page()
    press("F7", "1", "Ctrl+Return")
    assert codes(shown) == ["manager-contact-missing"]
    assert shown.detail.form.rows.banner.sentence()
    assert get_ticket(ticket.id).status is Status.FOLLOWING_UP


def test_a_repair_closes_without_gates(page, register, press, house, now):
    ticket = register(kind=Kind.REPAIR)
    page()
    press("F6", "1", "Ctrl+Return", "F7")
    assert get_ticket(ticket.id).status is Status.DISPATCHED
    tickets.complete_ticket(ticket.id, text="已修", by=house.desk.id, now=now)
    tickets.reply_ticket(ticket.id, text="已告知", by=house.desk.id, now=now)
    assert get_ticket(ticket.id).status is Status.CLOSED


def test_r20_six_lamps_stand_in_the_detail_and_say_what_is_missing(page, replied):
    replied()
    shown = page()
    lamps = shown.detail._clears.lamps
    assert lamps.accessibleName().count(",") == 5
    lines = lamps.accessibleDescription().splitlines()
    assert len(lines) == 6
    assert sum("诉求" in line or "wants" in line for line in lines) == 1
    assert lamps.toolTip()


def test_r42_who_is_a_special_customer_is_said_on_the_ticket(page, replied, special):
    replied(wish="当天清走")
    shown = page()
    assert "独居老人" in shown.detail._care.special.sentence()


@pytest.fixture
def from_menu(press, choose_in_menu):
    """Choose an act in the menu of the detail: from the list it is the first stop."""

    def choose(act):
        press("Tab", "Return")
        choose_in_menu(str(LOOKS[act].word))

    return choose


def test_r33_r53_a_complaint_is_judged_from_the_menu(page, register, from_menu, press, type_words):
    ticket = register()
    shown = page()
    from_menu(Act.JUDGE)
    assert isinstance(shown.detail.form, JudgeForm)
    press("2", "Shift+Tab", "2", "Tab", "Tab", "Tab")
    type_words("没人交接")
    press("Tab")
    type_words("改排班表")
    press("Ctrl+Return")
    after = get_ticket(ticket.id)
    assert (after.validity, after.severity.value) == ("valid", "complex")
    assert (after.cause, after.prevention) == ("没人交接", "改排班表")


def test_r53_the_judgement_is_offered_when_the_work_is_done_and_can_be_left_out(
    page, replied, register, press
):
    replied(wish="当天清走")
    shown = page()
    assert shown.detail._care.judgement.sentence()
    press("F7", "1")
    assert not shown.detail._care.judgement.sentence()


def test_r23_the_reply_is_handed_on_from_the_menu(
    page, register, manager, from_menu, press, type_words
):
    ticket = register()
    shown = page()
    from_menu(Act.HAND_ON)
    assert isinstance(shown.detail.form, HandOnForm)
    press("Ctrl+Return")
    assert shown.detail.form.rows.problem("text")
    type_words("业主要求经理回复")
    press("Ctrl+Return")
    after = get_ticket(ticket.id)
    assert (after.replier, after.first_receiver) == ("陈经理", "前台")


def test_r22_what_is_mine_to_reply_is_a_list_of_its_own(
    page, register, house, now, manager, office_context
):
    for who in (house.desk, manager):
        draft = TicketDraft(Kind.COMPLAINT, "噪音", place="大堂")
        ticket = tickets.register_ticket(draft, by=who.id, now=now)
        tickets.complete_ticket(ticket.id, text="已劝阻", by=house.desk.id, now=now)
    shown = page()
    offered = [cell.choice.key for cell in shown.chips._cells]
    assert {"my-replies", "mine", "first-contact"} <= set(offered)
    shown.show_group("my-replies")
    model = shown.list.table.records
    assert [model.row_at(n).id for n in range(model.rowCount())] == [1]

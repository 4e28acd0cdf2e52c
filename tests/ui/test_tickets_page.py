"""The tickets page as a clerk uses it: list, detail, acts, all by keyboard."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea

from propdesk.domain.clock_journal import WAITING_LABELS, Waiting
from propdesk.domain.clock_rules import CLOCK_LABELS, Clock
from propdesk.domain.clock_table import source_text
from propdesk.domain.tickets import Kind, Satisfaction, Status, TicketDraft, Urgency
from propdesk.i18n import _
from propdesk.services import follow_ups, residents, tickets
from propdesk.services.queries.tickets import get_ticket
from ui.forms.move_forms import VoidDialog
from ui.navigation import Intake
from ui.pages.ticket_acts import Act, act_word
from ui.pages.ticket_words import due_mark, event_words
from ui.pages.tickets import TicketsPage
from ui.printing import PaperWindow
from ui.theme import Tone
from ui.widgets.labels import Label
from ui.widgets.panes import EmptyState


@pytest.fixture
def register(house, now):
    """Register a ticket some minutes ago."""

    def register_one(text="卫生间漏水", kind=Kind.REPAIR, minutes=60, **more):
        draft = TicketDraft(
            kind,
            text,
            unit_id=house.home.id,
            reporter_id=house.owner.person_id,
            reporter_name="张先生",
            reporter_phone="13800001234",
            **more,
        )
        then = now - timedelta(minutes=minutes)
        return tickets.register_ticket(draft, by=house.desk.id, now=then)

    return register_one


@pytest.fixture
def page(office_context, house, showing):
    """The page on the open office, wired as the window does it."""

    def open_page(width=1366, height=692):
        shown = TicketsPage(office_context)
        office_context.changes.tickets_changed.connect(shown.mark_stale)
        showing(shown, width, height)
        shown.catch_up()
        shown.enter()
        return shown

    return open_page


def shown_numbers(page):
    model = page.list.table.records
    return [model.row_at(n).number for n in range(model.rowCount())]


def chip_words(page):
    return [cell.accessibleName() for cell in page.chips._cells]


# -- the list


def test_an_empty_office_says_what_belongs_here(page, press, focus):
    shown = page()
    assert shown.list.foot.text().startswith(("0", "共 0"))
    assert shown.list.table.is_empty()
    assert not shown.list.table.isVisible()
    press("Ctrl+N")
    assert focus() is shown._form.rows.house.line


def test_the_newest_stands_first_and_counts_are_live(page, register, press):
    first, second = register(minutes=90), register("楼道太脏", Kind.COMPLAINT, minutes=30)
    shown = page()
    assert shown_numbers(shown) == [second.number, first.number]
    assert shown.detail.ticket.number == second.number
    assert [words.split()[-1] for words in chip_words(shown)][:2] == ["2", "2"]
    press("Down")
    assert shown.detail.ticket.number == first.number


def test_enter_goes_into_the_detail_and_escape_back_to_the_row(page, register, press, focus):
    register(minutes=90)
    wanted = register(minutes=30)
    shown = page()
    press("Return")
    assert focus() is shown.detail.primary
    press("Esc")
    assert focus() is shown.list.table
    assert shown.list.table.current_row().id == wanted.id


def test_the_selection_is_kept_when_something_new_arrives(page, register, press, office_context):
    register(minutes=90)
    wanted = register(minutes=60)
    register(minutes=50)
    shown = page()
    press("Down")
    assert shown.detail.ticket.id == wanted.id
    register(minutes=1)
    office_context.changes.tickets_changed.emit()
    assert shown.list.table.current_row().id == wanted.id
    assert shown.detail.ticket.id == wanted.id


def test_the_search_of_the_page_reads_the_texts(page, register, press, type_words, focus):
    register("楼道灯不亮", minutes=90)
    wanted = register("水表漏水", minutes=30)
    shown = page()
    press("Ctrl+F")
    type_words("水表")
    press("Return")
    assert shown_numbers(shown) == [wanted.number]
    press("Esc")
    assert len(shown_numbers(shown)) == 2
    press("Esc")
    assert focus() is shown.list.table


def test_a_search_without_an_answer_can_be_cleared(page, register, press, type_words):
    register()
    shown = page()
    press("Ctrl+F")
    type_words("zzz")
    press("Return")
    assert not shown.list.table.isVisible()
    assert shown.detail.ticket is None
    press("Tab", "Space")
    assert shown.list.table.isVisible()
    assert len(shown_numbers(shown)) == 1


def test_open_tickets_are_found_however_old_they_are(page, register):
    old = register(minutes=60 * 24 * 200)
    shown = page()
    assert shown_numbers(shown) == []
    shown.show_group("to-dispatch")
    assert shown_numbers(shown) == [old.number]


def test_rare_questions_have_a_chip_only_while_they_hold_something(page, register):
    shown = page()
    usual = len(chip_words(shown))
    register("楼道太脏", Kind.COMPLAINT, class_code="service.environment", class_suggested=True)
    shown.mark_stale()
    assert len(chip_words(shown)) == usual + 1


@pytest.mark.parametrize("size", [(1366, 692), (1280, 644)])
def test_the_page_fits_a_small_screen(page, register, size):
    register("很长的事项" * 60, matter="四十个字的事项名称" * 12)
    shown = page(*size)
    assert (shown.width(), shown.height()) == size


@pytest.mark.parametrize(
    "text", ["https://example.org/" + "a" * 300, "没有尽头的话" * 16_000], ids=["latin", "long"]
)
def test_long_texts_do_not_widen_the_detail(page, house, now, text):
    draft = TicketDraft(
        Kind.REPAIR,
        text,
        place="地点" * 80,
        matter=text[:200],
        reporter_name="名" * 150,
        reporter_phone="1380000" * 20,
    )
    tickets.register_ticket(draft, by=house.desk.id, now=now)
    shown = page()
    area = shown.detail.findChild(QScrollArea)
    assert area.widget().width() <= area.viewport().width()
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()


def test_a_text_of_many_pages_is_shown_whole_when_asked_for(page, house, now, press):
    draft = TicketDraft(Kind.REPAIR, "头" + "话" * 5000 + "尾", place="大门")
    tickets.register_ticket(draft, by=house.desk.id, now=now)
    shown = page()

    def words():
        return "".join(label.text() for label in shown.detail._facts.findChildren(Label))

    assert "尾" not in words()
    press("Return", "Shift+Tab", "Shift+Tab")
    assert shown.detail._whole.hasFocus()
    press("Space")
    assert "尾" in words()


def test_the_list_is_exported_as_it_is_seen(page, register, messages, tmp_path, qtbot):
    first, second = register("水管漏水", minutes=90), register("灯不亮", minutes=30)
    shown = page()
    target = tmp_path / "list.csv"
    messages.expect(target)
    shown._on_export()
    lines = target.read_text("utf-8-sig").splitlines()
    assert [first.number in lines[2], second.number in lines[1]] == [True, True]
    assert len(lines) == 3


def test_the_list_is_printed_as_it_is_seen(page, register, press, type_words, pages_of):
    first, second = register("水管漏水", minutes=60 * 30), register("水龙头滴水", minutes=30)
    hidden = register("灯不亮", minutes=20)
    shown = page()
    press("Ctrl+F")
    type_words("水")
    press("Return", "Ctrl+Shift+P")
    words = pages_of(shown)
    heads = [shown.list.table.records.columns[n] for n in shown.list.table.visible_columns()]
    assert "".join(str(column.title) for column in heads).replace(" ", "") in words
    assert words.index(second.number) < words.index(first.number)
    assert f"{first.received_at:%Y-%m-%d%H:%M}" in words
    assert hidden.number not in words
    assert "13800001234" not in words
    assert "«水»" in words or "「水」" in words
    press("Esc")


def test_the_list_is_printed_from_the_menu_too(
    page, register, press, focus, pages_of, choose_in_menu
):
    ticket = register()
    shown = page()
    while focus() is not shown.more:
        press("Shift+Tab")
    press("Space")
    choose_in_menu(_("Print this list"))
    assert ticket.number in pages_of(shown)
    press("Esc")


def test_a_daily_question_without_tickets_says_so_and_keeps_the_keyboard(page, register, focus):
    register()
    shown = page()
    shown.show_group("violations")
    (state,) = (one for one in shown.list.findChildren(EmptyState) if one.isVisible())
    assert _("Nothing here now") in [label.text() for label in state.findChildren(Label)]
    assert state.isAncestorOf(focus())


# -- from elsewhere


def test_a_ticket_wanted_from_elsewhere_is_shown_whatever_the_list_shows(page, register, focus):
    old = register(minutes=60 * 24 * 200)
    register()
    shown = page()
    shown.show_ticket(old.id)
    assert shown.detail.ticket.id == old.id
    assert shown.list.table.current_row().id == old.id
    assert focus() is shown.detail.primary


def test_a_call_begins_with_house_person_and_kind(page, house, focus):
    shown = page()
    shown.begin(Intake(Kind.COMPLAINT, house.home.id, house.owner.person_id))
    rows = shown._form.rows
    assert (rows.kind.chosen(), rows.house.unit.id) == ("complaint", house.home.id)
    assert rows.reporter.name.words() == "张先生"
    assert focus() is rows.text


# -- acts


def test_a_repair_goes_out_with_a_digit_and_one_key(page, register, press, house):
    ticket = register()
    shown = page()
    press("F6", "1", "Ctrl+Return")
    after = get_ticket(ticket.id)
    assert (after.status, after.department) == (Status.DISPATCHED, "工程部")
    assert ticket.number in shown.toast.words()
    assert shown.list.table.current_row().status is Status.DISPATCHED


def test_a_dispatch_with_worker_note_and_promise(page, register, press, type_words, house):
    ticket = register()
    page()
    press("F6", "1", "Tab", "Down", "Tab")
    type_words("带梯子")
    press("Return")
    type_words("14:00")
    press("Ctrl+Return")
    after = get_ticket(ticket.id)
    assert after.handler == house.worker.name
    assert after.events[-1].text == "带梯子"
    assert f"{after.promised_at:%H:%M}" == "14:00"


def test_a_promise_that_has_passed_is_refused_under_its_field(page, register, press, type_words):
    ticket = register()
    shown = page()
    press("F6", "1", "Tab", "Tab", "Tab")
    type_words("9:00")
    press("Ctrl+Return")
    assert get_ticket(ticket.id).status is Status.RECEIVED
    assert shown.detail.form.rows.problem("promised_at")
    press("Esc")
    assert shown.detail.form is None


def test_a_repair_that_was_done_closes_with_four_keys(page, register, house, press, type_words):
    ticket = register()
    tickets.dispatch_ticket(
        ticket.id, by=house.desk.id, now=ticket_time(ticket), handler_id=house.worker.id
    )
    shown = page()
    keys = []

    def key(name):
        keys.append(name)
        press(name)

    key("F7")
    type_words("换了角阀")
    key("Ctrl+Return")
    key("F7")
    key("Ctrl+Return")
    after = get_ticket(ticket.id)
    assert after.status is Status.CLOSED
    assert [event.text for event in after.events if event.text][-2:] == ["换了角阀", "换了角阀"]
    assert len(keys) == 4
    assert ticket.number in shown.toast.words()


def ticket_time(ticket):
    from datetime import timezone

    return ticket.received_at.replace(tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def replied(register, house):
    """A complaint that was replied to and waits for its follow-up."""
    ticket = register("保洁不到位", Kind.COMPLAINT)
    now = ticket_time(ticket)
    tickets.complete_ticket(ticket.id, text="已清扫", by=house.desk.id, now=now)
    return tickets.reply_ticket(ticket.id, text="已告知", by=house.desk.id, now=now)


def test_a_content_caller_is_one_key(page, replied, press):
    page()
    press("F7", "1")
    after = get_ticket(replied.id)
    assert (after.status, after.satisfaction) == (Status.CLOSED, Satisfaction.SATISFIED)


def test_a_caller_who_was_not_reached_leaves_it_open(page, replied, press):
    page()
    press("F7", "4")
    assert get_ticket(replied.id).status is Status.FOLLOWING_UP


def test_a_dissatisfied_caller_is_asked_why_and_reopens(page, replied, press, type_words, focus):
    shown = page()
    press("F7", "3")
    form = shown.detail.form
    assert form.rows.problem("text")
    assert focus() is form.text
    type_words("还是很脏")
    press("Ctrl+Return")
    after = get_ticket(replied.id)
    assert (after.status, after.round) == (Status.RECEIVED, 2)


def test_work_that_is_out_is_passed_on_and_a_new_round_is_dispatched(replied, house, now):
    sent = {"by": house.desk.id, "now": now}
    reopened = follow_ups.follow_up_ticket(
        replied.id, Satisfaction.DISSATISFIED, text="还是很脏", **sent
    )
    word = act_word(reopened, Act.DISPATCH)
    out = tickets.dispatch_ticket(replied.id, department_id=house.engineering, **sent)
    assert act_word(out, Act.DISPATCH) != word
    tickets.complete_ticket(replied.id, text="再扫", **sent)
    tickets.reply_ticket(replied.id, text="已告知", **sent)
    again = follow_ups.follow_up_ticket(
        replied.id, Satisfaction.DISSATISFIED, text="还是很脏", **sent
    )
    assert (again.dispatches, act_word(again, Act.DISPATCH)) == (out.dispatches, word)


def test_another_answer_may_take_the_place_of_the_first(page, replied, press):
    page()
    press("F7", "3", "Tab", "1")
    assert get_ticket(replied.id).satisfaction is Satisfaction.SATISFIED


def test_only_what_the_status_allows_is_offered(page, replied, register, press):
    shown = page()
    words = {button.accessibleName() for button in shown.detail._bar.findChildren(type(shown._new))}
    assert not words & {"完工", "Complete"}
    press("F6")
    assert shown.detail.form is None


def test_voiding_asks_for_a_reason_and_keeps_the_number(
    page, register, press, type_words, in_dialog
):
    ticket = register()
    page()
    problems = []

    def answer(dialog):
        press("Ctrl+Return")
        problems.append(dialog.rows.problem("text"))
        type_words("重复登记")
        press("Ctrl+Return")

    in_dialog(VoidDialog, answer)
    # From the list the first stop of the detail is its menu; voiding stands last in it.
    press("Tab", "Return", "Up", "Return")
    after = get_ticket(ticket.id)
    assert (after.status, after.number) == (Status.VOID, ticket.number)
    assert problems[0]


def test_escape_keeps_the_ticket(page, register, press, in_dialog):
    ticket = register()
    page()
    in_dialog(VoidDialog, lambda _dialog: press("Esc"))
    press("Tab", "Return", "Up", "Return")
    assert get_ticket(ticket.id).status is Status.RECEIVED


def test_a_suggested_class_is_confirmed_with_one_key(page, register, press):
    ticket = register(
        "楼道太脏", Kind.COMPLAINT, class_code="service.environment", class_suggested=True
    )
    page()
    press("F9")
    after = get_ticket(ticket.id)
    assert (after.class_code, after.class_suggested) == ("service.environment", False)


def test_a_complaint_without_a_class_gets_one(page, register, press, type_words):
    ticket = register("楼道太脏", Kind.COMPLAINT)
    shown = page()
    press("F9", "Ctrl+Return")
    assert shown.detail.form.rows.problem("class_code")
    type_words("2.5")
    press("Ctrl+Return")
    assert get_ticket(ticket.id).class_code == "service.environment"


def test_the_phone_is_masked_until_it_is_asked_for(page, register, press):
    register()
    shown = page()
    assert shown.detail._phone.text() == "138****1234"
    press("Return")
    for _step in range(20):
        if shown.detail._reveal.hasFocus():
            break
        press("Shift+Tab")
    press("Space")
    assert shown.detail._phone.text() == "13800001234"


def test_a_refresh_leaves_a_half_typed_act_alone(page, register, press, type_words, office_context):
    register()
    shown = page()
    shown.detail.open_form("note")
    type_words("等电梯公司")
    register(minutes=1)
    office_context.changes.tickets_changed.emit()
    assert shown.detail.form is not None
    assert shown.detail.form.text.words() == "等电梯公司"


def test_a_repeat_leads_to_the_time_before(page, register, press):
    before = register("水管漏水", minutes=300)
    register("水管又漏水", minutes=10)
    shown = page()
    assert shown.detail._repeat.sentence()
    shown.show_ticket(shown.detail._original)
    assert shown.detail.ticket.id == before.id
    assert not shown.detail._repeat.sentence()


def test_a_refused_act_is_told_in_its_sentence(page, register, press, messages, office_context):
    from propdesk.domain.staff import Role
    from propdesk.services import staff

    register()
    cashier = staff.add_staff("赵敏", by=office_context.staff.id, role=Role.CASHIER)
    page()
    office_context.staff = cashier
    messages.expect(None)
    press("F6", "1", "Ctrl+Return")
    assert "赵敏" in messages.asked[0][1]


def test_the_work_order_is_shown_and_closed_by_keys(page, register, press, qtbot):
    register()
    shown = page()
    press("Ctrl+P")
    windows = shown.findChildren(PaperWindow)
    assert len(windows) == 1
    qtbot.waitUntil(lambda: QApplication.activeWindow() is windows[0], timeout=5000)
    press("Esc")
    assert not windows[0].isVisible()


def test_the_keyboard_is_on_the_next_step_again_after_printing(
    page, register, press, messages, qtbot, tmp_path, focus
):
    before = register()
    shown = page()
    press("Return", "Ctrl+P")
    (window,) = shown.findChildren(PaperWindow)
    qtbot.waitUntil(lambda: window.isActiveWindow() and window.is_settled())
    messages.expect(tmp_path / "order.pdf")
    press("Ctrl+S")
    qtbot.waitUntil(lambda: get_ticket(before.id).version > before.version)
    if window.isVisible():
        press("Esc")
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    assert focus() is shown.detail.primary


def test_a_house_of_several_people_is_told_beside_the_form(page, house, now, register):
    from propdesk.domain.persons import PersonDraft, ResidentRole

    register()
    residents.add_resident(
        house.home.id, PersonDraft("李静", ResidentRole.FAMILY), by=house.desk.id, now=now
    )
    shown = page()
    shown.begin(Intake(unit_id=house.home.id))
    words = [label.text() for label in shown._form.caller.findChildren(Label)]
    assert "李静" in words
    assert any("卫生间漏水" in each for each in words)


# -- clocks


def bars_of(page):
    return [bar.accessibleName() for bar in page.detail._clocks.clocks.bars if bar.isVisible()]


def test_the_clocks_of_a_ticket_stand_on_it_with_their_source(page, register):
    ticket = register(minutes=20, urgency=Urgency.P1)
    shown = page()
    on_site, solve = shown.detail._clocks.clocks.bars
    assert bars_of(shown) == [on_site.accessibleName(), solve.accessibleName()]
    assert str(CLOCK_LABELS[Clock.ON_SITE]) in on_site.accessibleName()
    assert "10" in on_site.accessibleName()
    for bar in (on_site, solve):
        assert source_text("P1") in bar.accessibleDescription()
        assert source_text("P1") in bar.toolTip()
    mark = due_mark(get_ticket(ticket.id), shown.context.now())
    assert mark.tone is None


@pytest.mark.parametrize(("minutes", "tone"), [(22, None), (23, Tone.WARN), (31, Tone.DANGER)])
def test_the_list_warns_before_the_limit_is_broken(page, register, minutes, tone):
    register(minutes=minutes, urgency=Urgency.P1)
    shown = page()
    row = shown.list.table.current_row()
    assert due_mark(row, shown.context.now()).tone is tone
    assert shown.detail._due.isVisible() is (tone is Tone.DANGER)


def test_a_promise_goes_on_in_the_list_while_the_rest_of_a_ticket_waits(register, house, now):
    ticket = register(promised_at=now.replace(tzinfo=None) + timedelta(minutes=90))
    other = register(minutes=50)
    for one in (ticket, other):
        tickets.suspend_ticket(one.id, "material", text="等配件", by=house.desk.id, now=now)
    assert "1:30" in due_mark(get_ticket(ticket.id), now).words
    assert due_mark(get_ticket(other.id), now).words == _("Paused")


def test_a_ticket_is_suspended_with_a_reason_and_resumed_by_keys(
    page, register, press, type_words, focus
):
    ticket = register(minutes=60)
    shown = page()
    shown._act(Act.SUSPEND)
    form = shown.detail.form
    press("2", "Ctrl+Return")
    assert form.rows.problem("text")
    assert get_ticket(ticket.id).status is Status.RECEIVED
    press("Return")
    assert focus() is form.text
    type_words("等配件到货")
    press("Ctrl+Return")
    waits = get_ticket(ticket.id)
    assert waits.status is Status.SUSPENDED
    assert waits.events[-1].detail == {"waiting": "material"}
    assert due_mark(waits, shown.context.now()).tone is None
    words = str(WAITING_LABELS[Waiting.MATERIAL])
    assert any(words in event_words(event) for event in waits.events)
    press("F7")
    assert get_ticket(ticket.id).status is Status.IN_PROGRESS
    assert bars_of(shown)

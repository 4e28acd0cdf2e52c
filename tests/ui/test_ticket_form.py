"""The intake form: few keys, everything a caller says is understood, nothing typed is lost."""

import pytest

from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.tickets import Kind, Status, TicketDraft, Urgency
from propdesk.domain.units import Address
from propdesk.services import residents, tickets, units
from propdesk.services.drafts import get_draft
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.tickets import TicketFilter, get_ticket, list_tickets
from ui.forms.ticket_form import DRAFT
from ui.navigation import Intake
from ui.pages.ticket_acts import Act
from ui.pages.tickets import TicketsPage


@pytest.fixture
def page(office_context, house, showing):
    shown = TicketsPage(office_context)
    office_context.changes.tickets_changed.connect(shown.mark_stale)
    showing(shown, 1366, 692)
    shown.catch_up()
    shown.enter()
    return shown


@pytest.fixture
def last(now):
    """Return the newest ticket in full."""

    def newest():
        rows = list_tickets(TicketFilter(), now=now).rows
        return get_ticket(rows[0].id) if rows else None

    return newest


# -- few keys


def test_a_known_caller_takes_one_key_after_the_caller_card(page, house, press, type_words, last):
    page.begin(Intake(Kind.REPAIR, house.home.id, house.owner.person_id))
    type_words("厨房水槽漏水")
    # Ctrl+K and Enter come before: three keys of six.
    press("Ctrl+Return")
    ticket = last()
    assert (ticket.kind, ticket.unit, ticket.text) == (Kind.REPAIR, "1-2-501", "厨房水槽漏水")
    assert (ticket.reporter_id, ticket.reporter_phone) == (house.owner.person_id, "13800001234")
    assert page.list.table.current_row().id == ticket.id
    assert ticket.number in page.toast.words()


def test_a_known_caller_takes_five_keys_from_the_list(page, press, type_words, last):
    keys = ("Ctrl+N", "Return", "Return", "Return", "Ctrl+Return")
    press(keys[0])
    type_words("1-2-501")
    press(*keys[1:4])
    type_words("灯不亮")
    press(keys[4])
    assert last().reporter_name == "张先生"
    assert len(keys) <= 6


@pytest.mark.parametrize("save", ["Ctrl+Return", "Ctrl+Enter", "Ctrl+S"])
def test_enter_is_a_new_line_in_the_text_and_only_the_saving_keys_save(
    page, house, press, type_words, last, save
):
    page.begin(Intake(unit_id=house.home.id))
    type_words("a")
    press("Return")
    type_words("b")
    assert last() is None
    press(save)
    assert last().text == "a\nb"


def test_one_key_chooses_the_kind_from_anywhere(page, house, press, type_words, last):
    page.begin(Intake(unit_id=house.home.id))
    type_words("q")
    press("Alt+3")
    type_words("?")
    press("Ctrl+S")
    assert (last().kind, last().text) == (Kind.ENQUIRY, "q?")


def _tab_to(field, press, focus):
    for _turn in range(40):
        if focus() is field:
            return
        press("Tab")
    pytest.fail("Tab never comes to the field")


def test_somebody_is_to_come_to_a_repair_and_to_others_when_it_is_ticked(
    page, house, press, type_words, last, focus
):
    page.begin(Intake(Kind.REPAIR, house.home.id))
    type_words("灯不亮")
    press("Ctrl+S")
    assert last().visit_wanted
    page.begin(Intake(Kind.REPAIR, house.home.id))
    type_words("太吵")
    press("Alt+2", "Ctrl+S")
    assert (last().kind, last().visit_wanted) == (Kind.COMPLAINT, False)
    page.begin(Intake(Kind.COMPLAINT, house.home.id))
    type_words("请马上来人")
    press("Alt+M")
    _tab_to(page._form.rows.visit, press, focus)
    press("Space", "Ctrl+S")
    coming = last()
    assert coming.visit_wanted
    page._act(Act.AMEND)
    assert page._form.rows.visit.isChecked()
    _tab_to(page._form.rows.visit, press, focus)
    press("Space", "Ctrl+S")
    assert not get_ticket(coming.id).visit_wanted


# -- the house


@pytest.mark.parametrize("typed", ["1-2-501", "1栋2单元501室", "1#2-501", "１－２－５０１"])
def test_a_house_is_understood_as_people_say_it(page, press, type_words, house, typed):
    press("Ctrl+N")
    type_words(typed)
    rows = page._form.rows
    assert rows.house.unit == house.home
    assert "1栋2单元501" in rows.house.hint.text()
    assert "张伟丰" in rows.house.hint.text()
    assert rows.reporter.name.words() == "张先生"


def test_a_place_in_words_is_taken_as_it_is(page, press, type_words, last):
    press("Ctrl+N")
    type_words("地下车库 B2")
    press("Return", "Return", "Return")
    type_words("积水")
    press("Ctrl+S")
    assert (last().unit_id, last().place) == (None, "地下车库 B2")


def test_an_unknown_house_is_refused_once_with_the_nearest_named(page, press, type_words, last):
    press("Ctrl+N")
    type_words("1-2-509")
    press("Return", "Return", "Return")
    type_words("x")
    press("Ctrl+S")
    assert last() is None
    assert "1-2-501" in page._form.rows.problem("place")
    press("Ctrl+S")
    assert (last().unit_id, last().place) == (None, "1-2-509")


def test_a_house_of_two_communities_asks_which(page, house, press, type_words, last):
    units.add_unit(Address("1", "2", "501"), community="锦绣里", by=house.desk.id)
    press("Ctrl+N")
    type_words("1-2-501")
    press("Return", "Ctrl+S")
    assert page._form.rows.problem("place")
    press("Tab", "Down")
    assert page._form.rows.house.unit is not None
    wanted = page._form.rows.house.unit.community
    page._form.take_focus()
    type_words("x")
    press("Ctrl+S")
    assert last().community == wanted


# -- who calls


def test_the_people_of_the_house_are_walked_with_the_arrow_keys(page, house, now, press, last):
    draft = PersonDraft("李静", ResidentRole.FAMILY, "", ("13900002222",))
    person = residents.add_resident(house.home.id, draft, by=house.desk.id, now=now)
    page.begin(Intake(unit_id=house.home.id))
    rows = page._form.rows
    press("Shift+Tab", "Shift+Tab")
    assert rows.reporter.name.hasFocus()
    press("Down")
    assert (rows.reporter.name.words(), rows.reporter.person_id) == ("李静", person.person_id)
    assert rows.reporter.phone.words() == "13900002222"


def test_a_new_caller_joins_the_house_with_two_keys(
    page, house, press, type_words, last, focus, now
):
    page.begin(Intake(unit_id=house.home.id))
    press("Shift+Tab", "Shift+Tab", "Ctrl+A")
    type_words("王小明")
    press("Return", "Ctrl+A")
    type_words("13700003333")
    press("Alt+A", "2")
    people = {one.name: one for one in list_residents(house.home.id, now.date())}
    assert people["王小明"].role is ResidentRole.TENANT
    assert people["王小明"].phones == ("13700003333",)
    assert focus() is page._form.rows.text
    type_words("x")
    press("Ctrl+S")
    assert last().reporter_id == people["王小明"].person_id


def test_a_wrong_phone_of_a_new_caller_is_shown_in_the_row(page, house, press, type_words, now):
    page.begin(Intake(unit_id=house.home.id))
    press("Shift+Tab", "Shift+Tab", "Ctrl+A")
    type_words("Li")
    press("Return", "Ctrl+A")
    type_words("12")
    press("Alt+A", "2")
    assert page._form.rows.problem("reporter_name")
    assert len(list_residents(house.home.id, now.date())) == 1


# -- problems


def test_all_problems_stand_under_their_fields_and_f8_goes_round(page, press, type_words, focus):
    press("Ctrl+N", "Alt+M")
    for _step in range(30):
        if focus() is page._form.rows.promise:
            break
        press("Tab")
    type_words("whenever")
    press("Ctrl+S")
    rows = page._form.rows
    assert all(rows.problem(key) for key in ("place", "text", "promised_at"))
    assert "3" in rows.banner.sentence()
    order = [focus()]
    for _step in range(3):
        press("F8")
        order.append(focus())
    assert order == [rows.house.line, rows.text, rows.promise, rows.house.line]
    assert rows.promise.words() == "whenever"


def test_a_problem_goes_as_soon_as_its_field_is_mended(page, press, type_words):
    press("Ctrl+N", "Ctrl+S")
    rows = page._form.rows
    assert rows.problem("place")
    type_words("garage")
    assert not rows.problem("place")
    assert rows.problem("text")
    assert rows.banner.isVisible()
    press("F8")
    type_words("dark")
    assert not rows.banner.isVisible()


def test_a_stranger_is_not_taken_for_the_owner(page, house, press, type_words):
    page.begin(Intake(unit_id=house.home.id))
    press("Shift+Tab", "Shift+Tab", "Ctrl+A")
    type_words("Li")
    rows = page._form.rows
    assert rows.reporter.person_id is None
    assert "张伟丰" not in rows.house.hint.text()


def test_a_problem_in_the_fold_opens_it(page, house, press, type_words, focus):
    page.begin(Intake(unit_id=house.home.id))
    type_words("x")
    rows = page._form.rows
    rows.promise.show_words("9:00")
    press("Ctrl+S")
    assert rows.promise.isVisible()
    assert focus() is rows.promise


def test_the_fold_remembers_being_open(page, press, office_context):
    press("Ctrl+N")
    assert not page._form.rows.channel.isVisible()
    press("Alt+M", "Esc", "Ctrl+N")
    assert page._form.rows.channel.isVisible()


def test_promise_and_dispatch_go_with_the_registration(page, house, press, type_words, last, focus):
    page.begin(Intake(unit_id=house.home.id))
    type_words("x")
    press("Alt+M")
    rows = page._form.rows

    def go_to(field):
        for _step in range(30):
            if focus() is field:
                return
            press("Tab")

    go_to(rows.department)
    press("Down", "Tab", "Down")
    go_to(rows.promise)
    type_words("+2h")
    press("Ctrl+S")
    ticket = last()
    assert (ticket.status, ticket.department) == (Status.DISPATCHED, "工程部")
    assert ticket.handler == house.worker.name
    assert f"{ticket.promised_at:%H:%M}" == "12:12"


def test_texts_of_any_kind_are_stored_as_they_are_said(page, house, press, type_words, last):
    page.begin(Intake(unit_id=house.home.id))
    type_words("A<B <img src=x> =1+1 𠮷")
    press("Ctrl+S")
    assert last().text == "A<B <img src=x> =1+1 𠮷"
    assert page.detail._matter.text() == "A<B <img src=x> =1+1 𠮷"


# -- classes


def test_a_class_is_offered_for_a_complaint_and_taken_with_one_key(page, house, press, type_words):
    page.begin(Intake(Kind.COMPLAINT, house.home.id))
    rows = page._form.rows
    type_words("消防通道被占用")
    press("Alt+2")
    assert rows.class_code.value() == "unclassed"
    assert "2.1" in rows.suggestion.text()
    press("Alt+C")
    assert rows.class_code.value() == "service.safety"


def test_only_a_complaint_asks_for_its_class(page, house, press):
    page.begin(Intake(unit_id=house.home.id))
    assert not page._form.rows.class_code.isVisible()
    press("Alt+2")
    assert page._form.rows.class_code.isVisible()


# -- the draft


def test_a_draft_is_kept_two_seconds_after_the_last_key(page, press, type_words, qtbot):
    press("Ctrl+N")
    type_words("1-2-501")
    assert get_draft(DRAFT) is None
    qtbot.waitUntil(lambda: get_draft(DRAFT) is not None, timeout=4000)
    assert "10:12" in page._form._kept.text()


def test_escape_keeps_the_draft_and_the_next_start_goes_on(
    page, press, type_words, last, office_context, showing
):
    press("Ctrl+N")
    type_words("1-2-501")
    press("Return", "Return", "Return")
    type_words("half")
    press("Esc")
    assert page._form is None
    assert "half" in page.list.draft.sentence()
    # As after a crash: another page on the same office.
    again = TicketsPage(office_context)
    showing(again, 1366, 692)
    again.catch_up()
    again.enter()
    assert "half" in again.list.draft.sentence()
    press("Ctrl+N")
    rows = again._form.rows
    assert (rows.house.line.words(), rows.text.words()) == ("1-2-501", "half")
    type_words(" and whole")
    press("Ctrl+S")
    assert last().unit == "1-2-501"
    assert get_draft(DRAFT) is None
    assert not again.list.draft.sentence()


def test_a_call_beside_a_draft_asks_what_to_do(page, house, press, type_words, messages):
    press("Ctrl+N")
    type_words("garage")
    press("Esc")
    messages.expect("old")
    page.begin(Intake(unit_id=house.home.id))
    assert page._form.rows.house.line.words() == "garage"
    press("Esc")
    messages.expect("new")
    page.begin(Intake(unit_id=house.home.id))
    assert page._form.rows.house.unit == house.home


def test_settling_keeps_what_is_half_typed(page, press, type_words):
    press("Ctrl+N")
    type_words("garage")
    assert page.settle()
    assert get_draft(DRAFT)[0]["house"] == "garage"


def test_an_untouched_form_leaves_no_draft(page, press):
    press("Ctrl+N", "Esc")
    assert get_draft(DRAFT) is None


def test_starting_afresh_forgets_the_draft(page, press, type_words, focus):
    press("Ctrl+N")
    type_words("garage")
    press("Esc", "Ctrl+N")
    form = page._form
    for _step in range(30):
        if form.restored.isAncestorOf(focus()):
            break
        press("Shift+Tab")
    press("Space")
    assert form.rows.house.line.words() == ""
    assert get_draft(DRAFT) is None


# -- amending


@pytest.fixture
def stored(house, now):
    draft = TicketDraft(
        Kind.COMPLAINT,
        "楼道脏",
        unit_id=house.home.id,
        class_code="service.environment",
        class_suggested=True,
        urgency=Urgency.P1,
        reporter_id=house.owner.person_id,
        reporter_name="张先生",
        reporter_phone="13800001234",
    )
    return tickets.register_ticket(draft, by=house.desk.id, now=now)


def test_amending_changes_what_was_typed_and_nothing_else(
    page, stored, house, press, type_words, last
):
    page.mark_stale()
    press("F2")
    rows = page._form.rows
    assert rows.text.words() == "楼道脏"
    press("Ctrl+End")
    type_words("三天")
    press("Ctrl+S")
    after = last()
    assert after.text == "楼道脏三天"
    unchanged = ("kind", "unit_id", "class_code", "class_suggested", "urgency", "reporter_id",
                 "reporter_name", "reporter_phone", "handler_id", "matter", "wish")  # fmt: skip
    assert [getattr(after, name) for name in unchanged] == [
        getattr(stored, name) for name in unchanged
    ]
    assert get_draft(DRAFT) is None


def test_a_change_made_elsewhere_is_never_overwritten(
    page, stored, house, now, press, type_words, messages
):
    page.mark_stale()
    press("F2")
    tickets.note_ticket(stored.id, text="note", by=house.desk.id, now=now)
    press("Ctrl+End")
    type_words("!")
    messages.expect(None)
    press("Ctrl+S")
    assert get_ticket(stored.id).text == "楼道脏"
    assert page._form is not None

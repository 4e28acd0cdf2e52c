"""Incidents, repeats, merges and links at the desk, all by keyboard."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from propdesk.domain.tickets import Kind, Status, TicketDraft
from propdesk.domain.units import Address
from propdesk.services import incidents, tickets, units
from propdesk.services.queries.desk import get_caller_card
from propdesk.services.queries.incidents import list_clusters, list_incidents, list_parts
from propdesk.services.queries.tickets import TicketFilter, get_ticket, list_tickets
from ui.caller_card import CallerPane
from ui.navigation import Intake
from ui.pages.ticket_acts import LOOKS, Act
from ui.pages.tickets import TicketsPage
from ui.pages.today import TodayPage


@pytest.fixture
def flats(house):
    return [
        units.add_unit(Address("1", "1", f"{floor}01"), community="云澜花园", by=house.desk.id)
        for floor in range(1, 5)
    ]


@pytest.fixture
def register(house, flats, now):
    """Register a power cut from a flat of building 1, some minutes ago."""

    def one(flat=0, minutes=60, kind=Kind.COMPLAINT, **more):
        draft = TicketDraft(
            kind,
            **{
                "text": "家里没电",
                "unit_id": flats[flat].id,
                "class_code": "incident.power",
                **more,
            },
        )
        then = now - timedelta(minutes=minutes)
        return tickets.register_ticket(draft, by=house.desk.id, now=then)

    return one


@pytest.fixture
def page(office_context, house, showing):
    def open_page(width=1366, height=692):
        shown = TicketsPage(office_context)
        office_context.changes.tickets_changed.connect(shown.mark_stale)
        showing(shown, width, height)
        shown.catch_up()
        shown.enter()
        return shown

    return open_page


@pytest.fixture
def incident(register, house, now):
    """An open incident of building 1, and what callers are told of it."""
    first, second = register(0, minutes=50), register(1, minutes=40)
    return incidents.create_incident(
        [first.id, second.id], by=house.desk.id, now=now, tell_callers="12 点恢复供电"
    )


@pytest.fixture
def take(press, focus, choose_in_menu):
    """Take an act from the menu of the ticket that is shown, by keys."""

    def from_menu(shown, act):
        for _n in range(60):
            if focus() is shown.detail.more:
                break
            press("Tab")
        press("Return")
        choose_in_menu(str(LOOKS[act].word))

    return from_menu


@pytest.fixture
def follow(press, focus):
    """Go to a banner's link with Tab and press it."""

    def press_link(banner, key="Tab"):
        for _n in range(80):
            if focus().parent() is banner:
                break
            press(key)
        assert focus().parent() is banner
        press("Space")

    return press_link


def newest(now):
    return get_ticket(list_tickets(TicketFilter(), now=now, limit=1).rows[0].id)


# -- while a call is typed


def test_r43_the_form_tells_of_a_repeat_without_a_key(page, register, press, type_words, focus):
    first = register(0, minutes=3 * 24 * 60, class_code="service.environment")
    shown = page()
    press("Ctrl+N")
    press("Alt+2")
    type_words("1-1-101")
    hints = shown._form.hints
    assert hints.repeat.words() == ""
    press("Tab", "Tab", "Tab")
    assert focus() is shown._form.rows.class_code
    shown._form.rows.class_code.choose("service.environment")
    shown._form.rows.typed.emit()
    assert first.number in hints.repeat.words()
    assert "2" in hints.repeat.words()
    shown._form.rows.class_code.choose("service.attitude")
    shown._form.rows.typed.emit()
    assert hints.repeat.words() == ""


def test_f9_a_caller_of_the_building_is_told_and_joined_with_one_key(
    page, take, incident, flats, press, type_words, now, house
):
    shown = page()
    shown.begin(Intake(Kind.REPAIR, flats[2].id))
    note = shown._form.hints.incident
    assert "12 点恢复供电" in note.words()
    type_words("没电了")
    press("Alt+J", "Ctrl+S")
    ticket = newest(now)
    assert (ticket.text, ticket.master) == ("没电了", incident.number)


def test_f9_another_building_or_class_hears_nothing(page, take, incident, house, flats, press):
    shown = page()
    other = units.add_unit(Address("2", "1", "101"), community="云澜花园", by=house.desk.id)
    shown.begin(Intake(Kind.REPAIR, other.id))
    assert shown._form.hints.incident.words() == ""
    press("Esc")
    shown.begin(Intake(Kind.COMPLAINT, flats[2].id))
    assert shown._form.hints.incident.words() != ""
    shown._form.rows.class_code.choose("fees")
    shown._form.rows.typed.emit()
    assert shown._form.hints.incident.words() == ""


def test_f9_without_the_key_nothing_is_attached(
    page, take, incident, flats, press, type_words, now
):
    shown = page()
    shown.begin(Intake(Kind.REPAIR, flats[2].id))
    type_words("门铃坏了")
    press("Ctrl+S")
    assert newest(now).master == ""


def test_f9_an_incident_that_ended_meanwhile_does_not_take_the_ticket(
    page, take, incident, flats, press, type_words, now, house, messages
):
    shown = page()
    shown.begin(Intake(Kind.REPAIR, flats[2].id))
    type_words("没电了")
    press("Alt+J")
    tickets.void_ticket(incident.id, reason="误报", by=house.desk.id, now=now)
    messages.expect(None)
    press("Ctrl+S")
    assert newest(now).text == "没电了"
    assert newest(now).master == ""


# -- in the detail


def test_f9_a_fitting_ticket_is_offered_the_incident_in_its_detail(
    page, take, incident, register, press, type_words
):
    late = register(2, minutes=5)
    shown = page()
    relations = shown.detail._relations
    assert incident.number in relations.note.words()
    take(shown, Act.INCIDENT)
    press("Ctrl+Return")
    assert get_ticket(late.id).master == incident.number


def test_f9_connected_tickets_open_with_enter(page, incident, register, press):
    shown = page()
    part = list_parts(incident.id)[0]
    shown.show_ticket(incident.id)
    relations = shown.detail._relations
    assert "12 点恢复供电" in relations.note.words()
    stop = relations.list.stop()
    for _n in range(40):
        if QApplication.focusWidget() is stop:
            break
        press("Tab")
    assert QApplication.focusWidget() is stop
    press("Return")
    assert shown.detail.ticket.id == part.id
    assert incident.number in shown.detail._relations.note.words()


def test_f9_leaving_the_incident(page, take, incident):
    shown = page()
    part = list_parts(incident.id)[0]
    shown.show_ticket(part.id)
    take(shown, Act.LEAVE)
    assert get_ticket(part.id).master == ""


def test_f9_what_callers_are_told_is_changed_by_keys(page, take, incident, press, type_words):
    shown = page()
    shown.show_ticket(incident.id)
    take(shown, Act.TELL)
    press("Ctrl+A")
    type_words("已恢复")
    press("Ctrl+Return")
    assert get_ticket(incident.id).tell_callers == "已恢复"


def test_f6_a_duplicate_is_merged_by_keys(page, take, register, press, type_words):
    first, second = register(0, minutes=30), register(0, minutes=10)
    shown = page()
    assert shown.detail.ticket.id == second.id
    take(shown, Act.MERGE)
    type_words(first.number)
    assert "1-1-101" in shown.detail.form.about.text()
    press("Ctrl+Return")
    assert get_ticket(second.id).merged_into == first.number
    assert get_ticket(second.id).status is Status.MERGED


def test_f6_a_wrong_number_is_said_under_its_field(page, take, register, press, type_words):
    ticket = register(0, minutes=10)
    shown = page()
    take(shown, Act.MERGE)
    press("Ctrl+Return")
    assert shown.detail.form.rows.problem("number") != ""
    type_words("TS-209901-9999")
    assert shown.detail.form.rows.problem("number") == ""
    press("Ctrl+Return")
    assert "TS-209901-9999" in shown.detail.form.rows.problem("number")
    assert get_ticket(ticket.id).status is Status.RECEIVED


def test_related_tickets_are_linked_by_keys(page, take, register, press, type_words):
    first, second = register(0, minutes=30), register(1, minutes=10)
    shown = page()
    take(shown, Act.LINK)
    type_words(first.number)
    press("Ctrl+Return")
    assert [one.line.id for one in shown.detail._relations._others] == [first.id]
    assert get_ticket(second.id).events[-1].detail["as"] == "related"


# -- clusters


def test_f9_a_cluster_is_offered_and_becomes_an_incident_by_keys(
    page, follow, register, press, type_words, now
):
    first, *_others = [register(flat, minutes=30 - flat) for flat in range(3)]
    shown = page()
    banner = shown.list.cluster
    assert "1栋" in banner.sentence()
    follow(banner)
    assert shown.detail.ticket.id == first.id
    press("Tab")
    type_words("供电局抢修中")
    press("Ctrl+Return")
    (made,) = list_incidents()
    assert (made.id, made.parts, made.tell_callers) == (first.id, 2, "供电局抢修中")
    assert shown.list.cluster.sentence() == ""


def test_f9_a_new_ticket_for_the_building_may_lead(page, follow, register, press, now):
    for flat in range(3):
        register(flat, minutes=30 - flat)
    shown = page()
    follow(shown.list.cluster)
    press("Down", "Ctrl+Return")
    (made,) = list_incidents()
    assert (get_ticket(made.id).place, made.parts) == ("1栋", 3)
    assert made.class_code == "incident.power"


def test_f9_what_is_no_incident_is_not_offered_again(page, follow, register, press, now):
    for flat in range(3):
        register(flat, minutes=30 - flat)
    shown = page()
    follow(shown.list.cluster)
    press("Tab", "Tab", "Return")
    assert list_clusters(now=now) == ()
    assert shown.list.cluster.sentence() == ""


def test_f9_today_offers_the_cluster_and_leads_to_its_form(
    office_context, register, showing, follow, now
):
    first, *_others = [register(flat, minutes=30 - flat) for flat in range(3)]
    wanted = []
    office_context.navigation.cluster_wanted.connect(wanted.append)
    today = TodayPage(office_context)
    showing(today, 1366, 692)
    today.catch_up()
    today.enter()
    follow(today._desk._cluster, "Shift+Tab")
    assert wanted[0].open_ids[0] == first.id


def test_f9_the_caller_card_says_what_to_tell(office_context, incident, flats, showing, now):
    pane = CallerPane(office_context.theme)
    showing(pane, 424, 600)
    pane.show_card(get_caller_card(flats[3].id, None, now=now), 30, now)
    assert "12 点恢复供电" in pane._incidents.words()


def test_f9_the_caller_card_of_another_building_says_nothing(
    office_context, incident, house, showing, now
):
    other = units.add_unit(Address("2", "1", "101"), community="云澜花园", by=house.desk.id)
    pane = CallerPane(office_context.theme)
    showing(pane, 424, 600)
    pane.show_card(get_caller_card(other.id, None, now=now), 30, now)
    assert pane._incidents.words() == ""

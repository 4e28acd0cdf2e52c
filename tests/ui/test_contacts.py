"""Contacts in the window: two keystrokes from the caller card; what is open is cleared by keys."""

import pytest
from PySide6.QtWidgets import QLabel

from propdesk.domain.contacts import ContactDraft, Counterparty, Stage
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import contacts, tickets
from propdesk.services.queries.contacts import ContactFilter, list_contacts
from ui.dialogs.contact_dialog import ContactDialog, log_contact
from ui.dialogs.contacts_dialog import ContactsDialog, WordsDialog
from ui.main_window import MainWindow
from ui.tables.memory import NoMemory
from ui.widgets.badges import Toast
from ui.widgets.timeline import TimeLine


@pytest.fixture
def window(office_context, house, theme, showing):
    """The whole window over a small office; its clock stands still."""
    main = MainWindow(theme, NoMemory())
    main.sit_down(office_context)
    showing(main, 1366, 768)
    return main


@pytest.fixture
def stored():
    return lambda **more: list(list_contacts(ContactFilter(with_voided=True, **more)).rows)


@pytest.fixture
def keys(press, type_words):
    """Press keys and count those that are no letters of what is typed."""
    pressed = []

    def press_counted(*names):
        pressed.extend(names)
        press(*names)

    return press_counted, type_words, pressed


def words_of(widget):
    return " ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def test_r52_a_talk_is_noted_from_the_caller_card_in_two_keystrokes(
    window, keys, in_dialog, stored, house
):
    press, type_words, pressed = keys
    press("Ctrl+K")
    type_words("1234")
    pressed.clear()

    def note(dialog):
        type_words("来问车位月卡还有没有")
        press("Ctrl+Return")
        assert dialog.stored is not None

    in_dialog(ContactDialog, note)
    press("F3")
    assert pressed == ["F3", "Ctrl+Return"]
    (one,) = stored()
    assert (one.text, one.where, one.name) == ("来问车位月卡还有没有", "1-2-501", "张伟丰")
    assert (one.counterparty, one.stage) == (Counterparty.OWNER, Stage.BEFORE)
    assert one.reason == "parking"
    assert one.phone == "13800001234"
    assert not one.is_open


def test_r52_what_was_noted_is_taken_back_by_a_key(
    window, press, type_words, in_dialog, stored, qtbot
):
    def note(_dialog):
        type_words("说错了人")
        press("Ctrl+Return")

    in_dialog(ContactDialog, note)
    press("Ctrl+K")
    type_words("1234")
    press("F3")
    assert window.findChild(Toast).words()
    with qtbot.waitActive(window):
        window.activateWindow()
    press("Ctrl+Z")
    (one,) = stored()
    assert one.voided_at is not None
    assert one.void_reason


def test_r52_the_card_shows_tickets_and_talks_together(window, press, type_words, house, now):
    for days, text in ((3, "三天前的报修"), (1, "昨天的报修")):
        at = now.replace(day=now.day - days)
        draft = TicketDraft(Kind.REPAIR, text, unit_id=house.home.id)
        tickets.register_ticket(draft, by=house.desk.id, now=at)
    for day, text in ((19, "前天来电"), (10, "早先来电")):
        draft = ContactDraft(text, unit_id=house.home.id)
        contacts.log_contact(draft, by=house.desk.id, now=now, at=now.replace(day=day))
    press("Ctrl+K")
    type_words("1234")
    shown = [line.accessibleName() for line in window.findChildren(TimeLine) if line.isVisible()]
    lines = shown[0].split("\n")
    assert len(lines) == 3
    assert ["昨天的报修" in lines[0], "前天来电" in lines[1], "三天前的报修" in lines[2]] == [
        True
    ] * 3


def test_r52_a_problem_stands_under_its_field_and_esc_asks(
    window, office_context, press, type_words, in_dialog, stored, messages, focus
):
    def note(dialog):
        press("Ctrl+Return")
        assert "请写下沟通内容" in words_of(dialog)
        type_words("话没说完")
        messages.expect("keep")
        press("Esc")
        assert dialog.isVisible()
        assert focus() is dialog.form.text
        messages.expect("act")
        press("Esc")
        assert not dialog.isVisible()

    in_dialog(ContactDialog, note)
    log_contact(office_context, window, ContactDraft("", counterparty=Counterparty.AUTHORITY))
    assert stored() == []


def test_r82_a_due_day_is_typed_short_and_leaves_the_contact_open(
    window, office_context, press, type_words, in_dialog, stored, focus
):
    def note(dialog):
        type_words("请核对余位")
        while focus() is not dialog.form.due:
            press("Tab")
        type_words("11-25")
        press("Ctrl+S")

    in_dialog(ContactDialog, note)
    log_contact(office_context, window, ContactDraft(""))
    (one,) = stored()
    assert one.is_open
    assert f"{one.due_on}" == "2026-11-25"
    assert "待消项" in window.findChild(Toast).words()


def test_r82_an_open_contact_is_cleared_by_keys(
    window, office_context, press, type_words, in_dialog, stored, house, now
):
    draft = ContactDraft("请核对余位", opinion="查车位", unit_id=house.home.id)
    contacts.log_contact(draft, by=house.desk.id, now=now)

    def clear(dialog):
        type_words("已回电，余 3 个")
        press("Ctrl+Return")

    def look(dialog):
        assert "查车位" in words_of(dialog)
        in_dialog(WordsDialog, clear)
        press("Ctrl+Return")
        assert dialog.table.is_empty()

    in_dialog(ContactsDialog, look)
    office_context.navigation.contacts_wanted.emit()
    (one,) = stored()
    assert (one.is_open, one.result, one.cleared_by) == (False, "已回电，余 3 个", house.desk.name)


def test_r82_a_void_contact_stays_in_its_list(
    window, office_context, press, type_words, in_dialog, stored, house, now
):
    contacts.log_contact(ContactDraft("重复登记"), by=house.desk.id, now=now)

    def void(dialog):
        press("Ctrl+Return")
        assert "作废原因" in words_of(dialog)
        type_words("同一通电话")
        press("Ctrl+Return")

    def look(dialog):
        press("Shift+Tab", "Right", "Tab")
        in_dialog(WordsDialog, void)
        press("Del")
        assert "同一通电话" in words_of(dialog)

    in_dialog(ContactsDialog, look)
    office_context.navigation.contacts_wanted.emit()
    (one,) = stored()
    assert one.voided_at is not None

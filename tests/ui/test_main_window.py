"""The whole window: pages by number, the desk search, six keys for a call, the close of the day."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.i18n import _
from propdesk.services import backups, residents, tickets
from propdesk.services.parts.settings import put
from propdesk.services.parts.writing import writing
from propdesk.services.queries.office import DEMO_KEY
from propdesk.services.queries.tickets import TicketFilter, get_ticket, list_tickets
from ui.main_window import MainWindow
from ui.pages.today import TodayPage
from ui.registry import TABS
from ui.session import check_behind_the_picture
from ui.widgets.badges import Badge


@pytest.fixture
def window(office_context, house, showing):
    made = MainWindow(office_context.theme, office_context.memory)
    made.sit_down(office_context)
    showing(made, 1366, 768)
    return made


@pytest.fixture
def keys(press) -> Callable[..., None]:
    """Press keys and count them; `keys.count` tells how many there were."""

    def press_counted(*names):
        press_counted.count += len(names)
        press(*names)

    press_counted.count = 0
    return press_counted


def tickets_of(house, now):
    return list_tickets(TicketFilter(unit_id=house.home.id), now=now).rows


def test_the_window_fits_the_smallest_screens(window):
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 680


def test_the_largest_text_does_not_make_the_window_higher(window, house, now, theme):
    for n in range(9):
        draft = TicketDraft(Kind.REPAIR, f"路灯 {n} 不亮", unit_id=house.home.id)
        tickets.register_ticket(draft, by=house.desk.id, now=now)
    window.context.changes.tickets_changed.emit()
    theme.switch(text_size=14.0)
    assert window.minimumSizeHint().width() <= 1366
    assert window.minimumSizeHint().height() <= 720


@pytest.fixture
def demo_window(office_context, house, showing, now):
    """The window on a demo."""
    with writing():
        put(DEMO_KEY, now.isoformat())
    draft = TicketDraft(Kind.REPAIR, "路灯不亮", unit_id=house.home.id)
    tickets.register_ticket(draft, by=house.desk.id, now=now)
    made = MainWindow(office_context.theme, office_context.memory)
    made.sit_down(office_context)
    return showing(made, 1366, 768)


def badges_of(window):
    return [each.words() for each in window.findChildren(Badge) if each.isVisible()]


def test_a_demo_says_so_in_title_and_frame(demo_window, office_context):
    mark = _("Demo")
    assert mark.upper() in demo_window.windowTitle().upper()
    assert badges_of(demo_window) == [mark]
    # A change of the settings does not take it away.
    office_context.changes.settings_changed.emit()
    assert mark.upper() in demo_window.windowTitle().upper()


def test_the_mark_of_the_demo_has_room_with_the_largest_text(demo_window, theme):
    theme.switch(text_size=14.0)
    assert demo_window.minimumSizeHint().width() <= 1366
    assert demo_window.minimumSizeHint().height() <= 720


def test_an_office_of_ones_own_has_no_mark(window):
    assert badges_of(window) == []
    assert _("Demo").upper() not in window.windowTitle().upper()


def test_the_demo_is_left_by_its_link(demo_window, press, qtbot):
    press("Shift+Tab", "Space")
    qtbot.waitUntil(lambda: not demo_window.isVisible())
    assert demo_window.begins_anew
    assert demo_window.next_office is None


def test_it_opens_on_today_with_the_office_in_its_title(window):
    assert isinstance(window.page("today"), TodayPage)
    assert window.page("today").isVisible()
    assert "物业服务中心" in window.windowTitle()


@pytest.mark.parametrize("tab", [tab for tab in TABS if tab.key != "reports"], ids=lambda t: t.key)
def test_each_page_has_its_number(window, press, tab):
    press(f"Ctrl+{tab.number}")
    assert window.page(tab.key).isVisible()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert window.page(tab.key).isAncestorOf(focus)


def test_a_repair_call_of_a_known_caller_takes_six_keys(window, keys, type_words, house, now):
    """Decision 25: key presses that are not characters of house or text, from Ctrl+K on."""
    keys("Ctrl+K")
    type_words("1-2-501")
    keys("Enter")
    type_words("厨房水管漏水")
    keys("Ctrl+S")
    (ticket,) = tickets_of(house, now)
    assert get_ticket(ticket.id).text == "厨房水管漏水"
    assert ticket.kind is Kind.REPAIR
    assert ticket.reporter == "张先生" or ticket.reporter == "张伟丰"
    assert keys.count <= 6


def test_the_second_caller_of_a_house_takes_six_keys_too(window, keys, type_words, house, now):
    tenant = PersonDraft("李明", ResidentRole.TENANT, phones=("13900005678",))
    residents.add_resident(house.home.id, tenant, by=house.desk.id, now=now)
    keys("Ctrl+K")
    type_words("1-2-501")
    keys("Down", "Enter")
    type_words("马桶堵了")
    keys("Ctrl+S")
    (ticket,) = tickets_of(house, now)
    assert ticket.reporter == "李明"
    assert keys.count <= 6


def test_a_scan_opens_its_ticket(window, press, type_words, house, now):
    draft = TicketDraft(Kind.REPAIR, "门锁卡死", unit_id=house.home.id)
    ticket = tickets.register_ticket(draft, by=house.desk.id, now=now)
    press("Ctrl+K")
    type_words(ticket.number)
    press("Enter")
    assert window.page("tickets").isVisible()
    assert not window._desk.sheet.isVisible()


def test_another_person_at_the_desk_is_counted_anew(window, office_context, house):
    office_context.staff = house.worker
    office_context.changes.staff_changed.emit()
    assert "02 王建国" in [
        each.text() for each in window.status.children() if hasattr(each, "text")
    ]


def test_the_new_name_of_the_office_stands_in_the_title(window, office_context, house):
    from dataclasses import replace

    from propdesk.services.settings import get_settings, save_settings

    save_settings(replace(get_settings(), office_name="云澜服务中心"), by=house.desk.id)
    office_context.changes.settings_changed.emit()
    assert "云澜服务中心" in window.windowTitle()


def test_closing_keeps_the_page_and_makes_the_days_backup(
    window, press, office, office_context, qtbot
):
    qtbot.waitUntil(lambda: window.status.keeper.state is not None, timeout=3000)
    press("Ctrl+2")
    assert window.close()
    assert office_context.memory.recall("window/page") == "tickets"
    assert len(backups.list_backups(office.backups)) == 1


def test_another_office_closes_this_one_first(window, office_context, tmp_path, qtbot):
    office_context.navigation.office_wanted.emit(tmp_path)
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=5000)
    assert window.next_office == tmp_path


def test_a_sound_file_is_checked_in_silence(window, qtbot, messages):
    check_behind_the_picture(window, window.context)
    window.context.background.stop()
    assert messages.asked == []


def test_a_damaged_file_is_told_behind_the_picture(window, qtbot, messages, monkeypatch):
    from propdesk.domain.errors import RuleError

    def damaged():
        raise RuleError("data-damaged", "the data file is damaged")

    monkeypatch.setattr("propdesk.services.offices.check_quickly", damaged)
    messages.expect("close")
    check_behind_the_picture(window, window.context)
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=5000)
    assert messages.asked[0][1] == "the data file is damaged"


def test_a_closed_window_looks_at_its_office_no_more(window, messages):
    assert [timer for timer in window.findChildren(QTimer) if timer.isActive()]
    assert window.close()
    assert [timer for timer in window.findChildren(QTimer) if timer.isActive()] == []

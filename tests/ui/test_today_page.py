"""Today: what is due by verb, the first steps of an empty office, the way to each ticket."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.i18n import _
from propdesk.services import settings, tickets
from propdesk.services.parts.settings import put
from propdesk.services.parts.writing import writing
from propdesk.services.queries.office import DEMO_KEY
from ui.dialogs.import_dialog import ImportDialog
from ui.navigation import Intake
from ui.pages.today import TodayPage, day_words
from ui.widgets.badges import Banner
from ui.widgets.plots.daily import DailyBars
from ui.widgets.plots.ruler import DayRuler
from ui.widgets.ways import WayList


@pytest.fixture
def register(house, now):
    def register_one(matter, *, hours=None, kind=Kind.REPAIR):
        promised = (now + timedelta(hours=hours)).replace(tzinfo=None) if hours else None
        draft = TicketDraft(kind, matter, unit_id=house.home.id, promised_at=promised)
        received = now - timedelta(hours=5 if hours and hours < 0 else 0)
        return tickets.register_ticket(draft, by=house.desk.id, now=received)

    return register_one


@pytest.fixture
def open_page(office_context, showing):
    def show():
        page = TodayPage(office_context)
        page.catch_up()
        showing(page, 1366, 650)
        page.enter()
        return page

    return show


def words_of(widget):
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisible()]


def banners_of(page):
    return [each for each in page.findChildren(Banner) if each.isVisible()]


def wanted(qtbot, signal, act):
    with qtbot.waitSignal(signal, timeout=1000) as caught:
        act()
    return caught.args[0] if caught.args else None


def test_an_empty_office_says_what_to_do_first(open_page, press, qtbot, office_context, in_dialog):
    page = open_page()
    assert any("物业服务中心" in words for words in words_of(page))
    navigation = office_context.navigation
    titles = []

    for keys in (("Space",), ("Down", "Enter"), ("1",)):
        in_dialog(ImportDialog, lambda dialog: titles.append(dialog.windowTitle()))
        press(*keys)
        # A window manager does this; the platform without a screen has none.
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow, timeout=5000)
    residents, complaints = _("Import residents"), _("Import complaints")
    assert titles == [residents, complaints, residents]
    for key in ("3", "Ctrl+N"):
        assert wanted(qtbot, navigation.intake_wanted, lambda key=key: press(key)) == Intake()
    wanted(qtbot, navigation.settings_wanted, lambda: press("4"))


def test_with_a_second_place_for_backups_nobody_is_asked_for_one(
    open_page, house, tmp_path, office_context, press, qtbot
):
    changed = replace(office_context.settings, second_backup_folder=str(tmp_path))
    settings.save_settings(changed, by=house.desk.id)
    office_context.changes.settings_changed.emit()
    page = open_page()
    (ways,) = page.findChildren(WayList)
    assert [way.key for way in ways.ways()] == ["ticket", "complaints"]
    with qtbot.assertNotEmitted(office_context.navigation.settings_wanted):
        press("3", "4")


def test_a_ticket_ends_the_first_steps(open_page, register):
    page = open_page()
    (ways,) = page.findChildren(WayList)
    assert ways.isVisible()
    register("门锁卡死")
    page.mark_stale()
    assert not ways.isVisible()


def test_only_the_demo_offers_a_way_to_an_office_of_ones_own(
    open_page, register, office_context, press, qtbot, now
):
    register("门锁卡死")
    assert not banners_of(open_page())
    with writing():
        put(DEMO_KEY, now.isoformat())
    page = open_page()
    assert len(banners_of(page)) == 1
    # Backwards from the lists: past the button for a new ticket to the banner's link.
    own = office_context.navigation.own_office_wanted
    wanted(qtbot, own, lambda: press("Shift+Tab", "Space"))


def test_an_empty_office_leads_to_the_office_of_before(
    open_page, press, qtbot, office_context, messages, tmp_path
):
    open_page()
    messages.expect(tmp_path)
    before = office_context.navigation.office_wanted
    # Backwards from the first button: the last link of the foot.
    assert wanted(qtbot, before, lambda: press("Shift+Tab", "Space")) == tmp_path


def test_with_houses_nobody_is_asked_to_import_them(open_page, house, press, qtbot, office_context):
    open_page()
    intake = office_context.navigation.intake_wanted
    assert wanted(qtbot, intake, lambda: press("Enter")) == Intake()
    wanted(qtbot, office_context.navigation.settings_wanted, lambda: press("3"))


def test_each_line_stands_under_its_verb_and_opens_its_ticket(
    open_page, register, house, now, press, qtbot, office_context
):
    late = register("暖气不热", hours=-2)
    tickets.dispatch_ticket(late.id, by=house.desk.id, now=now, handler_id=house.worker.id)
    register("门锁卡死", hours=3)
    page = open_page()
    lists = {
        each.accessibleName().split()[0]: each
        for each in page.findChildren(QWidget)
        if each.accessibleDescription() and each.focusPolicy()
    }
    titles = [each.accessibleDescription() for each in lists.values()]
    assert sum("暖气不热" in title for title in titles) == 1  # overdue, not again in work
    assert sum("门锁卡死" in title for title in titles) == 1
    opened = wanted(qtbot, office_context.navigation.ticket_wanted, lambda: press("Enter"))
    assert opened == late.id


def test_the_heading_counts_what_waits(open_page, register):
    register("暖气不热", hours=-2)
    register("门锁卡死")
    page = open_page()
    sentence = next(words for words in words_of(page) if "2" in words and "1" in words)
    assert sentence


def test_the_plots_and_the_ruler_say_their_figures(open_page, register, now):
    register("暖气不热", hours=3, kind=Kind.COMPLAINT)
    page = open_page()
    bars = page.findChild(DailyBars)
    assert bars.accessibleDescription().endswith("11-21 1")
    ruler = page.findChild(DayRuler)
    assert "13:12 1-2-501" in ruler.accessibleDescription()


def test_many_lines_stay_inside_and_the_rest_leads_on(
    open_page, register, press, qtbot, office_context
):
    for n in range(45):
        register(f"路灯 {n} 不亮")
    page = open_page()
    assert page.minimumSizeHint().height() <= 650
    desk = page.findChild(QScrollArea).widget()
    assert desk.minimumSizeHint().height() <= 650
    navigation = office_context.navigation
    group = wanted(qtbot, navigation.tickets_wanted, lambda: press("Tab", "Space"))
    assert group == "to-dispatch"


def test_a_change_is_shown_at_once(open_page, register):
    page = open_page()
    register("暖气不热")
    page.mark_stale()
    assert any("1" in words for words in words_of(page))


def test_the_day_has_a_weekday(now):
    assert "21" in day_words(now)
    assert "11" in day_words(now)


@pytest.fixture
def december(office_context, now):
    """The first week of December: next year's days have been published."""
    office_context.now = lambda: now + timedelta(days=14)


def test_a_year_without_its_days_is_warned_of_and_imported_where_the_warning_stands(
    office_context, december, open_page, register, messages, tmp_path
):
    register("灯不亮")
    page = open_page()
    (warning,) = banners_of(page)
    assert "2027" in warning.sentence()
    file = tmp_path / "放假.csv"
    messages.expect(file, None)
    warning.followed.emit()
    assert "放假.csv" in " ".join(messages.asked[-1])
    days = "date,kind\n2027-01-01,off\n2027-05-01,off\n2027-10-01,off\n"
    file.write_text(days, encoding="utf-8")
    office_context.changes.tickets_changed.connect(page.mark_stale)
    messages.expect(file)
    warning.followed.emit()
    page.catch_up()
    assert not warning.isVisible()


def test_before_december_no_year_is_missed(open_page, register):
    register("灯不亮")
    assert not banners_of(open_page())

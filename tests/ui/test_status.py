"""The status bar and what it leads to: staff, settings, backups; the keeper of backups."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event

import pytest
from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from propdesk.domain.backups import BackupHealth
from propdesk.domain.errors import Cancelled
from propdesk.domain.staff import Role
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import attachments, backups, staff, tickets
from propdesk.services.parts.settings import put
from propdesk.services.parts.writing import writing
from propdesk.services.queries.office import DEMO_KEY
from propdesk.services.queries.staff import list_staff
from propdesk.services.settings import get_settings
from ui import status
from ui.backup_keeper import BackupKeeper, files_left_words
from ui.status import StatusBar


@pytest.fixture
def bar(office_context, house, showing):
    """A window with a status bar."""
    window = QWidget()
    column = QVBoxLayout(window)
    made = StatusBar(office_context, window)
    column.addStretch(1)
    column.addWidget(made)
    showing(window, 1366, 768)
    made.window_under_test = window
    return made


@pytest.fixture
def in_dialog() -> Callable[..., None]:
    """Run an act that shows a dialog, and these steps, each as soon as it has the keyboard."""

    def run(act, *steps):
        before = QApplication.activeModalWidget()
        left, errors, shown = list(steps), [], []

        def go():
            dialog = QApplication.activeModalWidget()
            if shown and not shown[0].isVisible():
                return
            if dialog is before or dialog not in (shown or [dialog]):
                QTimer.singleShot(5, go)
                return
            if not dialog.isActiveWindow():
                # What a window manager does when the dialog above it has closed.
                dialog.activateWindow()
                QTimer.singleShot(5, go)
                return
            shown[:] = [dialog]
            try:
                left.pop(0)()
            except BaseException as error:
                errors.append(error)
                dialog.reject()
            if left:
                QTimer.singleShot(0, go)

        QTimer.singleShot(0, go)
        act()
        if errors:
            raise errors[0]
        assert not left, "the dialog closed before its time"

    return run


def item(bar, part):
    return next(each for each in bar.children() if part in getattr(each, "text", str)())


def words_of(widget):
    return " ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def wait_for_words(qtbot, bar, part):
    qtbot.waitUntil(
        lambda: any(part in getattr(each, "text", str)() for each in bar.children()), timeout=3000
    )


# -- who sits here


def test_the_bar_names_office_and_person(bar, house):
    assert item(bar, "物业服务中心")
    assert item(bar, "01 前台")


def test_typing_narrows_the_staff_and_enter_chooses(
    bar, in_dialog, press, type_words, office_context, house
):
    in_dialog(lambda: press("Ctrl+U"), lambda: type_words("王"), lambda: press("Enter"))
    assert office_context.staff.name == "王建国"
    assert office_context.memory.recall("staff") == house.worker.code
    assert item(bar, "王建国")


def test_down_walks_along_the_staff(bar, in_dialog, press, office_context):
    in_dialog(lambda: press("Ctrl+U"), lambda: press("Down", "Enter"))
    assert office_context.staff.name == "王建国"


def test_esc_changes_nobody(bar, in_dialog, press, type_words, office_context):
    in_dialog(lambda: press("Ctrl+U"), lambda: type_words("王"), lambda: press("Esc", "Esc"))
    assert office_context.staff.name == "前台"


def test_enter_without_anybody_stays(bar, in_dialog, press, type_words, office_context):
    def stays():
        assert QApplication.activeModalWidget() is not None

    in_dialog(
        lambda: press("Ctrl+U"),
        lambda: type_words("nobody"),
        lambda: press("Enter"),
        stays,
        lambda: press("Esc", "Esc"),
    )
    assert office_context.staff.name == "前台"


def test_a_new_colleague_is_added_from_the_picker(
    bar, in_dialog, press, type_words, office_context, qtbot
):
    def add():
        in_dialog(lambda: press("Ctrl+N"), lambda: press("Ctrl+S"))

    in_dialog(lambda: press("Ctrl+U"), lambda: type_words("李敏"), add, lambda: press("Enter"))
    assert office_context.staff.name == "李敏"
    assert [one.name for one in list_staff()] == ["前台", "王建国", "李敏"]


def test_a_refused_colleague_is_told_in_the_dialog(bar, in_dialog, press, type_words):
    def same_name():
        type_words("王建国")
        press("Ctrl+S")
        dialog = QApplication.activeModalWidget()
        assert "王建国" in words_of(dialog) or any(
            "王建国" in each.accessibleName() for each in dialog.findChildren(QWidget)
        )
        press("Esc")

    def add():
        in_dialog(lambda: press("Ctrl+N"), same_name)

    in_dialog(lambda: press("Ctrl+U"), add, lambda: press("Esc"))
    assert len(list_staff()) == 2


# -- settings


def test_the_office_gets_its_name(bar, in_dialog, press, type_words, office_context):
    in_dialog(
        lambda: press("Ctrl+,"),
        lambda: press("Tab", "Ctrl+A"),
        lambda: type_words("云澜花园服务中心"),
        lambda: press("Ctrl+S"),
    )
    assert get_settings().office_name == "云澜花园服务中心"
    assert office_context.settings.office_name == "云澜花园服务中心"
    assert item(bar, "云澜花园服务中心")


def test_a_refused_setting_stays_open_and_says_why(bar, in_dialog, press):
    def refused():
        assert "365" in words_of(QApplication.activeModalWidget())

    in_dialog(
        lambda: press("Ctrl+,"),
        lambda: press(*["Tab"] * 5, "Ctrl+A", "9", "9", "9", "Ctrl+S"),
        refused,
        lambda: press("Esc"),
    )
    assert get_settings().repeat_days == 30


def test_a_bad_number_pattern_leads_to_its_part(bar, in_dialog, press, type_words, focus):
    def at_pattern():
        assert "{letters}" in words_of(QApplication.activeModalWidget())
        assert focus().text() == "{year}"

    def clear_pattern():
        # From the first part to the second, then its fields: seven of them stand before the number.
        press("Right", *["Tab"] * 10)
        press("Ctrl+A")
        type_words("{year}")

    in_dialog(
        lambda: press("Ctrl+,"),
        clear_pattern,
        lambda: press("Ctrl+S"),
        at_pattern,
        lambda: press("Esc"),
    )


def test_the_theme_is_changed_at_once_and_remembered(bar, in_dialog, press, office_context):
    theme = office_context.theme

    def dark():
        press("End", "Tab", "Right")
        assert theme.colours.is_dark

    in_dialog(lambda: press("Ctrl+,"), dark, lambda: press("Esc"))
    assert office_context.memory.recall("theme") == "dark"


def test_another_language_opens_the_window_anew(bar, in_dialog, press, office_context, qtbot):
    with qtbot.waitSignal(office_context.navigation.office_wanted) as caught:
        in_dialog(
            lambda: press("Ctrl+,"),
            lambda: press("End", "Tab", "Tab", "Tab", "End"),
            lambda: press("Esc"),
        )
    assert caught.args == [office_context.office.folder]
    assert office_context.memory.recall("language") == "en"


def test_a_worker_may_not_change_the_office(
    bar, in_dialog, press, type_words, office_context, house
):
    office_context.staff = house.worker
    in_dialog(
        lambda: press("Ctrl+,"),
        lambda: press("Tab", "Ctrl+A"),
        lambda: type_words("别的名字"),
        lambda: press("Ctrl+S"),
        lambda: press("Esc"),
    )
    assert get_settings().office_name == "物业服务中心"


# -- what went wrong before this start


def test_a_notice_stands_in_the_bar_until_it_is_read(bar, press, focus, messages):
    bar.show_notice("上次程序意外退出", "已保存的内容没有丢。")
    assert item(bar, "上次程序意外退出").isVisible()
    for _step in range(10):
        if focus().text() == "上次程序意外退出":
            break
        press("Tab")
    messages.expect(None)
    press("Space")
    assert messages.asked == [("上次程序意外退出", "已保存的内容没有丢。")]
    assert not item(bar, "上次程序意外退出").isVisible()


# -- backups


def test_the_bar_tells_of_the_last_backup(bar, qtbot, office, now):
    wait_for_words(qtbot, bar, "还没有备份")
    backups.make_backup(office, now=now)
    bar.keeper.look()
    wait_for_words(qtbot, bar, "10:12")
    assert bar.keeper.state.health is BackupHealth.GOOD


def test_a_late_backup_is_told(bar, qtbot, office, house, now):
    backups.make_backup(office, now=now - timedelta(days=4))
    draft = TicketDraft(Kind.REPAIR, "门锁卡死", unit_id=house.home.id)
    tickets.register_ticket(draft, by=house.desk.id, now=now)
    bar.keeper.look()
    wait_for_words(qtbot, bar, "11-17")
    assert bar.keeper.state.health is BackupHealth.OVERDUE


def test_backups_are_made_listed_verified_and_restored(
    bar, qtbot, in_dialog, press, office, messages, office_context
):
    seen = []

    def verify():
        press("Ctrl+T")
        seen.append(words_of(QApplication.activeModalWidget()))

    messages.expect("go", "open")
    with qtbot.waitSignal(office_context.navigation.office_wanted) as caught:
        in_dialog(bar.open_backups, lambda: press("Ctrl+S"), verify, lambda: press("Ctrl+R"))
    assert len(backups.list_backups(office.backups)) == 1
    folder = caught.args[0]
    assert folder.parent == office.folder.parent
    assert (folder / "office.db").exists()


def test_an_office_is_brought_over_from_a_file(
    bar, in_dialog, press, office, messages, tmp_path, now
):
    file = backups.make_backup(office, now=now, to=tmp_path / "stick").file
    above = tmp_path / "offices"
    above.mkdir()
    messages.expect(file, "place", above, "stay")
    in_dialog(bar.open_backups, lambda: press("Ctrl+O"), lambda: press("Esc"))
    assert [path.name for path in above.iterdir()] == ["office-20261121"]


def test_a_damaged_backup_is_refused_with_a_sentence(bar, in_dialog, press, office, messages, now):
    file = backups.make_backup(office, now=now).file
    file.write_bytes(file.read_bytes()[:-100])
    messages.expect(None, "go", None)
    in_dialog(
        bar.open_backups,
        lambda: press("Ctrl+T"),
        lambda: press("Ctrl+R"),
        lambda: press("Esc"),
    )
    assert not list(office.folder.parent.glob("office-*"))


def test_nothing_is_begun_after_the_workers_have_stopped(
    office_context, house, showing, qtbot, monkeypatch
):
    monkeypatch.setattr(status, "_LATER_MS", 20)
    monkeypatch.setattr(status, "_HOUR_MS", 20)
    window = QWidget()
    made = StatusBar(office_context, window)
    made.setParent(window)
    showing(window)
    office_context.background.stop()
    # A look into a pool that is shut would raise, and fail this test.
    qtbot.wait(100)


def test_a_hidden_bar_looks_for_nothing(office_context, house, showing, qtbot, monkeypatch):
    monkeypatch.setattr(status, "_HOUR_MS", 20)
    window = QWidget()
    bar = StatusBar(office_context, window)
    bar.setParent(window)
    showing(window)
    window.hide()
    looks = []
    monkeypatch.setattr(bar.keeper, "look", lambda: looks.append(1))
    qtbot.wait(100)
    assert not looks


def test_closing_backs_up_once_a_day(bar, qtbot, office, house, now):
    wait_for_words(qtbot, bar, "还没有备份")
    bar.close_day()
    assert len(backups.list_backups(office.backups)) == 1
    bar.keeper.look()
    qtbot.waitUntil(lambda: bar.keeper.state.last is not None)
    bar.close_day()
    assert len(backups.list_backups(office.backups)) == 1


def test_closing_the_demo_backs_nothing_up(bar, qtbot, office, house, now):
    with writing():
        put(DEMO_KEY, now.isoformat())
    wait_for_words(qtbot, bar, "还没有备份")
    assert bar.keeper.state.changed
    bar.close_day()
    assert backups.list_backups(office.backups) == ()


@pytest.fixture
def slow_disk(monkeypatch):
    """A disk on which a backup would take for ever; it hears the cancel button as the real one."""

    def never_ready(_office, *, cancelled, **_rest):
        ticking = Event()
        while not cancelled():
            ticking.wait(0.005)
        raise Cancelled

    monkeypatch.setattr("ui.backup_keeper.make_backup", never_ready)


def test_closing_without_a_backup_is_one_key(bar, qtbot, in_dialog, press, office, slow_disk):
    wait_for_words(qtbot, bar, "还没有备份")
    in_dialog(bar.close_day, lambda: press("Esc"))
    assert backups.list_backups(office.backups) == ()


def test_closing_never_waits_longer_than_it_may(bar, qtbot, monkeypatch, office, slow_disk):
    wait_for_words(qtbot, bar, "还没有备份")
    monkeypatch.setattr(status, "_LONGEST_AT_EXIT_MS", 30)
    bar.close_day()
    assert backups.list_backups(office.backups) == ()


def test_the_first_quiet_minutes_make_a_backup(office_context, house, office, qtbot, monkeypatch):
    monkeypatch.setattr("ui.backup_keeper._QUIET_MS", 20)
    moment = [datetime.fromisoformat("2026-11-21T10:12:00+08:00")]
    office_context.now = lambda: moment[0]
    parent = QWidget()
    qtbot.addWidget(parent)
    keeper = BackupKeeper(office_context, parent)
    with qtbot.waitSignal(office_context.changes.backups_changed, timeout=5000):
        office_context.changes.tickets_changed.emit()
        moment[0] += timedelta(minutes=6)
    assert len(backups.list_backups(office.backups)) == 1
    assert not keeper.is_due_at_exit()


def test_photos_that_closing_did_not_wait_for_follow_at_the_next_start(
    office_context, house, office, qtbot, monkeypatch, now, tmp_path
):
    Image.new("RGB", (64, 48), "red").save(tmp_path / "a.jpg")
    draft = TicketDraft(Kind.REPAIR, "漏水", unit_id=house.home.id)
    ticket = tickets.register_ticket(draft, by=house.desk.id, now=now)
    photo, by = tmp_path / "a.jpg", house.desk.id
    attachments.add_attachments(office, ticket.id, [photo], by=by, now=now)
    made = backups.make_backup(office, now=now, longest_files=0)
    assert made.files_left == 1
    monkeypatch.setattr("ui.backup_keeper._QUIET_MS", 20)
    parent = QWidget()
    qtbot.addWidget(parent)
    keeper = BackupKeeper(office_context, parent)
    said = []
    keeper.state_changed.connect(lambda: said.append(files_left_words(keeper.state.files_left)))
    keeper.look()
    with qtbot.waitSignal(office_context.changes.backups_changed, timeout=5000):
        pass
    assert "1" in said[0]
    assert said[-1] == ""
    assert len(list(office.backups.rglob("*.jpg"))) == 1
    assert len(backups.list_backups(office.backups)) == 1


def test_a_backup_that_fails_by_itself_is_told_in_the_bar(
    bar, qtbot, office, office_context, tmp_path
):
    blocked = office.folder / "backups"
    blocked.write_text("in the way")
    office_context.changes.tickets_changed.emit()
    bar.keeper.back_up(lambda _made: None, bar.keeper._on_failed)
    wait_for_words(qtbot, bar, "备份失败")
    assert bar.keeper.problem


def test_roles_have_words(bar, in_dialog, press, house):
    staff.add_staff("赵敏", by=house.desk.id, role=Role.CASHIER)
    in_dialog(lambda: press("Ctrl+U"), lambda: press("Esc"))


def test_the_days_of_papers_out_are_a_setting(bar, in_dialog, press, type_words, focus, messages):
    def set_days(days):
        def typed():
            press("Right", *["Tab"] * 9)
            press("Ctrl+A")
            type_words(days)

        return typed

    def at_days():
        assert focus().text() == "400"

    in_dialog(
        lambda: press("Ctrl+,"),
        set_days("400"),
        lambda: press("Ctrl+S"),
        at_days,
        lambda: press("Ctrl+A"),
        lambda: type_words("7"),
        lambda: press("Ctrl+S"),
    )
    assert get_settings().papers_out_days == 7

"""关于: where data and backup are, what the program is made of, and what may go to support."""

import json
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit

import propdesk
from propdesk import crashes, i18n, paths
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import backups, tickets
from propdesk.services.queries.office import get_office_facts
from propdesk.services.settings import get_settings, save_settings
from propdesk.storage.migrations import runner
from ui import about_facts
from ui.about_facts import read_components
from ui.dialogs.about import AboutDialog
from ui.dialogs.about_parts import LicenceDialog
from ui.dialogs.backups_dialog import BackupsDialog
from ui.main_window import MainWindow
from ui.tables.memory import NoMemory
from ui.widgets.labels import Label


@pytest.fixture
def window(office_context, house, now, showing):
    draft = TicketDraft(Kind.REPAIR, "门锁卡死", unit_id=house.home.id)
    tickets.register_ticket(draft, by=house.desk.id, now=now)
    made = MainWindow(office_context.theme, NoMemory())
    made.sit_down(office_context)
    return showing(made, 1366, 768)


@pytest.fixture
def about(window, in_dialog, press, qtbot):
    """Open 关于 by its key and act in it once it knows all."""

    def open_it(act):
        def when_open(dialog):
            qtbot.waitUntil(dialog.is_settled)
            act(dialog)

        in_dialog(AboutDialog, when_open)
        press("F1")

    return open_it


def words_of(dialog):
    return [label.text() for label in dialog.findChildren(Label) if label.isVisible()]


def test_it_tells_where_data_and_backup_are(about, office, now):
    made = backups.make_backup(office, now=now)
    seen = []
    about(lambda dialog: seen.extend(words_of(dialog)))
    text = " ".join(seen)
    assert propdesk.__version__ in text
    assert str(office.folder) in seen
    assert str(made.file) in seen
    assert "10:12" in text
    facts = get_office_facts()
    assert (facts.tickets, facts.units, facts.data_version) == (1, 1, runner.VERSION)
    assert facts.uid[:8] in text


def test_without_a_backup_it_says_so(about):
    seen = []
    about(lambda dialog: seen.extend(words_of(dialog)))
    assert i18n._("none yet") in seen


def test_its_second_place_is_named_with_its_newest_backup(
    about, office, office_context, tmp_path, now, house, qtbot
):
    second = tmp_path / "第二块盘"
    second.mkdir()
    changed = replace(get_settings(), second_backup_folder=str(second))
    save_settings(changed, by=house.desk.id)
    office_context.changes.settings_changed.emit()
    backups.make_backup(office, now=now, second=second)
    about(
        lambda dialog: qtbot.waitUntil(
            lambda: any(str(second) in words and "10:12" in words for words in words_of(dialog))
        )
    )


def test_its_keys_open_folders_and_backups(about, in_dialog, press, office, opened, back_to):
    def act(dialog):
        press("Ctrl+O")
        assert opened == [str(office.folder)]
        in_dialog(BackupsDialog, lambda _backups: press("Esc"))
        press("Ctrl+B")
        back_to(dialog)
        press("Right", "Ctrl+L")
        assert opened[1:] == [str(paths.user_logs())]

    about(act)


def test_the_place_is_copied_by_keys(about, press, focus, office):
    def act(_dialog):
        while focus().accessibleName() != i18n._("Copy place"):
            press("Tab")
        press("Space")
        assert QGuiApplication.clipboard().text() == str(office.folder)

    about(act)


def test_what_goes_to_support_holds_no_name_and_no_folder(
    about, press, office, office_context, house, tmp_path, now
):
    crashes.keep_report("a report", now)
    backups.make_backup(office, now=now)
    copied = []

    def act(_dialog):
        press("Ctrl+Shift+C")
        copied.append(QGuiApplication.clipboard().text())

    about(act)
    (text,) = copied
    for wanted in (
        f"propdesk {propdesk.__version__}", "Qt 6", "SQLite", get_office_facts().uid[:8],
        "crash-20261121-101200.txt", "10:12",
    ):  # fmt: skip
        assert wanted in text
    for personal in (
        str(tmp_path), office_context.settings.office_name, house.desk.name, house.worker.name,
        "张伟", "张先生", "13800001234",
    ):  # fmt: skip
        assert personal not in text


def test_every_licence_can_be_read_by_keys(about, in_dialog, press, focus, back_to):
    read = []

    def act(dialog):
        press("End", "Tab", "Down")
        in_dialog(
            LicenceDialog, lambda one: read.append(one.findChild(QPlainTextEdit).toPlainText())
        )
        press("Return")
        back_to(dialog)
        assert focus().accessibleName() == i18n._("Components")

    about(act)
    assert read == [read_components()[1].licence_text]


@pytest.mark.parametrize(
    ("platform", "only_there", "not_there"),
    [("linux", {"ICU", "libxcb"}, {"libffi"}), ("win32", {"libffi"}, {"ICU", "libxcb"})],
)
def test_every_component_of_this_system_has_its_licence(
    monkeypatch, platform, only_there, not_there
):
    monkeypatch.setattr(about_facts.sys, "platform", platform)
    listed = json.loads((paths.resources() / "licences/components.json").read_text("utf-8"))
    components = read_components()
    names = {one.name for one in components}
    assert {one["name"] for one in listed["components"] if "platforms" not in one} <= names
    assert only_there <= names
    assert not names & not_there
    assert all(len(one.licence_text) > 100 for one in components)
    qt = next(one for one in components if one.name == "Qt")
    assert "may replace them" in qt.licence_text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in qt.licence_text


def test_a_frozen_program_s_files_are_told(theme):
    look = about_facts.ProgramLook((), ())
    assert about_facts.files_words(look) == i18n._("whole, each one as it was built")
    changed = about_facts.ProgramLook((), ("_internal/a.dll", "_internal/b.dll"))
    assert "2" in about_facts.files_words(changed)
    assert about_facts.files_words(None) != about_facts.files_words(look)


def test_closing_at_once_leaves_nothing_behind(window, in_dialog, press, qtbot, office_context):
    in_dialog(AboutDialog, lambda _dialog: press("Esc"))
    press("F1")
    office_context.changes.settings_changed.emit()
    qtbot.wait(50)


def test_tab_reaches_everything_and_esc_closes(about, press, focus):
    met = []

    def act(dialog):
        for _step in range(8):
            met.append(focus().accessibleName())
            press("Tab")
        assert len(set(met)) == 6
        press("Esc")
        assert not dialog.isVisible()

    about(act)


def test_the_status_bar_leads_to_it(window, in_dialog, press, focus):
    for _step in range(60):
        if propdesk.__version__ in getattr(focus(), "text", str)():
            break
        press("Tab")
    in_dialog(AboutDialog, lambda _dialog: press("Esc"))
    press("Space")

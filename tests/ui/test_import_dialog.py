"""The import dialog by keyboard: file, columns, preview, import, cancel, undo."""

import time

import openpyxl
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from propdesk.domain.imports import ImportKind, Outcome
from propdesk.domain.units import Address
from propdesk.i18n import set_language
from propdesk.services import units
from propdesk.services.importing import import_file
from propdesk.services.queries.tickets import TicketFilter, count_tickets
from propdesk.services.queries.units import list_communities, list_units
from propdesk.storage.database import rows
from ui.dialogs import import_dialog
from ui.dialogs.import_dialog import ImportDialog, open_import

COMPLAINTS = (
    ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情"),
    (11, "A1", "小区夜间施工噪音扰民", "2019/8/19 11:48:23", "工地夜间施工到凌晨，噪音扰民。"),
    (12, "A2", "停水两天", "2019-08-20 08:00:01", "小区停水两天，没有通知。"),
    (13, "A3", "）", "2019-08-02", "地下室墙体开裂。物业不管。"),
    (14, "A4", "电梯", "昨天", "电梯坏了。"),
    (15, "A5", "又是施工", "2019-08-21", "工地夜间施工到凌晨，噪音扰民。"),
)
RESIDENTS = (
    ("房号", "业主姓名", "联系电话", "面积"),
    ("5-1-101", "单雄信", "13811112222", 89.56),
    ("5-1-102", "李秀兰", "1.38E+10", 90),
    ("商铺12", "张三", None, None),
)


@pytest.fixture
def workbook(tmp_path):
    def write(lines, name="book.xlsx"):
        book = openpyxl.Workbook()
        for line in lines:
            book.active.append(line)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def open_dialog(office_context, showing, qtbot):
    set_language("en")

    def show(kind=ImportKind.COMPLAINTS, width=1366, height=720):
        window = showing(QWidget(), width, height)
        dialog = ImportDialog(office_context, window, kind)
        showing(dialog, dialog.width(), dialog.height())
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=2000)
        return dialog

    return show


@pytest.fixture
def settled(qtbot):
    """Wait until the work in the background has come to its end."""

    def wait(dialog):
        qtbot.waitUntil(lambda: not dialog._work.is_running(), timeout=10_000)

    return wait


@pytest.fixture
def read(press, type_words, settled):
    """Type a path and wait for the preview."""

    def read_file(dialog, path):
        press("Ctrl+A")
        type_words(str(path))
        press("Return")
        # Reading begins behind the key that asks for it.
        QApplication.sendPostedEvents()
        settled(dialog)

    return read_file


def name_of(widget):
    return widget.accessibleName()


def go_to(name, press, focus, key="Tab"):
    for _step in range(60):
        if name_of(focus()) == name:
            return
        press(key)
    pytest.fail(f"the keyboard never came to {name}")


def shown(dialog):
    records = dialog._pane._rows.table.records
    return [records.row_at(n).line for n in range(records.rowCount())]


def problem(dialog):
    return dialog._problem.text() if dialog._problem.isVisible() else ""


def test_the_preview_tells_what_comes_of_each_row(
    open_dialog, office, read, workbook, press, focus
):
    dialog = open_dialog()
    assert name_of(focus()) == "File"
    read(dialog, workbook(COMPLAINTS))
    pane = dialog._pane
    assert pane._counts.text() == "5 rows: 4 new, 0 known already, 1 rejected"
    assert "1 likely duplicate;" in pane._made.text()
    assert shown(dialog) == [2, 3, 4, 5, 6]
    table = pane._rows.table
    assert focus() is table
    assert table.records.cell(0, 2).words == "小区夜间施工噪音扰民"
    assert table.records.cell(2, 2).words == "地下室墙体开裂。物业不管。"
    assert table.records.cell(3, 1).words == "Rejected"
    assert "昨天" in table.records.cell(3, 4).words
    assert table.records.cell(4, 4).words == "The same text as line 2."
    press("Shift+Tab", "Right")
    assert name_of(focus()).startswith("Needs a person")
    assert shown(dialog) == [4]
    press("Right")
    assert shown(dialog) == [5]
    assert pane._rows._sentence.text().startswith("Line 5: ")
    assert "昨天" in pane._rows._sentence.text()
    press("Right")
    assert shown(dialog) == [6]
    assert rows("SELECT count(*) FROM ticket")[0][0] == 0


def test_complaints_are_imported_and_the_import_is_undone(
    open_dialog, office, read, workbook, press, focus, settled, qtbot, office_context, messages, now
):
    dialog = open_dialog()
    path = workbook(COMPLAINTS)
    read(dialog, path)
    with qtbot.waitSignal(office_context.changes.tickets_changed, timeout=10_000):
        press("Ctrl+Return")
    assert dialog._end.said.text() == "4 rows were taken in. 1 row was rejected."
    assert count_tickets(TicketFilter(group="open"), now=now) == 4
    assert name_of(focus()) == "Close"
    # The same file again brings nothing.
    go_to("File", press, focus)
    read(dialog, path)
    assert dialog._pane._counts.text() == "5 rows: 0 new, 4 known already, 1 rejected"
    assert not dialog._take.isVisible()


def test_undo_takes_the_import_back(
    open_dialog, office, read, workbook, press, focus, settled, messages, now
):
    dialog = open_dialog()
    read(dialog, workbook(COMPLAINTS))
    press("Ctrl+Return")
    settled(dialog)
    go_to("Undo this import", press, focus)
    messages.expect("keep")
    press("Space")
    assert count_tickets(TicketFilter(group="open"), now=now) == 4
    messages.expect("act")
    press("Space")
    settled(dialog)
    assert dialog._end.said.text() == "4 tickets were voided."
    assert count_tickets(TicketFilter(group="open"), now=now) == 0
    assert not dialog._end.undo.isVisible()


def test_an_import_of_before_is_undone(
    open_dialog, office, read, workbook, press, focus, settled, messages, now
):
    dialog = open_dialog()
    assert not dialog._history.table.isVisible()
    read(dialog, workbook(COMPLAINTS))
    press("Ctrl+Return")
    settled(dialog)
    press("Esc")
    dialog = open_dialog()
    table = dialog._history.table
    go_to("Imported before", press, focus)
    assert [table.records.cell(0, n).words for n in (1, 2, 3, 5)] == [
        "book.xlsx", "前台", "4", "Stands",
    ]  # fmt: skip
    messages.expect("act")
    press("Return")
    settled(dialog)
    assert dialog._end.said.text() == "4 tickets were voided."
    assert count_tickets(TicketFilter(group="open"), now=now) == 0
    press("Esc")
    dialog = open_dialog()
    go_to("Imported before", press, focus)
    assert dialog._history.table.records.cell(0, 5).words == "Undone"
    press("Return")
    assert not dialog._work.is_running()


def test_residents_are_imported_and_taken_back(
    open_dialog, office, read, workbook, press, focus, settled, messages, now
):
    dialog = open_dialog(ImportKind.RESIDENTS)
    read(dialog, workbook(RESIDENTS))
    pane = dialog._pane
    assert pane._counts.text() == "3 rows: 2 new, 0 known already, 1 rejected"
    assert pane._made.text().startswith("1 community; 2 buildings; 2 entrances; 2 new houses")
    press("Ctrl+Return")
    settled(dialog)
    assert [row.short for row in list_units(today=now.date())] == ["5-1-101", "商铺12"]
    go_to("Undo this import", press, focus)
    messages.expect("act")
    press("Return")
    settled(dialog)
    assert dialog._end.said.text() == "2 houses and 2 people were removed."
    assert list_units(today=now.date()) == ()


def test_rows_without_community_go_where_the_clerk_says(
    open_dialog, house, read, workbook, press, focus, settled, now
):
    units.add_unit(Address("1", "1", "1"), community="翠湖里", by=house.desk.id)
    dialog = open_dialog(ImportKind.RESIDENTS)
    read(dialog, workbook(RESIDENTS))
    assert dialog._pane._counts.text().startswith("3 rows: 0 new")
    go_to("Community", press, focus)
    press("Down")
    settled(dialog)
    assert dialog._pane._counts.text().startswith("3 rows: 2 new")
    assert name_of(focus()) == "Community"
    press("Down")
    settled(dialog)
    press("Ctrl+Return")
    settled(dialog)
    assert list_communities() == ("云澜花园", "翠湖里")
    assert {row.community for row in list_units(today=now.date()) if row.building == "5"} == {
        "翠湖里"
    }


def test_columns_that_are_not_known_are_chosen_and_remembered(
    open_dialog, office, read, workbook, press, focus, settled
):
    lines = [("甲", "乙", "丙"), ("停水两天", "2019-08-20", "x"), ("噪音", "2019-08-21", "y")]
    dialog = open_dialog()
    read(dialog, workbook(lines))
    assert "甲" in problem(dialog)
    assert name_of(focus()) == "External number"
    press("Tab", "Down")
    assert name_of(focus()) == "Text"
    go_to("Received at", press, focus)
    press("Down", "Down")
    go_to("Read with these columns", press, focus)
    press("Space")
    settled(dialog)
    assert problem(dialog) == ""
    assert dialog._pane._counts.text() == "2 rows: 2 new, 0 known already, 0 rejected"
    press("Ctrl+Return")
    settled(dialog)
    go_to("File", press, focus)
    read(dialog, workbook([*lines, ("暖气不热", "2019-08-22", "z")], "next.xlsx"))
    assert dialog._pane._counts.text() == "3 rows: 1 new, 2 known already, 0 rejected"


def test_a_recognised_column_is_changed(open_dialog, office, read, workbook, press, focus, settled):
    dialog = open_dialog()
    read(dialog, workbook(COMPLAINTS))
    go_to("Change the columns", press, focus, "Shift+Tab")
    press("Space")
    assert name_of(focus()) == "External number"
    press("Home")
    go_to("Read with these columns", press, focus)
    press("Return")
    settled(dialog)
    assert "not used: 留言编号" in dialog._pane._made.text()
    assert all(row.outcome is not Outcome.UNCHANGED for row in dialog._preview.rows)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.xlsx", None),
        ("empty.xlsx", b""),
        ("notes.xlsx", b"hello"),
        ("broken.xlsx", b"PK\x03\x04" + b"\0" * 60),
        ("letter.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    ],
)
def test_wrong_files_show_their_sentence_in_the_dialog(
    open_dialog, office, read, tmp_path, focus, name, content
):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    dialog = open_dialog()
    read(dialog, tmp_path / name)
    assert name in problem(dialog)
    assert name_of(focus()) == "File"
    assert not dialog._take.isVisible()
    assert dialog._steps.currentIndex() == 0


def test_without_a_path_it_says_what_to_do(open_dialog, office, press, qtbot, focus):
    dialog = open_dialog()
    press("Return")
    qtbot.waitUntil(lambda: problem(dialog) != "", timeout=2000)
    assert problem(dialog) == "Choose a file, or type where it is."


def test_a_file_is_picked(open_dialog, office, workbook, press, messages, settled):
    dialog = open_dialog()
    messages.expect(workbook(COMPLAINTS))
    press("Ctrl+O")
    settled(dialog)
    assert shown(dialog) == [2, 3, 4, 5, 6]
    messages.expect(None)
    press("Ctrl+O")
    assert shown(dialog) == [2, 3, 4, 5, 6]


def test_rows_to_look_at_are_saved(
    open_dialog, office, read, workbook, press, focus, messages, tmp_path
):
    dialog = open_dialog()
    read(dialog, workbook(COMPLAINTS))
    go_to("Save the rows to look at", press, focus)
    target = tmp_path / "look.xlsx"
    messages.expect(target)
    press("Space")
    assert name_of(focus()) == "Saved"
    book = openpyxl.load_workbook(target)
    assert [sheet.max_row for sheet in book] == [2, 2]
    messages.expect(tmp_path / "nowhere" / "look.xlsx")
    press("Space")
    assert problem(dialog) != ""


@pytest.mark.parametrize("key", ["Space", "Esc"])
def test_cancel_leaves_nothing(
    open_dialog, office, read, workbook, press, focus, settled, monkeypatch, qtbot, key
):
    """The real import, held up on its way so that somebody can press cancel."""

    def slow(kind, path, *, on_progress, cancelled, **given):
        def held(done, total):
            on_progress(done, total)
            if done > total // 2:
                until = time.monotonic() + 5
                while not cancelled() and time.monotonic() < until:
                    time.sleep(0.005)

        return import_file(kind, path, on_progress=held, cancelled=cancelled, **given)

    monkeypatch.setattr(import_dialog, "import_file", slow)
    dialog = open_dialog()
    read(dialog, workbook(COMPLAINTS))
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: dialog._work.bar._part > 0.5, timeout=5000)
    assert name_of(focus()) == "Cancel"
    press(key)
    settled(dialog)
    assert dialog.isVisible()
    assert problem(dialog) == "Cancelled: nothing was stored."
    for table in ("ticket", "ticket_event", "number_series", "import"):
        assert rows(f"SELECT count(*) FROM {table}") == [(0,)], table
    monkeypatch.undo()
    press("Return")
    QApplication.sendPostedEvents()
    settled(dialog)
    press("Ctrl+Return")
    settled(dialog)
    assert dialog._end.said.text().startswith("4 rows were taken in.")


def test_who_cancels_too_late_hears_that_it_was_done(
    open_dialog, office, read, workbook, press, settled, monkeypatch, qtbot, now
):
    def late(kind, path, *, cancelled, **given):
        result = import_file(kind, path, cancelled=lambda: False, **given)
        while not cancelled():
            time.sleep(0.005)
        return result

    monkeypatch.setattr(import_dialog, "import_file", late)
    dialog = open_dialog()
    read(dialog, workbook(COMPLAINTS))
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: count_tickets(TicketFilter(), now=now) == 4, timeout=5000)
    press("Space")
    settled(dialog)
    assert dialog._end.said.text().startswith("4 rows were taken in.")
    assert dialog._end.undo.isVisible()


def test_a_worker_is_refused_in_the_dialog(
    open_dialog, house, read, workbook, press, settled, office_context
):
    office_context.staff = house.worker
    dialog = open_dialog()
    read(dialog, workbook(COMPLAINTS))
    press("Ctrl+Return")
    settled(dialog)
    assert "王建国" in problem(dialog)
    assert rows("SELECT count(*) FROM ticket") == [(0,)]


def test_esc_closes_the_dialog_that_a_page_opened(office_context, office, showing, press):
    window = showing(QWidget(), 1366, 720)
    seen = []

    def look():
        dialog = QApplication.activeModalWidget()
        if dialog is None or QApplication.focusWidget() is None:
            QTimer.singleShot(20, look)
            return
        seen.append((type(dialog), dialog.width() <= 1366, dialog.height() <= 720))
        press("Esc")

    QTimer.singleShot(50, look)
    open_import(office_context, window, "residents")
    assert seen == [(ImportDialog, True, True)]


def test_the_dialog_fits_a_small_window(open_dialog, office):
    dialog = open_dialog(ImportKind.RESIDENTS, 900, 600)
    assert dialog.width() <= 860
    assert dialog.height() <= 560

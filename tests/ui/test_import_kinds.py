"""The register's import by keyboard: it tells houses and vehicles by their headings."""

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication, QWidget

from propdesk.domain.imports import ImportKind
from propdesk.i18n import set_language
from propdesk.sheets.reading import read_table
from propdesk.storage.database import rows
from ui.dialogs.import_dialog import ImportDialog


@pytest.fixture
def dialog(office_context, office, showing, qtbot):
    set_language("en")
    window = showing(QWidget(), 1366, 720)
    shown = ImportDialog(office_context, window, ImportKind.RESIDENTS)
    showing(shown, shown.width(), shown.height())
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=2000)
    return shown


def test_a_list_of_houses_is_told_by_its_headings(
    dialog, tmp_path, press, type_words, qtbot, office
):
    book = openpyxl.Workbook()
    for line in (("房号", "面积", "户型", "房屋状态"), ("5-1-101", 89.5, "三室", "自住")):
        book.active.append(line)
    book.save(tmp_path / "houses.xlsx")
    press("Ctrl+A")
    type_words(str(tmp_path / "houses.xlsx"))
    press("Return")
    QApplication.sendPostedEvents()
    qtbot.waitUntil(dialog._take.isVisible, timeout=10_000)
    assert dialog._kinds.value() == ImportKind.UNITS.value
    assert "new: House 5-1-101" in dialog._pane._rows.table.records.cell(0, 3).words
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: dialog._result is not None, timeout=10_000)
    assert rows("SELECT short, state FROM unit") == [("5-1-101", "owner-occupied")]


def test_a_template_is_saved_from_the_dialog(dialog, tmp_path, press, focus, messages):
    target = tmp_path / "template.xlsx"
    messages.expect(target)
    for _step in range(30):
        if focus().accessibleName() == "Save a template to fill in":
            break
        press("Tab")
    press("Space")
    sheets = openpyxl.load_workbook(target).sheetnames
    assert "Owner's name" in read_table(target, sheet=sheets[1]).header

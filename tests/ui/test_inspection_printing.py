"""The sheets of a day printed by one key from the inspections page (R99)."""

import pypdf
import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication

from propdesk.domain.check_items import InspectionKind
from propdesk.domain.inspection_plans import PlanDraft, Stop
from propdesk.domain.rounds import PlanScope
from propdesk.i18n import _
from propdesk.services import check_templates, inspection_plans
from propdesk.storage.assets import InspectionPointRecord
from propdesk.storage.database import rows
from ui.pages.inspections import InspectionsPage
from ui.printing import PaperWindow


@pytest.fixture
def page(office_context, house, showing, now):
    by, day = house.desk.id, now.date()
    pumps, vacant = check_templates.adopt_templates(("pump-room", "vacant"), by=by, now=now)
    point = InspectionPointRecord.create(code="P-01", name="生活水泵房", floor="B1 层")
    for draft in (
        PlanDraft("泵房日检", InspectionKind.EQUIPMENT, "FREQ=DAILY", day,
                  stops=(Stop(point.id, pumps.id),), times=("10:30", "14:30")),
        PlanDraft("空置房月查", InspectionKind.VACANT, "FREQ=DAILY", day,
                  scope=PlanScope.VACANT, template_id=vacant.id),
    ):  # fmt: skip
        inspection_plans.add_plan(draft, by=by, now=now)
    shown = InspectionsPage(office_context)
    office_context.changes.inspections_changed.connect(shown.mark_stale)
    showing(shown, 1366, 692)
    shown.catch_up()
    shown.enter()
    return shown


def test_r99_one_key_prints_the_day_and_counts_what_left(
    page, press, qtbot, messages, tmp_path
) -> None:
    press("Ctrl+P")
    (window,) = page.findChildren(PaperWindow)
    qtbot.waitUntil(lambda: window.is_settled() and window.view.file() is not None, timeout=60_000)
    texts = [one.extract_text() for one in pypdf.PdfReader(window.view.file()).pages]
    assert ["2026-11-21 10:30" in texts[0], "2026-11-21 14:30" in texts[1]] == [True, True]
    assert rows("SELECT prints FROM inspection_sheet") == [(0,), (0,)]
    target = tmp_path / "巡检表.pdf"
    messages.expect(target)
    press("Ctrl+S")
    printed = "SELECT count(*) FROM inspection_sheet WHERE prints = 1 AND printed_at IS NOT NULL"
    qtbot.waitUntil(lambda: rows(printed) == [(2,)], timeout=10_000)
    assert target.exists()
    messages.expect(None)
    press("Esc")
    qtbot.waitUntil(lambda: not page.findChildren(PaperWindow))
    # A plan that leads to no house has no sheet, and it is said why.
    assert "空置房月查" in messages.asked[-1][-1]


def test_r99_a_workbook_of_the_round_is_typed_into_the_sheet_and_stored_by_the_key(
    page, press, qtbot, messages, tmp_path, choose_in_menu, type_words
) -> None:
    def come_back() -> None:
        page.activateWindow()  # a platform without a screen does not give it back
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    def in_menu(words: str) -> None:
        come_back()
        press("Alt+M")
        choose_in_menu(words)

    file = tmp_path / "巡检.xlsx"
    press("Down", "Return", "F7")
    assert page.pane.isVisible()
    messages.expect(file)
    in_menu(_("Save it as a workbook"))
    qtbot.waitUntil(file.exists, timeout=10_000)
    book = load_workbook(file)
    sheet = book.active
    middles = ("0.28", "0.50", "0.98", "2.0", "20", "0.38", *["正常"] * 5)
    for row, words in enumerate(middles, 3):
        sheet.cell(row, 8 if row < 9 else 9).value = words
    book.save(file)
    messages.expect(file, None)
    in_menu(_("Take in its workbook"))
    # Nothing but figures of its own boxes is taken: 0.38 A has too many places.
    qtbot.waitUntil(lambda: len(messages.left_over()) == 0, timeout=10_000)
    assert "8" in messages.asked[-1][-1]
    assert not page.pane.is_typed()
    sheet["H8"].value = 20.5
    book.save(file)
    messages.expect(file)
    in_menu(_("Take in its workbook"))
    qtbot.waitUntil(page.pane.is_typed, timeout=10_000)
    assert rows("SELECT count(*) FROM inspection_result") == [(0,)]
    come_back()
    press("F5")
    type_words("09:25")
    press("F7")
    assert rows("SELECT count(*), count(value_milli) FROM inspection_result") == [(11, 6)]

"""The sheets of a day printed by one key from the inspections page (R99)."""

import pypdf
import pytest

from propdesk.domain.check_items import InspectionKind
from propdesk.domain.inspection_plans import PlanDraft, Stop
from propdesk.domain.rounds import PlanScope
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
                  stops=(Stop(point.id, pumps.id),), times=("08:30", "14:30")),
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
    assert ["2026-11-21 08:30" in texts[0], "2026-11-21 14:30" in texts[1]] == [True, True]
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

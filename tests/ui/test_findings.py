"""Findings by keys: ticket in one press, a notice to the vendor, its re-check; Today; the house."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QWidget

from propdesk.domain.assets import AssetDraft, AssetKind, PointDraft
from propdesk.domain.check_items import CheckItem, InspectionKind, ItemKind, Verdict
from propdesk.domain.check_templates import TemplateDraft
from propdesk.domain.findings import FindingState, Recheck
from propdesk.domain.house_events import EventGroup, EventKind
from propdesk.domain.inspection_plans import PlanDraft, Stop
from propdesk.domain.inspection_results import Answer, Walk
from propdesk.domain.rounds import PlanScope
from propdesk.domain.unit_changes import NewChange, UnitField
from propdesk.domain.units import UnitState
from propdesk.domain.vendors import VendorDraft
from propdesk.i18n import set_language
from propdesk.services import assets, check_templates, inspection_plans, vendors
from propdesk.services.findings import write_ticket_of_finding
from propdesk.services.inspection_results import enter_results
from propdesk.services.inspection_sheets import make_sheets
from propdesk.services.parts.unit_changes import write_change
from propdesk.services.parts.writing import writing
from propdesk.services.queries.findings import get_finding, list_findings, list_rectifications
from propdesk.services.queries.house_events import list_house_events
from propdesk.services.queries.inspection_plans import list_plans
from propdesk.services.queries.inspection_sheets import get_sheet
from propdesk.services.queries.inspections_today import count_waiting, get_waiting_rounds
from propdesk.services.queries.tickets import get_ticket
from propdesk.services.rounds import bring_rounds_up_to_date
from ui.dialogs.finding_faults_dialog import FaultsDialog
from ui.dialogs.findings_dialog import FindingsDialog
from ui.dialogs.rectification_dialog import RectificationDialog
from ui.dialogs.rectifications_dialog import RecheckDialog, RectificationsDialog
from ui.finding_acts import open_house_event
from ui.pages.ticket_detail import TicketDetail
from ui.pages.today_rounds import RoundsNotice, RoundsOfToday
from ui.printing import PaperWindow

VENDOR = "迅达维保"


@pytest.fixture
def act(house, now):
    return {"by": house.desk.id, "now": now}


def add_template(name, kind, act):
    items = (CheckItem("", ItemKind.TICK, "异响"), CheckItem("", ItemKind.TICK, "卫生"))
    return check_templates.add_template(TemplateDraft(name, kind, items), **act)


def enter(number, now, act, *, wrong):
    """Type a sheet an hour after it was walked: these items are wrong at every place."""
    sheet = get_sheet(number)
    answers = [
        Answer(one.round_id, place.position, item.id, note="有问题" if item.name in wrong else "",
               verdict=Verdict.ABNORMAL if item.name in wrong else Verdict.NORMAL)
        for one in sheet.rounds for place in sheet.places for item in place.items
    ]  # fmt: skip
    done = now.replace(tzinfo=None) - timedelta(hours=1)
    walks = {one.round_id: Walk("李国强", None, done) for one in sheet.rounds}
    enter_results(number, answers, walks, **act)


@pytest.fixture
def lift(house, now, act):
    """A lift with a vendor; its round of today found noise and dirt."""
    set_language("en")
    vendor = vendors.add_vendor(VendorDraft(VENDOR), by=house.desk.id)
    made = assets.add_asset(AssetDraft("1# 客梯", AssetKind.LIFT, vendor_id=vendor.id), **act)
    point = assets.add_point(PointDraft("电梯机房", asset_id=made.id), by=house.desk.id)
    template = add_template("机房", InspectionKind.EQUIPMENT, act)
    draft = PlanDraft("机房日检", InspectionKind.EQUIPMENT, "FREQ=DAILY", now.date(),
                      stops=(Stop(point.id, template.id),))  # fmt: skip
    plan = inspection_plans.add_plan(draft, **act)
    (sheet,) = make_sheets(plan.id, now.date(), **act)
    enter(sheet.number, now, act, wrong=("异响", "卫生"))
    return sheet.number


def test_idea10_one_press_writes_the_ticket_of_a_finding(shown, lift, press):
    dialog = shown(FindingsDialog)
    dirt, noise = list_findings()
    press("F9")
    ticket = get_ticket(get_finding(dirt.id).ticket_id)
    assert ticket.matter == "卫生: 有问题"
    assert lift in ticket.text
    assert dialog.current().id == noise.id
    assert ticket.number in dialog.toast.words()


def test_a_notice_about_two_findings_goes_to_the_vendor_and_is_looked_at_again(
    shown, lift, press, type_words, in_dialog, qtbot, now, back_to
):
    dialog = shown(FindingsDialog)
    press("Shift+Down")

    def write(form):
        assert form.addressee.words() == VENDOR
        assert form.problem.words().count("有问题") == 2
        press("Ctrl+Return")

    in_dialog(RectificationDialog, write)
    press("Ctrl+N")
    (paper,) = dialog.findChildren(PaperWindow)
    qtbot.waitUntil(lambda: paper.is_settled() and paper.isActiveWindow())
    press("Esc")
    (notice,) = list_rectifications()
    assert (notice.findings, notice.draft.deadline_on) == (2, now.date() + timedelta(days=7))
    assert {one.standing for one in list_findings()} == {FindingState.RECTIFICATION}
    dialog.reject()

    listed = shown(RectificationsDialog)

    def look(form):
        press("3", "Ctrl+Return")  # not rectified: the new deadline is missing, under its field
        assert form.rows.problem("until")
        press("Shift+Tab", "Shift+Tab", "1", "Tab")
        type_words("已修复")
        press("Ctrl+Return")

    in_dialog(RecheckDialog, look)
    press("Return")
    (notice,) = list_rectifications()
    assert notice.recheck is Recheck.RECTIFIED
    assert {one.standing for one in list_findings()} == {FindingState.RECTIFIED}
    assert listed.table.is_empty()  # nothing waits any more


def test_r70_the_thing_that_fails_most_stands_first(shown, lift, press, now):
    dialog = shown(FaultsDialog)
    line = dialog.current()
    assert (line.count.name, line.count.faults, line.months[-1]) == ("1# 客梯", 2, 2)
    press("Alt+Left")
    assert dialog.table.is_empty()


def test_a_ticket_of_a_round_leads_back_to_its_sheet(office_context, lift, act, showing, press):
    wanted = []
    office_context.navigation.sheet_wanted.connect(wanted.append)
    ticket = write_ticket_of_finding(list_findings()[0].id, **act)
    detail = TicketDetail(office_context)
    showing(detail, 700, 700)
    detail.show_ticket(ticket)
    part = detail._finding
    assert part.isVisible()
    for words in ("机房日检", lift, "P-01 电梯机房", "卫生: 有问题"):
        assert words in part.note.words()
    detail.take_focus()
    for _step in range(40):
        if part.isAncestorOf(detail.focusWidget()):
            break
        press("Tab")
    press("Return")
    assert wanted == [lift]


def test_today_shows_rounds_and_sheets_that_are_out(office_context, lift, now, act, showing, press):
    (plan,) = list_plans()
    tomorrow = now + timedelta(days=1)
    then = {"by": act["by"], "now": tomorrow}
    bring_rounds_up_to_date(tomorrow)
    office_context.now = lambda: tomorrow
    work, notice = RoundsOfToday(office_context), RoundsNotice(office_context)
    wanted, pages = [], []
    office_context.navigation.sheet_wanted.connect(wanted.append)
    office_context.navigation.page_wanted.connect(pages.append)
    work.refill()
    showing(work, 300, 300)
    press("Tab", "Return")
    assert (pages, wanted) == (["inspections"], [])  # no sheet was made yet
    (sheet,) = make_sheets(plan.id, tomorrow.date(), **then)
    office_context.now = lambda: tomorrow + timedelta(days=2)
    work.refill()
    (line,) = get_waiting_rounds(office_context.now()).lines
    assert (line.sheet, line.is_out) == (sheet.number, True)
    press("Return")
    assert wanted == [sheet.number]
    notice.refill()
    assert notice.sentence() == "1 round missed"
    assert count_waiting(office_context.now()).missed == 1


def test_rounds_of_a_vacant_house_stand_in_its_time_line(office_context, house, now, act):
    set_language("en")
    with writing():
        change = NewChange(UnitField.STATE, UnitState.VACANT.value, now.date())
        write_change(house.home.id, change, staff_id=act["by"], now=now)
    template = add_template("空置房", InspectionKind.VACANT, act)
    draft = PlanDraft("空置房巡查", InspectionKind.VACANT, "FREQ=DAILY", now.date(),
                      scope=PlanScope.VACANT, template_id=template.id)  # fmt: skip
    plan = inspection_plans.add_plan(draft, **act)
    (sheet,) = make_sheets(plan.id, now.date(), **act)
    enter(sheet.number, now, act, wrong=("卫生",))
    (event,) = list_house_events(
        house.home.id, today=now.date(), groups=[EventGroup.INSPECTIONS]
    ).events
    assert (event.kind, event.is_open) == (EventKind.ROUND, True)
    assert event.text == "空置房巡查  卫生: 有问题"
    wanted = []
    office_context.navigation.sheet_wanted.connect(wanted.append)
    open_house_event(office_context, QWidget(), event)
    assert wanted == [sheet.number]

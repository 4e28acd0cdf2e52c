"""The inspections page by keys: what is due, the month, missed rounds, findings, scans."""

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from propdesk.domain.check_items import InspectionKind, ItemKind
from propdesk.domain.inspection_plans import PlanDraft, Stop
from propdesk.domain.inspection_results import Answer, Walk
from propdesk.domain.numbers import office_mark
from propdesk.domain.rounds import Standing
from propdesk.domain.sheet_codes import SheetCode, sheet_digits
from propdesk.domain.tickets import Channel
from propdesk.i18n import set_language
from propdesk.services import check_templates, inspection_plans
from propdesk.services.inspection_files import add_round_files
from propdesk.services.inspection_results import enter_results
from propdesk.services.inspection_sheets import make_sheets
from propdesk.services.queries.findings import list_findings
from propdesk.services.queries.inspection_files import list_round_files
from propdesk.services.queries.reading_trends import list_readings
from propdesk.services.queries.rounds import get_round, list_rounds
from propdesk.services.queries.tickets import get_ticket
from propdesk.services.rounds import bring_rounds_up_to_date
from propdesk.storage.assets import InspectionPointRecord
from propdesk.storage.database import rows
from ui.dialogs.round_dialogs import MakeUpDialog, PostponeDialog
from ui.pages.inspection_words import standing_mark
from ui.pages.inspections import InspectionsPage
from ui.paper_desk import PaperDesk

DAYS = 4


def seen(sheet, round_id, pressure):
    """All of a pump room in order but its first pressure."""
    found = []
    for place in sheet.places:
        for n, item in enumerate(place.items):
            value = None
            if item.kind is ItemKind.NUMBER:
                value = pressure if n == 0 else (item.lower_milli + item.upper_milli) // 2
            found.append(Answer(round_id, place.position, item.id, value_milli=value))
    return found


@pytest.fixture
def pumps(house, now):
    """A pump room looked at daily for four days: its pressure falls, the second day is missed."""
    by, first = house.desk.id, now - timedelta(days=DAYS)
    (template,) = check_templates.adopt_templates(("pump-room",), by=by, now=first)
    point = InspectionPointRecord.create(code="P-01", name="生活水泵房", floor="B1 层")
    draft = PlanDraft(
        "泵房日检", InspectionKind.EQUIPMENT, "FREQ=DAILY", first.date(),
        stops=(Stop(point.id, template.id),), times=("09:00",), tolerance_minutes=300,
    )  # fmt: skip
    plan = inspection_plans.add_plan(draft, by=by, now=first)
    for day, pressure in enumerate((210, None, 190, 180)):
        at = first + timedelta(days=day)
        bring_rounds_up_to_date(at)
        if pressure is None:
            continue
        (sheet,) = make_sheets(plan.id, at.date(), by=by, now=at)
        one = sheet.rounds[0].round_id
        end = at.replace(tzinfo=None) - timedelta(minutes=5)
        answers = seen(sheet, one, pressure)
        enter_results(sheet.number, answers, {one: Walk("李敏", None, end)}, by=by, now=at)
    bring_rounds_up_to_date(now)
    return plan


@pytest.fixture
def open_page(office_context, showing):
    set_language("en")

    def show():
        made = InspectionsPage(office_context)
        office_context.changes.inspections_changed.connect(made.mark_stale)
        showing(made, 1366, 692)
        made.catch_up()
        made.enter()
        return made

    return show


@pytest.fixture
def page(pumps, open_page):
    return open_page()


def counts(page):
    return page.list.counts()


def test_r99_the_page_says_what_waits_and_the_month_what_was_missed(page, now) -> None:
    assert counts(page) == {"today": 1, "week": 2, "enter": 0, "missed": 1, "findings": 2}
    assert "1 missed" in page.list.month.foot.text()
    assert "3 done" in page.list.month.foot.text()
    assert "2 findings" in page.list.month.foot.text()


def test_a_day_of_the_month_is_opened_by_keys(page, press, now) -> None:
    press("Ctrl+M", "Left", "Left", "Left", "Return")
    assert page.chips.chosen() == "day"
    (row,) = [
        page.list.rounds.records.row_at(n) for n in range(page.list.rounds.model().rowCount())
    ]
    assert (row.day, row.standing) == (date(2026, 11, 18), Standing.MISSED)
    assert page.card.isVisible()
    press("Ctrl+M", "Home", "Return")
    assert page.chips.chosen() == "today"
    assert page.list.rounds.hasFocus()


def test_r99_a_missed_round_is_made_up_for_and_stays_missed(page, press, in_dialog, now) -> None:
    page.chips.choose("missed")
    page.list.show_group("missed")
    missed = page.list.rounds.current_row()

    def plan(_dialog) -> None:
        press("Ctrl+Return")

    in_dialog(MakeUpDialog, plan)
    press("F8")
    after = get_round(missed.id, now)
    assert after.standing is Standing.MISSED
    assert after.made_up_by is not None
    # Nobody has walked it yet.
    assert standing_mark(after).words == "Missed, to make up"
    assert counts(page)["missed"] == 0


def test_more_leads_to_plans_things_and_findings(page, press, offered_in_menu) -> None:
    press("Ctrl+M")
    while QApplication.focusWidget() is not page.more:
        press("Shift+Tab")
    press("Return")
    offered = offered_in_menu()
    assert {"This round", "Plans", "Equipment and companies", "Findings"} <= set(offered)
    assert len(offered) == len(set(offered))
    press("Escape")


def test_a_round_is_postponed_with_its_reason(page, press, in_dialog, type_words, now) -> None:
    one = page.list.rounds.current_row()

    def say(dialog) -> None:
        press("Ctrl+Return")
        assert not dialog.chosen  # a reason is asked for
        type_words("rain")
        press("Ctrl+Return")

    in_dialog(PostponeDialog, say)
    press("F4")
    moved = get_round(one.id, now)
    assert (moved.day, moved.note) == (now.date() + timedelta(days=1), "rain")


def test_a_sheet_is_made_where_none_was_printed(page, press, now) -> None:
    press("Return", "F7")
    (today,) = list_rounds(now.date(), now.date(), now)
    assert page.pane.sheet.number == today.sheet
    assert page.pane.grid.field.hasFocus()
    # The course of the reading stands below, with what it does in words.
    assert page.pane.trend.isVisible()
    assert page.pane.trend.words.text() == "2 in a row below the limit"


def test_r100_a_finding_of_the_list_becomes_a_ticket_in_one_press(page, press) -> None:
    page.chips.choose("findings")
    page.list.show_group("findings")
    press("F9")
    (written,) = [one for one in list_findings() if one.ticket]
    ticket = get_ticket(written.ticket_id)
    assert ticket.channel is Channel.PATROL
    assert page.pane.strip.ticket.text() == written.ticket
    assert counts(page)["findings"] == 1


def test_a_scanned_sheet_opens_from_anywhere(page, qapp, pumps, house, now) -> None:
    (sheet,) = make_sheets(pumps.id, now.date(), by=house.desk.id, now=now)
    mark = office_mark(rows("SELECT uid FROM office")[0][0])
    digits = sheet_digits(SheetCode("202611", int(sheet.number[-4:]), mark))
    opened = []
    page.context.navigation.sheet_wanted.connect(opened.append)
    desk = PaperDesk(page.context, qapp, page, lambda: None)
    desk.take(digits)
    QApplication.sendPostedEvents()
    qapp.processEvents()
    assert opened == [sheet.number]
    desk.scanner.stop()


def test_readings_run_on_through_versions_of_a_template(pumps, house, now) -> None:
    from propdesk.domain.check_templates import TemplateDraft
    from propdesk.services.queries.check_templates import get_template

    stop = pumps.draft.stops[0]
    template = get_template(stop.template_id)
    key = template.items[0].key
    changed = TemplateDraft(template.name, template.kind, template.items[:4])
    by = house.desk.id
    check_templates.change_template(template.id, changed, version=template.version, by=by, now=now)
    (sheet,) = make_sheets(pumps.id, now.date(), by=by, now=now)
    one = sheet.rounds[0].round_id
    end = now.replace(tzinfo=None) - timedelta(minutes=5)
    enter_results(
        sheet.number, seen(sheet, one, 250), {one: Walk("李敏", None, end)}, by=by, now=now
    )
    found = list_readings(stop.point_id, stop.template_id, key)
    assert [one.value_milli for one in found] == [210, 190, 180, 250]
    assert [one.side for one in found] == [0, -1, -1, 0]
    used = rows(
        "EXPLAIN QUERY PLAN SELECT value_milli FROM inspection_result WHERE point_id = 1 "
        "AND item_id IN (1, 2) AND value_milli IS NOT NULL AND performed_at >= ''"
    )
    assert "inspection_result_reading" in used[0][3]


def test_a_photo_belongs_to_its_round(pumps, house, now, tmp_path) -> None:
    from PIL import Image

    picture = tmp_path / "pump.png"
    Image.new("RGB", (40, 30), "teal").save(picture)
    one = list_rounds(now.date(), now.date(), now)[0]
    added, refused = add_round_files(house.office, one.id, [picture], by=house.desk.id, now=now)
    assert (len(added), refused) == (1, ())
    assert [file.file.sha256 for file in list_round_files(one.id)] == [added[0].file.sha256]


def test_an_office_without_plans_is_led_to_them(office, open_page, focus) -> None:
    open_page()
    assert focus().text() == "Take over usual plans"

"""A round from its sheet to its findings: entered once, corrected by new rows, never changed."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from propdesk.domain.check_items import CheckItem, InspectionKind, ItemKind, Verdict
from propdesk.domain.errors import RuleError
from propdesk.domain.findings import FindingGroup
from propdesk.domain.inspection_plans import PlanDraft, Stop
from propdesk.domain.inspection_results import Answer, Walk, limit_words, parse_reading
from propdesk.domain.inspection_settings import InspectionSettings
from propdesk.domain.months import Month
from propdesk.domain.numbers import office_mark
from propdesk.domain.rounds import PlanScope, Standing
from propdesk.domain.sheet_codes import SheetCode, read_sheet_digits, sheet_digits
from propdesk.services import check_templates, inspection_plans, rounds
from propdesk.services.inspection_results import AnswersError, enter_results
from propdesk.services.inspection_settings import save_inspection_settings
from propdesk.services.inspection_sheets import make_sheets, void_sheet
from propdesk.services.queries.findings import list_findings
from propdesk.services.queries.inspection_report import read_inspection_figures
from propdesk.services.queries.inspection_sheets import get_sheet, list_answers, list_sheets_out
from propdesk.services.queries.inspections_today import count_waiting, get_waiting_rounds
from propdesk.services.queries.rounds import get_round, list_due, list_rounds
from propdesk.services.queries.staff import first_desk
from propdesk.storage.assets import InspectionPointRecord
from propdesk.storage.database import database, rows
from propdesk.storage.inspections import PointLimitRecord

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=timezone(timedelta(hours=8)))
TODAY = NOW.date()


@pytest.fixture
def desk(office) -> int:
    return first_desk().id


@pytest.fixture
def plan(desk):
    """A pump room twice a day on one sheet; the level has limits of its own there."""
    (template,) = check_templates.adopt_templates(("pump-room",), by=desk, now=NOW)
    point = InspectionPointRecord.create(code="P-01", name="生活水泵房", floor="B1 层")
    level = next(item for item in template.items if item.name == "水箱液位")
    PointLimitRecord.insert(
        point=point.id, template=template.id, key=level.key, lower_milli=1500, upper_milli=2000
    ).execute()
    draft = PlanDraft(
        "泵房日检", InspectionKind.EQUIPMENT, "FREQ=DAILY", TODAY,
        stops=(Stop(point.id, template.id),), times=("08:30", "14:30"), one_sheet=True,
        tolerance_minutes=120,
    )  # fmt: skip
    return inspection_plans.add_plan(draft, by=desk, now=NOW)


@pytest.fixture
def sheet(plan, desk):
    (made,) = make_sheets(plan.id, TODAY, by=desk, now=NOW)
    return made


def in_order(sheet, round_id, changes=None) -> list[Answer]:
    """All answers of a round in order; `changes` by the name of the item."""
    changes = changes or {}
    found = []
    for place in sheet.places:
        for item in place.items:
            value = None
            if item.kind is ItemKind.NUMBER:
                value = (item.lower_milli + item.upper_milli) // 2
            answer = Answer(round_id, place.position, item.id, value_milli=value)
            found.append(replace(answer, **changes.get(item.name, {})))
    return found


def walk(hours: float = 0.5) -> Walk:
    end = (NOW - timedelta(hours=hours)).replace(tzinfo=None)
    return Walk("李国强", end - timedelta(minutes=20), end)


def enter(sheet, answers, walks, desk, **how):
    return enter_results(sheet.number, answers, walks, by=desk, now=how.pop("now", NOW), **how)


def test_a_sheet_is_made_once_and_holds_both_times(plan, sheet, desk) -> None:
    assert sheet.number == "XJ-202611-0001"
    assert [one.clock for one in sheet.rounds] == ["08:30", "14:30"]
    assert [made.number for made in make_sheets(plan.id, TODAY, by=desk, now=NOW)] == [sheet.number]
    (out,) = list_sheets_out()
    assert (out.items, out.filled) == (2 * sheet.items, 0)
    level = next(item for item in sheet.places[0].items if item.name == "水箱液位")
    assert limit_words(level) == "1.50-2.00 m"
    # A limit that changes later leaves the paper what it is.
    PointLimitRecord.update(upper_milli=9000).execute()
    assert get_sheet(sheet.number).places == sheet.places
    with pytest.raises(RuleError) as refusal:
        make_sheets(plan.id, date(2026, 11, 20), by=desk, now=NOW)
    assert refusal.value.code == "sheet-no-round"


def test_a_sheet_keeps_its_version_when_the_template_changes(plan, sheet, desk) -> None:
    from propdesk.domain.check_templates import TemplateDraft
    from propdesk.services.queries.check_templates import get_template

    template = get_template(plan.draft.stops[0].template_id)
    shorter = TemplateDraft(template.name, template.kind, template.items[:3])
    check_templates.change_template(
        template.id, shorter, version=template.version, by=desk, now=NOW
    )
    assert get_sheet(sheet.number).places == sheet.places
    (tomorrow,) = make_sheets(plan.id, TODAY + timedelta(1), by=desk, now=NOW)
    assert tomorrow.items == 3


def test_all_in_order_is_done_and_what_is_not_becomes_a_finding(sheet, desk) -> None:
    morning, afternoon = sheet.rounds
    answers = in_order(
        sheet, morning.round_id,
        {"市政进水压力": {"value_milli": 380, "note": "管网抢修"},
         "渗漏、异响": {"verdict": Verdict.ABNORMAL, "note": "止回阀渗水", "fixed": True}},
    )  # fmt: skip
    entered = enter(sheet, answers, {morning.round_id: walk()}, desk, weather="晴 14 ℃")
    assert (entered.added, entered.corrected, entered.findings) == (sheet.items, 0, 2)
    done = get_round(morning.round_id, NOW)
    assert (done.standing, done.filled, done.abnormal, done.walker) == (
        Standing.DONE, sheet.items, 2, "李国强",
    )  # fmt: skip
    assert entered.sheet.entered_at is None
    assert rows("SELECT text, state FROM finding ORDER BY id") == [
        ("市政进水压力 0.38 (0.20-0.35 MPa): 管网抢修", "open"),
        ("渗漏、异响: 止回阀渗水", "fixed-on-site"),
    ]
    enter(sheet, in_order(sheet, afternoon.round_id), {afternoon.round_id: walk(0.1)}, desk)
    assert get_sheet(sheet.number).entered_at is not None
    assert list_sheets_out() == []


def test_a_sheet_scanned_twice_adds_nothing_and_a_change_says_why(sheet, desk) -> None:
    morning = sheet.rounds[0].round_id
    answers = in_order(sheet, morning)
    enter(sheet, answers, {morning: walk()}, desk)
    again = enter(sheet, answers, {morning: walk()}, desk)
    assert (again.added, again.corrected) == (0, 0)
    wrong = replace(answers[3], value_milli=2500)
    with pytest.raises(AnswersError) as refusal:
        enter(sheet, [wrong], {morning: walk()}, desk)
    assert [answer.item_id for answer, _words in refusal.value.problems] == [wrong.item_id]
    later = NOW + timedelta(days=9)
    fixed = enter(sheet, [replace(wrong, reason="看错一位")], {}, desk, now=later)
    assert (fixed.corrected, fixed.findings) == (1, 1)
    (kept,) = [one for one in list_answers(sheet.id) if one.is_correction]
    assert (kept.answer.value_milli, kept.answer.verdict) == (2500, Verdict.ABNORMAL)
    assert kept.performed_at == walk().done_at
    assert rows("SELECT count(*) FROM inspection_result")[0][0] == sheet.items + 1
    back = enter(sheet, [replace(answers[3], reason="原来没错")], {}, desk, now=later)
    assert (back.corrected, back.findings) == (1, 0)
    assert rows("SELECT state FROM finding") == [("dropped",)]
    assert get_round(morning, later).abnormal == 0


def test_results_are_neither_changed_nor_deleted(sheet, desk) -> None:
    morning = sheet.rounds[0].round_id
    enter(sheet, in_order(sheet, morning), {morning: walk()}, desk)
    for act in ("UPDATE inspection_result SET value_milli = 1", "DELETE FROM inspection_result"):
        with pytest.raises(Exception, match="never"):
            database.execute_sql(act)


def test_half_a_round_is_running_until_the_rest_is_entered(sheet, desk) -> None:
    morning = sheet.rounds[0].round_id
    answers = in_order(sheet, morning)
    enter(sheet, answers[:4], {morning: walk()}, desk)
    assert get_round(morning, NOW).standing is Standing.RUNNING
    enter(sheet, answers[4:], {morning: walk()}, desk)
    assert get_round(morning, NOW).standing is Standing.DONE


def test_a_paper_still_out_is_to_be_entered_not_missed(plan, sheet, desk) -> None:
    """24 hours after its end (due 10:30 and 16:30) nobody may enter it any more as in time."""
    night, next_noon = NOW + timedelta(hours=12), NOW + timedelta(hours=26)
    assert [one.standing for one in list_rounds(TODAY, TODAY, night)] == [Standing.PLANNED] * 2
    (line,) = get_waiting_rounds(night).lines
    assert (line.sheet, line.is_out, count_waiting(night).missed) == (sheet.number, True, 0)
    # Between the two times of one sheet it is still under way.
    (line,) = get_waiting_rounds(NOW + timedelta(hours=2)).lines
    assert (line.is_out, f"{line.due_at:%H:%M}") == (False, "16:30")
    both = list_rounds(TODAY, TODAY, next_noon)
    assert [one.standing for one in both] == [Standing.MISSED, Standing.PLANNED]
    assert count_waiting(next_noon).missed == 1
    walked = read_inspection_figures(Month(2026, 11), next_noon.replace(tzinfo=None)).walked
    # Besides, the next day's two have come: 08:30 is over without a sheet, 14:30 is not.
    assert (walked.missed, walked.not_due) == (2, 2)
    # Without its paper nobody walks: once it is taken back both were missed when their time ended.
    void_sheet(sheet.number, "没有走", by=desk, now=night)
    assert count_waiting(night).missed == 2


def test_who_knows_that_nobody_walked_makes_up_before_the_paper_is_given_up(sheet, desk) -> None:
    night = NOW + timedelta(hours=12)
    morning = sheet.rounds[0].round_id
    with pytest.raises(RuleError) as refusal:
        rounds.postpone_round(morning, TODAY, "停电", version=1, by=desk, now=night)
    assert refusal.value.code == "round-missed"
    made_up = rounds.make_up_round(morning, TODAY + timedelta(1), by=desk, now=night)
    assert made_up.makes_up == morning
    assert morning not in [one.id for one in list_due(night)]


def test_a_sheet_of_rounds_that_were_called_off_is_waited_for_by_nobody(sheet, desk) -> None:
    for one in sheet.rounds:
        assert [line.number for line in list_sheets_out()] == [sheet.number]
        version = get_round(one.round_id, NOW).version
        rounds.cancel_round(one.round_id, "停电", version=version, by=desk, now=NOW)
    assert list_sheets_out() == []
    assert get_waiting_rounds(NOW).lines == ()


@pytest.mark.parametrize(
    ("done_at", "code"),
    [
        (datetime(2026, 11, 21, 9, 31), "walk-future"),
        # Law.md 1.9: no back-dating beyond the hours for entering (24).
        (datetime(2026, 11, 20, 9, 29), "walk-backdated"),
        (datetime(2026, 11, 20, 22, 0), "walk-early"),
    ],
)
def test_times_that_cannot_be_are_refused(sheet, desk, done_at, code) -> None:
    morning = sheet.rounds[0].round_id
    with pytest.raises(RuleError) as refusal:
        enter(sheet, in_order(sheet, morning), {morning: Walk("", None, done_at)}, desk)
    assert refusal.value.code == code
    assert rows("SELECT count(*) FROM inspection_result")[0][0] == 0


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("0.38", 380), ("０．３８", 380), (".5", 500), ("0.38MPa", 380), ("1,2", "reading-large"),
        ("1e9", "reading-unreadable"), ("1000000000", "reading-large"),
        ("十二", "reading-unreadable"), ("", "reading-unreadable"), ("0.385", "reading-places"),
        ("-0.1", -100), ("0.380", 380), ("=1+1", "reading-unreadable"),
    ],
)  # fmt: skip
def test_a_reading_is_typed_in_digits_that_fit_its_boxes(typed, found) -> None:
    item = CheckItem("01", ItemKind.NUMBER, "压力", unit="MPa", digits=1, decimals=2)
    if isinstance(found, int):
        assert parse_reading(item, typed) == found
    else:
        with pytest.raises(RuleError) as refusal:
            parse_reading(item, typed)
        assert refusal.value.code == found


def test_idea10_the_third_time_needs_improvement(plan, desk) -> None:
    marks = []
    for days in range(3):
        now = NOW + timedelta(days)
        (sheet,) = make_sheets(plan.id, now.date(), by=desk, now=now)
        morning = sheet.rounds[0].round_id
        answers = in_order(sheet, morning, {"地面卫生、排水": {"verdict": Verdict.ABNORMAL}})
        end = now.replace(tzinfo=None) - timedelta(minutes=10)
        enter(sheet, answers, {morning: Walk("李国强", None, end)}, desk, now=now)
        marks.append(rows("SELECT needs_improvement FROM finding ORDER BY id DESC LIMIT 1")[0][0])
    assert marks == [0, 0, 1]
    # It stands once in the list of what needs improvement, with how often it was in the span.
    (again,) = list_findings(FindingGroup.IMPROVEMENT)
    assert (again.times, again.needs_improvement) == (3, True)
    settings = InspectionSettings(repeat_days=1)
    save_inspection_settings(settings, by=desk)
    (again,) = list_findings(FindingGroup.IMPROVEMENT)
    assert again.times == 2


def test_r101_vacant_houses_are_walked_in_order(world) -> None:
    by = world.desk.id
    (template,) = check_templates.adopt_templates(("vacant",), by=by, now=NOW)
    draft = PlanDraft(
        "空置房月巡", InspectionKind.VACANT, "FREQ=MONTHLY", TODAY, scope=PlanScope.VACANT,
        template_id=template.id,
    )  # fmt: skip
    plan = inspection_plans.add_plan(draft, by=by, now=NOW)
    with pytest.raises(RuleError) as refusal:
        make_sheets(plan.id, TODAY, by=by, now=NOW)
    assert refusal.value.code == "sheet-empty"
    database.execute_sql("UPDATE unit SET state = 'vacant'")
    (sheet,) = make_sheets(plan.id, TODAY, by=by, now=NOW)
    assert [place.name for place in sheet.places] == ["3-2-501", "12#"]


def test_a_sheet_is_found_by_its_bars_and_taken_back_while_unused(plan, sheet, desk) -> None:
    mark = office_mark(rows("SELECT uid FROM office")[0][0])
    digits = sheet_digits(SheetCode("202611", 1, mark))
    assert len(digits) == 16
    assert read_sheet_digits(digits) == SheetCode("202611", 1, mark)
    assert read_sheet_digits(digits[:-1] + str((int(digits[-1]) + 1) % 10)) is None
    assert get_sheet(digits).number == get_sheet("xj-202611-1").number == sheet.number
    with pytest.raises(RuleError) as refusal:
        get_sheet(sheet_digits(SheetCode("202611", 1, mark % 9 + 1)))
    assert refusal.value.code == "sheet-foreign"
    void_sheet(sheet.number, "打印机卡纸", by=desk, now=NOW)
    (second,) = make_sheets(plan.id, TODAY, by=desk, now=NOW)
    assert second.number == "XJ-202611-0002"
    assert len(list_due(NOW)) == 2

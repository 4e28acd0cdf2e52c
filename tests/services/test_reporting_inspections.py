"""The monthly inspection report: read back from the paper, recounted by plain SQL (decision 49)."""

import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import openpyxl
import pypdf
import pytest

from propdesk.domain.assets import AssetDraft, AssetKind, PointDraft
from propdesk.domain.check_items import CheckItem, InspectionKind, ItemKind, Verdict
from propdesk.domain.check_templates import TemplateDraft
from propdesk.domain.errors import RuleError
from propdesk.domain.findings import FindingState, RectificationDraft
from propdesk.domain.inspection_plans import PlanDraft, Stop
from propdesk.domain.inspection_report import Found, Walked
from propdesk.domain.inspection_results import Answer, Walk
from propdesk.domain.months import Month
from propdesk.domain.papers import PaperLanguage
from propdesk.services import assets, check_templates, findings, inspection_plans, rounds
from propdesk.services.inspection_results import enter_results
from propdesk.services.inspection_sheets import make_sheets
from propdesk.services.queries.findings import list_findings
from propdesk.services.queries.rounds import list_due
from propdesk.services.rectifications import write_rectification
from propdesk.services.reporting_inspections import (
    inspection_figures,
    inspection_values,
    write_inspection_report,
)
from propdesk.storage.database import rows

MONTH = Month(2026, 11)
ZONE = timezone(timedelta(hours=8))
SOURCE = "消防法 17"


def at(day, hour=18, month=11):
    return datetime(2026, month, day, hour, tzinfo=ZONE)


@pytest.fixture
def walked(world):
    """A lift's room each day, a fire check each week, 6S once in each of two months."""
    by = world.desk.id
    start = at(30, 8, month=10)
    lift = assets.add_asset(AssetDraft("1# 客梯", AssetKind.LIFT), by=by, now=start)
    room = assets.add_point(PointDraft("电梯机房", floor="屋面", asset_id=lift.id), by=by).id
    hall = assets.add_point(PointDraft("大堂"), by=by).id
    items = (
        CheckItem("", ItemKind.NUMBER, "机房温度", unit="℃", upper_milli=40000, digits=2,
                  decimals=1),
        CheckItem("", ItemKind.TICK, "异响"),
    )  # fmt: skip
    template = check_templates.add_template(
        TemplateDraft("机房", InspectionKind.EQUIPMENT, items), by=by, now=start
    )
    (six,) = check_templates.adopt_templates(("six-s",), by=by, now=start)

    def plan(name, kind, rule, of, place, **more):
        draft = PlanDraft(name, kind, rule, start.date(), stops=(Stop(place, of.id),), **more)
        return inspection_plans.add_plan(draft, by=by, now=start)

    daily = plan("机房日检", InspectionKind.EQUIPMENT, "FREQ=DAILY", template, room)
    fire = plan("防火巡查", InspectionKind.FIRE, "FREQ=WEEKLY;BYDAY=MO", template, hall,
                source=SOURCE, verified=True)  # fmt: skip
    month = plan("6S 检查", InspectionKind.MANAGEMENT, "FREQ=MONTHLY;BYMONTHDAY=2,31", six, hall)

    def walk(which, moment, entered=None, who="李国强", **changes):
        (sheet,) = make_sheets(which.id, moment.date(), by=by, now=moment.replace(hour=8))
        round_id = sheet.rounds[0].round_id
        answers = []
        for place in sheet.places:
            for item in place.items:
                answer = Answer(
                    round_id, place.position, item.id, score=item.score or None,
                    value_milli=25000 if item.kind is ItemKind.NUMBER else None,
                )  # fmt: skip
                answers.append(replace(answer, **changes.get(item.name, {})))
        end = (entered or moment).replace(tzinfo=None)
        now = (entered or moment) + timedelta(hours=1)
        enter_results(sheet.number, answers, {round_id: Walk(who, None, end)}, by=by, now=now)

    hot = {"value_milli": 42500}
    rounds.bring_rounds_up_to_date(at(31, month=10))
    walk(month, at(31, month=10))
    rounds.bring_rounds_up_to_date(at(10, 8))
    for day in (1, 3):
        walk(daily, at(day, 10), 机房温度=hot)
    walk(daily, at(4, 10), 异响={"verdict": Verdict.ABNORMAL, "note": "换油", "fixed": True})
    walk(daily, at(5, 10), at(6, 11), "孙建华", 机房温度=hot)
    walk(fire, at(2, 10), 异响={"verdict": Verdict.ABNORMAL, "note": "堆物"})
    walk(month, at(2, 11), **{six.items[0].name: {"score": 2}})
    missed = next(one for one in list_due(at(10, 8)) if one.plan_id == daily.id)
    assert missed.day == date(2026, 10, 30)
    second = next(one for one in list_due(at(10, 8)) if one.day.isoformat() == "2026-11-02")
    again = rounds.make_up_round(second.id, at(10).date(), by=by, now=at(10, 8))
    assert again.makes_up == second.id
    noise = next(one for one in list_findings() if one.plan == "防火巡查")
    findings.close_finding(noise.id, FindingState.RECTIFIED, "已清", version=1, by=by, now=at(9))
    first = next(one for one in list_findings() if one.found_at.day == 1)
    draft = RectificationDraft("迅达维保", "温度", "装风扇", at(12).date())
    write_rectification(draft, [first.id], by=by, now=at(8))
    rounds.bring_rounds_up_to_date(world.now)
    return world


def test_the_figures_sum_and_five_are_recounted_by_plain_sql(walked):
    figures = inspection_figures(MONTH, now=walked.now)
    total = figures.walked
    first, second, third, fourth, fifth = rows(
        "SELECT count(*), total(done_at <= due_at), total(done_at > due_at), "
        "total(done_at IS NULL AND due_at < '2026-11-21T09:30:00'), "
        "total(abnormal) FROM inspection_round WHERE makes_up_id IS NULL "
        "AND planned_on LIKE '2026-11-%' AND state <> 'cancelled' AND planned_on <= '2026-11-21'"
    )[0]
    found = (total.planned, total.in_time, total.late, total.missed, total.abnormal)
    assert found == (first, second, third, fourth, fifth)
    assert (total.in_time, total.late, total.abnormal) == (5, 1, 5)
    for table in (figures.by_kind, figures.by_plan, figures.by_walker):
        assert sum((row.walked for row in table), Walked()) == total
    (duty,) = figures.statutory
    assert (duty.source, duty.verified, duty.walked.in_time) == (SOURCE, True, 1)
    assert figures.found == Found(
        new=5, fixed_on_site=1, rectified=1, notice=1, open=2, median_days=3.5
    )
    assert rows("SELECT count(*) FROM finding WHERE state IN ('fixed-on-site', 'rectified')") == [
        (figures.found.put_right.numerator,)
    ]


def test_idea10_r70_r100_what_returns_fails_and_scores(walked):
    figures = inspection_figures(MONTH, now=walked.now)
    (again,) = figures.repeated
    assert (again.times, again.last_on.day, again.is_open) == (3, 6, True)
    (notice,) = figures.overdue
    assert (notice.addressee, notice.days_over) == ("迅达维保", 9)
    (lift,) = figures.faults
    assert (lift.faults, lift.before) == (4, 0)
    (trend,) = figures.trends
    assert (trend.out, len(trend.points), trend.highest_milli) == (3, 4, 42500)
    (score,) = figures.scores
    assert score.full == 60
    assert score.given < 60
    assert score.before.percent() == 100
    assert figures.previous is not None
    assert figures.previous.planned == 3


@pytest.mark.parametrize("language", PaperLanguage)
def test_every_number_of_the_json_stands_on_the_paper(walked, tmp_path, language):
    later = at(3, 9, month=12)
    rounds.bring_rounds_up_to_date(later)
    paper, figures, book = (tmp_path / f"r.{end}" for end in ("pdf", "json", "xlsx"))
    for target in (paper, figures, book):
        written = write_inspection_report(
            MONTH, target, now=later, by=walked.desk, paper_language=language
        )
        assert written.replaced_characters == ()
    values = json.loads(figures.read_text("utf-8"))
    assert values == inspection_values(written.figures)
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(paper).pages)
    on_paper = {float(one) for one in re.findall(r"\d+(?:\.\d+)?", text.replace(",", ""))}
    missing = [(name, one) for name, one in numbers(values) if one and abs(one) not in on_paper]
    assert missing == []
    assert SOURCE in text
    workbook = openpyxl.load_workbook(book, read_only=True)
    *_rows, total = workbook.worksheets[0].iter_rows(values_only=True)
    assert total[1:5] == tuple(
        values["rounds"][k] for k in ("planned", "in_time", "late", "missed")
    )
    # A source is marked with the words of the schedules, not with a bare yes.
    *_rows, duty = workbook.worksheets[3].iter_rows(values_only=True)
    assert duty[-2] == SOURCE
    assert duty[-1] in ("verified", "已核实")
    workbook.close()


def numbers(values, name=""):
    """Return all numbers of a JSON object with the name that each stands under."""
    if isinstance(values, dict):
        for key, value in values.items():
            yield from numbers(value, key)
    elif isinstance(values, list):
        for value in values:
            yield from numbers(value, name)
    elif isinstance(values, int | float) and not isinstance(values, bool):
        yield name, float(values)


def test_a_month_without_rounds_says_so_and_wrong_endings_are_refused(world, tmp_path):
    paper = tmp_path / "r.pdf"
    written = write_inspection_report(
        MONTH, paper, now=world.now, by=world.desk, paper_language=PaperLanguage.ZH
    )
    assert written.figures.is_empty
    assert "本月没有安排巡检" in pypdf.PdfReader(paper).pages[0].extract_text()
    with pytest.raises(RuleError):
        write_inspection_report(MONTH, tmp_path / "r.txt", now=world.now, by=world.desk)

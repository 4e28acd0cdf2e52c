"""A round through houses with works going on is the patrol of their decoration files, once only."""

from datetime import date, timedelta

import pytest
from peewee import IntegrityError

from propdesk.domain.check_items import InspectionKind, Verdict
from propdesk.domain.decorations import DecorationDraft, FindingKind, PatrolResult
from propdesk.domain.erasure import GONE
from propdesk.domain.findings import FindingState, Recheck, RectificationDraft
from propdesk.domain.inspection_plans import PlanDraft
from propdesk.domain.inspection_results import Answer, Walk
from propdesk.domain.months import Month
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.rounds import PlanScope
from propdesk.domain.tickets import Kind, ReporterKind
from propdesk.domain.violations import Violation
from propdesk.services import (
    check_templates,
    decoration_patrols,
    decorations,
    erasures,
    inspection_plans,
    residents,
)
from propdesk.services.findings import close_finding, write_ticket_of_finding
from propdesk.services.inspection_results import enter_results
from propdesk.services.inspection_sheets import make_sheets
from propdesk.services.queries.check_templates import shipped_templates
from propdesk.services.queries.decorations import list_decorations, list_patrols, list_told
from propdesk.services.queries.erasures import plan_erasure
from propdesk.services.queries.findings import get_finding, list_findings, list_rectifications
from propdesk.services.queries.house_events import list_house_events
from propdesk.services.queries.tickets import get_ticket
from propdesk.services.queries.today import get_today
from propdesk.services.rectifications import (
    receive_rectification,
    recheck_rectification,
    write_rectification,
)
from propdesk.services.reporting import complaint_figures, complaint_values
from propdesk.storage.database import database


@pytest.fixture
def patrol(world):
    """A house with a permit, and the sheet of today's round through the works."""
    by, now = world.desk.id, world.now
    today = now.date()
    draft = DecorationDraft(
        applicant="张伟丰", scope="厨卫改造", from_on=today, until_on=today + timedelta(60),
        company="宏图装饰", told=frozenset(list_told()),
    )  # fmt: skip
    file = decorations.apply_decoration(world.home.id, draft, by=by, now=now)
    decorations.permit_decoration(file.id, by=by, now=now)
    stock = next(one for one in shipped_templates() if one.shipped == "decoration")
    template = check_templates.add_template(stock, by=by, now=now)
    plan = inspection_plans.add_plan(
        PlanDraft("装修巡查", InspectionKind.DECORATION, "FREQ=DAILY", today,
                  scope=PlanScope.DECORATING, template_id=template.id),
        by=by, now=now,
    )  # fmt: skip
    (sheet,) = make_sheets(plan.id, today, by=by, now=now)
    assert [place.unit_id for place in sheet.places] == [world.home.id]
    return file, sheet


def enter(world, sheet, wrong=(), *, only=(), met="施工中", reason=""):
    """Type the sheet: what is `wrong` is abnormal, everything else in order."""
    round_id = sheet.rounds[0].round_id
    answers = []
    for item in sheet.places[0].items:
        if only and item.key not in only:
            continue
        one = Answer(round_id, 1, item.id, reason=reason)
        if item.key == "14":
            one = Answer(round_id, 1, item.id, words=met, reason=reason)
        elif item.key in ("15", "16"):
            one = Answer(round_id, 1, item.id, words="水电开槽", reason=reason)
        elif item.key in wrong:
            one = Answer(round_id, 1, item.id, verdict=Verdict.ABNORMAL, note="午休用电锤",
                         photos="3", reason=reason)  # fmt: skip
        elif item.photo:
            one = Answer(round_id, 1, item.id, photos="1", reason=reason)
        answers.append(one)
    walk = Walk("李国强", None, world.now.replace(tzinfo=None) - timedelta(minutes=10))
    by, now = world.desk.id, world.now
    return enter_results(sheet.number, answers, {round_id: walk}, by=by, now=now)


def test_r101_a_round_of_inspections_is_the_patrol_of_the_decoration_file_once(world, patrol):
    file, sheet = patrol
    enter(world, sheet, wrong=("02",), only=("01", "02"))
    enter(world, sheet, wrong=("02", "06"))
    lines = list_patrols(file.id)
    assert [(one.kind, one.finding) for one in lines] == [
        (FindingKind.NOISE, "施工时间与噪声: 午休用电锤"),
        (FindingKind.STRUCTURE, "承重墙、梁、柱: 午休用电锤"),
    ]
    assert {(one.patrolled_by, one.result) for one in lines} == {("李国强", PatrolResult.LOOKED)}
    (row,) = list_decorations(world.home.id, today=world.now.date())
    assert (row.findings, row.last_patrol_on) == (2, world.now.date())

    # Corrected: it was none. Then nothing at all: that somebody looked stays.
    enter(world, sheet, wrong=("06",), only=("02",), reason="看错门牌")
    assert [one.kind for one in list_patrols(file.id)] == [FindingKind.STRUCTURE]
    enter(world, sheet, only=("06",), reason="看错门牌")
    assert [(one.kind, one.finding) for one in list_patrols(file.id)] == [(None, "")]
    # Found after all: the plain line goes.
    enter(world, sheet, wrong=("07",), only=("07",), reason="复查发现")
    assert [one.kind for one in list_patrols(file.id)] == [FindingKind.PIPES]


@pytest.mark.parametrize(
    ("met", "result", "found"),
    [
        ("无人", PatrolResult.NOBODY, []),
        ("已完工", PatrolResult.FINISHED, []),
        ("拒不开门", PatrolResult.REFUSED, ["现场情况 拒不开门"]),
    ],
)
def test_r101_how_the_door_was_met_is_a_result_and_only_a_refusal_a_finding(
    world, patrol, met, result, found
):
    file, sheet = patrol
    enter(world, sheet, met=met)
    assert [(one.kind, one.result) for one in list_patrols(file.id)] == [(None, result)]
    assert [one.text for one in list_findings()] == found


def test_r101_finding_and_line_of_the_file_become_the_same(world, patrol):
    file, sheet = patrol
    enter(world, sheet, wrong=("02", "03", "06", "07"))
    by, now = world.desk.id, world.now
    noise, waste, wall, gas = sorted(list_findings(), key=lambda one: one.id)
    line = {one.finding: one for one in list_patrols(file.id)}

    # One press on the inspections page: the breach with its steps, an internal complaint (R26).
    ticket = write_ticket_of_finding(wall.id, by=by, now=now)
    assert (ticket.kind, ticket.violation) == (Kind.COMPLAINT, Violation.DECORATION.value)
    assert ticket.reporter_kind is ReporterKind.INTERNAL
    # One press in the decoration file: the finding of the round has the same ticket.
    breach = decoration_patrols.make_ticket(line[gas.text].id, by=by, now=now)
    assert get_finding(gas.id).ticket == breach.ticket
    assert get_ticket(breach.ticket_id).violation == Violation.DECORATION.value
    decoration_patrols.rectify_finding(line[noise.text].id, by=by, now=now)
    assert get_finding(noise.id).standing is FindingState.RECTIFIED
    close_finding(waste.id, FindingState.RECTIFIED, "已清运", version=1, by=by, now=now)
    line = {one.finding: one for one in list_patrols(file.id)}
    assert line[wall.text].ticket == ticket.number
    assert line[waste.text].rectified_on == now.date()


def test_r26_complaint_figures_do_not_count_what_rounds_found(world, patrol):
    _file, sheet = patrol
    month = Month.of(world.now.date())
    before = complaint_values(complaint_figures(month, now=world.now))
    enter(world, sheet, wrong=("06",))
    (wall,) = list_findings()
    ticket = write_ticket_of_finding(wall.id, by=world.desk.id, now=world.now)
    assert ticket.kind is Kind.COMPLAINT
    after = complaint_values(complaint_figures(month, now=world.now))
    # Only the line that says how many colleagues reported has moved.
    assert {key for key in after if after[key] != before[key]} == {"key_figures"}
    figures = zip(before["key_figures"], after["key_figures"], strict=True)
    assert [new["code"] for old, new in figures if old != new] == ["internal"]
    today = get_today(now=world.now)
    assert sum(today.classes_now.values()) == 0


def test_r101_a_notice_to_the_house_gives_the_line_its_deadline(world, patrol):
    file, sheet = patrol
    enter(world, sheet, wrong=("06",))
    (wall,) = list_findings()
    by, now = world.desk.id, world.now
    deadline = now.date() + timedelta(7)
    draft = RectificationDraft("业主", wall.text, "立即停工", deadline, unit_id=world.home.id)
    notice = write_rectification(draft, [wall.id], by=by, now=now)
    assert [one.due_on for one in list_patrols(file.id)] == [deadline]
    recheck_rectification(
        notice.number, Recheck.RECTIFIED, "已恢复", version=notice.version, by=by, now=now
    )
    assert [one.rectified_on for one in list_patrols(file.id)] == [now.date()]
    kinds = [
        one.kind.value for one in list_house_events(world.home.id, today=date(2026, 12, 31)).events
    ]
    assert kinds.count("patrol") == 1
    assert "round" not in kinds  # the patrol is the round
    assert kinds.count("rectification") == 1


def test_pipl47_an_erased_person_is_in_no_text_of_rounds_and_notices(world, patrol):
    _file, sheet = patrol
    by, now = world.desk.id, world.now
    name = "欧阳修竹"
    stay = residents.add_resident(
        world.home.id, PersonDraft(name, ResidentRole.TENANT, "", (), now.date() - timedelta(9)),
        by=by, now=now,
    )  # fmt: skip
    residents.end_residency(world.home.id, stay.residency_id, to_on=now.date(), by=by, now=now)
    round_id, item = sheet.rounds[0].round_id, sheet.places[0].items[1]
    answer = Answer(round_id, 1, item.id, verdict=Verdict.ABNORMAL, note=f"{name}夜间施工")
    walk = Walk("李国强", None, now.replace(tzinfo=None) - timedelta(minutes=9))
    enter_results(sheet.number, [answer], {round_id: walk}, by=by, now=now)
    (found,) = list_findings()
    draft = RectificationDraft(
        name, found.text, "停工", now.date() + timedelta(7), unit_id=world.home.id
    )
    write_rectification(draft, [found.id], by=by, now=now)
    receive_rectification("ZG-2026-0001", name, now.date(), by=by, now=now)
    # Both follow the retention of house papers: five years after the deadline, three at least.
    plan = plan_erasure(stay.person_id, today=now.date(), on_request=True)
    assert "house-papers" in {keep.retention for keep in plan.keeps}
    after = now + timedelta(weeks=53 * 6)
    erasures.erase_person(world.office, stay.person_id, "保存期满", by=by, now=after)
    held = world.office.folder.glob("office.db*")
    assert not [file for file in held if file.is_file() and name.encode() in file.read_bytes()]
    (notice,) = list_rectifications()
    assert (notice.draft.addressee, notice.receiver) == (GONE, GONE)
    with pytest.raises(IntegrityError):  # results are never changed again
        database.execute_sql("UPDATE inspection_result SET note = ''")

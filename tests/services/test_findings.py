"""Findings become tickets in one press, notices with deadlines, and faults of a thing (R70)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PIL import Image
from pypdf import PdfReader

from propdesk.domain.assets import AssetDraft, AssetKind, PointDraft
from propdesk.domain.check_items import CheckItem, InspectionKind, ItemKind, Verdict
from propdesk.domain.check_templates import TemplateDraft
from propdesk.domain.errors import RuleError
from propdesk.domain.findings import (
    FindingGroup,
    FindingState,
    Recheck,
    RectificationDraft,
    check_one_receiver,
)
from propdesk.domain.inspection_plans import PlanDraft, Stop
from propdesk.domain.inspection_results import Answer, Walk
from propdesk.domain.tickets import Channel, Kind, ReporterKind
from propdesk.services import assets, check_templates, findings, inspection_plans, tickets
from propdesk.services.inspection_results import enter_results
from propdesk.services.inspection_sheets import make_sheets
from propdesk.services.printing import print_work_order
from propdesk.services.queries.findings import (
    count_faults,
    find_finding_of_ticket,
    get_finding,
    list_findings,
    list_rectifications,
)
from propdesk.services.queries.rectification_proposals import (
    list_rectification_files,
    propose_rectification,
)
from propdesk.services.rectification_files import (
    add_rectification_files,
    remove_rectification_file,
)
from propdesk.services.rectifications import (
    receive_rectification,
    recheck_rectification,
    void_rectification,
    write_rectification,
)


@pytest.fixture
def by(world) -> int:
    return world.desk.id


@pytest.fixture
def found(world, by) -> list[int]:
    """Three findings at a lift: pressure too low, noise, dirt."""
    now = world.now
    lift = assets.add_asset(AssetDraft("1# 客梯", AssetKind.LIFT), by=by, now=now)
    point = assets.add_point(PointDraft("电梯机房", floor="屋面", asset_id=lift.id), by=by)
    items = (
        CheckItem("", ItemKind.NUMBER, "机房温度", unit="℃", upper_milli=40000, digits=2,
                  decimals=1),
        CheckItem("", ItemKind.TICK, "异响"),
        CheckItem("", ItemKind.TICK, "卫生"),
    )  # fmt: skip
    template = check_templates.add_template(
        TemplateDraft("机房", InspectionKind.EQUIPMENT, items), by=by, now=now
    )
    plan = inspection_plans.add_plan(
        PlanDraft("机房日检", InspectionKind.EQUIPMENT, "FREQ=DAILY", now.date(),
                  stops=(Stop(point.id, template.id),)),
        by=by, now=now,
    )  # fmt: skip
    (sheet,) = make_sheets(plan.id, now.date(), by=by, now=now)
    hot, noise, dirt = sheet.places[0].items
    round_id = sheet.rounds[0].round_id
    end = now.replace(tzinfo=None) - timedelta(minutes=30)
    answers = [
        Answer(round_id, 1, hot.id, value_milli=42500, photos="7"),
        Answer(round_id, 1, noise.id, verdict=Verdict.ABNORMAL, note="曳引机异响"),
        Answer(round_id, 1, dirt.id, verdict=Verdict.ABNORMAL),
    ]
    enter_results(sheet.number, answers, {round_id: Walk("李国强", None, end)}, by=by, now=now)
    return [one.id for one in reversed(list_findings())]


def test_idea10_one_press_writes_the_ticket_with_point_item_and_reading(
    world, by, found, tmp_path
) -> None:
    ticket = findings.write_ticket_of_finding(found[0], by=by, now=world.now)
    assert (ticket.kind, ticket.channel) == (Kind.REPAIR, Channel.PATROL)
    assert ticket.reporter_kind is ReporterKind.INTERNAL
    assert ticket.matter == "机房温度 42.5 (≤ 40.0 ℃)"
    assert ticket.place == "P-01 电梯机房 屋面"
    assert "XJ-202611-0001" in ticket.text
    assert "7" in ticket.text
    # The order that the technician carries names point and reading, too.
    order = tmp_path / "order.pdf"
    print_work_order(ticket.id, order, by=world.desk, now=world.now)
    words = "".join("".join(page.extract_text() for page in PdfReader(order).pages).split())
    for said in ("P-01电梯机房屋面", "机房温度42.5(≤40.0℃)", "XJ-202611-0001"):
        assert said in words
    finding = find_finding_of_ticket(ticket.id)
    assert finding is not None
    assert (finding.id, finding.ticket) == (found[0], ticket.number)
    with pytest.raises(RuleError) as refusal:
        findings.write_ticket_of_finding(found[0], by=by, now=world.now)
    assert refusal.value.code == "finding-ticket"
    # A void ticket takes care of nothing: the finding is open again.
    tickets.void_ticket(ticket.id, reason="误报", by=by, now=world.now + timedelta(minutes=1))
    assert get_finding(found[0]).standing is FindingState.OPEN
    again = findings.write_ticket_of_finding(found[0], by=by, now=world.now + timedelta(minutes=2))
    assert again.number != ticket.number


def test_a_finding_is_settled_once_and_says_how(world, by, found) -> None:
    settled = findings.close_finding(
        found[2], FindingState.RECTIFIED, "已清扫", version=1, by=by, now=world.now
    )
    assert (settled.state, settled.rectified_on) == (FindingState.RECTIFIED, world.now.date())
    with pytest.raises(RuleError) as refusal:
        findings.close_finding(
            found[2], FindingState.DROPPED, "误记", version=2, by=by, now=world.now
        )
    assert refusal.value.code == "finding-over"
    assert [one.id for one in list_findings(FindingGroup.OPEN)] == [found[1], found[0]]


def test_a_notice_has_a_deadline_and_is_looked_at_again(world, by, found) -> None:
    draft = RectificationDraft("迅达维保", "曳引机异响", "查明原因并修复", date(2026, 11, 28))
    notice = write_rectification(draft, [found[1]], by=by, now=world.now)
    assert notice.number == "ZG-2026-0001"
    assert get_finding(found[1]).standing is FindingState.RECTIFICATION
    with pytest.raises(RuleError):
        write_rectification(draft, [found[1]], by=by, now=world.now)
    notice = receive_rectification(notice.number, "王工", world.now.date(), by=by, now=world.now)
    late = world.now + timedelta(8)
    assert notice.is_overdue(late.date())
    with pytest.raises(RuleError) as refusal:
        recheck_rectification(
            notice.number, Recheck.PARTLY, "仍有轻微异响", version=notice.version, by=by, now=late
        )
    assert refusal.value.code == "recheck-deadline"
    notice = recheck_rectification(
        notice.number, Recheck.PARTLY, "仍有轻微异响", deadline_on=date(2026, 12, 5),
        version=notice.version, by=by, now=late,
    )  # fmt: skip
    assert not notice.is_overdue(late.date())
    assert list_rectifications(open_only=True) == [notice]
    done = recheck_rectification(
        notice.number, Recheck.RECTIFIED, "正常", version=notice.version, by=by, now=late
    )
    assert done.recheck_note == "2026-11-29 仍有轻微异响\n2026-11-29 正常"
    assert get_finding(found[1]).standing is FindingState.RECTIFIED
    assert list_rectifications(open_only=True) == []


def test_the_look_afterwards_keeps_its_photo(world, by, tmp_path) -> None:
    draft = RectificationDraft("迅达维保", "异响", "修复", date(2026, 11, 28))
    notice = write_rectification(draft, by=by, now=world.now)
    picture = tmp_path / "after.png"
    Image.new("RGB", (8, 8), "white").save(picture)
    (kept,), refused = add_rectification_files(
        world.office, notice.number, (picture,), by=by, now=world.now
    )
    assert (refused, [one.id for one in list_rectification_files(notice.id)]) == ((), [kept.id])
    remove_rectification_file(kept.id, by=by, now=world.now)
    assert list_rectification_files(notice.id) == ()


def test_a_notice_goes_to_one_house_and_is_proposed_to_who_looks_after_it(world, by, found) -> None:
    draft = propose_rectification(found[:2], world.now.date())
    # No vendor, no department: somebody has to say who; the rest stands there.
    assert (draft.addressee, draft.unit_id) == ("", None)
    assert draft.problem.startswith("1. P-01 电梯机房 机房温度 42.5")
    assert draft.deadline_on == date(2026, 11, 28)
    with pytest.raises(RuleError) as refusal:
        check_one_receiver([replace(get_finding(found[0]), unit_id=world.villa.id)], world.home.id)
    assert refusal.value.code == "rectification-houses"


def test_a_notice_taken_back_opens_its_findings_again(world, by, found) -> None:
    draft = RectificationDraft("迅达维保", "异响", "修复", date(2026, 11, 28))
    notice = write_rectification(draft, [found[1]], by=by, now=world.now)
    void_rectification(notice.number, "发错单位", version=notice.version, by=by, now=world.now)
    assert get_finding(found[1]).state is FindingState.OPEN
    with pytest.raises(RuleError):
        write_rectification(replace(draft, deadline_on=date(2026, 11, 1)), by=by, now=world.now)


def test_r70_faults_of_a_thing_count_a_finding_with_a_ticket_once(world, by, found) -> None:
    findings.write_ticket_of_finding(found[0], by=by, now=world.now)
    findings.close_finding(found[2], FindingState.DROPPED, "误记", version=1, by=by, now=world.now)
    (lift,) = count_faults(date(2026, 11, 1), date(2026, 11, 30))
    # One ticket (the hot room) and one finding without (the noise); the dropped one is none.
    assert (lift.name, lift.tickets, lift.findings, lift.faults) == ("1# 客梯", 1, 1, 2)
    assert count_faults(date(2026, 10, 1), date(2026, 10, 31)) == []

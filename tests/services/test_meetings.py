"""Meetings and what they decide (R87, R88)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.meetings import (
    SECTIONS_OF,
    ActionDraft,
    Attendee,
    MeetingDraft,
    MeetingKind,
    Section,
    action_lines,
    attendee_lines,
    read_actions,
    read_attendees,
)
from propdesk.services import meetings
from propdesk.services.queries.meetings import find_meeting, list_meetings, list_open_actions

AT = datetime(2026, 11, 20, 19, 0)
FORUM = MeetingDraft(
    MeetingKind.FORUM,
    "第四季度业主恳谈会",
    AT,
    place="社区活动室",
    host="周经理",
    recorder="李敏",
    attendees=(Attendee("张伟丰", "3-2-501"), Attendee("王主任", "居委会")),
    sections={Section.RECTIFIED: "上次提的 6 项已改 5 项", Section.RULES: "民法典 278 条"},
    actions=(
        ActionDraft("地库加装减速带", "陈工", due_on=AT.date() + timedelta(weeks=2)),
        ActionDraft("保洁频次公示", "", needs_improvement=True),
    ),
)


def test_r87_a_forum_has_its_six_headings_and_is_kept_with_its_decisions(world, now):
    assert len(SECTIONS_OF[MeetingKind.FORUM]) == 6
    kept = meetings.write_meeting(FORUM, by=world.desk.id, now=now)
    assert kept.number == "HY-2026-001"
    assert find_meeting("hy-2026-001") == kept
    assert kept.attendees == FORUM.attendees
    assert kept.sections == FORUM.sections
    assert [one.text for one in list_open_actions()] == ["地库加装减速带", "保洁频次公示"]
    assert [one.needs_improvement for one in kept.actions] == [False, True]


def test_r88_a_weekly_meeting_keeps_summary_and_plan_only(world, now):
    draft = MeetingDraft(
        MeetingKind.WEEKLY,
        "客服部周会",
        AT,
        sections={Section.LAST_WEEK: "报修 132 单", Section.RULES: "不属于周会"},
    )
    kept = meetings.write_meeting(draft, by=world.desk.id, now=now)
    assert set(kept.sections) == {Section.LAST_WEEK}


def test_what_was_decided_is_done_once_with_its_result(world, now):
    kept = meetings.write_meeting(FORUM, by=world.desk.id, now=now)
    first = kept.actions[0]
    assert first.is_late(AT.date() + timedelta(weeks=3))
    done = meetings.finish_action(first.id, "已装 4 处", on=AT.date(), by=world.desk.id, now=now)
    assert (done.result, done.is_late(AT.date() + timedelta(weeks=3))) == ("已装 4 处", False)
    assert len(list_open_actions()) == 1
    with pytest.raises(RuleError) as refused:
        meetings.finish_action(first.id, "又装", on=AT.date(), by=world.desk.id, now=now)
    assert refused.value.code == "meeting-action-done"
    tomorrow = now.date() + timedelta(days=1)
    with pytest.raises(RuleError) as refused:
        meetings.finish_action(kept.actions[1].id, "会装", on=tomorrow, by=world.desk.id, now=now)
    assert refused.value.code == "meeting-action-early"
    with pytest.raises(DraftError):
        meetings.finish_action(kept.actions[1].id, " ", on=AT.date(), by=world.desk.id, now=now)


def test_what_is_done_cannot_be_taken_out_of_the_record(world, now):
    kept = meetings.write_meeting(FORUM, by=world.desk.id, now=now)
    meetings.finish_action(kept.actions[0].id, "已装", on=AT.date(), by=world.desk.id, now=now)
    fewer = replace(FORUM, actions=FORUM.actions[1:])
    with pytest.raises(DraftError):
        meetings.change_meeting(kept.id, fewer, version=1, by=world.desk.id)
    assert [one.text for one in find_meeting(kept.number).actions] == [
        one.text for one in FORUM.actions
    ]
    changed = replace(FORUM, actions=FORUM.actions[:1], place="大堂")
    assert meetings.change_meeting(kept.id, changed, version=1, by=world.desk.id).place == "大堂"


def test_a_decision_put_before_one_that_is_done_leaves_it_done(world, now):
    kept = meetings.write_meeting(FORUM, by=world.desk.id, now=now)
    first, second = kept.actions
    done = {"on": now.date(), "by": world.desk.id, "now": now}
    meetings.finish_action(second.id, "已公示", **done)
    more = (ActionDraft("增设路灯"), *FORUM.actions)
    changed = meetings.change_meeting(
        kept.id, replace(FORUM, actions=more), version=kept.version, by=world.desk.id
    )
    assert [one.text for one in changed.actions] == [one.text for one in more]
    assert [one.id for one in changed.actions[1:]] == [first.id, second.id]
    assert [one.done_on for one in changed.actions] == [None, None, now.date()]


def test_nothing_of_a_void_meeting_is_done(world, now):
    kept = meetings.write_meeting(FORUM, by=world.desk.id, now=now)
    meetings.void_meeting(kept.id, by=world.desk.id, now=now)
    with pytest.raises(RuleError) as refused:
        meetings.finish_action(kept.actions[0].id, "已办", on=now.date(), by=world.desk.id, now=now)
    assert refused.value.code == "meeting-voided"


def test_a_void_meeting_keeps_its_number_and_asks_for_nothing(world, now):
    kept = meetings.write_meeting(FORUM, by=world.desk.id, now=now)
    meetings.void_meeting(kept.id, by=world.desk.id, now=now)
    assert list_open_actions() == ()
    assert list_meetings()[0].voided_at is not None
    assert meetings.write_meeting(FORUM, by=world.desk.id, now=now).number == "HY-2026-002"
    with pytest.raises(RuleError) as refused:
        meetings.change_meeting(kept.id, FORUM, version=2, by=world.desk.id)
    assert refused.value.code == "meeting-voided"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"actions": (ActionDraft(" "),)}, "actions"),
        ({"attendees": (Attendee("长" * 400),)}, "attendees"),
        ({"attendees": (Attendee("人"),) * 301}, "attendees"),
        ({"sections": {Section.NEWS: "长" * 300_000}}, "news"),
    ],
)
def test_what_is_no_meeting_is_said_at_its_field(world, now, change, field):
    with pytest.raises(DraftError) as refused:
        meetings.write_meeting(replace(FORUM, **change), by=world.desk.id, now=now)
    assert {problem.field for problem in refused.value.problems} == {field}
    assert list_meetings() == ()


def test_who_came_is_typed_one_a_line():
    typed = "张伟丰 3-2-501\n\n 王主任 居委会 \n李敏"
    read = read_attendees(typed)
    assert read == (Attendee("张伟丰", "3-2-501"), Attendee("王主任", "居委会"), Attendee("李敏"))
    assert read_attendees(attendee_lines(read)) == read


def test_decisions_are_typed_one_a_line(world, now):
    kept = meetings.write_meeting(FORUM, by=world.desk.id, now=now)
    assert read_actions(action_lines(kept.actions)) == FORUM.actions
    assert read_actions("！加灯｜陈工") == (ActionDraft("加灯", "陈工", needs_improvement=True),)
    with pytest.raises(DraftError):
        read_actions("加灯 | 陈工 | 下个礼拜八")

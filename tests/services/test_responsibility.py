"""Who answers for a ticket: the first receiver for life, the reply handed on with a reason."""

import pytest

from propdesk.domain.causes import CauseKind
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.judgements import Judgement, Validity, WishBasis
from propdesk.domain.staff import Role
from propdesk.domain.tickets import EventKind, Kind, Satisfaction, Severity, Status, TicketDraft
from propdesk.services import follow_ups, staff, tickets
from propdesk.services.judging import judge_ticket
from propdesk.services.queries.tickets import TicketFilter, get_ticket, list_tickets
from propdesk.services.queries.today import get_today
from propdesk.services.responsibility import hand_on_reply
from propdesk.storage.database import rows


@pytest.fixture
def second(world):
    return staff.add_staff("李敏", by=world.desk.id, role=Role.FRONT_DESK)


@pytest.fixture
def complaint(world, act):
    draft = TicketDraft(Kind.COMPLAINT, "楼道垃圾三天没人收", unit_id=world.home.id)
    return tickets.register_ticket(draft, **act())


def shown(group, staff_id, now):
    return [
        row.id for row in list_tickets(TicketFilter(group=group, staff_id=staff_id), now=now).rows
    ]


def test_r21_the_first_receiver_stays_whatever_happens(world, complaint, act, second):
    first = (complaint.first_receiver, complaint.first_receiver_id)
    draft = TicketDraft(Kind.COMPLAINT, "垃圾五天没人收", unit_id=world.home.id)
    steps = [
        lambda: tickets.dispatch_ticket(complaint.id, handler_id=world.worker.id, **act(second)),
        lambda: tickets.amend_ticket(
            complaint.id, draft, version=get_ticket(complaint.id).version, **act(second)
        ),
        lambda: hand_on_reply(complaint.id, second.id, reason="休假", **act(second)),
        lambda: tickets.complete_ticket(complaint.id, text="已清运", **act(world.worker)),
        lambda: tickets.reply_ticket(complaint.id, text="已告知", **act(second)),
        lambda: follow_ups.follow_up_ticket(
            complaint.id, Satisfaction.DISSATISFIED, text="还脏", **act(second)
        ),
        lambda: tickets.dispatch_ticket(complaint.id, handler_id=world.worker.id, **act(second)),
    ]
    for step in steps:
        after = step()
        assert (after.first_receiver, after.first_receiver_id) == first


def test_r21_what_i_handle_and_what_i_took_in_are_both_mine(world, complaint, act, second):
    tickets.dispatch_ticket(complaint.id, handler_id=world.worker.id, **act(second))
    assert shown("first-contact", world.desk.id, world.now) == [complaint.id]
    assert shown("mine", world.worker.id, world.now) == [complaint.id]
    assert shown("mine", world.desk.id, world.now) == []
    assert shown("first-contact", second.id, world.now) == []


def test_r22_finished_work_comes_back_to_the_first_receiver(world, complaint, act, second):
    tickets.dispatch_ticket(complaint.id, handler_id=world.worker.id, **act(second))
    assert shown("my-replies", world.desk.id, world.now) == []
    tickets.complete_ticket(complaint.id, text="已清运", **act(world.worker))
    assert shown("my-replies", world.desk.id, world.now) == [complaint.id]
    assert shown("my-replies", second.id, world.now) == []


def test_r22_today_shows_ones_own_replies_first(world, complaint, act, second):
    tickets.complete_ticket(complaint.id, text="已清运", **act())
    draft = TicketDraft(Kind.COMPLAINT, "电梯异响", unit_id=world.home.id)
    other = tickets.register_ticket(draft, **act(second))
    tickets.complete_ticket(other.id, text="已检修", **act())
    now = act()["now"]
    assert [row.id for row in get_today(now=now, staff_id=second.id).columns["to-reply"]] == [
        other.id,
        complaint.id,
    ]
    assert [row.id for row in get_today(now=now).columns["to-reply"]] == [complaint.id, other.id]


def test_r23_the_reply_is_handed_on_with_a_reason_and_can_come_back(world, complaint, act, second):
    assert complaint.replier == complaint.first_receiver
    after = hand_on_reply(complaint.id, second.id, reason="李敏认识业主", **act())
    last = after.events[-1]
    assert (after.replier, last.kind, last.text) == ("李敏", EventKind.AMENDED, "李敏认识业主")
    assert last.detail == {"replier": "前台", "to": "李敏"}
    tickets.complete_ticket(complaint.id, text="已清运", **act())
    assert shown("my-replies", second.id, world.now) == [complaint.id]
    assert shown("my-replies", world.desk.id, world.now) == []
    back = hand_on_reply(complaint.id, world.desk.id, reason="李敏休假", **act())
    assert back.replier == "前台"
    assert rows("SELECT reply_staff_id FROM ticket") == [(None,)]


def test_r23_no_reason_nobody_else_or_an_ended_ticket_is_refused(world, complaint, act, second):
    for whom, reason, field in ((second, " ", "text"), (world.desk, "理由", "staff_id")):
        with pytest.raises(DraftError) as refusal:
            hand_on_reply(complaint.id, whom.id, reason=reason, **act())
        assert [problem.field for problem in refusal.value.problems] == [field]
    with pytest.raises(RuleError) as worker:
        hand_on_reply(complaint.id, world.worker.id, reason="他在现场", **act())
    assert worker.value.code == "not-allowed"
    tickets.void_ticket(complaint.id, reason="重复", **act())
    with pytest.raises(RuleError) as ended:
        hand_on_reply(complaint.id, second.id, reason="理由", **act())
    assert ended.value.code == "ticket-not-open"
    assert get_ticket(complaint.id).replier == "前台"


FOUND = Judgement(Severity.COMPLEX, Validity.VALID, CauseKind.PROCESS, "没人交接", "改排班表")


def test_r53_a_judgement_keeps_what_was_said_before(complaint, act):
    judged = judge_ticket(complaint.id, FOUND, **act())
    assert (judged.severity, judged.validity, judged.cause_kind) == (
        Severity.COMPLEX,
        "valid",
        "process",
    )
    assert (judged.cause, judged.prevention) == ("没人交接", "改排班表")
    assert judged.events[-1].detail["severity"] == "ordinary"
    again = judge_ticket(complaint.id, Judgement(Severity.COMPLEX, cause="排班有漏洞"), **act())
    assert again.events[-1].detail == {
        "validity": "valid",
        "cause_kind": "process",
        "cause": "没人交接",
        "prevention": "改排班表",
    }
    assert again.validity == ""


def test_r53_the_same_judgement_writes_nothing_and_an_ended_ticket_has_none(complaint, act):
    judge_ticket(complaint.id, FOUND, **act())
    lines = len(get_ticket(complaint.id).events)
    assert len(judge_ticket(complaint.id, FOUND, **act()).events) == lines
    tickets.void_ticket(complaint.id, reason="重复", **act())
    with pytest.raises(RuleError) as refusal:
        judge_ticket(complaint.id, Judgement(), **act())
    assert refusal.value.code == "ticket-not-open"


def test_r53_too_long_a_cause_is_refused_under_its_field(complaint, act):
    with pytest.raises(DraftError) as refusal:
        judge_ticket(complaint.id, Judgement(cause="长" * 100_001), **act())
    assert [problem.field for problem in refusal.value.problems] == ["cause"]
    assert get_ticket(complaint.id).status is Status.RECEIVED


def test_r27_what_the_wish_rests_on_is_stored_and_amended(world, complaint, act):
    draft = TicketDraft(
        Kind.COMPLAINT, "楼道垃圾", unit_id=world.home.id, wish_basis=WishBasis.CONTRACT
    )
    changed = tickets.amend_ticket(complaint.id, draft, version=complaint.version, **act())
    assert changed.wish_basis == "contract"
    assert changed.events[-1].detail["wish_basis"] == ""

"""The ticket commands on a real file: happy paths, each refusal, and that nothing was written."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.tickets import (
    Channel,
    EventKind,
    Kind,
    Satisfaction,
    Status,
    TicketDraft,
    Urgency,
)
from propdesk.services import follow_ups, staff, tickets
from propdesk.services.queries.tickets import (
    TicketFilter,
    count_groups,
    count_waiting,
    find_ticket,
    list_tickets,
)
from propdesk.services.queries.today import get_today
from propdesk.storage.database import rows


def draft(world, **more) -> TicketDraft:
    return TicketDraft(
        **{"kind": Kind.COMPLAINT, "text": "楼上深夜拖动家具", "unit_id": world.home.id} | more
    )


@pytest.fixture
def complaint(world):
    return tickets.register_ticket(draft(world), by=world.desk.id, now=world.now)


def act(world, minutes: int = 0) -> dict:
    return {"by": world.desk.id, "now": world.now + timedelta(minutes=minutes)}


def to_reply(world, ticket):
    tickets.dispatch_ticket(ticket.id, **act(world, 1), department_id=world.engineering)
    tickets.complete_ticket(ticket.id, text="已上门劝阻", **act(world, 2))
    return tickets.reply_ticket(ticket.id, text="已电话告知", **act(world, 3))


def test_register_gives_number_matter_and_first_line(world, complaint):
    assert complaint.number == "TS-202611-0001"
    assert complaint.matter == "楼上深夜拖动家具"
    assert complaint.unit == "3-2-501"
    assert complaint.unit_long == "3栋2单元501"
    assert complaint.first_receiver == "前台"
    assert complaint.handler == "前台"
    assert complaint.urgency is Urgency.P2
    assert [event.kind for event in complaint.events] == [EventKind.REGISTERED]
    assert complaint.events[0].at == datetime(2026, 11, 21, 9, 30)


def test_numbers_run_by_kind_and_month_of_receipt_without_gaps(world):
    def number(kind, at=None):
        return tickets.register_ticket(draft(world, kind=kind), **act(world), at=at).number

    earlier = world.now - timedelta(days=30)
    assert number(Kind.REPAIR) == "BX-202611-0001"
    assert number(Kind.COMPLAINT) == "TS-202611-0001"
    assert number(Kind.REPAIR, earlier) == "BX-202610-0001"
    with pytest.raises(DraftError):
        tickets.register_ticket(draft(world, kind=Kind.REPAIR, text=" \t"), **act(world))
    assert number(Kind.REPAIR) == "BX-202611-0002"


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("text", {"text": ""}),
        ("text", {"text": "长" * 100_001}),
        ("wish", {"wish": "长" * 100_001}),
        ("place", {"unit_id": None}),
        ("place", {"unit_id": None, "place": "\u200b"}),
        ("class_code", {"class_code": "noise"}),
        ("promised_at", {"promised_at": datetime(2026, 11, 21, 9, 0)}),
        ("spot", {"spot": "厨" * 300}),
    ],
)
def test_bad_draft_is_refused_with_its_field_and_writes_nothing(world, field, more):
    with pytest.raises(DraftError) as refusal:
        tickets.register_ticket(draft(world, **more), **act(world))
    assert field in {problem.field for problem in refusal.value.problems}
    assert rows("SELECT count(*) FROM ticket")[0][0] == 0
    assert rows("SELECT count(*) FROM number_series")[0][0] == 0


def test_hostile_text_is_kept_literally_without_controls(world):
    text = "A<B <img src=x> =HYPERLINK(1) 𠮷 😀\x00\x07\u202e end\r\n\r\n第二行"
    ticket = tickets.register_ticket(draft(world, text=text), **act(world))
    assert ticket.text == "A<B <img src=x> =HYPERLINK(1) 𠮷 😀 end\n第二行"


@pytest.mark.parametrize("text", ["", " ", "\u200b\u202e", "长" * 100_001])
@pytest.mark.parametrize(
    "command",
    [
        lambda ticket, text, how: tickets.note_ticket(ticket, text=text, **how),
        lambda ticket, text, how: tickets.complete_ticket(ticket, text=text, **how),
        lambda ticket, text, how: tickets.reply_ticket(ticket, text=text, **how),
        lambda ticket, text, how: tickets.void_ticket(ticket, reason=text, **how),
    ],
)
def test_nothing_and_too_much_are_no_words_for_the_journal(world, complaint, command, text):
    with pytest.raises(DraftError) as refusal:
        command(complaint.id, text, act(world))
    assert [problem.field for problem in refusal.value.problems] == ["text"]
    assert len(tickets.get_ticket(complaint.id).events) == 1


def test_a_house_that_is_gone_is_refused_and_no_number_is_lost(world):
    with pytest.raises(RuleError) as refusal:
        tickets.register_ticket(draft(world, unit_id=4711), **act(world))
    assert refusal.value.code == "unit-unknown"
    gone = draft(world, reporter_id=4711, reporter_name="张伟丰")
    ticket = tickets.register_ticket(gone, **act(world))
    assert ticket.number == "TS-202611-0001"
    assert (ticket.reporter_id, ticket.reporter_name) == (None, "张伟丰")


def test_nobody_who_has_left_gets_work(world, complaint):
    staff.change_staff(replace(world.worker, active=False), by=world.desk.id)
    with pytest.raises(RuleError) as refusal:
        tickets.dispatch_ticket(complaint.id, **act(world, 1), handler_id=world.worker.id)
    assert refusal.value.code == "staff-unknown"


def test_a_future_time_is_refused(world):
    with pytest.raises(RuleError, match="2026-11-21 10:30") as refusal:
        tickets.register_ticket(draft(world), **act(world), at=world.now + timedelta(hours=1))
    assert refusal.value.code == "time-in-future"


def test_incidents_start_urgent_and_a_trapped_person_is_an_emergency(world):
    flood = tickets.register_ticket(draft(world, class_code="incident.flooding"), **act(world))
    lift = tickets.register_ticket(draft(world, class_code="incident.lift"), **act(world))
    assert (flood.urgency, lift.urgency) == (Urgency.P1, Urgency.P0)


def test_satisfied_complaint_closes_through_the_follow_up(world, complaint):
    replied = to_reply(world, complaint)
    assert replied.status is Status.REPLIED
    closed = follow_ups.follow_up_ticket(replied.id, Satisfaction.SATISFIED, **act(world, 4))
    assert closed.status is Status.CLOSED
    assert closed.satisfaction is Satisfaction.SATISFIED
    assert closed.closed_at == datetime(2026, 11, 21, 9, 34)


def test_dissatisfied_caller_goes_back_to_work_under_the_same_number(world, complaint):
    to_reply(world, complaint)
    again = follow_ups.follow_up_ticket(
        complaint.id, Satisfaction.DISSATISFIED, text="还是很吵", **act(world, 4)
    )
    assert (again.status, again.round, again.number) == (Status.RECEIVED, 2, complaint.number)
    with pytest.raises(RuleError):
        tickets.close_ticket(complaint.id, **act(world, 5))
    to_reply_again = act(world, 6)
    tickets.reply_ticket(complaint.id, text="再次处理", **to_reply_again)
    with pytest.raises(RuleError) as refusal:
        tickets.close_ticket(complaint.id, **act(world, 7))
    assert refusal.value.code == "follow-up-missing"


def test_dissatisfaction_needs_its_words_and_writes_nothing_without(world, complaint):
    to_reply(world, complaint)
    before = rows("SELECT count(*) FROM ticket_event")
    with pytest.raises(DraftError):
        follow_ups.follow_up_ticket(complaint.id, Satisfaction.DISSATISFIED, **act(world, 4))
    assert rows("SELECT count(*) FROM ticket_event") == before
    assert find_ticket(complaint.number).status is Status.REPLIED


def test_unreached_caller_three_times_may_be_closed_with_a_reason(world, complaint):
    to_reply(world, complaint)
    for minute in (4, 5, 6):
        follow_ups.follow_up_ticket(complaint.id, None, **act(world, minute))
    with pytest.raises(RuleError):
        tickets.close_ticket(complaint.id, **act(world, 7))
    closed = tickets.close_ticket(complaint.id, reason="三次未接通", **act(world, 7))
    assert closed.status is Status.CLOSED


def test_r02_who_was_sent_arrives_once_also_after_waiting(world):
    def at(minutes):
        return {"by": world.desk.id, "now": world.now + timedelta(minutes=minutes)}

    draft = TicketDraft(Kind.REPAIR, "厨房漏水", unit_id=world.home.id)
    id_ = tickets.register_ticket(draft, **at(0)).id
    tickets.dispatch_ticket(id_, handler_id=world.worker.id, **at(1))
    tickets.suspend_ticket(id_, "material", text="等配件", **at(2))
    tickets.resume_ticket(id_, **at(3))
    assert tickets.arrive_ticket(id_, **at(4)).status is Status.IN_PROGRESS
    with pytest.raises(RuleError) as refusal:
        tickets.arrive_ticket(id_, **at(5))
    assert refusal.value.code == "arrived-already"
    tickets.dispatch_ticket(id_, handler_id=world.worker.id, **at(6))
    assert tickets.arrive_ticket(id_, **at(7)).status is Status.IN_PROGRESS


def test_repair_closes_with_the_reply(world):
    repair = tickets.register_ticket(draft(world, kind=Kind.REPAIR), **act(world))
    tickets.dispatch_ticket(repair.id, **act(world, 1), handler_id=world.worker.id)
    tickets.arrive_ticket(repair.id, by=world.worker.id, now=world.now + timedelta(minutes=2))
    tickets.complete_ticket(repair.id, text="换角阀", **act(world, 3))
    assert tickets.reply_ticket(repair.id, text="已修好", **act(world, 4)).status is Status.CLOSED


def test_dispatch_names_worker_and_department_and_counts(world, complaint):
    sent = tickets.dispatch_ticket(complaint.id, **act(world, 1), handler_id=world.worker.id)
    assert (sent.handler, sent.department, sent.dispatches) == ("王建国", "工程部", 1)
    assert sent.first_receiver == "前台"
    again = tickets.dispatch_ticket(complaint.id, **act(world, 2), department_id=world.engineering)
    assert again.dispatches == 2
    with pytest.raises(DraftError):
        tickets.dispatch_ticket(complaint.id, **act(world, 3))


def test_time_runs_forward_within_a_ticket(world, complaint):
    with pytest.raises(RuleError) as refusal:
        tickets.dispatch_ticket(
            complaint.id,
            **act(world, 1),
            department_id=world.engineering,
            at=world.now - timedelta(hours=1),
        )
    assert refusal.value.code == "time-before-last"
    assert find_ticket(complaint.number).status is Status.RECEIVED


def test_void_keeps_number_and_words_and_ends_the_ticket(world, complaint):
    voided = tickets.void_ticket(complaint.id, reason="重复登记", **act(world, 1))
    assert (voided.status, voided.number, voided.text) == (
        Status.VOID,
        complaint.number,
        complaint.text,
    )
    with pytest.raises(RuleError) as refusal:
        tickets.reopen_ticket(complaint.id, reason="误作废", **act(world, 2))
    assert refusal.value.code == "ticket-ended"


def test_amend_keeps_the_number_and_the_old_words_in_the_journal(world, complaint):
    changed = tickets.amend_ticket(
        complaint.id,
        draft(world, kind=Kind.ENQUIRY, text="询问噪音投诉流程"),
        version=complaint.version,
        **act(world, 1),
    )
    assert (changed.number, changed.kind) == (complaint.number, Kind.ENQUIRY)
    assert changed.events[-1].detail["text"] == complaint.text
    with pytest.raises(RuleError) as refusal:
        tickets.amend_ticket(complaint.id, draft(world), version=complaint.version, **act(world, 2))
    assert refusal.value.code == "changed-meanwhile"


def test_roles_are_checked_in_the_service(world, complaint):
    now = world.now + timedelta(minutes=1)
    for refused in (
        lambda: tickets.dispatch_ticket(
            complaint.id, by=world.worker.id, now=now, department_id=world.engineering
        ),
        lambda: tickets.void_ticket(complaint.id, reason="x", by=world.cashier.id, now=now),
        lambda: tickets.register_ticket(draft(world), by=world.worker.id, now=now),
        lambda: tickets.register_ticket(draft(world), by=999, now=now),
    ):
        with pytest.raises(RuleError) as refusal:
            refused()
        assert refusal.value.code in {"not-allowed", "staff-unknown"}


def test_search_finds_two_characters_and_changes_with_the_text(world, complaint):
    def found(words):
        return [r.number for r in list_tickets(TicketFilter(words=words), now=world.now).rows]

    assert found("家具") == [complaint.number]
    assert found('"; DROP TABLE ticket --') == []
    tickets.amend_ticket(
        complaint.id, draft(world, text="电梯异响"), version=complaint.version, **act(world, 1)
    )
    assert found("家具") == []
    assert found("异响") == [complaint.number]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("B2", True), ("b2 车", True), ("Ｂ２", True), ("库", True), ("库，水", True),
        ("2车", True), ("𠮷", True), ("OTIS", True), ("ti", True), ("b3", False),
        ("水库", False), ("！？", False), ("😀", False), ('" OR 1', False), ("", True),
    ],
)  # fmt: skip
def test_any_part_of_a_text_is_found_marks_and_widths_aside(world, words, found):
    text = "地下B2车库，水位高！𠮷先生报，电梯是 Otis 😀"
    tickets.register_ticket(draft(world, text=text, matter="水位"), **act(world))
    rows_found = list_tickets(TicketFilter(words=words), now=world.now).rows
    assert bool(rows_found) is found


def test_pages_by_key_show_every_ticket_once(world):
    for minute in range(25):
        tickets.register_ticket(
            draft(world, channel=Channel.VISIT),
            **act(world),
            at=world.now - timedelta(hours=minute),
        )
    seen, after = [], None
    while True:
        page = list_tickets(TicketFilter(), now=world.now, after=after, limit=7)
        seen += [row.number for row in page.rows]
        after = page.after
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 25
    times = rows("SELECT number FROM ticket ORDER BY received_at DESC, id DESC")
    assert seen == [row[0] for row in times]


def test_groups_and_today_count_what_waits(world, complaint):
    promised = tickets.register_ticket(
        draft(world, promised_at=datetime(2026, 11, 21, 10, 0)), **act(world)
    )
    later = world.now + timedelta(hours=2)
    counts = count_groups(now=later, staff_id=world.desk.id)
    assert (counts["all"], counts["to-dispatch"], counts["overdue"]) == (2, 2, 1)
    assert counts["first-contact"] == 2
    assert count_waiting(now=later) == 2
    today = get_today(now=later)
    assert [line.number for line in today.columns["overdue"]] == [promised.number]
    assert sum(count for _day, count in today.per_day) == 2
    assert today.classes_now == {"unclassed": 2}


def test_unknown_number_names_the_nearest(world, complaint):
    with pytest.raises(RuleError, match="TS-202611-0001") as refusal:
        find_ticket("TS-202611-0007")
    assert refusal.value.code == "ticket-unknown"
    assert find_ticket("ｔｓ２０２６１１－１").number == complaint.number


def test_r46_how_the_caller_was_told_is_a_code_of_the_list(world, now):
    ticket = tickets.register_ticket(
        TicketDraft(Kind.REPAIR, "水管漏水", unit_id=world.home.id), by=world.desk.id, now=now
    )
    with pytest.raises(DraftError) as refusal:
        tickets.reply_ticket(ticket.id, text="已告知", way="打电话", by=world.desk.id, now=now)
    assert [one.field for one in refusal.value.problems] == ["way"]
    assert rows("SELECT count(*) FROM ticket_event") == [(1,)]


def test_r27_what_a_wish_rests_on_is_a_code_of_the_list(world, now):
    draft = TicketDraft(Kind.COMPLAINT, "要求赔偿", unit_id=world.home.id, wish_basis="合同")
    with pytest.raises(DraftError) as refusal:
        tickets.register_ticket(draft, by=world.desk.id, now=now)
    assert [one.field for one in refusal.value.problems] == ["wish_basis"]

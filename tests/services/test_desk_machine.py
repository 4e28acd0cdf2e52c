"""Anything in any order at the desk: after each act the data must still agree with itself.

The real commands run on a real office, by whoever is at the desk, in an order that nobody planned.
Most are refused, which is right; what was not must leave the books whole.
"""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from propdesk.domain.contacts import ContactDraft
from propdesk.domain.errors import RuleError
from propdesk.domain.gates import unmet_gates
from propdesk.domain.judgements import Judgement
from propdesk.domain.letters import LetterDraft
from propdesk.domain.months import Month
from propdesk.domain.paper_returns import NOT_DONE_LABELS, Outcome, PaperReturn
from propdesk.domain.paper_trail import PaperKind, rounds_out
from propdesk.domain.prices import AgreedBy, Agreement, ChargeKind, ChargeLine
from propdesk.domain.staff import Role
from propdesk.domain.tickets import (
    Channel,
    EventKind,
    Kind,
    Satisfaction,
    Severity,
    Status,
    TicketDraft,
    Urgency,
    needs_follow_up,
)
from propdesk.domain.violations import STEPS, StepDraft
from propdesk.domain.violations import Outcome as StepOutcome
from propdesk.services import (
    bulk,
    charges,
    checking,
    contacts,
    follow_ups,
    incidents,
    judging,
    letters,
    papers,
    problem_reports,
    relations,
    reporting,
    responsibility,
    returns,
    staff,
    tickets,
    urging,
    violations,
)
from propdesk.services.parts.repeats import refresh_all_repeats
from propdesk.services.queries.letters import standing_letter
from propdesk.services.queries.tickets import get_ticket
from propdesk.storage.database import database, rows

LETTER = LetterDraft("张先生", "来函收悉。", "给您添麻烦了。", "已更换水管。")
CODES = ("incident.power", "service.safety", "unclassed")

who = st.sampled_from(["desk", "desk", "desk", "manager", "worker", "cashier"])
nth = st.integers(0, 11)
late = st.sampled_from([0, 0, 0, 1, 30])


class Desk(RuleBasedStateMachine):
    """An office and whoever is at its desk; `world` and `people` are given by the test."""

    world = None
    people = None

    def __init__(self):
        super().__init__()
        self.now = self.world.now
        self.count = 0
        self.taken_back = database.atomic()
        self.taken_back.__enter__()

    def teardown(self):
        # Each run begins in the same office: the commands' transactions stand within this one.
        self.taken_back.__exit__(Exception, None, None)

    def act(self, command, *args, by, late=None, **more):
        """Run a command; a refusal must leave the journal alone."""
        self.now += timedelta(minutes=7)
        if late is not None:
            more["at"] = self.now - timedelta(minutes=late)
        before = written()
        try:
            return command(*args, by=self.people[by], now=self.now, **more)
        except RuleError:
            assert written() == before
            return None

    def ticket(self, place):
        return 1 + place % self.count

    @initialize()
    def open_the_desk(self):
        self.count = 0

    @rule(hours=st.integers(1, 24 * 20))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)

    @rule(
        by=who, late=late, kind=st.sampled_from([Kind.COMPLAINT, Kind.COMPLAINT, Kind.REPAIR]),
        code=st.sampled_from(CODES), channel=st.sampled_from([Channel.PHONE, Channel.LETTER]),
        urgency=st.sampled_from([None, Urgency.P0]), wish=st.sampled_from(["", "尽快修好"]),
        at_home=st.booleans(),
    )  # fmt: skip
    def register(self, by, late, kind, code, channel, urgency, wish, at_home):
        place = {"unit_id": self.world.home.id} if at_home else {"place": "大堂"}
        draft = TicketDraft(
            kind,
            "厨房水管漏水",
            class_code=code,
            channel=channel,
            urgency=urgency,
            wish=wish,
            **place,
        )
        if self.act(tickets.register_ticket, draft, by=by, late=late):
            self.count += 1

    @precondition(lambda self: self.count)
    @rule(by=who, late=late, one=nth)
    def dispatch(self, by, late, one):
        self.act(
            tickets.dispatch_ticket, self.ticket(one), by=by, late=late,
            department_id=self.world.engineering,
        )  # fmt: skip

    @precondition(lambda self: self.count)
    @rule(
        by=who, late=late, one=nth,
        step=st.sampled_from(
            [
                (tickets.arrive_ticket, {}), (tickets.resume_ticket, {}),
                (tickets.suspend_ticket, {"waiting": "material", "text": "等水管"}),
                (tickets.complete_ticket, {"text": "换了水管"}),
                (tickets.complete_ticket, {"text": "换了水管"}),
                (tickets.reply_ticket, {"text": "修好了"}),
                (tickets.reply_ticket, {"text": "修好了", "way": "letter"}),
                (tickets.close_ticket, {}), (tickets.close_ticket, {"reason": "三次未接通"}),
                (tickets.reopen_ticket, {"reason": "又漏了"}),
                (tickets.void_ticket, {"reason": "重复登记"}),
                (urging.urge_ticket, {"whom": "工程部"}),
                (urging.report_up, {"level": "manager", "to": "李经理", "text": "请协调"}),
                (responsibility.note_manager_contact, {"text": "已致歉"}),
                (follow_ups.end_follow_up, {"reason": "三次未接通"}),
            ]
        ),
    )  # fmt: skip
    def move(self, by, late, one, step):
        command, more = step
        self.act(command, self.ticket(one), by=by, late=late, **more)

    @precondition(lambda self: self.count)
    @rule(by=who, one=nth, kind=st.sampled_from(list(Kind)[:2]), code=st.sampled_from(CODES))
    def amend(self, by, one, kind, code):
        ticket = get_ticket(self.ticket(one))
        place = {"unit_id": ticket.unit_id} if ticket.unit_id else {"place": "大堂"}
        draft = TicketDraft(kind, "楼道灯不亮", class_code=code, channel=ticket.channel, **place)
        self.act(tickets.amend_ticket, ticket.id, draft, by=by, version=ticket.version)

    @precondition(lambda self: self.count)
    @rule(by=who, one=nth, severity=st.sampled_from(Severity))
    def judge(self, by, one, severity):
        self.act(judging.judge_ticket, self.ticket(one), Judgement(severity), by=by)

    @precondition(lambda self: self.count)
    @rule(by=who, one=nth)
    def report_problem(self, by, one):
        department = self.world.engineering
        self.act(
            problem_reports.report_problem, self.ticket(one), department_id=department,
            text="请查主管道", by=by,
        )  # fmt: skip

    @precondition(lambda self: self.count)
    @rule(by=who, late=late, one=nth, answer=st.sampled_from([None, *Satisfaction]),
          reason=st.sampled_from(["", "工期已说明"]))  # fmt: skip
    def follow_up(self, by, late, one, answer, reason):
        self.act(
            follow_ups.follow_up_ticket, self.ticket(one), answer, by=by, late=late, text="已问",
            reason=reason,
        )  # fmt: skip

    @precondition(lambda self: self.count)
    @rule(by=who, late=late, one=nth)
    def write_letter(self, by, late, one):
        ticket = get_ticket(self.ticket(one))
        old = standing_letter(ticket)
        self.act(
            letters.write_letter, ticket.id, LETTER, by=by, late=late,
            replaces=old.number if old else "",
        )  # fmt: skip

    @precondition(lambda self: self.count)
    @rule(by=who, one=nth)
    def print_order(self, by, one):
        ticket = get_ticket(self.ticket(one))
        self.act(
            papers.note_print, ticket.id, PaperKind.WORK_ORDER, max(ticket.dispatches, 1), by=by
        )

    @precondition(lambda self: self.count)
    @rule(
        by=who, late=late, one=nth, back=st.integers(0, 1), outcome=st.sampled_from(Outcome),
        signed=st.booleans(), minutes=st.sampled_from([None, 2, 40]),
        waiting=st.sampled_from(sorted(NOT_DONE_LABELS)),
    )  # fmt: skip
    def paper_comes_back(self, by, late, one, back, outcome, signed, minutes, waiting):
        ticket = get_ticket(self.ticket(one))
        finished = None if minutes is None else self.now - timedelta(minutes=minutes)
        draft = PaperReturn(
            outcome=outcome, work="换了水管", signed=signed, opinion="还在滴水", waiting=waiting,
            finished_at=finished and finished.replace(tzinfo=None, second=0),
        )  # fmt: skip
        round_ = max(ticket.dispatches - back, 1)
        self.act(returns.return_paper, ticket.id, round_, draft, by=by, late=late)

    @precondition(lambda self: self.count)
    @rule(by=who, one=nth)
    def paper_is_lost(self, by, one):
        self.act(papers.declare_lost, self.ticket(one), 1, reason="掉水里了", by=by)

    @precondition(lambda self: self.count)
    @rule(by=who, one=nth, fen=st.sampled_from([0, 5000, 9000]), way=st.sampled_from(AgreedBy))
    def charge(self, by, one, fen, way):
        line = ChargeLine(ChargeKind.LABOUR, "换水管", 1000, fen)
        agreed = Agreement(6000, "张先生", way) if fen else None
        self.act(charges.charge_ticket, self.ticket(one), [line], agreed=agreed, by=by)

    @precondition(lambda self: self.count)
    @rule(by=who, one=nth, mark=st.sampled_from(["", "decoration"]))
    def mark_breach(self, by, one, mark):
        self.act(violations.mark_violation, self.ticket(one), mark, by=by)

    @precondition(lambda self: self.count)
    @rule(by=who, late=late, one=nth, outcome=st.sampled_from(StepOutcome),
          step=st.sampled_from(STEPS))  # fmt: skip
    def step_against_breach(self, by, late, one, outcome, step):
        draft = StepDraft("已当面劝阻", outcome=outcome, authority="城管")
        self.act(violations.take_step, self.ticket(one), step, draft, by=by, late=late)

    @precondition(lambda self: self.count > 1)
    @rule(by=who, one=nth, other=nth)
    def merge(self, by, one, other):
        self.act(relations.merge_ticket, self.ticket(one), self.ticket(other), by=by)

    @precondition(lambda self: self.count > 1)
    @rule(by=who, one=nth, other=nth, command=st.sampled_from(
        [relations.link_tickets, relations.unlink_tickets]))  # fmt: skip
    def relate(self, by, one, other, command):
        self.act(command, self.ticket(one), self.ticket(other), by=by)

    @precondition(lambda self: self.count)
    @rule(by=who, some=st.lists(nth, min_size=1, max_size=3), code=st.sampled_from(["", CODES[0]]),
          anew=st.booleans())  # fmt: skip
    def make_incident(self, by, some, code, anew):
        draft = None
        if anew:
            draft = TicketDraft(Kind.COMPLAINT, "整栋停电", unit_id=self.world.home.id)
        ids = [self.ticket(one) for one in some]
        made = self.act(
            incidents.create_incident, ids, by=by, draft=draft, class_code=code,
            tell_callers="供电局抢修中",
        )  # fmt: skip
        self.count += anew and made is not None

    @precondition(lambda self: self.count > 1)
    @rule(by=who, master=nth, one=nth)
    def attach(self, by, master, one):
        self.act(incidents.attach_tickets, self.ticket(master), [self.ticket(one)], by=by)

    @precondition(lambda self: self.count > 1)
    @rule(by=who, one=nth)
    def detach(self, by, one):
        self.act(incidents.detach_ticket, self.ticket(one), by=by)

    @precondition(lambda self: self.count > 1)
    @rule(by=who, one=nth, command=st.sampled_from([bulk.answer_incident, bulk.close_incident]))
    def answer_all(self, by, one, command):
        self.act(command, self.ticket(one), text="已恢复供电", by=by)

    @precondition(lambda self: self.count)
    @rule(by=who, one=nth)
    def talk(self, by, one):
        self.act(contacts.log_contact, ContactDraft("来电催问", ticket_id=self.ticket(one)), by=by)

    @invariant()
    def the_books_are_whole(self):
        lines = checking.check_office(self.world.office).lines
        assert not [line.text for line in lines if not line.ok]

    @invariant()
    def the_report_balances(self):
        month, last, before = Month.of(self.world.now), Month.of(self.now), 0
        while month <= last:
            balance = reporting.complaint_figures(month, now=self.now).balance
            assert balance.carried_over == before
            before = (
                balance.carried_over + balance.received + balance.reopened + balance.moved_in
                - balance.closed - balance.removed
            )  # fmt: skip
            assert balance.open == before
            month = month.shifted(1)
        count = "SELECT count(*) FROM ticket WHERE kind = 'complaint' AND is_open = 1"
        assert before == rows(count)[0][0]

    @invariant()
    def every_ticket_agrees_with_its_journal(self):
        for (ticket_id,) in rows("SELECT id FROM ticket"):
            ticket = get_ticket(ticket_id)
            check_closing(ticket)
            check_relations(ticket)
            check_follow_up(ticket)
            check_papers(ticket)

    @invariant()
    def repeats_are_those_of_today(self):
        stored = rows("SELECT id, repeat_of_id FROM ticket ORDER BY id")
        refresh_all_repeats()
        assert stored == rows("SELECT id, repeat_of_id FROM ticket ORDER BY id")


def check_closing(ticket):
    """R20, R40, R42: what is closed went through its gates and stands in the archive (R44)."""
    closings = [event for event in ticket.events if event.kind is EventKind.CLOSED]
    assert bool(ticket.archive_number) == bool(closings)
    if ticket.status is Status.CLOSED:
        assert not unmet_gates(ticket, closings[-1].at.date(), closings[-1].text)
        if ticket.kind is Kind.COMPLAINT and ticket.channel is Channel.LETTER:
            assert standing_letter(ticket)


def check_relations(ticket):
    assert (ticket.merged_into_id is not None) == (ticket.status is Status.MERGED)
    if ticket.master_id is not None:
        assert get_ticket(ticket.master_id).is_master
        assert not ticket.is_master


def check_follow_up(ticket):
    """Decision 28: who is to be asked is a complaint that was replied to, or one that was drawn."""
    if ticket.status is Status.CLOSED:
        assert ticket.follow_up_due_on is None or ticket.follow_up_drawn
    elif ticket.status in {Status.REPLIED, Status.FOLLOWING_UP}:
        assert (ticket.follow_up_due_on is not None) == needs_follow_up(ticket.kind)
    else:
        assert ticket.follow_up_due_on is None


def check_papers(ticket):
    """Each paper is out, back or lost, as the journal says."""
    found = rows(
        "SELECT round, returned_at, returned_staff_id, signed, lost_reason FROM paper "
        "WHERE ticket_id = ?",
        ticket.id,
    )
    out = tuple(sorted(row[0] for row in found if row[1] is None and not row[4]))
    assert out == rounds_out(ticket.events)
    back = sorted(
        int(event.detail["round"])
        for event in ticket.events
        if event.kind is EventKind.PAPER_RETURNED
    )
    assert sorted(row[0] for row in found if row[1] is not None) == back
    for _round, returned_at, staff_id, signed, lost_reason in found:
        assert (returned_at is None) == (staff_id is None) == (signed is None)
        assert returned_at is None or not lost_reason


def written():
    """Return what every command that is not refused changes."""
    return rows(
        "SELECT (SELECT max(sequence) FROM ticket_event), (SELECT count(*) FROM ticket), "
        "(SELECT sum(last) FROM number_series), (SELECT count(*) FROM letter), "
        "(SELECT count(*) FROM contact)"
    )


def test_whatever_the_desk_does_the_books_stay_whole(world):
    manager = staff.add_staff("李经理", by=world.desk.id, role=Role.MANAGER)
    on_duty = {"desk": world.desk, "manager": manager, "worker": world.worker,
               "cashier": world.cashier}  # fmt: skip

    class ThisDesk(Desk):
        pass

    ThisDesk.world, ThisDesk.people = world, {name: one.id for name, one in on_duty.items()}
    run_state_machine_as_test(
        ThisDesk, settings=settings(max_examples=8, stateful_step_count=30, deadline=None)
    )

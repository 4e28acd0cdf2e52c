"""Decision 17: whatever happens to tickets, every month and every class of it balances."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from propdesk.domain.classes import CLASSES, SUBCLASSES, UNCLASSED
from propdesk.domain.clock_journal import ClockFacts
from propdesk.domain.clock_rules import Clock
from propdesk.domain.clock_table import DEFAULT_RULES
from propdesk.domain.complaint_facts import ComplaintFact, ComplaintRecords, JournalLine
from propdesk.domain.months import Month
from propdesk.domain.statistics import complaint_figures
from propdesk.domain.tickets import (
    OPEN,
    STILL,
    TRANSITIONS,
    Channel,
    Event,
    EventKind,
    Kind,
    Satisfaction,
    Status,
    Urgency,
)

FIRST = datetime(2025, 10, 30, 12)
PROMISE = next(rule for rule in DEFAULT_RULES if rule.clock is Clock.PROMISE)
DONE = {EventKind.COMPLETED, EventKind.REPLIED, EventKind.CLOSED}
BACK = {EventKind.REOPENED, EventKind.DISPATCHED}
CODES = [*SUBCLASSES, UNCLASSED, "facilities"]


@dataclass
class Imagined:
    """A ticket as the machine knows it."""

    id: int
    class_code: str
    received_at: datetime
    counted: bool
    promised_at: datetime | None
    status: Status = Status.RECEIVED
    round: int = 1
    lines: list[JournalLine] = field(default_factory=list)

    def fact(self):
        return ComplaintFact(
            id=self.id,
            number=f"TS-{self.id:04d}",
            class_code=self.class_code,
            class_suggested=self.id % 3 == 0,
            matter="gate",
            where="1-1-101",
            building="1" if self.id % 2 else "",
            channel=list(Channel)[self.id % len(Channel)],
            department="",
            handler="",
            first_receiver="desk",
            reporter="",
            unit_id=self.id % 2 or None,
            received_at=self.received_at,
            promised_at=self.promised_at,
        )

    def clock_facts(self):
        return ClockFacts(
            number=f"TS-{self.id:04d}",
            kind=Kind.COMPLAINT,
            class_code=self.class_code,
            urgency=Urgency.P2,
            channel=Channel.PHONE,
            received_at=self.received_at,
            events=[
                Event(one.sequence, one.at, one.entered_at, one.kind, one.status, one.round, "", "")
                for one in self.lines
            ],
            promised_at=self.promised_at,
        )

    def is_bound_by_its_promise(self, until):
        """Whether the promised work is still to be done; what comes back later is bound no more.

        A step that is entered late has its own time among the steps, whatever was noted meanwhile.
        """
        bound, at = True, datetime.min
        for line in self.lines:
            if line.kind in STILL:
                continue
            at = max(at, line.at)
            if at >= until:
                break
            if line.kind in DONE or line.status not in OPEN:
                bound = False
            elif line.kind in BACK and at <= self.promised_at:
                bound = True
        return bound


class Office(RuleBasedStateMachine):
    """Random months of an office; late entries come with an earlier time than the entry before."""

    def __init__(self):
        super().__init__()
        self.now = FIRST
        self.tickets: list[Imagined] = []
        self.sequence = 0

    @initialize()
    def open_the_desk(self):
        self.now = FIRST

    def write(self, ticket, kind, status, *, late=0, satisfaction=None, round_=None):
        self.sequence += 1
        ticket.status, ticket.round = status, round_ or ticket.round
        ticket.lines.append(
            JournalLine(
                ticket_id=ticket.id,
                sequence=self.sequence,
                at=self.now - timedelta(days=late),
                entered_at=self.now,
                kind=kind,
                status=status,
                counted=ticket.counted,
                round=ticket.round,
                by="desk",
                satisfaction=satisfaction,
                department="works" if kind is EventKind.DISPATCHED else "",
            )
        )

    @rule(hours=st.integers(1, 24 * 25))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)

    @rule()
    def time_stops_at_a_midnight(self):
        self.now = Month.of(self.now).end

    @rule(
        code=st.sampled_from(CODES),
        counted=st.sampled_from([True, True, True, False]),
        late=st.integers(0, 40),
        promise=st.one_of(st.none(), st.integers(1, 60)),
    )
    def register(self, code, counted, late, promise):
        at = self.now - timedelta(days=late)
        promised_at = None if promise is None else at + timedelta(days=promise)
        ticket = Imagined(len(self.tickets) + 1, code, at, counted, promised_at)
        self.tickets.append(ticket)
        self.write(ticket, EventKind.REGISTERED, Status.RECEIVED, late=late)

    @precondition(lambda self: self.tickets)
    @rule(
        data=st.data(),
        answer=st.sampled_from(Satisfaction),
        late=st.sampled_from([0, 0, 0, 3, 35]),
    )
    def something_happens(self, data, answer, late):
        ticket = data.draw(st.sampled_from(self.tickets))
        moves = TRANSITIONS[ticket.status]
        if not moves:
            return
        kind = data.draw(st.sampled_from(list(moves)))
        answered = answer if kind is EventKind.FOLLOWED_UP else None
        round_ = ticket.round + (kind is EventKind.REOPENED)
        self.write(ticket, kind, moves[kind], late=late, satisfaction=answered, round_=round_)

    @precondition(lambda self: self.tickets)
    @rule(data=st.data())
    def amended_to_or_from_a_complaint(self, data):
        ticket = data.draw(st.sampled_from(self.tickets))
        if ticket.status in OPEN:
            ticket.counted = not ticket.counted
            self.write(ticket, EventKind.AMENDED, ticket.status)

    @precondition(lambda self: self.tickets)
    @rule(data=st.data(), kind=st.sampled_from([EventKind.PRINTED, EventKind.NOTED]))
    def nothing_changes(self, data, kind):
        ticket = data.draw(st.sampled_from(self.tickets))
        self.write(ticket, kind, ticket.status)

    def teardown(self):
        lines = [line for ticket in self.tickets for line in ticket.lines]
        records = ComplaintRecords(
            tuple(t.fact() for t in self.tickets),
            tuple(lines),
            clock_facts={ticket.id: ticket.clock_facts() for ticket in self.tickets},
            limits=(PROMISE,),
        )
        month, last = Month(2025, 9), Month.of(self.now)
        while month <= last:
            figures = complaint_figures(records, month, now=self.now)
            self.check_sums(figures)
            self.check_recount(figures, month)
            month = month.shifted(1)

    def check_sums(self, figures):
        total = figures.balance
        assert sum(row.balance.received for row in figures.by_class) == total.received
        for name in ("carried_over", "reopened", "moved_in", "closed", "removed", "open"):
            in_classes = [getattr(row.balance, name) for row in figures.by_class]
            assert sum(in_classes) == getattr(total, name)
        for row in figures.by_class:
            if row.children:
                assert sum(child.balance.open for child in row.children) == row.balance.open
                assert sum(child.overdue for child in row.children) == row.overdue
        assert [row.code for row in figures.by_class] == [*CLASSES, UNCLASSED]
        assert figures.series[-1].balance == total
        for earlier, later in zip(figures.series, figures.series[1:], strict=False):
            assert later.balance.carried_over == earlier.balance.open
        assert len(figures.open_list) == total.open
        assert sum(row.overdue for row in figures.open_list) == figures.summary.overdue
        assert sum(row.overdue for row in figures.by_class) == figures.summary.overdue
        assert sum(row.count for row in figures.channels) == total.received
        assert sum(row.count for row in figures.buildings) == total.received
        assert figures.hours.total == total.received
        unclassed = figures.by_class[-1].balance.received
        assert sum(row.count for row in figures.pareto) + unclassed == total.received
        for name in ("closed", "open", "overdue", "rework"):
            of_departments = sum(getattr(row, name) for row in figures.departments)
            expected = {
                "closed": total.closed,
                "open": total.open,
                "overdue": figures.summary.overdue,
                "rework": figures.summary.rework,
            }
            assert of_departments == expected[name]
        answers = figures.summary.answers
        assert sum(row.answers.valid for row in figures.persons) == answers.valid
        assert sum(row.answers.satisfied for row in figures.by_class) == answers.satisfied
        assert sum(row.taken for row in figures.persons) == total.received
        if figures.previous is not None:
            assert figures.previous.balance.open == total.carried_over

    def check_recount(self, figures, month):
        """Recount by asking every ticket where it stood at the two midnights and in between."""
        counted = Counter()
        for ticket in self.tickets:
            states, at = [("", datetime.min)], datetime.min
            for line in ticket.lines:
                at = max(at, line.at)
                word = "open" if line.status in OPEN else line.status.value
                states.append((word if line.counted else "elsewhere", at))
            before = [word for word, at in states if at < month.start]
            until = [word for word, at in states if at < month.end]
            counted["carried_over"] += before[-1] == "open"
            counted["open"] += until[-1] == "open"
            if until[-1] == "open" and ticket.promised_at:
                is_bound = ticket.is_bound_by_its_promise(month.end)
                counted["overdue"] += is_bound and ticket.promised_at < figures.as_of
            for old, new in zip(until[len(before) - 1 :], until[len(before) :], strict=False):
                counted["received"] += old == "" and new != "elsewhere"
                counted["moved_in"] += old == "elsewhere" and new == "open"
                counted["reopened"] += old == "closed" and new == "open"
                counted["closed"] += old == "open" and new == "closed"
                counted["removed"] += old == "open" and new not in ("open", "closed")
        for name in ("carried_over", "received", "moved_in", "reopened", "closed", "removed"):
            assert getattr(figures.balance, name) == counted[name], name
        assert figures.balance.open == counted["open"]
        assert figures.summary.overdue == counted["overdue"]


Office.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestEveryMonthBalances = Office.TestCase

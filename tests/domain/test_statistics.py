"""A month of complaints counted by hand, figure by figure."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from time import perf_counter

import pytest

from propdesk.domain.clock_journal import ClockFacts
from propdesk.domain.clock_rules import Clock
from propdesk.domain.clock_table import DEFAULT_RULES
from propdesk.domain.complaint_facts import (
    BuildingFact,
    ComplaintFact,
    ComplaintRecords,
    Contacts,
    JournalLine,
    ReportRules,
)
from propdesk.domain.complaint_figures import Unit
from propdesk.domain.complaint_rows import Answers, Balance, MonthPoint
from propdesk.domain.months import Month
from propdesk.domain.rates import Rate
from propdesk.domain.statistics import complaint_figures
from propdesk.domain.tickets import (
    Channel,
    Event,
    EventKind,
    Kind,
    Satisfaction,
    Status,
    Urgency,
)
from propdesk.domain.work_calendar import WorkCalendar
from propdesk.services.parts.limits import shipped_days

PROMISE = next(rule for rule in DEFAULT_RULES if rule.clock is Clock.PROMISE)
NOVEMBER = Month(2026, 11)
LATER = datetime(2026, 12, 20)
STATUS_AFTER = {
    EventKind.REGISTERED: Status.RECEIVED,
    EventKind.DISPATCHED: Status.DISPATCHED,
    EventKind.ARRIVED: Status.IN_PROGRESS,
    EventKind.SUSPENDED: Status.SUSPENDED,
    EventKind.RESUMED: Status.IN_PROGRESS,
    EventKind.COMPLETED: Status.COMPLETED,
    EventKind.REPLIED: Status.REPLIED,
    EventKind.FOLLOWED_UP: Status.FOLLOWING_UP,
    EventKind.CLOSED: Status.CLOSED,
    EventKind.REOPENED: Status.RECEIVED,
    EventKind.VOIDED: Status.VOID,
    EventKind.MERGED: Status.MERGED,
}


class Book:
    """Tickets and lines typed by hand: `take` a complaint, `tell` what happened to it."""

    def __init__(self):
        self.facts, self.lines = [], []
        self.state = {}
        self.details, self.imported, self.visits = {}, set(), set()
        self.limits = (PROMISE,)

    def take(self, received, *, code="service.environment", by="Wang", **more):
        at = datetime.fromisoformat(received)
        ticket = len(self.facts) + 1
        values = {
            "id": ticket,
            "number": f"TS-{at:%Y%m}-{ticket:04d}",
            "class_code": code,
            "class_suggested": False,
            "matter": "rubbish in the stairs",
            "where": "3-2-501",
            "building": "3",
            "channel": Channel.PHONE,
            "department": "",
            "handler": "",
            "first_receiver": by,
            "reporter": "Li",
            "unit_id": ticket,
            "received_at": at,
            "promised_at": None,
        }
        self.facts.append(ComplaintFact(**(values | more)))
        self.state[ticket] = (Status.RECEIVED, 1, True)
        self.tell(ticket, received, EventKind.REGISTERED, by=by)
        return ticket

    def tell(self, ticket, at, kind, *, counted=None, by="Wang", entered=None, **more):
        status, round_, was = self.state[ticket]
        status = STATUS_AFTER.get(kind, status)
        round_ += kind is EventKind.REOPENED
        counted = was if counted is None else counted
        self.state[ticket] = (status, round_, counted)
        moment = datetime.fromisoformat(at)
        self.lines.append(
            JournalLine(
                ticket_id=ticket,
                sequence=len(self.lines) + 1,
                at=moment,
                entered_at=datetime.fromisoformat(entered) if entered else moment,
                kind=kind,
                status=status,
                counted=counted,
                round=round_,
                by=by,
                **more,
            )
        )

    def close(self, ticket, at, answer=Satisfaction.SATISFIED):
        self.tell(ticket, at, EventKind.REPLIED)
        if answer is not None:
            self.tell(ticket, at, EventKind.FOLLOWED_UP, satisfaction=answer)
        self.tell(ticket, at, EventKind.CLOSED)

    def clock_facts(self, fact, lines):
        """What the clocks are told of a ticket: its lines."""
        return ClockFacts(
            number=fact.number,
            kind=Kind.COMPLAINT,
            class_code=fact.class_code,
            urgency=Urgency.P2,
            channel=fact.channel,
            received_at=fact.received_at,
            events=[
                Event(one.sequence, one.at, one.entered_at, one.kind, one.status, one.round, one.by,
                      one.text, self.details.get(one.sequence, {}))
                for one in lines
            ],
            imported=fact.id in self.imported,
            visit_wanted=fact.id in self.visits,
            promised_at=fact.promised_at,
        )  # fmt: skip

    def figures(self, month=NOVEMBER, now=LATER, rules=None, **more):
        lines = defaultdict(list)
        for line in self.lines:
            lines[line.ticket_id].append(line)
        clock_facts = {fact.id: self.clock_facts(fact, lines[fact.id]) for fact in self.facts}
        records = ComplaintRecords(
            tuple(self.facts), tuple(self.lines), clock_facts=clock_facts,
            limits=self.limits, calendar=WorkCalendar.of(shipped_days()), **more,
        )  # fmt: skip
        return complaint_figures(records, month, now=now, rules=rules)


@pytest.fixture
def book():
    return Book()


def key(figures, code):
    return next(row for row in figures.key_figures if row.code == code)


def class_row(figures, code):
    return next(row for row, _sub in figures.class_rows() if row.code == code)


def test_an_office_without_complaints_has_a_report(book):
    figures = book.figures()
    assert figures.is_empty
    assert not figures.has_records
    assert (figures.previous, figures.last_year) == (None, None)
    assert figures.balance == Balance()
    assert len(figures.series) == 12
    assert key(figures, "closing-rate").value is None
    assert key(figures, "overdue").value == 0


def test_the_identity_names_every_way_in_and_out(book):
    old = book.take("2026-10-05T09:00")
    book.close(book.take("2026-11-02T09:00"), "2026-11-03T09:00")
    back = book.take("2026-09-02T09:00")
    book.close(back, "2026-10-03T09:00")
    book.tell(back, "2026-11-10T09:00", EventKind.REOPENED)
    book.tell(book.take("2026-11-05T09:00"), "2026-11-05T10:00", EventKind.VOIDED)
    repair = book.take("2026-11-06T09:00")
    book.lines[-1] = JournalLine(
        repair, 99, datetime(2026, 11, 6, 9), datetime(2026, 11, 6, 9), EventKind.REGISTERED,
        Status.RECEIVED, counted=False, round=1, by="Wang",
    )  # fmt: skip
    book.state[repair] = (Status.RECEIVED, 1, False)
    book.lines.append(
        JournalLine(
            repair, 100, datetime(2026, 11, 7, 9), datetime(2026, 11, 7, 9), EventKind.AMENDED,
            Status.RECEIVED, counted=True, round=1, by="Wang",
        )
    )  # fmt: skip
    figures = book.figures()
    assert figures.balance == Balance(
        carried_over=1, received=2, reopened=1, moved_in=1, closed=1, removed=1, open=3
    )
    assert figures.balance.to_handle == 4
    assert [row.ticket.id for row in figures.open_list] == [back, old, repair]
    assert figures.summary.closing_rate == Rate(1, 4)
    assert figures.previous is not None
    assert figures.previous.balance.open == 1


def test_a_midnight_belongs_to_the_day_that_begins(book):
    book.take("2026-11-30T23:59:59")
    book.take("2026-12-01T00:00:00")
    assert book.figures().balance.received == 1
    assert book.figures(Month(2026, 12)).balance == Balance(carried_over=1, received=1, open=2)


def test_a_late_entry_counts_in_the_month_it_belongs_to(book):
    book.take("2026-10-30T09:00")
    late = book.take("2026-10-31T09:00")
    book.lines[-1] = book.lines[-1].__class__(
        late, 2, datetime(2026, 10, 31, 9), datetime(2026, 11, 2, 10), EventKind.REGISTERED,
        Status.RECEIVED, counted=True, round=1, by="Wang",
    )  # fmt: skip
    assert book.figures(Month(2026, 10)).balance.received == 2
    rows = {row.code: row for row in book.figures(Month(2026, 10)).quality}
    assert (rows["late-entry"].count, rows["late-entry"].base) == (1, 2)


def test_a_line_with_an_earlier_time_takes_effect_with_the_line_before(book):
    ticket = book.take("2026-11-02T09:00")
    book.tell(ticket, "2026-12-03T09:00", EventKind.REPLIED)
    book.tell(ticket, "2026-11-04T09:00", EventKind.CLOSED)
    assert book.figures().balance == Balance(received=1, open=1)
    december = book.figures(Month(2026, 12))
    assert december.balance == Balance(carried_over=1, closed=1)
    rows = {row.code: row.count for row in december.quality}
    assert rows["out-of-order"] == 1


def test_overdue_is_judged_at_the_end_of_the_month_or_now(book):
    book.take("2026-11-02T09:00", promised_at=datetime(2026, 11, 20))
    book.take("2026-11-02T09:00", promised_at=datetime(2026, 12, 5))
    closed = book.take("2026-11-02T09:00", promised_at=datetime(2026, 11, 20))
    book.close(closed, "2026-11-29T09:00")
    assert book.figures().summary.overdue == 1
    running = book.figures(now=datetime(2026, 11, 30, 8))
    assert running.is_running
    assert (running.summary.overdue, running.as_of) == (1, datetime(2026, 11, 30, 8))
    assert book.figures(now=datetime(2026, 11, 19)).summary.overdue == 0
    assert class_row(book.figures(), "service").overdue == 1


def test_a_dissatisfied_caller_opens_a_round_and_lowers_both_rates(book):
    ticket = book.take("2026-11-02T09:00", first_receiver="Chen", handler="Li")
    book.tell(ticket, "2026-11-02T10:00", EventKind.DISPATCHED, department="Works")
    book.tell(ticket, "2026-11-03T09:00", EventKind.REPLIED)
    book.tell(
        ticket, "2026-11-04T09:00", EventKind.FOLLOWED_UP, satisfaction=Satisfaction.DISSATISFIED
    )
    book.tell(ticket, "2026-11-04T09:00", EventKind.REOPENED)
    book.tell(ticket, "2026-11-04T10:00", EventKind.DISPATCHED, department="Cleaning")
    book.close(ticket, "2026-11-06T09:00")
    book.close(book.take("2026-11-02T09:00"), "2026-11-03T09:00", answer=None)
    figures = book.figures()
    assert figures.balance == Balance(received=2, closed=2)
    assert figures.summary.first_pass == Rate(1, 2)
    assert figures.summary.follow_up == Rate(1, 2)
    assert figures.summary.answers == Answers(satisfied=1, dissatisfied=1)
    assert figures.summary.rework == 1
    works, cleaning = sorted(figures.departments, key=lambda row: -row.rework)[:2]
    assert (works.name, works.rework, works.dispatched, works.closed) == ("Works", 1, 1, 0)
    assert (cleaning.name, cleaning.dispatched, cleaning.closed) == ("Cleaning", 1, 1)
    persons = {row.name: row for row in figures.persons}
    assert persons["Chen"].answers == Answers(satisfied=1, dissatisfied=1)
    assert (persons["Wang"].taken, persons["Wang"].first_contact) == (2, 1)
    assert persons["Li"].closed == 1
    assert {row.code: row.count for row in figures.quality}["no-answer"] == 1


def test_only_the_last_answer_of_a_round_counts(book):
    ticket = book.take("2026-11-02T09:00")
    book.tell(ticket, "2026-11-03T09:00", EventKind.REPLIED)
    for answer in (Satisfaction.FAIR, Satisfaction.SATISFIED):
        book.tell(ticket, "2026-11-04T09:00", EventKind.FOLLOWED_UP, satisfaction=answer)
    book.tell(ticket, "2026-11-04T11:00", EventKind.CLOSED)
    assert book.figures().summary.answers == Answers(satisfied=1)


def test_repeats_are_the_same_house_and_sub_class_within_the_days(book):
    first = book.take("2026-10-20T09:00", unit_id=7)
    again = book.take("2026-11-19T23:00", unit_id=7)  # 30 days later
    book.take("2026-11-20T09:00", unit_id=7, code="service.safety")
    book.take("2026-11-20T09:00", unit_id=8)
    book.take("2026-11-20T09:00", unit_id=None)
    book.take("2026-11-21T09:00", unit_id=None)
    figures = book.figures()
    assert [(row.ticket.id, row.earlier.id, row.days) for row in figures.repeats] == [
        (again, first, 30)
    ]
    assert figures.summary.repeats == Rate(1, 5)
    assert not book.figures(rules=ReportRules(repeat_days=29)).repeats


def test_what_was_voided_or_merged_is_no_repeat(book):
    book.tell(book.take("2026-11-01T09:00", unit_id=7), "2026-11-01T10:00", EventKind.VOIDED)
    book.take("2026-11-02T09:00", unit_id=7)
    book.tell(book.take("2026-11-03T09:00", unit_id=7), "2026-11-03T10:00", EventKind.MERGED)
    assert book.figures().repeats == ()


def test_classes_hold_their_sub_classes_and_the_unclassed_stand_apart(book):
    book.take("2026-10-02T09:00", code="fees.shared")
    book.take("2026-11-02T09:00", code="fees.shared", class_suggested=True)
    book.take("2026-11-02T09:00", code="fees")
    book.take("2026-11-02T09:00", code="unclassed")
    figures = book.figures()
    fees = class_row(figures, "fees")
    assert fees.balance == Balance(carried_over=1, received=2, open=3)
    assert (fees.suggested, fees.previous, fees.change) == (1, 1, 1)
    assert (fees.last_year, fees.year_change) == (None, None)
    assert [child.code for child in fees.children] == ["fees.shared", "fees.special-repair", "fees"]
    assert figures.by_class[-1].code == "unclassed"
    assert figures.by_class[-1].balance.received == 1
    assert figures.suggested == 1
    assert [(row.code, row.count, row.cumulative) for row in figures.pareto] == [
        ("fees", 1, 1),
        ("fees.shared", 1, 2),
    ]


def test_comparison_with_last_month_and_last_year(book):
    book.close(book.take("2025-11-02T09:00"), "2025-11-02T11:00")
    book.close(book.take("2026-10-02T09:00"), "2026-10-02T13:30")
    book.close(book.take("2026-11-02T09:00"), "2026-11-02T12:00")
    book.take("2026-11-05T09:00")
    figures = book.figures(
        households={NOVEMBER: 200, NOVEMBER.previous: 100},
        contacts={NOVEMBER: Contacts(praise=3), NOVEMBER.previous: Contacts(praise=1)},
    )
    closing = key(figures, "closing-rate")
    assert (closing.value, closing.previous, closing.change) == (50, 100, -50)
    assert (closing.numerator, closing.denominator) == (1, 2)
    assert key(figures, "household-rate").value == Decimal("1.00")
    assert key(figures, "household-rate").change == Decimal("0.00")
    assert key(figures, "household-rate").year_change is None  # no households known then
    reply = key(figures, "reply-median")
    assert (reply.unit, reply.value, reply.change) == (Unit.HOURS, 3, Decimal("-1.5"))
    assert (key(figures, "praise").value, key(figures, "praise").change) == (3, 2)
    assert [point.balance.received for point in figures.series][-2:] == [1, 2]
    assert [str(point.month) for point in figures.months_on_record] == ["2026-10", "2026-11"]


def test_buildings_channels_and_hours(book):
    book.take("2026-11-02T07:59", building="3", channel=Channel.VISIT)  # a Monday
    book.take("2026-11-02T08:00", building="3", channel=Channel.PHONE)
    book.take("2026-11-08T23:00", building="", channel=Channel.PHONE)
    figures = book.figures(buildings=(BuildingFact("1", 50), BuildingFact("3", 40)))
    assert [(row.label, row.count, row.per_hundred) for row in figures.buildings] == [
        ("1", 0, Decimal("0.00")),
        ("3", 2, Decimal("5.00")),
        ("", 1, None),
    ]
    assert [(row.channel, row.count) for row in figures.channels] == [
        (Channel.PHONE, 2),
        (Channel.VISIT, 1),
    ]
    assert figures.hours.cells[0][:2] == (1, 1)
    assert figures.hours.cells[6][7] == 1
    assert figures.hours.by_band[:2] == (1, 1)
    assert figures.hours.by_day == (2, 0, 0, 0, 0, 0, 1)


def test_the_open_list_tells_days_and_the_last_thing_that_happened(book):
    ticket = book.take("2026-10-01T09:00")
    book.tell(ticket, "2026-11-04T09:00", EventKind.DISPATCHED, department="Works", text="pump")
    book.tell(ticket, "2026-11-05T09:00", EventKind.PRINTED)
    book.tell(ticket, "2026-12-05T09:00", EventKind.COMPLETED)
    (row,) = book.figures().open_list
    assert (row.days, row.department, row.status) == (60, "Works", Status.DISPATCHED)
    assert (row.last_event, row.last_text) == (EventKind.DISPATCHED, "pump")
    assert book.figures().summary.long_open == 1
    (running,) = book.figures(now=datetime(2026, 11, 6)).open_list
    assert running.days == 36


def test_a_month_that_has_not_begun_shows_what_is_open(book):
    book.take("2026-11-02T09:00")
    figures = book.figures(Month(2027, 1), now=datetime(2026, 11, 21, 12))
    assert figures.is_running
    assert not figures.has_begun
    assert figures.last_day == date(2027, 1, 31)
    assert figures.balance == Balance(carried_over=1, open=1)
    assert [row.days for row in figures.open_list] == [19]


def test_a_journal_line_without_its_ticket_is_a_fault(book):
    book.take("2026-11-02T09:00")
    book.facts.clear()
    with pytest.raises(KeyError):
        book.figures()


@pytest.mark.parametrize("field", ["received", "closed", "open"])
def test_a_balance_that_does_not_balance_is_refused(field):
    with pytest.raises(ValueError, match="balance"):
        Balance(**{field: 1})


def test_twenty_thousand_complaints_are_counted_at_once():
    book = Book()
    start = datetime(2025, 10, 1)
    for ticket in range(20_000):
        at = start + timedelta(minutes=30 * ticket)
        number = book.take(at.isoformat(), unit_id=ticket % 2000)
        book.tell(number, at.isoformat(), EventKind.DISPATCHED, department="Works")
        book.close(number, (at + timedelta(hours=50)).isoformat())
    began = perf_counter()
    figures = book.figures()
    took = perf_counter() - began
    assert figures.balance.received > 900
    # About one second on a free machine; a step that is quadratic would take minutes.
    assert took < 10, f"{took:.1f} s"


def test_a_month_of_the_series_adds_up_or_is_refused():
    with pytest.raises(ValueError, match="add up"):
        MonthPoint(NOVEMBER, Balance(received=1, open=1), (1, 1, 0, 0, 0))


# Limits


def in_time(figures, code):
    row = key(figures, code)
    return row.value, row.numerator, row.denominator, row.paused


def test_r03_r04_answers_in_time_with_their_cases(book):
    book.limits = DEFAULT_RULES
    in_a_day = book.take("2026-11-02T09:00")
    book.tell(in_a_day, "2026-11-03T17:30", EventKind.REPLIED)
    late = book.take("2026-11-02T09:00")
    book.tell(late, "2026-11-03T17:31", EventKind.REPLIED)
    letter = book.take("2026-11-02T09:00", channel=Channel.LETTER)
    book.tell(letter, "2026-11-05T17:30", EventKind.REPLIED)
    book.take("2026-11-10T09:00")
    still_in_time = book.figures(now=datetime(2026, 11, 11, 17, 30))
    assert in_time(still_in_time, "reply-in-time") == (Decimal("66.7"), 2, 3, 0)
    run_out = book.figures(now=datetime(2026, 11, 11, 17, 31))
    assert in_time(run_out, "reply-in-time") == (Decimal("50.0"), 2, 4, 0)


def test_r02_only_where_somebody_was_to_come_is_there_a_way(book):
    book.limits = DEFAULT_RULES
    assert in_time(book.figures(), "on-site-in-time") == (None, 0, 0, 0)
    ticket = book.take("2026-11-02T09:00")
    book.visits = {ticket}
    book.tell(ticket, "2026-11-02T09:03", EventKind.ARRIVED)
    book.take("2026-11-02T09:00")
    assert in_time(book.figures(), "on-site-in-time") == (Decimal("100.0"), 1, 1, 0)


def test_r05_a_limit_counts_once_in_the_month_in_which_it_was_decided(book):
    book.limits = DEFAULT_RULES
    ticket = book.take("2026-11-29T09:00")
    book.tell(ticket, "2026-11-29T10:00", EventKind.DISPATCHED)
    book.details[2] = {"department": "工程部"}
    book.tell(ticket, "2026-12-02T10:01", EventKind.COMPLETED)
    assert in_time(book.figures(), "department-in-time")[2] == 0
    december = book.figures(Month(2026, 12))
    assert in_time(december, "department-in-time") == (Decimal("0.0"), 0, 1, 0)
    assert in_time(book.figures(Month(2027, 1)), "department-in-time")[2] == 0


def test_what_waited_is_counted_and_its_time_is_not(book):
    book.limits = DEFAULT_RULES
    ticket = book.take("2026-11-02T09:00")
    book.tell(ticket, "2026-11-03T09:00", EventKind.SUSPENDED)
    book.details[2] = {"waiting": "owner"}
    book.tell(ticket, "2026-11-17T09:00", EventKind.RESUMED)
    book.tell(ticket, "2026-11-19T09:00", EventKind.COMPLETED)
    assert in_time(book.figures(), "solved-in-time") == (Decimal("100.0"), 1, 1, 1)


def test_r08_promises_kept_and_broken(book):
    for day in (5, 4):
        ticket = book.take("2026-11-02T09:00", promised_at=datetime(2026, 11, day, 9))
        book.tell(ticket, "2026-11-05T09:00", EventKind.COMPLETED)
    book.take("2026-11-02T09:00", promised_at=datetime(2026, 12, 5))
    assert in_time(book.figures(), "promises-kept") == (Decimal("50.0"), 1, 2, 0)


def test_r01_the_rate_of_calls_picked_up_is_of_those_that_were_noted(book):
    assert in_time(book.figures(), "picked-up-in-time") == (None, 0, 0, None)
    for noted in (True, True, False, None):
        book.take("2026-11-02T09:00", picked_up_in_time=noted)
    assert in_time(book.figures(), "picked-up-in-time") == (Decimal("66.7"), 2, 3, None)


def test_what_came_from_a_file_has_no_limit_until_it_is_sent_to_work(book):
    book.limits = DEFAULT_RULES
    old = book.take("2026-11-02T09:00")
    book.imported = {old}
    figures = book.figures()
    assert (figures.summary.overdue, figures.summary.without_limit) == (0, 1)
    gaps = {row.code: row.count for row in figures.quality}
    assert gaps["no-limit"] == 1
    book.tell(old, "2026-11-20T09:00", EventKind.DISPATCHED)
    book.details[2] = {"department": "工程部"}
    figures = book.figures()
    assert (figures.summary.overdue, figures.summary.without_limit) == (1, 0)


def test_r06_how_long_until_it_was_answered_and_solved(book):
    for hours in (2, 30, 60):
        ticket = book.take("2026-11-02T09:00")
        done = datetime(2026, 11, 2, 9) + timedelta(hours=hours)
        book.tell(ticket, done.isoformat(), EventKind.COMPLETED)
        book.tell(ticket, (done + timedelta(hours=1)).isoformat(), EventKind.REPLIED)
    figures = book.figures()
    assert key(figures, "reply-median").value == Decimal("31.0")
    assert key(figures, "solving-median").value == Decimal("1.3")
    assert key(figures, "solving-p90").value == Decimal("2.5")
    assert key(figures, "solving-p90").denominator == 3


def test_f31_a_clock_that_was_set_back_gives_no_negative_time(book):
    book.limits = DEFAULT_RULES
    ticket = book.take("2026-11-10T09:00")
    book.tell(ticket, "2026-11-02T09:00", EventKind.REPLIED)
    figures = book.figures(now=datetime(2026, 11, 1))
    assert key(figures, "reply-median").value in (None, Decimal("0.0"))
    figures = book.figures()
    assert key(figures, "reply-median").value == Decimal("0.0")
    assert in_time(figures, "reply-in-time") == (Decimal("100.0"), 1, 1, 0)
    assert {row.code: row.count for row in figures.quality}["out-of-order"] == 1


def test_what_happens_later_changes_no_past_month(book):
    book.limits = DEFAULT_RULES
    ticket = book.take("2026-11-02T09:00")
    book.close(ticket, "2026-11-03T09:00")
    before = in_time(book.figures(), "reply-in-time")
    book.tell(ticket, "2026-12-02T09:00", EventKind.REOPENED)
    assert in_time(book.figures(), "reply-in-time") == before

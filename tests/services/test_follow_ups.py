"""Follow-ups on a real file: the draw, the queue, the next round, scores, the archive number."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.key_figures import ASKED
from propdesk.domain.months import Month
from propdesk.domain.sampling import SAMPLE_RULES
from propdesk.domain.scores import Asked, Check
from propdesk.domain.tickets import EventKind, Kind, Satisfaction, Status, TicketDraft, Urgency
from propdesk.services import checking, follow_ups, offices, sampling, settings, tickets
from propdesk.services.parts.follow_up_queue import honest_chance
from propdesk.services.queries.follow_ups import asked_in, list_follow_ups, score_means
from propdesk.services.queries.tickets import (
    TicketFilter,
    count_tickets,
    count_waiting,
    find_ticket,
    get_ticket,
    list_soonest,
    list_tickets,
)
from propdesk.services.reporting import complaint_figures
from propdesk.storage.database import database, rows
from propdesk.storage.tickets import TicketRecord

HAPPY, FAIR, UNHAPPY = Satisfaction

DRAWN, SPARED = (lambda: 1), (lambda: 100)


def act(world, minutes: int = 0) -> dict:
    return {"by": world.desk.id, "now": world.now + timedelta(minutes=minutes)}


def take_in(world, kind=Kind.REPAIR, **more):
    words = {"text": "厨房灯不亮", "unit_id": world.home.id} | more
    return tickets.register_ticket(TicketDraft(kind=kind, **words), **act(world))


def close(world, kind=Kind.REPAIR, chance=DRAWN, minutes=2, **more):
    """A ticket that was taken in and closes with its reply."""
    ticket = take_in(world, kind, **more)
    tickets.complete_ticket(ticket.id, text="已处理", **act(world, 1))
    return tickets.reply_ticket(ticket.id, text="已告知", chance=chance, **act(world, minutes))


def closing(ticket):
    return next(one for one in reversed(ticket.events) if one.kind is EventKind.CLOSED)


# -- the draw


def test_d28_a_repair_that_is_drawn_closes_and_is_asked_within_three_days(world):
    ticket = close(world)
    assert ticket.status is Status.CLOSED
    assert (ticket.follow_up_percent, ticket.follow_up_drawn) == (30, True)
    assert ticket.follow_up_due_on == date(2026, 11, 24)
    assert closing(ticket).detail == {
        "follow_up": "drawn",
        "follow_up_percent": "30",
        "follow_up_row": "repair",
    }


def test_d28_a_repair_that_is_not_drawn_says_so_and_is_not_asked(world):
    ticket = close(world, chance=SPARED)
    assert (ticket.follow_up_percent, ticket.follow_up_drawn) == (30, False)
    assert ticket.follow_up_due_on is None
    assert closing(ticket).detail["follow_up"] == "not-drawn"


@pytest.mark.parametrize(
    ("kind", "more", "row"),
    [
        (Kind.REPAIR, {"urgency": Urgency.P0}, "p0"),
        (Kind.ENQUIRY, {"urgency": Urgency.P1}, "p1"),
        (Kind.REPAIR, {"text": "卫生间天花板漏水"}, "leak"),
        (Kind.SUGGESTION, {"text": "外墙渗水多年", "matter": "外墙"}, "leak"),
        (Kind.REPAIR, {}, "repair"),
        (Kind.ENQUIRY, {}, "other"),
    ],
)
def test_d28_each_closing_takes_the_row_that_holds(world, kind, more, row):
    assert closing(close(world, kind, **more)).detail["follow_up_row"] == row


def test_d28_paid_work_is_always_asked(world):
    ticket = take_in(world)
    tickets.complete_ticket(ticket.id, text="已处理", **act(world, 1))
    TicketRecord.update(payment="paid").where(TicketRecord.id == ticket.id).execute()
    done = tickets.reply_ticket(ticket.id, text="已告知", chance=SPARED, **act(world, 2))
    assert (done.follow_up_percent, done.follow_up_drawn) == (100, True)


def test_d28_the_share_of_those_drawn_is_the_rows_share(world):
    chance = Random(20261121)
    drawn = sum(
        bool(close(world, chance=lambda: chance.randint(1, 100)).follow_up_drawn)
        for _n in range(60)
    )
    again = Random(20261121)
    assert drawn == sum(again.randint(1, 100) <= 30 for _n in range(60))


def test_d28_chance_is_the_systems_own_from_one_to_a_hundred():
    seen = {honest_chance() for _n in range(5000)}
    assert seen == set(range(1, 101))


def test_d28_a_ticket_that_was_drawn_stays_drawn_when_it_closes_again(world):
    ticket = close(world)
    sampling.set_sampling("came-back", 0, by=world.desk.id)
    tickets.reopen_ticket(ticket.id, reason="又坏了", **act(world, 3))
    assert get_ticket(ticket.id).follow_up_due_on is None
    again = tickets.reply_ticket(ticket.id, text="已修", chance=SPARED, **act(world, 4))
    assert (again.follow_up_drawn, again.follow_up_due_on) == (True, date(2026, 11, 24))


def test_d28_what_comes_back_is_always_asked(world):
    ticket = close(world, chance=SPARED)
    tickets.reopen_ticket(ticket.id, reason="又坏了", **act(world, 3))
    again = tickets.reply_ticket(ticket.id, text="已修", chance=SPARED, **act(world, 4))
    assert closing(again).detail["follow_up_row"] == "came-back"
    assert again.follow_up_drawn


def test_d28_the_office_sets_shares_and_days(world):
    shown = replace(settings.get_settings(), follow_up_days=7)
    settings.save_settings(shown, by=world.desk.id)
    sampling.set_sampling("other", 55, by=world.desk.id)
    ticket = close(world, Kind.PRAISE, chance=lambda: 55)
    assert (ticket.follow_up_percent, ticket.follow_up_due_on) == (55, date(2026, 11, 28))
    assert not close(world, Kind.PRAISE, chance=lambda: 56).follow_up_drawn
    for bad in (-1, 101):
        with pytest.raises(RuleError):
            sampling.set_sampling("other", bad, by=world.desk.id)
    assert settings.get_settings().follow_up_percents["other"] == 55


def test_an_unreadable_share_has_its_default(world):
    sampling.set_sampling("other", 20, by=world.desk.id)
    text = '{"other": "viele", "repair": 40}'
    database.execute_sql(
        "UPDATE setting SET value = ? WHERE key = 'office.follow_up_percents'", (text,)
    )
    shares = settings.get_settings().follow_up_percents
    assert shares == {rule.code: rule.percent for rule in SAMPLE_RULES}


# -- asking


def test_r40_a_sampled_caller_who_is_satisfied_leaves_the_ticket_closed(world):
    ticket = close(world)
    asked = follow_ups.follow_up_ticket(ticket.id, HAPPY, **act(world, 60))
    assert asked.status is Status.CLOSED
    assert asked.closed_at == ticket.closed_at
    assert (asked.satisfaction, asked.follow_up_due_on) == (HAPPY, None)
    kinds = [event.kind for event in asked.events]
    assert kinds.count(EventKind.CLOSED) == 1
    assert kinds[-1] is EventKind.FOLLOWED_UP


def test_r40_a_sampled_caller_who_is_dissatisfied_begins_the_next_round(world):
    ticket = close(world)
    with pytest.raises(DraftError):
        follow_ups.follow_up_ticket(ticket.id, UNHAPPY, **act(world, 60))
    again = follow_ups.follow_up_ticket(ticket.id, UNHAPPY, text="还在闪", **act(world, 60))
    assert (again.status, again.round, again.number) == (Status.RECEIVED, 2, ticket.number)
    assert (again.closed_at, again.follow_up_due_on) == (None, None)
    assert [event.kind for event in again.events][-2:] == [
        EventKind.FOLLOWED_UP,
        EventKind.REOPENED,
    ]


def test_d28_nobody_asks_after_a_ticket_that_was_not_drawn_or_was_answered(world):
    spared = close(world, chance=SPARED)
    answered = close(world)
    follow_ups.follow_up_ticket(answered.id, FAIR, **act(world, 60))
    for ticket in (spared, answered):
        before = rows("SELECT count(*) FROM ticket_event")
        with pytest.raises(RuleError) as refusal:
            follow_ups.follow_up_ticket(ticket.id, HAPPY, **act(world, 61))
        assert refusal.value.code == "follow-up-not-due"
        assert rows("SELECT count(*) FROM ticket_event") == before


def test_r40_who_is_not_reached_stays_in_the_queue_and_may_be_given_up_after_three_tries(world):
    ticket = close(world)
    for minute in (60, 120):
        follow_ups.follow_up_ticket(ticket.id, None, **act(world, minute))
    with pytest.raises(RuleError) as refusal:
        follow_ups.end_follow_up(ticket.id, reason="打不通", **act(world, 121))
    assert refusal.value.code == "follow-up-tries"
    follow_ups.follow_up_ticket(ticket.id, None, **act(world, 180))
    assert [(row.number, row.tries) for row in list_follow_ups()] == [(ticket.number, 3)]
    with pytest.raises(DraftError):
        follow_ups.end_follow_up(ticket.id, reason=" ", **act(world, 181))
    ended = follow_ups.end_follow_up(ticket.id, reason="三次未接通", **act(world, 181))
    assert (ended.status, ended.follow_up_due_on) == (Status.CLOSED, None)
    assert ended.events[-1].detail == {"answer": "given-up"}
    assert list_follow_ups() == ()
    found = asked_in(Month(2026, 11))
    assert (found.wanted, found.answered) == (1, 0)


def test_r40_a_complaint_is_closed_not_given_up(world):
    ticket = take_in(world, Kind.COMPLAINT)
    tickets.reply_ticket(ticket.id, text="已告知", **act(world, 1))
    with pytest.raises(RuleError) as refusal:
        follow_ups.end_follow_up(ticket.id, reason="打不通", **act(world, 2))
    assert refusal.value.code == "follow-up-not-due"


# -- the queue


def test_d28_the_queue_holds_complaints_and_drawn_tickets_the_first_due_first(world):
    drawn = close(world)
    close(world, chance=SPARED)
    waiting = take_in(world, Kind.COMPLAINT)
    earlier = world.now - timedelta(days=1)
    old = tickets.register_ticket(
        TicketDraft(Kind.COMPLAINT, "楼道灯不亮", unit_id=world.home.id),
        by=world.desk.id,
        now=world.now,
        at=earlier,
    )
    tickets.reply_ticket(old.id, text="已告知", by=world.desk.id, now=world.now, at=earlier)
    found = list_follow_ups()
    assert [(row.number, row.percent) for row in found] == [(old.number, None), (drawn.number, 30)]
    wanted = TicketFilter(group="to-follow-up")
    assert count_tickets(wanted, now=world.now) == 2
    shown = list_soonest("to-follow-up", now=world.now, limit=10)
    assert [row.number for row in shown] == [old.number, drawn.number]
    assert {row.number for row in list_tickets(wanted, now=world.now).rows} == {
        old.number,
        drawn.number,
    }
    # One to dispatch, two to ask; what was asked leaves the queue.
    assert count_waiting(now=world.now) == 3
    follow_ups.follow_up_ticket(old.id, HAPPY, **act(world, 5))
    follow_ups.follow_up_ticket(drawn.id, HAPPY, **act(world, 5))
    assert list_follow_ups() == ()
    assert get_ticket(waiting.id).follow_up_due_on is None


def test_a_complaint_that_leaves_its_follow_up_leaves_the_queue(world):
    void, again = (take_in(world, Kind.COMPLAINT) for _n in range(2))
    for ticket in (void, again):
        replied = tickets.reply_ticket(ticket.id, text="已告知", **act(world, 1))
        assert replied.follow_up_due_on == date(2026, 11, 24)
    tickets.void_ticket(void.id, reason="重复", **act(world, 2))
    follow_ups.follow_up_ticket(again.id, UNHAPPY, text="没人来", **act(world, 2))
    assert list_follow_ups() == ()


# -- scores


def test_r66_scores_are_weighted_and_stay_as_they_were_given(world):
    ticket = close(world)
    asked = Asked((5, 4, 5, 3, 2), {Check.SOLVED: True})
    done = follow_ups.follow_up_ticket(ticket.id, HAPPY, asked=asked, **act(world, 60))
    detail = done.events[-1].detail
    assert (detail["score"], detail["scores"], detail["solved"]) == ("4.13", "5,4,5,3,2", "yes")
    even = dict.fromkeys(settings.get_settings().score_weights, 20)
    shown = replace(settings.get_settings(), score_weights=even)
    settings.save_settings(shown, by=world.desk.id)
    assert get_ticket(ticket.id).events[-1].detail == detail
    other = close(world)
    done = follow_ups.follow_up_ticket(other.id, HAPPY, asked=asked, **act(world, 60))
    assert done.events[-1].detail["score"] == "3.80"


def test_r66_four_scores_are_refused_and_nothing_is_written(world):
    ticket = close(world)
    before = rows("SELECT count(*) FROM ticket_event")
    with pytest.raises(DraftError):
        follow_ups.follow_up_ticket(ticket.id, HAPPY, asked=Asked((5, 5, 5, 5)), **act(world, 60))
    assert rows("SELECT count(*) FROM ticket_event") == before


def test_r66_nobody_scores_who_was_not_reached(world):
    ticket = close(world)
    asked = Asked((5, 5, 5, 5, 5))
    done = follow_ups.follow_up_ticket(ticket.id, None, asked=asked, **act(world, 60))
    assert done.events[-1].detail == {"answer": "unreached"}


def test_r66_mean_scores_by_handler_and_month_with_their_number(world):
    first, second, third = (close(world) for _n in range(3))
    for ticket, handler in ((first, world.worker.id), (second, world.worker.id)):
        TicketRecord.update(handler=handler).where(TicketRecord.id == ticket.id).execute()
    for ticket, score in ((first, 5), (second, 4), (third, 1)):
        asked = Asked((score,) * 5)
        follow_ups.follow_up_ticket(ticket.id, FAIR, asked=asked, **act(world, 60))
    found = score_means(Month(2026, 11))
    assert [(name, str(one.mean), one.n) for name, one in found.items()] == [
        ("王建国", "4.50", 2),
        ("前台", "1.00", 1),
    ]
    assert score_means(Month(2026, 10)) == {}


# -- the month


def test_d28_the_months_sample_counts_drawn_answered_and_satisfied(world):
    happy, fair, unasked = (close(world) for _n in range(3))
    close(world, chance=SPARED)
    follow_ups.follow_up_ticket(happy.id, HAPPY, **act(world, 60))
    follow_ups.follow_up_ticket(fair.id, FAIR, **act(world, 60))
    follow_ups.follow_up_ticket(unasked.id, None, **act(world, 60))
    found = asked_in(Month(2026, 11))
    assert (found.wanted, found.answered, found.satisfied) == (3, 2, 1)
    assert str(found.done.percent()) == "66.7"
    assert str(found.content.percent()) == "50.0"
    assert asked_in(Month(2026, 10)).wanted == 0


def test_d17_a_follow_up_of_a_closed_ticket_is_no_second_closing(world):
    ticket = close(world)
    follow_ups.follow_up_ticket(ticket.id, HAPPY, **act(world, 60))
    complaint = take_in(world, Kind.COMPLAINT)
    tickets.reply_ticket(complaint.id, text="已告知", **act(world, 61))
    follow_ups.follow_up_ticket(complaint.id, HAPPY, **act(world, 62))
    figures = complaint_figures(Month(2026, 11), now=world.now + timedelta(minutes=70))
    assert (figures.balance.received, figures.balance.closed, figures.balance.open) == (1, 1, 0)
    assert figures.summary.answers.valid == 1


def test_d28_the_monthly_report_has_the_samples_rate_and_the_mean_score_with_their_numbers(world):
    for answer, score in ((HAPPY, 5), (FAIR, 4)):
        asked = Asked((score,) * 5)
        follow_ups.follow_up_ticket(close(world).id, answer, asked=asked, **act(world, 60))
    close(world)
    figures = complaint_figures(Month(2026, 11), now=world.now + timedelta(minutes=70))
    found = {
        row.code: (str(row.value), row.numerator, row.denominator)
        for row in figures.key_figures
        if row.code in ASKED
    }
    assert found == {
        "sample-rate": ("66.7", 2, 3),
        "sample-satisfaction": ("50.0", 1, 2),
        "score-mean": ("4.50", None, 2),
    }


# -- the archive number (R44)


def test_r44_each_closing_gives_the_next_archive_number_of_its_year(world):
    numbers = [close(world).archive_number for _n in range(2)]
    assert numbers == ["DA-2026-0001", "DA-2026-0002"]
    assert take_in(world).archive_number == ""
    assert checking.check_office(world.office).ok


def test_r44_the_archive_number_stays_when_the_ticket_is_taken_up_again(world):
    ticket = close(world)
    tickets.reopen_ticket(ticket.id, reason="又坏了", **act(world, 3))
    assert find_ticket(ticket.number).archive_number == "DA-2026-0001"
    tickets.reply_ticket(ticket.id, text="已修", **act(world, 4))
    assert find_ticket(ticket.number).archive_number == "DA-2026-0001"
    assert close(world).archive_number == "DA-2026-0002"


def test_r44_a_closed_ticket_is_read_only(world):
    ticket = close(world)
    draft = TicketDraft(Kind.REPAIR, "别的", unit_id=world.home.id)
    with pytest.raises(RuleError) as refusal:
        tickets.amend_ticket(ticket.id, draft, version=ticket.version, **act(world, 3))
    assert refusal.value.code == "ticket-ended"


def test_r44_the_office_names_its_archive(world):
    shown = replace(settings.get_settings(), archive_letters="gd")
    assert settings.save_settings(shown, by=world.desk.id).archive_letters == "GD"
    assert close(world).archive_number == "GD-2026-0001"
    with pytest.raises(RuleError) as refusal:
        settings.save_settings(replace(shown, archive_letters="档案"), by=world.desk.id)
    assert refusal.value.code == "setting-archive"


def test_d28_another_kind_after_the_reply_leaves_the_queue_and_comes_back(world):
    ticket = close(world, Kind.COMPLAINT)
    assert ticket.follow_up_due_on == date(2026, 11, 24)

    def turn_into(kind):
        draft = TicketDraft(kind, ticket.text, unit_id=world.home.id)
        version = get_ticket(ticket.id).version
        return tickets.amend_ticket(ticket.id, draft, version=version, **act(world, 5))

    assert turn_into(Kind.ENQUIRY).follow_up_due_on is None
    assert list_follow_ups() == ()
    assert turn_into(Kind.COMPLAINT).follow_up_due_on == date(2026, 11, 24)
    assert [row.number for row in list_follow_ups()] == [ticket.number]


# -- offices that were made before


def test_d28_complaints_that_waited_at_the_upgrade_are_in_the_queue(old_office, now, frozen):
    opened = offices.open_office(old_office, now=now)
    try:
        waiting = rows(
            "SELECT number, follow_up_due_on FROM ticket WHERE kind = 'complaint' "
            "AND status IN ('replied', 'following-up') ORDER BY follow_up_due_on, id"
        )
        assert bool(waiting) is frozen.has_complaints_waiting
        assert [(row.number, str(row.due_on)) for row in list_follow_ups()] == waiting
    finally:
        offices.close_office(opened)

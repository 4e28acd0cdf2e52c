"""Repeats: which time it is that a household comes with the same matter."""

from datetime import timedelta

import pytest

from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import tickets
from propdesk.services.queries.repeats import find_repeat


@pytest.fixture
def complain(world, now):
    def register(days_ago, unit=None, code="service.environment", kind=Kind.COMPLAINT):
        draft = TicketDraft(kind, "脏", unit_id=(unit or world.home).id, class_code=code)
        then = now - timedelta(days=days_ago)
        return tickets.register_ticket(draft, by=world.desk.id, now=then)

    return register


def test_the_second_time_names_the_first(complain):
    first, second = complain(20), complain(1)
    assert find_repeat(first, days=30) == (1, 0, "")
    assert find_repeat(second, days=30) == (2, first.id, first.number)


def test_the_time_just_before_is_named(complain):
    complain(20)
    second, third = complain(5), complain(1)
    assert find_repeat(third, days=30) == (3, second.id, second.number)


def test_other_houses_classes_kinds_and_older_ones_do_not_count(complain, world):
    complain(31)
    complain(5, unit=world.villa)
    complain(5, code="service.attitude")
    complain(5, code="unclassed", kind=Kind.REPAIR)
    assert find_repeat(complain(0), days=30) == (1, 0, "")


def test_what_was_voided_does_not_count(complain, world, now):
    first = complain(5)
    tickets.void_ticket(first.id, reason="重复登记", by=world.desk.id, now=now)
    assert find_repeat(complain(0), days=30) == (1, 0, "")


def test_what_nobody_has_classed_repeats_nothing(complain):
    complain(5, code="unclassed")
    assert find_repeat(complain(0, code="unclassed"), days=30) == (1, 0, "")


def test_a_place_in_words_has_no_household(world, now):
    draft = TicketDraft(Kind.REPAIR, "灯不亮", place="大门")
    ticket = tickets.register_ticket(draft, by=world.desk.id, now=now)
    assert find_repeat(ticket, days=30) == (1, 0, "")

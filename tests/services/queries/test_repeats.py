"""Repeats: which time it is that a household comes with the same matter."""

from dataclasses import replace
from datetime import timedelta

import pytest

from propdesk.domain.tickets import Kind, Status, TicketDraft
from propdesk.services import offices, settings, tickets
from propdesk.services.parts.repeats import refresh_all_repeats
from propdesk.services.queries.repeats import find_repeat, list_earlier
from propdesk.services.queries.tickets import get_ticket, get_tickets
from propdesk.storage.database import rows


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


# -- the stored flag (R43)


def repeat_of(ticket):
    return get_ticket(ticket.id).repeat_of


def test_r43_a_repeat_is_flagged_at_registration_and_linked(complain):
    first = complain(20)
    second = complain(1)
    assert (first.repeat_of, second.repeat_of) == ("", first.number)


@pytest.mark.parametrize(
    ("days_ago", "more", "is_repeat"),
    [
        (30, {}, True),
        (31, {}, False),
        (0, {}, True),
        (5, {"code": "service.attitude"}, False),
        (5, {"code": "service"}, False),
        (5, {"kind": Kind.REPAIR}, False),
    ],
)
def test_r43_days_and_sub_class_decide(complain, days_ago, more, is_repeat):
    first = complain(days_ago, **more)
    assert complain(0).repeat_of == (first.number if is_repeat else "")


def test_r43_a_class_without_sub_class_is_no_same_matter(complain):
    complain(5, code="service")
    assert complain(0, code="service").repeat_of == ""


def test_r43_classing_later_finds_the_repeat_on_both_sides(complain, world, now):
    first, second = complain(5, code="unclassed"), complain(1)
    assert repeat_of(second) == ""
    tickets.confirm_class(first.id, "service.environment", by=world.desk.id, now=now)
    assert repeat_of(second) == first.number
    tickets.confirm_class(first.id, "service.attitude", by=world.desk.id, now=now)
    assert repeat_of(second) == ""


def test_r43_a_corrected_house_moves_the_repeat(complain, world, now):
    first, second = complain(5), complain(1)
    draft = TicketDraft(
        Kind.COMPLAINT, "脏", unit_id=world.villa.id, class_code="service.environment"
    )
    tickets.amend_ticket(first.id, draft, version=first.version, by=world.desk.id, now=now)
    assert repeat_of(second) == ""


def test_r43_what_turns_out_void_is_not_repeated(complain, world, now):
    first, second, third = complain(20), complain(5), complain(1)
    assert repeat_of(third) == second.number
    tickets.void_ticket(second.id, reason="重复登记", by=world.desk.id, now=now)
    assert repeat_of(third) == first.number
    assert repeat_of(second) == ""


def test_r43_another_span_of_the_office_changes_the_flags(complain, world):
    complain(20)
    second = complain(1)
    settings.save_settings(replace(settings.get_settings(), repeat_days=10), by=world.desk.id)
    assert repeat_of(second) == ""


def test_what_is_only_typed_names_the_time_before(complain, world, now):
    first = complain(5)
    earlier = list_earlier(
        world.home.id, Kind.COMPLAINT, "service.environment", days=30, before=now
    )
    assert [one.number for one in earlier] == [first.number]


def test_r43_an_older_office_gets_its_repeats_when_it_is_brought_up_to_date(old_office, now):
    """What the upgrade stores is what registering would have stored."""
    opened = offices.open_office(old_office, now=now)
    try:
        found = rows(
            "SELECT id FROM ticket WHERE unit_id IS NOT NULL AND instr(class_code, '.') > 0"
        )
        known = get_tickets([row[0] for row in found])
        counted = {
            one.id: earlier
            for one in known
            if one.status not in (Status.VOID, Status.MERGED)
            and (earlier := find_repeat(one, days=30)[2])
        }
        assert counted, "the frozen office holds repeats"
        assert {one.id: one.repeat_of for one in known if one.repeat_of} == counted
        before = rows("SELECT id, repeat_of_id FROM ticket ORDER BY id")
        refresh_all_repeats()
        assert rows("SELECT id, repeat_of_id FROM ticket ORDER BY id") == before
    finally:
        offices.close_office(opened)

"""Merging duplicates, and linking what has to do with each other."""

from datetime import timedelta

import pytest

from propdesk.domain.errors import RuleError
from propdesk.domain.months import Month
from propdesk.domain.relations import Relation
from propdesk.domain.tickets import EventKind, Kind, Status, TicketDraft
from propdesk.services import relations, tickets
from propdesk.services.queries.relations import list_relations
from propdesk.services.queries.tickets import get_ticket
from propdesk.services.reporting import complaint_figures
from propdesk.storage.database import rows


@pytest.fixture
def complain(world, now):
    def register(hours_ago=1, text="楼道太脏", **more):
        draft = TicketDraft(
            Kind.COMPLAINT, text, **{"unit_id": world.home.id, "class_code": "fees", **more}
        )
        then = now - timedelta(hours=hours_ago)
        return tickets.register_ticket(draft, by=world.desk.id, now=then)

    return register


@pytest.fixture
def merge(world, now):
    def into(ticket, other, **more):
        return relations.merge_ticket(ticket.id, other.id, by=world.desk.id, now=now, **more)

    return into


def refusal(act, *args, **more):
    before = rows("SELECT count(*), max(sequence) FROM ticket_event")
    with pytest.raises(RuleError) as refused:
        act(*args, **more)
    assert rows("SELECT count(*), max(sequence) FROM ticket_event") == before
    return refused.value.code


def shown(ticket):
    return [(one.relation, one.line.number) for one in list_relations(ticket.id)]


def test_f6_a_merged_ticket_has_ended_and_both_say_so(complain, merge):
    first, second = complain(2), complain(1)
    merged = merge(second, first, text="同一件事")
    assert (merged.status, merged.merged_into) == (Status.MERGED, first.number)
    assert (merged.events[-1].kind, merged.events[-1].text) == (EventKind.MERGED, "同一件事")
    told = get_ticket(first.id).events[-1]
    assert (told.kind, told.detail) == (
        EventKind.LINKED,
        {"as": "merged-from", "numbers": second.number},
    )
    assert shown(first) == [(Relation.MERGED_FROM, second.number)]
    assert shown(second) == [(Relation.MERGED_INTO, first.number)]


def test_f6_a_chain_of_merges_leads_to_its_end(complain, merge):
    first, second, third = complain(3), complain(2), complain(1)
    merge(second, first)
    assert merge(third, second).merged_into == first.number


def test_f6_merges_cannot_go_in_a_circle(complain, merge):
    first, second, third = complain(3), complain(2), complain(1)
    merge(second, first)
    merge(third, second)
    assert refusal(merge, first, third) == "merge-itself"
    assert refusal(merge, first, first) == "merge-itself"


def test_f6_what_has_ended_is_neither_merged_nor_merged_into(complain, merge, world, now):
    first, second, third = complain(3), complain(2), complain(1)
    tickets.void_ticket(first.id, reason="误报", by=world.desk.id, now=now)
    assert refusal(merge, second, first) == "merge-ended"
    assert refusal(merge, first, second) == "ticket-ended"
    merge(second, third)
    assert refusal(merge, second, third) == "ticket-ended"


def test_f6_the_report_s_balance_holds_over_merges(complain, merge, world, now):
    """R60: carried over + received + reopened + moved in - closed - removed = open."""
    first, second, third = complain(3), complain(2), complain(1)
    merge(second, first)
    merge(third, second)
    month = Month.of(now)
    balance = complaint_figures(month, now=now).balance
    assert (balance.received, balance.removed, balance.open) == (3, 2, 1)


def test_r43_a_merged_ticket_repeats_nothing(complain, merge):
    code = "service.environment"
    first, second = complain(50, class_code=code), complain(2, class_code=code)
    third = complain(1, class_code=code)
    assert get_ticket(third.id).repeat_of == second.number
    merge(second, third)
    assert get_ticket(third.id).repeat_of == first.number
    assert get_ticket(second.id).repeat_of == ""


def test_related_tickets_are_linked_once_and_on_both(complain, world, now):
    first, second = complain(2), complain(1)
    by = {"by": world.desk.id, "now": now}
    relations.link_tickets(second.id, first.id, **by)
    relations.link_tickets(first.id, second.id, **by)
    assert shown(first) == [(Relation.RELATED, second.number)]
    assert shown(second) == [(Relation.RELATED, first.number)]
    assert [len(get_ticket(one.id).events) for one in (first, second)] == [2, 2]
    relations.unlink_tickets(first.id, second.id, **by)
    assert shown(first) == shown(second) == []
    assert get_ticket(second.id).events[-1].kind is EventKind.UNLINKED
    assert refusal(relations.unlink_tickets, first.id, second.id, **by) == "link-missing"
    assert refusal(relations.link_tickets, first.id, first.id, **by) == "link-itself"


def test_an_ended_ticket_may_be_linked_still(complain, world, now):
    first, second = complain(2), complain(1)
    by = {"by": world.desk.id, "now": now}
    tickets.void_ticket(first.id, reason="误报", **by)
    linked = relations.link_tickets(first.id, second.id, **by)
    assert linked.status is Status.VOID
    assert shown(second) == [(Relation.RELATED, first.number)]

"""Merges and links: chains end somewhere, nothing is merged into itself or into what has ended."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.errors import RuleError
from propdesk.domain.relations import check_link, check_merge, end_of_merges
from propdesk.domain.tickets import OPEN, Status


def code_of(check, *args, **more) -> str:
    try:
        check(*args, **more)
    except RuleError as refusal:
        return refusal.code
    return ""


def test_f6_a_chain_of_merges_ends_in_its_last_ticket():
    merged = {1: 2, 2: 3, 5: 3}
    assert [end_of_merges(one, merged) for one in (1, 2, 3, 4, 5)] == [3, 3, 3, 4, 3]


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=40))
def test_f6_merges_in_any_order_leave_no_loop_and_one_end_each(wishes):
    """Each merge goes to the end of the other's chain, and never into itself."""
    merged: dict[int, int] = {}
    for ticket, into in wishes:
        target = end_of_merges(into, merged)
        if ticket not in merged and target != ticket:
            merged[ticket] = target
    for ticket in range(1, 13):
        end, steps = ticket, 0
        while end in merged:
            end, steps = merged[end], steps + 1
            assert steps <= len(merged)
        assert end_of_merges(ticket, merged) == end


def test_a_damaged_chain_does_not_hang():
    assert end_of_merges(1, {1: 2, 2: 1}) in (1, 2)


@pytest.mark.parametrize("status", Status)
def test_f6_merged_into_open_tickets_only(status):
    code = code_of(
        check_merge, "A", is_master=False, target="B", target_status=status, is_same=False
    )
    assert code == ("" if status in OPEN else "merge-ended")


def test_f6_not_into_itself_and_no_incident():
    facts = {"target": "B", "target_status": Status.RECEIVED}
    assert code_of(check_merge, "A", is_master=False, is_same=True, **facts) == "merge-itself"
    assert code_of(check_merge, "A", is_master=True, is_same=False, **facts) == "merge-incident"


def test_no_ticket_is_related_to_itself():
    assert code_of(check_link, "A", is_same=True) == "link-itself"
    assert code_of(check_link, "A", is_same=False) == ""

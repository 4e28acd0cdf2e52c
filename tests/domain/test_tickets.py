"""The status table and what closes a ticket (R20, R40; decisions 12 and 28)."""

import pytest

from propdesk.domain.classes import CLASS_NUMBERS, CLASSES, SUBCLASSES, is_class, top_class
from propdesk.domain.errors import RuleError
from propdesk.domain.tickets import (
    ENDED,
    OPEN,
    TRANSITIONS,
    EventKind,
    Kind,
    Status,
    can_move,
    is_open,
    next_status,
)


def test_the_stored_codes_are_the_decided_ones():
    assert list(Kind) == ["repair", "complaint", "enquiry", "suggestion", "praise", "bill-query"]
    assert list(Status) == [
        "received", "dispatched", "in-progress", "suspended", "completed", "replied",
        "following-up", "closed", "void", "merged", "not-ours",
    ]  # fmt: skip
    assert {status for status in Status if is_open(status)} == set(list(Status)[:7]) == OPEN
    assert list(CLASSES) == ["facilities", "service", "fees", "incident"]
    assert len(SUBCLASSES) == 17
    assert all(top_class(code) in CLASSES for code in SUBCLASSES)
    assert (CLASS_NUMBERS["service.environment"], CLASS_NUMBERS["incident"]) == ("2.5", "4")
    assert is_class("unclassed")
    assert not is_class("unclassed.noise")


def test_every_status_has_its_moves_and_every_open_one_a_way_out():
    assert set(TRANSITIONS) == set(Status)
    for status in OPEN:
        seen, waiting = set(), [status]
        while waiting:
            here = waiting.pop()
            if here not in seen:
                seen.add(here)
                waiting += TRANSITIONS[here].values()
        assert seen & ENDED, status


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("event", EventKind)
def test_a_move_outside_the_table_is_refused_with_a_sentence(status, event):
    if can_move(status, event):
        assert next_status(status, event) is TRANSITIONS[status][event]
        return
    with pytest.raises(RuleError) as refusal:
        next_status(status, event)
    assert refusal.value.code in {"ticket-ended", "move-not-allowed"}
    assert str(refusal.value)

"""The log names each command and what came of it, and nothing that was typed."""

import logging

import pytest

from propdesk.domain.errors import RuleError
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import tickets


@pytest.fixture
def noted(caplog):
    caplog.set_level(logging.INFO, "propdesk.services")
    return lambda: [(one.module, one.funcName, one.getMessage()) for one in caplog.records]


def test_a_stored_command_is_noted_by_its_name(world, noted):
    draft = TicketDraft(kind=Kind.REPAIR, text="张伟丰家漏水", unit_id=world.home.id)
    tickets.register_ticket(draft, by=world.desk.id, now=world.now)
    assert noted()[-1] == ("tickets", "register_ticket", "stored")


def test_a_refused_command_is_noted_by_its_code(world, noted):
    with pytest.raises(RuleError) as refusal:
        tickets.register_ticket(
            TicketDraft(kind=Kind.REPAIR, text=" "), by=world.desk.id, now=world.now
        )
    assert noted()[-1] == ("tickets", "register_ticket", f"refused: {refusal.value.code}")

"""Showing in full needs the right and leaves a line (R85)."""

from dataclasses import replace

import pytest

from propdesk.domain.consents import ConsentDraft, ConsentWay
from propdesk.domain.errors import RuleError
from propdesk.domain.persons import PersonDraft
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import residents, tickets
from propdesk.services.consents import give_consent
from propdesk.services.person_details import set_details
from propdesk.services.revealing import (
    reveal_detail,
    reveal_house,
    reveal_phones,
    reveal_reporter,
)
from propdesk.services.settings import get_settings, save_settings
from propdesk.storage.database import rows


def _lines():
    return rows("SELECT act, unit_id, person_id, what FROM access_line ORDER BY id")


@pytest.fixture
def owner(world):
    return rows("SELECT id FROM person")[0][0]


def test_r85_phones_of_a_person(world, owner):
    for _twice in range(2):
        shown = reveal_phones(owner, by=world.cashier.id, now=world.now, unit_id=world.home.id)
        assert shown == ("13800001234",)
    assert _lines() == [("revealed", world.home.id, owner, "phone")]


def test_r85_phones_of_a_house_are_a_line_for_each_person(world, owner):
    tenant = PersonDraft("李四", phones=("13900005678", "0571-88006110"))
    residents.add_resident(world.home.id, tenant, by=world.desk.id, now=world.now)
    residents.add_resident(world.home.id, PersonDraft("王五"), by=world.desk.id, now=world.now)
    shown = reveal_house(world.home.id, by=world.desk.id, now=world.now)
    assert shown == {owner: ("13800001234",), owner + 1: ("13900005678", "0571-88006110")}
    assert [line[2] for line in _lines()] == [owner, owner + 1]


def test_r85_the_phone_on_a_ticket(world):
    draft = TicketDraft(Kind.REPAIR, "漏水", unit_id=world.home.id, reporter_phone="13800001234")
    ticket = tickets.register_ticket(draft, by=world.desk.id, now=world.now)
    assert reveal_reporter(ticket.id, by=world.desk.id, now=world.now) == "13800001234"
    assert _lines() == [("revealed", world.home.id, None, f"phone {ticket.number}")]
    with pytest.raises(RuleError):
        reveal_reporter(999, by=world.desk.id, now=world.now)


def test_r85_the_full_identity_number_is_a_logged_act_and_its_value_is_not_in_the_log(world, owner):
    save_settings(replace(get_settings(), kept_fields=("identity-number",)), by=world.desk.id)
    draft = ConsentDraft("identity-number", ConsentWay.PAPER, world.now.date())
    give_consent(owner, draft, by=world.desk.id, now=world.now)
    number = "11010519491231002X"
    set_details(owner, {"identity-number": number}, by=world.desk.id, now=world.now)
    assert reveal_detail(owner, "identity-number", by=world.desk.id, now=world.now) == number
    assert reveal_detail(owner, "needs-medical", by=world.desk.id, now=world.now) == ""
    assert _lines() == [("revealed", None, owner, "identity-number")]


def test_r85_without_the_right_nothing_is_shown_nor_noted(world, owner):
    for act in (
        lambda: reveal_phones(owner, by=world.worker.id, now=world.now),
        lambda: reveal_house(world.home.id, by=world.worker.id, now=world.now),
        lambda: reveal_reporter(1, by=world.worker.id, now=world.now),
        lambda: reveal_detail(owner, "identity-number", by=world.worker.id, now=world.now),
    ):
        with pytest.raises(RuleError) as refused:
            act()
        assert refused.value.code == "not-allowed"
    assert _lines() == []

"""Somebody who was two records once, and somebody who is sealed: what still names them (F47)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from propdesk.domain.access import AccessAct
from propdesk.domain.bills import BillDraft
from propdesk.domain.consents import ConsentDraft, ConsentWay
from propdesk.domain.erasure import Stop
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_item_drafts import ItemDraft
from propdesk.domain.fee_items import Formula
from propdesk.domain.gate_passes import GatePassDraft
from propdesk.domain.leave_reasons import LeaveReason
from propdesk.domain.moves import MoveDraft, MoveKind
from propdesk.domain.payments import MeansPart, PaymentDraft
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.till import Means
from propdesk.domain.units import UnitKind
from propdesk.services import (
    bills,
    erasures,
    fee_items,
    gate_passes,
    moves,
    persons,
    residents,
    till,
)
from propdesk.services.consents import give_consent, withdraw_consent
from propdesk.services.parts.access import note_access
from propdesk.services.parts.writing import writing
from propdesk.services.person_details import set_details
from propdesk.services.queries.access import AccessFilter, count_access, list_access
from propdesk.services.queries.bills import get_bill
from propdesk.services.queries.consents import find_consent, list_consents
from propdesk.services.queries.erasures import plan_erasure
from propdesk.services.queries.moves import get_move, list_effects, list_moves
from propdesk.services.queries.residents import list_residents
from propdesk.services.settings import get_settings, save_settings
from propdesk.storage.database import rows

NAME = "欧阳修竹"
DAY = date(2026, 11, 1)


@pytest.fixture
def desk(world):
    return {"by": world.desk.id, "now": world.now}


@pytest.fixture
def owner(world):
    return list_residents(world.home.id, world.now.date())[0].person_id


@pytest.fixture
def double(world, desk):
    """The owner once more, as somebody entered him at another house."""
    draft = PersonDraft("张伟丰", ResidentRole.OWNER, phones=("13800001234",))
    return residents.add_resident(world.villa.id, draft, **desk).person_id


@pytest.fixture
def give(desk):
    def given(person_id, day, scope="profile"):
        return give_consent(person_id, ConsentDraft(scope, ConsentWay.PAPER, day), **desk)

    return given


def test_who_has_looked_names_looks_at_the_former_record(world, desk, owner, double):
    with writing():
        note_access(
            AccessAct.REVEALED, world.desk.id, world.now, person_id=double, what="phone",
            purpose="来电核对",
        )  # fmt: skip
    persons.merge_persons(owner, double, **desk)
    for wanted in (AccessFilter(unit_id=world.home.id), AccessFilter(person_id=owner)):
        assert [line.purpose for line in list_access(wanted)] == ["来电核对"]
        assert count_access(wanted) == 1


def test_fees_go_over_with_the_person_and_hold_him_while_they_are_open(world, desk, owner, double):
    item = ItemDraft("WY", "物业服务费", Formula.AREA, unit_kinds=(UnitKind.HOME,))
    fee_items.add_item(item, by=world.desk.id)
    draft = BillDraft(9_900, "By hand", person_id=double)
    bill = bills.add_bill(world.villa.id, "WY", draft, **desk)
    persons.merge_persons(owner, double, **desk)
    assert get_bill(bill.id).person_id == owner
    assert Stop.OPEN_BILLS in plan_erasure(owner, today=world.now.date()).stops
    paid = PaymentDraft(world.villa.id, (MeansPart(Means.CASH, 9_900),), person_id=owner)
    till.take_payment(paid, **desk)
    assert Stop.OPEN_BILLS not in plan_erasure(owner, today=world.now.date()).stops


def test_erasing_the_former_record_says_who_he_is_now(world, desk, owner, double):
    persons.merge_persons(owner, double, **desk)
    with pytest.raises(RuleError) as refused:
        plan_erasure(double, today=world.now.date())
    assert refused.value.code == "person-merged"
    assert "张伟丰" in str(refused.value)
    assert str(owner) in str(refused.value)


def test_of_two_consents_the_later_holds_and_one_withdrawal_stops_all(
    world, desk, owner, double, give
):
    save_settings(replace(get_settings(), kept_fields=("occupation",)), by=world.desk.id)
    give(owner, DAY)
    set_details(owner, {"occupation": "教师"}, **desk)
    later = give(double, DAY + timedelta(days=3))
    persons.merge_persons(owner, double, **desk)
    assert [one.id for one in list_consents(owner)] == [later.id]
    done = withdraw_consent(later.id, on=world.now.date(), **desk)
    assert done.deleted == ("occupation",)
    assert find_consent(owner, "profile") is None
    assert rows("SELECT count(*) FROM person_detail") == [(0,)]


def test_a_withdrawal_at_the_one_record_ends_the_consent_at_the_other(
    world, desk, owner, double, give
):
    give(owner, DAY)
    there = give(double, DAY)
    withdraw_consent(there.id, on=DAY + timedelta(days=5), **desk)
    persons.merge_persons(owner, double, **desk)
    assert find_consent(owner, "profile") is None
    assert {one.withdrawn_on for one in list_consents(owner)} == {DAY + timedelta(days=5)}


def test_a_consent_given_again_after_the_withdrawal_holds_on(world, desk, owner, double, give):
    there = give(double, DAY)
    withdraw_consent(there.id, on=DAY + timedelta(days=5), **desk)
    again = give(owner, DAY + timedelta(days=9))
    persons.merge_persons(owner, double, **desk)
    found = find_consent(owner, "profile")
    assert found is not None
    assert found.id == again.id


@pytest.fixture
def gone(world, desk):
    """A tenant who moved out yesterday; all is settled."""
    yesterday = world.now.date() - timedelta(days=1)
    draft = PersonDraft(NAME, ResidentRole.TENANT, from_on=date(2026, 1, 1))
    stay = residents.add_resident(world.home.id, draft, **desk)
    move = MoveDraft(
        MoveKind.LEASE_END, yesterday, leaving=(stay.residency_id,), settled_on=yesterday,
        reason=LeaveReason.MOVED_AWAY,
    )  # fmt: skip
    return stay.person_id, moves.record_move(world.home.id, move, **desk)


def test_moves_do_not_say_the_name_of_who_is_sealed(world, desk, gone):
    person_id, move = gone
    assert NAME in "".join((get_move(move.id).name, *list_effects(move)))
    erasures.seal_person(person_id, "保存期满前封存", **desk)
    (listed,) = list_moves(unit_id=world.home.id)
    assert NAME not in "".join((listed.name, *list_effects(listed)))
    assert rows("SELECT name FROM move") == [(NAME,)]  # kept, and used for nothing


def test_a_gate_pass_does_not_stand_on_a_void_move(world, desk, gone):
    _person_id, move = gone
    moves.void_move(move.id, "记错", version=move.version, **desk)
    things = GatePassDraft("王师傅", "沙发 1 张", move_id=move.id, confirmed_by="张伟丰")
    with pytest.raises(RuleError) as refused:
        gate_passes.write_gate_pass(world.home.id, things, **desk)
    assert refused.value.code == "gate-pass-move-void"
    assert rows("SELECT count(*) FROM gate_pass") == [(0,)]

"""Moves on a real file: what is kept, what they do to the house, what is still open (R83, R84)."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.gate_passes import GatePassDraft
from propdesk.domain.leave_reasons import LeaveReason
from propdesk.domain.moves import Meter, MoveDraft, MoveKind, Newcomer, SettleDraft
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.settlements import SettlementLine
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.domain.unit_keys import KeyDraft, KeyKind, KeyOutcome
from propdesk.domain.units import UnitState
from propdesk.services import gate_passes, moves, residents, tickets, unit_keys
from propdesk.services.queries.gate_passes import list_gate_passes
from propdesk.services.queries.moves import (
    find_move,
    get_reason_year,
    list_effects,
    list_keys_due,
    list_moves,
    list_open_tickets,
    list_staying,
)
from propdesk.services.queries.units import get_unit
from propdesk.storage.database import rows

TODAY = date(2026, 11, 21)
HALF = Fraction(1, 2)
LEASE = MoveDraft(
    MoveKind.LEASE,
    date(2026, 11, 1),
    until_on=date(2027, 10, 31),
    told_on=date(2026, 11, 2),
    coming=(Newcomer("王建", phones=("13900005678",)),),
    state=UnitState.LET,
    meters={Meter.WATER: "120.5"},
)
FEES = (
    SettlementLine("物业服务费", 120_000, 100_000),
    SettlementLine("门禁卡押金", deposit_fen=5_000),
)


@pytest.fixture
def act(world):
    return {"by": world.desk.id, "now": world.now}


def stays(world, day=TODAY):
    return {one.name: one for one in list_staying(world.home.id, day)}


def state(world):
    return rows("SELECT state FROM unit WHERE id = ?", world.home.id)[0][0]


def record(world, draft, **more):
    who = {"by": world.desk.id, "now": world.now} | more
    return moves.record_move(world.home.id, draft, **who)


def lease_end(world, **more):
    end = MoveDraft(
        MoveKind.LEASE_END,
        TODAY,
        reason=LeaveReason.BETTER_OFFER,
        leaving=(stays(world)["王建"].residency_id,),
        settlement=FEES,
        settled_on=TODAY,
        new_address="翠湖路 8 号",
        new_phone="13900005678",
        state=UnitState.VACANT,
    )
    return replace(end, **more)


def test_r83_l945_a_lease_begins_the_tenants_stay_and_keeps_when_the_office_was_told(world):
    move = record(world, LEASE)
    assert move.number == "QY-2026-0001"
    assert (move.name, move.until_on, move.told_on) == (
        "王建", date(2027, 10, 31), date(2026, 11, 2),
    )  # fmt: skip
    assert (move.handled_by, move.meters) == (world.desk.name, {Meter.WATER: "120.5"})
    assert stays(world)["王建"].role is ResidentRole.TENANT
    assert state(world) == "let"
    assert rows("SELECT from_on, to_on FROM residency WHERE role = 'tenant'") == [
        ("2026-11-01", None)
    ]
    assert rows("SELECT digits FROM phone ORDER BY id DESC LIMIT 1") == [("13900005678",)]
    assert find_move("qy-2026-0001") == move


def test_r83_r84_the_end_of_a_lease_keeps_reason_settlement_and_address_and_ends_the_stay(world):
    record(world, LEASE)
    move = record(world, lease_end(world))
    assert (move.reason, move.settlement, move.new_address) == (
        LeaveReason.BETTER_OFFER, FEES, "翠湖路 8 号",
    )  # fmt: skip
    assert "王建" not in stays(world, TODAY + timedelta(days=1))
    assert "张伟丰" in stays(world, TODAY + timedelta(days=1))
    assert state(world) == "vacant"
    assert not move.is_open
    assert [one.kind for one in list_moves(unit_id=world.home.id)] == [
        MoveKind.LEASE_END, MoveKind.LEASE,
    ]  # fmt: skip
    assert rows("SELECT count(*) FROM residency") == [(2,)]


def test_r83_keys_out_and_sums_open_are_said_at_once_and_a_reason_lets_them_go(world, act):
    record(world, LEASE)
    tenant = stays(world)["王建"]
    card = unit_keys.give_key(
        world.home.id, KeyDraft(KeyKind.DOOR_CARD, 2, person_id=tenant.person_id), **act
    )
    owners = KeyDraft(KeyKind.HOUSE_KEY, 1, "张伟丰")
    unit_keys.give_key(world.home.id, owners, **act)
    before = rows("SELECT count(*) FROM move")
    with pytest.raises(DraftError) as refused:
        record(world, lease_end(world, settled_on=None))
    (problem,) = refused.value.problems
    assert problem.field == "open_reason"
    assert "×2" in problem.text
    assert "150.00" in problem.text
    assert "×1" not in problem.text
    assert rows("SELECT count(*) FROM move") == before
    assert "王建" in stays(world)
    gone = record(world, lease_end(world, settled_on=None, open_reason="连夜搬走,电话催还"))
    assert gone.is_open
    assert gone.open_reason == "连夜搬走,电话催还"
    assert [key.id for key in list_keys_due(gone)] == [card.id]
    assert list_moves(open_only=True) == (gone,)
    unit_keys.end_key(card.id, KeyOutcome.RETURNED, version=card.version, **act)
    assert not list_keys_due(gone)


def test_r83_who_announces_to_leave_settles_later(world, act):
    record(world, LEASE)
    tenant = stays(world)["王建"]
    unit_keys.give_key(
        world.home.id, KeyDraft(KeyKind.DOOR_CARD, 1, person_id=tenant.person_id), **act
    )
    next_week = TODAY + timedelta(days=7)
    coming = lease_end(world, on_day=next_week, settlement=(), settled_on=None)
    move = record(world, coming)
    assert "王建" in stays(world, next_week)
    assert state(world) == "let"
    later = {"by": world.desk.id, "now": world.now + timedelta(days=7)}
    bill = SettleDraft(FEES, next_week, {Meter.WATER: "188"})
    with pytest.raises(DraftError) as refused:
        moves.settle_move(move.id, bill, version=move.version, **later)
    assert [one.field for one in refused.value.problems] == ["open_reason"]
    settled = moves.settle_move(
        move.id, replace(bill, open_reason="卡遗失"), version=move.version, **later
    )
    assert (settled.settlement, settled.settled_on, settled.version) == (FEES, next_week, 2)
    assert settled.meters == {Meter.WATER: "188"}
    with pytest.raises(RuleError) as stale:
        moves.settle_move(move.id, bill, version=move.version, **later)
    assert stale.value.code == "changed-meanwhile"


def test_r83_a_transfer_ends_the_old_owners_and_begins_joint_owners_and_leaves_the_tenant(world):
    record(world, LEASE)
    ticket = tickets.register_ticket(
        TicketDraft(Kind.REPAIR, "厨房漏水", unit_id=world.home.id), by=world.desk.id, now=world.now
    )
    old = stays(world)["张伟丰"]
    sale = MoveDraft(
        MoveKind.TRANSFER,
        TODAY,
        told_on=TODAY,
        leaving=(old.residency_id,),
        coming=(Newcomer("赵敏", share=HALF), Newcomer("孙强", share=HALF)),
        settlement=FEES,
        open_reason="欠费由原业主月底付清",
    )
    move = record(world, sale)
    tomorrow = stays(world, TODAY + timedelta(days=1))
    assert {one.name: one.share for one in tomorrow.values()} == {
        "赵敏": HALF, "孙强": HALF, "王建": None,
    }  # fmt: skip
    assert rows("SELECT to_on FROM residency WHERE id = ?", old.residency_id) == [("2026-11-21",)]
    assert move.name == "张伟丰 → 赵敏、孙强"
    assert move.is_open
    assert list_open_tickets(world.home.id) == (ticket.number,)
    assert state(world) == "let"


def test_f47_heirs_take_over_and_a_son_who_lives_there_is_then_an_owner(world, act):
    son = residents.add_resident(
        world.home.id, PersonDraft("张小宝", ResidentRole.FAMILY, from_on=date(2020, 1, 1)), **act
    )
    old = stays(world)["张伟丰"]
    heirs = (Newcomer(person_id=son.person_id, share=HALF), Newcomer("张小红", share=HALF))
    move = record(
        world, MoveDraft(MoveKind.INHERITANCE, TODAY, leaving=(old.residency_id,), coming=heirs)
    )
    after = list_staying(world.home.id, TODAY + timedelta(days=1))
    assert {(one.name, one.role) for one in after} == {
        ("张小宝", ResidentRole.OWNER), ("张小红", ResidentRole.OWNER),
    }  # fmt: skip
    assert rows("SELECT count(*) FROM person WHERE name = '张小宝'") == [(1,)]
    assert len(move.effects["ended"]) == 2


def test_r83_an_owner_who_moves_in_or_out_stays_one_and_the_same_owner(world):
    owner = stays(world)["张伟丰"]
    family = Newcomer("陈静", ResidentRole.FAMILY, relation="配偶")
    came = record(
        world,
        MoveDraft(
            MoveKind.MOVE_IN,
            TODAY,
            coming=(Newcomer(person_id=owner.person_id), family),
            state=UnitState.OWNER_OCCUPIED,
        ),
    )
    assert came.name == "张伟丰、陈静"
    assert rows("SELECT count(*) FROM residency WHERE role = 'owner'") == [(1,)]
    assert state(world) == "owner-occupied"
    out = MoveDraft(
        MoveKind.MOVE_OUT,
        TODAY,
        reason=LeaveReason.MOVED_AWAY,
        leaving=tuple(one.residency_id for one in stays(world).values()),
        settled_on=TODAY,
        state=UnitState.VACANT,
    )
    record(world, out)
    assert set(stays(world, TODAY + timedelta(days=1))) == {"张伟丰"}
    assert state(world) == "vacant"


def test_r83_handing_over_keeps_its_day_and_names_the_owner(world):
    move = record(world, MoveDraft(MoveKind.DELIVERY, TODAY, state=UnitState.VACANT))
    assert move.name == "张伟丰"
    assert rows("SELECT delivered_on, state FROM unit WHERE id = ?", world.home.id) == [
        ("2026-11-21", "vacant")
    ]


def test_l366_a_right_of_residence_is_a_stay_that_says_so(world):
    move = record(
        world,
        MoveDraft(MoveKind.RIGHT_OF_RESIDENCE, TODAY, told_on=TODAY, coming=(Newcomer("刘老"),)),
    )
    role, relation = rows(
        "SELECT role, relation FROM residency WHERE id = ?", move.effects["begun"][0]
    )[0]
    assert role == "other"
    assert relation


def test_r83_a_move_is_voided_with_a_reason_and_says_what_is_to_be_taken_back(world, act):
    move = record(world, LEASE)
    with pytest.raises(DraftError):
        moves.void_move(move.id, " \u200b", version=move.version, **act)
    void = moves.void_move(move.id, "录错房号", version=move.version, **act)
    assert void.void_reason == "录错房号"
    assert void.voided_at is not None
    first, second = list_effects(void)
    assert "王建" in first
    assert "2026-11-01" in second
    assert "王建" in stays(world)
    with pytest.raises(RuleError) as refused:
        moves.void_move(move.id, "再次", version=void.version, **act)
    assert refused.value.code == "move-voided"
    assert rows("SELECT count(*) FROM move") == [(1,)]


def test_r84_a_year_counts_the_reasons_of_moves_that_hold(world, act):
    record(world, LEASE)
    gone = record(world, lease_end(world))
    assert {row.reason: row.count for row in get_reason_year(2026).rows if row.count} == {
        LeaveReason.BETTER_OFFER: 1
    }
    assert get_reason_year(2027).total_before == 1
    moves.void_move(gone.id, "录错", version=gone.version, **act)
    assert get_reason_year(2026).total == 0


def test_a_refused_move_takes_no_number_and_writes_nothing(world):
    with pytest.raises(DraftError):
        record(world, replace(LEASE, coming=(Newcomer("王建", phones=("1.38E+10",)),)))
    assert rows("SELECT (SELECT count(*) FROM move), (SELECT count(*) FROM person)") == [(0, 1)]
    assert record(world, LEASE).number == "QY-2026-0001"


def test_r83_a_list_of_moves_goes_by_pages(world):
    record(world, LEASE)
    record(world, lease_end(world))
    first = list_moves(limit=1)
    second = list_moves(after=(first[0].on_day, first[0].id), limit=1)
    assert [one.kind for one in (*first, *second)] == [MoveKind.LEASE_END, MoveKind.LEASE]
    assert list_moves(kind=MoveKind.LEASE, to_on=date(2026, 11, 2)) == second
    assert not list_moves(from_on=date(2026, 12, 1))


def test_r83_a_tenants_gate_pass_needs_the_owners_word(world, act):
    record(world, LEASE)
    things = GatePassDraft("王建", "沙发 1 件\n冰箱 1 台", plate="粤b12345")
    with pytest.raises(DraftError) as refused:
        gate_passes.write_gate_pass(world.home.id, things, **act)
    assert [one.field for one in refused.value.problems] == ["confirmed_by"]
    agreed = replace(things, confirmed_by="张伟丰 11-21 电话同意")
    written = gate_passes.write_gate_pass(world.home.id, agreed, **act)
    assert (written.number, written.valid_on, written.plate) == (
        "FX-2026-0001", TODAY, "粤B12345",
    )  # fmt: skip
    assert list_gate_passes(unit_id=world.home.id) == (written,)
    void = gate_passes.void_gate_pass(written.id, **act)
    assert void.voided_at is not None
    with pytest.raises(RuleError):
        gate_passes.void_gate_pass(written.id, **act)


def test_r83_a_pass_for_the_end_of_a_lease_asks_the_owner_whoever_carries(world, act):
    record(world, LEASE)
    move = record(world, lease_end(world))
    by_movers = GatePassDraft("顺达搬家公司", "家具一车", move_id=move.id)
    with pytest.raises(DraftError):
        gate_passes.write_gate_pass(world.home.id, by_movers, **act)
    with pytest.raises(RuleError) as refused:
        gate_passes.write_gate_pass(
            world.villa.id, replace(by_movers, confirmed_by="业主同意"), **act
        )
    assert refused.value.code == "move-elsewhere"
    owners = GatePassDraft("张伟丰", "旧沙发")
    assert gate_passes.write_gate_pass(world.home.id, owners, **act).move == ""


def test_l31_children_come_with_a_move_as_a_number(world, act):
    """PIPL 28, 31: under 14 only a count is kept, unless a guardian agreed."""
    moved = moves.record_move(
        world.home.id,
        MoveDraft(MoveKind.LEASE, TODAY, coming=(Newcomer("秦琼"),), minors=2),
        **act,
    )
    unit = get_unit(world.home.id)
    assert unit.minors == 2
    assert any("2" in words for words in list_effects(moved) if "14" in words)
    for count in (-1, 100):
        with pytest.raises(DraftError) as refused:
            moves.record_move(
                world.home.id, MoveDraft(MoveKind.LEASE_END, TODAY, minors=count), **act
            )
        assert "minors" in [problem.field for problem in refused.value.problems]
    assert get_unit(world.home.id) == unit

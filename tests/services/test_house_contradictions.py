"""Acts on one house that meet: none of them may leave the register saying two things at once."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from propdesk.domain.decorations import DecorationDraft
from propdesk.domain.erasure import Part, Stop
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.gate_passes import GatePassDraft
from propdesk.domain.leave_reasons import LeaveReason
from propdesk.domain.moves import MoveDraft, MoveKind, Newcomer, SettleDraft
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.pets import PetDraft, PetKind
from propdesk.domain.settlements import SettlementLine
from propdesk.domain.unit_keys import KeyDraft, KeyKind, KeyOutcome
from propdesk.domain.units import Address, UnitState
from propdesk.domain.vehicles import VehicleDraft
from propdesk.services import (
    decorations,
    erasures,
    gate_passes,
    moves,
    persons,
    pets,
    residents,
    segments,
    unit_keys,
    units,
    vehicles,
)
from propdesk.services.persons import StayDraft
from propdesk.services.queries.decorations import list_told
from propdesk.services.queries.desk import search_desk
from propdesk.services.queries.erasures import plan_erasure
from propdesk.services.queries.moves import get_move, list_effects
from propdesk.services.queries.residents import draft_of, list_residents
from propdesk.services.queries.unit_keys import list_all_keys, list_keys
from propdesk.services.queries.units import get_unit, list_units
from propdesk.storage.database import rows

TODAY = date(2026, 11, 21)
TOMORROW, YESTERDAY = date(2026, 11, 22), date(2026, 11, 20)
LATER = timedelta(weeks=53 * 6)


@pytest.fixture
def desk(world):
    return {"by": world.desk.id, "now": world.now}


@pytest.fixture
def owner(world):
    return list_residents(world.home.id, TODAY)[0]


def add(world, draft, unit=None):
    unit = unit or world.home
    return residents.add_resident(unit.id, draft, by=world.desk.id, now=world.now)


def held(table):
    return rows(f"SELECT * FROM {table} ORDER BY id")


# -- days


def test_a_plate_that_was_to_go_is_not_found_after_its_day(world, desk):
    made = vehicles.add_vehicle(world.home.id, VehicleDraft("粤B12345"), **desk)
    vehicles.end_vehicle(made.id, to_on=TOMORROW, version=made.version, **desk)
    assert [hit.where for hit in search_desk("b12345", today=TODAY)] == ["3-2-501"]
    assert search_desk("b12345", today=TOMORROW) == ()


def test_a_vehicle_that_has_gone_does_not_come_back_by_another_last_day(world, desk):
    made = vehicles.add_vehicle(world.home.id, VehicleDraft("粤B12345"), **desk)
    gone = vehicles.end_vehicle(made.id, to_on=TODAY, version=made.version, **desk)
    vehicles.add_vehicle(world.home.id, VehicleDraft("粤B12345"), **desk)
    with pytest.raises(RuleError) as refused:
        vehicles.end_vehicle(made.id, to_on=TOMORROW, version=gone.version, **desk)
    assert refused.value.code == "vehicle-exists"


def test_who_left_today_belongs_to_the_house_no_more(world, desk, owner):
    residents.end_residency(world.home.id, owner.residency_id, to_on=TODAY, **desk)
    assert Stop.PRESENT not in plan_erasure(owner.person_id, today=TODAY).stops


def test_a_later_last_day_does_not_make_two_whole_owners(world, desk, owner):
    residents.change_resident(
        world.home.id,
        owner.residency_id,
        replace(draft_of(owner), share=Fraction(1), to_on=YESTERDAY, from_on=None),
        version=owner.version,
        **desk,
    )
    add(world, PersonDraft("李红", from_on=YESTERDAY, share=Fraction(1)))
    before = held("residency")
    with pytest.raises(DraftError):
        residents.end_residency(world.home.id, owner.residency_id, to_on=TOMORROW, **desk)
    assert held("residency") == before


def test_nobody_gets_two_stays_of_one_role_by_a_change(world, desk, owner):
    residents.end_residency(world.home.id, owner.residency_id, to_on=TODAY, **desk)
    again = StayDraft(ResidentRole.OWNER, from_on=TODAY)
    persons.link_person(world.home.id, owner.person_id, again, **desk)
    family = StayDraft(ResidentRole.FAMILY, from_on=TODAY)
    second = persons.link_person(world.home.id, owner.person_id, family, **desk)
    before = held("residency")
    for act in (
        lambda: residents.end_residency(world.home.id, owner.residency_id, to_on=TOMORROW, **desk),
        lambda: residents.change_resident(
            world.home.id,
            second.residency_id,
            replace(draft_of(second), role=ResidentRole.OWNER),
            version=second.version,
            **desk,
        ),
    ):
        with pytest.raises(RuleError) as refused:
            act()
        assert refused.value.code == "already-there"
    assert held("residency") == before


# -- state of the house


def works(world, **more):
    draft = DecorationDraft(
        applicant="张伟丰", scope="铺砖", from_on=TODAY, until_on=date(2026, 12, 31),
        company="宏图装饰", foreman="刘师傅", phone="13900005678", workers=6,
        told=frozenset(list_told()), deposit_fen=200_000, deposit_note="收据 0012",
    )  # fmt: skip
    who = {"by": world.desk.id, "now": world.now}
    made = decorations.apply_decoration(world.home.id, replace(draft, **more), **who)
    return decorations.permit_decoration(made.id, **who)


@pytest.mark.parametrize(
    ("states", "after"),
    [
        ((UnitState.OWNER_OCCUPIED, UnitState.DECORATING), UnitState.OWNER_OCCUPIED),
        ((UnitState.DECORATING,), None),  # what was not known is not known again
        ((UnitState.UNDELIVERED, UnitState.DECORATING), UnitState.VACANT),
    ],
)
def test_a_house_that_was_said_to_be_decorated_before_the_permit_is_so_no_more(
    world, desk, states, after
):
    for number, state in enumerate(states):
        day = date(2026, 10, 1 + number)
        units.set_states([world.home.id], state, from_on=day, **desk)
    made = works(world)
    assert get_unit(world.home.id).state is UnitState.DECORATING
    decorations.accept_decoration(made.id, **desk)
    assert get_unit(world.home.id).state is after


def test_a_house_renamed_during_its_works_ends_them_all_the_same(world, desk):
    units.set_states([world.home.id], UnitState.LET, from_on=date(2026, 10, 1), **desk)
    made = works(world)
    units.rename_unit(world.home.id, Address("3", "2", "502"), **desk)
    done = decorations.accept_decoration(made.id, **desk)
    assert (done.house, get_unit(world.home.id).state) == ("3-2-502", UnitState.LET)


# -- moves


def sale(world, owner, desk, **more):
    draft = MoveDraft(
        MoveKind.TRANSFER,
        TODAY,
        coming=(Newcomer("李红梅", phones=("13900005678",)),),
        leaving=(owner.residency_id,),
        handled_by="张伟丰委托李律师",
        note="张伟丰 13800001234 留有旧家具",
        open_reason="张伟丰出差",
    )
    return moves.record_move(world.home.id, replace(draft, **more), **desk)


def test_f47_a_move_says_who_left_after_he_was_merged(world, desk, owner):
    other = add(world, PersonDraft("张伟丰", ResidentRole.TENANT, from_on=date(2026, 1, 1)))
    persons.link_person(
        world.home.id, owner.person_id, StayDraft(ResidentRole.TENANT, date(2026, 2, 1)), **desk
    )
    move = moves.record_move(
        world.home.id,
        MoveDraft(
            MoveKind.LEASE_END,
            TODAY,
            reason=LeaveReason.MOVED_AWAY,
            leaving=(other.residency_id,),
            settled_on=TODAY,
        ),
        **desk,
    )
    said = list_effects(move)
    persons.merge_persons(owner.person_id, other.person_id, **desk)
    void = moves.void_move(move.id, "录错了", version=get_move(move.id).version, **desk)
    assert [line.split(" ")[0] for line in list_effects(void)] == [said[0].split(" ")[0]]


def test_pipl47_erased_from_a_sale_a_key_a_pass_and_what_others_left_of_him(world, desk, owner):
    key = unit_keys.give_key(world.home.id, KeyDraft(KeyKind.HOUSE_KEY, holder="张伟丰"), **desk)
    unit_keys.end_key(key.id, KeyOutcome.RETURNED, version=key.version, note="张伟丰交回", **desk)
    gate_passes.write_gate_pass(
        world.home.id, GatePassDraft("张伟丰", "沙发", plate="粤B12345"), **desk
    )
    vehicles.add_vehicle(
        world.home.id, VehicleDraft("粤B·12345", person_id=owner.person_id), **desk
    )
    pet = PetDraft(PetKind.DOG, note="张伟丰养")
    pets.add_pet(world.home.id, pet, **desk)
    made = works(world)
    decorations.cancel_decoration(made.id, reason="张伟丰卖房", **desk)
    sale(world, owner, desk)
    wife = PersonDraft(
        "陈静", ResidentRole.OTHER, relation="张伟丰之妻", note="找张伟丰打13800001234"
    )
    add(world, wife)
    erasures.erase_person(
        world.office, owner.person_id, "期满", by=world.desk.id, now=world.now + LATER
    )
    data = b"".join(file.read_bytes() for file in world.office.folder.glob("office.db*"))
    left = [
        word for word in ("张伟丰", "13800001234", "B12345", "B·12345") if word.encode() in data
    ]
    assert left == []
    assert "李红梅" in rows("SELECT name FROM move")[0][0]


def test_pipl47_a_vehicle_that_was_to_stay_longer_goes_with_the_erased(world, desk, owner):
    draft = VehicleDraft("粤B12345", person_id=owner.person_id, to_on=date(2099, 1, 1))
    made = vehicles.add_vehicle(world.home.id, draft, **desk)
    residents.end_residency(world.home.id, owner.residency_id, to_on=TODAY, **desk)
    after = world.now + LATER
    erasures.erase_person(world.office, owner.person_id, "期满", by=world.desk.id, now=after)
    (row,) = rows("SELECT to_on FROM vehicle WHERE id = ?", made.id)
    assert row[0] == after.date().isoformat()


# -- whose it is


def test_f47_nothing_new_belongs_to_somebody_merged_or_sealed(world, desk, owner):
    gone = add(world, PersonDraft("李红", ResidentRole.OTHER))
    persons.merge_persons(owner.person_id, gone.person_id, **desk)
    sealed = add(world, PersonDraft("陈静", ResidentRole.OTHER), world.villa)
    residents.end_residency(world.villa.id, sealed.residency_id, to_on=TODAY, **desk)
    erasures.seal_person(sealed.person_id, "期满", **desk)
    for person_id in (gone.person_id, sealed.person_id):
        for act in (
            lambda who=person_id: vehicles.add_vehicle(
                world.villa.id, VehicleDraft("粤B12345", person_id=who), **desk
            ),
            lambda who=person_id: pets.add_pet(
                world.villa.id, PetDraft(PetKind.CAT, person_id=who), **desk
            ),
            lambda who=person_id: unit_keys.give_key(
                world.villa.id, KeyDraft(KeyKind.HOUSE_KEY, person_id=who), **desk
            ),
        ):
            with pytest.raises(RuleError):
                act()
    assert held("vehicle") == held("pet") == held("unit_key") == []


def test_f47_nobody_merged_or_sealed_is_put_into_a_segment(world, desk, owner):
    gone = add(world, PersonDraft("李红", ResidentRole.OTHER))
    persons.merge_persons(owner.person_id, gone.person_id, **desk)
    with pytest.raises(RuleError):
        segments.put_into_segment(gone.person_id, "vip", by=world.desk.id)
    for one in list_residents(world.home.id, TODAY):
        residents.end_residency(world.home.id, one.residency_id, to_on=TODAY, **desk)
    erasures.seal_person(owner.person_id, "期满", **desk)
    with pytest.raises(RuleError) as refused:
        segments.put_into_segment(owner.person_id, "", by=world.desk.id)
    assert refused.value.code == "person-sealed"


def test_l945_a_sale_that_is_not_settled_keeps_its_seller(world, desk, owner):
    fees = (SettlementLine("物业服务费", 120_000, 100_000),)
    move = sale(world, owner, desk, settlement=fees)
    assert Stop.UNSETTLED_MOVE in plan_erasure(owner.person_id, today=TODAY).stops
    settled = SettleDraft(settlement=fees, settled_on=TODAY, open_reason="转下月")
    moves.settle_move(move.id, settled, version=move.version, **desk)
    plan = plan_erasure(owner.person_id, today=TODAY, on_request=True)
    assert plan.stops == ()
    assert [keep.retention for keep in plan.keeps] == ["house-papers"]
    assert plan.counts[Part.MOVES] == 1


def test_what_a_sealed_person_has_can_still_be_ended(world, desk, owner):
    made = vehicles.add_vehicle(
        world.home.id, VehicleDraft("粤B12345", person_id=owner.person_id), **desk
    )
    residents.end_residency(world.home.id, owner.residency_id, to_on=TODAY, **desk)
    erasures.seal_person(owner.person_id, "期满", **desk)
    changed = vehicles.change_vehicle(
        made.id,
        VehicleDraft("粤B12345", person_id=owner.person_id, from_on=TODAY, to_on=TODAY),
        version=made.version,
        **desk,
    )
    assert changed.to_on == TODAY


def test_pipl47_a_sealed_person_is_found_by_no_list(world, desk, owner):
    draft = KeyDraft(KeyKind.HOUSE_KEY, person_id=owner.person_id)
    key = unit_keys.give_key(world.home.id, draft, **desk)
    unit_keys.end_key(key.id, KeyOutcome.RETURNED, version=key.version, **desk)
    residents.end_residency(world.home.id, owner.residency_id, to_on=TODAY, **desk)
    assert [one.id for one in list_units(today=TODAY, words="张伟丰")] == [world.home.id]
    assert list_all_keys(words="张伟丰", outcome=KeyOutcome.RETURNED)
    erasures.seal_person(owner.person_id, "期满", **desk)
    assert list_units(today=TODAY, words="张伟丰") == ()
    assert list_all_keys(words="张伟丰", outcome=KeyOutcome.RETURNED) == ()
    assert "张伟丰" not in repr(list_keys(world.home.id))


def test_pipl47_a_sealed_person_is_not_shown_among_the_people_of_a_house(world, desk, owner):
    residents.end_residency(world.home.id, owner.residency_id, to_on=TODAY, **desk)
    erasures.seal_person(owner.person_id, "期满", **desk)
    assert "张伟丰" not in repr(list_residents(world.home.id, TODAY))
    assert "13800001234" not in repr(list_residents(world.home.id, TODAY))

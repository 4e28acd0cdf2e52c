"""What each kind of move asks and does: reasons, shares, who leaves and what the house then is."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from propdesk.domain.leave_reasons import (
    REASON_LABELS,
    REFERENCE_PERCENT,
    LeaveReason,
    reason_year,
)
from propdesk.domain.move_checks import check_move
from propdesk.domain.moves import (
    MOVE_LABELS,
    MOVE_RULES,
    Meter,
    MoveDraft,
    MoveKind,
    Newcomer,
    Staying,
    ends,
    usual_leavers,
    usual_state,
)
from propdesk.domain.persons import ResidentRole
from propdesk.domain.settlements import SettlementLine
from propdesk.domain.units import UnitState

TODAY = date(2026, 11, 21)
HALF = Fraction(1, 2)
HUSBAND = Staying(1, 11, "张伟丰", ResidentRole.OWNER, HALF)
WIFE = Staying(2, 12, "李娜", ResidentRole.OWNER, HALF)
CHILD = Staying(3, 13, "张小宝", ResidentRole.FAMILY)
TENANT = Staying(4, 14, "王建", ResidentRole.TENANT)
HOUSE = (HUSBAND, WIFE, CHILD, TENANT)
OUT = MoveDraft(MoveKind.LEASE_END, TODAY, reason=LeaveReason.MOVED_AWAY, leaving=(4,))
SALE = MoveDraft(MoveKind.TRANSFER, TODAY, coming=(Newcomer("赵敏"),), leaving=(1, 2, 3))


def fields(draft, present=HOUSE):
    return [problem.field for problem in check_move(draft, present, TODAY)]


def test_r84_the_seven_reasons_have_the_reference_split_and_other_has_none():
    assert sum(REFERENCE_PERCENT.values()) == 100
    assert set(LeaveReason) - set(REFERENCE_PERCENT) == {LeaveReason.OTHER}
    assert [REFERENCE_PERCENT[one] for one in list(LeaveReason)[:7]] == [1, 3, 4, 5, 9, 10, 68]
    assert set(REASON_LABELS) == set(LeaveReason)


def test_r84_a_year_shows_every_reason_beside_the_reference():
    year = reason_year(2026, {"moved-away": 3, "other": 1}, {"died": 2})
    by_reason = {row.reason: row for row in year.rows}
    assert (year.total, year.total_before, len(year.rows)) == (4, 2, 8)
    assert by_reason[LeaveReason.MOVED_AWAY].share == 0.75
    assert by_reason[LeaveReason.INDIFFERENCE].reference == 0.68
    assert by_reason[LeaveReason.OTHER].reference is None
    assert all(row.share == 0 for row in reason_year(2026, {}, {}).rows)


@pytest.mark.parametrize("kind", [MoveKind.MOVE_OUT, MoveKind.LEASE_END])
def test_r84_who_leaves_says_why_and_another_reason_in_words(kind):
    draft = replace(OUT, kind=kind)
    assert fields(draft) == []
    assert fields(replace(draft, reason=None)) == ["reason"]
    other = replace(draft, reason=LeaveReason.OTHER)
    assert fields(other) == ["reason_text"]
    assert fields(replace(other, reason_text="单位分房")) == []


def test_r83_every_kind_has_its_rule_and_label_and_needs_its_day():
    assert set(MOVE_RULES) == set(MOVE_LABELS) == set(MoveKind)
    for kind in MoveKind:
        assert "on_day" in fields(MoveDraft(kind))


def test_r83_a_kind_refuses_what_it_does_not_have_so_that_nothing_typed_is_lost():
    filled = MoveDraft(
        MoveKind.DELIVERY,
        TODAY,
        until_on=TODAY,
        told_on=TODAY,
        reason=LeaveReason.DIED,
        leaving=(1,),
        settlement=(SettlementLine("水费"),),
    )
    assert set(fields(filled)) == {"until_on", "told_on", "reason", "leaving", "settlement"}
    right = MoveDraft(MoveKind.RIGHT_OF_RESIDENCE, TODAY, coming=(Newcomer("刘老"),))
    assert fields(replace(right, meters={Meter.WATER: "1"})) == ["meters"]


def test_r83_an_owner_who_moves_out_stays_the_owner():
    assert not ends(MoveKind.MOVE_OUT, HUSBAND)
    assert ends(MoveKind.MOVE_OUT, CHILD)
    assert ends(MoveKind.TRANSFER, HUSBAND)
    assert usual_leavers(MoveKind.MOVE_OUT, HOUSE) == (1, 2, 3, 4)
    assert usual_leavers(MoveKind.TRANSFER, HOUSE) == (1, 2, 3)
    assert usual_leavers(MoveKind.LEASE_END, HOUSE) == (4,)


def test_r83_a_house_is_vacant_only_when_nobody_stays():
    assert usual_state(MoveKind.LEASE_END, HOUSE, (4,)) is None
    assert usual_state(MoveKind.LEASE_END, (HUSBAND, TENANT), (4,)) is UnitState.VACANT
    assert usual_state(MoveKind.MOVE_OUT, HOUSE, (1, 2, 3, 4)) is UnitState.VACANT
    assert usual_state(MoveKind.LEASE, HOUSE, ()) is UnitState.LET
    assert usual_state(MoveKind.TRANSFER, HOUSE, (1, 2, 3)) is None
    assert usual_state(MoveKind.DELIVERY, (), ()) is UnitState.VACANT


def test_l945_a_lease_has_its_end_and_when_the_owner_told_the_office():
    lease = MoveDraft(MoveKind.LEASE, TODAY, coming=(Newcomer("王建"),), told_on=TODAY)
    assert fields(replace(lease, until_on=date(2027, 11, 20))) == []
    assert fields(replace(lease, until_on=date(2026, 11, 20))) == ["until_on"]
    assert fields(replace(lease, told_on=date(2026, 11, 22))) == ["told_on"]
    assert fields(replace(lease, coming=())) == ["coming"]


@pytest.mark.parametrize(
    ("shares", "right"),
    [
        ((None,), True),
        ((None, None), True),
        ((Fraction(1),), True),
        ((Fraction(1, 3), Fraction(2, 3)), True),
        ((Fraction(1, 3), Fraction(1, 3)), False),
        ((HALF, None), False),
        ((Fraction(3, 2),), False),
    ],
)
def test_r83_the_shares_of_all_new_owners_make_the_whole_or_nobody_has_one(shares, right):
    coming = tuple(Newcomer(f"业主{n}", share=share) for n, share in enumerate(shares))
    assert fields(replace(SALE, coming=coming)) == ([] if right else ["coming"])


def test_f47_heirs_take_the_share_of_who_died_and_the_others_keep_theirs():
    heirs = tuple(Newcomer(name, share=Fraction(1, 4)) for name in ("张小宝", "张老"))
    death = MoveDraft(MoveKind.INHERITANCE, TODAY, coming=heirs, leaving=(1,))
    assert fields(death) == []
    assert fields(replace(death, coming=heirs[:1])) == ["coming"]
    assert fields(replace(death, leaving=(4,))) == ["leaving", "coming"]
    assert fields(replace(death, leaving=())) == ["leaving", "coming"]


def test_r83_somebody_leaves_and_is_in_the_house():
    assert fields(replace(SALE, leaving=())) == ["leaving", "coming"]
    assert fields(replace(SALE, leaving=()), (TENANT,)) == []
    assert fields(replace(OUT, leaving=(99,))) == ["leaving", "leaving"]
    assert fields(replace(OUT, leaving=(1,))) == ["leaving"]


@pytest.mark.parametrize("reading", ["", "-1", "1e308", "NaN", "1234567890", "1.2345", "1.", "１2"])
def test_f46_a_reading_that_is_none_is_refused(reading):
    assert fields(replace(OUT, meters={Meter.WATER: reading})) == ["meters"]
    assert fields(replace(OUT, meters={Meter.WATER: "000123.405", Meter.GAS: "0"})) == []


def test_f44_texts_and_phones_have_their_limits():
    bad = replace(
        OUT,
        new_address="路" * 201,
        new_phone="1.38E+10",
        note="字" * 100_001,
        handled_by="张" * 201,
    )
    assert set(fields(bad)) == {"new_address", "new_phone", "note", "handled_by"}
    nameless = replace(SALE, coming=(Newcomer("", phones=("12",)),))
    assert fields(nameless) == ["coming", "coming"]

"""Decorations: where they stand on a day, what a permit waits for, what is due when."""

from dataclasses import replace
from datetime import date, datetime
from functools import partial

import pytest

from propdesk import i18n
from propdesk.domain.decorations import (
    FINDING_LABELS,
    PATROL_LABELS,
    STAGE_LABELS,
    Decoration,
    DecorationDraft,
    Finding,
    FindingKind,
    Patrol,
    PatrolDraft,
    PatrolResult,
    Stage,
    check_application,
    check_decoration_days,
    check_patrol,
    check_permit,
    check_return,
    decoration_number,
    deposit_due_on,
    normal_decoration_number,
    patrol_due_on,
    structure_warning,
)
from propdesk.domain.errors import RuleError


@pytest.fixture(autouse=True)
def in_english():
    """What is told is compared in the language of the source."""
    i18n.set_language("en")


DAY = date(2026, 11, 21)
FIRST, LAST = date(2026, 11, 10), date(2027, 1, 10)


@pytest.fixture
def make():
    usual = Decoration(
        id=1, number="ZX-2026-0001", unit_id=1, house="3-2-501", applied_on=FIRST,
        permitted_on=FIRST, permitted_by="前台", from_on=FIRST, until_on=LAST,
        accepted_on=None, cancelled_on=None, applicant="张伟丰", company="宏图装饰",
        foreman="刘师傅", phone="13900005678", workers=6, scope="厨卫改造",
        touches_structure=False, structure_consent="", told=frozenset({"a", "b"}),
        deposit_fen=200_000, deposit_note="", deposit_returned_fen=None,
        deposit_returned_on=None, deduction_reason="", outcome="", note="",
        taken_by="前台", version=1,
    )  # fmt: skip
    return partial(replace, usual)


@pytest.mark.parametrize(
    ("fields", "stage"),
    [
        ({"permitted_on": None}, Stage.APPLIED),
        ({"permitted_on": None, "until_on": FIRST}, Stage.APPLIED),
        ({"from_on": date(2026, 11, 22)}, Stage.PERMITTED),
        ({}, Stage.UNDER_WAY),
        ({"from_on": DAY, "until_on": DAY}, Stage.UNDER_WAY),
        ({"until_on": date(2026, 11, 20)}, Stage.OVERDUE),
        ({"accepted_on": DAY, "until_on": FIRST}, Stage.ACCEPTED),
        ({"cancelled_on": DAY}, Stage.CANCELLED),
    ],
)
def test_r101_a_decoration_stands_where_its_days_say(make, fields, stage):
    assert make(**fields).stage(DAY) is stage


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("zx-2026-1", "ZX-2026-0001"),
        ("ＺＸ２０２６－０００１", "ZX-2026-0001"),
        ("2026-12", "ZX-2026-0012"),
        ("ZX-2026-12345", "ZX-2026-12345"),
        ("何", "何"),
    ],
)
def test_numbers_are_read_as_people_type_them(typed, number):
    assert normal_decoration_number(typed) == number
    assert decoration_number(2026, 31) == "ZX-2026-0031"


def test_a_look_is_due_on_the_first_day_and_then_every_so_many():
    assert patrol_due_on(FIRST, None, 3) == FIRST
    assert patrol_due_on(FIRST, date(2026, 11, 29), 3) == date(2026, 12, 2)
    # a look before the works began (they had begun without asking) takes none away
    assert patrol_due_on(FIRST, date(2026, 11, 1), 3) == FIRST
    assert deposit_due_on(date(2026, 11, 30), 30) == date(2026, 12, 30)


def test_l945_a_permit_waits_for_days_builder_and_all_that_is_to_be_told(make):
    told = frozenset({"a", "b", "c"})
    bare = make(from_on=None, until_on=None, company="", foreman="", told=frozenset({"a"}))
    missing = check_permit(bare, told)
    assert [one.field for one in missing] == ["until_on", "company", "told"]
    assert "2 points" in missing[2].text
    assert check_permit(make(told=told), told) == ()
    assert check_permit(make(told=told, company=""), told) == ()


def test_l945_what_bears_the_house_is_never_permitted_without_a_design_scheme(make):
    touching = make(touches_structure=True)
    (problem,) = check_permit(touching, frozenset())
    assert problem.field == "structure_consent"
    assert structure_warning() in problem.text
    consented = make(touches_structure=True, structure_consent="市设计院 2026-118 号")
    assert check_permit(consented, frozenset()) == ()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"applicant": " "}, "applicant"),
        ({"scope": "\n"}, "scope"),
        ({"scope": "长" * 200_000}, "scope"),
        ({"company": "公" * 300}, "company"),
        ({"phone": "1.38E+10"}, "phone"),
        ({"workers": -1}, "workers"),
        ({"workers": 1000}, "workers"),
        ({"deposit_fen": -1}, "deposit_fen"),
        ({"deposit_fen": 10**13}, "deposit_fen"),
        ({"from_on": LAST, "until_on": FIRST}, "until_on"),
    ],
)
def test_f37_f45_f46_bad_input_is_refused_under_its_field(fields, field):
    draft = DecorationDraft(**{"applicant": "张伟丰", "scope": "厨卫改造", **fields})
    assert [one.field for one in check_application(draft)] == [field]
    assert check_application(DecorationDraft("张伟丰", "厨卫改造")) == ()


def test_a_finding_needs_its_words_and_a_day_that_is_to_come():
    finding = Finding(FindingKind.STRUCTURE, " ", date(2026, 11, 20))
    draft = PatrolDraft(findings=(finding,))
    assert [one.field for one in check_patrol(draft, DAY)] == ["finding", "due_on"]
    right = PatrolDraft(findings=(Finding(FindingKind.STRUCTURE, "拆承重墙", DAY),))
    assert check_patrol(right, DAY) == ()


@pytest.mark.parametrize(
    ("fen", "reason", "field"),
    [(200_001, "", "returned_fen"), (-1, "", "returned_fen"), (150_000, " ", "reason")],
)
def test_a_deposit_goes_back_whole_or_with_a_reason(make, fen, reason, field):
    assert [one.field for one in check_return(make(), fen, reason)] == [field]
    assert check_return(make(), 150_000, "损坏电梯轿厢") == ()
    assert check_return(make(), 200_000, "") == ()


@pytest.mark.parametrize(("patrol", "deposit"), [(0, 30), (31, 30), (2, 0), (2, 366)])
def test_the_days_of_the_settings_are_sensible_numbers(patrol, deposit):
    with pytest.raises(RuleError) as refusal:
        check_decoration_days(patrol, deposit)
    assert refusal.value.code == "setting-decoration-days"
    check_decoration_days(2, 30)


def test_every_word_has_its_label(make):
    assert set(STAGE_LABELS) == set(Stage)
    assert set(FINDING_LABELS) == set(FindingKind)
    assert set(PATROL_LABELS) == set(PatrolResult)


def test_a_line_is_open_while_something_is_wrong():
    at = datetime(2026, 11, 21, 9)

    def line(kind, rectified):
        return Patrol(1, 1, at, at, "", PatrolResult.LOOKED, kind, "", None, rectified, None, "")

    assert line(FindingKind.NOISE, None).is_open
    assert not line(FindingKind.NOISE, DAY).is_open
    assert not line(None, None).is_open

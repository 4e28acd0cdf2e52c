"""A house as typed: what is stored of it, and every problem at once."""

from datetime import date

import pytest

from propdesk.domain.errors import DraftError
from propdesk.domain.unit_drafts import (
    UnitDraft,
    UnitFacts,
    read_changes_from,
    read_new_unit,
    read_unit_facts,
)
from propdesk.domain.units import Address, UnitKind, UnitState, UnitUsage


def test_a_house_is_read():
    draft = UnitDraft(
        "云澜花园", " 3 ", "2", "501", UnitKind.HOME, "５层", "89.62㎡", "粤B123 苏A·4,京C5", "a\tb"
    )
    address, facts = read_new_unit(draft)
    assert address == Address("3", "2", "501")
    assert facts == UnitFacts(5, 8962, ("粤B123", "苏A·4", "京C5"), "a b")


@pytest.mark.parametrize(
    ("parts", "short"),
    [
        (("３", "２", "５０１"), "3-2-501"),
        (("3栋", "2单元", "501室"), "3-2-501"),
        (("03", "", "501"), "3-501"),
        (("a", "", "1201"), "A-1201"),
        (("12", "", "12"), "12#"),
        (("云澜阁", "1", "1201"), "云澜阁-1-1201"),
    ],
)
def test_the_parts_of_a_house_are_read_as_one_line_is(parts, short):
    address, _facts = read_new_unit(UnitDraft("云澜花园", *parts))
    assert address.short == short


def test_nothing_typed_is_nothing_stored():
    assert read_unit_facts(UnitDraft()) == UnitFacts(None, None, (), "")


@pytest.mark.parametrize(("typed", "floor"), [("-1", -1), ("200", 200), ("12楼", 12), ("", None)])
def test_floors(typed, floor):
    assert read_unit_facts(UnitDraft(floor=typed)).floor == floor


@pytest.mark.parametrize("typed", ["B1", "201", "-10", "1.5", "一"])
def test_what_is_no_floor(typed):
    with pytest.raises(DraftError) as refused:
        read_unit_facts(UnitDraft(floor=typed))
    assert [problem.field for problem in refused.value.problems] == ["floor"]


def test_all_problems_come_at_once():
    with pytest.raises(DraftError) as refused:
        read_new_unit(UnitDraft(floor="?", area="big"))
    fields = [problem.field for problem in refused.value.problems]
    assert fields == ["house", "community", "floor", "area"]
    assert all(problem.text for problem in refused.value.problems)


def test_a_house_has_no_book_for_a_name():
    long = "长" * 201
    with pytest.raises(DraftError) as refused:
        read_new_unit(UnitDraft(long, long, "1", "101", plates=long, note="长" * 100_001))
    fields = [problem.field for problem in refused.value.problems]
    assert fields == ["community", "house", "note", "plates"]


def test_what_the_property_register_says_is_read():
    draft = UnitDraft(
        state=UnitState.DECORATING, usage=UnitUsage.MIXED, layout=" 三室两厅 ", contract="前期合同",
        delivered_on="2019.6.18", minors="２",
    )  # fmt: skip
    facts = read_unit_facts(draft)
    assert (facts.state, facts.usage) == (UnitState.DECORATING, UnitUsage.MIXED)
    assert (facts.layout, facts.contract) == ("三室两厅", "前期合同")
    assert (facts.delivered_on, facts.minors) == (date(2019, 6, 18), 2)


def test_f46_numbers_that_are_none_are_refused_with_a_sentence():
    draft = UnitDraft(floor="1e2", area="1e308", minors="-1", delivered_on="2026-02-29")
    with pytest.raises(DraftError) as refused:
        read_unit_facts(draft)
    fields = [problem.field for problem in refused.value.problems]
    assert fields == ["floor", "area", "delivered_on", "minors"]
    assert all(problem.text for problem in refused.value.problems)


@pytest.mark.parametrize("typed", ["0", "０", "-3", "NaN", "1e308", "0.001"])
def test_f46_a_house_has_an_area(typed):
    with pytest.raises(DraftError) as refused:
        read_unit_facts(UnitDraft(area=typed))
    assert [problem.field for problem in refused.value.problems] == ["area"]


def test_f46_an_area_in_full_width_is_read_to_the_hundredth():
    assert read_unit_facts(UnitDraft(area="８９．６２５")).area_dm2 == 8963


@pytest.mark.parametrize("typed", ["100", "1.5", "两", "张小宝"])
def test_children_are_a_count_without_names(typed):
    with pytest.raises(DraftError) as refused:
        read_unit_facts(UnitDraft(minors=typed))
    assert [problem.field for problem in refused.value.problems] == ["minors"]


def test_the_day_of_a_change_is_read():
    assert read_changes_from(UnitDraft()) is None
    assert read_changes_from(UnitDraft(from_on="2026-12-01")) == date(2026, 12, 1)
    with pytest.raises(DraftError) as refused:
        read_changes_from(UnitDraft(from_on="soon"))
    assert [problem.field for problem in refused.value.problems] == ["from_on"]

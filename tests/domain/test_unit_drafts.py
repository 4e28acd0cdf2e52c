"""A house as typed: what is stored of it, and every problem at once."""

import pytest

from propdesk.domain.errors import DraftError
from propdesk.domain.unit_drafts import UnitDraft, UnitFacts, read_new_unit, read_unit_facts
from propdesk.domain.units import Address, UnitKind


def test_a_house_is_read():
    draft = UnitDraft(
        "云澜花园", " 3 ", "2", "501", UnitKind.HOME, "５层", "89.62㎡", "粤B123 苏A·4,京C5", "a\tb"
    )
    address, facts = read_new_unit(draft)
    assert address == Address("3", "2", "501")
    assert facts == UnitFacts(5, 8962, ("粤B123", "苏A·4", "京C5"), "a b")


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

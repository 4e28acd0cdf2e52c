"""Segments and their guides (R81): the program's, the office's own, and who belongs to them."""

import pytest

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.segments import SegmentDraft
from propdesk.services import segments
from propdesk.services.queries.desk import get_caller_card
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.segments import count_members, list_segments, segment_named
from propdesk.storage.database import rows


def first_person(world):
    return list_residents(world.home.id, world.now.date())[0]


def test_r81_a_new_office_has_the_four_segments_with_guides_and_stores_none(world):
    found = list_segments()
    assert [one.code for one in found] == ["picky", "generous", "thrifty", "comfort"]
    assert all(one.guide for one in found)
    assert rows("SELECT count(*) FROM segment") == [(0,)]


def test_r81_the_guide_stands_on_the_callers_card(world, now):
    person = first_person(world)
    segments.put_into_segment(person.person_id, "经济型", by=world.desk.id)
    card = get_caller_card(world.home.id, person.person_id, now=now)
    assert card.segment is not None
    assert card.segment.code == "thrifty"
    assert count_members() == {"thrifty": 1}
    segments.put_into_segment(person.person_id, "", by=world.desk.id)
    assert get_caller_card(world.home.id, person.person_id, now=now).segment is None


def test_r81_the_offices_words_stand_over_the_programs_until_they_are_reset(world):
    draft = SegmentDraft("节俭型", "先报免费的办法。", "thrifty")
    changed = segments.save_segment(draft, by=world.desk.id)
    assert changed.is_changed
    assert [one.code for one in list_segments()][2] == "thrifty"
    assert segments.find_segment("节俭型").guide == "先报免费的办法。"
    segments.reset_segment("thrifty", by=world.desk.id)
    assert segments.find_segment("thrifty").name == "经济型"
    assert rows("SELECT count(*) FROM segment") == [(0,)]


def test_r81_a_hidden_segment_is_offered_no_more_and_its_people_keep_it(world, now):
    person = first_person(world)
    segments.put_into_segment(person.person_id, "picky", by=world.desk.id)
    segments.hide_segment("picky", by=world.desk.id)
    assert "picky" not in [one.code for one in list_segments()]
    assert get_caller_card(world.home.id, person.person_id, now=now).segment is not None
    segments.hide_segment("picky", by=world.desk.id, hidden=False)
    assert rows("SELECT count(*) FROM segment") == [(0,)]


def test_r81_an_own_segment_with_people_is_not_removed(world):
    own = segments.save_segment(SegmentDraft("租客代理", "先核实委托。"), by=world.desk.id)
    segments.put_into_segment(first_person(world).person_id, own.code, by=world.desk.id)
    with pytest.raises(RuleError) as refused:
        segments.reset_segment(own.code, by=world.desk.id)
    assert refused.value.code == "segment-in-use"
    segments.put_into_segment(first_person(world).person_id, "", by=world.desk.id)
    assert segments.reset_segment(own.code, by=world.desk.id) is None
    assert segment_named(own.code) is None


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (SegmentDraft("", "有话好说。"), "name"),
        (SegmentDraft("急躁型", ""), "guide"),
        (SegmentDraft("大方型", "同名不行。"), "name"),
        (SegmentDraft("长" * 500, "名称太长。"), "name"),
    ],
)
def test_r81_what_is_no_segment_is_said_at_its_field(world, draft, field):
    with pytest.raises(DraftError) as refused:
        segments.save_segment(draft, by=world.desk.id)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_r81_an_unknown_segment_is_refused_with_those_that_there_are(world):
    with pytest.raises(RuleError, match="大方型") as refused:
        segments.put_into_segment(first_person(world).person_id, "土豪", by=world.desk.id)
    assert refused.value.code == "segment-unknown"

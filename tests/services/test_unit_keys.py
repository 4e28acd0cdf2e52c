"""Keys and cards on a real file: handed out, returned in parts, lost, kept by the office (R83)."""

from datetime import date

import pytest

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.unit_keys import KeyDraft, KeyKind, KeyOutcome, lost_hint
from propdesk.services import unit_keys
from propdesk.services.queries.unit_keys import list_all_keys, list_keys
from propdesk.storage.database import rows

CARDS = KeyDraft(KeyKind.DOOR_CARD, 3, "张伟丰", label="0831", deposit_fen=15_000)


@pytest.fixture
def act(world):
    return {"by": world.desk.id, "now": world.now}


def test_r83_who_holds_what_stands_in_the_books_with_its_deposit(world, act):
    unit_keys.give_key(world.home.id, CARDS, **act)
    kept = KeyDraft(KeyKind.HOUSE_KEY, holder="", with_office=True, note="出国三个月")
    unit_keys.give_key(world.villa.id, kept, **act)
    (cards,) = list_keys(world.home.id)
    assert (cards.holder, cards.count, cards.deposit_fen, cards.is_held) == (
        "张伟丰", 3, 15_000, True,
    )  # fmt: skip
    assert cards.from_on == date(2026, 11, 21)
    assert [key.where for key in list_all_keys()] == ["3-2-501", "12#"]
    assert [key.where for key in list_all_keys(with_office=True)] == ["12#"]
    assert [key.where for key in list_all_keys(with_office=False)] == ["3-2-501"]
    for words in ("501", "伟丰", "0831"):
        assert [key.where for key in list_all_keys(words=words)] == ["3-2-501"]
    assert not list_all_keys(words="5_1")


def test_r83_of_several_cards_some_come_back_and_one_is_lost(world, act):
    given = unit_keys.give_key(world.home.id, CARDS, **act)
    back = unit_keys.end_key(
        given.id, KeyOutcome.RETURNED, version=given.version, count=2, back_fen=10_000, **act
    )
    assert (back.count, back.deposit_fen, back.deposit_back_fen) == (2, 10_000, 10_000)
    (rest,) = list_keys(world.home.id, held_only=True)
    assert (rest.id, rest.count, rest.deposit_fen) == (given.id, 1, 5_000)
    lost = unit_keys.end_key(
        rest.id, KeyOutcome.LOST, version=rest.version, note="买菜时丢失", **act
    )
    assert (lost.outcome, lost.note, lost.deposit_back_fen) == (KeyOutcome.LOST, "买菜时丢失", 0)
    assert rows("SELECT sum(count), sum(deposit_fen) FROM unit_key") == [(3, 15_000)]
    assert not list_keys(world.home.id, held_only=True)
    assert [key.count for key in list_all_keys(outcome=KeyOutcome.LOST)] == [1]
    assert lost_hint(KeyKind.DOOR_CARD) != lost_hint(KeyKind.HOUSE_KEY)


def test_r83_the_whole_deposit_goes_back_with_the_last_key_unless_said_otherwise(world, act):
    given = unit_keys.give_key(world.home.id, CARDS, **act)
    back = unit_keys.end_key(given.id, KeyOutcome.RETURNED, version=given.version, **act)
    assert back.deposit_back_fen == 15_000
    again = unit_keys.give_key(world.home.id, CARDS, **act)
    assert (
        unit_keys.end_key(
            again.id, KeyOutcome.RETURNED, version=again.version, back_fen=0, **act
        ).deposit_back_fen
        == 0
    )


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ({"count": 4}, "key-count"),
        ({"count": 0}, "key-count"),
        ({"on": date(2026, 11, 20)}, "key-day"),
        ({"on": date(2026, 11, 22)}, "key-day"),
        ({"back_fen": 15_001}, "key-deposit"),
        ({"back_fen": -1}, "key-deposit"),
    ],
)
def test_r83_keys_end_only_as_far_as_they_were_out(world, act, end, code):
    given = unit_keys.give_key(world.home.id, CARDS, **act)
    with pytest.raises(RuleError) as refused:
        unit_keys.end_key(given.id, KeyOutcome.RETURNED, version=given.version, **end, **act)
    assert refused.value.code == code
    assert list_keys(world.home.id) == (given,)


def test_r83_keys_that_are_back_do_not_come_back_again(world, act):
    given = unit_keys.give_key(world.home.id, CARDS, **act)
    unit_keys.end_key(given.id, KeyOutcome.RETURNED, version=given.version, **act)
    with pytest.raises(RuleError) as refused:
        unit_keys.end_key(given.id, KeyOutcome.LOST, version=given.version, **act)
    assert refused.value.code == "key-ended"


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (KeyDraft(KeyKind.HOUSE_KEY, 0, "张"), "count"),
        (KeyDraft(KeyKind.HOUSE_KEY, 1000, "张"), "count"),
        (KeyDraft(KeyKind.HOUSE_KEY, 1, "\u200b"), "holder"),
        (KeyDraft(KeyKind.HOUSE_KEY, 1, "张" * 201), "holder"),
        (KeyDraft(KeyKind.HOUSE_KEY, 1, "张", deposit_fen=-1), "deposit"),
        (KeyDraft(KeyKind.HOUSE_KEY, 1, "张", from_on=date(2026, 11, 22)), "from_on"),
    ],
)
def test_f44_f46_bad_figures_and_empty_names_are_refused_and_nothing_is_written(
    world, act, draft, field
):
    with pytest.raises(DraftError) as refused:
        unit_keys.give_key(world.home.id, draft, **act)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert not rows("SELECT 1 FROM unit_key")


def test_a_holder_on_the_register_must_be_of_this_house(world, act):
    (person,) = [row[0] for row in rows("SELECT id FROM person")]
    unit_keys.give_key(world.home.id, KeyDraft(KeyKind.METER_KEY, person_id=person), **act)
    assert list_keys(world.home.id)[0].holder == "张伟丰"
    with pytest.raises(RuleError, match=r".") as refused:
        unit_keys.give_key(world.villa.id, KeyDraft(KeyKind.METER_KEY, person_id=person), **act)
    assert refused.value.code == "resident-unknown"


def test_r83_two_desks_do_not_take_the_same_keys_back(world, act):
    given = unit_keys.give_key(world.home.id, CARDS, **act)
    took = {"version": given.version, "count": 1}
    unit_keys.end_key(given.id, KeyOutcome.RETURNED, **took, **act)
    with pytest.raises(RuleError) as refused:
        unit_keys.end_key(given.id, KeyOutcome.RETURNED, **took, **act)
    assert refused.value.code == "changed-meanwhile"
    assert [key.count for key in list_keys(world.home.id, held_only=True)] == [2]

"""The five scores with their weights (R66), and the checklist (forms.md 5.4)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.errors import RuleError
from propdesk.domain.scores import (
    DEFAULT_WEIGHTS,
    Asked,
    Check,
    ScoreMean,
    check_scores,
    check_weights,
    read_checks,
    read_scores,
    weighted,
)


def test_r66_the_weights_are_the_handbooks():
    assert list(DEFAULT_WEIGHTS.values()) == [32, 22, 19, 16, 11]
    assert sum(DEFAULT_WEIGHTS.values()) == 100


def test_r66_a_weighted_score_by_hand():
    # 5*32 + 4*22 + 5*19 + 3*16 + 2*11 = 160 + 88 + 95 + 48 + 22 = 413
    assert weighted((5, 4, 5, 3, 2), DEFAULT_WEIGHTS) == Decimal("4.13")
    assert weighted((1,) * 5, DEFAULT_WEIGHTS) == Decimal("1.00")


@given(st.lists(st.integers(1, 5), min_size=5, max_size=5))
def test_r66_a_weighted_score_lies_between_the_least_and_the_most(scores):
    assert min(scores) <= weighted(scores, DEFAULT_WEIGHTS) <= max(scores)


@pytest.mark.parametrize("scores", [(5,), (5, 4, 5, 4), (5, 4, 5, 4, 0), (5, 4, 5, 4, 6), (5,) * 6])
def test_r66_five_scores_from_one_to_five_or_none(scores):
    assert [problem.field for problem in check_scores(scores)] == ["scores"]
    assert check_scores(()) == ()
    assert check_scores((1, 2, 3, 4, 5)) == ()


@pytest.mark.parametrize("change", [{"skill": 31}, {"skill": -1, "responsibility": 55}])
def test_r66_weights_that_do_not_share_out_a_hundred_are_refused(change):
    with pytest.raises(RuleError) as refusal:
        check_weights({**DEFAULT_WEIGHTS, **change})
    assert refusal.value.code == "score-weights"


def test_r66_the_journal_keeps_scores_weights_and_checklist():
    asked = Asked((5, 4, 5, 3, 2), {Check.SOLVED: True, Check.CHARGES: False})
    detail = asked.detail(DEFAULT_WEIGHTS)
    assert detail == {
        "solved": "yes",
        "charges": "no",
        "scores": "5,4,5,3,2",
        "weights": "32,22,19,16,11",
        "score": "4.13",
    }
    assert read_checks(detail) == {Check.SOLVED: True, Check.CHARGES: False}
    assert Asked().detail(DEFAULT_WEIGHTS) == {}


def test_scores_are_read_as_they_are_typed():
    assert read_scores("5,4, 5\uff0c4,5") == (5, 4, 5, 4, 5)
    assert read_scores("") == ()
    with pytest.raises(RuleError) as refusal:
        read_scores("5,4,good")
    assert refusal.value.code == "scores-not-understood"


def test_a_mean_stands_with_its_number():
    assert ScoreMean.of([]).mean is None
    mean = ScoreMean.of([Decimal("4.13"), Decimal("3.00"), Decimal("5.00")])
    assert (mean.n, mean.mean) == (3, Decimal("12.13") / 3)

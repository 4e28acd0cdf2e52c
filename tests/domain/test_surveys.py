"""Questionnaires counted by hand (R66, R68): rates carry numerator and denominator."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.errors import RuleError
from propdesk.domain.rates import Rate
from propdesk.domain.surveys import (
    Question,
    QuestionKind,
    Survey,
    SurveyDraft,
    SurveySheet,
    check_survey,
    count_sheets,
    question_lines,
    read_answers,
    read_questions,
)

DAY = date(2026, 11, 1)
THEN = datetime(2026, 11, 1, 9, 0)
QUESTIONS = (
    Question("a", QuestionKind.NEED, "居家安全"),
    Question("b", QuestionKind.DIMENSION, "专业", 60),
    Question("c", QuestionKind.DIMENSION, "人情味", 40),
)


def survey(handed_out=10, questions=QUESTIONS):
    return Survey(1, "调查", "", questions, DAY, None, handed_out, THEN, "前台", None, 0, 1)


def sheet(place, *answers, valid=True, remark=""):
    return SurveySheet(place, place, answers, remark, valid, THEN, "前台")


def test_r68_sheets_are_counted_as_by_hand():
    sheets = [
        sheet(1, 5, 4, 3),
        sheet(2, 4, 2, None, remark="多种树"),
        sheet(3, 1, 1, 1, valid=False),
        sheet(4, None, 5, 5),
    ]
    result = count_sheets(survey(), sheets)
    assert (result.returned, result.valid, result.return_rate) == (4, 3, Rate(4, 10))
    assert [one.counts for one in result.questions] == [
        (0, 0, 0, 1, 1),
        (0, 1, 0, 1, 1),
        (0, 0, 1, 0, 1),
    ]
    assert [one.mean for one in result.questions] == [
        Decimal("4.50"), Decimal("3.67"), Decimal("4.00"),
    ]  # fmt: skip
    assert [one.satisfied for one in result.questions] == [Rate(2, 2), Rate(2, 3), Rate(1, 2)]
    assert result.satisfied == Rate(5, 7)
    assert result.remarks == ("多种树",)


def test_r66_the_weighted_score_is_out_of_a_hundred():
    sheets = [sheet(1, 1, 5, 4), sheet(2, 1, 4, 2)]
    # 4.5 / 5 * 60 + 3 / 5 * 40 = 54 + 24
    assert count_sheets(survey(), sheets).weighted == Decimal("78.0")
    only_one = [sheet(1, 1, 4, None)]
    assert count_sheets(survey(), only_one).weighted == Decimal("80.0")
    assert count_sheets(survey(), []).weighted is None


def test_r68_the_weakest_come_first():
    result = count_sheets(survey(), [sheet(1, 5, 2, 4)])
    assert [one.question.code for one in result.weakest] == ["b", "c", "a"]
    assert count_sheets(survey(), []).weakest == ()


@given(st.lists(st.tuples(*[st.none() | st.integers(1, 5)] * 3), max_size=30))
def test_means_and_rates_agree_with_a_naive_recount(answers):
    result = count_sheets(survey(), [sheet(n, *one) for n, one in enumerate(answers, 1)])
    for place, told in enumerate(result.questions):
        scores = [one[place] for one in answers if one[place] is not None]
        assert told.answered == len(scores)
        assert told.total == sum(scores)
        assert told.satisfied == Rate(sum(score >= 4 for score in scores), len(scores))
    if result.weighted is not None:
        assert 20 <= result.weighted <= 100


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("543", (5, 4, 3)),
        ("5 4 -", (5, 4, None)),
        ("５，４，３", (5, 4, 3)),
        ("5/4/3".replace("/", "、"), (5, 4, 3)),
        ("0xx", (None, None, None)),
    ],
)
def test_scores_are_read_in_one_go(typed, read):
    assert read_answers(typed, 3) == read


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("54", "survey-answers"),
        ("5432", "survey-answers"),
        ("", "survey-answers"),
        ("546", "survey-score"),
        ("54好", "survey-score"),
    ],
)
def test_scores_that_do_not_fit_are_refused(typed, code):
    with pytest.raises(RuleError) as refused:
        read_answers(typed, 3)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (SurveyDraft("", QUESTIONS, DAY), "title"),
        (SurveyDraft("调查", (), DAY), "questions"),
        (SurveyDraft("调查", QUESTIONS[:2], DAY), "questions"),  # weights sum to 60
        (SurveyDraft("调查", (*QUESTIONS[:1], QUESTIONS[0]), DAY), "questions"),
        (SurveyDraft("调查", QUESTIONS * 20, DAY), "questions"),
        (SurveyDraft("调查", QUESTIONS, DAY, date(2026, 10, 1)), "until_on"),
        (SurveyDraft("调查", QUESTIONS, DAY, handed_out=-1), "handed_out"),
        (SurveyDraft("调查", (Question("x", QuestionKind.OWN, ""),), DAY), "questions"),
    ],
)
def test_what_is_no_questionnaire_is_said_at_its_field(draft, field):
    assert field in {problem.field for problem in check_survey(draft)}


def test_a_whole_questionnaire_has_no_problem():
    assert check_survey(SurveyDraft("调查", QUESTIONS, DAY, DAY, "请打分", 500)) == ()


def test_questions_are_typed_one_a_line_with_their_weight():
    assert read_questions(question_lines(QUESTIONS), QUESTIONS) == QUESTIONS
    changed = read_questions("居家安全\n\n停车方便\n专业  ６０％\n人情味 40%", QUESTIONS)
    assert [(one.code, one.kind, one.text, one.weight) for one in changed] == [
        ("a", "need", "居家安全", 0),
        ("own-2", "own", "停车方便", 0),
        ("b", "dimension", "专业", 60),
        ("c", "dimension", "人情味", 40),
    ]

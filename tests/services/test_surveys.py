"""Questionnaires in the office (R66, R68): what was asked stays as it was asked."""

from dataclasses import replace

import pytest

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.settings import OfficeSettings
from propdesk.services import settings, surveys
from propdesk.services.queries.survey_template import survey_template
from propdesk.services.queries.surveys import list_sheets, list_surveys, survey_result

GOOD, BAD = (5,) * 12, (1,) * 12


@pytest.fixture
def survey(world, now):
    draft = replace(survey_template("zh_CN", now.date()), handed_out=20)
    return surveys.write_survey(draft, by=world.desk.id, now=now)


def test_r68_the_template_asks_seven_needs_and_five_dimensions_with_their_weights(survey):
    assert [one.kind for one in survey.questions].count("need") == 7
    assert [one.weight for one in survey.questions if one.kind == "dimension"] == [
        32, 22, 19, 16, 11,
    ]  # fmt: skip
    assert "2026" in survey.title


def test_r66_the_template_takes_the_offices_own_weights(world, now):
    own = {"skill": 20, "responsibility": 20, "appearance": 20, "warmth": 20, "equipment": 20}
    settings.save_settings(OfficeSettings(score_weights=own), by=world.desk.id)
    questions = survey_template("en", now.date()).questions
    assert {one.weight for one in questions if one.kind == "dimension"} == {20}


def test_r68_sheets_are_taken_in_and_counted(world, now, survey):
    for answers in (GOOD, GOOD, BAD):
        surveys.add_sheet(
            survey.id, answers, by=world.desk.id, now=now, unit_id=world.home.id, remark="加灯"
        )
    result = survey_result(survey.id)
    assert (result.returned, result.valid) == (3, 3)
    assert str(result.weighted) == "73.3"
    assert [one.position for one in list_sheets(survey.id)] == [1, 2, 3]
    assert list_surveys()[0].returned == 3


def test_a_blank_sheet_counts_as_returned_and_is_not_valid(world, now, survey):
    blank = surveys.add_sheet(survey.id, (None,) * 12, by=world.desk.id, now=now)
    assert not blank.is_valid
    assert (survey_result(survey.id).returned, survey_result(survey.id).valid) == (1, 0)


def test_a_mistyped_sheet_is_put_right_or_declared_void(world, now, survey):
    sheet = surveys.add_sheet(survey.id, BAD, by=world.desk.id, now=now)
    assert surveys.change_sheet(sheet.id, GOOD, by=world.desk.id).answers == GOOD
    assert not surveys.change_sheet(sheet.id, GOOD, by=world.desk.id, is_valid=False).is_valid


def test_with_sheets_in_the_questions_stay(world, now, survey):
    surveys.add_sheet(survey.id, GOOD, by=world.desk.id, now=now)
    draft = replace(survey_template("zh_CN", now.date()), handed_out=30)
    changed = surveys.change_survey(survey.id, draft, version=1, by=world.desk.id)
    assert changed.handed_out == 30
    fewer = replace(draft, questions=draft.questions[:7])
    with pytest.raises(RuleError) as refused:
        surveys.change_survey(survey.id, fewer, version=2, by=world.desk.id)
    assert refused.value.code == "survey-has-sheets"
    with pytest.raises(RuleError) as refused:
        surveys.change_survey(survey.id, draft, version=1, by=world.desk.id)
    assert refused.value.code == "changed-meanwhile"


def test_a_closed_count_takes_nothing_in_until_it_is_reopened(world, now, survey):
    closed = surveys.close_survey(survey.id, by=world.desk.id, now=now)
    assert closed.until_on == now.date()
    with pytest.raises(RuleError) as refused:
        surveys.add_sheet(survey.id, GOOD, by=world.desk.id, now=now)
    assert refused.value.code == "survey-closed"
    surveys.reopen_survey(survey.id, by=world.desk.id)
    assert surveys.add_sheet(survey.id, GOOD, by=world.desk.id, now=now).position == 1


def test_a_questionnaire_without_questions_is_refused(world, now):
    draft = replace(survey_template("zh_CN", now.date()), questions=())
    with pytest.raises(DraftError):
        surveys.write_survey(draft, by=world.desk.id, now=now)
    assert list_surveys() == ()


def test_scores_that_do_not_fit_are_refused(world, now, survey):
    for answers, code in (((5,), "survey-answers"), ((9,) * 12, "survey-score")):
        with pytest.raises(RuleError) as refused:
            surveys.add_sheet(survey.id, answers, by=world.desk.id, now=now)
        assert refused.value.code == code

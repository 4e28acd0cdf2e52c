"""Write questionnaires, take in the sheets that came back, close the count (R66, R68).

What was asked stands as it was asked: once a sheet is in, the questions stay.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Right
from propdesk.domain.surveys import (
    Answers,
    Question,
    Survey,
    SurveyDraft,
    SurveySheet,
    check_answers,
    check_survey,
)
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.noting import noted, refuse
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.surveys import get_sheet, get_survey
from propdesk.services.queries.units import get_unit
from propdesk.storage.database import rows
from propdesk.storage.surveys import SurveyRecord, SurveySheetRecord


def write_survey(draft: SurveyDraft, *, by: int, now: datetime) -> Survey:
    """Store a new questionnaire. Raises DraftError with a sentence for each field."""
    with writing():
        who = actor(by, Right.WRITE_NOTICES)
        record = SurveyRecord.create(**_columns(draft), written_at=local(now), staff=who.id)
        return get_survey(record.id)


def change_survey(survey_id: int, draft: SurveyDraft, *, version: int, by: int) -> Survey:
    """Change a questionnaire; with sheets in, only its days and how many went out."""
    with writing():
        actor(by, Right.WRITE_NOTICES)
        survey = _open(survey_id)
        record = SurveyRecord.get_by_id(survey_id)
        check_version(record.version, version)
        columns = _columns(draft)
        if survey.returned and columns["questions"] != record.questions:
            raise RuleError(
                "survey-has-sheets",
                _("{count} sheets are in: the questions stay as they were asked.").format(
                    count=survey.returned
                ),
            )
        for name, value in columns.items():
            setattr(record, name, value)
        record.version += 1
        record.save()
        return get_survey(survey_id)


def _columns(draft: SurveyDraft) -> dict[str, Any]:
    """Return a checked draft as it is stored."""
    draft = replace(
        draft,
        title=clean_line(draft.title),
        intro=clean_text(draft.intro),
        questions=tuple(replace(one, text=clean_line(one.text)) for one in draft.questions),
    )
    refuse(check_survey(draft))
    return {
        "title": draft.title,
        "intro": draft.intro,
        "questions": [_question_json(one) for one in draft.questions],
        "from_on": draft.from_on,
        "until_on": draft.until_on,
        "handed_out": draft.handed_out,
    }


def _question_json(question: Question) -> dict[str, Any]:
    return {
        "code": question.code,
        "kind": question.kind.value,
        "text": question.text,
        "weight": question.weight,
    }


def add_sheet(
    survey_id: int,
    answers: Answers,
    *,
    by: int,
    now: datetime,
    remark: str = "",
    unit_id: int | None = None,
    is_valid: bool = True,
) -> SurveySheet:
    """Take in a sheet that came back; one without any score is not valid."""
    with writing():
        who = actor(by, Right.TAKE_TICKETS)
        survey = _open(survey_id)
        check_answers(answers, len(survey.questions))
        if unit_id is not None:
            get_unit(unit_id)
        last = rows("SELECT max(position) FROM survey_sheet WHERE survey_id = ?", survey_id)[0][0]
        record = SurveySheetRecord.create(
            survey=survey_id,
            position=(last or 0) + 1,
            unit=unit_id,
            answers=list(answers),
            remark=noted(remark),
            is_valid=is_valid and any(answers),
            entered_at=local(now),
            staff=who.id,
        )
        return get_sheet(record.id)


def change_sheet(
    sheet_id: int, answers: Answers, *, by: int, remark: str = "", is_valid: bool = True
) -> SurveySheet:
    """Put a mistyped sheet right, or declare it void; it stays counted as returned."""
    with writing():
        actor(by, Right.TAKE_TICKETS)
        record = SurveySheetRecord.get_or_none(id=sheet_id)
        if record is None:
            raise RuleError("survey-sheet-unknown", _("There is no such sheet."))
        survey = _open(record.survey_id)
        check_answers(answers, len(survey.questions))
        record.answers = list(answers)
        record.remark = noted(remark)
        record.is_valid = is_valid and any(answers)
        record.save()
        return get_sheet(sheet_id)


def close_survey(survey_id: int, *, by: int, now: datetime, until_on: date | None = None) -> Survey:
    """End the count; nothing is taken in afterwards."""
    with writing():
        actor(by, Right.WRITE_NOTICES)
        _open(survey_id)
        record = SurveyRecord.get_by_id(survey_id)
        record.closed_at = local(now)
        record.until_on = until_on or record.until_on or max(local(now).date(), record.from_on)
        record.version += 1
        record.save()
        return get_survey(survey_id)


def reopen_survey(survey_id: int, *, by: int) -> Survey:
    """Take late sheets in after all."""
    with writing():
        actor(by, Right.WRITE_NOTICES)
        get_survey(survey_id)
        record = SurveyRecord.get_by_id(survey_id)
        record.closed_at = None
        record.version += 1
        record.save()
        return get_survey(survey_id)


def _open(survey_id: int) -> Survey:
    survey = get_survey(survey_id)
    if survey.closed_at is not None:
        raise RuleError(
            "survey-closed",
            _("The count of «{title}» is closed. Reopen it first.").format(title=survey.title),
        )
    return survey

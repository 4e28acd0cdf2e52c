"""Questionnaires, their sheets, and what they say together (R66, R68)."""

import json
from datetime import date, datetime
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.surveys import (
    Question,
    QuestionKind,
    Survey,
    SurveyResult,
    SurveySheet,
    count_sheets,
)
from propdesk.i18n import _
from propdesk.storage.database import rows

_SURVEY = (
    "SELECT v.id, v.title, v.intro, v.questions, v.from_on, v.until_on, v.handed_out, "
    "v.written_at, s.name, v.closed_at, "
    "(SELECT count(*) FROM survey_sheet WHERE survey_id = v.id), v.version "
    "FROM survey v JOIN staff s ON s.id = v.staff_id "
)
_SHEET = (
    "SELECT h.id, h.position, h.answers, h.remark, h.is_valid, h.entered_at, s.name, u.short "
    "FROM survey_sheet h JOIN staff s ON s.id = h.staff_id LEFT JOIN unit u ON u.id = h.unit_id "
)


def list_surveys(limit: int = 100) -> tuple[Survey, ...]:
    """Return the questionnaires, newest first."""
    return tuple(map(_survey, rows(_SURVEY + "ORDER BY v.from_on DESC, v.id DESC LIMIT ?", limit)))


def get_survey(survey_id: int) -> Survey:
    """Return a questionnaire, or refuse when there is none with this id."""
    found = rows(_SURVEY + "WHERE v.id = ?", survey_id)
    if not found:
        raise RuleError("survey-unknown", _("There is no such questionnaire."))
    return _survey(found[0])


def list_sheets(survey_id: int) -> tuple[SurveySheet, ...]:
    """Return the sheets that came back, in the order in which they were entered."""
    return tuple(map(_sheet, rows(_SHEET + "WHERE h.survey_id = ? ORDER BY h.position", survey_id)))


def get_sheet(sheet_id: int) -> SurveySheet:
    """Return one sheet."""
    found = rows(_SHEET + "WHERE h.id = ?", sheet_id)
    if not found:
        raise RuleError("survey-sheet-unknown", _("There is no such sheet."))
    return _sheet(found[0])


def survey_result(survey_id: int) -> SurveyResult:
    """Return what all sheets of a questionnaire say together."""
    return count_sheets(get_survey(survey_id), list_sheets(survey_id))


def _survey(row: tuple[Any, ...]) -> Survey:
    return Survey(
        id=row[0],
        title=row[1],
        intro=row[2],
        questions=tuple(
            Question(one["code"], QuestionKind(one["kind"]), one["text"], one["weight"])
            for one in json.loads(row[3])
        ),
        from_on=date.fromisoformat(row[4]),
        until_on=date.fromisoformat(row[5]) if row[5] else None,
        handed_out=row[6],
        written_at=datetime.fromisoformat(row[7]),
        written_by=row[8],
        closed_at=datetime.fromisoformat(row[9]) if row[9] else None,
        returned=row[10],
        version=row[11],
    )


def _sheet(row: tuple[Any, ...]) -> SurveySheet:
    return SurveySheet(
        id=row[0],
        position=row[1],
        answers=tuple(json.loads(row[2])),
        remark=row[3],
        is_valid=bool(row[4]),
        entered_at=datetime.fromisoformat(row[5]),
        entered_by=row[6],
        unit_short=row[7] or "",
    )

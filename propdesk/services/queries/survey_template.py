"""The questionnaire that the program offers: seven needs and five dimensions (R66, R68)."""

import json
from datetime import date

from propdesk import paths
from propdesk.domain.surveys import Question, QuestionKind, SurveyDraft
from propdesk.services.parts.settings import load_settings


def survey_template(language: str, today: date) -> SurveyDraft:
    """Return the template in a language, with the office's weights for the dimensions."""
    file = paths.resources() / "surveys" / f"{language}.json"
    read = json.loads(file.read_text("utf-8"))
    weights = load_settings().score_weights
    return SurveyDraft(
        title=read["title"].format(year=today.year),
        intro=read["intro"],
        questions=tuple(
            Question(
                one["code"], QuestionKind(one["kind"]), one["text"], weights.get(one["code"], 0)
            )
            for one in read["questions"]
        ),
        from_on=today,
    )

"""Fill and draw the papers of a questionnaire (R66, R68)."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.domain.rates import Rate
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right, Staff
from propdesk.domain.surveys import (
    QUESTION_KIND_LABELS,
    Question,
    QuestionResult,
    Survey,
    SurveyResult,
)
from propdesk.i18n import _
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import PrintedPaper
from propdesk.reports.surveys import (
    CountingSheet,
    QuestionnaireSheet,
    ResultRow,
    SurveyResultSheet,
    render_counting_sheet,
    render_questionnaire,
    render_survey_result,
)
from propdesk.services.parts.actors import actor
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local
from propdesk.services.queries.surveys import get_survey, survey_result


def print_questionnaire(
    survey_id: int, target: Path, *, by: Staff, now: datetime, language: PaperLanguage | None = None
) -> Printed:
    """Draw the sheet that residents fill in into the PDF file `target`."""
    survey = get_survey(survey_id)

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        paper = QuestionnaireSheet(
            frame=_frame(settings, survey.title, _until(survey), by, now, is_internal=False),
            intro=survey.intro,
            groups=[
                (heading, [one.text for one in questions])
                for heading, questions in _grouped(survey.questions)
            ],
            scale=_scale(),
            return_to=_return_to(settings, survey, chosen),
        )
        return render_questionnaire(paper, target, language=chosen)

    return draw_paper(target, language, draw)


def print_counting_sheet(
    survey_id: int, target: Path, *, by: Staff, now: datetime, language: PaperLanguage | None = None
) -> Printed:
    """Draw the sheet on which returned questionnaires are tallied by hand."""
    survey = get_survey(survey_id)

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        handed_out = str(survey.handed_out) if survey.handed_out else ""
        paper = CountingSheet(
            frame=_frame(settings, _("Counting sheet"), survey.title, by, now),
            fields=(
                (_("Handed out"), handed_out),
                (_("Sheets returned"), ""),
                (_("Valid"), ""),
                (_("Score"), ""),
            ),
            questions=[f"{n}. {one.text}" for n, one in enumerate(survey.questions, 1)],
        )
        return render_counting_sheet(paper, target, language=chosen)

    return draw_paper(target, language, draw)


def print_survey_result(
    survey_id: int, target: Path, *, by: Staff, now: datetime, language: PaperLanguage | None = None
) -> Printed:
    """Draw what the sheets say together. Raises RuleError for who may not take reports out."""
    actor(by.id, Right.REPORT)
    result = survey_result(survey_id)

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        return render_survey_result(_result(result, settings, by, now), target, language=chosen)

    return draw_paper(target, language, draw)


def _result(
    result: SurveyResult, settings: OfficeSettings, by: Staff, now: datetime
) -> SurveyResultSheet:
    survey = result.survey
    by_code = {one.question.code: one for one in result.questions}
    figures = [
        (_("Handed out"), str(survey.handed_out)),
        (_("Sheets returned"), str(result.returned)),
        (_("Valid"), str(result.valid)),
        (_("Returned of those handed out"), _rate(result.return_rate)),
        (_("Satisfied (5 and 4)"), _rate(result.satisfied)),
    ]
    if result.weighted is not None:
        figures.append((_("Weighted score of 100"), str(result.weighted)))
    return SurveyResultSheet(
        frame=_frame(settings, _("Survey results"), f"{survey.title}    {_days(survey)}", by, now),
        figures=figures,
        groups=[
            (heading, [_row(by_code[one.code]) for one in questions])
            for heading, questions in _grouped(survey.questions)
        ],
        scale=_scale(),
        weakest=_("; ").join(f"{one.question.text} {one.mean}" for one in result.weakest),
        remarks=result.remarks,
    )


def _row(one: QuestionResult) -> ResultRow:
    return ResultRow(
        text=one.question.text,
        counts=tuple(reversed(one.counts)),
        mean="–" if one.mean is None else str(one.mean),
        satisfied=_rate(one.satisfied),
        weight=f"{one.question.weight}%" if one.question.weight else "",
    )


def _rate(rate: Rate) -> str:
    percent = rate.percent()
    return "–" if percent is None else f"{percent}% ({rate.numerator}/{rate.denominator})"


def _grouped(questions: Iterable[Question]) -> list[tuple[str, list[Question]]]:
    """Return the questions under the heading of their kind, in their order."""
    return [
        (str(QUESTION_KIND_LABELS[kind]), list(found))
        for kind, found in groupby(questions, key=lambda one: one.kind)
    ]


def _scale() -> tuple[str, ...]:
    return (
        _("Very satisfied"), _("Satisfied"), _("Fair"), _("Dissatisfied"), _("Very dissatisfied"),
    )  # fmt: skip


def _until(survey: Survey) -> str:
    return _("Please hand it in by {day}.").format(day=survey.until_on) if survey.until_on else ""


def _days(survey: Survey) -> str:
    if survey.until_on is None:
        return str(survey.from_on)
    return _("{first} to {last}").format(first=survey.from_on, last=survey.until_on)


def _return_to(settings: OfficeSettings, survey: Survey, language: PaperLanguage) -> str:
    words = _("Thank you. {office}").format(office=settings.called(language))
    phone = _("Phone {phone}").format(phone=settings.phone) if settings.phone else ""
    return "    ".join(filter(None, (words, phone, str(survey.from_on))))


def _frame(
    settings: OfficeSettings,
    title: str,
    narrowed: str,
    by: Staff,
    now: datetime,
    *,
    is_internal: bool = True,
) -> RegisterFrame:
    return RegisterFrame(
        settings.office_name,
        settings.office_name_en,
        title,
        narrowed,
        local(now),
        by.name,
        is_internal=is_internal,
    )

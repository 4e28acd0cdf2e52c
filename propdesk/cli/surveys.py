"""`propdesk surveys …`: questionnaires, the sheets that came back, what they say (R66, R68)."""

import argparse
from dataclasses import replace
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, read_day
from propdesk.domain.rates import Rate
from propdesk.domain.surveys import (
    MOST,
    Question,
    QuestionKind,
    Survey,
    SurveyResult,
    SurveySheet,
    read_answers,
)
from propdesk.i18n import LANGUAGES, _, language


def add_parsers(commands: Any) -> None:
    """Add `surveys` to the command line."""
    nouns = commands.add_parser("surveys", help=_("questionnaires to residents"))
    verbs = nouns.add_subparsers(dest="verb", required=True, metavar="VERB")
    write = verbs.add_parser("write", help=_("write a questionnaire from the template"))
    write.add_argument("--title")
    write.add_argument("--intro")
    write.add_argument("--ask", action="append", default=[], help=_("a question of your own"))
    write.add_argument("--from", dest="from_on", metavar="DAY")
    write.add_argument("--until", dest="until_on", metavar="DAY")
    write.add_argument("--handed-out", type=int, default=0, metavar="N")
    write.add_argument("--template", choices=LANGUAGES, help=_("language of the template"))
    write.set_defaults(func=run_write)
    show = verbs.add_parser("list", help=_("list the questionnaires"))
    add_json(show)
    show.set_defaults(func=run_list)
    result = verbs.add_parser("show", help=_("what the sheets say together"))
    sheet = verbs.add_parser("sheet", help=_("take in a sheet that came back"))
    close = verbs.add_parser("close", help=_("end the count"))
    again = verbs.add_parser("reopen", help=_("take late sheets in after all"))
    for parser, run in (
        (result, run_show), (sheet, run_sheet), (close, run_close), (again, run_reopen),
    ):  # fmt: skip
        parser.add_argument("id", type=int)
        parser.set_defaults(func=run)
    sheet.add_argument("scores", help=_("the scores in their order, - for no answer: 5545-4435544"))
    sheet.add_argument("--unit", default="", metavar="UNIT")
    sheet.add_argument("--remark", default="")
    sheet.add_argument("--void", action="store_true", help=_("it counts as returned only"))
    add_json(result)
    for parser in (write, sheet, close, again):
        add_by(parser)
        add_json(parser)


def survey_json(survey: Survey) -> dict[str, Any]:
    """Return a questionnaire as its JSON object."""
    return {
        "id": survey.id,
        "title": survey.title,
        "intro": survey.intro,
        "from": survey.from_on.isoformat(),
        "until": survey.until_on.isoformat() if survey.until_on else None,
        "handed_out": survey.handed_out,
        "returned": survey.returned,
        "closed_at": survey.closed_at.isoformat() if survey.closed_at else None,
        "by": survey.written_by,
        "questions": [
            {"code": one.code, "kind": one.kind.value, "text": one.text, "weight": one.weight}
            for one in survey.questions
        ],
    }


def sheet_json(sheet: SurveySheet) -> dict[str, Any]:
    """Return a sheet as its JSON object."""
    return {
        "id": sheet.id,
        "position": sheet.position,
        "answers": list(sheet.answers),
        "remark": sheet.remark,
        "valid": sheet.is_valid,
        "unit": sheet.unit_short or None,
        "entered_at": sheet.entered_at.isoformat(),
        "by": sheet.entered_by,
    }


def _rate_json(rate: Rate) -> dict[str, Any]:
    percent = rate.percent()
    return {
        "numerator": rate.numerator,
        "denominator": rate.denominator,
        "percent": None if percent is None else float(percent),
    }


def result_json(result: SurveyResult) -> dict[str, Any]:
    """Return what all sheets say as its JSON object."""
    return {
        **survey_json(result.survey),
        "returned": result.returned,
        "valid": result.valid,
        "return_rate": _rate_json(result.return_rate),
        "satisfied": _rate_json(result.satisfied),
        "weighted": None if result.weighted is None else float(result.weighted),
        "results": [
            {
                "code": one.question.code,
                "counts": list(one.counts),
                "answered": one.answered,
                "mean": None if one.mean is None else float(one.mean),
                "satisfied": _rate_json(one.satisfied),
            }
            for one in result.questions
        ],
        "weakest": [one.question.code for one in result.weakest],
        "remarks": list(result.remarks),
    }


def run_write(args: argparse.Namespace, desk: Desk) -> int:
    """Write a questionnaire: the template's questions, then the office's own."""
    from propdesk.services.queries.survey_template import survey_template
    from propdesk.services.surveys import write_survey

    with desk.office(write=True):
        draft = survey_template(args.template or language(), desk.today)
        own = tuple(
            Question(f"own-{place}", QuestionKind.OWN, text)
            for place, text in enumerate(args.ask, 1)
        )
        draft = replace(
            draft,
            title=args.title if args.title is not None else draft.title,
            intro=args.intro if args.intro is not None else draft.intro,
            questions=(*draft.questions, *own),
            from_on=read_day(args.from_on) if args.from_on else draft.from_on,
            until_on=read_day(args.until_on) if args.until_on else None,
            handed_out=args.handed_out,
        )
        survey = write_survey(draft, by=desk.staff(args.by).id, now=desk.now)
    desk.say(f"{survey.id}  {survey.title}")
    desk.json(survey_json(survey))
    return 0


def run_list(args: argparse.Namespace, desk: Desk) -> int:  # noqa: ARG001 - one shape for all
    """List the questionnaires, newest first."""
    from propdesk.services.queries.surveys import list_surveys

    with desk.office(write=False):
        found = list_surveys()
    for one in found:
        state = _("count closed") if one.closed_at else _("open")
        returned = _("{returned} of {handed_out} came back").format(
            returned=one.returned, handed_out=one.handed_out
        )
        desk.say(f"{one.id}  {one.from_on}  {one.title}  {returned}  {state}")
    desk.json([survey_json(one) for one in found])
    return 0


def run_show(args: argparse.Namespace, desk: Desk) -> int:
    """Print the counts."""
    from propdesk.services.queries.surveys import list_sheets, survey_result

    with desk.office(write=False):
        result = survey_result(args.id)
        sheets = list_sheets(args.id)
    desk.say(result.survey.title)
    desk.say(
        _("Handed out {handed_out}, returned {returned}, valid {valid}").format(
            handed_out=result.survey.handed_out, returned=result.returned, valid=result.valid
        )
    )
    for one in result.questions:
        counts = " ".join(map(str, reversed(one.counts)))
        mean = "-" if one.mean is None else one.mean
        desk.say(f"  {one.question.text}  {mean}  ({MOST}…1: {counts})")
    if result.weighted is not None:
        desk.say(_("Weighted score {score} of 100").format(score=result.weighted))
    desk.json({**result_json(result), "sheets": [sheet_json(one) for one in sheets]})
    return 0


def run_sheet(args: argparse.Namespace, desk: Desk) -> int:
    """Take in one sheet."""
    from propdesk.services.queries.surveys import get_survey
    from propdesk.services.queries.units import find_unit
    from propdesk.services.surveys import add_sheet

    with desk.office(write=True):
        survey = get_survey(args.id)
        sheet = add_sheet(
            survey.id,
            read_answers(args.scores, len(survey.questions)),
            by=desk.staff(args.by).id,
            now=desk.now,
            remark=args.remark,
            unit_id=find_unit(args.unit).id if args.unit else None,
            is_valid=not args.void,
        )
    desk.say(_("Sheet {position} is in.").format(position=sheet.position))
    desk.json(sheet_json(sheet))
    return 0


def run_close(args: argparse.Namespace, desk: Desk) -> int:
    """End the count."""
    from propdesk.services.surveys import close_survey

    with desk.office(write=True):
        survey = close_survey(args.id, by=desk.staff(args.by).id, now=desk.now)
    desk.say(f"{survey.id}  {survey.title}")
    desk.json(survey_json(survey))
    return 0


def run_reopen(args: argparse.Namespace, desk: Desk) -> int:
    """Take late sheets in after all."""
    from propdesk.services.surveys import reopen_survey

    with desk.office(write=True):
        survey = reopen_survey(args.id, by=desk.staff(args.by).id)
    desk.say(f"{survey.id}  {survey.title}")
    desk.json(survey_json(survey))
    return 0

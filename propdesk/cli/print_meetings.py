"""`propdesk print questionnaire|counting-sheet|survey-result|sign-in|meeting` (R66, R68, R87)."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from propdesk.cli.desk import Desk
from propdesk.cli.printed import add_paper_options, paper_language, tell_printed
from propdesk.i18n import _

if TYPE_CHECKING:
    from propdesk.services.parts.printed import Printed

_ID = ("id", int)


def add_parsers(papers: Any) -> None:
    """Add the papers of questionnaires and meetings to `print`."""
    number = ("number", str)
    for name, text, (which, kind), run in (
        ("questionnaire", _("the questionnaire that residents fill in"), _ID, run_questionnaire),
        ("counting-sheet", _("the sheet to tally questionnaires on"), _ID, run_counting_sheet),
        ("survey-result", _("what the questionnaires say together"), _ID, run_survey_result),
        ("sign-in", _("the sign-in sheet of a meeting"), number, run_sign_in),
        ("meeting", _("the record of a meeting"), number, run_meeting),
    ):
        parser = papers.add_parser(name, help=text)
        parser.add_argument(which, type=kind)
        add_paper_options(parser)
        parser.set_defaults(func=run)


def run_questionnaire(args: argparse.Namespace, desk: Desk) -> int:
    """Print the questionnaire."""
    from propdesk.services.printing_surveys import print_questionnaire

    return _print_survey(args, desk, print_questionnaire)


def run_counting_sheet(args: argparse.Namespace, desk: Desk) -> int:
    """Print the sheet to tally on."""
    from propdesk.services.printing_surveys import print_counting_sheet

    return _print_survey(args, desk, print_counting_sheet)


def run_survey_result(args: argparse.Namespace, desk: Desk) -> int:
    """Print the results."""
    from propdesk.services.printing_surveys import print_survey_result

    return _print_survey(args, desk, print_survey_result)


def run_sign_in(args: argparse.Namespace, desk: Desk) -> int:
    """Print the sign-in sheet."""
    from propdesk.services.printing_meetings import print_sign_in

    return _print_meeting(args, desk, print_sign_in)


def run_meeting(args: argparse.Namespace, desk: Desk) -> int:
    """Print the record."""
    from propdesk.services.printing_meetings import print_meeting

    return _print_meeting(args, desk, print_meeting)


def _print_survey(args: argparse.Namespace, desk: Desk, draw: Callable[..., "Printed"]) -> int:
    with desk.office(write=False):
        return _drawn(args, desk, draw, args.id)


def _print_meeting(args: argparse.Namespace, desk: Desk, draw: Callable[..., "Printed"]) -> int:
    from propdesk.services.queries.meetings import find_meeting

    with desk.office(write=False):
        return _drawn(args, desk, draw, find_meeting(args.number).id)


def _drawn(args: argparse.Namespace, desk: Desk, draw: Callable[..., "Printed"], key: int) -> int:

    printed = draw(
        key, args.output, by=desk.staff(args.by), now=desk.now, language=paper_language(args)
    )
    return tell_printed(desk, printed)

"""`propdesk inspections sheet|sheets|print-notice`: the papers of rounds."""

import argparse
from collections.abc import Sequence
from typing import Any

from propdesk.cli.desk import Desk, read_day
from propdesk.cli.printed import add_paper_options, paper_language, tell_printed
from propdesk.i18n import _
from propdesk.services.inspection_sheets import make_sheets, make_sheets_of_day
from propdesk.services.queries.inspection_plans import find_plan


def add_inspections_parsers(verbs: Any) -> None:
    """Add the verbs of sheets to `inspections`."""
    sheet = verbs.add_parser("sheet", help=_("the sheets of a plan's rounds on a day"))
    sheet.add_argument("plan", metavar="PLAN", help=_("number of the plan"))
    sheets = verbs.add_parser("sheets", help=_("the sheets of all rounds of a day"))
    for parser, run in ((sheet, run_sheet), (sheets, run_sheets)):
        parser.add_argument("--date", metavar="DATE", help=_("another day than today"))
        add_paper_options(parser)
        parser.set_defaults(func=run)
    notice = verbs.add_parser("print-notice", help=_("a notice to rectify, in two copies"))
    notice.add_argument("number", metavar="NUMBER")
    add_paper_options(notice)
    notice.set_defaults(func=run_notice)


def run_sheet(args: argparse.Namespace, desk: Desk) -> int:
    """Print the sheets of a plan's rounds on a day; they are made where they are not there yet."""
    day = read_day(args.date) if args.date else desk.today
    with desk.office(write=True, create=False):
        plan, by = find_plan(args.plan), desk.staff(args.by)
        numbers = [one.number for one in make_sheets(plan.id, day, by=by.id, now=desk.now)]
        return _print(args, desk, numbers)


def run_sheets(args: argparse.Namespace, desk: Desk) -> int:
    """Print the sheets of every open round of a day, one walker's after the other's."""
    day = read_day(args.date) if args.date else desk.today
    with desk.office(write=True, create=False):
        made = make_sheets_of_day(day, by=desk.staff(args.by).id, now=desk.now)
        for reason in made.left_out:
            desk.say(reason)
        return _print(args, desk, made.numbers)


def run_notice(args: argparse.Namespace, desk: Desk) -> int:
    """Print a notice to rectify; draws beside an open window."""
    from propdesk.services.printing_rectifications import print_rectification_notice

    with desk.office(write=False):
        printed = print_rectification_notice(
            args.number,
            args.output,
            by=desk.staff(args.by),
            now=desk.now,
            language=paper_language(args),
        )
    return tell_printed(desk, printed, numbers=[args.number.upper()])


def _print(args: argparse.Namespace, desk: Desk, numbers: Sequence[str]) -> int:
    from propdesk.services.printing_inspections import note_sheet_prints, print_sheets

    by = desk.staff(args.by)
    printed = print_sheets(
        numbers,
        args.output,
        by=by,
        now=desk.now,
        language=paper_language(args),
        on_progress=desk.progress(_("Inspection sheets")) if len(numbers) > 1 else None,
    )
    note_sheet_prints(numbers, by=by.id, now=desk.now)
    desk.say(" ".join(numbers))
    return tell_printed(desk, printed, numbers=list(numbers))

"""`propdesk report complaints|inspections --month YYYY-MM -o FILE.pdf|FILE.xlsx|FILE.json`."""

import argparse
from collections.abc import Callable
from functools import partial
from typing import Any

from propdesk.cli import print_moves
from propdesk.cli.desk import Desk
from propdesk.cli.printed import add_paper_options, paper_language, tell_replaced
from propdesk.i18n import _


def add_parsers(commands: Any) -> None:
    """Add `report` to the command line."""
    report = commands.add_parser("report", help=_("a report that managers sign"))
    kinds = report.add_subparsers(dest="report_kind", required=True, metavar="REPORT")
    for name, words, run in (
        ("complaints", _("the monthly complaint report"), run_complaints),
        ("inspections", _("the monthly inspection report"), run_inspections),
    ):
        monthly = kinds.add_parser(name, help=words)
        monthly.add_argument("--month", required=True, metavar="YYYY-MM")
        add_paper_options(monthly, files="FILE.pdf|FILE.xlsx|FILE.json", is_required=False)
        monthly.set_defaults(func=run)
    print_moves.add_report(kinds)


def run_complaints(args: argparse.Namespace, desk: Desk) -> int:
    """Write the monthly complaint report, or print its figures with --json."""
    from propdesk.services import reporting

    write = partial(reporting.write_complaint_report, on_progress=desk.progress(_("Report")))
    return _run(args, desk, reporting.complaint_figures, write, reporting.complaint_values)


def run_inspections(args: argparse.Namespace, desk: Desk) -> int:
    """Write the monthly inspection report, or print its figures with --json."""
    from propdesk.services import reporting_inspections as reporting

    write = reporting.write_inspection_report
    return _run(args, desk, reporting.inspection_figures, write, reporting.inspection_values)


def _run(
    args: argparse.Namespace,
    desk: Desk,
    count: Callable[..., Any],
    write: Callable[..., Any],
    values: Callable[[Any], dict[str, Any]],
) -> int:
    """Count a month's figures, into a file where one is named."""
    from propdesk.domain.errors import RuleError
    from propdesk.domain.months import Month

    month = Month.parse(args.month)
    if args.output is None and not args.json:
        raise RuleError(
            "output-missing", _("Say where the report goes: -o FILE.pdf, FILE.xlsx or FILE.json.")
        )
    with desk.office(write=False):
        if args.output is None:
            figures = count(month, now=desk.now)
        else:
            written = write(
                month,
                args.output,
                by=desk.staff(args.by),
                now=desk.now,
                paper_language=paper_language(args),
            )
            figures = written.figures
            desk.say(_("Written: {file}").format(file=args.output))
            tell_replaced(desk, written.replaced_characters)
    desk.json(values(figures))
    return 0

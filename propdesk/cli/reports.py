"""`propdesk report complaints --month YYYY-MM -o FILE.pdf|FILE.xlsx|FILE.json`."""

import argparse
from pathlib import Path
from typing import Any

from propdesk.cli import print_moves, report_inspections
from propdesk.cli.desk import Desk, add_by, add_json
from propdesk.cli.prints import add_paper_language, paper_language, tell_replaced
from propdesk.i18n import _


def add_parsers(commands: Any) -> None:
    """Add `report` to the command line."""
    report = commands.add_parser("report", help=_("a report that managers sign"))
    kinds = report.add_subparsers(dest="report_kind", required=True, metavar="REPORT")
    complaints = kinds.add_parser("complaints", help=_("the monthly complaint report"))
    complaints.add_argument("--month", required=True, metavar="YYYY-MM")
    complaints.add_argument("-o", "--output", type=Path, metavar="FILE.pdf|FILE.xlsx|FILE.json")
    add_paper_language(complaints)
    add_by(complaints)
    add_json(complaints)
    complaints.set_defaults(func=run_complaints)
    print_moves.add_report(kinds, add_paper_language)
    report_inspections.add_report(kinds)


def run_complaints(args: argparse.Namespace, desk: Desk) -> int:
    """Write the monthly complaint report, or print its figures with --json."""
    from propdesk.domain.errors import RuleError
    from propdesk.domain.months import Month
    from propdesk.services import reporting

    month = Month.parse(args.month)
    if args.output is None and not args.json:
        raise RuleError(
            "output-missing", _("Say where the report goes: -o FILE.pdf, FILE.xlsx or FILE.json.")
        )
    with desk.office(write=False):
        if args.output is None:
            figures = reporting.complaint_figures(month, now=desk.now)
        else:
            written = reporting.write_complaint_report(
                month,
                args.output,
                by=desk.staff(args.by),
                now=desk.now,
                paper_language=paper_language(args),
                on_progress=desk.progress(_("Report")),
            )
            figures = written.figures
            desk.say(_("Written: {file}").format(file=args.output))
            tell_replaced(desk, written.replaced_characters)
    desk.json(reporting.complaint_values(figures))
    return 0

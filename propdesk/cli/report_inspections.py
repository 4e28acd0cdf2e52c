"""`propdesk report inspections --month YYYY-MM -o FILE.pdf|FILE.xlsx|FILE.json`."""

import argparse
from pathlib import Path
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json
from propdesk.cli.prints import add_paper_language, paper_language, tell_replaced
from propdesk.i18n import _


def add_report(kinds: Any) -> None:
    """Add the month's rounds and findings to `report`."""
    report = kinds.add_parser("inspections", help=_("the monthly inspection report"))
    report.add_argument("--month", required=True, metavar="YYYY-MM")
    report.add_argument("-o", "--output", type=Path, metavar="FILE.pdf|FILE.xlsx|FILE.json")
    add_paper_language(report)
    add_by(report)
    add_json(report)
    report.set_defaults(func=run_inspections)


def run_inspections(args: argparse.Namespace, desk: Desk) -> int:
    """Write the monthly inspection report, or print its figures with --json."""
    from propdesk.domain.errors import RuleError
    from propdesk.domain.months import Month
    from propdesk.services import reporting_inspections as reporting

    month = Month.parse(args.month)
    if args.output is None and not args.json:
        raise RuleError(
            "output-missing", _("Say where the report goes: -o FILE.pdf, FILE.xlsx or FILE.json.")
        )
    with desk.office(write=False):
        if args.output is None:
            figures = reporting.inspection_figures(month, now=desk.now)
        else:
            written = reporting.write_inspection_report(
                month,
                args.output,
                by=desk.staff(args.by),
                now=desk.now,
                paper_language=paper_language(args),
            )
            figures = written.figures
            desk.say(_("Written: {file}").format(file=args.output))
            tell_replaced(desk, written.replaced_characters)
    desk.json(reporting.inspection_values(figures))
    return 0

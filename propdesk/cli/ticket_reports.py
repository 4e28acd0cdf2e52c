"""`propdesk tickets report-problem`: a complex or grave matter goes to a department in writing."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk
from propdesk.cli.ticket_moves import add_move, move
from propdesk.domain.tickets import Ticket
from propdesk.i18n import _
from propdesk.services.problem_reports import report_problem
from propdesk.services.queries.staff import find_department


def add_parsers(verbs: Any) -> None:
    """Add the verb to `tickets`."""
    words = _("report a complex or grave matter to a department in writing")
    report = add_move(verbs, "report-problem", run_report_problem, words)
    report.add_argument("--department", required=True, metavar="D")


def run_report_problem(args: argparse.Namespace, desk: Desk) -> int:
    """Note the report (R33); `print problem-report` draws the paper."""
    return move(args, desk, _report, department=args.department, text=args.text)


def _report(ticket_id: int, *, department: str, **more: Any) -> Ticket:
    return report_problem(ticket_id, department_id=find_department(department).id, **more)

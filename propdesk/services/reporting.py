"""The monthly complaint report: its figures, and the paper, workbook or JSON made from them.

Sources: R60, R65, forms.md 5.5, decisions 14 and 16-19. Nothing is stored: figures are counted
from the journal each time.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from propdesk.domain import statistics
from propdesk.domain.complaint_facts import ReportRules
from propdesk.domain.complaint_figures import ComplaintFigures
from propdesk.domain.months import Month
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.staff import Right, Staff, check_right
from propdesk.i18n import _
from propdesk.services.parts.complaint_values import to_values
from propdesk.services.parts.month_reports import ENDINGS, ReportForms, WrittenReport, write_report
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.targets import check_target
from propdesk.services.parts.writing import local
from propdesk.services.queries.complaints import read_complaint_records
from propdesk.storage.database import database
from propdesk.storage.faults import explained

Progress = Callable[[int, int], None]
"""Told how many steps of how many are done; it may raise `Cancelled`."""


def complaint_figures(month: Month, *, now: datetime) -> ComplaintFigures:
    """Return the figures of a month; a month without data has figures too, all of them zero."""
    with explained(), database.atomic():
        days = load_settings().repeat_days
        records = read_complaint_records(month, repeat_days=days)
    rules = ReportRules(repeat_days=days)
    return statistics.complaint_figures(records, month, now=local(now), rules=rules)


def complaint_values(figures: ComplaintFigures) -> dict[str, Any]:
    """Return the figures as the one JSON object of `--json` and of a `.json` file."""
    return to_values(figures)


def write_complaint_report(
    month: Month,
    target: Path,
    *,
    now: datetime,
    by: Staff,
    paper_language: PaperLanguage | None = None,
    on_progress: Progress | None = None,
) -> WrittenReport[ComplaintFigures]:
    """Write a month's report as the suffix of `target` says: .pdf, .xlsx or .json.

    `by` is the staff member who prints it; the language is the office's where None. The file
    appears whole or not at all. Raises RuleError for another suffix, a missing folder, a full disk,
    or a staff member who may not see reports.
    """
    check_right(by, Right.REPORT)
    check_target(target, *ENDINGS)
    report = on_progress or _silent
    report(0, 3)
    figures = complaint_figures(month, now=now)
    report(1, 3)
    written = write_report(figures, target, _forms(), now=now, by=by, language=paper_language)
    report(3, 3)
    return written


def _silent(_done: int, _of: int) -> None:
    """Tell nobody."""


def _forms() -> ReportForms[ComplaintFigures]:
    from propdesk.reports.complaints import ComplaintReportSheet, render_complaint_report
    from propdesk.services.parts.complaint_workbook import complaint_sheets

    return ReportForms(
        "YB",
        lambda month: _("Monthly complaint report {month}").format(month=month),
        ComplaintReportSheet,
        render_complaint_report,
        complaint_sheets,
        to_values,
    )

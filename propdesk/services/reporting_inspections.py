"""The monthly inspection report: figures, and the paper, workbook or JSON made from them.

Sources: forms.md 5.6 (month summary), R70, R100, R67, R11. Nothing is stored: figures are counted
each time.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

from propdesk.domain.inspection_report import InspectionFigures
from propdesk.domain.months import Month
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.staff import Right, Staff, check_right
from propdesk.services.parts.inspection_values import to_values
from propdesk.services.parts.month_reports import ENDINGS, ReportForms, WrittenReport, write_report
from propdesk.services.parts.targets import check_target
from propdesk.services.parts.writing import local
from propdesk.services.queries.inspection_report import read_inspection_figures
from propdesk.storage.database import database
from propdesk.storage.faults import explained


def inspection_figures(month: Month, *, now: datetime) -> InspectionFigures:
    """Return the figures of a month; a month without rounds has figures too, all of them zero."""
    with explained(), database.atomic():
        return read_inspection_figures(month, local(now))


def inspection_values(figures: InspectionFigures) -> dict[str, Any]:
    """Return the figures as the one JSON object of `--json` and of a `.json` file."""
    return to_values(figures)


def write_inspection_report(
    month: Month,
    target: Path,
    *,
    now: datetime,
    by: Staff,
    paper_language: PaperLanguage | None = None,
) -> WrittenReport[InspectionFigures]:
    """Write a month's report as the suffix of `target` says: .pdf, .xlsx or .json.

    `by` is the staff member who prints it; the language is the office's where None. The file
    appears whole or not at all. Raises RuleError for another suffix, a missing folder, a full disk,
    or a staff member who may not see reports.
    """
    check_right(by, Right.REPORT)
    check_target(target, *ENDINGS)
    figures = inspection_figures(month, now=now)
    return write_report(figures, target, _forms(), now=now, by=by, language=paper_language)


def _forms() -> ReportForms[InspectionFigures]:
    from propdesk.reports.inspections import (
        TITLE,
        InspectionReportSheet,
        render_inspection_report,
    )
    from propdesk.services.parts.inspection_workbook import inspection_sheets

    return ReportForms(
        "XB",
        lambda month: f"{TITLE} {month}",
        InspectionReportSheet,
        render_inspection_report,
        inspection_sheets,
        to_values,
    )

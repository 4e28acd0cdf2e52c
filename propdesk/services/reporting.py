"""The monthly complaint report: its figures, and the paper, workbook or JSON made from them.

Sources: R60, R65, forms.md 5.5, decisions 14 and 16-19. Nothing is stored: figures are counted
from the journal each time.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from propdesk.domain import statistics
from propdesk.domain.complaint_facts import ReportRules
from propdesk.domain.complaint_figures import ComplaintFigures
from propdesk.domain.months import Month
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right, Staff, check_right
from propdesk.i18n import _, speaking
from propdesk.services.parts.complaint_values import to_values
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.targets import check_target
from propdesk.services.parts.writing import local
from propdesk.services.queries.complaints import read_complaint_records
from propdesk.storage.database import database
from propdesk.storage.faults import explained

ENDINGS = (".pdf", ".xlsx", ".json")

Progress = Callable[[int, int], None]
"""Told how many steps of how many are done; it may raise `Cancelled`."""


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """What was written: where, from which figures, and characters the font lacks (as 〓).

    `pages` is 0 for a workbook and for JSON.
    """

    path: Path
    figures: ComplaintFigures
    pages: int = 0
    replaced_characters: tuple[str, ...] = ()


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
) -> WrittenReport:
    """Write a month's report as the suffix of `target` says: .pdf, .xlsx or .json.

    `by` is the staff member who prints it; the language is the office's where None. The file
    appears whole or not at all. Raises RuleError for another suffix, a missing folder, a full disk,
    or a staff member who may not see reports.
    """
    check_right(by, Right.REPORT)
    ending = check_target(target, *ENDINGS)
    report = on_progress or _silent
    report(0, 3)
    with explained():
        settings = load_settings()
    figures = complaint_figures(month, now=now)
    report(1, 3)
    language = paper_language or settings.paper_language
    if ending == ".pdf":
        written = _write_pdf(figures, target, settings, by, now, language)
    elif ending == ".xlsx":
        written = _write_workbook(figures, target, settings, by, now, language)
    else:
        written = _write_json(figures, target)
    report(3, 3)
    return written


def _silent(_done: int, _of: int) -> None:
    """Tell nobody."""


def _write_pdf(
    figures: ComplaintFigures,
    target: Path,
    settings: OfficeSettings,
    by: Staff,
    now: datetime,
    language: PaperLanguage,
) -> WrittenReport:
    from propdesk.reports import complaints
    from propdesk.sheets.errors import not_written

    sheet = complaints.ComplaintReportSheet(
        figures=figures,
        office_name=settings.office_name,
        office_name_en=settings.office_name_en,
        company=settings.company,
        number=f"YB-{figures.month.year:04d}{figures.month.month:02d}",
        printed_at=now,
        printed_by=by.name,
        language=language,
    )
    try:
        printed = complaints.render_complaint_report(sheet, target)
    except OSError as error:
        raise not_written(target, error) from error
    return WrittenReport(target, figures, printed.pages, printed.replaced_characters)


def _write_workbook(
    figures: ComplaintFigures,
    target: Path,
    settings: OfficeSettings,
    by: Staff,
    now: datetime,
    language: PaperLanguage,
) -> WrittenReport:
    from propdesk.reports.parts.month_report import as_of_text
    from propdesk.reports.parts.report_figures import month_name
    from propdesk.services.parts.complaint_workbook import complaint_sheets
    from propdesk.sheets.writing import write_workbook

    with speaking(language.code):
        titles = (
            _("Monthly complaint report {month}").format(
                month=month_name(figures.month, language.code)
            ),
            f"{settings.office_name}  {as_of_text(figures)}",
            _("Printed {time}, {name}").format(time=f"{now:%Y-%m-%d %H:%M}", name=by.name),
        )
        write_workbook(target, complaint_sheets(figures, titles))
    return WrittenReport(target, figures)


def _write_json(figures: ComplaintFigures, target: Path) -> WrittenReport:
    from propdesk.sheets.part_file import write_whole

    text = json.dumps(to_values(figures), ensure_ascii=False, indent=2) + "\n"

    def write(file: IO[bytes]) -> None:
        file.write(text.encode("utf-8"))

    write_whole(target, write)
    return WrittenReport(target, figures)

"""The monthly inspection report: figures, and the paper, workbook or JSON made from them.

Sources: forms.md 5.6 (month summary), R70, R100, R67, R11. Nothing is stored: figures are counted
each time.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from propdesk.domain.inspection_report import InspectionFigures
from propdesk.domain.months import Month
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right, Staff, check_right
from propdesk.i18n import _, speaking
from propdesk.services.parts.inspection_values import to_values
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.targets import check_target
from propdesk.services.parts.writing import local
from propdesk.services.queries.inspection_report import read_inspection_figures
from propdesk.storage.database import database
from propdesk.storage.faults import explained

ENDINGS = (".pdf", ".xlsx", ".json")


@dataclass(frozen=True, slots=True)
class WrittenInspections:
    """What was written: where, from which figures, and characters the font lacks (as 〓)."""

    path: Path
    figures: InspectionFigures
    pages: int = 0
    replaced_characters: tuple[str, ...] = ()


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
) -> WrittenInspections:
    """Write a month's report as the suffix of `target` says: .pdf, .xlsx or .json.

    `by` is the staff member who prints it; the language is the office's where None. The file
    appears whole or not at all. Raises RuleError for another suffix, a missing folder, a full disk,
    or a staff member who may not see reports.
    """
    check_right(by, Right.REPORT)
    ending = check_target(target, *ENDINGS)
    with explained():
        settings = load_settings()
    figures = inspection_figures(month, now=now)
    language = paper_language or settings.paper_language
    if ending == ".pdf":
        return _write_pdf(figures, target, settings, by, now, language)
    if ending == ".xlsx":
        return _write_workbook(figures, target, settings, by, now, language)
    return _write_json(figures, target)


def _write_pdf(
    figures: InspectionFigures,
    target: Path,
    settings: OfficeSettings,
    by: Staff,
    now: datetime,
    language: PaperLanguage,
) -> WrittenInspections:
    from propdesk.reports.inspections import (
        InspectionReportSheet,
        render_inspection_report,
    )
    from propdesk.sheets.errors import not_written

    sheet = InspectionReportSheet(
        figures=figures,
        office_name=settings.office_name,
        office_name_en=settings.office_name_en,
        company=settings.company,
        number=f"XB-{figures.month.year:04d}{figures.month.month:02d}",
        printed_at=now,
        printed_by=by.name,
        language=language,
    )
    try:
        printed = render_inspection_report(sheet, target)
    except OSError as error:
        raise not_written(target, error) from error
    return WrittenInspections(target, figures, printed.pages, printed.replaced_characters)


def _write_workbook(
    figures: InspectionFigures,
    target: Path,
    settings: OfficeSettings,
    by: Staff,
    now: datetime,
    language: PaperLanguage,
) -> WrittenInspections:
    from propdesk.reports.inspections import TITLE, as_of_text
    from propdesk.reports.parts.report_figures import month_name
    from propdesk.services.parts.inspection_workbook import inspection_sheets
    from propdesk.sheets.writing import write_workbook

    with speaking(language.code):
        titles = (
            f"{TITLE} {month_name(figures.month, language.code)}",
            f"{settings.office_name}  {as_of_text(figures)}",
            _("Printed {time}, {name}").format(time=f"{now:%Y-%m-%d %H:%M}", name=by.name),
        )
        write_workbook(target, inspection_sheets(figures, titles))
    return WrittenInspections(target, figures)


def _write_json(figures: InspectionFigures, target: Path) -> WrittenInspections:
    from propdesk.sheets.part_file import write_whole

    text = json.dumps(to_values(figures), ensure_ascii=False, indent=2) + "\n"

    def write(file: IO[bytes]) -> None:
        file.write(text.encode("utf-8"))

    write_whole(target, write)
    return WrittenInspections(target, figures)

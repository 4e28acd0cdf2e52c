"""A monthly report as a file: paper, workbook or JSON, whole or not at all."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Generic, TypeVar

from propdesk.domain.months import MonthFigures
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.staff import Staff
from propdesk.i18n import _, speaking
from propdesk.services.parts.settings import load_settings
from propdesk.storage.faults import explained

if TYPE_CHECKING:
    from propdesk.reports.parts.month_report import MonthReport
    from propdesk.reports.parts.sheet import PrintedPaper

ENDINGS = (".pdf", ".xlsx", ".json")

F = TypeVar("F", bound=MonthFigures)


@dataclass(frozen=True, slots=True)
class WrittenReport(Generic[F]):
    """What was written: where, from which figures, and characters the font lacks (as 〓).

    `pages` is 0 for a workbook and for JSON.
    """

    path: Path
    figures: F
    pages: int = 0
    replaced_characters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportForms(Generic[F]):
    """The three forms of a report: `series` begins its number, `title` takes the month's name."""

    series: str
    title: Callable[[str], str]
    input: "Callable[..., MonthReport[F]]"
    render: "Callable[[Any, Path], PrintedPaper]"
    sheets: Callable[[F, tuple[str, ...]], Any]
    values: Callable[[F], dict[str, Any]]


def write_report(
    figures: F,
    target: Path,
    forms: ReportForms[F],
    *,
    now: datetime,
    by: Staff,
    language: PaperLanguage | None,
) -> WrittenReport[F]:
    """Write a month's figures as the ending of `target` says; the language may be the office's."""
    from propdesk.reports.parts.month_report import as_of_text
    from propdesk.reports.parts.report_figures import month_name
    from propdesk.sheets.errors import not_written
    from propdesk.sheets.part_file import write_whole
    from propdesk.sheets.writing import write_workbook

    with explained():
        settings = load_settings()
    language = language or settings.paper_language
    ending, month = target.suffix.lower(), figures.month
    if ending == ".pdf":
        report = forms.input(
            figures=figures,
            office_name=settings.office_name,
            office_name_en=settings.office_name_en,
            company=settings.company,
            number=f"{forms.series}-{month.year:04d}{month.month:02d}",
            printed_at=now,
            printed_by=by.name,
            language=language,
        )
        try:
            printed = forms.render(report, target)
        except OSError as error:
            raise not_written(target, error) from error
        return WrittenReport(target, figures, printed.pages, printed.replaced_characters)
    if ending == ".xlsx":
        with speaking(language.code):
            titles = (
                forms.title(month_name(month, language.code)),
                f"{settings.office_name}  {as_of_text(figures)}",
                _("Printed {time}, {name}").format(time=f"{now:%Y-%m-%d %H:%M}", name=by.name),
            )
            write_workbook(target, forms.sheets(figures, titles))
    else:
        text = json.dumps(forms.values(figures), ensure_ascii=False, indent=2) + "\n"

        def write(file: IO[bytes]) -> None:
            file.write(text.encode("utf-8"))

        write_whole(target, write)
    return WrittenReport(target, figures)

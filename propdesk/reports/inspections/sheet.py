"""What the inspection report is drawn from, and what its sections share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.inspection_report import (
    InspectionFigures,
)
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, _lazy
from propdesk.reports.parts.tables import Column, Row, Table, for_whole_words

TITLE = _lazy("Monthly inspection report")
SIZE = 7.8


@dataclass(frozen=True, slots=True)
class InspectionReportSheet:
    """The input of the report: figures and who prints them when."""

    figures: InspectionFigures
    office_name: str
    office_name_en: str
    company: str
    number: str
    printed_at: datetime
    printed_by: str
    language: PaperLanguage

    @property
    def office(self) -> str:
        """The office's name in the paper's language."""
        english = self.language is PaperLanguage.EN and self.office_name_en
        return self.office_name_en if english else self.office_name


def as_of_text(figures: InspectionFigures) -> str:
    """Say up to when is counted: the month's last midnight, or now while it runs."""
    if figures.is_running:
        return _("as of {time}").format(time=f"{figures.as_of:%Y-%m-%d %H:%M}")
    return _("as of {time}").format(time=f"{figures.month.last_day:%Y-%m-%d} 24:00")


def table_of(columns: tuple[Column, ...], rows: Sequence[Row], again: str) -> Table:
    """Return a table whose heads keep their words whole; `again` stands above a later page."""
    return Table(for_whole_words(columns, (), SIZE), rows, size=SIZE, continued=again)

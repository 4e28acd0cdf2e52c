"""What the inspection report is drawn from, and what its sections share."""

from collections.abc import Sequence

from propdesk.domain.inspection_report import (
    InspectionFigures,
)
from propdesk.i18n import _lazy
from propdesk.reports.parts.month_report import MonthReport
from propdesk.reports.parts.tables import Column, Row, Table, for_whole_words

TITLE = _lazy("Monthly inspection report")
SIZE = 7.8


class InspectionReportSheet(MonthReport[InspectionFigures]):
    """The report about the rounds and findings of a month."""


def table_of(columns: tuple[Column, ...], rows: Sequence[Row], again: str) -> Table:
    """Return a table whose heads keep their words whole; `again` stands above a later page."""
    return Table(for_whole_words(columns, (), SIZE), rows, size=SIZE, continued=again)

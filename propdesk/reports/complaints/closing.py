"""The end of the report: what the data lacks, the definitions, the signatures."""

from collections.abc import Sequence
from dataclasses import dataclass

from propdesk.domain.complaint_figures import ComplaintFigures
from propdesk.domain.complaint_labels import QUALITY_LABELS, definitions, quality_label
from propdesk.i18n import _, _lazy
from propdesk.reports.complaints.sheet import ComplaintReportSheet
from propdesk.reports.parts.flow import Drawing
from propdesk.reports.parts.report_figures import count
from propdesk.reports.parts.report_signatures import (
    SIGNATURES,
    SIGNATURES_HEIGHT,
    draw_signatures,
)
from propdesk.reports.parts.sections import GAP, Sections
from propdesk.reports.parts.sheet import FIELD, Align, Sheet
from propdesk.reports.parts.tables import Column, Row, Table, continued

_QUALITY = _lazy("Data quality")
_DEFINITIONS = _lazy("Definitions")


def place_quality(figures: ComplaintFigures, sections: Sections) -> None:
    """Place what is missing or doubtful, and what that means for the figures."""
    rows = [
        Row(
            (
                quality_label(row.code, figures.rules),
                count(row.count),
                count(row.base),
                "",
                str(QUALITY_LABELS[row.code][1]),
            )
        )
        for row in figures.quality
        if row.base
    ]
    columns = (
        Column(_("What was checked"), 56),
        Column(_("Cases"), 14, Align.RIGHT),
        Column(_("Of cases"), 14, Align.RIGHT),
        Column("", 1.5),
        Column(_("What it means for the figures")),
    )
    table = Table(columns, rows, continued=continued(str(_QUALITY)))
    sections.place_table(_QUALITY, table)


def place_definitions_and_signatures(report: ComplaintReportSheet, sections: Sections) -> None:
    """Place the terms with their formulas and the three places to sign.

    They stay together: a page of signatures alone would say nothing about what is signed.
    """
    sections.flow.space(GAP)
    sections.flow.place(
        sections.head(_DEFINITIONS),
        _Glossary(definitions(report.figures.rules)),
        Drawing(GAP, lambda _sheet, _x, _y, _width: None),
        sections.head(SIGNATURES),
        Drawing(
            SIGNATURES_HEIGHT,
            lambda sheet, x, y, width: _draw_signatures(report, sheet, x, y, width),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Glossary:
    """Terms in two columns of about the same height, between two rules."""

    terms: Sequence[tuple[str, str]]
    size: float = 8.2
    leading: float = 4.1
    gap: float = 1.4
    hang: float = 25.0  # mm from a term to its text
    between: float = 6.0

    def _column(self, width: float) -> float:
        return (width - self.between) / 2

    def _tall(self, sheet: Sheet, term: tuple[str, str], width: float) -> float:
        name = sheet.wrapped(term[0], self.hang - 2, self.size, bold=True)
        text = sheet.wrapped(term[1], width - self.hang, self.size)
        return self.leading * max(len(name), len(text)) + self.gap

    def _split(self, sheet: Sheet, width: float) -> tuple[int, float]:
        """Return how many terms stand in the first column, and the height of the higher one."""
        heights = [self._tall(sheet, term, self._column(width)) for term in self.terms]
        splits = (
            (max(sum(heights[:place]), sum(heights[place:])), place)
            for place in range(len(heights) + 1)
        )
        tall, place = min(splits)
        return place, tall

    def height(self, sheet: Sheet, width: float) -> float:
        """Return the height with the rules."""
        return self._split(sheet, width)[1] + 4

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw both columns."""
        place, tall = self._split(sheet, width)
        column = self._column(width)
        sheet.rule(x, y, x + width, FIELD)
        for terms, left in (
            (self.terms[:place], x),
            (self.terms[place:], x + column + self.between),
        ):
            top = y + 2
            for term in terms:
                base = top + self.leading * 0.8
                name = sheet.wrapped(term[0], self.hang - 2, self.size, bold=True)
                sheet.lines(left, base, name, self.size, leading=self.leading, bold=True)
                text = sheet.wrapped(term[1], column - self.hang, self.size)
                sheet.lines(left + self.hang, base, text, self.size, leading=self.leading)
                top += self._tall(sheet, term, column)
        sheet.rule(x, y + tall + 2.6, x + width, FIELD)


def _draw_signatures(
    report: ComplaintReportSheet, sheet: Sheet, x: float, y: float, width: float
) -> None:
    draw_signatures(report.signed, sheet, x, y, width)

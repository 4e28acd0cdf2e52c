"""The report as a whole: page heads and feet, and the order of its sections."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from propdesk.domain.check_items import INSPECTION_LABELS, InspectionKind
from propdesk.i18n import _, _lazy, speaking
from propdesk.reports.inspections.ahead import CONTRACTS, DATES, place_dates, place_scores
from propdesk.reports.inspections.findings import (
    place_faults,
    place_found,
    place_overdue,
    place_repeated,
)
from propdesk.reports.inspections.opening import opening_of, place_hero
from propdesk.reports.inspections.readings import place_trends
from propdesk.reports.inspections.rounds import place_duties, place_walked
from propdesk.reports.inspections.sheet import TITLE, InspectionReportSheet
from propdesk.reports.parts.flow import Drawing, Prose
from propdesk.reports.parts.month_report import start_flow
from propdesk.reports.parts.report_figures import (
    NOTE_SIZE,
)
from propdesk.reports.parts.report_opening import (
    draw_report_opening,
)
from propdesk.reports.parts.report_signatures import (
    SIGNATURES,
    SIGNATURES_HEIGHT,
    draw_signatures,
)
from propdesk.reports.parts.sections import GAP, Sections
from propdesk.reports.parts.sheet import A4, PrintedPaper, Sheet

_KINDS = _lazy("By kind")
_PLANS = _lazy("By route")
_WALKERS = _lazy("By person")


def render_inspection_report(report: InspectionReportSheet, target: Path) -> PrintedPaper:
    """Draw the report into the PDF file `target`; it appears whole or not at all."""
    with speaking(report.language.code):
        with Sheet(target, A4, title=f"{TITLE} {report.figures.month}") as sheet:
            _draw(report, sheet)
        return sheet.printed


def _draw(report: InspectionReportSheet, sheet: Sheet) -> None:
    figures = report.figures
    flow = start_flow(
        report, TITLE, sheet, draw_report_opening(opening_of(report), sheet, report.language)
    )
    sections = Sections(flow, report.language)
    if figures.walked.planned:
        place_hero(report, sections)
        kinds = [
            replace(row, name=str(INSPECTION_LABELS[InspectionKind(row.name)]))
            for row in figures.by_kind
        ]
        place_walked(_KINDS, _("Kind"), kinds, figures.walked, sections)
        place_duties(figures, sections)
        place_walked(_PLANS, _("Route"), figures.by_plan, figures.walked, sections)
        place_walked(_WALKERS, _("Name"), figures.by_walker, figures.walked, sections)
    if not figures.is_empty or figures.open_before:
        place_found(figures, sections)
        place_repeated(figures, sections)
    if figures.overdue:
        place_overdue(figures, sections)
    if figures.faults:
        place_faults(figures, sections)
    if figures.trends:
        place_trends(figures, sections)
    if figures.scores:
        place_scores(figures, sections)
    place_dates(DATES, figures.duties, figures, sections)
    if figures.contracts:
        place_dates(CONTRACTS, figures.contracts, figures, sections)
    _place_signatures(report, sections)


def _place_signatures(report: InspectionReportSheet, sections: Sections) -> None:
    sections.flow.space(GAP)
    sections.flow.place(
        Prose(
            _("Rounds are those planned for the month; one that was made up for stays missed."),
            NOTE_SIZE,
            4.0,
        ),
        Drawing(GAP, lambda _sheet, _x, _y, _width: None),
        sections.head(SIGNATURES),
        Drawing(SIGNATURES_HEIGHT, partial(draw_signatures, report.signed)),
    )

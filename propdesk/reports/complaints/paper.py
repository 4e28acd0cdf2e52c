"""The report as a whole: page heads and feet, and the order of its sections."""

from pathlib import Path

from propdesk.i18n import _, _lazy, speaking
from propdesk.reports.complaints.charts import place_hours, place_pareto, place_series
from propdesk.reports.complaints.classes import place_classes
from propdesk.reports.complaints.closing import (
    place_definitions_and_signatures,
    place_quality,
)
from propdesk.reports.complaints.key_figures import place_asked, place_key_figures, place_limits
from propdesk.reports.complaints.lists import place_open_list, place_repeats
from propdesk.reports.complaints.opening import draw_opening, place_hero
from propdesk.reports.complaints.places import place_channels_and_buildings
from propdesk.reports.complaints.sheet import ComplaintReportSheet
from propdesk.reports.complaints.staff import place_departments_and_staff, place_satisfaction
from propdesk.reports.parts.flow import Prose
from propdesk.reports.parts.month_report import start_flow
from propdesk.reports.parts.sections import Sections
from propdesk.reports.parts.sheet import A4, PrintedPaper, Sheet

TITLE = _lazy("Monthly complaint report")


def render_complaint_report(report: ComplaintReportSheet, target: Path) -> PrintedPaper:
    """Draw the report into the PDF file `target`; it appears whole or not at all."""
    with speaking(report.language.code):
        title = f"{TITLE} {report.figures.month}"
        with Sheet(target, A4, title=title) as sheet:
            _draw(report, sheet)
        return sheet.printed


def _draw(report: ComplaintReportSheet, sheet: Sheet) -> None:
    figures = report.figures
    flow = start_flow(report, TITLE, sheet, draw_opening(report, sheet, TITLE))
    sections = Sections(flow, report.language)
    place_hero(report, sections)
    place_key_figures(figures, sections)
    place_limits(figures, sections)
    place_asked(figures, sections)
    if not figures.is_empty:
        place_classes(figures, sections)
    if figures.balance.received:
        place_channels_and_buildings(figures, sections)
    if figures.has_records:
        place_series(figures, sections)
    if figures.balance.received:
        place_pareto(figures, sections)
        place_hours(figures, sections)
    elif not figures.is_empty:
        flow.space(3)
        flow.place(Prose(_("Nothing came in: places, Pareto and hours are left out."), 8.6))
    if figures.departments or figures.persons:
        place_departments_and_staff(figures, sections)
    if figures.summary.answers.valid:
        place_satisfaction(figures, sections)
    if not figures.is_empty:
        place_repeats(figures, sections)
        place_open_list(figures, sections)
        place_quality(figures, sections)
    place_definitions_and_signatures(report, sections)

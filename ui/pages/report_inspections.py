"""The monthly inspection report on the reports page (forms.md 5.6)."""

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout

from propdesk.domain.inspection_report import InspectionFigures
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _
from propdesk.services.parts.month_reports import WrittenReport
from propdesk.services.reporting_inspections import write_inspection_report
from ui.background import Progress
from ui.context import AppContext
from ui.pages.report_month import MonthPanel
from ui.pages.report_panel import Draw
from ui.theme import Tone
from ui.widgets.badges import Banner


class InspectionPanel(MonthPanel):
    """The rounds and findings of a month; duties of law that were missed stand beside it."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, _("Inspection report"))

    def fill_side(self, body: QVBoxLayout) -> None:
        """Show that the month runs, and what the law still waits for."""
        super().fill_side(body)
        self._missed = Banner(self.context.theme, Tone.WARN, "triangle-alert")
        body.addWidget(self._missed)

    def drawer(self, language: PaperLanguage) -> Draw:
        """Draw the month's report."""
        month, now, by = self.month.month(), self.context.now(), self.context.staff

        def draw(target: Path, _progress: Progress) -> WrittenReport[InspectionFigures]:
            return write_inspection_report(month, target, now=now, by=by, paper_language=language)

        return draw

    def show_drawn(self, drawn: WrittenReport[InspectionFigures] | None) -> None:
        """Show how far the month is, and whether a duty of law was missed."""
        figures = None if drawn is None else drawn.figures
        self.show_running(figures)
        missed = ""
        if figures and (count := sum(row.walked.missed for row in figures.statutory)):
            missed = _("Duties of law missed: {count}").format(count=count)
        self._missed.show_banner(Tone.WARN, "triangle-alert", missed)

"""The monthly complaint report: of which month, and what to check before it is signed."""

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout

from propdesk.domain.complaint_figures import ComplaintFigures
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _
from propdesk.services.parts.month_reports import WrittenReport
from propdesk.services.reporting import write_complaint_report
from ui.background import Progress
from ui.context import AppContext
from ui.pages.report_checks import Checks, checks_of
from ui.pages.report_month import MonthPanel
from ui.pages.report_panel import Draw
from ui.theme import Ink
from ui.widgets.labels import Hairline, Label


class ComplaintPanel(MonthPanel):
    """The complaints of a month; what is to be checked stands beside it."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, _("Complaint report"))

    def fill_side(self, body: QVBoxLayout) -> None:
        """Show that the month runs, and what is to be checked."""
        super().fill_side(body)
        theme = self.context.theme
        self._checks = Checks(theme)
        self._checks.group_wanted.connect(self.context.navigation.tickets_wanted)
        body.addWidget(Label(theme, _("Before signing"), ink=Ink.TEXT_2, bold=True))
        body.addWidget(self._checks)
        body.addWidget(Hairline(theme))

    def drawer(self, language: PaperLanguage) -> Draw:
        """Draw the month's report."""
        month, now, by = self.month.month(), self.context.now(), self.context.staff

        def draw(target: Path, progress: Progress) -> WrittenReport[ComplaintFigures]:
            return write_complaint_report(
                month, target, now=now, by=by, paper_language=language, on_progress=progress
            )

        return draw

    def show_drawn(self, drawn: WrittenReport[ComplaintFigures] | None) -> None:
        """Show how far the month is and what to check."""
        figures = None if drawn is None else drawn.figures
        self.show_running(figures)
        self._checks.show_checks(() if figures is None else checks_of(figures))

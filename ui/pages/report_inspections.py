"""The monthly inspection report on the reports page (forms.md 5.6)."""

from collections.abc import Hashable
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from propdesk.domain.months import Month
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _
from propdesk.services.reporting_inspections import WrittenInspections, write_inspection_report
from ui.background import Progress
from ui.context import AppContext
from ui.pages.report_panel import Draw, ReportPanel
from ui.theme import Tone
from ui.widgets.badges import Banner
from ui.widgets.buttons import Button
from ui.widgets.month_field import MonthField


class InspectionPanel(ReportPanel):
    """The paper of a month; its figures go to a workbook or JSON as well."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, _("Inspection report"))

    def parameters(self) -> QWidget:
        """Return the month, with arrows beside it."""
        this_month = Month.of(self.context.now())
        self.month = MonthField(self.context.theme, this_month, latest=this_month)
        self.month.month_changed.connect(self.on_asked)
        self.month.entered.connect(self.view.setFocus)
        return self.month

    def more_acts(self) -> list[QWidget]:
        """Return the ways to take the figures out."""
        excel, as_json = Button(self.context.theme, "Excel"), Button(self.context.theme, "JSON")
        excel.clicked.connect(lambda: self._on_write(".xlsx", _("Excel files (*.xlsx)")))
        as_json.clicked.connect(lambda: self._on_write(".json", _("JSON files (*.json)")))
        return [excel, as_json]

    def fill_side(self, body: QVBoxLayout) -> None:
        """Show that the month runs, and what the law still waits for."""
        self._running = Banner(self.context.theme, Tone.INFO, "info")
        self._missed = Banner(self.context.theme, Tone.WARN, "triangle-alert")
        body.addWidget(self._running)
        body.addWidget(self._missed)

    def values(self) -> Hashable:
        """Return the month."""
        return self.month.month()

    def note(self) -> str:
        """Return the month for the list."""
        return str(self.month.month())

    def title(self) -> str:
        """Return the report's name with its month."""
        return f"{self.word} {self.month.month()}"

    def refill(self) -> None:
        """Draw anew; a new month may have begun meanwhile."""
        latest = Month.of(self.context.now())
        self.month.show_month(min(self.month.month(), latest), latest=latest)
        super().refill()

    def drawer(self, language: PaperLanguage) -> Draw:
        """Draw the month's report."""
        month, now, by = self.month.month(), self.context.now(), self.context.staff

        def draw(target: Path, _progress: Progress) -> WrittenInspections:
            return write_inspection_report(month, target, now=now, by=by, paper_language=language)

        return draw

    def show_drawn(self, drawn: WrittenInspections | None) -> None:
        """Show how far the month is, and whether a duty of law was missed."""
        running = missed = ""
        if drawn is not None:
            figures = drawn.figures
            if figures.is_running:
                running = _("The month is running: as of {time}").format(
                    time=f"{figures.as_of:%Y-%m-%d %H:%M}"
                )
            if count := sum(row.walked.missed for row in figures.statutory):
                missed = _("Duties of law missed: {count}").format(count=count)
        self._running.show_banner(Tone.INFO, "info", running)
        self._missed.show_banner(Tone.WARN, "triangle-alert", missed)

    def _on_write(self, suffix: str, pattern: str) -> None:
        month, language = self.month.month(), self.language()
        now, by = self.context.now(), self.context.staff

        def write(target: Path) -> WrittenInspections:
            return write_inspection_report(month, target, now=now, by=by, paper_language=language)

        self.write_file(suffix, pattern, write)

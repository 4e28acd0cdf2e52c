"""The monthly complaint report: of which month, and what to check before it is signed."""

from collections.abc import Hashable
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from propdesk.domain.complaint_figures import ComplaintFigures
from propdesk.domain.months import Month
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _
from propdesk.services.reporting import WrittenReport, write_complaint_report
from ui.background import Progress
from ui.context import AppContext
from ui.pages.report_checks import Checks, checks_of
from ui.pages.report_panel import Draw, ReportPanel
from ui.theme import Ink, Tone
from ui.widgets.badges import Banner
from ui.widgets.buttons import Button
from ui.widgets.labels import Hairline, Label
from ui.widgets.month_field import MonthField


class ComplaintPanel(ReportPanel):
    """The paper of a month; its figures go to a workbook or JSON as well."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, _("Complaint report"))

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
        """Show that the month runs, and what is to be checked."""
        theme = self.context.theme
        self._running = Banner(theme, Tone.INFO, "info")
        self._checks = Checks(theme)
        self._checks.group_wanted.connect(self.context.navigation.tickets_wanted)
        body.addWidget(self._running)
        body.addWidget(Label(theme, _("Before signing"), ink=Ink.TEXT_2, bold=True))
        body.addWidget(self._checks)
        body.addWidget(Hairline(theme))

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

        def draw(target: Path, progress: Progress) -> WrittenReport:
            return write_complaint_report(
                month, target, now=now, by=by, paper_language=language, on_progress=progress
            )

        return draw

    def show_drawn(self, drawn: WrittenReport | None) -> None:
        """Show how far the month is and what to check."""
        figures: ComplaintFigures | None = None if drawn is None else drawn.figures
        running = ""
        if figures is not None and figures.is_running:
            running = _("The month is running: as of {time}").format(
                time=f"{figures.as_of:%Y-%m-%d %H:%M}"
            )
        self._running.show_banner(Tone.INFO, "info", running)
        self._checks.show_checks(() if figures is None else checks_of(figures))

    def _on_write(self, suffix: str, pattern: str) -> None:
        month, language = self.month.month(), self.language()
        now, by = self.context.now(), self.context.staff

        def write(target: Path) -> WrittenReport:
            return write_complaint_report(month, target, now=now, by=by, paper_language=language)

        self.write_file(suffix, pattern, write)

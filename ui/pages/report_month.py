"""A report of one month: which month it is, how far that is, its figures as a file."""

from collections.abc import Hashable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from propdesk.domain.months import Month, MonthFigures
from propdesk.i18n import _
from ui.pages.report_panel import ReportPanel
from ui.theme import Tone
from ui.widgets.badges import Banner
from ui.widgets.buttons import Button
from ui.widgets.month_field import MonthField


class MonthPanel(ReportPanel):
    """The paper of a month; its figures go to a workbook or JSON as well.

    What `drawer` returns writes the file that the suffix of its target names.
    """

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
        """Show that the month runs."""
        self._running = Banner(self.context.theme, Tone.INFO, "info")
        body.addWidget(self._running)

    def show_running(self, figures: MonthFigures | None) -> None:
        """Say as of when the figures of a month are that runs still."""
        words = ""
        if figures is not None and figures.is_running:
            words = _("The month is running: as of {time}").format(
                time=f"{figures.as_of:%Y-%m-%d %H:%M}"
            )
        self._running.show_banner(Tone.INFO, "info", words)

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

    def _on_write(self, suffix: str, pattern: str) -> None:
        self.write_file(suffix, pattern, self.drawer(self.language()))

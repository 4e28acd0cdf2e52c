"""Why customers left in a year, on the reports page (R84)."""

from collections.abc import Hashable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _
from propdesk.services.printing_moves import move_reasons_title, print_move_reasons
from ui.background import Progress
from ui.context import AppContext
from ui.pages.report_panel import Draw, ReportPanel
from ui.papers import DrawnPaper
from ui.theme import Ink
from ui.widgets.choices import Choice
from ui.widgets.fields import PickField
from ui.widgets.labels import Label

_YEARS = 10


class MoveReasonsPanel(ReportPanel):
    """The reasons of a year beside the training material's split."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, _("Why customers left"))

    def parameters(self) -> QWidget:
        """Return the year."""
        year = self.context.now().year
        theme = self.context.theme
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        years = [Choice(str(one), str(one)) for one in range(year, year - _YEARS, -1)]
        self._year = PickField(theme, _("Year"), years)
        self._year.picked.connect(self.on_asked)
        row.addWidget(Label(theme, _("Year"), ink=Ink.TEXT_3))
        row.addWidget(self._year)
        row.addStretch(1)
        box.setFocusProxy(self._year)
        return box

    def values(self) -> Hashable:
        """Return the year."""
        return int(self._year.value())

    def title(self) -> str:
        """Return the chart's name."""
        return move_reasons_title(int(self._year.value()))

    def drawer(self, language: PaperLanguage) -> Draw:
        """Draw the chart of the year."""
        year, now, by = int(self._year.value()), self.context.now(), self.context.staff

        def draw(target: Path, _progress: Progress) -> DrawnPaper:
            return print_move_reasons(year, target, by=by, now=now, language=language)

        return draw

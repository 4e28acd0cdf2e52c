"""Reports and registers: which one, and the very paper that will be printed."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from propdesk.i18n import _, _lazy
from ui.context import AppContext
from ui.navigation import Intake
from ui.pages.page import Page
from ui.pages.report_complaints import ComplaintPanel
from ui.pages.report_inspections import InspectionPanel
from ui.pages.report_list import ReportEntry, ReportList
from ui.pages.report_moves import MoveReasonsPanel
from ui.pages.report_panel import ReportPanel
from ui.pages.report_registers import (
    DayListPanel,
    HandOverPanel,
    NoticePanel,
    RegistryPanel,
)
from ui.pages.report_surveys import MeetingPanel, SurveyPanel
from ui.widgets.paper_view import PaperView

_LIST_WIDTH = 206

_TICKETS = _lazy("Complaints and tickets")
_OFFICE = _lazy("The office")
_MORE = _lazy("More reports")

# Later reports add a line here.
REPORTS: tuple[ReportEntry, ...] = (
    ReportEntry("complaints", _TICKETS, _lazy("Complaint report"), ComplaintPanel),
    ReportEntry("registry", _TICKETS, _lazy("Communication registry"), RegistryPanel),
    ReportEntry("inspections", _OFFICE, _lazy("Inspection report"), InspectionPanel),
    ReportEntry("day-list", _OFFICE, _lazy("Work list"), DayListPanel),
    ReportEntry("hand-over", _OFFICE, _lazy("Shift hand-over"), HandOverPanel),
    ReportEntry("notice", _OFFICE, _lazy("Notices"), NoticePanel),
    ReportEntry("move-reasons", _MORE, _lazy("Why customers left"), MoveReasonsPanel),
    ReportEntry("surveys", _MORE, _lazy("Questionnaires"), SurveyPanel),
    ReportEntry("meetings", _MORE, _lazy("Meetings"), MeetingPanel),
)


class ReportsPage(Page):
    """The list at the left; what is seen beside it is the file that is printed and saved.

    A report is built when it is first chosen, and drawn anew whenever it is.
    """

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        theme = context.theme
        self._panels: dict[str, ReportPanel] = {}
        self._stack = QStackedWidget()
        self._list = ReportList(theme, _("Reports"), REPORTS)
        self._list.setFixedWidth(theme.px(_LIST_WIDTH))
        self._list.chosen_changed.connect(self._on_chosen)
        self._list.entered.connect(self.enter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._list)
        row.addWidget(self._stack, 1)
        # The phone rings on every page.
        call = QShortcut(QKeySequence("Ctrl+N"), self)
        call.activated.connect(lambda: self.context.navigation.intake_wanted.emit(Intake()))
        self._show(self._list.chosen())

    @property
    def panel(self) -> ReportPanel:
        """The report that is in sight."""
        return self._panels[self._list.chosen()]

    @property
    def view(self) -> PaperView:
        """Its paper."""
        return self.panel.view

    def _show(self, key: str) -> None:
        if key not in self._panels:
            entry = next(one for one in REPORTS if one.key == key)
            panel = entry.build(self.context)
            panel.note_changed.connect(self._list.show_note)
            self._panels[key] = panel
            self._stack.addWidget(panel)
        self._stack.setCurrentWidget(self._panels[key])
        self._list.show_note(self._panels[key].note())

    def _on_chosen(self, key: str) -> None:
        for panel in self._panels.values():
            panel.put_away()
        self._show(key)
        self.panel.on_asked()

    def show_report(self, key: str) -> None:
        """Choose a report from elsewhere and give it the keyboard."""
        self._list.choose(key)
        self.enter()

    # What the window asks for

    def enter(self) -> None:
        """Put the keyboard on what the report is asked; Enter leads on to the paper."""
        self.panel.enter()

    def refill(self) -> None:
        """Draw the paper anew; the old picture stays until the new one is there."""
        self.panel.refill()

    def is_settled(self) -> bool:
        """Tell whether the paper of the chosen report is in sight, sharp."""
        return self.panel.is_settled()

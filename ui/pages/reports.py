"""Reports: which one, of which month, the very paper that will be printed, and what to check."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from propdesk.domain.complaint_figures import ComplaintFigures
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.domain.months import Month
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, _lazy
from propdesk.services.reporting import WrittenReport, write_complaint_report
from ui.background import Handle
from ui.context import AppContext
from ui.navigation import Intake
from ui.pages.page import Page
from ui.pages.report_checks import Checks, checks_of
from ui.pages.report_list import ReportEntry, ReportList
from ui.papers import (
    drawing,
    forget_paper,
    new_paper,
    propose_file,
    replaced_words,
    save_pdf,
    tell_saved,
)
from ui.printer_row import PrinterRow
from ui.theme import Ink, Space, Tone
from ui.widgets.badges import Banner
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import PickField
from ui.widgets.labels import Hairline, Label, Surface
from ui.widgets.month_field import MonthField
from ui.widgets.panes import ActionBar, DetailPane
from ui.widgets.paper_view import PaperTools, PaperView

# Whoever holds an arrow key down wants the month where it stops, not all those on the way.
_SETTLE_MS = 120
_LIST_WIDTH, _SIDE_WIDTH = 206, 352
_BAR_EXTRA = 27

# Later reports add a line here.
REPORTS: tuple[ReportEntry, ...] = (
    ReportEntry("complaints", _lazy("Complaints and tickets"), _lazy("Complaint report")),
)

_LANGUAGES = {
    PaperLanguage.ZH: _lazy("Chinese"),
    PaperLanguage.ZH_EN: _lazy("Chinese with English below"),
    PaperLanguage.EN: _lazy("English only"),
}


@dataclass(frozen=True, slots=True)
class _Wish:
    """Which paper is to be seen."""

    month: Month
    language: PaperLanguage


class ReportsPage(Page):
    """The monthly reports; what is seen in the middle is the file that is printed and saved."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        theme = context.theme
        self._drawing: Handle | None = None
        self._then: Callable[[], None] | None = None
        self._file: Path | None = None
        self._shown: _Wish | None = None
        self._figures: ComplaintFigures | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_SETTLE_MS)
        self._wait.timeout.connect(self._draw)
        context.background.stopped.connect(self._wait.stop)
        self.view = PaperView(theme, context.background, _("Complaint report"))
        self.view.show_words(_("Drawing the paper…"))
        this_month = Month.of(context.now())
        self.month = MonthField(theme, this_month, latest=this_month)
        self.month.month_changed.connect(self._on_wish_changed)
        self.month.entered.connect(self.view.setFocus)
        self.view.left.connect(self.month.setFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._list = ReportList(theme, _("Reports"), REPORTS)
        self._list.setFixedWidth(theme.px(_LIST_WIDTH))
        row.addWidget(self._list)
        row.addWidget(self._middle(), 1)
        row.addWidget(self._side())
        self._note_month()

    def _middle(self) -> QWidget:
        theme = self.context.theme
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = Surface(theme, line_below=True)
        bar.setFixedHeight(theme.line() + _BAR_EXTRA)
        row = QHBoxLayout(bar)
        row.setContentsMargins(Space.L, 0, Space.L, 0)
        row.addWidget(self.month, 1)
        row.addWidget(PaperTools(theme, self.view))
        column.addWidget(bar)
        column.addWidget(self.view, 1)
        return middle

    def _side(self) -> QWidget:
        theme = self.context.theme
        self._print = Button(
            theme, _("Print"), kind=Kind.PRIMARY, icon="printer", shortcut="Ctrl+P"
        )
        self._pdf = Button(theme, "PDF")
        self._excel = Button(theme, "Excel")
        self._json = Button(theme, "JSON")
        self._print.clicked.connect(lambda: self._when_drawn(self._on_print))
        self._pdf.clicked.connect(lambda: self._when_drawn(self._on_pdf))
        self._excel.clicked.connect(lambda: self._on_write(".xlsx", _("Excel files (*.xlsx)")))
        self._json.clicked.connect(lambda: self._on_write(".json", _("JSON files (*.json)")))
        acts = (self._print, self._pdf, self._excel, self._json)
        side = DetailPane(theme, ActionBar(theme, acts, margin=Space.L), margin=Space.L)
        side.setFixedWidth(theme.px(_SIDE_WIDTH))
        self._running = Banner(theme, Tone.INFO, "info")
        self._replaced = Banner(theme, Tone.WARN, "triangle-alert")
        self._checks = Checks(theme)
        self._checks.group_wanted.connect(self.context.navigation.tickets_wanted)
        # The phone rings on every page.
        call = QShortcut(QKeySequence("Ctrl+N"), self)
        call.activated.connect(lambda: self.context.navigation.intake_wanted.emit(Intake()))
        choices = [Choice(language, str(word)) for language, word in _LANGUAGES.items()]
        self._languages = PickField(theme, _("Paper language"), choices)
        self._languages.choose(self.context.settings.paper_language)
        self._languages.picked.connect(self._on_wish_changed)
        self._printers = PrinterRow(self.context, self)
        self._printers.busy_changed.connect(self._print.setDisabled)
        self.view.shown.connect(self._printers.show_paper)
        body = side.body
        body.addWidget(self._running)
        body.addWidget(self._replaced)
        body.addWidget(Label(theme, _("Before signing"), ink=Ink.TEXT_2, bold=True))
        body.addWidget(self._checks)
        body.addWidget(Hairline(theme))
        body.addWidget(Label(theme, _("Paper language"), ink=Ink.TEXT_2, bold=True))
        body.addWidget(self._languages)
        body.addWidget(Hairline(theme))
        body.addWidget(Label(theme, _("Printer"), ink=Ink.TEXT_2, bold=True))
        body.addWidget(self._printers)
        body.addStretch(1)
        frame = Surface(theme, line_left=True)
        column = QVBoxLayout(frame)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(side)
        return frame

    # What the window asks for

    def enter(self) -> None:
        """Put the keyboard on the month; Enter leads on to the paper, Esc back from there."""
        self.month.setFocus()

    def refill(self) -> None:
        """Draw the paper anew; the old picture stays until the new one is there."""
        latest = Month.of(self.context.now())
        self.month.show_month(min(self.month.month(), latest), latest=latest)
        self._draw()

    def is_settled(self) -> bool:
        """Tell whether the paper of the chosen month is in sight, sharp."""
        is_waiting = self._wait.isActive() or self._drawing is not None
        return not is_waiting and self.view.is_settled()

    # Drawing

    def _wish(self) -> _Wish:
        return _Wish(self.month.month(), PaperLanguage(self._languages.value()))

    def _on_wish_changed(self) -> None:
        self._then = None
        self._note_month()
        self._stop_drawing()
        self._wait.start()

    def _note_month(self) -> None:
        self._list.show_note(str(self.month.month()))

    def _stop_drawing(self) -> None:
        if self._drawing is not None:
            self._drawing.cancel()
        self._drawing = None

    def _draw(self) -> None:
        self._wait.stop()
        self._stop_drawing()
        wish, target = self._wish(), new_paper(self.context)
        now, by = self.context.now(), self.context.staff

        def draw(progress: Callable[[int, int], None]) -> WrittenReport:
            try:
                return write_complaint_report(
                    wish.month,
                    target,
                    now=now,
                    by=by,
                    paper_language=wish.language,
                    on_progress=progress,
                )
            except Cancelled:
                forget_paper(target)
                raise

        self._drawing = self.context.background.run(
            drawing(self.context, draw),
            lambda written: self._on_drawn(wish, written),
            self._on_failed,
        )

    def _on_drawn(self, wish: _Wish, written: WrittenReport) -> None:
        self._drawing = None
        old, self._file = self._file, written.path
        self._shown = wish
        self.view.show_file(written.path)
        if old is not None:
            forget_paper(old)
        self._figures = written.figures
        self._replaced.show_banner(
            Tone.WARN, "triangle-alert", replaced_words(written.replaced_characters)
        )
        self._show_figures(written.figures)
        then, self._then = self._then, None
        if then is not None:
            then()

    def _on_failed(self, error: BaseException) -> None:
        """Say in the paper's place why there is none; what is no refusal is a bug."""
        self._drawing = self._then = None
        self._shown = self._file = self._figures = None
        if not isinstance(error, RuleError):
            raise error
        self.view.show_words(str(error))
        self._running.show_banner(Tone.INFO, "info", "")
        self._checks.show_checks(())

    def _show_figures(self, figures: ComplaintFigures) -> None:
        running = ""
        if figures.is_running:
            running = _("The month is running: as of {time}").format(
                time=f"{figures.as_of:%Y-%m-%d %H:%M}"
            )
        self._running.show_banner(Tone.INFO, "info", running)
        self._checks.show_checks(checks_of(figures))

    # What is done with it

    def _title(self) -> str:
        title = _("Complaint report")
        return f"{title} {self.month.month()}"

    def _when_drawn(self, act: Callable[[], None]) -> None:
        """Do something with the paper of the chosen month, once that is the one in sight."""
        if self._shown == self._wish() and self._drawing is None:
            act()
        elif self._drawing is not None or self._wait.isActive():
            self._then = act

    def _on_print(self) -> None:
        if self._file is not None:
            self._printers.print_paper(self._file, self._title())

    def _on_pdf(self) -> None:
        if self._file is not None:
            save_pdf(self.context, self, self, self._file, self._title())

    def _on_write(self, suffix: str, pattern: str) -> None:
        """Ask for a file and write the month's figures there."""
        proposed = propose_file(self._title(), suffix)
        target = self.context.messages.pick_target(self, _("Save the report"), proposed, pattern)
        if target is None:
            return
        target = (
            target
            if target.suffix.lower() == suffix
            else target.with_name(f"{target.name}{suffix}")
        )
        wish, now, by = self._wish(), self.context.now(), self.context.staff

        def write(_progress: Callable[[int, int], None]) -> WrittenReport:
            return write_complaint_report(
                wish.month, target, now=now, by=by, paper_language=wish.language
            )

        self.context.background.run(
            drawing(self.context, write),
            lambda _written: tell_saved(self.context, self, target),
            lambda error: self.context.explain(self, _("This was not saved"), error),
        )

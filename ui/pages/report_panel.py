"""What every paper of the reports page shares: its bar, the paper in sight, printing and saving."""

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from propdesk.domain.errors import Cancelled, RuleError
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, _lazy
from ui.background import Handle, Progress
from ui.context import AppContext
from ui.papers import (
    DrawnPaper,
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
from ui.widgets.panes import ActionBar, DetailPane
from ui.widgets.paper_view import PaperTools, PaperView

# Whoever holds an arrow key down wants the paper where it stops, not all those on the way.
_SETTLE_MS = 120
_SIDE_WIDTH = 352
_BAR_EXTRA = 27

_LANGUAGES = {
    PaperLanguage.ZH: _lazy("Chinese"),
    PaperLanguage.ZH_EN: _lazy("Chinese with English below"),
    PaperLanguage.EN: _lazy("English only"),
}

Draw = Callable[[Path, Progress], DrawnPaper]


class ReportPanel(QWidget):
    """One report: what is asked of it above, the very paper that will be printed below.

    A subclass gives the widget above (`parameters`), what it says (`values`), how the paper is
    drawn from that (`drawer`) and its title. `note_changed` tells the list a word about it.
    """

    note_changed = Signal(str)

    def __init__(self, context: AppContext, word: str) -> None:
        super().__init__()
        self.context = context
        theme = context.theme
        self.word = word
        self._drawing: Handle | None = None
        self._then: Callable[[], None] | None = None
        self._file: Path | None = None
        self._shown: Hashable = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_SETTLE_MS)
        self._wait.timeout.connect(self.redraw)
        context.background.stopped.connect(self._wait.stop)
        self.view = PaperView(theme, context.background, word)
        self.view.show_words(_("Drawing the paper…"))
        self.start = self.parameters()
        self.view.left.connect(self.start.setFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._middle(), 1)
        row.addWidget(self._side())

    # What a report says of itself

    def parameters(self) -> QWidget:
        """Return the widget over the paper; it has the keyboard first."""
        raise NotImplementedError

    def values(self) -> Hashable:
        """Return what is asked for."""
        raise NotImplementedError

    def drawer(self, language: PaperLanguage) -> Draw:
        """Return the function that draws the paper that is asked for; it runs in the background."""
        raise NotImplementedError

    def title(self) -> str:
        """Return the paper's name for the printer and for files."""
        return self.word

    def note(self) -> str:
        """Return the word at the report's line in the list: its month, its count."""
        return ""

    def more_acts(self) -> list[QWidget]:
        """Return further buttons behind 打印 and PDF."""
        return []

    def fill_side(self, body: QVBoxLayout) -> None:
        """Add what belongs beside the paper, above its language and the printers."""

    def show_drawn(self, drawn: Any) -> None:
        """Show what is known of a paper that is in sight now, None where there is none."""

    # The frame

    def _middle(self) -> QWidget:
        theme = self.context.theme
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = Surface(theme, line_below=True)
        # What is chosen may stand in two rows.
        bar.setMinimumHeight(theme.line() + _BAR_EXTRA)
        row = QHBoxLayout(bar)
        row.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        row.addWidget(self.start, 1)
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
        self._print.clicked.connect(lambda: self._when_drawn(self._on_print))
        self._pdf.clicked.connect(lambda: self._when_drawn(self._on_pdf))
        acts = (self._print, self._pdf, *self.more_acts())
        side = DetailPane(theme, ActionBar(theme, acts, margin=Space.L), margin=Space.L)
        side.setFixedWidth(theme.px(_SIDE_WIDTH))
        choices = [Choice(language, str(word)) for language, word in _LANGUAGES.items()]
        self._languages = PickField(theme, _("Paper language"), choices)
        self._languages.choose(self.context.settings.paper_language)
        self._languages.picked.connect(self.on_asked)
        self._printers = PrinterRow(self.context, self)
        self._printers.busy_changed.connect(self._print.setDisabled)
        self.view.shown.connect(self._printers.show_paper)
        self._replaced = Banner(theme, Tone.WARN, "triangle-alert")
        body = side.body
        body.addWidget(self._replaced)
        self.fill_side(body)
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

    # What the page asks for

    def enter(self) -> None:
        """Put the keyboard on what is asked; Enter leads on to the paper, Esc back from there."""
        self.start.setFocus()

    def refill(self) -> None:
        """Draw the paper anew; the old picture stays until the new one is there."""
        self.redraw()

    def put_away(self) -> None:
        """Draw nothing more: another report is in sight."""
        self._then = None
        self._wait.stop()
        self._stop_drawing()

    def is_settled(self) -> bool:
        """Tell whether the paper that is asked for is in sight, sharp."""
        is_waiting = self._wait.isActive() or self._drawing is not None
        return not is_waiting and self.view.is_settled()

    # Drawing

    def wish(self) -> Hashable:
        """Return which paper is to be seen."""
        return (self.values(), self.language())

    def language(self) -> PaperLanguage:
        """Return the language that the paper is to speak."""
        return PaperLanguage(self._languages.value())

    def on_asked(self) -> None:
        """Draw once nobody has asked for anything else for a moment."""
        self._then = None
        self.note_changed.emit(self.note())
        self._stop_drawing()
        self._wait.start()

    def _stop_drawing(self) -> None:
        if self._drawing is not None:
            self._drawing.cancel()
        self._drawing = None

    def redraw(self) -> None:
        """Draw the paper that is asked for, in the background."""
        self._wait.stop()
        self._stop_drawing()
        wish, target = self.wish(), new_paper(self.context)
        draw = self.drawer(self.language())

        def job(progress: Progress) -> DrawnPaper:
            try:
                return draw(target, progress)
            except Cancelled:
                forget_paper(target)
                raise

        self._drawing = self.context.background.run(
            drawing(self.context, job),
            lambda drawn: self._on_drawn(wish, target, drawn),
            self._on_failed,
        )

    def _on_drawn(self, wish: Hashable, file: Path, drawn: DrawnPaper) -> None:
        self._drawing = None
        old, self._file = self._file, file
        self._shown = wish
        self.view.show_file(file)
        if old is not None:
            forget_paper(old)
        words = replaced_words(drawn.replaced_characters)
        self._replaced.show_banner(Tone.WARN, "triangle-alert", words)
        self.show_drawn(drawn)
        then, self._then = self._then, None
        if then is not None:
            then()

    def _on_failed(self, error: BaseException) -> None:
        """Say in the paper's place why there is none; what is no refusal is a bug."""
        self._drawing = self._then = None
        self._shown = self._file = None
        if not isinstance(error, RuleError):
            raise error
        self.view.show_words(str(error))
        self.show_drawn(None)

    # What is done with it

    def _when_drawn(self, act: Callable[[], None]) -> None:
        """Do something with the paper that is asked for, once that is the one in sight."""
        if self._shown == self.wish() and self._drawing is None:
            act()
        elif self._drawing is not None or self._wait.isActive():
            self._then = act

    def _on_print(self) -> None:
        if self._file is not None:
            self._printers.print_paper(self._file, self.title())

    def _on_pdf(self) -> None:
        if self._file is not None:
            save_pdf(self.context, self, self, self._file, self.title())

    def write_file(
        self, suffix: str, pattern: str, write: Callable[[Path, Progress], object]
    ) -> None:
        """Ask for a file and have it written in the background; a missing ending is added."""
        proposed = propose_file(self.title(), suffix)
        target = self.context.messages.pick_target(self, _("Save the report"), proposed, pattern)
        if target is None:
            return
        if target.suffix.lower() != suffix:
            target = target.with_name(f"{target.name}{suffix}")
        self.context.background.run(
            drawing(self.context, lambda progress: write(target, progress)),
            lambda _written: tell_saved(self.context, self, target),
            lambda error: self.context.explain(self, _("This was not saved"), error),
        )

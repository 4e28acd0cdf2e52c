"""Look at a paper and print it. What is previewed is the file that is printed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.i18n import _
from ui.background import Handle, Progress
from ui.context import AppContext
from ui.dialogs.base import Plate
from ui.papers import DrawnPaper, drawing, forget_paper, new_paper, replaced_words, save_pdf
from ui.printer_row import PrinterRow
from ui.theme import Size, Space, Theme, Tone
from ui.widgets.badges import Banner
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label, Surface
from ui.widgets.paper_view import PaperTools, PaperView

# An A5 sheet is seen whole.
_SIZE = (860, 720)

Draw = Callable[[Path], DrawnPaper]
# One that takes long tells how many parts of how many are drawn, and stops where it is cancelled.
LongDraw = Callable[[Path, Progress], DrawnPaper]
# Called with the number of copies when a printer has taken the paper, or it was saved as PDF.
Made = Callable[[int], None]


def show_paper(
    context: AppContext, parent: QWidget, title: str, draw: Draw, on_made: Made | None = None
) -> "PaperWindow":
    """Draw a paper in the background and show it in a window of its own, ready to be printed.

    `draw` gets the file to write and runs off the main thread with its own connection to the
    office: give it plain values (who, when), not the context. A refusal is told in its sentence.
    Looking at a paper prints nothing; `on_made` is called when it really leaves.
    """
    return show_long_paper(
        context, parent, title, lambda file, _progress: draw(file), on_made=on_made
    )


def show_long_paper(
    context: AppContext, parent: QWidget, title: str, draw: LongDraw, on_made: Made | None = None
) -> "PaperWindow":
    """Show a paper that takes a while, as `show_paper` does; closing the window stops it."""
    window = PaperWindow(context, parent, title, on_made)
    window.open()
    window.draw(draw)
    return window


class PaperWindow(Plate):
    """A paper in a window of its own: look, print (Ctrl+P), save (Ctrl+S), close (Esc).

    It closes itself when the printer has taken the paper, so that the clerk goes on at once;
    `print_failed` tells that one refused it, whatever of it had come out by then.
    """

    def __init__(
        self, context: AppContext, parent: QWidget, title: str, on_made: Made | None = None
    ) -> None:
        super().__init__(context.theme, parent)
        self._on_made = on_made
        self._context = context
        self._page = parent
        self._title = title
        self._file = new_paper(context)
        self._drawing: Handle | None = None
        self._is_sending = self._wants_print = self._has_ended = False
        theme = context.theme
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.view = PaperView(theme, context.background, title)
        column = self.column
        column.addWidget(self._head(theme))
        self._banner = Banner(theme, Tone.WARN, "triangle-alert")
        column.addWidget(self._banner)
        column.addWidget(self.view, 1)
        column.addWidget(self._foot(theme))
        self.view.show_words(_("Drawing the paper…"))
        self.view.setFocus()
        self.finished.connect(self._on_finished)
        self.take_size(*_SIZE)

    def _head(self, theme: Theme) -> Surface:
        head = Surface(theme, line_below=True)
        row = QHBoxLayout(head)
        row.setContentsMargins(Space.L, 0, Space.S, Space.S)
        row.addWidget(Label(theme, self._title, size=Size.TITLE, bold=True, elide=True), 1)
        row.addWidget(PaperTools(theme, self.view))
        return head

    def _foot(self, theme: Theme) -> Surface:
        foot = Surface(theme, "alt", line_above=True)
        row = QHBoxLayout(foot)
        row.setContentsMargins(Space.L, Space.M, Space.L, Space.XS)
        row.setSpacing(Space.S)
        self._printers = PrinterRow(self._context, self._page)
        self._printers.busy_changed.connect(self._on_busy)
        self._printers.sent.connect(self.accept)
        if self._on_made is not None:
            self._printers.made.connect(self._on_made)
        self.print_failed = self._printers.failed
        self.view.shown.connect(self._printers.show_paper)
        self._print = Button(
            theme, _("Print"), kind=Kind.PRIMARY, icon="printer", shortcut="Ctrl+P"
        )
        save = Button(theme, _("Save as PDF"), shortcut="Ctrl+S")
        close = Button(theme, _("Close"), hint="Esc")
        self._print.clicked.connect(self._on_print)
        save.clicked.connect(self._on_save)
        close.clicked.connect(self.reject)
        row.addWidget(self._printers, 1)
        row.addSpacing(Space.XXL)
        for button in (close, save, self._print):
            row.addWidget(button)
        return foot

    def draw(self, draw: LongDraw) -> None:
        """Have the paper drawn and show it."""
        file = self._file
        self._drawing = self._context.background.run(
            drawing(self._context, lambda progress: draw(file, progress)),
            self._on_drawn,
            self._on_failed,
            self._on_progress,
        )

    def _on_progress(self, done: int, total: int) -> None:
        words = _("Drawing the paper: {done} of {total}").format(done=done, total=total)
        self.view.show_words(words)

    def is_settled(self) -> bool:
        """Tell whether the paper is in sight, sharp."""
        return self._drawing is None and self.view.is_settled()

    def _on_drawn(self, drawn: DrawnPaper) -> None:
        self._drawing = None
        words = replaced_words(drawn.replaced_characters)
        self._banner.show_banner(Tone.WARN, "triangle-alert", words)
        self.view.show_file(self._file)
        if self._wants_print:
            self._on_print()

    def _on_failed(self, error: BaseException) -> None:
        self._drawing = None
        self.reject()
        self._context.explain(self._page, _("This paper cannot be drawn"), error)

    def _on_print(self) -> None:
        # Whoever knows the paper presses Ctrl+P twice; the second may come before the paper.
        self._wants_print = self._drawing is not None
        if self._drawing is None and not self._is_sending:
            self._printers.print_paper(self._file, self._title)

    def _on_save(self) -> None:
        if self._drawing is None:
            made = partial(self._printers.made.emit, 1)
            save_pdf(self._context, self, self._page, self._file, self._title, made)

    def _on_busy(self, is_sending: bool) -> None:
        self._is_sending = is_sending
        self._print.setEnabled(not is_sending)
        self._leave()

    def _on_finished(self) -> None:
        self._has_ended = True
        if self._drawing is not None:
            self._drawing.cancel()
        self._printers.stop()
        self.view.stop()
        self._leave()

    def _leave(self) -> None:
        """Forget the paper once the window is closed and the printer has it."""
        if self._has_ended and not self._is_sending:
            forget_paper(self._file)
            self.deleteLater()

"""Which printer and how many copies; the printer is remembered for each kind of paper."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.i18n import _, ngettext
from ui.background import Handle
from ui.context import AppContext
from ui.dialogs.messages import Verb
from ui.papers import save_pdf, tell_done
from ui.printers import MOST_COPIES, Printers, PrintJob, list_printers, print_file
from ui.theme import Space
from ui.widgets.buttons import Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import PickField


class PrinterRow(QWidget):
    """Where a paper is printed.

    The printers are asked for in the background: one that is far away and switched off holds up
    nobody. `busy_changed` tells whether a paper is on its way to a printer, `sent` that one was
    taken, `failed` that a printer did not take it whole, `made` that it is on paper, or in a file
    to be printed, in so many copies; `page` is where the clerk is told what was done.
    """

    busy_changed = Signal(bool)
    made = Signal(int)
    sent = Signal()
    failed = Signal()

    def __init__(self, context: AppContext, page: QWidget) -> None:
        super().__init__()
        self._context = context
        self._page = page
        self._paper = "A4"
        self._printers: Printers | None = None
        self._waiting: PrintJob | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        self._pick = PickField(context.theme, _("Printer"))
        self._pick.picked.connect(self._on_picked)
        self._copies = PickField(
            context.theme,
            _("Number of copies"),
            [
                Choice(str(n), ngettext("{count} copy", "{count} copies", n).format(count=n))
                for n in range(1, MOST_COPIES + 1)
            ],
        )
        row.addWidget(self._pick, 3)
        row.addWidget(self._copies, 1)
        self._show_printers()
        self._looking: Handle | None = context.background.run(
            lambda _progress: list_printers(), self._on_printers, self._on_failed
        )

    def stop(self) -> None:
        """Wait for the list of printers no more; what is on its way to one goes on."""
        if self._looking is not None:
            self._looking.cancel()
        self._looking = None
        if self._waiting is not None:
            self._waiting = None
            self.busy_changed.emit(False)

    def show_paper(self, paper: str) -> None:
        """Offer the printer that took this kind of paper (`A5`) last."""
        self._paper = paper
        self._choose_remembered()

    def print_paper(self, file: Path, title: str) -> None:
        """Print a paper; without a printer say so and offer to save it as PDF."""
        job = PrintJob(file, self._pick.value(), int(self._copies.value()), title)
        if self._printers is None:
            self._waiting = job
            self.busy_changed.emit(True)
        elif not self._printers.names:
            self._offer_pdf(job)
        else:
            self._send(job)

    def _on_picked(self, printer: str) -> None:
        self._context.memory.remember(f"printer/{self._paper}", printer)

    def _on_printers(self, printers: Printers) -> None:
        self._looking = None
        self._printers = printers
        self._show_printers()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.busy_changed.emit(False)
            self.print_paper(waiting.file, waiting.title)

    def _on_failed(self, error: BaseException) -> None:
        self._on_printers(Printers())
        raise error

    def _show_printers(self) -> None:
        if self._printers is None:
            choices = [Choice("", _("Looking for printers…"))]
        elif not self._printers.names:
            choices = [Choice("", _("No printer on this PC"))]
        else:
            choices = [Choice(name, name) for name in self._printers.names]
        has_some = self._printers is not None and bool(self._printers.names)
        self._pick.set_choices(choices)
        self._pick.setEnabled(has_some)
        self._copies.setVisible(has_some)
        self._choose_remembered()

    def _choose_remembered(self) -> None:
        kept = self._context.memory.recall(f"printer/{self._paper}")
        if self._printers is not None and kept in self._printers.names:
            self._pick.choose(kept)

    def _send(self, job: PrintJob) -> None:
        self.busy_changed.emit(True)
        self._context.background.run(
            lambda progress: print_file(job, progress),
            lambda _done: self._on_sent(job),
            self._on_refused,
        )

    def _on_sent(self, job: PrintJob) -> None:
        self.made.emit(job.copies)
        words = _("«{title}» was sent to {printer}").format(title=job.title, printer=job.printer)
        tell_done(self._context, self._page, words)
        self.sent.emit()
        self.busy_changed.emit(False)

    def _on_refused(self, error: BaseException) -> None:
        self.failed.emit()
        self._context.explain(self._page, _("This was not printed"), error)
        self.busy_changed.emit(False)

    def _offer_pdf(self, job: PrintJob) -> None:
        verbs = (Verb("keep", _("Not now")), Verb("pdf", _("Save as PDF"), Kind.PRIMARY))
        sentence = _(
            "This PC knows no printer. Set one up in the system's settings and open the paper "
            "again, or save it as PDF and print it elsewhere."
        )
        title = _("There is no printer")
        if self._context.messages.choose(self, title, sentence, verbs) == "pdf":
            save = partial(self.made.emit, 1)
            save_pdf(self._context, self, self._page, job.file, job.title, save)

"""Many tickets chosen: how they stand, one act for all of them, and what came of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from threading import Event

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from propdesk.domain.errors import Cancelled
from propdesk.domain.hand_out import hand_out_key
from propdesk.domain.tickets import STATUS_LABELS, EventKind, Status, can_move, is_open
from propdesk.i18n import _, ngettext
from propdesk.services import offices
from propdesk.services.bulk import BulkResult, run_each
from propdesk.services.queries.ticket_lines import TicketLine
from propdesk.services.queries.tickets import TicketRow, get_ticket
from ui.background import Progress
from ui.bulk_printing import show_work_orders
from ui.context import AppContext
from ui.dialogs.work_dialog import ProgressLine
from ui.forms.bulk_forms import BulkAnswerForm, BulkDispatchForm, Command
from ui.forms.incident_form import IncidentForm
from ui.forms.move_form import MoveForm
from ui.pages.ticket_words import clauses
from ui.tables.view import MOST_CHOSEN
from ui.theme import Ink, Size, Space, Tone
from ui.widgets.buttons import Button
from ui.widgets.buttons import Kind as Loudness
from ui.widgets.labels import Label
from ui.widgets.notes import NoteBox
from ui.widgets.panes import ActionBar, DetailPane
from ui.widgets.worklist import WorkItem, WorkList

_MOST_LISTED = 200


class BulkPane(QWidget):
    """Stands in the place of the detail while several rows are chosen.

    `done` comes with what was done in words, `ticket_wanted` with a ticket of the summary, `left`
    with Esc.
    """

    done = Signal(str)
    ticket_wanted = Signal(int)
    left = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.form: MoveForm | None = None
        self.result: BulkResult | None = None
        self._rows: tuple[TicketRow, ...] = ()
        self._stopped: Event | None = None
        self._is_pinned = False
        self._build()

    def _build(self) -> None:
        theme = self.context.theme
        self.bar = ActionBar(theme)
        self._dispatch = Button(
            theme, _("Dispatch"), kind=Loudness.PRIMARY, icon="user-check", hint="F6"
        )
        self._print = Button(theme, _("Print work orders"), icon="printer", hint="Ctrl+P")
        self._answer = Button(theme, _("Answer and close"), icon="reply")
        self._incident = Button(theme, _("One incident"), kind=Loudness.QUIET, icon="users")
        self._stop = Button(theme, _("Stop"), icon="x", hint="Esc")
        self._dispatch.clicked.connect(self.begin_dispatch)
        self._print.clicked.connect(self.print_orders)
        self._answer.clicked.connect(self._on_answer)
        self._incident.clicked.connect(self._begin_incident)
        self._stop.clicked.connect(self.stop)
        self.bar.set_actions((self._dispatch, self._print, self._answer), (self._incident,))
        foot = QWidget()
        self._foot = QVBoxLayout(foot)
        self._foot.setContentsMargins(0, 0, 0, 0)
        self._foot.addWidget(self.bar)
        self._running = ActionBar(theme, (self._stop,))
        self._foot.addWidget(self._running)
        self._running.hide()
        pane = DetailPane(theme, foot)
        body = pane.body
        self.title = Label(theme, size=Size.TITLE, bold=True, wrap=True)
        self.words = Label(theme, ink=Ink.TEXT_2, wrap=True)
        self._more = NoteBox(theme, Tone.INFO, "info")
        self.progress = ProgressLine(theme, _("How far the work is"))
        self.list = WorkList(theme, "circle-alert", _("Not done"))
        self.list.opened.connect(lambda key: self.ticket_wanted.emit(int(key)))
        for widget in (self.title, self.words, self._more, self.progress, self.list):
            body.addWidget(widget)
        body.addStretch(1)
        self.progress.hide()
        self.list.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(pane)

    # -- what is chosen

    def pin(self, rows: Sequence[TicketRow], text: str) -> None:
        """Show tickets that were not chosen in the list, and ask what their callers are told."""
        self.show_rows(rows)
        self._is_pinned = True
        self.begin_answer(text)

    def show_rows(self, rows: Sequence[TicketRow]) -> None:
        """Show what was chosen; the same rows again leave a form that is open as it is."""
        self._is_pinned = False
        same = [row.id for row in rows] == [row.id for row in self._rows]
        self._rows = tuple(rows)
        if not same or self.result is not None:
            self._close_form()
        self.result = None
        self.list.hide()
        count = len(rows)
        words = ngettext("{count} ticket chosen", "{count} tickets chosen", count)
        self.title.show_text(words.format(count=count))
        self.words.show_text(_standing(row.status for row in rows))
        is_full = count >= MOST_CHOSEN
        most = _("At most {count} at once; then the rest.").format(count=MOST_CHOSEN)
        self._more.show_note(most if is_full else "")
        self._dispatch.setEnabled(any(can_move(row.status, _DISPATCHED) for row in rows))
        self._answer.setEnabled(any(is_open(row.status) for row in rows))
        self._incident.setEnabled(all(is_open(row.status) for row in rows))

    def is_busy(self) -> bool:
        """Tell whether the work goes on."""
        return self._stopped is not None

    def stays(self) -> bool:
        """Tell whether the pane says something that a list read again must not take away."""
        return self.is_busy() or self._is_pinned or self.result is not None

    def take_focus(self) -> None:
        """Put the keyboard on the first act, or on what the summary names."""
        stop = self.list.stop() if self.result is not None and self.list.isVisible() else None
        first = next(
            (one for one in (self._dispatch, self._answer) if one.isEnabled()), self._print
        )
        (stop or (self._stop if self.is_busy() else first)).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    # -- acts

    def begin_dispatch(self) -> None:
        """Ask who gets the work."""
        if self._rows and not self.is_busy() and self._dispatch.isEnabled():
            ticket = get_ticket(self._rows[0].id)
            self._open(BulkDispatchForm(self.context, ticket, self._begin))

    def begin_answer(self, text: str = "") -> None:
        """Ask what all callers are told."""
        if self._rows and not self.is_busy() and self._answer.isEnabled():
            ticket = get_ticket(self._rows[0].id)
            self._open(BulkAnswerForm(self.context, ticket, self._begin, text=text))

    def _on_answer(self) -> None:
        self.begin_answer()  # the button tells whether it is checked, which is no text

    def _begin_incident(self) -> None:
        oldest = min(self._rows, key=lambda row: (row.received_at, row.id))
        others = [row.id for row in self._rows]
        self._open(IncidentForm(self.context, get_ticket(oldest.id), others))

    def print_orders(self) -> None:
        """Show the work orders as one paper: a stack for each worker, in walking order."""
        if not self._rows or self.is_busy():
            return
        rows = sorted(
            self._rows,
            key=lambda row: hand_out_key(row.department, row.handler, row.where, row.number),
        )
        show_work_orders(self.context, self, [row.id for row in rows])

    def _open(self, form: MoveForm) -> None:
        self._close_form()
        self.form = form
        form.finished.connect(self._on_finished)
        form.left.connect(self._on_form_left)
        self.bar.hide()
        self._foot.addWidget(form)
        form.show()
        form.take_focus()

    def _close_form(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            self._foot.removeWidget(form)
            form.hide()
            form.deleteLater()
        self.bar.setVisible(not self.is_busy())

    def _on_finished(self, words: str) -> None:
        self._close_form()
        if words:
            self.done.emit(words)

    def _on_form_left(self) -> None:
        self._close_form()
        self.take_focus()

    # -- the work

    def _begin(self, command: Command) -> None:
        """Run a command with each ticket, off the main thread, in the order of the list."""
        ids = [row.id for row in self._rows]
        stopped = self._stopped = Event()

        def job(progress: Progress) -> BulkResult:
            def report(done: int, total: int) -> None:
                try:
                    progress(done, total)
                except Cancelled:  # the window closes: what is done is done
                    stopped.set()

            with offices.working_connection():
                return run_each(ids, command, on_progress=report, cancelled=stopped.is_set)

        self.progress.show_progress(0, len(ids))
        self.progress.show()
        self.words.show_text(_("The work goes on; each ticket is stored at once."))
        self.bar.hide()
        self._running.show()
        self._stop.setEnabled(True)
        self._stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self.context.background.run(job, self._on_ran, self._on_failed, self._on_progress)

    def _on_progress(self, done: int, total: int) -> None:
        self.progress.show_progress(done, total)
        self.title.show_text(_("{done} of {total}").format(done=done, total=total))

    def stop(self) -> None:
        """Stop after the ticket that is being done; the summary says what was left."""
        if self._stopped is not None:
            self._stopped.set()
            self._stop.setEnabled(False)

    def _end(self) -> None:
        self._stopped = None
        self.progress.hide()
        self._running.hide()
        self.bar.show()

    def _on_failed(self, error: BaseException) -> None:
        self._end()
        self.show_rows(self._rows)
        self.context.explain(self, _("This was not done"), error)

    def _on_ran(self, result: BulkResult) -> None:
        self._end()
        self.result = result
        self.show_result(result)
        self.done.emit(_counted(result))
        self.take_focus()

    def show_result(self, result: BulkResult) -> None:
        """Show the one summary: how many were done, and each that was not with its reason."""
        self.title.show_text(_counted(result))
        left = ngettext("{count} was not tried", "{count} were not tried", len(result.left))
        self.words.show_text(left.format(count=len(result.left)) if result.left else "")
        items = [_item(one.ticket, one.reason, Tone.WARN) for one in result.not_done]
        items += [_item(line, _("Stopped before"), None) for line in result.left]
        self.list.show_items(items[:_MOST_LISTED], len(items))
        self.list.setVisible(bool(items))
        self._more.show_note("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops the work, or goes back to the list; Enter presses the button."""
        if event.key() == Qt.Key.Key_Escape:
            if self.is_busy():
                self.stop()
            else:
                self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            focus = self.focusWidget()
            if isinstance(focus, Button):
                focus.click()
        else:
            super().keyPressEvent(event)


_DISPATCHED = EventKind.DISPATCHED


def _standing(statuses: Iterable[Status]) -> str:
    """Return how many stand where: `To dispatch 5, In progress 2`."""
    counts = Counter(statuses)
    return clauses(*(f"{STATUS_LABELS[one]} {counts[one]}" for one in Status if counts[one]))


def _counted(result: BulkResult) -> str:
    done, refused = len(result.done), len(result.not_done)
    if not refused and not result.left:
        return ngettext("{count} done", "all {count} done", done).format(count=done)
    return _("{done} done, {refused} not done").format(
        done=done, refused=refused + len(result.left)
    )


def _item(line: TicketLine, reason: str, tone: Tone | None) -> WorkItem:
    title = clauses(f"{line.number} {line.where}".strip(), line.matter)
    return WorkItem(str(line.id), title, reason, str(STATUS_LABELS[line.status]), tone)

"""出账: bill a month or quarter. What would come of it is there at once; Ctrl+Enter posts it.

The period after the last run and the items of the last time are proposed, so that the monthly act
is looking and one key. Each change counts anew in the background. Nothing is written before.
"""

from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from propdesk.domain.bill_runs import (
    BilledOtherwise,
    PlannedBill,
    RunPreview,
    RunResult,
)
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.domain.money import money_words
from propdesk.i18n import _, ngettext
from propdesk.services.bill_runs import Seen, post_run, preview_run
from propdesk.services.offices import working_connection
from ui.background import Handle, Progress
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.bill_run_choices import RunChoices
from ui.dialogs.bill_run_mending import can_mend, mend
from ui.dialogs.bill_run_output import export_preview, print_view
from ui.dialogs.bill_run_views import (
    VIEW_HINTS,
    ComparedRow,
    Counted,
    MendRow,
    PlannedBillDialog,
    View,
    view_table,
)
from ui.dialogs.work_dialog import ProgressLine
from ui.price_acts import show_items
from ui.reading_order import step
from ui.tables.view import RecordTable
from ui.theme import Ink, Size, Space, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Chips
from ui.widgets.labels import Label

_WIDTH, _HEIGHT, _EDGE = 1040, 690, 40


class BillRunDialog(Dialog):
    """A bill run from the choice of its months to its posting; `stored_words` tell what came."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("Run the bills"), width=_WIDTH)
        self.context = context
        self.stored_words = ""
        self._preview: RunPreview | None = None
        self._handle: Handle | None = None
        self._stop: Event | None = None
        self._is_posting = self._has_views = False
        self._table: RecordTable | None = None
        theme = context.theme
        self.choices = RunChoices(context)
        self.choices.changed.connect(self._count)
        self.body.addWidget(self.choices)
        self._steps = QStackedWidget()
        self._steps.addWidget(self._make_waiting(theme))
        self._steps.addWidget(self._make_preview(theme))
        self.body.addWidget(self._steps, 1)
        self._add_foot(theme)
        self._fit()
        self.choices.period.setFocus()
        self._count()

    # -- building

    def _fit(self) -> None:
        parent = self.parentWidget() or self
        window = parent.window()
        width = min(self.theme.px(_WIDTH), max(window.width() - _EDGE, 640))
        height = min(self.theme.px(_HEIGHT), max(window.height() - _EDGE, 420))
        self.setFixedSize(width, height)

    def _make_waiting(self, theme: Theme) -> QWidget:
        self._waiting = Label(theme, ink=Ink.TEXT_2, wrap=True)
        self._bar = ProgressLine(theme, _("Progress"))
        self._cancel = Button(theme, _("Cancel"), hint="Esc")
        self._cancel.clicked.connect(self._on_cancel)
        self._again = Button(theme, _("Count again"), shortcut="F5")
        self._again.clicked.connect(self._count)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, Space.L, 0, 0)
        column.setSpacing(Space.M)
        self._prices = Button(theme, _("Fee items and prices"), icon="banknote")
        self._prices.clicked.connect(self._on_prices)
        for widget in (self._waiting, self._bar, self._cancel, self._again, self._prices):
            column.addWidget(widget)
        column.addStretch(1)
        return whole

    def _make_preview(self, theme: Theme) -> QWidget:
        self.said = Label(theme, size=Size.TITLE, bold=True, wrap=True, selectable=True)
        self.warns = Label(theme, ink=Ink.WARN, wrap=True, selectable=True)
        self.also = Label(theme, ink=Ink.TEXT_2, wrap=True, selectable=True)
        self.views = Chips(theme, _("What is shown"))
        self.views.chosen_changed.connect(lambda _key: self._show_view())
        self._hint = Label(theme, ink=Ink.TEXT_3, size=Size.SMALL)
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.addWidget(self.views, 1)
        head.addWidget(self._hint)
        # A container of its own keeps its room while there is no table.
        below = QWidget()
        self._tables = QVBoxLayout(below)
        self._tables.setContentsMargins(0, 0, 0, 0)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.said)
        column.addWidget(self.warns)
        column.addWidget(self.also)
        column.addLayout(head)
        column.addWidget(below, 1)
        return whole

    def _add_foot(self, theme: Theme) -> None:
        self._export = Button(
            theme, _("Export"), kind=Kind.QUIET, icon="file-spreadsheet", shortcut="Ctrl+E"
        )
        self._export.clicked.connect(self._on_export)
        self._print = Button(theme, _("Print"), kind=Kind.QUIET, icon="printer", shortcut="Ctrl+P")
        self._print.clicked.connect(self._on_print)
        self._foot.insertWidget(0, self._export)
        self._foot.insertWidget(1, self._print)
        close = Button(theme, _("Close"), hint="Esc")
        close.clicked.connect(self.reject)
        self._foot.addWidget(close)
        self._post = Button(
            theme, _("Post the bills"), kind=Kind.PRIMARY, icon="check", hint="Ctrl+Enter"
        )
        self._post.clicked.connect(self.keep)
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.keep)
        self._foot.addWidget(self._post)

    # -- counting

    def _count(self) -> None:
        """Count what the run would bill, in the background; what was asked before is given up."""
        self._give_up()
        self._preview = None
        self._offer()
        if not self.choices.items:
            words = _("No fee item is switched on. Switch on what the office charges, and "
                      "give it a price.")  # fmt: skip
            self._wait_for(words)
            return
        order = self.choices.order()
        if not order.items:
            self._wait_for(_("Choose what is billed."))
            return
        by, now = self.context.staff.id, self.context.now()
        stop = self._stop = Event()

        def job(progress: Progress) -> Counted:
            with working_connection():
                return Counted.of(
                    preview_run(order, by=by, now=now, on_progress=progress, cancelled=stop.is_set)
                )

        self._wait_for(_("Counting the bills"), is_running=True)
        self._handle = self.context.background.run(
            job, self._show_preview, self._on_error, self._bar.show_progress
        )

    def _give_up(self) -> None:
        if self._stop is not None and self._handle is not None:
            self._stop.set()
            self._handle.cancel()
        self._stop = self._handle = None

    def _wait_for(self, words: str, *, is_running: bool = False) -> None:
        """Say what is awaited: the count, or a choice."""
        self._waiting.show_text(words)
        self._bar.show_progress(0, 1)
        self._bar.setVisible(is_running)
        self._cancel.setVisible(is_running)
        self._cancel.setEnabled(is_running)
        self._again.setVisible(not is_running and bool(self.choices.items))
        self._prices.setVisible(not self.choices.items)
        self._steps.setCurrentIndex(0)

    def _on_cancel(self) -> None:
        if self._is_posting:
            if self._stop is not None:
                self._stop.set()
            self._cancel.setEnabled(False)
            self._waiting.show_text(_("Stopping"))
            return
        self._give_up()
        self._wait_for(_("Cancelled: nothing was counted."))

    def _on_error(self, error: BaseException) -> None:
        self._stop = self._handle = None
        self._set_posting(is_posting=False)
        if not isinstance(error, RuleError):
            raise error
        self._wait_for(str(error))

    # -- looking

    def _show_preview(self, counted: Counted) -> None:
        self._stop = self._handle = None
        self._preview = counted.preview
        self.said.show_text(counted.words)
        self.warns.show_text(counted.preview.warning)
        self.warns.setVisible(bool(counted.preview.warning))
        self.also.show_text(counted.also)
        self.also.setVisible(bool(counted.also))
        self.views.set_choices(counted.choices)
        self._has_views = bool(counted.choices)
        self._steps.setCurrentIndex(1)
        self._show_view()
        self._offer()

    def _show_view(self) -> None:
        """Show another side of the preview; each is drawn when it is asked for."""
        if self._table is not None:
            self._table.hide()
            self._table.deleteLater()
            self._table = None
        view, preview = self._view(), self._preview
        self._hint.show_text("")
        if preview is None or view is None:
            return
        self._hint.show_text(str(VIEW_HINTS.get(view, "")))
        self._table = view_table(self.context, view, preview)
        self._table.opened.connect(self._on_opened)
        self._table.left.connect(self.reject)
        self._tables.addWidget(self._table)
        self._table.show()

    def _view(self) -> View | None:
        if self._preview is None or not self._has_views:
            return None
        return View(self.views.chosen())

    def _on_opened(self, row: object) -> None:
        """Show how an amount comes about, or lead to where something is mended."""
        from ui.bill_acts import explain_bill

        if isinstance(row, ComparedRow):
            row = row.bill
        if isinstance(row, PlannedBill):
            PlannedBillDialog(self.context, self, row).ask()
        elif isinstance(row, BilledOtherwise):
            explain_bill(self.context, self, row.bill_id)
            self._count()
        elif isinstance(row, MendRow) and can_mend(row):
            self._mend(row)

    def _on_prices(self) -> None:
        """Open the items; those that were switched on there are billed."""
        show_items(self.context, self)
        self.choices.refill()
        self._count()

    def _mend(self, row: MendRow) -> None:
        if mend(self.context, self, row):
            self.choices.refill()
            self._count()
        else:
            self.reject()

    # -- acting

    def _offer(self) -> None:
        preview = self._preview
        self._post.setEnabled(preview is not None and bool(preview.bills))
        seen = preview is not None and self._has_views
        self._export.setEnabled(seen)
        self._print.setEnabled(seen)

    def _on_export(self) -> None:
        if self._preview is not None:
            words = export_preview(self.context, self, self._preview)
            self._hint.show_text(words)

    def _on_print(self) -> None:
        view = self._view()
        if self._preview is not None and self._table is not None and view is not None:
            print_view(self.context, self, self._table, view, self._preview)

    def keep(self) -> None:
        """Post what is shown, all or nothing; refused where something changed since."""
        preview = self._preview
        if preview is None or not preview.bills or self._is_posting:
            return
        by, now = self.context.staff.id, self.context.now()
        seen = Seen(len(preview.bills), preview.total_fen)
        stop = self._stop = Event()
        order = preview.order

        def job(progress: Progress) -> RunResult | None:
            # Who cancels too late must hear that it was done, so nothing is cancelled behind it.
            with working_connection():
                try:
                    return post_run(
                        order, by=by, now=now, seen=seen, on_progress=progress,
                        cancelled=stop.is_set,
                    )  # fmt: skip
                except Cancelled:
                    return None

        self._set_posting(is_posting=True)
        self._wait_for(_("Posting the bills"), is_running=True)
        self._cancel.setFocus()
        self.context.background.run(job, self._on_posted, self._on_error, self._bar.show_progress)

    def _set_posting(self, *, is_posting: bool) -> None:
        self._is_posting = is_posting
        for widget in (self.choices, self._post, self._export, self._print):
            widget.setEnabled(not is_posting)

    def _on_posted(self, result: RunResult | None) -> None:
        self._stop = None
        self._set_posting(is_posting=False)
        if result is None:
            self._wait_for(_("Cancelled: nothing was stored."))
            return
        run = result.run
        if run is not None:
            words = ngettext(
                "{number}: {count} bill posted, {total} yuan",
                "{number}: {count} bills posted, {total} yuan",
                run.bills,
            ).format(number=run.number, count=run.bills, total=money_words(run.total_fen))
            if run.prepaid_fen:
                words += "; " + _("{amount} settled from prepaid accounts").format(
                    amount=money_words(run.prepaid_fen)
                )
            self.stored_words = words
        self.choose("kept")

    def focusNextPrevChild(self, is_forward: bool) -> bool:
        """Go on in reading order: the tables are made anew with each count."""
        return step(self, is_forward=is_forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Stop the work with Esc first, then leave."""
        if event.key() == Qt.Key.Key_Escape and self._stop is not None:
            self._on_cancel()
            return
        super().keyPressEvent(event)

    def reject(self) -> None:
        """Leave; what is being posted is not left alone."""
        if self._is_posting:
            return
        self._give_up()
        super().reject()

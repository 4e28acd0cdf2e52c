"""The bill runs that were posted, their bills, and how one is undone as a whole."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from propdesk.domain.bill_runs import BillRun, period_words
from propdesk.domain.errors import Cancelled
from propdesk.domain.money import money_words
from propdesk.domain.owed_lists import OwedList
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.bill_runs import undo_run
from propdesk.services.offices import working_connection
from propdesk.services.queries.bill_runs import list_runs
from propdesk.services.queries.bills import Bill, list_run_bills
from propdesk.services.queries.fee_items import list_items
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.small_form import SmallForm
from ui.dialogs.work_dialog import WorkDialog
from ui.tables.columns import CellKind, Column, Mark, Sort
from ui.tables.view import RecordTable
from ui.theme import Ink, Size, Tone
from ui.widgets.buttons import Button, Kind
from ui.widgets.fields import LineField
from ui.widgets.labels import Label

_WIDTH, _ROWS = 980, 12


class BillRunsDialog(Dialog):
    """The runs, the latest first: Enter shows the bills of one, Del undoes it."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("Runs that were posted"), width=_WIDTH)
        self.context = context
        theme = context.theme
        self._names = {item.code: item.name for item in list_items()}
        self._none = Label(
            theme, _("No bills were run yet: More, Bills and prices, Run the bills."),
            ink=Ink.TEXT_2,
        )  # fmt: skip
        self.body.addWidget(self._none)
        self.table = RecordTable(
            theme, _("Runs that were posted"), self._columns(), lambda run: run.id, now=context.now
        )
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.opened.connect(self._on_show)
        self.table.left.connect(self.reject)
        self.table.current_changed.connect(lambda _run: self._offer())
        self.body.addWidget(self.table)
        self._why = Label(theme, ink=Ink.TEXT_3, size=Size.SMALL, wrap=True)
        self.body.addWidget(self._why)
        self._show = Button(theme, _("Show the bills"), hint="Enter")
        self._show.clicked.connect(lambda: self._on_show(self.table.current_row()))
        self._undo = Button(theme, _("Undo the run"), icon="repeat-2", hint="Del")
        self._undo.clicked.connect(self._on_undo)
        key = QShortcut(QKeySequence("Del"), self.table)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self._on_undo)
        self._foot.insertWidget(0, self._show)
        self._foot.insertWidget(1, self._undo)
        self.add_verb("", _("Close"))
        self._refill()
        self.table.setFocus()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("number", _lazy("Number"), lambda run: run.number, width=120, least=112,
                   is_strong=True),
            Column("period", _lazy("Charged for"),
                   lambda run: period_words(run.from_on, run.until_on), width=90, least=70),
            Column("where", _lazy("Where"), _where, width=100, least=70, rank=2),
            Column("items", _lazy("Fee items"), self._items, width=180, least=90, stretches=True),
            Column("bills", _lazy("Bills"), lambda run: run.bills, CellKind.COUNT, width=64),
            Column("total", _lazy("Amount (yuan)"), lambda run: run.total_fen, CellKind.MONEY,
                   width=116, is_strong=True),
            Column("prepaid", _lazy("From prepaid"), lambda run: run.prepaid_fen or None,
                   CellKind.MONEY, width=100, rank=3),
            Column("at", _lazy("Posted"), lambda run: run.posted_at, CellKind.TIME, width=84),
            Column("by", _lazy("By"), lambda run: run.by, width=80, is_quiet=True, rank=1),
            Column("state", _lazy("State"), _state, CellKind.STATUS, width=84, least=76),
        )  # fmt: skip

    def _items(self, run: BillRun) -> str:
        return _(", ").join(self._names.get(code, code) for code in run.items)

    def _refill(self) -> None:
        runs = list_runs()
        self._none.setVisible(not runs)
        self.table.show_rows(runs)
        self._offer()

    def _run(self) -> BillRun | None:
        run: BillRun | None = self.table.current_row()
        return run

    def _offer(self) -> None:
        run = self._run()
        self._show.setEnabled(run is not None)
        self._undo.setEnabled(run is not None and run.undone_at is None)
        words = ""
        if run is not None and run.undone_at is not None:
            words = _("Undone {day} by {name}: {reason}").format(
                day=f"{run.undone_at:%Y-%m-%d %H:%M}", name=run.undone_by, reason=run.undone_reason
            )
        elif run is not None:
            words = run.note or _("It can be undone as long as nothing of it is paid.")
        self._why.show_text(words)

    # -- acts

    def _on_show(self, run: BillRun | None) -> None:
        if run is not None:
            RunBillsDialog(self.context, self, run).ask()
            self._refill()
            self.table.select_key(run.id)

    def _on_undo(self) -> None:
        run = self._run()
        if run is None or run.undone_at is not None:
            return
        dialog = UndoRunDialog(self.context, self, run)
        dialog.ask()
        if dialog.stored is not None:
            self.context.changes.fees_changed.emit()
            self._refill()
            self.table.select_key(run.id)


class UndoRunDialog(SmallForm):
    """Void all bills of a run with a reason; `stored` is the run."""

    def __init__(self, context: AppContext, parent: QWidget, run: BillRun) -> None:
        title = _("Undo run {number}").format(number=run.number)
        super().__init__(context, parent, title, _("Undo the run"))
        self._run = run
        words = ngettext(
            "{count} bill of {total} yuan becomes void. It stays in the books with your reason.",
            "{count} bills of {total} yuan become void. They stay in the books with your reason.",
            run.bills,
        ).format(count=run.bills, total=money_words(run.total_fen))
        if run.prepaid_fen:
            words += " " + _("{amount} go back to the prepaid accounts.").format(
                amount=money_words(run.prepaid_fen)
            )
        self.body.insertWidget(1, Label(context.theme, words, ink=Ink.TEXT_2, wrap=True))
        self.reason = LineField(context.theme, _("Reason"), is_last=True)
        self.rows.add_row("text", _("Reason"), self.reason)
        self.reason.setFocus()

    def act(self) -> BillRun:
        """Undo it; the refusal says what blocks. A run of 30,000 bills takes its seconds."""
        run_id, reason = self._run.id, self.reason.words()
        context = self.context
        by, now = context.staff.id, context.now()

        def job(progress: Progress) -> BillRun:
            with working_connection():
                return undo_run(run_id, reason, by=by, now=now, on_progress=progress)

        dialog = WorkDialog(context.theme, self, self.windowTitle())
        undone: BillRun = dialog.work(partial(context.background.run, job))
        return undone

    def keep(self) -> None:
        """Undo it; who stops it finds everything as it was."""
        with suppress(Cancelled):
            super().keep()


class RunBillsDialog(Dialog):
    """The bills of a run: Enter explains one; they are printed and exported as they are seen."""

    def __init__(self, context: AppContext, parent: QWidget, run: BillRun) -> None:
        title = _("Bills of {number}").format(number=run.number)
        super().__init__(context.theme, parent, title, width=_WIDTH)
        self.context = context
        self._run = run
        theme = context.theme
        self.table = RecordTable(
            theme, title, _bill_columns(context), lambda bill: bill.id, now=context.now
        )
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS + 2))
        self.table.opened.connect(self._on_explain)
        self.table.left.connect(self.reject)
        self.body.addWidget(self.table)
        self.said = Label(theme, ink=Ink.TEXT_2, size=Size.SMALL)
        self.body.addWidget(self.said)
        for place, (word, icon, keys, act) in enumerate(
            (
                (_("Export"), "file-spreadsheet", "Ctrl+E", self._on_export),
                (_("Print"), "printer", "Ctrl+P", self._on_print),
            )
        ):
            button = Button(theme, word, kind=Kind.QUIET, icon=icon, shortcut=keys)
            button.clicked.connect(act)
            self._foot.insertWidget(place, button)
        self.add_verb("", _("Close"))
        self.table.show_fetch(self._fetch)
        self.table.setFocus()

    def _fetch(self, after: Any, limit: int, _sort: Sort) -> tuple[Sequence[Bill], Any]:
        found = list_run_bills(self._run.id, after=after or 0, limit=limit)
        return found, found[-1].id if len(found) == limit else None

    def _on_explain(self, bill: Bill) -> None:
        from ui.bill_acts import explain_bill

        explain_bill(self.context, self, bill.id)
        self.table.refresh()

    def _on_export(self) -> None:
        from ui.pages.fee_exports import export_fees_as_seen

        seen = (self.table, self._fetch, self.windowTitle(), self._run.bills)
        self.said.show_text(export_fees_as_seen(self.context, self, seen, OwedList.RUN_BILLS))

    def _on_print(self) -> None:
        from ui.pages.fee_exports import print_fees_as_seen

        narrowed = period_words(self._run.from_on, self._run.until_on)
        seen = (self.table, self._fetch, self.windowTitle(), narrowed)
        print_fees_as_seen(self.context, self, seen, OwedList.RUN_BILLS)


def _bill_columns(context: AppContext) -> tuple[Column, ...]:
    return (
        Column("house", _lazy("House"), lambda bill: bill.unit, width=100, least=80,
               is_strong=True),
        Column("debtor", _lazy("Debtor"), lambda bill: context.shown_names(bill.debtor), width=100,
               least=60, rank=1, is_name=True),
        Column("item", _lazy("Fee item"), lambda bill: bill.item, width=130, stretches=True),
        Column("period", _lazy("Charged for"),
               lambda bill: period_words(bill.from_on, bill.until_on), width=150, least=90),
        Column("due", _lazy("Pay by"), lambda bill: bill.due_on.isoformat(), width=96,
               is_quiet=True, rank=2),
        Column("amount", _lazy("Amount (yuan)"), lambda bill: bill.amount_fen, CellKind.MONEY,
               width=116, is_strong=True),
        Column("open", _lazy("Still owed"), lambda bill: bill.open_fen or None, CellKind.MONEY,
               width=100),
        Column("state", _lazy("State"), bill_state, CellKind.STATUS, width=96, least=80),
    )  # fmt: skip


def bill_state(bill: Bill) -> Mark:
    """Return what became of a bill."""
    if bill.voided_at is not None:
        return Mark(_("void"), Tone.NEUTRAL)
    if not bill.is_open:
        return Mark(_("settled"), Tone.OK)
    if bill.settled_fen:
        return Mark(_("in part"), Tone.WARN)
    return Mark(_("not paid"), Tone.INFO)


def _where(run: BillRun) -> str:
    return f"{run.community} {run.building}".strip() or _("All houses")


def _state(run: BillRun) -> Mark:
    return Mark(_("undone"), Tone.NEUTRAL) if run.undone_at else Mark(_("Posted"), Tone.OK)

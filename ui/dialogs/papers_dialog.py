"""纸单未回: the work orders that are out, the oldest first, and what is done about each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.tickets import STATUS_LABELS
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.papers import declare_lost
from propdesk.services.queries.papers import (
    PaperKey,
    PaperRow,
    count_papers_out,
    list_papers_out,
    work_order_of,
)
from propdesk.services.queries.tickets import get_ticket
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.pages.ticket_words import STATUS_TONES, clauses
from ui.pages.work_page import PRINT_KEYS
from ui.tables.columns import CellKind, Column, Fetch, Mark, Sort
from ui.tables.view import RecordTable
from ui.theme import Space, Tone
from ui.widgets.badges import Toast
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import TextField
from ui.widgets.forms import FormRows

_ROWS = 12
_LATE, _ALL = "late", "all"


class PapersDialog(Dialog):
    """Enter enters a paper, Ctrl+P prints it again, Del declares it lost."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("Work orders that are out"), width=940)
        self._context = context
        theme = context.theme
        self._days = context.settings.papers_out_days
        self._chips = Chips(theme, _("Which papers"), self._choices())
        self._chips.choose(_LATE if self._has_late() else _ALL)
        self._chips.chosen_changed.connect(lambda _key: self._reload())
        self.table = RecordTable(
            theme, _("Work orders that are out"), self._columns(), lambda row: row.id,
            now=context.now,
        )  # fmt: skip
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.opened.connect(lambda _row: self._on_enter())
        self.table.left.connect(self.reject)
        self.table.current_changed.connect(self._offer)
        self.body.addWidget(self._chips)
        self.body.addWidget(self.table)
        self.body.addLayout(self._acts())
        self.add_verb("close", _("Close"))
        for keys, act in (("Ctrl+P", self._on_print), (PRINT_KEYS, self._on_print_list)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        QShortcut(QKeySequence("Del"), self.table).activated.connect(self._on_lost)
        context.changes.tickets_changed.connect(self._refill)
        self.toast = Toast(theme, self)
        self._reload()
        self.table.setFocus()

    def _acts(self) -> QHBoxLayout:
        theme = self._context.theme
        enter = Button(
            theme, _("Enter the paper"), kind=Kind.PRIMARY, icon="scan-barcode", hint="Enter"
        )
        again = Button(theme, _("Print again"), icon="printer", hint="Ctrl+P")
        lost = Button(theme, _("Declare it lost"), hint="Del")
        paper = Button(theme, _("Print this list"), kind=Kind.QUIET, hint=PRINT_KEYS)
        file = Button(theme, _("Export this list"), kind=Kind.QUIET)
        self._on_one = (enter, again, lost)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        for button, act in (
            (enter, self._on_enter),
            (again, self._on_print),
            (lost, self._on_lost),
            (paper, self._on_print_list),
            (file, self._on_export),
        ):
            button.clicked.connect(act)
            row.addWidget(button)
            if button is lost:
                row.addStretch(1)
        return row

    # -- filling

    def _columns(self) -> Sequence[Column]:
        days = self._days

        def out(row: PaperRow) -> Mark:
            words = ngettext("{count} day", "{count} days", row.days).format(count=row.days)
            return Mark(words, Tone.WARN if days and row.days > days else None)

        def dispatch(row: PaperRow) -> str:
            words = _("{round}, sent again since") if row.is_superseded else "{round}"
            return words.format(round=row.round)

        def status(row: PaperRow) -> Mark:
            return Mark(str(STATUS_LABELS[row.status]), STATUS_TONES[row.status])

        text = CellKind.TEXT
        return (
            Column("number", _lazy("Ticket no."), lambda row: row.number, text, 126, 122),
            Column("round", _lazy("Dispatch"), dispatch, text, 84, 70),
            Column("house", _lazy("House"), lambda row: row.where, text, 104, 70),
            Column("matter", _lazy("Subject"), lambda row: row.matter, text, 160, 100,
                   stretches=True),
            Column("handler", _lazy("Handled by"), _who, text, 90, 70),
            Column("printed", _lazy("Printed"), lambda row: row.printed_at, CellKind.TIME, 80, 76),
            Column("days", _lazy("Out for"), out, CellKind.BADGE, 96, 90),
            Column("status", _lazy("Status"), status, CellKind.STATUS, 124, 110),
        )  # fmt: skip

    def _has_late(self) -> bool:
        now = self._context.now()
        return bool(self._days and count_papers_out(now=now, over_days=self._days))

    def _choices(self) -> list[Choice]:
        now, days = self._context.now(), self._days
        everything = Choice(_ALL, _("All that are out"), count_papers_out(now=now))
        if not days:
            return [everything]
        words = ngettext("For more than {count} day", "For more than {count} days", days)
        late = count_papers_out(now=now, over_days=days)
        return [Choice(_LATE, words.format(count=days), late, is_bad=True), everything]

    def _fetch(self) -> Fetch:
        over = self._days if self._chips.chosen() == _LATE else 0
        return _fetch_papers(self._context.now(), over)

    def _reload(self) -> None:
        self.table.show_fetch(self._fetch())
        self._offer(self.table.current_row())

    def _refill(self) -> None:
        self._chips.set_choices(self._choices())
        self.table.refresh()
        self._offer(self.table.current_row())

    def _offer(self, row: PaperRow | None) -> None:
        for button in self._on_one:
            button.setEnabled(row is not None)

    # -- acts

    def _current(self) -> PaperRow | None:
        row = self.table.current_row()
        return row if isinstance(row, PaperRow) else None

    def _on_enter(self) -> None:
        row = self._current()
        if row is not None:
            paper = work_order_of(get_ticket(row.ticket_id), row.round)
            self.accept()
            self._context.navigation.paper_wanted.emit(paper)

    def _on_print(self) -> None:
        from ui.order_printing import show_work_order

        row = self._current()
        if row is not None:
            show_work_order(self._context, self, get_ticket(row.ticket_id))

    def _on_lost(self) -> None:
        row = self._current()
        if row is not None and LostDialog(self._context, self, row).ask() == "lost":
            self._context.changes.tickets_changed.emit()
            self.toast.show_message(_("{number}: the paper is lost").format(number=row.number))
            self.table.setFocus()

    def _on_print_list(self) -> None:
        from ui.pages.list_export import print_as_seen

        title, narrowed = _("Work orders that are out"), self._narrowed()
        print_as_seen(self._context, self, self.table, self._fetch(), title, narrowed)

    def _on_export(self) -> None:
        from ui.pages.list_export import export_as_seen

        title = _("Work orders that are out")
        total = count_papers_out(now=self._context.now())
        words = export_as_seen(self._context, self, self.table, self._fetch(), title, total)
        if words:
            self.toast.show_message(words)

    def _narrowed(self) -> str:
        shown = next(one for one in self._choices() if one.key == self._chips.chosen())
        return shown.word


class LostDialog(Dialog):
    """A paper is lost with a reason; found again, it can still be entered."""

    def __init__(self, context: AppContext, parent: QWidget, row: PaperRow) -> None:
        title = _("Is the order of {number} lost?").format(number=row.number)
        super().__init__(context.theme, parent, title)
        self._context, self._row = context, row
        self.add_sentence(clauses(row.where, row.matter, _who(row)))
        self.rows = FormRows(context.theme)
        self.reason = TextField(context.theme, _("Reason"), lines=2)
        self.rows.add_row("text", _("Reason"), self.reason)
        self.reason.textChanged.connect(lambda: self.rows.drop_problem("text"))
        self.body.addWidget(self.rows)
        self.add_verb("", _("It is still out"))
        self.add_verb("lost", _("Declare it lost"), kind=Kind.PRIMARY).set_shortcut("Ctrl+Enter")
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(lambda: self.choose("lost"))
        self.reason.setFocus()

    def choose(self, key: str) -> None:
        """Store before the dialog closes; what is missing is said under its field."""
        if key == "lost" and not self._is_stored():
            return
        super().choose(key)

    def _is_stored(self) -> bool:
        try:
            declare_lost(
                self._row.ticket_id,
                self._row.round,
                reason=self.reason.words(),
                by=self._context.staff.id,
                now=self._context.now(),
            )
        except DraftError as refusal:
            self.rows.show_problems(refusal.problems)
        except RuleError as refusal:
            self._context.messages.tell(self, _("This was not done"), str(refusal))
        else:
            return True
        return False


def _who(row: PaperRow) -> str:
    return row.handler or row.department


def _fetch_papers(now: datetime, over_days: int) -> Fetch:
    """Return how the list is read, also by another thread: no widget is asked."""

    def fetch(after: Any, limit: int, _sort: Sort) -> tuple[Sequence[PaperRow], PaperKey | None]:
        page = list_papers_out(now=now, over_days=over_days, after=after, limit=limit)
        return page.rows, page.after

    return fetch

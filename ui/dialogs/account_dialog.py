"""The account statement of a house (对账单): to look at, to print, to give away as a table."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from propdesk.domain.money import money_words
from propdesk.domain.owed_lists import OwedList
from propdesk.i18n import _, _lazy
from propdesk.services.queries.account_statements import list_statement
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.pages.fee_exports import export_fees_as_seen, print_fees_as_seen
from ui.tables.columns import CellKind, Column, FixedRows
from ui.tables.view import RecordTable
from ui.theme import Ink
from ui.widgets.buttons import Button
from ui.widgets.labels import Label

_WIDTH, _ROWS = 860, 13


class AccountDialog(Dialog):
    """Bills and payments by day with the balance after each; the latest is the current one."""

    def __init__(self, context: AppContext, parent: QWidget, unit: Unit) -> None:
        title = _("Account statement: {house}").format(house=unit.short)
        super().__init__(context.theme, parent, title, width=_WIDTH)
        self._context = context
        self._title = title
        self._unit_id = unit.id
        self._lines = list_statement(unit.id)
        theme, money = context.theme, CellKind.MONEY
        self.table = RecordTable(
            theme,
            title,
            (
                Column("day", _lazy("Day"), lambda line: line.day.isoformat(), width=92),
                Column("words", _lazy("What"), lambda line: line.words, width=130, stretches=True,
                       is_strong=True),
                Column("period", _lazy("Charged for"), lambda line: line.period, width=176),
                Column("number", _lazy("Number"), lambda line: line.number, width=120),
                Column("billed", _lazy("Billed"), lambda line: line.billed_fen or None, money, 92),
                Column("paid", _lazy("Paid"), lambda line: line.paid_fen or None, money, 92),
                Column("balance", _lazy("Owed then"), lambda line: line.balance_fen, money, 100),
                Column("reason", _lazy("Reason"), lambda line: line.reason, width=90, rank=1,
                       is_quiet=True),
            ),
            id,
            now=context.now,
        )  # fmt: skip
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.left.connect(self.reject)
        self.table.show_rows(self._lines)
        self.body.addWidget(self.table)
        self._words = Label(theme, self._sum(), ink=Ink.TEXT_2, wrap=True)
        self.body.addWidget(self._words)
        self.add_verb("", _("Close"))
        for word, key, act in (
            (_("Export"), "Ctrl+E", self._on_export),
            (_("Print"), "Ctrl+P", self._on_print),
        ):
            button = Button(theme, word, hint=key)
            button.clicked.connect(act)
            QShortcut(QKeySequence(key), self).activated.connect(act)
            self._foot.addWidget(button)
        self.table.setFocus()
        if self._lines:
            self.table.select_key(id(self._lines[-1]))

    def _sum(self) -> str:
        if not self._lines:
            return _("Nothing was billed to this house yet.")
        owed = self._lines[-1].balance_fen
        if owed < 0:
            words = _("The house has {amount} yuan to its credit.")
            return words.format(amount=money_words(-owed))
        return _("Owed in all: {amount} yuan").format(amount=money_words(owed))

    def _on_export(self) -> None:
        fetch, total = FixedRows(self._lines), len(self._lines)
        seen = (self.table, fetch, self._title, total)
        words = export_fees_as_seen(self._context, self, seen, OwedList.STATEMENT, self._unit_id)
        if words:
            self._words.show_text(words)

    def _on_print(self) -> None:
        seen = (self.table, FixedRows(self._lines), self._title, self._sum())
        print_fees_as_seen(self._context, self, seen, OwedList.STATEMENT, self._unit_id)

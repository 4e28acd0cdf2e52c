"""Common costs (公摊): what was spent, shared among houses to the fen, with the working (R98)."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.bill_runs import period_words
from propdesk.domain.fee_items import SHARE_LABELS
from propdesk.domain.money import money_words
from propdesk.domain.shared_costs import SharedCost
from propdesk.i18n import _, _lazy
from propdesk.services.queries.shared_costs import list_shared_costs, list_shared_items
from propdesk.services.shared_costs import void_shared_cost
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.shared_cost_dialog import SharedCostDialog, SharesDialog
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Ink, Space, Tone
from ui.widgets.buttons import Button
from ui.widgets.labels import Label

_WIDTH, _ROWS = 900, 11


class SharedCostsDialog(Dialog):
    """What was entered: Enter shows the shares, Ctrl+N enters a cost, Del makes one void."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("Shared costs"), width=_WIDTH)
        self.context = context
        theme = context.theme
        self._hint = Label(theme, ink=Ink.TEXT_2, wrap=True)
        self.body.addWidget(self._hint)
        self.table = RecordTable(
            theme, _("Shared costs"), _COLUMNS, lambda one: one.id, now=context.now
        )
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.opened.connect(self._on_show)
        self.table.left.connect(self.reject)
        self.body.addWidget(self.table)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        add = Button(theme, _("Enter a cost"), icon="plus", shortcut="Ctrl+N")
        add.clicked.connect(self._on_add)
        show = Button(theme, _("Show the shares"), hint="Enter")
        show.clicked.connect(lambda: self._on_show(self.table.current_row()))
        void = Button(theme, _("Make it void"), icon="x", hint="Del")
        void.clicked.connect(self._on_void)
        key = QShortcut(QKeySequence("Del"), self.table)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self._on_void)
        for button in (add, show, void):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.add_verb("", _("Close"))
        self._refill()
        self.table.setFocus()

    def _refill(self) -> None:
        costs = list_shared_costs(also_voided=True)
        self.table.show_rows(costs)
        if costs:
            words = _("A cost is billed by the run of the month that it ends in.")
        elif list_shared_items():
            words = _("Enter the supplier's bill for common water, power or lifts: it is shared "
                      "among the houses to the fen.")  # fmt: skip
        else:
            words = _("No fee item shares a cost yet. Switch one on under More, Bills and prices.")
        self._hint.show_text(words)

    def _on_add(self) -> None:
        dialog = SharedCostDialog(self.context, self)
        dialog.ask()
        if dialog.stored is not None:
            self._refill()
            self.table.select_key(dialog.stored.id)

    def _on_show(self, cost: SharedCost | None) -> None:
        if cost is not None:
            SharesDialog(self.context, self, cost).ask()

    def _on_void(self) -> None:
        cost: SharedCost | None = self.table.current_row()
        if cost is None or cost.voided_at is not None:
            return
        context = self.context
        words = _("{item}, {period}: {amount} yuan. It stays in the books as void.").format(
            item=cost.item,
            period=period_words(cost.from_on, cost.until_on),
            amount=money_words(cost.total_fen),
        )
        if not context.messages.confirm(
            self, _("Make this cost void?"), words, act=_("Make it void"), keep=_("Keep it")
        ):
            return
        if context.attempt(
            self,
            _("This was not done"),
            lambda: void_shared_cost(cost.id, by=context.staff.id, now=context.now()),
        ):
            self._refill()
            self.table.select_key(cost.id)


def _state(cost: SharedCost) -> Mark:
    if cost.voided_at is not None:
        return Mark(_("void"), Tone.NEUTRAL)
    if cost.bills:
        return Mark(_("billed"), Tone.OK)
    return Mark(_("to be billed"), Tone.INFO)


_COLUMNS = (
    Column("item", _lazy("Fee item"), lambda cost: cost.item, width=140, stretches=True,
           is_strong=True),
    Column("period", _lazy("Charged for"), lambda cost: period_words(cost.from_on, cost.until_on),
           width=110, least=76),
    Column("place", _lazy("Where"), lambda cost: cost.place or _("All houses"), width=130,
           least=70),
    Column("total", _lazy("Amount (yuan)"), lambda cost: cost.total_fen, CellKind.MONEY,
           width=116, is_strong=True),
    Column("by", _lazy("Shared"), lambda cost: str(SHARE_LABELS[cost.share_by]), width=100),
    Column("billed", _lazy("Billed"), lambda cost: cost.billed_fen or None, CellKind.MONEY,
           width=110, rank=1),
    Column("document", _lazy("Supplier's bill no."), lambda cost: cost.document, width=110,
           is_quiet=True, rank=2),
    Column("state", _lazy("State"), _state, CellKind.STATUS, width=100, least=90),
)  # fmt: skip

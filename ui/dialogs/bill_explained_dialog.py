"""A bill in words: days, how the amount comes about, what was paid of it, what asked for it (R98).

Printable for who asks; Del makes it void, with a reason.
"""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from propdesk.domain.bill_runs import period_words
from propdesk.domain.bills import BILL_KIND_LABELS, BillKind
from propdesk.domain.money import money_words
from propdesk.i18n import _, _lazy
from propdesk.services.queries.bill_events import list_bill_events
from propdesk.services.queries.bills import BillExplained, explain
from propdesk.services.queries.limitation import list_bill_limitations
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.bill_dialogs import VoidBillDialog
from ui.papers import DrawnPaper
from ui.tables.columns import CellKind, Column
from ui.tables.view import RecordTable
from ui.widgets.buttons import Button, Kind
from ui.widgets.fact_line import FactLine
from ui.widgets.facts import Fact
from ui.widgets.labels import Label

_WIDTH, _MOST_ROWS = 780, 7


class BillExplainedDialog(Dialog):
    """One bill with everything that explains it; Ctrl+P prints it, Del makes it void."""

    def __init__(self, context: AppContext, parent: QWidget, bill_id: int) -> None:
        found = explain(bill_id)
        bill = found.bill
        title = f"{bill.unit}  {bill.item}  {period_words(bill.from_on, bill.until_on)}"
        super().__init__(context.theme, parent, title, width=_WIDTH)
        self.context = context
        self._bill = bill
        theme = context.theme
        debtor = context.shown_names(_(", ").join(found.owners) or bill.debtor)
        self.add_sentence(_who(found, debtor, context.shown_names(bill.payer)), is_quiet=True)
        facts = FactLine(theme)
        facts.show_facts(self._facts())
        self.body.addWidget(facts)
        self.body.addWidget(Label(theme, _("How the amount comes about"), bold=True))
        self.words = self.add_sentence("\n".join(_reasons(found)))
        self.body.addWidget(Label(theme, _("What happened to this bill"), bold=True))
        self.table = RecordTable(theme, _("What happened to this bill"), _COLUMNS, id)
        self.table.make_dense()
        events = list_bill_events(bill)
        self.table.show_rows(events)
        rows = min(max(len(events), 2), _MOST_ROWS)
        self.table.setFixedHeight(self.table.height_of(rows))
        self.table.left.connect(self.reject)
        self.body.addWidget(self.table)
        self._void = Button(theme, _("Make it void"), kind=Kind.QUIET, icon="x", hint="Del")
        self._void.clicked.connect(self._on_void)
        self._void.setEnabled(bill.voided_at is None)
        key = QShortcut(QKeySequence("Del"), self.table)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self._on_void)
        paper = Button(theme, _("Print"), kind=Kind.QUIET, icon="printer", shortcut="Ctrl+P")
        paper.clicked.connect(self._on_print)
        self._foot.insertWidget(0, self._void)
        self._foot.insertWidget(1, paper)
        self.add_verb("", _("Close"))
        self.table.setFocus()

    def _facts(self) -> list[Fact]:
        bill = self._bill
        facts = [
            Fact(_("Billed"), money_words(bill.amount_fen)),
            Fact(_("Settled"), money_words(bill.settled_fen)),
            Fact(_("Still owed"), money_words(bill.open_fen)),
            Fact(_("Pay by"), bill.due_on.isoformat()),
        ]
        today = self.context.now().date()
        limited = list_bill_limitations(bill.unit_id, today).get(bill.id)
        if limited is not None:
            facts.append(Fact(_("Limitation"), str(limited.limitation.last_on)))
        return facts

    def _on_print(self) -> None:
        from propdesk.services.printing_bills import print_bill
        from ui.printing import show_paper

        by, now, bill_id = self.context.staff, self.context.now(), self._bill.id

        def draw(target: Path) -> DrawnPaper:
            return print_bill(bill_id, target, by=by, now=now)

        show_paper(self.context, self, self.windowTitle(), draw)

    def _on_void(self) -> None:
        if self._bill.voided_at is not None:
            return
        dialog = VoidBillDialog(self.context, self, self._bill)
        dialog.ask()
        if dialog.stored is not None:
            self.context.changes.fees_changed.emit()
            self.choose("void")


_COLUMNS = (
    Column("day", _lazy("Day"), lambda event: event.on_day.isoformat(), width=96, least=92),
    Column("what", _lazy("What"), lambda event: event.what, width=150, least=90, stretches=True),
    Column("number", _lazy("Number"), lambda event: event.number, width=140, least=90),
    Column("amount", _lazy("Settled (yuan)"), lambda event: event.amount_fen or None,
           CellKind.MONEY, width=110),
    Column("result", _lazy("Outcome"), lambda event: event.came_of_it, width=150,
           least=80, is_quiet=True),
)  # fmt: skip


def _who(found: BillExplained, debtor: str, payer: str) -> str:
    bill = found.bill
    said = [debtor or _("The register names no owner")]
    if payer:
        said.append(_("agreed payer {name}").format(name=payer))
    if bill.kind is not BillKind.CHARGE:
        said.append(str(BILL_KIND_LABELS[bill.kind]))
    said.append(_("{start} to {end}").format(start=bill.from_on, end=bill.until_on))
    return "  ·  ".join(said)


def _reasons(found: BillExplained) -> list[str]:
    """Return the working line by line, and what price and cost rest on."""
    lines = list(found.words)
    if found.bill.note:
        lines.append(_("What for: {words}").format(words=found.bill.note))
    if found.basis:
        lines.append(_("Basis: {basis}").format(basis=found.basis))
    if found.document or found.place:
        shared = " ".join(filter(None, (found.place, found.document)))
        lines.append(_("Document: {document}").format(document=shared))
    return lines or [_("It was written by hand: no working is kept.")]

"""The late-payment penalties of a house: look at each with its rate, then bill them (law.md 1.4).

Nothing is charged by itself: off without a clause, simple interest, a bill of its own beside the
principal, with what a court may say of the rate.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem
from propdesk.domain.late_fees import annual_words, daily_words, prevails_words
from propdesk.domain.money import money_words
from propdesk.i18n import _, _lazy
from propdesk.services.late_fees import charge_late_fees
from propdesk.services.queries.bills import Bill
from propdesk.services.queries.late_fees import BillLateFee, list_late_fees
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.forms.move_fields import day_field, read_day_of
from ui.pages.fee_words import period_words
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Ink, Theme, Tone
from ui.widgets.labels import Label

_WIDTH, _ROWS = 860, 7


@dataclass(frozen=True, slots=True)
class _FeeRow:
    """A penalty, and whether it is to be billed."""

    fee: BillLateFee
    is_chosen: bool


class _FeeTicks(RecordTable):
    """Penalties to be billed: the arrows walk, Space chooses or leaves out."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        money = CellKind.MONEY
        columns = (
            Column("chosen", _lazy("Now"), _state, CellKind.STATUS, width=86),
            Column("item", _lazy("Fee item"), lambda row: row.fee.item, width=110, least=80,
                   stretches=True, is_strong=True),
            Column("period", _lazy("Charged for"),
                   lambda row: period_words(row.fee.from_on, row.fee.until_on), width=176),
            Column("days", _lazy("Days late"), _days, CellKind.COUNT, width=70),
            Column("rate", _lazy("A day"), lambda row: daily_words(row.fee.fee.terms.rate_e6),
                   width=74, rank=1),
            Column("reckoned", _lazy("Penalty"), lambda row: row.fee.fee.amount_fen, money, 84),
            Column("charged", _lazy("Billed before"), lambda row: row.fee.charged_fen or None,
                   money, 84, rank=2),
            Column("now", _lazy("To bill"), lambda row: row.fee.to_charge_fen or None, money, 84,
                   is_strong=True),
        )  # fmt: skip
        super().__init__(theme, _("Late-payment penalties"), columns, lambda row: row.fee.bill_id)
        self._fees: Sequence[BillLateFee] = ()
        self._left_out: set[int] = set()
        self.make_dense()

    def show_fees(self, fees: Sequence[BillLateFee]) -> None:
        """Show these penalties; what was left out stays so."""
        self._fees = fees
        self._refill()

    def chosen(self) -> tuple[BillLateFee, ...]:
        """Return the penalties that are to be billed."""
        return tuple(one for one in self._fees if self._is_chosen(one))

    def _is_chosen(self, fee: BillLateFee) -> bool:
        return fee.to_charge_fen > 0 and fee.bill_id not in self._left_out

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Space; what is left is the table's."""
        row = self.current_row()
        if event.key() != Qt.Key.Key_Space or row is None:
            super().keyPressEvent(event)
            return
        self._left_out ^= {row.fee.bill_id}
        self._refill()

    def _refill(self) -> None:
        place = max(self.currentIndex().row(), 0)
        self.show_rows([_FeeRow(one, self._is_chosen(one)) for one in self._fees])
        if self._fees:
            self.select_key(self._fees[min(place, len(self._fees) - 1)].bill_id)
        self.changed.emit()


class LateFeeDialog(SmallForm):
    """What each late bill bears up to a day; `stored` are the bills of the penalties."""

    def __init__(self, context: AppContext, parent: QWidget, unit: Unit) -> None:
        title = _("Late-payment penalties: {house}").format(house=unit.short)
        super().__init__(context, parent, title, _("Bill them"), width=_WIDTH)
        theme = context.theme
        self._unit = unit
        self._today = context.now().date()
        self.table = _FeeTicks(theme)
        self.table.left.connect(self.reject)
        self.body.insertWidget(1, self.table)
        self._none = Label(theme, ink=Ink.TEXT_2, wrap=True)
        self.body.insertWidget(2, self._none)
        self.until = day_field(context, _("Reckoned until"))
        self.until.show_words(self._today.isoformat())
        self._sum = Label(theme, bold=True)
        self._said = Label(theme, ink=Ink.TEXT_2, wrap=True, selectable=True)
        self._warned = Label(theme, ink=Ink.WARN, wrap=True, selectable=True)
        self._hint = Label(theme, ink=Ink.TEXT_3)
        self.rows.add_row("until_on", _("Reckoned until"), self.until, self._sum, note=self._hint)
        self.body.addWidget(self._said)
        self.body.addWidget(self._warned)
        self.table.changed.connect(self._tell)
        self.until.textEdited.connect(lambda _words: self._refill())
        self._refill()
        if self.table.is_empty():
            self.until.setFocus()
        else:
            self.table.setFocus()

    def _refill(self) -> None:
        """Reckon anew; while the day cannot be read, what stands there stays."""
        try:
            until = read_day_of(self.until, "until_on", self._today)
        except DraftError:
            return
        if until is None:
            return
        fees = list_late_fees(self._unit.id, until)
        self.table.setFixedHeight(self.table.height_of(min(max(len(fees), 1), _ROWS)))
        self.table.setVisible(bool(fees))
        self._none.setVisible(not fees)
        self.verb.setEnabled(bool(fees))
        self._none.show_text(
            _(
                "No bill of this house bears a penalty: none is late, or its price names no rate "
                "with a clause. A rate is entered with the price, under Bills and prices."
            )
        )
        self._hint.show_text(_("Space leaves a bill out") if fees else "")
        self.table.show_fees(fees)
        self._explain(fees)

    def _explain(self, fees: Sequence[BillLateFee]) -> None:
        """Say by which clause and at which rate a year, and what courts say of it."""
        terms = dict.fromkeys(one.fee.terms for one in fees)
        said = [
            _("{clause}: {rate} a day are {yearly} a year, simple interest").format(
                clause=one.clause, rate=daily_words(one.rate_e6), yearly=annual_words(one.rate_e6)
            )
            for one in terms
        ]
        self._said.show_text("\n".join([*said, prevails_words()]) if fees else "")
        warned = dict.fromkeys(words for one in fees for words in one.warnings)
        self._warned.show_text("\n".join(warned))
        self._warned.setVisible(bool(warned))

    def _tell(self) -> None:
        chosen = sum(one.to_charge_fen for one in self.table.chosen())
        words = _("To bill: {amount} yuan").format(amount=money_words(chosen))
        self._sum.show_text(words if chosen else "")

    def act(self) -> list[Bill]:
        """Bill the chosen ones."""
        until = read_day_of(self.until, "until_on", self._today)
        if until is None:
            raise DraftError((Problem("until_on", _("Write until when it is reckoned.")),))
        return charge_late_fees(
            self._unit.id,
            [one.bill_id for one in self.table.chosen()],
            until_on=until,
            by=self.context.staff.id,
            now=self.context.now(),
        )


def _state(row: _FeeRow) -> Mark:
    if row.is_chosen:
        return Mark(_("bill it"), Tone.OK)
    words = _("leave") if row.fee.to_charge_fen else _("all billed")
    return Mark(words, Tone.NEUTRAL)


def _days(row: _FeeRow) -> int:
    return sum(span.days for span in row.fee.fee.spans)

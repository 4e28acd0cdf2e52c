"""Which months are billed: `2026-11` or `2026-Q4`, typed, or walked to with the arrows."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.bill_runs import period_words, read_period, shifted_period
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_periods import month_number
from propdesk.i18n import _
from ui.theme import Ink, Size, Space, Theme
from ui.widgets.fields import mark_bad
from ui.widgets.labels import Label
from ui.widgets.month_field import WalkedField

_WIDTH = 120


class PeriodField(QWidget):
    """A month or a quarter; the arrows walk by as much as is shown.

    `period_changed` comes when another one was taken. What cannot be read is said beside it.
    """

    period_changed = Signal()

    def __init__(self, theme: Theme, period: tuple[date, date]) -> None:
        super().__init__()
        self._period = period
        self._typed = WalkedField(theme, _("Charged for"), width=_WIDTH, longest=30)
        self._typed.setToolTip(_("A month or a quarter: 2026-11 or 2026-Q4"))
        self._said = Label(theme, ink=Ink.TEXT_3, size=Size.SMALL)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self._typed)
        row.addWidget(self._said)
        self._typed.finished.connect(self._on_typed)
        self._typed.editingFinished.connect(self._on_typed)
        self._typed.walked.connect(self._walk)
        self._typed.left.connect(self._show)
        self.setFocusProxy(self._typed)
        self._show()

    def period(self) -> tuple[date, date]:
        """Return the first and the last day."""
        return self._period

    def show_period(self, period: tuple[date, date]) -> None:
        """Show a period without telling anybody."""
        self._period = period
        self._show()

    def _show(self) -> None:
        self._typed.setText(period_words(*self._period))
        self._typed.setModified(False)
        self._typed.selectAll()
        first, last = self._period
        self._say(_("{start} to {end}").format(start=first, end=last))

    def _say(self, words: str, *, is_problem: bool = False) -> None:
        self._said.show_text(words, Ink.DANGER if is_problem else Ink.TEXT_3)
        self._typed.setAccessibleDescription(words)
        mark_bad(self._typed, is_bad=is_problem)

    def _walk(self, step: int) -> None:
        first, last = self._period
        months = month_number(last) - month_number(first) + 1
        self._take(shifted_period(first, months, step))

    def _on_typed(self) -> None:
        if not self._typed.isModified():
            return
        try:
            self._take(read_period(self._typed.words()))
        except RuleError as refusal:
            self._say(str(refusal), is_problem=True)

    def _take(self, period: tuple[date, date]) -> None:
        is_other = period != self._period
        self._period = period
        self._show()
        if is_other:
            self.period_changed.emit()

"""One day, or a period from day to day: typed in short forms, walked with Page Up and Page Down."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.errors import RuleError
from propdesk.domain.moments import parse_day
from propdesk.i18n import _
from ui.theme import Ink, Size, Space, Theme
from ui.widgets.fields import mark_bad
from ui.widgets.labels import Label
from ui.widgets.month_field import WalkedField


class _Typed(WalkedField):
    """A day, walked by days; leaving the field takes what was typed."""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.isModified():
            self.finished.emit()


class DaysField(QWidget):
    """As many days as names are given: `("Day",)`, or `("From", "To")`.

    `days_changed` comes when one is another day, `entered` when Enter was pressed on one. What is
    no day is said beside the fields, and the day before it stays.
    """

    days_changed = Signal()
    entered = Signal()

    def __init__(
        self, theme: Theme, names: tuple[str, ...], days: tuple[date, ...], today: date
    ) -> None:
        super().__init__()
        self._days = list(days)
        self._today = today
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        self._fields: list[_Typed] = []
        for place, name in enumerate(names):
            row.addWidget(Label(theme, name, ink=Ink.TEXT_3))
            field = _Typed(theme, name, width=112, longest=20)
            field.finished.connect(lambda place=place: self._on_typed(place))
            field.walked.connect(lambda step, place=place: self._walk(place, step))
            field.left.connect(self._show)
            row.addWidget(field)
            self._fields.append(field)
        self._problem = Label(theme, ink=Ink.DANGER, size=Size.SMALL, elide=True)
        row.addWidget(self._problem, 1)
        self.setFocusProxy(self._fields[0])
        self._show()

    def days(self) -> tuple[date, ...]:
        """Return the days that are shown."""
        return tuple(self._days)

    def show_days(self, days: tuple[date, ...]) -> None:
        """Show other days, without telling anybody."""
        self._days = list(days)
        self._show()

    def _show(self) -> None:
        for field, day in zip(self._fields, self._days, strict=True):
            field.show_words(day.isoformat())
            field.setModified(False)
            field.setAccessibleDescription("")
            mark_bad(field, is_bad=False)
        self._problem.show_text("")

    def _walk(self, place: int, step: int) -> None:
        self._take(place, date.fromordinal(self._days[place].toordinal() + step))

    def _on_typed(self, place: int) -> None:
        field = self._fields[place]
        try:
            day = parse_day(field.words(), self._today)
        except RuleError as refusal:
            self._problem.show_text(str(refusal))
            field.setAccessibleDescription(str(refusal))
            mark_bad(field, is_bad=True)
            return
        has_focus = field.hasFocus()
        self._take(place, day)
        if has_focus:
            self.entered.emit()

    def _take(self, place: int, day: date) -> None:
        is_other = day != self._days[place]
        self._days[place] = day
        self._show()
        if is_other:
            self.days_changed.emit()


def period_names() -> tuple[str, str]:
    """Return the names of a period's two days."""
    return _("From"), _("To")

"""Which month: typed, or walked to with the arrows beside it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.errors import RuleError
from propdesk.domain.months import Month
from propdesk.i18n import _
from ui.theme import Ink, Size, Space, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.fields import LineField, mark_bad
from ui.widgets.labels import Label


class WalkedField(LineField):
    """A field that is walked through: Enter takes what is typed, PageUp and PageDown walk on."""

    walked = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what is typed with Enter, walk with the arrows; Esc first gives up the typing."""
        steps = {
            Qt.Key.Key_PageUp: -1,
            Qt.Key.Key_PageDown: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
        }
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
        elif event.key() in steps:
            self.walked.emit(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let the first key take the place of what stands there."""
        super().focusInEvent(event)
        self.selectAll()


class MonthField(QWidget):
    """A month between two arrows; Alt+Left and Alt+Right walk wherever the focus is.

    `month_changed` comes with the new month, `entered` when Enter was pressed on one. What cannot
    be read, and what lies after `latest`, is said beside the field.
    """

    month_changed = Signal(object)  # a Month
    entered = Signal()

    def __init__(self, theme: Theme, month: Month, *, latest: Month) -> None:
        super().__init__()
        self._month = month
        self._latest = latest
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        previous = Button(
            theme, "", kind=Kind.QUIET, icon="chevron-left", name=_("Month before (Alt+Left)")
        )
        self._next = Button(
            theme, "", kind=Kind.QUIET, icon="chevron-right", name=_("Month after (Alt+Right)")
        )
        self._typed = WalkedField(theme, _("Month"), width=92, longest=20)
        self._problem = Label(theme, ink=Ink.DANGER, size=Size.SMALL, elide=True)
        for widget in (previous, self._typed, self._next):
            row.addWidget(widget)
        row.addSpacing(Space.S)
        row.addWidget(self._problem, 1)
        self._typed.finished.connect(self._on_typed)
        self._typed.walked.connect(self._walk)
        self._typed.left.connect(self._show)
        for button, keys, step in ((previous, "Alt+Left", -1), (self._next, "Alt+Right", 1)):
            button.clicked.connect(lambda _checked, step=step: self._walk(step))
            QShortcut(QKeySequence(keys), self).activated.connect(
                lambda step=step: self._walk(step)
            )
        self.setFocusProxy(self._typed)
        self._show()

    def month(self) -> Month:
        """Return the month that is shown."""
        return self._month

    def show_month(self, month: Month, *, latest: Month | None = None) -> None:
        """Show a month without telling anybody; `latest` is how far one may walk."""
        self._month = month
        self._latest = latest or self._latest
        self._show()

    def _show(self) -> None:
        self._typed.show_words(str(self._month))
        self._typed.setModified(False)
        self._say("")
        self._next.setEnabled(self._month < self._latest)

    def _say(self, problem: str) -> None:
        self._problem.show_text(problem)
        self._typed.setAccessibleDescription(problem)
        mark_bad(self._typed, is_bad=bool(problem))

    def _walk(self, step: int) -> None:
        self._take(min(self._month.shifted(step), self._latest))

    def _on_typed(self) -> None:
        try:
            month = Month.parse(self._typed.words())
        except RuleError as refusal:
            self._say(str(refusal))
            return
        if month > self._latest:
            self._say(_("{month} has not begun yet").format(month=month))
        else:
            self._take(month)
            self.entered.emit()

    def _take(self, month: Month) -> None:
        is_other = month != self._month
        self._month = month
        self._show()
        if is_other:
            self.month_changed.emit(month)

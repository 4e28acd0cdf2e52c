"""What the forms of the register share: a title, rows, Ctrl+S saves, Esc leaves."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from propdesk.domain.errors import Problem
from propdesk.i18n import _
from ui.theme import Ink, Size, Space, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label, Surface
from ui.widgets.panes import ActionBar, DetailPane


class RegisterForm(Surface):
    """A form pane beside the list; the list and its selection stay in sight.

    `saved` comes when the clerk wants to store what is typed, `left` when not: both decide nothing,
    the page does. A subclass adds its rows and says what is typed with `typed`.
    """

    saved = Signal()
    left = Signal()

    def __init__(self, theme: Theme, *, icon: str, save: str) -> None:
        super().__init__(theme)
        self._theme = theme
        self._before: Any = None
        self.heading = Label(theme, size=Size.TITLE, bold=True, elide=True)
        self.under = Label(theme, ink=Ink.TEXT_2, wrap=True)
        self.rows = FormRows(theme)
        self.save = Button(theme, save, kind=Kind.PRIMARY, icon=icon, shortcut="Ctrl+S")
        self.save.clicked.connect(self.saved)
        self.cancel = Button(theme, _("Cancel"), kind=Kind.QUIET, hint="Esc")
        self.cancel.clicked.connect(self.left)
        hint = Label(theme, _("F8 next problem"), ink=Ink.TEXT_3, size=Size.SMALL)
        pane = DetailPane(theme, ActionBar(theme, [self.save, self.cancel], [hint]))
        pane.body.addWidget(self.heading)
        pane.body.addWidget(self.under)
        pane.body.addWidget(self.rows)
        pane.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.XS, 0, 0)
        column.addWidget(pane)
        # Ctrl+Enter saves as well; Enter alone leads on to the next field.
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            key = QShortcut(QKeySequence(keys), self)
            key.activated.connect(self.saved)

    def typed(self) -> Any:
        """Return what is typed now, as a draft that can be compared."""
        raise NotImplementedError

    def begin(self, heading: str, under: str = "") -> None:
        """Take what the fields hold as the state before the clerk types."""
        self.heading.show_text(heading)
        self.under.show_text(under)
        self.under.setVisible(bool(under))
        self.rows.show_problems(())
        self._before = self.typed()

    def is_dirty(self) -> bool:
        """Tell whether something was typed that is not stored."""
        return bool(self.typed() != self._before)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Show what keeps the form from being stored, each under its field."""
        self.rows.show_problems(problems)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

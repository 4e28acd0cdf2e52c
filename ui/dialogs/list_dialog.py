"""The shape of a dialog that lists things: a sentence, a table, what is said of a line, verbs."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.i18n import _
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.tables.columns import Column
from ui.tables.view import RecordTable
from ui.theme import Ink, Size, Space
from ui.widgets.badges import Toast
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label

Row = TypeVar("Row")


class ListDialog(Dialog, Generic[Row]):
    """A table with verbs below it. Esc leaves; verbs that need a line are grey without one.

    A subclass says what is listed, in which columns, and what stands above and below.
    """

    def __init__(
        self,
        context: AppContext,
        parent: QWidget,
        title: str,
        columns: Sequence[Column],
        key: Callable[[Any], Hashable],
        *,
        width: int,
        rows: int,
        details: int = 2,
    ) -> None:
        super().__init__(context.theme, parent, title, width=width)
        self.context = context
        theme = context.theme
        self._needing: list[Button] = []
        self._hint = Label(theme, ink=Ink.TEXT_2, wrap=True)
        self.body.addWidget(self._hint)
        self.table = RecordTable(theme, title, columns, key, now=context.now)
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(rows))
        self.table.left.connect(self.reject)
        self.table.current_changed.connect(lambda _row: self._on_current())
        self.body.addWidget(self.table)
        self._detail = Label(theme, ink=Ink.TEXT_2, size=Size.SMALL, wrap=True, selectable=True)
        self._detail.setMinimumHeight(details * theme.line(Size.SMALL))
        self._detail.setVisible(details > 0)
        self.body.addWidget(self._detail)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(Space.S)
        self._acts.addStretch(1)
        self.body.addLayout(self._acts)
        self.add_verb("", _("Close"))
        self.toast = Toast(theme, self)

    # -- what each list says in its own way

    def listed(self) -> Sequence[Row]:
        """Return what the table shows."""
        raise NotImplementedError

    def hint_words(self, found: Sequence[Row]) -> str:
        """Return the sentence above the table; of an empty one what to do first."""
        raise NotImplementedError

    def detail_words(self, _row: Row) -> str:
        """Return what else is said of the chosen line."""
        return ""

    # -- building

    def add_act(
        self,
        word: str,
        act: Callable[[], object],
        keys: str,
        *,
        icon: str = "",
        kind: Kind = Kind.PLAIN,
        needs_row: bool = True,
    ) -> Button:
        """Add a verb below the table; Enter and Del work in the table alone."""
        button = Button(self.theme, word, icon=icon, hint=keys, kind=kind)
        button.clicked.connect(act)
        if keys == "Enter":
            self.table.opened.connect(lambda _row: act())
        else:
            within = self.table if keys == "Del" else self
            QShortcut(QKeySequence(keys), within).activated.connect(
                lambda: act() if button.isEnabled() else None
            )
        self._acts.insertWidget(self._acts.count() - 1, button)
        if needs_row:
            self._needing.append(button)
        return button

    # -- filling

    def current(self) -> Row | None:
        """Return the chosen line, None in an empty list."""
        row: Row | None = self.table.current_row()
        return row

    def refill(self, key: Hashable = None) -> None:
        """Read the list anew and stay on the line, or go to the one with this key."""
        if key is None and self.current() is not None:
            key = self.table.records.key_at(self.table.currentIndex().row())
        found = self.listed()
        self.table.show_rows(found)
        self._hint.show_text(self.hint_words(found))
        if key is not None:
            self.table.select_key(key)
        self._on_current()

    def _on_current(self) -> None:
        row = self.current()
        self._detail.show_text("" if row is None else self.detail_words(row))
        for button in self._needing:
            button.setEnabled(row is not None)

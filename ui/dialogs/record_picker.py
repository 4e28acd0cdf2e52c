"""Choose one of many: typing narrows the list, Enter chooses; the keyboard stays in the field."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from propdesk.i18n import _
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.tables.columns import Column
from ui.tables.view import RecordTable
from ui.widgets.buttons import Kind
from ui.widgets.search import SearchField

_WALK = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RecordPicker(Dialog):
    """A field above a list of records.

    A subclass gives what is found (`found`), a word where nothing is (`missing`), and calls
    `narrow("")` once it stands.
    """

    WIDTH = 460
    ROWS = 7

    def __init__(
        self,
        context: AppContext,
        parent: QWidget,
        title: str,
        columns: Sequence[Column],
        *,
        asked: str,
        listed: str,
        verb: str,
    ) -> None:
        super().__init__(context.theme, parent, title, width=self.WIDTH)
        self.context = context
        self.field = SearchField(context.theme, asked)
        self.field.textEdited.connect(self.narrow)
        self.field.left.connect(self.reject)
        self.field.installEventFilter(self)
        self.body.addWidget(self.field)
        self.table = RecordTable(
            context.theme, listed, columns, lambda one: one.id, now=context.now
        )
        self.table.make_dense()
        self.table.opened.connect(lambda _row: self.choose("choose"))
        self.table.left.connect(self.reject)
        self.table.setFixedHeight(self.table.height_of(self.ROWS))
        self.body.addWidget(self.table)
        self._hint = self.add_sentence("", is_quiet=True)
        self.add_verb("", _("Cancel"))
        self.add_verb("choose", verb, kind=Kind.PRIMARY, is_default=True)
        self.field.setFocus()

    def found(self, typed: str) -> Sequence[Any]:
        """Return the records that fit what is typed; all that are proposed for nothing."""
        raise NotImplementedError

    def missing(self, typed: str) -> str:
        """Return what is said where the list is empty."""
        raise NotImplementedError

    def narrow(self, typed: str) -> None:
        """Show what fits, the first line chosen."""
        self.table.show_rows(self.found(typed))
        is_empty = self.table.is_empty()
        hint = self.missing(typed) if is_empty else _("Up and Down choose, Enter takes the line.")
        self._hint.show_text(hint)

    def choose(self, key: str) -> None:
        """Close only when there is something to choose."""
        if key != "choose" or self.table.current_row() is not None:
            super().choose(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk along the list and choose from it while the keyboard is in the field."""
        if (
            watched is self.field
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            if event.key() in _WALK:
                QApplication.sendEvent(self.table, event)
                return True
            if event.key() in _ENTER:
                self.choose("choose")
                return True
        return super().eventFilter(watched, event)

"""Which thing of the ledger: typing narrows the list, Enter chooses (R70)."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from propdesk.domain.assets import ASSET_KIND_LABELS, Asset
from propdesk.i18n import _, _lazy
from propdesk.services.queries.assets import search_assets
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.tables.columns import Column
from ui.tables.view import RecordTable
from ui.widgets.buttons import Button, Kind
from ui.widgets.search import SearchField

_WIDTH, _ROWS = 660, 7
_WALK = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AssetPicker(Dialog):
    """Things by number, name or place; the keyboard stays in the field above the list.

    `first` are those of the ticket's building, which stand there before anything is typed. Ctrl+D
    says that the matter is about no thing.
    """

    def __init__(
        self,
        context: AppContext,
        parent: QWidget,
        title: str,
        *,
        first: Sequence[Asset] = (),
        present: Asset | None = None,
    ) -> None:
        super().__init__(context.theme, parent, title, width=_WIDTH)
        self._first = first
        theme = context.theme
        self.field = SearchField(theme, _("Number, name, place, serial no."))
        self.field.textEdited.connect(self._narrow)
        self.field.left.connect(self.reject)
        self.field.installEventFilter(self)
        self.body.addWidget(self.field)
        self.table = RecordTable(
            theme, _("Ledger of equipment"), _columns(), lambda one: one.id, now=context.now
        )
        self.table.make_dense()
        self.table.opened.connect(lambda _row: self.choose("choose"))
        self.table.left.connect(self.reject)
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.body.addWidget(self.table)
        self._hint = self.add_sentence("", is_quiet=True)
        if present is not None:
            none = Button(theme, _("No thing"), hint="Ctrl+D", kind=Kind.QUIET)
            none.clicked.connect(lambda: self.choose("none"))
            QShortcut(QKeySequence("Ctrl+D"), self).activated.connect(none.click)
            self._foot.insertWidget(0, none)
        self.add_verb("", _("Cancel"))
        self.add_verb("choose", _("Choose"), kind=Kind.PRIMARY, is_default=True)
        self._narrow("")
        if present is not None:
            self.table.select_key(present.id)
        self.field.setFocus()

    def asset(self) -> Asset | None:
        """Return the thing of the chosen line."""
        row = self.table.current_row()
        return row if isinstance(row, Asset) else None

    def choose(self, key: str) -> None:
        """Close only when there is something to choose."""
        if key != "choose" or self.asset() is not None:
            super().choose(key)

    def _narrow(self, typed: str) -> None:
        found = search_assets(typed) if typed.strip() else (self._first or search_assets(""))
        self.table.show_rows(found)
        if not self.table.is_empty():
            hint = _("Up and Down choose, Enter takes the line.")
        elif typed:
            hint = _("Nothing in the ledger is called so.")
        else:
            hint = _("The ledger is empty: Inspections > More > Equipment and companies.")
        self._hint.show_text(hint)

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


def _columns() -> Sequence[Column]:
    return (
        Column("code", _lazy("Number"), lambda one: one.draft.code, width=90, least=76),
        Column("name", _lazy("Name of the thing"), lambda one: one.draft.name, width=170,
               stretches=True, is_strong=True),
        Column("kind", _lazy("Kind"), lambda one: str(ASSET_KIND_LABELS[one.draft.kind]),
               width=100),
        Column("where", _lazy("Place"), lambda one: one.where, width=180),
    )  # fmt: skip

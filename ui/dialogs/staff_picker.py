"""Who sits at the desk: typing narrows the list, Enter chooses (decision 24; no password yet)."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from propdesk.domain.staff import ROLE_LABELS, Staff
from propdesk.domain.texts import fold
from propdesk.i18n import _, _lazy
from propdesk.services.queries.staff import list_staff
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.staff_dialog import StaffDialog
from ui.tables.columns import Column
from ui.tables.view import RecordTable
from ui.widgets.buttons import Button, Kind
from ui.widgets.search import SearchField

_ROWS = 9
_WALK = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)

STAFF_COLUMNS = (
    Column("code", _lazy("Code"), lambda one: one.code, width=64, least=56, is_quiet=True),
    Column("name", _lazy("Name"), lambda one: one.name, width=120, is_strong=True),
    Column("department", _lazy("Department"), lambda one: one.department, width=90),
    Column(
        "role", _lazy("Position"), lambda one: str(ROLE_LABELS[one.role]), width=90, stretches=True
    ),
)


class StaffPicker(Dialog):
    """The staff who work here; the keyboard stays in the field above them."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("Who sits at the desk?"))
        self._context = context
        theme = context.theme
        self._staff: tuple[Staff, ...] = ()
        self._field = SearchField(theme, _("Name or code"))
        self._field.textEdited.connect(self._narrow)
        self._field.left.connect(self.reject)
        self._field.installEventFilter(self)
        self.body.addWidget(self._field)
        self._table = RecordTable(
            theme, _("Staff"), STAFF_COLUMNS, lambda one: one.id, now=context.now
        )
        self._table.make_dense()
        self._table.opened.connect(self._take)
        self._table.left.connect(self.reject)
        self._table.setFixedHeight(self._table.height_of(_ROWS))
        self.body.addWidget(self._table)
        self._add = Button(theme, _("Add staff"), icon="user-plus", shortcut="Ctrl+N")
        self._add.clicked.connect(self._add_staff)
        self._foot.insertWidget(0, self._add)
        self.add_verb("cancel", _("Cancel"))
        self.add_verb("choose", _("Sit here"), kind=Kind.PRIMARY, is_default=True)
        self._list()
        self._table.select_key(context.staff.id)
        self._field.setFocus()

    def pick(self) -> Staff | None:
        """Show the dialog; return who sits here now, None when nothing changes."""
        if self.ask() != "choose":
            return None
        row = self._table.current_row()
        return row if isinstance(row, Staff) else None

    def _list(self) -> None:
        self._staff = list_staff()
        self._narrow(self._field.words())

    def _narrow(self, typed: str) -> None:
        wanted = fold(typed)
        self._table.show_rows(
            [one for one in self._staff if wanted in fold(f"{one.code} {one.name}")]
        )

    def _take(self, _row: object) -> None:
        self.choose("choose")

    def choose(self, key: str) -> None:
        """Close only when there is somebody to choose."""
        if key != "choose" or self._table.current_row() is not None:
            super().choose(key)

    def _add_staff(self) -> None:
        typed = self._field.words() if self._table.is_empty() else ""
        dialog = StaffDialog(self._context, self, name=typed)
        dialog.ask()
        if dialog.stored is not None:
            self._field.clear_silently()
            self._list()
            self._table.select_key(dialog.stored.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk along the list and choose from it while the keyboard is in the field."""
        if watched is self._field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and event.key() in _WALK:
                QApplication.sendEvent(self._table, event)
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() in (
                Qt.Key.Key_Return,
                Qt.Key.Key_Enter,
            ):
                self.choose("choose")
                return True
        return super().eventFilter(watched, event)

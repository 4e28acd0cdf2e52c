"""Find a person of the register: typing narrows the list, Enter chooses."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from propdesk.domain.masking import mask_phone
from propdesk.i18n import _, _lazy
from propdesk.services.queries.persons import PersonFile, search_persons
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.known_person import houses_words
from ui.tables.columns import Column
from ui.tables.view import RecordTable
from ui.widgets.buttons import Kind
from ui.widgets.search import SearchField

_WIDTH, _ROWS = 620, 7
_WALK = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PersonPicker(Dialog):
    """Persons by name, pinyin or phone; `proposed` stand there before anything is typed.

    The keyboard stays in the field above the list. `left_out` is who is not meant.
    """

    def __init__(
        self,
        context: AppContext,
        parent: QWidget,
        title: str,
        verb: str,
        *,
        proposed: Sequence[PersonFile] = (),
        left_out: int | None = None,
    ) -> None:
        super().__init__(context.theme, parent, title, width=_WIDTH)
        self._context, self._proposed, self._left_out = context, proposed, left_out
        theme = context.theme
        self.field = SearchField(theme, _("Name, pinyin or digits of the phone"))
        self.field.textEdited.connect(self._narrow)
        self.field.left.connect(self.reject)
        self.field.installEventFilter(self)
        self.body.addWidget(self.field)
        self.table = RecordTable(
            theme, _("Persons"), self._columns(), lambda one: one.id, now=context.now
        )
        self.table.make_dense()
        self.table.opened.connect(lambda _row: self.choose("choose"))
        self.table.left.connect(self.reject)
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.body.addWidget(self.table)
        self._hint = self.add_sentence("", is_quiet=True)
        self.add_verb("cancel", _("Cancel"))
        self.add_verb("choose", verb, kind=Kind.PRIMARY, is_default=True)
        self._narrow("")
        self.field.setFocus()

    def pick(self) -> PersonFile | None:
        """Show the dialog; return who was chosen, None for nobody."""
        return self.person() if self.ask() == "choose" else None

    def person(self) -> PersonFile | None:
        """Return the person of the chosen line."""
        row = self.table.current_row()
        return row if isinstance(row, PersonFile) else None

    def choose(self, key: str) -> None:
        """Close only when there is somebody to choose."""
        if key != "choose" or self.person() is not None:
            super().choose(key)

    def _narrow(self, typed: str) -> None:
        found = search_persons(typed, self._context.now().date()) if typed else self._proposed
        self.table.show_rows([one for one in found if one.id != self._left_out])
        if not self.table.is_empty():
            hint = _("Up and Down choose, Enter takes the line.")
        elif typed:
            hint = _("Nobody in the register is called so or has this phone.")
        else:
            hint = _("Type, and who is meant appears here.")
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

    def _columns(self) -> Sequence[Column]:
        names = self._context.shown_names
        return (
            Column("name", _lazy("Name"), lambda one: names(one.name), width=130, is_strong=True,
                   is_name=True),
            Column("phones", _lazy("Phone"),
                   lambda one: _(", ").join(map(mask_phone, one.phones)), width=120),
            Column("houses", _lazy("Houses"), houses_words, width=200, stretches=True),
        )  # fmt: skip

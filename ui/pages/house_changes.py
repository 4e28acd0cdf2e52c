"""What a house was, is and will be: each value with its days, the newest first."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from propdesk.domain.unit_changes import (
    UNIT_FIELD_LABELS,
    Span,
    UnitChange,
    UnitField,
    value_words,
)
from propdesk.domain.units import UnitKind
from propdesk.i18n import _, _lazy
from propdesk.services.queries.unit_changes import count_changes, list_spans
from propdesk.services.queries.units import Unit
from propdesk.services.units import void_change
from ui.context import AppContext
from ui.dialogs.unit_change_dialog import ask_change
from ui.keyboard import add_entry
from ui.pages.house_part import HousePart, PartHead, inset
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.memory import ScopedMemory
from ui.tables.view import RecordTable
from ui.theme import Ink, Space, Tone
from ui.unit_words import days_words, span_words
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label

# The letters of the menu; N is the house's number.
_LETTERS = {
    UnitField.STATE: "S",
    UnitField.AREA: "A",
    UnitField.USAGE: "U",
    UnitField.LAYOUT: "L",
    UnitField.CONTRACT: "C",
    UnitField.NUMBER: "N",
}


class HouseChanges(HousePart):
    """The history of a house: Ins enters a change, Enter says a line anew, Del takes it out."""

    title = _lazy("Changes")

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        theme = context.theme
        self.table: RecordTable = RecordTable(
            theme,
            _("Changes of the house"),
            self._columns(),
            lambda span: span.line.id,
            memory=ScopedMemory(context.memory, "residents/changes"),
            margin=Space.XL,
            now=context.now,
        )
        self.table.make_dense()
        self.table.opened.connect(self._on_correct)
        self.table.left.connect(self.left)
        self.table.current_changed.connect(self._on_current)
        self._new = Button(theme, _("New change"), kind=Kind.QUIET, icon="plus", shortcut="Ins")
        self._new.clicked.connect(self._on_new)
        self._correct = Button(theme, _("Say anew"), kind=Kind.QUIET, hint="Enter")
        self._correct.clicked.connect(self._on_correct_chosen)
        self._void = Button(theme, _("Take out"), kind=Kind.QUIET, hint="Del")
        self._void.clicked.connect(self._on_void)
        words = _("Nothing has changed as long as is known. Ins enters a change.")
        self._none = Label(theme, words, ink=Ink.TEXT_3, wrap=True)
        # Del belongs to the table alone: in a field it deletes a letter.
        key = QShortcut(QKeySequence("Del"), self.table)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self._on_void)
        title = Label(theme, _("Changes of the house"), bold=True)
        self.body.addWidget(PartHead(title, (self._new, self._correct, self._void)))
        self.body.addWidget(self.table, 1)
        self.body.addLayout(inset(self._none))
        self.body.addStretch(0)

    def _columns(self) -> Sequence[Column]:
        return (
            Column("field", _lazy("What"), lambda span: str(UNIT_FIELD_LABELS[span.line.field]),
                   width=84, least=84),
            Column("value", _lazy("Value"),
                   lambda span: value_words(span.line.field, span.line.value, self._kind()),
                   width=120, least=110, stretches=True),
            Column("days", _lazy("From - to"), days_words, width=190, least=186, is_quiet=True),
            Column("note", _lazy("Note"), lambda span: span.line.note, width=120, least=70, rank=1),
            Column("by", _lazy("By"), lambda span: span.line.staff, width=74, rank=2,
                   is_quiet=True),
            Column("state", _lazy("State"), self._mark, CellKind.STATUS, width=104, least=100),
        )  # fmt: skip

    def _kind(self) -> UnitKind:
        return UnitKind.HOME if self.unit is None else self.unit.kind

    def _mark(self, span: Span) -> Mark:
        today = self.context.now().date()
        if span.line.is_coming(today):
            return Mark(_("To come"), Tone.INFO)
        if span.until is None or span.until >= today:
            return Mark(_("Holds now"), Tone.OK)
        return Mark(_("Was"), Tone.NEUTRAL)

    def count(self) -> int | None:
        """Return how many changes there were and will be."""
        return None if self.unit is None else count_changes(self.unit.id)

    def show_unit(self, unit: Unit | None) -> None:
        """Show the history of a house."""
        self.take(unit)
        chosen = self.table.current_row()
        self.table.show_rows(() if unit is None else list_spans(unit.id))
        if isinstance(chosen, Span):
            self.table.select_key(chosen.line.id)
        is_empty = self.table.is_empty()
        self.table.setVisible(not is_empty)
        self._none.setVisible(is_empty)
        self._on_current(self.table.current_row())

    def enter(self) -> bool:
        """Put the keyboard on the history, or on the first act where there is none."""
        (self._new if self.table.is_empty() else self.table).setFocus()
        return True

    def _on_current(self, row: object) -> None:
        line = row.line if isinstance(row, Span) else None
        may = line is not None and line.field is not UnitField.NUMBER
        self._correct.setEnabled(may)
        self._void.setEnabled(may and line is not None and not line.is_first)

    def _on_new(self) -> None:
        menu = QMenu(self)
        for field, letter in _LETTERS.items():
            keys = "F6" if field is UnitField.STATE else ""
            act = partial(self._ask, field)
            add_entry(menu, str(UNIT_FIELD_LABELS[field]), letter, act, keys=keys)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._new.mapToGlobal(QPoint(0, self._new.height())))

    def _on_correct_chosen(self) -> None:
        self._on_correct(self.table.current_row())

    def _on_correct(self, row: object) -> None:
        if isinstance(row, Span) and row.line.field is not UnitField.NUMBER:
            self._ask(row.line.field, row.line)

    def _ask(self, field: UnitField, line: UnitChange | None = None) -> None:
        if self.unit is not None:
            words = ask_change(self.context, self, self.unit, field, line)
            if words:
                self.stored.emit(words)

    def _on_void(self) -> None:
        row = self.table.current_row()
        if not isinstance(row, Span) or not self._void.isEnabled():
            return
        context = self.context
        is_meant = context.messages.confirm(
            self,
            _("Take this change out?"),
            _("{what}: what was before it holds on. It can still be read in the history.").format(
                what=span_words(row, self._kind())
            ),
            act=_("Take it out"),
            keep=_("Leave it there"),
        )
        if is_meant and context.attempt(
            self,
            _("This stays as it is"),
            lambda: void_change(row.line.id, by=context.staff.id, now=context.now()),
        ):
            self.stored.emit(_("The change is taken out"))

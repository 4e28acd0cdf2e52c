"""Rows of names by the keyboard: Enter begins the next one, Enter in an empty row is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme import Ink, Size, Space, Theme
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField, mark_bad
from ui.widgets.labels import Label

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Pick:
    """Something to choose beside each name: how it is called, and its choices."""

    name: str
    choices: Sequence[Choice]


@dataclass(frozen=True, slots=True)
class Named:
    """A row: the name, what is chosen beside it, and the key of what is stored already."""

    name: str
    picks: tuple[str, ...] = ()
    key: str = ""


class _Row(QWidget):
    """A name, the picks beside it, and a problem in one line below."""

    def __init__(self, theme: Theme, name: str, hint: str, picks: Sequence[Pick]) -> None:
        super().__init__()
        self.key = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        line = QHBoxLayout()
        line.setSpacing(Space.S)
        self.field = LineField(theme, name, placeholder=hint, longest=_LONGEST)
        line.addWidget(self.field, 2)
        self.picks = [PickField(theme, pick.name, pick.choices) for pick in picks]
        for pick in self.picks:
            line.addWidget(pick, 1)
        column.addLayout(line)
        self.problem = Label(theme, ink=Ink.DANGER, size=Size.SMALL, wrap=True)
        self.problem.hide()
        column.addWidget(self.problem)

    def named(self) -> Named:
        return Named(self.field.words(), tuple(pick.value() for pick in self.picks), self.key)


class NameRows(QScrollArea):
    """The rows; there is always an empty one at the end. `finished`: Enter in an empty row."""

    finished = Signal()
    changed = Signal()

    def __init__(self, theme: Theme, name: str, hint: str, picks: Sequence[Pick] = ()) -> None:
        super().__init__()
        self._theme = theme
        self._name, self._hint, self._picks = name, hint, tuple(picks)
        self._rows: list[_Row] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        inner = QWidget()
        # The ground of the dialog shows through.
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S)
        self._column.addStretch(1)
        self.setWidget(inner)

    def show_rows(self, rows: Sequence[Named]) -> None:
        """Show these rows and an empty one behind them."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = []
        for named in rows:
            self._add(named)
        self._add_empty()

    def limit_picks(self, row: int, pick: int, choices: Sequence[Choice]) -> None:
        """Offer fewer choices in one row: whoever sets the office up must be allowed to."""
        self._rows[row].picks[pick].set_choices(choices)

    def named(self) -> list[Named]:
        """Return the rows that say something, and those that are stored."""
        found = [row.named() for row in self._rows]
        return [one for one in found if one.name or one.key]

    def set_key(self, place: int, key: str) -> None:
        """Note that a row (of those that `named` returned) is stored."""
        self._said()[place].key = key

    def show_problem(self, place: int, words: str) -> None:
        """Say what is wrong with a row (of those that `named` returned) and go there."""
        self.clear_problems()
        row = self._said()[place]
        row.problem.show_text(words)
        row.problem.show()
        mark_bad(row.field, is_bad=True)
        row.field.setFocus()
        row.field.selectAll()

    def clear_problems(self) -> None:
        """Everything is as it should be."""
        for row in self._rows:
            row.problem.hide()
            mark_bad(row.field, is_bad=False)

    def enter(self) -> None:
        """Put the keyboard into the first row, ready to be typed over."""
        self._rows[0].field.setFocus()
        self._rows[0].field.selectAll()

    def _said(self) -> list[_Row]:
        return [row for row in self._rows if row.field.words() or row.key]

    def _add(self, named: Named) -> _Row:
        row = _Row(self._theme, self._name, self._hint, self._picks)
        row.key = named.key
        row.field.show_words(named.name)
        for n, pick in enumerate(row.picks):
            pick.choose(named.picks[n] if named.picks else self._picks[n].choices[0].key)
        row.field.installEventFilter(self)
        row.field.textEdited.connect(self._on_edited)
        for pick in row.picks:
            pick.installEventFilter(self)
            pick.picked.connect(self.changed)
        self._rows.append(row)
        self._column.insertWidget(self._column.count() - 1, row)
        row.show()
        return row

    def _add_empty(self) -> None:
        # Who comes next mostly does the same as the one before, but for the first at the desk.
        before = self._rows[-1].named().picks if len(self._rows) > 1 else ()
        self._add(Named("", before))

    def _on_edited(self) -> None:
        if self._rows[-1].field.words():
            self._add_empty()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on to the next name with Enter; keep the row that has the keyboard in sight."""
        if event.type() == QEvent.Type.FocusIn:
            row = watched.parent()
            if isinstance(row, QWidget):
                # A row that was just added has its place only when the layout is done.
                QTimer.singleShot(0, row, lambda: self.ensureWidgetVisible(row))
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _ENTER
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self._go_on(watched)
            return True
        return super().eventFilter(watched, event)

    def _go_on(self, present: QObject) -> None:
        place = next(
            n for n, row in enumerate(self._rows) if present is row.field or present in row.picks
        )
        if not self._rows[place].field.words() and not self._rows[place].key:
            self.finished.emit()
            return
        following = self._rows[min(place + 1, len(self._rows) - 1)]
        following.field.setFocus()
        following.field.selectAll()

"""The cells of a sheet by the keyboard: type, Enter, type, Enter; ticks and choices by a digit.

Lines are drawn, not made of fields: a month's sheet of eighteen points opens as fast as a short
one. Only the cell that the keyboard is in has a field, where something is typed.
"""

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from propdesk.domain.check_items import CheckItem, ItemKind, Verdict
from propdesk.domain.findings import Finding
from propdesk.domain.sheet_entry import CellKey, SheetEntry
from propdesk.i18n import _
from ui.pages.sheet_cells import Line, SheetPainter, Shown, lines_of, standard_words, verdict_words
from ui.pages.sheet_field import NOT_APPLICABLE, STEPS, CellField, is_plain
from ui.theme import Size, Space, Theme
from ui.widgets.fields import mark_bad

_TICKS = {1: Verdict.NORMAL, 2: Verdict.ABNORMAL, 3: Verdict.NOT_APPLICABLE}


class SheetGrid(QAbstractScrollArea):
    """The lines of a sheet. `edited` comes with every change, `cell_changed` with every step.

    `finished` comes when the keyboard goes on behind the last cell, `left` with Esc, `noted` when
    something abnormal was ticked and words are wanted.
    """

    edited = Signal()
    cell_changed = Signal()
    finished = Signal()
    left = Signal()
    noted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._painter = SheetPainter(theme)
        self._lines: list[Line] = []
        self._tops: list[int] = []
        self._shown: Shown | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Items of the sheet"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.field = CellField(theme, _("Reads"), longest=300, is_last=True)
        self.field.setParent(self.viewport())
        self.field.hide()
        self.field.textEdited.connect(self._on_typed)
        self.field.key_pressed.connect(self._on_key)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._place_field())
        theme.changed.connect(self._arrange)

    # -- what is shown

    def show_entry(
        self, entry: SheetEntry, findings: Mapping[CellKey, Finding], *, can_write: bool
    ) -> None:
        """Show a sheet from its first empty cell on; the same one stays where the keyboard is."""
        before = self._shown.current if self._shown is not None else None
        is_same = self._shown is not None and self._shown.entry.sheet.id == entry.sheet.id
        self._shown = Shown(entry, findings, has_focus=self._has_keyboard(), can_write=can_write)
        self._lines = lines_of(entry.sheet.places)
        self._arrange()
        if not is_same:
            self.verticalScrollBar().setValue(0)
        current = before if is_same else None
        self._go_to(current or self._first_empty() or self._first())

    def show_findings(self, findings: Mapping[CellKey, Finding]) -> None:
        """Show what became of the findings meanwhile."""
        if self._shown is not None:
            self._shown.findings = findings
            self.viewport().update()

    @property
    def current(self) -> CellKey | None:
        """The cell that the keyboard is at."""
        return self._shown.current if self._shown is not None else None

    @property
    def round_id(self) -> int | None:
        """The round whose column the keyboard is in."""
        return self.current[0] if self.current is not None else None

    def go_to(self, key: CellKey) -> None:
        """Go to a cell, and take the keyboard there."""
        self._go_to(key)
        self.take_focus()

    def go_to_cell(self, key: CellKey) -> None:
        """Go to a cell; the keyboard stays where it is."""
        self._go_to(key)

    def go_on(self) -> None:
        """Go on to the next cell."""
        self._walk(1)

    def go_to_round(self, round_id: int) -> None:
        """Go to the first empty cell of a round, to its first one where all are filled."""
        if self._shown is None or round_id == self.round_id:
            return
        keys = self._column(round_id)
        entry = self._shown.entry
        empty = (key for key in keys if not entry.is_filled(key))
        self._go_to(next(empty, keys[0] if keys else None))

    def go_to_empty(self) -> bool:
        """Go to the first cell that is still empty, of this round before the others."""
        empty = self._first_empty()
        if empty is not None:
            self.go_to(empty)
        return empty is not None

    def take_focus(self) -> None:
        """Put the keyboard into the current cell."""
        if self.field.isVisibleTo(self):
            self.field.setFocus()
            self.field.selectAll()
        else:
            self.setFocus()

    def refresh(self) -> None:
        """Draw again what the entry holds now, and show it in the field."""
        self._show_field()
        self.viewport().update()

    def _column(self, round_id: int) -> list[CellKey]:
        return list(self._shown.entry.keys(round_id)) if self._shown is not None else []

    def _first(self) -> CellKey | None:
        if self._shown is None or not self._shown.entry.sheet.rounds:
            return None
        keys = self._column(self._shown.entry.sheet.rounds[0].round_id)
        return keys[0] if keys else None

    def _first_empty(self) -> CellKey | None:
        if self._shown is None:
            return None
        entry, here = self._shown.entry, self.round_id
        rounds = sorted((one.round_id != here, n) for n, one in enumerate(entry.sheet.rounds))
        for _other, n in rounds:
            for key in self._column(entry.sheet.rounds[n].round_id):
                if not entry.is_filled(key):
                    return key
        return None

    # -- places

    def _head(self) -> int:
        return self._theme.line(Size.SMALL) + Space.M

    def _arrange(self) -> None:
        top = self._head()
        self._tops = []
        for line in self._lines:
            self._tops.append(top)
            top += self._painter.height_of(line)
        room = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(top - room, 0))
        bar.setPageStep(room)
        bar.setSingleStep(self._painter.row_height())
        self._show_field()
        self.viewport().update()

    def wanted_height(self) -> int:
        """Return the height that shows every line."""
        return self._head() + sum(map(self._painter.height_of, self._lines)) + 1

    def _cell_rect(self, key: CellKey) -> QRect:
        """Return where a cell is drawn now."""
        assert self._shown is not None  # noqa: S101 - asked for shown sheets only
        rounds = [one.round_id for one in self._shown.entry.sheet.rounds]
        cells = self._painter.columns(self.viewport().width(), len(rounds))[3]
        cell = cells[rounds.index(key[0])]
        top = self._tops[self._line_of(key)] - self.verticalScrollBar().value()
        return QRect(cell.left(), top, cell.width(), self._painter.row_height())

    def _line_of(self, key: CellKey) -> int:
        return next(
            n
            for n, line in enumerate(self._lines)
            if line.item is not None and (line.place.position, line.item.id) == key[1:]
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the lines anew."""
        super().resizeEvent(event)
        self._arrange()

    # -- walking

    def _item(self) -> CheckItem | None:
        if self._shown is None or self.current is None:
            return None
        return self._shown.entry.item(self.current)

    def _go_to(self, key: CellKey | None) -> None:
        if self._shown is None:
            return
        before = self._shown.current
        if before is not None and before != key:
            self._shown.entry.settle(before)
        had_keyboard = self._has_keyboard()
        self._shown.current = key
        if key is not None:
            self._scroll_to(key)
        self._show_field()
        if had_keyboard:
            self.take_focus()
        self._describe()
        self.viewport().update()
        self.cell_changed.emit()

    def _scroll_to(self, key: CellKey) -> None:
        place = self._line_of(key)
        # The name of the place above the first item is worth seeing too.
        above = place - 1 if place and self._lines[place - 1].item is None else place
        bar, top = self.verticalScrollBar(), self._tops[above]
        bottom = self._tops[place] + self._painter.row_height()
        if top - self._head() < bar.value():
            bar.setValue(top - self._head())
        elif bottom > bar.value() + self.viewport().height():
            bar.setValue(bottom - self.viewport().height())

    def _walk(self, step: int) -> None:
        """Go on within the round; behind its last cell comes what is empty in the others."""
        if self.current is None or self._shown is None:
            return
        keys = self._column(self.current[0])
        place = keys.index(self.current) + step
        if step == 1 and place == len(keys):
            self._shown.entry.settle(self.current)
            self.edited.emit()
            self.finished.emit()
            self.viewport().update()
            return
        self._go_to(keys[min(max(place, 0), len(keys) - 1)])

    def _walk_aside(self, step: int) -> None:
        if self.current is None or self._shown is None:
            return
        rounds = [one.round_id for one in self._shown.entry.sheet.rounds]
        place = rounds.index(self.current[0]) + step
        if 0 <= place < len(rounds):
            self._go_to((rounds[place], *self.current[1:]))

    def _describe(self) -> None:
        """Say to a screen reader where the keyboard is and what stands there."""
        item = self._item()
        if item is None or self._shown is None or self.current is None:
            return
        entry, key = self._shown.entry, self.current
        words = verdict_words(entry, key)[0]
        said = (item.name, standard_words(item), entry.cell(key).words, words)
        description = " ".join(filter(None, said))
        self.setAccessibleDescription(description)
        self.field.setAccessibleName(f"{item.name} {standard_words(item)}".strip())
        self.field.setAccessibleDescription(words)

    # -- the field

    def _has_keyboard(self) -> bool:
        return self.hasFocus() or self.field.hasFocus()

    def _show_field(self) -> None:
        item = self._item()
        is_typed = item is not None and item.kind in (ItemKind.NUMBER, ItemKind.TEXT)
        if self._shown is None or self.current is None or not is_typed:
            if self.field.hasFocus():
                self.setFocus()
            self.field.hide()
            return
        assert item is not None  # noqa: S101 - told by is_typed
        cell = self._shown.entry.cell(self.current)
        words = NOT_APPLICABLE if cell.verdict is Verdict.NOT_APPLICABLE else cell.words
        if self.field.text() != words:
            self.field.setText(words)
        right = item.kind is ItemKind.NUMBER
        self.field.setAlignment(
            Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        )
        self.field.setReadOnly(not self._shown.can_write)
        self._mark_field()
        self._place_field()
        self.field.show()

    def _mark_field(self) -> None:
        if self._shown is not None and self.current is not None:
            entry, key = self._shown.entry, self.current
            mark_bad(self.field, is_bad=bool(entry.side(key)) or key in entry.problems)

    def _place_field(self) -> None:
        item = self._item()
        if self._shown is not None and self.current is not None and item is not None:
            is_alone = len(self._shown.entry.sheet.rounds) == 1
            self.field.setGeometry(
                self._painter.box(self._cell_rect(self.current), item, is_alone=is_alone)
            )

    def _on_typed(self, words: str) -> None:
        if self._shown is None or self.current is None:
            return
        cell = self._shown.entry.edit(self.current)
        cell.words = words
        if cell.verdict is Verdict.NOT_APPLICABLE:
            cell.verdict = None
        self._mark_field()
        self._describe()
        self.viewport().update()
        self.edited.emit()

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by a digit, Space or slash; walk; leave."""
        self._on_key(event)

    def _on_key(self, event: QKeyEvent) -> None:
        if not self._walks(event) and not self._answers(event):
            event.ignore()

    def _walks(self, event: QKeyEvent) -> bool:
        """Walk with the keys that walk; tell whether it was one."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif not is_plain(event):
            return False
        elif key in STEPS:
            self._walk(STEPS[key])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._walk_aside(-1 if key == Qt.Key.Key_Left else 1)
        else:
            return False
        return True

    def _answers(self, event: QKeyEvent) -> bool:
        """Answer the cell with the keys that answer; tell whether it was one."""
        item, digit = self._item(), event.key() - Qt.Key.Key_0
        if item is None or self._shown is None or not self._shown.can_write:
            return False
        chosen = 1 if event.key() == Qt.Key.Key_Space else digit
        offered = len(self._painter.choices(item)) if is_plain(event) else 0
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and digit in _TICKS:
            self._judge(_TICKS[digit])
        elif event.text() == NOT_APPLICABLE:
            self._judge(Verdict.NOT_APPLICABLE)
        elif 1 <= chosen <= offered:
            self._choose(item, chosen)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.current is not None:
            self._shown.entry.clear(self.current)
            self._tell()
        else:
            return False
        return True

    def _judge(self, verdict: Verdict) -> None:
        """Say what a cell comes to, and go on; of something abnormal words are wanted first."""
        if self._shown is None or self.current is None:
            return
        item, cell = self._item(), self._shown.entry.edit(self.current)
        is_bare = item is not None and item.kind is ItemKind.NUMBER
        # A reading is judged by its limits unless somebody says that it is wrong all the same.
        cell.verdict = None if is_bare and verdict is Verdict.NORMAL else verdict
        if verdict is Verdict.NOT_APPLICABLE:
            cell.words = ""
        self._tell()
        if verdict is Verdict.ABNORMAL:
            self.noted.emit()
        else:
            self._walk(1)

    def _choose(self, item: CheckItem, digit: int) -> None:
        if item.kind is ItemKind.TICK:
            self._judge(_TICKS[digit])
            return
        if self._shown is None or self.current is None:
            return
        cell = self._shown.entry.edit(self.current)
        cell.words, cell.verdict = item.choices[digit - 1], None
        self._tell()
        if self._shown.entry.verdict(self.current) is Verdict.ABNORMAL:
            self.noted.emit()
        else:
            self._walk(1)

    def _tell(self) -> None:
        self._show_field()
        self._describe()
        self.viewport().update()
        self.edited.emit()

    # -- mouse, focus, picture

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the cell below the mouse; a word of its row is chosen."""
        point = event.position().toPoint()
        if self._shown is None:
            return
        for key in self._keys_at(point.y()):
            rect = self._cell_rect(key)
            if rect.contains(point) or len(self._shown.entry.sheet.rounds) == 1:
                self.go_to(key)
                item = self._shown.entry.item(key)
                for n, one in enumerate(self._painter.segments(rect, item), start=1):
                    if one.contains(point) and self._shown.can_write:
                        self._choose(item, n)
                return

    def _keys_at(self, y: int) -> list[CellKey]:
        assert self._shown is not None  # noqa: S101 - asked for shown sheets only
        offset = y + self.verticalScrollBar().value()
        for line, top in zip(self._lines, self._tops, strict=True):
            if line.item is not None and top <= offset < top + self._painter.height_of(line):
                return [
                    (one.round_id, line.place.position, line.item.id)
                    for one in self._shown.entry.sheet.rounds
                ]
        return []

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard to the field where something is typed."""
        super().focusInEvent(event)
        if self.field.isVisibleTo(self):
            self.take_focus()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard has gone."""
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines in sight, and over them the names of the columns."""
        shown = self._shown
        if shown is None:
            return
        painter = QPainter(self.viewport())
        width, height = self.viewport().width(), self.viewport().height()
        shown.has_focus = self.hasFocus()
        offset = self.verticalScrollBar().value()
        for line, top in zip(self._lines, self._tops, strict=True):
            if top - offset < height and top - offset + self._painter.height_of(line) > 0:
                self._painter.paint_line(painter, line, top - offset, width, shown)
        head = QRect(0, 0, width, self._head())
        painter.fillRect(head, self._theme.colours.surface)
        names = [one.clock for one in shown.entry.sheet.rounds]
        items = [line.item for line in self._lines if line.item is not None]
        self._painter.paint_head(painter, width, self._head(), names, items)

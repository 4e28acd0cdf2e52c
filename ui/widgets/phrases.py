"""Phrase cards beside a form (话术, R29): step by step, each a key away from the text.

A digit or Enter takes a card, the arrow keys walk and change the step, Esc goes back to the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from propdesk.i18n import _
from ui.theme import Ink, Size, Space, Theme
from ui.widgets.choices import Chips, Choice
from ui.widgets.labels import Label, Surface
from ui.widgets.painting import LEFT, focus_ring, ground, text, wrapped

_PAD = 6
_NUMBER = 20
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Card:
    """A phrase as it would be taken: its step, its short name, its text with the fields filled."""

    step: str
    title: str
    text: str


class _Cards(QWidget):
    """The cards of one step, below each other."""

    taken = Signal(str)
    stepped = Signal(int)
    left = Signal()
    walked = Signal(int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._cards: tuple[Card, ...] = ()
        self._boxes: list[tuple[QRect, list[str]]] = []
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        theme.changed.connect(self._arrange)

    def show_cards(self, cards: Sequence[Card]) -> None:
        self._cards = tuple(cards)
        self._current = 0
        self._arrange()

    def _arrange(self) -> None:
        """Wrap the texts to the width there is, and be as high as they need."""
        self._boxes = []
        y = 0
        room = max(self.width() - _NUMBER - 2 * _PAD, 40)
        for card in self._cards:
            lines = wrapped(card.text, self._theme.font(), room)
            height = self._theme.line(Size.SMALL) + self._theme.line() * len(lines) + 2 * _PAD - 2
            self._boxes.append((QRect(0, y, self.width(), height), lines))
            y += height + 2
        self.setFixedHeight(max(y, 1))
        self._describe()
        self.update()

    def _describe(self) -> None:
        card = self._cards[self._current] if self._cards else None
        self.setAccessibleName(_("Phrases"))
        self.setAccessibleDescription(f"{card.title}: {card.text}" if card else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self.height())

    def _go(self, place: int) -> None:
        if not self._cards:
            return
        self._current = min(max(place, 0), len(self._cards) - 1)
        box = self._boxes[self._current][0]
        self.walked.emit(box.center().x(), box.top() if place == 0 else box.bottom())
        self._describe()
        self.update()

    def _take(self, place: int) -> None:
        if 0 <= place < len(self._cards):
            self.taken.emit(self._cards[place].text)

    def event(self, event: QEvent) -> bool:
        # Esc leaves the cards here; it is not to leave the whole form.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, words = event.key(), event.text()
        walks = {Qt.Key.Key_Down.value: self._current + 1, Qt.Key.Key_Up.value: self._current - 1}
        steps = {Qt.Key.Key_Right.value: 1, Qt.Key.Key_Left.value: -1}
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and words.isascii() and words.isdigit() and words != "0":
            self._take(int(words) - 1)
        elif key in walks:
            self._go(walks[key])
        elif key in steps:
            self.stepped.emit(steps[key])
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._take(self._current)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for place, (box, _lines) in enumerate(self._boxes):
            if box.contains(event.position().toPoint()):
                self._take(place)
                return

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        for place, (card, (box, lines)) in enumerate(zip(self._cards, self._boxes, strict=True)):
            has_focus = place == self._current and self.hasFocus()
            if has_focus:
                ground(painter, box, theme.colours.accent_soft)
                focus_ring(painter, box, theme)
            y = box.top() + _PAD - 1
            small = theme.line(Size.SMALL)
            painter.setFont(theme.font(Size.SMALL))
            if place < _DIGITS:
                number = QRect(_PAD, y, _NUMBER, small)
                text(painter, number, str(place + 1), theme.ink(Ink.TEXT_3), LEFT)
            head = QRect(_NUMBER + _PAD, y, box.width() - _NUMBER - 2 * _PAD, small)
            text(painter, head, card.title, theme.ink(Ink.TEXT_3), LEFT)
            painter.setFont(theme.font())
            y += small
            for line in lines:
                rect = QRect(_NUMBER + _PAD, y, box.width() - _NUMBER - 2 * _PAD, theme.line())
                text(painter, rect, line, theme.ink(Ink.TEXT), LEFT)
                y += theme.line()


class PhrasePane(Surface):
    """The steps as chips above, the cards of the chosen one below.

    `taken` comes with the text of a card, `left` with Esc.
    """

    taken = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, steps: Sequence[Choice], *, keys: str = "") -> None:
        super().__init__(theme, "alt", line_above=True)
        self._cards: tuple[Card, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.S, Space.S)
        column.setSpacing(Space.XS)
        self.steps = Chips(theme, _("Step"), steps)
        self.steps.chosen_changed.connect(self._show_step)
        column.addWidget(self.steps)
        self.cards = _Cards(theme)
        self.cards.taken.connect(self._on_taken)
        self.cards.stepped.connect(self._on_stepped)
        self.cards.left.connect(self.left)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        self.cards.setAutoFillBackground(False)
        self._area.setWidget(self.cards)
        self.cards.walked.connect(lambda x, y: self._area.ensureVisible(x, y, 0, 40))
        column.addWidget(self._area, 1)
        words = " ".join(filter(None, (keys, _("1–9 take  ← → step  Esc back"))))
        column.addWidget(Label(theme, words, ink=Ink.TEXT_3, size=Size.SMALL))
        self.setFocusProxy(self.cards)

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show these cards; the step stays as it is."""
        self._cards = tuple(cards)
        self._show_step(self.steps.chosen())

    def go_to(self, step: str) -> None:
        """Show the cards of a step."""
        if step != self.steps.chosen():
            self.steps.choose(step)
        self._show_step(step)

    def _show_step(self, step: str) -> None:
        self.cards.show_cards([card for card in self._cards if card.step == step])
        self._area.verticalScrollBar().setValue(0)

    def _keys(self) -> list[str]:
        return list(dict.fromkeys(card.step for card in self._cards))

    def _on_stepped(self, way: int) -> None:
        keys = self._keys()
        if self.steps.chosen() in keys:
            place = keys.index(self.steps.chosen()) + way
            self.go_to(keys[min(max(place, 0), len(keys) - 1)])

    def _on_taken(self, words: str) -> None:
        self.taken.emit(words)

"""The time line of a record: what happened, how long it took, what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Ink, Size, Theme
from ui.widgets.painting import LEFT, RIGHT, dot, hairline, text, wrapped

_DOT = 7
_CURRENT_DOT = 9
_GAP = 6


class Step(StrEnum):
    """Where an event stands: it was, it is the last one, it is still to come."""

    PAST = "past"
    CURRENT = "current"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Event:
    """One event: `when` and `took` are ready words (`09:12`, `用时 4 分`)."""

    when: str
    word: str
    text: str = ""
    took: str = ""
    step: Step = Step.PAST


class TimeLine(QWidget):
    """Events from top to bottom on one stem; long texts take the lines they need."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._events: tuple[Event, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_events(self, events: Sequence[Event]) -> None:
        """Show these events, the oldest first."""
        self._events = tuple(events)
        words = [" ".join((e.when, e.word, e.text, e.took)).strip() for e in events]
        self.setAccessibleName("\n".join(words))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow pane makes the line longer."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all events."""
        return sum(self._heights(width)) + 4

    def sizeHint(self) -> QSize:
        """Take the height for the present width."""
        width = self.width() if self.width() > 200 else self._theme.px(400)
        return QSize(self._theme.px(320), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Accept a narrow pane."""
        return QSize(self._theme.px(200), self._row())

    def _row(self) -> int:
        return self._theme.line() + 6

    def _stem(self) -> int:
        """Return where the stem stands: right of the widest time."""
        metrics = self._theme.metrics(Size.SMALL)
        widest = max((metrics.horizontalAdvance(e.when) for e in self._events), default=0)
        return max(widest, self._theme.px(43)) + 13

    def _text_place(self, event: Event, width: int, stem: int) -> tuple[int, int]:
        """Return where an event's text begins, and how wide it may be."""
        is_bold = event.step is Step.CURRENT
        word = self._theme.metrics(bold=is_bold).horizontalAdvance(event.word)
        left = stem + 14 + word + (10 if word else 0)
        took = self._theme.metrics(Size.SMALL).horizontalAdvance(event.took)
        return left, max(width - left - (took + 12 if took else 0), 60)

    def _lines(self, event: Event, width: int, stem: int) -> list[str]:
        _left, room = self._text_place(event, width, stem)
        return wrapped(event.text, self._theme.font(Size.SMALL), room)

    def _heights(self, width: int) -> list[int]:
        small, stem = self._theme.line(Size.SMALL), self._stem()
        return [self._row() + (len(self._lines(e, width, stem)) - 1) * small for e in self._events]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw stem, dots and words."""
        painter = QPainter(self)
        heights = self._heights(self.width())
        stem = self._stem()
        top = 0
        for n, (event, height) in enumerate(zip(self._events, heights, strict=True)):
            middle = top + self._row() / 2
            if n + 1 < len(self._events):
                self._paint_stem(painter, stem, middle, middle + height, self._events[n + 1])
            self._paint_event(painter, event, top, stem)
            top += height
        # Dots lie over the stem.
        top = 0
        for event, height in zip(self._events, heights, strict=True):
            self._paint_dot(painter, event, stem, top + self._row() / 2)
            top += height

    def _paint_stem(
        self, painter: QPainter, x: int, start: float, end: float, following: Event
    ) -> None:
        ink = self._theme.colours.line_button
        if following.step is Step.NEXT:
            painter.setPen(QPen(ink, 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, start), QPointF(x, end))
        else:
            hairline(painter, x, start, x, end, ink)

    def _paint_dot(self, painter: QPainter, event: Event, x: int, y: float) -> None:
        colours = self._theme.colours
        if event.step is Step.CURRENT:
            dot(painter, x + 0.5, y, _CURRENT_DOT, self._theme.ink(Ink.ACCENT))
        elif event.step is Step.NEXT:
            dot(painter, x + 0.5, y, _DOT + 1.5, colours.line_field)
            dot(painter, x + 0.5, y, _DOT - 1, colours.surface)
        else:
            dot(painter, x + 0.5, y, _DOT, colours.line_field)

    def _paint_event(self, painter: QPainter, event: Event, top: int, stem: int) -> None:
        theme = self._theme
        line = QRect(0, top, stem - 13, self._row())
        painter.setFont(theme.font(Size.SMALL))
        text(painter, line, event.when, theme.ink(Ink.TEXT_3), RIGHT)
        line = QRect(0, top, self.width(), self._row())
        text(painter, line, event.took, theme.ink(Ink.TEXT_3), RIGHT)
        is_next = event.step is Step.NEXT
        painter.setFont(theme.font(bold=event.step is Step.CURRENT))
        line.setLeft(stem + 14)
        text(painter, line, event.word, theme.ink(Ink.TEXT_3 if is_next else Ink.TEXT), LEFT)
        painter.setFont(theme.font(Size.SMALL))
        # The first line of the small text stands on the line of the word.
        left, room = self._text_place(event, self.width(), stem)
        small_line = theme.line(Size.SMALL)
        y = top + (self._row() - small_line) // 2
        for words in self._lines(event, self.width(), stem):
            text(painter, QRect(left, y, room + 2, small_line), words, theme.ink(Ink.TEXT_2), LEFT)
            y += small_line

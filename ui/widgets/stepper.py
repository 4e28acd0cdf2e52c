"""Steps that follow one another: done, due now, to come; with when and by whom below each."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from propdesk.i18n import _
from ui.theme import Ink, Size, Theme, Tone
from ui.widgets.painting import CENTRE, LEFT, dot, ground, hairline, text

_MARK = 22
_GAP = 8


class StepState(StrEnum):
    """How far a step is."""

    DONE = "done"
    NEXT = "next"
    TO_COME = "to-come"


@dataclass(frozen=True, slots=True)
class StepMark:
    """A step's word, how far it is, and a quiet line below."""

    word: str
    state: StepState
    note: str = ""


class Stepper(QWidget):
    """Steps side by side; a tick, a strong number or a pale one tells them apart without colour."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._steps: tuple[StepMark, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[StepMark]) -> None:
        """Show these steps in their order."""
        self._steps = tuple(steps)
        spoken = {
            StepState.DONE: _("done"),
            StepState.NEXT: _("next step"),
            StepState.TO_COME: _("to come"),
        }
        words = [" ".join((step.word, spoken[step.state], step.note)).strip() for step in steps]
        self.setAccessibleName(", ".join(words))
        self.setToolTip("\n".join(words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Take the mark beside two lines."""
        words = self._theme.line() + self._theme.line(Size.SMALL)
        return QSize(self._theme.px(240), max(self._theme.px(_MARK), words) + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw marks, words and the lines between them."""
        if not self._steps:
            return
        painter = QPainter(self)
        width = self.width() // len(self._steps)
        for place, step in enumerate(self._steps):
            self._paint_step(painter, QRect(place * width, 0, width, self.height()), place, step)

    def _paint_step(self, painter: QPainter, rect: QRect, place: int, step: StepMark) -> None:
        theme = self._theme
        size = theme.px(_MARK)
        mark = QRectF(rect.left(), 1, size, size)
        self._paint_mark(painter, mark, str(place + 1), step.state)
        words = rect.adjusted(size + _GAP, 0, -_GAP, 0)
        words.setHeight(max(theme.line(), size))
        is_next = step.state is StepState.NEXT
        painter.setFont(theme.font(bold=is_next))
        ink = theme.ink(Ink.TEXT_3 if step.state is StepState.TO_COME else Ink.TEXT)
        text(painter, words, step.word, ink, LEFT)
        reach = painter.fontMetrics().horizontalAdvance(step.word)
        if place + 1 < len(self._steps):
            start, middle = words.left() + reach + _GAP, words.center().y() + 0.5
            hairline(painter, start, middle, rect.right() - _GAP, middle, theme.colours.line_field)
        note = rect.adjusted(size + _GAP, words.height(), -_GAP, 0)
        painter.setFont(theme.font(Size.SMALL))
        text(painter, note, step.note, theme.ink(Ink.TEXT_3), LEFT)

    def _paint_mark(self, painter: QPainter, mark: QRectF, number: str, state: StepState) -> None:
        theme = self._theme
        centre = mark.center()
        if state is StepState.DONE:
            tone = theme.tone(Tone.OK)
            dot(painter, centre.x(), centre.y(), mark.width(), tone.ground)
            tick = theme.px(13)
            at = (mark.width() - tick) / 2
            theme.icons.paint(painter, mark.x() + at, mark.y() + at, "check", tone.text, tick)
            return
        edge = theme.ink(Ink.ACCENT) if state is StepState.NEXT else theme.colours.line_field
        style = Qt.PenStyle.SolidLine if state is StepState.NEXT else Qt.PenStyle.DashLine
        ground(painter, mark, None, edge=edge, radius=mark.width() / 2, style=style)
        painter.setFont(theme.font(Size.SMALL, bold=state is StepState.NEXT))
        ink = theme.ink(Ink.ACCENT if state is StepState.NEXT else Ink.TEXT_3)
        text(painter, mark.toRect(), number, ink, CENTRE)

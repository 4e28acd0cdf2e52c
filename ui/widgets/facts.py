"""Labelled facts, clocks and lamps: what is known about a record, at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from propdesk.i18n import _
from ui.theme import Ink, Size, Space, Theme, Tone
from ui.widgets.labels import Label
from ui.widgets.painting import LEFT, RIGHT, dot, ground, text

NOTHING = "—"
_LABEL_WIDTH = 74
_LAMP = 19
_LAMP_GAP = 14


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; an empty value is shown as a dash."""

    label: str
    value: str
    is_strong: bool = False


class Facts(QWidget):
    """Labels at the left, values beside them; each row holds one fact or two."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._shown: tuple[tuple[Fact, ...], ...] = ()
        self._body: QWidget | None = None
        theme.changed.connect(self._rebuild)

    def show_facts(self, rows: Sequence[Fact | tuple[Fact, Fact]]) -> None:
        """Show these facts in their order."""
        shown = tuple(row if isinstance(row, tuple) else (row,) for row in rows)
        if shown != self._shown:
            self._shown = shown
            self._rebuild()

    def label_width(self) -> int:
        """Return how wide the labels at the left are, for what stands in line with them."""
        labels = [fact.label for row in self._shown for fact in row[:1]]
        widest = max((self._theme.metrics().horizontalAdvance(w) for w in labels), default=0)
        return max(self._theme.px(_LABEL_WIDTH), widest)

    def _rebuild(self) -> None:
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget()
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        grid.setColumnMinimumWidth(0, self.label_width())
        for n, row in enumerate(self._shown):
            span = 3 if len(row) == 1 else 1
            for place, fact in enumerate(row):
                self._add(grid, n, 2 * place, fact, span)
        self._column.addWidget(self._body)
        if self.isVisible():
            # Qt would show it a moment later: a flicker while the clerk walks through a list.
            self._body.show()

    def _add(self, grid: QGridLayout, row: int, column: int, fact: Fact, span: int) -> None:
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(Label(self._theme, fact.label, ink=Ink.TEXT_3), row, column, top)
        value = Label(
            self._theme,
            fact.value or NOTHING,
            ink=Ink.TEXT if fact.value else Ink.TEXT_3,
            bold=fact.is_strong,
            wrap=True,
            selectable=True,
        )
        value.setAccessibleName(f"{fact.label} {fact.value or NOTHING}")
        grid.addWidget(value, row, column + 1, 1, span, top)


class ClockBar(QWidget):
    """A time limit: its name, when it ends, how it stands, and how much of it is used."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._name = self._due = self._state = ""
        self._tone = Tone.NEUTRAL
        self._used = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_clock(self, name: str, due: str, state: str, tone: Tone, used: float) -> None:
        """Show a limit; `used` is the part of its time that has passed, 0 to 1 (more is full)."""
        self._name, self._due, self._state = name, due, state
        self._tone, self._used = tone, min(max(used, 0.0), 1.0)
        self.setAccessibleName(f"{name} {state}, {due}")
        self.update()

    def sizeHint(self) -> QSize:
        """Take two lines and the bar."""
        height = self._theme.line(Size.SMALL) + self._theme.line() + 9
        return QSize(self._theme.px(160), height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words and the bar."""
        painter = QPainter(self)
        theme = self._theme
        first = self.rect()
        first.setHeight(theme.line(Size.SMALL))
        painter.setFont(theme.font(Size.SMALL))
        text(painter, first, self._due, theme.ink(Ink.TEXT_3), RIGHT)
        first.setRight(first.right() - painter.fontMetrics().horizontalAdvance(self._due) - 8)
        text(painter, first, self._name, theme.ink(Ink.TEXT_3), LEFT)
        second = self.rect()
        second.setTop(theme.line(Size.SMALL) + 1)
        second.setHeight(theme.line())
        painter.setFont(theme.font(bold=True))
        text(painter, second, self._state, theme.tone(self._tone).text, LEFT)
        track = QRectF(0, self.height() - 4, self.width(), 4)
        ground(painter, track, theme.colours.sunken, radius=2)
        if self._used > 0:
            track.setWidth(max(self.width() * self._used, 6))
            ground(painter, track, theme.tone(self._tone).dot, radius=2)


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit as a clock bar shows it; `note` says more where the pointer rests."""

    name: str
    due: str
    state: str
    tone: Tone
    used: float
    note: str = ""


class ClockBars(QWidget):
    """The limits that run, two in a row."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.XL)
        self._grid.setVerticalSpacing(Space.M)
        self.bars: list[ClockBar] = []

    def show_limits(self, limits: Sequence[Limit]) -> None:
        """Show these limits in their order."""
        while len(self.bars) < len(limits):
            place = len(self.bars)
            self.bars.append(ClockBar(self._theme))
            self._grid.addWidget(self.bars[-1], place // 2, place % 2)
            self._grid.setColumnStretch(place % 2, 1)
        for place, bar in enumerate(self.bars):
            bar.setVisible(place < len(limits))
        for bar, limit in zip(self.bars, limits, strict=False):
            bar.show_clock(limit.name, limit.due, limit.state, limit.tone, limit.used)
            bar.setToolTip(limit.note)
            bar.setAccessibleDescription(limit.note)
        self.setVisible(bool(limits))


@dataclass(frozen=True, slots=True)
class Lamp:
    """One of the six things that must be clear before a complaint is closed."""

    word: str
    is_lit: bool


class Lamps(QWidget):
    """Lamps in a row: a tick on green, or a dashed ring: readable without colour."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lamps: tuple[Lamp, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_lamps(self, lamps: Sequence[Lamp]) -> None:
        """Show these lamps."""
        self._lamps = tuple(lamps)
        lit, dark = _("yes"), _("no")
        states = [" ".join((lamp.word, lit if lamp.is_lit else dark)) for lamp in lamps]
        self.setAccessibleName(", ".join(states))
        self.updateGeometry()
        self.update()

    def _width(self, lamp: Lamp) -> int:
        return self._theme.px(_LAMP) + 5 + self._theme.metrics().horizontalAdvance(lamp.word)

    def _row(self) -> int:
        return max(self._theme.px(_LAMP), self._theme.line()) + 1

    def _places(self, width: int) -> list[tuple[int, int]]:
        """Return where each lamp begins; in a narrow place they stand in several rows."""
        places: list[tuple[int, int]] = []
        x = y = 0
        for lamp in self._lamps:
            if x and x + self._width(lamp) > width:
                x, y = 0, y + self._row() + Space.XS
            places.append((x, y))
            x += self._width(lamp) + _LAMP_GAP
        return places

    def sizeHint(self) -> QSize:
        """Take the room of all lamps in a row."""
        width = sum(self._width(lamp) + _LAMP_GAP for lamp in self._lamps)
        return QSize(width, self._row())

    def minimumSizeHint(self) -> QSize:
        """Be content with several rows."""
        widest = max((self._width(lamp) for lamp in self._lamps), default=0)
        return QSize(widest, self._row())

    def hasHeightForWidth(self) -> bool:
        """Grow where the lamps do not fit into one row."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the rows that the lamps need."""
        places = self._places(width)
        return (places[-1][1] if places else 0) + self._row()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each lamp and its word."""
        painter = QPainter(self)
        painter.setFont(self._theme.font())
        for lamp, (x, y) in zip(self._lamps, self._places(self.width()), strict=True):
            self._draw(painter, lamp, x, y)

    def _draw(self, painter: QPainter, lamp: Lamp, x: int, y: int) -> None:
        theme = self._theme
        size = theme.px(_LAMP)
        top = y + (self._row() - size) / 2
        if lamp.is_lit:
            tone = theme.tone(Tone.OK)
            dot(painter, x + size / 2, top + size / 2, size, tone.ground)
            tick = theme.px(13)
            at = (size - tick) / 2
            theme.icons.paint(painter, x + at, top + at, "check", tone.text, tick)
        else:
            ground(
                painter,
                QRectF(x, top, size, size),
                None,
                edge=theme.colours.line_field,
                radius=size / 2,
                style=Qt.PenStyle.DashLine,
            )
        words = QRect(x + size + 5, y, self._width(lamp), self._row())
        text(painter, words, lamp.word, theme.ink(Ink.TEXT if lamp.is_lit else Ink.TEXT_3), LEFT)

"""The bar on top of the window: mark, name, tabs with their counts, desk search."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QWidget

from propdesk.i18n import _
from ui.theme import Ink, Size, Space, Theme, Tone
from ui.widgets.badges import Badge
from ui.widgets.labels import Label, Surface
from ui.widgets.painting import CENTRE, LEFT, focus_ring, ground, text

_ICON = 17
_GAP = 7
_LINE = 3
_MARK = 26
_BETWEEN = 26


class TopTabs(QTabBar):
    """The tabs of the window: icon, word, and how many things wait behind it.

    Keyboard and accessibility are Qt's own; only size and drawing are ours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icons: list[str] = []
        self._counts: list[int] = []
        self.setAccessibleName(_("Pages"))
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._on_theme_changed)

    def add_tab(self, icon: str, word: str) -> int:
        """Add a tab and return its place."""
        self._icons.append(icon)
        self._counts.append(0)
        place = self.addTab(word)
        self.setAccessibleTabName(place, word)
        return place

    def show_count(self, place: int, count: int) -> None:
        """Show how many things wait behind a tab; nothing where nothing waits."""
        if self._counts[place] == count:
            return
        self._counts[place] = count
        word = self.tabText(place)
        self.setAccessibleTabName(place, f"{word} {count}" if count else word)
        # A tab's size is asked for again only when something of Qt's own about it changes.
        self.setTabIcon(place, QIcon())

    def _on_theme_changed(self) -> None:
        for place in range(self.count()):
            self.setTabIcon(place, QIcon())

    def _content_width(self, place: int, metrics: QFontMetrics) -> int:
        width = self._theme.px(_ICON) + _GAP + metrics.horizontalAdvance(self.tabText(place))
        if self._counts[place]:
            width += _GAP + self._pill_width(place)
        return width

    def _pill_width(self, place: int) -> int:
        digits = self._theme.metrics(Size.SMALL).horizontalAdvance(str(self._counts[place]))
        return digits + 10

    def tabSizeHint(self, place: int) -> QSize:
        """Take the width of the bold word, so that nothing jumps when the tab becomes current."""
        width = self._content_width(place, self._theme.metrics(bold=True))
        return QSize(width + _BETWEEN, self._theme.line() + 29)

    def minimumSizeHint(self) -> QSize:
        """Let the search give way first; a tab is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each tab; the current one in accent over a rounded line."""
        painter = QPainter(self)
        for place in range(self.count()):
            self._paint_tab(painter, place)

    def _paint_tab(self, painter: QPainter, place: int) -> None:
        is_current = place == self.currentIndex()
        theme = self._theme
        rect = self.tabRect(place)
        metrics = theme.metrics(bold=is_current)
        width = self._content_width(place, metrics)
        x = rect.left() + (rect.width() - width) // 2
        ink = theme.ink(Ink.ACCENT if is_current else Ink.TEXT_2)
        size = theme.px(_ICON)
        middle = rect.top() + (rect.height() - size) / 2
        theme.icons.paint(painter, x, middle, self._icons[place], ink, size)
        painter.setFont(theme.font(bold=is_current))
        word = QRect(rect)
        word.setLeft(x + size + _GAP)
        text(painter, word, self.tabText(place), ink, LEFT)
        if self._counts[place]:
            height = theme.line(Size.SMALL) + 1
            pill = QRect(
                word.left() + metrics.horizontalAdvance(self.tabText(place)) + _GAP,
                rect.center().y() - height // 2 + 1,
                self._pill_width(place),
                height,
            )
            soft = theme.colours.accent_soft if is_current else theme.colours.sunken
            ground(painter, pill, soft, radius=height / 2)
            painter.setFont(theme.font(Size.SMALL))
            text(painter, pill, str(self._counts[place]), ink, CENTRE)
        if is_current:
            line = QRectF(x - 3, rect.bottom() + 1 - _LINE, width + 6, _LINE + 2)
            painter.save()
            painter.setClipRect(rect)
            ground(painter, line, theme.ink(Ink.ACCENT), radius=2)
            painter.restore()
        if is_current and self.hasFocus():
            focus_ring(painter, QRect(x - 8, rect.top() + 6, width + 16, rect.height() - 14), theme)


class ProgramMark(QWidget):
    """The program's own icon beside its name."""

    def __init__(self, theme: Theme, size: int = _MARK) -> None:
        super().__init__()
        self._theme = theme
        self._size = size
        self._icon = theme.icons.program_icon()
        self._resize()
        theme.changed.connect(self._resize)

    def _resize(self) -> None:
        side = self._theme.px(self._size)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon."""
        self._icon.paint(QPainter(self), self.rect())


class TopBar(Surface):
    """Mark, program name, the tabs, and at the right whatever the window puts there (search).

    A badge beside the name says what is not the everyday case: the demo.
    """

    def __init__(self, theme: Theme, name: str, tabs: TopTabs, right: QWidget) -> None:
        super().__init__(theme, line_below=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 0, Space.L, 0)
        row.setSpacing(Space.S)
        row.addWidget(ProgramMark(theme))
        row.addWidget(Label(theme, name, size=Size.TITLE, bold=True))
        self._mark = Badge(theme, tone=Tone.WARN)
        row.addWidget(self._mark)
        self._mark.show_badge("", Tone.WARN)
        row.addSpacing(Space.L)
        row.addWidget(tabs, 1, Qt.AlignmentFlag.AlignBottom)
        row.addSpacing(Space.L)
        row.addWidget(right)

    def show_mark(self, words: str) -> None:
        """Show a word beside the program's name; without one there is no badge."""
        self._mark.show_badge(words, Tone.WARN)

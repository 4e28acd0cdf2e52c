"""Panes: the side sheet, the empty state, the scrolled detail with its fixed action bar, a card."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QLinearGradient,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.theme import Ink, Size, Space, Theme
from ui.theme.tokens import RADIUS_CARD
from ui.widgets.buttons import Button
from ui.widgets.labels import Label, Surface
from ui.widgets.painting import ground, hairline

_SHEET_WIDTH = 424
_SHADE = 14


class Card(QWidget):
    """A surface with a hairline and round corners, for the plots and lists of Today."""

    def __init__(self, theme: Theme, title: str = "", note: str = "") -> None:
        super().__init__()
        self._theme = theme
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(13, 10, 13, 12)
        self.body.setSpacing(Space.S)
        self._note = Label(theme, note, ink=Ink.TEXT_3)
        if title:
            head = QHBoxLayout()
            head.addWidget(Label(theme, title, bold=True), 1)
            head.addWidget(self._note)
            self.body.addLayout(head)
            self.setAccessibleName(title)

    def show_note(self, note: str) -> None:
        """Show another note at the right of the title."""
        self._note.show_text(note)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw surface and hairline."""
        colours = self._theme.colours
        ground(QPainter(self), self.rect(), colours.surface, edge=colours.line, radius=RADIUS_CARD)


class Icon(QWidget):
    """One icon standing by itself."""

    def __init__(self, theme: Theme, name: str, *, ink: Ink = Ink.TEXT_2, size: int = 16) -> None:
        super().__init__()
        self._theme = theme
        self._name, self._ink, self._size = name, ink, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, ink: Ink | None = None) -> None:
        """Show another icon."""
        self._name = name
        self._ink = ink or self._ink
        self.update()

    def sizeHint(self) -> QSize:
        """Take the size of the icon at the present text size."""
        side = self._theme.px(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon."""
        side = self._theme.px(self._size)
        painter = QPainter(self)
        self._theme.icons.paint(painter, 0, 0, self._name, self._theme.ink(self._ink), side)


class EmptyState(Surface):
    """What belongs here, said once, with the one or two acts that help."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        sentence: str,
        actions: Sequence[QAbstractButton] = (),
    ) -> None:
        super().__init__(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XXL, 0, Space.XXL, 0)
        column.setSpacing(Space.S)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addStretch(2)
        column.addWidget(Icon(theme, icon, size=36), 0, centre)
        self._title = Label(theme, title, size=Size.TITLE, bold=True)
        column.addWidget(self._title, 0, centre)
        self._sentence = Label(theme, sentence, ink=Ink.TEXT_2, wrap=True)
        self._sentence.setAlignment(centre)
        column.addWidget(self._sentence)
        row = QHBoxLayout()
        row.setContentsMargins(0, Space.S, 0, 0)
        row.setSpacing(Space.S)
        row.addStretch(1)
        for action in actions:
            row.addWidget(action)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)

    def show_words(self, title: str, sentence: str) -> None:
        """Say something else: which search found nothing."""
        self._title.show_text(title)
        self._sentence.show_text(sentence)


class QuietPane(Surface):
    """The other pane beside an empty state: a single grey line."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__(theme, "alt")
        column = QVBoxLayout(self)
        label = Label(theme, words, ink=Ink.TEXT_3, wrap=True)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(label)


class ActionBar(Surface):
    """The acts on the record that is shown; it never scrolls."""

    def __init__(
        self,
        theme: Theme,
        actions: Sequence[QWidget] = (),
        quiet: Sequence[QWidget] = (),
        *,
        margin: int = Space.XL,
    ) -> None:
        super().__init__(theme, line_above=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(margin, 11, margin, 11)
        self._row.setSpacing(Space.S)
        self.set_actions(actions, quiet)

    def set_actions(self, actions: Sequence[QWidget], quiet: Sequence[QWidget] = ()) -> None:
        """Offer other acts: the next step first, the rare ones at the far right."""
        wanted = [*actions, *quiet]
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in wanted:
                widget.hide()
                widget.deleteLater()
        for action in actions:
            self._row.addWidget(action)
        self._row.addStretch(1)
        for action in quiet:
            self._row.addWidget(action)
        for action in wanted:
            action.show()
        self._fit_keys()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the keys' names out where the words would be cut for them."""
        super().resizeEvent(event)
        self._fit_keys()

    def _fit_keys(self) -> None:
        buttons = [each for each in self.findChildren(Button) if not each.isHidden()]
        for button in buttons:
            button.show_keys(has_room=True)
        margins = self._row.contentsMargins()
        wanted = sum(each.sizeHint().width() + self._row.spacing() for each in buttons)
        has_room = wanted + margins.left() + margins.right() <= self.width()
        for button in buttons:
            button.show_keys(has_room=has_room)


class DetailPane(Surface):
    """A detail: contents that scroll, and an action bar below them that does not."""

    def __init__(self, theme: Theme, bar: QWidget | None = None, *, margin: int = Space.XL) -> None:
        super().__init__(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(margin, Space.M, margin, Space.L)
        self.body.setSpacing(Space.M)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inner)
        column.addWidget(self._area, 1)
        if bar is not None:
            column.addWidget(bar)

    def scroll_to_top(self) -> None:
        """Show the head of the detail, as another record is shown now."""
        self._area.verticalScrollBar().setValue(0)

    def scroll_to(self, widget: QWidget) -> None:
        """Bring a part of the detail into sight."""
        self._area.ensureWidgetVisible(widget)


class SideSheet(QWidget):
    """A sheet over the right edge of `host`: the caller card. It does not dim what lies below.

    Esc closes it and gives the focus back to where it was.
    """

    closed = Signal()

    def __init__(self, theme: Theme, host: QWidget, name: str) -> None:
        super().__init__(host)
        self._theme = theme
        self._host = host
        self._before: QWidget | None = None
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_SHADE + 1, 0, 0, 0)
        self._column.setSpacing(0)
        host.installEventFilter(self)
        theme.changed.connect(self._place)
        self.hide()

    def set_content(self, content: QWidget | QLayout) -> None:
        """Put the contents in, once."""
        if isinstance(content, QWidget):
            self._column.addWidget(content)
        else:
            self._column.addLayout(content)

    def open_sheet(self) -> None:
        """Show the sheet; the focus stays where it is until somebody moves it."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()

    def close_sheet(self) -> None:
        """Hide the sheet and give the focus back if it was inside."""
        if not self.isVisible():
            return
        focus = QApplication.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        self.hide()
        if inside and self._before is not None:
            self._before.setFocus()
        self._before = None
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
            return
        super().keyPressEvent(event)

    def _place(self) -> None:
        width = min(self._theme.px(_SHEET_WIDTH) + _SHADE, self._host.width())
        self.setGeometry(self._host.width() - width, 0, width, self._host.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the host."""
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the shade at the left edge."""
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shade, the hairline and the surface."""
        painter = QPainter(self)
        shade = QLinearGradient(0, 0, _SHADE, 0)
        shade.setColorAt(0, QColor(0, 0, 0, 0))
        shade.setColorAt(1, QColor(0, 0, 0, 60 if self._theme.colours.is_dark else 26))
        painter.fillRect(QRect(0, 0, _SHADE, self.height()), shade)
        surface = self.rect().adjusted(_SHADE, 0, 0, 0)
        painter.fillRect(surface, self._theme.colours.surface)
        line = self._theme.colours.line_button
        hairline(painter, _SHADE, 0, _SHADE, self.height(), line)

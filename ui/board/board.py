"""The house board: one widget that paints the houses in sight, walked by the keyboard."""

from collections.abc import Iterable, Mapping, Sequence
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollBar, QToolTip

from propdesk.domain.board_shades import BY_STATE, Colouring
from propdesk.domain.house_boards import BoardHouse, Section, level_words
from propdesk.i18n import _
from ui.board.cells import GAP, CellPainter
from ui.board.places import Block, Place, Places, Row, Sizes, count_words
from ui.board.walk import Step, find_typed, first_place, walk
from ui.board.words import house_facts, house_words
from ui.delegates.records import plain_tooltip
from ui.theme import Ink, Size, Space, Theme
from ui.widgets.labels import Surface
from ui.widgets.painting import LEFT, text

_TALL = (25, 31)  # least and most height of a line in the design
_MOST_WIDE, _STRIP = 118, 86
_PAUSE = 1.2  # seconds after which typing begins anew

_KEYS: Mapping[int, Step] = {
    Qt.Key.Key_Left.value: Step.LEFT,
    Qt.Key.Key_Right.value: Step.RIGHT,
    Qt.Key.Key_Up.value: Step.UP,
    Qt.Key.Key_Down.value: Step.DOWN,
    Qt.Key.Key_Home.value: Step.HOME,
    Qt.Key.Key_End.value: Step.END,
    Qt.Key.Key_PageUp.value: Step.PAGE_UP,
    Qt.Key.Key_PageDown.value: Step.PAGE_DOWN,
}
_FAR = {Step.HOME: Step.FIRST, Step.END: Step.LAST}


class HouseBoard(QAbstractScrollArea):
    """Houses by building, entrance and floor, the top floor first.

    Arrows walk over gaps and entrances, Home and End along a floor (with Ctrl to the first and last
    house), PageUp and PageDown by building; a typed number jumps there. `opened` comes with Enter
    and a double click; `next_wanted` (-1 or 1) where the next building is not shown; `jump_wanted`
    with a typed house that is not shown.
    """

    current_changed = Signal(object)  # a BoardHouse, or None
    opened = Signal()
    next_wanted = Signal(int)
    jump_wanted = Signal(object)  # a BoardHouse

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._cells = CellPainter(theme)
        self._sections: tuple[Section, ...] = ()
        self._every: Sequence[BoardHouse] = ()
        self._says_community = False
        self._matching: frozenset[int] | None = None
        self._colouring = BY_STATE
        self._places: Places | None = None
        self._current: int | None = None
        self._typed = ""
        self._typed_at = 0.0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("House board"))
        self.setCornerWidget(Surface(theme))
        self.viewport().setMouseTracking(True)
        self.viewport().installEventFilter(self)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setSingleStep(theme.px(_TALL[1]))
        theme.changed.connect(self._rearrange)

    # -- what is shown

    def show_sections(
        self,
        sections: Iterable[Section],
        every: Sequence[BoardHouse],
        *,
        says_community: bool,
    ) -> None:
        """Show these buildings; `every` are all houses of the office, for what is typed."""
        self._sections = tuple(sections)
        self._every = every
        self._says_community = says_community
        self._rearrange()
        if self.places.place(self._current) is None:
            first = first_place(self.places)
            self._take(self.places.spot(first).house.id if first else None)
        else:
            self._describe()

    def show_colouring(self, colouring: Colouring) -> None:
        """Colour the cells anew."""
        self._colouring = colouring
        self.viewport().update()

    def show_matching(self, matching: frozenset[int] | None) -> None:
        """Dim all houses but these; None dims nothing."""
        self._matching = matching
        self.viewport().update()

    def colouring(self) -> Colouring:
        """Return how the cells are coloured."""
        return self._colouring

    def shown(self) -> list[BoardHouse]:
        """Return the houses in sight of the filters: what the legend counts."""
        wanted = self._matching
        return [one for one in self.places.houses() if wanted is None or one.id in wanted]

    def count(self) -> int:
        """Return how many houses stand on the board, dim ones too."""
        return sum(block.count for block in self.places.blocks)

    @property
    def places(self) -> Places:
        """Where everything stands at the present width."""
        if self._places is None:
            self._places = Places(
                self._sections,
                self._sizes(),
                self.viewport().width(),
                says_community=self._says_community,
            )
        return self._places

    def _sizes(self) -> Sizes:
        theme = self._theme
        levels = {level for section in self._sections for level in section.levels()} | {1}
        metrics = theme.metrics(Size.SMALL)
        labels = [level_words(level) for level in levels]
        if any(one.loose for section in self._sections for one in section.entrances):
            labels.append(level_words(None))
        gutter = max(map(metrics.horizontalAdvance, labels)) + Space.L + Space.S
        is_single = len(self._sections) == 1
        title = theme.line() + Space.S
        return Sizes(
            least=self._least,
            most=theme.px(_MOST_WIDE),
            strip=theme.px(_STRIP),
            tall=self._tall(title) if is_single else theme.px(_TALL[1]),
            head=0 if is_single else theme.line() + Space.M,
            title=title,
            gutter=gutter,
            between=Space.L + 2,
            margin=Space.S,
        )

    def _tall(self, title: int) -> int:
        """Return the height of a line: a building of 18 floors is seen whole where it can be."""
        least, most = (self._theme.px(one) for one in _TALL)
        lines = len(self._sections[0].levels()) or 1
        room = self.viewport().height() - title - 4 * Space.S
        return min(max(room // lines, least, self._theme.line() + 5), most)

    def _least(self, section: Section) -> int:
        longest = max((one.number for one in section.houses()), key=len, default="")
        return self._cells.least_width(longest)

    def _rearrange(self) -> None:
        self._places = None
        self._cells.forget_houses()
        self._adjust_bars()
        self.viewport().update()

    def _adjust_bars(self) -> None:
        for bar, whole, room in (
            (self.verticalScrollBar(), self.places.height, self.viewport().height()),
            (self.horizontalScrollBar(), self.places.width, self.viewport().width()),
        ):
            bar.setRange(0, max(whole - room, 0))
            bar.setPageStep(room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the houses anew for the new width."""
        super().resizeEvent(event)
        self._rearrange()
        self._show_current()

    # -- the current house

    def current(self) -> BoardHouse | None:
        """Return the house where the keyboard is."""
        place = self.places.place(self._current)
        return self.places.spot(place).house if place else None

    def choose(self, house_id: int) -> bool:
        """Make a house the current one and bring it into sight; False where it is not shown."""
        if self.places.place(house_id) is None:
            return False
        self._take(house_id)
        return True

    def choose_first_match(self) -> None:
        """Go to the first house that is not dim, unless the current one is none either."""
        shown = self.shown()
        if shown and self._current not in {house.id for house in shown}:
            self._take(shown[0].id)

    def _take(self, house_id: int | None) -> None:
        before, self._current = self._current, house_id
        self._describe()
        self._show_current()
        self.viewport().update()
        if before != house_id:
            self.current_changed.emit(self.current())

    def _describe(self) -> None:
        """Tell a screen reader where the keyboard is; Qt announces the changed name."""
        house = self.current()
        if house is None:
            self.setAccessibleName(_("House board"))
        else:
            words = _("House board: {house}").format(house=house_words(house))
            if self._matching is not None and house.id not in self._matching:
                words = _("{before}, {after}").format(before=words, after=_("not in this group"))
            self.setAccessibleName(words)

    def _show_current(self) -> None:
        place = self.places.place(self._current)
        if place is None:
            return
        box = self._box(place)
        sizes = self.places.sizes
        above = sizes.title + sizes.head if place.row == 0 else 0
        _reveal(self.verticalScrollBar(), box.top() - above, box.bottom() + sizes.margin)
        left = box.left() - sizes.gutter
        _reveal(self.horizontalScrollBar(), left, box.right() + sizes.margin)

    def _box(self, place: Place) -> QRect:
        row, spot = self.places.row(place), self.places.spot(place)
        return QRect(spot.x, row.y, spot.width - GAP, self.places.sizes.tall - GAP)

    # -- hands

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, jump to what is typed, open with Enter."""
        step = _KEYS.get(event.key())
        if step is not None:
            is_far = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._walk(_FAR.get(step, step) if is_far else step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._current is not None:
                self.opened.emit()
        elif event.text().strip() and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            self._type(event.text())
        else:
            super().keyPressEvent(event)

    def _walk(self, step: Step) -> None:
        self._typed = ""
        here = self.places.place(self._current)
        if here is None:
            return
        there = walk(self.places, here, step)
        if there is not None:
            self._take(self.places.spot(there).house.id)
        else:
            self.next_wanted.emit(-1 if step is Step.PAGE_UP else 1)

    def _type(self, words: str) -> None:
        """Add what is typed; after a pause, or where nothing is so called, it begins anew."""
        now = monotonic()
        before = self._typed if now - self._typed_at < _PAUSE else ""
        self._typed_at = now
        for typed in dict.fromkeys((before + words, words)):
            found = find_typed(typed, self.current(), self.places.houses(), self._every)
            if found is not None:
                self._typed = typed
                if not self.choose(found.id):
                    self.jump_wanted.emit(found)
                return

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the house under the mouse."""
        house = self._under(event.position().toPoint())
        if house is not None:
            self._take(house.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the house under the mouse."""
        if self._under(event.position().toPoint()) is not None:
            self.opened.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say under the mouse what a cell has no room for."""
        if watched is self.viewport() and isinstance(event, QHelpEvent):
            house = self._under(event.pos())
            words = "\n".join([house.short, *house_facts(house)]) if house else ""
            QToolTip.showText(event.globalPos(), plain_tooltip(words), self.viewport())
            return True
        return super().eventFilter(watched, event)

    def _under(self, point: QPoint) -> BoardHouse | None:
        if point.x() < self.places.sizes.gutter and self.horizontalScrollBar().value():
            return None
        return self.places.at(
            point.x() + self.horizontalScrollBar().value(),
            point.y() + self.verticalScrollBar().value(),
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let the ring go."""
        super().focusOutEvent(event)
        self.viewport().update()

    # -- painting

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's name
        """Move what is drawn already; floors and names stay in sight when scrolled sideways."""
        if dx:
            self.viewport().update()
        else:
            self.viewport().scroll(0, dy)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the houses in sight."""
        painter = QPainter(self.viewport())
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        seen = event.rect().translated(across, down)
        painter.translate(-across, -down)
        for block in self.places.blocks:
            if block.top <= seen.bottom() and block.bottom >= seen.top():
                self._paint_block(painter, block, seen, across)

    def _paint_block(self, painter: QPainter, block: Block, seen: QRect, across: int) -> None:
        sizes = self.places.sizes
        rows = [one for one in block.rows if seen.top() - sizes.tall < one.y <= seen.bottom()]
        for row in rows:
            self._paint_row(painter, row, seen)
        if across:
            side = QRect(across, seen.top(), sizes.gutter - GAP, seen.height())
            painter.fillRect(side, self._theme.colours.surface)
        for row in rows:
            label = QRect(across, row.y, sizes.gutter - Space.S, sizes.tall - GAP)
            self._cells.paint_words(painter, label, row.label, Ink.TEXT_3, bold=False, ends=True)
        self._paint_titles(painter, block, seen, across)

    def _paint_row(self, painter: QPainter, row: Row, seen: QRect) -> None:
        tall = self.places.sizes.tall - GAP
        matching, colouring = self._matching, self._colouring
        painter.setFont(self._theme.font())
        paint = self._cells.paint
        for spot in row.spots:
            if spot.x > seen.right():
                break
            if spot.x + spot.width < seen.left():
                continue
            box = QRect(spot.x, row.y, spot.width - GAP, tall)
            house = spot.house
            is_current = house.id == self._current
            is_dim = matching is not None and house.id not in matching
            paint(painter, box, house, colouring, is_dim=is_dim, is_current=is_current)
            if is_current:
                self._cells.paint_ring(painter, box, has_focus=self.hasFocus())

    def _paint_titles(self, painter: QPainter, block: Block, seen: QRect, across: int) -> None:
        sizes, theme = self.places.sizes, self._theme
        if block.head and block.top + sizes.head > seen.top():
            painter.setFont(theme.font(bold=True))
            at = QRect(across + Space.L, block.top, self.viewport().width(), sizes.head)
            text(painter, at, block.head, theme.ink(Ink.TEXT), LEFT)
            at.setLeft(at.left() + painter.fontMetrics().horizontalAdvance(block.head) + Space.M)
            words = count_words(block.count)
            self._cells.paint_words(painter, at, words, Ink.TEXT_3, bold=False)
        for title in block.titles:
            if title.y + sizes.title > seen.top() and title.y <= seen.bottom():
                left = min(max(title.x, across + sizes.gutter), title.right)
                at = QRect(left, title.y, title.right - left, sizes.title)
                self._cells.paint_words(painter, at, title.words, Ink.TEXT_2, bold=True)


def _reveal(bar: QScrollBar, first: int, last: int) -> None:
    """Scroll as little as is needed to see from `first` to `last`."""
    if first < bar.value():
        bar.setValue(first)
    elif last > bar.value() + bar.pageStep():
        bar.setValue(last - bar.pageStep())

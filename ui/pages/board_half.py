"""The left half of the residents page: the house board or the table of the same houses."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from propdesk.domain.board_shades import COLOURINGS, OPEN_COLOURINGS, Colouring, find_colouring
from propdesk.domain.house_boards import BoardHouse, Section, build_board, has_floors
from propdesk.i18n import _
from propdesk.services.queries.fee_access import may_see_fees
from propdesk.services.queries.house_boards import list_board_houses
from ui.board.board import HouseBoard
from ui.board.legend import Legend
from ui.context import AppContext
from ui.keyboard import key_words
from ui.tables.memory import Memory, ScopedMemory
from ui.widgets.choices import Choice, Segments

VIEW_KEYS = "Ctrl+G"
COLOUR_KEYS = "F4"
_BOARD, _TABLE = "board", "table"

# Tells which houses the page's filters want, but for the building; None are all.
Matching = Callable[[], frozenset[int] | None]


class BoardHalf(QStackedWidget):
    """Switches between board and table, and remembers for each clerk what he looked at last.

    `current_changed` tells the current house's id (or None) while the board is shown, `opened`
    that its file is wanted, `building_wanted` a building's id. `view_changed` comes after a switch.
    """

    current_changed = Signal(object)
    opened = Signal()
    building_wanted = Signal(int)
    view_changed = Signal()

    def __init__(
        self, context: AppContext, memory: Memory, table: QWidget, matching: Matching
    ) -> None:
        super().__init__()
        self._context = context
        self._memory = ScopedMemory(memory, f"clerk-{context.staff.id}")
        self._matching = matching
        self._houses: tuple[BoardHouse, ...] = ()
        self._sections: tuple[Section, ...] = ()
        self._building_id: int | None = None
        self._table = table
        self._build()
        colouring = self._memory.recall("colouring")
        if colouring in [one.key for one in self._colourings()]:
            self.colours.choose(colouring)
        self.board.show_colouring(find_colouring(self.colours.chosen()))
        self._is_decided = False

    def _build(self) -> None:
        theme = self._context.theme
        self.views = Segments(
            theme,
            _("View"),
            [Choice(_BOARD, _("Board")), Choice(_TABLE, _("Table"))],
        )
        self.views.setToolTip(key_words(VIEW_KEYS))
        self.views.chosen_changed.connect(self.show_view)
        self.colours = Segments(theme, _("Coloured by"), self._colour_choices())
        self.colours.setToolTip(key_words(COLOUR_KEYS))
        self.colours.chosen_changed.connect(self._on_colouring)
        self.board = HouseBoard(theme)
        self.board.current_changed.connect(self._on_current)
        self.board.opened.connect(self.opened)
        self.board.next_wanted.connect(self._on_next)
        self.board.jump_wanted.connect(self._on_jump)
        self.legend = Legend(theme)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.board, 1)
        column.addWidget(self.legend)
        self.addWidget(whole)
        self.addWidget(self._table)
        switch = QShortcut(QKeySequence(VIEW_KEYS), self)
        switch.activated.connect(self._on_switch)
        colour = QShortcut(QKeySequence(COLOUR_KEYS), self)
        colour.activated.connect(self._on_next_colouring)

    def _colourings(self) -> tuple[Colouring, ...]:
        """Return what the board can show to the one who sits here: guards see no fees."""
        return COLOURINGS if may_see_fees(self._context.staff) else OPEN_COLOURINGS

    def _colour_choices(self) -> list[Choice]:
        return [Choice(one.key, str(one.label)) for one in self._colourings()]

    # -- board or table

    def is_board(self) -> bool:
        """Tell whether the board is shown."""
        return self.currentIndex() == 0

    def show_view(self, view: str) -> None:
        """Show board or table, and remember it."""
        self._is_decided = True
        self._memory.remember("view", view)
        self._show(view)
        self.refill()
        self.view_changed.emit()

    def _show(self, view: str) -> None:
        self.views.choose(view)
        self.colours.setVisible(view == _BOARD)
        self.setCurrentIndex(0 if view == _BOARD else 1)

    def _on_switch(self) -> None:
        self.show_view(_TABLE if self.is_board() else _BOARD)
        self.take_focus()

    def take_focus(self) -> None:
        """Put the keyboard on the board or into the table."""
        (self.board if self.is_board() else self._table).setFocus()

    # -- filling

    def refill(self) -> None:
        """Read the houses anew where the board is shown; at first decide which view that is.

        The board is the first view as soon as there are homes with floors.
        """
        if self._is_decided and not self.is_board():
            return
        sees_fees = may_see_fees(self._context.staff)
        self.colours.set_choices(self._colour_choices())
        if self.board.colouring() not in self._colourings():
            self.board.show_colouring(find_colouring(self.colours.chosen()))
        self._houses = list_board_houses(self._context.now(), with_arrears=sees_fees)
        self._sections = build_board(self._houses)
        if not self._is_decided:
            view = self._memory.recall("view")
            if view not in (_BOARD, _TABLE):
                view = _BOARD if has_floors(self._sections) else ""
            self._is_decided = bool(view)
            self._show(view or _TABLE)
        self.narrow(self._building_id)

    def narrow(self, building_id: int | None) -> None:
        """Show one building, or all, with what does not match the page's filters dimmed."""
        self._building_id = building_id
        if not self.is_board():
            return
        shown = [
            one for one in self._sections if building_id is None or building_id in one.building_ids
        ]
        communities = {section.community for section in self._sections}
        self.board.show_matching(self._matching())
        self.board.show_sections(shown, self._houses, says_community=len(communities) > 1)
        self.board.choose_first_match()
        self._show_legend()

    def _show_legend(self) -> None:
        board = self.board
        self.legend.show_houses(board.colouring(), board.shown(), board.count())

    # -- following the clerk

    def choose(self, house_id: int) -> bool:
        """Make a house the current one on the board; False where another building is shown."""
        return self.board.choose(house_id)

    def _on_current(self, house: BoardHouse | None) -> None:
        if self.is_board():
            self.current_changed.emit(None if house is None else house.id)

    def _on_colouring(self, key: str) -> None:
        self._memory.remember("colouring", key)
        self.board.show_colouring(find_colouring(key))
        self._show_legend()

    def _on_next_colouring(self) -> None:
        if self.is_board():
            keys = [one.key for one in self._colourings()]
            key = keys[(keys.index(self.colours.chosen()) + 1) % len(keys)]
            self.colours.choose(key)
            self._on_colouring(key)

    def _on_next(self, step: int) -> None:
        """Go to the next building where the filter shows only one."""
        places = [n for n, one in enumerate(self._sections)
                  if self._building_id in one.building_ids]  # fmt: skip
        if places and 0 <= places[0] + step < len(self._sections):
            section = self._sections[places[0] + step]
            house = next(section.houses())
            self.building_wanted.emit(house.building_id)
            self.board.choose(house.id)

    def _on_jump(self, house: BoardHouse) -> None:
        self.building_wanted.emit(house.building_id)
        self.board.choose(house.id)

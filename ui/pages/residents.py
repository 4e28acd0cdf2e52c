"""The residents page: the houses in walking order, and the file of the chosen one."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from propdesk.domain.house_boards import BoardPaper
from propdesk.domain.units import UNIT_STATE_LABELS, UnitState
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.queries.units import (
    Unit,
    UnitCounts,
    UnitGroup,
    UnitRow,
    count_listed,
    count_units,
    get_unit,
    has_units,
    list_buildings,
    list_communities,
    list_unit_ids,
    list_units,
)
from ui.board.printing import print_board
from ui.context import AppContext
from ui.keyboard import add_entry, lettered
from ui.pages.board_half import BoardHalf
from ui.pages.house_columns import house_columns
from ui.pages.house_menu import show_registrations
from ui.pages.house_side import HouseSide, Stored
from ui.pages.list_export import export_as_seen, print_as_seen
from ui.pages.page import Page
from ui.pages.privacy_menu import add_privacy_menu
from ui.pages.ticket_words import clauses
from ui.pages.work_page import PRINT_KEYS, FilterLine, Halves, ToolBar
from ui.tables.columns import Fetch, Sort
from ui.tables.memory import ScopedMemory
from ui.tables.view import FootLine, RecordTable, TablePane
from ui.theme import Space
from ui.widgets.badges import Toast
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Chips, Choice
from ui.widgets.filters import Filter
from ui.widgets.labels import Surface
from ui.widgets.panes import EmptyState
from ui.widgets.search import SearchField

_EVERY = "all"
# The office's daily questions: who waits, whose file is not complete, where nobody lives yet.
_GROUPS = {
    UnitGroup.OPEN_TICKETS: _lazy("With open tickets"),
    UnitGroup.NOBODY: _lazy("Without people"),
    UnitGroup.INCOMPLETE: _lazy("Incomplete"),
}
_STATES = (UnitState.VACANT, UnitState.DECORATING)


class ResidentsPage(Page):
    """Houses at the left, the house file or a form at the right."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._memory = ScopedMemory(context.memory, "residents")
        self._is_first = True
        self._has_several = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_tool_bar())
        self._list = self._make_list()
        self._side = HouseSide(context)
        self._side.left.connect(self._on_side_left)
        self.half.opened.connect(self._side.enter)
        self._side.stored.connect(self._on_stored)
        halves = Halves(context.theme, self._list, self._side, self._memory)
        self._body = QStackedWidget()
        self._body.addWidget(halves)
        self._body.addWidget(self._make_empty())
        column.addWidget(self._body, 1)
        paper = QShortcut(QKeySequence(PRINT_KEYS), self)
        paper.activated.connect(self._on_print)
        self._toast = Toast(context.theme, self._list)

    # -- building

    def _make_tool_bar(self) -> ToolBar:
        theme = self.context.theme
        new = Button(theme, _("New house"), kind=Kind.TONAL, icon="plus", shortcut="Ctrl+N")
        new.clicked.connect(self._on_new)
        self._chips = Chips(theme, _("Groups"), self._groups(None))
        self._chips.chosen_changed.connect(self._on_filter_changed)
        bring = Button(theme, _("Import"), kind=Kind.QUIET, icon="file-spreadsheet")
        bring.clicked.connect(self._on_import)
        give = Button(theme, _("Export"), kind=Kind.QUIET, icon="save")
        give.clicked.connect(self._on_export)
        self._more = Button(theme, _("More"), kind=Kind.QUIET, icon="ellipsis")
        self._more.clicked.connect(self._on_more)
        return ToolBar(theme, new, self._chips, [bring, give, self._more])

    @staticmethod
    def _groups(counts: UnitCounts | None) -> list[Choice]:
        choices = [Choice(_EVERY, _("All houses"), counts.total if counts else None)]
        for group, word in _GROUPS.items():
            count = counts.groups[group] if counts else None
            choices.append(Choice(group, str(word), count))
        for state in _STATES:
            count = counts.states[state] if counts else None
            choices.append(Choice(state, str(UNIT_STATE_LABELS[state]), count))
        return choices

    def _make_list(self) -> QWidget:
        theme = self.context.theme
        self._building = Filter(theme, _("Building"), self._building_choices())
        self._building.changed.connect(self._on_filter_changed)
        self._search = SearchField(theme, _("House or name"), "Ctrl+F", width=210)
        self._search.searched.connect(self._on_filter_changed)
        self._search.returnPressed.connect(self._go_to_list)
        self._search.left.connect(self._go_to_list)
        self.table = RecordTable(
            theme,
            _("Houses"),
            house_columns(self.context.shown_names, self._long_words),
            lambda row: row.id,
            memory=ScopedMemory(self._memory, "list"),
            now=self.context.now,
        )
        self.table.current_changed.connect(self._on_current_changed)
        self.table.opened.connect(lambda _row: self._side.enter())
        foot = FootLine(theme, _("Enter opens the file  Esc back to the list"))
        self._pane = TablePane(theme, self.table, foot)
        clear = Button(theme, _("Show all houses"), kind=Kind.PRIMARY)
        clear.clicked.connect(self._on_clear)
        self._nothing_found = EmptyState(theme, "search-x", _("No house like this"), "", [clear])
        whole = Surface(theme)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.half = BoardHalf(self.context, self._memory, self._pane, self._matching)
        self.half.current_changed.connect(self._on_board_changed)
        self.half.building_wanted.connect(self._on_building_wanted)
        self.half.view_changed.connect(self._on_view_changed)
        right = QWidget()
        row = QHBoxLayout(right)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        row.addWidget(self.half.views)
        row.addWidget(self._search)
        column.addWidget(FilterLine(theme, [self._building, self.half.colours], right))
        column.addWidget(self.half, 1)
        return whole

    def _make_empty(self) -> EmptyState:
        theme = self.context.theme
        self._empty_import = Button(
            theme, _("Import residents"), kind=Kind.PRIMARY, icon="file-spreadsheet"
        )
        self._empty_import.clicked.connect(self._on_import)
        new = Button(theme, _("Enter a house"), icon="plus")
        new.clicked.connect(self._on_new)
        return EmptyState(
            theme,
            "house",
            _("No houses yet"),
            _("Import the workbook of residents, or enter the first house by hand."),
            [self._empty_import, new],
        )

    # -- filling

    def refill(self) -> None:
        """Read list, counts and file anew; the clerk stays where he is."""
        counts = count_units(self.context.now().date())
        self._has_several = len(list_communities()) > 1
        self._chips.set_choices(self._groups(counts))
        self._building.set_choices(self._building_choices())
        # Which view is shown must be known before the table tells its first row.
        self.half.refill()
        if self._is_first:
            self._is_first = False
            self.table.show_fetch(self._fetch)
        else:
            self.table.refresh()
        self._side.file.refill()
        self._show_foot()
        self._show_what_there_is()

    def enter(self) -> None:
        """Put the keyboard into the list, the open form, or on the first act of an empty office."""
        if self._side.open_form() is not None:
            self._side.enter()
        elif self._body.currentIndex() == 1:
            self._empty_import.setFocus()
        else:
            self._go_to_list()

    def settle(self) -> bool:
        """Ask before a half-typed form is lost with the window."""
        return self._side.may_leave()

    def show_unit(self, unit_id: int) -> None:
        """Show the file of a house, wherever in the list it stands."""
        if not self._side.may_leave():
            return
        self._side.close_form()
        self._choose(unit_id)
        self._side.enter()

    def _choose(self, unit_id: int) -> None:
        """Make a house the current one; where the filters hide it, its building is shown."""
        if self.half.is_board():
            if not self.half.choose(unit_id):
                self._show_building_of(unit_id)
                self.half.refill()
                self.half.choose(unit_id)
        elif not self.table.select_key(unit_id):
            self._show_building_of(unit_id)
            while not self.table.select_key(unit_id) and self.table.records.canFetchMore():
                self.table.records.fetchMore()

    def _show_building_of(self, unit_id: int) -> None:
        self._chips.choose(_EVERY)
        self._search.clear_silently()
        self._building.set_choices(self._building_choices())
        self._building.choose(_building_key(get_unit(unit_id)))
        self._show_list()

    def _matching(self) -> frozenset[int] | None:
        """Return which houses the filters want, whatever their building; None are all."""
        conditions = {**self._conditions(), "building_id": None}
        if not any(conditions[key] for key in ("words", "group", "state")):
            return None
        return list_unit_ids(**conditions)

    def _conditions(self) -> dict[str, Any]:
        building = self._building.value()
        return {
            "today": self.context.now().date(),
            "building_id": None if building in ("", _EVERY) else int(building),
            "words": self._search.words(),
            "group": next((one for one in _GROUPS if one == self._chips.chosen()), None),
            "state": next((one for one in _STATES if one == self._chips.chosen()), None),
        }

    def _fetch(self, after: Any, limit: int, _sort: Sort) -> tuple[Sequence[UnitRow], Any]:
        return _units_after(self._conditions(), after, limit)

    def _on_filter_changed(self) -> None:
        self._show_list()

    def _show_list(self) -> None:
        self.table.show_fetch(self._fetch)
        self.half.narrow(self._conditions()["building_id"])
        self._show_foot()
        self._show_what_there_is()

    def _show_foot(self) -> None:
        count = count_listed(**self._conditions())
        words = ngettext("{count} house", "{count} houses", count)
        self._pane.foot.show_text(words.format(count=count))

    def _show_what_there_is(self) -> None:
        """Show the list, or what to do where there is nothing to list."""
        is_empty = self.table.is_empty()
        has_none = is_empty and not has_units()
        self._body.setCurrentIndex(1 if has_none and self._side.open_form() is None else 0)
        if is_empty and not has_none:
            self._nothing_found.show_words(_("No house like this"), self._said())
            self._pane.show_instead(self._nothing_found)
        else:
            self._pane.show_table()

    def _said(self) -> str:
        words = self._search.words()
        if words:
            return _("Nothing was found for «{words}».").format(words=words[:40])
        return _("No house belongs to this group at present.")

    def _building_choices(self) -> list[Choice]:
        buildings = list_buildings()
        several = len({community for _id, community, _name in buildings}) > 1
        choices = [Choice(_EVERY, _("All"))]
        for building_id, community, name in buildings:
            is_plain = name.isascii() and name.isalnum()
            word = _("Building {name}").format(name=name) if is_plain else name
            choices.append(Choice(str(building_id), f"{community} {word}" if several else word))
        return choices

    def _long_words(self, row: UnitRow) -> str:
        return f"{row.community} {row.long}" if self._has_several else row.long

    # -- following the clerk

    def _on_current_changed(self, row: UnitRow | None) -> None:
        if not self.half.is_board():
            self._side.show_unit(None if row is None else row.id)

    def _on_board_changed(self, unit_id: int | None) -> None:
        self._side.show_unit(unit_id)

    def _on_building_wanted(self, building_id: int) -> None:
        self._building.choose(str(building_id))
        self._show_list()

    def _on_view_changed(self) -> None:
        """Go on at the same house in the other view."""
        unit = self._side.unit()
        if unit is not None and self.half.is_board():
            self.half.choose(unit.id)
        elif unit is None or not self.table.select_key(unit.id):
            self._on_current_changed(self.table.current_row())

    def _on_new(self) -> None:
        self._side.begin_unit()
        self._show_what_there_is()
        self._side.enter()

    def _on_side_left(self) -> None:
        self._show_what_there_is()
        self.enter()

    def _on_stored(self, stored: Stored) -> None:
        self.context.changes.residents_changed.emit()
        self._choose(stored.unit_id)
        if stored.residency_id is not None:
            self._side.file.select_person(stored.residency_id)
        self._toast.show_message(stored.words, stored.undo)
        self._side.enter()

    def _go_to_list(self) -> None:
        if self.half.is_board():
            self.half.take_focus()
        elif self.table.is_empty():
            self._search.setFocus()
        else:
            self.table.setFocus()

    def _on_clear(self) -> None:
        self._chips.choose(_EVERY)
        self._building.clear()
        self._search.clear_silently()
        self._show_list()
        self._go_to_list()

    def _on_import(self) -> None:
        from ui.dialogs.import_dialog import open_import

        open_import(self.context, self, "residents")
        self.enter()  # the button of an empty page is gone by now

    def _on_export(self) -> None:
        total = count_listed(**self._conditions())
        fetch = self._fetch_apart()
        words = export_as_seen(self.context, self, self.table, fetch, _("Houses"), total)
        if words:
            self._toast.show_message(words)

    def _on_decorations(self) -> None:
        from ui.dialogs.decorations_dialog import DecorationsDialog

        DecorationsDialog(self.context, self).ask()

    def _on_all_keys(self) -> None:
        from ui.dialogs.all_keys_dialog import AllKeysDialog

        AllKeysDialog(self.context, self).ask()

    def _on_segments(self) -> None:
        from ui.dialogs.segments_dialog import SegmentsDialog

        SegmentsDialog(self.context, self).ask()
        self._side.file.refill()

    def _on_print(self) -> None:
        """Print what is in sight: the board or the list."""
        if self.half.is_board():
            self._on_print_board(BoardPaper.A4)
        else:
            self._on_print_list()

    def _on_print_board(self, size: BoardPaper) -> None:
        building_id = self._conditions()["building_id"]
        print_board(self.context, self, self.half.board.colouring(), size, building_id)

    def _on_print_list(self) -> None:
        group = next(c.word for c in self._groups(None) if c.key == self._chips.chosen())
        words = self._search.words()
        narrowed = clauses(
            group,
            _("«{words}»").format(words=words) if words else "",
            self._building.accessibleName() if self._building.is_on() else "",
        )
        fetch = self._fetch_apart()
        print_as_seen(self.context, self, self.table, fetch, _("Houses"), narrowed)

    def _fetch_apart(self) -> Fetch:
        """Return how another thread reads what is wanted now, without asking the widgets."""
        conditions = self._conditions()
        return lambda after, limit, _sort: _units_after(conditions, after, limit)

    def _on_more(self) -> None:
        menu = QMenu(self)
        has_house = self._side.unit() is not None
        moves = add_entry(menu, _("Move in or out"), "M", self._side.file.begin_move)
        person = add_entry(menu, _("Add a person"), "P", self._side.add_person)
        edit = add_entry(menu, _("Edit the house"), "E", self._side.edit_unit)
        for act in (moves, person, edit):
            act.setEnabled(has_house)
        menu.addSeparator()
        rows = add_entry(menu, _("Copy the chosen rows"), "C", self.table.copy_selection)
        rows.setEnabled(not self.table.is_empty())
        is_board = self.half.is_board()
        keys = "" if is_board else PRINT_KEYS
        papers = menu.addMenu(lettered(_("Print"), "R"))
        add_entry(papers, _("Print this list"), "L", self._on_print_list, keys=keys)
        for size, letter, keys in (
            (BoardPaper.A4, "4", PRINT_KEYS if is_board else ""),
            (BoardPaper.A3, "3", ""),
        ):
            words = _("Print the house board ({size})").format(size=size.upper())
            add_entry(papers, words, letter, partial(self._on_print_board, size), keys=keys)
        forms = add_entry(papers, _("Registration forms of these houses"), "R", self._on_forms)
        forms.setEnabled(not self.table.is_empty())
        add_entry(papers, _("A blank registration form"), "B", self._on_blank_form)
        menu.addSeparator()
        add_entry(menu, _("Keys of all houses"), "K", self._on_all_keys)
        add_entry(menu, _("Decorations under way"), "W", self._on_decorations)
        add_entry(menu, _("Customer segments"), "S", self._on_segments)
        unit, chosen = self._side.unit(), self._side.file.person()
        add_privacy_menu(menu, self.context, self, unit, chosen, self._toast.show_message)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _on_forms(self) -> None:
        """Show the registration forms of the houses that are listed now, a page each."""
        count = count_listed(**self._conditions())
        rows = list_units(**self._conditions(), limit=count)
        name = ngettext("{count} house", "{count} houses", count).format(count=count)
        show_registrations(self.context, self, [row.id for row in rows], name)

    def _on_blank_form(self) -> None:
        show_registrations(self.context, self, (), "")


def _units_after(
    conditions: Mapping[str, Any], after: str | None, limit: int
) -> tuple[Sequence[UnitRow], str | None]:
    """Return a page of houses, and the key of the next one."""
    rows = list_units(**conditions, after=after, limit=limit)
    return rows, rows[-1].sort_key if len(rows) == limit else None


def _building_key(unit: Unit) -> str:
    for building_id, community, name in list_buildings():
        if (community, name) == (unit.community, unit.building):
            return str(building_id)
    return _EVERY

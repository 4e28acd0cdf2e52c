"""The windowed model and its view: pages by key, selection by key, the clerk's keys."""

from dataclasses import dataclass, replace
from datetime import datetime

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from propdesk.i18n import _lazy, set_language
from ui.tables.columns import CellKind, Column, FixedRows, Mark, Sort
from ui.tables.memory import NoMemory, ScopedMemory
from ui.tables.model import RecordModel
from ui.tables.view import FootLine, RecordTable, TablePane
from ui.theme import Mode, Tone
from ui.widgets.panes import EmptyState

NOW = datetime(2026, 11, 21, 10, 12)


WORKING = Mark("处理中", Tone.INFO)


@dataclass(frozen=True, slots=True)
class Ticket:
    number: int
    matter: str
    fee: int = 0
    status: Mark = WORKING


COLUMNS = (
    Column("number", _lazy("Number"), lambda row: row.number, CellKind.COUNT, sort_key="number"),
    Column("matter", _lazy("Matter"), lambda row: row.matter, stretches=True, sort_key="matter"),
    Column("status", _lazy("Status"), lambda row: row.status, CellKind.STATUS, rank=2),
    Column("fee", _lazy("Fee"), lambda row: row.fee, CellKind.MONEY, rank=1),
)


class Store:
    """Tickets in memory, given out by keyset pages as a query would."""

    def __init__(self, count):
        self.rows = [Ticket(n, f"事项 {n % 7}", n * 100) for n in range(1, count + 1)]
        self.asked = []

    def fetch(self, after, limit, sort):
        self.asked.append((after, limit, sort))

        def key(row):
            return (row.matter, row.number) if sort.key == "matter" else (row.number,)

        rows = sorted(self.rows, key=key, reverse=sort.is_descending)
        if after is not None:
            rows = [row for row in rows if (key(row) < after) == sort.is_descending]
            rows = [row for row in rows if key(row) != after]
        page = rows[:limit]
        return page, key(page[-1]) if len(rows) > limit else None


def make_model(store):
    model = RecordModel(COLUMNS, lambda row: row.number, now=lambda: NOW)
    model.show_fetch(store.fetch)
    return model


@pytest.mark.parametrize("count", [0, 1, 100, 101, 350])
def test_model_keeps_qts_promises(qapp, count):
    model = RecordModel(COLUMNS, lambda row: row.number, now=lambda: NOW)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    # The tester would itself fetch while it is told of a reset, and then blame the model.
    tester.setUseFetchMore(False)
    model.show_fetch(Store(count).fetch)
    while model.canFetchMore():
        model.fetchMore()
    model.sort_by(Sort("matter", is_descending=True))
    model.refresh()
    assert model.rowCount() == count or model.canFetchMore()
    assert tester.model() is model


def test_model_fetches_by_page_and_only_what_is_wanted(qapp):
    store = Store(1000)
    model = make_model(store)
    assert model.rowCount() == 100
    model.fetchMore()
    assert model.rowCount() == 200
    assert [(after, limit) for after, limit, _sort in store.asked] == [(None, 100), ((100,), 100)]
    assert [model.row_at(n).number for n in (0, 99, 100, 199)] == [1, 100, 101, 200]
    assert model.row_at(200) is None


def test_refresh_fetches_as_much_as_was_there(qapp):
    store = Store(1000)
    model = make_model(store)
    model.fetchMore()
    model.refresh()
    assert model.rowCount() == 200
    assert store.asked[-1][:2] == (None, 200)


def test_model_speaks_to_screen_readers(qapp):
    set_language("en")
    model = make_model(Store(3))
    index = model.index(0, 3)
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Fee 1.00"
    assert model.data(index) == "1.00"
    assert model.headerData(3, Qt.Orientation.Horizontal) == "Fee"
    assert model.data(QModelIndex()) is None
    assert isinstance(model, QAbstractItemModel)


@pytest.fixture
def table(theme, showing):
    table = RecordTable(
        theme, "工单", COLUMNS, lambda row: row.number, sort=Sort("number"), now=lambda: NOW
    )
    showing(table, 700, 400)
    return table


def test_enter_opens_escape_leaves_arrows_walk(table, press):
    seen, opened, left = [], [], []
    table.current_changed.connect(seen.append)
    table.opened.connect(opened.append)
    table.left.connect(lambda: left.append(True))
    table.show_fetch(Store(300).fetch)
    press("Down", "Down", "Return", "Esc")
    assert [row.number for row in seen] == [1, 2, 3]
    assert [row.number for row in opened] == [3]
    assert left == [True]


def test_end_goes_on_through_the_pages(table, press):
    table.show_fetch(Store(250).fetch)
    for _again in range(4):
        press("Ctrl+End")
    assert table.current_row().number == 250
    assert table.records.rowCount() == 250


def test_refresh_stays_on_the_record_and_tells_only_real_changes(table, press):
    store = Store(50)
    table.show_fetch(store.fetch)
    press("Down", "Down")
    seen = []
    table.current_changed.connect(seen.append)
    store.rows.insert(0, Ticket(0, "新来的"))
    table.refresh()
    assert (table.current_row().number, seen) == (3, [])
    assert table.currentIndex().row() == 3
    store.rows = [replace(row, matter="改过") if row.number == 3 else row for row in store.rows]
    table.refresh()
    assert [row.matter for row in seen] == ["改过"]
    store.rows = [row for row in store.rows if row.number != 3]
    table.refresh()
    assert table.current_row().number == 4


def test_a_list_that_empties_tells_none(table):
    table.show_fetch(Store(2).fetch)
    seen = []
    table.current_changed.connect(seen.append)
    table.show_rows(())
    assert seen == [None]
    assert table.is_empty()
    assert table.selected_rows() == []


def test_select_by_key(table):
    table.show_fetch(Store(30).fetch)
    assert table.select_key(17)
    assert table.current_row().number == 17
    assert not table.select_key(99)


def test_copy_takes_the_selected_rows_apart_by_tabs(table, press):
    rows = (Ticket(1, "=HYPERLINK(1)", 123450), Ticket(2, "漏\t水\n了"), Ticket(3, "不要"))
    table.show_rows(rows)
    press("Shift+Down", "Ctrl+C")
    assert QGuiApplication.clipboard().text() == (
        "1\t'=HYPERLINK(1)\t处理中\t1,234.50\n2\t漏 水 了\t处理中\t0.00"
    )
    assert [row.number for row in table.selected_rows()] == [1, 2]


def test_typing_does_not_jump(table, type_words):
    table.show_rows((Ticket(1, "a"), Ticket(2, "b")))
    type_words("2b")
    assert table.current_row().number == 1


def test_sorting_asks_the_query_and_is_remembered(theme, showing, press):
    memory = NoMemory()
    store = Store(20)

    def make():
        made = RecordTable(
            theme,
            "工单",
            COLUMNS,
            lambda row: row.number,
            memory=ScopedMemory(memory, "tickets"),
            now=lambda: NOW,
        )
        made.show_fetch(store.fetch)
        return made

    first = make()
    showing(first, 700, 300)
    first.horizontalHeader().sectionClicked.emit(0)
    assert store.asked[-1][2] == Sort("number", is_descending=False)
    first.horizontalHeader().sectionClicked.emit(0)
    assert first.current_row().number == 20
    first.horizontalHeader().sectionClicked.emit(2)
    assert store.asked[-1][2] == Sort("number", is_descending=True)
    first.setColumnWidth(0, 123)
    second = make()
    showing(second, 700, 300)
    assert second.current_row().number == 20
    assert second.columnWidth(0) == 123


def test_narrow_table_hides_columns(theme, showing):
    table = RecordTable(theme, "工单", COLUMNS, lambda row: row.number, now=lambda: NOW)
    table.show_rows((Ticket(1, "x"),))
    showing(table, 700, 200)
    assert table.visible_columns() == [0, 1, 2, 3]
    table.resize(170, 200)
    assert table.visible_columns() == [0, 1, 2]
    table.resize(110, 200)
    assert table.visible_columns() == [0, 1]


def test_the_selection_bar_shows_where_the_keyboard_is(theme, showing, press):
    window = QWidget()
    row = QHBoxLayout(window)
    table = RecordTable(theme, "工单", COLUMNS, lambda each: each.number, now=lambda: NOW)
    table.show_rows((Ticket(1, "x"), Ticket(2, "y")))
    row.addWidget(table)
    row.addWidget(QPushButton("别处"))
    showing(window, 700, 300)

    def bar():
        rect = table.visualRect(table.records.index(0, 0))
        return QColor(table.viewport().grab().toImage().pixel(1, rect.center().y()))

    assert bar() == theme.colours.accent_text
    press("Tab")
    assert bar() == theme.colours.line_field


def test_a_new_theme_is_only_a_repaint(theme, qapp, table):
    table.show_rows((Ticket(1, "x"),))
    theme.apply(qapp, Mode.DARK, 12)
    image = table.viewport().grab().toImage()
    assert QColor(image.pixel(300, 5)) == theme.colours.selection
    assert QColor(image.pixel(300, image.height() - 5)) == theme.colours.surface
    assert table.rowHeight(0) == theme.row_height()


def test_extreme_texts_are_drawn(theme, table):
    nasty = ("A<B & <img src=x>", "𠮷😀" * 500, "\u202eabc\u202c", "长" * 100_000, "\x00\x07")
    table.show_rows([Ticket(n, words) for n, words in enumerate(nasty)])
    assert not table.grab().isNull()
    assert table.rowHeight(3) == theme.row_height()


def test_pane_shows_an_empty_state_and_a_foot(theme, showing):
    table = RecordTable(theme, "工单", COLUMNS, lambda row: row.number, now=lambda: NOW)
    foot = FootLine(theme, "Enter 进入详情")
    pane = TablePane(theme, table, foot)
    showing(pane, 500, 300)
    empty = EmptyState(theme, "search-x", "没有符合条件的工单", "去掉条件后共 134 张。")
    pane.show_instead(empty)
    assert empty.isVisible()
    assert not table.isVisible()
    pane.show_table()
    foot.show_text("共 134 张")
    assert table.isVisible()
    assert foot.text() == "共 134 张"


def test_fixed_rows_come_at_once():
    assert FixedRows((1, 2))(None, 1, Sort()) == ((1, 2), None)

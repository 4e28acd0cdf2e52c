"""The house board as a clerk uses it: walked, typed to, coloured, narrowed, printed."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from propdesk.domain.bills import BillDraft
from propdesk.domain.board_shades import BY_TICKETS
from propdesk.domain.fee_item_drafts import ItemDraft
from propdesk.domain.fee_items import Formula
from propdesk.domain.persons import PersonDraft
from propdesk.domain.staff import Role
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.domain.units import Address, UnitKind
from propdesk.i18n import set_language
from propdesk.services import bills, fee_items, residents, staff, tickets, units
from propdesk.services.queries.staff import find_department
from propdesk.storage.database import database
from ui.pages.residents import ResidentsPage


@pytest.fixture
def add(house):
    """Add houses by their numbers; `3-1-101@-1` is on a floor of its own, `@` on none."""

    def add_houses(*shorts, community="云澜花园"):
        made = []
        for short in shorts:
            place, at, floor = short.partition("@")
            facts = {"floor": int(floor) if floor else None} if at else None
            parts = place.split("-")
            address = Address(parts[0], parts[1] if len(parts) > 2 else "", parts[-1])
            unit = units.add_unit(address, community=community, by=house.desk.id)
            if facts is not None:
                database.execute_sql(
                    "UPDATE unit SET floor = ? WHERE id = ?", (facts["floor"], unit.id)
                )
            made.append(unit)
        return made

    return add_houses


@pytest.fixture
def say(house):
    """Set the state of a house, found by its number."""

    def set_state(short, state):
        database.execute_sql("UPDATE unit SET state = ? WHERE short = ?", (state, short))

    return set_state


@pytest.fixture
def report(house, now):
    def report_one(unit, kind=Kind.REPAIR):
        draft = TicketDraft(kind, "卫生间漏水", unit_id=unit.id)
        return tickets.register_ticket(draft, by=house.desk.id, now=now)

    return report_one


@pytest.fixture
def open_page(office_context, showing):
    """Open the page, wired as the window does it."""
    set_language("en")

    def show(width=1366, height=692):
        page = ResidentsPage(office_context)
        changes = office_context.changes
        for signal in (changes.residents_changed, changes.tickets_changed):
            signal.connect(page.mark_stale)
        showing(page, width, height)
        page.catch_up()
        page.enter()
        return page

    return show


def board_of(page):
    return page.half.board


def current(page):
    return board_of(page).current().short


def walked(page, press, *keys):
    """Return where each key leads."""
    ways = []
    for key in keys:
        press(key)
        ways.append(current(page))
    return ways


# -- which view


def test_the_board_is_the_first_view_of_homes_with_floors(open_page, house, focus):
    page = open_page()
    assert focus() is board_of(page)
    assert current(page) == "1-2-501"
    assert page._side.file.unit.short == "1-2-501"


def test_without_floors_the_table_is_the_first_view_until_there_are_some(
    open_page, office, house, office_context, add, focus
):
    database.execute_sql("UPDATE unit SET floor = NULL")
    page = open_page()
    assert focus() is page.table
    add("3-1-101")
    office_context.changes.residents_changed.emit()
    assert page.half.is_board()


def test_ctrl_g_changes_the_view_at_the_same_house_and_it_is_remembered(
    open_page, house, add, press, focus, office_context
):
    add("1-2-601", "1-2-502")
    page = open_page()
    press("Down", "Right")
    assert current(page) == "1-2-502"
    press("Ctrl+G")
    assert focus() is page.table
    assert page.table.current_row().short == "1-2-502"
    again = ResidentsPage(office_context)
    again.catch_up()
    assert not again.half.is_board()
    again.deleteLater()
    press("Up")
    before = page.table.current_row().short
    press("Ctrl+G")
    assert focus() is board_of(page)
    assert current(page) == before
    assert page._side.file.unit.short == before


def test_each_clerk_has_his_own_view(open_page, house, office_context, press):
    page = open_page()
    press("Ctrl+G", "Ctrl+G", "F4")
    assert board_of(page).colouring() is BY_TICKETS
    same = ResidentsPage(office_context)
    assert board_of(same).colouring() is BY_TICKETS
    office_context.staff = house.worker
    other = ResidentsPage(office_context)
    assert board_of(other).colouring() is not BY_TICKETS
    for one in (same, other):
        one.deleteLater()


# -- the keyboard


def test_arrows_walk_over_gaps_and_entrances(open_page, house, add, press):
    add("1-1-502", "1-1-301", "1-1-302", "1-2-301", "1-2-302", "1-2-402", "2-1-101")
    page = open_page()
    # 5F    .  502 | 501   .
    # 4F    .   .  |  .  402
    # 3F  301  302 | 301  302
    assert current(page) == "1-1-502"
    ways = walked(page, press, "Right", "Right", "Down", "Left", "Left", "Left", "Up", "Right")
    assert ways == [
        "1-2-501", "1-2-501", "1-2-301", "1-1-302", "1-1-301", "1-1-301",
        "1-2-402", "1-2-402",
    ]  # fmt: skip
    assert walked(page, press, "End", "Up", "Home", "Down") == [
        "1-2-402", "1-2-501", "1-1-502", "1-1-302",
    ]  # fmt: skip
    assert walked(page, press, "Down", "Up", "Ctrl+Home", "Ctrl+End") == [
        "2-1-101", "1-1-301", "1-1-502", "2-1-101",
    ]  # fmt: skip


def test_enter_opens_the_file_and_esc_leads_back_to_the_same_house(
    open_page, house, add, press, focus
):
    add("1-2-601")
    page = open_page()
    press("Down", "Return")
    assert focus() is not board_of(page)
    assert page._side.isAncestorOf(focus())
    press("Esc")
    assert focus() is board_of(page)
    assert current(page) == "1-2-501"


def test_page_keys_lead_to_the_next_building_shown_or_not(open_page, house, add, press, focus):
    add("2-1-301", "2-1-101", "10-1-201")
    page = open_page()
    assert walked(page, press, "PgDown", "PgDown", "PgDown", "PgUp") == [
        "2-1-301", "10-1-201", "10-1-201", "2-1-301",
    ]  # fmt: skip
    while not focus().accessibleName().startswith("Building"):
        press("Shift+Tab")
    press("Return", "Down", "Return")
    assert [one.short for one in board_of(page).places.houses()] == ["1-2-501"]
    while focus() is not board_of(page):
        press("Tab")
    assert walked(page, press, "PgDown", "PgDown", "PgDown", "PgUp") == [
        "2-1-301", "10-1-201", "10-1-201", "2-1-301",
    ]  # fmt: skip
    assert page._building.accessibleName() == "Building Building 2"
    assert [one.short for one in board_of(page).places.houses()] == ["2-1-301", "2-1-101"]


def test_a_typed_number_is_found_in_this_entrance_first(open_page, house, add, press, type_words):
    add("1-1-501", "1-1-1201", "1-2-1201", "2-1-501", "12-3-501", "12-3-502")
    page = open_page()
    type_words("501")
    assert current(page) == "1-1-501"
    press("Right")
    type_words("12")
    assert current(page) == "1-2-1201"
    board_of(page)._typed_at -= 5
    type_words("12-")
    assert current(page) == "12-3-501"
    type_words("3-502")
    assert current(page) == "12-3-502"
    type_words("9")
    assert current(page) == "12-3-502"


def test_a_building_is_typed_though_another_one_is_shown(
    open_page, house, add, press, type_words, focus
):
    add("12-3-501")
    page = open_page()
    page._on_building_wanted(board_of(page).current().building_id)
    assert len(list(board_of(page).places.houses())) == 1
    type_words("12-3")
    assert current(page) == "12-3-501"
    assert page._building.accessibleName() == "Building Building 12"
    assert page._side.file.unit.short == "12-3-501"


def test_the_menu_of_buildings_is_walked_by_what_is_typed(open_page, house, add, press, focus):
    add(*(f"{n}-1-101" for n in range(2, 30)))
    page = open_page()
    while not focus().accessibleName().startswith("Building"):
        press("Shift+Tab")
    press("Return", "2", "7", "Return")
    assert [one.short for one in board_of(page).places.houses()] == ["27-1-101"]


def test_the_board_follows_a_house_shown_from_elsewhere(open_page, house, add, press, focus):
    (wanted,) = add("7-1-301")
    page = open_page()
    page._on_building_wanted(board_of(page).current().building_id)
    page.show_unit(wanted.id)
    assert current(page) == "7-1-301"
    assert page._side.file.unit.id == wanted.id
    press("Esc")
    assert focus() is board_of(page)


def test_a_house_that_was_just_added_is_the_current_one(
    open_page, house, press, type_words, office_context
):
    page = open_page()
    press("Ctrl+N")
    type_words("3-2-1501")
    press("Ctrl+S")
    assert page.half.is_board()
    assert current(page) == "3-2-1501"


# -- groups and words


def test_what_the_filters_do_not_want_is_dim_and_not_counted(
    open_page, house, add, say, report, press, type_words, focus
):
    other, _third = add("1-2-601", "1-2-401")
    say("1-2-601", "let")
    report(other)
    page = open_page()
    legend = page.half.legend
    assert legend.words() == "Let 1; Not said 2; Other ticket 1"
    while not focus().accessibleName().startswith("All houses"):
        press("Shift+Tab")
    press("Right")
    assert legend.words() == "1 of 3 houses; Let 1; Other ticket 1"
    assert len(list(board_of(page).places.houses())) == 3
    assert current(page) == "1-2-601"
    press("Left", "Ctrl+F")
    type_words("张伟")
    press("Return")
    assert focus() is board_of(page)
    assert current(page) == "1-2-501"
    assert legend.words() == "1 of 3 houses; Not said 1"
    press("Up")
    assert focus().accessibleName().endswith("not in this group")


def test_the_colouring_is_a_switch_with_its_own_counts(open_page, house, add, report, press, focus):
    report(add("1-2-601")[0], Kind.COMPLAINT)
    page = open_page()
    press("F4")
    assert page.half.legend.words() == "Complaint 1; Nothing open 1; Complaint 1"
    while not focus().accessibleName().startswith("Open tickets"):
        press("Shift+Tab")
    press("Left")
    assert page.half.legend.words() == "Not said 2; Complaint 1"
    assert [cell.choice.key for cell in page.half.colours._cells] == ["state", "tickets", "arrears"]


def test_arrears_colour_the_board_for_those_who_may_see_fees(open_page, house, add, press, now):
    item = ItemDraft("WY", "物业服务费", Formula.AREA, unit_kinds=(UnitKind.HOME,))
    fee_items.add_item(item, by=house.desk.id)
    other, third = add("1-2-401", "1-2-301")
    for unit, due_on in ((house.home, date(2026, 11, 1)), (other, date(2024, 5, 1))):
        draft = BillDraft(100, "By hand", due_on, None, due_on)
        bills.add_bill(unit.id, "WY", draft, by=house.desk.id, now=now)
    draft = BillDraft(100, "By hand", now.date(), None, now.date())
    bills.add_bill(third.id, "WY", draft, by=house.desk.id, now=now)
    page = open_page()
    press("F4", "F4")
    assert page.half.legend.words() == (
        "Owes for more than a year 1; Owes, up to 90 days 1; Nothing overdue 1"
    )


def test_guards_are_not_offered_the_arrears(open_page, house, office_context):
    office_context.staff = staff.add_staff(
        "赵队长", by=house.desk.id, department_id=find_department("安管部").id, role=Role.SUPERVISOR
    )
    page = open_page()
    assert [cell.choice.key for cell in page.half.colours._cells] == ["state", "tickets"]


# -- what is said


def test_a_screen_reader_is_told_the_current_house(open_page, house, add, say, report, press):
    (other,) = add("1-2-401")
    say("1-2-401", "vacant")
    report(other, Kind.COMPLAINT)
    page = open_page()
    board = board_of(page)
    assert board.accessibleName() == "House board: 1-2-501, State not said, 1 person"
    press("Down")
    assert board.accessibleName() == (
        "House board: 1-2-401, Vacant, Nobody lives here, 1 open ticket, 1 complaint"
    )
    assert page.half.legend.accessibleName().startswith("Legend: Vacant 1; Not said 1")


def test_the_mouse_is_told_too_and_chooses(open_page, house, add, qtbot):
    from PySide6.QtCore import Qt

    add("1-2-401")
    page = open_page()
    board = board_of(page)
    box = board._box(board.places.place(list(board.places.houses())[1].id))
    assert isinstance(box, QRect)
    view = board.viewport()
    spot = box.center()
    QApplication.sendEvent(view, QHelpEvent(QHelpEvent.Type.ToolTip, spot, view.mapToGlobal(spot)))
    assert "1-2-401" in QToolTip.text()
    assert "Nobody lives here" in QToolTip.text()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=spot)
    assert current(page) == "1-2-401"
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(2, view.height() - 3))
    assert current(page) == "1-2-401"


def test_hostile_words_in_a_tooltip_are_words(open_page, house, say):
    database.execute_sql("UPDATE unit SET short = '<img src=x>'")
    page = open_page()
    board = board_of(page)
    spot = board._box(board.places.place(board.current().id)).center()
    view = board.viewport()
    QApplication.sendEvent(view, QHelpEvent(QHelpEvent.Type.ToolTip, spot, view.mapToGlobal(spot)))
    assert "<img" not in QToolTip.text()


# -- how it looks


def test_forty_houses_a_floor_scroll_sideways_and_the_current_one_stays_in_sight(
    open_page, house, add, press
):
    add(*(f"7-1-{floor}{n:02d}" for floor in (1, 2) for n in range(1, 41)))
    page = open_page()
    board = board_of(page)
    press("PgDown")
    assert board.horizontalScrollBar().maximum() > 0
    press("End")
    assert current(page) == "7-1-240"
    bar = board.horizontalScrollBar()
    box = board._box(board.places.place(board.current().id))
    assert bar.value() > 0
    assert box.right() < bar.value() + board.viewport().width()
    press("Home")
    assert board.horizontalScrollBar().value() == 0


def test_each_state_has_a_cell_of_its_own_also_without_colour(open_page, house, add, say):
    from propdesk.domain.units import UnitState

    for n, state in enumerate(UnitState, 1):
        add(f"9-1-{n}01")
        say(f"9-1-{n}01", state.value)
    page = open_page()
    board = board_of(page)
    board.choose(next(one.id for one in board.places.houses() if one.short == "1-2-501"))
    picture = board.viewport().grab().toImage()
    greys = {}
    for one in board.places.houses():
        if one.short.startswith("9-"):
            box = board._box(board.places.place(one.id))
            box.setLeft(box.left() + 45)  # right of the number
            box.moveTop(box.top() - board.verticalScrollBar().value())
            cut = picture.copy(box).convertToFormat(picture.Format.Format_Mono)
            greys[one.state] = bytes(cut.constBits())
    assert len(set(greys.values())) == len(UnitState)


@pytest.mark.parametrize("size", [(1366, 692), (1280, 644)])
def test_the_board_fits_the_smallest_window(open_page, house, add, size):
    add(*(f"3-{e}-{f}0{n}" for e in (1, 2) for f in range(1, 19) for n in (1, 2, 3, 4)))
    page = open_page(*size)
    assert (page.width(), page.height()) == size
    board = board_of(page)
    assert board.horizontalScrollBar().maximum() == 0
    three = next(one for one in board.places.houses() if one.building == "3")
    page._on_building_wanted(three.building_id)
    assert len(board.places.blocks[0].rows) == 18
    assert board.verticalScrollBar().maximum() == 0


def test_strips_shops_and_unknown_floors_have_rows_of_their_own(open_page, house, add):
    add("3-1-101", "3-1-A1@", "3-1-B101@-1", "12-12@")
    for kind in (UnitKind.SHOP, UnitKind.PARKING):
        for n in range(1, 30):
            name = {UnitKind.SHOP: "3", UnitKind.PARKING: "车位"}[kind]
            address = Address(name, "", f"{n:03d}", kind)
            units.add_unit(address, community="云澜花园", by=house.desk.id)
    page = open_page()
    blocks = board_of(page).places.blocks
    assert [one.head for one in blocks] == ["Building 1", "Building 3", "Villas", "车位"]
    assert [row.label for row in blocks[1].rows[:3]] == ["1F", "B1", "n/k"]
    words = [title.words for title in blocks[1].titles]
    assert words == ["Entrance 1  3 houses", "Shop  29 houses"]
    assert len(blocks[3].rows) > 2


# -- on paper


def test_the_board_is_printed_as_it_is_coloured(open_page, house, add, report, press, pages_of):
    report(add("2-1-101")[0])
    page = open_page()
    press("F4", "Ctrl+Shift+P")
    words = pages_of(page)
    assert "房态图" in words or "Houseboard" in words
    assert "无未结工单1" in words
    press("Esc")


def test_the_menu_prints_board_and_list(
    open_page, house, add, press, focus, choose_in_menu, pages_of
):
    add("2-1-101")
    page = open_page()
    while focus() is not page._more:
        press("Shift+Tab")
    press("Space")
    choose_in_menu("Print the house board (A3)")
    assert "501" in pages_of(page)
    press("Esc")


def test_a_person_more_is_counted_at_once(open_page, house, now, office_context):
    page = open_page()
    residents.add_resident(house.home.id, PersonDraft("李秀兰"), by=house.desk.id, now=now)
    office_context.changes.residents_changed.emit()
    assert board_of(page).accessibleName().endswith("2 people")

"""A house's state and history by keyboard: three keys set a state, nothing is written over."""

from datetime import date

import pytest

from propdesk.domain.unit_changes import ChangeDraft, UnitField
from propdesk.domain.units import Address, UnitState, UnitUsage
from propdesk.i18n import set_language
from propdesk.services import units
from propdesk.services.queries.unit_changes import list_changes, list_coming, value_on
from propdesk.services.queries.units import find_unit, get_unit
from ui.dialogs.unit_change_dialog import UnitChangeDialog
from ui.main_window import MainWindow
from ui.pages.house_changes import HouseChanges
from ui.pages.residents import ResidentsPage


@pytest.fixture
def open_page(office_context, showing):
    set_language("en")
    clerk = office_context.staff.id
    office_context.memory.remember(f"residents/clerk-{clerk}/view", "table")

    def show(width=1366, height=692):
        page = ResidentsPage(office_context)
        office_context.changes.residents_changed.connect(page.mark_stale)
        showing(page, width, height)
        page.catch_up()
        page.enter()
        return page

    return show


@pytest.fixture
def open_part(open_page, press, house):
    """Open the history of the house."""

    def show():
        page = open_page()
        press("Return")
        file = page._side.file
        place = next(n for n, part in enumerate(file.parts) if isinstance(part, HouseChanges))
        press(f"Alt+{(place + 1) % 10}")
        return page, file.parts[place]

    return show


@pytest.fixture
def tab_to(press, focus):
    def walk(name):
        for _stop in range(20):
            press("Tab")
            if focus().accessibleName() == name:
                return
        pytest.fail(f"Tab never comes to {name}")

    return walk


@pytest.fixture
def enter(house, now):
    def change(value, day="", *, field=UnitField.STATE):
        draft = ChangeDraft(field, value, day)
        return units.enter_change(house.home.id, draft, by=house.desk.id, now=now)

    return change


def cells(table, place):
    return [table.records.cell(place, n).words for n in range(len(table.records.columns))]


def test_three_keys_set_a_state(open_page, house, press, in_dialog, now):
    page = open_page()
    press("Return")
    keys = []

    def choose(dialog):
        for key in ("5", "Return"):
            keys.append(key)
            press(key)
        assert not dialog.isVisible()

    in_dialog(UnitChangeDialog, choose)
    press("F6")
    assert len(["F6", *keys]) == 3
    assert get_unit(house.home.id).state is UnitState.LET
    assert page._toast.words() == "1-2-501: Let, from 2026-11-21"
    assert "Let" in cells(page.table, 0)
    assert page._side.file._state.words() == "Let"


def test_a_state_to_come_is_shown_and_what_is_wrong_is_said(
    open_page, house, press, type_words, in_dialog, now
):
    page = open_page()
    press("Return")

    def fill(dialog):
        press("5", "Tab")
        type_words("2027-02-30")
        press("Ctrl+S")
        assert dialog.isVisible()
        assert "2027-02-30" in dialog.rows.problem("from_on")
        press("Ctrl+A")
        type_words("2027-01-01")
        press("Return")
        type_words("租约已签")
        press("Return")
        assert not dialog.isVisible()

    in_dialog(UnitChangeDialog, fill)
    press("F6")
    assert get_unit(house.home.id).state is None
    (line,) = list_coming(now.date(), house.home.id)
    assert (line.value, line.from_on, line.note) == ("let", date(2027, 1, 1), "租约已签")
    facts = page._side.file._facts
    assert "Let, from 2027-01-01" in facts.accessibleName() + facts.toolTip()


def test_what_the_house_is_already_is_refused_in_the_dialog(
    open_page, enter, press, in_dialog, house
):
    enter("let")
    _page = open_page()  # else it is gone before it is looked at
    press("Return")
    told = []

    def try_it(dialog):
        press("Return")
        told.append(dialog.rows.banner.sentence())
        assert dialog.isVisible()

    in_dialog(UnitChangeDialog, try_it)
    press("F6")
    assert "«Let» already" in told[0]
    assert len(list_changes(house.home.id)) == 2


def test_the_history_is_listed_newest_first(open_part, enter):
    enter("vacant", "2026-01-01")
    enter("let", "2027-01-01")
    enter("89.62", field=UnitField.AREA)
    _page, part = open_part()
    assert [cells(part.table, n)[:3] for n in range(part.table.records.rowCount())] == [
        ["State", "Let", "from 2027-01-01"],
        ["Area", "89.62 m²", "from 2026-11-21"],
        ["State", "Vacant", "2026-01-01 to 2026-12-31"],
        ["Area", "—", "until 2026-11-20"],
        ["State", "—", "until 2025-12-31"],
    ]
    assert [cells(part.table, n)[5] for n in range(5)] == [
        "To come", "Holds now", "Holds now", "Was", "Was",
    ]  # fmt: skip
    assert part.count() == 3


def test_a_line_is_said_anew_with_enter(open_part, enter, press, type_words, in_dialog, house):
    wrong = enter("vacant", "2026-01-01")
    _page, part = open_part()

    def say(dialog):
        press("5", "Tab", "Ctrl+A")
        type_words("2026-02-01")
        press("Ctrl+S")
        assert not dialog.isVisible()

    in_dialog(UnitChangeDialog, say)
    press("Return")
    assert value_on(house.home.id, UnitField.STATE, date(2026, 2, 1)) == "let"
    assert cells(part.table, 0)[:3] == ["State", "Let", "from 2026-02-01"]
    assert next(one for one in list_changes(house.home.id) if one.id == wrong.id).voided_at


def test_a_line_is_taken_out_with_del(open_part, enter, press, messages, house):
    enter("vacant", "2026-01-01")
    enter("let", "2026-05-01")
    page, part = open_part()
    messages.expect("keep", "act")
    press("Del")
    assert get_unit(house.home.id).state is UnitState.LET
    press("Del")
    assert get_unit(house.home.id).state is UnitState.VACANT
    assert page._toast.words() == "The change is taken out"
    # What was before stays: it can be put right, but not taken out.
    press("Down", "Del")
    assert len(messages.asked) == 2
    assert part.table.records.rowCount() == 2


def test_every_value_has_its_letter(open_part, press, type_words, in_dialog, house, qtbot):
    page, part = open_part()
    assert part.table.isHidden()

    def area(dialog):
        type_words("1e308")
        press("Ctrl+S")
        assert dialog.isVisible()
        press("Ctrl+A")
        type_words("90.5")
        press("Ctrl+S")

    def use(_dialog):
        press("2", "Ctrl+S")

    def layout(_dialog):
        type_words("三室两厅")
        press("Return", "Return", "Return")

    def contract(_dialog):
        type_words("前期合同")
        press("Ctrl+S")

    for letter, act in (("A", area), ("U", use), ("L", layout), ("C", contract)):
        press("Ins")
        in_dialog(UnitChangeDialog, act)
        press(letter)
        # A platform without a screen does not give the page the keyboard back.
        with qtbot.waitActive(page):
            page.activateWindow()
    unit = get_unit(house.home.id)
    assert (unit.area_dm2, unit.usage) == (9050, UnitUsage.COMMERCIAL)
    assert (unit.layout, unit.contract) == ("三室两厅", "前期合同")


def test_a_number_is_put_right(open_part, press, type_words, in_dialog, house):
    units.add_unit(Address("1", "2", "601"), community="云澜花园", by=house.desk.id)
    page, _part = open_part()
    told = []

    def rename(dialog):
        for typed in ("?", "1-2-601", "1-2-502"):
            press("Ctrl+A")
            type_words(typed)
            press("Ctrl+S")
            told.append(dialog.rows.banner.sentence())

    press("Ins")
    in_dialog(UnitChangeDialog, rename)
    press("N")
    assert "no house number" in told[0]
    assert "1-2-601 is in the register already" in told[1]
    assert find_unit("1-2-502").id == house.home.id
    assert page._toast.words() == "House 1-2-501 is 1-2-502 now"
    assert page._side.unit().short == "1-2-502"


def test_all_facts_are_in_the_form(open_page, house, press, type_words, focus, tab_to):
    _page = open_page()
    press("F2")
    # Behind the note, where the daily way through the form ends.
    press("Tab", "Tab", "Tab")
    assert focus().accessibleName() == "Note"
    for _chips in ("State", "Planned use"):
        tab_to("Not known")
        press("Home")
    tab_to("Layout")
    for typed in ("四室", "前期合同", "2019-06-18", "2", "2026-11-01"):
        type_words(typed)
        press("Tab")
    press("Ctrl+S")
    unit = get_unit(house.home.id)
    assert (unit.state, unit.usage) == (UnitState.UNSOLD, UnitUsage.RESIDENTIAL)
    assert (unit.layout, unit.contract, unit.minors) == ("四室", "前期合同", 2)
    assert unit.delivered_on == date(2019, 6, 18)
    assert value_on(unit.id, UnitField.STATE, date(2026, 10, 31)) == ""
    assert value_on(unit.id, UnitField.STATE, date(2026, 11, 1)) == "unsold"


def test_f46_an_area_of_nothing_is_told_under_its_field(open_page, press, type_words, focus, house):
    page = open_page()
    press("F2", "Tab")
    assert focus().accessibleName() == "Area (m²)"
    type_words("0")
    press("Ctrl+S")
    assert "no area" in page._side._unit_form.rows.problem("area")
    assert get_unit(house.home.id).area_dm2 is None


def test_states_have_chips_with_counts(open_page, enter, house, press, focus):
    other = units.add_unit(Address("1", "2", "601"), community="云澜花园", by=house.desk.id)
    enter("vacant")
    page = open_page()
    assert [cell.accessibleName() for cell in page._chips._cells] == [
        "All houses 2", "With open tickets 0", "Without people 1", "Incomplete 1", "Vacant 1",
        "Being decorated 0",
    ]  # fmt: skip
    while focus().accessibleName() != "All houses 2":
        press("Shift+Tab")
    press("Right", "Right", "Right")
    assert [page.table.records.row_at(n).id for n in range(page.table.records.rowCount())] == [
        other.id
    ]
    press("Right")
    assert [page.table.records.row_at(n).id for n in range(page.table.records.rowCount())] == [
        house.home.id
    ]


def test_a_change_begins_when_the_day_does(office_context, house, enter, showing):
    """The window's minute notices the new day, without a key."""
    enter("let", "2027-01-01")
    window = MainWindow(office_context.theme, office_context.memory)
    window.sit_down(office_context)
    showing(window, 1366, 768)
    window._minute.timeout.emit()
    assert get_unit(house.home.id).state is None
    later = office_context.now().replace(year=2027, month=1, day=1)
    office_context.now = lambda: later
    window._minute.timeout.emit()
    assert get_unit(house.home.id).state is UnitState.LET

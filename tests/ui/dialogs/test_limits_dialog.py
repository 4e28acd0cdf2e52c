"""The office's own limits by keyboard: table, form, presets, what would move."""

import pytest
from PySide6.QtWidgets import QApplication, QMenu

from propdesk.domain.clock_rules import Clock, Unit
from propdesk.domain.clock_table import DEFAULT_RULES, PRESETS
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import tickets
from propdesk.services.queries.limits import list_limits
from ui.dialogs.limits_dialog import LimitDialog, LimitsDialog


@pytest.fixture
def dialog(office_context, house, now, showing):
    draft = TicketDraft(Kind.COMPLAINT, "电梯异响", unit_id=house.home.id)
    tickets.register_ticket(draft, by=house.desk.id, now=now)
    shown = LimitsDialog(office_context, None)
    showing(shown, 960, 600)
    return shown


def go_to(dialog, press, clock, kind):
    """Walk to the first row of a clock and a kind."""
    for _step in range(40):
        row = dialog.table.current_row()
        if (row.clock, row.kind) == (clock, kind):
            return
        press("Down")
    pytest.fail("no such row")


def test_the_programs_limits_are_shown_and_nothing_moves(dialog, qtbot, press):
    assert dialog.table.records.rowCount() == len(DEFAULT_RULES)
    qtbot.waitUntil(lambda: bool(dialog.preview.text()))
    assert "1" not in dialog.preview.text()


def test_a_limit_is_edited_and_what_it_moves_is_said_before_it_is_stored(
    dialog, qtbot, press, type_words, in_dialog
):
    go_to(dialog, press, Clock.REPLY, Kind.COMPLAINT)

    def edit(form):
        while QApplication.focusWidget() is not form.target:
            press("Tab")
        press("Ctrl+A")
        type_words("2")
        while QApplication.focusWidget() is not form.source:
            press("Tab")
        press("Ctrl+A")
        type_words("物业合同")
        press("Ctrl+S")

    in_dialog(LimitDialog, edit)
    press("Return")
    qtbot.waitUntil(lambda: "1" in dialog.preview.text())
    # A window manager does this; the platform without a screen has none.
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert all(rule.source != "物业合同" for rule in list_limits()), "nothing is stored yet"
    press("Ctrl+S")
    (own,) = [rule for rule in list_limits() if rule not in DEFAULT_RULES]
    assert (own.target, own.unit, own.source) == (2, Unit.WORKING_DAYS, "物业合同")


def test_a_limit_that_is_none_stays_in_the_form_with_a_sentence(
    dialog, press, type_words, in_dialog
):
    said = []

    def edit(form):
        while QApplication.focusWidget() is not form.target:
            press("Tab")
        press("Ctrl+A")
        type_words("soon")
        press("Ctrl+S")
        said.append(form.rows.problem("target"))
        press("Ctrl+A")
        type_words("99999")
        press("Ctrl+S")
        said.append(form.rows.problem("target"))
        press("Esc")

    in_dialog(LimitDialog, edit)
    go_to(dialog, press, Clock.REPLY, Kind.COMPLAINT)
    press("Return")
    assert all(said)
    assert said[0] != said[1]


def test_a_second_row_for_the_same_tickets_is_refused(dialog, press, in_dialog, type_words):
    said = []

    def edit(form):
        while QApplication.focusWidget() is not form.kind:
            press("Tab")
        press("Down", "Down")
        while QApplication.focusWidget() is not form.source:
            press("Tab")
        type_words("x")
        press("Ctrl+S")
        said.append(form.rows.problem("clock"))

    in_dialog(LimitDialog, edit)
    press("Ctrl+N")
    assert said[0]


def test_a_removed_limit_of_the_program_stays_in_sight_as_none(dialog, press, messages, qtbot):
    go_to(dialog, press, Clock.REPLY, Kind.COMPLAINT)
    press("Del", "Ctrl+S")
    (own,) = [rule for rule in list_limits() if rule not in DEFAULT_RULES]
    assert (own.clock, own.kind, own.target) == (Clock.REPLY, Kind.COMPLAINT, 0)


def test_r08_a_promise_cannot_be_removed(dialog, press, messages):
    go_to(dialog, press, Clock.PROMISE, None)
    messages.expect("")
    press("Del")
    assert any(rule.clock is Clock.PROMISE for rule in dialog._rules)


def test_a_preset_is_taken_and_the_programs_limits_come_back(dialog, press, focus):
    while focus() is not dialog._presets:
        press("Tab")
    press("Space")
    assert isinstance(QApplication.activePopupWidget(), QMenu)
    press("Down", "Return")
    taken = [rule for rule in dialog._rules if rule not in DEFAULT_RULES]
    assert {rule.place for rule in taken} == {rule.place for rule in PRESETS[0].rules}
    while focus() is not dialog._presets:
        press("Tab")
    press("Tab", "Space")
    assert set(dialog._rules) == set(DEFAULT_RULES)

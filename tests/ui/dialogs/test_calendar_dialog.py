"""The working calendar by keyboard: walk through a year, change a day, import, office hours."""

from datetime import date

import pytest

from propdesk.domain.calendar_days import DayKind
from propdesk.domain.work_calendar import USUAL_WEEK, render_hours
from propdesk.services.queries.calendar import get_calendar_year
from propdesk.services.settings import get_settings
from ui.dialogs.calendar_dialog import CalendarDialog
from ui.theme import Tone


@pytest.fixture
def dialog(office_context, house, showing):
    shown = CalendarDialog(office_context, None, date(2026, 9, 30))
    showing(shown, 1060, 640)
    return shown


def test_holidays_and_make_up_days_are_coloured_and_named(dialog, press):
    assert dialog.view.look(date(2026, 10, 10)).tone is Tone.WARN
    press("Right")
    assert dialog.view.chosen() == date(2026, 10, 1)
    look = dialog.view.look(date(2026, 10, 1))
    assert (look.tone, look.is_worked, look.is_own) == (Tone.OK, False, False)
    assert look.name
    assert look.name in dialog._day.text()
    assert look.name in dialog.view.accessibleDescription()
    assert not dialog.view.look(date(2026, 11, 21)).is_worked


def test_the_arrows_walk_by_days_weeks_and_years(dialog, press):
    press("Down", "Left", "PgDown")
    assert dialog.view.chosen() == date(2027, 10, 6)
    assert dialog._name.text() == "2027"
    assert dialog._missing.sentence(), "2027 is not there yet"
    press("PgUp", "Up")
    assert dialog.view.chosen() == date(2026, 9, 29)
    assert not dialog._missing.sentence()


def test_a_day_is_made_one_off_and_given_back(dialog, press, type_words, focus):
    day = date(2026, 9, 30)
    press("Return")
    press("Right", "Tab")
    type_words("小区停电")
    press("Ctrl+Return")
    (own,) = [one for one in get_calendar_year(2026).days if one.on == day]
    assert (own.kind, own.name) == (DayKind.HOLIDAY, "小区停电")
    assert dialog.view.look(day).is_own
    assert focus() is dialog.view
    press("Return", "Left", "Ctrl+Return")
    assert get_calendar_year(2026).own == set()


def test_the_days_of_a_year_are_imported_and_shown(dialog, press, messages, tmp_path):
    file = tmp_path / "2027.csv"
    file.write_text(
        "2027-01-01,休,元旦\n2027-05-01,休,劳动节\n2027-10-01,休,国庆节\n", encoding="utf-8"
    )
    messages.expect(file)
    press("Ctrl+O")
    assert dialog.view.chosen() == date(2027, 1, 1)
    assert dialog.view.look(date(2027, 10, 1)).tone is Tone.OK
    assert not dialog._missing.sentence()


def test_a_file_with_a_mistake_changes_nothing(dialog, press, messages, tmp_path):
    file = tmp_path / "2027.csv"
    file.write_text("2027-01-01,也许,元旦\n", encoding="utf-8")
    messages.expect(file, "")
    press("Ctrl+O")
    assert get_calendar_year(2027).days == ()


def test_r10_office_hours_are_typed_and_checked(dialog, press, type_words, focus):
    while focus() is not dialog._fields[0]:
        press("Tab")
    press("Ctrl+A")
    type_words("8:30-5pm")
    press("Ctrl+S")
    assert dialog.hours.problem("0")
    assert get_settings().week == USUAL_WEEK
    press("Ctrl+A")
    type_words("8:30-12:00, 14:00-17:30")
    press("Ctrl+S")
    assert render_hours(get_settings().week[0]) == "08:30-12:00, 14:00-17:30"


def test_an_office_that_never_works_is_refused(dialog, press, focus):
    for field in dialog._fields[:5]:
        while focus() is not field:
            press("Tab")
        press("Ctrl+A", "Del")
    press("Ctrl+S")
    assert dialog.hours.banner.sentence()
    assert any(get_settings().week)

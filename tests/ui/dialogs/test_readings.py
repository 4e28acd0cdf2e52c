"""Meter readings by the keyboard alone: one field, Enter goes on, Ctrl+S stores all."""

from datetime import date

import pytest

from propdesk.domain.meter_readings import ReadingDraft
from propdesk.domain.meters import MeterDraft, MeterKind, ReadingKind
from propdesk.domain.units import Address
from propdesk.services import meter_readings, meters, units
from propdesk.services.drafts import get_draft
from propdesk.services.queries.meter_readings import list_meter_readings
from propdesk.services.queries.meters import list_meters
from ui import typed_draft
from ui.dialogs.meter_dialogs import MeterDialog, VoidReadingDialog
from ui.dialogs.readings_dialog import ReadingsDialog

TODAY = date(2026, 11, 21)


@pytest.fixture
def water(house, now):
    """Three meters in walking order with five readings each, about 10 a month."""
    by = house.desk.id
    others = [units.add_unit(Address("1", "2", room), community="云澜花园", by=by)
              for room in ("502", "1101")]  # fmt: skip
    made = []
    for place, unit in enumerate((house.home, *others)):
        draft = MeterDraft(MeterKind.WATER, date(2026, 1, 1), f"W{place}")
        made.append(meters.add_meter(draft, unit_id=unit.id, by=by, now=now))
    drafts = [
        ReadingDraft(meter.id, date(2026, month, 21), (month - 5) * 10_000)
        for meter in made
        for month in range(6, 11)
    ]
    meter_readings.enter_readings(drafts, by=by, now=now)
    return made


@pytest.fixture
def dialog(show, water):
    """The list of the three meters."""
    return show(ReadingsDialog)


def values(meter):
    """What a meter showed today, with how it was read."""
    return [
        (line.reading.value_milli, line.reading.kind)
        for line in list_meter_readings(meter.id)
        if line.reading.on_day == TODAY
    ]


def test_figures_are_typed_one_after_the_other_and_stored_at_once(dialog, water, type_words, press):
    for figure in ("60", "61", "62"):
        type_words(figure)
        press("Return")
    assert values(water[0]) == []
    press("Ctrl+S")
    assert dialog.chosen == "kept"
    assert [values(meter) for meter in water] == [
        [(60_000, ReadingKind.READ)],
        [(61_000, ReadingKind.READ)],
        [(62_000, ReadingKind.READ)],
    ]


def test_usage_and_deviation_stand_there_with_each_key(dialog, water, type_words, press):
    type_words("60")
    assert "10" in dialog.told.text()
    assert "%" not in dialog.told.text()
    press("Down")
    type_words("95")
    assert "+3" in dialog.told.text()
    assert "%" in dialog.told.text()
    press("Ctrl+S")


def test_a_bad_row_keeps_what_was_typed_and_the_others_are_stored(dialog, water, type_words, press):
    type_words("60")
    press("Return")
    type_words("49")
    press("Return")
    type_words("61")
    press("Ctrl+S")
    assert dialog.isVisible()
    assert values(water[0]) == [(60_000, ReadingKind.READ)]
    assert values(water[1]) == []
    assert values(water[2]) == [(61_000, ReadingKind.READ)]
    assert dialog.figure.text() == "49"
    press("Ctrl+T", "Ctrl+S")
    assert values(water[1]) == [(49_000, ReadingKind.READ)]
    assert dialog.chosen == "kept"


def test_a_meter_that_was_not_reached_is_estimated_by_a_key(dialog, water, press):
    press("Down", "Ctrl+E", "Ctrl+S")
    # 30 in 92 days (July to October): 31 days are 10.1, whole figures
    assert values(water[1]) == [(60_000, ReadingKind.ESTIMATED)]


def test_a_meter_that_runs_backwards_needs_its_note(dialog, water, type_words, press):
    type_words("40")
    press("Ctrl+R", "Ctrl+S")
    assert values(water[0]) == []
    press("Tab")
    type_words("built wrong way round")
    press("Ctrl+S")
    assert values(water[0]) == [(40_000, ReadingKind.REVERSED)]


def test_esc_asks_before_what_was_typed_is_lost(dialog, water, type_words, press, messages):
    type_words("60")
    messages.expect("keep")
    press("Esc")
    assert dialog.isVisible()
    messages.expect("act")
    press("Esc")
    assert not dialog.isVisible()
    assert values(water[0]) == []


def test_what_was_typed_is_there_again_after_a_crash(
    show, water, type_words, press, messages, monkeypatch, qtbot
):
    monkeypatch.setattr(typed_draft, "KEEP_MS", 1)
    crashed = show(ReadingsDialog)
    type_words("60")
    press("Down")
    type_words("40")
    press("Ctrl+R")
    type_words("built in the wrong way round")
    qtbot.waitUntil(lambda: "round" in str(get_draft("readings")), timeout=2000)
    crashed.hide()  # it never comes to its end
    again = show(ReadingsDialog)
    assert again.restored.isVisible()
    assert again.figure.text() == "60"
    press("Ctrl+S")
    assert values(water[0]) == [(60_000, ReadingKind.READ)]
    assert values(water[1]) == [(40_000, ReadingKind.REVERSED)]
    assert get_draft("readings") is None
    third = show(ReadingsDialog)
    assert not third.restored.isVisible()
    type_words("62")
    qtbot.waitUntil(lambda: get_draft("readings") is not None, timeout=2000)
    messages.expect("act")
    press("Esc")
    assert get_draft("readings") is None


def test_what_is_no_figure_stays(dialog, water, type_words, press, messages):
    type_words("12a")
    messages.expect(None)
    press("Return")
    assert dialog.figure.text() == "12a"
    assert "12a" in messages.asked[-1][1]
    press("Ctrl+D", "Esc")
    assert not dialog.isVisible()


def test_a_meter_comes_in_the_place_of_another_by_keys(show, house, water, type_words, press):
    dialog = show(MeterDialog, house.home)
    press("Down", "Tab")
    type_words("55")
    press("Tab")
    type_words("NEW")
    press("Ctrl+S")
    assert dialog.chosen == "kept"
    assert [one.number for one in list_meters(unit_id=house.home.id)] == ["NEW"]
    assert dialog.stored.replaces_id == water[0].id


def test_a_reading_is_voided_with_its_reason_by_keys(show, water, type_words, press):
    dialog = show(VoidReadingDialog, list_meter_readings(water[0].id)[0])
    press("Ctrl+S")
    assert dialog.isVisible()
    type_words("wrong house")
    press("Ctrl+S")
    assert not dialog.isVisible()
    assert len(list_meter_readings(water[0].id)) == 4

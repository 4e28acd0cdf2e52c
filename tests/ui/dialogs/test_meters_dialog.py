"""Meters by keys: put in, corrected, exchanged, taken out; their readings with photos."""

from datetime import date

import pytest
from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from propdesk.domain.attachments import Attachment
from propdesk.domain.meter_readings import ReadingDraft
from propdesk.domain.meters import MeterDraft, MeterKind, ReadingKind
from propdesk.i18n import set_language
from propdesk.services import meter_readings, meters
from propdesk.services.queries.meter_readings import list_meter_readings, list_reading_photos
from propdesk.services.queries.meters import list_meters
from propdesk.sheets.reading import read_table
from propdesk.storage.charging import FeeItemRecord, SharedCostRecord
from propdesk.storage.database import rows
from ui.dialogs.meter_readings_dialog import MeterReadingsDialog
from ui.dialogs.meters_dialog import MetersDialog
from ui.dialogs.reading_sheet_dialog import ReadingSheetDialog
from ui.printing import PaperWindow


@pytest.fixture
def open_dialog(show):
    set_language("en")
    return show


@pytest.fixture
def water(house, now):
    """A water meter with three readings, the second one estimated."""
    by = house.desk.id
    draft = MeterDraft(MeterKind.WATER, date(2026, 1, 1), "W-1")
    meter = meters.add_meter(draft, unit_id=house.home.id, by=by, now=now)
    for month, value, kind in (
        (8, 10_000, ReadingKind.READ), (9, 20_000, ReadingKind.ESTIMATED),
        (10, 31_000, ReadingKind.READ),
    ):  # fmt: skip
        one = ReadingDraft(meter.id, date(2026, month, 21), value, kind)
        meter_readings.enter_readings([one], by=by, now=now)
    return meter


@pytest.fixture
def answer(qtbot, press, type_words, back_to):
    """Type into the next form that a key opens: `answer("Ctrl+N", "Tab", words("W-2"), ...)`."""

    def run(key, *steps):
        before = QApplication.activeModalWidget()
        errors = []

        def fill():
            form = QApplication.activeModalWidget()
            if form is None or form is before:
                QTimer.singleShot(5, fill)
                return
            if not form.isActiveWindow() or QApplication.focusWidget() is None:
                # What a window manager does of itself.
                form.activateWindow()
                QTimer.singleShot(5, fill)
                return
            try:
                for step in steps:
                    type_words(step[1:]) if step.startswith("=") else press(step)
                assert not form.isVisible()
            except BaseException as error:
                errors.append(error)
                form.reject()

        QTimer.singleShot(0, fill)
        press(key)
        if errors:
            raise errors[0]
        back_to(before)

    return run


def test_r98_meters_are_put_in_corrected_exchanged_and_taken_out_by_keys(
    open_dialog, house, water, press, answer
):
    dialog = open_dialog(MetersDialog)
    assert dialog.table.records.cell(0, 5).words == "31"
    # A common meter of the building, with the ratio of its transformer.
    answer("Ctrl+N", "Down", "Tab", "Down", "Down", "Tab", "=E-3", "Tab", "Tab", "Tab",
           "Ctrl+A", "=40", "Ctrl+S")  # fmt: skip
    (common,) = [one for one in list_meters() if one.number == "E-3"]
    assert (common.kind, common.multiplier_milli) == (MeterKind.ELECTRICITY, 40_000)
    assert common.unit_id is None
    assert common.building_id is not None
    assert dialog.current().meter.id == common.id
    answer("F2", "Ctrl+A", "=E-33", "Ctrl+S")
    assert {one.number for one in list_meters()} == {"E-33", "W-1"}
    dialog.table.select_key(water.id)
    answer("Ctrl+E", "=35", "Tab", "=W-2", "Tab", "Ctrl+A", "=3", "Ctrl+S")
    (new,) = list_meters(unit_id=house.home.id)
    assert (new.number, new.replaces_id, new.first_milli) == ("W-2", water.id, 3_000)
    assert dialog.current().meter.id == new.id
    answer("Del", "=3", "Ctrl+S")
    assert list_meters(unit_id=house.home.id) == ()
    assert [row.meter.number for row in dialog.listed()] == ["E-33"]
    while QApplication.focusWidget().accessibleName() != "Those taken out too":
        press("Tab")
    press("Space")
    assert [row.meter.number for row in dialog.listed()] == ["E-33", "W-1", "W-2"]


def test_an_estimated_and_a_voided_reading_are_marked_and_photos_seen(
    open_dialog, house, water, press, answer, messages, qtbot, tmp_path
):
    Image.new("RGB", (60, 40), "green").save(tmp_path / "W-1.jpg")
    dialog = open_dialog(MeterReadingsDialog, water)
    records = dialog.table.records
    assert [records.cell(row, 4).words for row in range(3)] == ["—", "Estimated", "—"]
    messages.expect((tmp_path / "W-1.jpg",))
    press("Ctrl+I")
    line = dialog.current()
    qtbot.waitUntil(lambda: len(list_reading_photos(line.id)) == 1, timeout=5000)
    qtbot.waitUntil(dialog.photos.is_settled, timeout=5000)
    assert isinstance(list_reading_photos(line.id)[0], Attachment)
    assert records.cell(0, 5).words == "1"
    answer("Del", "=wrong house", "Ctrl+S")
    assert records.cell(0, 4).words == "Voided"
    assert len(list_meter_readings(water.id)) == 2


def test_r98_who_voids_a_reading_of_a_shared_cost_is_asked(
    open_dialog, house, now, answer, press, messages
):
    building = rows("SELECT id FROM building LIMIT 1")[0][0]
    by = house.desk.id
    draft = MeterDraft(MeterKind.ELECTRICITY, date(2026, 1, 1), "E-3")
    common = meters.add_meter(draft, building_id=building, by=by, now=now)
    one = ReadingDraft(common.id, date(2026, 10, 21), 5_000)
    meter_readings.enter_readings([one], by=by, now=now)
    item = FeeItemRecord.create(
        code="gt", name="公摊电费", formula="shared", income="collected", charges="all",
        unit_kinds=[], line_months=1, billed_months=1, due_month=0, due_day=31, partial="whole",
        rounding="fen-half-up", position=1, is_active=True,
    )  # fmt: skip
    SharedCostRecord.create(
        fee_item=item.id, building=building, from_on=date(2026, 10, 1), until_on=date(2026, 10, 31),
        total_fen=120_000, usage_milli=5_000, share_by="area", entered_at=now, staff=by,
    )  # fmt: skip
    open_dialog(MeterReadingsDialog, common)
    messages.expect("keep", None)
    answer("Del", "=typed wrong", "Ctrl+S", "Esc")
    assert "公摊电费" in messages.asked[0][1]
    assert len(list_meter_readings(common.id)) == 1
    messages.expect("act")
    answer("Del", "=typed wrong", "Ctrl+S")
    assert list_meter_readings(common.id) == ()


def test_the_list_to_read_is_written_and_shown_by_keys(
    open_dialog, water, press, messages, tmp_path, qtbot
):
    dialog = open_dialog(ReadingSheetDialog)
    target = tmp_path / "list.xlsx"
    messages.expect(target)
    press("Ctrl+E")
    assert dialog.told.startswith("1 meters were written")
    assert read_table(target).rows[0].values[3] == "W-1"
    dialog = open_dialog(ReadingSheetDialog)
    press("Ctrl+P")
    window = dialog.parentWidget().findChild(PaperWindow)
    qtbot.waitUntil(lambda: window.is_settled() and window.view.file() is not None)
    press("Esc")

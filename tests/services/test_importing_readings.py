"""Lists of readings taken in, and the list to fill in; the paper for the reader (forms.md 5.7)."""

from datetime import date

import openpyxl
import pytest
from pypdf import PdfReader

from propdesk.domain.errors import RuleError
from propdesk.domain.imports import ImportKind, Outcome
from propdesk.domain.meter_readings import ReadingDraft
from propdesk.domain.meters import MeterDraft, MeterKind
from propdesk.services import meter_readings, meters
from propdesk.services.exporting_readings import export_reading_list
from propdesk.services.importing import import_file, preview_import
from propdesk.services.imports import undo_import
from propdesk.services.printing_meters import print_reading_sheet
from propdesk.services.queries.meter_readings import list_meter_readings
from propdesk.services.queries.meters import list_meters

DAY = date(2026, 10, 25)


@pytest.fixture
def two(world, act):
    """A meter of each house, read once."""
    made = [
        meters.add_meter(
            MeterDraft(MeterKind.WATER, date(2026, 1, 1), number), unit_id=unit.id, **act()
        )
        for number, unit in (("W1", world.home), ("W2", world.villa))
    ]
    drafts = [ReadingDraft(meter.id, date(2026, 9, 25), 100_000) for meter in made]
    meter_readings.enter_readings(drafts, **act())
    return made


@pytest.fixture
def book(tmp_path):
    """Write a workbook of these rows."""

    def write(header, *lines):
        workbook = openpyxl.Workbook()
        for line in (header, *lines):
            workbook.active.append(line)
        file = tmp_path / "readings.xlsx"
        workbook.save(file)
        return file

    return write


def figures(meter):
    return [line.reading.value_milli for line in list_meter_readings(meter.id)]


def test_the_list_that_was_filled_in_comes_back_without_a_mapping(world, two, act, tmp_path):
    file = tmp_path / "list.xlsx"
    assert export_reading_list(MeterKind.WATER, file, on_day=DAY, **act()) == 2
    workbook = openpyxl.load_workbook(file)
    rows = list(workbook.active.iter_rows(min_row=2))
    assert rows[0][4].value in ("100", 100)
    rows[0][6].value = 112
    workbook.save(file)
    result = import_file(ImportKind.READINGS, file, **act())
    assert (result.preview.count(Outcome.ADDED), result.preview.count(Outcome.UNCHANGED)) == (1, 1)
    assert figures(two[0]) == [112_000, 100_000]
    assert figures(two[1]) == [100_000]


def test_the_same_file_twice_adds_nothing(two, act, book):
    file = book(("表号", "本次读数", "抄表日期"), ("W1", 110, "2026-10-25"))
    assert import_file(ImportKind.READINGS, file, **act()).preview.count(Outcome.ADDED) == 1
    again = import_file(ImportKind.READINGS, file, **act())
    assert (again.import_id, again.preview.count(Outcome.UNCHANGED)) == (None, 1)
    assert figures(two[0]) == [110_000, 100_000]


def test_by_house_and_kind_with_doubts_and_refusals(world, two, act, book):
    file = book(
        ("房号", "表类型", "本次读数", "抄表日期"),
        ("3-2-501", "水表", "112", "2026-10-25"),
        ("12#", "水", "99", "2026-10-25"),
        ("3-2-501", "电表", "5", "2026-10-25"),
        ("3-2-501", "水", "一百", "2026-11-01"),
        ("12#", "水", "104", "2027-10-25"),
        ("12#", "水", None, "2026-10-25"),
    )
    preview = preview_import(ImportKind.READINGS, file, now=world.now)
    assert figures(two[0]) == [100_000]
    outcomes = [row.outcome for row in preview.rows]
    assert outcomes == [Outcome.ADDED, *[Outcome.REJECTED] * 4, Outcome.UNCHANGED]
    assert all(row.reason for row in preview.rows if row.outcome is Outcome.REJECTED)
    assert import_file(ImportKind.READINGS, file, **act()).import_id is not None
    assert figures(two[0]) == [112_000, 100_000]


def test_readings_of_one_meter_in_any_order_of_the_file(two, act, book):
    file = book(
        ("表号", "本次读数", "抄表日期"),
        ("W1", 120, "2026-11-20"),
        ("W1", 110, "2026-10-25"),
        ("W1", 130, "2026-11-01"),  # above the later one
    )
    result = import_file(ImportKind.READINGS, file, **act())
    assert [row.outcome for row in result.preview.rows] == [
        Outcome.ADDED,
        Outcome.ADDED,
        Outcome.REJECTED,
    ]


def test_an_import_is_undone_by_voiding_its_readings(two, act, book):
    file = book(("表号", "本次读数", "抄表日期"), ("W1", 110, "2026-10-25"))
    result = import_file(ImportKind.READINGS, file, **act())
    assert undo_import(result.import_id, **act()).readings == 1
    assert figures(two[0]) == [100_000]
    assert import_file(ImportKind.READINGS, file, **act()).preview.count(Outcome.ADDED) == 1


def test_f36_a_file_without_the_needed_columns_is_refused(act, two, book):
    with pytest.raises(RuleError):
        import_file(ImportKind.READINGS, book(("表号", "抄表日期"), ("W1", "2026-10-25")), **act())


def test_the_paper_goes_house_by_house_with_masked_names(world, two, tmp_path):
    target = tmp_path / "sheet.pdf"
    printed = print_reading_sheet(MeterKind.WATER, target, by=world.desk, now=world.now)
    words = "".join(page.extract_text() for page in PdfReader(target).pages)
    assert printed.pages == 1
    assert words.index("3-2-501") < words.index("12#")
    assert "张*丰" in words
    assert "张伟丰" not in words
    assert "100" in words


def test_hundreds_of_meters_on_paper(world, act, tmp_path):
    for place in range(300):
        meters.add_meter(
            MeterDraft(MeterKind.GAS, date(2026, 1, 1), f"G{place}"),
            unit_id=world.home.id,
            **act(),
        )
    target = tmp_path / "sheet.pdf"
    printed = print_reading_sheet(MeterKind.GAS, target, by=world.desk, now=world.now)
    assert len(list_meters(kind=MeterKind.GAS)) == 300
    assert 9 <= printed.pages <= 16

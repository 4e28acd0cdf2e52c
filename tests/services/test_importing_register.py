"""Houses and vehicles from workbooks, what imports give to records that stand, templates, kills."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from propdesk import i18n
from propdesk.domain.consents import ConsentDraft, ConsentWay
from propdesk.domain.errors import RuleError
from propdesk.domain.import_kinds import REGISTER_KINDS, likely_kind
from propdesk.domain.imports import ChangeMark, ImportKind, Outcome
from propdesk.domain.persons import PersonDraft
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.units import UnitState, require_address
from propdesk.services import offices, residents, settings, units
from propdesk.services.consents import give_consent
from propdesk.services.import_templates import write_template
from propdesk.services.importing import import_file, preview_import
from propdesk.services.imports import list_imports, undo_import, write_error_rows
from propdesk.services.queries.desk import search_desk
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.staff import first_desk
from propdesk.services.queries.units import find_unit
from propdesk.sheets.reading import read_table
from propdesk.storage.database import rows
from propdesk.storage.persons import VehicleRecord
from propdesk.storage.units import UnitChangeRecord, UnitRecord

REGISTER = (
    "community", "building", "entrance", "unit", "person", "phone", "residency", "vehicle",
    "desk_key", "person_detail",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _english():
    i18n.set_language("en")


@pytest.fixture
def take(world, tmp_path):
    """Take in lines, the first one the header, as a kind of import."""

    def run(kind, *lines):
        book = openpyxl.Workbook()
        for line in lines:
            book.active.append(line)
        file = tmp_path / f"{kind}.xlsx"
        book.save(file)
        return import_file(ImportKind(kind), file, by=world.desk.id, now=world.now)

    return run


def everything():
    return {table: sorted(rows(f"SELECT * FROM {table}"), key=repr) for table in REGISTER}


HOUSES = ("房号", "面积", "状态", "备注")
PEOPLE = ("房号", "业主姓名", "电话", "称呼", "份额", "入住日期")


def test_f35_what_was_given_to_records_that_stand_is_taken_back_exactly(take, world):
    """Area and state of a house, salutation, phone, share and day of a person (decision 10)."""
    take("residents", PEOPLE[:2], ("6-1-101", "张伟"))
    before = everything()
    first = take("units", HOUSES, ("6-1-101", 89.5, "自住", "西晒"))
    second = take(
        "residents", PEOPLE, ("6-1-101", "张伟", "13977770001", "张老师", "1/2", "2019.6.1")
    )
    house = find_unit("6-1-101")
    assert (house.area_dm2, house.state) == (8950, UnitState.OWNER_OCCUPIED)
    assert search_desk("zls", today=world.now.date())
    marks = [change.mark for change in first.preview.rows[0].changes]
    assert set(marks) == {ChangeMark.FILLED}
    assert rows("SELECT count(*) FROM unit_change") == [(0,)]  # a first value needs no line
    undone = undo_import(first.import_id, by=world.desk.id, now=world.now)
    assert (undone.values, undone.left) == (3, ())
    assert undo_import(second.import_id, by=world.desk.id, now=world.now).left == ()
    assert everything() == before
    assert not search_desk("zls", today=world.now.date())


def test_a_value_that_somebody_changed_since_is_left_and_named(take, world):
    import_id = take("units", HOUSES, ("3-2-501", 89.5, "自住", "西晒")).import_id
    UnitRecord.update(note="东晒", version=UnitRecord.version + 1).where(
        UnitRecord.short == "3-2-501"
    ).execute()
    undone = undo_import(import_id, by=world.desk.id, now=world.now)
    assert (undone.values, undone.left) == (2, ("3-2-501",))
    house = find_unit("3-2-501")
    assert (house.note, house.area_dm2, house.state) == ("东晒", None, None)


def test_what_stands_is_shown_old_and_new_and_never_written_over(take):
    take("units", HOUSES, ("3-2-501", 89.5, "自住", None))
    (row,) = take("units", HOUSES, ("3-2-501", 90, "出租", None)).preview.rows
    assert row.outcome is Outcome.UNCHANGED
    assert [(one.mark, one.what, one.before, one.after) for one in row.changes] == [
        (ChangeMark.DIFFERENT, "area_dm2", "89.5 m²", "90 m²"),
        (ChangeMark.DIFFERENT, "state", "Owner-occupied", "Let"),
    ]
    assert find_unit("3-2-501").area_dm2 == 8950


def test_a_state_with_a_history_is_not_filled_past_it(take, world):
    unit = find_unit("3-2-501")
    UnitChangeRecord.create(
        unit=unit.id, field="state", value="let", from_on=date(2027, 1, 1),
        entered_at=world.now.replace(tzinfo=None), staff=world.desk.id,
    )  # fmt: skip
    (row,) = take("units", HOUSES, ("3-2-501", None, "自住", None)).preview.rows
    assert row.outcome is Outcome.UNCHANGED
    assert "Owner-occupied" in row.needs_person


def test_new_houses_and_vehicles_that_were_used_since_stay(take, world):
    made = take("units", HOUSES, ("6-1-101", 88, None, None), ("6-1-102", 88, None, None))
    residents.add_resident(
        find_unit("6-1-101").id, PersonDraft("王五"), by=world.desk.id, now=world.now
    )
    undone = undo_import(made.import_id, by=world.desk.id, now=world.now)
    assert (undone.units, undone.left) == (1, ("6-1-101",))
    header = ("车牌号", "房号", "车主")
    cars = take("vehicles", header, ("苏A11111", "6-1-101", "王五"), ("苏A22222", "6-1-101", None))
    VehicleRecord.update(note="换了车", version=2).where(
        VehicleRecord.plate == "苏A11111"
    ).execute()
    undone = undo_import(cars.import_id, by=world.desk.id, now=world.now)
    assert (undone.vehicles, undone.left) == (1, ("苏A11111",))
    assert search_desk("11111", today=world.now.date())
    assert not search_desk("22222", today=world.now.date())


def test_f37_identity_numbers_need_the_switch_and_the_consent(take, world):
    header = ("房号", "业主姓名", "身份证号")
    line = ("3-2-501", "张伟丰", "11010519491231002X")
    result = take("residents", header, line)
    assert result.preview.not_taken == ("身份证号",)
    assert any("Identity number" in sentence for sentence in result.preview.told)
    kept = replace(OfficeSettings(), kept_fields=("identity-number",))
    settings.save_settings(kept, by=world.desk.id)
    assert "consent" in take("residents", header, line).preview.rows[0].needs_person
    (owner,) = list_residents(find_unit("3-2-501").id, world.now.date())
    consent = ConsentDraft("identity-number", ConsentWay.PAPER, world.now.date())
    give_consent(owner.person_id, consent, by=world.desk.id, now=world.now)
    taken = take("residents", header, line)
    assert rows("SELECT value FROM person_detail") == [("11010519491231002X",)]
    noted = rows("SELECT before, after FROM import_change WHERE import_id = ?", taken.import_id)
    assert not any("110105" in str(one) for one in noted)  # the number stands in one place only
    undo_import(taken.import_id, by=world.desk.id, now=world.now)
    assert rows("SELECT count(*) FROM person_detail") == [(0,)]


def test_the_number_a_house_had_before_is_not_made_anew(take, world):
    UnitChangeRecord.create(
        unit=world.home.id, field="number", value="3-2-599", from_on=None,
        entered_at=world.now.replace(tzinfo=None), staff=world.desk.id,
    )  # fmt: skip
    result = take("units", HOUSES, ("3-2-599", 88, None, None))
    assert "3-2-501" in result.preview.rejected[0].reason


def test_f40_error_rows_come_back_as_text_and_the_corrected_file_comes_in(take, world, tmp_path):
    """A name that begins like a formula is text on the way out and on the way in again."""
    header = ("房号", "业主姓名", "电话")
    lines = [("6-1-101", '=HYPERLINK("x")', "1.38E+10"), ("6-1-102", "+1", "1.38E+10"),
             ("6-1-103", "＝2", "1.38E+10"), ("6-1-104", "@x", "1.38E+10")]  # fmt: skip
    book = openpyxl.Workbook()
    for line in (header, *lines):
        book.active.append(line)
    for row in book.active.iter_rows(min_row=2):
        for cell in row:
            cell.data_type = "s"
    book.save(tmp_path / "in.xlsx")
    preview = preview_import(ImportKind.RESIDENTS, tmp_path / "in.xlsx", now=world.now)
    assert write_error_rows(preview, tmp_path / "back.xlsx") == 4
    back = openpyxl.load_workbook(tmp_path / "back.xlsx")
    for row, line in zip(back.worksheets[0].iter_rows(min_row=2), lines, strict=True):
        assert [cell.data_type for cell in row] == ["s"] * 4
        assert row[1].value == line[1]
        row[2].value = "13800001111"
    back.save(tmp_path / "mended.xlsx")
    result = import_file(
        ImportKind.RESIDENTS, tmp_path / "mended.xlsx", by=world.desk.id, now=world.now
    )
    assert result.preview.count(Outcome.ADDED) == 4
    assert {name for (name,) in rows("SELECT name FROM person WHERE import_id IS NOT NULL")} == {
        line[1] for line in lines
    }


@pytest.mark.parametrize("kind", REGISTER_KINDS)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_templates_come_in_again(kind, language, world, tmp_path):
    """The example of each template is taken in without a mapping, every row of it."""
    i18n.set_language(language)
    for house in ("3-2-502", "车位B1-035"):
        units.add_unit(require_address(house), community="云澜花园", by=world.desk.id)
    target = tmp_path / "template.xlsx"
    columns = write_template(kind, target)
    assert likely_kind(columns, kind) is kind
    sheets = read_table(target, sheet=openpyxl.load_workbook(target).sheetnames[1]).sheet_names
    assert len(sheets) == 3
    result = import_file(kind, target, sheet=sheets[1], by=world.desk.id, now=world.now)
    assert not result.preview.rejected
    assert not result.preview.unused
    assert all(row.outcome is Outcome.ADDED for row in result.preview.rows)
    # The world's own resident lives there since another day; nothing else is doubtful.
    assert len(result.preview.needing_person) == (kind is ImportKind.RESIDENTS)
    book = openpyxl.load_workbook(target)
    lists = book.worksheets[0].data_validations.dataValidation
    assert len(lists) == {"residents": 1, "units": 3, "vehicles": 1}[kind.value]
    assert book.worksheets[0].column_dimensions["A"].number_format == "@"
    with pytest.raises(RuleError) as refused:
        import_file(kind, target, by=world.desk.id, now=world.now, sheet=sheets[0])
    assert refused.value.code == "no-rows"


@pytest.mark.parametrize(
    ("header", "asked", "kind"),
    [
        (("房号", "业主姓名", "电话", "面积", "车牌"), ImportKind.RESIDENTS, ImportKind.RESIDENTS),
        (("房号", "面积", "户型", "房屋状态"), ImportKind.RESIDENTS, ImportKind.UNITS),
        (("车牌号", "房号", "车位号"), ImportKind.RESIDENTS, ImportKind.VEHICLES),
        (("車牌號", "房號", "車主", "車位", "車輛類型"), ImportKind.RESIDENTS, ImportKind.VEHICLES),
        (("房号", "业主姓名", "电话"), ImportKind.UNITS, ImportKind.RESIDENTS),
        (("甲", "乙"), ImportKind.UNITS, ImportKind.UNITS),
        (("房号", "业主姓名"), ImportKind.COMPLAINTS, ImportKind.COMPLAINTS),
    ],
)
def test_what_a_file_holds_is_told_by_its_header(header, asked, kind):
    assert likely_kind(header, asked) is kind


def test_history_names_who_undid_what(take, world):
    import_id = take("units", HOUSES, ("6-1-101", 88, None, None)).import_id
    undo_import(import_id, by=world.desk.id, now=world.now)
    (line,) = list_imports()
    assert (line.kind, line.by, line.undone_by) == (ImportKind.UNITS, "前台", "前台")


KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from propdesk.services import offices
from propdesk.domain.imports import ImportKind
from propdesk.services.importing import import_file
from propdesk.services.queries.staff import first_desk
now = datetime.fromisoformat(sys.argv[3])
offices.open_office(Path(sys.argv[1]), now=now)
def step(done, total):
    if done >= 850:
        os.kill(os.getpid(), signal.SIGKILL)
import_file(ImportKind.RESIDENTS, Path(sys.argv[2]), by=first_desk().id, now=now, on_progress=step)
"""


def test_f35_an_import_that_was_killed_half_way_left_nothing(tmp_path, now):
    """The process dies while rows are written; the next one finds none, and takes all."""
    office = offices.open_office(tmp_path / "office", now=now)
    by = first_desk().id
    offices.close_office(office)
    lines = "".join(f"{n % 9 + 1}-1-{n},张{n},1{3_000_000_001 + n}\n" for n in range(101, 3101))
    (tmp_path / "many.csv").write_text(f"房号,业主姓名,电话\n{lines}", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, tmp_path / "office", tmp_path / "many.csv", now.isoformat()],
        check=False, timeout=120, env={**os.environ},
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL
    office = offices.open_office(tmp_path / "office", now=now)
    try:
        assert rows("SELECT (SELECT count(*) FROM unit), (SELECT count(*) FROM import)") == [(0, 0)]
        result = import_file(ImportKind.RESIDENTS, tmp_path / "many.csv", by=by, now=now)
        assert result.preview.counts["added"] == 3000
    finally:
        offices.close_office(office)


def test_f37_fifty_thousand_rows_are_read(world, tmp_path):
    """The whole of a very large office in one file; what cannot be read comes back by line."""
    lines = "".join(
        f"{n % 90 + 1}-{n // 90 % 4 + 1}-{n // 360 + 101},88.5\n" for n in range(50_000)
    )
    (tmp_path / "many.csv").write_text(f"房号,面积\n{lines}三楼,88\n", "utf-8")
    result = import_file(ImportKind.UNITS, tmp_path / "many.csv", by=world.desk.id, now=world.now)
    assert (result.preview.counts["units"], result.preview.counts["rejected"]) == (50_000, 1)
    assert "3-2-101" in {row.what for row in result.preview.rows}

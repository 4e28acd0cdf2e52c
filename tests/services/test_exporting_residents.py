"""Personal data leaves the office masked, or in full with a purpose, and is noted (law.md 1.7)."""

import hashlib
import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk import i18n
from propdesk.domain.consents import ConsentDraft, ConsentWay
from propdesk.domain.data_exports import ExportOrder, Manner, check_order
from propdesk.domain.errors import Cancelled, DraftError, RuleError
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.staff import Role
from propdesk.services import residents, staff
from propdesk.services.consents import give_consent
from propdesk.services.exporting_residents import export_residents
from propdesk.services.person_details import set_details
from propdesk.services.queries.access import AccessFilter, count_access, list_access, list_exports
from propdesk.services.settings import get_settings, save_settings
from propdesk.sheets.reading import read_table
from propdesk.storage.database import database, rows

MASKED, IN_FULL = ExportOrder(""), ExportOrder("业主大会核对", is_plain=True)


@pytest.fixture
def write(world, tmp_path):
    def written(order=MASKED, name="out.csv", by=None):
        target = tmp_path / name
        export = export_residents(target, order, by=(by or world.desk).id, now=world.now)
        return target, export

    return written


def read(path):
    table = read_table(path)
    return [dict(zip(table.header, row.values, strict=True)) for row in table.rows]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_r85_residents_are_masked_unless_asked_for(write, suffix):
    i18n.set_language("en")
    target, export = write(name=f"out{suffix}")
    first, villa = read(target)
    assert (first["House"], first["Name"], first["Salutation"], first["Phone"]) == (
        "3-2-501", "张*丰", "张*生", "138****1234",
    )  # fmt: skip
    assert (villa["House"], villa["Name"]) == ("12#", None)
    assert (export.rows, export.is_plain) == (2, False)
    target, _export = write(IN_FULL, f"plain{suffix}")
    assert read(target)[0]["Phone"] == "13800001234"


def test_json_is_written_by_its_ending(write):
    target, export = write(IN_FULL, "out.json")
    first, villa = json.loads(target.read_text("utf-8"))
    assert (first["house"], first["role"], first["phones"]) == (
        "3-2-501", "owner", ["13800001234"],
    )  # fmt: skip
    assert (villa["name"], villa["phones"], villa["plates"]) == ("", [], [])
    assert export.rows == 2


def test_a_masked_file_says_nothing_that_is_free_text_and_no_whole_plate(write, world):
    draft = PersonDraft(
        "李四", ResidentRole.TENANT, phones=("13900005678",), note="电话13900005678"
    )
    residents.add_resident(world.home.id, draft, by=world.desk.id, now=world.now)
    database.execute_sql(
        "INSERT INTO vehicle (unit_id, plate, version) VALUES (?, '京A12345', 1)", (world.home.id,)
    )
    target, _export = write()
    text = target.read_text("utf-8-sig")
    assert "京A·**345" in text
    for secret in ("13900005678", "李四", "京A12345"):
        assert secret not in text


def test_f40_a_name_that_begins_like_a_formula_stays_text(write, world):
    for name in ("=1+1", "@cmd", "＝HYPERLINK(1)"):
        residents.add_resident(world.home.id, PersonDraft(name), by=world.desk.id, now=world.now)
    target, _export = write(IN_FULL)
    for line in target.read_text("utf-8-sig").splitlines()[1:]:
        assert not any(cell.startswith(("=", "@", "＝", "+")) for cell in line.split(","))
    names = [row[next(k for k in row if k in ("Name", "姓名"))] for row in read(target)]
    assert "=1+1" in names


def test_r80_optional_details_are_in_no_export(write, world):
    save_settings(replace(get_settings(), kept_fields=("occupation",)), by=world.desk.id)
    person = rows("SELECT id FROM person")[0][0]
    consent = ConsentDraft("profile", ConsentWay.SPOKEN, date(2026, 11, 1))
    give_consent(person, consent, by=world.desk.id, now=world.now)
    set_details(person, {"occupation": "钢琴教师"}, by=world.desk.id, now=world.now)
    target, _export = write(IN_FULL, "out.json")
    assert "钢琴教师" not in target.read_text("utf-8")


@pytest.mark.parametrize("column", ["sealed_at", "erased_at"])
def test_who_is_sealed_or_erased_is_in_no_export(write, column):
    database.execute_sql(f"UPDATE person SET {column} = '2026-11-01T09:00:00'")
    target, export = write(IN_FULL, "out.json")
    assert [line["name"] for line in json.loads(target.read_text("utf-8"))] == ["", ""]
    assert export.rows == 2


def test_each_export_is_a_line_with_the_hash_of_the_very_file(write, world):
    target, export = write(replace(IN_FULL, manner=Manner.PROVIDED, receiver=" 街道办 "))
    assert list_exports() == (export,)
    assert export.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    assert (export.by, export.receiver, export.purpose, export.file_name) == (
        world.desk.name, "街道办", "业主大会核对", "out.csv",
    )  # fmt: skip
    (line,) = list_access(AccessFilter(staff_id=world.desk.id))
    assert (line.act, line.what, line.purpose) == ("exported", "residents 1", "业主大会核对")


@pytest.mark.parametrize(
    ("order", "field"),
    [
        (replace(IN_FULL, purpose=" \u200b"), "purpose"),
        (ExportOrder("", manner=Manner.PUBLIC), "purpose"),
        (replace(IN_FULL, manner=Manner.ENTRUSTED), "receiver"),
        (replace(IN_FULL, manner=Manner.PROVIDED, receiver=" "), "receiver"),
        (replace(IN_FULL, purpose="x" * 300), "purpose"),
    ],
)
def test_an_order_that_says_too_little_writes_nothing(write, tmp_path, order, field):
    with pytest.raises(DraftError) as refused:
        write(order)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert not list(tmp_path.glob("out*"))
    assert list_exports() == ()


def test_names_in_full_are_never_made_public(write):
    with pytest.raises(RuleError) as refused:
        write(replace(IN_FULL, manner=Manner.PUBLIC))
    assert refused.value.code == "export-public"
    assert write(ExportOrder("公示", manner=Manner.PUBLIC))[1].rows == 2


def test_many_rows_in_full_need_a_second_staff_member(write, world, tmp_path):
    save_settings(replace(get_settings(), second_approver_rows=1), by=world.desk.id)
    with pytest.raises(RuleError) as refused:
        write(IN_FULL)
    assert refused.value.code == "export-second"
    assert write(MASKED)[1].rows == 2
    manager = staff.add_staff("李经理", by=world.desk.id, role=Role.MANAGER)
    for other, code in (
        (world.desk, "export-same-staff"),
        (world.cashier, "not-allowed"),
    ):
        with pytest.raises(RuleError) as refused:
            write(replace(IN_FULL, second_staff_id=other.id), "full.csv")
        assert refused.value.code == code
    assert not (tmp_path / "full.csv").exists()
    export = write(replace(IN_FULL, second_staff_id=manager.id))[1]
    assert (export.second, list_exports()[0].second) == ("李经理", "李经理")


@given(st.integers(0, 200), st.integers(0, 200), st.booleans())
def test_the_second_one_is_needed_for_more_rows_than_the_setting(count, most, has_second):
    order = replace(IN_FULL, second_staff_id=7 if has_second else None)
    if count <= most or has_second:
        check_order(order, count, most)
    else:
        with pytest.raises(RuleError):
            check_order(order, count, most)


def test_what_was_cancelled_or_not_noted_leaves_no_file(world, tmp_path, monkeypatch):
    target = tmp_path / "out.csv"
    with pytest.raises(Cancelled):
        export_residents(target, IN_FULL, by=world.desk.id, now=world.now, cancelled=lambda: True)
    database.execute_sql(
        "CREATE TEMP TRIGGER full BEFORE INSERT ON data_export BEGIN "
        "SELECT raise(ABORT, 'full'); END"
    )
    with pytest.raises(Exception, match="full"):
        export_residents(target, IN_FULL, by=world.desk.id, now=world.now)
    database.execute_sql("DROP TRIGGER full")
    assert not target.exists()
    assert list_exports() == ()
    assert count_access(AccessFilter()) == 0

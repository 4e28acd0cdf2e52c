"""Residents from workbooks: houses made and counted, people kept apart, phones added."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from propdesk.domain.data_exports import ExportOrder
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.domain.imports import ImportKind, Outcome
from propdesk.domain.persons import ResidentRole
from propdesk.domain.units import Address
from propdesk.services import residents, units
from propdesk.services.exporting_residents import export_residents
from propdesk.services.importing import import_file, preview_import
from propdesk.services.queries.desk import search_desk
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.staff import first_desk
from propdesk.services.queries.units import find_unit, list_communities
from propdesk.services.queries.vehicles import list_plates
from propdesk.storage.database import rows

TODAY = date(2026, 11, 21)
SHEETS = Path(__file__).parents[1] / "data" / "sheets"
HEADER = ("房号", "业主姓名", "联系电话", "面积", "车牌", "备注")
ROWS = (
    ("5-1-101", "单雄信", "13811112222/13911112222", 89.56, "苏A·12345", "二手房"),
    ("5栋1单元102室", "张三、李四", "13811113333 13911113333", "120㎡", None, None),
    ("５＃１－２０１", "王 五", "0551-62881234", None, None, None),
    ("商铺12", "张三", 13811114444, 45, None, None),
)
EVERY_TABLE = (
    "community", "building", "entrance", "unit", "person", "phone", "residency", "vehicle",
    "desk_key", "import", "setting",
)  # fmt: skip


@pytest.fixture
def workbook(tmp_path):
    def write(*lines, header=HEADER, name="residents.xlsx"):
        book = openpyxl.Workbook()
        for line in (header, *lines):
            book.active.append(line)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def take(world):
    def run(path, **given):
        return import_file(ImportKind.RESIDENTS, path, by=world.desk.id, now=world.now, **given)

    return run


def counts():
    return {table: rows(f"SELECT count(*) FROM {table}")[0][0] for table in EVERY_TABLE}


def people(house):
    return {one.name: one.phones for one in list_residents(find_unit(house).id, TODAY)}


def test_houses_people_and_phones_are_made_and_counted(workbook, take):
    assert take(workbook(*ROWS)).preview.counts == {
        "rows": 4, "added": 4, "unchanged": 0, "rejected": 0, "needs_person": 0, "changed": 0,
        "communities": 0, "buildings": 2, "entrances": 2, "units": 4, "persons": 5, "phones": 6,
        "plates": 1,
    }  # fmt: skip
    first = find_unit("5-1-101")
    assert (first.area_dm2, first.floor, first.community) == (8956, 1, "云澜花园")
    assert list_plates(first.id, today=TODAY) == ("苏A·12345",)
    (owner,) = list_residents(first.id, TODAY)
    assert (owner.role, owner.note) == (ResidentRole.OWNER, "二手房")
    assert owner.phones == ("13811112222", "13911112222")
    assert people("5-1-102") == {"张三": ("13811113333",), "李四": ("13911113333",)}
    assert people("5-1-201") == {"王五": ("0551-62881234",)}
    # Two of the same name in two houses stay two persons.
    assert rows("SELECT count(*) FROM person WHERE name = '张三'") == [(2,)]


@pytest.mark.parametrize(
    ("typed", "house"),
    [("单雄", "5-1-101"), ("雄信", "5-1-101"), ("sxx", "5-1-101"), ("danxiong", "5-1-101"),
     ("2222", "5-1-101"), ("12345", "5-1-101"), ("62881234", "5-1-201"), ("51102", "5-1-102"),
     ("5栋1单元201", "5-1-201"), ("商铺12", "商铺12")],
)  # fmt: skip
def test_the_desk_finds_what_was_imported(workbook, take, typed, house):
    take(workbook(*ROWS))
    assert house in {hit.where for hit in search_desk(typed, today=TODAY)}


def test_the_same_file_twice_adds_nothing(workbook, take):
    path = workbook(*ROWS)
    take(path)
    before = counts()
    again = take(path)
    assert again.import_id is None
    assert again.preview.counts["unchanged"] == 4
    assert counts() == before


def test_a_new_phone_is_added_and_counts_as_added(workbook, take):
    take(workbook(*ROWS))
    result = take(workbook(("5-1-101", "单雄信", 13700000001, None, None, None), *ROWS[1:]))
    assert result.preview.counts["added"] == result.preview.counts["changed"] == 1
    assert result.preview.counts["unchanged"] == 3
    assert people("5-1-101") == {"单雄信": ("13811112222", "13911112222", "13700000001")}
    assert search_desk("13700000001", today=TODAY)


def test_what_stands_is_filled_but_never_overwritten(workbook, take):
    take(workbook(*ROWS))
    result = take(
        workbook(
            ("5-1-101", "单雄信", None, 90, "苏B54321", "别的备注"),
            ("5-1-201", "王五", None, 77, None, "新备注"),
        )
    )
    first, second = result.preview.rows
    assert (first.outcome, second.outcome) == (Outcome.ADDED, Outcome.ADDED)
    assert "89.56" in first.needs_person
    assert find_unit("5-1-101").area_dm2 == 8956
    assert find_unit("5-1-201").area_dm2 == 7700
    assert list_residents(find_unit("5-1-101").id, TODAY)[0].note == "二手房"
    assert list_residents(find_unit("5-1-201").id, TODAY)[0].note == "新备注"
    assert list_plates(find_unit("5-1-101").id, today=TODAY) == ("苏A·12345", "苏B54321")


def test_who_is_known_by_hand_is_the_same_person(workbook, take, world):
    result = take(workbook(("3-2-501", "张伟丰", "13800001234", 100, None, None)))
    assert result.preview.counts["persons"] == 0
    assert len(list_residents(world.home.id, TODAY)) == 1
    assert rows("SELECT version FROM unit WHERE id = ?", world.home.id) == [(2,)]


def test_same_name_and_phone_is_one_person_with_several_houses(workbook, take):
    take(workbook(ROWS[0], ("车位B1-035", "单雄信", 13811112222, None, None, None)))
    assert rows("SELECT count(*) FROM person WHERE name = '单雄信'") == [(1,)]
    assert {hit.where for hit in search_desk("单雄信", today=TODAY)} == {
        "5-1-101",
        "车位B1-035",
    }


def test_who_has_left_is_not_brought_back(workbook, take, world):
    (owner,) = list_residents(world.home.id, TODAY)
    residents.end_residency(
        world.home.id, owner.residency_id, to_on=world.now.date(), by=world.desk.id, now=world.now
    )
    result = take(workbook(("3-2-501", "张伟丰", None, None, None, None)))
    (row,) = result.preview.rows
    assert row.outcome is Outcome.UNCHANGED
    assert "张伟丰" in row.needs_person


def test_another_role_is_told(workbook, take):
    header = ("房号", "姓名", "身份")
    result = take(workbook(("3-2-501", "张伟丰", "租户"), header=header))
    (row,) = result.preview.rows
    assert row.outcome is Outcome.UNCHANGED
    assert row.needs_person


def test_tenants_and_salutations(workbook, take):
    header = ("房号", "业主姓名", "称呼", "租户", "租户电话")
    take(workbook(("6-101", "张三", "张老师", "李四", 13911112222), header=header))
    tenant = next(one for one in list_residents(find_unit("6-101").id, TODAY) if one.name == "李四")
    assert (tenant.role, tenant.phones) == (ResidentRole.TENANT, ("13911112222",))
    assert search_desk("zls", today=TODAY)
    again = take(workbook(("6-101", "张三", "张先生", None, None), header=header))
    assert again.preview.rows[0].needs_person


def test_rows_that_cannot_be_stored(workbook, take):
    result = take(
        workbook(
            ("5-1-101", "张三", "1.38E+10", None, None, None),
            ("5-1-102", "张三", 13800000000, None, None, None),
            ("三楼", "张三", None, None, None, None),
            ("5-1-103", None, None, None, None, None),
            ("5-1-104", "张*丰", "138****1234", None, None, None),
            ("5-1-105", "张三", None, "很大", None, None),
        )
    )
    assert result.preview.counts["rejected"] == 5
    assert all(row.reason for row in result.preview.rejected)
    assert result.preview.rows[-1].outcome is Outcome.ADDED
    assert result.preview.rows[-1].needs_person
    assert rows("SELECT short FROM unit WHERE import_id IS NOT NULL") == [("5-1-105",)]


def test_a_known_house_needs_no_name(workbook, take, world):
    result = take(workbook(("12#", None, None, 300, None, None)))
    assert result.preview.counts["added"] == 1
    assert find_unit("12#").area_dm2 == 30000


def test_several_communities_have_to_be_named(workbook, take, world):
    units.add_unit(Address("1", "", "101"), community="锦绣苑", by=world.desk.id)
    path = workbook(*ROWS)
    assert take(path).preview.counts["rejected"] == 4
    assert take(path, community="锦绣苑").preview.counts["units"] == 4
    assert find_unit("5-1-101").community == "锦绣苑"


def test_communities_in_the_file_are_made(workbook, take):
    header = ("小区", "楼栋", "单元", "房间", "姓名")
    take(workbook(("金桂园", "3栋", "2单元", "501室", "张三"), header=header))
    assert list_communities() == ("云澜花园", "金桂园")
    assert find_unit("3-2-501", "金桂园").short == "3-2-501"


def test_the_first_community_is_called_like_the_office(office, workbook, now):
    import_file(ImportKind.RESIDENTS, workbook(*ROWS), by=first_desk().id, now=now)
    assert list_communities() == ("物业服务中心",)


def test_preview_writes_nothing_and_says_the_same(workbook, take, world):
    path, before = workbook(*ROWS), counts()
    preview = preview_import(ImportKind.RESIDENTS, path, now=world.now)
    assert counts() == before
    assert take(path).preview == preview


@pytest.mark.parametrize("header", [("房号", "电话"), ("业主姓名", "电话"), ("楼栋", "业主姓名")])
def test_needed_columns(workbook, take, header):
    with pytest.raises(RuleError) as refused:
        take(workbook((1, 2), header=header))
    assert refused.value.code == "columns-missing"


def test_a_file_not_made_by_openpyxl(take):
    result = take(SHEETS / "residents.xls")
    assert result.preview.count(Outcome.ADDED)


def test_who_may_not_import(workbook, world):
    with pytest.raises(RuleError) as refused:
        import_file(ImportKind.RESIDENTS, workbook(*ROWS), by=world.worker.id, now=world.now)
    assert refused.value.code == "not-allowed"


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_plain_export_comes_in_again_unchanged(workbook, take, world, tmp_path, suffix, language):
    from propdesk import i18n

    i18n.set_language(language)
    take(workbook(*ROWS, ("车位B1-035", "单雄信", 13811112222, None, None, None)))
    target = tmp_path / f"out{suffix}"
    order = ExportOrder("核对", is_plain=True)
    lines = export_residents(target, order, by=world.desk.id, now=world.now).rows
    before = counts()
    result = take(target)
    assert result.preview.counts["unchanged"] == lines == 8
    assert not result.preview.needing_person
    assert counts() == before


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_cancelled_at_any_time_nothing_is_left(workbook, take, share):
    path = workbook(
        *((f"7-{n // 100}-{n}", f"张{n}", 13_000_000_001 + n, None, None, None)
          for n in range(101, 3000)),
        name="many.xlsx",
    )  # fmt: skip
    before, pressed = counts(), []
    with pytest.raises(Cancelled):
        take(
            path,
            on_progress=lambda done, total: pressed.extend([1] * (done / total >= share)),
            cancelled=lambda: bool(pressed),
        )
    assert counts() == before
    assert take(path).preview.counts["added"] == 2899

"""Ledgers of equipment as offices keep them: messy, taken in, taken back; error rows return."""

from datetime import date, datetime

import openpyxl
import pytest

from propdesk import i18n
from propdesk.domain.assets import AssetKind, AssetState, PointDraft
from propdesk.domain.imports import ImportKind, Outcome
from propdesk.services import assets
from propdesk.services.import_templates import write_template
from propdesk.services.importing import import_file, preview_import
from propdesk.services.imports import undo_import, write_error_rows
from propdesk.services.queries.assets import list_assets
from propdesk.services.queries.vendors import list_vendors
from propdesk.sheets.reading import read_table
from propdesk.storage.database import rows

HEADER = (
    "编号", "名称", "类别", "品牌/厂家", "型号", "出厂编号", "楼栋", "位置", "安装日期", "检验日期",
    "质保期", "使用登记证", "有效期至", "维保单位", "状态", "停用日期",
)  # fmt: skip
MESSY = (
    ("DT-01", "1# 客梯", "", "迅达", "3300AP", 11220001.0, "3栋", "1单元", "2020年3月1日",
     datetime(2020, 3, 20), "2年", "梯11苏A0001(20)", "2027-03-19", "江宁电梯", "在用", ""),
    ("DT-02", "2# 客梯", "电梯", "迅达", "", "1.38E+10", "三号楼", "2单元", 43891, "昨天",
     "一年", 3.1100112233e19, "", "江宁电梯 ", "停梯", "2025-10-01"),
    ("", "生活水泵", "供水", "", "", "", "公共区域", "", "", "", "", "", "", "—", "正常运行", ""),
    ("", "路灯", "照明", "", "", "", "99", "", "", "", "", "", "", "", "", ""),
    ("DT-01", "货梯", "", "", "", "", "3", "", "", "", "", "", "", "", "", ""),
    ("", "", "电梯", "", "", "", "3", "机房", "", "", "", "", "", "", "", ""),
    (1.38e16, "铁门", "神器", "", "", "", "", "", "", "", "", "", "", "", "", ""),
    ("", "神秘箱", "神器", "", "", "", "12", "门口", "", "", "三年", "", "", "", "坏了", ""),
)  # fmt: skip


@pytest.fixture
def book(tmp_path):
    """Write a workbook of these rows below a title."""

    def write(*lines):
        workbook = openpyxl.Workbook()
        for line in (("云澜花园设备台账",), HEADER, *lines):
            workbook.active.append(line)
        file = tmp_path / "ledger.xlsx"
        workbook.save(file)
        return file

    return write


def test_f37_a_messy_ledger_comes_in_and_goes_again_as_a_whole(world, act, book, tmp_path):
    before = [rows("SELECT * FROM asset"), rows("SELECT * FROM vendor")]
    result = import_file(ImportKind.ASSETS, book(*MESSY), **act())
    said = {row.line: row for row in result.preview.rows}
    counts = result.preview.counts
    assert (counts["added"], counts["rejected"], counts["vendors"]) == (4, 4, 1)
    assert "99" in said[6].reason
    assert "1# 客梯" in said[7].reason
    things = {one.draft.code: one for one in list_assets()}
    first, second = things["DT-01"], things["DT-02"]
    assert (first.draft.kind, first.draft.serial, first.where) == (
        AssetKind.LIFT, "11220001", "3栋 1单元",
    )  # fmt: skip
    assert first.draft.warranty_until == date(2022, 3, 1)
    assert first.vendor == second.vendor == "江宁电梯"
    # What Excel rounded, and a day that is none, is left empty and told.
    assert (second.draft.serial, second.draft.licence_number, second.draft.inspected_on) == (
        "", "", None,
    )  # fmt: skip
    assert (second.draft.installed_on, second.draft.state) == (
        date(2020, 3, 1), AssetState.STOPPED,
    )  # fmt: skip
    assert second.draft.warranty_until == date(2021, 3, 1)
    assert "1.38E+10" in said[4].needs_person
    pump = next(one for one in things.values() if one.draft.name == "生活水泵")
    assert (pump.draft.kind, pump.draft.place, pump.draft.building_id) == (
        AssetKind.WATER, "公共区域", None,
    )  # fmt: skip
    box = next(one for one in things.values() if one.draft.name == "神秘箱")
    assert box.draft.kind is AssetKind.OTHER
    errors = tmp_path / "errors.xlsx"
    assert write_error_rows(result.preview, errors) == 4 + 2
    assert len(read_table(errors).rows) == 4
    again = import_file(ImportKind.ASSETS, book(*MESSY[:3]), **act())
    assert (again.import_id, again.preview.count(Outcome.UNCHANGED)) == (None, 3)
    undone = undo_import(result.import_id, **act())
    assert (undone.assets, undone.left) == (4, ())
    assert [rows("SELECT * FROM asset"), rows("SELECT * FROM vendor")] == before


def test_what_somebody_used_since_stays_with_its_company(world, act, book):
    made = import_file(ImportKind.ASSETS, book(MESSY[0], MESSY[2]), **act())
    lift = list_assets(kind=AssetKind.LIFT)[0]
    assets.add_point(PointDraft("机房", asset_id=lift.id), by=world.desk.id)
    undone = undo_import(made.import_id, **act())
    assert (undone.assets, undone.left) == (1, ("DT-01 1# 客梯", "江宁电梯"))
    assert [one.draft.name for one in list_vendors()] == ["江宁电梯"]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_f35_the_example_of_the_template_comes_in(language, world, tmp_path):
    i18n.set_language(language)
    target = tmp_path / "assets.xlsx"
    columns = write_template(ImportKind.ASSETS, target)
    example = openpyxl.load_workbook(target).sheetnames[1]
    preview = preview_import(ImportKind.ASSETS, target, sheet=example, now=world.now)
    assert [(row.outcome, row.reason, row.needs_person) for row in preview.rows] == [
        (Outcome.ADDED, "", "")
    ] * 2
    assert preview.unused == ()
    assert len(columns) == 18

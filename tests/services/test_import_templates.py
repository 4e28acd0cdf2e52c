"""Workbooks to fill in for what fees need: what the example says comes in as it stands."""

import openpyxl
import pytest

from propdesk import i18n
from propdesk.domain.import_kinds import FEE_KINDS, likely_kind
from propdesk.domain.imports import ImportKind, Outcome
from propdesk.domain.meters import MeterDraft, MeterKind
from propdesk.domain.units import require_address
from propdesk.services import meters, units
from propdesk.services.import_templates import write_template
from propdesk.services.importing import preview_import
from propdesk.sheets.reading import read_table
from propdesk.storage.charging import FeeItemRecord


@pytest.fixture
def office_of_fees(world, act):
    """Two houses with the fee items and meters that the examples name."""
    other = units.add_unit(require_address("3-2-502"), community="云澜花园", by=world.desk.id)
    for place, (code, formula) in enumerate((("wy", "area"), ("water", "meter"))):
        FeeItemRecord.create(
            code=code, name=code, formula=formula, income="service", charges="all", unit_kinds=[],
            meter_kind="water" if formula == "meter" else "", line_months=1, billed_months=1,
            due_month=0, due_day=31, partial="whole", rounding="fen-half-up", position=place,
            is_active=True,
        )  # fmt: skip
    day = world.now.date().replace(month=1, day=1)
    meters.add_meter(MeterDraft(MeterKind.WATER, day), unit_id=world.home.id, **act())
    electric = MeterDraft(MeterKind.ELECTRICITY, day, "D24001", first_milli=10_000_000)
    meters.add_meter(electric, unit_id=other.id, **act())
    return world


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_f35_the_example_of_each_template_of_fees_comes_in(language, office_of_fees, tmp_path):
    i18n.set_language(language)
    for kind in FEE_KINDS:
        target = tmp_path / f"{kind}.xlsx"
        columns = write_template(kind, target)
        assert {likely_kind(columns, asked) for asked in FEE_KINDS} == {kind}
        example = openpyxl.load_workbook(target).sheetnames[1]
        preview = preview_import(kind, target, sheet=example, now=office_of_fees.now)
        assert [row.reason for row in preview.rejected] == []
        assert preview.unused == ()
        assert {row.outcome for row in preview.rows} == {Outcome.ADDED}
        notes = read_table(target, sheet=openpyxl.load_workbook(target).sheetnames[2])
        assert len(notes.rows) >= len(columns)


@pytest.mark.parametrize(
    ("header", "asked", "kind"),
    [
        (("交易时间", "金额", "交易流水号", "对方户名", "附言"), "bills", "payments"),
        (("房号", "表号", "表类型", "本次读数", "抄表日期"), "bills", "readings"),
        (("房号", "收费项目", "账期", "应收金额"), "payments", "bills"),
        (("收费项目", "单价", "开始日期", "收费依据"), "bills", "tariffs"),
        (("甲", "乙"), "readings", "readings"),
    ],
)
def test_what_a_file_of_fees_holds_is_told_by_its_header(header, asked, kind):
    assert likely_kind(header, ImportKind(asked)) is ImportKind(kind)

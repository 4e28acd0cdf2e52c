"""Sheets of rounds and notices to rectify on paper, from the office to the scanner (R99)."""

import shutil
import subprocess
from datetime import timedelta

import pypdf
import pytest

from propdesk.domain.check_items import InspectionKind
from propdesk.domain.errors import RuleError
from propdesk.domain.findings import RectificationDraft
from propdesk.domain.inspection_plans import PlanDraft, Stop
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.rounds import PlanScope, Shift
from propdesk.domain.units import UnitState
from propdesk.services import check_templates, inspection_plans
from propdesk.services.inspection_sheets import make_sheets_of_day, void_sheet
from propdesk.services.printing_inspections import note_sheet_prints, print_sheets
from propdesk.services.printing_rectifications import print_rectification_notice
from propdesk.services.queries.inspection_sheets import get_sheet
from propdesk.services.rectifications import void_rectification, write_rectification
from propdesk.storage.assets import InspectionPointRecord
from propdesk.storage.inspections import PointLimitRecord
from propdesk.storage.units import UnitRecord


def words_of(file) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(file).pages]


@pytest.fixture
def day(world):
    """Two pump rounds of 王建国, a look at vacant houses of nobody, and nothing to look at yet."""
    by, now = world.desk.id, world.now
    pumps, vacant = check_templates.adopt_templates(("pump-room", "vacant"), by=by, now=now)
    point = InspectionPointRecord.create(code="P-01", name="生活水泵房", floor="B1 层")
    level = next(item for item in pumps.items if item.name == "水箱液位")
    PointLimitRecord.insert(
        point=point.id, template=pumps.id, key=level.key, lower_milli=1510, upper_milli=2120
    ).execute()
    for draft in (
        PlanDraft("泵房日检", InspectionKind.EQUIPMENT, "FREQ=DAILY", now.date(),
                  stops=(Stop(point.id, pumps.id),), times=("08:30", "14:30"),
                  shift=Shift.EARLY, walker_id=world.worker.id),
        PlanDraft("空置房月查", InspectionKind.VACANT, "FREQ=DAILY", now.date(),
                  scope=PlanScope.VACANT, template_id=vacant.id),
        PlanDraft("装修巡查", InspectionKind.DECORATION, "FREQ=DAILY", now.date(),
                  scope=PlanScope.DECORATING, template_id=vacant.id),
    ):  # fmt: skip
        inspection_plans.add_plan(draft, by=by, now=now)
    UnitRecord.update(state=UnitState.VACANT.value).where(
        UnitRecord.id.in_((world.home.id, world.villa.id))
    ).execute()
    return now.date()


def test_r99_a_day_is_printed_in_the_order_it_is_handed_out(world, day, tmp_path) -> None:
    by, now = world.desk, world.now
    made = make_sheets_of_day(day, by=by.id, now=now)
    assert [get_sheet(one).title for one in made.numbers] == ["空置房月查", "泵房日检", "泵房日检"]
    assert len(made.left_out) == 1
    assert "装修巡查" in made.left_out[0]
    assert make_sheets_of_day(day, by=by.id, now=now) == made
    steps = []
    target = tmp_path / "day.pdf"
    printed = print_sheets(
        made.numbers, target, by=by, now=now, language=PaperLanguage.ZH,
        on_progress=lambda done, total: steps.append((done, total)),
    )  # fmt: skip
    assert (printed.pages, printed.replaced_characters) == (3, ())
    assert steps == [(1, 3), (2, 3), (3, 3)]
    vacant, morning, _afternoon = words_of(target)
    assert "空置房巡查记录" in vacant
    assert "3-2-501" in vacant
    assert "12#" in vacant or "12-12" in vacant
    for words in (
        "设备巡检记录",
        "2026-11-21 早班 08:30",
        "王建国",
        "1.51",
        "2.12",
        "P-01",
        "JH001",
    ):
        assert words.replace(" ", "") in morning.replace(" ", "")
    assert get_sheet(made.numbers[0]).prints == 0
    note_sheet_prints(made.numbers, by=by.id, now=now)
    note_sheet_prints(made.numbers[:1], by=by.id, now=now)
    assert [get_sheet(one).prints for one in made.numbers] == [2, 1, 1]
    void_sheet(made.numbers[0], "换人", by=by.id, now=now)
    with pytest.raises(RuleError) as refusal:
        print_sheets(made.numbers, tmp_path / "no.pdf", by=by, now=now)
    assert refusal.value.code == "sheet-voided"
    with pytest.raises(RuleError) as refusal:
        make_sheets_of_day(day - timedelta(1), by=by.id, now=now)
    assert refusal.value.code == "day-no-round"


def test_r99_the_bars_of_a_printed_sheet_find_it_again(world, day, tmp_path) -> None:
    if shutil.which("pdftoppm") is None or shutil.which("zbarimg") is None:
        pytest.skip("pdftoppm and zbarimg are not installed, so the codes cannot be read back")
    number = make_sheets_of_day(day, by=world.desk.id, now=world.now).numbers[1]
    target = tmp_path / "sheet.pdf"
    print_sheets([number], target, by=world.desk, now=world.now)
    subprocess.run(["pdftoppm", "-r", "200", "-mono", "-singlefile", target, tmp_path / "scan"],
                   check=True)  # fmt: skip
    read = subprocess.run(["zbarimg", "-q", "--raw", tmp_path / "scan.pbm"], check=True,
                          capture_output=True, text=True).stdout.split()  # fmt: skip
    assert len(read) == 2
    assert {get_sheet(code).number for code in read} == {number}


def test_r99_a_notice_to_rectify_is_printed_in_two_copies(world, tmp_path) -> None:
    by, now = world.desk, world.now
    draft = RectificationDraft(
        "迅达电梯有限公司", "机房温度 42.5 ℃，空调不制冷", "检修空调", now.date() + timedelta(7),
        place="P-04 电梯机房", basis="维保合同第 6.2 条",
    )  # fmt: skip
    notice = write_rectification(draft, by=by.id, now=now)
    target = tmp_path / "notice.pdf"
    printed = print_rectification_notice(notice.number, target, by=by, now=now)
    (words,) = words_of(target)
    assert printed.pages == 1
    plain = words.replace(" ", "")
    for one in (notice.number, "2026-11-28", draft.place, draft.basis, "未整改", "迅达电梯"):
        assert plain.count(one.replace(" ", "")) >= 2
    void_rectification(notice.number, "写错", version=notice.version, by=by.id, now=now)
    with pytest.raises(RuleError) as refusal:
        print_rectification_notice(notice.number, target, by=by, now=now)
    assert refusal.value.code == "rectification-voided"

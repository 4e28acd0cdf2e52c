"""The sheet of a round on paper (forms.md 5.6): every item once, nothing across the foot."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf.generic import ContentStream

from propdesk.domain.check_items import CheckItem, InspectionKind, ItemKind
from propdesk.domain.numbers import qr_text
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.sheet_codes import SheetCode, sheet_digits
from propdesk.reports.inspection_sheets import (
    InspectionSheetPaper,
    SheetPoint,
    render_inspection_sheets,
)
from propdesk.reports.parts.check_columns import box_width, find_columns, value_room

_PT = 72 / 25.4
_LEFT, _RIGHT, _BOTTOM, _LAST_BASE = 18.0, 200.0, 281.0, 287.5

PAPER = InspectionSheetPaper(
    office_name="云澜花园物业服务中心",
    office_name_en="Yunlan Garden Property Service Centre",
    kind=InspectionKind.EQUIPMENT,
    form="表号 XJ-01  计划 JH001",
    number="XJ-202611-0052",
    code_digits=sheet_digits(SheetCode("202611", 52, 3)),
    qr_text=qr_text("XJ-202611-0052", 1, 3),
    route="设备房日巡",
    planned="2026-11-22 早班",
    walker="李国强",
    rounds=("08:30",),
    points=(
        SheetPoint("P-01", "生活水泵房", "B1 层", (
            CheckItem("01", ItemKind.NUMBER, "市政进水压力", unit="MPa", digits=1, decimals=2,
                      lower_milli=200, upper_milli=350),
            CheckItem("02", ItemKind.TICK, "渗漏、异响", standard="无"),
        )),
    ),
    entry_hours=24,
    printed_at=datetime(2026, 11, 21, 17, 2),
    printed_by="陈思远",
)  # fmt: skip

WORDS = st.text("水泵房压力检查制动器、（）ABC mm²", max_size=60)
ITEMS = st.builds(
    CheckItem,
    key=st.just("01"),
    kind=st.sampled_from(ItemKind),
    name=WORDS,
    section=st.sampled_from(("", "机房", "井道与轿顶")),
    standard=WORDS,
    unit=st.sampled_from(("", "MPa", "m³", "cosφ/三相")),
    lower_milli=st.sampled_from((None, -20_000, 200, 99_999_999_000)),
    upper_milli=st.sampled_from((None, 350, 100_000_000_000)),
    digits=st.integers(1, 9),
    decimals=st.integers(0, 3),
    choices=st.lists(st.sampled_from(("自动", "手动", "停止运行待检修")), min_size=2, max_size=9)
    .map(tuple),
    photo=st.booleans(),
    score=st.sampled_from((0, 5)),
)  # fmt: skip
POINTS = st.lists(
    st.tuples(WORDS, WORDS, st.lists(ITEMS, min_size=1, max_size=9)), min_size=1, max_size=7
)


def lines_of(page: pypdf.PageObject) -> list[tuple[float, float]]:
    """Return the ends of all lines of a page in millimetres from the top left."""
    height = float(page.mediabox.height)
    found = []
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator in (b"m", b"l"):
            x, y = map(float, operands)
            found.append((x / _PT, (height - y) / _PT))
    return found


def texts_of(page: pypdf.PageObject) -> list[tuple[float, str]]:
    """Return the texts of a page with their baselines in millimetres from the top."""
    found: list[tuple[float, str]] = []
    height = float(page.mediabox.height)

    def see(text: str, _cm: list[float], tm: list[float], _font: object, _size: float) -> None:
        if text.strip():
            found.append(((height - tm[5]) / _PT, text))

    page.extract_text(visitor_text=see)
    return found


def numbered(points: Sequence[tuple[str, str, list[CheckItem]]]) -> list[SheetPoint]:
    """Return points whose items begin with a word that stands nowhere else."""
    count = 0
    made = []
    for place, (name, where, items) in enumerate(points, 1):
        named = []
        for item in items:
            count += 1
            named.append(replace(item, name=f"Item{count:03d} {item.name}"))
        made.append(SheetPoint(f"P-{place:02d}", f"点 {name}", where, named))
    return made


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(POINTS, st.integers(0, 3), st.sampled_from(PaperLanguage))
def test_r99_every_item_stands_on_the_paper_once_and_no_row_crosses_the_foot(
    tmp_path: Path, points, rounds: int, language: PaperLanguage
) -> None:
    made = numbered(points)
    paper = replace(PAPER, points=made, rounds=("08:30", "14:30", "20:30")[:rounds])
    target = tmp_path / "sheet.pdf"
    render_inspection_sheets([paper], target, language=language)
    pages = pypdf.PdfReader(target).pages
    words = " ".join(text for page in pages for _y, text in texts_of(page))
    count = sum(len(point.items) for point in made)
    seen = re.findall(r"Item(\d{3})", words)
    assert [int(one) for one in seen] == list(range(1, count + 1))
    for page in pages:
        ends = lines_of(page)
        assert max(y for _x, y in ends) <= _BOTTOM + 0.1
        assert min(x for x, _y in ends) >= _LEFT - 0.1
        assert max(x for x, _y in ends) <= _RIGHT + 0.1
        assert max(y for y, _text in texts_of(page)) <= _LAST_BASE + 0.1


@pytest.mark.parametrize("language", PaperLanguage)
def test_r99_both_codes_of_a_sheet_decode(tmp_path, scan, language) -> None:
    for kind in (InspectionKind.STATUTORY, InspectionKind.MANAGEMENT):
        target = tmp_path / f"{kind}.pdf"
        render_inspection_sheets([replace(PAPER, kind=kind)], target, language=language)
        assert scan(target) == {f"CODE-128:{PAPER.code_digits}", f"QR-Code:{PAPER.qr_text}"}


def test_r99_no_upright_runs_through_a_choice_or_a_line_to_write_on(tmp_path) -> None:
    items = [
        CheckItem("01", ItemKind.TICK, "轿厢照明"),
        CheckItem("02", ItemKind.CHOICE, "维保结论", choices=("正常", "需整改", "停用")),
        CheckItem("03", ItemKind.TEXT, "安全管理员签名"),
        CheckItem("04", ItemKind.TICK, "底坑环境"),
    ]
    paper = replace(PAPER, points=(SheetPoint("P-11", "1 栋电梯", "", items),))
    target = tmp_path / "a.pdf"
    render_inspection_sheets([paper], target, language=PaperLanguage.ZH)
    (page,) = pypdf.PdfReader(target).pages
    at = find_columns(items, 1, _LEFT, _RIGHT).ticks
    heights = {words: y for y, words in texts_of(page) if words in {one.name for one in items}}
    ends = [(x, y) for x, y in lines_of(page) if abs(x - at) < 0.01]
    strokes = list(zip(ends[::2], ends[1::2], strict=True))
    crossed = {
        name for name, y in heights.items() if any(up[1] < y < down[1] for up, down in strokes)
    }
    assert crossed == {"轿厢照明", "底坑环境"}


def test_long_readings_get_boxes_that_a_pen_can_fill_or_one_open_frame() -> None:
    """Four boxes are full width in every sheet; a meter's eight are no narrower than 3.8 mm."""
    four = CheckItem("1", ItemKind.NUMBER, "四位", digits=2, decimals=2)
    eight = CheckItem("2", ItemKind.NUMBER, "八位", digits=8)
    twelve = CheckItem("3", ItemKind.NUMBER, "十二位", digits=9, decimals=3)
    widths = {}
    for rounds in (1, 2, 3):
        columns = find_columns((four, eight, twelve), rounds, _LEFT, _RIGHT)
        room = value_room(columns, 0)
        widths[rounds] = [box_width(item, room) for item in (four, eight, twelve)]
        assert columns.right - columns.remark >= 26 - 0.01
        assert columns.block - columns.names >= 30 - 0.01
    assert [round(one[0], 1) for one in widths.values()] == [5.2, 5.2, 5.2]
    assert [round(one[1], 1) for one in widths.values()] == [5.0, 4.8, 0]
    assert [one[2] for one in widths.values()] == [0, 0, 0]


def test_a_long_place_says_that_it_goes_on(tmp_path, texts) -> None:
    items = tuple(CheckItem(f"{n:02d}", ItemKind.TICK, f"项目{n}") for n in range(40))
    target = tmp_path / "long.pdf"
    point = SheetPoint("G-01", "中心花园", "", items)
    printed = render_inspection_sheets(
        [replace(PAPER, points=(point,))], target, language=PaperLanguage.ZH
    )
    first, second = texts(target)
    assert printed.pages == 2
    assert "（续）" in second.replace(" ", "")
    assert "（续）" not in first
    assert "中心花园" in second

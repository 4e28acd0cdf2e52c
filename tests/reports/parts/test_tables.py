"""Tables and page flow: heads repeat, totals keep company, nothing is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.reports.parts.flow import Drawing, Flow, SectionHead
from propdesk.reports.parts.sheet import A4, Align, Sheet
from propdesk.reports.parts.tables import Column, Row, RowKind, Table, for_whole_words, with_rest

COLUMNS = (Column("编号", 20), Column("内容"), Column("件", 15, Align.RIGHT))


def flow_on(sheet: Sheet, y: float = 20.0) -> Flow:
    return Flow(sheet, left=18, width=178, bottom=280, start_page=lambda _sheet: 20.0, y=y)


def rows(count: int, text: str = "渗水") -> list[Row]:
    return [Row((f"N{number:03d}", text, "1")) for number in range(count)]


def test_a_long_table_repeats_its_head_with_the_mark_of_continuation(draw, tmp_path, texts):
    with draw() as sheet:
        Table(COLUMNS, rows(100), continued="未关闭清单（续）").flow(flow_on(sheet))
    pages = texts(tmp_path / "paper.pdf")
    assert len(pages) > 1
    assert all("编号" in page for page in pages)
    assert ["未关闭清单（续）" in page for page in pages] == [False] + [True] * (len(pages) - 1)
    assert [page.count("N") for page in pages] != [0] * len(pages)
    assert sum(page.count("N") for page in pages) == 100


@pytest.mark.parametrize("count", range(36, 50))
def test_a_total_stays_with_two_rows(draw, tmp_path, texts, count):
    with draw() as sheet:
        total = Row(("", "合计", str(count)), RowKind.TOTAL)
        Table(COLUMNS, [*rows(count), total]).flow(flow_on(sheet))
    last = texts(tmp_path / "paper.pdf")[-1]
    assert "合计" in last
    assert last.count("N") >= 2


@pytest.mark.parametrize("y", range(200, 280, 7))
def test_a_section_head_stays_with_three_rows(draw, tmp_path, texts, y):
    with draw() as sheet:
        sheet.text(20, 20, "前文", 9)
        flow = flow_on(sheet)
        flow.y = y
        Table(COLUMNS, rows(20)).flow(flow, SectionHead("8", "部门与人员"))
    page = next(page for page in texts(tmp_path / "paper.pdf") if "部门与人员" in page)
    assert page.count("N") >= 3


def test_no_latin_word_of_a_head_or_cell_breaks(draw, tmp_path, texts):
    narrow = (Column("Handled by", 9), Column("Matter"), Column("Status", 9))
    cells = [("工程部", "Lift", "Dispatched"), ("A" * 60, "Lift", "To reply")]
    columns = with_rest(for_whole_words(narrow, cells, 8.2), 170)
    assert sum(column.width for column in columns) == pytest.approx(170)
    with draw() as sheet:
        Table(columns, [Row(row) for row in cells], size=8.2).flow(flow_on(sheet))
    (page,) = texts(tmp_path / "paper.pdf")
    assert {"Handled", "Dispatched"} <= set(page.split())
    assert columns[0].width == 30  # a word that no column could hold breaks


def test_a_long_text_makes_its_row_higher_and_is_whole(draw, tmp_path, texts):
    text = "主卫吊顶检修口边缘渗水，约每分钟20滴，" * 12
    with draw() as sheet:
        Table(COLUMNS, rows(1, text)).flow(flow_on(sheet))
    (page,) = texts(tmp_path / "paper.pdf")
    assert text in "".join(page.splitlines())


def test_a_row_higher_than_a_page_goes_on_and_is_whole(draw, tmp_path, texts):
    text = "渗" * 20_000
    with draw() as sheet:
        Table(COLUMNS, rows(1, text)).flow(flow_on(sheet))
    assert sum(page.count("渗") for page in texts(tmp_path / "paper.pdf")) == 20_000


def test_blocks_that_belong_together_are_never_split(draw):
    tops = []

    def paint(sheet: Sheet, _x: float, y: float, _width: float) -> None:
        tops.append((sheet.page, y))

    with draw() as sheet:
        flow = flow_on(sheet)
        for _block in range(5):
            flow.place(Drawing(10, paint), Drawing(90, paint))
    assert [page for page, _y in tops] == [1, 1, 1, 1, 2, 2, 2, 2, 3, 3]
    assert all(y + 10 <= 280 for _page, y in tops)


@given(st.lists(st.floats(1, 300), max_size=30))
def test_the_flow_never_places_below_its_bottom_what_fits_a_page(tmp_path_factory, heights):
    placed = []
    target = tmp_path_factory.mktemp("flow") / "paper.pdf"
    with Sheet(target, A4, title="T") as sheet:
        flow = flow_on(sheet)
        for height in heights:
            flow.place(Drawing(height, lambda _s, _x, y, _w, h=height: placed.append((y, h))))
    assert len(placed) == len(heights)
    assert all(y + height <= 280.001 for y, height in placed if height <= 260)

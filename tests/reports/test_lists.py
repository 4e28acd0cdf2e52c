"""Lists on paper: every row is read back, heads repeat, nothing is cut, hostile words are words."""

from dataclasses import replace
from datetime import datetime

import pypdf
import pytest

from propdesk.domain.papers import PaperLanguage
from propdesk.reports.lists import ListColumn, ListSheet, render_list

NARROW = ListSheet(
    office_name="云澜花园物业服务中心",
    office_name_en="Yunlan Garden",
    title="房屋",
    narrowed="全部房屋，楼栋 3 栋",
    columns=(ListColumn("房屋"), ListColumn("业主"), ListColumn("面积", is_figures=True)),
    rows=[(f"3-2-{n}", f"业主{n}", f"{n}.50") for n in range(300)],
    printed_at=datetime(2026, 11, 21, 9, 30),
    printed_by="王丽娟",
)


@pytest.fixture
def printed(tmp_path, texts):
    """Print a list; give what came out, and the words of its pages without blanks."""

    def print_(sheet, language=PaperLanguage.ZH):
        target = tmp_path / "list.pdf"
        made = render_list(sheet, target, language=language)
        pages = ["".join(page.split()) for page in texts(target)]
        assert len(pages) == made.pages
        return made, pages

    return print_


def sides(tmp_path):
    box = pypdf.PdfReader(tmp_path / "list.pdf").pages[0].mediabox
    return round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)


def test_three_hundred_rows_go_on_under_a_repeated_head(printed, tmp_path):
    made, pages = printed(NARROW)
    assert 5 < made.pages < 12
    assert sides(tmp_path) == (210, 297)
    for number, page in enumerate(pages, 1):
        assert "房屋业主面积" in page
        assert f"第{number}页/共{made.pages}页" in page.replace("／", "/")
        assert "打印2026-11-2109:30王丽娟" in page
    whole = "".join(pages)
    for house, owner, area in NARROW.rows:
        assert f"{house}{owner}{area}" in whole
    assert "云澜花园物业服务中心" in pages[0]
    assert "全部房屋，楼栋3栋" in pages[0]
    assert ["共300行" in page for page in pages] == [False] * (len(pages) - 1) + [True]


def test_many_wide_columns_turn_the_sheet(printed, tmp_path):
    columns = tuple(ListColumn(f"第 {n} 列") for n in range(7))
    rows = [tuple(f"第{n}列里比较长的内容{n}" for n in range(7))]
    _made, pages = printed(replace(NARROW, columns=columns, rows=rows))
    assert sides(tmp_path) == (297, 210)
    assert "第6列里比较长的内容6" in pages[0]


def test_a_row_higher_than_a_page_goes_on_and_loses_nothing(printed):
    text = "".join(chr(0x4E00 + n) for n in range(3000))
    made, pages = printed(replace(NARROW, rows=[("3-2-501", text, "1"), ("3-2-502", "甲", "2")]))
    assert made.pages > 1
    assert made.replaced_characters == ()
    whole = "".join("".join(pages).split())
    assert sum(character in whole for character in set(text)) == len(text)
    assert "共2行" in pages[-1]


def test_long_words_stay_inside_their_column(printed, tmp_path):
    latin = "W" * 400
    printed(replace(NARROW, rows=[(latin, latin, latin)]))
    ends = []

    def visit(text, _matrix, place, _font, size):
        if "W" in text:
            ends.append(place[4])

    for page in pypdf.PdfReader(tmp_path / "list.pdf").pages:
        page.extract_text(visitor_text=visit)
    assert ends
    assert max(ends) < 297 / 25.4 * 72


def test_figures_stand_apart_from_the_words_beside_them(printed, tmp_path):
    columns = (ListColumn("人数", is_figures=True), ListColumn("未结工单"))
    printed(replace(NARROW, columns=columns, rows=[("11111", "77777")]))
    places = {}

    def visit(text, _matrix, place, _font, _size):
        for sign in "17":
            if sign * 5 in text:
                places[sign] = place[4]

    pypdf.PdfReader(tmp_path / "list.pdf").pages[0].extract_text(visitor_text=visit)
    digits = 5 * 0.56 * 8.2  # points
    assert places["7"] - places["1"] - digits > 6 / 25.4 * 72


@pytest.mark.parametrize("language", PaperLanguage)
def test_an_empty_list_says_so(printed, language):
    made, pages = printed(replace(NARROW, rows=[]), language)
    assert made.pages == 1
    words = "Thislistisempty." if language is PaperLanguage.EN else "此列表为空。"
    assert words in pages[0]
    assert "房屋业主面积" in pages[0]


def test_hostile_words_are_printed_as_words(printed):
    hostile = ("A<b>&amp; =HYPERLINK(1)", "(\\) %s {0}\u202e右\x00\t左", "𠮷\n换行")
    made, pages = printed(replace(NARROW, title="<i>", narrowed="{x}" * 200, rows=[hostile]))
    for words in ("A<b>&amp;=HYPERLINK(1)", "(\\)%s{0}右", "〓", "换行", "<i>", "{x}{x}"):
        assert words in pages[0]
    assert made.replaced_characters == ("𠮷",)


def test_only_black_is_used_and_every_font_is_embedded(printed, tmp_path, fonts):
    printed(NARROW)
    assert all(fonts(tmp_path / "list.pdf").values())
    for page in pypdf.PdfReader(tmp_path / "list.pdf").pages:
        words = page.get_contents().get_data().split()
        assert not {b"rg", b"RG", b"k", b"K", b"sc", b"SC"} & set(words)

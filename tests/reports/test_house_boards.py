"""The printed board: every house is on it once, high and wide buildings go on, black and white."""

from dataclasses import replace
from datetime import datetime

import pypdf
import pytest

from propdesk.domain.board_shades import BY_STATE, BY_TICKETS
from propdesk.domain.house_boards import BoardHouse, BoardPaper, build_board
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.units import UnitKind, UnitState
from propdesk.reports.house_boards import BoardSheet, render_house_board
from propdesk.reports.parts.register_frame import RegisterFrame

FRAME = RegisterFrame(
    office_name="云澜花园物业服务中心",
    office_name_en="Yunlan Garden",
    title="房态图",
    narrowed="3 栋",
    printed_at=datetime(2026, 11, 21, 9, 30),
    printed_by="王丽娟",
    margin=12.0,
)


def building(name, entrances, floors, across):
    return [
        BoardHouse(
            n := hash((name, e, f, a)) % 10**9, f"{name}-{e}-{f}{a:02d}", "云澜花园", hash(name),
            name, str(e), f"{f}{a:02d}", f, state=list(UnitState)[n % 6],
        )
        for e in range(1, entrances + 1)
        for f in range(1, floors + 1)
        for a in range(1, across + 1)
    ]  # fmt: skip


@pytest.fixture
def printed(tmp_path, texts):
    """Print a board; give what came out and the words of its pages without blanks."""

    def print_(houses, size=BoardPaper.A4, colouring=BY_STATE, language=PaperLanguage.ZH):
        target = tmp_path / "board.pdf"
        paper = BoardSheet(FRAME, size, colouring, build_board(houses), says_community=False)
        made = render_house_board(paper, target, language=language)
        pages = ["".join(page.split()) for page in texts(target)]
        assert len(pages) == made.pages
        return made, pages

    return print_


@pytest.fixture
def side(tmp_path):
    def read():
        box = pypdf.PdfReader(tmp_path / "board.pdf").pages[0].mediabox
        return round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)

    return read


@pytest.mark.parametrize(
    ("size", "sides"), [(BoardPaper.A4, (297, 210)), (BoardPaper.A3, (420, 297))]
)
def test_a_high_house_is_whole_on_one_sheet_on_its_side(printed, side, size, sides):
    made, (page,) = printed(building("3", 2, 18, 4), size)
    assert side() == sides
    assert made.pages == 1
    assert "3栋共144户" in page
    assert "1单元共72户" in page
    for floor in range(1, 19):
        assert f"{floor}层" in page


def test_every_number_is_printed_once_though_entrances_go_on_over_pages(printed):
    houses = building("3", 9, 34, 6)
    made, pages = printed(houses)
    whole = "".join(pages)
    assert made.pages > 3
    assert all("3栋（续）" in page for page in pages[2:])
    for entrance in range(1, 10):
        assert whole.count(f"{entrance}单元共204户") == 1
    # Each number stands in each of nine entrances; 401 is read in 3401 as well.
    assert whole.count("3401") == 9
    assert whole.count("3406") == 9


def test_buildings_stand_beside_each_other_while_they_fit(printed):
    names = [str(n) for n in range(1, 9)]
    houses = [house for name in names for house in building(name, 2, 13, 2)]
    made, (page,) = printed(houses, BoardPaper.A3)
    assert made.pages == 1
    for name in names:
        assert page.count(f"{name}栋共52户") == 1
    assert page.count("1301") == 16


def test_a_building_too_high_for_one_sheet_stands_alone_and_goes_on(printed):
    houses = [*building("1", 1, 4, 2), *building("2", 1, 60, 2), *building("3", 1, 4, 2)]
    _made, pages = printed(houses)
    whole = "".join(pages)
    assert "2栋（续）" in whole
    assert whole.count("6002") == 1
    assert "1栋共8户" in whole
    assert "3栋共8户" in whole


def test_forty_houses_on_a_floor_are_cut_into_pieces(printed):
    _made, pages = printed(building("7", 1, 3, 40))
    whole = "".join(pages)
    for number in range(1, 41):
        assert f"3{number:02d}" in whole
    assert "1单元共120户（续）" in whole


def test_shops_and_villas_are_strips_and_unknown_floors_a_line_of_their_own(printed):
    def one(n, building, number, kind=UnitKind.HOME, floor=None, entrance=""):
        return BoardHouse(n, "", "云澜花园", n, building, entrance, number, floor, kind)

    houses = [one(n, f"{n}", f"{n}") for n in range(101, 105)]
    houses += [one(1, "3", "101", floor=1), one(2, "3", "甲"), one(3, "5", "乙")]
    houses += [one(n, "车位", f"B1-{n:03d}", UnitKind.PARKING) for n in range(10, 90)]
    _made, pages = printed(houses)
    whole = "".join(pages)
    assert "别墅共4户" in whole
    assert "未登记" in whole
    assert whole.count("B1-") == 80
    assert whole.count("甲") == 1
    assert whole.count("乙") == 1


@pytest.mark.parametrize("colouring", [BY_STATE, BY_TICKETS], ids=lambda one: one.key)
def test_the_legend_counts_each_shade(printed, colouring):
    houses = [
        replace(one, tickets=n % 3, overdue=n % 2) for n, one in enumerate(building("3", 1, 6, 4))
    ]
    counts = colouring.count(houses)
    _made, (page,) = printed(houses, colouring=colouring)
    for shade in colouring.shades:
        assert f"{shade.label}{counts[shade.key]}".replace(" ", "") in page
        if shade.mark and counts[shade.key]:
            assert page.count(str(shade.mark)) > counts[shade.key]


def test_an_english_board_and_a_hostile_number(printed):
    bad = replace(building("3", 1, 1, 1)[0], number="<b>(\\)%s" * 5, entrance="")
    _made, (page,) = printed([bad], language=PaperLanguage.EN)
    assert "Building31house" in page
    assert "<b>(" in page

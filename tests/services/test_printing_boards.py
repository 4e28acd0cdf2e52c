"""The board of a real office on paper: what is asked for, and what is refused."""

import pypdf
import pytest

from propdesk.domain.board_shades import BY_TICKETS
from propdesk.domain.errors import RuleError
from propdesk.domain.house_boards import BoardPaper
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.units import Address
from propdesk.services import residents, units
from propdesk.services.printing_boards import WantedBoard, print_house_board

ALL = WantedBoard()


@pytest.fixture
def print_board(world, tmp_path):
    """Print a board; return the words of its pages without blanks."""

    def draw(wanted=ALL, **how):
        target = tmp_path / "board.pdf"
        print_house_board(wanted, target, by=world.desk, now=world.now, **how)
        return "".join("".join(p.extract_text() for p in pypdf.PdfReader(target).pages).split())

    return draw


def test_all_houses_or_one_building(world, print_board):
    whole = print_board()
    for words in ("全部房屋", "3栋", "别墅"):
        assert words in whole
    only = print_board(WantedBoard(building="3栋"))
    assert "别墅" not in only
    assert "501" in only
    assert "2026-11-2109:30" in only
    by_id = print_board(WantedBoard(building_id=_building_of(world.villa)))
    assert "别墅" in by_id
    assert "501" not in by_id


def _building_of(unit):
    from propdesk.services.queries.units import list_buildings

    return next(i for i, _c, name in list_buildings() if name == unit.building)


def test_communities_are_told_apart_and_chosen(world, print_board):
    units.add_unit(Address("3", "1", "301"), community="翠湖里", by=world.desk.id)
    both = print_board()
    assert "翠湖里3栋" in both
    assert "云澜花园3栋" in both
    assert "云澜花园" not in print_board(WantedBoard(community="翠湖里")).replace(
        "云澜花园物业服务中心", ""
    )
    with pytest.raises(RuleError) as caught:
        print_board(WantedBoard(community="别处"))
    assert caught.value.code == "community-unknown"


def test_neither_names_nor_special_customers_are_printed(world, print_board, now):
    draft = PersonDraft("吴桂英", ResidentRole.FAMILY, special="独居老人")
    residents.add_resident(world.home.id, draft, by=world.desk.id, now=now)
    for colour in (WantedBoard(), WantedBoard(colouring=BY_TICKETS, size=BoardPaper.A3)):
        words = print_board(colour)
        for name in ("张伟丰", "吴桂英", "独居", "特殊"):
            assert name not in words


def test_a_board_speaks_the_language_of_the_paper(print_board):
    words = print_board(paper_language=PaperLanguage.EN)
    assert "Houseboard" in words
    assert "Building3" in words


def test_an_empty_register_and_an_unknown_building_are_refused(
    office, world, print_board, tmp_path
):
    with pytest.raises(RuleError) as caught:
        print_board(WantedBoard(building="99"))
    assert caught.value.code == "building-unknown"
    assert not (tmp_path / "board.pdf").exists()


def test_there_is_nothing_to_print_of_an_empty_office(office, now, tmp_path):
    from propdesk.services.queries.staff import first_desk

    with pytest.raises(RuleError) as caught:
        print_house_board(WantedBoard(), tmp_path / "b.pdf", by=first_desk(), now=now)
    assert caught.value.code == "board-empty"

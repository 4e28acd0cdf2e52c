"""A list as seen, on paper: who prints it, in which language, and what is refused."""

import pypdf
import pytest

from propdesk.domain.errors import RuleError
from propdesk.domain.papers import PaperLanguage
from propdesk.services.printing_lists import MOST_ROWS, SeenList, print_list

SEEN = SeenList("工单", "全部，日期 本月", ("工单号", "事项", "人数"), frozenset({2}))
LINES = [("BX-202611-0001", "水管漏水", "3"), ("BX-202611-0002", "", "")]


@pytest.fixture
def printed(world, tmp_path):
    """Print a list and give the words of its first page, without blanks."""

    def run(lines=LINES, by=world.desk, **more):
        made = print_list(SEEN, lines, tmp_path / "l.pdf", by=by, now=world.now, **more)
        page = pypdf.PdfReader(made.file).pages[0].extract_text()
        return made, "".join(page.split())

    return run


def test_lines_and_what_narrows_them_stand_on_the_paper(printed):
    made, words = printed(iter(LINES))
    assert (made.pages, made.replaced_characters) == (1, ())
    for part in ("工单号事项人数", "BX-202611-0001水管漏水3", "全部，日期本月", "共2行"):
        assert part in words


def test_the_frame_speaks_the_language_that_is_asked_for(printed, world):
    _made, words = printed(language=PaperLanguage.EN)
    assert "2rowsinthislist" in words
    assert f"Printed2026-11-2109:30,{world.desk.name}" in words


def test_a_list_of_too_many_rows_is_refused_before_all_are_read(printed, tmp_path):
    read = []

    def endless():
        while True:
            read.append(1)
            yield LINES[0]

    with pytest.raises(RuleError) as refusal:
        printed(endless())
    assert refusal.value.code == "list-too-long"
    assert len(read) == MOST_ROWS + 1
    assert list(tmp_path.glob("l.pdf*")) == []


def test_somebody_without_the_right_takes_no_list_out(printed, world):
    with pytest.raises(RuleError) as refusal:
        printed(by=world.worker)
    assert refusal.value.code == "not-allowed"


def test_a_place_that_cannot_be_written_is_told(world, tmp_path):
    (tmp_path / "l.pdf").mkdir()
    with pytest.raises(RuleError) as refusal:
        print_list(SEEN, LINES, tmp_path / "l.pdf", by=world.desk, now=world.now)
    assert "l.pdf" in str(refusal.value)

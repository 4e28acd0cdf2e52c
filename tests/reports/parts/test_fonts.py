"""The house's font: what it has, what is replaced and told, what never reaches the paper."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.reports.parts.fonts import MISSING, Face, font, has_glyph, printable


@pytest.mark.parametrize("character", "派工单䶮㛃𠅤㵘𬭚㤘𤧛𬱖𬸪×≥〓①")
def test_characters_of_the_trade_have_a_glyph_in_both_weights(character):
    assert has_glyph(character)
    assert ord(character) in font(Face.BOLD).face.charToGlyph


def test_a_missing_character_is_replaced_and_told_once_in_order():
    printed = printable("𠮷野家😀和𠮷")
    assert printed.text == f"{MISSING}野家{MISSING}和{MISSING}"
    assert printed.replaced == ("𠮷", "😀")


def test_characters_that_draw_nothing_are_dropped_without_a_word():
    printed = printable("三\u202e单\u200b元\ufeff\x00\x1b5\u00ad0\ufe0f1")
    assert printed.text == "三单元501"
    assert printed.replaced == ()


def test_line_breaks_stay_and_other_white_becomes_a_blank():
    assert printable("a\r\nb\rc\td\u2028e").text == "a\nb\nc d e"


def test_markup_is_text():
    assert printable("A<B <img src=x> &amp; **b**").text == "A<B <img src=x> &amp; **b**"


@given(st.text(alphabet=st.characters(), max_size=80))
def test_whatever_comes_in_can_be_printed(text):
    printed = printable(text)
    assert all(has_glyph(character) for character in printed.text if character != "\n")
    assert printable(printed.text).text == printed.text
    assert all(not has_glyph(character) for character in printed.replaced)


def test_many_threads_get_one_font():
    found = []
    threads = [threading.Thread(target=lambda: found.append(font(Face.BOLD))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(one) for one in found}) == 1

"""A house of which nothing is known: every part says so, and names the key that fills it."""

import re

import pytest
from PySide6.QtWidgets import QLabel

from propdesk.domain.units import Address
from propdesk.i18n import set_language
from propdesk.services.units import add_unit
from ui.pages.house_parts import HOUSE_PARTS

_KEY = re.compile(r"\b(Ins|F7|F9|Ctrl\+I)\b")


@pytest.mark.parametrize("kind", HOUSE_PARTS)
def test_an_empty_part_names_the_key_that_fills_it(office_context, house, showing, kind):
    set_language("en")
    bare = add_unit(Address("9", "1", "901"), community="云澜花园", by=house.desk.id)
    part = kind(office_context)
    part.unit = bare
    showing(part, 540, 400)
    part.show_unit(bare)
    said = [one.text() for one in part.findChildren(QLabel) if one.isVisible()]
    assert any(_KEY.search(words) for words in said), said
    assert not part.count()

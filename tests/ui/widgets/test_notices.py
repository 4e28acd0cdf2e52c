"""Quiet words side by side: they wrap, they go, Enter follows them."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Tone
from ui.widgets.fact_line import FactLine
from ui.widgets.facts import Fact
from ui.widgets.labels import Label
from ui.widgets.notices import Notice, NoticeRow


def row_of(theme, *sentences):
    notices = [Notice(theme, Tone.INFO, "house") for _each in sentences]
    for notice, sentence in zip(notices, sentences, strict=True):
        notice.show_notice(Tone.WARN, "phone", sentence)
    return notices, NoticeRow(theme, notices)


def below(*widgets):
    window = QWidget()
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return window


def test_notices_stand_in_one_row_and_wrap_where_it_is_narrow(theme, showing):
    notices, row = row_of(theme, "3 decorations to look at", "", "7 work orders are out", "1 pet")
    window = below(row, Label(theme, "x"))
    showing(window, 900, 200)
    shown = [one for one in notices if one.isVisible()]
    assert [one.sentence() for one in shown] == [
        "3 decorations to look at", "7 work orders are out", "1 pet",
    ]  # fmt: skip
    assert len({one.y() for one in shown}) == 1
    assert [one.x() for one in shown] == sorted({one.x() for one in shown})
    window.resize(260, 200)
    assert len({one.y() for one in shown}) == 3
    assert row.height() >= shown[-1].geometry().bottom()


def test_a_notice_is_followed_by_enter_and_gone_without_words(theme, showing, press):
    notices, row = row_of(theme, "1 contact")
    followed = []
    notices[0].followed.connect(lambda: followed.append(True))
    showing(below(row), 900, 200)
    press("Return")
    assert followed == [True]
    notices[0].show_notice(Tone.INFO, "phone", "")
    row.place()
    assert row.isHidden()


def test_facts_share_a_row_by_their_words(theme, showing):
    facts = [Fact("Area", "89.62"), Fact("Floor", "5"), Fact("Plates", "粤B7Q32K、苏Z4H0MU")]
    line = FactLine(theme)
    line.show_facts([*facts, *facts])
    showing(below(line), 900, 200)
    one = line.heightForWidth(1200)
    assert line.heightForWidth(450) == 2 * one
    assert line.heightForWidth(60) == 6 * one

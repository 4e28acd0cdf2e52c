"""Buttons, tabs, chips, segments, filters and search fields, worked by keys."""

import sys

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ui.keyboard import key_words
from ui.theme import Mode, Tone
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Chips, Choice, Segments
from ui.widgets.filters import Filter
from ui.widgets.labels import Label, LinkButton
from ui.widgets.painting import badge, badge_width
from ui.widgets.panes import ActionBar
from ui.widgets.search import SearchField
from ui.widgets.statusbar import StatusItem
from ui.widgets.tabs import TopBar, TopTabs

DAILY = (
    Choice("all", "全部", 134),
    Choice("dispatch", "待派工", 3),
    Choice("overdue", "超时", 2, is_bad=True),
)


def in_a_row(*widgets):
    window = QWidget()
    row = QHBoxLayout(window)
    for widget in widgets:
        row.addWidget(widget)
    return window


def test_button_works_by_space_and_by_its_shortcut(theme, showing, press, qtbot):
    button = Button(theme, "新建工单", kind=Kind.TONAL, icon="plus", shortcut="Ctrl+N")
    pressed = []
    button.clicked.connect(lambda: pressed.append(True))
    showing(in_a_row(button))
    press("Tab", "Space", "Ctrl+N")
    assert len(pressed) == 2
    assert button.accessibleName() == "新建工单"
    assert button.keys() == "Ctrl+N"


def test_shortcut_sleeps_with_its_button(theme, showing, press):
    button = Button(theme, "派工", shortcut="F6")
    other = Button(theme, "打印")
    pressed = []
    button.clicked.connect(lambda: pressed.append(True))
    showing(in_a_row(button, other))
    button.setEnabled(False)
    press("F6")
    button.setEnabled(True)
    button.hide()
    press("F6")
    assert pressed == []


def test_button_without_word_has_a_name(theme):
    button = Button(theme, "", icon="ellipsis", name="更多")
    assert (button.accessibleName(), button.toolTip()) == ("更多", "更多")
    assert button.sizeHint().width() == button.sizeHint().height()


@pytest.mark.parametrize("kind", list(Kind))
def test_focus_can_be_seen_on_every_kind(theme, showing, press, kind):
    button = Button(theme, "完工", kind=kind)
    showing(in_a_row(Button(theme, "先"), button))
    before = button.grab().toImage()
    while not button.hasFocus():
        press("Tab")
    assert button.grab().toImage() != before


def test_chips_walk_with_arrows_and_tell_once(theme, showing, press, focus):
    chips = Chips(theme, "工单", DAILY)
    told = []
    chips.chosen_changed.connect(told.append)
    showing(in_a_row(chips, Button(theme, "打印")))
    press("Right", "Right", "Right", "Home")
    assert told == ["dispatch", "overdue", "all"]
    assert focus().accessibleName() == "全部 134"
    press("Tab")
    assert focus().accessibleName() == "打印"
    press("Shift+Tab", "End")
    assert chips.chosen() == "overdue"


def test_chips_keep_the_chosen_one_when_counts_change(theme, showing, press):
    chips = Chips(theme, "工单", DAILY)
    told = []
    showing(in_a_row(chips))
    press("Right")
    chips.chosen_changed.connect(told.append)
    chips.show_counts({"dispatch": 7, "overdue": 0})
    assert chips.chosen() == "dispatch"
    assert told == []
    with pytest.raises(ValueError, match="nothing"):
        chips.choose("nothing")


def test_a_hotkey_chooses(theme, showing, type_words):
    chips = Chips(theme, "类型", [Choice("r", "报修", hotkey="1"), Choice("c", "投诉", hotkey="2")])
    showing(in_a_row(chips))
    type_words("2")
    assert chips.chosen() == "c"


def test_chips_without_room_wait_behind_more(theme, showing, press, focus):
    chips = Chips(theme, "工单", [Choice(str(n), f"第 {n} 组") for n in range(12)])
    chips.choose("9")
    showing(in_a_row(chips), 320, 60)
    shown = [cell for cell in chips.findChildren(QWidget) if cell.isVisible()]
    assert focus().accessibleName() == "第 9 组"
    right_edge = max(cell.geometry().right() for cell in shown)
    assert right_edge < chips.width()
    press("Tab", "Space")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    press("Up", "Return")
    assert chips.chosen() == "11"


def test_segments_are_chips_of_another_shape(theme, showing, press):
    segments = Segments(theme, "看法", [Choice("board", "房态图"), Choice("table", "表格")])
    showing(in_a_row(segments))
    press("Right")
    assert segments.chosen() == "table"


def test_filter_opens_by_key_and_shows_that_it_is_on(theme, showing, press):
    kind = Filter(
        theme, "类型", [Choice("", "全部"), Choice("repair", "报修"), Choice("x", "投诉")]
    )
    told = []
    kind.changed.connect(told.append)
    showing(in_a_row(kind))
    assert not kind.is_on()
    press("Down")
    menu = QApplication.activePopupWidget()
    assert menu is not None
    press("Down", "Return")
    assert told == ["repair"]
    assert (kind.value(), kind.is_on(), kind.accessibleName()) == ("repair", True, "类型 报修")
    kind.clear()
    assert (kind.value(), told) == ("", ["repair"])


def test_search_waits_for_the_clerk(theme, showing, type_words, press, qtbot):
    field = SearchField(theme, "房号 / 姓名", "Ctrl+K")
    told = []
    field.searched.connect(told.append)
    showing(in_a_row(Button(theme, "别处"), field))
    press("Ctrl+K")
    assert field.hasFocus()
    with qtbot.waitSignal(field.searched, timeout=2000):
        type_words("张先生")
    assert told == ["张先生"]
    type_words(" 501")
    press("Return")
    assert told == ["张先生", "张先生 501"]
    press("Esc")
    assert told[-1] == ""
    with qtbot.waitSignal(field.left, timeout=1000):
        press("Esc")


def test_tabs_walk_and_count(theme, showing, press):
    tabs = TopTabs(theme)
    for icon, word in (("sun", "今日"), ("clipboard-list", "工单"), ("house", "住户档案")):
        tabs.add_tab(icon, word)
    tabs.show_count(1, 12)
    showing(TopBar(theme, "物业台", tabs, SearchField(theme, "找", "Ctrl+K")), 900, 48)
    widths = [tabs.tabRect(n).width() for n in range(3)]
    while not tabs.hasFocus():
        press("Tab")
    press("Right")
    assert tabs.currentIndex() == 1
    assert tabs.accessibleTabName(1) == "工单 12"
    assert [tabs.tabRect(n).width() for n in range(3)] == widths
    tabs.show_count(1, 0)
    assert tabs.tabRect(1).width() < widths[1]
    assert tabs.accessibleTabName(1) == "工单"


def test_texts_are_plain_and_elided_with_the_whole_in_the_tooltip(theme, showing):
    words = "<img src=x> A<B & " + "很长" * 60
    label = Label(theme, words, elide=True)
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(label)
    showing(window, 300, 60)
    assert label.width() < 300
    assert "&lt;img src=x&gt; A&lt;B &amp; 很长" in label.toolTip()
    label.show_text("短")
    assert label.toolTip() == ""


@pytest.mark.parametrize("key", ["Space", "Return", "Enter"])
def test_a_link_and_a_thing_of_the_status_bar_are_buttons(theme, showing, press, key):
    link, item = LinkButton(theme, "显示"), StatusItem(theme, "纸单未回 2")
    told = []
    link.followed.connect(lambda: told.append("link"))
    item.clicked.connect(lambda: told.append("item"))
    showing(in_a_row(link, item))
    press(key, "Tab", key)
    assert told == ["link", "item"]


def test_every_text_size_keeps_words_whole(theme, qapp):
    for size in (9.75, 11, 14):
        theme.apply(qapp, Mode.LIGHT, size)
        button = Button(theme, "登记并打印", icon="printer", shortcut="Ctrl+P")
        word = theme.metrics().horizontalAdvance("登记并打印")
        assert button.sizeHint().width() > word + theme.px(16)
        assert button.sizeHint().height() > theme.line()


def test_a_bad_count_is_red_only_when_there_is_something(theme, showing):
    danger = theme.tone("danger").text

    def has_red(count):
        chips = Chips(theme, "工单", [Choice("a", "全部"), Choice("b", "超时", count, is_bad=True)])
        showing(in_a_row(chips), 300, 60)
        image = chips.grab().toImage()
        near = 0
        for x in range(image.width()):
            for y in range(image.height()):
                colour = QColor(image.pixel(x, y))
                near += abs(colour.red() - danger.red()) < 40 and colour.green() < 110
        return near > 3

    assert has_red(2)
    assert not has_red(0)


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS shows signs, not names")
def test_keys_are_called_what_stands_on_them_in_every_language():
    assert key_words("Ctrl+Return") == "Ctrl+Enter"
    assert key_words("Ctrl+,") == "Ctrl+,"
    assert key_words("Ins") == "Ins"


def test_a_short_word_stands_in_the_middle_of_its_badge(theme):
    width = badge_width(theme, "1")
    picture = QImage(width, theme.badge_height() + 2, QImage.Format.Format_RGB32)
    picture.fill(theme.colours.surface)
    painter = QPainter(picture)
    badge(painter, theme, picture.rect(), "1", Tone.WARN)
    painter.end()
    paper = theme.tone(Tone.WARN).ground
    row = picture.height() // 2
    inked = [x for x in range(4, width - 4) if picture.pixelColor(x, row) != paper]
    assert abs(inked[0] + inked[-1] + 1 - width) <= 4


def test_an_action_bar_drops_the_names_of_keys_before_it_cuts_a_word(theme, showing):
    button = Button(theme, "打印", shortcut="Ctrl+P")
    bar = ActionBar(theme, [button, Button(theme, "PDF")], margin=8)
    showing(bar, 400, 60)
    wide = button.sizeHint().width()
    bar.setFixedWidth(button.sizeHint().width() + 40)
    assert button.sizeHint().width() < wide
    bar.setFixedWidth(400)
    assert button.sizeHint().width() == wide

"""Badges, banners, toasts, sheets, facts, time lines, work lists: what they show."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from propdesk.i18n import set_language
from ui.theme import Mode, Size, Tone
from ui.widgets.badges import Badge, Banner, Toast
from ui.widgets.buttons import Button
from ui.widgets.facts import ClockBar, Fact, Facts, Lamp, Lamps
from ui.widgets.labels import Label
from ui.widgets.painting import wrapped
from ui.widgets.panes import ActionBar, Card, DetailPane, EmptyState, SideSheet
from ui.widgets.search import SearchField
from ui.widgets.statusbar import StatusItem, StatusRow
from ui.widgets.timeline import Event, Step, TimeLine
from ui.widgets.worklist import WorkItem, WorkList


def below(*widgets):
    window = QWidget()
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    return window


def test_badge_and_banner_are_not_there_without_words(theme, showing):
    badge, banner = Badge(theme), Banner(theme)
    showing(below(badge, banner, Label(theme, "x")))
    assert badge.isHidden()
    assert banner.isHidden()
    badge.show_badge("处理中", Tone.INFO)
    banner.show_banner(Tone.WARN, "repeat-2", "30 天内第 2 次报漏水", "查看上次")
    assert badge.isVisible()
    assert banner.isVisible()
    ground = QColor(badge.grab().toImage().pixel(4, 10))
    assert ground == theme.tone(Tone.INFO).ground
    badge.show_badge("", Tone.INFO)
    assert badge.isHidden()


def test_banner_link_works_by_key(theme, showing, press):
    banner = Banner(theme, Tone.WARN, "repeat-2", "30 天内第 2 次报漏水", "查看上次")
    told = []
    banner.followed.connect(lambda: told.append(True))
    showing(below(banner))
    press("Space")
    assert told == [True]


def test_banner_that_wraps_shows_its_whole_sentence(theme, showing):
    one = Banner(theme, Tone.NEUTRAL, "info", "弱", wraps=True)
    words = "弱 · 规定第八条第一项 · 既没有照片，也没有见证人 · 请留存照片，或写明见证人" * 2
    cut, whole = Banner(theme, Tone.NEUTRAL, "info", words), Banner(theme, wraps=True)
    showing(below(one, cut, whole), 400, 300)
    whole.show_banner(Tone.NEUTRAL, "info", words, "补充")
    QApplication.processEvents()
    assert one.height() == cut.height() == theme.control_height()
    assert whole.height() == whole.heightForWidth(whole.width()) > 2 * theme.line()
    whole.show_banner(Tone.NEUTRAL, "info", "弱")
    QApplication.processEvents()
    assert whole.height() == theme.control_height()


def test_toast_is_undone_once_by_its_key(theme, showing, press):
    window = below(Button(theme, "完工"))
    toast = Toast(theme, window)
    showing(window, 600, 400)
    undone = []
    toast.show_message("TS-202611-0031 已完工", lambda: undone.append(True))
    assert toast.words() == "TS-202611-0031 已完工"
    assert toast.geometry().bottom() < window.height()
    press("Ctrl+Z")
    assert undone == [True]
    assert toast.words() == ""
    press("Ctrl+Z")
    assert undone == [True]


def test_toast_without_undo_leaves_the_key_alone(theme, showing, press, type_words):
    field = SearchField(theme, "找")
    window = below(field)
    toast = Toast(theme, window)
    showing(window, 600, 300)
    toast.show_message("已存到桌面")
    type_words("abc")
    press("Ctrl+Z")
    assert field.words() != "abc"
    assert toast.words() == "已存到桌面"


def test_toast_keeps_the_focus_where_it_is_and_out_of_tabs_way(theme, showing, press, focus):
    window = below(Button(theme, "完工"))
    toast = Toast(theme, window)
    showing(window, 600, 400)
    before = focus()
    toast.show_message("已完工", lambda: None)
    assert focus() is before
    press("Tab")
    assert focus() is before


def test_side_sheet_closes_with_escape_and_gives_the_focus_back(theme, showing, press, focus):
    window = below(SearchField(theme, "找", "Ctrl+K"))
    sheet = SideSheet(theme, window, "来电")
    inside = Button(theme, "报修", shortcut="F2")
    sheet.set_content(inside)
    showing(window, 1000, 500)
    closed = []
    sheet.closed.connect(lambda: closed.append(True))
    sheet.open_sheet()
    assert sheet.geometry().right() == window.width() - 1
    assert sheet.width() == 424 + 14
    press("Tab")
    assert focus() is inside
    press("Esc")
    assert sheet.isHidden()
    assert focus().accessibleName() == "找"
    assert closed == [True]
    sheet.close_sheet()
    assert closed == [True]


def test_side_sheet_follows_the_window(theme, showing):
    window = below(Label(theme, "x"))
    sheet = SideSheet(theme, window, "来电")
    showing(window, 900, 500)
    sheet.open_sheet()
    window.resize(700, 450)
    assert (sheet.geometry().right(), sheet.height()) == (699, 450)


def test_facts_show_a_dash_for_nothing_and_take_a_new_size(theme, qapp, showing):
    facts = Facts(theme)
    facts.show_facts([Fact("诉求", ""), (Fact("首问责任人", "李敏"), Fact("处理人", "王建国"))])
    showing(below(facts))

    def words():
        return [label.text() for label in facts.findChildren(Label) if label.isVisible()]

    assert words() == ["诉求", "—", "首问责任人", "李敏", "处理人", "王建国"]
    theme.apply(qapp, Mode.DARK, 13)
    assert words() == ["诉求", "—", "首问责任人", "李敏", "处理人", "王建国"]


def test_clock_and_lamps_speak(theme):
    set_language("en")
    clock = ClockBar(theme)
    clock.show_clock("完成时限", "今日 12:00 前", "还有 1 小时", Tone.INFO, 7.5)
    assert clock.accessibleName() == "完成时限 还有 1 小时, 今日 12:00 前"
    lamps = Lamps(theme)
    lamps.show_lamps([Lamp("听", is_lit=True), Lamp("报", is_lit=False)])
    assert lamps.accessibleName() == "听 yes, 报 no"


def test_r20_lamps_stand_in_rows_where_they_do_not_fit(theme):
    lamps = Lamps(theme)
    lamps.show_lamps([Lamp(word, is_lit=True) for word in ("Heard", "Enquired", "Written") * 2])
    one_row = lamps.heightForWidth(lamps.sizeHint().width())
    assert one_row == lamps.sizeHint().height()
    assert lamps.heightForWidth(lamps.sizeHint().width() // 2) > 2 * one_row
    assert lamps.heightForWidth(lamps.minimumSizeHint().width()) > 5 * one_row


def test_clock_bar_is_full_at_most(theme, showing):
    clock = ClockBar(theme)
    clock.show_clock("完成时限", "今日", "超 2 小时", Tone.DANGER, 1.7)
    showing(below(clock), 300, 100)
    image = clock.grab().toImage()
    bottom = image.height() - 2
    dot = theme.tone(Tone.DANGER).dot
    assert QColor(image.pixel(image.width() // 2, bottom)) == dot
    clock.show_clock("完成时限", "今日", "还有", Tone.DANGER, 0.25)
    image = clock.grab().toImage()
    assert QColor(image.pixel(image.width() // 2, bottom)) == theme.colours.sunken
    assert QColor(image.pixel(image.width() // 5, bottom)) == dot


EVENTS = (
    Event("09:12", "受理", "来电，李敏记录"),
    Event("09:31", "已回复", "约 11:30 修吊顶", "用时 4 分", Step.CURRENT),
    Event("", "完工", "下一步", step=Step.NEXT),
)


def test_time_line_grows_with_long_texts(theme):
    line = TimeLine(theme)
    line.show_events(EVENTS)
    short = line.heightForWidth(480)
    line.show_events((Event("09:12", "受理", "说明很长，" * 60), *EVENTS[1:]))
    assert line.heightForWidth(480) >= short + 5 * theme.line(Size.SMALL)
    assert line.heightForWidth(300) > line.heightForWidth(480)
    assert "已回复" in line.accessibleName()


@pytest.mark.parametrize(
    "words", ["说明很长，再说一遍。" * 9, "a" * 300, "𠮷😀x" * 60, "第一行\n\n第三行", ""]
)
def test_wrapped_lines_fit_and_lose_nothing(theme, words):
    lines = wrapped(words, theme.font(), 200)
    metrics = theme.metrics()
    assert all(metrics.horizontalAdvance(line) <= 202 for line in lines)
    assert "".join(lines) == words.replace("\n", "")
    assert not any(line.startswith(("，", "。")) for line in lines)
    assert lines


def test_work_list_walks_opens_and_leads_on(theme, showing, press, focus):
    set_language("en")
    work = WorkList(theme, "send", "要派工")
    opened, wanted = [], []
    work.opened.connect(opened.append)
    work.all_wanted.connect(lambda: wanted.append(True))
    work.show_items([WorkItem(str(n), f"{n} 栋", "王先生", "剩 0:12") for n in range(3)], total=8)
    showing(below(work), 300, 400)
    press("Down", "Down", "Down", "Up", "Return")
    assert opened == ["1"]
    assert focus().accessibleName() == "要派工 3"
    assert focus().accessibleDescription() == "1 栋 王先生 剩 0:12"
    press("Tab")
    assert focus().accessibleName() == "5 more"
    press("Space")
    assert wanted == [True]
    work.show_items([])
    assert "Nothing to do" in [label.text() for label in work.findChildren(Label)]


def test_work_list_without_room_says_how_many_more(theme, showing):
    set_language("en")
    card = Card(theme)
    work = WorkList(theme, "send", "要派工")
    work.show_items([WorkItem(str(n), f"{n} 栋", "王先生") for n in range(40)])
    card.body.addWidget(work)
    showing(card, 300, 300)
    rest = [link.text() for link in work.findChildren(QWidget) if hasattr(link, "followed")]
    assert rest[0].endswith(" more")
    assert 30 < int(rest[0].split()[0]) < 40


def test_detail_scrolls_and_its_bar_does_not(theme, showing, press):
    bar = ActionBar(theme, [Button(theme, "完工")], [Button(theme, "挂起")])
    detail = DetailPane(theme, bar)
    for n in range(60):
        detail.body.addWidget(Label(theme, f"第 {n} 行"))
    showing(detail, 500, 300)
    assert bar.geometry().bottom() == detail.height() - 1
    assert bar.height() == theme.control_height() + 22
    bar.set_actions([Button(theme, "回复"), Button(theme, "返工")])
    words = [b.text() for b in bar.findChildren(Button) if b.isVisible()]
    assert words == ["回复", "返工"]


def test_empty_state_offers_its_act_to_the_keyboard(theme, showing, press):
    act = Button(theme, "清除筛选")
    told = []
    act.clicked.connect(lambda: told.append(True))
    showing(EmptyState(theme, "search-x", "没有符合条件的工单", "去掉条件后共 134 张。", [act]))
    press("Space")
    assert told == [True]


def test_status_bar_reads_in_order(theme, showing, press, focus):
    row = StatusRow(
        theme,
        [StatusItem(theme, "示范小区")],
        [StatusItem(theme, "打印机 就绪", icon="printer"), StatusItem(theme, "备份", icon="lock")],
    )
    showing(row, 600, 28)
    names = [focus().accessibleName()]
    press("Tab")
    names.append(focus().accessibleName())
    assert names == ["示范小区", "打印机 就绪"]

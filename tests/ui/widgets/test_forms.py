"""Fields and rows of forms: problems under their fields, Enter, Tab and F8."""

import pytest
from PySide6.QtGui import QColor

from propdesk.domain.errors import Problem
from propdesk.i18n import set_language
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import CheckField, LineField, PickField, TextField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label


@pytest.fixture
def form(theme, showing):
    rows = FormRows(theme)
    rows.add_row("kind", "类型", Chips(theme, "类型", [Choice("r", "报修"), Choice("c", "投诉")]))
    rows.add_row("unit", "房号", LineField(theme, "房号", width=200), note=Label(theme, "3栋"))
    rows.add_row(
        "class", "分类", PickField(theme, "分类", [Choice("a", "漏水"), Choice("b", "电梯")])
    )
    rows.add_row("text", "内容", TextField(theme, "内容"))
    rows.add_row("paid", "收费", CheckField(theme, "要收费"))
    showing(rows, 600, 500)
    return rows


def test_tab_follows_the_reading_order(form, press, focus):
    names = [focus().accessibleName()]
    for _step in range(4):
        press("Tab")
        names.append(focus().accessibleName())
    assert names == ["报修", "房号", "分类", "内容", "要收费"]


def test_enter_moves_on_in_a_line_and_breaks_a_text(form, press, type_words, focus):
    press("Tab")
    type_words("3-2-501")
    press("Return")
    assert focus().accessibleName() == "分类"
    press("Down", "Tab")
    type_words("漏水")
    press("Return")
    type_words("ok")
    assert form.field("unit").words() == "3-2-501"
    assert form.field("class").value() == "b"
    assert form.field("text").words() == "漏水\nok"
    press("Tab", "Space")
    assert form.field("paid").isChecked()


def test_problems_stand_under_their_fields_and_take_the_focus(form, press, focus, theme):
    set_language("en")
    problems = [Problem("text", "写下原话"), Problem("unit", "写下房号"), Problem("unit", "再看看")]
    form.show_problems(problems)
    assert focus().accessibleName() == "房号"
    assert form.problem("unit") == "写下房号\n再看看"
    assert form.problem("class") == ""
    assert focus().accessibleDescription() == "写下房号\n再看看"
    assert form.banner.sentence() == "2 things are missing: 房号, 内容. Nothing you typed is lost."
    press("F8")
    assert focus().accessibleName() == "内容"
    press("F8")
    assert focus().accessibleName() == "房号"
    edge = QColor(form.field("text").grab().toImage().pixel(40, 0))
    assert edge == theme.tone("danger").dot
    form.show_problems([])
    assert form.banner.isHidden()
    assert form.problem("unit") == ""
    assert QColor(form.field("text").grab().toImage().pixel(40, 0)) == theme.colours.line_field


def test_a_problem_of_a_field_that_shares_a_row_marks_that_field(theme, showing, press, focus):
    rows = FormRows(theme)
    address, number = LineField(theme, "地址"), LineField(theme, "快递单号")
    rows.add_row("address", "号码或地址", address, number)
    rows.share_row("number", "address", number)
    showing(rows, 600, 200)
    rows.show_problems((Problem("number", "请填写快递单号。"),))
    assert focus() is number
    assert (bool(address.property("bad")), bool(number.property("bad"))) == (False, True)
    assert rows.problem("address") == number.accessibleDescription() == "请填写快递单号。"
    assert "快递单号" in rows.banner.sentence()
    rows.show_problems((Problem("address", "请填写地址。"),))
    assert focus() is address
    assert (bool(address.property("bad")), bool(number.property("bad"))) == (True, False)
    assert not number.accessibleDescription()


def test_a_problem_of_no_field_stands_above(form):
    form.show_problems([Problem("elsewhere", "这户已经有一张未结的工单。")])
    assert form.banner.sentence() == "这户已经有一张未结的工单。"


def test_one_problem_is_counted_as_one(form):
    set_language("en")
    form.show_problems([Problem("class", "选一个分类")])
    assert form.banner.sentence().startswith("1 thing is missing: 分类.")


def test_a_hidden_row_takes_its_problem_along(form):
    form.show_problems([Problem("class", "选一个分类")])
    form.show_row("class", is_shown=False)
    assert not form.field("class").isVisible()
    form.show_row("class", is_shown=True)
    assert form.field("class").isVisible()


def test_long_texts_are_cut_at_the_limit(theme, showing, type_words):
    field = TextField(theme, "备注", longest=5)
    showing(field, 300, 100)
    type_words("一二三四五六七")
    assert field.words() == "一二三四五"


def test_pick_field_keeps_its_value_over_new_choices(theme):
    field = PickField(theme, "处理人", [Choice("1", "王建国"), Choice("2", "赵师傅")])
    field.choose("2")
    field.set_choices([Choice("2", "赵师傅"), Choice("3", "钱师傅")])
    assert field.value() == "2"
    field.set_choices([Choice("3", "钱师傅")])
    assert field.value() == "3"
    with pytest.raises(ValueError, match="9"):
        field.choose("9")
    field.set_choices([])
    assert field.value() == ""


def test_pick_field_tells_what_the_clerk_picked(theme, showing, press):
    field = PickField(theme, "处理人", [Choice("1", "王建国"), Choice("2", "赵师傅")])
    told = []
    field.picked.connect(told.append)
    showing(field, 300, 40)
    field.choose("1")
    press("Down")
    assert told == ["2"]

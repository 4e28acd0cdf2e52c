"""Dialogs: the harmless way is the default, Esc takes it, verbs are the buttons."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget

from ui.dialogs.base import Dialog
from ui.dialogs.messages import Messages, Verb
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label


@pytest.fixture
def answer(press, qtbot):
    """Press keys as soon as a dialog has the focus, and keep what it showed."""
    shown = []

    def answering(*keys):
        def when_open():
            dialog = QApplication.activeModalWidget()
            if dialog is None or not dialog.isActiveWindow():
                QTimer.singleShot(10, when_open)
                return
            shown.append([label.text() for label in dialog.findChildren(Label)])
            shown.append([button.text() for button in dialog.findChildren(Button)])
            press(*keys)

        QTimer.singleShot(0, when_open)
        return shown

    return answering


@pytest.fixture
def window(showing, theme):
    return showing(QWidget(), 700, 400)


ASK = {"act": "作废工单", "keep": "保留工单"}


@pytest.mark.parametrize(
    ("keys", "done"),
    [(("Return",), False), (("Esc",), False), (("Tab", "Return"), True), (("Tab", "Space"), True)],
)
def test_confirm_does_harm_only_on_purpose(theme, window, answer, keys, done):
    shown = answer(*keys)
    agreed = Messages(theme).confirm(window, "作废工单 0031？", "作废后号码保留。", **ASK)
    assert agreed is done
    assert shown == [["作废工单 0031？", "作废后号码保留。"], ["保留工单", "作废工单"]]


def test_choose_returns_the_verb(theme, window, answer):
    verbs = (Verb("keep", "再看看"), Verb("merge", "并入"), Verb("new", "另立一张"))
    answer("Tab", "Tab", "Return")
    assert Messages(theme).choose(window, "同户同类", "已有一张。", verbs) == "new"


def test_tell_is_closed_by_enter(theme, window, answer):
    shown = answer("Return")
    Messages(theme).tell(window, "没有打印", "找不到打印机，<b>请</b>打开它。")
    assert shown[0][1] == "找不到打印机，<b>请</b>打开它。"


def test_window_behind_is_dimmed_only_while_asking(theme, window, answer, qtbot):
    def colour():
        return QColor(window.grab().toImage().pixel(5, 5))

    before, during = colour(), []
    QTimer.singleShot(0, lambda: during.append(colour()))
    answer("Esc")
    Messages(theme).tell(window, "a", "b")
    assert during[0].lightness() < before.lightness()
    qtbot.waitUntil(lambda: colour() == before)


def test_dialog_is_never_wider_than_asked_for_by_a_long_title(theme, window, answer):
    dialog = Dialog(theme, window, "很长的题目" * 30)
    dialog.add_sentence("一句话。" * 100)
    dialog.add_verb("close", "知道了", kind=Kind.PRIMARY, is_default=True)
    answer("Return")
    assert dialog.ask() == "close"
    assert dialog.width() <= theme.px(460)
    assert dialog.height() > 200


def test_recorder_fails_on_the_unexpected(messages, window):
    messages.expect("act")
    assert messages.confirm(window, "作废？", "不能撤销。", **ASK)
    with pytest.raises(pytest.fail.Exception, match="nobody expected"):
        messages.tell(window, "没有打印", "找不到打印机。")
    assert messages.asked == [("作废？", "不能撤销。"), ("没有打印", "找不到打印机。")]

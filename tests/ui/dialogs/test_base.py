"""The plate that every dialog stands on: an edge, round corners, the window dimmed below it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.dialogs.base import Dialog, Plate
from ui.printing import PaperWindow
from ui.theme import Mode


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_a_dialog_has_an_edge_on_the_dimmed_window(theme, qapp, showing, qtbot, mode):
    theme.apply(qapp, mode)
    window = showing(QWidget())
    dialog = Dialog(theme, window, "作废？")
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    picture = dialog.grab().toImage()
    middle = picture.height() // 2
    assert picture.pixelColor(0, 0).alpha() == 0
    assert picture.pixelColor(0, middle) == theme.colours.line_button
    assert picture.pixelColor(3, 20) == theme.colours.surface
    dimmers = [one for one in window.findChildren(QWidget) if one.size() == window.size()]
    assert len(dimmers) == 1
    dialog.reject()
    assert not any(one.isVisible() for one in dimmers)


def test_a_dialog_stands_in_the_middle_of_its_window(theme, showing, qtbot):
    window = showing(QWidget())
    dialog = Dialog(theme, window, "作废？")
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    away = dialog.geometry().center() - window.geometry().center()
    assert abs(away.x()) <= 1
    assert abs(away.y()) <= 1
    dialog.reject()


def test_papers_stand_on_the_same_plate():
    assert issubclass(PaperWindow, Plate)
    assert issubclass(Dialog, Plate)


def test_the_system_does_not_say_the_title_again(theme, qtbot):
    dialog = Dialog(theme, None, "作废？")
    qtbot.addWidget(dialog)
    assert dialog.windowFlags() & Qt.WindowType.FramelessWindowHint

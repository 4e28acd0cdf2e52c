"""The first start as a clerk meets it: its window, keys, and an office that is closed again."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from propdesk.domain.errors import Cancelled
from propdesk.services import offices
from ui.dialogs.messages import Messages
from ui.first_start.window import FirstStart
from ui.start import Begun, open_at_start
from ui.theme import Theme


@pytest.fixture
def begin(theme: Theme, messages: Messages, qtbot: QtBot) -> Iterator[Callable[..., Begun | None]]:
    """Start the program's question for an office; `act` works the first start's window.

    Where the window is still there afterwards, its button "Quit" closes it; whoever leaves gets
    None. The office that was opened is closed when the test ends.
    """
    opened: list[Begun] = []

    def begin_with(act: Callable[[FirstStart], object], **named: object) -> Begun | None:
        failed: list[BaseException] = []
        timer = QTimer()

        def look() -> None:
            window = QApplication.activeWindow()
            if not isinstance(window, FirstStart):
                return
            timer.stop()
            try:
                act(window)
            except BaseException as error:
                failed.append(error)
            if window.isVisible():
                window.leave()

        timer.timeout.connect(look)
        timer.start(10)
        try:
            begun = open_at_start(named.pop("named", None), messages, theme, **named)
        except Cancelled:
            begun = None
        if begun is not None:
            opened.append(begun)
        if failed:
            raise failed[0]
        assert not timer.isActive(), "the first start did not ask"
        return begun

    yield begin_with
    for begun in opened:
        offices.close_office(begun.office)


@pytest.fixture
def words() -> Callable[[FirstStart], list[str]]:
    """Return what stands in the window: labels, and what is in its fields."""

    def read(window: FirstStart) -> list[str]:
        seen = [*window.findChildren(QLabel), *window.findChildren(QLineEdit)]
        return [each.text() for each in seen if each.isVisible() and each.text()]

    return read


@pytest.fixture
def back_in(qtbot: QtBot) -> Callable[[FirstStart], None]:
    """Give the window the keyboard again after a dialog over it, as a window manager does."""

    def activate(window: FirstStart) -> None:
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)

    return activate

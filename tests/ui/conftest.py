"""What the tests of the window share: a theme, a keyboard, and messages that are expected or fail.

Tests act as a clerk does: keys go to the widget that has the focus (decision 48).
"""

import gc
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from time import monotonic

import pypdf
import pytest
from PySide6.QtCore import QTimer, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.staff import Staff
from propdesk.domain.units import Address
from propdesk.services import offices, residents, staff, units
from propdesk.services.offices import OpenOffice
from propdesk.services.queries.residents import Resident
from propdesk.services.queries.staff import find_department, first_desk
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.dialogs.messages import Messages, Verb
from ui.garbage import collect_due
from ui.printing import PaperWindow
from ui.tables.memory import NoMemory
from ui.theme import Mode, Theme
from ui.theme.tokens import NORMAL_TEXT_SIZE
from ui.widgets.badges import Toast

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the offscreen platform say what a screen does and it does not."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def garbage_here() -> Iterator[None]:
    """Let no thread in the background collect widgets, as the program lets none."""
    gc.disable()
    yield
    collect_due()
    gc.enable()


@pytest.fixture(scope="session")
def session_theme(qapp: QApplication) -> Theme:
    theme = Theme(qapp)
    theme.apply(qapp, Mode.LIGHT)
    return theme


@pytest.fixture
def theme(qapp: QApplication, session_theme: Theme) -> Theme:
    """The theme in light and normal size, whatever the test before did to it."""
    if (session_theme.mode, session_theme.text_size) != (Mode.LIGHT, NORMAL_TEXT_SIZE):
        session_theme.apply(qapp, Mode.LIGHT, NORMAL_TEXT_SIZE)
    return session_theme


@pytest.fixture
def showing(qtbot: QtBot) -> Iterator[Callable[..., QWidget]]:
    """Show a widget as the active window and return it; it lives until the test ends."""
    kept = []

    def show(widget: QWidget, width: int = 800, height: int = 600) -> QWidget:
        kept.append(widget)
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        return widget

    yield show
    kept.clear()


@pytest.fixture
def back_to(qtbot: QtBot, qapp: QApplication) -> Callable[[QDialog], None]:
    """Give the dialog below a closed one the keyboard: a platform without a screen does not."""

    def give_back(dialog: QDialog) -> None:
        dialog.activateWindow()
        qtbot.waitUntil(lambda: dialog.isActiveWindow() and qapp.focusWidget() is not None)

    return give_back


@pytest.fixture
def press(qapp: QApplication) -> Callable[..., None]:
    """Press keys where the focus is (an open menu has it): `press("Tab", "Ctrl+S")`."""

    def press_keys(*keys: str) -> None:
        for key in keys:
            combination = QKeySequence(key)[0]
            target = (
                QApplication.activePopupWidget()
                or QApplication.focusWidget()
                or QApplication.activeWindow()
            )
            assert target is not None, f"nothing has the focus for {key}"
            with nobody_waits(key):
                QTest.keyClick(target, combination.key(), combination.keyboardModifiers())

    return press_keys


@contextmanager
def nobody_waits(key: str) -> Iterator[None]:
    """Close dialogs that nobody answers, and fail: a key that opened one would hang for ever."""
    closed: list[str] = []

    def give_up() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            closed.append(dialog.windowTitle())
            dialog.hide()
        watch.start(1_000)

    watch = QTimer()
    watch.setSingleShot(True)
    watch.timeout.connect(give_up)
    watch.start(2 * LONGEST_WAIT * 1_000)
    try:
        yield
    finally:
        watch.stop()
    assert not closed, f"nobody answered what {key} opened: {closed}"


def _menu_words(action: QAction) -> str:
    """Return an entry's words as they are read, without its letter and its keys."""
    return re.sub(r"\(&\w\)", "", action.text().split("\t")[0]).replace("&", "")


@pytest.fixture
def offered_in_menu() -> Callable[[], list[str]]:
    """Return the words of the open menu."""

    def offered() -> list[str]:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), "no menu is open"
        return [_menu_words(action) for action in menu.actions() if not action.isSeparator()]

    return offered


@pytest.fixture
def choose_in_menu(
    press: Callable[..., None], offered_in_menu: Callable[[], list[str]]
) -> Callable[[str], None]:
    """Walk with the arrows to the entry of some words, and press it.

    It may stand in a menu of the open one.
    """

    def walk_to(menu: QMenu, wanted: QAction) -> None:
        for _entry in menu.actions():
            press("Down")
            if menu.activeAction() is wanted:
                return
        pytest.fail(f"{wanted.text()!r} cannot be reached")

    def choose(words: str) -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), "no menu is open"
        for entry in menu.actions():
            if _menu_words(entry) == words:
                walk_to(menu, entry)
                press("Right" if entry.menu() else "Return")
                return
            below = entry.menu()
            for lower in below.actions() if isinstance(below, QMenu) else ():
                if _menu_words(lower) == words:
                    walk_to(menu, entry)
                    press("Right")
                    if below.activeAction() is not lower:
                        walk_to(below, lower)
                    press("Return")
                    return
        pytest.fail(f"{words!r} is not in the menu: {offered_in_menu()}")

    return choose


@pytest.fixture
def type_words(qapp: QApplication) -> Callable[[str], None]:
    """Type words where the focus is; what no key has arrives as from an input method."""

    def type_there(words: str) -> None:
        for character in words:
            target = QApplication.focusWidget()
            assert target is not None, f"nothing has the focus for {character!r}"
            if character.isascii():
                QTest.keyClick(target, character)
            else:
                event = QInputMethodEvent()
                event.setCommitString(character)
                QApplication.sendEvent(target, event)

    return type_there


class RecordedMessages(Messages):
    """Messages that answer what the test has said beforehand and keep what was asked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.asked: list[tuple[str, ...]] = []
        self._answers: list[object] = []

    def expect(self, *answers: object) -> None:
        """Say how the coming messages are answered: a verb's key, a path, or None."""
        self._answers.extend(answers)

    def _answer(self, *asked: str) -> object:
        self.asked.append(asked)
        if not self._answers:
            pytest.fail(f"nobody expected the message {asked}")
        return self._answers.pop(0)

    def left_over(self) -> list[object]:
        return self._answers

    def choose(
        self, parent: QWidget | None, question: str, sentence: str, verbs: Sequence[Verb]
    ) -> str:
        answer = self._answer(question, sentence)
        assert answer in [verb.key for verb in verbs]
        return str(answer)

    def tell(self, parent: QWidget | None, title: str, sentence: str) -> None:
        self._answer(title, sentence)

    def crash(self, parent: QWidget | None, report: str, file: Path | None = None) -> None:
        self._answer("crash", report)

    def pick_file(self, parent: QWidget | None, title: str, pattern: str) -> Path | None:
        return self._path(title)

    def pick_files(self, parent: QWidget | None, title: str, pattern: str) -> tuple[Path, ...]:
        answer = self._answer(title)
        assert isinstance(answer, tuple)
        return answer

    def pick_target(
        self, parent: QWidget | None, title: str, proposed: Path, pattern: str
    ) -> Path | None:
        return self._path(title)

    def pick_folder(self, parent: QWidget | None, title: str) -> Path | None:
        return self._path(title)

    def _path(self, title: str) -> Path | None:
        answer = self._answer(title)
        assert answer is None or isinstance(answer, Path)
        return answer


@pytest.fixture
def messages(theme: Theme) -> Iterator[RecordedMessages]:
    """The messages of the window under test; `messages.expect("act")` before one comes."""
    recorded = RecordedMessages(theme)
    yield recorded
    assert not recorded.left_over(), "a message was expected and did not come"


@pytest.fixture
def focus() -> Callable[[], QWidget]:
    """Return the widget that has the keyboard now."""

    def focused() -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    return focused


@pytest.fixture
def go_to(press: Callable[..., None], focus: Callable[[], QWidget]) -> Callable[..., None]:
    """Walk with Tab, or with another key, to the field of this name."""

    def walk(name: str, key: str = "Tab") -> None:
        passed = []
        for _step in range(60):
            passed.append(focus().accessibleName())
            if passed[-1] == name:
                return
            press(key)
        pytest.fail(f"{key} never came to {name}: {passed}")

    return walk


LONGEST_WAIT = 30  # seconds


@pytest.fixture
def in_dialog() -> Iterator[Callable[..., None]]:
    """Act in a modal dialog as soon as it has the keyboard; it is closed whatever happens.

    Another dialog that comes instead would wait for ever: after a while it is closed.
    """
    timers: list[QTimer] = []

    def when_open(kind: type[QDialog], act: Callable[[QDialog], object]) -> None:
        timer = QTimer()
        timers.append(timer)
        began = monotonic()

        def look() -> None:
            dialog = QApplication.activeWindow()
            if not isinstance(dialog, kind):
                if isinstance(dialog, QDialog) and monotonic() - began > LONGEST_WAIT:
                    dialog.reject()
                return
            timer.stop()
            try:
                act(dialog)
            finally:
                dialog.reject()

        timer.timeout.connect(look)
        timer.start(20)

    yield when_open
    assert not any(timer.isActive() for timer in timers), "the dialog did not come"


# -- an open office, for pages and for the whole window

NOW = datetime(2026, 11, 21, 10, 12, tzinfo=timezone(timedelta(hours=8)))


@dataclass(frozen=True)
class House:
    """A small office: who works there, and a house with its owner (1-2-501, 13800001234)."""

    office: OpenOffice
    desk: Staff
    worker: Staff
    engineering: int
    home: Unit
    owner: Resident


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def office(tmp_path: Path, now: datetime) -> Iterator[OpenOffice]:
    opened = offices.open_office(tmp_path / "office", now=now)
    yield opened
    offices.close_office(opened)


@pytest.fixture
def house(office: OpenOffice, now: datetime) -> House:
    """The office with a worker and one known house."""
    desk = first_desk()
    engineering = find_department("工程部").id
    worker = staff.add_staff("王建国", by=desk.id, department_id=engineering)
    home = units.add_unit(Address("1", "2", "501"), community="云澜花园", by=desk.id)
    draft = PersonDraft("张伟丰", ResidentRole.OWNER, "张先生", ("13800001234",))
    owner = residents.add_resident(home.id, draft, by=desk.id, now=now)
    return House(office, desk, worker, engineering, home, owner)


@pytest.fixture
def office_context(
    office: OpenOffice, theme: Theme, messages: "RecordedMessages", now: datetime
) -> Iterator[AppContext]:
    """What a page of the open office is handed; the clock stands still."""
    context = AppContext(
        office=office,
        staff=first_desk(),
        theme=theme,
        messages=messages,
        memory=NoMemory(),
        now=lambda: now,
    )
    yield context
    context.background.stop()
    waiting = [
        f"{type(timer.parent()).__name__} every {timer.interval()} ms"
        for window in QApplication.topLevelWidgets()
        for timer in window.findChildren(QTimer)
        # A toast only hides itself.
        if timer.isActive() and not isinstance(timer.parent(), Toast)
    ]
    assert not waiting, f"still waiting to act in an office that is closed: {waiting}"


@pytest.fixture
def over(office_context: AppContext, qtbot: QtBot) -> Callable[[QWidget], Callable[..., QDialog]]:
    """Return what shows dialogs over a page, with the keyboard in them."""

    def dialogs_over(page: QWidget) -> Callable[..., QDialog]:
        def show(kind: type[QDialog], *more: object, **named: object) -> QDialog:
            dialog = kind(office_context, page, *more, **named)
            qtbot.addWidget(dialog)
            with qtbot.waitActive(dialog):
                dialog.open()
                dialog.activateWindow()
            qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
            return dialog

        return show

    return dialogs_over


@pytest.fixture
def shown(office_context: AppContext, qtbot: QtBot) -> Iterator[Callable[..., QDialog]]:
    """Show dialogs over a window of their own, one over the other; the last has the keyboard."""
    window = QWidget()
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()

    def show(kind: type[QDialog], *more: object) -> QDialog:
        dialog = kind(office_context, window, *more)
        dialog.open()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    yield show
    window.close()


@pytest.fixture
def pages_of(qtbot: QtBot) -> Callable[[QWidget], str]:
    """Return the words, without blanks, of the paper that is shown over a page."""

    def read(page: QWidget) -> str:
        (window,) = page.findChildren(PaperWindow)
        qtbot.waitUntil(lambda: window.is_settled() and window.view.file() is not None)
        qtbot.waitUntil(window.isActiveWindow)
        pages = pypdf.PdfReader(window.view.file()).pages
        return "".join("".join(page.extract_text() for page in pages).split())

    return read


@pytest.fixture
def opened(qapp: QApplication) -> Iterator[list[str]]:
    """Return the folders that were opened, in place of the system's window for them."""
    folders: list[str] = []

    class Opener(QWidget):
        @Slot(QUrl)
        def open_url(self, url: QUrl) -> None:
            folders.append(url.toLocalFile())

    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "open_url")
    yield folders
    QDesktopServices.unsetUrlHandler("file")

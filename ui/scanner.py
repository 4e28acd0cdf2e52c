"""A barcode scanner is a keyboard that types very fast: its codes are taken out, wherever they go.

A burst of characters with less than 35 ms between them that ends with Enter and is a code of ours
(decision 27) never reaches the field that has the focus. Each key that could begin such a burst is
held back until it is known: the next key or a few hundredths of a second decide. What is no code
goes on to where it was meant for, in its order; nobody who types notices.
"""

import re

import shiboken6
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

from propdesk.domain.asset_labels import read_label
from propdesk.domain.fee_papers import is_fee_shaped
from propdesk.domain.numbers import is_paper_shaped, read_qr
from propdesk.domain.sheet_codes import is_sheet_shaped

GAP_MS = 35
"""No hand types two keys within less; scanners need 1 to 20."""

SHORTEST = 8
"""Fewer characters are no burst, however fast."""

_LONGEST = 64
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_MODIFIER_KEYS = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock})
_HARMLESS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier

# How a code may begin, at each length: 16 digits of a kind and month (a receipt has zeros there),
# or the capitals of a number.
_BEGINS_DIGITS = re.compile(r"[1-79](?:2(?:0(?:\d{1,2}(?:[01](?:\d{1,10})?)?)?)?)?")
_BEGINS_QR = re.compile(r"[A-Z][A-Z0-9/]*")


def may_begin_code(typed: str) -> bool:
    """Tell whether characters could be the beginning of a code, so that they are held back."""
    begins = _BEGINS_DIGITS.fullmatch(typed) or _BEGINS_QR.fullmatch(typed)
    return begins is not None and len(typed) <= _LONGEST


def is_code(typed: str) -> bool:
    """Tell whether a burst is a code of ours; one whose check digit is wrong was misread."""
    if len(typed) < SHORTEST:
        return False
    shapes = (is_paper_shaped, is_fee_shaped, is_sheet_shaped)
    if any(is_shaped(typed) for is_shaped in shapes):
        return True
    return any(read(typed) is not None for read in (read_qr, read_label))


class Scanner(QObject):
    """Watches the keys that come to the program's windows; `scanned` comes with each code.

    Keys are seen where the system hands them in, before any widget or dialog gets them.
    """

    scanned = Signal(str)

    def __init__(self, app: QGuiApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._since_key = QElapsedTimer()
        self._window: QWindow | None = None
        self._held: list[QKeyEvent] = []
        self._typed = ""
        self._swallowed: list[int] = []
        self._replayed = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(GAP_MS)
        self._timer.timeout.connect(self._on_pause)
        self._app: QGuiApplication | None = app
        app.focusWindowChanged.connect(self._watch)
        self._watch(app.focusWindow())

    def stop(self) -> None:
        """Watch no more; what is held goes where it was meant for."""
        if self._app is not None:
            self._app.focusWindowChanged.disconnect(self._watch)
            self._app = None
        self._watch(None)

    def _watch(self, window: QWindow | None) -> None:
        """Watch the window that has the keyboard now."""
        self._let_go()
        if self._window is not None and shiboken6.isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = window
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Hold keys back that may be a code; everything else goes on."""
        if not isinstance(event, QKeyEvent) or self._replayed == _address(event):
            return False
        if event.type() == QEvent.Type.KeyPress:
            return self._on_press(event)
        return event.type() == QEvent.Type.KeyRelease and self._on_release(event)

    def _on_press(self, event: QKeyEvent) -> bool:
        if event.key() in _MODIFIER_KEYS:
            return False
        if event.key() in _ENTER and is_code(self._typed) and not self._is_for_dialog():
            self._take_out(event)
            return True
        text = event.text()
        is_plain = len(text) == 1 and not event.isAutoRepeat()
        if not is_plain or event.modifiers() & ~_HARMLESS:
            self._let_go()
            return False
        if not may_begin_code(self._typed + text):
            self._let_go()
        if not may_begin_code(self._typed + text):
            return False
        self._typed += text
        self._hold(event)
        return True

    def _is_for_dialog(self) -> bool:
        """Tell whether a dialog gets the code: those of receipts and letters look bars up."""
        return is_fee_shaped(self._typed) and QGuiApplication.modalWindow() is not None

    def _on_release(self, event: QKeyEvent) -> bool:
        if event.key() in self._swallowed:
            self._swallowed.remove(event.key())
            return True
        is_held = any(one.key() == event.key() for one in self._held)
        if is_held:
            self._hold(event)
        return is_held

    def _take_out(self, enter: QKeyEvent) -> None:
        code = self._typed
        self._swallowed = [enter.key()]
        for one in self._held:
            if one.type() == QEvent.Type.KeyPress:
                self._swallowed.append(one.key())
            else:
                self._swallowed.remove(one.key())
        self._forget()
        # Not from within the key's own delivery: what follows may open forms and dialogs.
        QTimer.singleShot(0, self, lambda: self.scanned.emit(code))

    def _hold(self, event: QKeyEvent) -> None:
        self._held.append(event.clone())
        self._since_key.start()
        self._timer.start()

    def _forget(self) -> None:
        self._timer.stop()
        self._held, self._typed = [], ""

    def _on_pause(self) -> None:
        """Let go when no key followed in time; after a stop of the program keys may be waiting."""
        if self._since_key.elapsed() >= 2 * GAP_MS:
            self._since_key.start()
            self._timer.start()
        else:
            self._let_go()

    def _let_go(self) -> None:
        """Hand the keys that were held to the window, which gives them to whoever is meant."""
        held, window = self._held, self._window
        self._forget()
        for event in held:
            if window is None or not shiboken6.isValid(window):
                return
            self._replayed = _address(event)
            QCoreApplication.sendEvent(window, event)
        self._replayed = 0


def _address(event: QKeyEvent) -> int:
    """Return where an event lies, by which the very same one is known again."""
    return int(shiboken6.getCppPointer(event)[0])

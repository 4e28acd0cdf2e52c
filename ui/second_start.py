"""A second start brings the first window to the front (F14).

The first one listens under a name made of the office's real folder and the user: other offices and
other users have windows of their own. Whose process was killed listens no more, and its name is
taken over.
"""

import getpass
import hashlib
import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QWidget

_HEARD = b"heard"
_CONNECT_MS = 500
# A window that is busy drawing a paper answers late; one that hangs is not waited for.
_ANSWER_MS = 5000


def bring_first_to_front(folder: Path) -> bool:
    """Ask the window that is open on this office to come to the front; tell whether it heard."""
    _allow_others_to_the_front()
    socket = QLocalSocket()
    socket.connectToServer(_name(folder))
    if not socket.waitForConnected(_CONNECT_MS):
        return False
    heard = socket.waitForReadyRead(_ANSWER_MS) and socket.readAll().data() == _HEARD
    socket.abort()
    return heard


class FirstWindow(QObject):
    """Listens for second starts of one office; `wanted` comes with each."""

    wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_second_start)

    def listen(self, folder: Path) -> None:
        """Listen for starts of this office, and of no other one any more.

        Where listening is not possible a second start says so by the office's lock, as ever.
        """
        name = _name(folder)
        if self._server.isListening() and self._server.serverName() == name:
            return
        self._server.close()
        # Qt would take the name away from whoever began a moment ago.
        if not _answers(name):
            # What a killed process left behind.
            QLocalServer.removeServer(name)
            self._server.listen(name)

    def stop(self) -> None:
        """Listen no more: the window closes."""
        self._server.close()

    def _on_second_start(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.write(_HEARD)
            socket.flush()
            socket.disconnected.connect(socket.deleteLater)
            self.wanted.emit()


def come_to_front(window: QWidget) -> None:
    """Bring a window to the front, out of the task bar if need be, with what it asks above it."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    top = QApplication.activeModalWidget() or window
    for one in dict.fromkeys((window, top)):
        one.raise_()
    top.activateWindow()
    # Where the system lets nobody to the front, the task bar draws the eye.
    QApplication.alert(window)


def _answers(name: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    return socket.waitForConnected(_CONNECT_MS)


def _name(folder: Path) -> str:
    """Return the same name for all ways to write one folder, another one for each user."""
    real = os.path.normcase(os.path.realpath(folder))
    digest = hashlib.sha256(f"{_user()}\n{real}".encode("utf-8", "surrogatepass")).hexdigest()
    name = f"propdesk-{digest[:24]}"
    if sys.platform == "win32":
        return name
    # A folder that no other user may write to, where the system has one.
    return str(Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / name)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _allow_others_to_the_front() -> None:
    """Pass the right to stand in front on: Windows gives it to the process just started alone."""
    if sys.platform == "win32":
        import ctypes

        any_process = -1
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)

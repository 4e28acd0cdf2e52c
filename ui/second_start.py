"""A second start brings the first window to the front (F14).

The first one listens under a name made of the office's real folder and the user: other offices and
other users have windows of their own. Whose process was killed listens no more, and its name is
taken over.
"""

import os
import sys
import zlib
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QWidget

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
    has_answer = socket.waitForReadyRead(_ANSWER_MS)
    return has_answer and socket.readAll().data() == _real(folder)


class FirstWindow(QObject):
    """Listens for second starts of one office; `wanted` comes with each."""

    wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answer = b""
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_second_start)

    def listen(self, folder: Path) -> None:
        """Listen for starts of this office, and of no other one any more.

        Where listening is not possible a second start says so by the office's lock, as ever.
        """
        name = _name(folder)
        self._answer = _real(folder)
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
            socket.write(self._answer)
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


def _real(folder: Path) -> bytes:
    """Return one way to write a folder, whatever leads to it."""
    return os.fsencode(os.path.normcase(os.path.realpath(folder)))


def _name(folder: Path) -> str:
    """Return the name to listen under: one for each folder and user, short enough for a socket.

    Two folders may by chance have the same one; the answer then tells them apart.
    """
    if sys.platform == "win32":
        user = os.environ.get("USERNAME", "")
        return f"propdesk-{zlib.crc32(_real(folder), zlib.crc32(user.encode())):08x}"
    name = f"propdesk-{os.getuid()}-{zlib.crc32(_real(folder)):08x}"
    # A folder that no other user may write to, where the system has one.
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime:
        return str(Path(runtime) / name)
    import tempfile

    return str(Path(tempfile.gettempdir()) / name)


def _allow_others_to_the_front() -> None:
    """Pass the right to stand in front on: Windows gives it to the process just started alone."""
    if sys.platform == "win32":
        import ctypes

        any_process = -1
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)

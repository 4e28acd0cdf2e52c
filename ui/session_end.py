"""The session ends (log-out, shut-down, systemd): the window closes as if the clerk closed it.

Python runs its handler of a signal only when Python code runs, which in Qt's loop may be minutes
later; a notifier on the wake-up socket makes it run at once. Windows sends no signal but closes
the windows itself.
"""

import signal
import socket
import sys

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication


def close_on_signal(app: QApplication) -> None:
    """Close the windows on SIGTERM and SIGHUP."""
    if sys.platform == "win32":
        return
    hearing, telling = socket.socketpair()
    for end in (hearing, telling):
        end.setblocking(False)
    signal.set_wakeup_fd(telling.fileno(), warn_on_full_buffer=False)
    notifier = QSocketNotifier(hearing.fileno(), QSocketNotifier.Type.Read, app)
    notifier.activated.connect(lambda: hearing.recv(64))

    def stop_listening() -> None:
        signal.set_wakeup_fd(-1)
        hearing.close()
        telling.close()

    # This keeps both ends, too: a socket whose other end is gone is readable for ever.
    app.destroyed.connect(stop_listening)
    for number in (signal.SIGTERM, signal.SIGHUP):
        # Not at once: Python may be anywhere, and closing may wait for a backup.
        signal.signal(number, lambda *_: QTimer.singleShot(0, app, app.closeAllWindows))

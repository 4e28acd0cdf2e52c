"""What the program notes of its own work: a log without personal data, and how each run ended.

A log line holds names of commands, codes, sizes and times, never a value that somebody typed.
Processes that run at the same time have a log each: a file that is renamed while another process
writes it is lost on Linux and refused on Windows.
"""

import faulthandler
import logging
import os
import platform
import sys
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import StrEnum
from io import FileIO
from pathlib import Path
from types import TracebackType

import propdesk
from propdesk import clock, crashes, paths

_MOST_AT_ONCE = 9
_LARGEST = 1_000_000
_OLDER = 4
_ENDED = b"ended\n"
# Far behind what is written: Windows lets nobody read the bytes that are locked.
_LOCKED_AT = 1 << 30
# Others' words may hold what they were given; of them only the place is noted.
_OWN = ("propdesk", "ui", "qt")
_FORM = "%(asctime)s %(levelname)-7s %(module)s.%(funcName)s: %(message)s"

_log = logging.getLogger(__name__)


class LastEnd(StrEnum):
    """How the run before this one ended."""

    CLEAN = "clean"
    CUT_OFF = "cut off"
    CRASHED = "crashed"


class _Formatter(logging.Formatter):
    """Our own lines as they are, of others' only who and where, of errors only their place."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler's, with the error's own words
        try:
            return super().format(record)
        finally:
            record.exc_text = None

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        if record.name.partition(".")[0] not in _OWN:
            record.message = f"{record.name}, line {record.lineno}"
        return super().formatMessage(record)

    def formatException(  # noqa: N802 - logging's name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        return crashes.safe_trace(ei[1]) if ei[1] is not None else ""


def _ignore(_record: logging.LogRecord) -> None:
    """Note nothing where nothing can be noted."""


class Run:
    """One run of the program of a kind (`window`, `command`): its log and its end.

    `folder` is None where nothing can be written; `last_end` tells of the run before, and
    `last_report` is the report of its crash.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.folder: Path | None = None
        self.last_end = LastEnd.CLEAN
        self.last_report: Path | None = None
        self._started = time.monotonic()
        self._handler: logging.Handler | None = None
        self._mark: FileIO | None = None
        self._name = kind
        # Somebody may have sent the dumps elsewhere: `python -X faulthandler`, the tests.
        self._dumps_here = not faulthandler.is_enabled()
        with suppress(OSError):
            folder = paths.user_logs()
            folder.mkdir(parents=True, exist_ok=True)
            self._take_place(folder)

    @property
    def log_file(self) -> Path | None:
        """The log of this run."""
        return None if self.folder is None else self.folder / f"{self._name}.log"

    def _take_place(self, folder: Path) -> None:
        """Take the first name that no living process has, and see how its last holder ended."""
        for number in range(1, _MOST_AT_ONCE + 1):
            name = self.kind if number == 1 else f"{self.kind}-{number}"
            mark = FileIO(folder / f"{name}.run", "a+")
            if not _lock(mark):
                mark.close()
                continue
            self._mark, self._name, self.folder = mark, name, folder
            self._read_last_end(mark)
            if self._dumps_here:
                faulthandler.enable(mark, all_threads=True)
            return

    def _read_last_end(self, mark: FileIO) -> None:
        is_first = os.fstat(mark.fileno()).st_size == 0 and not self._has_log()
        mark.seek(0)
        # A power cut leaves NULs.
        left = mark.readall().strip(b"\0\r\n ")
        mark.truncate(0)
        if is_first or left == _ENDED.strip():
            return
        self.last_end = LastEnd.CRASHED if left else LastEnd.CUT_OFF
        if left:
            trace = crashes.without_home(left.decode("utf-8", "replace"))
            facts = {"kind": f"{self.kind}, the system ended it"}
            now = clock.now()
            self.last_report = crashes.keep_report(
                crashes.make_report(trace, now=now, facts=facts, lately=self.lately()), now
            )

    def _has_log(self) -> bool:
        return self.log_file is not None and self.log_file.exists()

    def open_log(self, level: int = logging.INFO) -> None:
        """Begin to note; `level` is that of the office's commands."""
        if self.log_file is not None:
            # Loading it costs time, and the window opens its log behind the first picture.
            from logging.handlers import RotatingFileHandler

            self._handler = RotatingFileHandler(
                self.log_file, maxBytes=_LARGEST, backupCount=_OLDER, encoding="utf-8", delay=True
            )
            # A full disk stops nobody for its log, and nobody is told of it.
            self._handler.handleError = _ignore  # type: ignore[assignment]
            self._handler.setFormatter(_Formatter(_FORM))
            logging.getLogger().addHandler(self._handler)
        for name in _OWN:
            logging.getLogger(name).setLevel(logging.INFO)
        logging.getLogger("propdesk.services").setLevel(level)
        _log.info(
            "%s begins: propdesk %s, Python %s, %s %s %s, process %d",
            self.kind, propdesk.__version__, platform.python_version(), platform.system(),
            platform.release(), platform.machine(), os.getpid(),
        )  # fmt: skip
        if self.last_end is not LastEnd.CLEAN:
            _log.info("the last one was %s", self.last_end)

    def lately(self, lines: int = 30) -> list[str]:
        """Return the last lines of the log."""
        if self.log_file is None:
            return []
        try:
            with self.log_file.open(encoding="utf-8", errors="replace") as stream:
                return list(deque(stream, lines))
        except OSError:
            return []

    def report(self, error: BaseException, facts: Mapping[str, str]) -> tuple[str, Path | None]:
        """Write a report of a mistake and note it; return its text and its file."""
        now, trace = clock.now(), crashes.safe_trace(error)
        text = crashes.make_report(trace, now=now, facts=facts, lately=self.lately())
        file = crashes.keep_report(text, now)
        _log.error("mistake, report %s\n%s", "not kept" if file is None else file.name, trace)
        return text, file

    def end(self) -> None:
        """Note that this run ended as it should."""
        _log.info("%s ends after %.1f s", self.kind, time.monotonic() - self._started)
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            with suppress(OSError):  # what a full disk did not take
                self._handler.close()
            self._handler = None
        if self._mark is None:
            return
        if self._dumps_here:
            faulthandler.disable()
        with suppress(OSError):
            self._mark.truncate(0)
            self._mark.write(_ENDED)
        self._mark.close()
        self._mark = None


@contextmanager
def noted(kind: str, level: int = logging.INFO) -> Iterator[Run]:
    """Note one run from its begin to its end."""
    run = Run(kind)
    run.open_log(level)
    try:
        yield run
    finally:
        run.end()


if sys.platform == "win32":
    import msvcrt

    def _lock(stream: FileIO) -> bool:
        """Lock a file for this process; the system opens it when the process ends, however."""
        stream.seek(_LOCKED_AT)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(stream: FileIO) -> bool:
        """Lock a file for this process; the system opens it when the process ends, however."""
        # (filelock would do it too, but costs thirty milliseconds before the first picture.)
        try:
            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

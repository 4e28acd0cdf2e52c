"""What is kept of a mistake of the program: where it happened, never what the office wrote.

A report goes to whoever looks after the program, so it holds no name, phone or address: no values,
and of an error's own words only those that Python itself puts together out of the program's code.
"""

import os
import platform
import re
import sys
import traceback
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from errno import errorcode
from pathlib import Path

import propdesk
from propdesk import paths

KEPT = 20

# In both languages at once: the catalogue may be what is missing.
NO_START = (
    "propdesk 无法启动，报告见下。数据不受影响。\npropdesk could not start; your data is safe."
)

# Python says these of types, names and modules, not of values.
_TALKING = frozenset(
    {
        AttributeError, ImportError, MemoryError, ModuleNotFoundError, NameError,
        NotImplementedError, RecursionError, RuntimeError, TypeError, UnboundLocalError,
        ZeroDivisionError,
    }
)  # fmt: skip
_LONGEST = 300
# A constraint is named by its table and columns.
_CONSTRAINT = re.compile(r"[A-Z ]+ constraint failed(: [\w., ]+)?", re.ASCII)
_PERSONAL = re.compile(r"[^\x00-\x7f]+|\d{4,}")


def without_home(text: str) -> str:
    """Shorten the folders of this PC, which carry people's names: `~` for the home folder."""
    homes = {os.path.expanduser("~"), os.environ.get("USERPROFILE", "")}  # noqa: PTH111 - no error
    names = [(str(paths.program_folder()), "propdesk"), (sys.prefix, "python")]
    names += [(sys.base_prefix, "python"), *((home, "~") for home in homes)]
    for folder, short in sorted(names, key=lambda pair: -len(pair[0])):
        if len(folder) > 1:
            text = re.sub(re.escape(folder), short, text, flags=re.IGNORECASE)
    return text


def harmless(text: str) -> str:
    """Return words of Python or Qt without what may be a person's: Chinese and long numbers."""
    return _PERSONAL.sub("…", without_home(text))[:_LONGEST]


def safe_trace(error: BaseException) -> str:
    """Return where an error and those that it came of arose, the first one first."""
    parts: list[str] = []
    known: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in known:
        known.add(id(one))
        parts.append(_where(one) + _what(one))
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\n\n".join(reversed(parts))


def _where(error: BaseException) -> str:
    frames = [
        traceback.FrameSummary(
            without_home(frame.f_code.co_filename),
            line,
            frame.f_code.co_qualname,
            lookup_line=False,
            line="",
        )
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    return "".join(traceback.StackSummary.from_list(frames).format())


def _what(error: BaseException) -> str:
    """Return an error's type, and of its words what cannot be a person's."""
    kind = type(error)
    name = kind.__qualname__
    if kind.__module__ != "builtins":
        name = f"{kind.__module__}.{name}"
    said = _said(error)
    return f"{name}: {said}" if said else name


def _said(error: BaseException) -> str:
    if type(error) in _TALKING:
        return harmless(str(error))
    if isinstance(error, OSError):
        return errorcode.get(error.errno or 0, str(error.errno or ""))
    # The ORM wraps the engine's error.
    engine = getattr(error, "orig", None) or error
    number = getattr(engine, "sqlite_errorname", "")
    if number:
        constraint = _CONSTRAINT.fullmatch(str(engine))
        return f"{number} {constraint[0]}" if constraint else str(number)
    code = getattr(error, "code", "")
    return code if isinstance(code, str) else ""


def make_report(
    trace: str, *, now: datetime, facts: Mapping[str, str], lately: Iterable[str] = ()
) -> str:
    """Return the text for whoever looks after the program.

    `facts` are versions and the like, without personal data; `lately` are the last log lines.
    """
    lines = [
        f"propdesk {propdesk.__version__}, Python {platform.python_version()}",
        f"{platform.system()} {platform.release()} ({platform.machine()})",
        *(f"{name}: {value}" for name, value in facts.items()),
        f"{now:%Y-%m-%d %H:%M:%S %z}",
        "",
        trace.rstrip(),
    ]
    before = [line.rstrip() for line in lately]
    if before:
        lines += ["", "Before that:", *before]
    return "\n".join(lines) + "\n"


def keep_report(text: str, now: datetime) -> Path | None:
    """Write a report into the log folder; only the newest ones stay. None when it cannot be."""
    folder = paths.user_logs()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = _write_new(folder, f"crash-{now:%Y%m%d-%H%M%S}", text)
    except OSError:
        return None
    for old in list_reports()[KEPT:]:
        with suppress(OSError):
            old.unlink()
    return file


def _write_new(folder: Path, name: str, text: str) -> Path:
    number = 1
    while True:
        file = folder / (f"{name}.txt" if number == 1 else f"{name}-{number}.txt")
        try:
            stream = file.open("x", encoding="utf-8", errors="replace")
        except FileExistsError:
            number += 1
            continue
        try:
            with stream:
                stream.write(text)
        except OSError:  # a full disk: no half a report
            file.unlink(missing_ok=True)
            raise
        return file


def list_reports() -> list[Path]:
    """Return the reports that are kept, newest first."""
    return sorted(paths.user_logs().glob("crash-*.txt"), key=_age_order, reverse=True)


def _age_order(file: Path) -> tuple[str, int]:
    """Return what orders the reports of one second by their number: `-10` stands after `-9`."""
    _crash, day, time, *number = file.stem.split("-")
    return f"{day}-{time}", int(number[0]) if number else 1

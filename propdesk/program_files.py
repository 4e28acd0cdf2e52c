"""Whether the frozen program's own files are all there, and as they were built (F60).

Freezing leaves a list of them (`packaging/freeze.py`). Every start looks at their sizes, which is
done in a moment; `propdesk check` reads every byte. The standard library is enough, and no
catalogue is asked: the start looks before anything is loaded that may be missing.
"""

import hashlib
import io
import json
import sys
from pathlib import Path
from typing import Any

from propdesk import paths

FILE_LIST = "_internal/files.json"
# Qt comes under the LGPL: whoever wants to run the program with a Qt of his own may.
REPLACEABLE = ("_internal/PySide6/", "_internal/shiboken6/")
_SHOWN = 3

# In both languages at once: the catalogue may be the very file that is gone.
_SENTENCES = (
    "propdesk 的程序文件缺失或被改动：{files}。请重新安装 propdesk；数据不受影响。",
    "Files of propdesk are missing or changed: {files}. Please install it again; no data is lost.",
)


def is_frozen() -> bool:
    """Tell whether this is the frozen program, which alone has a list of its files."""
    return bool(getattr(sys, "frozen", False))


def damaged_files(folder: Path, *, thoroughly: bool = False) -> tuple[str, ...]:
    """Return which files of the frozen program in `folder` are missing or changed, in order.

    Sizes are compared, with `thoroughly` every byte; Qt's files need only be there. Files that
    are not listed (an uninstaller) are no matter.
    """
    try:
        listed = json.loads((folder / FILE_LIST).read_text(encoding="utf-8"))
        return tuple(
            name
            for name, built in listed.items()
            if not _is_as_built(folder / name, built, thoroughly=thoroughly)
            and not (name.startswith(REPLACEABLE) and (folder / name).is_file())
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return (FILE_LIST,)


def _is_as_built(file: Path, built: dict[str, Any], *, thoroughly: bool) -> bool:
    try:
        if file.stat().st_size != built["size"]:
            return False
        if not thoroughly:
            return True
        with file.open("rb") as stream:
            return bool(hashlib.file_digest(stream, "sha256").hexdigest() == built["sha256"])
    except OSError:
        return False


def stop_when_damaged() -> None:
    """End the frozen program, with a sentence that says what to do, where a file is damaged."""
    damaged = damaged_files(paths.program_folder())
    if damaged:
        _tell(sentence(damaged))
        sys.exit(1)


def sentence(damaged: tuple[str, ...]) -> str:
    """Return what to tell the clerk, the first few files named."""
    files = ", ".join(name.removeprefix("_internal/") for name in damaged[:_SHOWN])
    if len(damaged) > _SHOWN:
        files += f" … ({len(damaged)})"
    return "\n\n".join(one.format(files=files) for one in _SENTENCES)


def _tell(text: str) -> None:
    """Show the text: on standard error, and in a box of Windows' own where there is no console."""
    if isinstance(sys.stderr, io.TextIOWrapper):
        # Under LANG=C the stream would refuse Chinese.
        sys.stderr.reconfigure(encoding="utf-8")
        sys.stderr.write(f"{text}\n")
    elif sys.platform == "win32":
        import ctypes

        error_icon = 0x10
        ctypes.windll.user32.MessageBoxW(None, text, "propdesk", error_icon)

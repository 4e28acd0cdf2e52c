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

from propdesk import paths

FILE_LIST = "_internal/files.json"
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

    Sizes are compared, with `thoroughly` every byte. Files that are not listed (an uninstaller)
    are no matter.
    """
    try:
        listed = json.loads((folder / FILE_LIST).read_text(encoding="utf-8"))
        return tuple(
            name
            for name, built in listed.items()
            if not _has_size(folder / name, built["size"])
            or (thoroughly and not _has_digest(folder / name, built["sha256"]))
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return (FILE_LIST,)


def _has_size(file: Path, size: int) -> bool:
    try:
        return file.stat().st_size == size
    except OSError:
        return False


def _has_digest(file: Path, digest: str) -> bool:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == digest
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

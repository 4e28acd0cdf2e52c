"""Where the program keeps its own files and the office its data."""

import os
import sys
from functools import cache
from pathlib import Path


@cache
def resources() -> Path:
    """Return the folder with fonts, icons, catalogues and word lists.

    It is looked for inside the package (installed wheel), beside the package (source tree) and in
    the folder of the frozen program.
    """
    package = Path(__file__).resolve().parent
    frozen = Path(getattr(sys, "_MEIPASS", package))
    for folder in (package / "resources", package.parent / "resources", frozen / "resources"):
        if (folder / "fonts").is_dir():
            return folder
    message = "the program's resources folder is missing; please install propdesk again"
    raise FileNotFoundError(message)


def user_data() -> Path:
    """Return the platform's folder for the office's data (it need not exist yet)."""
    import platformdirs

    return Path(platformdirs.user_data_dir("propdesk", appauthor=False))


def shared_data() -> Path | None:
    """Return the folder whose files every user of this PC may change (it need not exist yet).

    That is Windows' folder for public documents; in its folder for programs' data a file may be
    changed by its maker alone, and other systems have no such folder at all.
    """
    public = os.environ.get("PUBLIC")
    if sys.platform != "win32" or not public:
        return None
    return Path(public) / "Documents" / "propdesk"


def demo_data() -> Path:
    """Return the folder of the demo office, beside the office's data and never in it."""
    own = user_data()
    return own.with_name(f"{own.name}-demo")


def user_config() -> Path:
    """Return the platform's folder for this user's choices (it need not exist yet)."""
    import platformdirs

    return Path(platformdirs.user_config_dir("propdesk", appauthor=False))


def user_logs() -> Path:
    """Return the platform's folder for logs and reports of mistakes (it need not exist yet)."""
    import platformdirs

    return Path(platformdirs.user_log_dir("propdesk", appauthor=False))


def program_folder() -> Path:
    """Return the folder that the program was installed into; no data may live in it."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    return Path(__file__).resolve().parent.parent

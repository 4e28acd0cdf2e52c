"""The one time that everything of a release bears, so that the same source gives the same bytes."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def release_day() -> int:
    """Return the seconds since 1970: SOURCE_DATE_EPOCH, else the time of the last commit."""
    stamp = os.environ.get("SOURCE_DATE_EPOCH")
    if not stamp:
        # The folder may belong to another user than the one who builds, as in a container.
        git = ["git", "-c", f"safe.directory={ROOT}", "log", "-1", "--format=%ct"]
        stamp = subprocess.run(git, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return int(stamp)

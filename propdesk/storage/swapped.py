"""Notice that the open data file was moved, replaced or removed under the program (F10).

A sync client, a clean-up program or a person does that on systems that let them; SQLite would go
on writing into a file that nobody finds any more. Each writing transaction looks: two microseconds.
"""

import os
from pathlib import Path

from propdesk.domain.errors import RuleError
from propdesk.i18n import _
from propdesk.storage.database import database


def watch(data: Path) -> None:
    """Remember which file the connection that was just opened writes to."""
    database.watched = (data, _identity(data))


def check_present() -> None:
    """Refuse to write when the file, or the log beside it, is not the one that was opened.

    Called inside a transaction: the log is there then.
    """
    if database.watched is None:
        return
    data, identity = database.watched
    if _identity(data) == identity and data.with_name(data.name + "-wal").exists():
        return
    raise RuleError(
        "data-swapped",
        _(
            "«{file}» was moved, replaced or removed by another program while propdesk had it "
            "open. Nothing of this was stored. Note it down, close propdesk, bring the file back, "
            "or restore the newest backup into a new folder."
        ).format(file=data),
    )


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(file)  # noqa: PTH116 - each transaction pays for it
    except OSError:
        return None
    return found.st_dev, found.st_ino

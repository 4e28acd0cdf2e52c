"""Upgrades of an office's data: which backup an older program may go back to (F30).

A data file keeps a line for each time that a newer program brought it up to date. An older program
cannot read the data any more, but it reads these lines and names the way back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.backups import BackupFile
from propdesk.domain.errors import RuleError


@dataclass(frozen=True, slots=True)
class Upgrade:
    """One time that data was brought up to date, or was made (`from_version` 0).

    `program` is the version of the program that did it; `backup` the file name of the backup made
    just before, None where there was nothing to lose.
    """

    at: datetime
    from_version: int
    to_version: int
    program: str
    backup: str | None


@dataclass(frozen=True, slots=True)
class WayBack:
    """What an older program can say about data that a newer one brought to version `theirs`.

    `program` is the version that opens it, "" when that is not known. `backup` is what to go back
    to; `is_exact` tells that it was made just before the upgrade. `lost` counts the journal lines
    written since, None when the newer data does not tell.
    """

    theirs: int
    program: str = ""
    backup: BackupFile | None = None
    is_exact: bool = False
    lost: int | None = None


class NewerDataError(RuleError):
    """The refusal of data that a newer program wrote; `back` is what this one can go back to."""

    def __init__(self, code: str, text: str, back: WayBack) -> None:
        super().__init__(code, text)
        self.back = back


def program_for(version: int, upgrades: Sequence[Upgrade]) -> str:
    """Return the program that brought the data to this version: it and newer ones open it."""
    return next((one.program for one in reversed(upgrades) if one.to_version == version), "")


def backup_before_leaving(version: int, upgrades: Sequence[Upgrade]) -> str | None:
    """Return the backup made when the data last left what a program of this version can read."""
    left = (one for one in reversed(upgrades) if one.from_version <= version < one.to_version)
    return next((one.backup for one in left if one.from_version > 0), None)

"""Refusals of the sheets: why a file cannot be read or written, and what to do about it."""

import errno
from pathlib import Path

from propdesk.domain.errors import RuleError
from propdesk.i18n import _

_FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}


class SheetError(RuleError):
    """A file that cannot be read or written; `code` is one of those in docs/errors.md."""


def not_a_workbook(name: str, kind: str) -> SheetError:
    """Return the refusal of a file that is something else; `kind` says what it is."""
    text = _("{file} is not a table but {kind}. Choose an .xlsx, .xls or .csv file.")
    return SheetError("not-a-workbook", text.format(file=name, kind=kind))


def save_again(name: str, kind: str) -> SheetError:
    """Return the refusal of a table in a format that is not read here."""
    text = _("{file} is {kind}. Open it in Excel or WPS, save it as .xlsx and choose that file.")
    return SheetError("not-a-workbook", text.format(file=name, kind=kind))


def protected(name: str) -> SheetError:
    """Return the refusal of a file with a password."""
    text = _("{file} is protected by a password. Open it, save a copy without it and choose that.")
    return SheetError("file-protected", text.format(file=name))


def broken(name: str) -> SheetError:
    """Return the refusal of a file that cannot be understood."""
    text = _("{file} is damaged. Open it in Excel or WPS, save it again as .xlsx and choose that.")
    return SheetError("file-broken", text.format(file=name))


def too_large(name: str, what: str) -> SheetError:
    """Return the refusal of a file past a limit; `what` is the limit in words."""
    text = _("{file} is too large: {limit}. Split it into several files.")
    return SheetError("file-too-large", text.format(file=name, limit=what))


def no_rows(name: str) -> SheetError:
    """Return the refusal of a table that has no rows below its header."""
    text = _("{file} has no rows below the column names. Choose the file that has the data.")
    return SheetError("no-rows", text.format(file=name))


def not_written(path: Path, error: OSError) -> SheetError:
    """Return the refusal that a failed write deserves; the old file is still there."""
    if error.errno in _FULL:
        text = _("The disk is full; {file} was not written. Free some space and try again.")
        return SheetError("disk-full", text.format(file=path.name))
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        text = _("The folder {folder} does not exist. Choose another one.")
        return SheetError("folder-not-found", text.format(folder=path.parent))
    text = _("{file} cannot be written here. Close it in Excel or WPS or choose another folder.")
    return SheetError("file-not-writable", text.format(file=path.name))

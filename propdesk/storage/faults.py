"""What the engine reports, turned into sentences that say what is safe and what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, EFBIG, EINVAL, EISDIR, ELOOP, ENAMETOOLONG, ENOSPC, ENOTDIR, EROFS

from peewee import DatabaseError
from sqlcipher3 import dbapi2

from propdesk.domain.errors import RuleError
from propdesk.held_files import is_held
from propdesk.i18n import LazyText, _, _lazy

_FULL_DISK = frozenset({ENOSPC, EDQUOT, EFBIG})
# A path that cannot be a folder of ours: below a file, too long, on a disk that is only read.
_NO_PLACE = frozenset({ENOTDIR, EISDIR, ENAMETOOLONG, ELOOP, EROFS, EINVAL})

_SENTENCES = {
    dbapi2.SQLITE_FULL: (
        "disk-full",
        _lazy(
            "The disk is full. Nothing of this was stored; everything stored before is safe. "
            "Free some space and try again."
        ),
    ),
    dbapi2.SQLITE_IOERR: (
        "disk-error",
        _lazy(
            "The disk could not be read or written. Nothing of this was stored. Check that the "
            "disk has room and is sound, then open the office again."
        ),
    ),
    dbapi2.SQLITE_BUSY: (
        "data-busy",
        _lazy(
            "Another program is using the data file. Nothing was stored. Close it and try again."
        ),
    ),
    dbapi2.SQLITE_READONLY: (
        "data-read-only",
        _lazy("The data folder may only be read. Nothing was stored. Check its permissions."),
    ),
    dbapi2.SQLITE_CANTOPEN: (
        "data-unreadable",
        _lazy("The data file cannot be opened. Check the permissions of the folder."),
    ),
    dbapi2.SQLITE_CORRUPT: (
        "data-damaged",
        _lazy(
            "The data file is damaged. Do not go on with it: restore the newest backup from the "
            "folder «backups» beside it."
        ),
    ),
    dbapi2.SQLITE_NOTADB: (
        "data-not-database",
        _lazy(
            "The data file is not a propdesk data file. Restore the newest backup from the folder "
            "«backups» beside it."
        ),
    ),
}


def damaged() -> RuleError:
    """Return the refusal of a data file whose structure is broken."""
    code, text = _SENTENCES[dbapi2.SQLITE_CORRUPT]
    return RuleError(code, str(text))


def explain_disk(error: OSError) -> RuleError | None:
    """Return the refusal for a full disk or a forbidden place, or None for other errors."""
    if error.errno in _FULL_DISK:
        code, text = _SENTENCES[dbapi2.SQLITE_FULL]
        return RuleError(code, str(text))
    if is_held(error):
        return RuleError(
            "file-held",
            _(
                "Another program holds «{name}» (a virus scanner, or it is open there). Close it, "
                "wait a moment and try again."
            ).format(name=_end(str(error.filename or ""))),
        )
    if isinstance(error, PermissionError) or error.errno in _NO_PLACE:
        return RuleError(
            "place-forbidden",
            _("«{name}» may not be written here. Choose another folder.").format(
                name=_end(str(error.filename or ""))
            ),
        )
    return None


def _end(path: str, longest: int = 80) -> str:
    """Return a path in one line: its end says which file it is."""
    return path if len(path) <= longest else "…" + path[-longest:]


def _sentence(error: BaseException | None) -> tuple[str, LazyText] | None:
    """Return code and sentence of an engine's error, or of the one that it came of.

    A disk that is full inside a nested transaction ends it, and what is then reported is that the
    savepoint is gone.
    """
    while error is not None:
        # Peewee wraps the engine's error; connections of backups give it bare. Extended codes
        # (SQLITE_IOERR_WRITE ...) carry the plain code in their low byte.
        number = getattr(getattr(error, "orig", error), "sqlite_errorcode", None) or 0
        if number & 0xFF in _SENTENCES:
            return _SENTENCES[number & 0xFF]
        error = error.__context__
    return None


@contextmanager
def explained() -> Iterator[None]:
    """Turn the engine's errors into refusals; whatever is unknown stays a bug."""
    try:
        yield
    except (DatabaseError, dbapi2.DatabaseError) as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        raise RuleError(sentence[0], str(sentence[1])) from error
    except OSError as error:
        refusal = explain_disk(error)
        if refusal is None:
            raise
        raise refusal from error

"""The database object, its connection rules and our two time fields.

`sqlcipher3` serves plain and encrypted files alike, so that every machine has the same current
SQLite (Debian 12's own has the WAL-reset bug and no contentless delete).
"""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from peewee import Model, TextField
from playhouse.sqlcipher_ext import SqlCipherDatabase

# Power may fail at any moment and an acknowledged ticket must be on the disk: WAL with FULL.
PRAGMAS: tuple[tuple[str, object], ...] = (
    ("journal_mode", "wal"),
    ("synchronous", "full"),
    ("foreign_keys", 1),
    ("busy_timeout", 5000),
    ("trusted_schema", 0),
    ("secure_delete", 1),
    ("cell_size_check", 1),
    # Without it REPLACE removes a journal line past the guard that forbids removing.
    ("recursive_triggers", 1),
    ("cache_size", -16 * 1024),
)

# Reading connections of jobs beside the window wait for no one and change nothing.
READ_PRAGMAS = (*PRAGMAS[2:], ("query_only", 1))

LEAST_SQLITE = (3, 51, 3)


class OfficeDatabase(SqlCipherDatabase):  # type: ignore[misc] # playhouse has no types
    """The engine, with one thing mended: a full disk has taken the transaction back already.

    `watched` is the data file that is open for writing, and which one it was (storage.swapped).
    """

    watched: tuple[Path, tuple[int, int] | None] | None = None

    def rollback(self) -> None:
        """Take the transaction back, unless the engine did so itself when the disk failed.

        Peewee asks for it all the same, and that second error would hide the first one.
        """
        if self.connection().in_transaction:
            super().rollback()


database = OfficeDatabase(None, autoconnect=False)


def bind(file: Path | str, *, read_only: bool = False) -> None:
    """Point the database object at a file, or a URI of SQLite's; nothing is opened yet."""
    database.watched = None
    pragmas = READ_PRAGMAS if read_only else PRAGMAS
    database.init(str(file), pragmas=pragmas, timeout=5, uri=isinstance(file, str))


class LocalDateTimeField(TextField):
    """A local wall-clock time to the second, stored as ISO text `2026-11-21T09:30:00`."""

    def db_value(self, value: datetime | None) -> str | None:
        """Return the stored text; a time with offset loses it (the offset stands beside it)."""
        return None if value is None else stored_time(value)

    def python_value(self, value: str | None) -> datetime | None:
        """Return the time without offset."""
        return None if value is None else datetime.fromisoformat(value)


class DayField(TextField):
    """A day, stored as ISO text `2026-11-21`."""

    def db_value(self, value: date | None) -> str | None:
        """Return the stored text."""
        return None if value is None else value.isoformat()

    def python_value(self, value: str | None) -> date | None:
        """Return the day."""
        return None if value is None else date.fromisoformat(value)


def stored_time(value: datetime) -> str:
    """Return a local time as it stands in the file."""
    return value.replace(tzinfo=None, microsecond=0).isoformat()


class OfficeTable(Model):
    """The base of all tables: strict types, one database, only what was changed is written.

    Subclasses annotate the columns that Peewee adds by itself (`id`, `..._id`) for the type check.
    """

    id: Any

    class Meta:
        database = database
        strict_tables = True
        # A row of 60 columns stands in 25 indexes; a step of a ticket changes five of them.
        only_save_dirty = True
        legacy_table_names = False


def rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return all rows of a plain SELECT, for queries that Peewee would make slower."""
    return list(database.execute_sql(sql, values).fetchall())

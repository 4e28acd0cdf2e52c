"""A consistent copy of the live data file, and the thorough look into such a copy.

An open database is never copied as a file: the log beside it would be missing (reliability.md 2.3,
experiment 5). The copy is opened once more before it counts, and compared with what it came from.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from playhouse.migrate import SqliteMigrator
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2

from propdesk.domain.errors import Cancelled, RuleError
from propdesk.i18n import _
from propdesk.storage.disk import is_writable
from propdesk.storage.faults import explained
from propdesk.storage.migrations import runner

# About 8 MB a step: the window's own reads and writes go on between two steps.
_STEP_PAGES = 2000

# Machine instructions of SQLite between two looks at the cancel button.
_INSTRUCTIONS = 200_000

_HARDENED = ("trusted_schema = 0", "cell_size_check = 1", "query_only = 1", "busy_timeout = 5000")

# Rows that no clerk wrote: half-typed forms come and go, search keys follow from the rest.
_NOT_MARKED = frozenset({"draft", "desk_key"})
_FEW_ROWS = 1000

# SQLite's own tables, which come and go with its statistics.
_OWN_TABLES = frozenset({"sqlite_sequence", "sqlite_stat1", "sqlite_stat4"})

Cancel = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in a data file: data version, office, rows of each table, journal head, mark."""

    schema: int
    office_uid: str
    office_created_at: str
    rows: dict[str, int]
    journal_head: int
    mark: str


def never() -> bool:
    """Nobody cancels."""
    return False


@contextmanager
def _connection(uri: str, cancelled: Cancel) -> Iterator[Any]:
    """Open a connection that changes nothing and can be cancelled in a long check."""
    with explained(), closing(dbapi2.connect(uri, uri=True, isolation_level=None)) as connection:
        for pragma in _HARDENED:
            connection.execute(f"PRAGMA {pragma}")
        # A damaged text must not keep the check from naming the damage.
        connection.text_factory = lambda text: text.decode("utf-8", "replace")
        connection.set_progress_handler(lambda: int(cancelled()), _INSTRUCTIONS)
        try:
            yield connection
        except dbapi2.OperationalError as error:
            if cancelled():
                raise Cancelled from error
            raise
        except UnicodeDecodeError as error:
            # The engine's complaint about a broken schema, whose bytes are no text.
            raise _damaged() from error


def _uri(file: Path, parameters: str) -> str:
    return f"{address(file.resolve())}?{parameters}"


def address(file: PurePath) -> str:
    """Return a file as SQLite's URI: a share stands in the path, as it refuses every host.

    On Windows a drive letter of the network is resolved to its share, so these are common.
    """
    uri = file.as_uri()
    return uri if uri.startswith("file:///") else uri.replace("file://", "file:////", 1)


def untouched_uri(file: Path) -> str:
    """Return how to open a data file so that neither it nor its log changes by a byte.

    Without a log the file is all there is and SQLite need not lay anything beside it; with one (a
    program that was killed, or is at work) only SQLite's scratch index may appear.
    """
    log = file.with_name(file.name + "-wal")
    has_log = log.exists() and log.stat().st_size > 0
    return _uri(file, "mode=ro" if has_log else "mode=ro&immutable=1")


@contextmanager
def untouched(file: Path) -> Iterator[Any]:
    """Open a connection that looks at a data file of any version and changes nothing."""
    with _connection(untouched_uri(file), never) as connection:
        yield connection


def _live_uri(file: Path) -> str:
    """Return how to read a data file that others may be writing; on a protected disk nobody is."""
    return _uri(file, "mode=rw") if is_writable(file) else untouched_uri(file)


def take_snapshot(
    source: Path,
    target: Path,
    on_progress: Callable[[int, int], None],
    cancelled: Cancel = never,
) -> Contents:
    """Copy the live data file `source` into the new file `target`; return what the source held.

    The copy and the counts see one moment, whatever is written meanwhile. `on_progress` is told
    the pages done and all pages.
    """

    def step(_status: int, remaining: int, total: int) -> None:
        if cancelled():
            raise Cancelled
        on_progress(total - remaining, total)

    # Nobody else knows the target: no locks and no journal, which a share or stick may lack.
    with (
        _connection(_live_uri(source), cancelled) as live,
        closing(dbapi2.connect(_uri(target, "nolock=1"), uri=True, isolation_level=None)) as copy,
    ):
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        live.execute("BEGIN")
        contents = _contents(live)
        try:
            live.backup(copy, pages=_STEP_PAGES, progress=step)
        except dbapi2.DatabaseError as error:
            # Here the engine names no code: the disk is full, gone or failing.
            raise RuleError("disk-error", str(error)) from error
        live.execute("ROLLBACK")
    return contents


def inspect(file: Path, cancelled: Cancel = never) -> Contents:
    """Return what stands in a data file that nobody has open, after the full check.

    Refuses a file that SQLite finds broken, whose rows point nowhere, or whose tables, triggers
    and views are not those of propdesk: such a file would run a stranger's orders (F39).
    """
    with _connection(_uri(file, "mode=ro&immutable=1"), cancelled) as connection:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        stranger = _stranger(connection, version) if version > 0 else "user_version"
        if stranger:
            raise _foreign(stranger)
        broken = connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]
        if broken or connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise _damaged()
        return _contents(connection)


def look(file: Path) -> Contents:
    """Return what stands in the live data file at this moment; quick, nothing is checked."""
    with _connection(_live_uri(file), never) as connection:
        connection.execute("BEGIN")
        contents = _contents(connection)
        connection.execute("ROLLBACK")
    return contents


_PAPERS = ("fee_letter", "publication")


def attachments_in(file: Path, *, is_live: bool = False) -> dict[tuple[str, str], str]:
    """Return the attachments that a data file names: (hash, ending) and how people know it.

    Removed ones are among them: a ticket's books still name them.
    """
    uri = _live_uri(file) if is_live else _uri(file, "mode=ro&immutable=1")
    with _connection(uri, never) as connection:
        known = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'attachment'"
        if not connection.execute(known).fetchone()[0]:
            return {}
        found = connection.execute(
            "SELECT sha256, suffix, min(coalesce(number || ' ', '') || attachment.name) "
            "FROM attachment LEFT JOIN ticket ON ticket.id = ticket_id GROUP BY sha256, suffix"
        )
        named = {(sha256, suffix): words for sha256, suffix, words in found}
        # Papers that were archived as they were printed; an office of older data has none.
        papers = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN {}"
        for (table,) in connection.execute(papers.format(_PAPERS)).fetchall():
            archived = connection.execute(
                f"SELECT pdf_sha256, min(number) FROM {table} "  # noqa: S608 - names of our own
                "WHERE pdf_sha256 IS NOT NULL GROUP BY pdf_sha256"
            )
            named |= {(sha256, ".pdf"): number for sha256, number in archived}
        return named


def _damaged() -> RuleError:
    return RuleError("data-damaged", _("The data file is damaged."))


def _foreign(name: str) -> RuleError:
    return RuleError(
        "data-foreign",
        _("«{name}» in the data file is not as propdesk made it.").format(name=name),
    )


def _contents(connection: Any) -> Contents:
    """Count an office's rows and digest its state, all in the caller's one moment."""
    tables = [
        row[0]
        for row in connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
            "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
        )
    ]
    rows: dict[str, int] = {}
    digest = hashlib.sha256()
    for table in tables:
        columns = {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')}
        rows[table] = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608 - a name of the schema
        if table in _NOT_MARKED:
            continue
        digest.update(f"{table} {rows[table]} ".encode())
        # A ticket never changes without a journal line, and its rows are too many to be read.
        if "version" in columns and table != "ticket":
            said = connection.execute(f'SELECT sum(version) FROM "{table}"').fetchall()  # noqa: S608
            digest.update(repr(said).encode())
        elif rows[table] <= _FEW_ROWS:
            for row in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608
                digest.update(repr(row).encode("utf-8", "surrogatepass"))
    mark_of_office = connection.execute("SELECT uid, created_at FROM office ORDER BY id").fetchone()
    if mark_of_office is None:
        raise _foreign("office")
    head = connection.execute("SELECT max(sequence) FROM ticket_event").fetchone()[0]
    return Contents(
        schema=int(connection.execute("PRAGMA user_version").fetchone()[0]),
        office_uid=mark_of_office[0],
        office_created_at=mark_of_office[1],
        rows=rows,
        journal_head=head or 0,
        mark=digest.hexdigest(),
    )


def _schema(connection: Any) -> dict[tuple[str, str, str], str | None]:
    found = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema")
    return {
        (kind, name, table): sql
        for kind, name, table, sql in found
        if not (kind == "table" and name in _OWN_TABLES)
    }


@cache
def our_schema(version: int) -> dict[tuple[str, str, str], str | None]:
    """Return the schema that the first `version` steps make; a released step is never edited."""
    scratch = SqlCipherDatabase(":memory:")
    migrator = SqliteMigrator(scratch)
    try:
        for step in runner.STEPS[:version]:
            step.upgrade(migrator)
        return _schema(scratch.connection())
    finally:
        scratch.close()


def _stranger(connection: Any, version: int) -> str:
    """Return the name of something missing, changed or foreign in the schema, or ''.

    A plain index or table that somebody added does no harm and is let through.
    """
    theirs, ours = _schema(connection), our_schema(version)
    for key, sql in ours.items():
        if theirs.get(key, "") != sql:
            return key[1]
    for key, sql in theirs.items():
        plain = key[0] in {"index", "table"} and "VIRTUAL" not in (sql or "").upper()
        if key not in ours and not plain:
            return key[1]
    return ""

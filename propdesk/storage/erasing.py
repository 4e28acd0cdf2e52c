"""What erasing needs of the engine: an open journal for a moment, and pages without a trace.

Deleted rows are overwritten with zeros (`secure_delete`, storage.database); the words of the search
index and the write-ahead log keep copies of their own, which go here (PIPL 47; law.md 1.8).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from propdesk.storage.database import database, rows


@contextmanager
def journal_writable() -> Iterator[None]:
    """Let what is never changed be changed inside the present transaction; the guards come back.

    Lines of a ticket's journal and of the ledger, letters about fees that were printed, results of
    rounds.
    """
    guards = rows(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' "
        "AND tbl_name IN ('ticket_event', 'ledger_line', 'fee_letter', 'inspection_result')"
    )
    for name, _sql in guards:
        database.execute_sql(f"DROP TRIGGER {name}")
    yield
    for _name, sql in guards:
        database.execute_sql(sql)


def forget_words() -> None:
    """Drop the words of deleted rows from the search index: they stay until its parts are joined.

    Inside the transaction; it takes about as long as the index is large.
    """
    database.execute_sql("INSERT INTO ticket_words (ticket_words) VALUES ('optimize')")


def empty_log() -> None:
    """Bring the write-ahead log into the data file and empty it; after the transaction."""
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")

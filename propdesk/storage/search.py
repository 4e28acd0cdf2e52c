"""The full-text index of tickets and the desk's key index.

FTS5 without content: rowid is the ticket's id, the words are Chinese characters divided by blanks
(the trigram tokenizer never finds two-character Chinese). Written by commands in the same
transaction as the ticket.
"""

import json
from collections.abc import Iterable

from propdesk.domain.texts import search_words
from propdesk.storage.database import database


def index_ticket(ticket_id: int, *texts: str) -> None:
    """Store (or replace) what a ticket is found by."""
    database.execute_sql(
        "INSERT OR REPLACE INTO ticket_words (rowid, words) VALUES (?, ?)",
        (ticket_id, search_words(" ".join(texts))),
    )


def phrase(text: str) -> str:
    """Return typed text as a quoted FTS phrase; '' when nothing can be searched."""
    words = search_words("".join(filter(str.isalnum, text)))
    return f'"{words}"' if words else ""


def replace_keys(kind: str, target: int, keys: Iterable[str]) -> None:
    """Store other words under which the desk search finds one person, phone, plate or unit."""
    drop_keys(kind, (target,))
    add_keys(kind, target, keys)


def drop_keys(kind: str, targets: Iterable[int]) -> None:
    """Remove the words of these persons, phones, plates or units.

    It looks through all words (20 ms at 25,000 persons): an index for it would double the time of
    each import, and words are seldom removed.
    """
    database.execute_sql(
        "DELETE FROM desk_key WHERE kind = ? AND target IN (SELECT value FROM json_each(?))",
        (kind, json.dumps(list(targets))),
    )


def add_keys(kind: str, target: int, keys: Iterable[str]) -> None:
    """Store the words under which the desk search finds something new."""
    database.cursor().executemany(
        "INSERT OR IGNORE INTO desk_key (key, kind, target) VALUES (?, ?, ?)",
        [(key, kind, target) for key in keys if key],
    )

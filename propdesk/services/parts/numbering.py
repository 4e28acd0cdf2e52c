"""Give the next number of a series inside the command's transaction: no gaps, no doubles."""

from datetime import datetime

from propdesk.domain.numbers import ticket_number
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.tickets import Kind
from propdesk.storage.database import database


def take_numbers(kind: Kind, month: str, count: int = 1) -> range:
    """Reserve the next `count` sequence numbers of a kind in the month `yyyymm`."""
    row = database.execute_sql(
        "INSERT INTO number_series (kind, month, last) VALUES (?, ?, ?) "
        "ON CONFLICT (kind, month) DO UPDATE SET last = last + excluded.last RETURNING last",
        (kind.value, month, count),
    ).fetchone()
    last = int(row[0])
    return range(last - count + 1, last + 1)


def next_number(
    settings: OfficeSettings, kind: Kind, received_at: datetime
) -> tuple[str, str, int]:
    """Return number, month and sequence of the next ticket received then (decision 15)."""
    month = received_at.strftime("%Y%m")
    sequence = take_numbers(kind, month)[0]
    letters = settings.number_letters[kind]
    return ticket_number(settings.number_pattern, letters, received_at, sequence), month, sequence

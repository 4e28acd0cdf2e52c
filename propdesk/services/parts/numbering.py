"""Give the next number of a series inside the command's transaction: no gaps, no doubles."""

from datetime import datetime

from propdesk.domain.archive import archive_number
from propdesk.domain.numbers import ticket_number
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.tickets import Kind
from propdesk.services.parts.settings import load_settings
from propdesk.storage.database import database
from propdesk.storage.tickets import TicketRecord


def take_numbers(series: str, period: str, count: int = 1) -> range:
    """Reserve the next `count` numbers of a series in a period.

    Tickets have a series a kind and month `yyyymm`, other papers one a year `yyyy`.
    """
    row = database.execute_sql(
        "INSERT INTO number_series (kind, month, last) VALUES (?, ?, ?) "
        "ON CONFLICT (kind, month) DO UPDATE SET last = last + excluded.last RETURNING last",
        (str(series), period, count),
    ).fetchone()
    last = int(row[0])
    return range(last - count + 1, last + 1)


def take_number_of_year(series: str, year: int) -> int:
    """Return the next number of a series that begins anew each year: letters, notices, archive."""
    return take_numbers(series, f"{year:04d}")[0]


def next_number(
    settings: OfficeSettings, kind: Kind, received_at: datetime
) -> tuple[str, str, int]:
    """Return number, month and sequence of the next ticket received then (decision 15)."""
    month = received_at.strftime("%Y%m")
    sequence = take_numbers(kind, month)[0]
    letters = settings.number_letters[kind]
    return ticket_number(settings.number_pattern, letters, received_at, sequence), month, sequence


def file_ticket(ticket: TicketRecord, year: int) -> None:
    """Give a ticket that closes its archive number (R44); it keeps it when it is taken up again."""
    if ticket.archive_number is None:
        letters = load_settings("archive_letters").archive_letters
        sequence = take_number_of_year("archive", year)
        ticket.archive_number = archive_number(letters, year, sequence)

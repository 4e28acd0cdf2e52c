"""Write tickets as XLSX or CSV for the office's own Excel use.

Names and phones are masked unless ordered in full (law.md 1.7): a list that leaves the program is
soon in somebody's chat.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from propdesk.domain.classes import class_path
from propdesk.domain.data_exports import DataExport, ExportOrder
from propdesk.domain.masking import mask_name, mask_phone
from propdesk.domain.months import Month
from propdesk.domain.tickets import (
    CHANNEL_LABELS,
    KIND_LABELS,
    SATISFACTION_LABELS,
    STATUS_LABELS,
    URGENCY_LABELS,
    Channel,
    Kind,
    Satisfaction,
    Status,
    Urgency,
)
from propdesk.i18n import LazyText, _, _lazy
from propdesk.services.parts.bulk import Course
from propdesk.services.parts.data_exports import run_export
from propdesk.services.parts.table_files import write_table
from propdesk.sheets.writing import Cell, SheetOut
from propdesk.storage.database import database, rows

_EVERY = 200

_MOMENT = "yyyy-mm-dd hh:mm"


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of an export: heading, width in characters, Excel's number format."""

    heading: LazyText
    width: float
    format: str | None = None


_TICKET_COLUMNS = (
    _Column(_lazy("Number"), 18),
    _Column(_lazy("Kind"), 9),
    _Column(_lazy("Class"), 22),
    _Column(_lazy("Suggested"), 9),
    _Column(_lazy("Status"), 10),
    _Column(_lazy("Round"), 7),
    _Column(_lazy("House"), 12),
    _Column(_lazy("Place"), 24),
    _Column(_lazy("Subject"), 32),
    _Column(_lazy("Text"), 60),
    _Column(_lazy("Wish"), 24),
    _Column(_lazy("Channel"), 10),
    _Column(_lazy("Urgency"), 8),
    _Column(_lazy("Reporter"), 12),
    _Column(_lazy("Phone"), 16),
    _Column(_lazy("First receiver"), 12),
    _Column(_lazy("Handler"), 12),
    _Column(_lazy("Department"), 12),
    _Column(_lazy("Received at"), 18, _MOMENT),
    _Column(_lazy("Promised at"), 18, _MOMENT),
    _Column(_lazy("Closed at"), 18, _MOMENT),
    _Column(_lazy("Satisfaction"), 10),
    _Column(_lazy("External number"), 14),
)
_TICKETS = (
    "SELECT t.number, t.kind, t.class_code, t.class_suggested, t.status, t.round, "
    "coalesce(u.short, ''), t.place, t.matter, t.text, t.wish, t.channel, t.urgency, "
    "t.reporter_name, t.reporter_phone, f.name, coalesce(h.name, ''), coalesce(d.name, ''), "
    "t.received_at, t.promised_at, t.closed_at, t.satisfaction, coalesce(t.external_number, '') "
    "FROM ticket t LEFT JOIN unit u ON u.id = t.unit_id "
    "JOIN staff f ON f.id = t.first_receiver_id LEFT JOIN staff h ON h.id = t.handler_id "
    "LEFT JOIN department d ON d.id = t.department_id "
    "WHERE t.received_at >= ? AND t.received_at < ? ORDER BY t.received_at, t.id"
)
_COUNT = "SELECT count(*) FROM ticket WHERE received_at >= ? AND received_at < ?"
_ALWAYS = ("0", "~")


def export_tickets(
    target: Path,
    order: ExportOrder,
    *,
    by: int,
    now: datetime,
    month: Month | None = None,
    on_progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> DataExport:
    """Write the tickets received in a month (all without one), and note the export.

    Reporters and phones are masked unless ordered in full. Raises DraftError for an order without
    purpose or receiver, RuleError for a staff member who may not, for many rows in full without a
    second one, for a file name that is neither .xlsx nor .csv and for a place that cannot be
    written, and Cancelled.
    """
    span = _ALWAYS if month is None else (month.start.isoformat(), month.end.isoformat())
    course = Course(on_progress, cancelled)
    title = _("Tickets") if month is None else f"{_('Tickets')} {month}"

    def count() -> int:
        return int(rows(_COUNT, *span)[0][0])

    def write(total: int) -> None:
        found = _counted(_TICKETS, span, total, course)
        lines = (_ticket(row, plain=order.is_plain) for row in found)
        _write(target, title, _TICKET_COLUMNS, lines)

    endings = (".xlsx", ".csv")
    return run_export(target, "tickets", order, endings, by=by, now=now, count=count, write=write)


def _ticket(row: Sequence[Any], *, plain: bool) -> tuple[Cell, ...]:
    reporter, phone = row[13], row[14]
    return (
        row[0],
        str(KIND_LABELS[Kind(row[1])]),
        class_path(row[2]),
        _("yes") if row[3] else "",
        str(STATUS_LABELS[Status(row[4])]),
        *row[5:11],
        str(CHANNEL_LABELS[Channel(row[11])]),
        str(URGENCY_LABELS[Urgency(row[12])]),
        reporter if plain else mask_name(reporter),
        phone if plain else mask_phone(phone),
        *row[15:18],
        _moment(row[18]),
        _moment(row[19]),
        _moment(row[20]),
        str(SATISFACTION_LABELS[Satisfaction(row[21])]) if row[21] else "",
        row[22],
    )


def _moment(text: str | None) -> Cell:
    return datetime.fromisoformat(text) if text else None


def _counted(sql: str, values: tuple[str, ...], total: int, course: Course) -> Iterator[Any]:
    """Yield the rows of a query one by one, telling how far it is."""
    step = course.stage(0, Course.WHOLE)
    for index, row in enumerate(database.execute_sql(sql, values)):
        if index % _EVERY == 0:
            step(index, total)
        yield row
    step(1, 1)


def _write(
    target: Path, title: str, columns: Sequence[_Column], lines: Iterator[tuple[Cell, ...]]
) -> None:
    header = [str(column.heading) for column in columns]
    widths = [column.width for column in columns]
    formats = [column.format for column in columns]
    write_table(target, SheetOut(title, header, lines, widths, formats))

"""Write tickets and residents as XLSX or CSV for the office's own Excel use.

Names and phones are masked unless the person asks for them in full (law.md 1.7): a list that leaves
the program is soon in somebody's chat. What is exported in full and imported again adds nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from propdesk.domain.classes import class_path
from propdesk.domain.masking import mask_name, mask_phone
from propdesk.domain.months import Month
from propdesk.domain.persons import ROLE_LABELS, ResidentRole
from propdesk.domain.staff import Right
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
from propdesk.services.parts.actors import actor
from propdesk.services.parts.bulk import Course
from propdesk.services.parts.periods import present
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
_ALWAYS = ("0", "~")


def export_tickets(
    target: Path,
    *,
    by: int,
    month: Month | None = None,
    plain: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Write the tickets received in a month (all without one) and return how many there are.

    `plain` writes reporters and phones in full. Raises RuleError for a staff member `by` who may
    not take lists out, for a file name that is neither .xlsx nor .csv and for a place that cannot
    be written, and Cancelled.
    """
    actor(by, Right.REPORT)
    span = _ALWAYS if month is None else (month.start.isoformat(), month.end.isoformat())
    total = rows("SELECT count(*) FROM ticket WHERE received_at >= ? AND received_at < ?", *span)
    course = Course(on_progress, cancelled)
    found = _counted(_TICKETS, span, int(total[0][0]), course)
    title = _("Tickets")
    if month is not None:
        title = f"{title} {month}"
    _write(target, title, _TICKET_COLUMNS, (_ticket(row, plain=plain) for row in found))
    return int(total[0][0])


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


_RESIDENT_COLUMNS = (
    _Column(_lazy("Community"), 16),
    _Column(_lazy("House"), 14),
    _Column(_lazy("Building"), 9),
    _Column(_lazy("Entrance"), 9),
    _Column(_lazy("Room"), 9),
    _Column(_lazy("Name"), 14),
    _Column(_lazy("Salutation"), 12),
    _Column(_lazy("Role"), 10),
    _Column(_lazy("Phone"), 28),
    _Column(_lazy("Moved in on"), 12),
    _Column(_lazy("Area (m²)"), 10, "0.00"),
    _Column(_lazy("Plate"), 20),
    _Column(_lazy("Note"), 30),
    _Column(_lazy("Note on the house"), 30),
)
_RESIDENTS_IN_ALL = (
    "SELECT count(*) FROM unit u LEFT JOIN residency r ON r.unit_id = u.id AND {present}"
)
# One line for each present resident, and one for a house without people.
_RESIDENTS = (
    "SELECT c.name, u.short, b.name, e.name, u.number, p.name, p.salutation, r.role, "
    "(SELECT group_concat(phone, '、') FROM (SELECT phone FROM phone WHERE person_id = p.id "
    " ORDER BY id)), r.from_on, u.area_dm2, "
    "(SELECT group_concat(plate, '、') FROM (SELECT plate FROM vehicle WHERE unit_id = u.id "
    " ORDER BY id)), p.note, u.note "
    "FROM unit u JOIN entrance e ON e.id = u.entrance_id JOIN building b ON b.id = e.building_id "
    "JOIN community c ON c.id = b.community_id "
    "LEFT JOIN residency r ON r.unit_id = u.id AND {present} "
    "LEFT JOIN person p ON p.id = r.person_id "
    "ORDER BY c.name, CAST(b.name AS INTEGER), b.name, CAST(e.name AS INTEGER), e.name, "
    "CAST(u.number AS INTEGER), u.number, r.id"
)


def export_residents(
    target: Path,
    *,
    by: int,
    today: date,
    plain: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Write the register, a line for each present resident; return how many lines there are.

    `plain` writes names and phones in full. Raises as `export_tickets` does.
    """
    actor(by, Right.REPORT)
    is_present = present("r", today)
    total = rows(_RESIDENTS_IN_ALL.format(present=is_present))
    course = Course(on_progress, cancelled)
    found = _counted(_RESIDENTS.format(present=is_present), (), int(total[0][0]), course)
    lines = (_resident(row, plain=plain) for row in found)
    _write(target, _("Residents"), _RESIDENT_COLUMNS, lines)
    return int(total[0][0])


def _resident(row: Sequence[Any], *, plain: bool) -> tuple[Cell, ...]:
    name, salutation, phones = row[5] or "", row[6] or "", row[8] or ""
    if not plain:
        name, salutation = mask_name(name), mask_name(salutation)
        phones = "、".join(map(mask_phone, filter(None, phones.split("、"))))
    return (
        *row[:5],
        name,
        salutation,
        str(ROLE_LABELS[ResidentRole(row[7])]) if row[7] else "",
        phones,
        date.fromisoformat(row[9]) if row[9] else None,
        None if row[10] is None else row[10] / 100,
        row[11] or "",
        row[12] or "",
        row[13],
    )


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

"""Readings to look at: of a meter or a house with what was used, and which bills rest on one."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from propdesk.domain.attachments import Attachment
from propdesk.domain.errors import RuleError
from propdesk.domain.meter_readings import MeterReading, count_course, course_of
from propdesk.domain.meters import Meter, ReadingKind
from propdesk.i18n import _
from propdesk.services.parts.resting_costs import RESTING_COSTS
from propdesk.services.queries.attachments import to_attachment
from propdesk.services.queries.meters import get_meter, list_meters
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.database import rows
from propdesk.storage.staff import StaffRecord


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """A reading with who entered it, what was used since the one before, and how often it is seen.

    `used_milli` has the multiplier in it; it is None for the first and for a voided reading.
    """

    id: int
    meter: Meter
    reading: MeterReading
    note: str
    entered_at: datetime
    by: str
    used_milli: int | None
    days: int
    photos: int
    voided_at: datetime | None = None
    void_reason: str = ""


@dataclass(frozen=True, slots=True)
class RestingBill:
    """A bill that was reckoned from a reading."""

    id: int
    item: str
    from_on: date
    until_on: date
    amount_fen: int
    settled_fen: int


@dataclass(frozen=True, slots=True)
class RestingCost:
    """A shared cost that a reading goes into."""

    id: int
    item: str
    from_on: date
    until_on: date
    total_fen: int


_READINGS = (
    "SELECT r.id, r.meter_id, r.on_day, r.value_milli, r.kind, r.turned, r.note, r.entered_at, "
    "s.name, r.voided_at, r.void_reason, (SELECT count(*) FROM attachment a "
    " WHERE a.reading_id = r.id AND a.removed_at IS NULL) "
    "FROM meter_reading r JOIN staff s ON s.id = r.staff_id WHERE "
)


def list_meter_readings(meter_id: int, *, with_voided: bool = False) -> tuple[ReadingLine, ...]:
    """Return the readings of a meter, the last one first."""
    return _lines(get_meter(meter_id), with_voided)


def list_unit_readings(unit_id: int, *, with_voided: bool = False) -> tuple[ReadingLine, ...]:
    """Return the readings of all meters of a house, those that are gone included."""
    found = [
        line
        for meter in list_meters(unit_id=unit_id, with_removed=True)
        for line in _lines(meter, with_voided)
    ]
    return tuple(sorted(found, key=lambda one: one.reading.on_day, reverse=True))


def get_reading(reading_id: int) -> ReadingLine:
    """Return a reading, voided or not; refuses what is none."""
    found = rows("SELECT meter_id FROM meter_reading WHERE id = ?", reading_id)
    lines = _lines(get_meter(found[0][0]), with_voided=True) if found else ()
    for line in lines:
        if line.id == reading_id:
            return line
    raise RuleError("reading-unknown", _("There is no such reading."))


def list_resting_bills(reading_id: int) -> tuple[RestingBill, ...]:
    """Return the bills that were reckoned from a reading: as the first figure, the last or between.

    A bill says in its working from which reading to which it goes; split at a change of owner,
    each part rests on both.
    """
    found = rows(
        "SELECT b.id, i.name, b.from_on, b.until_on, b.amount_fen, b.settled_fen "
        "FROM meter_reading r JOIN meter m ON m.id = r.meter_id "
        "JOIN bill b ON b.unit_id = m.unit_id AND b.meter_id = m.id AND b.voided_at IS NULL "
        "JOIN fee_item i ON i.id = b.fee_item_id WHERE r.id = ? AND r.on_day "
        "BETWEEN coalesce(json_extract(b.working, '$.meter.from'), b.from_on) "
        "AND coalesce(json_extract(b.working, '$.meter.until'), b.until_on) ORDER BY b.from_on",
        reading_id,
    )
    return tuple(
        RestingBill(row[0], row[1], date.fromisoformat(row[2]), date.fromisoformat(row[3]),
                    row[4], row[5])
        for row in found
    )  # fmt: skip


def list_resting_costs(reading_id: int) -> tuple[RestingCost, ...]:
    """Return the shared costs that a common meter's reading, or a house's usage, goes into."""
    found = rows(
        f"SELECT c.id, i.name, c.from_on, c.until_on, c.total_fen {RESTING_COSTS}"
        "AND r.id = ? ORDER BY c.from_on, c.id",
        reading_id,
    )
    return tuple(
        RestingCost(row[0], row[1], date.fromisoformat(row[2]), date.fromisoformat(row[3]), row[4])
        for row in found
    )


def list_reading_photos(reading_id: int) -> tuple[Attachment, ...]:
    """Return the photos of a reading, those taken off left out."""
    found = (
        AttachmentRecord.select(AttachmentRecord, StaffRecord)
        .join(StaffRecord, on=(AttachmentRecord.staff == StaffRecord.id))
        .where((AttachmentRecord.reading == reading_id) & AttachmentRecord.removed_at.is_null())
        .order_by(AttachmentRecord.id)
    )
    return tuple(to_attachment(row) for row in found)


def _lines(meter: Meter, with_voided: bool) -> tuple[ReadingLine, ...]:
    where = "r.meter_id = ?" + ("" if with_voided else " AND r.voided_at IS NULL")
    found = rows(f"{_READINGS}{where} ORDER BY r.on_day DESC, r.id DESC", meter.id)
    course = course_of(meter, (_reading(row) for row in found if row[9] is None))
    counted = count_course(course, meter.digits, meter.multiplier_milli)
    used = {one.reading.on_day: one.charged_milli for one in counted}
    before = {one.on_day: last.on_day for last, one in pairwise(course)}
    lines = []
    for row in found:
        reading = _reading(row)
        stands = row[9] is None
        since = before.get(reading.on_day) if stands else None
        lines.append(
            ReadingLine(
                id=row[0],
                meter=meter,
                reading=reading,
                note=row[6],
                entered_at=datetime.fromisoformat(row[7]),
                by=row[8],
                used_milli=used.get(reading.on_day) if stands else None,
                days=(reading.on_day - since).days if since else 0,
                photos=row[11],
                voided_at=datetime.fromisoformat(row[9]) if row[9] else None,
                void_reason=row[10],
            )
        )
    return tuple(lines)


def _reading(row: tuple[Any, ...]) -> MeterReading:
    return MeterReading(date.fromisoformat(row[2]), row[3], ReadingKind(row[4]), row[5])

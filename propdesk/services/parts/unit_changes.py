"""Write a change of a house, and keep the house's row as its history says of the present day.

Whatever changes a state or another dated value goes through `write_change`, in its own transaction.
What begins later waits in the history until `follow_the_day` finds that its day has come.
"""

from datetime import date, datetime

from propdesk.domain.unit_changes import NewChange, UnitField
from propdesk.services.parts import settings
from propdesk.services.parts.held_values import COLUMNS, differing, held_values
from propdesk.services.parts.writing import local
from propdesk.storage.database import database, rows
from propdesk.storage.units import UnitChangeRecord

# The day of which the houses' rows say the values; it is stored with a change alone.
_AS_OF = "units.as_of"


def write_change(unit_id: int, change: NewChange, *, staff_id: int, now: datetime) -> int | None:
    """Store a change and return its line's id; None where the house had the value on that day.

    The first change of a field keeps what was before as a line of its own. The caller holds the
    transaction and has asked for the right.
    """
    today = local(now).date()
    follow_the_day(today)
    before = held_values(change.field, change.from_on, unit_id)[unit_id]
    if before == change.value:
        return None
    if not rows("SELECT 1 FROM unit_change WHERE unit_id = ? AND field = ? AND voided_at IS NULL "
                "LIMIT 1", unit_id, change.field.value):  # fmt: skip
        _add(unit_id, change.field, before, None, "", staff_id, now)
    line_id = _add(unit_id, change.field, change.value, change.from_on, change.note, staff_id, now)
    refresh(today, unit_id)
    return line_id


def replace_line(line: UnitChangeRecord, change: NewChange, *, staff_id: int, now: datetime) -> int:
    """Void a line and say it anew; the first one stays the first. Return the new line's id."""
    from_on = change.from_on if line.from_on is not None else None
    void_line(line, staff_id=staff_id, now=now, is_last=False)
    line_id = _add(line.unit_id, change.field, change.value, from_on, change.note, staff_id, now)
    refresh(local(now).date(), line.unit_id)
    return line_id


def void_line(
    line: UnitChangeRecord, *, staff_id: int, now: datetime, is_last: bool = True
) -> None:
    """Take a line out of the history; it can still be read there."""
    today = local(now).date()
    follow_the_day(today)
    line.voided_at, line.voided_staff = local(now), staff_id
    line.save()
    if is_last:
        refresh(today, line.unit_id)


def _add(
    unit_id: int,
    field: UnitField,
    value: str,
    from_on: date | None,
    note: str,
    staff_id: int,
    now: datetime,
) -> int:
    line = UnitChangeRecord.create(
        unit=unit_id,
        field=field.value,
        value=value,
        from_on=from_on,
        entered_at=local(now),
        staff=staff_id,
        note=note,
    )
    return int(line.id)


def follow_the_day(today: date) -> int:
    """Bring the houses' rows up to a new day; return how many changes have begun (or ended).

    Nothing is written where no change lies between the last day and this one.
    """
    as_of = rows_as_of()
    if as_of is None or as_of == today:
        return 0
    first, last = sorted((as_of, today))
    if not rows("SELECT 1 FROM unit_change WHERE voided_at IS NULL AND from_on > ? AND "
                "from_on <= ? LIMIT 1", first.isoformat(), last.isoformat()):  # fmt: skip
        return 0
    return refresh(today)


def rows_as_of() -> date | None:
    """Return the day of which the houses' rows say the values, None where nothing ever changed."""
    stored = settings.get(_AS_OF)
    return date.fromisoformat(stored) if isinstance(stored, str) else None


def refresh(today: date, unit_id: int | None = None) -> int:
    """Write into one house's row, or all, what its history says of a day; return how many values.

    The caller holds the transaction.
    """
    found = [one for one in differing(today, unit_id) if one[1] is not UnitField.NUMBER]
    for house_id, field, value, _short in found:
        stored = (int(value) if value else None) if field is UnitField.AREA else value
        database.execute_sql(
            f"UPDATE unit SET {COLUMNS[field]} = ?, version = version + 1 "  # noqa: S608 - columns
            "WHERE id = ?",
            (stored, house_id),
        )
    if rows_as_of() != today:
        settings.put(_AS_OF, today.isoformat())
    return len(found)

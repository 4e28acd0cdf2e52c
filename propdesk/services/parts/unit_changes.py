"""Write a change of a house, and keep the house's row as its history says of the present day.

Whatever changes a state or another dated value goes through `write_change`, in its own transaction.
What begins later waits in the history until `begin_due` finds that its day has come.
"""

from dataclasses import replace
from datetime import date, datetime

from propdesk.domain.unit_changes import NewChange, UnitField
from propdesk.services.parts import settings
from propdesk.services.parts.held_values import COLUMNS, differing, held_values
from propdesk.services.parts.writing import local, writing
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
    _follow(today)
    day = change.from_on or date.min
    before = held_values(change.field, day, unit_id)[unit_id]
    if before == change.value:
        return None
    if not _has_lines(unit_id, change.field):
        _add(unit_id, NewChange(change.field, before, None), staff_id, now)
    line_id = _add(unit_id, change, staff_id, now)
    _refresh(today, unit_id)
    return line_id


def fill(unit_id: int, field: UnitField, value: str) -> bool:
    """Say what a house has had all along, where nothing was known and nothing is planned.

    A state is never filled in: a house is seldom let from the first day on.
    """
    if field is UnitField.STATE or _has_lines(unit_id, field) or _present(unit_id, field):
        return False
    _store(unit_id, field, value)
    return True


def record_number(unit_id: int, short: str, *, staff_id: int, now: datetime) -> None:
    """Note in the history what a house is called from today; the caller renames it."""
    if not _has_lines(unit_id, UnitField.NUMBER):
        first = _present(unit_id, UnitField.NUMBER)
        _add(unit_id, NewChange(UnitField.NUMBER, first, None), staff_id, now)
    _add(unit_id, NewChange(UnitField.NUMBER, short, local(now).date()), staff_id, now)


def replace_line(line: UnitChangeRecord, change: NewChange, *, staff_id: int, now: datetime) -> int:
    """Void a line and say it anew; the first one stays the first. Return the new line's id."""
    if line.from_on is None:
        change = replace(change, from_on=None)
    _void(line, staff_id, now)
    line_id = _add(line.unit_id, change, staff_id, now)
    _refresh(local(now).date(), line.unit_id)
    return line_id


def void_line(line: UnitChangeRecord, *, staff_id: int, now: datetime) -> None:
    """Take a line out of what counts; it can still be read in the history."""
    _void(line, staff_id, now)
    _refresh(local(now).date(), line.unit_id)


def _void(line: UnitChangeRecord, staff_id: int, now: datetime) -> None:
    _follow(local(now).date())
    line.voided_at = local(now)
    line.voided_staff_id = staff_id
    line.save()


def _add(unit_id: int, change: NewChange, staff_id: int, now: datetime) -> int:
    line = UnitChangeRecord.create(
        unit=unit_id,
        field=change.field.value,
        value=change.value,
        from_on=change.from_on,
        entered_at=local(now),
        staff=staff_id,
        note=change.note,
    )
    return int(line.id)


def _has_lines(unit_id: int, field: UnitField) -> bool:
    found = rows(
        "SELECT 1 FROM unit_change WHERE unit_id = ? AND field = ? AND voided_at IS NULL LIMIT 1",
        unit_id,
        field.value,
    )
    return bool(found)


def _present(unit_id: int, field: UnitField) -> str:
    column = COLUMNS[field]
    found = rows(
        f"SELECT coalesce(CAST({column} AS TEXT), '') FROM unit WHERE id = ?",  # noqa: S608
        unit_id,
    )
    return str(found[0][0])


def begin_due(today: date) -> int:
    """Let the changes begin whose day has come, in a transaction of its own; return how many."""
    if not _is_behind(today):
        return 0
    with writing():
        return _refresh(today)


def _follow(today: date) -> None:
    """Bring all rows up to the day of a command: at midnight it may be the first to see it."""
    if _is_behind(today):
        _refresh(today)


def _is_behind(today: date) -> bool:
    """Tell whether a change lies between the day of the rows and this one, forwards or back.

    Nothing is stored on a day without one, so that an idle day changes no file.
    """
    as_of = rows_as_of()
    if as_of is None or as_of == today:
        return False
    first, last = sorted((as_of, today))
    found = rows(
        "SELECT 1 FROM unit_change WHERE voided_at IS NULL AND from_on > ? AND from_on <= ? "
        "LIMIT 1",
        first.isoformat(),
        last.isoformat(),
    )
    return bool(found)


def rows_as_of() -> date | None:
    """Return the day of which the houses' rows say the values, None where nothing ever changed."""
    stored = settings.get(_AS_OF)
    return date.fromisoformat(stored) if isinstance(stored, str) else None


def _refresh(today: date, unit_id: int | None = None) -> int:
    """Write into one house's row, or all, what its history says of a day; return how many values.

    Of the others nothing is asked: `_follow` has brought them up to that day.
    """
    found = differing(today, unit_id)
    for house_id, field, value, _short in found:
        _store(house_id, field, value)
    if rows_as_of() != today:
        settings.put(_AS_OF, today.isoformat())
    return len(found)


def _store(unit_id: int, field: UnitField, value: str) -> None:
    stored = (int(value) if value else None) if field is UnitField.AREA else value
    database.execute_sql(
        f"UPDATE unit SET {COLUMNS[field]} = ?, version = version + 1 WHERE id = ?",  # noqa: S608
        (stored, unit_id),
    )

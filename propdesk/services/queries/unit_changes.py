"""The history of a house: what was, is and will be, and what any house had on any day."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.unit_changes import Span, UnitChange, UnitField, spans
from propdesk.domain.units import UnitState
from propdesk.i18n import _
from propdesk.services.parts.held_values import held_values
from propdesk.storage.database import rows

_CHANGE = (
    "SELECT h.id, h.unit_id, h.field, h.value, h.from_on, h.entered_at, s.name, h.note, "
    "h.voided_at, coalesce(v.name, '') FROM unit_change h JOIN staff s ON s.id = h.staff_id "
    "LEFT JOIN staff v ON v.id = h.voided_staff_id WHERE "
)
_ORDER = " ORDER BY h.from_on DESC, h.id DESC"


def _change(row: Sequence[Any]) -> UnitChange:
    return UnitChange(
        id=row[0],
        unit_id=row[1],
        field=UnitField(row[2]),
        value=row[3],
        from_on=date.fromisoformat(row[4]) if row[4] else None,
        entered_at=datetime.fromisoformat(row[5]),
        staff=row[6],
        note=row[7],
        voided_at=datetime.fromisoformat(row[8]) if row[8] else None,
        voided_staff=row[9],
    )


def list_changes(unit_id: int, field: UnitField | None = None) -> tuple[UnitChange, ...]:
    """Return the lines of a house or of one of its fields, newest first, voided ones among them."""
    found = rows(
        _CHANGE + "h.unit_id = ? AND (? = '' OR h.field = ?)" + _ORDER,
        unit_id,
        field or "",
        field or "",
    )
    return tuple(map(_change, found))


def get_change(change_id: int) -> UnitChange:
    """Return one line, or refuse when there is none with this id."""
    found = rows(_CHANGE + "h.id = ?", change_id) if 0 < change_id < 2**63 else []
    if not found:
        raise RuleError(
            "unit-change-unknown",
            _("There is no change {id}; look into the house's history.").format(id=change_id),
        )
    return _change(found[0])


def list_spans(unit_id: int) -> tuple[Span, ...]:
    """Return the values of a house with their days, the newest first whatever they are of.

    What was before the first change stands last.
    """
    lines = list_changes(unit_id)
    found = [span for field in UnitField for span in spans(_of(lines, field))]
    return tuple(
        sorted(found, key=lambda span: (span.line.from_on or date.min, span.line.id), reverse=True)
    )


def get_span(line: UnitChange) -> Span:
    """Return a line with its last day: a later change may end it already."""
    lines = list_changes(line.unit_id, line.field)
    return next((span for span in spans(lines) if span.line.id == line.id), Span(line, None))


def _of(lines: Iterable[UnitChange], field: UnitField) -> list[UnitChange]:
    return [line for line in lines if line.field is field]


def list_coming(today: date, unit_id: int | None = None) -> tuple[UnitChange, ...]:
    """Return the changes that wait for their day, of one house or all, the next one first."""
    found = rows(
        _CHANGE + "h.voided_at IS NULL AND h.from_on > ? AND (? IS NULL OR h.unit_id = ?) "
        "ORDER BY h.from_on, h.id",
        today.isoformat(),
        unit_id,
        unit_id,
    )
    return tuple(map(_change, found))


def count_changes(unit_id: int) -> int:
    """Return how many changes of a house count, without the lines that say what was before."""
    found = rows(
        "SELECT count(*) FROM unit_change WHERE unit_id = ? AND voided_at IS NULL "
        "AND from_on IS NOT NULL",
        unit_id,
    )
    return int(found[0][0])


def value_on(unit_id: int, field: UnitField, day: date) -> str:
    """Return what a house had on a day, as it is stored; '' where nothing is said."""
    return held_values(field, day, unit_id).get(unit_id, "")


def states_on(day: date) -> dict[int, UnitState | None]:
    """Return the state of every house on a day, None where none is known."""
    found = held_values(UnitField.STATE, day)
    return {unit_id: UnitState(value) if value else None for unit_id, value in found.items()}

"""A house is being decorated while its works go on, and then again what it was before."""

from datetime import date, datetime

from propdesk.domain.unit_changes import NewChange, UnitField
from propdesk.domain.units import UnitState
from propdesk.services.parts.held_values import held_values
from propdesk.services.parts.unit_changes import write_change
from propdesk.storage.database import rows

# Who decorates for the first time moves in when he likes. What was decorating as long as is known
# is empty when it is done.
_BEFORE_LIVING = frozenset(
    {UnitState.UNSOLD.value, UnitState.UNDELIVERED.value, UnitState.DECORATING.value}
)


def begin_works(unit_id: int, from_on: date, number: str, *, staff_id: int, now: datetime) -> None:
    """Let the house be decorating from its works' first day; the caller holds the transaction."""
    change = NewChange(UnitField.STATE, UnitState.DECORATING.value, from_on, number)
    write_change(unit_id, change, staff_id=staff_id, now=now)


def end_works(
    unit_id: int, from_on: date, ended_on: date, number: str, *, staff_id: int, now: datetime
) -> None:
    """Give the house the state back that it had before the works, vacant where nobody lived there.

    What a clerk has said otherwise meanwhile stands. Works that never began leave no trace. Where
    the house was said to be decorating before its permit, what was before that counts.
    """
    day = max(from_on, ended_on)
    if _state(unit_id, day) != UnitState.DECORATING:
        return
    before = _before(unit_id, from_on)
    if before in _BEFORE_LIVING:
        before = UnitState.VACANT.value
    change = NewChange(UnitField.STATE, before, day, number)
    write_change(unit_id, change, staff_id=staff_id, now=now)


def _before(unit_id: int, day: date) -> str:
    """Return the last state before a day in which the house was no building site."""
    found = rows(
        "SELECT value FROM unit_change WHERE unit_id = ? AND field = ? AND voided_at IS NULL "
        "AND value <> ? AND (from_on IS NULL OR from_on < ?) ORDER BY from_on DESC, id DESC "
        "LIMIT 1",
        unit_id,
        UnitField.STATE.value,
        UnitState.DECORATING.value,
        day.isoformat(),
    )
    return str(found[0][0]) if found else UnitState.DECORATING.value


def _state(unit_id: int, day: date) -> str:
    return held_values(UnitField.STATE, day, unit_id)[unit_id]

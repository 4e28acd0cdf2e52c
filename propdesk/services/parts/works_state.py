"""A house is being decorated while its works go on, and then again what it was before."""

from datetime import date, datetime

from propdesk.domain.unit_changes import NewChange, UnitField
from propdesk.domain.units import UnitState
from propdesk.services.parts.held_values import held_values
from propdesk.services.parts.unit_changes import write_change

# Who decorates for the first time moves in when he likes.
_BEFORE_LIVING = frozenset({UnitState.UNSOLD.value, UnitState.UNDELIVERED.value})


def begin_works(unit_id: int, from_on: date, number: str, *, staff_id: int, now: datetime) -> None:
    """Let the house be decorating from its works' first day; the caller holds the transaction."""
    change = NewChange(UnitField.STATE, UnitState.DECORATING.value, from_on, number)
    write_change(unit_id, change, staff_id=staff_id, now=now)


def end_works(
    unit_id: int, from_on: date, ended_on: date, number: str, *, staff_id: int, now: datetime
) -> None:
    """Give the house the state back that it had before the works, vacant where nobody lived there.

    What a clerk has said otherwise meanwhile stands. Works that never began leave no trace.
    """
    day = max(from_on, ended_on)
    if _state(unit_id, day) != UnitState.DECORATING:
        return
    before = _state(unit_id, date.fromordinal(from_on.toordinal() - 1))
    if before in _BEFORE_LIVING:
        before = UnitState.VACANT.value
    change = NewChange(UnitField.STATE, before, day, number)
    write_change(unit_id, change, staff_id=staff_id, now=now)


def _state(unit_id: int, day: date) -> str:
    return held_values(UnitField.STATE, day, unit_id)[unit_id]

"""Rounds: one walk of a plan at one time, planned, late, missed or done (law.md 1.9).

Late and missed are told from the times and never stored: a round that was not done when its time
was over stays visible for ever, also when another made up for it. While its sheet is out and may
still be entered nobody calls it missed: the guard of the night brings his paper in the morning.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from propdesk.domain.check_items import InspectionKind
from propdesk.i18n import LazyText, _lazy


class PlanScope(StrEnum):
    """Where a plan leads: along points, or to every house in a state."""

    ROUTE = "route"
    VACANT = "vacant"
    DECORATING = "decorating"


class Anchor(StrEnum):
    """What the next day is counted from."""

    CALENDAR = "calendar"
    COMPLETED = "completed"


class Shift(StrEnum):
    """When in the day."""

    ANY = ""
    DAY = "day"
    EARLY = "early"
    MIDDLE = "middle"
    LATE = "late"
    NIGHT = "night"


class RoundState(StrEnum):
    """What is stored of a round."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


OPEN_STATES = frozenset({RoundState.PLANNED, RoundState.RUNNING})


class Standing(StrEnum):
    """How a round stands at a moment; told, not stored."""

    PLANNED = "planned"
    RUNNING = "running"
    MISSED = "missed"
    DONE = "done"
    DONE_LATE = "done-late"
    CANCELLED = "cancelled"


PLAN_SCOPE_LABELS: Mapping[PlanScope, LazyText] = {
    PlanScope.ROUTE: _lazy("A route of points"),
    PlanScope.VACANT: _lazy("Every vacant house"),
    PlanScope.DECORATING: _lazy("Every house with works going on"),
}

ANCHOR_LABELS: Mapping[Anchor, LazyText] = {
    Anchor.CALENDAR: _lazy("By the calendar"),
    Anchor.COMPLETED: _lazy("After it was last done"),
}

SHIFT_LABELS: Mapping[Shift, LazyText] = {
    Shift.ANY: _lazy("Any time"),
    Shift.DAY: _lazy("Day shift"),
    Shift.EARLY: _lazy("Early shift"),
    Shift.MIDDLE: _lazy("Middle shift"),
    Shift.LATE: _lazy("Late shift"),
    Shift.NIGHT: _lazy("Night shift"),
}

STANDING_LABELS: Mapping[Standing, LazyText] = {
    Standing.PLANNED: _lazy("Planned"),
    Standing.RUNNING: _lazy("Being entered"),
    Standing.MISSED: _lazy("Missed"),
    Standing.DONE: _lazy("Done"),
    Standing.DONE_LATE: _lazy("Done late"),
    Standing.CANCELLED: _lazy("Called off"),
}


def standing_of(
    state: RoundState,
    due_at: datetime,
    done_at: datetime | None,
    now: datetime,
    *,
    entry_hours: int = 0,
) -> Standing:
    """Return how a round stands at `now`; `due_at` is the end of its tolerance.

    `entry_hours` is how long after it the sheet of the round may still be entered, 0 without one.
    """
    if state is RoundState.CANCELLED:
        return Standing.CANCELLED
    if done_at is not None:
        return Standing.DONE if done_at <= due_at else Standing.DONE_LATE
    if now > due_at + timedelta(hours=entry_hours):
        return Standing.MISSED
    return Standing.RUNNING if state is RoundState.RUNNING else Standing.PLANNED


@dataclass(frozen=True, slots=True)
class Round:
    """A round for lists: its plan, when it is due, who walks, and what came of it.

    `id` is 0 for one that is still to come and not stored; `items`, `filled` and `abnormal` count
    what is on its sheet; `made_up_by` is the round that makes up for it, `is_made_up` tells that it
    was done, `makes_up` is the missed one.
    """

    id: int
    plan_id: int
    code: str
    name: str
    kind: InspectionKind
    day: date
    clock: str
    shift: Shift
    due_at: datetime
    state: RoundState
    standing: Standing
    walker: str = ""
    latest_on: date | None = None
    sheet: str = ""
    items: int = 0
    filled: int = 0
    abnormal: int = 0
    done_at: datetime | None = None
    entered_at: datetime | None = None
    makes_up: int | None = None
    made_up_by: int | None = None
    is_made_up: bool = False
    note: str = ""
    version: int = 0

    def may_move(self, now: datetime) -> bool:
        """Tell whether it may be postponed or called off: its time is not over."""
        return self.state in OPEN_STATES and now <= self.due_at

    def may_be_made_up_for(self, now: datetime) -> bool:
        """Tell whether another round may make up for it: its time is over without it."""
        return self.state in OPEN_STATES and now > self.due_at and self.made_up_by is None

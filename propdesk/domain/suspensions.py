"""Obstacles that suspend the limitation of a claim (Civil Code 194, law.md 1.3).

Only an obstacle within the last six months of the period suspends it. Once it is gone, the period
ends six months later; while it goes on, it has no end, and what is told is the earliest that can
still be: six months from today.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from propdesk.domain.errors import Problem
from propdesk.domain.fee_periods import add_months
from propdesk.domain.fields import Problems, check_text
from propdesk.i18n import LazyText, _, _lazy


class Obstacle(StrEnum):
    """Why a claim cannot be made, in the order of Civil Code 194(1)."""

    FORCE_MAJEURE = "force-majeure"
    NO_REPRESENTATIVE = "no-representative"
    NO_HEIR = "no-heir"
    CONTROLLED = "controlled"
    OTHER = "other"


OBSTACLE_LABELS: Mapping[Obstacle, LazyText] = {
    Obstacle.FORCE_MAJEURE: _lazy("Force majeure"),
    Obstacle.NO_REPRESENTATIVE: _lazy("Debtor without legal representative"),
    Obstacle.NO_HEIR: _lazy("Heir or administrator not settled"),
    Obstacle.CONTROLLED: _lazy("Creditor controlled by the debtor"),
    Obstacle.OTHER: _lazy("Another obstacle"),
}


@dataclass(frozen=True, slots=True)
class Suspension:
    """An obstacle from one day to another; `until_on` is the day on which it was gone.

    None is an obstacle that goes on.
    """

    obstacle: Obstacle
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class SuspensionDraft:
    """An obstacle as it is typed; the note says how it is known, and where the proof is."""

    obstacle: Obstacle
    from_on: date
    until_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NotedSuspension:
    """An obstacle as it was written down; a wrong one is voided and stays."""

    id: int
    unit_id: int
    unit: str
    obstacle: Obstacle
    from_on: date
    until_on: date | None
    note: str
    entered_at: datetime
    by: str
    voided_at: datetime | None
    voided_by: str
    void_reason: str

    @property
    def suspension(self) -> Suspension:
        """What the limitation is reckoned with."""
        return Suspension(self.obstacle, self.from_on, self.until_on)


def check_suspension(draft: SuspensionDraft, today: date) -> Problems:
    """Return what is wrong with an obstacle; days that are still to come prove nothing (F31)."""
    found = list(
        check_text(
            "note", draft.note, _("Write down how this is known, and where the proof is kept.")
        )
    )
    if draft.from_on > today:
        found.append(Problem("from_on", _("This day lies in the future.")))
    if draft.until_on is not None and draft.until_on > today:
        found.append(
            Problem("until_on", _("This day lies in the future; leave it empty while it goes on."))
        )
    elif draft.until_on is not None and draft.until_on < draft.from_on:
        found.append(Problem("until_on", _("It was gone before it began; swap the days.")))
    return tuple(found)


def suspended_end(
    last_on: date, suspensions: Iterable[Suspension], months: int, today: date
) -> tuple[date, Suspension | None]:
    """Return when a period ends that would end on `last_on`, and the obstacle that moved it last.

    An obstacle that began earlier counts from the moment at which it reaches the last six months;
    one that was gone before them counts for nothing.
    """
    moved_by = None
    for one in sorted(suspensions, key=lambda each: (each.from_on, each.until_on or date.max)):
        gone_on = one.until_on or max(today, one.from_on)
        # The last months begin on the day after: counted back from the end (Civil Code 201, 202).
        if one.from_on > last_on or gone_on <= add_months(last_on, -months):
            continue
        end = add_months(gone_on, months)
        if end > last_on:
            last_on, moved_by = end, one
    return last_on, moved_by

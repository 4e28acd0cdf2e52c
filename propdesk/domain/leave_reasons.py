"""Why customers leave (R84): seven reasons with their reference split, and what a year shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from propdesk.i18n import LazyText, _lazy


class LeaveReason(StrEnum):
    """Why customers leave: the seven of the office's training material, and others (R84)."""

    DIED = "died"
    MOVED_AWAY = "moved-away"
    TASTE = "taste"
    FRIENDS = "friends"
    BETTER_OFFER = "better-offer"
    DISSATISFIED = "dissatisfied"
    INDIFFERENCE = "indifference"
    OTHER = "other"


REASON_LABELS: Mapping[LeaveReason, LazyText] = {
    LeaveReason.DIED: _lazy("Died"),
    LeaveReason.MOVED_AWAY: _lazy("Moved away"),
    LeaveReason.TASTE: _lazy("Preferences changed"),
    LeaveReason.FRIENDS: _lazy("On the advice of friends"),
    LeaveReason.BETTER_OFFER: _lazy("Better elsewhere"),
    LeaveReason.DISSATISFIED: _lazy("Dissatisfied with the service"),
    LeaveReason.INDIFFERENCE: _lazy("Felt treated with indifference"),
    LeaveReason.OTHER: _lazy("Other reasons"),
}

REFERENCE_PERCENT: Mapping[LeaveReason, int] = {
    LeaveReason.DIED: 1,
    LeaveReason.MOVED_AWAY: 3,
    LeaveReason.TASTE: 4,
    LeaveReason.FRIENDS: 5,
    LeaveReason.BETTER_OFFER: 9,
    LeaveReason.DISSATISFIED: 10,
    LeaveReason.INDIFFERENCE: 68,
}
"""The split that the training material names (R84); a reference, not a measurement."""


@dataclass(frozen=True, slots=True)
class ReasonShare:
    """A reason in a year: how often, which share (0 to 1), and the reference's share."""

    reason: LeaveReason
    count: int
    share: float
    reference: float | None


@dataclass(frozen=True, slots=True)
class ReasonYear:
    """A year's reasons in the reference's order, the year before beside them."""

    year: int
    rows: tuple[ReasonShare, ...]
    total: int
    before: Mapping[LeaveReason, int]

    @property
    def total_before(self) -> int:
        """All of the year before."""
        return sum(self.before.values())


def reason_year(year: int, counts: Mapping[str, int], before: Mapping[str, int]) -> ReasonYear:
    """Return what a year shows beside the reference; every reason has its row."""
    total = sum(counts.values())
    rows = tuple(
        ReasonShare(
            reason,
            counts.get(reason, 0),
            counts.get(reason, 0) / total if total else 0.0,
            REFERENCE_PERCENT[reason] / 100 if reason in REFERENCE_PERCENT else None,
        )
        for reason in LeaveReason
    )
    return ReasonYear(year, rows, total, {one: before.get(one, 0) for one in LeaveReason})

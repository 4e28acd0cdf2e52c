"""Days that the law or a contract sets: told 90, 60, 30 days ahead, overdue for ever (law.md 1.9).

A lift that stood still for a year is inspected before it runs again (TSG T7001-2023); such a thing
has no day of its own: it waits until somebody has it inspected.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from propdesk.domain.assets import Asset, AssetKind, AssetState
from propdesk.i18n import LazyText, _, _lazy, ngettext

REUSE_SOURCE = "TSG T7001-2023"


class DateKind(StrEnum):
    """What ends or is due on a day."""

    PLAN = "plan"
    REUSE = "reuse"
    LICENCE = "licence"
    WARRANTY = "warranty"
    CONTRACT = "contract"
    VENDOR_LICENCE = "vendor-licence"


DATE_LABELS: Mapping[DateKind, LazyText] = {
    DateKind.PLAN: _lazy("Statutory round"),
    DateKind.REUSE: _lazy("Inspection before re-use"),
    DateKind.LICENCE: _lazy("Registration or licence ends"),
    DateKind.WARRANTY: _lazy("Warranty ends"),
    DateKind.CONTRACT: _lazy("Contract ends"),
    DateKind.VENDOR_LICENCE: _lazy("Licence of the company ends"),
}


@dataclass(frozen=True, slots=True)
class StatutoryDate:
    """A day that must not be missed: of what, of which things or company, by which source.

    `warning` is the nearest of the office's steps (90, 60, 30) that it has reached, None before
    the first. `verified` tells whether the source was checked.
    """

    kind: DateKind
    subject: str
    day: date
    days_left: int = 0
    warning: int | None = None
    where: str = ""
    asset_ids: tuple[int, ...] = ()
    plan_id: int | None = None
    vendor_id: int | None = None
    contract_id: int | None = None
    source: str = ""
    verified: bool = True

    @property
    def is_overdue(self) -> bool:
        """Tell whether the day is over."""
        return self.days_left < 0

    @property
    def is_warned(self) -> bool:
        """Tell whether it is time to say something."""
        return self.is_overdue or self.warning is not None


def reached(days_left: int, warnings: Sequence[int]) -> int | None:
    """Return the nearest step of the warnings that so many days have reached."""
    return min((step for step in warnings if days_left <= step), default=None)


def left_words(one: StatutoryDate) -> str:
    """Return how long there is still time, in words."""
    if one.kind is DateKind.REUSE:
        return _("before it runs again")
    if one.days_left == 0:
        return _("today is the last day")
    days = abs(one.days_left)
    if one.is_overdue:
        return ngettext("{count} day over", "{count} days over", days).format(count=days)
    return ngettext("{count} day left", "{count} days left", days).format(count=days)


def needs_inspection_before_reuse(asset: Asset, today: date) -> bool:
    """Tell whether a lift stood still for a year or more, and may not simply run again."""
    draft = asset.draft
    if draft.kind is not AssetKind.LIFT or draft.state is not AssetState.STOPPED:
        return False
    return draft.state_on is not None and a_year_after(draft.state_on) <= today


def a_year_after(day: date) -> date:
    """Return the same day of the next year."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # the 29th of February
        return date(day.year + 1, 3, 1)

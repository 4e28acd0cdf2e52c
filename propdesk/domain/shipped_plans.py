"""Schedules that the program ships (law.md 1.9): what an office takes over as its own plans."""

from dataclasses import dataclass

from propdesk.domain.assets import AssetKind
from propdesk.domain.check_items import InspectionKind
from propdesk.domain.rounds import Anchor, PlanScope


@dataclass(frozen=True, slots=True)
class ShippedPlan:
    """A schedule with the text that asks for it; `verified` where the text itself was read.

    `templates` are filled in at each point in this order; a route leads to the points of all
    things of `asset_kind`, or to points that the office names. With `by_vendor` a company does it,
    `department` is the code of the one whose staff walk.
    """

    key: str
    name: str
    kind: InspectionKind
    templates: tuple[str, ...]
    rule: str
    source: str
    verified: bool
    anchor: Anchor
    scope: PlanScope
    times: tuple[str, ...] = ()
    one_sheet: bool = False
    before_days: int = 0
    tolerance_minutes: int = 0
    latest_days: int | None = None
    asset_kind: AssetKind | None = None
    by_vendor: bool = False
    department: str = ""
    note: str = ""

"""Prices of an item: from-to, for whom, what they rest on, steps, floors, vacancy, late fee."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from propdesk.domain.fee_items import ShareBy
from propdesk.domain.fee_tiers import Tier, TierBase


@dataclass(frozen=True, slots=True)
class FloorFactor:
    """What the floors from `low` to `high` (None: and above) pay, in percent of the price."""

    low: int
    high: int | None
    percent: int

    def covers(self, floor: int) -> bool:
        """Tell whether a floor is one of them."""
        return self.low <= floor and (self.high is None or floor <= self.high)


@dataclass(frozen=True, slots=True)
class Tariff:
    """A price from the first to the last day (None: open), for a building, community or all.

    `price_e4` is in ten-thousandths of a yuan: per m² and month, per month and piece, per unit of
    usage, or once. `vacancy_percent` is what a vacant house still pays after
    `vacancy_after_months`. `late_rate_e6` are millionths a day, 0 is no late fee.
    """

    id: int
    fee_item_id: int
    from_on: date
    until_on: date | None = None
    community_id: int | None = None
    building_id: int | None = None
    price_e4: int = 0
    tiers: tuple[Tier, ...] = ()
    tier_base: TierBase = TierBase.MONTH
    share_by: ShareBy | None = None
    floor_factors: tuple[FloorFactor, ...] = ()
    vacancy_percent: int | None = None
    vacancy_after_months: int = 0
    basis_id: int | None = None
    basis: str = ""
    basis_note: str = ""
    cap_e4: int | None = None
    cap_source: str = ""
    late_rate_e6: int = 0
    late_clause: str = ""
    late_grace_days: int = 0
    late_cap_percent: int | None = None
    note: str = ""
    entered_at: datetime | None = None
    staff: str = ""
    place: str = ""
    voided_at: datetime | None = None
    void_reason: str = ""

    def covers(self, day: date) -> bool:
        """Tell whether the price holds on a day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    def is_for(self, building_id: int, community_id: int) -> bool:
        """Tell whether the price is one of a building's or of its community's."""
        return self.building_id in (None, building_id) and self.community_id in (None, community_id)

    @property
    def narrowness(self) -> int:
        """How narrow it is meant: office 0, community 1, building 2; the narrower one holds."""
        return 2 if self.building_id is not None else 1 if self.community_id is not None else 0


def tariff_on(tariffs: Iterable[Tariff], day: date) -> Tariff | None:
    """Return the price that holds on a day among those of one item and place, else None."""
    on_day = [tariff for tariff in tariffs if tariff.voided_at is None and tariff.covers(day)]
    return max(on_day, key=lambda tariff: tariff.narrowness, default=None)


def span_text(from_on: date, until_on: date | None) -> str:
    """Return first and last day: `2026-01-01 – 2026-12-31`, open without an end."""
    return f"{from_on} – {until_on or ''}".rstrip()

"""The shares of a common cost among houses, with their own usage where that is the rule."""

from collections.abc import Sequence
from datetime import date

from propdesk.domain.fee_amounts import Chargeable
from propdesk.domain.fee_items import FeeItem, ShareBy
from propdesk.domain.shared_costs import SharedCost, Shares, share_cost
from propdesk.services.parts.meter_usage import usage_between


def share_among(cost: SharedCost, item: FeeItem, houses: Sequence[Chargeable]) -> Shares:
    """Return what each of the houses of its place bears of a cost, or what keeps it from that."""
    used = _used_in(item, cost.from_on, cost.until_on) if cost.share_by is ShareBy.USAGE else {}
    return share_cost(cost, item, houses, used)


def _used_in(item: FeeItem, from_on: date, until_on: date) -> dict[int, int | None]:
    """Return what each house's own meters counted, None where one of them cannot say."""
    if item.meter_kind is None:
        return {}
    found: dict[int, int | None] = {}
    for unit_id, meters in usage_between(item.meter_kind.value, from_on, until_on).items():
        counted = [one.usage_milli for one in meters]
        known = [one for one in counted if one is not None]
        found[unit_id] = sum(known) if len(known) == len(counted) else None
    return found

"""Common costs that are shared, the latest first, with what was billed of each."""

from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.fee_items import Formula, ShareBy
from propdesk.domain.shared_costs import SharedCost, SharedCostDraft, check_shared_cost
from propdesk.i18n import _
from propdesk.services.parts.chargeables import Scope, load_chargeables
from propdesk.services.parts.cost_shares import share_among
from propdesk.services.parts.cost_tables import load_costs
from propdesk.services.queries.fee_items import find_item, get_item, list_items


@dataclass(frozen=True, slots=True)
class HouseShare:
    """What a house bears of a cost: base and amount; or `problem`, which keeps all from sharing.

    `base` is dm² by area, 1 by household, thousandths by usage.
    """

    unit_id: int
    unit: str
    base: int
    amount_fen: int
    is_exempt: bool = False
    code: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class CostShares:
    """How a cost is shared: the houses in their order, and the base of all of them together.

    Where one lacks what the rule needs, nothing is shared and those houses alone are named.
    """

    total_fen: int
    share_by: ShareBy
    base_total: int
    houses: tuple[HouseShare, ...]

    @property
    def is_shared(self) -> bool:
        """Whether the cost can be shared."""
        return any(not one.problem for one in self.houses)

    @property
    def exempt_fen(self) -> int:
        """What stays with the office, because its houses need not pay."""
        return sum(one.amount_fen for one in self.houses if one.is_exempt)


def list_shared_costs(
    *, fee_item_id: int | None = None, also_voided: bool = False, limit: int = 500
) -> tuple[SharedCost, ...]:
    """Return common costs, the latest period first."""
    conditions, values = ["1"], []
    if fee_item_id is not None:
        conditions.append("c.fee_item_id = ?")
        values.append(fee_item_id)
    if not also_voided:
        conditions.append("c.voided_at IS NULL")
    where = f"WHERE {' AND '.join(conditions)} ORDER BY c.from_on DESC, c.id DESC LIMIT ?"
    return load_costs(where, *values, limit)


def get_shared_cost(cost_id: int) -> SharedCost:
    """Return a common cost, or refuse."""
    found = load_costs("WHERE c.id = ?", cost_id)
    if not found:
        raise RuleError("cost-unknown", _("There is no shared cost {id}.").format(id=cost_id))
    return found[0]


def preview_shares(item_code: str, draft: SharedCostDraft) -> CostShares:
    """Return how a cost would be shared, before it is entered. Raises DraftError and RuleError."""
    item = find_item(item_code)
    problems = check_shared_cost(draft)
    if problems:
        raise DraftError(problems)
    cost = SharedCost(
        id=0,
        fee_item_id=item.id,
        item=item.name,
        from_on=draft.from_on,
        until_on=draft.until_on,
        total_fen=draft.total_fen,
        share_by=draft.share_by,
        community_id=draft.community_id,
        building_id=draft.building_id,
        place="",
        usage_milli=draft.usage_milli,
        document=draft.document,
        entered_at=datetime.min,
        by="",
    )
    return list_shares(cost)


def list_shares(cost: SharedCost) -> CostShares:
    """Return how a cost is shared among the houses of its place, as they are today."""
    item = get_item(cost.fee_item_id)
    if cost.share_by is ShareBy.USAGE and item.meter_kind is None:
        raise RuleError(
            "share-needs-meter",
            _(
                "«{item}» names no kind of meter, so nobody's usage is known. Say which meters "
                "count in the fee item, or share by area or household."
            ).format(item=item.name),
        )
    houses = load_chargeables(Scope(cost.community_id, cost.building_id))
    found = share_among(cost, item, houses)
    if found.missing:
        lines = [HouseShare(one.unit_id, one.short, 0, 0, code=code, problem=text)
                 for one, code, text in found.missing]  # fmt: skip
        return CostShares(cost.total_fen, cost.share_by, found.base_total, tuple(lines))
    lines = []
    for one in houses:
        share = found.shares.get(one.unit_id) or found.exempt.get(one.unit_id)
        if share is not None:
            free = one.unit_id in found.exempt
            lines.append(HouseShare(one.unit_id, one.short, share.base, share.amount_fen, free))
    return CostShares(cost.total_fen, cost.share_by, found.base_total, tuple(lines))


def list_shared_items() -> tuple[tuple[str, str], ...]:
    """Return code and name of the items that share a cost and are switched on."""
    return tuple(
        (item.code, item.name)
        for item in list_items(active_only=True)
        if item.formula is Formula.SHARED
    )

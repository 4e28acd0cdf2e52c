"""Common costs that are shared, the latest first, with what was billed of each."""

from propdesk.domain.errors import RuleError
from propdesk.domain.shared_costs import SharedCost
from propdesk.i18n import _
from propdesk.services.parts.cost_tables import load_costs


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

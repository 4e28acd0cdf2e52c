"""Enter what a building or community spent in common, and void what was entered wrongly (R98).

A cost is never changed: a wrong one is voided and entered anew, so that a bill that was sent can
be explained for ever.
"""

from datetime import datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_items import Formula
from propdesk.domain.money import money_words
from propdesk.domain.shared_costs import SharedCost, SharedCostDraft, check_shared_cost
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line
from propdesk.i18n import _
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.fee_items import find_item
from propdesk.services.queries.shared_costs import get_shared_cost
from propdesk.storage.charging import SharedCostRecord
from propdesk.storage.database import rows


def enter_shared_cost(
    item_code: str, draft: SharedCostDraft, *, by: int, now: datetime
) -> SharedCost:
    """Store a common cost; the next run of its months bills each house its share."""
    with writing():
        who = fee_actor(by, Right.CHARGE)
        item = find_item(item_code)
        if item.formula is not Formula.SHARED:
            raise RuleError(
                "item-not-shared",
                _("«{item}» is not shared out; choose an item that is a shared cost.").format(
                    item=item.name
                ),
            )
        refuse(check_shared_cost(draft))
        _check_place(draft)
        _check_once(item.id, draft)
        record = SharedCostRecord.create(
            fee_item=item.id,
            community=draft.community_id,
            building=draft.building_id,
            from_on=draft.from_on,
            until_on=draft.until_on,
            total_fen=draft.total_fen,
            usage_milli=draft.usage_milli,
            share_by=draft.share_by.value,
            document=clean_line(draft.document),
            entered_at=local(now),
            staff=who.id,
        )
        return get_shared_cost(record.id)


def void_shared_cost(cost_id: int, *, by: int, now: datetime) -> SharedCost:
    """Void a common cost that was entered wrongly; its bills have to be void before."""
    with writing():
        fee_actor(by, Right.CHARGE)
        cost = get_shared_cost(cost_id)
        if cost.voided_at is not None:
            raise RuleError("cost-voided", _("This shared cost is void already."))
        if cost.bills:
            raise RuleError(
                "cost-billed",
                _(
                    "{count} bills of {total} yuan share this cost. Undo their run first, then "
                    "the cost can be voided and entered anew."
                ).format(count=cost.bills, total=money_words(cost.billed_fen)),
            )
        record = SharedCostRecord.get_by_id(cost_id)
        record.voided_at = local(now)
        record.save()
        return get_shared_cost(cost_id)


def _check_place(draft: SharedCostDraft) -> None:
    if draft.community_id is not None and draft.building_id is not None:
        raise RuleError(
            "cost-place", _("A cost is shared by a building or a community, not by both.")
        )


def _check_once(item_id: int, draft: SharedCostDraft) -> None:
    """Refuse a cost that stands already for these days and this place."""
    found = rows(
        "SELECT id, from_on, until_on, total_fen FROM shared_cost WHERE fee_item_id = ? "
        "AND voided_at IS NULL AND community_id IS ? AND building_id IS ? "
        "AND from_on <= ? AND until_on >= ? AND document = ?",
        item_id,
        draft.community_id,
        draft.building_id,
        draft.until_on.isoformat(),
        draft.from_on.isoformat(),
        clean_line(draft.document),
    )
    if found:
        _id, from_on, until_on, total = found[0]
        raise RuleError(
            "cost-exists",
            _(
                "{total} yuan from {first} to {last} are entered for this place already. Void "
                "them first, or name another document."
            ).format(total=money_words(total), first=from_on, last=until_on),
        )

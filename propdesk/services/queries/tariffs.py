"""Prices of the items: of one or all, on a day, for a place; void ones when asked for."""

from datetime import date

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_items import FeeItem
from propdesk.domain.tariff_drafts import TariffDraft, clean_tariff, doubts
from propdesk.domain.tariffs import Tariff
from propdesk.i18n import _
from propdesk.services.parts.fee_tables import find_tariffs
from propdesk.services.parts.price_rules import price_rules


def list_tariffs(
    item_id: int | None = None, *, on: date | None = None, with_void: bool = False
) -> tuple[Tariff, ...]:
    """Return the prices of an item or of all, the newest first; `on` those of that day."""
    where = "WHERE (? IS NULL OR t.fee_item_id = ?)"
    if not with_void:
        where += " AND t.voided_at IS NULL"
    found = find_tariffs(where, item_id, item_id)
    return tuple(tariff for tariff in found if on is None or tariff.covers(on))


def get_tariff(tariff_id: int) -> Tariff:
    """Return a price, or refuse when there is none with this id."""
    found = find_tariffs("WHERE t.id = ?", tariff_id) if 0 < tariff_id < 2**63 else ()
    if not found:
        raise RuleError("tariff-unknown", _("There is no price {id}.").format(id=tariff_id))
    return found[0]


def list_doubts(draft: TariffDraft, item: FeeItem) -> tuple[str, ...]:
    """Return what is doubtful about a price before it is stored (R96)."""
    return doubts(clean_tariff(draft), item, price_rules(draft.from_on))

"""Store a price beside the others: what it overlaps, what it closes, what is doubtful about it.

The caller holds the transaction and has checked the right.
"""

from dataclasses import dataclass
from datetime import date, datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_items import FeeItem
from propdesk.domain.fee_periods import day_before
from propdesk.domain.tariff_drafts import (
    TariffDraft,
    check_tariff,
    clashing,
    clean_tariff,
    closes,
    doubts,
    overlap,
)
from propdesk.domain.tariffs import Tariff
from propdesk.i18n import _
from propdesk.services.parts.fee_tables import find_tariffs, floors_stored, tiers_stored
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.price_rules import price_rules
from propdesk.services.parts.writing import local
from propdesk.storage.charging import TariffRecord
from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class StoredTariff:
    """A price that was stored, the one that it closed, and what is doubtful about it."""

    tariff: Tariff
    closed: Tariff | None = None
    doubts: tuple[str, ...] = ()


def store_tariff(
    draft: TariffDraft, item: FeeItem, *, by: int, now: datetime, import_id: int | None = None
) -> StoredTariff:
    """Store a price, or refuse it: what is wrong with it, or the price that it overlaps."""
    draft = clean_tariff(draft)
    refuse(check_tariff(draft, item))
    closed = _make_room(draft, item)
    record = TariffRecord.create(
        fee_item=draft.fee_item_id,
        community=draft.community_id,
        building=draft.building_id,
        from_on=draft.from_on,
        until_on=draft.until_on,
        price_e4=draft.price_e4,
        tiers=tiers_stored(draft.tiers, draft.tier_base),
        share_by=draft.share_by.value if draft.share_by else "",
        floor_factors=floors_stored(draft.floor_factors),
        vacancy_percent=draft.vacancy_percent,
        vacancy_after_months=draft.vacancy_after_months,
        basis=draft.basis_id,
        basis_note=draft.basis_note,
        cap_e4=draft.cap_e4,
        cap_source=draft.cap_source,
        late_rate_e6=draft.late_rate_e6,
        late_clause=draft.late_clause,
        late_grace_days=draft.late_grace_days,
        late_cap_percent=draft.late_cap_percent,
        note=draft.note,
        entered_at=local(now),
        staff=by,
        import_id=import_id,
    )
    found = doubts(draft, item, price_rules(draft.from_on))
    if closed is not None:
        found = (*found, *_billed_beyond(closed, draft.from_on))
    stored = find_tariffs("WHERE t.id = ?", record.id)[0]
    return StoredTariff(stored, closed, found)


def place_name(tariff: Tariff) -> str:
    """Return for whom a price is, in words."""
    return tariff.place or _("all houses")


def _make_room(draft: TariffDraft, item: FeeItem) -> Tariff | None:
    """Close the open price before a draft where it says so; refuse every other overlap."""
    others = find_tariffs("WHERE t.voided_at IS NULL AND t.fee_item_id = ?", item.id)
    found = clashing(draft, others)
    if len(found) == 1 and draft.closes_open and closes(draft, found[0]):
        until_on = day_before(draft.from_on)
        TariffRecord.update(until_on=until_on).where(TariffRecord.id == found[0].id).execute()
        return find_tariffs("WHERE t.id = ?", found[0].id)[0]
    for other in found:
        raise overlap(draft, other, item.name, place_name(other))
    return None


def _billed_beyond(closed: Tariff, from_on: date) -> tuple[str, ...]:
    """Return that bills at the price that ended reach beyond its last day, if any do."""
    count = rows(
        "SELECT count(*) FROM bill WHERE tariff_id = ? AND voided_at IS NULL AND until_on >= ?",
        closed.id,
        from_on.isoformat(),
    )[0][0]
    if not count:
        return ()
    text = _(
        "{count} bills at the earlier price reach beyond {day}. Undo their run and run it again."
    )
    return (text.format(count=count, day=closed.until_on),)


def check_unbilled(tariff: Tariff) -> None:
    """Refuse to void a price that bills rest on."""
    count = rows("SELECT count(*) FROM bill WHERE tariff_id = ? AND voided_at IS NULL", tariff.id)[
        0
    ][0]
    if count:
        raise RuleError(
            "tariff-billed",
            _(
                "{count} bills rest on this price. Undo their run first, or let a new price "
                "begin where it changes."
            ).format(count=count),
        )

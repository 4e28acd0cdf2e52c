"""Enter prices with what they rest on, end them, void wrong ones; none is ever changed (R96)."""

from datetime import date, datetime

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.staff import Right
from propdesk.domain.tariff_drafts import TariffDraft, clashing, overlap
from propdesk.domain.tariffs import Tariff
from propdesk.i18n import _
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.fee_tables import find_tariffs
from propdesk.services.parts.new_tariffs import (
    StoredTariff,
    check_unbilled,
    place_name,
    store_tariff,
)
from propdesk.services.parts.noting import noted
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.fee_bases import get_basis
from propdesk.services.queries.fee_items import get_item
from propdesk.services.queries.tariffs import get_tariff
from propdesk.storage.charging import TariffRecord
from propdesk.storage.database import rows


def add_tariff(draft: TariffDraft, *, by: int, now: datetime) -> StoredTariff:
    """Enter a price; what is doubtful about it (above the cap, no basis) is returned, not refused.

    Raises RuleError for days that another price of the item and place has, and DraftError.
    """
    with writing():
        who = fee_actor(by, Right.SET_PRICES)
        item = get_item(draft.fee_item_id)
        _check_place(draft)
        if draft.basis_id is not None:
            get_basis(draft.basis_id)
        return store_tariff(draft, item, by=who.id, now=now)


def end_tariff(tariff_id: int, until_on: date | None, *, by: int) -> Tariff:
    """Let a price end on a day, or (None) be open again where no other follows it."""
    with writing():
        fee_actor(by, Right.SET_PRICES)
        tariff = _standing(tariff_id)
        if until_on is not None and until_on < tariff.from_on:
            raise DraftError(
                (Problem("until", _("The last day lies before the first one; void the price.")),)
            )
        _check_bills_before(tariff, until_on)
        draft = TariffDraft(
            tariff.fee_item_id,
            tariff.price_e4,
            tariff.from_on,
            until_on,
            tariff.community_id,
            tariff.building_id,
        )
        others = find_tariffs(
            "WHERE t.voided_at IS NULL AND t.fee_item_id = ? AND t.id <> ?",
            tariff.fee_item_id,
            tariff.id,
        )
        for other in clashing(draft, others):
            raise overlap(draft, other, get_item(tariff.fee_item_id).name, place_name(other))
        TariffRecord.update(until_on=until_on).where(TariffRecord.id == tariff_id).execute()
        return get_tariff(tariff_id)


def void_tariff(tariff_id: int, reason: str, *, by: int, now: datetime) -> Tariff:
    """Void a price that was entered by mistake; one that bills rest on stays."""
    with writing():
        who = fee_actor(by, Right.SET_PRICES)
        tariff = _standing(tariff_id)
        words = noted(reason, _("Say why this price is void."))
        check_unbilled(tariff)
        TariffRecord.update(voided_at=local(now), voided_staff=who.id, void_reason=words).where(
            TariffRecord.id == tariff_id
        ).execute()
        return get_tariff(tariff_id)


def _standing(tariff_id: int) -> Tariff:
    tariff = get_tariff(tariff_id)
    if tariff.voided_at is not None:
        raise RuleError("tariff-void", _("This price is void already; enter a new one."))
    return tariff


def _check_bills_before(tariff: Tariff, until_on: date | None) -> None:
    if until_on is None:
        return
    count = rows(
        "SELECT count(*) FROM bill WHERE tariff_id = ? AND voided_at IS NULL AND until_on > ?",
        tariff.id,
        until_on.isoformat(),
    )[0][0]
    if count:
        raise RuleError(
            "tariff-billed-beyond",
            _("{count} bills at this price reach beyond {day}. Undo their run first.").format(
                count=count, day=until_on
            ),
        )


def _check_place(draft: TariffDraft) -> None:
    for table, place_id in (("community", draft.community_id), ("building", draft.building_id)):
        if place_id is not None and not rows(
            f"SELECT 1 FROM {table} WHERE id = ?",  # noqa: S608 - one of two names
            place_id,
        ):
            raise RuleError("place-unknown", _("There is no community or building like that."))

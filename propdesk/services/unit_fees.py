"""Say that a house is charged an item, pays less or nothing, stands vacant, or another pays.

Whether a vacant house pays less is the place's rule and the contract's (law.md 1.2); what is
doubtful about a line is returned with it, not refused.
"""

from dataclasses import dataclass
from datetime import date, datetime

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.fee_items import FeeItem, Income, UnitFeeKind
from propdesk.domain.staff import Right
from propdesk.domain.tariff_drafts import vacancy_doubts
from propdesk.domain.tariffs import tariff_on
from propdesk.domain.unit_fees import (
    UnitFee,
    UnitFeeDraft,
    check_free,
    check_unit_fee,
    clean_unit_fee,
)
from propdesk.i18n import _
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.fee_tables import load_tariffs
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.price_rules import place_vacancy, price_rules
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.fee_items import get_item
from propdesk.services.queries.unit_fees import get_unit_fee, list_unit_fees
from propdesk.services.queries.units import get_unit
from propdesk.storage.charging import UnitFeeRecord
from propdesk.storage.database import rows

# What costs the office money is a price; the rest is a part of billing.
_RIGHTS = {
    UnitFeeKind.EXEMPT: Right.SET_PRICES,
    UnitFeeKind.REDUCED: Right.SET_PRICES,
    UnitFeeKind.VACANT: Right.SET_PRICES,
}


@dataclass(frozen=True, slots=True)
class StoredUnitFee:
    """A line that was stored, and what is doubtful about it."""

    line: UnitFee
    doubts: tuple[str, ...] = ()


def add_unit_fee(unit_id: int, draft: UnitFeeDraft, *, by: int, now: datetime) -> StoredUnitFee:
    """Say something of a house and an item; raises RuleError where the same is said already."""
    with writing():
        who = fee_actor(by, _RIGHTS.get(draft.kind, Right.CHARGE))
        unit = get_unit(unit_id)
        item = get_item(draft.fee_item_id)
        draft = clean_unit_fee(draft)
        refuse(check_unit_fee(draft, item))
        if not item.takes(unit.kind):
            raise RuleError(
                "fee-item-kind",
                _("«{item}» is not charged to units like {unit}; change the item first.").format(
                    item=item.name, unit=unit.short
                ),
            )
        check_free(draft, list_unit_fees(unit_id), unit.short, item)
        if draft.payer_id is not None and not rows(
            "SELECT 1 FROM person WHERE id = ?", draft.payer_id
        ):
            raise RuleError("payer-unknown", _("There is no such person; enter the payer first."))
        record = UnitFeeRecord.create(
            unit=unit_id,
            fee_item=draft.fee_item_id,
            kind=draft.kind.value,
            from_on=draft.from_on,
            until_on=draft.until_on,
            quantity_milli=draft.quantity_milli,
            percent=draft.percent,
            price_e4=draft.price_e4,
            payer=draft.payer_id,
            reason=draft.reason,
            evidence=draft.evidence,
            entered_at=local(now),
            staff=who.id,
        )
        return StoredUnitFee(get_unit_fee(record.id), _doubts(unit_id, draft, item))


def end_unit_fee(line_id: int, until_on: date, *, by: int) -> StoredUnitFee:
    """Let a line end on a day."""
    with writing():
        fee_actor(by, Right.CHARGE)
        line = _standing(line_id)
        fee_actor(by, _RIGHTS.get(line.kind, Right.CHARGE))
        if until_on < line.from_on:
            raise DraftError(
                (Problem("until", _("The last day lies before the first one; void the line.")),)
            )
        if line.until_on is not None and until_on > line.until_on:
            raise DraftError(
                (Problem("until", _("The line ends before that; enter a new one behind it.")),)
            )
        UnitFeeRecord.update(until_on=until_on).where(UnitFeeRecord.id == line_id).execute()
        return StoredUnitFee(get_unit_fee(line_id), _billed(line, until_on))


def void_unit_fee(line_id: int, *, by: int, now: datetime) -> StoredUnitFee:
    """Void a line that was entered by mistake."""
    with writing():
        fee_actor(by, Right.CHARGE)
        line = _standing(line_id)
        who = fee_actor(by, _RIGHTS.get(line.kind, Right.CHARGE))
        UnitFeeRecord.update(voided_at=local(now), voided_staff=who.id).where(
            UnitFeeRecord.id == line_id
        ).execute()
        return StoredUnitFee(get_unit_fee(line_id), _billed(line, line.from_on))


def _standing(line_id: int) -> UnitFee:
    line = get_unit_fee(line_id)
    if line.voided_at is not None:
        raise RuleError("unit-fee-void", _("This line is void already."))
    return line


def _doubts(unit_id: int, draft: UnitFeeDraft, item: FeeItem) -> tuple[str, ...]:
    found = []
    if draft.kind is UnitFeeKind.VACANT:
        place = rows(
            "SELECT e.building_id, b.community_id FROM unit u JOIN entrance e "
            "ON e.id = u.entrance_id JOIN building b ON b.id = e.building_id WHERE u.id = ?",
            unit_id,
        )[0]
        known = [one for one in load_tariffs([item.id]) if one.is_for(*place)]
        tariff = tariff_on(known, draft.from_on)
        percent = draft.percent
        after = tariff.vacancy_after_months if tariff else 0
        if percent is None and tariff:
            percent = tariff.vacancy_percent
        rules = price_rules(draft.from_on)
        place_says = place_vacancy(draft.from_on) if item.income is Income.SERVICE else None
        if percent is None and place_says is not None:
            text = _(
                "Neither the line nor the price says what a vacant house pays: it is billed "
                "{percent} % after {months} months, the most that is allowed here ({source})."
            )
            found.append(
                text.format(
                    percent=place_says.percent,
                    months=place_says.after_months,
                    source=rules.vacancy_source,
                )
            )
        elif percent is None:
            text = _("Neither the line nor the price says what a vacant house pays: it pays all.")
            found.append(text)
        found += vacancy_doubts(percent, after, rules)
    return (*found, *_billed_from(unit_id, draft.fee_item_id, draft.from_on))


def _billed(line: UnitFee, from_on: date) -> tuple[str, ...]:
    return _billed_from(line.unit_id, line.fee_item_id, from_on)


def _billed_from(unit_id: int, item_id: int, from_on: date) -> tuple[str, ...]:
    """Return that bills stand already for days that the line is about."""
    count = rows(
        "SELECT count(*) FROM bill WHERE unit_id = ? AND fee_item_id = ? AND voided_at IS NULL "
        "AND kind = 'charge' AND until_on >= ?",
        unit_id,
        item_id,
        from_on.isoformat(),
    )[0][0]
    if not count:
        return ()
    text = _("{count} bills of this item reach beyond {day} and stay as they are; look at them.")
    return (text.format(count=count, day=from_on),)

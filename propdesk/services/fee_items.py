"""Add and change the items of fees; take over those that are proposed to a new office (R96)."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from propdesk import paths
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_item_drafts import ITEM_WARNINGS, ItemDraft, check_item, clean_item
from propdesk.domain.fee_items import Charges, FeeItem, Formula, Income, Partial
from propdesk.domain.fee_rules import Rule
from propdesk.domain.meters import MeterKind
from propdesk.domain.staff import Right
from propdesk.domain.units import UnitKind
from propdesk.i18n import _, language
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.fee_rules import rule_value, rule_word
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.fee_items import get_item, list_items
from propdesk.storage.charging import FeeItemRecord
from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class StoredItem:
    """An item that was stored, and what is doubtful about it."""

    item: FeeItem
    doubts: tuple[str, ...] = ()


def add_item(draft: ItemDraft, *, by: int) -> StoredItem:
    """Add an item; it stands behind the others. Nothing is billed until it has a price."""
    with writing():
        fee_actor(by, Right.SET_PRICES)
        draft = clean_item(draft)
        refuse(check_item(draft))
        _check_free(draft, None)
        return _stored(_create(draft).id)


def change_item(item_id: int, draft: ItemDraft, *, version: int, by: int) -> StoredItem:
    """Change an item, or end its charging (`is_active`); bills that stand stay as they are.

    What it is reckoned by does not change once it was billed: that is another item.
    """
    with writing():
        fee_actor(by, Right.SET_PRICES)
        item = get_item(item_id)
        draft = clean_item(draft)
        refuse(check_item(draft))
        _check_free(draft, item_id)
        check_version(item.version, version)
        if (draft.formula, draft.meter_kind) != (item.formula, item.meter_kind):
            _check_unbilled(item)
        FeeItemRecord.update(**_columns(draft), version=item.version + 1).where(
            FeeItemRecord.id == item_id
        ).execute()
        return _stored(item_id)


def propose_items(*, by: int, now: datetime) -> tuple[FeeItem, ...]:
    """Take over the items that are proposed and that the office does not have; return these.

    They have no price: nothing is billed before the office says one.
    """
    with writing():
        fee_actor(by, Right.SET_PRICES)
        today = local(now).date()
        known = list_items()
        codes = {item.code for item in known}
        names = {item.name for item in known}
        partial = Partial(rule_word(Rule.PARTIAL_MONTH, today))
        lines = rule_value(Rule.LINE_MONTHS, today)
        added = []
        for one in _proposed():
            draft = _draft(one, partial, lines)
            if draft.code not in codes and draft.name not in names:
                added.append(get_item(_create(draft).id))
        return tuple(added)


def _proposed() -> list[dict[str, Any]]:
    file = paths.resources() / "fee_items" / f"{language()}.json"
    read: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    return read


def _draft(one: dict[str, Any], partial: Partial, line_months: int) -> ItemDraft:
    return ItemDraft(
        code=one["code"],
        name=one["name"],
        formula=Formula(one["formula"]),
        income=Income(one["income"]),
        charges=Charges(one["charges"]),
        unit_kinds=tuple(UnitKind(kind) for kind in one.get("kinds", ())),
        meter_kind=MeterKind(one["meter"]) if "meter" in one else None,
        line_months=line_months,
        billed_months=max(one.get("billed_months", 1), line_months),
        due_month=one.get("due_month", 0),
        due_day=one["due_day"],
        partial=partial,
        is_active=not one.get("off", False),
        note=one["note"],
    )


def _columns(draft: ItemDraft) -> dict[str, Any]:
    return {
        "code": draft.code,
        "name": draft.name,
        "formula": draft.formula.value,
        "income": draft.income.value,
        "charges": draft.charges.value,
        "unit_kinds": [kind.value for kind in draft.unit_kinds],
        "meter_kind": draft.meter_kind.value if draft.meter_kind else "",
        "line_months": draft.line_months,
        "billed_months": draft.billed_months,
        "due_month": draft.due_month,
        "due_day": draft.due_day,
        "partial": draft.partial.value,
        "rounding": draft.rounding.value,
        "position": draft.position,
        "is_active": draft.is_active,
        "note": draft.note,
    }


def _create(draft: ItemDraft) -> FeeItemRecord:
    columns = _columns(draft)
    if not draft.position:
        columns["position"] = rows("SELECT coalesce(max(position), 0) + 1 FROM fee_item")[0][0]
    return FeeItemRecord.create(**columns)


def _stored(item_id: int) -> StoredItem:
    item = get_item(item_id)
    doubt = ITEM_WARNINGS.get(item.code) if item.is_active else None
    return StoredItem(item, (str(doubt),) if doubt else ())


def _check_free(draft: ItemDraft, item_id: int | None) -> None:
    taken = rows(
        "SELECT code, name FROM fee_item WHERE (code = ? OR name = ?) AND id IS NOT ?",
        draft.code,
        draft.name,
        item_id,
    )
    if taken:
        raise RuleError(
            "fee-item-exists",
            _("There is the item {code} «{name}» already; choose another code and name.").format(
                code=taken[0][0], name=taken[0][1]
            ),
        )


def _check_unbilled(item: FeeItem) -> None:
    used = rows(
        "SELECT 1 FROM bill WHERE fee_item_id = ? UNION ALL "
        "SELECT 1 FROM tariff WHERE fee_item_id = ? AND voided_at IS NULL LIMIT 1",
        item.id,
        item.id,
    )
    if used:
        raise RuleError(
            "fee-item-used",
            _(
                "«{item}» has prices or bills: how it is reckoned does not change any more. "
                "End it and add another item."
            ).format(item=item.name),
        )

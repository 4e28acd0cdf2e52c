"""Items of fees: all of them, one by id, or by what somebody typed."""

import json
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_items import Charges, FeeItem, Formula, Income, Partial, Rounding
from propdesk.domain.meters import MeterKind
from propdesk.domain.texts import elide, fold
from propdesk.domain.units import UnitKind
from propdesk.i18n import _
from propdesk.storage.database import rows

_ITEMS = (
    "SELECT id, code, name, formula, income, charges, unit_kinds, meter_kind, line_months, "
    "billed_months, due_month, due_day, partial, rounding, position, is_active, note, version "
    "FROM fee_item "
)
_ORDER = "ORDER BY position, id"


def list_items(*, active_only: bool = False) -> tuple[FeeItem, ...]:
    """Return the items in their order; `active_only` leaves out what is not charged any more."""
    where = "WHERE is_active = 1 " if active_only else ""
    return tuple(map(_item, rows(_ITEMS + where + _ORDER)))


def get_item(item_id: int) -> FeeItem:
    """Return an item, or refuse when there is none with this id."""
    found = rows(_ITEMS + "WHERE id = ?", item_id) if 0 < item_id < 2**63 else []
    if not found:
        raise RuleError("fee-item-unknown", _("There is no fee item {id}.").format(id=item_id))
    return _item(found[0])


def find_item(typed: str) -> FeeItem:
    """Return the item that a code or name means, or refuse with all of them named."""
    items = list_items()
    text = fold(typed.strip())
    for found in (
        [item for item in items if text in (fold(item.code), fold(item.name))],
        [item for item in items if text and text in fold(item.name)],
    ):
        if len(found) == 1:
            return found[0]
    if not items:
        raise RuleError(
            "fee-items-none",
            _("There are no fee items yet; take over the proposed ones or add your own."),
        )
    raise RuleError(
        "fee-item-not-found",
        _("«{typed}» is no fee item; there are: {items}.").format(
            typed=elide(typed, 40),
            items=", ".join(f"{item.code} {item.name}" for item in items),
        ),
    )


def _item(row: tuple[Any, ...]) -> FeeItem:
    return FeeItem(
        id=row[0],
        code=row[1],
        name=row[2],
        formula=Formula(row[3]),
        income=Income(row[4]),
        charges=Charges(row[5]),
        unit_kinds=tuple(UnitKind(kind) for kind in json.loads(row[6])),
        meter_kind=MeterKind(row[7]) if row[7] else None,
        line_months=row[8],
        billed_months=row[9],
        due_month=row[10],
        due_day=row[11],
        partial=Partial(row[12]),
        rounding=Rounding(row[13]),
        position=row[14],
        is_active=bool(row[15]),
        note=row[16],
        version=row[17],
    )

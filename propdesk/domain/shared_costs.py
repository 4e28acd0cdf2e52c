"""Common costs: what was spent for a building or community, and each house's share (R98).

They are shared as agreed, else by area (Civil Code 283). The shares add up to the cost to the fen.
What is collected for others is shared as it was paid: nothing is added for handling it (条例 44).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from propdesk.domain.bills import check_period
from propdesk.domain.cost_sharing import share_out
from propdesk.domain.errors import Problem
from propdesk.domain.fee_amounts import Chargeable, Share
from propdesk.domain.fee_items import Charges, FeeItem, ShareBy, UnitFeeKind
from propdesk.domain.fields import Problems, check_line
from propdesk.domain.money import MOST_FEN
from propdesk.i18n import _

MOST_USAGE = 1_000_000_000_000


@dataclass(frozen=True, slots=True)
class SharedCostDraft:
    """A common cost as typed: of a building, a community, or (neither) the whole office.

    `usage_milli` is what the common meter counted, in thousandths; `document` names the bill of
    the supplier that it was paid by.
    """

    from_on: date
    until_on: date
    total_fen: int
    share_by: ShareBy = ShareBy.AREA
    community_id: int | None = None
    building_id: int | None = None
    usage_milli: int | None = None
    document: str = ""


@dataclass(frozen=True, slots=True)
class SharedCost:
    """A common cost of a period; `place` says whose it is, '' is the whole office's."""

    id: int
    fee_item_id: int
    item: str
    from_on: date
    until_on: date
    total_fen: int
    share_by: ShareBy
    community_id: int | None
    building_id: int | None
    place: str
    usage_milli: int | None
    document: str
    entered_at: datetime
    by: str
    voided_at: datetime | None = None
    bills: int = 0
    billed_fen: int = 0


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of the houses of a cost, or what keeps it from being shared: by house, and why.

    `exempt` are the shares of houses that need not pay them: they stay with the office.
    """

    shares: Mapping[int, Share]
    missing: tuple[tuple[Chargeable, str, str], ...] = ()
    base_total: int = 0
    units: int = 0
    exempt: Mapping[int, Share] = field(default_factory=dict)


def check_shared_cost(draft: SharedCostDraft) -> Problems:
    """Return what keeps a common cost from being stored (F46)."""
    problems = [*check_period(draft.from_on, draft.until_on)]
    if not 0 < draft.total_fen <= MOST_FEN:
        problems.append(Problem("total", _("Write the amount, for example 30 or 12.50.")))
    if draft.usage_milli is not None and not 0 <= draft.usage_milli <= MOST_USAGE:
        problems.append(Problem("usage", _("Write what the meter counted, for example 1280.5.")))
    problems += check_line("document", draft.document)
    return tuple(problems)


def share_cost(
    cost: SharedCost,
    item: FeeItem,
    chargeables: Iterable[Chargeable],
    usages: Mapping[int, int | None] | None = None,
) -> Shares:
    """Return what each house bears of a cost; `chargeables` are the houses of its place.

    A house without the area (or the reading) that the rule needs keeps the whole cost from being
    shared: the others would pay for it. So does a house's exemption not raise what others pay: its
    share stays with the office.
    """
    taking = [one for one in chargeables if _takes_part(one, item, cost)]
    bases: list[int] = []
    missing: list[tuple[Chargeable, str, str]] = []
    for one in taking:
        base: int | None
        if cost.share_by is ShareBy.HOUSEHOLDS:
            base = 1
        elif cost.share_by is ShareBy.AREA:
            base = area_on(one, cost.from_on)
            if not base:
                sentence = _("{unit} has no area, and «{item}» is shared by area. Enter the area.")
                said = sentence.format(unit=one.short, item=item.name)
                missing.append((one, "area-missing", said))
        else:
            base = (usages or {}).get(one.unit_id, 0)
            if base is None:
                sentence = _("{unit} has no reading of this period. Enter the reading.")
                missing.append((one, "reading-missing", sentence.format(unit=one.short)))
        bases.append(base or 0)
    whole = sum(bases)
    if missing or not whole:
        return Shares({}, tuple(missing), whole, len(taking))
    amounts = share_out(cost.total_fen, bases)
    borne = {
        one.unit_id: Share(
            shared_cost_id=cost.id,
            from_on=cost.from_on,
            until_on=cost.until_on,
            amount_fen=amount,
            total_fen=cost.total_fen,
            share_by=cost.share_by.value,
            base=base,
            base_total=whole,
        )
        for one, base, amount in zip(taking, bases, amounts, strict=True)
        if amount
    }
    free = {one.unit_id for one in taking if _is_said(one, item, cost, UnitFeeKind.EXEMPT)}
    return Shares(
        {unit_id: share for unit_id, share in borne.items() if unit_id not in free},
        (),
        whole,
        len(taking),
        {unit_id: share for unit_id, share in borne.items() if unit_id in free},
    )


def area_on(chargeable: Chargeable, day: date) -> int | None:
    """Return the area of a house on a day in hundredths of a m², None where it is not known."""
    begun = [one for one in chargeable.areas if one.from_on is None or one.from_on <= day]
    return begun[-1].value if begun else chargeable.area_dm2


def _takes_part(one: Chargeable, item: FeeItem, cost: SharedCost) -> bool:
    return (
        item.takes(one.kind)
        and cost.community_id in (None, one.community_id)
        and cost.building_id in (None, one.building_id)
        and (item.charges is Charges.ALL or _is_said(one, item, cost, UnitFeeKind.CHARGED))
    )


def _is_said(one: Chargeable, item: FeeItem, cost: SharedCost, kind: UnitFeeKind) -> bool:
    return any(
        fee.fee_item_id == item.id
        and fee.kind is kind
        and fee.from_on <= cost.until_on
        and (fee.until_on is None or fee.until_on >= cost.from_on)
        for fee in one.fees
    )

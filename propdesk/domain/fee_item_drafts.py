"""An item of fees as it is typed, and what keeps it from being stored."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from propdesk.domain.errors import Problem
from propdesk.domain.fee_items import Charges, FeeItem, Formula, Income, Partial, Rounding
from propdesk.domain.fields import Problems, check_line
from propdesk.domain.meters import MeterKind
from propdesk.domain.texts import clean_line
from propdesk.domain.units import UnitKind
from propdesk.i18n import LazyText, _, _lazy

MONTHS = (1, 2, 3, 6, 12)
"""How many months a line or a bill may cover."""

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,19}")

LIFT = "lift"

ITEM_WARNINGS: Mapping[str, LazyText] = {
    LIFT: _lazy(
        "The running and upkeep of lifts is a part of the property service fee (收费办法 11): a "
        "charge of its own may be double charging. Charge it only as the contract says."
    ),
}
"""What is said when an item of this code is charged."""


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """An item as typed; `FeeItem` says what each field means."""

    code: str
    name: str
    formula: Formula
    income: Income = Income.SERVICE
    charges: Charges = Charges.ALL
    unit_kinds: tuple[UnitKind, ...] = ()
    meter_kind: MeterKind | None = None
    line_months: int = 1
    billed_months: int = 1
    due_month: int = 0
    due_day: int = 31
    partial: Partial = Partial.BY_DAY
    rounding: Rounding = Rounding.FEN_HALF_UP
    position: int = 0
    is_active: bool = True
    note: str = ""


def draft_of(item: FeeItem) -> ItemDraft:
    """Return an item as a draft, to be changed."""
    return ItemDraft(
        code=item.code,
        name=item.name,
        formula=item.formula,
        income=item.income,
        charges=item.charges,
        unit_kinds=item.unit_kinds,
        meter_kind=item.meter_kind,
        line_months=item.line_months,
        billed_months=item.billed_months,
        due_month=item.due_month,
        due_day=item.due_day,
        partial=item.partial,
        rounding=item.rounding,
        position=item.position,
        is_active=item.is_active,
        note=item.note,
    )


def clean_item(draft: ItemDraft) -> ItemDraft:
    """Return a draft with its texts made safe to store."""
    return replace(
        draft,
        code=clean_line(draft.code).lower(),
        name=clean_line(draft.name),
        unit_kinds=tuple(kind for kind in UnitKind if kind in draft.unit_kinds),
        note=clean_line(draft.note),
    )


def check_item(draft: ItemDraft) -> Problems:
    """Return what keeps an item from being stored."""
    problems = [*check_line("name", draft.name, _("Say what is charged."))]
    problems += check_line("note", draft.note)
    if not _CODE.fullmatch(draft.code):
        text = _("Write a short code of small letters and digits, for example wy or water-2.")
        problems.append(Problem("code", text))
    for field, months in (("line", draft.line_months), ("billed", draft.billed_months)):
        if months not in MONTHS:
            text = _("Choose one of these numbers of months: {months}.")
            problems.append(Problem(field, text.format(months=", ".join(map(str, MONTHS)))))
    if draft.billed_months % draft.line_months if draft.line_months in MONTHS else False:
        text = _("What is billed at once must be whole lines: 3 months of 1 or 3, not of 2.")
        problems.append(Problem("billed", text))
    if not -12 <= draft.due_month <= 12 or not 1 <= draft.due_day <= 31:
        text = _("The due day is 1 to 31, at most 12 months before or after.")
        problems.append(Problem("due", text))
    # A common cost may be shared by what each house's own meter counted.
    fitting = (
        (Formula.METER, Formula.SHARED) if draft.meter_kind else set(Formula) - {Formula.METER}
    )
    if draft.formula not in fitting:
        text = _("Name the kind of meter of an item by meter or shared by usage, and only there.")
        problems.append(Problem("meter", text))
    if draft.formula is Formula.ONE_OFF and draft.charges is not Charges.CHOSEN:
        text = _("What is charged once is charged to chosen units.")
        problems.append(Problem("charges", text))
    if draft.income is Income.LATE_FEE:
        text = _("A late-payment penalty is no item: it comes from the clause of a price.")
        problems.append(Problem("income", text))
    return tuple(problems)

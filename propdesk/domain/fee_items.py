"""What is charged: kinds of formula, income, sharing, rounding, and what a price rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from propdesk.domain.meters import MeterKind
from propdesk.domain.units import UnitKind
from propdesk.i18n import LazyText, _lazy


class Formula(StrEnum):
    """How the amount of an item comes about."""

    AREA = "area"
    FIXED = "fixed"
    METER = "meter"
    SHARED = "shared"
    ONE_OFF = "one-off"


class Income(StrEnum):
    """Whose money an item is."""

    SERVICE = "service"
    COLLECTED = "collected"
    PUBLIC = "public"
    PAID_WORK = "paid-work"
    LATE_FEE = "late-fee"
    OTHER = "other"


class Charges(StrEnum):
    """Who pays an item: all units of its kinds, or those that were chosen."""

    ALL = "all"
    CHOSEN = "chosen"


class Partial(StrEnum):
    """How a part of a month is charged."""

    WHOLE = "whole"
    BY_DAY = "by-day"
    HALF_MONTH = "half-month"


class Rounding(StrEnum):
    """To what, and how, an amount is rounded."""

    FEN_HALF_UP = "fen-half-up"
    FEN_DOWN = "fen-down"
    FEN_UP = "fen-up"
    JIAO_HALF_UP = "jiao-half-up"
    JIAO_DOWN = "jiao-down"
    JIAO_UP = "jiao-up"
    YUAN_HALF_UP = "yuan-half-up"
    YUAN_DOWN = "yuan-down"
    YUAN_UP = "yuan-up"


class ShareBy(StrEnum):
    """By what a common cost is shared; area is the rule of law (Civil Code 283)."""

    AREA = "area"
    HOUSEHOLDS = "households"
    USAGE = "usage"


class BasisKind(StrEnum):
    """What a price rests on."""

    EARLY_CONTRACT = "early-contract"
    CONTRACT = "contract"
    APPROVAL = "approval"
    DECISION = "decision"
    PRICE_LIST = "price-list"
    OTHER = "other"


class UnitFeeKind(StrEnum):
    """What is said of an item and one unit."""

    CHARGED = "charged"
    EXEMPT = "exempt"
    REDUCED = "reduced"
    VACANT = "vacant"
    PAYER = "payer"


FORMULA_LABELS: Mapping[Formula, LazyText] = {
    Formula.AREA: _lazy("Area x price x months"),
    Formula.FIXED: _lazy("Fixed amount"),
    Formula.METER: _lazy("By meter"),
    Formula.SHARED: _lazy("Shared cost"),
    Formula.ONE_OFF: _lazy("One-off"),
}


INCOME_LABELS: Mapping[Income, LazyText] = {
    Income.SERVICE: _lazy("Property service"),
    Income.COLLECTED: _lazy("Collected for others"),
    Income.PUBLIC: _lazy("Income of common parts"),
    Income.PAID_WORK: _lazy("Paid services"),
    Income.LATE_FEE: _lazy("Late-payment penalty"),
    Income.OTHER: _lazy("Other"),
}


CHARGES_LABELS: Mapping[Charges, LazyText] = {
    Charges.ALL: _lazy("All units of these kinds"),
    Charges.CHOSEN: _lazy("Chosen units"),
}


PARTIAL_LABELS: Mapping[Partial, LazyText] = {
    Partial.WHOLE: _lazy("Whole months"),
    Partial.BY_DAY: _lazy("By day"),
    Partial.HALF_MONTH: _lazy("15-day rule"),
}


ROUNDING_LABELS: Mapping[Rounding, LazyText] = {
    Rounding.FEN_HALF_UP: _lazy("To the fen, halves up"),
    Rounding.FEN_DOWN: _lazy("Down to the fen"),
    Rounding.FEN_UP: _lazy("Up to the fen"),
    Rounding.JIAO_HALF_UP: _lazy("To the jiao, halves up"),
    Rounding.JIAO_DOWN: _lazy("Down to the jiao"),
    Rounding.JIAO_UP: _lazy("Up to the jiao"),
    Rounding.YUAN_HALF_UP: _lazy("To the yuan, halves up"),
    Rounding.YUAN_DOWN: _lazy("Down to the yuan"),
    Rounding.YUAN_UP: _lazy("Up to the yuan"),
}


SHARE_LABELS: Mapping[ShareBy, LazyText] = {
    ShareBy.AREA: _lazy("By area"),
    ShareBy.HOUSEHOLDS: _lazy("By household"),
    ShareBy.USAGE: _lazy("By own usage"),
}


BASIS_LABELS: Mapping[BasisKind, LazyText] = {
    BasisKind.EARLY_CONTRACT: _lazy("Contract of the developer"),
    BasisKind.CONTRACT: _lazy("Contract of the owners"),
    BasisKind.APPROVAL: _lazy("Approval"),
    BasisKind.DECISION: _lazy("Decision of the owners"),
    BasisKind.PRICE_LIST: _lazy("Public price list"),
    BasisKind.OTHER: _lazy("Other"),
}


UNIT_FEE_LABELS: Mapping[UnitFeeKind, LazyText] = {
    UnitFeeKind.CHARGED: _lazy("Charged apart"),
    UnitFeeKind.EXEMPT: _lazy("Exempt"),
    UnitFeeKind.REDUCED: _lazy("Reduced"),
    UnitFeeKind.VACANT: _lazy("Vacant"),
    UnitFeeKind.PAYER: _lazy("Agreed payer"),
}


@dataclass(frozen=True, slots=True)
class FeeItem:
    """An item that is charged, and how its bills are cut, rounded and fall due.

    A line of a bill covers `line_months`, counted from January, and `billed_months` are billed at
    once. It falls due on `due_day` of the month `due_month` after the one that the billed months
    begin with (negative: before it); usage and shared costs count from the month they end in.
    No `unit_kinds` means all kinds.
    """

    id: int
    code: str
    name: str
    formula: Formula
    income: Income
    charges: Charges
    unit_kinds: tuple[UnitKind, ...] = ()
    meter_kind: MeterKind | None = None
    line_months: int = 1
    billed_months: int = 1
    due_month: int = 0
    due_day: int = 31
    partial: Partial = Partial.BY_DAY
    rounding: Rounding = Rounding.FEN_HALF_UP
    position: int = 0
    is_active: bool = False
    note: str = ""
    version: int = 1

    def takes(self, kind: UnitKind) -> bool:
        """Tell whether units of a kind pay this item at all."""
        return not self.unit_kinds or kind in self.unit_kinds

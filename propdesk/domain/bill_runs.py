"""Bill runs: which months of which items are billed together, and what is shown before posting."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from propdesk.domain.bills import check_period
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.fee_amounts import ChargeLine
from propdesk.domain.fee_items import FeeItem, Formula
from propdesk.domain.fee_periods import billed_period, first_day, last_day, month_number
from propdesk.domain.months import Month
from propdesk.i18n import _

SERIES = "bill-run"
_LETTERS = "ZD"
_QUARTER = re.compile(r"(\d{4})\s*[-/年]?\s*[QqＱｑ第]\s*([1-4一二三四])\s*(?:季度?)?")  # noqa: RUF001 - as it is typed
_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4}

# What was used or shared is known when its months have ended: these are billed at their end.
_AFTERWARDS = frozenset({Formula.METER, Formula.SHARED})


@dataclass(frozen=True, slots=True)
class RunOrder:
    """What is to be billed: a period, where, and which items (codes; none are all active ones).

    An item that is billed by the quarter is billed up to the end of the quarter; months before the
    period are billed by a run of theirs, never unasked. By meter it is billed in the month its
    quarter ends with. `exact` bills just these days instead.
    """

    from_on: date
    until_on: date
    community_id: int | None = None
    building_id: int | None = None
    items: tuple[str, ...] = ()
    exact: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlannedBill:
    """A bill that the run would write; `last_fen` is the house's bill of this item before it."""

    unit_id: int
    unit: str
    item: FeeItem
    line: ChargeLine
    last_fen: int | None = None

    @property
    def change(self) -> Fraction | None:
        """By what part the amount differs from the last one; None where there is none."""
        if not self.last_fen:
            return None
        return Fraction(self.line.amount_fen - self.last_fen, self.last_fen)


@dataclass(frozen=True, slots=True)
class RunProblem:
    """A house that cannot be billed for an item, with the sentence that says what is missing."""

    unit_id: int | None
    unit: str
    item: FeeItem
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class BilledOtherwise:
    """A line that was billed before with another amount or other days; the old bill stands.

    `bill_id` is the bill that covers these days. Void it, and a run writes it anew.
    """

    unit_id: int
    unit: str
    item: FeeItem
    line: ChargeLine
    bill_id: int
    billed_fen: int


@dataclass(frozen=True, slots=True)
class ItemTotal:
    """What a run bills of one item: bills, houses, whole fen."""

    item: FeeItem
    bills: int
    units: int
    total_fen: int


@dataclass(frozen=True, slots=True)
class RunPreview:
    """What a run would write, and everything that somebody should look at before it does.

    `not_due` are items of which no billed months begin in the period.
    """

    order: RunOrder
    bills: tuple[PlannedBill, ...]
    unchanged: int
    otherwise: tuple[BilledOtherwise, ...]
    problems: tuple[RunProblem, ...]
    outliers: tuple[PlannedBill, ...]
    not_due: tuple[FeeItem, ...]
    units: int

    @property
    def total_fen(self) -> int:
        """What the run would bill."""
        return sum(one.line.amount_fen for one in self.bills)

    @property
    def without_debtor(self) -> int:
        """How many bills name nobody: their houses have no owner in the register."""
        return sum(
            one.line.person_id is None and not one.line.working.get("developer")
            for one in self.bills
        )

    @property
    def totals(self) -> tuple[ItemTotal, ...]:
        """The sums of the items, in their order."""
        found: dict[int, list[PlannedBill]] = {}
        for one in self.bills:
            found.setdefault(one.item.id, []).append(one)
        return tuple(
            ItemTotal(
                item=bills[0].item,
                bills=len(bills),
                units=len({one.unit_id for one in bills}),
                total_fen=sum(one.line.amount_fen for one in bills),
            )
            for bills in sorted(found.values(), key=lambda bills: bills[0].item.position)
        )


@dataclass(frozen=True, slots=True)
class BillRun:
    """A run that was posted; `items` are codes, `prepaid_fen` is what prepaid money settled."""

    id: int
    number: str
    from_on: date
    until_on: date
    community: str
    building: str
    items: tuple[str, ...]
    bills: int
    total_fen: int
    prepaid_fen: int
    posted_at: datetime
    by: str
    note: str
    undone_at: datetime | None = None
    undone_by: str = ""
    undone_reason: str = ""


@dataclass(frozen=True, slots=True)
class RunResult:
    """A finished run; `run` is None where there was nothing new to bill."""

    run: BillRun | None
    preview: RunPreview


def run_number(year: int, sequence: int) -> str:
    """Return the number of the `sequence`-th run of a year."""
    return f"{_LETTERS}-{year:04d}-{sequence:04d}"


def read_period(typed: str, *, quarter: bool = False) -> tuple[date, date]:
    """Return first and last day of `2026-11`, `2026-Q4` or, with `quarter`, the month's quarter."""
    match = _QUARTER.fullmatch(typed.strip())
    if match:
        number = _CHINESE.get(match[2]) or int(match[2])
        month, quarter = Month(int(match[1]), number * 3), True
    else:
        month = Month.parse(typed)
    ordinal = month.ordinal
    if quarter:
        first = ordinal // 3 * 3
        return first_day(first), last_day(first + 2)
    return first_day(ordinal), last_day(ordinal)


def check_order(order: RunOrder, most_months: int) -> None:
    """Refuse a period that is none (F46), or longer than may be asked ahead (law.md 1.2)."""
    problems = check_period(order.from_on, order.until_on)
    if problems:
        raise DraftError(problems)
    if month_number(order.until_on) - month_number(order.from_on) >= most_months:
        raise RuleError(
            "run-too-long",
            _("A run bills {most} months at most; bill the years one after the other.").format(
                most=most_months
            ),
        )


def billed_span(item: FeeItem, order: RunOrder) -> tuple[date, date] | None:
    """Return the days of an item that an order bills, None where its turn is another month's.

    What was used or shared is billed in the month its billed months end with.
    """
    if order.exact or item.formula is Formula.ONE_OFF:
        return order.from_on, order.until_on
    if item.formula not in _AFTERWARDS:
        return order.from_on, billed_period(item, order.until_on)[1]
    first, last = month_number(order.from_on), month_number(order.until_on)
    blocks = {billed_period(item, first_day(month)) for month in range(first, last + 1)}
    ending = [block for block in blocks if order.from_on <= block[1] <= order.until_on]
    return (min(ending)[0], max(ending)[1]) if ending else None


def is_outlier(bill: PlannedBill, percent: int) -> bool:
    """Tell whether a bill differs from the house's last one of the item by more than a percent."""
    change = bill.change
    return change is not None and abs(change) * 100 > percent


@dataclass(frozen=True, slots=True)
class Billed:
    """A bill that stands already, as far as a run has to know it."""

    bill_id: int
    from_on: date
    until_on: date
    amount_fen: int
    meter_id: int | None
    shared_cost_id: int | None

    def covers(self, line: ChargeLine) -> bool:
        """Tell whether it bills days of a line: of the same meter or shared cost, where it says."""
        return (
            self.from_on <= line.until_on
            and line.from_on <= self.until_on
            and (self.meter_id or line.meter_id) == line.meter_id
            and (self.shared_cost_id or line.shared_cost_id) == line.shared_cost_id
        )

    def is_same(self, line: ChargeLine) -> bool:
        """Tell whether it is the very bill that the line would be."""
        return (self.from_on, self.until_on, self.amount_fen) == (
            line.from_on,
            line.until_on,
            line.amount_fen,
        )

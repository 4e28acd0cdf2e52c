"""Bill runs: which months of which items are billed together, and what is shown before posting."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from propdesk.domain.bills import check_period
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.fee_amounts import ChargeLine
from propdesk.domain.fee_items import FeeItem, Formula
from propdesk.domain.fee_periods import (
    add_months,
    billed_period,
    first_day,
    last_day,
    month_number,
    next_day,
)
from propdesk.domain.months import Month
from propdesk.i18n import _

SERIES = "bill-run"
_LETTERS = "ZD"
_QUARTER_MONTHS, _YEAR = 3, 12
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
    building_id: int
    item: FeeItem
    line: ChargeLine
    last_fen: int | None = None

    @property
    def change(self) -> Fraction | None:
        """By what part the amount differs from the last one; None where there is none."""
        if not self.last_fen:
            return None
        return Fraction(self.line.amount_fen - self.last_fen, self.last_fen)

    @property
    def change_words(self) -> str:
        """The change as it is read, `+35%`; '' where there was no bill before."""
        return f"{float(self.change):+.0%}" if self.change is not None else ""


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
class GoneBill:
    """A house that was billed for an item just before the period, and is not billed in it."""

    unit_id: int
    unit: str
    item: FeeItem
    last_fen: int


@dataclass(frozen=True, slots=True)
class PlaceTotal:
    """What a run bills in a building, in whole and by item (its id), in fen."""

    building_id: int
    bills: int
    units: int
    total_fen: int
    by_item: Mapping[int, int]


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

    `not_due` are items of which no billed months begin in the period; `prepaid_fen` is what the
    prepaid accounts of `prepaid_units` houses would settle at once; `warning` is `ahead_warning`.
    """

    order: RunOrder
    bills: tuple[PlannedBill, ...]
    unchanged: int
    otherwise: tuple[BilledOtherwise, ...]
    problems: tuple[RunProblem, ...]
    outliers: tuple[PlannedBill, ...]
    gone: tuple[GoneBill, ...]
    not_due: tuple[FeeItem, ...]
    units: int
    prepaid_fen: int = 0
    prepaid_units: int = 0
    warning: str = ""

    @property
    def total_fen(self) -> int:
        """What the run would bill."""
        return sum(one.line.amount_fen for one in self.bills)

    @property
    def ownerless(self) -> tuple[PlannedBill, ...]:
        """The bills that name nobody: their houses have no owner in the register."""
        return tuple(
            one
            for one in self.bills
            if one.line.person_id is None and not one.line.working.get("developer")
        )

    @property
    def without_debtor(self) -> int:
        """How many bills name nobody."""
        return len(self.ownerless)

    @property
    def new(self) -> tuple[PlannedBill, ...]:
        """The first bill of each house that was not billed for an item that others paid before."""
        known = {one.item.id for one in self.bills if one.last_fen is not None}
        known |= {one.item.id for one in self.gone}
        found: dict[tuple[int, int], PlannedBill] = {}
        for one in self.bills:
            if one.last_fen is None and one.item.id in known:
                found.setdefault((one.unit_id, one.item.id), one)
        return tuple(found.values())

    @property
    def places(self) -> tuple[PlaceTotal, ...]:
        """The sums of the buildings, in the order of their ids."""
        found: dict[int, list[PlannedBill]] = {}
        for one in self.bills:
            found.setdefault(one.building_id, []).append(one)
        return tuple(_place_total(building_id, found[building_id]) for building_id in sorted(found))

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


def _place_total(building_id: int, bills: Sequence[PlannedBill]) -> PlaceTotal:
    by_item: dict[int, int] = {}
    for one in bills:
        by_item[one.item.id] = by_item.get(one.item.id, 0) + one.line.amount_fen
    return PlaceTotal(
        building_id,
        bills=len(bills),
        units=len({one.unit_id for one in bills}),
        total_fen=sum(by_item.values()),
        by_item=by_item,
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
        return shifted_period(first_day(ordinal), _QUARTER_MONTHS, 0)
    return first_day(ordinal), last_day(ordinal)


def period_words(from_on: date, until_on: date) -> str:
    """Return a period as it is typed: `2026-11`, `2026-Q4`; other days are named."""
    first, last = month_number(from_on), month_number(until_on)
    if (from_on, until_on) == (first_day(first), last_day(last)):
        if first == last:
            return f"{from_on:%Y-%m}"
        if last - first == _QUARTER_MONTHS - 1 and first % _QUARTER_MONTHS == 0:
            return f"{from_on.year:04d}-Q{from_on.month // _QUARTER_MONTHS + 1}"
    return _("{start} to {end}").format(start=from_on, end=until_on)


def cycle_months(items: Iterable[FeeItem]) -> int:
    """Return how many months are billed at once: a quarter where no item is billed by the month."""
    shortest = min((max(one.billed_months, one.line_months) for one in items), default=1)
    return _QUARTER_MONTHS if shortest >= _QUARTER_MONTHS else 1


def shifted_period(from_on: date, months: int, blocks: int) -> tuple[date, date]:
    """Return the period of so many months, so many of them after the one that a day lies in."""
    first = (month_number(from_on) // months + blocks) * months
    return first_day(first), last_day(first + months - 1)


def proposed_period(last: BillRun | None, months: int, today: date) -> tuple[date, date]:
    """Return what is billed next: as many months as the last run, and those after it.

    It is at most the period after the present one; `months` are billed where there was no run.
    """
    if last is None:
        return shifted_period(today, months, 0)
    first = month_number(last.from_on)
    length = month_number(last.until_on) - first + 1
    if _YEAR % length == 0 and first % length == 0:
        months = length
    following = shifted_period(next_day(last.until_on), months, 0)
    return min(following, shifted_period(today, months, 1))


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


def ahead_warning(order: RunOrder, today: date, months: int, source: str) -> str:
    """Return the sentence that warns of a period beyond what may be charged ahead (law.md 1.2).

    Mostly it is a slip of the finger in the year; refused it is not, a contract may say so.
    """
    if order.until_on <= add_months(today, months):
        return ""
    return _(
        "The period ends on {day}, more than {months} months from today, and nobody should pay "
        "further ahead ({source}). Make sure that the period is meant."
    ).format(day=order.until_on, months=months, source=source)


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

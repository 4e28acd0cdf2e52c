"""The figures of a month's inspections: what was walked, found and put right (forms.md 5.6).

planned = in time + late + missed + not due yet, in the whole and in each row; new findings are
those that stand in each state. The last month stands beside it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from propdesk.domain.check_items import InspectionKind
from propdesk.domain.findings import FindingState
from propdesk.domain.months import Month
from propdesk.domain.rates import Rate
from propdesk.domain.statutory_dates import DateKind, StatutoryDate


def _agree(whole: object, parts: object) -> None:
    """Refuse to go on with a sum that its parts do not make: a report would lie."""
    if whole != parts:
        raise ArithmeticError(f"{whole} in the whole, {parts} in its parts")


@dataclass(frozen=True, slots=True)
class Walked:
    """Rounds counted by how they stand; `made_up` are those of the missed that were walked later.

    `items` is what stood on the sheets that came back, `abnormal` what was wrong of it.
    """

    planned: int = 0
    in_time: int = 0
    late: int = 0
    missed: int = 0
    not_due: int = 0
    made_up: int = 0
    items: int = 0
    abnormal: int = 0

    def __add__(self, other: "Walked") -> "Walked":
        return Walked(
            self.planned + other.planned,
            self.in_time + other.in_time,
            self.late + other.late,
            self.missed + other.missed,
            self.not_due + other.not_due,
            self.made_up + other.made_up,
            self.items + other.items,
            self.abnormal + other.abnormal,
        )

    def __post_init__(self) -> None:
        _agree(self.planned, self.in_time + self.late + self.missed + self.not_due)

    @property
    def done(self) -> Rate:
        """Those that were done, late ones too, of those whose time is over."""
        return Rate(self.in_time + self.late, self.planned - self.not_due)


@dataclass(frozen=True, slots=True)
class WalkedPart:
    """The rounds of one plan that one person (or department or company) was to walk."""

    plan_id: int
    code: str
    name: str
    kind: InspectionKind
    source: str
    verified: bool
    walker: str
    walked: Walked


@dataclass(frozen=True, slots=True)
class WalkedRow:
    """A row of a table: what it is of, and its rounds; `done_before` is last month's rate.

    `name` is a plan's code and name, a person's name, or the stored code of a kind.
    """

    name: str
    walked: Walked
    done_before: Rate
    source: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class FoundPart:
    """A finding of the month: how it stands, and after how many days it was put right."""

    kind: InspectionKind
    state: FindingState
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The findings of a month by their state; `dropped` ones were none and are not counted."""

    new: int = 0
    fixed_on_site: int = 0
    rectified: int = 0
    ticket: int = 0
    notice: int = 0
    open: int = 0
    dropped: int = 0
    median_days: float | None = None

    def __post_init__(self) -> None:
        told = self.fixed_on_site + self.rectified + self.ticket + self.notice + self.open
        _agree(self.new, told)

    @property
    def put_right(self) -> Rate:
        """The rate of rectification (forms.md 5.6)."""
        return Rate(self.fixed_on_site + self.rectified, self.new)


@dataclass(frozen=True, slots=True)
class FoundRow:
    """The findings of one kind of round."""

    kind: InspectionKind
    found: Found


@dataclass(frozen=True, slots=True)
class RepeatedRow:
    """The same found again and again, so that it needs improvement (idea 10)."""

    text: str
    where: str
    times: int
    last_on: date
    is_open: bool


@dataclass(frozen=True, slots=True)
class OverdueRow:
    """A notice whose deadline is over and that is not rectified."""

    number: str
    addressee: str
    problem: str
    deadline_on: date
    days_over: int


@dataclass(frozen=True, slots=True)
class FaultRow:
    """The faults of a thing in the month, and in the month before (R70)."""

    name: str
    tickets: int
    findings: int
    before: int
    days_between: int | None
    last_on: date

    @property
    def faults(self) -> int:
        """All of them; a finding with a ticket counts once."""
        return self.tickets + self.findings


@dataclass(frozen=True, slots=True)
class PlotPoint:
    """A reading: when, and thousandths of its unit."""

    at: datetime
    value_milli: int
    is_out: bool


@dataclass(frozen=True, slots=True)
class TrendRow:
    """An item at a place whose readings left their limits in the month, with all its readings."""

    point: str
    item: str
    unit: str
    decimals: int
    lower_milli: int | None
    upper_milli: int | None
    out: int
    points: tuple[PlotPoint, ...]

    @property
    def lowest_milli(self) -> int:
        """The lowest reading."""
        return min(one.value_milli for one in self.points)

    @property
    def highest_milli(self) -> int:
        """The highest reading."""
        return max(one.value_milli for one in self.points)


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """The points of a scored template: given of those that could be (R100, R67, R11)."""

    name: str
    sheets: int
    given: int
    full: int
    before: Rate

    @property
    def rate(self) -> Rate:
        """The points in a hundred."""
        return Rate(self.given, self.full)


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """What the file says of a month; a month before the first round has none."""

    walked: Sequence[WalkedPart] = ()
    called_off: int = 0
    found: Sequence[FoundPart] = ()
    scores: Sequence[tuple[str, int, int, int]] = ()


@dataclass(frozen=True, slots=True)
class InspectionFigures:
    """Every figure of the report; `previous` is None where nothing was planned last month."""

    month: Month
    as_of: datetime
    is_running: bool
    walked: Walked
    called_off: int
    previous: Walked | None
    by_kind: tuple[WalkedRow, ...]
    by_plan: tuple[WalkedRow, ...]
    by_walker: tuple[WalkedRow, ...]
    statutory: tuple[WalkedRow, ...]
    found: Found
    found_before: Found
    found_by_kind: tuple[FoundRow, ...]
    open_before: int
    repeated: tuple[RepeatedRow, ...]
    overdue: tuple[OverdueRow, ...]
    faults: tuple[FaultRow, ...]
    trends: tuple[TrendRow, ...]
    scores: tuple[ScoreRow, ...]
    dates: tuple[StatutoryDate, ...]
    days_ahead: int
    repeat_times: int

    @property
    def is_empty(self) -> bool:
        """Tell whether no round was planned and nothing found."""
        return not (self.walked.planned or self.found.new)

    @property
    def duties(self) -> tuple[StatutoryDate, ...]:
        """The days that the law sets."""
        return tuple(one for one in self.dates if one.kind not in _OF_COMPANIES)

    @property
    def contracts(self) -> tuple[StatutoryDate, ...]:
        """Contracts and licences of companies that end."""
        return tuple(one for one in self.dates if one.kind in _OF_COMPANIES)


_OF_COMPANIES = (DateKind.CONTRACT, DateKind.VENDOR_LICENCE)
# law.md 1.9: rounds of these kinds are duties of law.
LAWFUL = (InspectionKind.STATUTORY, InspectionKind.FIRE)


def sum_walked(parts: Iterable[WalkedPart]) -> Walked:
    """Return the rounds of all parts."""
    return sum((one.walked for one in parts), Walked())


def group_walked(
    now: Sequence[WalkedPart], before: Sequence[WalkedPart], key: Callable[[WalkedPart], str]
) -> tuple[WalkedRow, ...]:
    """Return the rounds by `key`, in the order in which the keys come."""
    rows = []
    for name in dict.fromkeys(map(key, now)):
        mine = [one for one in now if key(one) == name]
        rows.append(
            WalkedRow(
                name,
                sum_walked(mine),
                sum_walked(one for one in before if key(one) == name).done,
                mine[0].source,
                mine[0].verified,
            )
        )
    _agree(sum_walked(now), sum((row.walked for row in rows), Walked()))
    return tuple(rows)


def sum_found(parts: Sequence[FoundPart]) -> Found:
    """Return the findings by state, and the median of the days until they were put right."""

    def count(state: FindingState) -> int:
        return sum(one.state is state for one in parts)

    days = [one.days for one in parts if one.days is not None]
    dropped = count(FindingState.DROPPED)
    return Found(
        new=len(parts) - dropped,
        fixed_on_site=count(FindingState.FIXED_ON_SITE),
        rectified=count(FindingState.RECTIFIED),
        ticket=count(FindingState.TICKET),
        notice=count(FindingState.RECTIFICATION),
        open=count(FindingState.OPEN),
        dropped=dropped,
        median_days=median(days) if days else None,
    )


def group_found(parts: Sequence[FoundPart]) -> tuple[FoundRow, ...]:
    """Return the findings of each kind of round, in the order of the kinds."""
    rows = tuple(
        FoundRow(kind, sum_found([one for one in parts if one.kind is kind]))
        for kind in InspectionKind
        if any(one.kind is kind for one in parts)
    )
    _agree(sum_found(parts).new, sum(row.found.new for row in rows))
    return rows


def compare_scores(
    now: Sequence[tuple[str, int, int, int]], before: Sequence[tuple[str, int, int, int]]
) -> tuple[ScoreRow, ...]:
    """Return the points of each template beside those of the month before."""
    earlier = {name: Rate(given, full) for name, _sheets, given, full in before}
    return tuple(
        ScoreRow(name, sheets, given, full, earlier.get(name, Rate(0, 0)))
        for name, sheets, given, full in now
    )

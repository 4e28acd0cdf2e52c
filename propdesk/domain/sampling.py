"""Who is asked when a ticket closes: rows of percents, and one honest draw (decision 28).

A complaint closes only when its caller was asked. Every other ticket is drawn once, as it closes;
what was drawn stands in the journal and on the ticket.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from propdesk.domain.errors import RuleError
from propdesk.domain.rates import Rate
from propdesk.domain.scores import ScoreMean
from propdesk.domain.tickets import Kind, Urgency
from propdesk.i18n import LazyText, _, _lazy

# law.md 1.10: the follow-up comes within so many days of the closing.
FOLLOW_UP_DAYS = 3
MOST_DAYS = 90


@dataclass(frozen=True, slots=True)
class SampleFacts:
    """What the rows ask of a ticket; `came_back` says that it closed before and was taken up."""

    kind: Kind
    urgency: Urgency
    leak: bool = False
    paid: bool = False
    came_back: bool = False


@dataclass(frozen=True, slots=True)
class SampleRule:
    """One row: which tickets (None is any), how many of a hundred are asked, and who says so."""

    code: str
    label: LazyText
    percent: int
    source: LazyText
    kind: Kind | None = None
    urgency: Urgency | None = None
    leak: bool | None = None
    paid: bool | None = None
    came_back: bool | None = None

    def holds(self, facts: SampleFacts) -> bool:
        """Tell whether the row is about such a ticket."""
        names = ("kind", "urgency", "leak", "paid", "came_back")
        return all(getattr(self, name) in (None, getattr(facts, name)) for name in names)


_DECIDED = _lazy("service grades: emergencies and complaints are all asked")
_PRACTICE = _lazy("trade practice: repairs and special services 30 of 100")

# The first row that holds stands; the last one holds for all.
SAMPLE_RULES: tuple[SampleRule, ...] = (
    SampleRule("complaint", _lazy("Complaints"), 100, _DECIDED, kind=Kind.COMPLAINT),
    SampleRule("p0", _lazy("Emergencies"), 100, _DECIDED, urgency=Urgency.P0),
    SampleRule("p1", _lazy("Urgent matters"), 100, _DECIDED, urgency=Urgency.P1),
    SampleRule(
        "came-back",
        _lazy("Taken up again"),
        100,
        _lazy("service grades: who was dissatisfied is always asked again"),
        came_back=True,
    ),
    SampleRule(
        "leak",
        _lazy("Leaks"),
        100,
        _lazy("trade practice: after repairs of leaks everybody is asked"),
        leak=True,
    ),
    SampleRule(
        "paid",
        _lazy("Paid work"),
        100,
        _lazy("the office's rule: who paid is asked"),
        paid=True,
    ),
    SampleRule("repair", _lazy("Other repairs"), 30, _PRACTICE, kind=Kind.REPAIR),
    SampleRule("other", _lazy("Everything else"), 10, _lazy("trade practice: 10 of 100")),
)

DEFAULT_PERCENTS: Mapping[str, int] = {rule.code: rule.percent for rule in SAMPLE_RULES}
_FIXED = "complaint"


def sample_rule(facts: SampleFacts) -> SampleRule:
    """Return the row that holds for a ticket."""
    return next(rule for rule in SAMPLE_RULES if rule.holds(facts))


def is_drawn(percent: int, chance: int) -> bool:
    """Tell whether a ticket is asked after; `chance` is 1 to 100, each as likely as the others."""
    return chance <= percent


def follow_up_due(closed_on: date, days: int) -> date:
    """Return the last day on which the caller should be asked."""
    return closed_on + timedelta(days)


def check_percents(percents: Mapping[str, int]) -> None:
    """Refuse shares that are none, and one that would let a complaint close unasked."""
    for rule in SAMPLE_RULES:
        percent = percents[rule.code]
        if percent not in range(101):
            raise RuleError(
                "sampling-percent",
                _("{row}: the share must be 0 to 100 percent.").format(row=rule.label),
            )
    if percents[_FIXED] != 100:
        raise RuleError(
            "sampling-complaints",
            _("A complaint closes only when its caller was asked; its share stays 100 percent."),
        )


def check_days(days: int) -> None:
    """Refuse a time for the follow-up that nobody would wait for."""
    if not 0 <= days <= MOST_DAYS:
        raise RuleError(
            "sampling-days",
            _("The follow-up comes within 0 to {most} days of the closing.").format(most=MOST_DAYS),
        )


def find_row(code: str) -> SampleRule:
    """Return the row with a code, or refuse naming all of them."""
    for rule in SAMPLE_RULES:
        if rule.code == code:
            return rule
    raise RuleError(
        "sampling-row",
        _("There is no row «{code}»; the rows are {rows}.").format(
            code=code[:40], rows=", ".join(DEFAULT_PERCENTS)
        ),
    )


@dataclass(frozen=True, slots=True)
class AskedAfter:
    """A month's sample: drawn of the tickets that closed in it, answered, and satisfied.

    `scores` are those of all follow-ups of the month, of complaints too.
    """

    wanted: int = 0
    answered: int = 0
    satisfied: int = 0
    scores: ScoreMean = field(default_factory=ScoreMean)

    @property
    def done(self) -> Rate:
        """回访率 of the sample: asked and answered of those who were drawn."""
        return Rate(self.answered, self.wanted)

    @property
    def content(self) -> Rate:
        """满意率 of the sample: satisfied only (decision 14)."""
        return Rate(self.satisfied, self.answered)

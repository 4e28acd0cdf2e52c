"""The numbers: how long each thing may take by default, who says so, and what else is offered.

The numbers of R01-R10 and of the trade's service levels (P0-P3) stand here and nowhere else
(decision 52); an office edits its own copy of the table. R01 (three rings) is a yes or no at
intake and R09 (urging) an event, so neither has a row; R10 is the working calendar.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from propdesk.domain.clock_rules import Clock, ClockRule, Unit
from propdesk.domain.staff import Role
from propdesk.domain.tickets import Channel, Kind, Urgency
from propdesk.i18n import LazyText, _lazy

# Who takes a closed matter up again so soon continues the old clock.
REOPEN_WITHIN = timedelta(days=7)

SOURCES: Mapping[str, LazyText] = {
    "R02": _lazy("service handbook: on site within three minutes"),
    "R03": _lazy("service handbook: a spoken complaint is answered within one working day"),
    "R04": _lazy("service handbook: a letter is answered in writing within three working days"),
    "R05": _lazy("service handbook: the department acts and reports back within three days"),
    "R06": _lazy("service handbook: each matter has a time to be answered and one to be solved"),
    "R08": _lazy("what the caller was promised"),
    "P0": _lazy("trade practice: danger to life, own staff on site within 5 minutes"),
    "P1": _lazy("trade practice: urgent repairs, on site within 30 minutes, done in 24 hours"),
    "P2": _lazy("trade practice: ordinary repairs, contact within 2 hours, done in 48 hours"),
    "P3": _lazy("trade practice: planned repairs, contact in one working day, done in 7 days"),
    "12345": _lazy("hotline orders: done and reported within five working days"),
    "10d": _lazy("local rule (Hangzhou): complaints are settled within ten days"),
    "grade-2": _lazy("residential service grades: grade 2"),
    "three-star": _lazy("a local standard for three-star estates"),
    "practice": _lazy("in use at other offices"),
}

DEFAULT_RULES: tuple[ClockRule, ...] = (
    # Complaints: R02-R05 (decision 28), and the outermost limits of local rules and the hotline.
    ClockRule(Clock.ON_SITE, 3, Unit.MINUTES, "R02", Kind.COMPLAINT, visit_only=True),
    ClockRule(Clock.REPLY, 1, Unit.WORKING_DAYS, "R03", Kind.COMPLAINT),
    ClockRule(Clock.REPLY, 3, Unit.WORKING_DAYS, "R04", Kind.COMPLAINT, channel=Channel.LETTER),
    ClockRule(Clock.DEPARTMENT, 3, Unit.CALENDAR_DAYS, "R05", Kind.COMPLAINT),
    ClockRule(Clock.SOLVE, 10, Unit.CALENDAR_DAYS, "10d", Kind.COMPLAINT),
    ClockRule(Clock.SOLVE, 5, Unit.WORKING_DAYS, "12345", Kind.COMPLAINT, channel=Channel.HOTLINE),
    # Repairs: P0-P3. A danger has no time to be done: the safe state comes first.
    ClockRule(Clock.ON_SITE, 5, Unit.MINUTES, "P0", Kind.REPAIR, urgency=Urgency.P0),
    ClockRule(Clock.ON_SITE, 30, Unit.MINUTES, "P1", Kind.REPAIR, urgency=Urgency.P1),
    ClockRule(Clock.SOLVE, 24 * 60, Unit.MINUTES, "P1", Kind.REPAIR, urgency=Urgency.P1),
    ClockRule(Clock.CONTACT, 120, Unit.WORKING_MINUTES, "P2", Kind.REPAIR, urgency=Urgency.P2),
    ClockRule(Clock.SOLVE, 48 * 60, Unit.MINUTES, "P2", Kind.REPAIR, urgency=Urgency.P2),
    ClockRule(Clock.CONTACT, 1, Unit.WORKING_DAYS, "P3", Kind.REPAIR, urgency=Urgency.P3),
    ClockRule(Clock.SOLVE, 7, Unit.CALENDAR_DAYS, "P3", Kind.REPAIR, urgency=Urgency.P3),
    # Who asks, suggests or queries a bill waits for an answer as well.
    ClockRule(Clock.REPLY, 1, Unit.WORKING_DAYS, "R06", Kind.ENQUIRY),
    ClockRule(Clock.REPLY, 1, Unit.WORKING_DAYS, "R06", Kind.SUGGESTION),
    ClockRule(Clock.REPLY, 1, Unit.WORKING_DAYS, "R06", Kind.BILL_QUERY),
    # A promise holds for every kind; the desk is told an hour ahead.
    ClockRule(Clock.PROMISE, 0, Unit.PROMISED, "R08", warn_percent=None, warn_minutes=60),
)


@dataclass(frozen=True, slots=True)
class Preset:
    """Rows that others use, to be taken instead of those for the same tickets (1.8)."""

    code: str
    label: LazyText
    rules: tuple[ClockRule, ...]


def _urgent_on_site(minutes: int, source: str) -> ClockRule:
    return ClockRule(Clock.ON_SITE, minutes, Unit.MINUTES, source, Kind.REPAIR, urgency=Urgency.P1)


PRESETS: tuple[Preset, ...] = (
    Preset(
        "home-repair-20",
        _lazy("Home repair on site in 20 minutes, urgent ones in 10"),
        (
            ClockRule(
                Clock.ON_SITE,
                20,
                Unit.MINUTES,
                "practice",
                Kind.REPAIR,
                urgency=Urgency.P2,
                visit_only=True,
            ),
            _urgent_on_site(10, "practice"),
        ),
    ),
    Preset(
        "burst-pipe-15",
        _lazy("Burst pipes, backflow and outages: on site in 15 minutes"),
        (_urgent_on_site(15, "practice"),),
    ),
    Preset(
        "water-power-15",
        _lazy("Water and power on site in 15 minutes, dangers in 3"),
        (
            _urgent_on_site(15, "practice"),
            ClockRule(Clock.ON_SITE, 3, Unit.MINUTES, "practice", Kind.REPAIR, urgency=Urgency.P0),
        ),
    ),
    Preset(
        "urgent-60",
        _lazy("Urgent repairs on site in 60 minutes"),
        (_urgent_on_site(60, "grade-2"),),
    ),
    Preset(
        "three-star",
        _lazy("Three-star estate: urgent 20 minutes, repairs and complaints 2 days"),
        (
            _urgent_on_site(20, "three-star"),
            ClockRule(
                Clock.SOLVE,
                2,
                Unit.CALENDAR_DAYS,
                "three-star",
                Kind.REPAIR,
                urgency=Urgency.P2,
            ),
            ClockRule(Clock.REPLY, 2, Unit.CALENDAR_DAYS, "three-star", Kind.COMPLAINT),
        ),
    ),
    Preset(
        "answer-24h",
        _lazy("Complaints answered in 24 hours"),
        (ClockRule(Clock.REPLY, 24 * 60, Unit.MINUTES, "practice", Kind.COMPLAINT),),
    ),
    Preset(
        "acknowledge-2h",
        _lazy("Complaints acknowledged within 2 hours of office time"),
        (ClockRule(Clock.CONTACT, 120, Unit.WORKING_MINUTES, "practice", Kind.COMPLAINT),),
    ),
    Preset(
        "department-working-days",
        _lazy("Departments report back within three working days"),
        (ClockRule(Clock.DEPARTMENT, 3, Unit.WORKING_DAYS, "R05", Kind.COMPLAINT),),
    ),
)


def with_preset(rules: Sequence[ClockRule], preset: Preset) -> tuple[ClockRule, ...]:
    """Return a table in which the rows of a preset stand instead of those in their places."""
    taken = {rule.place for rule in preset.rules}
    return (*(rule for rule in rules if rule.place not in taken), *preset.rules)


@dataclass(frozen=True, slots=True)
class Escalation:
    """Who above hears of a matter when `percent` of a clock's time is used (0: at once; R30)."""

    urgency: Urgency
    percent: int
    to: Role
    source: str


ESCALATIONS: tuple[Escalation, ...] = (
    Escalation(Urgency.P0, 0, Role.MANAGER, "P0"),
    Escalation(Urgency.P1, 50, Role.SUPERVISOR, "P1"),
    Escalation(Urgency.P1, 100, Role.MANAGER, "P1"),
)


def source_text(source: str) -> str:
    """Return who says so in words: the sentence of a known code, else the office's own words."""
    known = SOURCES.get(source)
    return str(known) if known else source


def source_code(source: str) -> str:
    """Return the code of a known source, empty for the office's own words."""
    return source if source in SOURCES else ""

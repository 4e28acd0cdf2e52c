"""The rows of the table that says how long each thing may take; the numbers are in `clock_table`.

Which row holds for a ticket: of the rows whose conditions it meets, the one that names its kind
goes before one that does not; then the longer class, then the urgency, then the channel. Two rows
with the same conditions would leave that open and are refused.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from propdesk.domain.classes import class_path, describe_classes, is_class
from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems, check_line
from propdesk.domain.tickets import (
    CHANNEL_LABELS,
    KIND_LABELS,
    URGENCY_LABELS,
    Channel,
    Kind,
    Urgency,
)
from propdesk.i18n import LazyText, _, _lazy, ngettext


class Clock(StrEnum):
    """What is timed; a ticket has those clocks for which there is a rule."""

    CONTACT = "contact"
    ON_SITE = "on-site"
    REPLY = "reply"
    DEPARTMENT = "department"
    SOLVE = "solve"
    PROMISE = "promise"


class Unit(StrEnum):
    """What a limit is counted in; `promised` has no number: the caller was told the time."""

    MINUTES = "minutes"
    WORKING_MINUTES = "working-minutes"
    WORKING_DAYS = "working-days"
    CALENDAR_DAYS = "calendar-days"
    PROMISED = "promised"


CLOCK_LABELS: Mapping[Clock, LazyText] = {
    Clock.CONTACT: _lazy("Contact the caller"),
    Clock.ON_SITE: _lazy("Be on site"),
    Clock.REPLY: _lazy("Answer the caller"),
    Clock.DEPARTMENT: _lazy("Department reports back"),
    Clock.SOLVE: _lazy("Solve the matter"),
    Clock.PROMISE: _lazy("Promised time"),
}
UNIT_LABELS: Mapping[Unit, LazyText] = {
    Unit.MINUTES: _lazy("minutes"),
    Unit.WORKING_MINUTES: _lazy("minutes of office time"),
    Unit.WORKING_DAYS: _lazy("working days"),
    Unit.CALENDAR_DAYS: _lazy("days"),
    Unit.PROMISED: _lazy("as promised"),
}
WORKING = frozenset({Unit.WORKING_MINUTES, Unit.WORKING_DAYS})

# Danger and damage go on at night: their clocks run on the wall, and waiting does not stop them.
EMERGENCIES = frozenset({Urgency.P0, Urgency.P1})


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One row: which clock, for which tickets (None or "" is any), how long, and who says so.

    `class_prefix` is a class or sub-class. A `target` of 0 says that such tickets have no limit.
    `visit_only` rows hold only when somebody is to come (到场要求, decision 28). The warning comes
    when `warn_percent` of the time is used, or `warn_minutes` before the end in the clock's own
    time; None is no warning. `source` is a code of `clock_table.SOURCES` or the office's own words.
    """

    clock: Clock
    target: int
    unit: Unit
    source: str
    kind: Kind | None = None
    class_prefix: str = ""
    urgency: Urgency | None = None
    channel: Channel | None = None
    visit_only: bool = False
    warn_percent: int | None = 75
    warn_minutes: int | None = None

    @property
    def place(self) -> tuple[object, ...]:
        """What the row is about; a table has one row for each place."""
        return self.clock, self.kind, self.class_prefix, self.urgency, self.channel

    @property
    def rank(self) -> tuple[bool, int, bool, bool]:
        """How closely the row names its tickets: of the rows that hold, the highest stands."""
        return (
            self.kind is not None,
            len(self.class_prefix.split(".")) if self.class_prefix else 0,
            self.urgency is not None,
            self.channel is not None,
        )


def rules_for(
    rules: Iterable[ClockRule],
    *,
    kind: Kind,
    class_code: str,
    urgency: Urgency,
    channel: Channel,
    visit_wanted: bool,
) -> dict[Clock, ClockRule]:
    """Return the rule of each clock that a ticket has, by the order that the module names."""
    found: dict[Clock, ClockRule] = {}
    for rule in rules:
        if (
            rule.kind in (None, kind)
            and rule.urgency in (None, urgency)
            and rule.channel in (None, channel)
            and (visit_wanted or not rule.visit_only)
            and (not rule.class_prefix or f"{class_code}.".startswith(f"{rule.class_prefix}."))
            and (rule.clock not in found or rule.rank > found[rule.clock].rank)
        ):
            found[rule.clock] = rule
    return {
        clock: rule for clock, rule in found.items() if rule.target or rule.unit is Unit.PROMISED
    }


def table_order(rule: ClockRule) -> tuple[object, ...]:
    """Return where a row stands in the table: by clock, then from the general to the special."""
    return (
        list(Clock).index(rule.clock),
        list(Kind).index(rule.kind) if rule.kind else -1,
        rule.class_prefix,
        rule.urgency or "",
        rule.channel or "",
    )


def whom_text(rule: ClockRule) -> str:
    """Return which tickets a row is for, in words: `Complaint, Letter`."""
    parts = [
        str(KIND_LABELS[rule.kind]) if rule.kind else _("All tickets"),
        class_path(rule.class_prefix) if rule.class_prefix else "",
        str(URGENCY_LABELS[rule.urgency]) if rule.urgency else "",
        str(CHANNEL_LABELS[rule.channel]) if rule.channel else "",
        _("somebody is to come") if rule.visit_only else "",
    ]
    return _(", ").join(part for part in parts if part)


def warning_text(rule: ClockRule) -> str:
    """Return when the warning of a row comes, in words."""
    if rule.warn_percent is not None:
        return _("at {percent} % of the time").format(percent=rule.warn_percent)
    if rule.warn_minutes is not None:
        return _("{minutes} min ahead").format(minutes=rule.warn_minutes)
    return _("none")


def limit_text(rule: ClockRule) -> str:
    """Return how long a rule allows, in words: `3 working days`."""
    count = rule.target
    if rule.unit is Unit.PROMISED:
        return str(UNIT_LABELS[rule.unit])
    if not count:
        return _("no limit")
    if rule.unit is Unit.WORKING_DAYS:
        text = ngettext("{count} working day", "{count} working days", count)
    elif rule.unit is Unit.CALENDAR_DAYS:
        text = ngettext("{count} day", "{count} days", count)
    elif count % 60 == 0:
        count //= 60
        if rule.unit is Unit.MINUTES:
            text = ngettext("{count} hour", "{count} hours", count)
        else:
            text = ngettext("{count} hour of office time", "{count} hours of office time", count)
    elif rule.unit is Unit.MINUTES:
        text = ngettext("{count} minute", "{count} minutes", count)
    else:
        text = ngettext("{count} minute of office time", "{count} minutes of office time", count)
    return text.format(count=count)


# A limit beyond a year is a slip of the finger.
_LONGEST: Mapping[Unit, int] = {
    Unit.MINUTES: 366 * 24 * 60,
    Unit.WORKING_MINUTES: 366 * 24 * 60,
    Unit.WORKING_DAYS: 366,
    Unit.CALENDAR_DAYS: 366,
    Unit.PROMISED: 0,
}

_PERCENTS = range(1, 100)
_MINUTES = range(1, 7 * 24 * 60 + 1)


def check_rules(rules: Sequence[ClockRule]) -> Problems:
    """Return what is wrong with a table; a problem's field is `row.column`, rows from 0."""
    problems: list[Problem] = []
    places: dict[tuple[object, ...], int] = {}
    for index, rule in enumerate(rules):
        first = places.setdefault(rule.place, index)
        if first != index:
            sentence = _("Row {row} is for the same tickets as row {first}; keep one of them.")
            problems.append(
                Problem(f"{index}.clock", sentence.format(row=index + 1, first=first + 1))
            )
        problems += [
            Problem(f"{index}.{problem.field}", problem.text) for problem in _check_rule(rule)
        ]
    return tuple(problems)


def _check_rule(rule: ClockRule) -> Problems:
    problems: list[Problem] = []
    if (rule.clock is Clock.PROMISE) is not (rule.unit is Unit.PROMISED):
        sentence = _("Only the promised time has no limit of its own; choose another unit.")
        problems.append(Problem("unit", sentence))
    longest = _LONGEST[rule.unit]
    if not 0 <= rule.target <= longest:
        sentence = _("The limit must lie between 0 (none) and {longest}.")
        problems.append(Problem("target", sentence.format(longest=longest)))
    if rule.class_prefix and not is_class(rule.class_prefix):
        sentence = _("There is no class «{code}»; the classes are {classes}.")
        text = sentence.format(code=rule.class_prefix[:40], classes=describe_classes())
        problems.append(Problem("class_prefix", text))
    if rule.warn_percent is not None and rule.warn_minutes is not None:
        sentence = _("Warn at a share of the time or so many minutes ahead, not both.")
        problems.append(Problem("warn_minutes", sentence))
    elif not (
        (rule.warn_percent is None or rule.warn_percent in _PERCENTS)
        and (rule.warn_minutes is None or rule.warn_minutes in _MINUTES)
    ):
        sentence = _("The warning comes at 1 to 99 percent, or up to a week ahead.")
        problems.append(Problem("warn_percent", sentence))
    missing = _("Say where the limit comes from: contract, handbook or law.")
    problems += check_line("source", rule.source, missing)
    return tuple(problems)

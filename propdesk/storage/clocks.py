"""The office's own days and limits: what it says otherwise than the program."""

from datetime import date

from peewee import BooleanField, CompositeKey, IntegerField, TextField

from propdesk.domain.calendar_days import CalendarDay, DayKind
from propdesk.domain.clock_rules import Clock, ClockRule, Unit
from propdesk.domain.tickets import Channel, Kind, Urgency
from propdesk.storage.database import DayField, OfficeTable, rows


class CalendarDayRecord(OfficeTable):
    """A day that is not what the week says."""

    day = DayField(primary_key=True)
    kind = TextField()
    name = TextField()

    class Meta:
        table_name = "calendar_day"


class ClockRuleRecord(OfficeTable):
    """A limit; empty text in a condition is any."""

    clock = TextField()
    kind = TextField()
    class_prefix = TextField()
    urgency = TextField()
    channel = TextField()
    target = IntegerField()
    unit = TextField()
    source = TextField()
    visit_only = BooleanField()
    warn_percent = IntegerField(null=True)
    warn_minutes = IntegerField(null=True)

    class Meta:
        table_name = "clock_rule"
        primary_key = CompositeKey("clock", "kind", "class_prefix", "urgency", "channel")


def rule_columns(rule: ClockRule) -> dict[str, object]:
    """Return the columns of a limit."""
    return {
        "clock": rule.clock.value,
        "kind": rule.kind.value if rule.kind else "",
        "class_prefix": rule.class_prefix,
        "urgency": rule.urgency.value if rule.urgency else "",
        "channel": rule.channel.value if rule.channel else "",
        "target": rule.target,
        "unit": rule.unit.value,
        "source": rule.source,
        "visit_only": rule.visit_only,
        "warn_percent": rule.warn_percent,
        "warn_minutes": rule.warn_minutes,
    }


# Read with each line of a journal: Peewee would take a millisecond to word these two (measured).


def stored_days() -> tuple[CalendarDay, ...]:
    """Return the office's own days, in order."""
    found = rows("SELECT day, kind, name FROM calendar_day ORDER BY day")
    return tuple(CalendarDay(date.fromisoformat(row[0]), DayKind(row[1]), row[2]) for row in found)


def stored_rules() -> tuple[ClockRule, ...]:
    """Return the office's own limits."""
    return tuple(
        ClockRule(
            clock=Clock(row[0]),
            target=row[1],
            unit=Unit(row[2]),
            source=row[3],
            kind=Kind(row[4]) if row[4] else None,
            class_prefix=row[5],
            urgency=Urgency(row[6]) if row[6] else None,
            channel=Channel(row[7]) if row[7] else None,
            visit_only=bool(row[8]),
            warn_percent=row[9],
            warn_minutes=row[10],
        )
        for row in rows(
            "SELECT clock, target, unit, source, kind, class_prefix, urgency, channel, visit_only, "
            "warn_percent, warn_minutes FROM clock_rule"
        )
    )

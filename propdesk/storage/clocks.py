"""The office's own days and limits: what it says otherwise than the program."""

from datetime import date

from peewee import BooleanField, CompositeKey, IntegerField, TextField

from propdesk.domain.calendar_days import CalendarDay, DayKind
from propdesk.domain.clock_rules import Clock, ClockRule, Unit
from propdesk.domain.tickets import Channel, Kind, Urgency
from propdesk.storage.database import DayField, OfficeTable


class CalendarDayRecord(OfficeTable):
    """A day that is not what the week says."""

    day = DayField(primary_key=True)
    kind = TextField()
    name = TextField()

    class Meta:
        table_name = "calendar_day"

    def value(self) -> CalendarDay:
        """Return the row as the domain has it."""
        on: date = self.day
        return CalendarDay(on, DayKind(self.kind), self.name)


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

    def value(self) -> ClockRule:
        """Return the row as the domain has it."""
        return ClockRule(
            clock=Clock(self.clock),
            target=self.target,
            unit=Unit(self.unit),
            source=self.source,
            kind=Kind(self.kind) if self.kind else None,
            class_prefix=self.class_prefix,
            urgency=Urgency(self.urgency) if self.urgency else None,
            channel=Channel(self.channel) if self.channel else None,
            visit_only=self.visit_only,
            warn_percent=self.warn_percent,
            warn_minutes=self.warn_minutes,
        )


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

"""The communication registry (客户沟通登记表, R82): contacts and the tickets' own talks, each once.

A talk that a ticket's journal tells (taken in from outside, replied, asked after, the manager's
word) is a line of the registry and stored nowhere else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from propdesk.domain.contacts import (
    TYPE_LABELS,
    Contact,
    ContactType,
    Counterparty,
    Stage,
    Way,
    reason_label,
)
from propdesk.domain.errors import RuleError
from propdesk.domain.months import Month
from propdesk.domain.tickets import EVENT_LABELS, KIND_LABELS, EventKind, Kind
from propdesk.i18n import LazyText, _

TREND_MONTHS = 6

STAGES_OF_EVENTS: Mapping[EventKind, Stage] = {
    EventKind.REGISTERED: Stage.BEFORE,
    EventKind.REPLIED: Stage.DURING,
    EventKind.FOLLOWED_UP: Stage.AFTER,
    EventKind.MANAGER_CONTACT: Stage.AFTER,
}
"""The lines of a ticket's journal that are talks with its reporter."""


@dataclass(frozen=True, slots=True)
class RegistryLine:
    """One talk. `is_open` and `cleared_on` tell its clearing (消项), both empty where none is due.

    A ticket's first line is cleared when the ticket closes. `contact_id` is None for a line of a
    ticket's journal, whose `event` then says what it was.
    """

    at: datetime
    where: str
    name: str
    phone: str
    counterparty: Counterparty
    way: Way
    stage: Stage
    reason: str
    text: str
    by: str
    type: ContactType | None = None
    wish: str = ""
    opinion: str = ""
    department: str = ""
    due_on: date | None = None
    result: LazyText | str = ""
    is_open: bool = False
    cleared_on: date | None = None
    ticket: str = ""
    kind: Kind | None = None
    event: EventKind | None = None
    contact_id: int | None = None

    @property
    def about(self) -> str:
        """The matter's sort (事项类别) in words: why, and what kind of talk."""
        if self.event is not None and self.kind is not None:
            return "\n".join((str(KIND_LABELS[self.kind]), str(EVENT_LABELS[self.event])))
        words = [reason_label(self.reason)] if self.reason else []
        if self.type is not None:
            words.append(str(TYPE_LABELS[self.type]))
        return "\n".join(words)

    @property
    def cleared(self) -> str:
        """Whether it is cleared (是否消项) in words, empty where nothing is to be cleared."""
        if self.is_open:
            return _("Not yet")
        return f"{self.cleared_on:%m-%d}" if self.cleared_on else ""


@dataclass(frozen=True, slots=True)
class ReasonTrend:
    """How often people got in touch for a reason, month by month; the last one may still run."""

    reason: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All months together."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Registry:
    """A period's registry, and the reasons of the months that lead up to its end (R52)."""

    from_on: date
    to_on: date
    lines: tuple[RegistryLine, ...]
    voided: int
    months: tuple[Month, ...]
    reasons: tuple[ReasonTrend, ...]

    @property
    def open(self) -> int:
        """How many lines wait to be cleared."""
        return sum(line.is_open for line in self.lines)

    @property
    def cleared(self) -> int:
        """How many were cleared."""
        return sum(line.cleared_on is not None for line in self.lines)


def contact_line(contact: Contact) -> RegistryLine:
    """Return a contact as its line."""
    return RegistryLine(
        at=contact.at,
        where=contact.where,
        name=contact.name,
        phone=contact.phone,
        counterparty=contact.counterparty,
        way=contact.way,
        stage=contact.stage,
        reason=contact.reason,
        text=contact.text,
        by=contact.by,
        type=contact.type,
        wish=contact.wish,
        opinion=contact.opinion,
        department=contact.department,
        due_on=contact.due_on,
        result=contact.result,
        is_open=contact.is_open,
        cleared_on=contact.cleared_at.date() if contact.cleared_at else None,
        ticket=contact.ticket,
        kind=contact.ticket_kind,
        contact_id=contact.id,
    )


def trend(counts: Mapping[tuple[str, Month], int], months: Sequence[Month]) -> list[ReasonTrend]:
    """Return each reason's counts over `months`, the most frequent of the last month first.

    Of equal ones the more frequent over all months; what was never said stands last.
    """
    reasons = {reason for reason, _month in counts}
    found = [
        ReasonTrend(reason, tuple(counts.get((reason, month), 0) for month in months))
        for reason in reasons
    ]
    return sorted(found, key=lambda one: (not one.reason, -one.counts[-1], -one.total, one.reason))


def check_period(from_on: date, to_on: date) -> None:
    """Refuse a period that ends before it begins, or is longer than a year and a day."""
    longest = 366
    if to_on < from_on:
        raise RuleError(
            "period-backwards",
            _("The last day {last} lies before the first {first}.").format(
                last=to_on, first=from_on
            ),
        )
    if to_on.toordinal() - from_on.toordinal() > longest:
        raise RuleError(
            "period-too-long",
            _("The registry is printed for at most {days} days; choose a shorter period.").format(
                days=longest
            ),
        )

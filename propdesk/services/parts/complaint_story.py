"""A ticket's story as the complaint sheet tells it: stages against limits, and each line in words.

Everything is read from the journal; what happened more than once stands below each other, so that
no round is forgotten. Words are in the present language.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.causes import CAUSE_LABELS, CauseKind
from propdesk.domain.clock_rules import Clock, limit_text
from propdesk.domain.clock_words import pause_text
from propdesk.domain.clocks import ClockState, TicketClock, TicketClocks
from propdesk.domain.spans import span_words
from propdesk.domain.tickets import (
    EVENT_LABELS,
    SATISFACTION_LABELS,
    Event,
    EventKind,
    Satisfaction,
    Ticket,
)
from propdesk.domain.urging import LEVEL_LABELS, Level
from propdesk.i18n import LazyText, _, _lazy, ngettext
from propdesk.reports.complaint_sheets import Mark, Stage

_MARKS = {ClockState.MET: Mark.KEPT, ClockState.BREACHED: Mark.MISSED}
_UNREACHED, _GIVEN_UP = _lazy("Not reached"), _lazy("Not asked any more")

# The stages of a round in the order of a ticket's life: label, event, and the clock that it stops.
_STAGES: tuple[tuple[LazyText, EventKind, Clock | None], ...] = (
    (_lazy("Dispatch"), EventKind.DISPATCHED, None),
    (_lazy("Arrived"), EventKind.ARRIVED, Clock.ON_SITE),
    (_lazy("Completed"), EventKind.COMPLETED, Clock.SOLVE),
    (_lazy("Reply"), EventKind.REPLIED, Clock.REPLY),
    (_lazy("Followed up"), EventKind.FOLLOWED_UP, None),
    (_lazy("Closing"), EventKind.CLOSED, None),
)
_BACK = _lazy("Department's report")


@dataclass(frozen=True, slots=True)
class Story:
    """A ticket, its clocks, and the time of printing: the year is left out where it is this one."""

    ticket: Ticket
    clocks: TicketClocks
    now: datetime

    # -- times

    def moment(self, at: datetime | None) -> str:
        """Return a time, without the year of printing."""
        if at is None:
            return ""
        same = at.year == self.now.year
        return f"{at:%m-%d %H:%M}" if same else f"{at:%Y-%m-%d %H:%M}"

    def last(self, kind: EventKind) -> Event | None:
        """Return the last event of a kind, None where it never happened."""
        return next((one for one in reversed(self.ticket.events) if one.kind is kind), None)

    # -- the stages of the present round

    def stages(self) -> tuple[Stage, ...]:
        """Return the stages of the present round, with the limits they had."""
        of_round = [one for one in self.ticket.events if one.round == self.ticket.round]
        begun = of_round[0].at if of_round else self.ticket.received_at
        first = _("Received") if self.ticket.round == 1 else _("Taken up again")
        stages = [Stage(first, self.moment(begun), mark=Mark.FREE)]
        for label, kind, clock in _STAGES:
            event = next((one for one in reversed(of_round) if one.kind is kind), None)
            at = event.at if event else None
            count = self._count(clock) if clock else None
            if clock is Clock.REPLY and (back := self._count(Clock.DEPARTMENT)):
                stages.append(self._stage(_BACK, back.stopped_at, begun, back))
            stages.append(self._stage(label, at, begun, count))
        return tuple(stages)

    def _count(self, clock: Clock) -> TicketClock | None:
        counts = [
            one
            for one in self.clocks.clocks
            if one.clock is clock
            and one.round == self.ticket.round
            and one.state is not ClockState.CANCELLED
        ]
        return counts[-1] if counts else None

    def _stage(
        self, label: LazyText, at: datetime | None, begun: datetime, count: TicketClock | None
    ) -> Stage:
        limit = _("limit {limit}").format(limit=limit_text(count.rule)) if count else ""
        if at is None:
            late = count is not None and count.is_overdue
            return Stage(str(label), limit=limit, mark=Mark.MISSED if late else Mark.NONE)
        span = at - begun
        after = span_words(span) if span.total_seconds() >= 60 else _("at once")
        mark = _MARKS.get(count.state, Mark.FREE) if count else Mark.FREE
        return Stage(str(label), self.moment(at), after, limit, mark)

    def fed_back(self) -> str:
        """Return when the department reported back."""
        count = self._count(Clock.DEPARTMENT)
        return self.moment(count.stopped_at) if count else ""

    # -- lines

    def line(self, event: Event, words: str) -> str:
        """Return what a journal line says, with when and who."""
        said = _("{time} {name}: {text}") if words else _("{time} {name}")
        return said.format(time=self.moment(event.at), name=event.by, text=words).strip()

    def texts(self, *kinds: EventKind) -> str:
        """Return the lines of these kinds that say something; a single one needs no time."""
        found = [one for one in self.ticket.events if one.kind in kinds and one.text]
        if len(found) == 1:
            return found[0].text
        return "\n".join(self.line(one, one.text) for one in found)

    def sent(self) -> str:
        """Return where the work was sent last, when, and how often it was sent."""
        event = self.last(EventKind.DISPATCHED)
        if event is None:
            return ""
        words = f"{self.ticket.department} {self.moment(event.at)}".strip()
        count = self.ticket.dispatches
        return (
            _("{words} (dispatch {count})").format(words=words, count=count) if count > 1 else words
        )

    def waited(self) -> str:
        """Return how often and how long the clocks stood still, and each time why."""
        pauses = self.clocks.pauses
        if not pauses:
            return ""
        count = len(pauses)
        words = ngettext("{count} time, {span} in all", "{count} times, {span} in all", count)
        total = words.format(count=count, span=span_words(self.clocks.waited))
        return "\n".join([total, *(pause_text(pause, self.moment) for pause in pauses)])

    def pushed(self) -> str:
        """Return who was urged, to whom it was reported, and which new times were told (R07)."""
        return "\n".join(self._pushed())

    def _pushed(self) -> Iterator[str]:
        for event in self.ticket.events:
            detail = event.detail
            if event.kind is EventKind.URGED:
                about = detail.get("whom", "")
            elif event.kind is EventKind.REPORTED_UP:
                level = detail.get("level", "")
                label = str(LEVEL_LABELS[Level(level)]) if level in set(Level) else level
                about = f"{label} {detail.get('to', '')}".strip()
            elif event.kind is EventKind.PROBLEM_REPORTED:
                about = detail.get("department", "")
            elif event.kind is EventKind.PROMISED:
                until = detail.get("promised_at", "")
                about = self.moment(datetime.fromisoformat(until)) if until else ""
                if told := detail.get("reported_to", ""):
                    about = _("{time}, reported to {name}").format(time=about, name=told)
            else:
                continue
            words = f"{EVENT_LABELS[event.kind]} {about}".strip()
            said = (
                _("{words}, {text}").format(words=words, text=event.text) if event.text else words
            )
            yield self.line(event, said)

    def cause(self) -> str:
        """Return the root cause, its kind before it; else what the returned order says."""
        ticket = self.ticket
        kind = ticket.cause_kind
        label = str(CAUSE_LABELS[CauseKind(kind)]) if kind in set(CauseKind) else ""
        done = self.last(EventKind.COMPLETED)
        cause = ticket.cause or (done.detail.get("cause", "") if done else "")
        if label and cause:
            return _("{kind}: {text}").format(kind=label, text=cause)
        return label or cause

    def related(self) -> str:
        """Return the numbers of tickets that this one repeats or is a part of."""
        ticket = self.ticket
        found = (
            (_("repeats {number}"), ticket.repeat_of),
            (_("part of incident {number}"), ticket.master),
            (_("merged into {number}"), ticket.merged_into),
        )
        return _(", ").join(words.format(number=number) for words, number in found if number)

    # -- the end

    def asked(self) -> str:
        """Return each answer of the caller with its time, and the weighted score where given."""
        return "\n".join(
            f"{self.moment(one.at)} {_answer(one)}"
            for one in self.ticket.events
            if one.kind is EventKind.FOLLOWED_UP
        )

    def contacts_of_manager(self) -> str:
        """Return the manager's own contacts with a special customer (R42)."""
        found = [one for one in self.ticket.events if one.kind is EventKind.MANAGER_CONTACT]
        return "\n".join(self.line(one, one.text) for one in found)


def _answer(event: Event) -> str:
    answer = event.detail.get("answer", "")
    if answer in set(Satisfaction):
        word = str(SATISFACTION_LABELS[Satisfaction(answer)])
    else:
        word = str(_GIVEN_UP if answer == "given-up" else _UNREACHED)
    score = event.detail.get("score", "")
    return _("{answer}, score {score}").format(answer=word, score=score) if score else word

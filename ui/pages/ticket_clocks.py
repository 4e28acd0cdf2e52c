"""What a ticket's detail says of time: what has to be done about it, and its running clocks."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from propdesk.domain.clock_alarms import EscalationDue, escalation_of
from propdesk.domain.clock_rules import CLOCK_LABELS
from propdesk.domain.clock_words import doubt_text
from propdesk.domain.clocks import ClockState, TicketClock, TicketClocks
from propdesk.domain.promises import can_promise
from propdesk.domain.spans import span_words
from propdesk.domain.tickets import Ticket, is_open
from propdesk.domain.urging import LEVEL_LABELS
from propdesk.i18n import _
from propdesk.services.queries.clocks import get_clocks
from ui.context import AppContext
from ui.delegates.records import plain_tooltip
from ui.pages.ticket_acts import LOOKS, Act
from ui.pages.ticket_words import by_words, clock_note, local
from ui.theme import Space, Tone
from ui.widgets.badges import Banner
from ui.widgets.facts import ClockBars, Limit

_TONES: Mapping[ClockState, Tone] = {
    ClockState.RUNNING: Tone.INFO,
    ClockState.WARNED: Tone.WARN,
    ClockState.PAUSED: Tone.NEUTRAL,
    ClockState.BREACHED: Tone.DANGER,
}
_LATE = frozenset({ClockState.WARNED, ClockState.BREACHED})


class ClockPart(QWidget):
    """Who above has to hear of it, a new time where this one will not do, doubts, the bars."""

    act_wanted = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        theme = context.theme
        self.escalation = Banner(theme, Tone.DANGER, "send")
        self.late = Banner(theme, Tone.WARN, "alarm-clock")
        self.doubt = Banner(theme, Tone.WARN, "triangle-alert")
        self.clocks = ClockBars(theme)
        self.escalation.followed.connect(lambda: self.act_wanted.emit(Act.REPORT_UP))
        self.late.followed.connect(lambda: self.act_wanted.emit(Act.PROMISE))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        for widget in (self.escalation, self.late, self.doubt, self.clocks):
            column.addWidget(widget)

    def show_ticket(self, ticket: Ticket) -> None:
        """Show the clocks of a ticket as they stand now; one that has ended has none to show."""
        now = self._context.now()
        clocks = get_clocks(ticket.id, now=now) if is_open(ticket.status) else None
        running = [clock for clock in clocks.clocks if clock.runs] if clocks else []
        running.sort(key=lambda clock: clock.due_at)
        self.clocks.show_limits([_limit(clock, now) for clock in running])
        self._show_escalation(escalation_of(clocks, ticket.events) if clocks else None)
        self._show_late(ticket, running)
        self._show_doubt(clocks)
        # Without anything to say it takes no room between what stands above and below.
        self.setVisible(bool(clocks and (running or clocks.doubtful)) or self._says_something())

    def _says_something(self) -> bool:
        banners = (self.escalation, self.late, self.doubt)
        return any(banner.sentence() for banner in banners)

    def _show_escalation(self, due: EscalationDue | None) -> None:
        words = ""
        if due is not None:
            because = str(CLOCK_LABELS[due.clock]) if due.clock else _("an emergency")
            words = _("To be reported up now, to: {level} ({reason})").format(
                level=LEVEL_LABELS[due.level], reason=because
            )
        link = str(LOOKS[Act.REPORT_UP].word)
        self.escalation.show_banner(Tone.DANGER, "send", words, link if words else "")

    def _show_late(self, ticket: Ticket, running: list[TicketClock]) -> None:
        is_late = any(clock.state in _LATE for clock in running) and can_promise(ticket.status)
        words = _("Cannot be solved in time? Tell the caller until when.") if is_late else ""
        link = str(LOOKS[Act.PROMISE].word)
        self.late.show_banner(Tone.WARN, "alarm-clock", words, link if words else "")

    def _show_doubt(self, clocks: TicketClocks | None) -> None:
        words = ""
        if clocks is not None and clocks.doubtful:
            words = doubt_text()
        self.doubt.show_banner(Tone.WARN, "triangle-alert", words)


def _limit(clock: TicketClock, now: datetime) -> Limit:
    """Return a running clock as its bar shows it; the words are of the wall's time."""
    here = local(now)
    name = str(CLOCK_LABELS[clock.clock])
    if clock.department:
        name = _("{name} ({role})").format(name=name, role=clock.department)
    if clock.state is ClockState.PAUSED:
        due, state = "", _("Paused")
    else:
        due = by_words(clock.due_at, now)
        words = _("{span} over") if clock.is_overdue else _("{span} left")
        state = words.format(span=span_words(abs(clock.due_at - here)))
    used = clock.used_percent / 100
    return Limit(name, due, state, _TONES[clock.state], used, plain_tooltip(clock_note(clock)))

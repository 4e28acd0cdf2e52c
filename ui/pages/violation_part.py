"""What a ticket's detail says of a breach of rules: its three steps, and the time to report."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from propdesk.domain.spans import span_words
from propdesk.domain.tickets import Event, EventKind, Ticket, is_open
from propdesk.domain.violations import (
    OUTCOME,
    REPORT_SOURCE,
    STEPS,
    VIOLATION_LABELS,
    Outcome,
    Violation,
    ViolationState,
)
from propdesk.i18n import _
from propdesk.services.queries.violations import get_violation
from ui.context import AppContext
from ui.pages.ticket_acts import LOOKS, Act
from ui.pages.ticket_words import by_words, clauses, line_moment, local
from ui.theme import Space, Tone
from ui.widgets.badges import Banner
from ui.widgets.stepper import StepMark, Stepper, StepState

_ACTS: Mapping[EventKind, Act] = dict(
    zip(STEPS, (Act.DISSUADE, Act.STOP, Act.REPORT_OUT), strict=True)
)


class ViolationPart(QWidget):
    """The three steps as a row of marks, a banner with the next one; hidden for other tickets."""

    act_wanted = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._next = Act.DISSUADE
        self.banner = Banner(context.theme, Tone.INFO, "shield-check")
        self.banner.followed.connect(lambda: self.act_wanted.emit(self._next))
        self.steps = Stepper(context.theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.banner)
        column.addWidget(self.steps)
        self.hide()

    def show_ticket(self, ticket: Ticket) -> None:
        """Show where the breach of a ticket stands; without one it takes no room."""
        self.setVisible(bool(ticket.violation))
        if not ticket.violation:
            return
        state = get_violation(ticket.events)
        self._show_banner(ticket, state)
        self.steps.show_steps([self._mark(step, state) for step in STEPS])

    def _show_banner(self, ticket: Ticket, state: ViolationState) -> None:
        now = self._context.now()
        kind = VIOLATION_LABELS[Violation(ticket.violation)]
        words = _("Breach: {kind}").format(kind=kind)
        tone, link = Tone.INFO, ""
        if state.complied:
            words = clauses(words, _("it was complied with"))
        elif EventKind.REPORTED_OUT in state.done:
            words = clauses(words, _("it was reported"))
        if state.due_at is not None:
            tone = Tone.WARN
            due = _("report {when}").format(when=by_words(state.due_at, now))
            if state.is_overdue(local(now)):
                tone = Tone.DANGER
                over = span_words(local(now) - state.due_at)
                due = _("{span} past the time to report it").format(span=over)
            words = clauses(words, due)
        if state.following is not None and is_open(ticket.status):
            self._next = _ACTS[state.following]
            link = str(LOOKS[self._next].word)
        self.banner.show_banner(tone, "shield-check", words, link)
        self.banner.setToolTip(str(REPORT_SOURCE) if state.due_at else "")

    def _mark(self, step: EventKind, state: ViolationState) -> StepMark:
        word = str(LOOKS[_ACTS[step]].word)
        event = state.done.get(step)
        if event is not None:
            return StepMark(word, StepState.DONE, self._note(event))
        is_next = step is state.following
        return StepMark(word, StepState.NEXT if is_next else StepState.TO_COME)

    def _note(self, event: Event) -> str:
        complied = event.detail.get(OUTCOME) == Outcome.COMPLIED
        when = line_moment(event.at, self._context.now())
        return clauses(when, event.by, _("complied") if complied else "")

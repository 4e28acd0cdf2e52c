"""回单: enter a work order that came back; a satisfied repair takes four keys beside its times.

What every paper says stands first (times, the customer's answer), in the order of the Tab key;
what most do not need stands below. Ctrl+Enter puts the paper away; the next scan may come.
"""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.moments import parse_past
from propdesk.domain.money import money_words
from propdesk.domain.paper_returns import NOT_DONE_LABELS, OUTCOME_LABELS, Outcome, PaperReturn
from propdesk.domain.paper_trail import Course
from propdesk.domain.tickets import (
    STATUS_LABELS,
    STILL,
    EventKind,
    Status,
    Ticket,
    has_arrived,
)
from propdesk.i18n import LazyText, _, _lazy
from propdesk.services.queries.papers import ScannedPaper, work_order_of
from propdesk.services.queries.prices import get_charge
from propdesk.services.returns import return_paper
from ui.context import AppContext
from ui.delegates.records import plain_tooltip
from ui.forms.move_form import MoveForm
from ui.pages.ticket_acts import Act
from ui.pages.ticket_words import line_moment
from ui.theme import Ink, Tone
from ui.widgets.badges import Banner
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import CheckField, LineField, TextField
from ui.widgets.labels import Label

_TIME_WIDTH = 150


class PastField(LineField):
    """A time on the paper: `10:30`, `1030`, `昨天 16:40`; `hint` says how it was understood.

    `since` is what it follows: the dispatch, or the arrival.
    """

    understood = Signal()

    def __init__(self, context: AppContext, key: str, name: str, since: datetime) -> None:
        super().__init__(context.theme, name, placeholder="10:30", width=_TIME_WIDTH)
        self._context = context
        self._key = key
        self._since = since
        self.hint = Label(context.theme, ink=Ink.TEXT_3, elide=True)
        self.textChanged.connect(self._explain)

    def count_from(self, since: datetime) -> None:
        """Understand a time without a day as the first one after `since`."""
        self._since = since
        self._explain()

    def moment(self) -> datetime | None:
        """Return the time that is meant, None for an empty field. Raises DraftError."""
        if not self.words():
            return None
        try:
            return parse_past(self.words(), self._since, self._context.now())
        except RuleError as refusal:
            raise DraftError((Problem(self._key, str(refusal)),)) from refusal

    def _explain(self) -> None:
        now = self._context.now()
        try:
            meant = self.moment()
        except DraftError:
            self.hint.show_text(_("not a time yet"), Ink.TEXT_3)
            return
        if meant is None:
            self.hint.show_text("")
        elif meant > now.replace(tzinfo=None):
            self.hint.show_text(
                _("{time} has not come yet").format(time=line_moment(meant, now)), Ink.WARN
            )
        else:
            self.hint.show_text(line_moment(meant, now), Ink.TEXT_2)
        self.understood.emit()


class ReturnForm(MoveForm):
    """What stands on the paper: when, how the customer found it, what was done, or why not."""

    def __init__(
        self, context: AppContext, ticket: Ticket, paper: ScannedPaper | None = None
    ) -> None:
        super().__init__(context, ticket, Act.RETURN)
        self.paper = paper or work_order_of(ticket)
        theme = context.theme
        moved_at = _moved_at(ticket)
        self.arrived_at = PastField(context, "arrived_at", _("Arrived"), moved_at)
        self.finished_at = PastField(context, "finished_at", _("Finished"), moved_at)
        self.outcome = Chips(theme, _("Customer says"), self._outcomes())
        self.signed = CheckField(theme, _("The customer signed"))
        self.opinion = LineField(theme, _("Caller's opinion"))
        self.work = TextField(theme, _("Work done"), lines=2)
        self.cause = LineField(theme, _("Cause"))
        self.reason = TextField(theme, _("Why not"), lines=2)
        self.waiting = Chips(
            theme,
            _("Goes on"),
            [
                Choice(key, str(word), hotkey=str(number))
                for number, (key, word) in enumerate(NOT_DONE_LABELS.items(), start=1)
            ],
        )
        self.next_visit = LineField(theme, _("Next visit"), placeholder=_("what was agreed"))
        self.work.show_words(_("Done: {matter}").format(matter=ticket.matter))
        self.outcome.choose(Outcome.UNRATED)
        self._show_arrival()
        self._add_rows()
        self._add_costs()
        self._say_what_paper()
        self.outcome.chosen_changed.connect(self._on_outcome)
        self.arrived_at.understood.connect(self._count_finished)
        self._show_rows()

    def _outcomes(self) -> list[Choice]:
        offered = [
            one
            for one in Outcome
            if one is not Outcome.NOT_DONE or self.paper.course is not Course.CONFIRM
        ]
        return [
            Choice(one.value, str(OUTCOME_LABELS[one]), hotkey=str(number))
            for number, one in enumerate(offered, start=1)
        ]

    def _show_arrival(self) -> None:
        """Show an arrival that was noted before; the keys to the next field stay the same."""
        if not has_arrived(self.ticket.events):
            return
        arrived = [one.at for one in self.ticket.events if one.kind is EventKind.ARRIVED]
        self.arrived_at.show_words(f"{arrived[-1]:%m-%d %H:%M}")
        self.arrived_at.setReadOnly(True)
        self.arrived_at.hint.show_text(_("noted already"), Ink.TEXT_3)

    def _add_rows(self) -> None:
        fields: tuple[tuple[str, str, QWidget], ...] = (
            ("arrived_at", _("Arrived"), self.arrived_at),
            ("finished_at", _("Finished"), self.finished_at),
            ("outcome", _("Customer says"), self.outcome),
            ("signed", _("Signature"), self.signed),
            ("opinion", _("Caller's opinion"), self.opinion),
            ("work", _("Work done"), self.work),
            ("cause", _("Cause"), self.cause),
            ("reason", _("Why not"), self.reason),
            ("waiting", _("Goes on"), self.waiting),
            ("next_visit", _("Next visit"), self.next_visit),
        )
        for key, label, field in fields:
            note = field.hint if isinstance(field, PastField) else None
            self.rows.add_row(key, label, field, note=note)
            if isinstance(field, LineField | TextField):
                field.textChanged.connect(lambda *_words, key=key: self.rows.drop_problem(key))

    def _add_costs(self) -> None:
        """Add the slot of material and labour: they have a window of their own."""
        self.costs = Button(self.context.theme, _("Enter"), kind=Kind.QUIET, icon="banknote")
        self.costs.clicked.connect(self._on_costs)
        self._total = Label(self.context.theme, ink=Ink.TEXT_2)
        self.rows.add_row("costs", _("Material"), self.costs, note=self._total)
        self._show_costs()

    def _say_what_paper(self) -> None:
        """Say above the fields what is special about this paper."""
        special = self._special()
        if not special:
            return
        banner = Banner(self.context.theme, Tone.INFO, "info", special)
        banner.setToolTip(plain_tooltip(special))
        self.column.insertWidget(1, banner)

    def _special(self) -> str:
        ticket, paper = self.ticket, self.paper
        if paper.is_replaced:
            words = _("Dispatch {round} of {number}: it was sent out again since; only filed")
        elif paper.course is Course.FILE:
            words = _("{number} is «{status}» already; the paper is only filed")
        elif paper.course is Course.CONFIRM:
            words = _("{number} is completed already; what the customer says is still missing")
        elif paper.round < ticket.dispatches:
            words = _(
                "Dispatch {round} of {number}: no later order was printed, so this one counts"
            )
        else:
            return ""
        return words.format(
            number=ticket.number, round=paper.round, status=STATUS_LABELS[ticket.status]
        )

    # -- what is in sight

    def _show_rows(self) -> None:
        outcome, course = Outcome(self.outcome.chosen()), self.paper.course
        is_work, is_done = course is Course.WORK, outcome is not Outcome.NOT_DONE
        shown = {
            "arrived_at": is_work,
            "finished_at": is_work,
            "signed": is_done,
            "opinion": outcome in {Outcome.FAIR, Outcome.DISSATISFIED},
            "work": is_work and is_done,
            "cause": is_work and is_done,
            "reason": not is_done,
            "waiting": is_work and not is_done,
            "next_visit": is_work and not is_done,
            "costs": course is not Course.FILE,
        }
        for key, is_shown in shown.items():
            self.rows.show_row(key, is_shown=is_shown)

    def _on_outcome(self, key: str) -> None:
        """Take a rating for the customer's signature, too: who rates has the pen in hand."""
        rated = {Outcome.SATISFIED, Outcome.FAIR, Outcome.DISSATISFIED}
        self.signed.setChecked(Outcome(key) in rated)
        self.rows.drop_problem("outcome")
        self._show_rows()

    def _count_finished(self) -> None:
        try:
            arrived = self.arrived_at.moment()
        except DraftError:
            return
        self.finished_at.count_from(arrived or _moved_at(self.ticket))

    def _show_costs(self) -> None:
        charge = get_charge(self.ticket.id)
        words = _("{sum} yuan").format(sum=money_words(charge.total_fen))
        self._total.show_text(words if charge.lines else "")

    def _on_costs(self) -> None:
        from ui.dialogs.charge_dialog import ChargeDialog

        ChargeDialog(self.context, self, self.ticket).ask()
        self._show_costs()
        self.costs.setFocus()

    # -- doing it

    def take_focus(self) -> None:
        """Put the keyboard into the first field that is asked for."""
        for field in (self.arrived_at, self.finished_at):
            if field.isVisibleTo(self):
                field.setFocus()
                return
        self.outcome.setFocus()

    def draft(self) -> PaperReturn:
        """Return what was typed. Raises DraftError where a time cannot be read."""
        outcome = Outcome(self.outcome.chosen())
        is_done = outcome is not Outcome.NOT_DONE
        is_work = self.paper.course is Course.WORK
        is_known = self.arrived_at.isReadOnly()
        work = self.work.words() if is_done else self.reason.words()
        return PaperReturn(
            outcome=outcome,
            arrived_at=None if not is_work or is_known else self.arrived_at.moment(),
            finished_at=self.finished_at.moment() if is_work else None,
            cause=self.cause.words() if is_done else "",
            work=work if is_work or not is_done else "",
            signed=self.signed.isChecked() and is_done,
            opinion=self.opinion.words() if self.opinion.isVisibleTo(self) else "",
            waiting=self.waiting.chosen(),
            next_visit=self.next_visit.words(),
        )

    def act(self) -> str:
        """Put the paper away; return what became of the ticket."""
        by, now = self.who()
        draft = self.draft()
        try:
            ticket = return_paper(self.ticket.id, self.paper.round, draft, by=by, now=now)
        except DraftError as refusal:
            if draft.outcome is not Outcome.NOT_DONE:
                raise
            raise DraftError(
                tuple(
                    Problem("reason", one.text) if one.field == "work" else one
                    for one in refusal.problems
                )
            ) from refusal
        return str(self._done_words(ticket)).format(number=ticket.number, round=ticket.round)

    def _done_words(self, ticket: Ticket) -> LazyText:
        if self.paper.course is Course.FILE:
            return _FILED
        return _DONE.get(ticket.status, _FILED)


_FILED = _lazy("{number}: the paper is filed")
_DONE: dict[Status, LazyText] = {
    Status.CLOSED: _lazy("{number}: the paper is entered, the ticket is closed"),
    Status.COMPLETED: _lazy("{number}: the paper is entered, the caller waits for the reply"),
    Status.RECEIVED: _lazy("{number}: the customer is not content; to work again, round {round}"),
    Status.SUSPENDED: _lazy("{number}: not done, the ticket waits"),
    Status.IN_PROGRESS: _lazy("{number}: not done; send it to work again when it can go on"),
}


def _moved_at(ticket: Ticket) -> datetime:
    """Return when the ticket last moved on; what the paper tells of came after that."""
    moves = [event.at for event in ticket.events if event.kind not in STILL]
    return moves[-1] if moves else ticket.received_at

"""The small forms of a ticket's acts: dispatch, complete, reply, close, reopen, note.

Each stands in the place of the action bar, below the ticket that it is about. Ctrl+Enter does it,
Esc goes back.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from propdesk.domain.classes import UNCLASSED
from propdesk.domain.clock_journal import WAITING_LABELS
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.judgements import judgement_of
from propdesk.domain.replies import REPLY_WAYS
from propdesk.domain.staff import Staff
from propdesk.domain.tickets import (
    Channel,
    EventKind,
    Severity,
    Ticket,
    can_move,
    needs_follow_up,
)
from propdesk.domain.tickets import Kind as TicketKind
from propdesk.i18n import _
from propdesk.services import tickets
from propdesk.services.judging import judge_ticket
from propdesk.services.parts.standing_letters import BY_LETTER
from propdesk.services.queries.letters import standing_letter
from propdesk.services.queries.staff import list_departments, list_staff
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.forms.care_forms import HandOnForm, ManagerContactForm
from ui.forms.class_choices import class_choices
from ui.forms.close_form import CloseForm
from ui.forms.delay_forms import PromiseForm, ReportUpForm, UrgeForm
from ui.forms.follow_up_form import FollowUpForm
from ui.forms.incident_form import IncidentForm, TellForm
from ui.forms.judge_form import JudgeForm, severity_chips
from ui.forms.link_form import LinkForm
from ui.forms.merge_form import MergeForm
from ui.forms.move_form import MoveForm, TextMove
from ui.forms.promise_field import PromiseField
from ui.forms.return_form import ReturnForm
from ui.forms.violation_forms import DissuadeForm, ReportOutForm, StopForm, ViolationForm
from ui.pages.ticket_acts import Act
from ui.pages.ticket_words import clauses
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import LineField, PickField, TextField
from ui.widgets.forms import FormRows


class CompleteForm(TextMove):
    """完工: what was done."""

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        super().__init__(context, ticket, Act.COMPLETE, _("What was done"))
        self.offer_phrases()

    def act(self) -> str:
        """Complete the ticket."""
        by, now = self.who()
        tickets.complete_ticket(self.ticket.id, text=self.text.words(), by=by, now=now)
        return _("{number} is completed, the caller waits for the reply").format(
            number=self.ticket.number
        )


class SuspendForm(MoveForm):
    """挂起: what the ticket waits for, and why in words; its clocks stop meanwhile."""

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        super().__init__(context, ticket, Act.SUSPEND)
        self.waiting = Chips(
            context.theme,
            _("Waits for"),
            [
                Choice(key.value, str(word), hotkey=str(number))
                for number, (key, word) in enumerate(WAITING_LABELS.items(), start=1)
            ],
        )
        self.text = TextField(context.theme, _("Reason"), lines=2)
        self.rows.add_row("waiting", _("Waits for"), self.waiting)
        self.rows.add_row("text", _("Reason"), self.text)
        self.text.textChanged.connect(lambda: self.rows.drop_problem("text"))

    def take_focus(self) -> None:
        """Put the keyboard on what it waits for: a digit chooses."""
        self.waiting.setFocus()

    def act(self) -> str:
        """Suspend the ticket."""
        by, now = self.who()
        tickets.suspend_ticket(
            self.ticket.id, self.waiting.chosen(), text=self.text.words(), by=by, now=now
        )
        return _("{number} is suspended").format(number=self.ticket.number)


class ReplyForm(TextMove):
    """回复: what the caller was told, and how. What was done is proposed as the text."""

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        super().__init__(context, ticket, Act.REPLY, _("What was told"))
        self.way = Chips(
            context.theme,
            _("Way"),
            [
                Choice(key, str(word), hotkey=str(number))
                for number, (key, word) in enumerate(REPLY_WAYS.items(), start=1)
            ],
        )
        self.rows.add_row("way", _("Way"), self.way)
        done = [one.text for one in ticket.events if one.kind is EventKind.COMPLETED]
        if done and not can_move(ticket.status, EventKind.COMPLETED):
            self.text.show_words(done[-1])
            self.text.selectAll()
        # What came as a letter is answered by one (R04).
        if ticket.channel is Channel.LETTER or standing_letter(ticket) is not None:
            self.way.choose(BY_LETTER)
        self.offer_phrases()

    def act(self) -> str:
        """Note the reply; what needs no follow-up is closed by it."""
        by, now = self.who()
        tickets.reply_ticket(
            self.ticket.id, text=self.text.words(), way=self.way.chosen(), by=by, now=now
        )
        if needs_follow_up(self.ticket.kind):
            words = _("{number} is replied, the follow-up is next")
        else:
            words = _("{number} is replied and closed")
        return words.format(number=self.ticket.number)


class ReopenForm(TextMove):
    """重开: why it is taken up again."""

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        super().__init__(context, ticket, Act.REOPEN, _("Reason"))

    def act(self) -> str:
        """Reopen the ticket in its next round."""
        by, now = self.who()
        ticket = tickets.reopen_ticket(self.ticket.id, reason=self.text.words(), by=by, now=now)
        return _("{number} is open again, round {round}").format(
            number=ticket.number, round=ticket.round
        )


class NoteForm(TextMove):
    """备注: a note in any status."""

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        super().__init__(context, ticket, Act.NOTE, _("Note"))

    def act(self) -> str:
        """Add the note."""
        by, now = self.who()
        tickets.note_ticket(self.ticket.id, text=self.text.words(), by=by, now=now)
        return _("Noted on {number}").format(number=self.ticket.number)


class ClassForm(MoveForm):
    """分类: confirm what was suggested, or say it better."""

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        super().__init__(context, ticket, Act.CLASS)
        self.pick = PickField(context.theme, _("Class"), class_choices())
        self.pick.choose(ticket.class_code)
        self.rows.add_row("class_code", _("Class"), self.pick)

    def take_focus(self) -> None:
        """Put the keyboard on the list: digits jump to a class."""
        self.pick.setFocus()

    def act(self) -> str:
        """Set the class; it is then no suggestion any more."""
        by, now = self.who()
        if self.pick.value() == UNCLASSED:
            raise DraftError((Problem("class_code", _("Choose a class.")),))
        tickets.confirm_class(self.ticket.id, self.pick.value(), by=by, now=now)
        return _("{number} is classed").format(number=self.ticket.number)


class DispatchForm(MoveForm):
    """派工: which department, who, what he should know, what the caller was promised."""

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        super().__init__(context, ticket, Act.DISPATCH)
        theme = context.theme
        departments = list_departments()
        self._staff = list_staff()
        self.department = Chips(
            theme,
            _("Department"),
            [
                Choice(str(one.id), one.name, hotkey=str(number) if number < 10 else "")
                for number, one in enumerate(departments, start=1)
            ],
        )
        self.handler = PickField(theme, _("Handler"))
        self.note = LineField(theme, _("Note"), placeholder=_("What the worker should know"))
        self.promise = PromiseField(context, ticket.promised_at)
        self.rows.add_row("department_id", _("Department"), self.department)
        self.rows.add_row("handler_id", _("Handler"), self.handler)
        self.rows.add_row("note", _("Note"), self.note)
        self.severity = severity_chips(theme, ticket)
        self.rows.add_row("promised_at", _("Promised"), self.promise, note=self.promise.hint)
        self.rows.add_row("severity", _("Severity"), self.severity)
        self.rows.show_row("severity", is_shown=ticket.kind is TicketKind.COMPLAINT)
        self.promise.textChanged.connect(lambda: self.rows.drop_problem("promised_at"))
        if any(one.id == ticket.department_id for one in departments):
            self.department.choose(str(ticket.department_id))
        self.department.chosen_changed.connect(self._offer_staff)
        self._offer_staff()
        if ticket.dispatches and any(one.id == ticket.handler_id for one in self._offered()):
            self.handler.choose(str(ticket.handler_id))

    def take_focus(self) -> None:
        """Put the keyboard on the departments: a digit chooses one."""
        self.department.setFocus()

    def _offered(self) -> list[Staff]:
        wanted = int(self.department.chosen() or 0)
        return [one for one in self._staff if one.department_id == wanted]

    def _offer_staff(self) -> None:
        people = [Choice(str(one.id), one.name) for one in self._offered()]
        self.handler.set_choices([Choice("", _("The department decides")), *people])

    def act(self) -> str:
        """Dispatch the ticket."""
        by, now = self.who()
        ticket = tickets.dispatch_ticket(
            self.ticket.id,
            by=by,
            now=now,
            department_id=int(self.department.chosen() or 0) or None,
            handler_id=int(self.handler.value() or 0) or None,
            note=self.note.words(),
            promised_at=self.promise.moment(),
        )
        severity = Severity(self.severity.chosen())
        if severity is not ticket.severity:
            judgement = replace(judgement_of(ticket), severity=severity)
            ticket = judge_ticket(ticket.id, judgement, by=by, now=now)
        to = " ".join(part for part in (ticket.department, self._handler_name(ticket)) if part)
        return _("{number} is dispatched to {name}").format(number=ticket.number, name=to)

    def _handler_name(self, ticket: Ticket) -> str:
        return ticket.handler if self.handler.value() else ""


class VoidDialog(Dialog):
    """作废 cannot be undone: a question, a reason, and the verb in red."""

    def __init__(self, context: AppContext, parent: QWidget, ticket: Ticket) -> None:
        title = _("Void {number}?").format(number=ticket.number)
        super().__init__(context.theme, parent, title)
        self._context = context
        self._ticket = ticket
        self.add_sentence(clauses(ticket.where, ticket.matter))
        self.add_sentence(
            _("The number stays in the books and is never given again. It cannot be undone."),
            is_quiet=True,
        )
        self.rows = FormRows(context.theme)
        self.reason = TextField(context.theme, _("Reason"), lines=2)
        self.rows.add_row("text", _("Reason"), self.reason)
        self.reason.textChanged.connect(lambda: self.rows.drop_problem("text"))
        self.body.addWidget(self.rows)
        self.add_verb("", _("Keep the ticket"))
        void = Button(context.theme, _("Void the ticket"), kind=Kind.DANGER)
        void.set_shortcut("Ctrl+Enter")
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._void)
        void.clicked.connect(self._void)
        self._foot.addWidget(void)
        self.reason.setFocus()

    def _void(self) -> None:
        try:
            tickets.void_ticket(
                self._ticket.id,
                reason=self.reason.words(),
                by=self._context.staff.id,
                now=self._context.now(),
            )
        except DraftError as refusal:
            self.rows.show_problems(refusal.problems)
        except RuleError as refusal:
            self._context.messages.tell(self, _("This was not done"), str(refusal))
        else:
            self.choose("void")


FORMS: dict[Act, Callable[[AppContext, Ticket], MoveForm]] = {
    Act.DISPATCH: DispatchForm,
    Act.SUSPEND: SuspendForm,
    Act.COMPLETE: CompleteForm,
    Act.REPLY: ReplyForm,
    Act.FOLLOW_UP: FollowUpForm,
    Act.CLOSE: CloseForm,
    Act.JUDGE: JudgeForm,
    Act.HAND_ON: HandOnForm,
    Act.MANAGER_CONTACT: ManagerContactForm,
    Act.REOPEN: ReopenForm,
    Act.NOTE: NoteForm,
    Act.PROMISE: PromiseForm,
    Act.URGE: UrgeForm,
    Act.REPORT_UP: ReportUpForm,
    Act.RETURN: ReturnForm,
    Act.VIOLATION: ViolationForm,
    Act.DISSUADE: DissuadeForm,
    Act.STOP: StopForm,
    Act.REPORT_OUT: ReportOutForm,
    Act.CLASS: ClassForm,
    Act.INCIDENT: IncidentForm,
    Act.TELL: TellForm,
    Act.MERGE: MergeForm,
    Act.LINK: LinkForm,
}

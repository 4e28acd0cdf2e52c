"""The small forms of a ticket's acts: dispatch, complete, reply, follow up, close, reopen, note.

Each stands in the place of the action bar, below the ticket that it is about. Ctrl+Enter does it,
Esc goes back.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from propdesk.domain.classes import UNCLASSED
from propdesk.domain.clock_journal import WAITING_LABELS
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.staff import Staff
from propdesk.domain.tickets import (
    SATISFACTION_LABELS,
    EventKind,
    Satisfaction,
    Ticket,
    can_move,
    needs_follow_up,
)
from propdesk.i18n import _
from propdesk.services import tickets
from propdesk.services.queries.staff import list_departments, list_staff
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.forms.answer_row import AnswerRow
from ui.forms.class_choices import class_choices
from ui.forms.promise_field import PromiseField
from ui.pages.ticket_acts import Act, act_word
from ui.pages.ticket_words import REPLY_WAYS, UNREACHED, clauses
from ui.theme import Space
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import LineField, PickField, TextField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label, Surface


class MoveForm(Surface):
    """What every act's form shares: a title, rows, the verb, the way back.

    `finished` comes with what was done in words, `left` when the clerk goes back.
    """

    finished = Signal(str)
    left = Signal()

    def __init__(self, context: AppContext, ticket: Ticket, act: Act) -> None:
        super().__init__(context.theme, line_above=True)
        self.context = context
        self.ticket = ticket
        theme = context.theme
        title = act_word(ticket, act)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.M, Space.XL, 11)
        column.setSpacing(Space.S)
        column.addWidget(Label(theme, title, bold=True))
        self.rows = FormRows(theme)
        column.addWidget(self.rows)
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        self.verb = Button(theme, title, kind=Kind.PRIMARY, icon="check", shortcut="Ctrl+Enter")
        self.verb.clicked.connect(self.submit)
        self._back = Button(theme, _("Cancel"), kind=Kind.QUIET, shortcut="Esc")
        self._back.clicked.connect(self.left)
        foot.addWidget(self.verb)
        foot.addWidget(self._back)
        foot.addStretch(1)
        column.addLayout(foot)
        for keys in ("Ctrl+Return", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.submit)

    def take_focus(self) -> None:
        """Put the keyboard into the first field."""
        raise NotImplementedError

    def act(self) -> str:
        """Do it; return what was done in words. Raises DraftError and RuleError."""
        raise NotImplementedError

    def submit(self) -> None:
        """Do it, or show what keeps it from being done."""
        if not self.verb.isVisibleTo(self):
            return
        self.attempt(self.act)

    def attempt(self, act: Callable[[], str]) -> None:
        """Run an act; problems go under their fields, other refusals are told."""
        self.rows.show_problems(())
        try:
            words = act()
        except DraftError as refusal:
            self.rows.show_problems(refusal.problems)
        except RuleError as refusal:
            self.context.messages.tell(self, _("This was not done"), str(refusal))
        else:
            self.finished.emit(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves on from what does not use it, and presses a button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            focus = self.focusWidget()
            if isinstance(focus, Button):
                focus.click()
            else:
                self.focusNextChild()
            return
        super().keyPressEvent(event)

    def who(self) -> tuple[int, datetime]:
        """Return who acts and when."""
        return self.context.staff.id, self.context.now()


class TextMove(MoveForm):
    """An act with one text: what was done, why it is reopened, a note."""

    def __init__(
        self, context: AppContext, ticket: Ticket, act: Act, label: str, hint: str = ""
    ) -> None:
        super().__init__(context, ticket, act)
        self.text = TextField(context.theme, label, placeholder=hint, lines=2)
        self.rows.add_row("text", label, self.text)
        self.text.textChanged.connect(lambda: self.rows.drop_problem("text"))

    def take_focus(self) -> None:
        """Put the keyboard into the text."""
        self.text.setFocus()


class CompleteForm(TextMove):
    """完工: what was done."""

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        super().__init__(context, ticket, Act.COMPLETE, _("What was done"))

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


class FollowUpForm(MoveForm):
    """回访: one key for the answer. Nothing is preset: the answer must be the caller's."""

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        super().__init__(context, ticket, Act.FOLLOW_UP)
        self.text = TextField(
            context.theme,
            _("In their words"),
            placeholder=_("Needed when the caller is dissatisfied"),
            lines=2,
        )
        self.rows.add_row("text", _("In their words"), self.text)
        self.text.textChanged.connect(lambda: self.rows.drop_problem("text"))
        self.answers = AnswerRow(
            context.theme,
            _("Answer"),
            [
                *(Choice(one.value, str(SATISFACTION_LABELS[one])) for one in Satisfaction),
                Choice("unreached", str(UNREACHED)),
            ],
        )
        self.rows.add_row("answer", _("Answer"), self.answers)
        self.answers.answered.connect(self._on_answered)
        self._answer = ""
        self.verb.hide()

    def take_focus(self) -> None:
        """Put the keyboard on the answers: one key is enough."""
        self.answers.setFocus()

    def _on_answered(self, answer: str) -> None:
        # An answer that still wants words stands ready as the form's verb meanwhile.
        self._answer = answer
        self.verb.show_word(self.answers.word(answer), icon="check")
        self.verb.setVisible(True)
        self.attempt(self.act)

    def act(self) -> str:
        """Note the answer that was given."""
        answer = self._answer
        by, now = self.who()
        known = answer in set(Satisfaction)
        tickets.follow_up_ticket(
            self.ticket.id,
            Satisfaction(answer) if known else None,
            text=self.text.words(),
            by=by,
            now=now,
        )
        if not known:
            words = _("{number}: not reached, the follow-up stays open")
        elif answer == Satisfaction.DISSATISFIED:
            words = _("{number} goes back to work, round {round}")
        else:
            words = _("{number} is followed up and closed")
        return words.format(number=self.ticket.number, round=self.ticket.round + 1)


class CloseForm(TextMove):
    """关闭: a reason where nobody could be asked."""

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        super().__init__(
            context, ticket, Act.CLOSE, _("Reason"), _("Needed when the caller was not reached")
        )

    def act(self) -> str:
        """Close the ticket."""
        by, now = self.who()
        tickets.close_ticket(self.ticket.id, reason=self.text.words(), by=by, now=now)
        return _("{number} is closed").format(number=self.ticket.number)


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
        self.rows.add_row("promised_at", _("Promised"), self.promise, note=self.promise.hint)
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
    Act.REOPEN: ReopenForm,
    Act.NOTE: NoteForm,
    Act.CLASS: ClassForm,
}

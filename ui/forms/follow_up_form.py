"""The form of the follow-up (回访): what the caller answers when asked."""

from propdesk.domain.tickets import SATISFACTION_LABELS, Satisfaction, Ticket
from propdesk.i18n import _
from propdesk.services.follow_ups import follow_up_ticket
from ui.context import AppContext
from ui.forms.answer_row import AnswerRow
from ui.forms.move_form import MoveForm
from ui.pages.ticket_acts import Act
from ui.pages.ticket_words import UNREACHED
from ui.widgets.choices import Choice
from ui.widgets.fields import TextField


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
        follow_up_ticket(
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

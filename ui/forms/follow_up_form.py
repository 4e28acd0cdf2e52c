"""The form of the follow-up (回访): what the caller answers when asked."""

from PySide6.QtGui import QKeyEvent

from propdesk.domain.scores import Asked
from propdesk.domain.tickets import (
    SATISFACTION_LABELS,
    UNREACHED_TRIES,
    Satisfaction,
    Status,
    Ticket,
)
from propdesk.i18n import _
from propdesk.services.follow_ups import end_follow_up, follow_up_ticket
from propdesk.services.queries.follow_ups import count_tries
from ui.context import AppContext
from ui.forms.answer_row import AnswerRow
from ui.forms.asked_rows import CheckRow, ScoreField
from ui.forms.move_form import MoveForm
from ui.pages.follow_up_words import UNREACHED
from ui.pages.ticket_acts import Act
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import TextField

_FOLDED = ("checks", "scores")
_FOLD = "follow_up_form/fold"
_GIVEN_UP = "given-up"


class FollowUpForm(MoveForm):
    """回访: one key for the answer. Nothing is preset: the answer must be the caller's.

    Checklist and scores stand behind a fold, which stays as it was left.
    """

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        super().__init__(context, ticket, Act.FOLLOW_UP)
        theme = context.theme
        self.text = TextField(
            theme,
            _("In their words"),
            placeholder=_("Needed when the caller is dissatisfied"),
            lines=2,
        )
        self.fold = Button(theme, "", kind=Kind.QUIET, shortcut="Alt+M")
        self.checks = CheckRow(theme, _("Checklist"))
        self.scores = ScoreField(theme, context.settings.score_weights)
        self.answers = AnswerRow(theme, _("Answer"), self._choices())
        self.rows.add_row("text", _("In their words"), self.text)
        self.rows.add_row("fold", "", self.fold)
        self.rows.add_row("checks", _("Checklist"), self.checks)
        self.rows.add_row("scores", _("Scores"), self.scores, note=self.scores.hint)
        self.rows.add_row("answer", _("Answer"), self.answers)
        self.text.textChanged.connect(lambda: self.rows.drop_problem("text"))
        self.scores.textChanged.connect(lambda: self.rows.drop_problem("scores"))
        self.fold.clicked.connect(self._on_fold)
        self.answers.answered.connect(self._on_answered)
        self._answer = ""
        self._show_fold(is_open=context.memory.recall(_FOLD) == "open")
        self.verb.hide()

    def _choices(self) -> list[Choice]:
        choices = [
            *(Choice(one.value, str(SATISFACTION_LABELS[one])) for one in Satisfaction),
            Choice("unreached", str(UNREACHED)),
        ]
        # A complaint is closed with the reason instead; a sampled ticket is closed already.
        is_sampled = self.ticket.status is Status.CLOSED
        if is_sampled and count_tries(self.ticket.id) >= UNREACHED_TRIES:
            choices.append(Choice(_GIVEN_UP, _("Ask no more")))
        return choices

    def take_focus(self) -> None:
        """Put the keyboard on the answers: one key is enough."""
        self.answers.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let a digit answer from the fold, too."""
        if self.fold.hasFocus() and self.answers.answer(event.text()):
            return
        super().keyPressEvent(event)

    def _on_fold(self) -> None:
        self._show_fold(is_open=not self._is_open)
        self.context.memory.remember(_FOLD, "open" if self._is_open else "")
        (self.checks if self._is_open else self.answers).setFocus()

    def _show_fold(self, *, is_open: bool) -> None:
        self._is_open = is_open
        word = _("Without checklist and scores") if is_open else _("Checklist and scores")
        self.fold.show_word(word, icon="chevron-up" if is_open else "chevron-down")
        for key in _FOLDED:
            self.rows.show_row(key, is_shown=is_open)

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
        if answer == _GIVEN_UP:
            end_follow_up(self.ticket.id, reason=self.text.words(), by=by, now=now)
            return _("{number} is asked no more").format(number=self.ticket.number)
        known = answer in set(Satisfaction)
        after = follow_up_ticket(
            self.ticket.id,
            Satisfaction(answer) if known else None,
            text=self.text.words(),
            asked=self._asked(),
            by=by,
            now=now,
        )
        if not known:
            words = _("{number}: not reached, the follow-up stays open")
        elif answer == Satisfaction.DISSATISFIED:
            words = _("{number} goes back to work, round {round}")
        elif self.ticket.status is Status.CLOSED:
            words = _("{number} is followed up")
        elif after.status is Status.FOLLOWING_UP:
            words = _("{number}: the answer is noted; something is missing before it can close")
            self.following = Act.CLOSE
        else:
            words = _("{number} is followed up and closed")
        return words.format(number=self.ticket.number, round=self.ticket.round + 1)

    def _asked(self) -> Asked:
        """Return checklist and scores; behind a closed fold nothing was asked."""
        return Asked(self.scores.scores(), self.checks.said()) if self._is_open else Asked()

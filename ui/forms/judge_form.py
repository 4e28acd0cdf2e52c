"""The form of a judgement (判定与原因分析): how grave, justified or not, why, what prevents it."""

from propdesk.domain.causes import CAUSE_LABELS, CauseKind
from propdesk.domain.judgements import VALIDITY_LABELS, Judgement, Validity, judgement_of
from propdesk.domain.tickets import SEVERITY_LABELS, Severity, Ticket
from propdesk.i18n import _
from propdesk.services.judging import judge_ticket
from ui.context import AppContext
from ui.forms.move_form import MoveForm
from ui.pages.ticket_acts import Act
from ui.theme import Theme
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import PickField, TextField


def severity_chips(theme: Theme, ticket: Ticket) -> Chips:
    """Return the row to say how grave a ticket is (R33)."""
    choices = [
        Choice(one.value, str(label), hotkey=str(number))
        for number, (one, label) in enumerate(SEVERITY_LABELS.items(), start=1)
    ]
    chips = Chips(theme, _("Severity"), choices)
    chips.choose(ticket.severity.value)
    return chips


class JudgeForm(MoveForm):
    """What the office makes of the matter; nothing of it has to be said."""

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        super().__init__(context, ticket, Act.JUDGE)
        theme = context.theme
        present = judgement_of(ticket)
        self.severity = severity_chips(theme, ticket)
        self.validity = Chips(
            theme,
            _("Complaint is"),
            [
                Choice("", _("Not judged"), hotkey="1"),
                *(
                    Choice(one.value, str(label), hotkey=str(number))
                    for number, (one, label) in enumerate(VALIDITY_LABELS.items(), start=2)
                ),
            ],
        )
        self.validity.choose(present.validity.value if present.validity else "")
        kinds = [Choice(one.value, str(label)) for one, label in CAUSE_LABELS.items()]
        self.cause_kind = PickField(theme, _("Kind of cause"))
        self.cause_kind.set_choices([Choice("", _("Not known yet")), *kinds])
        self.cause_kind.choose(present.cause_kind.value if present.cause_kind else "")
        self.cause = TextField(
            theme, _("Root cause"), placeholder=_("What lies behind what was seen"), lines=2
        )
        self.prevention = TextField(
            theme, _("Prevention"), placeholder=_("What keeps it from coming back"), lines=2
        )
        self.cause.show_words(present.cause)
        self.prevention.show_words(present.prevention)
        self.rows.add_row("severity", _("Severity"), self.severity)
        self.rows.add_row("validity", _("Complaint is"), self.validity)
        self.rows.add_row("cause_kind", _("Kind of cause"), self.cause_kind)
        self.rows.add_row("cause", _("Root cause"), self.cause)
        self.rows.add_row("prevention", _("Prevention"), self.prevention)

    def take_focus(self) -> None:
        """Put the keyboard on the first question that is still open: a digit chooses."""
        is_open = not self.ticket.validity
        (self.validity if is_open else self.cause).setFocus()

    def act(self) -> str:
        """Store the judgement."""
        by, now = self.who()
        validity, kind = self.validity.chosen(), self.cause_kind.value()
        judgement = Judgement(
            severity=Severity(self.severity.chosen()),
            validity=Validity(validity) if validity else None,
            cause_kind=CauseKind(kind) if kind else None,
            cause=self.cause.words(),
            prevention=self.prevention.words(),
        )
        judge_ticket(self.ticket.id, judgement, by=by, now=now)
        return _("{number} is judged").format(number=self.ticket.number)

"""The forms of a breach of rules: which rules, and the three steps against it (Civil Code 942)."""

from collections.abc import Mapping

from propdesk.domain.tickets import EventKind, Ticket
from propdesk.domain.violations import OUTCOME_LABELS, VIOLATION_LABELS, Outcome, StepDraft
from propdesk.i18n import _
from propdesk.services.violations import mark_violation, take_step
from ui.context import AppContext
from ui.forms.move_form import MoveForm
from ui.pages.ticket_acts import LOOKS, Act
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import LineField, TextField

STEPS: Mapping[Act, EventKind] = {
    Act.DISSUADE: EventKind.DISSUADED,
    Act.STOP: EventKind.STOPPED,
    Act.REPORT_OUT: EventKind.REPORTED_OUT,
}


class ViolationForm(MoveForm):
    """违规: which rules are broken; the steps follow."""

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        super().__init__(context, ticket, Act.VIOLATION)
        words = {"": _("None"), **{one.value: str(word) for one, word in VIOLATION_LABELS.items()}}
        self.kind = Chips(
            context.theme,
            _("Rules broken"),
            [
                Choice(key, word, hotkey=str(number))
                for number, (key, word) in enumerate(words.items())
            ],
        )
        self.rows.add_row("violation", _("Rules broken"), self.kind)
        self.kind.choose(ticket.violation)

    def take_focus(self) -> None:
        """Put the keyboard on the rules: a digit chooses."""
        self.kind.setFocus()

    def act(self) -> str:
        """Mark the ticket, or take the mark away."""
        by, now = self.who()
        ticket = mark_violation(self.ticket.id, self.kind.chosen(), by=by, now=now)
        if not ticket.violation:
            return _("{number} is no breach of rules").format(number=ticket.number)
        return _("{number} is a breach of rules; next: {step}").format(
            number=ticket.number, step=LOOKS[Act.DISSUADE].word
        )


class StepForm(MoveForm):
    """What every step tells: what was said and done, how, and the proof of it."""

    _act: Act

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        super().__init__(context, ticket, self._act)
        theme = context.theme
        self.text = TextField(theme, _("Said and done"), lines=2)
        means, proof = (
            _("on the spot, by phone, in writing"),
            _("photos, witnesses, a signed notice"),
        )
        self.means = LineField(theme, _("How"), placeholder=means)
        self.evidence = LineField(theme, _("Proof"), placeholder=proof)
        self.rows.add_row("text", _("Said and done"), self.text)
        self.text.textChanged.connect(lambda: self.rows.drop_problem("text"))
        self.add_own_rows()
        self.rows.add_row("means", _("How"), self.means)
        self.rows.add_row("evidence", _("Proof"), self.evidence)

    def add_own_rows(self) -> None:
        """Add what only this step tells."""
        raise NotImplementedError

    def draft(self) -> StepDraft:
        """Return what was typed."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Put the keyboard into the words."""
        self.text.setFocus()

    def act(self) -> str:
        """Note the step."""
        by, now = self.who()
        take_step(self.ticket.id, STEPS[self._act], self.draft(), by=by, now=now)
        return _("{number}: «{step}» is noted").format(
            number=self.ticket.number, step=LOOKS[self._act].word
        )


class DissuadeForm(StepForm):
    """劝阻: with what came of it."""

    _act = Act.DISSUADE

    def add_own_rows(self) -> None:
        """Add what came of it: unless somebody says otherwise, it goes on."""
        self.outcome = Chips(
            self.context.theme,
            _("Outcome"),
            [
                Choice(one.value, str(word), hotkey=str(number))
                for number, (one, word) in enumerate(OUTCOME_LABELS.items(), start=1)
            ],
        )
        self.rows.add_row("outcome", _("Outcome"), self.outcome)

    def draft(self) -> StepDraft:
        """Return what was typed."""
        return StepDraft(
            self.text.words(),
            Outcome(self.outcome.chosen()),
            self.means.words(),
            self.evidence.words(),
        )


class StopForm(DissuadeForm):
    """制止: as the dissuasion before it."""

    _act = Act.STOP


class ReportOutForm(StepForm):
    """报告: to which authority, and its receipt."""

    _act = Act.REPORT_OUT

    def add_own_rows(self) -> None:
        """Add who was told."""
        theme = self.context.theme
        places = _("police, fire brigade, urban management")
        self.authority = LineField(theme, _("Authority"), placeholder=places)
        self.receipt = LineField(theme, _("Receipt no."))
        self.rows.add_row("authority", _("Authority"), self.authority)
        self.rows.add_row("receipt", _("Receipt no."), self.receipt)
        self.authority.textChanged.connect(lambda: self.rows.drop_problem("authority"))

    def draft(self) -> StepDraft:
        """Return what was typed."""
        return StepDraft(
            self.text.words(),
            Outcome.GOES_ON,
            self.means.words(),
            self.evidence.words(),
            self.authority.words(),
            self.receipt.words(),
        )

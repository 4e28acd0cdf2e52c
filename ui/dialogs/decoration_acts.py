"""The small questions about a decoration: a patrol, the acceptance, the deposit, the end of it."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.decorations import (
    FINDING_LABELS,
    PATROL_LABELS,
    Decoration,
    Finding,
    FindingKind,
    PatrolDraft,
    PatrolResult,
)
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.money import money_words, parse_money
from propdesk.i18n import _
from propdesk.services.decoration_patrols import note_patrol
from propdesk.services.decorations import (
    accept_decoration,
    cancel_decoration,
    return_deposit,
)
from ui.context import AppContext
from ui.dialogs.thing_dialog import ThingDialog
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import LineField, PickField, TextField

_NOTHING = ""


def _title(words: str, one: Decoration) -> str:
    return words.format(house=one.house, number=one.number)


class PatrolDialog(ThingDialog):
    """A look at the works: Ctrl+Enter alone says that all is well.

    What else was found is noted as a further look; each finding is a line of its own.
    """

    def __init__(self, context: AppContext, parent: QWidget, one: Decoration) -> None:
        title = _title(_("Patrol of {house}, {number}"), one)
        super().__init__(context, parent, title, save=_("Note it"), width=640)
        self._one = one
        theme = context.theme
        results = [
            Choice(result.value, str(word), hotkey=str(place))
            for place, (result, word) in enumerate(PATROL_LABELS.items(), 1)
        ]
        self.met = Chips(theme, _("Met with"), results)
        self.met.choose(PatrolResult.LOOKED.value)
        self.rows.add_row("result", _("Met with"), self.met)
        kinds = [Choice(kind.value, str(word)) for kind, word in FINDING_LABELS.items()]
        self.kind = PickField(
            theme, _("Problems found"), [Choice(_NOTHING, _("Nothing found")), *kinds]
        )
        self.rows.add_row("kind", _("Problems found"), self.kind)
        self.finding = TextField(theme, _("What was found"), lines=2)
        self.rows.add_row("finding", _("What was found"), self.finding)
        self.due_on = self.day("due_on", _("Put right by"), None)
        self.by = self.line("patrolled_by", _("Patrolled by"), context.staff.name)
        self.kind.picked.connect(lambda _key: self._follow())
        self._follow()
        self.met.setFocus()

    def _follow(self) -> None:
        """Show what a finding needs, where there is one."""
        for row in ("finding", "due_on"):
            self.rows.show_row(row, is_shown=self.kind.value() != _NOTHING)

    def store(self) -> str:
        """Note the look."""
        findings: tuple[Finding, ...] = ()
        if self.kind.value() != _NOTHING:
            due_on = self.day_of("due_on", self.due_on)
            findings = (Finding(FindingKind(self.kind.value()), self.finding.words(), due_on),)
        draft = PatrolDraft(PatrolResult(self.met.chosen()), findings, self.by.words())
        by, now = self.context.staff.id, self.context.now()
        note_patrol(self._one.id, draft, by=by, now=now)
        return _title(_("The patrol of {house} is noted"), self._one)


class AcceptDialog(ThingDialog):
    """The finished works were looked at."""

    def __init__(self, context: AppContext, parent: QWidget, one: Decoration) -> None:
        title = _title(_("Accept the works of {house}, {number}"), one)
        super().__init__(context, parent, title, save=_("Accept"))
        self._one = one
        self.on = self.day("on", _("Day"), context.now().date())
        self.text = self.line("text", _("Result"))
        self.text.setFocus()

    def store(self) -> str:
        """Note the acceptance."""
        accept_decoration(
            self._one.id,
            on=self.day_of("on", self.on),
            outcome=self.text.words(),
            by=self.context.staff.id,
            now=self.context.now(),
        )
        return _title(_("{number} of {house} is accepted."), self._one)


class CancelDialog(ThingDialog):
    """There will be no decoration."""

    def __init__(self, context: AppContext, parent: QWidget, one: Decoration) -> None:
        title = _title(_("Cancel {number} of {house}"), one)
        super().__init__(context, parent, title, save=_("Cancel the decoration"))
        self._one = one
        self.reason = self.line("text", _("Reason"))
        self.reason.setFocus()

    def store(self) -> str:
        """Close the file."""
        by, now = self.context.staff.id, self.context.now()
        cancel_decoration(self._one.id, reason=self.reason.words(), by=by, now=now)
        return _title(_("{number} of {house} is cancelled."), self._one)


class DepositDialog(ThingDialog):
    """The deposit goes back, whole or in part."""

    def __init__(self, context: AppContext, parent: QWidget, one: Decoration) -> None:
        title = _title(_("Deposit of {house}, {number}"), one)
        super().__init__(context, parent, title, save=_("Note it"))
        self._one = one
        self.amount = LineField(context.theme, _("Given back"), width=140)
        self.amount.show_words(money_words(one.deposit_fen))
        self.rows.add_row("returned_fen", _("Given back"), self.amount)
        self.reason = self.line("reason", _("Kept back for"))
        self.on = self.day("on", _("Day"), context.now().date())
        self.amount.setFocus()
        self.amount.selectAll()

    def _fen(self) -> int:
        try:
            return parse_money(self.amount.words())
        except RuleError as refusal:
            raise DraftError((Problem("returned_fen", str(refusal)),)) from refusal

    def store(self) -> str:
        """Note what went back."""
        return_deposit(
            self._one.id,
            returned_fen=self._fen(),
            reason=self.reason.words(),
            on=self.day_of("on", self.on),
            by=self.context.staff.id,
            now=self.context.now(),
        )
        return _title(_("The deposit of {number}, {house}, went back."), self._one)

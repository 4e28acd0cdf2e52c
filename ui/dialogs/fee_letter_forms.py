"""Small forms of a letter's way: taken back with a reason, a draft in other words."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from propdesk.domain.fee_templates import TemplatePart
from propdesk.i18n import _
from propdesk.services.fee_letters import reword_letter, withdraw_letter
from propdesk.services.queries.fee_letters import FeeLetter
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.widgets.fields import LineField
from ui.widgets.letter_parts import LetterParts


class WithdrawForm(SmallForm):
    """Why a letter is taken back; one that is not printed yet becomes void."""

    def __init__(self, context: AppContext, parent: QWidget, number: str) -> None:
        title = _("Take letter {number} back").format(number=number)
        super().__init__(context, parent, title, _("Take the letter back"))
        self._number = number
        self.reason = LineField(context.theme, _("Reason"))
        self.rows.add_row("reason", _("Reason"), self.reason)
        self.reason.setFocus()

    def act(self) -> FeeLetter:
        """Take it back."""
        by, now = self.context.staff.id, self.context.now()
        return withdraw_letter(self._number, self.reason.words(), by=by, now=now)


class RewordForm(SmallForm):
    """The paragraphs of a draft; it stays a draft, its table and number as they are."""

    def __init__(self, context: AppContext, parent: QWidget, letter: FeeLetter) -> None:
        title = _("Reword letter {number}").format(number=letter.number)
        super().__init__(context, parent, title, _("Save"), width=760)
        self._letter = letter
        self.parts = LetterParts(context.theme, has_fields=False)
        self.parts.show_parts(letter.content.parts)
        self.body.addWidget(self.parts)
        self.parts.take_focus()

    def act(self) -> FeeLetter:
        """Store the words."""
        parts: Sequence[TemplatePart] = self.parts.parts()
        return reword_letter(self._letter.number, parts, by=self.context.staff.id)

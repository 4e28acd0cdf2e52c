"""合并: this ticket is a duplicate of another one, which goes on for both callers."""

from PySide6.QtWidgets import QSizePolicy

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.tickets import STATUS_LABELS, Ticket
from propdesk.i18n import _
from propdesk.services.queries.tickets import find_ticket
from propdesk.services.relations import merge_ticket
from ui.context import AppContext
from ui.forms.move_form import MoveForm
from ui.pages.ticket_acts import Act
from ui.pages.ticket_words import clauses
from ui.theme import Ink
from ui.widgets.fields import LineField
from ui.widgets.labels import Label

_NUMBER_WIDTH = 200


class OtherTicketForm(MoveForm):
    """An act that names another ticket: its number, and below it what that ticket is about."""

    def __init__(self, context: AppContext, ticket: Ticket, act: Act, label: str) -> None:
        super().__init__(context, ticket, act)
        self.number = LineField(context.theme, label, width=_NUMBER_WIDTH)
        self.about = Label(context.theme, ink=Ink.TEXT_3, elide=True)
        self.rows.add_row("number", label, self.number)
        self.rows.add_row("about", "", self.about)
        self.rows.show_row("about", is_shown=False)
        self.number.textChanged.connect(self._on_number)

    def take_focus(self) -> None:
        """Put the keyboard into the number."""
        self.number.setFocus()
        self.number.selectAll()

    def other(self) -> Ticket:
        """Return the ticket that is named. Raises DraftError where there is none."""
        words = self.number.words()
        if not words:
            raise DraftError((Problem("number", _("Type the number of the other ticket.")),))
        try:
            return find_ticket(words)
        except RuleError as refusal:
            raise DraftError((Problem("number", str(refusal)),)) from refusal

    def _on_number(self) -> None:
        self.rows.drop_problem("number")
        try:
            other = self.other()
        except DraftError:
            self.rows.show_row("about", is_shown=False)
            return
        status = str(STATUS_LABELS[other.status])
        self.rows.show_row("about", is_shown=True)
        self.about.show_text(clauses(other.where, other.reporter_name, other.matter, status))


class MergeForm(OtherTicketForm):
    """合并: into which ticket; a likely duplicate is proposed."""

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        super().__init__(context, ticket, Act.MERGE, _("Merge into"))
        note = Label(
            context.theme,
            _("This ticket ends, its number stays; the other one's reply is for both callers."),
            ink=Ink.TEXT_3,
            wrap=True,
        )
        note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.rows.add_row("note", "", note)
        if ticket.duplicate_of:
            self.number.show_words(ticket.duplicate_of)

    def act(self) -> str:
        """Merge the ticket."""
        by, now = self.who()
        merged = merge_ticket(self.ticket.id, self.other().id, by=by, now=now)
        return _("{number} is merged into {other}").format(
            number=merged.number, other=merged.merged_into
        )

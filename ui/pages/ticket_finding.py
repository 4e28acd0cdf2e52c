"""Where a ticket of a round comes from: the round, the sheet, the point, the reading; and back."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from propdesk.domain.findings import Finding
from propdesk.domain.tickets import Channel, Ticket
from propdesk.i18n import _
from propdesk.services.queries.findings import find_finding_of_ticket
from ui.context import AppContext
from ui.pages.ticket_words import clauses
from ui.theme import Tone
from ui.widgets.notes import NoteBox


class FindingPart(QWidget):
    """One sentence with a link to the sheet; nothing is there for other tickets."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._finding: Finding | None = None
        self.note = NoteBox(context.theme, Tone.INFO, "clipboard-list")
        self.note.followed.connect(self._on_followed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.note)
        self.hide()

    def show_ticket(self, ticket: Ticket) -> None:
        """Show which finding of a round a ticket was written for."""
        # Only what a round found came in by this channel: no other ticket asks the data.
        is_found = ticket.channel is Channel.PATROL
        self._finding = one = find_finding_of_ticket(ticket.id) if is_found else None
        self.setVisible(one is not None)
        if one is None:
            return
        words = clauses(one.plan, one.sheet, " ".join((one.point, one.where)).strip(), one.text)
        again = _("{count} times").format(count=one.times) if one.needs_improvement else ""
        improve = _("Needs improvement") if again else ""
        self.note.show_note(
            clauses(_("From a round: {words}").format(words=words), improve, again),
            _("Open {number}").format(number=one.sheet) if one.sheet else "",
        )

    def _on_followed(self) -> None:
        if self._finding is not None and self._finding.sheet:
            self._context.navigation.sheet_wanted.emit(self._finding.sheet)

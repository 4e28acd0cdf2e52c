"""The photos and scans of the ticket that is shown: added, looked at, taken off."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal

from propdesk.domain.attachments import Attachment
from propdesk.domain.tickets import Ticket
from propdesk.i18n import _, ngettext
from propdesk.services import offices
from propdesk.services.attachments import Refused, add_attachments
from propdesk.services.queries.attachments import list_attachments
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.picture_view import PictureView, remove_file
from ui.forms.file_strip import FileStrip
from ui.incoming_files import Incoming, sources


class _Added(NamedTuple):
    """What came of a lot of files."""

    number: str
    files: tuple[Attachment, ...]
    refused: tuple[Refused, ...]


class TicketFiles(FileStrip):
    """The strip in a ticket's detail. `changed` comes when something was written."""

    changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._ticket: Ticket | None = None
        self._attachments: tuple[Attachment, ...] = ()

    def show_ticket(self, ticket: Ticket | None) -> None:
        """Show the files of a ticket."""
        self._ticket = ticket
        self._attachments = () if ticket is None else list_attachments(ticket.id)
        self.show_files([(one.file, one.title, one.on_paper) for one in self._attachments])

    def can_take(self) -> bool:
        """Tell whether files may come now: a ticket is shown, and no other lot is under way."""
        return self._ticket is not None and super().can_take()

    def doing_words(self, count: int) -> str:
        """Name the ticket: the clerk may look at another one meanwhile."""
        number = "" if self._ticket is None else self._ticket.number
        return _("Adding {count} to {number} …").format(count=count, number=number)

    def take(self, coming: Sequence[Incoming]) -> None:
        """Take files in for the ticket that is shown now."""
        ticket = self._ticket
        if ticket is not None:
            self._for = (ticket.id, ticket.number, self.context.staff.id, self.context.now())
            super().take(coming)

    def job(self, coming: Sequence[Incoming], progress: Progress) -> _Added:
        """Take files in and give them to their ticket."""
        ticket_id, number, by, now = self._for
        with offices.working_connection():
            files, refused = add_attachments(
                self.context.office,
                ticket_id,
                sources(coming),
                by=by,
                now=now,
                on_progress=progress,
            )
        return _Added(number, files, refused)

    def arrived(self, result: _Added) -> None:
        """Show them, and say what was refused."""
        if result.files:
            self.changed.emit()
            words = ngettext(
                "{number}: {count} file added", "{number}: {count} files added", len(result.files)
            )
            self.said.emit(words.format(number=result.number, count=len(result.files)))
        self.tell_refused(result.refused)

    def open_view(self, place: int) -> None:
        """Look at a file, as large as the window."""
        if PictureView(self.context, self, self._attachments, place).look():
            self.changed.emit()
        self.thumbnails.setFocus()

    def remove(self, place: int) -> None:
        """Take a file off the ticket, after a question."""
        if remove_file(self.context, self, self._attachments[place]):
            self.changed.emit()
        if not self.thumbnails.tiles():
            self.add.setFocus()

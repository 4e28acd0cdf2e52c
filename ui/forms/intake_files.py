"""Photos that come with a call: kept with the half-typed ticket until it is registered."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from propdesk.domain.attachments import StagedFile, from_words, to_words
from propdesk.domain.tickets import Ticket
from propdesk.services import offices
from propdesk.services.attachments import Staged, attach_files, discard_files, stage_files
from ui.background import Progress
from ui.dialogs.picture_view import PictureView
from ui.forms.file_strip import FileStrip
from ui.incoming_files import Incoming, sources


class IntakeFiles(FileStrip):
    """The strip in the intake form.

    `typed` comes when files came or went, `ready` when those under way have arrived.
    """

    typed = Signal()
    ready = Signal()

    def words(self) -> str:
        """Return the files as the draft keeps them."""
        return to_words(self.files()) if self._shown else ""

    def files(self) -> tuple[StagedFile, ...]:
        """Return the files that wait for their ticket."""
        return tuple(file for file, *_more in self._shown)

    def fill(self, words: str) -> None:
        """Show files as `words` returned them."""
        self._show_staged(from_words(words))

    def _show_staged(self, files: Sequence[StagedFile]) -> None:
        self.show_files([(file, file.name, False) for file in files])

    def take(self, coming: Sequence[Incoming]) -> None:
        """Take files in for the ticket to come."""
        self._by = self.context.staff.id
        super().take(coming)

    def job(self, coming: Sequence[Incoming], progress: Progress) -> Staged:
        """Make files ready."""
        with offices.working_connection():
            return stage_files(
                self.context.office, sources(coming), by=self._by, on_progress=progress
            )

    def arrived(self, result: Staged) -> None:
        """Show them beside those that are there, and say what was refused."""
        known = {file.sha256 for file in self.files()}
        new = [file for file in result.files if file.sha256 not in known]
        if new:
            self._show_staged([*self.files(), *new])
            self.typed.emit()
        self.tell_refused(result.refused)
        self.ready.emit()

    def open_view(self, place: int) -> None:
        """Look at a file, as large as the window."""
        PictureView(self.context, self, self.files(), place).look()
        self.thumbnails.setFocus()

    def remove(self, place: int) -> None:
        """Leave a file out."""
        files = [file for n, file in enumerate(self.files()) if n != place]
        gone = self.files()[place]
        self._show_staged(files)
        self.typed.emit()
        discard_files(self.context.office, (gone,))
        if not files:
            self.add.setFocus()

    def attach_to(self, ticket: Ticket) -> None:
        """Give the files to the ticket that was registered. Raises RuleError."""
        if self._shown:
            attach_files(
                self.context.office,
                ticket.id,
                self.files(),
                by=self.context.staff.id,
                now=self.context.now(),
            )

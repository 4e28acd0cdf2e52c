"""The files of one thing among others: pages of a contract, photos and papers of equipment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal

from propdesk.domain.attachments import Attachment
from propdesk.i18n import _, ngettext
from propdesk.services import offices
from propdesk.services.parts.files_in import Refused
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.picture_view import PictureView
from ui.forms.file_strip import FileStrip
from ui.incoming_files import Incoming, sources


@dataclass(frozen=True, slots=True)
class FileActs:
    """How files of one kind of owner are listed, kept, and taken out again."""

    listed: Callable[[int], tuple[Attachment, ...]]
    keep: Callable[..., tuple[tuple[Attachment, ...], tuple[Refused, ...]]]
    take_out: Callable[..., Attachment]


class KeptFiles(FileStrip):
    """The files of the owner that is shown; `stored` comes with the words for the toast."""

    stored = Signal(str)

    def __init__(self, context: AppContext, acts: FileActs) -> None:
        super().__init__(context)
        self._acts = acts
        self._owner: int | None = None
        self._files: tuple[Attachment, ...] = ()

    def show_owner(self, owner_id: int | None) -> None:
        """Show the files of an owner."""
        self._owner = owner_id
        self._files = () if owner_id is None else self._acts.listed(owner_id)
        self.show_files([(one.file, one.title, False) for one in self._files])

    def can_take(self) -> bool:
        """Tell whether files may come: an owner is shown, and no other lot is under way."""
        return self._owner is not None and super().can_take()

    def take(self, coming: Sequence[Incoming]) -> None:
        """Take files in for the owner that is shown now."""
        if self._owner is not None:
            self._for = (self._owner, self.context.staff.id, self.context.now())
            super().take(coming)

    def job(self, coming: Sequence[Incoming], progress: Progress) -> Any:
        """Take files in."""
        owner, by, now = self._for
        with offices.working_connection():
            return self._acts.keep(
                self.context.office, owner, sources(coming), by=by, now=now, on_progress=progress
            )

    def arrived(self, result: tuple[tuple[Attachment, ...], tuple[Refused, ...]]) -> None:
        """Tell of them, and say what was refused."""
        added, refused = result
        self.show_owner(self._owner)
        if added:
            words = ngettext("{count} file was added", "{count} files were added", len(added))
            self.stored.emit(words.format(count=len(added)))
        self.tell_refused(refused)

    def open_view(self, place: int) -> None:
        """Look at a file, as large as the window."""
        PictureView(self.context, self, [one.file for one in self._files], place).look()
        self.thumbnails.setFocus()

    def remove(self, place: int) -> None:
        """Take a file out, after a question."""
        one, context = self._files[place], self.context
        if not context.messages.confirm(
            self,
            _("Take this file out?"),
            _("«{title}» no longer belongs here; it stays in the books.").format(title=one.title),
            act=_("Take the file out"),
            keep=_("Keep it"),
        ):
            return
        if context.attempt(
            self,
            _("This was not done"),
            lambda: self._acts.take_out(one.id, by=context.staff.id, now=context.now()),
        ):
            self.show_owner(self._owner)
            self.stored.emit(_("{title} is taken out").format(title=one.title))

"""The photos of a round and the scan of its paper: dropped, pasted or chosen, looked at."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from propdesk.domain.attachments import Attachment
from propdesk.i18n import _
from propdesk.services import offices
from propdesk.services.inspection_files import add_round_files, remove_round_file
from propdesk.services.parts.files_in import Refused
from propdesk.services.queries.inspection_files import list_round_files
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.picture_view import PictureView
from ui.forms.file_strip import FileStrip
from ui.incoming_files import Drops, Incoming, sources

_WIDTH = 640


class _Added(NamedTuple):
    """What came of a lot of files."""

    files: tuple[Attachment, ...]
    refused: tuple[Refused, ...]


class _RoundStrip(FileStrip):
    """The files of one round."""

    def __init__(self, context: AppContext, round_id: int) -> None:
        super().__init__(context)
        self._round_id = round_id
        self._files: tuple[Attachment, ...] = ()
        self.show_round()

    def show_round(self) -> None:
        """Read the files anew."""
        self._files = list_round_files(self._round_id)
        self.show_files([(one.file, one.title, False) for one in self._files])

    def take(self, coming: Sequence[Incoming]) -> None:
        """Take files in for the one who sits here now."""
        self._for = (self.context.staff.id, self.context.now())
        super().take(coming)

    def job(self, coming: Sequence[Incoming], progress: Progress) -> _Added:
        """Take files in and give them to the round."""
        by, now = self._for
        with offices.working_connection():
            files, refused = add_round_files(
                self.context.office, self._round_id, sources(coming), by=by, now=now,
                on_progress=progress,
            )  # fmt: skip
        return _Added(files, refused)

    def arrived(self, result: _Added) -> None:
        """Show them, and say what was refused."""
        self.show_round()
        self.tell_refused(result.refused)

    def open_view(self, place: int) -> None:
        """Look at a file, as large as the window."""
        PictureView(self.context, self, [one.file for one in self._files], place).look()
        self.thumbnails.setFocus()

    def remove(self, place: int) -> None:
        """Take a file off the round, after a question."""
        one, context = self._files[place], self.context
        sentence = _("«{title}» no longer belongs to the round. It stays in the backups.")
        if not context.messages.confirm(
            self,
            _("Take this photo off?"),
            sentence.format(title=one.title),
            act=_("Take it off"),
            keep=_("Keep it"),
        ):
            return
        if context.attempt(
            self,
            _("This was not done"),
            lambda: remove_round_file(one.id, by=context.staff.id, now=context.now()),
        ):
            self.show_round()


class RoundFilesDialog(Dialog):
    """The strip of a round's files; Esc closes."""

    def __init__(self, context: AppContext, parent: QWidget, round_id: int, title: str) -> None:
        words = _("Photos of {title}").format(title=title)
        super().__init__(context.theme, parent, words, width=_WIDTH)
        self.add_sentence(
            _("Photos that were taken on the way, and the paper itself once it is scanned."),
            is_quiet=True,
        )
        self.strip = _RoundStrip(context, round_id)
        self.body.addWidget(self.strip)
        self.add_verb("", _("Close"), is_default=True)
        Drops(self, self.strip.take, context.now)
        self.strip.add.setFocus()

    def take(self, coming: Sequence[Incoming]) -> None:
        """Take in what was dropped on the sheet."""
        self.strip.take(coming)

"""A row of photos with its head: what every place that takes files in shares.

Files come by drag and drop, from the clipboard or from a dialog; they are made ready in the
background, with a bar and a way to stop it, while the clerk goes on.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from propdesk.domain.attachments import StagedFile
from propdesk.domain.errors import RuleError
from propdesk.i18n import _
from propdesk.services.attachments import Refused
from ui.background import Handle, Progress
from ui.context import AppContext
from ui.dialogs.work_dialog import ProgressLine
from ui.incoming_files import Incoming, SmallPictures, clipboard, small_pictures
from ui.keyboard import key_words
from ui.theme import Ink, Size, Space
from ui.widgets.labels import Label, LinkButton
from ui.widgets.thumbnails import Thumbnails, Tile, TileState

ADD_KEYS = "Ctrl+I"
_TOLD = 6


class FileStrip(QWidget):
    """Head, thumbnails and the bar of what is being taken in.

    `said` comes with a small success in words.
    """

    said = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self._pictures = SmallPictures()
        self._shown: tuple[tuple[StagedFile, str, bool], ...] = ()
        self._missing: set[str] = set()
        self._loading: Handle | None = None
        self.adding: Handle | None = None
        self._handles: list[Handle] = []
        # A form may go while its photos are still looked at; nobody waits for them then.
        self.destroyed.connect(partial(_cancel, self._handles))
        self._build()

    def _build(self) -> None:
        theme = self.context.theme
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        title = Label(theme, _("Photos and files"), ink=Ink.TEXT_2, size=Size.SMALL, bold=True)
        keys = key_words(ADD_KEYS)
        self.add = LinkButton(theme, _("Add  {keys}").format(keys=keys), size=Size.SMALL)
        hint = Label(theme, _("or paste, or drag them here"), ink=Ink.TEXT_3, size=Size.SMALL)
        head.addWidget(title)
        head.addWidget(self.add)
        head.addWidget(hint)
        head.addStretch(1)
        column.addLayout(head)
        self.thumbnails = Thumbnails(theme, _("Photos and files"))
        column.addWidget(self.thumbnails)
        self._work = QWidget()
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        self._doing = Label(theme, ink=Ink.TEXT_2, size=Size.SMALL)
        self._bar = ProgressLine(theme, _("Adding photos"))
        self.stop = LinkButton(theme, _("Cancel"), size=Size.SMALL)
        row.addWidget(self._doing)
        row.addWidget(self._bar, 1)
        row.addWidget(self.stop)
        column.addWidget(self._work)
        self._work.hide()
        self.add.followed.connect(self.pick)
        self.stop.followed.connect(self.cancel)
        self.thumbnails.opened.connect(self.open_view)
        self.thumbnails.removed.connect(self.remove)
        QShortcut(QKeySequence(ADD_KEYS), self).activated.connect(self.pick)
        QShortcut(QKeySequence("Ctrl+V"), self).activated.connect(self.paste)
        theme.changed.connect(self._show)

    def reserve_room(self, height: int) -> None:
        """Keep the room for a row of pictures below the head, also while there are none."""
        self.setMinimumHeight(self.context.theme.px(height))
        self._column.addStretch(1)

    # -- what each place does in its own way

    def job(self, coming: Sequence[Incoming], progress: Progress) -> Any:
        """Take files in, in the background."""
        raise NotImplementedError

    def arrived(self, result: Any) -> None:
        """Show what the job has brought."""
        raise NotImplementedError

    def open_view(self, place: int) -> None:
        """Look at a file."""
        raise NotImplementedError

    def remove(self, place: int) -> None:
        """Take a file away."""
        raise NotImplementedError

    # -- coming in

    def pick(self) -> None:
        """Ask for files."""
        if not self.can_take():
            return
        pattern = _("Photos and scans ({pattern})").format(
            pattern="*.jpg *.jpeg *.png *.webp *.bmp *.pdf"
        )
        files = self.context.messages.pick_files(self, _("Which photos or scans?"), pattern)
        if files:
            self.take([*files])

    def paste(self) -> None:
        """Take in what the clipboard holds."""
        found = clipboard(self.context.now()) if self.can_take() else []
        if found:
            self.take(found)

    def can_take(self) -> bool:
        """Tell whether files may come now; one lot at a time."""
        return self.adding is None

    def take(self, coming: Sequence[Incoming]) -> None:
        """Take files in beside the clerk's work."""
        if not coming or not self.can_take():
            return
        self._doing.show_text(self.doing_words(len(coming)))
        self._bar.show_progress(0, 1)
        self._work.show()
        self.adding = self.context.background.run(
            partial(self.job, list(coming)),
            self._on_added,
            self._on_failed,
            self._bar.show_progress,
        )
        self._handles.append(self.adding)

    def doing_words(self, count: int) -> str:
        """Return what is under way."""
        return _("Adding {count} …").format(count=count)

    def cancel(self) -> None:
        """Stop taking in; nothing of it stays."""
        if self.adding is not None:
            had_focus = self.stop.hasFocus()
            self.adding.cancel()
            self._ended()
            if had_focus:
                self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ended(self) -> None:
        self.adding = None
        self._work.hide()

    def _on_added(self, result: Any) -> None:
        self._ended()
        self.arrived(result)

    def _on_failed(self, error: BaseException) -> None:
        self._ended()
        self.context.explain(self, _("This was not added"), error)

    def tell_refused(self, refused: Sequence[Refused]) -> None:
        """Say of each file why it was not taken in."""
        if not refused:
            return
        sentences = [one.text for one in refused[:_TOLD]]
        if len(refused) > _TOLD:
            sentences.append(_("And {count} more.").format(count=len(refused) - _TOLD))
        self.context.messages.tell(self, _("This was not added"), "\n".join(sentences))

    # -- showing

    def show_files(self, files: Sequence[tuple[StagedFile, str, bool]]) -> None:
        """Show files with their titles, and whether they stand on the order."""
        self._shown = tuple(files)
        self._missing.clear()
        self._show()
        self._load()

    def is_settled(self) -> bool:
        """Tell whether every picture is there, or known to be missing."""
        return self._loading is None and self.adding is None

    def _show(self) -> None:
        room = self._room()
        tiles = []
        for file, title, is_marked in self._shown:
            image = self._pictures.get(file.sha256, room)
            state = TileState.COMING if image is None else TileState.THERE
            if file.sha256 in self._missing:
                state = TileState.MISSING
            tiles.append(Tile(file.sha256, title, state, image, is_marked))
        self.thumbnails.show_tiles(tiles)

    def _room(self) -> QSize:
        return self.thumbnails.picture_size() * self.devicePixelRatioF()

    def _load(self) -> None:
        if self._loading is not None:
            self._loading.cancel()
            self._loading = None
        room = self._room()
        wanted = [
            one for one, *_more in self._shown if self._pictures.get(one.sha256, room) is None
        ]
        if not wanted:
            return
        office = self.context.office

        def done(found: dict[str, QImage | None]) -> None:
            self._loading = None
            self._pictures.keep(found, room)
            self._missing = {sha256 for sha256, image in found.items() if image is None}
            self._show()

        self._loading = self.context.background.run(
            lambda progress: small_pictures(office, wanted, room, progress), done, self._on_unread
        )
        self._handles[:] = [one for one in self._handles if not one.has_ended]
        self._handles.append(self._loading)

    def _on_unread(self, error: BaseException) -> None:
        self._loading = None
        if not isinstance(error, RuleError):
            raise error


def _cancel(handles: Sequence[Handle], *_destroyed: object) -> None:
    for handle in handles:
        handle.cancel()

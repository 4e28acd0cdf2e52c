"""Photos on their way in: dropped, pasted or chosen; and stored ones made small for the screen.

Everything that reads or decodes a file is a job for the background; jobs get plain values.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, QObject, QSize, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageReader,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QWidget

from propdesk.domain.attachments import StagedFile
from propdesk.i18n import _
from propdesk.services.attachments import PastedFile, Source
from propdesk.services.offices import OpenOffice
from propdesk.services.queries.attachments import read_attachment
from ui.background import Progress

_KEPT = 200
# Pillow is quick with PNG that is hardly pressed together, and it lives for a moment only.
_PNG_QUALITY = 90


@dataclass(frozen=True, slots=True)
class PastedImage:
    """A picture of the clipboard; it becomes a file in the background."""

    name: str
    image: QImage


Incoming = Path | PastedImage


def incoming(mime: QMimeData, now: datetime) -> list[Incoming]:
    """Return the files that were dropped or copied, else the picture itself; empty for others."""
    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if files:
        return [*files]
    if not mime.hasImage():
        return []
    image = QImage(mime.imageData())
    if image.isNull():
        return []
    name = _("Clipboard {time}").format(time=f"{now:%Y-%m-%d %H%M%S}")
    return [PastedImage(f"{name}.png", image)]


def clipboard(now: datetime) -> list[Incoming]:
    """Return what of the clipboard can be taken in."""
    mime = QGuiApplication.clipboard().mimeData()
    return [] if mime is None else incoming(mime, now)


def sources(coming: Sequence[Incoming]) -> list[Source]:
    """Return what the services take; pictures of the clipboard are written out (a job's work)."""
    return [PastedFile(one.name, _png(one.image)) if isinstance(one, PastedImage) else one
            for one in coming]  # fmt: skip


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", _PNG_QUALITY)  # type: ignore[call-overload]
    return bytes(data.data())


class Drops(QObject):
    """Lets files and pictures be dropped onto a widget, and be pasted into its text fields.

    A text on the clipboard is pasted as ever; only a picture without words is taken here.
    """

    def __init__(
        self, widget: QWidget, take: Callable[[list[Incoming]], None], now: Callable[[], datetime]
    ) -> None:
        super().__init__(widget)
        self._take = take
        self._now = now
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def watch(self, *fields: QObject) -> None:
        """Take a picture that is pasted into one of these fields, or files dropped there."""
        for field in fields:
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accept what holds files, and take it."""
        if isinstance(event, QDragEnterEvent | QDragMoveEvent | QDropEvent):
            coming = event.mimeData()
            if any(url.isLocalFile() for url in coming.urls()) or coming.hasImage():
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                if event.type() == QEvent.Type.Drop:
                    self._take(incoming(coming, self._now()))
                return True
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.matches(QKeySequence.StandardKey.Paste)
        ):
            mime = QGuiApplication.clipboard().mimeData()
            if mime is not None and not mime.hasText():
                found = incoming(mime, self._now())
                if found:
                    self._take(found)
                    return True
        return super().eventFilter(watched, event)


def picture(content: bytes, room: QSize | None = None) -> QImage:
    """Return a stored JPEG as a picture, no larger than `room` where one is given."""
    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"jpeg"))
    size = reader.size()
    if room is not None and size.isValid():
        fitting = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        if fitting.width() < size.width():
            reader.setScaledSize(fitting.expandedTo(QSize(1, 1)))
    return reader.read()


def small_pictures(
    office: OpenOffice, files: Sequence[StagedFile], room: QSize, progress: Progress
) -> dict[str, QImage | None]:
    """Return stored files as small pictures by their hash; a job's work.

    None is one that is missing or was changed, a PDF is an empty picture.
    """
    found: dict[str, QImage | None] = {}
    for done, file in enumerate(files):
        progress(done, len(files))
        content = read_attachment(office, file)
        if content is None:
            found[file.sha256] = None
        else:
            found[file.sha256] = picture(content, room) if file.is_picture else QImage()
    return found


class SmallPictures:
    """The small pictures that were made lately; missing files are looked for again each time."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int], QImage] = OrderedDict()

    def get(self, sha256: str, room: QSize) -> QImage | None:
        """Return a picture of this size that was made before."""
        key = (sha256, room.width())
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def keep(self, found: Mapping[str, QImage | None], room: QSize) -> None:
        """Keep pictures; the ones not asked for the longest go."""
        for sha256, image in found.items():
            if image is not None:
                self._kept[sha256, room.width()] = image
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

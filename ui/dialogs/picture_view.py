"""A photo as large as the window: the arrows go to the next one, its caption stands below."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QHBoxLayout, QStackedWidget, QWidget

from propdesk.domain.attachments import Attachment, StagedFile
from propdesk.domain.errors import RuleError
from propdesk.i18n import _
from propdesk.services import attachments
from propdesk.services.offices import OpenOffice
from propdesk.services.queries.attachments import attachment_path, read_attachment
from ui.background import Handle, Progress
from ui.context import AppContext
from ui.dialogs.base import Plate
from ui.incoming_files import picture
from ui.theme import Ink, Size, Space, Theme, Tone
from ui.widgets.buttons import Button, Kind
from ui.widgets.fields import CheckField, LineField
from ui.widgets.labels import Label, Surface
from ui.widgets.painting import CENTRE, focus_ring, ground, text, wrapped
from ui.widgets.paper_view import PaperView

_EDGE = 32
_ZOOMS = (0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)

Shown = Attachment | StagedFile


class PictureCanvas(QAbstractScrollArea):
    """One picture: whole in its room, or in a size of its own, then the arrows move it.

    `left` comes with Esc, `turned` with -1 or 1 for the picture before or behind.
    """

    left = Signal()
    turned = Signal(int)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._image = QImage()
        self._words = ""
        self._is_missing = False
        self._zoom: float | None = None
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.viewport().update)

    def show_picture(self, image: QImage) -> None:
        """Show a picture, whole."""
        self._image, self._words, self._zoom, self._is_missing = image, "", None, False
        self._measure()

    def show_words(self, words: str, *, is_missing: bool = False) -> None:
        """Show a sentence instead of a picture: why there is none."""
        self._image, self._words, self._is_missing = QImage(), words, is_missing
        self.setAccessibleDescription(words)
        self._measure()

    def words(self) -> str:
        """Return the sentence that stands for the picture."""
        return self._words

    def has_picture(self) -> bool:
        """Tell whether a picture is in sight."""
        return not self._image.isNull()

    # -- how large

    def zoom(self) -> float | None:
        """Return the size, 1.0 being dot for dot; None where it fits the room."""
        return self._zoom

    def fit(self) -> None:
        """Show the picture whole."""
        self._zoom = None
        self._measure()

    def zoom_by(self, step: int) -> None:
        """Show the picture larger or smaller by a step."""
        now = self._scale()
        if step > 0:
            self._zoom = next((zoom for zoom in _ZOOMS if zoom > now + 0.01), _ZOOMS[-1])
        else:
            smaller = [zoom for zoom in _ZOOMS if zoom < now - 0.01]
            self._zoom = smaller[-1] if smaller else _ZOOMS[0]
        self._measure()

    def _scale(self) -> float:
        if self._image.isNull():
            return 1.0
        if self._zoom is not None:
            return self._zoom
        room, size = self.viewport().size(), self._image.size()
        return min(room.width() / size.width(), room.height() / size.height(), 1.0)

    def _size(self) -> QSize:
        return self._image.size() * self._scale()

    def _measure(self) -> None:
        room, size = self.viewport().size(), self._size()
        for bar, wide, most in (
            (self.horizontalScrollBar(), room.width(), size.width()),
            (self.verticalScrollBar(), room.height(), size.height()),
        ):
            span = max(most - wide, 0)
            middle = bar.value() + bar.pageStep() / 2
            part = middle / (bar.maximum() + bar.pageStep()) if bar.maximum() else 0.5
            bar.setRange(0, span)
            bar.setPageStep(wide)
            bar.setSingleStep(self._theme.px(48))
            bar.setValue(round(part * (span + wide) - wide / 2))
        self.viewport().update()

    def resizeEvent(self, event: object) -> None:
        """Fit the picture into the new room."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._measure()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802 - Qt's name
        """Draw anew."""
        self.viewport().update()

    # -- the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn to another picture; one that is larger than its room is moved first."""
        key = event.key()
        turns = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1}
        pages = {Qt.Key.Key_PageUp.value: -1, Qt.Key.Key_PageDown.value: 1}
        if key in pages or (key in turns and not self.horizontalScrollBar().maximum()):
            self.turned.emit({**turns, **pages}[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(-1)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # -- drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture, or the sentence in its frame."""
        painter = QPainter(self.viewport())
        room = self.viewport().rect()
        painter.fillRect(room, self._theme.colours.sunken)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image.isNull():
            self._paint_words(painter, room)
        else:
            at = QRect(QPoint(), self._size())
            at.moveCenter(room.center())
            if self.horizontalScrollBar().maximum():
                at.moveLeft(-self.horizontalScrollBar().value())
            if self.verticalScrollBar().maximum():
                at.moveTop(-self.verticalScrollBar().value())
            painter.drawImage(at, self._image)
        if self.hasFocus():
            focus_ring(painter, room, self._theme)

    def _paint_words(self, painter: QPainter, room: QRect) -> None:
        font = self._theme.font()
        lines = wrapped(self._words, font, room.width() - 2 * Space.XXL)
        line = self._theme.line()
        tall = line * len(lines) + (self._theme.px(64) if self._is_missing else 0)
        y = (room.height() - tall) // 2
        if self._is_missing:
            side = self._theme.px(36)
            danger = self._theme.tone(Tone.DANGER)
            frame = QRectF(room.center().x() - side, y - side * 0.4, 2 * side, side * 1.6)
            ground(painter, frame, None, edge=danger.dot, style=Qt.PenStyle.DashLine)
            self._theme.icons.paint(
                painter, room.center().x() - side / 2, y - side * 0.1, "triangle-alert", danger.dot,
                side,
            )  # fmt: skip
            y += self._theme.px(64)
        painter.setFont(font)
        for words in lines:
            at = QRect(Space.XXL, y, room.width() - 2 * Space.XXL, line)
            text(painter, at, words, self._theme.ink(Ink.TEXT_2), CENTRE)
            y += line


class PictureView(Plate):
    """The files of a ticket, one at a time. Left and Right turn, + - 0 zoom, Esc closes.

    Files that are not a ticket's yet are only looked at. `is_changed` tells afterwards whether
    anything was written.
    """

    def __init__(
        self, context: AppContext, parent: QWidget, shown: Sequence[Shown], place: int
    ) -> None:
        super().__init__(context.theme, parent)
        self._context = context
        self._shown = list(shown)
        self._place = min(max(place, 0), len(self._shown) - 1)
        self._loading: Handle | None = None
        self.is_changed = False
        theme = context.theme
        self.setWindowTitle(_("Photos and files"))
        self.canvas = PictureCanvas(theme, _("Photo"))
        self.paper = PaperView(theme, context.background, _("PDF scan"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.canvas)
        self._stack.addWidget(self.paper)
        self.column.addWidget(self._build_head(theme))
        self.column.addWidget(self._stack, 1)
        self.column.addWidget(self._build_foot(theme))
        self.canvas.left.connect(self.reject)
        self.canvas.turned.connect(self.turn)
        self.paper.left.connect(self.reject)
        self.finished.connect(self._on_finished)
        for keys, step in (("Ctrl+Left", -1), ("Ctrl+Right", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self.turn, step))
        below = parent.window().size()
        self.resize(below.width() - _EDGE, below.height() - _EDGE)
        self._show()

    def _build_head(self, theme: Theme) -> QWidget:
        head = Surface(theme, line_below=True)
        row = QHBoxLayout(head)
        row.setContentsMargins(Space.L, 0, Space.S, Space.S)
        row.setSpacing(Space.XS)
        self._title = Label(theme, size=Size.TITLE, bold=True, elide=True)
        self._count = Label(theme, ink=Ink.TEXT_2)
        row.addWidget(self._title, 1)
        row.addWidget(self._count)
        acts: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("chevron-left", _("The one before"), partial(self.turn, -1)),
            ("chevron-right", _("The next one"), partial(self.turn, 1)),
            ("zoom-out", _("Smaller"), lambda: self._zoom(-1)),
            ("zoom-in", _("Larger"), lambda: self._zoom(1)),
        )
        for icon, name, act in acts:
            button = Button(theme, "", kind=Kind.QUIET, icon=icon, name=name)
            button.clicked.connect(act)
            row.addWidget(button)
        return head

    def _build_foot(self, theme: Theme) -> QWidget:
        foot = Surface(theme, "alt", line_above=True)
        row = QHBoxLayout(foot)
        row.setContentsMargins(Space.L, Space.M, Space.L, Space.XS)
        row.setSpacing(Space.S)
        self.caption = LineField(
            theme, _("Caption"), placeholder=_("What can be seen"), longest=60, is_last=True
        )
        self.on_paper = CheckField(theme, _("Print on the order"))
        self._facts = Label(theme, ink=Ink.TEXT_3, size=Size.SMALL)
        self.remove_button = Button(theme, _("Take off"), icon="x")
        close = Button(theme, _("Close"), kind=Kind.PRIMARY, hint="Esc")
        self.caption.finished.connect(self._on_caption)
        self.on_paper.clicked.connect(self._save)
        self.remove_button.clicked.connect(self._remove)
        close.clicked.connect(self.reject)
        row.addWidget(self.caption, 1)
        for widget in (self.on_paper, self._facts, self.remove_button, close):
            row.addWidget(widget)
        return foot

    # -- which one

    def present(self) -> Shown:
        """Return the file that is in sight."""
        return self._shown[self._place]

    def _attachment(self) -> Attachment | None:
        present = self.present()
        return present if isinstance(present, Attachment) else None

    def _file(self) -> StagedFile:
        present = self.present()
        return present.file if isinstance(present, Attachment) else present

    def turn(self, step: int) -> None:
        """Go to the next or the one before, round and round."""
        if len(self._shown) > 1 and self._save():
            self._place = (self._place + step) % len(self._shown)
            self._show()

    def _take_focus(self) -> None:
        view = self.paper if self._stack.currentWidget() is self.paper else self.canvas
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        present, file = self.present(), self._file()
        own = self._attachment()
        self._title.show_text(present.title if isinstance(present, Attachment) else file.name)
        several = len(self._shown) > 1
        self._count.show_text(f"{self._place + 1} / {len(self._shown)}" if several else "")
        self.caption.setVisible(own is not None)
        self.on_paper.setVisible(own is not None and file.is_picture)
        self.remove_button.setVisible(own is not None)
        self._facts.setVisible(own is not None)
        if own is not None:
            self.caption.show_words(own.caption)
            self.on_paper.setChecked(own.on_paper)
            self._facts.show_text(f"{own.by} {own.added_at:%m-%d %H:%M}")
            self._facts.setToolTip(file.name)
        self._load(file)

    def _load(self, file: StagedFile) -> None:
        if self._loading is not None:
            self._loading.cancel()
        view = self.canvas if file.is_picture else self.paper
        self._stack.setCurrentWidget(self.canvas)
        self.canvas.show_words("")
        view_focus = self.isVisible() and (self.canvas.hasFocus() or self.paper.hasFocus())
        office = self._context.office

        def done(found: QImage | None) -> None:
            self._loading = None
            if found is None:
                sentence = _(
                    "The file {name} is missing or was changed outside propdesk. Add the photo "
                    "once more where you still have it, or bring it back from a backup."
                )
                self.canvas.show_words(sentence.format(name=file.name), is_missing=True)
                self._stack.setCurrentWidget(self.canvas)
            elif file.is_picture:
                self.canvas.show_picture(found)
            else:
                self.paper.show_file(attachment_path(office, file))
                self._stack.setCurrentWidget(view)
            if view_focus:
                self._take_focus()

        self._loading = self._context.background.run(
            partial(_full_picture, office, file), done, self._on_failed
        )

    def _on_failed(self, error: BaseException) -> None:
        self._loading = None
        raise error

    def is_settled(self) -> bool:
        """Tell whether the file is in sight."""
        return self._loading is None and self.paper.is_settled()

    def _zoom(self, step: int) -> None:
        if self._stack.currentWidget() is self.canvas:
            self.canvas.zoom_by(step)
        elif step > 0:
            self.paper.zoom_in()
        else:
            self.paper.zoom_out()

    # -- writing

    def _on_caption(self) -> None:
        if self._save():
            self._take_focus()

    def _save(self) -> bool:
        """Store caption and tick where they were changed; False where that was refused."""
        own = self._attachment()
        if own is None:
            return True
        caption, on_paper = self.caption.words(), self.on_paper.isChecked()
        if (caption, on_paper) == (own.caption, own.on_paper):
            return True
        try:
            self._shown[self._place] = attachments.change_attachment(
                own.id,
                by=self._context.staff.id,
                now=self._context.now(),
                caption=caption,
                on_paper=on_paper,
            )
        except RuleError as refusal:
            self.caption.show_words(own.caption)
            self.on_paper.setChecked(own.on_paper)
            self._context.messages.tell(self, _("This was not done"), str(refusal))
            return False
        self.is_changed = True
        self._title.show_text(self._shown[self._place].title)  # type: ignore[union-attr]
        return True

    def _remove(self) -> None:
        own = self._attachment()
        if own is None or not remove_file(self._context, self, own):
            return
        self.is_changed = True
        del self._shown[self._place]
        if not self._shown:
            self.accept()
            return
        self._place = min(self._place, len(self._shown) - 1)
        self._show()
        self._take_focus()

    def _on_finished(self) -> None:
        if self._loading is not None:
            self._loading.cancel()
            self._loading = None
        self.paper.stop()
        if self._shown:
            self._save()

    def look(self) -> bool:
        """Show it until it is closed; tell whether anything was changed."""
        self._take_focus()
        self.exec()
        return self.is_changed


def _full_picture(office: OpenOffice, file: StagedFile, _progress: Progress) -> QImage | None:
    """Return a stored picture (an empty one for a PDF), None where it is missing or was changed."""
    content = read_attachment(office, file)
    if content is None:
        return None
    return picture(content) if file.is_picture else QImage()


def remove_file(context: AppContext, parent: QWidget, one: Attachment) -> bool:
    """Take a file off its ticket, after a question; tell whether it was done."""
    sentence = _("«{title}» is no longer shown with the ticket. The file stays in the backups.")
    if not context.messages.confirm(
        parent,
        _("Take this file off the ticket?"),
        sentence.format(title=one.title),
        act=_("Take off"),
        keep=_("Keep it"),
    ):
        return False
    by, now = context.staff.id, context.now()
    return context.attempt(
        parent,
        _("This was not done"),
        lambda: attachments.remove_attachment(one.id, by=by, now=now),
    )

"""A paper as it will be printed: the pages of its PDF file below each other.

They are drawn in the background; what was in sight stays until the new picture is there, so that
nothing flickers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QHBoxLayout, QWidget

from propdesk.i18n import _
from ui.background import Background, Handle, Progress
from ui.pdf import open_pdf, page_sizes, paper_name, render_page
from ui.theme import Ink, Space, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label
from ui.widgets.painting import CENTRE, focus_ring, text, wrapped

_PIXELS_PER_POINT = 96 / 72
_ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
_GAP = Space.L
# White paper dazzles on a dark desk: it is dimmed a little there, on the screen only.
_DIM = QColor(0, 0, 0, 12)


@dataclass(frozen=True, slots=True)
class _Look:
    """What the view wants to see: its room, how far it is scrolled, and how large.

    `zoom` is None for pages as wide as the view; `ratio` is the screen's.
    """

    room: QSize
    top: int
    zoom: float | None
    ratio: float


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a job hands back: the file, its pages' sizes, and pictures of those in sight."""

    file: Path
    sizes: tuple[QSizeF, ...]
    images: Mapping[int, QImage]


def _lay_out(sizes: Sequence[QSizeF], look: _Look) -> list[QRect]:
    """Return where each page lies, in logical pixels from the first one's top left."""
    margin = Space.XXL
    widest = max((size.width() for size in sizes), default=1.0)
    if look.zoom is None:
        scale = max(look.room.width() - 2 * margin, 100) / widest
    else:
        scale = look.zoom * _PIXELS_PER_POINT
    places, y = [], int(_GAP)
    whole = max(look.room.width(), round(widest * scale) + 2 * margin)
    for size in sizes:
        width, height = round(size.width() * scale), round(size.height() * scale)
        places.append(QRect((whole - width) // 2, y, width, height))
        y += height + _GAP
    return places


def _in_sight(places: Sequence[QRect], look: _Look) -> list[int]:
    """Return the pages to be seen, and those that a key press further would bring."""
    above = look.top - look.room.height() // 2
    below = look.top + look.room.height() + look.room.height() // 2
    return [n for n, place in enumerate(places) if place.bottom() > above and place.top() < below]


def _draw(file: Path, look: _Look, have: Mapping[int, QSize], progress: Progress) -> _Drawn:
    """Draw the pages in sight that are not there in their size; runs in the background."""
    document = open_pdf(file)
    sizes = page_sizes(document)
    places = _lay_out(sizes, look)
    wanted = [n for n in _in_sight(places, look) if have.get(n) != places[n].size() * look.ratio]
    images = {}
    for done, n in enumerate(wanted):
        progress(done, len(wanted))
        images[n] = render_page(document, n, places[n].size() * look.ratio)
    return _Drawn(file, sizes, images)


class PaperView(QAbstractScrollArea):
    """Shows a PDF file. The arrow keys, PageUp, PageDown, Home and End walk through it.

    `shown` tells that another file is in sight and what paper it wants (`A5`), `page_changed`
    which page of how many is in sight, `settled` that everything in sight is drawn sharp,
    `left` that Esc was pressed.
    """

    shown = Signal(str)
    page_changed = Signal(int, int)
    zoom_changed = Signal()
    left = Signal()
    settled = Signal()

    def __init__(self, theme: Theme, background: Background, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._background = background
        self._name = name
        self._words = ""
        self._file: Path | None = None
        self._coming: Path | None = None
        self._sizes: tuple[QSizeF, ...] = ()
        self._places: list[QRect] = []
        self._images: dict[int, QImage] = {}
        self._zoom: float | None = None
        self._handle: Handle | None = None
        self._page = (0, 0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        # A bar that comes and goes would change the width that the pages fit.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(name)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        theme.changed.connect(self.viewport().update)

    # What is shown

    def show_file(self, file: Path) -> None:
        """Show another file; the old picture stays until this one is drawn."""
        self._coming = file
        self.stop()
        self._request()

    def show_words(self, words: str) -> None:
        """Show a sentence instead of a paper: why there is none."""
        self.stop()
        self._coming = self._file = None
        self._sizes, self._places, self._words = (), [], words
        self._images.clear()
        self._measure()
        self.setAccessibleDescription(words)
        self.settled.emit()

    def file(self) -> Path | None:
        """Return the file that is in sight."""
        return self._file

    def is_settled(self) -> bool:
        """Tell whether everything in sight is drawn."""
        return self._handle is None

    def page(self) -> tuple[int, int]:
        """Return which page is in sight (from 1) and how many there are."""
        return self._page

    # How large

    def zoom(self) -> float | None:
        """Return the size, 1.0 being that of the paper; None where pages fit the width."""
        return self._zoom

    def fit_width(self) -> None:
        """Make pages as wide as the view."""
        self._set_zoom(None)

    def zoom_in(self) -> None:
        """Make pages larger by a step."""
        present = self._scale()
        self._set_zoom(next((zoom for zoom in _ZOOMS if zoom > present + 0.01), _ZOOMS[-1]))

    def zoom_out(self) -> None:
        """Make pages smaller by a step."""
        present = self._scale()
        smaller = [zoom for zoom in _ZOOMS if zoom < present - 0.01]
        self._set_zoom(smaller[-1] if smaller else _ZOOMS[0])

    def _scale(self) -> float:
        if not self._places:
            return 1.0
        return self._places[0].width() / (self._sizes[0].width() * _PIXELS_PER_POINT)

    def _set_zoom(self, zoom: float | None) -> None:
        bar = self.verticalScrollBar()
        part = bar.value() / max(self._height(), 1)
        self._zoom = zoom
        self._measure()
        bar.setValue(round(part * self._height()))
        self._request()
        self.zoom_changed.emit()

    # Drawing in the background

    def _look(self) -> _Look:
        return _Look(
            self.viewport().size(),
            self.verticalScrollBar().value(),
            self._zoom,
            self.devicePixelRatioF(),
        )

    def _request(self) -> None:
        """Have drawn what is in sight; one job at a time, the last wish counts."""
        file = self._coming or self._file
        if file is None:
            return
        if self._handle is not None:
            return  # whatever was wished meanwhile is looked at when it is done
        look = self._look()
        have = {}
        if self._coming is None:
            have = {n: image.size() for n, image in self._images.items()}
            sharp = (have.get(n) == self._places[n].size() * look.ratio
                     for n in _in_sight(self._places, look))  # fmt: skip
            if all(sharp):
                self.settled.emit()
                return
        self._handle = self._background.run(
            lambda progress: _draw(file, look, have, progress), self._on_drawn, self._on_failed
        )

    def stop(self) -> None:
        """Draw no further: the view is about to go, or to show something else."""
        if self._handle is not None:
            self._handle.cancel()
        self._handle = None

    def _on_drawn(self, drawn: _Drawn) -> None:
        self._handle = None
        is_new = self._coming is not None
        if is_new:
            self._file, self._coming = drawn.file, None
            self._sizes, self._words = drawn.sizes, ""
            self._images.clear()
            self.setAccessibleDescription("")
        self._images.update(drawn.images)
        self._measure()
        self._forget_far_pages()
        self._tell_page()
        if is_new:
            self.shown.emit(paper_name(self._sizes[0]))
        # While it was drawn the clerk may have scrolled or resized: look again.
        self._request()

    def _on_failed(self, error: BaseException) -> None:
        self._handle = None
        raise error

    def _forget_far_pages(self) -> None:
        """Keep the pictures around what is in sight: a page is 4 to 40 MB."""
        near = _in_sight(self._places, replace(self._look(), room=self.viewport().size() * 2))
        for n in set(self._images) - set(near):
            del self._images[n]

    # The room on the screen

    def _height(self) -> int:
        return self._places[-1].bottom() + _GAP if self._places else 0

    def _measure(self) -> None:
        """Lay the pages out anew and tell the scroll bars."""
        self._places = _lay_out(self._sizes, self._look()) if self._sizes else []
        room = self.viewport().size()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(self._height() - room.height(), 0))
        bar.setPageStep(max(room.height() - _GAP, 1))
        bar.setSingleStep(self._theme.line() * 3)
        across = self.horizontalScrollBar()
        widest = max((place.right() + Space.XXL for place in self._places), default=0)
        across.setRange(0, max(widest - room.width(), 0))
        across.setPageStep(room.width())
        across.setSingleStep(self._theme.line() * 3)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages into the new room."""
        super().resizeEvent(event)
        self._measure()
        self._request()

    def event(self, event: QEvent) -> bool:
        """Draw anew when the window comes to a screen of another density."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._request()
        return super().event(event)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802 - Qt's name
        """Draw anew: the pages are pictures and cost nothing."""
        self.viewport().update()

    def _on_scrolled(self) -> None:
        self._tell_page()
        self._request()

    def _tell_page(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        above = [n for n, place in enumerate(self._places, 1) if place.top() <= middle]
        page = (above[-1] if above else min(len(self._places), 1), len(self._places))
        if page != self._page:
            self._page = page
            self.setAccessibleName(f"{self._name}, {page_words(*page)}")
            self.page_changed.emit(*page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk: PageUp and PageDown by the page of paper, Home and End to the first and last."""
        bar = self.verticalScrollBar()
        tops = [place.top() - _GAP for place in self._places]
        steps = {
            Qt.Key.Key_PageDown.value: next(
                (top for top in tops if top > bar.value()), bar.maximum()
            ),
            Qt.Key.Key_PageUp.value: next(
                (top for top in reversed(tops) if top < bar.value()), bar.minimum()
            ),
            Qt.Key.Key_Home.value: bar.minimum(),
            Qt.Key.Key_End.value: bar.maximum(),
        }
        if event.key() in steps and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            bar.setValue(steps[event.key()])
            return
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the desk, the pages on it, or the sentence that stands for them."""
        painter = QPainter(self.viewport())
        colours = self._theme.colours
        painter.fillRect(self.viewport().rect(), colours.sunken)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        offset = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for n, place in enumerate(self._places):
            sheet = place.translated(-offset)
            if sheet.intersects(self.viewport().rect()):
                self._paint_page(painter, sheet, self._images.get(n))
        if self._words:
            self._paint_words(painter)
        if self.hasFocus():
            focus_ring(painter, self.viewport().rect(), self._theme)

    def _paint_page(self, painter: QPainter, sheet: QRect, image: QImage | None) -> None:
        colours = self._theme.colours
        painter.fillRect(sheet.adjusted(-1, -1, 1, 1), colours.line_button)
        painter.fillRect(sheet, Qt.GlobalColor.white)
        if image is not None:
            painter.drawImage(sheet, image)
        if colours.is_dark:
            painter.fillRect(sheet, _DIM)

    def _paint_words(self, painter: QPainter) -> None:
        painter.setFont(self._theme.font())
        room = self.viewport().rect().adjusted(Space.XXL, 0, -Space.XXL, 0)
        line = QRect(room.left(), room.height() * 2 // 5, room.width(), self._theme.line())
        for words in wrapped(self._words, self._theme.font(), room.width()):
            text(painter, line, words, self._theme.ink(Ink.TEXT_2), CENTRE)
            line.translate(0, self._theme.line())


def page_words(page: int, of: int) -> str:
    """Return `Page 1 / 6`, nothing where there is no paper."""
    return _("Page {page} / {pages}").format(page=page, pages=of) if of else ""


class PaperTools(QWidget):
    """The page that is in sight and how large it is shown, for the bar over a paper."""

    def __init__(self, theme: Theme, view: PaperView) -> None:
        super().__init__()
        self._view = view
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        self._pages = Label(theme, ink=Ink.TEXT_2)
        smaller = Button(theme, "", kind=Kind.QUIET, icon="zoom-out", name=_("Smaller"))
        self._fit = Button(theme, _("Fit width"), kind=Kind.QUIET)
        larger = Button(theme, "", kind=Kind.QUIET, icon="zoom-in", name=_("Larger"))
        for button, act, keys in (
            (smaller, view.zoom_out, ("Ctrl+-",)),
            (self._fit, view.fit_width, ("Ctrl+0",)),
            (larger, view.zoom_in, ("Ctrl++", "Ctrl+=")),
        ):
            button.clicked.connect(act)
            for key in keys:
                QShortcut(QKeySequence(key), self).activated.connect(act)
        row.addWidget(self._pages)
        row.addSpacing(Space.M)
        for button in (smaller, self._fit, larger):
            row.addWidget(button)
        view.page_changed.connect(self._on_page_changed)
        view.zoom_changed.connect(self._on_zoom_changed)

    def _on_page_changed(self, page: int, of: int) -> None:
        self._pages.show_text(page_words(page, of))

    def _on_zoom_changed(self) -> None:
        zoom = self._view.zoom()
        self._fit.show_word(
            _("Fit width") if zoom is None else f"{zoom * 100:.0f} %", name=_("Fit width")
        )

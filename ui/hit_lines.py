"""The lines of the desk search's answer: where, who, phone, role; one of them is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from propdesk.domain.fee_papers import FEE_PAPER_LABELS
from propdesk.domain.persons import ROLE_LABELS, ResidentRole
from propdesk.i18n import _
from propdesk.services.queries.desk import DeskHit, HitKind
from ui.theme import Ink, Size, Space, Theme
from ui.widgets.painting import LEFT, RIGHT, text

_MOST_LINES = 6
_BAR = 3


class HitLines(QWidget):
    """The lines of the answer; the chosen one has the ground of a selected row."""

    pointed = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._hits: tuple[DeskHit, ...] = ()
        self._chosen = 0
        self._first = 0
        self.setAccessibleName(_("Found"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_hits(self, hits: Sequence[DeskHit]) -> None:
        """Show these hits with the first one chosen."""
        self._hits = tuple(hits)
        self._chosen = self._first = 0
        self.updateGeometry()
        self.choose(0)

    def choose(self, place: int) -> None:
        """Choose a line and bring it into sight."""
        self._chosen = place
        self._first = min(max(self._first, place - _MOST_LINES + 1), place)
        if self._hits:
            self.setAccessibleDescription(line_words(self._hits[place]))
        self.update()

    def chosen(self) -> DeskHit | None:
        """Return the chosen hit, None when nothing was found."""
        return self._hits[self._chosen] if self._hits else None

    def step(self, by: int) -> bool:
        """Walk up (-1) or down (1); False at the end of the lines."""
        place = self._chosen + by
        if not 0 <= place < len(self._hits):
            return False
        self.choose(place)
        return True

    def sizeHint(self) -> QSize:
        """Take the lines there are, at most six."""
        lines = min(len(self._hits), _MOST_LINES)
        return QSize(self._theme.px(300), lines * self._theme.row_height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the line that was pointed at."""
        place = self._first + int(event.position().y()) // self._theme.row_height()
        if 0 <= place < len(self._hits):
            self.choose(place)
            self.pointed.emit(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw where, who, phone, and the role at the right."""
        painter = QPainter(self)
        shown = self._hits[self._first : self._first + _MOST_LINES]
        metrics = self._theme.metrics(bold=True)
        widths = [metrics.horizontalAdvance(hit.where) for hit in shown]
        where = min(max(widths, default=0), self.width() // 2) + Space.L
        for n, hit in enumerate(shown):
            row = QRect(0, n * self._theme.row_height(), self.width(), self._theme.row_height())
            self._paint_line(painter, row, hit, where, self._first + n == self._chosen)

    def _paint_line(
        self, painter: QPainter, row: QRect, hit: DeskHit, where: int, is_chosen: bool
    ) -> None:
        theme = self._theme
        if is_chosen:
            painter.fillRect(row, theme.colours.selection)
            painter.fillRect(QRect(0, row.top(), _BAR, row.height()), theme.ink(Ink.ACCENT))
        inner = row.adjusted(Space.XL, 0, -Space.XL, 0)
        kind = _kind_words(hit)
        painter.setFont(theme.font(Size.SMALL))
        text(painter, inner, kind, theme.ink(Ink.TEXT_3), RIGHT)
        room = inner.right() - painter.fontMetrics().horizontalAdvance(kind) - Space.S
        painter.setFont(theme.font(bold=True))
        first = QRect(inner.left(), inner.top(), where - Space.S, inner.height())
        text(painter, first, hit.where, theme.ink(Ink.TEXT), LEFT)
        painter.setFont(theme.font())
        second = QRect(inner.left() + where, inner.top(), 0, inner.height())
        second.setRight(room)
        text(painter, second, "   ".join(filter(None, (hit.name, hit.phone))), theme.ink(Ink.TEXT))


def _kind_words(hit: DeskHit) -> str:
    if hit.kind is HitKind.TICKET:
        return _("Ticket")
    if hit.paper is not None:
        return str(FEE_PAPER_LABELS[hit.paper.kind])
    return str(ROLE_LABELS[ResidentRole(hit.role)]) if hit.role else _("House")


def line_words(hit: DeskHit) -> str:
    """Return a hit as one line of words, for those who hear the screen."""
    return " ".join(filter(None, (hit.where, hit.name, hit.phone, _kind_words(hit))))

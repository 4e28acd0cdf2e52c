"""Small strokes that several widgets share: hairlines, rounded grounds, focus rings, badges."""

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextLayout, QTextOption

from ui.theme import Ink, Size, Theme, Tone
from ui.theme.tokens import RADIUS_CONTROL

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter

_BADGE_PAD = 7


def hairline(painter: QPainter, x1: float, y1: float, x2: float, y2: float, ink: QColor) -> None:
    """Draw a line one device pixel wide, never blurred."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    pen = QPen(ink, 1)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.drawLine(QLineF(x1, y1, x2, y2))
    painter.restore()


def ground(
    painter: QPainter,
    rect: QRect | QRectF,
    fill: QColor | None,
    *,
    edge: QColor | None = None,
    radius: float = RADIUS_CONTROL,
    width: float = 1.0,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
) -> None:
    """Draw a rounded box; the edge lies wholly inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = QRectF(rect)
    if edge is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        painter.setPen(QPen(edge, width, style))
        inner.adjust(width / 2, width / 2, -width / 2, -width / 2)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(inner, radius, radius)
    painter.restore()


def focus_ring(
    painter: QPainter, rect: QRect | QRectF, theme: Theme, radius: float = RADIUS_CONTROL
) -> None:
    """Show where the keyboard is: a ring two pixels wide, just inside `rect`."""
    ground(painter, rect, None, edge=theme.ink(Ink.ACCENT), radius=radius, width=2)


def dot(painter: QPainter, x: float, y: float, diameter: float, fill: QColor) -> None:
    """Draw a round mark with its centre at `x`, `y`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawEllipse(QPointF(x, y), diameter / 2, diameter / 2)
    painter.restore()


def text(
    painter: QPainter,
    rect: QRect,
    words: str,
    ink: QColor,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Draw one line of text in the painter's font, elided where it does not fit."""
    painter.setPen(ink)
    shown = words.replace("\n", " ")
    metrics = painter.fontMetrics()
    # Asked for a text that fits to the pixel, Qt would shorten it.
    if metrics.horizontalAdvance(shown) > rect.width():
        shown = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, int(align | Qt.TextFlag.TextSingleLine), shown)


def wrapped(words: str, font: QFont, width: int) -> list[str]:
    """Return the lines that `words` take in `width`: no comma at a line's start, no overlong word.

    Line breaks in the words are kept.
    """
    lines = []
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    for paragraph in words.splitlines() or [""]:
        layout = QTextLayout(paragraph, font)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            # Qt counts in UTF-16, where rare characters take two places.
            start, length = 2 * line.textStart(), 2 * line.textLength()
            encoded = paragraph.encode("utf-16-le", "surrogatepass")[start : start + length]
            lines.append(encoded.decode("utf-16-le", "replace").rstrip())
        layout.endLayout()
        if not paragraph:
            lines.append("")
    return lines


def badge_width(theme: Theme, words: str) -> int:
    """Return the width that a badge with these words takes."""
    return theme.metrics(Size.SMALL).horizontalAdvance(words) + 2 * _BADGE_PAD


def badge(painter: QPainter, theme: Theme, rect: QRect, words: str, tone: Tone) -> None:
    """Draw a badge at the left of `rect`, centred in its height, elided to its width."""
    width = min(badge_width(theme, words), rect.width())
    height = theme.badge_height()
    box = QRect(rect.left(), rect.center().y() - height // 2 + 1, width, height)
    colours = theme.tone(tone)
    ground(painter, box, colours.ground)
    painter.setFont(theme.font(Size.SMALL))
    pad = _BADGE_PAD
    if width < badge_width(theme, words):
        # Room for an ellipsis comes before the padding.
        ellipsis = theme.metrics(Size.SMALL).horizontalAdvance("…")
        pad = min(pad, max((width - ellipsis) // 2, 0))
    text(painter, box.adjusted(pad, 0, -pad, 0), words, colours.text, LEFT)

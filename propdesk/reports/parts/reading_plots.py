"""A small plot of readings in black: the line, its limits dashed, dots where it left them."""

from collections.abc import Sequence
from dataclasses import dataclass

from propdesk.reports.parts.sheet import HEAD, ROW, ZONE, Align, Box, Sheet
from propdesk.reports.parts.text import elide

_HEAD, _FOOT, _AXIS = 5.0, 5.2, 13.0
_ROOM = 0.12  # of the span stays free above and below


@dataclass(frozen=True, slots=True)
class PlottedReading:
    """A reading: where it stands in the span (0 to 1), its value, whether it left its limits."""

    at: float
    value: float
    is_out: bool


@dataclass(frozen=True, slots=True)
class ReadingPlot:
    """Readings over a span with a title; `limits` are value and label, drawn dashed."""

    title: str
    readings: Sequence[PlottedReading]
    limits: Sequence[tuple[float, str]]
    ends: tuple[str, str]
    tall: float = 38.0

    def height(self, sheet: Sheet, width: float) -> float:  # noqa: ARG002 - the Block protocol
        """Return the fixed height."""
        return self.tall

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw title, limits, the line and its dots."""
        sheet.text(x, y + 3.4, elide(self.title, width, 7.8, bold=True), 7.8, bold=True)
        box = Box(x + _AXIS, y + _HEAD, width - _AXIS, self.tall - _HEAD - _FOOT - 1)
        values = [one.value for one in self.readings] + [value for value, _label in self.limits]
        low, high = min(values), max(values)
        span = (high - low) or 1.0
        low, span = low - span * _ROOM, span * (1 + 2 * _ROOM)

        def level(value: float) -> float:
            return box.bottom - (value - low) / span * box.height

        sheet.rule(box.x, box.bottom, box.right, ZONE)
        sheet.upright(box.x, box.y, box.bottom, HEAD)
        for value, label in self.limits:
            at = level(value)
            sheet.line((box.x, at), (box.right, at), 0.8, dash=(3.0, 2.0))
            sheet.text(box.x - 1.2, at + 0.9, label, 6.6, bold=True, align=Align.RIGHT)
        self._draw_ends(sheet, box)
        points = [(box.x + one.at * box.width, level(one.value)) for one in self.readings]
        if len(points) > 1:
            sheet.polyline(points, HEAD)
        for (px, py), one in zip(points, self.readings, strict=True):
            if one.is_out:
                sheet.dot(px, py, 0.85)
            elif len(points) <= 2 * self.tall:
                sheet.dot(px, py, 0.4)

    def _draw_ends(self, sheet: Sheet, box: Box) -> None:
        base = box.bottom + 3.6
        sheet.text(box.x, base, self.ends[0], 6.6)
        sheet.text(box.right, base, self.ends[1], 6.6, align=Align.RIGHT)
        sheet.rule(box.x, box.y, box.right, ROW)

"""The charts of the reports, drawn in black on the sheet: stacked bars, Pareto, heat table.

Each is a block (`height`, `draw`) that never splits. Every figure arrives computed; what stands
here is drawing. Texts arrive in the paper's language.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from propdesk.reports.parts.patterns import Pattern, fill_pattern
from propdesk.reports.parts.sheet import HEAD, PT, ROW, TABLE, ZONE, Align, Box, Sheet
from propdesk.reports.parts.text import elide, width_mm

_STEPS = (1, 2, 5)


def axis_step(highest: float, lines: int = 3) -> int:
    """Return the distance of the grid lines: 1, 2 or 5 times a power of ten, `lines` of them."""
    unit = 1
    while True:
        for step in _STEPS:
            if highest <= step * unit * (lines + 0.9):
                return step * unit
        unit *= 10


@dataclass(frozen=True, slots=True)
class Series:
    """One class of a stack: its name, its fill, its value in each period."""

    name: str
    pattern: Pattern
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StackedBars:
    """Stacked bars over twelve months with their figures below, which are the legend too.

    `series` stand from the base upwards; `years` gives the year of each period; the last period is
    the month of the report. `mean` is drawn dashed with `mean_text` at the left.
    """

    periods: tuple[str, ...]
    years: tuple[int, ...]
    series: tuple[Series, ...]
    mean: float = 0.0
    mean_text: str = ""
    plot: float = 58.0
    side: float = 24.0  # room at the left for legend and axis
    row: float = 5.5

    def height(self, sheet: Sheet, width: float) -> float:  # noqa: ARG002 - the Block protocol
        """Return the height of plot, axis and figures."""
        return self.plot + 10.5 + self.row * len(self.series) + 1

    def _totals(self) -> list[int]:
        return [sum(s.values[place] for s in self.series) for place in range(len(self.periods))]

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw grid, bars, axis and the table of figures."""
        totals = self._totals()
        highest = max([*totals, 1])
        base = y + self.plot
        scale = (self.plot - 6.5) / highest
        left, right = x + self.side, x + width
        self._draw_grid(sheet, left, right, base, scale, highest)
        step = (right - left) / max(len(self.periods), 1)
        for place, total in enumerate(totals):
            middle = left + step * (place + 0.5)
            self._draw_bar(sheet, middle, base, step * 0.62, scale, place)
            self._draw_total(sheet, middle, base - total * scale - 1.4, total, place)
        sheet.rule(left, base, right, ZONE)
        self._draw_mean_text(sheet, x, base - self.mean * scale)
        self._draw_axis(sheet, left, base, step)
        self._draw_figures(sheet, x, base + 10.5, width, step)

    def _draw_grid(
        self, sheet: Sheet, left: float, right: float, base: float, scale: float, highest: int
    ) -> None:
        step = axis_step(highest)
        for value in range(0, highest + 1, step):
            y = base - value * scale
            if value:
                sheet.rule(left, y, right, ROW)
            sheet.text(left - 2, y + 0.9, str(value), 7, align=Align.RIGHT)
        if self.mean > 0:
            y = base - self.mean * scale
            sheet.line((left, y), (right, y), 0.8, dash=(3.0, 2.0))

    def _draw_mean_text(self, sheet: Sheet, x: float, y: float) -> None:
        if self.mean > 0 and self.mean_text:
            wide = width_mm(self.mean_text, 7, bold=True)
            sheet.fill(Box(x, y - 1.6, wide + 0.6, 3.2), white=True)
            sheet.text(x, y + 0.9, self.mean_text, 7, bold=True)

    def _draw_bar(
        self, sheet: Sheet, middle: float, base: float, wide: float, scale: float, place: int
    ) -> None:
        top = base
        for series in self.series:
            tall = series.values[place] * scale
            top -= tall
            fill_pattern(sheet, Box(middle - wide / 2, top, wide, tall), series.pattern)

    def _draw_total(self, sheet: Sheet, middle: float, base: float, total: int, place: int) -> None:
        if not total:
            return
        size = 10.5 if place == len(self.periods) - 1 else 8.4
        wide = width_mm(str(total), size, bold=True) + 1.2
        tall = size / PT * 0.8
        sheet.fill(Box(middle - wide / 2, base - tall - 0.2, wide, tall + 0.6), white=True)
        sheet.text(middle, base, str(total), size, bold=True, align=Align.CENTRE)

    def _draw_axis(self, sheet: Sheet, left: float, base: float, step: float) -> None:
        for place, period in enumerate(self.periods):
            last = place == len(self.periods) - 1
            at = left + step * (place + 0.5)
            sheet.text(at, base + 4.4, period, 7.6, bold=last, align=Align.CENTRE)
            if place == 0 or self.years[place] != self.years[place - 1]:
                edge = left + step * place
                if place:
                    sheet.upright(edge, base, base + 8.6, HEAD)
                sheet.text(edge + 0.8, base + 8, str(self.years[place]), 6.2)

    def _draw_figures(self, sheet: Sheet, x: float, y: float, width: float, step: float) -> None:
        sheet.rule(x, y, x + width, HEAD)
        for series in reversed(self.series):
            base = y + self.row / 2 + 1.05
            fill_pattern(sheet, Box(x, y + (self.row - 2.9) / 2, 4.6, 2.9), series.pattern)
            sheet.text(x + 6, base, elide(series.name, self.side - 6, 7.8), 7.8)
            for place, value in enumerate(series.values):
                last = place == len(self.periods) - 1
                at = x + self.side + step * (place + 0.5) + 1.6
                sheet.text(at, base, str(value or "–"), 8, bold=last, align=Align.RIGHT)
            y += self.row
            sheet.rule(x, y, x + width, ROW)
        sheet.rule(x, y, x + width, HEAD)


@dataclass(frozen=True, slots=True)
class ParetoRow:
    """One bar of a Pareto: code and name, number, cumulative share (0 to 1).

    `remainder` marks the last bar, that of all others together.
    """

    code: str
    name: str
    count: int
    cumulative: float
    remainder: bool = False


@dataclass(frozen=True, slots=True)
class Pareto:
    """Horizontal bars at the left, the cumulative share in a panel of its own at the right.

    The bars that make the first half are solid, the others hatched, the remainder white.
    """

    rows: tuple[ParetoRow, ...]
    count_title: str
    share_title: str
    row: float = 5.9
    names: float = 39.5  # mm for code and name
    panel: float = 52.0  # mm for the cumulative share

    def height(self, sheet: Sheet, width: float) -> float:  # noqa: ARG002 - the Block protocol
        """Return the height of titles and bars."""
        return 5.2 + self.row * len(self.rows) + 1.5

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw both panels."""
        left = x + self.names
        edge = x + width - 3
        start = edge - self.panel
        top = y + 5.2
        bottom = top + self.row * len(self.rows)
        sheet.text(left, y + 3, self.count_title, 7.4, bold=True)
        self._draw_bars(sheet, x, left, start - 14, top)
        sheet.upright(left, top - 0.6, bottom, TABLE)
        self._draw_panel(sheet, start, edge, top, bottom)

    def _draw_bars(self, sheet: Sheet, x: float, left: float, limit: float, top: float) -> None:
        highest = max([row.count for row in self.rows] + [1])
        scale = (limit - left - 7) / highest
        reached = 0.0
        for place, row in enumerate(self.rows):
            y = top + self.row * place
            base = y + self.row / 2 + 1.05
            sheet.text(x, base, row.code, 7.8)
            sheet.text(x + 8.6, base, elide(row.name, self.names - 9.6, 7.8), 7.8)
            pattern = Pattern.SOLID if reached < 0.5 - 1e-9 else Pattern.HATCH
            if row.remainder:
                pattern = Pattern.WHITE
            tall = self.row * 0.66
            box = Box(left, y + (self.row - tall) / 2, row.count * scale, tall)
            fill_pattern(sheet, box, pattern)
            sheet.text(box.right + 1.4, base + 0.1, str(row.count), 8.6, bold=True)
            reached = row.cumulative

    def _draw_panel(
        self, sheet: Sheet, start: float, edge: float, top: float, bottom: float
    ) -> None:
        head = top - 2.2
        wide = edge - start
        for share, text, bold in ((0.0, "0", False), (0.8, "80%", True), (1.0, "100%", False)):
            sheet.text(start + wide * share, head, text, 7, bold=bold, align=Align.CENTRE)
        sheet.text(start + wide * 0.4, head, self.share_title, 7.4, bold=True, align=Align.CENTRE)
        sheet.upright(start, top - 0.6, bottom, ROW)
        sheet.upright(edge, top - 0.6, bottom, ROW)
        at = start + wide * 0.8
        sheet.line((at, top - 0.6), (at, bottom), HEAD, dash=(2.4, 1.8))
        points = [
            (start + wide * row.cumulative, top + self.row * (place + 0.5))
            for place, row in enumerate(self.rows)
        ]
        if len(points) > 1:
            sheet.polyline(points, 0.8)
        for (px, py), row in zip(points, self.rows, strict=True):
            sheet.dot(px, py, 0.95)
            if not row.remainder:
                self._draw_share(sheet, px, py, row.cumulative, start)

    @staticmethod
    def _draw_share(sheet: Sheet, x: float, y: float, share: float, start: float) -> None:
        """Write the share beside its dot, on a white ground, at the side where there is room."""
        text = f"{share:.1%}"
        wide = width_mm(text, 7)
        left = x - 2 - wide
        if left < start + 0.6:
            left = x + 2
        sheet.fill(Box(left - 0.3, y - 1.3, wide + 0.6, 2.7), white=True)
        sheet.text(left, y + 0.95, text, 7)


@dataclass(frozen=True, slots=True)
class HeatTable:
    """Numbers first: weekday by hour with totals both ways.

    A cell of `black` or more is black with white figures, of `framed` or more framed and bold, a
    smaller one plain, zero a dot.
    """

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    counts: Sequence[Sequence[int]]
    total: str
    black: int
    framed: int
    names: float = 15.0
    row: float = 5.6

    def height(self, sheet: Sheet, width: float) -> float:  # noqa: ARG002 - the Block protocol
        """Return the height of head, rows and totals."""
        return 5 + self.row * (len(self.rows) + 1) + 1

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw the table."""
        step = (width - self.names - 9) / max(len(self.columns), 1)
        centres = [x + self.names + step * (place + 0.5) for place in range(len(self.columns))]
        end = x + width - 1.2
        for at, title in zip(centres, self.columns, strict=True):
            sheet.text(at, y + 3.4, title, 7, align=Align.CENTRE)
        sheet.text(end, y + 3.4, self.total, 7.2, bold=True, align=Align.RIGHT)
        y += 5
        sheet.rule(x, y, x + width, ZONE)
        for name, counts in zip(self.rows, self.counts, strict=True):
            base = y + self.row / 2 + 1.05
            sheet.text(x, base, name, 7.8)
            for at, count in zip(centres, counts, strict=True):
                self._draw_cell(sheet, Box(at - step / 2 + 0.35, y, step - 0.7, self.row), count)
            sheet.text(end, base, str(sum(counts)), 8, bold=True, align=Align.RIGHT)
            y += self.row
            sheet.rule(x, y, x + width, ROW)
        sheet.rule(x, y, x + width, HEAD)
        base = y + self.row / 2 + 1.05
        sheet.text(x, base, self.total, 7.8, bold=True)
        sums = [sum(row[place] for row in self.counts) for place in range(len(self.columns))]
        for at, count in zip(centres, sums, strict=True):
            sheet.text(at, base, str(count), 8, bold=True, align=Align.CENTRE)
        sheet.text(end, base, str(sum(sums)), 8, bold=True, align=Align.RIGHT)
        sheet.rule(x, y + self.row, x + width, ZONE)

    def _draw_cell(self, sheet: Sheet, place: Box, count: int) -> None:
        middle = place.x + place.width / 2
        if not count:
            sheet.dot(middle, place.y + place.height / 2, 0.26)
            return
        ground = Box(place.x, place.y + 0.6, place.width, place.height - 1.2)
        black, framed = count >= self.black, count >= self.framed
        if black:
            sheet.fill(ground)
        elif framed:
            sheet.frame(ground, 0.9)
        base = place.y + place.height / 2 + 1.05
        sheet.text(middle, base, str(count), 8, bold=framed, align=Align.CENTRE, white=black)

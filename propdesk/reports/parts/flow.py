"""Page flow: measure, then place. Nothing is shrunk to fit and nothing is cut.

A block says how high it is and draws itself; the flow turns the page where it does not fit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from propdesk.reports.parts.sheet import Align, Sheet
from propdesk.reports.parts.text import width_mm


class Block(Protocol):
    """Something on paper that never splits: a chart with its table, a signature block."""

    def height(self, sheet: Sheet, width: float) -> float:
        """Return the height in millimetres when set in a column of `width`."""

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw with the upper left corner at x, y."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A block of fixed height drawn by a function `draw(sheet, x, y, width)`."""

    tall: float
    paint: Callable[[Sheet, float, float, float], None]

    def height(self, sheet: Sheet, width: float) -> float:  # noqa: ARG002 - the Block protocol
        """Return the fixed height."""
        return self.tall

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Call the function."""
        self.paint(sheet, x, y, width)


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph; `size` in points, `leading` in millimetres from baseline to baseline."""

    text: str
    size: float = 8.6
    leading: float = 5.0
    bold: bool = False

    def height(self, sheet: Sheet, width: float) -> float:
        """Return the height of the wrapped lines."""
        return self.leading * len(sheet.wrapped(self.text, width, self.size, bold=self.bold))

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw the lines."""
        lines = sheet.wrapped(self.text, width, self.size, bold=self.bold)
        sheet.lines(
            x, y + self.leading * 0.75, lines, self.size, leading=self.leading, bold=self.bold
        )


@dataclass(frozen=True, slots=True)
class SectionHead:
    """Number and title of a section, a small second line beside it, a note at the right."""

    number: str
    title: str
    second: str = ""
    note: str = ""
    indent: float = 8.6

    def height(self, sheet: Sheet, width: float) -> float:  # noqa: ARG002 - the Block protocol
        """Return the height up to the rule of what follows."""
        return 8.4

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw the head."""
        base = y + 5.2
        sheet.text(x, base, self.number, 13, bold=True)
        wide = sheet.text(x + self.indent, base, self.title, 13, bold=True)
        if self.second:
            sheet.text(x + self.indent + wide + 2.4, base, self.second, 7.2)
        if self.note:
            free = width - self.indent - wide - width_mm(self.second, 7.2) - 8
            lines = sheet.wrapped(self.note, max(free, width * 0.3), 7.4)
            for back, line in enumerate(reversed(lines)):
                sheet.text(x + width, base - 3.4 * back, line, 7.4, align=Align.RIGHT)


@dataclass(frozen=True, slots=True)
class Beside:
    """Blocks next to each other: each with its x offset and width in the column."""

    parts: Sequence[tuple[Block, float, float]]

    def height(self, sheet: Sheet, width: float) -> float:  # noqa: ARG002 - the Block protocol
        """Return the height of the tallest."""
        return max((block.height(sheet, wide) for block, _at, wide in self.parts), default=0.0)

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:  # noqa: ARG002
        """Draw them with level upper edges."""
        for block, offset, wide in self.parts:
            block.draw(sheet, x + offset, y, wide)


class Flow:
    """The running place on a paper: `y` is the first free millimetre of the present page."""

    def __init__(
        self,
        sheet: Sheet,
        *,
        left: float,
        width: float,
        bottom: float,
        start_page: Callable[[Sheet], float],
        y: float,
    ) -> None:
        """Take the live area; `start_page` draws a new page's head and returns its first free y."""
        self.sheet = sheet
        self.left = left
        self.width = width
        self.bottom = bottom
        self.y = y
        self._start_page = start_page
        self._top = y

    @property
    def room(self) -> float:
        """Millimetres left on this page."""
        return self.bottom - self.y

    @property
    def at_top(self) -> bool:
        """Tell whether nothing stands on this page yet."""
        return self.y <= self._top

    def turn(self) -> None:
        """Go on with the next page."""
        self.sheet.new_page()
        self.y = self._top = self._start_page(self.sheet)

    def need(self, height: float) -> None:
        """Turn the page where `height` does not fit and the page holds something already."""
        if height > self.room + 1e-6 and not self.at_top:
            self.turn()

    def space(self, height: float) -> None:
        """Leave room, but not at the head of a page."""
        if not self.at_top:
            self.y = min(self.y + height, self.bottom)

    def place(self, *blocks: Block) -> None:
        """Place blocks that stay together below each other."""
        heights = [block.height(self.sheet, self.width) for block in blocks]
        self.need(sum(heights))
        for block, height in zip(blocks, heights, strict=True):
            self.need(height)
            block.draw(self.sheet, self.left, self.y, self.width)
            self.y += height

    def prose(self, text: str, *, size: float = 8.6, leading: float = 5.0) -> None:
        """Place a text that may go on over several pages, never fewer than two lines on one."""
        lines = self.sheet.wrapped(text, self.width, size)
        while lines:
            fit = int((self.room + 1e-6) // leading)
            if fit < min(2, len(lines)):
                if self.at_top:
                    fit = len(lines) if fit < 1 else fit
                else:
                    self.turn()
                    continue
            if 0 < len(lines) - fit < 2 and fit > 3:
                fit -= 1
            now, lines = lines[:fit], lines[fit:]
            self.sheet.lines(self.left, self.y + leading * 0.75, now, size, leading=leading)
            self.y += leading * len(now)
            if lines:
                self.turn()

"""A sheet of paper in millimetres from the top left: what every paper of the house is drawn on.

Black ink only. Line weights and type sizes are in points, everything else in millimetres; the `y`
of a text is its baseline. The file appears under its name only when it is whole.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from propdesk.held_files import move
from propdesk.reports.parts.fonts import Face, printable
from propdesk.reports.parts.text import MM_PER_POINT, Shaped, begin, is_opener, shape, wrap

if TYPE_CHECKING:
    from propdesk.reports.parts.pages import Pages

PT = 1 / MM_PER_POINT  # points in a millimetre

# Line weights of the laser profile in points.
HEAVY, TABLE, ZONE, HEAD, FIELD, ROW, BOX, FRAME = 1.3, 1.1, 0.75, 0.5, 0.3, 0.25, 0.7, 1.3
DOTTED = (0.6, 2.2)
_SHORT = 0.01

Point = tuple[float, float]


class Align(StrEnum):
    """Where a text stands at its x: it begins, ends or is centred there."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the sheet in millimetres from the top left."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height of a page in millimetres."""

    width: float
    height: float


A4 = PageSize(210, 297)
A5_LANDSCAPE = PageSize(210, 148)


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """What came out: the number of pages, and the characters the font lacks (printed as 〓)."""

    pages: int
    replaced_characters: tuple[str, ...] = ()


class Sheet:
    """A paper being drawn; use it with `with`, which writes the file at the end.

    Where anything fails inside the block or on the disk, nothing half written stays and an older
    file under the same name is left as it was.
    """

    def __init__(self, target: Path, size: PageSize, *, title: str) -> None:
        self.size = size
        self._target = target
        self._left = self._top = 0.0
        self._replaced: dict[str, None] = {}
        self._footers: list[tuple[int, Callable[[int, int], None]]] = []
        self.page = 1
        self.pages = 0  # known when the file is written
        self._pages = self._begin(self._clean(title))
        self._write = self._pages.write

    def _begin(self, title: str) -> "Pages":
        from propdesk.reports.parts.pages import Pages

        return Pages(self.size.width * PT, self.size.height * PT, title)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._pages.forget()
            return
        try:
            data = self._pages.finish(self._complete)
        except BaseException:
            self._pages.forget()
            raise
        _replace_file(self._target, data)

    @property
    def printed(self) -> PrintedPaper:
        """What came out; to be asked after the block."""
        return PrintedPaper(self.pages, tuple(self._replaced))

    # Pages

    def new_page(self) -> None:
        """Begin the next page."""
        self._pages.turn()
        self.page += 1

    def at_end(self, draw: Callable[[int, int], None]) -> None:
        """Have `draw(page, pages)` draw on the present page once the number of pages is known."""
        left, top = self._left, self._top

        def in_place(page: int, pages: int) -> None:
            with self.shifted(left, top):
                draw(page, pages)

        self._footers.append((self.page, in_place))

    def _complete(self, page: int, pages: int) -> None:
        self.page, self.pages = page, pages
        for where, draw in self._footers:
            if where == page:
                draw(page, pages)

    @contextmanager
    def shifted(self, right: float, down: float) -> Iterator[None]:
        """Move the origin for a while: the second copy on an A4 sheet costs nothing."""
        before = self._left, self._top
        self._left, self._top = before[0] + right, before[1] + down
        try:
            yield
        finally:
            self._left, self._top = before

    # Text

    def _clean(self, text: str) -> str:
        clean = printable(text)
        for character in clean.replaced:
            self._replaced[character] = None
        return clean.text

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        align: Align = Align.LEFT,
        tracking: float = 0.0,
        white: bool = False,
    ) -> float:
        """Draw one line of text on the baseline `y`; return its width.

        `tracking` is room between the characters in em (titles); `white` is for black grounds.
        """
        clean = self._clean(text).replace("\n", " ")
        if not clean:
            return 0.0
        shaped = shape(clean, bold=bold, tracking=tracking)
        width = shaped.width * size * MM_PER_POINT
        if align is Align.RIGHT:
            x -= width
        elif align is Align.CENTRE:
            x -= width / 2
        self._show(x, y, shaped, size, Face.BOLD if bold else Face.REGULAR, white=white)
        return width

    def text_upwards(self, x: float, y: float, text: str, size: float, *, bold: bool) -> None:
        """Draw one line that runs upwards, centred on y, its baseline at x (zone names)."""
        shaped = shape(self._clean(text), bold=bold)
        start = y + shaped.width * size * MM_PER_POINT / 2
        face = Face.BOLD if bold else Face.REGULAR
        self._show(x, start, shaped, size, face, turn="0 1 -1 0")

    def _show(
        self,
        x: float,
        y: float,
        shaped: Shaped,
        size: float,
        face: Face,
        *,
        white: bool = False,
        turn: str = "1 0 0 1",
    ) -> None:
        parts = [f"BT {turn} {self._x(x)} {self._y(y)} Tm"]
        current = ""
        spacing = 0.0

        def put(text: str, room: float) -> None:
            nonlocal current, spacing
            if room != spacing:
                parts.append(f"{room * size:.3f} Tc")
                spacing = room
            for name, string in self._pages.strings(face, text):
                if name != current:
                    parts.append(f"{name} {size:g} Tf")
                    current = name
                parts.append(f"({string}) Tj")

        for text, room in shaped.runs:
            if room:
                # Character spacing, not a shift: readers of the file then see no blank here.
                if len(text) > 1:
                    put(text[:-1], 0.0)
                put(text[-1], room)
            else:
                put(text, shaped.tracking)
        if spacing:
            parts.append("0 Tc")
        parts.append("ET")
        drawn = " ".join(parts)
        if shaped.has_gaps:
            plain = shaped.plain.encode("utf-16-be", "surrogatepass").hex()
            drawn = f"/Span <</ActualText <FEFF{plain}>>> BDC {drawn} EMC"
        self._write(f"1 g {drawn} 0 g" if white else drawn)

    def lines(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        size: float,
        *,
        leading: float,
        bold: bool = False,
    ) -> float:
        """Draw wrapped lines (`wrapped` or `text.wrap`) below each other; return the last baseline.

        An opening mark at the start of a line is pulled left by its empty half.
        """
        for line in lines:
            pulled = size * MM_PER_POINT / 2 if line and is_opener(line[0]) else 0.0
            self.text(x - pulled, y, line, size, bold=bold)
            y += leading
        return y - leading

    def wrapped(self, text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
        """Return the text in lines for a column, cleaned; what the font lacks is noted."""
        return wrap(self._clean(text), width, size, bold=bold)

    def begun(
        self, text: str, width: float, size: float, lines: int, *, bold: bool = False
    ) -> tuple[list[str], str]:
        """Return the first `lines` lines of a text in a column, and its rest."""
        return begin(self._clean(text), width, size, lines, bold=bold)

    # Lines and shapes

    def rule(self, x1: float, y: float, x2: float, weight: float = FIELD) -> None:
        """Draw a horizontal rule."""
        self.line((x1, y), (x2, y), weight)

    def upright(self, x: float, y1: float, y2: float, weight: float = FIELD) -> None:
        """Draw a vertical rule."""
        self.line((x, y1), (x, y2), weight)

    def dotted(self, x1: float, y: float, x2: float, weight: float = 0.35) -> None:
        """Draw a dotted line to write on."""
        self.line((x1, y), (x2, y), weight, dash=DOTTED)

    def line(
        self, start: Point, end: Point, weight: float, *, dash: tuple[float, float] | None = None
    ) -> None:
        """Draw a straight line; `dash` is (on, off) in points."""
        self.polyline((start, end), weight, dash=dash)

    def polyline(
        self,
        points: Sequence[Point],
        weight: float,
        *,
        dash: tuple[float, float] | None = None,
        round_ends: bool = False,
        white: bool = False,
    ) -> None:
        """Draw a line through points; `white` is for black grounds."""
        path = self._path(points)
        style = f"{weight:g} w"
        path = f"[{dash[0]:g} {dash[1]:g}] 0 d {path} S [] 0 d" if dash else f"{path} S"
        if white:
            path = f"1 G {path} 0 G"
        self._write(f"1 J 1 j {style} {path} 0 J 0 j" if round_ends else f"{style} {path}")

    def polygon(
        self,
        points: Sequence[Point],
        *,
        weight: float = HEAD,
        filled: bool = True,
        white: bool = False,
    ) -> None:
        """Draw a closed shape: filled black, or white with an outline of `weight`."""
        path = self._path(points)
        if filled:
            self._write(f"1 g {path} f 0 g" if white else f"{path} f")
        else:
            self._write(f"1 g {weight:g} w {path} b 0 g")

    def frame(self, box: Box, weight: float = FRAME) -> None:
        """Draw the outline of a box."""
        self._write(f"{weight:g} w {self._rectangle(box)} S")

    def fill(self, box: Box, *, white: bool = False) -> None:
        """Fill a box with black, or knock it out of what was drawn before."""
        self._write(f"1 g {self._rectangle(box)} f 0 g" if white else f"{self._rectangle(box)} f")

    def fills(self, boxes: Sequence[Box]) -> None:
        """Fill many boxes as one path (bars and modules of codes)."""
        if boxes:
            self._write(" ".join([*map(self._rectangle, boxes), "f"]))

    def rounded(
        self, box: Box, radius: float, weight: float = HEAD, *, filled: bool = False
    ) -> None:
        """Draw a box with round corners, outlined or filled black."""
        k = radius * 0.4477  # distance of the curves' control points from the corner
        at, r = self._at, radius
        left, top, right, bottom = box.x, box.y, box.right, box.bottom
        corners = (  # where a corner's curve begins, its two control points, where it ends
            ((right - r, top), (right - k, top), (right, top + k), (right, top + r)),
            ((right, bottom - r), (right, bottom - k), (right - k, bottom), (right - r, bottom)),
            ((left + r, bottom), (left + k, bottom), (left, bottom - k), (left, bottom - r)),
            ((left, top + r), (left, top + k), (left + k, top), (left + r, top)),
        )
        path = [f"{at((left + r, top))} m"]
        for start, first, second, end in corners:
            path.append(f"{at(start)} l {at(first)} {at(second)} {at(end)} c")
        self._write(f"{weight:g} w {' '.join(path)} {'f' if filled else 's'}")

    def dot(self, x: float, y: float, radius: float, *, filled: bool = True) -> None:
        """Draw a dot, or a ring with a white inside, centred at x, y."""
        self._write(f"{self._circle(x, y, radius)} f" if filled else self._ring(x, y, radius))

    def dots(self, rows: Sequence[tuple[Point, Point]], pitch: float, radius: float) -> None:
        """Draw rows of dots from their first one on, as one path (patterns).

        A row is a line of dashes without length and with round ends: a circle for each dot would
        be fifty times the page.
        """
        if rows:
            path = " ".join(self._path(row) for row in rows)
            # Some printers leave out what has no length at all.
            dashes = f"[{_SHORT} {pitch * PT - _SHORT:.3f}] 0 d"
            self._write(f"q 1 J {dashes} {2 * radius * PT:.3f} w {path} S Q")

    def segments(self, pairs: Sequence[tuple[Point, Point]], weight: float) -> None:
        """Draw many straight lines as one path (patterns)."""
        if pairs:
            self._write(f"{weight:g} w {' '.join(self._path(pair) for pair in pairs)} S")

    @contextmanager
    def clipped(self, box: Box) -> Iterator[None]:
        """Draw only inside the box for a while."""
        self._write(f"q {self._rectangle(box)} W n")
        try:
            yield
        finally:
            self._write("Q")

    def picture(self, box: Box, content: bytes, size: tuple[int, int]) -> None:
        """Draw a JPEG of `size` dots into a box, which has its proportions."""
        x = (self._left + box.x) * PT
        y = (self.size.height - self._top - box.bottom) * PT
        self._pages.picture(content, size, (x, y, box.width * PT, box.height * PT))

    def tick_box(self, x: float, baseline: float, side: float = 3.0, *, ticked: bool) -> None:
        """Draw a box to tick, standing a little below the baseline; the font has none."""
        top = baseline - side + 0.45
        self.frame(Box(x, top, side, side), BOX)
        if ticked:
            tick = ((0.16, 0.5), (0.4, 0.78), (0.98, -0.02))
            points = [(x + side * a, top + side * b) for a, b in tick]
            self.polyline(points, 1.5)

    # From millimetres to the page's points, which count from the lower left

    def _x(self, x: float) -> str:
        return f"{(self._left + x) * PT:.3f}"

    def _y(self, y: float) -> str:
        return f"{(self.size.height - self._top - y) * PT:.3f}"

    def _at(self, point: Point) -> str:
        return f"{self._x(point[0])} {self._y(point[1])}"

    def _path(self, points: Sequence[Point]) -> str:
        return " ".join(
            f"{self._at(point)} {'l' if place else 'm'}" for place, point in enumerate(points)
        )

    def _rectangle(self, box: Box) -> str:
        corner = self._at((box.x, box.bottom))
        return f"{corner} {box.width * PT:.3f} {box.height * PT:.3f} re"

    def _circle(self, x: float, y: float, radius: float) -> str:
        k = radius * 0.5523
        at = self._at
        r = radius
        quarters = (
            ((x + r, y - k), (x + k, y - r), (x, y - r)),
            ((x - k, y - r), (x - r, y - k), (x - r, y)),
            ((x - r, y + k), (x - k, y + r), (x, y + r)),
            ((x + k, y + r), (x + r, y + k), (x + r, y)),
        )
        curves = " ".join(f"{at(a)} {at(b)} {at(c)} c" for a, b, c in quarters)
        return f"{at((x + r, y))} m {curves}"

    def _ring(self, x: float, y: float, radius: float) -> str:
        return f"1 g 1 w {self._circle(x, y, radius)} b 0 g"


def _replace_file(target: Path, data: bytes) -> None:
    """Write the file beside its place and move it there, so that it is whole or the old one."""
    part = target.with_name(target.name + ".part")
    try:
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        move(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise

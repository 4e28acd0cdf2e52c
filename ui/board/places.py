"""Where each house of the board stands: plain rectangles, reckoned once for a width.

Nothing here paints; what is in sight and where the keyboard goes next is found in these lists.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from propdesk.domain.house_boards import (
    BoardHouse,
    Line,
    Section,
    entrance_title,
    level_words,
    section_title,
    strip_title,
    wrapped,
)
from propdesk.i18n import ngettext


@dataclass(frozen=True, slots=True)
class Sizes:
    """The measures of a board in logical pixels; `least` gives the width that a section needs."""

    least: Callable[[Section], int]
    most: int
    strip: int
    tall: int
    head: int
    title: int
    gutter: int
    between: int
    margin: int


@dataclass(frozen=True, slots=True)
class Title:
    """Words over an entrance or strip, from x to the right end of what it names."""

    x: int
    right: int
    y: int
    words: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A house and where it stands in its line."""

    x: int
    width: int
    house: BoardHouse

    @property
    def middle(self) -> int:
        """The middle of the cell."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Row:
    """Houses at one height, from left to right over all entrances; `label` is their floor."""

    y: int
    label: str
    spots: tuple[Spot, ...]


@dataclass(slots=True)
class Block:
    """A section as it stands: from its head, empty where it stands alone, to its last line."""

    section: Section
    top: int
    head: str = ""
    count: int = 0
    bottom: int = 0
    right: int = 0
    titles: list[Title] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a house: its block, its row there, its spot in the row."""

    block: int
    row: int
    spot: int


class Places:
    """All blocks below each other, `width` by `height` pixels in all."""

    def __init__(
        self, sections: Sequence[Section], sizes: Sizes, room: int, *, says_community: bool
    ) -> None:
        self.sizes = sizes
        self.blocks: list[Block] = []
        self._of: dict[int, Place] = {}
        y = sizes.margin
        for section in sections:
            block = _Builder(section, sizes, room, y).build()
            if len(sections) > 1:
                block.head = section_title(section, says_community=says_community)
            self.blocks.append(block)
            y = block.bottom + sizes.between
        self.width = max((block.right for block in self.blocks), default=0) + sizes.margin
        self.height = y
        for b, block in enumerate(self.blocks):
            for r, row in enumerate(block.rows):
                for s, spot in enumerate(row.spots):
                    self._of[spot.house.id] = Place(b, r, s)

    def place(self, house_id: int | None) -> Place | None:
        """Return where a house stands, None where it is not shown."""
        return None if house_id is None else self._of.get(house_id)

    def row(self, place: Place) -> Row:
        """Return the row of a place."""
        return self.blocks[place.block].rows[place.row]

    def spot(self, place: Place) -> Spot:
        """Return the spot of a place."""
        return self.row(place).spots[place.spot]

    def houses(self) -> Iterator[BoardHouse]:
        """Give all houses in reading order."""
        for block in self.blocks:
            for row in block.rows:
                yield from (spot.house for spot in row.spots)

    def at(self, x: int, y: int) -> BoardHouse | None:
        """Return the house at a point."""
        for block in self.blocks:
            if block.top <= y < block.bottom:
                for row in block.rows:
                    if row.y <= y < row.y + self.sizes.tall:
                        return next((s.house for s in row.spots if s.x <= x < s.x + s.width), None)
        return None


class _Builder:
    """Places one section from its top downwards."""

    def __init__(self, section: Section, sizes: Sizes, room: int, top: int) -> None:
        self._sizes = sizes
        self._section = section
        self._room = max(room - sizes.gutter - sizes.margin, 1)
        self._least = sizes.least(section)
        self._block = Block(section, top)
        self._y = top

    def build(self) -> Block:
        self._y += self._sizes.head
        self._place_grid()
        for entrance in self._section.entrances:
            if not entrance.columns:
                self._place_strip(entrance_title(entrance), entrance.loose)
        for strip in self._section.strips:
            self._place_strip(strip_title(strip), strip.houses)
        self._block.count = sum(1 for _one in self._section.houses())
        self._block.bottom = self._y
        return self._block

    def _place_grid(self) -> None:
        sizes, block = self._sizes, self._block
        gridded = [one for one in self._section.entrances if one.columns]
        if not gridded:
            return
        columns = sum(one.columns for one in gridded)
        free = self._room - sizes.between * (len(gridded) - 1)
        wide = min(max(free // columns, self._least), sizes.most)
        lefts = []
        x = sizes.gutter
        for entrance in gridded:
            lefts.append(x)
            count = sum(1 for _one in entrance.houses())
            words = "  ".join(filter(None, (entrance_title(entrance), count_words(count))))
            right = x + entrance.columns * wide
            block.titles.append(Title(x, right, self._y, words))
            x = right + sizes.between
        block.right = max(block.right, x - sizes.between)
        self._y += sizes.title
        for level in self._section.levels():
            lines = [one.floors.get(level, ()) for one in gridded]
            self._add_row(level_words(level), lefts, lines, wide)
        loose = [one.loose_lines() for one in gridded]
        for n in range(max(map(len, loose))):
            self._add_row(
                level_words(None), lefts, [those[n] if n < len(those) else () for those in loose],
                wide,
            )  # fmt: skip
        self._y += sizes.margin

    def _place_strip(self, title: str, houses: Sequence[BoardHouse]) -> None:
        sizes = self._sizes
        least = max(self._least, sizes.strip)
        columns = max(self._room // least, 1)
        wide = min(max(self._room // columns, least), sizes.most)
        words = "  ".join(filter(None, (title, count_words(len(houses)))))
        right = sizes.gutter + min(columns, len(houses)) * wide
        self._block.titles.append(Title(sizes.gutter, right, self._y, words))
        self._block.right = max(self._block.right, right)
        self._y += sizes.title
        for line in wrapped(houses, columns):
            self._add_row("", [sizes.gutter], [line], wide)
        self._y += sizes.margin

    def _add_row(self, label: str, lefts: Sequence[int], lines: Sequence[Line], wide: int) -> None:
        spots = tuple(
            Spot(left + n * wide, wide, house)
            for left, line in zip(lefts, lines, strict=True)
            for n, house in enumerate(line)
            if house is not None
        )
        if spots:
            self._block.rows.append(Row(self._y, label, spots))
            self._y += self._sizes.tall


def count_words(count: int) -> str:
    """Return how many houses there are, in words."""
    return ngettext("{count} house", "{count} houses", count).format(count=count)

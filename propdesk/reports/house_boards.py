"""The house board on paper: A4 or A3 on its side, told in black and white by characters and fills.

Buildings and entrances stand beside each other while they fit; what does not goes on below or on
the next page under the building's name again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from propdesk.domain.board_shades import Colouring, Look, Shade
from propdesk.domain.house_boards import (
    BoardHouse,
    BoardPaper,
    Entrance,
    Line,
    Section,
    entrance_title,
    level_words,
    section_title,
    strip_title,
    wrapped,
)
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import ngettext, speaking
from propdesk.reports.parts.flow import Drawing, Flow, SectionHead
from propdesk.reports.parts.patterns import Pattern, fill_pattern
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import (
    A4,
    DOTTED,
    HEAD,
    HEAVY,
    ROW,
    Align,
    Box,
    PageSize,
    PrintedPaper,
    Sheet,
)
from propdesk.reports.parts.tables import continued
from propdesk.reports.parts.text import elide, width_mm

_SIZES = {
    BoardPaper.A4: PageSize(A4.height, A4.width),
    BoardPaper.A3: PageSize(2 * A4.width, A4.height),
}
_GUTTER, _BETWEEN, _GAP = 10.0, 4.0, 0.7  # mm: floors at the side, between entrances and cells
_HEAD, _TITLE = 8.4, 5.4
_LEAST_WIDE, _FAIR_WIDE, _MOST_WIDE = 11.0, 15.0, 24.0
_APART, _NOTE_SIZE, _NOTE_STEP = 8.0, 7.0, 3.4  # between buildings; their counts below the name
_TALL, _LEAST_TALL = 6.4, 4.5
_NUMBER_SIZE, _MARK_SIZE = 7.4, 6.4
_DASHES = (3.0, 1.8)


@dataclass(frozen=True, slots=True)
class BoardSheet:
    """The input of a printed board."""

    frame: RegisterFrame
    size: BoardPaper
    colouring: Colouring
    sections: Sequence[Section]
    says_community: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of an entrance's columns, as wide as fits."""

    title: str
    entrance: Entrance
    first: int
    last: int

    @property
    def columns(self) -> int:
        return self.last - self.first

    def line(self, level: int) -> Line:
        whole = self.entrance.floors.get(level, ())
        return whole[self.first : self.last]


@dataclass(frozen=True, slots=True)
class _Building:
    """A building that may stand beside others: its floors, and the width that it needs."""

    section: Section
    parts: Sequence[_Part]
    lines: Sequence[tuple[str, Sequence[Line]]]
    needed: float


def render_house_board(paper: BoardSheet, target: Path, *, language: PaperLanguage) -> PrintedPaper:
    """Draw the board into the PDF file `target`; it appears whole or not at all."""
    with speaking(language.code):
        with Sheet(target, _SIZES[paper.size], title=paper.frame.title) as sheet:
            flow = paper.frame.start(sheet, language)
            _Board(paper, flow).draw()
        return sheet.printed


class _Board:
    """The board being drawn."""

    def __init__(self, paper: BoardSheet, flow: Flow) -> None:
        self._paper = paper
        self._colouring = paper.colouring
        self._flow = flow
        marks = [str(shade.mark) for shade in paper.colouring.shades]
        self._mark_wide = max(width_mm(mark, _MARK_SIZE, bold=True) for mark in marks)

    def draw(self) -> None:
        """Draw the legend and the sections below each other."""
        houses = [house for section in self._paper.sections for house in section.houses()]
        self._draw_legend(self._colouring.count(houses))
        row: list[_Building] = []
        for section in self._paper.sections:
            building = self._building(section)
            if building is not None and self._may_stand_beside([*row, building]):
                row.append(building)
                continue
            self._draw_row(row)
            row = [building] if building is not None else []
            if building is None:
                self._draw_sections(section)
        self._draw_row(row)

    # -- buildings beside each other

    def _building(self, section: Section) -> _Building | None:
        """Return a building that may stand beside others: every house of it has a floor."""
        if section.strips or any(one.loose for one in section.entrances):
            return None
        least = max(self._least_wide(section.houses()), _FAIR_WIDE)
        panels = list(_panels(section.entrances, self._flow.width - _GUTTER, least))
        if len(panels) != 1:
            return None
        (parts,) = panels
        lines = [(level_words(n), [part.line(n) for part in parts]) for n in _levels(parts)]
        columns = sum(part.columns for part in parts)
        needed = _GUTTER + columns * least + _BETWEEN * (len(parts) - 1)
        return _Building(section, parts, lines, needed)

    def _share(self, count: int) -> float:
        return (self._flow.width + _APART) / count - _APART

    def _may_stand_beside(self, row: Sequence[_Building]) -> bool:
        return all(one.needed <= self._share(len(row)) for one in row)

    def _draw_row(self, row: Sequence[_Building]) -> None:
        """Draw buildings beside each other; one alone, or one too high, as it is alone."""
        flow = self._flow
        wide = self._share(max(len(row), 1))
        floors = max((len(one.lines) for one in row), default=0)
        said = _NOTE_STEP * max((len(self._noted(one, wide)) for one in row), default=0)
        fixed = _HEAD + said + _TITLE
        if len(row) > 1:
            flow.space(2.4)
            if fixed + _LEAST_TALL * floors > flow.room:
                flow.need(fixed + _TALL * floors)
        tall = min((flow.room - fixed) / max(floors, 1), _TALL)
        if len(row) < 2 or tall < _LEAST_TALL:
            self._draw_sections(*(one.section for one in row))
            return
        paint = partial(self._paint_row, row=row, wide=wide, said=said, tall=tall)
        flow.place(Drawing(fixed + tall * floors, paint))

    def _paint_row(
        self,
        sheet: Sheet,
        x: float,
        y: float,
        width: float,  # noqa: ARG002 - a block's
        *,
        row: Sequence[_Building],
        wide: float,
        said: float,
        tall: float,
    ) -> None:
        for one in row:
            title = section_title(one.section, says_community=self._paper.says_community)
            SectionHead("", title, indent=0).draw(sheet, x, y, wide)
            sheet.lines(x, y + _HEAD + 1.2, self._noted(one, wide), _NOTE_SIZE, leading=_NOTE_STEP)
            top = y + _HEAD + said
            self._paint_panel(sheet, x, top, wide, parts=one.parts, lines=one.lines, tall=tall)
            x += wide + _APART

    def _noted(self, building: _Building, wide: float) -> list[str]:
        return self._flow.sheet.wrapped(self._note(building.section), wide, _NOTE_SIZE)

    def _draw_sections(self, *sections: Section) -> None:
        for section in sections:
            self._flow.space(2.4)
            self._draw_section(section)

    # -- the legend

    def _draw_legend(self, counts: dict[str, int]) -> None:
        flow = self._flow
        entries = [
            (shade, f"{shade.label} {counts[shade.key]:,}") for shade in self._colouring.shades
        ]
        lines: list[list[tuple[float, Shade, str]]] = [[]]
        x = 0.0
        for shade, words in entries:
            wide = 14.0 + width_mm(words, 8.2) + 6.0
            if x + wide > flow.width and lines[-1]:
                lines.append([])
                x = 0.0
            lines[-1].append((x, shade, words))
            x += wide
        flow.place(Drawing(6.8 * len(lines) + 1.0, partial(self._paint_legend, lines=lines)))

    def _paint_legend(
        self,
        sheet: Sheet,
        x: float,
        y: float,
        width: float,  # noqa: ARG002 - a block's
        *,
        lines: Sequence[Sequence[tuple[float, Shade, str]]],
    ) -> None:
        for place, line in enumerate(lines):
            top = y + place * 6.8
            for offset, shade, words in line:
                box = Box(x + offset, top, 12.0, 5.0)
                mark = str(shade.mark) or ("2" if shade.look is Look.NOTED else "")
                _draw_cell(sheet, box, shade, "", mark)
                sheet.text(x + offset + 13.6, top + 3.7, words, 8.2)

    # -- a building

    def _draw_section(self, section: Section) -> None:
        says = self._paper.says_community
        title = section_title(section, says_community=says)
        heads = self._heads(title, self._note(section))
        gridded = [one for one in section.entrances if one.columns]
        least = self._least_wide(section.houses())
        for panel in _panels(gridded, self._flow.width - _GUTTER, least):
            self._draw_panel(panel, _levels(panel), heads)
        strips = [(entrance_title(one), one.loose) for one in section.entrances if not one.columns]
        strips += [(strip_title(strip), strip.houses) for strip in section.strips]
        for name, houses in strips:
            self._draw_strip("" if name == title else name, houses, least, heads)

    def _heads(self, title: str, note: str) -> Iterator[SectionHead]:
        """Give the section's head, and its repetition for each piece that begins a page."""
        yield SectionHead("", title, note=note, indent=0)
        while True:
            yield SectionHead("", continued(title), indent=0)

    def _note(self, section: Section) -> str:
        houses = list(section.houses())
        counts = self._colouring.count(houses)
        words = [
            f"{shade.label} {counts[shade.key]}"
            for shade in self._colouring.shades
            if counts[shade.key]
        ]
        return f"{_count(len(houses))}    {'  '.join(words)}"

    def _least_wide(self, houses: Iterable[BoardHouse]) -> float:
        """Return the width that every number of a building needs beside the widest character."""
        number = max((width_mm(one.number, _NUMBER_SIZE) for one in houses), default=0.0)
        return min(max(number + self._mark_wide + 4.0, _LEAST_WIDE), _MOST_WIDE)

    def _draw_panel(
        self, parts: Sequence[_Part], levels: Sequence[int], heads: Iterator[SectionHead]
    ) -> None:
        """Draw entrances beside each other, floor by floor; a high house goes on on the next page.

        Houses without a floor stand below the lowest one.
        """
        lines: list[tuple[str, list[Line]]] = [
            (level_words(level), [part.line(level) for part in parts]) for level in levels
        ]
        loose = [part.entrance.loose_lines() if part.first == 0 else () for part in parts]
        for place in range(max(map(len, loose), default=0)):
            row = [those[place] if place < len(those) else () for those in loose]
            lines.append((level_words(None), row))
        flow = self._flow
        while lines:
            head = next(heads)
            fixed = head.height(flow.sheet, flow.width) + _TITLE
            tall = min(max((flow.room - fixed) / len(lines), _LEAST_TALL), _TALL)
            if fixed + tall * len(lines) > flow.room:
                # The whole house on a page of its own, or as much of it as fits.
                flow.need(fixed + _TALL * len(lines))
                tall = min(max((flow.room - fixed) / len(lines), _LEAST_TALL), _TALL)
            fit = max(int((flow.room - fixed + 1e-6) / tall), 1)
            now, lines = lines[:fit], lines[fit:]
            draw = partial(self._paint_panel, parts=parts, lines=now, tall=tall)
            flow.place(head, Drawing(_TITLE + tall * len(now), draw))
            if lines:
                flow.turn()

    def _paint_panel(
        self,
        sheet: Sheet,
        x: float,
        y: float,
        width: float,
        *,
        parts: Sequence[_Part],
        lines: Sequence[tuple[str, Sequence[Line]]],
        tall: float,
    ) -> None:
        columns = sum(part.columns for part in parts)
        room = width - _GUTTER - _BETWEEN * (len(parts) - 1)
        wide = min(room / columns, _MOST_WIDE)
        for place, (words, _cells) in enumerate(lines):
            base = y + _TITLE + place * tall + tall / 2 + 1.0
            sheet.text(x + _GUTTER - 1.6, base, words, 7.0, align=Align.RIGHT)
        left = x + _GUTTER
        for number, part in enumerate(parts):
            sheet.text(left, y + 3.6, part.title, 8.0, bold=True)
            for place, (_words, cells) in enumerate(lines):
                top = y + _TITLE + place * tall
                self._draw_line(sheet, left, top, cells[number], wide, tall)
            left += part.columns * wide + _BETWEEN

    def _draw_line(
        self, sheet: Sheet, left: float, top: float, line: Line, wide: float, tall: float
    ) -> None:
        for column, house in enumerate(line):
            if house is not None:
                box = Box(left + column * wide, top, wide - _GAP, tall - _GAP)
                shade, mark = self._colouring.shade_of(house), self._colouring.mark(house)
                _draw_cell(sheet, box, shade, house.number, mark)

    def _draw_strip(
        self,
        title: str,
        houses: Sequence[BoardHouse],
        least: float,
        heads: Iterator[SectionHead],
    ) -> None:
        """Draw houses without floors, line after line."""
        flow = self._flow
        columns = int((flow.width - _GUTTER) // least)
        lines = list(wrapped(houses, columns))
        wide = (flow.width - _GUTTER) / columns
        words = f"{title}  {_count(len(houses))}" if title else ""
        while lines:
            head = next(heads)
            fixed = head.height(flow.sheet, flow.width) + _TITLE
            flow.need(fixed + _TALL * min(len(lines), 3))
            fit = max(int((flow.room - fixed + 1e-6) / _TALL), 1)
            now, lines = lines[:fit], lines[fit:]
            draw = partial(self._paint_strip, title=words, lines=now, wide=wide)
            flow.place(head, Drawing(_TITLE + _TALL * len(now), draw))
            if lines:
                flow.turn()

    def _paint_strip(
        self,
        sheet: Sheet,
        x: float,
        y: float,
        width: float,  # noqa: ARG002 - a block's
        *,
        title: str,
        lines: Sequence[Line],
        wide: float,
    ) -> None:
        sheet.text(x + _GUTTER, y + 3.6, title, 8.0, bold=True)
        for place, line in enumerate(lines):
            self._draw_line(sheet, x + _GUTTER, y + _TITLE + place * _TALL, line, wide, _TALL)


def _levels(parts: Sequence[_Part]) -> list[int]:
    return sorted({level for part in parts for level in part.entrance.floors}, reverse=True)


def _panels(entrances: Sequence[Entrance], room: float, least: float) -> Iterator[list[_Part]]:
    """Give the entrances that stand beside each other; a very wide one is cut into pieces."""
    panel: list[_Part] = []
    used = 0.0
    most = max(int(room // least), 1)
    for entrance in entrances:
        name = entrance_title(entrance)
        count = _count(sum(1 for _one in entrance.houses()))
        for first in range(0, entrance.columns, most):
            last = min(first + most, entrance.columns)
            title = "  ".join(filter(None, (name, count)))
            part = _Part(continued(title) if first else title, entrance, first, last)
            wide = part.columns * least + (_BETWEEN if panel else 0.0)
            if panel and used + wide > room:
                yield panel
                panel, used = [], 0.0
                wide = part.columns * least
            panel.append(part)
            used += wide
    if panel:
        yield panel


def _count(count: int) -> str:
    return ngettext("{count} house", "{count} houses", count).format(count=count)


# -- a cell


_FILLS = {Look.HATCHED: Pattern.HATCH, Look.TINTED: Pattern.DOTS}
_DASHED = {Look.DASHED: _DASHES, Look.DOTTED: DOTTED}
_TAGGED = frozenset({Look.SOFT, Look.WARNING})


def _draw_cell(sheet: Sheet, box: Box, shade: Shade, number: str, mark: str) -> None:
    """Draw a house: its number at the left, the character of its shade at the right."""
    look = shade.look
    is_black = look is Look.ALARMING
    base = box.y + box.height / 2 + 0.95
    if is_black:
        sheet.fill(box)
    elif look in _DASHED:
        _draw_dashed(sheet, box, _DASHED[look])
    elif look in _FILLS:
        fill_pattern(sheet, box, _FILLS[look], ROW)
    else:
        sheet.frame(box, HEAVY if look is Look.WARNING else ROW)
    right = box.right - 0.9
    mark_wide = width_mm(mark, _MARK_SIZE, bold=True) if mark else 0.0
    room = box.width - 1.8 - (mark_wide + 1.2 if mark else 0.0)
    shown = elide(number, room, _NUMBER_SIZE)
    if look in _FILLS:
        _knock_out(sheet, box, box.x + 0.2, width_mm(shown, _NUMBER_SIZE) + 1.1 if shown else 0.0)
        _knock_out(sheet, box, right - mark_wide - 0.5, mark_wide + 1.2)
        sheet.frame(box, ROW)
    elif look in _TAGGED and mark:
        tag = Box(right - mark_wide - 0.5, box.y + 0.6, mark_wide + 1.0, box.height - 1.2)
        sheet.rounded(tag, 0.4, filled=True)
    white = is_black or look in _TAGGED
    sheet.text(box.x + 0.9, base, shown, _NUMBER_SIZE, white=is_black, bold=is_black)
    sheet.text(right, base, mark, _MARK_SIZE, bold=True, align=Align.RIGHT, white=white)


def _knock_out(sheet: Sheet, box: Box, x: float, width: float) -> None:
    if width:
        sheet.fill(Box(x, box.y + 0.2, width, box.height - 0.4), white=True)


def _draw_dashed(sheet: Sheet, box: Box, dash: tuple[float, float]) -> None:
    corners = (
        (box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom),
        (box.x, box.y),
    )  # fmt: skip
    sheet.polyline(corners, HEAD, dash=dash)

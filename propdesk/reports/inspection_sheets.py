"""The sheet of a round (巡检记录表, forms.md 5.6): A4, in walking order, filled in with a pen.

Each item has its limits beside it and its place to write: a box per digit with the point printed
for a reading, boxes to tick for everything else. One sheet may hold up to three rounds of a day,
each with a column of its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from propdesk.domain.check_items import CheckItem, InspectionKind
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import LazyText, _, _lazy, speaking
from propdesk.reports.parts.check_columns import find_columns
from propdesk.reports.parts.check_rows import ROUND, SECTION, CheckRows
from propdesk.reports.parts.form_lines import (
    Blank,
    Piece,
    Space,
    Words,
    draw_line,
    line_width,
)
from propdesk.reports.parts.masthead import (
    Masthead,
    Office,
    draw_footer,
    draw_masthead,
    draw_running_head,
)
from propdesk.reports.parts.sheet import A4, FIELD, HEAVY, ZONE, Align, Box, PrintedPaper, Sheet
from propdesk.reports.parts.text import width_mm
from propdesk.reports.parts.zones import Form

_LEFT, _RIGHT = 18.0, 200.0
_TOP, _BOTTOM, _FOOT = 10.0, 281.0, 287.5
_HEAD_LINE, _BAND, _BAND_LEADING = 9.0, 7.8, 3.8
_FOOT_ZONE, _RUNNING = 22.0, 15.0
_NOTE, _NOTE_LEADING = 7.2, 3.4
_FACT_GAP, _FACT_LINE, _NOBODY = 4.0, 7.2, 22.0

TITLES: Mapping[InspectionKind, LazyText] = {
    InspectionKind.EQUIPMENT: _lazy("Equipment round sheet"),
    InspectionKind.STATUTORY: _lazy("Statutory check sheet"),
    InspectionKind.FIRE: _lazy("Fire round sheet"),
    InspectionKind.BUILDING: _lazy("Public area sheet"),
    InspectionKind.SECURITY: _lazy("Guard round sheet"),
    InspectionKind.CLEANING: _lazy("Cleaning check sheet"),
    InspectionKind.GREEN: _lazy("Green check sheet"),
    InspectionKind.DECORATION: _lazy("Decoration round sheet"),
    InspectionKind.VACANT: _lazy("Vacant house sheet"),
    InspectionKind.CONDUCT: _lazy("Conduct check sheet"),
    InspectionKind.MANAGEMENT: _lazy("Management check sheet"),
}
"""What a sheet is called, by the kind of its plan."""

_ROUTE, _PLANNED, _WALKER = _lazy("Route"), _lazy("Planned day"), _lazy("Walked by")
_START, _END, _WEATHER = _lazy("Round began"), _lazy("Round ended"), _lazy("Weather")
_ARRIVED, _POINT_CODE = _lazy("On the spot"), _lazy("Point code checked")
_FOUND, _ORDERS = _lazy("Faults found"), _lazy("Orders written")
_NUMBERS, _SIGNED, _SUPERVISED = (
    _lazy("Order numbers"), _lazy("Inspector signs"), _lazy("Supervisor signs"),
)  # fmt: skip
_MONTH, _DAY = _lazy("MM"), _lazy("DD")


@dataclass(frozen=True, slots=True)
class SheetPoint:
    """A place of the sheet: its code on a black tag, its name, where it is, its items."""

    code: str
    name: str
    where: str
    items: Sequence[CheckItem]


@dataclass(frozen=True, slots=True)
class InspectionSheetPaper:
    """The input of a sheet, in words of the paper's language; `rounds` are their times or ""."""

    office_name: str
    office_name_en: str
    kind: InspectionKind
    form: str
    number: str
    code_digits: str
    qr_text: str
    route: str
    planned: str
    walker: str
    rounds: Sequence[str]
    points: Sequence[SheetPoint]
    entry_hours: int
    printed_at: datetime
    printed_by: str


def render_inspection_sheets(
    papers: Iterable[InspectionSheetPaper],
    target: Path,
    *,
    language: PaperLanguage,
    title: str = "",
) -> PrintedPaper:
    """Draw sheets one after the other into the PDF file `target`; whole or not at all."""
    with speaking(language.code):
        with Sheet(target, A4, title=title) as sheet:
            for place, paper in enumerate(papers):
                if place:
                    sheet.new_page()
                _Face(Form(sheet, language), paper).draw()
        return sheet.printed


class _Face:
    """One sheet, on as many pages as its places take."""

    def __init__(self, form: Form, paper: InspectionSheetPaper) -> None:
        self.form = form
        self.sheet = form.sheet
        self.paper = paper
        items = [item for point in paper.points for item in point.items]
        self.columns = find_columns(items, max(len(paper.rounds), 1), _LEFT, _RIGHT)
        self.rows = CheckRows(form, self.columns, paper.rounds)
        self.y = _TOP
        self._strokes_from = 0.0
        self._open_rows: list[tuple[float, float]] = []

    def draw(self) -> None:
        """Draw head, places and foot; a place keeps two items with its name."""
        self._draw_head()
        number = 0
        for point in self.paper.points:
            self._need(self._band_height(point) + self._begin_height(point.items))
            self._draw_band(point)
            section = ""
            for place, item in enumerate(point.items):
                fresh = item.section if item.section != section else ""
                height = self.rows.height(item) + (SECTION if fresh else 0.0)
                # The last row of a place does not go to another page alone.
                rest = point.items[-1:] if place == len(point.items) - 2 else ()
                self._need(height + self._begin_height(rest), point)
                if fresh:
                    section = fresh
                    self._draw_section(fresh)
                number += 1
                top, self.y = self.y, self.rows.draw(self.y, number, item)
                if self.rows.is_open(item):
                    self._open_rows.append((top, self.y))
        self._close_strokes()
        notes = self._notes()
        if self.y + 3.0 + _NOTE_LEADING * len(notes) + _FOOT_ZONE > _BOTTOM:
            self._next_page()
        self._draw_foot(notes)
        self._draw_page_foot()

    def _begin_height(self, items: Sequence[CheckItem]) -> float:
        height = sum(self.rows.height(item) for item in items[:2])
        sections = {item.section for item in items[:2] if item.section}
        return height + SECTION * len(sections)

    # -- head

    def _draw_head(self) -> None:
        form, sheet, paper = self.form, self.sheet, self.paper
        head = Masthead(
            Office(paper.office_name, paper.office_name_en, paper.form),
            form.word(TITLES[paper.kind]),
            form.language.second(TITLES[paper.kind]).upper(),
            paper.number,
            code_digits=paper.code_digits,
            qr_text=paper.qr_text,
            tracking=0.02 if form.language is PaperLanguage.EN else 0.12,
        )
        self.y = draw_masthead(sheet, head, form.language, left=_LEFT, right=_RIGHT, y=_TOP)
        self._draw_facts()
        sheet.rule(_LEFT, self.y, _RIGHT, ZONE)
        self._draw_table_head()

    def _draw_facts(self) -> None:
        """Draw what is known of the round, and gaps for what is not; what is too long wraps."""
        paper = self.paper
        known = ((_ROUTE, paper.route), (_PLANNED, paper.planned), (_WALKER, paper.walker))
        gaps = sum(line_width(pieces) for pieces in self._times())
        gaps += self._label_width(_WEATHER) + 14.0
        x, base = _LEFT, self.y + 5.9
        for label, words in known:
            if x > _LEFT and x + self._fact_width(label, words) > _RIGHT:
                x, base = _LEFT, base + _FACT_LINE
            x = self._label(x, base, label)
            if words:
                lines = self.sheet.wrapped(words, _RIGHT - x, 9.4, bold=True)
                base = self.sheet.lines(x, base, lines, 9.4, leading=4.4, bold=True)
                x += width_mm(lines[-1], 9.4, bold=True)
            else:
                self.sheet.rule(x, base + 0.7, x + _NOBODY, FIELD)
                x += _NOBODY
            x += _FACT_GAP
        if x + gaps > _RIGHT:
            x, base = _LEFT, base + _FACT_LINE
        for place, pieces in enumerate(self._times()):
            if self.columns.is_single:
                self.form.label(x, base, (_START, _END)[place], 30)
            x = draw_line(self.sheet, x, base, pieces, line_width(pieces))
        x = self._label(x, base, _WEATHER)
        self.sheet.rule(x, base + 0.7, _RIGHT, FIELD)
        self.y = base + _HEAD_LINE - 5.9

    def _times(self) -> list[list[Piece]]:
        """Return the gaps for when each round began and ended, with room for their labels."""
        clock: list[Piece] = [Blank(7), Words(":"), Blank(7)]
        if self.columns.is_single:
            widths = [self._label_width(label) + 1.4 for label in (_START, _END)]
            return [[Space(width), *clock, Space(_FACT_GAP)] for width in widths]
        size = self.form.profile.label
        return [
            [Words(self.form.word(ROUND).format(number=number), size), Space(1.4), *clock,
             Space(0.8), Words("–"), Space(0.8), *clock, Space(_FACT_GAP)]
            for number in range(1, len(self.columns.rounds))
        ]  # fmt: skip

    def _label_width(self, label: LazyText) -> float:
        form = self.form
        second = form.language.second(label) if form.two_lines else ""
        main = width_mm(form.word(label), form.profile.label)
        return max(main, width_mm(second, form.profile.second) if second else 0.0)

    def _label(self, x: float, base: float, label: LazyText) -> float:
        wide = self._label_width(label)
        self.form.label(x, base, label, wide + 0.1)
        return x + wide + 1.4

    def _fact_width(self, label: LazyText, words: str) -> float:
        return self._label_width(label) + 1.4 + (width_mm(words, 9.4, bold=True) or _NOBODY)

    def _draw_table_head(self) -> None:
        self.rows.draw_heads(self.y)
        self.y += self.rows.head
        self.sheet.rule(_LEFT, self.y, _RIGHT, ZONE)
        self._strokes_from = self.y

    # -- pages

    def _need(self, height: float, point: SheetPoint | None = None) -> None:
        if self.y + height <= _BOTTOM:
            return
        self._close_strokes()
        self._next_page()
        self._draw_table_head()
        if point is not None:
            self._draw_band(point, continued=True)

    def _next_page(self) -> None:
        self._draw_page_foot()
        self.sheet.new_page()
        draw_running_head(
            self.sheet, self.form.word(TITLES[self.paper.kind]), self.paper.route,
            self.paper.number, left=_LEFT, right=_RIGHT, y=_RUNNING,
        )  # fmt: skip
        self.y = self._strokes_from = _RUNNING

    def _close_strokes(self) -> None:
        """Draw the upright lines of the columns down to where the rows end."""
        if self.y > self._strokes_from:
            for x in self.columns.uprights:
                top = self._strokes_from
                # What is written or chosen across the boxes of the ticks is not struck through.
                for begin, end in self._open_rows if x == self.columns.ticks else ():
                    if begin > top:
                        self.sheet.upright(x, top, begin, FIELD)
                    top = end
                if self.y > top:
                    self.sheet.upright(x, top, self.y, FIELD)
            self._open_rows.clear()
            self.sheet.rule(_LEFT, self.y, _RIGHT, ZONE)

    def _draw_page_foot(self) -> None:
        words = _("Enter within {hours} hours; time of the round and of entering are both kept")
        printed = _("Printed {time}, {person}").format(
            time=f"{self.paper.printed_at:%Y-%m-%d %H:%M}", person=self.paper.printed_by
        )
        texts = f"{words.format(hours=self.paper.entry_hours)}    {printed}"
        draw_footer(
            self.sheet, texts, self.form.language, left=_LEFT, right=_RIGHT, y=_FOOT, ruled=False
        )

    # -- places

    def _band_lines(self, point: SheetPoint, words: str) -> tuple[list[str], bool]:
        """Return the lines of a place's name, and whether `words` stand behind the last one."""
        if point.name == point.code:
            return [""], True
        room = self.columns.rounds[0] - self._after_tag(point) - 2.0
        lines = self.sheet.wrapped(point.name, room, 9.6, bold=True)
        last = width_mm(lines[-1], 9.6, bold=True)
        fits = not words or last + 2.4 + width_mm(words, 7.6) <= room
        return lines, fits

    def _beside(self, point: SheetPoint, *, continued: bool) -> str:
        where = point.where if point.where != point.name else ""
        return _("(continued)") if continued else where

    def _band_height(self, point: SheetPoint, *, continued: bool = False) -> float:
        lines, fits = self._band_lines(point, self._beside(point, continued=continued))
        return _BAND + _BAND_LEADING * (len(lines) - (1 if fits else 0))

    def _after_tag(self, point: SheetPoint) -> float:
        if not point.code:
            return _LEFT
        return _LEFT + width_mm(point.code, 8.4, bold=True) + 6.4

    def _draw_band(self, point: SheetPoint, *, continued: bool = False) -> None:
        sheet, form = self.sheet, self.form
        height = self._band_height(point, continued=continued)
        words = self._beside(point, continued=continued)
        lines, fits = self._band_lines(point, words)
        base = self.y + 5.3
        # The uprights of the columns would run through the words of a band.
        self._close_strokes()
        x = self._after_tag(point)
        if point.code:
            tag = Box(_LEFT, self.y + 1.4, x - _LEFT - 2.4, 5.0)
            sheet.rounded(tag, 0.6, filled=True)
            sheet.text(tag.x + tag.width / 2, base - 0.2, point.code, 8.4, bold=True,
                       align=Align.CENTRE, white=True)  # fmt: skip
        last = sheet.lines(x, base, lines, 9.6, leading=_BAND_LEADING, bold=True)
        if fits:
            behind = width_mm(lines[-1], 9.6, bold=True)
            sheet.text(x + behind + (2.4 if behind else 0.0), last, words, 7.6)
        else:
            sheet.text(x, last + _BAND_LEADING, words, 7.6)
        pieces: list[Piece] = [Words(form.word(_ARRIVED), 7.2), Space(1.2), Blank(6.5)]
        pieces += [Words(":", 7.2), Blank(6.5)]
        columns = self.columns
        for left, right in pairwise(columns.rounds):
            room = 36.0 if columns.is_single else right - left - 2.0
            draw_line(sheet, left + 1.0, base, pieces, room)
        at = sheet.text(_RIGHT, base, form.word(_POINT_CODE), 7.2, align=Align.RIGHT)
        sheet.tick_box(_RIGHT - at - 4.8, base, 3.0, ticked=False)
        self.y += height
        sheet.rule(_LEFT, self.y, _RIGHT, FIELD)
        self._strokes_from = self.y

    def _draw_section(self, name: str) -> None:
        self.rows.draw_section(self.y, name)
        self.y += SECTION
        self.sheet.rule(_LEFT, self.y, _RIGHT, FIELD)

    # -- foot

    def _notes(self) -> list[str]:
        if self.columns.has_limits and not self.columns.is_single:
            words = _(
                "Write one figure into each box; the point is printed. Write beside it what is "
                "below the lower or above the upper limit, tell the control room at once and "
                "have an order written."
            )
        elif self.columns.has_limits:
            words = _(
                "Write one figure into each box; the point is printed. Tick «fault» below the "
                "lower or above the upper limit, tell the control room at once and have an order "
                "written."
            )
        else:
            words = _(
                "Tick one box for each item. Write what is wrong and the photo's number beside "
                "it, tell the control room at once and have an order written."
            )
        return self.sheet.wrapped(words, _RIGHT - _LEFT, _NOTE)

    def _draw_foot(self, notes: Sequence[str]) -> None:
        form, sheet = self.form, self.sheet
        sheet.lines(_LEFT, self.y + 4.4, notes, _NOTE, leading=_NOTE_LEADING)
        top = _BOTTOM - _FOOT_ZONE
        sheet.rule(_LEFT, top, _RIGHT, ZONE)
        x = _LEFT
        for label in (_FOUND, _ORDERS):
            form.label(x, top + 5.0, label, 15)
            sheet.frame(Box(x + 15.5, top + 3.2, 9, 9), FIELD)
            x += 28
        form.label(x, top + 5.0, _NUMBERS, 14)
        for place in range(2):
            sheet.rule(x + 15, top + 9.0 + 7.6 * place, x + 48, FIELD)
        for place, label in enumerate((_SIGNED, _SUPERVISED)):
            left = 124.0 + 38.0 * place
            sheet.upright(left, top, _BOTTOM, FIELD)
            form.label(left + 2.0, top + 5.0, label, 34)
            pieces: list[Piece] = [
                Blank(7), Words(form.word(_MONTH), 7.4), Blank(7), Words(form.word(_DAY), 7.4),
                Blank(6), Words(":", 7.4), Blank(6),
            ]  # fmt: skip
            draw_line(sheet, left + 2.0, _BOTTOM - 3.2, pieces, 34)
        sheet.rule(_LEFT, _BOTTOM, _RIGHT, HEAVY)

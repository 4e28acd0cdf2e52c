"""The sheet of a round (巡检记录表, forms.md 5.6): A4, in walking order, filled in with a pen.

Each item has its limits beside it and its place to write: a box per digit with the point printed
for a reading, boxes to tick for everything else. One sheet may hold up to three rounds of a day,
each with a column of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from propdesk.domain.check_items import CheckItem, ItemKind
from propdesk.domain.inspection_results import reading_words
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, _lazy, speaking
from propdesk.reports.parts.form_lines import Blank, Piece, Space, Tick, Words, draw_line
from propdesk.reports.parts.masthead import (
    Masthead,
    Office,
    draw_footer,
    draw_masthead,
    draw_running_head,
)
from propdesk.reports.parts.sheet import (
    A4,
    FIELD,
    HEAVY,
    ZONE,
    Align,
    Box,
    PrintedPaper,
    Sheet,
)
from propdesk.reports.parts.text import elide, width_mm
from propdesk.reports.parts.zones import Form

_LEFT, _RIGHT = 18.0, 200.0
_TOP, _BOTTOM, _FOOT = 10.0, 281.0, 287.5
_HEAD_LINE, _TABLE_HEAD, _BAND, _ROW = 9.0, 8.4, 7.8, 8.6
_FOOT_ZONE = 22.0
_RUNNING = 15.0
_BOX_WIDE, _BOX_HIGH, _TICK = 5.2, 6.6, 3.8
_SIZE, _SMALL = 8.6, 6.9
# How wide are number, name, the two limits, unit, a round's column, the rest; all make 182 mm.
_NUMBER, _LIMIT, _UNIT = 7.0, 12.0, 11.0
_NAMES = {1: 47.0, 2: 36.0, 3: 32.0}
_ROUNDS = {1: 24.0, 2: 35.0, 3: 32.0}
_TICKS = 24.0  # only where there is one round

TITLE = _lazy("Inspection record")
_ROUTE, _PLANNED, _WALKER = _lazy("Route"), _lazy("Planned day"), _lazy("Walked by")
_START, _END, _WEATHER = _lazy("Round began"), _lazy("Round ended"), _lazy("Weather")
_ITEM, _LOWER, _UPPER, _IN = (
    _lazy("Item"),
    _lazy("Lower limit"),
    _lazy("Upper limit"),
    _lazy("Unit"),
)
_OK, _BAD, _NONE = _lazy("In order"), _lazy("Abnormal"), _lazy("Not applicable")
_REMARK = _lazy("What is wrong, photo no.")
_ARRIVED, _POINT_CODE = _lazy("On the spot"), _lazy("Point code checked")
_FOUND, _ORDERS = _lazy("Found"), _lazy("Orders written")
_NUMBERS, _SIGNED, _SUPERVISED = (
    _lazy("Order numbers"), _lazy("Inspector signs"), _lazy("Supervisor signs"),
)  # fmt: skip
_MONTH, _DAY = _lazy("MM"), _lazy("DD")
_TIMES = _lazy("Round {number}")


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
    title: str
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
        with Sheet(target, A4, title=title or language.main(TITLE)) as sheet:
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
        rounds = max(len(paper.rounds), 1)
        self.rounds = rounds
        widths = [_NUMBER, _NAMES[rounds], _LIMIT, _LIMIT, _UNIT]
        widths += [_ROUNDS[rounds]] * rounds
        if rounds == 1:
            widths.append(_TICKS)
        self.edges = [_LEFT]
        for width in widths:
            self.edges.append(self.edges[-1] + width)
        self.y = _TOP
        self._strokes_from = 0.0

    def draw(self) -> None:
        """Draw head, places and foot; a place keeps two items with its name."""
        self._draw_head()
        number = 0
        for point in self.paper.points:
            first = sum(self._row_height(item) for item in point.items[:2])
            self._need(_BAND + first)
            self._draw_band(point)
            for item in point.items:
                self._need(self._row_height(item), point)
                number += 1
                self._draw_item(number, item)
        self._close_strokes()
        if self.y + 6 + _FOOT_ZONE > _BOTTOM:
            self._next_page()
            self._close_strokes()
        self._draw_foot()
        self._draw_page_foot()

    # -- head

    def _draw_head(self) -> None:
        form, sheet, paper = self.form, self.sheet, self.paper
        head = Masthead(
            Office(paper.office_name, paper.office_name_en, paper.form),
            paper.title,
            "" if form.language is PaperLanguage.EN else form.language.second(TITLE).upper(),
            paper.number,
            code_digits=paper.code_digits,
            qr_text=paper.qr_text,
            tracking=0.02 if form.language is PaperLanguage.EN else 0.12,
        )
        self.y = draw_masthead(sheet, head, form.language, left=_LEFT, right=_RIGHT, y=_TOP)
        pieces: list[Piece] = []
        for label, words in (
            (_ROUTE, paper.route), (_PLANNED, paper.planned), (_WALKER, paper.walker),
        ):  # fmt: skip
            pieces += [Words(form.word(label), 7.6), Space(1.4)]
            pieces += [Words(words, 9.4, bold=True)] if words else [Blank(22)]
            pieces.append(Space(4.5))
        for label in (_START, _END):
            pieces += [Words(form.word(label), 7.6), Space(1.2), Blank(7), Words(":"), Blank(7)]
            pieces.append(Space(3.5))
        pieces += [Words(form.word(_WEATHER), 7.6), Space(1.2), Blank(12)]
        draw_line(sheet, _LEFT, self.y + 5.9, pieces, _RIGHT - _LEFT)
        self.y += _HEAD_LINE
        sheet.rule(_LEFT, self.y, _RIGHT, ZONE)
        self._draw_table_head()

    def _draw_table_head(self) -> None:
        form, sheet, edges = self.form, self.sheet, self.edges
        base = self.y + 5.4
        sheet.text(edges[1] + 1.2, base, form.word(_ITEM), 7.8, bold=True)
        for place, label in ((3, _LOWER), (4, _UPPER)):
            sheet.text(edges[place] - 1.4, base, form.word(label), 7.8, bold=True,
                       align=Align.RIGHT)  # fmt: skip
        sheet.text(edges[4] + 1.4, base, form.word(_IN), 7.8, bold=True)
        for place in range(self.rounds):
            self._draw_round_head(place)
        if self.rounds == 1:
            third = _TICKS / 3
            for place, label in enumerate((_OK, _BAD, _NONE)):
                middle = edges[6] + third * (place + 0.5)
                size = _fitting(form.word(label), third - 0.6, 7.4)
                sheet.text(middle, base, form.word(label), size, bold=True, align=Align.CENTRE)
        sheet.text(edges[-1] + 1.6, base, form.word(_REMARK), 7.2, bold=True)
        self.y += _TABLE_HEAD
        sheet.rule(_LEFT, self.y, _RIGHT, ZONE)
        self._strokes_from = self.y

    def _draw_round_head(self, place: int) -> None:
        form, sheet = self.form, self.sheet
        middle = (self.edges[5 + place] + self.edges[6 + place]) / 2
        clock = self.paper.rounds[place] if self.paper.rounds else ""
        if self.rounds == 1:
            words = clock or form.word(_lazy("Measured value"))
            sheet.text(middle, self.y + 5.4, words, 7.8, bold=True, align=Align.CENTRE)
            return
        words = form.word(_TIMES).format(number=place + 1)
        sheet.text(middle, self.y + 3.6, words, 7.4, bold=True, align=Align.CENTRE)
        sheet.text(middle, self.y + 7.0, clock, 7.0, align=Align.CENTRE)

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
            self.sheet, self.paper.title, self.paper.route, self.paper.number,
            left=_LEFT, right=_RIGHT, y=_RUNNING,
        )  # fmt: skip
        self.y = self._strokes_from = _RUNNING

    def _close_strokes(self) -> None:
        """Draw the upright lines of the columns down to where the rows end."""
        uprights = self.edges[5:]
        for x in uprights:
            if self.y > self._strokes_from:
                self.sheet.upright(x, self._strokes_from, self.y, FIELD)
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

    # -- rows

    def _draw_band(self, point: SheetPoint, *, continued: bool = False) -> None:
        sheet, form = self.sheet, self.form
        base = self.y + 5.3
        # The uprights of the columns would run through the words of a band.
        self._break_strokes(_BAND)
        x = _LEFT
        if point.code:
            wide = width_mm(point.code, 8.4, bold=True) + 4.0
            sheet.rounded(Box(x, self.y + 1.5, wide, 5.0), 0.6, filled=True)
            sheet.text(x + wide / 2, base - 0.1, point.code, 8.4, bold=True, align=Align.CENTRE,
                       white=True)  # fmt: skip
            x += wide + 2.4
        room = self.edges[5] - x - 22
        name = elide(point.name, room, 9.6, bold=True)
        x += sheet.text(x, base, name, 9.6, bold=True) + 2.4
        if continued:
            sheet.text(x, base, _("continued"), 7.4)
        elif point.where and point.where != point.name:
            sheet.text(x, base, elide(point.where, self.edges[5] - x - 2, 7.6), 7.6)
        pieces: list[Piece] = [Words(form.word(_ARRIVED), 7.2), Space(1.2), Blank(6.5)]
        pieces += [Words(":", 7.2), Blank(6.5)]
        draw_line(sheet, self.edges[5] + 1.0, base, pieces, 34)
        words = form.word(_POINT_CODE)
        at = sheet.text(_RIGHT, base, words, 7.2, align=Align.RIGHT)
        sheet.tick_box(_RIGHT - at - 4.8, base, 3.0, ticked=False)
        self.y += _BAND
        sheet.rule(_LEFT, self.y, _RIGHT, FIELD)
        self._strokes_from = self.y

    def _break_strokes(self, _height: float) -> None:
        if self.y > self._strokes_from:
            for x in self.edges[5:]:
                self.sheet.upright(x, self._strokes_from, self.y, FIELD)
            self.sheet.rule(_LEFT, self.y, _RIGHT, ZONE)

    def _row_height(self, item: CheckItem) -> float:
        lines = max(len(self._name_lines(item)), len(self._standard_lines(item)))
        return max(_ROW, 2.6 + 3.3 * lines)

    def _name_lines(self, item: CheckItem) -> list[str]:
        return self.sheet.wrapped(item.name, self.edges[2] - self.edges[1] - 2.2, _SIZE)

    def _standard_lines(self, item: CheckItem) -> list[str]:
        if item.kind is ItemKind.NUMBER:
            return []
        return self.sheet.wrapped(item.standard, self.edges[5] - self.edges[2] - 2.0, _SMALL)

    def _draw_item(self, number: int, item: CheckItem) -> None:
        sheet, edges = self.sheet, self.edges
        height = self._row_height(item)
        middle = self.y + height / 2
        sheet.text(edges[0] + _NUMBER / 2, middle + 1.1, str(number), 7.6, align=Align.CENTRE)
        names = self._name_lines(item)
        base = middle + 1.1 - 1.65 * (len(names) - 1)
        sheet.lines(edges[1] + 1.2, base, names, _SIZE, leading=3.3)
        if item.kind is ItemKind.NUMBER:
            self._draw_limits(item, middle)
        else:
            lines = self._standard_lines(item)
            base = middle + 0.9 - 1.5 * (len(lines) - 1)
            sheet.lines(edges[2] + 1.0, base, lines, _SMALL, leading=3.0)
        for place in range(self.rounds):
            self._draw_answer(item, edges[5 + place], edges[6 + place], middle)
        if self.rounds == 1:
            self._draw_ticks(middle)
        if item.photo:
            words = _("photo required")
            sheet.text(edges[-1] + 1.6, middle + 0.9, words, 6.4)
        self.y += height
        sheet.rule(_LEFT, self.y, _RIGHT, FIELD)

    def _draw_limits(self, item: CheckItem, middle: float) -> None:
        sheet, edges = self.sheet, self.edges
        for place, limit in ((3, item.lower_milli), (4, item.upper_milli)):
            words = "–" if limit is None else reading_words(item, limit)
            size = _fitting(words, _LIMIT - 2.0, 9.6, bold=True)
            sheet.text(edges[place] - 1.4, middle + 1.2, words, size, bold=True, align=Align.RIGHT)
        unit = elide(item.unit, _UNIT - 1.8, 7.8)
        sheet.text(edges[4] + 1.4, middle + 1.1, unit, 7.8)

    def _draw_answer(self, item: CheckItem, left: float, right: float, middle: float) -> None:
        sheet = self.sheet
        if item.kind is ItemKind.NUMBER:
            draw_digit_boxes(sheet, Box(left + 2.0, middle, right - left - 4.0, 0), item)
        elif item.kind is ItemKind.CHOICE:
            self._draw_choices(item, left, right, middle)
        elif item.kind is ItemKind.TEXT:
            sheet.rule(left + 1.6, middle + 2.0, right - 1.6, FIELD)
        elif self.rounds == 1:
            if item.score:
                words = f"/ {item.score}"
                wide = sheet.text(right - 2.0, middle + 1.1, words, 7.8, align=Align.RIGHT)
                sheet.rule(right - 14.0 - wide, middle + 2.0, right - 3.0 - wide, FIELD)
            else:
                sheet.rule((left + right) / 2 - 5, middle, (left + right) / 2 + 5, FIELD)
        else:
            form = self.form
            pieces: list[Piece] = []
            for label in (_OK, _BAD):
                pieces += [Tick(form.word(label), size=7.4), Space(2.0)]
            pieces.append(Tick("–", size=7.4))
            draw_line(sheet, left + 1.6, middle + 1.1, pieces, right - left - 2.4)

    def _draw_choices(self, item: CheckItem, left: float, right: float, middle: float) -> None:
        pieces: list[Piece] = []
        for choice in item.choices:
            pieces += [Tick(choice, size=7.2), Space(1.8)]
        # A choice is its own verdict: it may take the boxes of the ticks as well.
        room = (self.edges[7] if self.rounds == 1 else right) - left - 2.4
        draw_line(self.sheet, left + 1.6, middle + 1.1, pieces[:-1], room)

    def _draw_ticks(self, middle: float) -> None:
        third = _TICKS / 3
        for place in range(3):
            x = self.edges[6] + third * (place + 0.5) - _TICK / 2
            self.sheet.frame(Box(x, middle - _TICK / 2, _TICK, _TICK), FIELD)

    # -- foot

    def _draw_foot(self) -> None:
        form, sheet = self.form, self.sheet
        notes = _(
            "Write one figure into each box; the point is printed. Tick «abnormal» below the lower "
            "or above the upper limit, tell the control room at once and have an order written."
        )
        for place, line in enumerate(sheet.wrapped(notes, _RIGHT - _LEFT, 7.2)):
            sheet.text(_LEFT, self.y + 4.4 + 3.4 * place, line, 7.2)
        top = _BOTTOM - _FOOT_ZONE
        sheet.rule(_LEFT, top, _RIGHT, ZONE)
        x = _LEFT
        for label in (_FOUND, _ORDERS):
            form.label(x, top + 5.0, label, 16)
            sheet.frame(Box(x + 15.5, top + 3.2, 9, 9), FIELD)
            x += 28
        form.label(x, top + 5.0, _NUMBERS, 16)
        for place in range(2):
            sheet.rule(x + 15, top + 9.0 + 7.6 * place, x + 50, FIELD)
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


def draw_digit_boxes(sheet: Sheet, room: Box, item: CheckItem) -> None:
    """Draw a box for each figure of a reading about the line `room.y`, ending at its right edge."""
    point = 1.2 if item.decimals else 0.0
    wide = min(_BOX_WIDE, (room.width - point) / max(item.digits + item.decimals, 1))
    top = room.y - _BOX_HIGH / 2
    x = room.right
    for place in range(item.digits + item.decimals):
        if place == item.decimals and point:
            x -= point
            sheet.dot(x + 0.6, top + _BOX_HIGH - 0.7, 0.5)
        x -= wide
        sheet.frame(Box(x, top, wide, _BOX_HIGH), FIELD)


def _fitting(text: str, room: float, size: float, *, bold: bool = True) -> float:
    natural = width_mm(text, size, bold=bold)
    return size if natural <= room else max(5.0, size * room / natural)

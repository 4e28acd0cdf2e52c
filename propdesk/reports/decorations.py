"""The permit for the door (装修许可证) and the patrol sheet to carry (装修巡查记录).

The permit is read by neighbours and patrols: house, days, works and what is forbidden, nobody's
name but the builder's, and no telephone but the office's. The patrol sheet is internal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, ngettext, speaking
from propdesk.reports.parts.flow import Drawing, Flow, Prose, SectionHead
from propdesk.reports.parts.form_lines import Blank, Piece, Space, Tick, Words, draw_line
from propdesk.reports.parts.masthead import draw_running_head, fitting_size, numbering
from propdesk.reports.parts.register_frame import ON_ITS_SIDE, RegisterFrame
from propdesk.reports.parts.sheet import (
    A4,
    FIELD,
    FRAME,
    HEAVY,
    Align,
    Box,
    PrintedPaper,
    Sheet,
)
from propdesk.reports.parts.tables import Column, Row, Table, with_rest
from propdesk.reports.parts.text import elide, width_mm

_LEFT, _RIGHT = 20.0, 190.0
_WIDTH = _RIGHT - _LEFT
_BOTTOM, _FOOT = 272.0, 284.0
_FACT, _FACT_STEP = 17.0, 10.4  # pt, mm: read from two metres
_LONG_FACT, _LONG_FACT_STEP = 13.0, 7.6
_SIGN_OFF = 28.0


@dataclass(frozen=True, slots=True)
class PermitSheet:
    """A permit in words of the paper's language; `facts` are word and value in the frame."""

    office_name: str
    office_phone: str
    number: str
    title: str
    house: str
    facts: Sequence[tuple[str, str]]
    scope: str
    warning: str
    told: Sequence[str]
    dated: str
    state: str = ""


def render_permit(paper: PermitSheet, target: Path, *, language: PaperLanguage) -> PrintedPaper:
    """Draw a permit into the PDF file `target`; it appears whole or not at all."""
    with speaking(language.code):
        with Sheet(target, A4, title=f"{paper.title} {paper.number}") as sheet:
            _draw_permit(paper, sheet, language)
        return sheet.printed


def _draw_permit(paper: PermitSheet, sheet: Sheet, language: PaperLanguage) -> None:
    flow = Flow(
        sheet,
        left=_LEFT,
        width=_WIDTH,
        bottom=_BOTTOM,
        start_page=lambda page: _start_page(paper, page, language),
        y=_draw_opening(paper, sheet, language),
    )
    _end_page(paper, sheet, language)
    flow.place(SectionHead("", _("Works permitted"), indent=0))
    _place_lines(flow, paper.scope, 12.0, 6.6)
    if paper.warning:
        flow.space(1.6)
        _place_lines(flow, paper.warning, 10.6, 5.8, bold=True)
    flow.space(3.0)
    flow.place(SectionHead("", _("What was told and is to be kept"), indent=0))
    # English words need more room; the list shall stay on the one sheet at the door.
    size, leading = (9.0, 4.4) if language is PaperLanguage.EN else (10.2, 5.3)
    items = [_Item(str(number), words, size, leading) for number, words in enumerate(paper.told, 1)]
    for item in items[:-1]:
        flow.place(item)
    # Office and date never stand on a page by themselves.
    flow.place(*items[-1:], Drawing(_SIGN_OFF, partial(_draw_sign_off, paper=paper)))


def _place_lines(flow: Flow, text: str, size: float, leading: float, *, bold: bool = False) -> None:
    """Place a text line by line, so that a long one goes on on the next page."""
    for line in flow.sheet.wrapped(text, flow.width, size, bold=bold):
        flow.place(Prose(line, size, leading, bold=bold))


@dataclass(frozen=True, slots=True)
class _Item:
    """A numbered point of the list; it never splits."""

    number: str
    words: str
    size: float
    leading: float

    def _lines(self, sheet: Sheet, width: float) -> list[str]:
        return sheet.wrapped(self.words, width - 8.0, self.size)

    def height(self, sheet: Sheet, width: float) -> float:
        """Return the height of the point's lines."""
        return self.leading * len(self._lines(sheet, width)) + 0.6

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw number and words."""
        base = y + self.leading * 0.75
        sheet.text(x + 5.4, base, self.number, self.size, align=Align.RIGHT)
        sheet.lines(x + 8.0, base, self._lines(sheet, width), self.size, leading=self.leading)


def _draw_opening(paper: PermitSheet, sheet: Sheet, language: PaperLanguage) -> float:
    """Draw office, title, house and facts; return where the works begin."""
    middle = A4.width / 2
    name = fitting_size(paper.office_name, _WIDTH, 17, least=10)
    sheet.text(middle, 23.0, elide(paper.office_name, _WIDTH, name), name, align=Align.CENTRE)
    title = fitting_size(paper.title, _WIDTH * 0.9, 44, least=26, bold=True)
    apart = 0.02 if language is PaperLanguage.EN else 0.12
    sheet.text(middle, 41.0, paper.title, title, bold=True, align=Align.CENTRE, tracking=apart)
    sheet.rule(_LEFT, 47.0, _RIGHT, HEAVY * 1.6)
    number = _("No. {number}").format(number=paper.number)
    sheet.text(_RIGHT, 53.0, number, 11, align=Align.RIGHT)
    if paper.state:
        sheet.text(_LEFT, 53.0, paper.state, 11, bold=True)
    top = 57.0
    label = max(width_mm(word, _FACT * 0.72) for word, _value in paper.facts) + 6
    size, step = _FACT, _FACT_STEP
    if any(width_mm(value, size, bold=True) > _WIDTH - 14 - label for _word, value in paper.facts):
        size, step = _LONG_FACT, _LONG_FACT_STEP
    rows = [
        (word, sheet.wrapped(value, _WIDTH - 14 - label, size, bold=True))
        for word, value in paper.facts
    ]
    house = fitting_size(paper.house, _WIDTH - 14, 40, least=20, bold=True)
    height = 21.0 + step * sum(len(lines) for _word, lines in rows) + 4.0
    sheet.frame(Box(_LEFT, top, _WIDTH, height), FRAME * 1.4)
    shown = elide(paper.house, _WIDTH - 14, house, bold=True)
    sheet.text(_LEFT + 7, top + 15.4, shown, house, bold=True)
    base = top + 21.0 + step * 0.66
    for word, lines in rows:
        sheet.text(_LEFT + 7, base, word, _FACT * 0.72)
        for line in lines:
            sheet.text(_LEFT + 7 + label, base, line, size, bold=True)
            base += step
    return top + height + 4.0


def _start_page(paper: PermitSheet, sheet: Sheet, language: PaperLanguage) -> float:
    draw_running_head(
        sheet, paper.title, paper.house, paper.number, left=_LEFT, right=_RIGHT, y=19.0
    )
    _end_page(paper, sheet, language)
    return 22.0


def _end_page(paper: PermitSheet, sheet: Sheet, language: PaperLanguage) -> None:
    sheet.rule(_LEFT, _FOOT - 6, _RIGHT, FIELD)
    if paper.office_phone:
        words = _("Service telephone {phone}").format(phone=paper.office_phone)
        sheet.text(_LEFT, _FOOT + 1, elide(words, _WIDTH - 40, 15, bold=True), 15, bold=True)
    draw_number = numbering(sheet, language, right=_RIGHT, y=_FOOT, size=8.0)

    def number(page: int, pages: int) -> None:
        if pages > 1:
            draw_number(page, pages)

    sheet.at_end(number)


def _draw_sign_off(sheet: Sheet, x: float, y: float, width: float, *, paper: PermitSheet) -> None:
    """Draw what to do with it at the left; office and date at the right, with room for a seal."""
    y += 2.0
    lines = sheet.wrapped(_("Please post it on the door until the acceptance."), width * 0.5, 10.6)
    sheet.lines(x, y + 13.0, lines, 10.6, leading=5.4)
    right = x + width
    name = elide(paper.office_name, width * 0.46, 14)
    sheet.text(right, y + 13.0, name, 14, align=Align.RIGHT)
    sheet.text(right, y + 21.5, paper.dated, 14, align=Align.RIGHT)


# -- the sheet to carry


@dataclass(frozen=True, slots=True)
class PatrolRow:
    """A decoration to look at, in words.

    `place` is the house with its permit, `open_findings` what is to be looked at again.
    """

    place: str
    works: str
    last: str
    open_findings: str


@dataclass(frozen=True, slots=True)
class PatrolSheet:
    """The input of the patrol sheet; `results` and `kinds` are the words beside the boxes."""

    frame: RegisterFrame
    rows: Sequence[PatrolRow]
    results: Sequence[str]
    kinds: Sequence[str]


_SIZE = 8.2
_PATROL_ROWS = 5  # lines that make a row high enough for a pen
_KINDS_ACROSS = 2
_TICK_STEP = 4.5


def render_patrols(paper: PatrolSheet, target: Path, *, language: PaperLanguage) -> PrintedPaper:
    """Draw the patrol sheet into the PDF file `target`, in the order in which people walk."""
    with speaking(language.code):
        with Sheet(target, ON_ITS_SIDE, title=paper.frame.title) as sheet:
            _draw_patrols(paper, sheet, language)
        return sheet.printed


def _draw_patrols(paper: PatrolSheet, sheet: Sheet, language: PaperLanguage) -> None:
    flow = paper.frame.start(sheet, language)
    count = len(paper.rows)
    if count:
        english = language is PaperLanguage.EN
        columns = with_rest(
            (
                Column(_("House, permit"), 30.0),
                Column(_("Works"), 40.0),
                Column(_("Last patrol"), 19.0),
                Column(_("To look at again"), 38.0),
                Column(_("Met with"), 29.0 if english else 23.0),
                Column(_("Problems found"), 68.0 if english else 58.0),
                Column(_("What was found, and by when it is put right")),
                Column(_("Time, signed"), 22.0),
            ),
            flow.width,
        )
        ticks = max(_PATROL_ROWS, len(paper.results), ceil(len(paper.kinds) / _KINDS_ACROSS))
        rows = [
            Row(
                (
                    row.place,
                    row.works,
                    row.last,
                    row.open_findings,
                    partial(_draw_ticks, words=paper.results, across=1),
                    partial(_draw_ticks, words=paper.kinds, across=_KINDS_ACROSS),
                    _draw_dotted,
                    _draw_dotted,
                ),
                least=_TICK_STEP * ticks + 1.4,
            )
            for row in paper.rows
        ]
        Table(columns, rows, size=_SIZE).flow(flow)
    end = ngettext("{count} decoration under way", "{count} decorations under way", count)
    words = end.format(count=count) if count else _("No decoration is under way.")
    flow.space(1.6)
    flow.place(Prose(words, 8.4, 4.8), Drawing(10.0, _draw_signatures))


def _draw_ticks(sheet: Sheet, box: Box, base: float, *, words: Sequence[str], across: int) -> None:
    """Draw boxes to tick, `across` of them beside each other."""
    wide = (box.width - 2.4) / across
    for place, word in enumerate(words):
        x, y = box.x + 1.2 + wide * (place % across), base + _TICK_STEP * (place // across)
        draw_line(sheet, x, y, [Tick(word, size=7.4)], wide - 1.0)


def _draw_dotted(sheet: Sheet, box: Box, base: float) -> None:
    """Draw lines for the pen."""
    y = base + 2.4
    while y < box.bottom - 1.0:
        sheet.dotted(box.x + 1.2, y, box.right - 1.2)
        y += 7.4


def _draw_signatures(sheet: Sheet, x: float, y: float, width: float) -> None:
    pieces: list[Piece] = [
        Words(_("Patrolled by")), Space(1.6), Blank(44), Space(10),
        Words(_("Checked by")), Space(1.6), Blank(44), Space(10),
        Words(_("Date")), Space(1.6), Blank(34),
    ]  # fmt: skip
    draw_line(sheet, x, y + 8.5, pieces, width)

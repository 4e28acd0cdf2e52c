"""The evidence pack for a lawyer (诉讼材料包): cover, contents and the sections between the scans.

All words arrive computed, in the paper's language; the number of each page is stamped when the pack
is bound, because letters and scans stand between these pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, speaking
from propdesk.reports.parts.flow import Drawing, Flow, Prose, SectionHead
from propdesk.reports.parts.masthead import Office, draw_office, draw_running_head
from propdesk.reports.parts.pictures import PaperPicture, draw_picture
from propdesk.reports.parts.sheet import A4, HEAVY, Align, Box, PrintedPaper, Sheet
from propdesk.reports.parts.tables import Column, Row, RowKind, Table, continued
from propdesk.reports.parts.text import elide, width_mm
from propdesk.reports.parts.zones import Form

_LEFT, _RIGHT = 16.0, 194.0
_WIDTH = _RIGHT - _LEFT
_BOTTOM = 283.0
_LABEL = 46.0
_PICTURES = 2  # below each other: each about half a page


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, one below the other; an empty value says that it is not known."""

    rows: Sequence[tuple[str, str]]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: heads with their width in mm (0 is the rest), R before a head stands right."""

    heads: Sequence[tuple[str, float, bool]]
    rows: Sequence[tuple[str, ...]]
    title: str = ""
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pictures:
    """Photos, two a page."""

    pictures: Sequence[PaperPicture]


Piece = Facts | Words | Rows | Pictures


@dataclass(frozen=True, slots=True)
class SectionSheet:
    """A section: its number and title, whose pack it stands in, and what it says."""

    number: str
    title: str
    pack: str
    house: str
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class CoverSheet:
    """Cover and contents: what the pack is about and on which page each section begins."""

    office_name: str
    office_name_en: str
    title: str
    house: str
    facts: Sequence[tuple[str, str]]
    note: str
    contents: Sequence[tuple[str, str, int]]


def render_cover(paper: CoverSheet, target: Path, *, language: PaperLanguage) -> PrintedPaper:
    """Draw cover and contents into the PDF file `target`."""
    with speaking(language.code):
        with Sheet(target, A4, title=paper.title) as sheet:
            _draw_cover(paper, sheet, language)
        return sheet.printed


def render_section(paper: SectionSheet, target: Path, *, language: PaperLanguage) -> PrintedPaper:
    """Draw a section into the PDF file `target`."""
    with speaking(language.code):
        with Sheet(target, A4, title=paper.title) as sheet:
            flow = _start(paper, sheet)
            for piece in paper.pieces:
                _place(piece, flow, language)
                flow.space(4.0)
        return sheet.printed


# -- cover


def _draw_cover(paper: CoverSheet, sheet: Sheet, language: PaperLanguage) -> None:
    office = Office(paper.office_name, paper.office_name_en)
    draw_office(sheet, _LEFT, 16.0, office, language, width=_WIDTH)
    middle = (_LEFT + _RIGHT) / 2
    sheet.text(middle, 62.0, paper.title, 26, bold=True, align=Align.CENTRE, tracking=0.1)
    y = 74.0
    for line in sheet.wrapped(paper.house, _WIDTH, 14):
        sheet.text(middle, y, line, 14, align=Align.CENTRE)
        y += 7.0
    sheet.rule(_LEFT, y + 2.0, _RIGHT, HEAVY)

    def start_page(page: Sheet) -> float:
        draw_running_head(page, paper.title, paper.house, "", left=_LEFT, right=_RIGHT)
        return 20.0

    flow = Flow(sheet, left=_LEFT, width=_WIDTH, bottom=_BOTTOM, start_page=start_page, y=y + 8.0)
    _place_facts(Facts(paper.facts), flow)
    flow.space(4.0)
    flow.prose(paper.note, size=9.0, leading=5.0)
    flow.turn()
    flow.place(Prose(_("Contents"), 16, 9.0, bold=True))
    flow.space(3.0)
    for number, title, page in paper.contents:
        flow.place(_line_of_contents(number, title, page))


def _line_of_contents(number: str, title: str, page: int) -> Drawing:
    size = 10.4 if number else 8.8

    def draw(sheet: Sheet, x: float, y: float, width: float) -> None:
        base = y + 5.0
        left = x + (10.0 if number else 16.0)
        sheet.text(x, base, number, size, bold=True)
        wide = sheet.text(left, base, elide(title, width - 34.0, size), size)
        words = str(page) if page else _("missing")
        back = width_mm(words, size)
        sheet.text(x + width, base, words, size, align=Align.RIGHT)
        if left + wide + 3 < x + width - back - 3:
            sheet.dotted(left + wide + 3, base - 0.4, x + width - back - 3)

    return Drawing(7.4 if number else 5.8, draw)


# -- sections


def _start(paper: SectionSheet, sheet: Sheet) -> Flow:
    def start_page(page: Sheet) -> float:
        head = f"{paper.number} {paper.title}"
        draw_running_head(page, head, paper.pack, paper.house, left=_LEFT, right=_RIGHT)
        return 20.0

    start_page(sheet)
    flow = Flow(sheet, left=_LEFT, width=_WIDTH, bottom=_BOTTOM, start_page=start_page, y=24.0)
    flow.place(Prose(f"{paper.number}  {paper.title}", 17, 10.0, bold=True))
    flow.space(2.0)
    return flow


def _place(piece: Piece, flow: Flow, language: PaperLanguage) -> None:
    match piece:
        case Facts():
            _place_facts(piece, flow)
        case Words():
            if piece.is_strong:
                flow.place(Prose(piece.text, 9.4, 5.4, bold=True))
            else:
                flow.prose(piece.text, size=9.2, leading=5.2)
        case Rows():
            _place_rows(piece, flow)
        case Pictures():
            _place_pictures(piece, flow, language)


def _place_facts(piece: Facts, flow: Flow) -> None:
    if piece.title:
        flow.place(SectionHead("", piece.title, indent=0))
    for label, value in piece.rows:
        flow.place(_Fact(label, value or "—"))


@dataclass(frozen=True, slots=True)
class _Fact:
    """A label with its value, which never parts over two pages."""

    label: str
    value: str

    def height(self, sheet: Sheet, width: float) -> float:
        """Return the height of the longer side."""
        lines = max(
            len(sheet.wrapped(self.value, width - _LABEL, 9.4)),
            len(sheet.wrapped(self.label, _LABEL - 3, 8.4)),
        )
        return 2.0 + 4.8 * lines

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw label and value."""
        label = sheet.wrapped(self.label, _LABEL - 3, 8.4)
        sheet.lines(x, y + 4.4, label, 8.4, leading=4.8)
        value = sheet.wrapped(self.value, width - _LABEL, 9.4)
        sheet.lines(x + _LABEL, y + 4.4, value, 9.4, leading=4.8)


def _place_rows(piece: Rows, flow: Flow) -> None:
    columns = tuple(
        Column(head, width, Align.RIGHT if right else Align.LEFT)
        for head, width, right in piece.heads
    )
    rows = [Row(cells) for cells in piece.rows]
    if piece.total:
        rows.append(Row(piece.total, RowKind.TOTAL))
    title = continued(piece.title) if piece.title else ""
    heads = [SectionHead("", piece.title, indent=0)] if piece.title else []
    Table(columns, rows, size=8.0, head_size=7.4, row_height=5.8, continued=title).flow(
        flow, *heads
    )


def _place_pictures(piece: Pictures, flow: Flow, language: PaperLanguage) -> None:
    tall = (_BOTTOM - 24.0) / _PICTURES - 4.0
    for picture in piece.pictures:

        def draw(
            sheet: Sheet, x: float, y: float, width: float, one: PaperPicture = picture
        ) -> None:
            draw_picture(Form(sheet, language), Box(x, y, width, tall - 2.0), one)

        flow.place(Drawing(tall, draw))

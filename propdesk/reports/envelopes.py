"""Envelopes of letters, and the sheet from which the labels of the express service are written.

Outside stand sender, addressee and a code of digits for the scanner; nothing says what is inside
(law.md 1.6, content 9; Civil Code 1033).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from propdesk.domain.envelopes import ENVELOPES, Envelope
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, _lazy, ngettext, speaking
from propdesk.reports.parts.codes import draw_code128
from propdesk.reports.parts.flow import Prose
from propdesk.reports.parts.masthead import fitting_size
from propdesk.reports.parts.register_frame import ON_ITS_SIDE, RegisterFrame
from propdesk.reports.parts.sheet import Align, PageSize, PrintedPaper, Sheet
from propdesk.reports.parts.tables import Column, Row, Table

_TO = _lazy("Addressed to")
_RETURN = _lazy("If undelivered, please return to the sender")
_OWNER_OF = _lazy("The owner of this house")
_LEFT, _TOP = 12.0, 11.0
_ROW, _SIZE = 9.6, 8.6


@dataclass(frozen=True, slots=True)
class EnvelopeSheet:
    """An envelope: who sends, to whom and where; `digits` are the bars of its letter."""

    sender: str
    sender_lines: tuple[str, ...]
    community: str
    house: str
    name: str
    title: str
    digits: str


@dataclass(frozen=True, slots=True)
class ExpressRow:
    """A letter that goes by express, in words."""

    house: str
    number: str
    name: str
    address: str
    contents: str


@dataclass(frozen=True, slots=True)
class ExpressSheet:
    """The input of the sheet of labels."""

    frame: RegisterFrame
    rows: Sequence[ExpressRow]


def render_envelopes(
    envelopes: Iterable[EnvelopeSheet],
    target: Path,
    *,
    size: Envelope,
    language: PaperLanguage,
) -> PrintedPaper:
    """Draw envelopes into the PDF file `target`, a page each."""
    page = PageSize(*ENVELOPES[size])
    with Sheet(target, page, title=language.main(_TO)) as sheet:
        for place, envelope in enumerate(envelopes):
            if place:
                sheet.new_page()
            _draw(sheet, envelope, page, language)
    return sheet.printed


def _draw(sheet: Sheet, paper: EnvelopeSheet, page: PageSize, language: PaperLanguage) -> None:
    """Draw the sender at the upper left, the addressee right of the middle, bars at the foot."""
    room = page.width / 2 - _LEFT
    size = fitting_size(paper.sender, room, 10.0, least=7.0, bold=True)
    sheet.text(_LEFT, _TOP, paper.sender, size, bold=True)
    for place, line in enumerate(paper.sender_lines):
        sheet.text(_LEFT, _TOP + 4.6 * (place + 1), line, 8.0)
    x, y = page.width * 0.42, page.height * 0.50
    width = page.width - x - _LEFT
    sheet.text(x - 9, y, language.main(_TO), 9.0)
    for line in sheet.wrapped(f"{paper.community} {paper.house}".strip(), width, 13.0):
        sheet.text(x, y, line, 13.0)
        y += 7.0
    y += 2.4
    name = paper.name or language.main(_OWNER_OF)
    wide = sheet.text(x, y, name, fitting_size(name, width - 20, 16.0, least=9.0, bold=True),
                      bold=True)  # fmt: skip
    if paper.title:
        sheet.text(x + wide + 3, y, paper.title, 12.0)
    draw_code128(sheet, _LEFT, page.height - 19.0, paper.digits, height=6.4)
    sheet.text(page.width - _LEFT, page.height - 9.0, language.main(_RETURN), 7.0,
               align=Align.RIGHT)  # fmt: skip


def render_express_sheet(
    paper: ExpressSheet, target: Path, *, language: PaperLanguage
) -> PrintedPaper:
    """Draw what is written on the labels of the express service, with room for each number."""
    with speaking(language.code):
        with Sheet(target, ON_ITS_SIDE, title=paper.frame.title) as sheet:
            flow = paper.frame.start(sheet, language)
            columns = (
                Column(_("Item no."), 13.0, Align.RIGHT),
                Column("", 3.0),
                Column(_("House"), 22.0, bold=True),
                Column(_("Name of the addressee"), 30.0),
                Column(_("Address")),
                Column(_("Contents on the label"), 58.0),
                Column(_("Number of the letter"), 36.0),
                Column(_("EMS no."), 44.0),
            )
            rows = [
                Row((str(place), "", row.house, row.name, row.address, row.contents, row.number,
                     ""))
                for place, row in enumerate(paper.rows, 1)
            ]  # fmt: skip
            Table(columns, rows, size=_SIZE, row_height=_ROW).flow(flow)
            flow.space(1.6)
            count = ngettext("{count} letter", "{count} letters", len(rows))
            flow.place(Prose(count.format(count=len(rows)), _SIZE))
        return sheet.printed

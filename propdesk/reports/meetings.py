"""The papers of a meeting: the sign-in sheet that is kept, and the record (R87, R88)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, speaking
from propdesk.reports.parts.flow import Drawing, Flow, Prose, SectionHead
from propdesk.reports.parts.form_lines import Blank, Piece, Space, Words, draw_line
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import A4, Align, PrintedPaper, Sheet
from propdesk.reports.parts.tables import Column, Row, Table, continued
from propdesk.reports.parts.text import width_mm, wrap

_PEN_ROW = 9.6  # mm: room for a signature
_LEAST_ROWS = 20
_PEN_LINES, _PEN_DECISIONS = 12, 4
_BETWEEN = 6.0  # mm between the two fields of a row


@dataclass(frozen=True, slots=True)
class SignInSheet:
    """Who is expected, as (name, house or department); empty lines follow. `fields` are the head.

    `is_forum` says that houses are asked for, not departments.
    """

    frame: RegisterFrame
    fields: Sequence[tuple[str, str]]
    expected: Sequence[tuple[str, str]]
    is_forum: bool


@dataclass(frozen=True, slots=True)
class ActionRow:
    """What was decided: what, by whom, until when, what came of it."""

    text: str
    who: str
    due: str
    result: str


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """The record: head fields, who came, headings with their texts, decisions."""

    frame: RegisterFrame
    fields: Sequence[tuple[str, str]]
    attendees: str
    sections: Sequence[tuple[str, str]]
    actions: Sequence[ActionRow]


def render_sign_in(paper: SignInSheet, target: Path, *, language: PaperLanguage) -> PrintedPaper:
    """Draw the sheet that everybody signs into the PDF file `target`."""
    with speaking(language.code):
        with Sheet(target, A4, title=paper.frame.title) as sheet:
            flow = paper.frame.start(sheet, language)
            _place_fields(flow, paper.fields)
            flow.space(2.0)
            columns = (
                Column(_("Entry"), 12.0, Align.CENTRE),
                Column(_("Name"), 34.0),
                Column(_("House or department") if paper.is_forum else _("Department"), 36.0),
                Column(_("Phone"), 38.0),
                Column(_("Signature")),
            )
            lines = [*paper.expected, *[("", "")] * (_LEAST_ROWS - len(paper.expected))]
            rows = [
                Row((str(place), name, part, "", "")) for place, (name, part) in enumerate(lines, 1)
            ]
            title = continued(paper.frame.title)
            Table(columns, rows, size=9.0, row_height=_PEN_ROW, continued=title).flow(flow)
        return sheet.printed


def render_meeting(paper: MeetingSheet, target: Path, *, language: PaperLanguage) -> PrintedPaper:
    """Draw the record of a meeting into the PDF file `target`."""
    with speaking(language.code):
        with Sheet(target, A4, title=paper.frame.title) as sheet:
            _draw_record(paper, paper.frame.start(sheet, language))
        return sheet.printed


def _draw_record(paper: MeetingSheet, flow: Flow) -> None:
    _place_fields(flow, paper.fields)
    if paper.attendees:
        flow.space(1.0)
        flow.place(Prose(_("Who came"), 8.4, 5.2, True))
        flow.prose(paper.attendees, size=9.0, leading=5.2)
    is_blank = not (paper.actions or any(text for _heading, text in paper.sections))
    # A record that is written by hand: the page is for the pen.
    pen = _pen_lines(max(_PEN_LINES // len(paper.sections), 2) if is_blank else 2)
    for place, (heading, text) in enumerate(paper.sections, 1):
        flow.space(2.4)
        flow.place(SectionHead(str(place), heading, indent=6.0), *(() if text else (pen,)))
        if text:
            flow.prose(text, size=9.2, leading=5.4)
    if paper.actions or is_blank:
        flow.space(3.0)
        columns = (
            Column(_("What is to be done")),
            Column(_("Responsible"), 34.0),
            Column(_("Until"), 24.0),
            Column(_("Result"), 42.0),
        )
        rows = [Row((one.text, one.who, one.due, one.result)) for one in paper.actions]
        rows = rows or [Row(("",) * 4)] * _PEN_DECISIONS
        title = _("Decided")
        table = Table(columns, rows, size=8.8, row_height=7.0, continued=continued(title))
        table.flow(flow, SectionHead("", title, indent=0))
    flow.space(4.0)
    flow.place(Drawing(16.0, _draw_signatures))


def _pen_lines(count: int) -> Drawing:
    """Return room for a pen where nothing was typed yet."""

    def draw(sheet: Sheet, x: float, y: float, width: float) -> None:
        for place in range(1, count + 1):
            sheet.dotted(x, y + 8.0 * place - 1.0, x + width)

    return Drawing(8.0 * count + 1.0, draw)


def _place_fields(flow: Flow, fields: Sequence[tuple[str, str]]) -> None:
    """Place head fields two in a row; an empty one is a line to write on."""
    tabs = [
        max([14.0, *(width_mm(word, 7.8) for word, _value in fields[side::2])]) + 2.0
        for side in (0, 1)
    ]

    rooms = [flow.width / 2 - tab - _BETWEEN for tab in tabs]
    lines = [
        wrap(value, rooms[place % 2], 9.4, bold=True) if value else []
        for place, (_word, value) in enumerate(fields)
    ]
    # A row is as high as its longer value.
    heights = [
        7.4 + 5.0 * (max(1, *map(len, lines[at : at + 2])) - 1) for at in range(0, len(lines), 2)
    ]

    def draw(sheet: Sheet, x: float, y: float, width: float) -> None:
        for place, (word, _value) in enumerate(fields):
            side = place % 2
            left, base = x + side * width / 2, y + 5.0 + sum(heights[: place // 2])
            sheet.text(left, base, word, 7.8)
            for at, line in enumerate(lines[place]):
                sheet.text(left + tabs[side], base + 5.0 * at, line, 9.4, bold=True)
            if not lines[place]:
                sheet.rule(left + tabs[side], base + 0.8, left + width / 2 - _BETWEEN)

    flow.place(Drawing(sum(heights) + 1.0, draw))


def _draw_signatures(sheet: Sheet, x: float, y: float, width: float) -> None:
    pieces: list[Piece] = [
        Words(_("Host")), Space(1.4), Blank(38), Space(8),
        Words(_("Recorder")), Space(1.4), Blank(38), Space(8),
        Words(_("Date")), Space(1.4), Blank(28),
    ]  # fmt: skip
    draw_line(sheet, x, y + 11.0, pieces, width)

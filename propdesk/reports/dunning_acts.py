"""The delivery register (送达登记表, forms.md 5.2), A4 on its side, and the record of a visit, A4.

The record is for the pen: two colleagues take it to the door and bring it back with photo numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, ngettext, speaking
from propdesk.reports.parts.flow import Drawing, Flow, Prose, SectionHead
from propdesk.reports.parts.form_lines import Blank, Piece, Space, Tick, Words, draw_line
from propdesk.reports.parts.register_frame import ON_ITS_SIDE, RegisterFrame
from propdesk.reports.parts.sheet import A4, FIELD, Align, Box, PrintedPaper, Sheet
from propdesk.reports.parts.tables import Column, Row, Table, continued

_SIZE = 8.0
_LINE = 9.0  # mm between two lines for the pen


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """An act as the register tells it, all in words."""

    at: str
    house: str
    debtor: str
    amount: str
    paper: str
    way: str
    result: str
    receiver: str
    by: str
    promised: str
    proof: str


@dataclass(frozen=True, slots=True)
class DeliverySheet:
    """The register of a period."""

    frame: RegisterFrame
    rows: Sequence[DeliveryRow]


@dataclass(frozen=True, slots=True)
class VisitHouse:
    """A house to be visited: who owes how much since when; empty for a record without a house."""

    house: str = ""
    debtor: str = ""
    amount: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """Records of visits, a page for each house."""

    frame: RegisterFrame
    houses: Sequence[VisitHouse]


def render_delivery_register(
    paper: DeliverySheet, target: Path, *, language: PaperLanguage
) -> PrintedPaper:
    """Draw the register into the PDF file `target`."""
    with speaking(language.code):
        with Sheet(target, ON_ITS_SIDE, title=paper.frame.title) as sheet:
            flow = paper.frame.start(sheet, language)
            if paper.rows:
                rows = [Row(_cells(number, row)) for number, row in enumerate(paper.rows, 1)]
                title = continued(paper.frame.title)
                Table(_columns(), rows, size=_SIZE, row_height=6.4, continued=title).flow(flow)
                flow.space(2.0)
            count = len(paper.rows)
            words = ngettext("{count} delivery", "{count} deliveries", count).format(count=count)
            flow.place(Prose(words if count else _("Nothing was delivered in this period.")))
            flow.place(Drawing(14.0, _draw_signatures))
        return sheet.printed


def render_visit_record(
    paper: VisitSheet, target: Path, *, language: PaperLanguage
) -> PrintedPaper:
    """Draw the records into the PDF file `target`."""
    with speaking(language.code):
        with Sheet(target, A4, title=paper.frame.title) as sheet:
            flow = paper.frame.start(sheet, language)
            for place, house in enumerate(paper.houses):
                if place:
                    flow.turn()
                _draw_visit(house, flow)
        return sheet.printed


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Entry"), 12.0, Align.RIGHT),
        Column(_("Day and time"), 20.0),
        Column(_("House"), 20.0),
        Column(_("Owner"), 18.0),
        Column(_("Amount"), 20.0, Align.RIGHT),
        Column(_("Stage, letter"), 34.0),
        Column(_("Way"), 20.0),
        Column(_("Result"), 20.0),
        Column(_("Received by"), 28.0),
        Column(_("Carried out by"), 24.0),
        Column(_("Promised for"), 19.0),
        Column(_("Proof")),
    )


def _cells(number: int, row: DeliveryRow) -> tuple[str, ...]:
    return (
        str(number), row.at, row.house, row.debtor, row.amount, row.paper, row.way, row.result,
        row.receiver, row.by, row.promised, row.proof,
    )  # fmt: skip


def _draw_signatures(sheet: Sheet, x: float, y: float, width: float) -> None:
    pieces: list[Piece] = [
        Words(_("Made by")), Space(1.6), Blank(44), Space(10),
        Words(_("Reviewed")), Space(1.6), Blank(44), Space(10),
        Words(_("Date")), Space(1.6), Blank(34),
    ]  # fmt: skip
    draw_line(sheet, x, y + 9.0, pieces, width)


# -- the visit


def _draw_visit(house: VisitHouse, flow: Flow) -> None:
    flow.place(
        _line(
            _field(_("House"), house.house, 50), _field(_("Owner"), house.debtor, 50),
        ),
        _line(
            _field(_("Owed, yuan"), house.amount, 40), _field(_("Owed since"), house.since, 40),
        ),
        _line(_field(_("Day and time"), "", 60), _field(_("Went out (two people)"), "", 60)),
    )  # fmt: skip
    _ticks(
        flow, _("Who was met"),
        (_("The owner"), _("Adult family living there"), _("User"), _("Authorised person"),
         _("Nobody")),
    )  # fmt: skip
    flow.place(_line(_field(_("Name"), "", 50), _field(_("Relation to the owner"), "", 50)))
    _ticks(
        flow, _("Outcome of the visit"),
        (_("Signed for"), _("Refused to take it"), _("Posted at the door"), _("Not reached")),
    )  # fmt: skip
    _pen(flow, _("What was said, and why it is not paid"), 4)
    _pen(flow, _("Wishes and complaints about our service"), 3)
    flow.place(
        _line(_field(_("Promises to pay on"), "", 44), _field(_("Amount, yuan"), "", 44)),
    )
    flow.space(3.0)
    head = SectionHead("", _("Photos"), indent=0)
    flow.place(head, Drawing(22.0, _draw_photo_boxes))
    note = _(
        "The photo shows the room number, the paper and the time, and nobody's face. The amount is "
        "told to the owner, the user, family living there or an authorised person only. No visit "
        "before 8 or after 20 o'clock; guards take no part."
    )
    flow.prose(note, size=8.2, leading=4.6)
    flow.place(Drawing(24.0, _draw_visit_signatures))


def _field(label: str, value: str, gap: float) -> list[Piece]:
    said: Piece = Words(value, 10.0, bold=True) if value else Blank(gap)
    return [Words(label, 9.0), Space(2.0), said]


def _line(*fields: list[Piece]) -> Drawing:
    def draw(sheet: Sheet, x: float, y: float, width: float) -> None:
        room = width / len(fields)
        for place, pieces in enumerate(fields):
            draw_line(sheet, x + place * room, y + 6.6, pieces, room - 4.0)

    return Drawing(_LINE, draw)


def _ticks(flow: Flow, label: str, choices: Sequence[str]) -> None:
    def draw(sheet: Sheet, x: float, y: float, width: float) -> None:
        pieces: list[Piece] = [Words(label, 9.0), Space(4.0)]
        for words in choices:
            pieces += [Tick(words, size=9.0), Space(4.0)]
        draw_line(sheet, x, y + 6.6, pieces, width)

    flow.place(Drawing(_LINE, draw))


def _pen(flow: Flow, label: str, count: int) -> None:
    def draw(sheet: Sheet, x: float, y: float, width: float) -> None:
        sheet.text(x, y + 5.0, label, 9.0)
        for place in range(1, count + 1):
            sheet.dotted(x, y + 5.0 + _LINE * place, x + width)

    flow.place(Drawing(_LINE * count + 7.0, draw))


def _draw_photo_boxes(sheet: Sheet, x: float, y: float, width: float) -> None:
    """Draw four boxes for the numbers of the photos and what they show."""
    room = width / 4
    for place in range(4):
        box = Box(x + place * room, y + 1.0, room - 3.0, 18.0)
        sheet.frame(box, FIELD)
        sheet.text(box.x + 1.6, box.y + 4.0, _("Photo number"), 7.0)


def _draw_visit_signatures(sheet: Sheet, x: float, y: float, width: float) -> None:
    for place, words in enumerate((_("First visitor"), _("Second visitor"), _("Who was met"))):
        pieces: list[Piece] = [Words(words, 9.0), Space(2.0), Blank(36.0)]
        draw_line(sheet, x + place * width / 3, y + 12.0, pieces, width / 3 - 3.0)

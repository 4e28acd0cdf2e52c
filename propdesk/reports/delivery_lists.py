"""The delivery list of fee letters (送达登记表): in walking order, to be filled in on the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, ngettext, speaking
from propdesk.reports.parts.flow import Prose
from propdesk.reports.parts.register_frame import ON_ITS_SIDE, RegisterFrame
from propdesk.reports.parts.sheet import Align, PrintedPaper, Sheet
from propdesk.reports.parts.tables import Column, Row, Table

_SIZE, _ROW = 8.4, 9.2  # pt; mm, so that a pen has room


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A letter to be delivered, in words."""

    house: str
    addressee: str
    number: str
    amount: str


@dataclass(frozen=True, slots=True)
class DeliveryListSheet:
    """The input of the list."""

    frame: RegisterFrame
    rows: Sequence[DeliveryRow]
    total: str


def render_delivery_list(
    paper: DeliveryListSheet, target: Path, *, language: PaperLanguage
) -> PrintedPaper:
    """Draw the list into the PDF file `target`; it appears whole or not at all."""
    with speaking(language.code):
        with Sheet(target, ON_ITS_SIDE, title=paper.frame.title) as sheet:
            _draw(paper, sheet, language)
        return sheet.printed


def _draw(paper: DeliveryListSheet, sheet: Sheet, language: PaperLanguage) -> None:
    flow = paper.frame.start(sheet, language)
    columns = (
        Column(_("Item no."), 13.0, Align.RIGHT),
        Column("", 3.0),
        Column(_("House"), 22.0, bold=True),
        Column(_("Name of the addressee"), 27.0),
        Column(_("Number of the letter"), 34.0),
        Column(_("Amount (yuan)"), 23.0, Align.RIGHT),
        Column("", 3.0),
        Column(_("Day and time"), 26.0),
        Column(_("Way"), 20.0),
        Column(_("Result, received by, relation")),
        Column(_("Delivered by"), 20.0),
        Column(_("Promised for"), 21.0),
        Column(_("Proof no."), 20.0),
    )
    rows = [
        Row((str(number), "", row.house, row.addressee, row.number, row.amount, *[""] * 7))
        for number, row in enumerate(paper.rows, 1)
    ]
    Table(columns, rows, size=_SIZE, row_height=_ROW).flow(flow)
    flow.space(1.6)
    count = ngettext("{count} letter", "{count} letters", len(rows)).format(count=len(rows))
    flow.place(Prose(_("{count}, {total} yuan").format(count=count, total=paper.total), 8.6))

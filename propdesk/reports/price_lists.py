"""The price list of paid work as it hangs on the wall (明码标价): A4, legible from a step away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, _lazy, speaking
from propdesk.reports.parts.flow import Flow, Prose
from propdesk.reports.parts.masthead import Office, draw_footer, draw_office, draw_running_head
from propdesk.reports.parts.sheet import A4, Align, PrintedPaper, Sheet
from propdesk.reports.parts.tables import Column, Row, RowKind, Table

_LEFT, _RIGHT = 18.0, 192.0
_FOOT, _BOTTOM = 287.4, 278.0
_SIZE, _HEAD_SIZE = 10.5, 8.6

TITLE = _lazy("Prices of paid work")


@dataclass(frozen=True, slots=True)
class PriceGroup:
    """The prices of one kind: its title, and rows of number, item, measure, price and note."""

    title: str
    rows: tuple[tuple[str, str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class PriceListSheet:
    """Everything that is printed on the list; `since` is when the newest price came to hold."""

    office_name: str
    office_name_en: str
    office_phone: str
    groups: Sequence[PriceGroup]
    since: date | None
    printed_at: datetime
    printed_by: str


def render_price_list(
    paper: PriceListSheet, target: Path, *, language: PaperLanguage
) -> PrintedPaper:
    """Draw the list into the PDF file `target`; it appears whole or not at all."""
    with speaking(language.code):
        with Sheet(target, A4, title=_("Prices of paid work")) as sheet:
            _draw(paper, sheet, language)
        return sheet.printed


def _draw(paper: PriceListSheet, sheet: Sheet, language: PaperLanguage) -> None:
    def start_page(sheet: Sheet) -> float:
        office = paper.office_name
        head = language.main(TITLE)
        draw_running_head(sheet, head, office, _since(paper), left=_LEFT, right=_RIGHT)
        _draw_foot(paper, sheet, language)
        return 18.5

    office = Office(paper.office_name, paper.office_name_en)
    draw_office(sheet, _LEFT, 13.0, office, language, width=_RIGHT - _LEFT)
    middle = (_LEFT + _RIGHT) / 2
    title = language.main(TITLE)
    sheet.text(middle, 40.0, title, 22, bold=True, align=Align.CENTRE)
    if second := language.second(TITLE):
        sheet.text(middle, 45.4, second, 7.2, align=Align.CENTRE)
    _draw_foot(paper, sheet, language)
    flow = Flow(
        sheet, left=_LEFT, width=_RIGHT - _LEFT, bottom=_BOTTOM, start_page=start_page, y=51.0
    )
    columns = (
        Column(_("Number"), 18),
        Column(_("Item"), 0),
        Column(_("Measure"), 18),
        Column(_("Price (yuan)"), 28, Align.RIGHT, bold=True),
        Column("", 4),
        Column(_("Note"), 46),
    )
    rows: list[Row] = []
    for group in paper.groups:
        rows.append(Row(("", group.title, "", "", "", ""), RowKind.CLASS))
        rows += [Row((*row[:4], "", row[4])) for row in group.rows]
    Table(columns, rows, size=_SIZE, head_size=_HEAD_SIZE, row_height=8.2).flow(flow)
    flow.space(4)
    for sentence in (
        _("The price is agreed with you and signed for before the work begins."),
        _("You pay for what was used, never more than you agreed to. Questions: {phone}").format(
            phone=paper.office_phone
        )
        if paper.office_phone
        else _("You pay for what was used, never more than you agreed to."),
    ):
        flow.place(Prose(sentence, 9.8, 6.0))


def _since(paper: PriceListSheet) -> str:
    return _("valid from {day}").format(day=paper.since) if paper.since else ""


def _draw_foot(paper: PriceListSheet, sheet: Sheet, language: PaperLanguage) -> None:
    printed = _("Printed {time} by {person}").format(
        time=f"{paper.printed_at:%Y-%m-%d %H:%M}", person=paper.printed_by
    )
    words = "    ".join(part for part in (_since(paper), printed) if part)
    draw_footer(sheet, words, language, left=_LEFT, right=_RIGHT, y=_FOOT)

"""A publication as it hangs at the notice board (Civil Code 943): one table, read from a metre."""

from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.domain.publications import PublicationContent, content_code
from propdesk.i18n import _, speaking
from propdesk.reports.parts.flow import Drawing, Flow
from propdesk.reports.parts.masthead import Office, draw_footer, draw_office, draw_running_head
from propdesk.reports.parts.sheet import A4, HEAVY, Align, PrintedPaper, Sheet
from propdesk.reports.parts.tables import Column, Row, RowKind, Table, continued

_LEFT, _RIGHT = 18.0, 192.0
_WIDTH = _RIGHT - _LEFT
_FOOT, _BOTTOM = 287.4, 279.0


def render_publication(paper: PublicationContent, target: Path) -> PrintedPaper:
    """Draw a publication into the PDF file `target`, always the same for the same content."""
    language = PaperLanguage(paper.language)
    with speaking(language.code):
        with Sheet(target, A4, title=f"{paper.title} {paper.number}") as sheet:
            _draw(paper, sheet, language)
        return sheet.printed


def _draw(paper: PublicationContent, sheet: Sheet, language: PaperLanguage) -> None:
    def draw_foot() -> None:
        words = _("{number}    Record {code}").format(number=paper.number, code=content_code(paper))
        draw_footer(sheet, words, language, left=_LEFT, right=_RIGHT, y=_FOOT)

    def start_page(page: Sheet) -> float:
        draw_running_head(page, paper.title, paper.issuer, paper.number, left=_LEFT, right=_RIGHT)
        draw_foot()
        return 20.0

    office = Office(paper.office, paper.office_en)
    draw_office(sheet, _LEFT, 13.0, office, language, width=_WIDTH)
    middle = (_LEFT + _RIGHT) / 2
    y = 40.0
    for line in sheet.wrapped(paper.title, _WIDTH, 24, bold=True):
        sheet.text(middle, y, line, 24, bold=True, align=Align.CENTRE, tracking=0.06)
        y += 11.0
    sheet.text(middle, y - 2.0, paper.period, 11, align=Align.CENTRE)
    sheet.rule(_LEFT, y + 2.0, _RIGHT, HEAVY)
    draw_foot()
    flow = Flow(
        sheet, left=_LEFT, width=_WIDTH, bottom=_BOTTOM, start_page=start_page, y=y + 6.0
    )  # fmt: skip
    columns = tuple(
        Column(text, width, Align.RIGHT if right else Align.LEFT)
        for text, width, right in paper.heads
    )
    rows = [Row(cells) for cells in paper.rows]
    if paper.total:
        rows.append(Row(paper.total, RowKind.TOTAL))
    if rows:
        title = continued(paper.title)
        table = Table(columns, rows, size=10.4, head_size=9.4, row_height=8.0, continued=title)
        table.flow(flow)
    flow.space(5.0)
    for note in paper.notes:
        flow.prose(note, size=10.4, leading=6.2)
        flow.space(1.5)
    flow.space(6.0)
    flow.place(Drawing(26.0, lambda page, x, y, width: _sign(paper, page, x + width, y)))


def _sign(paper: PublicationContent, sheet: Sheet, right: float, y: float) -> None:
    sheet.text(right, y + 9.0, paper.issuer, 12, align=Align.RIGHT)
    sheet.text(right, y + 17.0, paper.dated_on, 12, align=Align.RIGHT)

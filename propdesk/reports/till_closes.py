"""The close of a cashier's till (日结单): sums by means, cash counted, the receipts behind them.

Forms.md 5.3; every figure arrives computed, and the sums of a column are those of its rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, speaking
from propdesk.reports.parts.flow import Drawing, Flow, Prose, SectionHead
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import A4, FIELD, FRAME, Align, Box, PrintedPaper, Sheet
from propdesk.reports.parts.tables import Column, Row, RowKind, Table, continued

_CASH = 22.0
_SIGNATURES = 24.0
_TAB = 34.0


@dataclass(frozen=True, slots=True)
class MeansRow:
    """A means: how many receipts, what came in, what went back, what is left."""

    means: str
    count: str
    received: str
    returned: str
    rest: str


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A receipt of the day: number, time, house, means, amount, and what became of it."""

    number: str
    time: str
    house: str
    means: str
    amount: str
    state: str


@dataclass(frozen=True, slots=True)
class TillCloseSheet:
    """The close as it is printed; `facts` are label and value, `total` the row below the means."""

    frame: RegisterFrame
    facts: Sequence[tuple[str, str]]
    means: Sequence[MeansRow]
    total: MeansRow
    cash: str
    counted: str
    difference: str
    reason: str
    receipts: Sequence[ReceiptRow]
    note: str = ""


def render_till_close(
    paper: TillCloseSheet, target: Path, *, language: PaperLanguage
) -> PrintedPaper:
    """Draw the close into the PDF file `target`; it appears whole or not at all."""
    with speaking(language.code):
        with Sheet(target, A4, title=paper.frame.title) as sheet:
            _draw(paper, paper.frame.start(sheet, language))
        return sheet.printed


def _draw(paper: TillCloseSheet, flow: Flow) -> None:
    for label, value in paper.facts:
        lines = flow.sheet.wrapped(value, flow.width - _TAB, 9.4, bold=True)
        flow.place(Drawing(1.4 + 4.6 * max(len(lines), 1), _fact(label, lines)))
    flow.space(2.0)
    columns = (
        Column(_("Means of payment")),
        Column(_("Number of receipts"), 26.0, Align.RIGHT),
        Column(_("Taken (yuan)"), 34.0, Align.RIGHT),
        Column(_("Given back (yuan)"), 34.0, Align.RIGHT),
        Column(_("Left (yuan)"), 34.0, Align.RIGHT, bold=True),
    )
    rows = [_means(row) for row in paper.means]
    rows.append(_means(paper.total, RowKind.TOTAL))
    Table(columns, rows, size=9.4, head_size=8.0, row_height=7.2).flow(flow)
    flow.space(3.0)
    flow.place(Drawing(_CASH, lambda *where: _draw_cash(paper, *where)))
    for words in (paper.reason, paper.note):
        if words:
            flow.place(Prose(words, 9.2, 5.4))
    flow.space(2.0)
    flow.place(Drawing(_SIGNATURES, _draw_signatures))
    flow.space(3.0)
    title = _("Receipts of this close")
    listed = (
        Column(_("Number"), 34.0),
        Column(_("Time"), 26.0),
        Column(_("House")),
        Column(_("Means of payment"), 36.0),
        Column(_("Amount (yuan)"), 30.0, Align.RIGHT),
        Column("", 3.0),
        Column(_("State"), 24.0),
    )
    table = Table(
        listed,
        [
            Row((one.number, one.time, one.house, one.means, one.amount, "", one.state))
            for one in paper.receipts
        ],
        size=8.6,
        continued=continued(title),
    )
    table.flow(flow, SectionHead("", title, indent=0))


def _means(row: MeansRow, kind: RowKind = RowKind.PLAIN) -> Row:
    return Row((row.means, row.count, row.received, row.returned, row.rest), kind)


def _fact(label: str, lines: list[str]) -> Callable[[Sheet, float, float, float], None]:
    def draw(sheet: Sheet, x: float, y: float, _width: float) -> None:
        sheet.text(x, y + 4.0, label, 8.0)
        sheet.lines(x + _TAB, y + 4.0, lines, 9.4, leading=4.6, bold=True)

    return draw


def _draw_cash(paper: TillCloseSheet, sheet: Sheet, x: float, y: float, width: float) -> None:
    """Frame the three figures of the cash: what should be there, what was, the difference."""
    third = width / 3
    figures = (
        (_("Cash that should be there"), paper.cash),
        (_("Cash counted"), paper.counted),
        (_("Cash difference"), paper.difference),
    )
    sheet.frame(Box(x, y, width, _CASH - 4), FRAME)
    for place, (label, amount) in enumerate(figures):
        left = x + third * place
        if place:
            sheet.upright(left, y, y + _CASH - 4, FIELD)
        sheet.text(left + 3, y + 6, label, 8.0)
        sheet.text(left + third - 3, y + 14, amount, 15, bold=True, align=Align.RIGHT)


def _draw_signatures(sheet: Sheet, x: float, y: float, width: float) -> None:
    words = (_("Cashier (signature)"), _("Checked by (signature)"), _("Finance (signature)"))
    for place, word in enumerate(words):
        left = x + width / 3 * place
        sheet.text(left, y + 5, word, 8.0)
        sheet.rule(left, y + 17, left + width / 3 - 8, FIELD)

"""The papers of a move (forms.md 5.7): move-in record (迁入登记) and settlement (迁出结清单), A4.

All words and amounts arrive computed, in the paper's language; this module only draws. What is
empty leaves its place white, for a pen; the signatures never stand on a page of their own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import LazyText, _, _lazy, speaking
from propdesk.reports.parts.flow import Drawing
from propdesk.reports.parts.records import (
    SIGNATURES_HEIGHT,
    Cell,
    Record,
    Signature,
    draw_signatures,
)
from propdesk.reports.parts.sheet import A4, FRAME, HEAVY, Align, Box, PrintedPaper, Sheet
from propdesk.reports.parts.tables import Column, Row, RowKind, Table, continued
from propdesk.reports.parts.text import width_mm
from propdesk.reports.parts.ticket_frame import A4_EDGES, TicketFrame
from propdesk.reports.parts.zones import Form

_SECOND, _THIRD = 70.0, 122.0  # where the further cells of a row begin
_BALANCE = 16.0
_SIZE, _ROW = 9.0, 7.0

IN_TITLE, OUT_TITLE = _lazy("Move-in record"), _lazy("Move-out settlement")
_HOUSE, _KIND, _DAY = _lazy("House"), _lazy("What happens"), _lazy("Day")
_WHO, _UNTIL, _TOLD = _lazy("Concerning"), _lazy("Until"), _lazy("Told the office on")
_REASON, _HANDLED = _lazy("Reason"), _lazy("Dealt with by")
_ADDRESS, _PHONE = _lazy("New address"), _lazy("New phone")
_NOTE, _PASSES = _lazy("Note"), _lazy("Gate passes")
_TICKETS, _OPEN = _lazy("Open tickets"), _lazy("Left open because")
_VOID = _lazy("Void: {reason}")
_MATTER, _PEOPLE = _lazy("The move"), _lazy("Who comes")
_METERS, _KEYS = _lazy("Meter readings"), _lazy("Keys and cards")
_WHERETO = _lazy("Where to")
_SETTLEMENT, _END = _lazy("Settlement"), _lazy("Further notes")
_CAPITALS = _lazy("In capitals")
_PRINTED = _lazy("Printed {time}, {person}")
_IN_SIGNS = (_lazy("Owner or resident"), _lazy("Service centre"))
_OUT_SIGNS = (_lazy("Owner or resident"), _lazy("Accounts"), _lazy("Service centre"))


@dataclass(frozen=True, slots=True)
class Balance:
    """What is paid at the end: who pays whom, the amount in figures and in capitals, when."""

    label: str
    amount: str
    capitals: str
    settled: str


@dataclass(frozen=True, slots=True)
class MoveSheet:
    """A move as it is printed.

    `people` are name, what to the house, share and phone; `settlement` rows are item, until, due,
    paid, difference and deposit given back, the last one the sums; `keys` are what, holder, handed
    out, what became of them, and deposit given back. `void_reason` is None while the move holds.
    """

    office_name: str
    office_name_en: str
    office_phone: str
    number: str
    house: str
    kind: str
    day: str
    who: str
    handled_by: str
    printed_at: datetime
    printed_by: str
    until: str = ""
    told: str = ""
    reason: str = ""
    new_address: str = ""
    new_phone: str = ""
    note: str = ""
    open_reason: str = ""
    void_reason: str | None = None
    meters: Sequence[tuple[LazyText, str]] = ()
    people: Sequence[tuple[str, str, str, str]] = ()
    settlement: Sequence[tuple[str, str, str, str, str, str]] = ()
    balance: Balance | None = None
    keys: Sequence[tuple[str, str, str, str, str]] = ()
    gate_passes: str = ""
    open_tickets: str = ""


def render_move_in(paper: MoveSheet, target: Path, *, language: PaperLanguage) -> PrintedPaper:
    """Draw the move-in record into the PDF file `target`; OSError where it cannot be written."""
    return _render(paper, target, language, IN_TITLE, _draw_in)


def render_move_out(paper: MoveSheet, target: Path, *, language: PaperLanguage) -> PrintedPaper:
    """Draw the settlement into the PDF file `target`; OSError where it cannot be written."""
    return _render(paper, target, language, OUT_TITLE, _draw_out)


def _render(
    paper: MoveSheet,
    target: Path,
    language: PaperLanguage,
    title: LazyText,
    draw: Callable[["_Drawn"], None],
) -> PrintedPaper:
    with speaking(language.code):
        with Sheet(target, A4, title=f"{language.main(title)} {paper.number}") as sheet:
            draw(_Drawn(Form(sheet, language), paper, title))
        return sheet.printed


class _Drawn:
    """A paper of a move being drawn: the record's rows and the tables between them."""

    def __init__(self, form: Form, paper: MoveSheet, title: LazyText) -> None:
        self.form = form
        self.paper = paper
        frame = TicketFrame(
            edges=A4_EDGES,
            title=title,
            foot=_PRINTED,
            number=paper.number,
            office_name=paper.office_name,
            office_name_en=paper.office_name_en,
            office_phone=paper.office_phone,
            printed_at=paper.printed_at,
            printed_by=paper.printed_by,
        )
        self.flow = frame.start(form, self._draw_void)
        self.record = Record(form, self.flow)
        self._sections = 0

    def _draw_void(self, y: float) -> float:
        if self.paper.void_reason is None:
            return y
        words = self.form.word(_VOID).format(reason=self.paper.void_reason)
        left, width = A4_EDGES.left, A4_EDGES.right - A4_EDGES.left
        lines = self.form.sheet.wrapped(words, width - 6, 10, bold=True)[:3]
        box = Box(left, y + 2.4, width, 4.4 + 5.0 * len(lines))
        self.form.sheet.frame(box, FRAME)
        self.form.sheet.lines(left + 3, y + 8.2, lines, 10, leading=5.0, bold=True)
        return box.bottom + 1.0

    # -- sections

    def section(self, title: LazyText) -> None:
        self._sections += 1
        self.record.section(self._sections, title)

    def matter(self) -> None:
        """Write house, kind, day and who; what this move does not have is left out."""
        paper, record = self.paper, self.record
        self.section(_MATTER)
        record.row(
            Cell(_HOUSE, paper.house, bold=True),
            Cell(_KIND, paper.kind, _SECOND),
            Cell(_DAY, paper.day, _THIRD, bold=True),
        )
        record.row(Cell(_WHO, paper.who, bold=True))
        pairs = [(_TOLD, paper.told), (_UNTIL, paper.until)]
        further = [(label, value) for label, value in pairs if value]
        if further:
            places = (0.0, _SECOND)
            record.row(*(Cell(*pair, at) for pair, at in zip(further, places, strict=False)))
        if paper.reason:
            record.text(_REASON, paper.reason)

    def meters(self) -> None:
        """Write the readings beside each other; what is missing is read on the spot."""
        if not self.paper.meters:
            return
        self.section(_METERS)
        places = (0.0, _SECOND, _THIRD)
        self.record.row(
            *(
                Cell(label, reading, at, bold=True)
                for (label, reading), at in zip(self.paper.meters, places, strict=False)
            )
        )

    def people(self) -> None:
        """Write who comes; an empty line is left for a pen."""
        columns = (
            Column(_("Name"), 52, bold=True),
            Column(_("Role")),
            Column(_("Share"), 24, Align.RIGHT),
            Column("", 6),
            Column(_("Phone"), 44),
        )
        rows = [Row((*one[:3], "", one[3])) for one in self.paper.people]
        self._table(_PEOPLE, columns, rows or [Row(("",) * 5)])

    def keys(self, *, given: bool) -> None:
        """Write the keys and cards: what was handed out, or what came back."""
        columns: tuple[Column, ...] = (
            Column(_("Key or card"), 54),
            Column(_("Holder")),
            Column(_("Handed out on"), 30),
        )
        rows: list[tuple[str, ...]] = [key[:3] for key in self.paper.keys]
        if not given:
            columns += (
                Column(_("What became of them"), 36),
                Column(_("Deposit back"), 26, Align.RIGHT),
            )
            rows = list(self.paper.keys)
        blank = ("",) * len(columns)
        self._table(_KEYS, columns, [Row(row) for row in rows] or [Row(blank), Row(blank)])

    def settlement(self) -> None:
        """Write the items with their sums, and who pays whom at the end."""
        money = Align.RIGHT
        columns = (
            Column(_("Item")),
            Column(_("Up to"), 24),
            Column(_("Amount due"), 26, money),
            Column(_("Amount paid"), 26, money),
            Column(_("Difference"), 26, money),
            Column(_("Deposit back"), 28, money),
        )
        *items, sums = self.paper.settlement
        rows = [Row(item) for item in items] or [Row(("",) * 6) for _line in range(4)]
        self._table(_SETTLEMENT, columns, [*rows, Row(sums, RowKind.TOTAL)], after=_BALANCE)
        self.flow.place(Drawing(_BALANCE, self._draw_balance))

    def _draw_balance(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw the balance in figures and capitals, and the day on which it was paid."""
        balance, form = self.paper.balance, self.form
        if balance is None:
            return
        base = y + 6.6
        used = sheet.text(x, base, balance.label, 9.0, bold=True)
        sheet.text(x + used + 3, base, balance.amount, 13, bold=True)
        sheet.text(x + width, base, balance.settled, 9.0, align=Align.RIGHT)
        base += 6.4
        label = form.word(_CAPITALS)
        sheet.text(x, base, label, form.profile.label)
        sheet.text(
            x + width_mm(label, form.profile.label) + 3, base, balance.capitals, 10, bold=True
        )

    def _table(
        self,
        title: LazyText,
        columns: tuple[Column, ...],
        rows: Sequence[Row],
        after: float = 0.0,
    ) -> None:
        """Place a table under its section's head; `after` stays with its last rows."""
        self.flow.need(9.4 + 6.4 + _ROW * min(len(rows), 3) + (after if len(rows) < 4 else 0.0))
        self.section(title)
        words = continued(self.form.word(title))
        Table(columns, rows, size=_SIZE, row_height=_ROW, continued=words).flow(self.flow)
        self.flow.y -= 0.4  # the next section's rule is the table's last

    def end(self, signs: Sequence[LazyText]) -> None:
        """Write what else is to be said, then the signatures with a row above them."""
        paper, record, flow = self.paper, self.record, self.flow
        self.section(_END)
        for label, text in (
            (_OPEN, paper.open_reason),
            (_PASSES, paper.gate_passes),
            (_TICKETS, paper.open_tickets),
        ):
            if text:
                record.text(label, text)
        record.text(_NOTE, paper.note, least=2)
        flow.need(record.line + SIGNATURES_HEIGHT)
        record.row(Cell(_HANDLED, paper.handled_by))
        record.close()
        flow.place(Drawing(SIGNATURES_HEIGHT + 0.6, lambda _s, x, y, w: self._sign(x, y, w, signs)))

    def _sign(self, x: float, y: float, width: float, signs: Sequence[LazyText]) -> None:
        draw_signatures(self.form, x, y, width, [Signature(label) for label in signs])
        self.form.sheet.rule(x, y + SIGNATURES_HEIGHT, x + width, HEAVY)


def _draw_in(drawn: _Drawn) -> None:
    drawn.matter()
    drawn.people()
    drawn.meters()
    drawn.keys(given=True)
    drawn.end(_IN_SIGNS)


def _draw_out(drawn: _Drawn) -> None:
    paper = drawn.paper
    drawn.matter()
    if paper.people:
        drawn.people()
    drawn.settlement()
    drawn.meters()
    drawn.keys(given=False)
    drawn.section(_WHERETO)
    drawn.record.row(
        Cell(_ADDRESS, paper.new_address),
        Cell(_PHONE, paper.new_phone, _THIRD),
    )
    drawn.end(_OUT_SIGNS)

"""The instalment agreement (分期协议, forms.md 5.2): total, parts with their days, both signatures.

Signed by the debtor it is his consent to perform: it interrupts the limitation of what it names
(Provisions on Limitation 14) and revives what had run out (19); so it names every bill.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, speaking
from propdesk.reports.parts.flow import Drawing, Prose, SectionHead
from propdesk.reports.parts.form_lines import Blank, Piece, Space, Words, draw_line
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import A4, Align, PrintedPaper, Sheet
from propdesk.reports.parts.tables import Column, Row, RowKind, Table

_SIGNATURES = 40.0  # height in millimetres, with the room above


@dataclass(frozen=True, slots=True)
class AgreementSheet:
    """The agreement's input; amounts in words of figures, `capitals` the total in capitals.

    `bills` are item, period, due day, open; `parts` number, day, amount, what is left then.
    """

    frame: RegisterFrame
    number: str
    payee: str
    debtor: str
    house: str
    agreed_on: date
    total: str
    capitals: str
    bills: Sequence[tuple[str, str, str, str]]
    bills_total: str
    parts: Sequence[tuple[str, str, str, str]]
    pay_words: str
    copies: int = 2


def render_agreement(
    paper: AgreementSheet, target: Path, *, language: PaperLanguage
) -> PrintedPaper:
    """Draw the agreement on A4 into the PDF file `target`."""
    with speaking(language.code):
        with Sheet(target, A4, title=f"{paper.frame.title} {paper.number}") as sheet:
            flow = paper.frame.start(sheet, language)
            flow.space(1.0)
            flow.place(
                Prose(_("Provider: {name}").format(name=paper.payee), 10, 6.0),
                Prose(
                    _("Debtor: {name}    House: {house}").format(
                        name=paper.debtor or " " * 16, house=paper.house
                    ),
                    10,
                    6.0,
                ),
            )
            flow.space(2.0)
            bills = [Row(one) for one in paper.bills]
            bills.append(Row((_("Total"), "", "", paper.bills_total), RowKind.TOTAL))
            columns = (
                Column(_("Fee item")),
                Column(_("Charged for"), 54),
                Column(_("Due on"), 30),
                Column(_("Still owed"), 32, Align.RIGHT),
            )
            Table(columns, bills, 9.0, 8.0, 6.4).flow(flow, SectionHead("1", _("What is owed")))
            flow.space(3.0)
            parts = [Row(one) for one in paper.parts]
            parts.append(Row((_("Total"), "", paper.total, ""), RowKind.TOTAL))
            columns = (
                Column(_("Instalment"), 24),
                Column(_("To be paid by")),
                Column(_("Amount"), 44, Align.RIGHT, bold=True),
                Column(_("Left then"), 44, Align.RIGHT),
            )
            Table(columns, parts, 9.0, 8.0, 6.6).flow(flow, SectionHead("2", _("How it is paid")))
            flow.space(2.0)
            capitals = _("Total in words: {capitals}").format(capitals=paper.capitals)
            flow.place(Prose(capitals, 10, 6.0, bold=True))
            flow.space(2.0)
            flow.place(SectionHead("3", _("What was agreed")))
            *clauses, before, last = [
                Prose(f"{number}. {clause}", 9.6, 5.8)
                for number, clause in enumerate(_clauses(paper), 1)
            ]
            for clause in clauses:
                flow.place(clause)
            # Nobody signs a page on which nothing else stands.
            flow.place(before, last, Drawing(_SIGNATURES, _draw_signatures))
        return sheet.printed


def _clauses(paper: AgreementSheet) -> list[str]:
    return [
        _(
            "The debtor acknowledges the amounts above and agrees to pay {total} yuan in the "
            "parts named. This counts as consent to perform (Civil Code 195)."
        ).format(total=paper.total),
        _("While the parts are paid on time, the provider demands nothing further of these bills."),
        _(
            "If a part is not paid on its day, the provider may demand what is left of these bills "
            "by the means that the law allows: mediation, payment order, arbitration or suit."
        ),
        paper.pay_words,
        _("Fees that fall due later are paid as the contract says; this agreement changes none."),
        _("Made in {count} copies, one for each side.").format(count=paper.copies),
    ]


def _draw_signatures(sheet: Sheet, x: float, y: float, width: float) -> None:
    half = width / 2
    for at, side in ((x, _("Provider (seal)")), (x + half, _("Debtor (signature, fingerprint)"))):
        rows: tuple[list[Piece], ...] = (
            [Words(side, 9.6, bold=True)],
            [Words(_("Signature"), 9.0), Space(1.6), Blank(48)],
            [Words(_("Date"), 9.0), Space(1.6), Blank(48)],
        )
        for place, pieces in enumerate(rows):
            draw_line(sheet, at, y + 11 + 11 * place, pieces, half - 8)

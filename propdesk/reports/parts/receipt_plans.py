"""The words of a receipt, and where things stand on each of its papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from propdesk.domain.fee_settings import ReceiptPaper
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _lazy
from propdesk.reports.parts.profiles import DOTS, LASER, Profile
from propdesk.reports.parts.sheet import A5_LANDSCAPE, PageSize

ITEM, PERIOD = _lazy("Fee item"), _lazy("Period (from – to)")
PRICE, QUANTITY = _lazy("Price"), _lazy("Area, usage, readings")
# What fits its column in type that pins can print.
QUANTITY_DOTS, DUE_DOTS = _lazy("Qty, readings"), _lazy("Billed")
REDUCED_DOTS = _lazy("Rebate")
DUE, REDUCED, LATE = _lazy("Amount due"), _lazy("Fee reduced"), _lazy("Late fee")
PAID, REMARK = _lazy("Paid (yuan)"), _lazy("Remarks")
DAY, PAYER, HOUSE = _lazy("Date"), _lazy("Payer"), _lazy("House")
TOTAL, PAID_BY = _lazy("Total"), _lazy("Paid by")
CASHIER, CHECKED = _lazy("Money taken by"), _lazy("Reviewed by")
CONFIRMED, STAMP = _lazy("Payer (signature)"), _lazy("Payee (stamp)")
SUBTOTAL = _lazy("Subtotal")
CARRIED, BROUGHT = _lazy("Carried to the next page"), _lazy("From the page before")
VOID, CONTRA = _lazy("VOID RECEIPT"), _lazy("CONTRA ENTRY")
REPRINT = _lazy("Reprint {number}")
# The colours of three-part paper, in the order of its sheets.
_COLOURS = (_lazy("white: {copy}"), _lazy("red: {copy}"), _lazy("yellow: {copy}"))


@dataclass(frozen=True, slots=True)
class Plan:
    """Where things stand on one paper, in millimetres.

    `columns` are the right ends of the columns from the left edge, in the order of the table;
    `sign` is the least room for stamp and signatures.
    """

    size: PageSize
    left: float
    right: float
    top: float
    foot: float
    profile: Profile
    head: float
    info: float
    table_head: float
    row: float
    least_row: float
    total: float
    means: float
    sign: float
    title: float
    figures: float
    capitals: float
    columns: tuple[float, ...]
    code_module: float
    code_height: float
    short_period: bool = False
    has_remark: bool = True


PLANS: Mapping[ReceiptPaper, Plan] = {
    ReceiptPaper.A5: Plan(
        A5_LANDSCAPE, 12, 200, 6.6, 139.4, LASER, head=15.4, info=7.8, table_head=6.4, row=7.8,
        least_row=5.4, total=10.6, means=8.2, sign=40, title=20, figures=17, capitals=11.5,
        columns=(29, 70, 79, 103, 121, 136, 151, 171.5, 188), code_module=0.30, code_height=7.6,
    ),
    ReceiptPaper.HALF: Plan(
        PageSize(241, 139.7), 18.5, 222.5, 5.6, 133.4, DOTS, head=15.2, info=7.2, table_head=6.4,
        row=7.4, least_row=5.6, total=9.4, means=7, sign=38, title=19, figures=15, capitals=10.5,
        columns=(31, 69, 91, 117, 138.5, 155, 174, 204), code_module=0.34, code_height=7.4,
        short_period=True, has_remark=False,
    ),
    ReceiptPaper.THIRD: Plan(
        PageSize(241, 93.1), 18.5, 222.5, 4.2, 88.4, DOTS, head=13.4, info=5.6, table_head=5.2,
        row=5.6, least_row=5.0, total=6.6, means=5.4, sign=15, title=16, figures=13, capitals=10.5,
        columns=(31, 69, 91, 117, 138.5, 155, 174, 204), code_module=0.34, code_height=6.2,
        short_period=True, has_remark=False,
    ),
}  # fmt: skip


def copy_colours(copies: Sequence[str], language: PaperLanguage) -> str:
    """Say which sheet of continuous paper is whose copy; '' where it has not three parts."""
    if len(copies) != len(_COLOURS):
        return ""
    named = zip(_COLOURS, copies, strict=True)
    return "  ".join(language.main(colour).format(copy=copy) for colour, copy in named)

"""Fill and draw receipts (forms.md 5.3); that one was printed is counted when it really leaves."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from propdesk.domain.bills import BillKind
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_periods import next_day
from propdesk.domain.fee_settings import FeeSettings, ReceiptPaper, copy_names
from propdesk.domain.fee_workings import area_words
from propdesk.domain.ledger import Account
from propdesk.domain.money import in_capitals, money_words, price_words, quantity_words
from propdesk.domain.numbers import office_mark
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.payments import Payment, PaymentLine
from propdesk.domain.receipt_codes import ReceiptCode, receipt_digits
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right, Staff
from propdesk.domain.till import MEANS_LABELS, Means, PaymentKind
from propdesk.i18n import LazyText, _, _lazy
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.fee_settings import load_fee_settings
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local
from propdesk.services.queries.bills import Bill, get_bill
from propdesk.services.queries.payments import get_payment
from propdesk.services.queries.units import get_unit
from propdesk.storage.database import rows

if TYPE_CHECKING:
    from propdesk.reports.parts.receipt_values import ReceiptLine, ReceiptSheet
    from propdesk.reports.parts.sheet import PrintedPaper

_RECEIPT, _REFUND = _lazy("Payment receipt"), _lazy("Refund receipt")
_DEPOSIT, _PREPAID = _lazy("Deposit receipt"), _lazy("Prepayment receipt")
_FROM_PREPAID = _lazy("From prepaid")
_BOXES = (Means.CASH, Means.TRANSFER, Means.WECHAT, Means.ALIPAY, Means.POS)


def print_receipt(
    payment_id: int,
    target: Path,
    *,
    by: Staff,
    now: datetime,
    paper: ReceiptPaper | None = None,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw all copies of a receipt into the PDF file `target`; nothing is counted by it.

    Whatever was printed before is a reprint now (补打第 n 次). Raises RuleError for a guard, for an
    unknown receipt and for a file that cannot be written.
    """
    from propdesk.reports.receipts import render_receipt

    fee_actor(by.id, Right.SEE_FEES)
    get_payment(payment_id)  # an unknown one is refused in the language of the screen
    fees = load_fee_settings()

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> "PrintedPaper":
        # Read anew: what its lines are for is worded in the language of the paper.
        sheet = _sheet(get_payment(payment_id), settings, fees, chosen, by=by, now=now)
        return render_receipt(sheet, target, paper=paper or fees.receipt_paper, language=chosen)

    return draw_paper(target, language, draw)


def find_scanned_receipt(code: ReceiptCode) -> int:
    """Return the id of the receipt whose bars were scanned, or refuse."""
    found = rows(
        "SELECT id FROM payment WHERE year = ? AND sequence = ? ORDER BY id DESC",
        code.year,
        code.sequence,
    )
    if not found or code.mark != _mark():
        raise RuleError("receipt-unknown", _("This receipt is not in the books."))
    return int(found[0][0])


def _mark() -> int:
    return office_mark(rows("SELECT uid FROM office")[0][0])


def _sheet(
    payment: Payment,
    settings: OfficeSettings,
    fees: FeeSettings,
    language: PaperLanguage,
    *,
    by: Staff,
    now: datetime,
) -> "ReceiptSheet":
    from propdesk.reports.parts.receipt_values import ReceiptSheet

    year, sequence = rows("SELECT year, sequence FROM payment WHERE id = ?", payment.id)[0]
    title = _title(payment)
    # What was taken from the prepaid account is no money, but what it settles is paid by it.
    means = [(str(MEANS_LABELS[part.means]), part.amount_fen) for part in payment.means]
    if payment.prepaid_used_fen:
        means.append((str(_FROM_PREPAID), payment.prepaid_used_fen))
    total = payment.total_fen + payment.prepaid_used_fen
    boxes = [str(MEANS_LABELS[one]) for one in _BOXES] + [str(_FROM_PREPAID)]
    boxes += [name for name, _fen in means if name not in boxes]
    return ReceiptSheet(
        office_name=settings.office_name,
        office_name_en=settings.office_name_en,
        office_phone=settings.phone,
        number=payment.number,
        code_digits=receipt_digits(ReceiptCode(year, sequence, _mark())),
        title=language.main(title),
        second_title=language.second(title).upper(),
        at=payment.at,
        payer=payment.payer,
        house=get_unit(payment.unit_id).long,
        lines=_lines(payment),
        total_fen=total,
        capitals=_capitals(total),
        means=tuple(means),
        copies=copy_names(fees.receipt_copies),
        cashier=payment.by,
        printed_at=local(now),
        printed_by=by.name,
        all_means=tuple(boxes),
        tendered_fen=payment.tendered_fen,
        change_fen=payment.change_fen,
        prepaid_after_fen=payment.prepaid_after_fen,
        checked=payment.approved_by,
        payee=fees.payee or settings.office_name,
        note=fees.receipt_note,
        remark=payment.note,
        void=_void(payment),
        reprint=payment.prints,
        refund_of=payment.refund_of,
    )


def _title(payment: Payment) -> LazyText:
    if payment.kind is PaymentKind.REFUND:
        return _REFUND
    accounts = {line.account for line in payment.lines}
    if accounts == {Account.DEPOSIT}:
        return _DEPOSIT
    return _PREPAID if accounts == {Account.PREPAID} else _RECEIPT


def _capitals(fen: int) -> str:
    words = _("RMB {amount}").format(amount=in_capitals(abs(fen)))
    return words if fen >= 0 else _("minus {amount}").format(amount=words)


def _void(payment: Payment) -> str:
    if payment.voided_at is None:
        return ""
    return _("{time} {person}: {reason}").format(
        time=f"{payment.voided_at:%Y-%m-%d %H:%M}",
        person=payment.voided_by,
        reason=payment.void_reason,
    )


# -- the lines


def _lines(payment: Payment) -> tuple["ReceiptLine", ...]:
    """Return the lines of the paper; months of one item that follow each other are one line."""
    bills: dict[int | None, Bill] = {
        line.bill_id: get_bill(line.bill_id) for line in payment.lines if line.bill_id is not None
    }
    lines = sorted(
        payment.lines,
        key=lambda line: (line.bill_id is None, line.words, str(line.from_on or "")),
    )
    groups: list[list[PaymentLine]] = []
    for line in lines:
        if groups and _goes_on(groups[-1][-1], line, bills):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(_line(group, bills, payment) for group in groups)


def _goes_on(before: PaymentLine, line: PaymentLine, bills: Mapping[int | None, Bill]) -> bool:
    """Tell whether two months may stand as one: same item and price, both paid whole."""
    one, other = bills.get(before.bill_id), bills.get(line.bill_id)
    if one is None or other is None:
        return False
    return (
        (one.fee_item_id, one.kind) == (other.fee_item_id, other.kind)
        and other.from_on == next_day(one.until_on)
        and _price(one) == _price(other)
        and _quantity(one) == _quantity(other)
        and before.amount_fen == one.amount_fen
        and line.amount_fen == other.amount_fen
        and "meter" not in one.working
    )


def _line(
    group: list[PaymentLine], bills: Mapping[int | None, Bill], payment: Payment
) -> "ReceiptLine":
    from propdesk.reports.parts.receipt_values import ReceiptLine

    first, paid = group[0], sum(line.amount_fen for line in group)
    bill = bills.get(first.bill_id)
    if bill is None:
        return ReceiptLine(first.words, paid)
    amount = sum(line.bill_fen for line in group)
    reduced = _waived([line.bill_id for line in group if line.bill_id is not None])
    is_late = bill.kind is BillKind.LATE_FEE
    remarks = [bill.note] if bill.note else []
    left = amount - reduced - paid
    if payment.kind is PaymentKind.RECEIPT and left > 0:
        remarks.append(_("part of {amount}").format(amount=money_words(amount - reduced)))
    return ReceiptLine(
        item=first.words,
        paid_fen=paid,
        from_on=first.from_on,
        until_on=group[-1].until_on,
        price=_price(bill),
        quantity=_quantity(bill),
        due_fen=None if is_late else amount,
        reduced_fen=reduced or None,
        late_fen=amount if is_late else None,
        remark=_("; ").join(remarks),
    )


def _waived(bill_ids: list[int]) -> int:
    found = rows(
        "SELECT coalesce(-sum(amount_fen), 0) FROM ledger_line WHERE account = 'bill' "
        "AND act IN ('waiver', 'waiver-undo') AND bill_id IN (SELECT value FROM json_each(?))",
        json.dumps(bill_ids),
    )
    return int(found[0][0])


def _parts(bill: Bill) -> list[Mapping[str, Any]]:
    return list(bill.working.get("parts", ()))


def _price(bill: Bill) -> str:
    prices = {part["price_e4"] for part in _parts(bill)}
    return price_words(prices.pop()) if len(prices) == 1 else ""


def _quantity(bill: Bill) -> str:
    """Return area, readings or usage; a shared cost says by what it is shared."""
    if "meter" in bill.working:
        meter = bill.working["meter"]
        first, last = quantity_words(meter["first_milli"]), quantity_words(meter["last_milli"])
        return f"{first}–{last}"
    areas = {part["area_dm2"] for part in _parts(bill) if "area_dm2" in part}
    if len(areas) == 1:
        return _("{area} m²").format(area=area_words(areas.pop()))
    amounts = {part.get("quantity_milli", 1000) for part in _parts(bill)} - {1000}
    if len(amounts) == 1:
        return quantity_words(amounts.pop())
    if "share" in bill.working:
        from propdesk.domain.fee_items import SHARE_LABELS, ShareBy

        return str(SHARE_LABELS[ShareBy(bill.working["share"]["by"])])
    return ""

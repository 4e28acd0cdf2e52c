"""Receipts on paper from the real books: what is printed, what counts as a print (issue 6.4)."""

import json
from datetime import date

import pypdf
import pytest

from propdesk import i18n
from propdesk.domain.deposits import DepositDraft
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_settings import ReceiptPaper
from propdesk.domain.payments import MeansPart, PaymentDraft, RefundDraft
from propdesk.domain.receipt_codes import read_receipt_digits
from propdesk.domain.staff import Role
from propdesk.domain.till import DepositKind, Means
from propdesk.services import staff, till
from propdesk.services.printing_receipts import find_scanned_receipt, print_receipt
from propdesk.services.queries.payments import get_payment
from propdesk.services.queries.units import get_unit
from propdesk.storage.charging import BillRecord, FeeItemRecord
from propdesk.storage.database import rows


@pytest.fixture
def months(world):
    """Write bills of whole months of 2026 at 2.80 a square metre: `months(1, 2)`."""
    item = FeeItemRecord.create(
        code="service", name="物业服务费", formula="area", income="service", charges="all",
        unit_kinds=[], line_months=1, billed_months=1, due_month=0, due_day=31, partial="whole",
        rounding="fen-half-up", position=1, is_active=True,
    )  # fmt: skip

    def write(*numbers):
        for month in numbers:
            first = date(2026, month, 1)
            working = {"parts": [{"price_e4": 28_000, "area_dm2": 9_640}]}
            BillRecord.create(
                unit=world.home.id, fee_item=item.id, kind="charge", from_on=first,
                until_on=date(2026, month, 31), due_on=first, amount_fen=26_992,
                entered_at=world.now.replace(tzinfo=None), staff=world.desk.id, working=working,
            )  # fmt: skip

    return write


@pytest.fixture
def printed(world, tmp_path):
    """Print a receipt and return its words without blanks."""

    def words(payment_id, by=None, **more):
        file = tmp_path / "receipt.pdf"
        print_receipt(payment_id, file, by=by or world.desk, now=world.now, **more)
        return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(file).pages)

    return words


def take(world, act, fen, means=Means.CASH, **more):
    draft = PaymentDraft(world.home.id, (MeansPart(means, fen),), **more)
    return till.take_payment(draft, **act())


def test_p4_the_paper_says_what_was_paid(world, act, months, printed):
    months(7, 10)
    payment = take(world, act, 53_984, tendered_fen=60_000)
    words = printed(payment.id)
    for wanted in (payment.number, "张伟丰", "2.80", "96.40", "539.84", "60.16", "前台",
                   "人民币伍佰叁拾玖元捌角肆分", "2026-07-01至2026-07-31", "首次打印",
                   "存根联", "客户联", "记账联", get_unit(world.home.id).long):  # fmt: skip
        assert "".join(wanted.split()) in words, wanted


def test_p4_months_that_follow_each_other_are_one_line(world, act, months, printed):
    months(7, 8, 10)
    words = printed(take(world, act, 3 * 26_992).id)
    assert "2026-07-01至2026-08-31" in words
    assert "2026-10-01至2026-10-31" in words
    months(12)
    part = printed(take(world, act, 10_000).id)
    assert "269.92的一部分" in part


def test_p4_a_look_is_no_print_and_the_second_print_is_marked(world, act, months, printed):
    months(7)
    payment = take(world, act, 26_992)
    assert "补打" not in printed(payment.id)
    assert "补打" not in printed(payment.id)
    till.note_print(payment.id, by=world.desk.id)
    assert "补打第1次" in printed(payment.id)
    till.note_print(payment.id, by=world.desk.id)
    assert "补打第2次" in printed(payment.id, paper=ReceiptPaper.SLIP)
    assert get_payment(payment.id).prints == 2


def test_p4_void_and_refund_say_so(world, act, months, printed):
    months(7)
    first = take(world, act, 26_992)
    back = till.refund_payment(first.id, RefundDraft("重复交费"), **act())
    words = printed(back.id)
    for wanted in (
        "退款收据",
        "冲红",
        first.number,
        "\u2212269.92",
        "负人民币贰佰陆拾玖元玖角贰分",
    ):
        assert "".join(wanted.split()) in words, wanted
    second = take(world, act, 26_992)
    other = staff.add_staff("钱晓云", by=world.desk.id, role=Role.CASHIER)
    till.void_payment(second.id, "开错房号", version=second.version, **act(other))
    words = printed(second.id)
    assert "作废收据" in words
    assert "开错房号" in words


def test_p4_deposits_and_prepayments_have_their_own_titles(world, act, printed):
    deposit = DepositDraft(DepositKind.DECORATION, 200_000)
    with i18n.speaking("en"):  # the screen's language is not the paper's
        words = printed(take(world, act, 200_000, deposits=(deposit,)).id)
    assert "装修押金2,000.00" in words.replace("–", "")
    assert "押金收据" in words
    words = printed(take(world, act, 10_000, overpay_to_prepaid=True).id)
    assert "预存款收据" in words
    assert "预存余额100.00" in words


def test_p4_the_bars_lead_back_to_the_receipt(world, act, printed, tmp_path, monkeypatch):
    payment = take(world, act, 10_000, overpay_to_prepaid=True)
    from propdesk.reports import receipts

    seen = []
    render = receipts.render_receipt
    monkeypatch.setattr(
        receipts,
        "render_receipt",
        lambda sheet, *a, **k: seen.append(sheet) or render(sheet, *a, **k),
    )
    printed(payment.id)
    code = read_receipt_digits(seen[0].code_digits)
    assert find_scanned_receipt(code) == payment.id
    with pytest.raises(RuleError) as refused:
        find_scanned_receipt(type(code)(code.year, code.sequence + 1, code.mark))
    assert refused.value.code == "receipt-unknown"


def test_l16_a_guard_prints_no_receipt(world, act, printed):
    from propdesk.services.queries.staff import find_department

    payment = take(world, act, 10_000, overpay_to_prepaid=True)
    guards = rows("SELECT name FROM department WHERE code = 'security'")[0][0]
    guard = staff.add_staff("秦保", by=world.desk.id, department_id=find_department(guards).id)
    with pytest.raises(RuleError, match="秦保"):
        printed(payment.id, by=guard)
    assert json.dumps(get_payment(payment.id).prints) == "0"

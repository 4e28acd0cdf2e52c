"""The close of a till on paper: what stands there is what plain SQL counts."""

import pypdf
import pytest

from propdesk.domain.money import money_words
from propdesk.domain.payments import MeansPart, PaymentDraft, RefundDraft
from propdesk.domain.staff import Role
from propdesk.domain.till import Means
from propdesk.services import staff, till, till_closes
from propdesk.services.printing_till_closes import print_till_close
from propdesk.storage.database import rows


@pytest.fixture
def closed(world, act):
    """A day with cash, WeChat, a void receipt, a refund and a difference of 1.00."""

    def take(*means):
        draft = PaymentDraft(
            world.home.id, tuple(MeansPart(*one) for one in means), overpay_to_prepaid=True
        )
        return till.take_payment(draft, **act())

    first = take((Means.CASH, 120_000))
    take((Means.CASH, 5_000), (Means.WECHAT, 7_000))
    wrong = take((Means.ALIPAY, 9_900))
    other = staff.add_staff("钱晓云", by=world.desk.id, role=Role.CASHIER)
    till.void_payment(wrong.id, "开错房号", version=wrong.version, **act(other))
    till.refund_payment(first.id, RefundDraft("重复交费"), **act())
    return till_closes.close_till(world.desk.id, 5_100, difference_reason="多收零钱", **act())


def test_p4_the_close_on_paper_balances(world, closed, tmp_path):
    file = tmp_path / "close.pdf"
    printed = print_till_close(closed.id, file, by=world.desk, now=world.now)
    pages = pypdf.PdfReader(file).pages
    assert printed.pages == len(pages) == 1
    words = "".join(pages[0].extract_text().split())
    found = rows(
        "SELECT sum(m.amount_fen) FROM payment_means m JOIN payment p ON p.id = m.payment_id "
        "WHERE p.close_id = ? AND p.voided_at IS NULL",
        closed.id,
    )
    assert found == [(12_000,)]
    for wanted in (closed.number, closed.count.first_number, closed.count.last_number, "1,250.00",
                   "1,200.00", "50.00", "70.00", money_words(found[0][0]), "51.00", "1.00",
                   "多收零钱", "作废", "冲红", "收款人签字", "复核签字", "财务签字",
                   closed.count.voided_numbers[0]):  # fmt: skip
        assert wanted in words, wanted
    for (number,) in rows("SELECT number FROM payment"):
        assert number in words

"""Receipts, letters, plans, runs and publications by number and bars (decision 27)."""

from datetime import date

import pytest

from propdesk.domain.bills import BillDraft
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_item_drafts import ItemDraft
from propdesk.domain.fee_items import Formula
from propdesk.domain.fee_letters import letter_digits, read_letter_digits
from propdesk.domain.fee_papers import FeePaperKind
from propdesk.domain.numbers import office_mark
from propdesk.domain.payment_plans import Part, PlanDraft
from propdesk.domain.payments import MeansPart, PaymentDraft
from propdesk.domain.receipt_codes import ReceiptCode, read_receipt_digits, receipt_digits
from propdesk.domain.till import Means
from propdesk.domain.units import UnitKind
from propdesk.services import bills, fee_items
from propdesk.services.payment_plans import record_plan
from propdesk.services.queries.desk import HitKind, search_desk
from propdesk.services.queries.fee_papers import find_fee_papers, find_scanned_fee
from propdesk.services.till import take_payment
from propdesk.storage.database import rows


@pytest.fixture
def papers(world):
    """A receipt and a promise of the home."""
    by, now = world.desk.id, world.now
    item = ItemDraft("WY", "物业服务费", Formula.AREA, unit_kinds=(UnitKind.HOME,))
    fee_items.add_item(item, by=by)
    owed = BillDraft(21_700, "按手工", date(2026, 9, 1), None, date(2026, 9, 15))
    bills.add_bill(world.home.id, "WY", owed, by=by, now=now)
    money = PaymentDraft(world.home.id, (MeansPart(Means.CASH, 10_000),), payer="张伟丰")
    receipt = take_payment(money, by=by, now=now)
    promise = PlanDraft((Part(date(2026, 12, 1), 11_700),), 11_700, "张伟丰")
    return receipt, record_plan(world.home.id, promise, by=by, now=now)


def receipt_bars(sequence, *, other=0):
    mark = office_mark(rows("SELECT uid FROM office")[0][0])
    return receipt_digits(ReceiptCode(2026, sequence, (mark + other - 1) % 9 + 1))


@pytest.mark.parametrize("typed", ["SJ-2026-000001", "sj2026000001", "ＳＪ-2026-1", "sj-2026"])
def test_r93_a_receipt_is_found_by_its_number_as_people_type_it(world, papers, typed):
    (found,) = find_fee_papers(typed)
    assert (found.kind, found.number, found.unit_id) == (
        FeePaperKind.RECEIPT, papers[0].number, world.home.id,
    )  # fmt: skip
    assert (found.where, found.words, found.amount_fen) == ("3-2-501", "张伟丰", 10_000)


def test_the_desk_search_finds_numbers_for_who_may_see_fees(world, papers):
    today = world.now.date()
    hits = search_desk(papers[1].number, today=today, with_fees=True)
    assert [(hit.kind, hit.where) for hit in hits] == [(HitKind.FEE, papers[1].number)]
    assert search_desk(papers[1].number, today=today) == ()
    for typed in ("张伟丰", "3-2-501", "1234", "138"):
        assert find_fee_papers(typed) == (), "names, houses and phones are no numbers"


def test_d27_bars_of_receipts_and_letters_are_never_taken_for_each_other(world, papers):
    bars = receipt_bars(1)
    assert find_scanned_fee(bars).number == papers[0].number
    assert [one.number for one in find_fee_papers(bars)] == [papers[0].number]
    assert read_letter_digits(bars) is None
    letter = letter_digits(34, date(2026, 11, 20))
    assert read_receipt_digits(letter) is None
    assert read_letter_digits(letter) == 34
    for wrong in (receipt_bars(1, other=1), receipt_bars(2), letter):
        with pytest.raises(RuleError) as refused:
            find_scanned_fee(wrong)
        assert refused.value.code == "scan-fee-unknown"
    with pytest.raises(RuleError) as refused:
        find_scanned_fee(bars[:-1] + str((int(bars[-1]) + 1) % 10))
    assert refused.value.code == "scan-misread"

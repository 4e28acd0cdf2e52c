"""The till on a real file: payments, receipts, voids, refunds (issue 6 part 4; law.md 1.6)."""

from datetime import date, timedelta

import pytest

from propdesk.domain.deposits import DepositDraft
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.ledger import Account
from propdesk.domain.payments import BillPart, MeansPart, PaymentDraft, RefundDraft
from propdesk.domain.staff import Role
from propdesk.domain.till import DepositKind, Means, PaymentKind
from propdesk.services import staff, till
from propdesk.services.queries.accounts import get_account, list_account_moves
from propdesk.services.queries.payments import find_payment, list_payments
from propdesk.storage.charging import BillRecord, FeeItemRecord
from propdesk.storage.database import rows

TODAY = date(2026, 11, 21)


@pytest.fixture
def bill(world):
    """Write a bill of the home: `bill(amount_fen, due_on)` returns its id."""
    item = FeeItemRecord.create(
        code="service", name="物业服务费", formula="area", income="service", charges="all",
        unit_kinds=[], line_months=1, billed_months=1, due_month=0, due_day=31, partial="whole",
        rounding="fen-half-up", position=1, is_active=True,
    )  # fmt: skip

    def write(amount_fen, due_on=date(2026, 1, 31), **more):
        record = BillRecord.create(
            unit=world.home.id, fee_item=item.id, kind=more.pop("kind", "charge"),
            from_on=due_on.replace(day=1), until_on=due_on, due_on=due_on, amount_fen=amount_fen,
            entered_at=world.now.replace(tzinfo=None), staff=world.desk.id, **more,
        )  # fmt: skip
        return record.id

    return write


@pytest.fixture
def pay(world, act):
    """Take a payment of the home: `pay(cash=1000)`, or with other means and more of the draft."""

    def take(cash=0, by=None, **more):
        means = more.pop("means", ())
        if cash:
            means = (MeansPart(Means.CASH, cash), *means)
        return till.take_payment(PaymentDraft(world.home.id, means, **more), **act(by))

    return take


def settled(*bills):
    found = dict(rows("SELECT id, settled_fen FROM bill"))
    return [found[one] for one in bills]


def sums():
    return dict(rows("SELECT account, sum(amount_fen) FROM ledger_line GROUP BY account"))


def written():
    return rows(
        "SELECT (SELECT count(*) FROM ledger_line), (SELECT count(*) FROM payment), "
        "(SELECT count(*) FROM deposit), (SELECT coalesce(sum(last), 0) FROM number_series)"
    )


def nothing_was_written(command):
    before = written()
    with pytest.raises(RuleError) as refused:
        command()
    assert written() == before
    return refused.value


def test_p4_cash_pays_a_bill_and_the_change_is_shown(world, bill, pay):
    one = bill(12_345)
    receipt = pay(12_345, tendered_fen=15_000)
    assert receipt.number == "SJ-2026-000001"
    assert receipt.change_fen == 2_655
    assert (receipt.total_fen, receipt.payer, receipt.by) == (12_345, "张伟丰", "前台")
    (line,) = receipt.lines
    assert (line.bill_id, line.amount_fen, line.bill_fen, line.words) == (
        one, 12_345, 12_345, "物业服务费",
    )  # fmt: skip
    assert settled(one) == [12_345]
    assert sums() == {"money": 12_345, "bill": -12_345}
    assert get_account(world.home.id, TODAY).open_fen == 0
    assert find_payment("sj-2026-000001") == receipt


def test_p4_several_means_at_once_pay_a_part_by_law(world, bill, pay):
    # 1,000.00 of 2025 and 1,000.00 of 2026 are open; 500.00 cash + 700.00 by WeChat pay all of
    # 2025 and 200.00 of 2026 (560: the one that fell due first).
    late, early = bill(100_000, date(2026, 1, 31)), bill(100_000, date(2025, 1, 31))
    receipt = pay(50_000, means=(MeansPart(Means.WECHAT, 70_000, "4200001"),))
    assert settled(early, late) == [100_000, 20_000]
    assert [(part.means, part.amount_fen) for part in receipt.means] == [
        (Means.WECHAT, 70_000), (Means.CASH, 50_000),
    ]  # fmt: skip
    account = get_account(world.home.id, TODAY)
    assert (account.open_bills, account.open_fen, account.overdue_fen) == (1, 80_000, 80_000)
    assert account.oldest_due_on == date(2026, 1, 31)


def test_l560_the_bills_that_the_payer_names_come_first(bill, pay):
    early, late = bill(10_000, date(2025, 1, 31)), bill(10_000, date(2026, 1, 31))
    pay(8_000, bills=(BillPart(late),))
    assert settled(early, late) == [0, 8_000]
    # What is more than the named bill goes by law.
    pay(5_000, bills=(BillPart(late, 1_000),))
    assert settled(early, late) == [4_000, 9_000]


def test_l561_costs_and_penalty_of_a_debt_are_paid_before_it(bill, pay):
    fee = bill(100_000)
    penalty = bill(5_000, date(2026, 6, 1), kind="late-fee", late_for=fee)
    costs = bill(2_000, date(2026, 6, 1), kind="other", late_for=fee)
    pay(10_000)
    assert settled(costs, penalty, fee) == [2_000, 5_000, 3_000]


def test_f46_more_than_the_debt_is_refused_unless_it_is_to_stand_as_prepaid(world, bill, pay):
    one = bill(10_000)
    refusal = nothing_was_written(lambda: pay(12_000))
    assert isinstance(refusal, DraftError)
    assert "100.00" in str(refusal)
    assert "20.00" in str(refusal)
    receipt = pay(12_000, overpay_to_prepaid=True)
    assert settled(one) == [10_000]
    assert receipt.prepaid_after_fen == 2_000
    assert get_account(world.home.id, TODAY).prepaid_fen == 2_000
    assert [(line.account, line.amount_fen) for line in receipt.lines] == [
        (Account.BILL, 10_000), (Account.PREPAID, 2_000),
    ]  # fmt: skip


def test_p4_the_prepaid_account_pays_along_and_never_falls_below_zero(world, bill, pay):
    pay(5_000, overpay_to_prepaid=True)
    one = bill(8_000)
    receipt = pay(3_000, use_prepaid_fen=5_000)
    assert settled(one) == [8_000]
    assert (receipt.total_fen, receipt.prepaid_used_fen, receipt.prepaid_after_fen) == (
        3_000, 5_000, 0,
    )  # fmt: skip
    assert [line.account for line in receipt.lines] == [Account.BILL]
    bill(8_000, date(2026, 2, 28))
    assert nothing_was_written(lambda: pay(use_prepaid_fen=1)).code == "prepaid-short"


@pytest.mark.parametrize(
    "draft",
    [
        {},
        {"cash": -5},
        {"cash": 100, "tendered_fen": 50},
        {"means": (MeansPart(Means.POS, 100),), "tendered_fen": 200},
        {"cash": 100, "means": (MeansPart(Means.CASH, 5),)},
        {"cash": 100, "use_prepaid_fen": -1},
        {"cash": 100, "deposits": (DepositDraft(DepositKind.KEY, 200),)},
        {"cash": 100, "deposits": (DepositDraft(DepositKind.KEY, 0),)},
        {"cash": 200_000_000_000},
        {"cash": 100, "note": "长" * 200_000},
    ],
)
def test_f46_amounts_that_are_none_are_refused_under_their_field(bill, pay, draft):
    bill(10_000)
    refusal = nothing_was_written(lambda: pay(**draft))
    assert isinstance(refusal, DraftError)
    assert all(problem.text for problem in refusal.problems)


def test_f46_a_bill_of_nothing_named_or_named_twice_is_refused(bill, pay):
    one = bill(10_000)
    for bills in ((BillPart(one, 0),), (BillPart(one), BillPart(one))):
        refusal = nothing_was_written(lambda bills=bills: pay(100, bills=bills))
        assert [problem.field for problem in refusal.problems] == ["bills"]


def test_a_colleague_was_quicker_and_the_second_payment_is_refused(bill, pay):
    one = bill(10_000)
    seen = BillPart(one, open_fen=10_000)
    pay(10_000, bills=(seen,))
    refusal = nothing_was_written(lambda: pay(10_000, bills=(seen,)))
    assert refusal.code == "bill-changed"
    assert "0.00" in str(refusal)
    two = bill(10_000, date(2026, 2, 28))
    pay(1_000, bills=(BillPart(two),))
    stale = BillPart(two, open_fen=10_000)
    assert nothing_was_written(lambda: pay(9_000, bills=(stale,))).code == "bill-changed"


def test_a_bill_of_another_house_is_refused(world, act, bill):
    one = bill(10_000)
    draft = PaymentDraft(world.villa.id, (MeansPart(Means.CASH, 100),), (BillPart(one),))
    assert nothing_was_written(lambda: till.take_payment(draft, **act())).code == "bill-unknown"


def test_the_same_bank_reference_is_taken_once(bill, pay):
    bill(10_000)
    pay(1_000, external="bank:77")
    refusal = nothing_was_written(lambda: pay(1_000, external="bank:77"))
    assert refusal.code == "payment-known"
    assert "SJ-2026-000001" in str(refusal)


def test_a_clock_set_back_at_new_year_writes_no_receipt_until_it_is_right(world, bill):
    bill(10_000)
    draft = PaymentDraft(world.home.id, (MeansPart(Means.CASH, 100),))
    eve = world.now.replace(year=2026, month=12, day=31, hour=23, minute=50)
    after = eve + timedelta(minutes=20)

    def take(now):
        return till.take_payment(draft, by=world.desk.id, now=now).number

    assert take(eve) == "SJ-2026-000001"
    assert take(after) == "SJ-2027-000001"
    refusal = nothing_was_written(lambda: take(eve))
    assert refusal.code == "receipt-clock-back"
    assert "2026-12-31" in str(refusal)
    assert "2027-01-01" in str(refusal)
    assert take(after - timedelta(minutes=5)) == "SJ-2027-000002"
    assert take(after + timedelta(days=1)) == "SJ-2027-000003"


def test_r15_a_void_receipt_keeps_its_number_and_opens_the_bill_again(world, bill, pay, act):
    one = bill(10_000)
    receipt = pay(4_000, by=world.cashier)
    void = till.void_payment(receipt.id, "收错房号", version=receipt.version, **act())
    assert (void.number, void.is_void, void.is_alone) == (receipt.number, True, False)
    assert void.void_reason == "收错房号"
    assert settled(one) == [0]
    assert set(sums().values()) == {0}
    assert pay(1_000).number == "SJ-2026-000002"
    again = nothing_was_written(
        lambda: till.void_payment(receipt.id, "又一次", version=void.version, **act())
    )
    assert again.code == "receipt-void"


def test_who_took_the_money_does_not_void_it_where_there_is_somebody_else(world, bill, pay, act):
    bill(10_000)
    alone, watched = pay(1_000, by=world.cashier), pay(1_000, by=world.cashier)

    def void(payment):
        return till.void_payment(payment.id, "收错", version=1, **act(world.cashier))

    # The only cashier may void his own; the receipt says that nobody looked on.
    assert void(alone).is_alone
    staff.add_staff("李经理", by=world.desk.id, role=Role.MANAGER)
    assert nothing_was_written(lambda: void(watched)).code == "void-own"


def test_r16_money_goes_back_by_a_contra_entry_with_the_managers_approval(world, bill, pay, act):
    one = bill(10_000)
    receipt = pay(means=(MeansPart(Means.WECHAT, 10_000),), by=world.cashier)
    manager = staff.add_staff("李经理", by=world.desk.id, role=Role.MANAGER)
    draft = RefundDraft("多收", Means.WECHAT, "退-1")

    def refund(by, **more):
        return till.refund_payment(receipt.id, draft, **act(by), **more)

    assert nothing_was_written(lambda: refund(world.cashier)).code == "refund-approval"
    assert (
        nothing_was_written(lambda: refund(world.cashier, approved_by=world.desk.id)).code
        == "refund-approval"
    )
    back = refund(world.cashier, approved_by=manager.id)
    assert (back.kind, back.refund_of, back.total_fen, back.approved_by) == (
        PaymentKind.REFUND, receipt.number, -10_000, "李经理",
    )  # fmt: skip
    assert back.number == "SJ-2026-000002"
    assert [(part.means, part.amount_fen, part.reference) for part in back.means] == [
        (Means.WECHAT, -10_000, "退-1"),
    ]  # fmt: skip
    assert settled(one) == [0]
    assert find_payment(receipt.number).refunds == (back.number,)
    assert nothing_was_written(lambda: refund(manager)).code == "refund-nothing"
    # A receipt of which money went back is not voided: that would give it back twice.
    void = nothing_was_written(
        lambda: till.void_payment(receipt.id, "错", version=receipt.version, **act())
    )
    assert void.code == "receipt-refunded"
    # Where the contra entry was the mistake, it is voided itself.
    till.void_payment(back.id, "退错", version=back.version, **act())
    assert settled(one) == [10_000]
    assert set(refund(manager).means) == set(back.means)


def test_a_refund_of_one_bill_leaves_the_other_paid(bill, pay, act):
    one, two = bill(6_000), bill(4_000, date(2026, 2, 28))
    pay(3_000, overpay_to_prepaid=True)
    pay(2_000, overpay_to_prepaid=True, bills=())
    assert settled(one, two) == [5_000, 0]
    receipt = pay(5_000)
    assert settled(one, two) == [6_000, 4_000]
    back = till.refund_payment(receipt.id, RefundDraft("重复收取", bills=(two,)), **act())
    assert (back.total_fen, settled(one, two)) == (-4_000, [6_000, 0])
    assert [line.amount_fen for line in back.lines] == [-4_000]
    rest = till.refund_payment(receipt.id, RefundDraft("其余"), **act())
    assert (rest.total_fen, settled(one, two)) == (-1_000, [5_000, 0])


def test_what_came_from_the_prepaid_account_goes_back_there(world, bill, pay, act):
    pay(5_000, overpay_to_prepaid=True)
    one = bill(8_000)
    receipt = pay(3_000, use_prepaid_fen=5_000)
    back = till.refund_payment(receipt.id, RefundDraft("误收"), **act())
    assert (back.total_fen, back.prepaid_used_fen, back.prepaid_after_fen) == (
        -3_000, -5_000, 5_000,
    )  # fmt: skip
    assert settled(one) == [0]
    assert get_account(world.home.id, TODAY).prepaid_fen == 5_000


def test_money_that_was_used_meanwhile_is_not_given_back_twice(world, bill, pay, act):
    paid_in = pay(5_000, overpay_to_prepaid=True, by=world.cashier)
    bill(5_000)
    pay(use_prepaid_fen=5_000)
    for again in (
        lambda: till.void_payment(paid_in.id, "错", version=1, **act()),
        lambda: till.refund_payment(paid_in.id, RefundDraft("退款"), **act()),
    ):
        assert nothing_was_written(again).code == "prepaid-short"


def test_f46_law_guards_and_workers_take_no_money(world, bill, act):
    bill(10_000)
    draft = PaymentDraft(world.home.id, (MeansPart(Means.CASH, 100),))
    security = rows("SELECT id FROM department WHERE code = 'security'")[0][0]
    guard = staff.add_staff("钱卫国", by=world.desk.id, role=Role.MANAGER, department_id=security)
    refusal = nothing_was_written(lambda: till.take_payment(draft, **act(guard)))
    assert refusal.code == "guards-no-fees"
    assert nothing_was_written(lambda: till.take_payment(draft, **act(world.worker))).code == (
        "not-allowed"
    )


def test_r15_receipts_are_listed_latest_first_and_prints_are_counted(world, bill, pay, act):
    bill(10_000)
    first, second = pay(1_000), pay(2_000, by=world.cashier)
    assert list_payments(unit_id=world.home.id) == (second, first)
    assert list_payments(staff_id=world.cashier.id) == (second,)
    assert list_payments(after=second.id) == (first,)
    assert list_payments(from_on=TODAY + timedelta(days=1)) == ()
    assert [till.note_print(first.id, by=world.desk.id).prints for _ in range(2)] == [1, 2]
    assert [move.amount_fen for move in list_account_moves(world.home.id)] == [2_000, 1_000]

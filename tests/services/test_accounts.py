"""Prepaid accounts, deposits and the close of a till on a real file (issue 6 part 4)."""

from datetime import date, timedelta

import pytest

from propdesk.domain.decorations import DecorationDraft
from propdesk.domain.deposits import DepositDraft, DepositReturn
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.payments import MeansPart, PaymentDraft, RefundDraft
from propdesk.domain.staff import Role
from propdesk.domain.till import DepositKind, Means
from propdesk.domain.unit_keys import KeyDraft, KeyKind
from propdesk.services import (
    decorations,
    deposits,
    prepaid,
    staff,
    till,
    till_closes,
    unit_keys,
)
from propdesk.services.parts.prepaid import settle_from_prepaid, unsettle_to_prepaid
from propdesk.services.parts.writing import writing
from propdesk.services.queries.accounts import get_account
from propdesk.services.queries.decorations import get_decoration
from propdesk.services.queries.deposits import deposit_warning, list_deposits
from propdesk.services.queries.ledger_checks import LEDGER_CHECKS, list_receipt_faults
from propdesk.services.queries.prepaid import get_refundable, prepaid_warning
from propdesk.services.queries.till_closes import (
    find_till_close,
    get_open_till,
    list_open_tills,
    list_till_closes,
)
from propdesk.storage.charging import BillRecord, FeeItemRecord
from propdesk.storage.database import database, rows
from propdesk.storage.office import SettingRecord

TODAY = date(2026, 11, 21)


@pytest.fixture
def bill(world):
    """Write a bill of a house for a period, due on its last day; returns the id."""
    item = FeeItemRecord.create(
        code="service", name="物业服务费", formula="area", income="service", charges="all",
        unit_kinds=[], line_months=1, billed_months=1, due_month=0, due_day=31, partial="whole",
        rounding="fen-half-up", position=1, is_active=True,
    )  # fmt: skip

    def write(amount_fen, from_on=date(2026, 10, 1), until_on=date(2026, 10, 31), unit=None):
        record = BillRecord.create(
            unit=(unit or world.home).id, fee_item=item.id, kind="charge", from_on=from_on,
            until_on=until_on, due_on=until_on, amount_fen=amount_fen,
            entered_at=world.now.replace(tzinfo=None), staff=world.desk.id,
        )  # fmt: skip
        return record.id

    return write


@pytest.fixture
def pay(world, act):
    """Take cash of the home."""

    def take(cash, by=None, means=Means.CASH, **more):
        part = (MeansPart(means, cash),)
        return till.take_payment(PaymentDraft(world.home.id, part, **more), **act(by))

    return take


def balance(world):
    return get_account(world.home.id, TODAY).prepaid_fen


def faults():
    return {name: found for name, _label, wrong in LEDGER_CHECKS if (found := wrong())}


def test_p2_a_run_settles_its_bills_from_the_prepaid_accounts_and_takes_it_back(world, bill, pay):
    pay(10_000, overpay_to_prepaid=True)
    first, second = bill(6_000), bill(6_000, date(2026, 11, 1), date(2026, 11, 30))
    other = bill(6_000, unit=world.villa)
    who = {"staff_id": world.desk.id, "now": world.now}
    with writing():
        assert settle_from_prepaid([second, first, other], on_day=TODAY, **who) == 10_000
    # The older bill wholly, the younger as far as it reaches; the villa has no account.
    assert dict(rows("SELECT id, settled_fen FROM bill")) == {first: 6_000, second: 4_000, other: 0}
    assert balance(world) == 0
    with writing():
        back = unsettle_to_prepaid([first, second, other], on_day=TODAY, reason="整批撤销", **who)
    assert (back, balance(world)) == (10_000, 10_000)
    assert set(dict(rows("SELECT id, settled_fen FROM bill")).values()) == {0}
    with writing():
        assert unsettle_to_prepaid([first, second], on_day=TODAY, reason="再撤", **who) == 0
    assert not faults()


def test_p2_the_account_pays_what_is_due_only_and_the_use_is_taken_back(world, bill, pay, act):
    pay(10_000, overpay_to_prepaid=True)
    due = bill(3_000)
    bill(3_000, date(2026, 12, 1), date(2026, 12, 31))
    assert prepaid.use_prepaid(world.home.id, **act()) == 3_000
    with pytest.raises(RuleError) as refused:
        prepaid.use_prepaid(world.home.id, **act())
    assert refused.value.code == "prepaid-nothing"
    assert prepaid.undo_prepaid_use(world.home.id, [due], "业主要求单独付", **act()) == 3_000
    assert balance(world) == 10_000
    with pytest.raises(RuleError) as refused:
        prepaid.undo_prepaid_use(world.home.id, [due], "再来", **act())
    assert refused.value.code == "prepaid-not-used"


def test_interpretation_3_what_is_refundable_on_a_day(world, bill, pay):
    # Paid on 21 November: 360.00 for 2027 (30.00 a month) and 50.00 ahead.
    year = bill(36_000, date(2027, 1, 1), date(2027, 12, 31))
    pay(41_000, overpay_to_prepaid=True)
    before = get_refundable(world.home.id, date(2026, 11, 20))
    assert before.total_fen == 0
    assert get_refundable(world.home.id, TODAY).total_fen == 41_000
    # Until 31 March 2027 three months are served: 270.00 and the 50.00.
    spring = get_refundable(world.home.id, date(2027, 3, 31))
    assert [one.bill_id for one in spring.bills] == [year]
    assert (spring.balance_fen, spring.bills_fen) == (5_000, 27_000)
    assert get_refundable(world.home.id, date(2027, 12, 31)).total_fen == 5_000


def test_place_more_than_twelve_months_ahead_is_warned_of(world, bill, pay):
    assert prepaid_warning(world.home.id, 99_999_999, TODAY) == ""
    # October cost 31.00 for 31 days, 365.00 a year.
    bill(3_100)
    pay(3_100)
    assert prepaid_warning(world.home.id, 36_500, TODAY) == ""
    assert "365.00" in prepaid_warning(world.home.id, 36_501, TODAY)
    pay(36_500, overpay_to_prepaid=True)
    assert prepaid_warning(world.home.id, 0, TODAY) == ""
    assert "365.01" in prepaid_warning(world.home.id, 1, TODAY)


def test_interpretation_3_the_balance_goes_back_with_the_managers_approval(world, pay, act):
    pay(10_000, overpay_to_prepaid=True)
    manager = staff.add_staff("李经理", by=world.desk.id, role=Role.MANAGER)
    draft = RefundDraft("合同终止", Means.TRANSFER, "回单 8")

    def back(fen, by=world.cashier, **more):
        who = {"payee": "张伟丰", **act(by)} | more
        return prepaid.refund_prepaid(world.home.id, fen, draft, **who)

    for fen, more, code in (
        (4_000, {}, "refund-approval"),
        (0, {"approved_by": manager.id}, "draft-incomplete"),
        (4_000, {"approved_by": manager.id, "payee": " "}, "draft-incomplete"),
        (10_001, {"approved_by": manager.id}, "prepaid-short"),
    ):
        with pytest.raises(RuleError) as refused:
            back(fen, **more)
        assert refused.value.code == code
    receipt = back(4_000, approved_by=manager.id)
    assert (receipt.total_fen, receipt.approved_by, receipt.prepaid_after_fen) == (
        -4_000, "李经理", 6_000,
    )  # fmt: skip
    assert balance(world) == 6_000
    assert not faults()


def test_p2_a_deposit_is_held_given_back_in_part_and_kept_with_a_reason(world, pay, act):
    receipt = pay(200_000, deposits=(DepositDraft(DepositKind.OTHER, 200_000, "场地押金"),))
    (line,) = receipt.lines
    assert (line.words, line.amount_fen) == ("场地押金", 200_000)
    (deposit,) = get_account(world.home.id, TODAY).deposits
    assert (deposit.taken_fen, deposit.balance_fen, deposit.words) == (200_000, 200_000, "场地押金")

    def give_back(deposit, **more):
        draft = DepositReturn(**more)
        return deposits.return_deposit(deposit.id, draft, version=deposit.version, **act())

    for more in (
        {},
        {"back_fen": -1},
        {"back_fen": 200_001},
        {"back_fen": 150_000, "kept_fen": 50_001, "kept_reason": "赔"},
        {"kept_fen": 1},
    ):
        with pytest.raises(DraftError):
            give_back(deposit, **more)
    half, number = give_back(deposit, back_fen=150_000)
    assert (half.balance_fen, number) == (50_000, "SJ-2026-000002")
    with pytest.raises(RuleError) as stale:
        give_back(deposit, back_fen=1)
    assert stale.value.code == "changed-meanwhile"
    rest, number = give_back(half, kept_fen=50_000, kept_reason="玻璃破损,已签认")
    assert (rest.balance_fen, rest.taken_fen, number) == (0, 200_000, "")
    assert dict(rows("SELECT account, sum(amount_fen) FROM ledger_line GROUP BY 1")) == {
        "money": 50_000, "deposit": 0, "income": -50_000,
    }  # fmt: skip
    assert list_deposits(held_only=True) == ()
    assert not faults()


@pytest.fixture
def works(world, act):
    """Give a decoration of the home."""
    draft = DecorationDraft(applicant="张伟丰", scope="厨房改造", company="顺达装饰")
    return decorations.apply_decoration(world.home.id, draft, **act())


def test_r101_a_decoration_shows_the_deposit_of_the_till_and_its_receipt(world, works, pay, act):
    draft = DepositDraft(DepositKind.DECORATION, 200_000, decoration_id=works.id)
    receipt = pay(200_000, deposits=(draft,))
    file = get_decoration(works.id)
    assert (file.deposit_fen, file.deposit_note) == (200_000, receipt.number)
    assert file.holds_deposit
    (deposit,) = list_deposits(decoration_id=works.id)
    assert deposit.back_due_on is None
    # Thirty days after the works ended it is due back (law.md 1.6).
    ended = decorations.cancel_decoration(works.id, reason="不装了", **act())
    (deposit,) = list_deposits(decoration_id=works.id)
    assert deposit.back_due_on == date(2026, 12, 21)
    assert not list_deposits(due_by=date(2026, 12, 20))
    assert list_deposits(due_by=date(2026, 12, 21)) == (deposit,)
    assert deposit.is_due(date(2026, 12, 21))
    back = DepositReturn(180_000, 20_000, "垃圾未清运")
    deposits.return_deposit(deposit.id, back, version=deposit.version, **act())
    file = get_decoration(ended.id)
    assert (file.deposit_returned_fen, file.deposit_returned_on) == (180_000, TODAY)
    assert file.deduction_reason == "垃圾未清运"
    assert not file.holds_deposit
    assert not list_deposits(due_by=date(2027, 12, 31))


def test_r101_a_voided_receipt_takes_the_deposit_off_the_decoration(world, works, pay, act):
    draft = DepositDraft(DepositKind.DECORATION, 200_000, decoration_id=works.id)
    receipt = pay(200_000, by=world.cashier, deposits=(draft,))
    till.void_payment(receipt.id, "录错", version=1, **act())
    assert get_decoration(works.id).deposit_fen == 0
    assert [one.taken_fen for one in list_deposits(decoration_id=works.id)] == [0]


def test_r83_a_key_shows_its_deposit_and_one_of_another_house_is_refused(world, pay, act):
    key = unit_keys.give_key(world.home.id, KeyDraft(KeyKind.DOOR_CARD, 1, "张先生"), **act())
    strange = unit_keys.give_key(world.villa.id, KeyDraft(KeyKind.DOOR_CARD, 1, "王"), **act())
    pay(5_000, deposits=(DepositDraft(DepositKind.KEY, 5_000, unit_key_id=key.id),))
    assert rows("SELECT deposit_fen FROM unit_key WHERE id = ?", key.id) == [(5_000,)]
    with pytest.raises(RuleError) as refused:
        pay(5_000, deposits=(DepositDraft(DepositKind.KEY, 5_000, unit_key_id=strange.id),))
    assert refused.value.code == "deposit-elsewhere"


def test_place_a_deposit_is_warned_of_where_the_place_forbids_or_limits_it(world):
    assert deposit_warning(DepositKind.DECORATION, 200_000, TODAY) == ""
    for place, amount, words in (("日照", 200_001, "2000"), ("聊城", 1, "聊城")):
        SettingRecord.insert(key="fees.place", value=place).on_conflict_replace().execute()
        assert words in deposit_warning(DepositKind.DECORATION, amount, TODAY)
        assert deposit_warning(DepositKind.KEY, amount, TODAY) == ""


def test_r15_the_close_of_a_till_sums_by_means_and_freezes_its_receipts(world, bill, pay, act):
    bill(100_000)
    paid = pay(30_000, by=world.cashier)
    wechat = pay(20_000, by=world.cashier, means=Means.WECHAT)
    void = pay(1_000, by=world.cashier)
    till.void_payment(void.id, "收错", version=1, **act())
    pay(5_000)
    till.refund_payment(paid.id, RefundDraft("多收"), **act(world.cashier))
    assert list_open_tills() == ((world.desk.id, "前台", 1), (world.cashier.id, "赵敏", 4))
    count = get_open_till(world.cashier.id)
    assert [(one.means, one.received_fen, one.returned_fen) for one in count.sums] == [
        (Means.CASH, 30_000, 30_000), (Means.WECHAT, 20_000, 0),
    ]  # fmt: skip
    assert (count.cash_fen, count.total_fen, count.receipts, count.voided) == (0, 20_000, 4, 1)

    def close(counted, by=world.desk, **more):
        return till_closes.close_till(world.cashier.id, counted, **act(by), **more)

    with pytest.raises(DraftError) as refused:
        close(50)
    assert "0.50" in str(refused.value)
    with pytest.raises(DraftError):
        close(-1, difference_reason="找零")
    closed = close(50, difference_reason="找零多出")
    assert (closed.number, closed.difference_fen, closed.checked_by) == ("RJ-2026-0001", 50, "前台")
    assert (closed.count.first_number, closed.count.last_number) == (
        "SJ-2026-000001", "SJ-2026-000005",
    )  # fmt: skip
    assert closed.count == count
    assert find_till_close("rj-2026-0001") == closed
    assert list_till_closes(staff_id=world.cashier.id, on_day=TODAY) == (closed,)
    assert list_till_closes(staff_id=world.desk.id) == ()
    with pytest.raises(RuleError) as frozen:
        till.void_payment(wechat.id, "晚了", version=wechat.version, **act())
    assert frozen.value.code == "receipt-closed"
    assert "RJ-2026-0001" in str(frozen.value)
    with pytest.raises(RuleError) as empty:
        close(0)
    assert empty.value.code == "till-empty"
    # After the close money goes back by a contra entry, which stands in the till of who pays it.
    till.refund_payment(wechat.id, RefundDraft("重复"), **act(world.desk))
    assert get_open_till(world.cashier.id).receipts == 0
    assert get_open_till(world.desk.id).cash_fen == 5_000 - 20_000
    assert not faults()


def test_r15_the_till_of_somebody_who_left_is_closed_all_the_same(world, bill, pay, act):
    bill(10_000)
    pay(1_000, by=world.cashier)
    database.execute_sql("UPDATE staff SET active = 0 WHERE id = ?", (world.cashier.id,))
    assert till_closes.close_till(world.cashier.id, 1_000, **act()).cashier == "赵敏"


@pytest.mark.parametrize(
    ("damage", "name"),
    [
        ("DROP TRIGGER ledger_line_no_update; UPDATE ledger_line SET amount_fen = 7", "ledger"),
        ("UPDATE bill SET settled_fen = settled_fen - 1", "settled"),
        ("UPDATE payment_means SET amount_fen = amount_fen + 1", "receipts"),
        ("UPDATE payment SET sequence = 9 WHERE sequence = 2", "receipt-numbers"),
        ("UPDATE number_series SET last = last + 1 WHERE kind = 'receipt-SJ'", "receipt-numbers"),
        ("UPDATE payment SET entered_at = '2026-11-20T09:00:00' WHERE sequence = 2",
         "receipt-order"),
        ("UPDATE payment SET close_id = NULL", "till-closes"),
    ],
)  # fmt: skip
def test_r15_the_check_finds_what_is_wrong_in_the_books(world, bill, pay, act, damage, name):
    bill(10_000)
    pay(1_000)
    pay(1_000)
    till_closes.close_till(world.desk.id, 2_000, **act())
    assert not faults()
    assert not list_receipt_faults()
    for statement in damage.split("; "):
        database.execute_sql(statement)
    assert name in faults()
    assert bool(list_receipt_faults()) == (name != "settled")


def test_r15_nothing_is_removed_from_the_books(world, bill, pay):
    bill(10_000)
    pay(1_000)
    for statement in ("DELETE FROM payment", "DELETE FROM ledger_line",
                      "UPDATE ledger_line SET amount_fen = 1"):  # fmt: skip
        with pytest.raises(Exception, match=r"removed|append-only"):
            database.execute_sql(statement)
    assert get_account(world.home.id, TODAY + timedelta(days=1)).open_fen == 9_000

"""Single bills, bills of paid work, shared costs: on a real file, sums by hand in the comments."""

from datetime import date

import pytest

from propdesk.domain.bill_runs import RunOrder
from propdesk.domain.bills import BillDraft, BillKind
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.fee_items import ShareBy
from propdesk.domain.ledger import Account, Act, LedgerLine
from propdesk.domain.prices import AgreedBy, Agreement, ChargeKind, ChargeLine
from propdesk.domain.shared_costs import SharedCostDraft
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services.bill_runs import post_run, undo_run
from propdesk.services.bills import add_bill, bill_ticket, void_bill
from propdesk.services.charges import charge_ticket
from propdesk.services.parts.ledger import post
from propdesk.services.queries.bills import explain, list_bills, list_ticket_bills
from propdesk.services.shared_costs import enter_shared_cost, void_shared_cost
from propdesk.services.tickets import (
    complete_ticket,
    dispatch_ticket,
    register_ticket,
    reply_ticket,
    void_ticket,
)
from propdesk.storage.charging import FeeItemRecord
from propdesk.storage.database import database, rows
from propdesk.storage.persons import ResidencyRecord
from propdesk.storage.units import UnitRecord

NOVEMBER = RunOrder(date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture(autouse=True)
def owned_for_long(world):
    """The owner of the first house has had it as long as is known."""
    ResidencyRecord.update(from_on=None).execute()


@pytest.fixture
def item(world):
    """Make an item of fees."""

    def make(code, formula="one-off", income="service", charges="chosen"):
        return FeeItemRecord.create(
            code=code, name=code, formula=formula, income=income, charges=charges, unit_kinds=[],
            meter_kind="", line_months=1, billed_months=1, due_month=0, due_day=31,
            partial="by-day", rounding="fen-half-up", position=1, is_active=True,
        )  # fmt: skip

    return make


def pay(world, bill, fen):
    with database.atomic():
        post(
            Act.PAYMENT,
            [LedgerLine(Account.MONEY, fen), LedgerLine(Account.BILL, -fen, bill_id=bill.id)],
            unit_id=bill.unit_id, on_day=date(2026, 11, 21), staff_id=world.desk.id, now=world.now,
        )  # fmt: skip


# Written by hand.


def test_a_bill_by_hand_names_the_owner_and_is_due_today(world, item, act):
    item("card")
    bill = add_bill(world.home.id, "card", BillDraft(2000, "补办门禁卡 1 张"), **act())
    assert (bill.kind, bill.amount_fen, bill.debtor) == (BillKind.OTHER, 2000, "张伟丰")
    assert bill.from_on == bill.until_on == bill.due_on == date(2026, 11, 21)
    assert bill.is_open


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (BillDraft(0, "门禁卡"), ["amount"]),
        (BillDraft(-100, "门禁卡"), ["amount"]),
        (BillDraft(10**12, "门禁卡"), ["amount"]),
        (BillDraft(100, " \u200b"), ["note"]),
        (BillDraft(100, "卡", date(2026, 3, 2), date(2026, 3, 1)), ["until_on"]),
        (BillDraft(100, "卡", due_on=date(9026, 3, 1)), ["due_on"]),
    ],
)
def test_f46_a_bill_that_cannot_be_is_refused_under_its_field(world, item, act, draft, fields):
    item("card")
    with pytest.raises(DraftError) as refused:
        add_bill(world.home.id, "card", draft, **act())
    assert [problem.field for problem in refused.value.problems] == fields
    assert list_bills(world.home.id) == []


def test_a_bill_is_voided_with_a_reason_and_stays_in_the_books(world, item, act):
    item("card")
    bill = add_bill(world.home.id, "card", BillDraft(2000, "门禁卡"), **act())
    with pytest.raises(DraftError):
        void_bill(bill.id, "", **act())
    gone = void_bill(bill.id, "登记错房号", **act())
    assert (gone.void_reason, gone.open_fen, gone.is_open) == ("登记错房号", 0, False)
    assert list_bills(world.home.id, open_only=True) == []
    assert len(list_bills(world.home.id)) == 1
    with pytest.raises(RuleError) as refused:
        void_bill(bill.id, "再作废", **act())
    assert refused.value.code == "bill-voided"


def test_a_bill_that_is_paid_in_part_is_not_voided(world, item, act):
    item("card")
    bill = add_bill(world.home.id, "card", BillDraft(2000, "门禁卡"), **act())
    pay(world, bill, 500)
    with pytest.raises(RuleError) as refused:
        void_bill(bill.id, "登记错房号", **act())
    assert refused.value.code == "bill-paid"
    assert "5.00" in str(refused.value)
    with pytest.raises(RuleError) as refused:
        void_bill(999, "没有", **act())
    assert refused.value.code == "bill-unknown"


# Paid work.


@pytest.fixture
def repaired(world, item, act):
    """A repair in the first house that is done and costs 80 yuan, and its paid-work item."""
    item("paid-work", income="paid-work")
    draft = TicketDraft(Kind.REPAIR, "厨房下水堵塞", unit_id=world.home.id)
    ticket = register_ticket(draft, **act())
    dispatch_ticket(ticket.id, department_id=world.engineering, **act())
    lines = (ChargeLine(ChargeKind.LABOUR, "疏通下水", 1000, 8000, unit="次"),)
    charge_ticket(ticket.id, lines, agreed=Agreement(10000, "张先生", AgreedBy.PHONE), **act())
    return complete_ticket(ticket.id, text="已疏通", **act())


def close(ticket, act):
    reply_ticket(ticket.id, text="已告知住户", **act())


def test_r97_paid_work_becomes_one_bill_when_the_ticket_closes(world, repaired, act):
    assert list_ticket_bills(repaired.id) == []
    close(repaired, act)
    (bill,) = list_ticket_bills(repaired.id)
    assert (bill.kind, bill.amount_fen, bill.unit_id) == (BillKind.PAID_WORK, 8000, world.home.id)
    assert (bill.ticket, bill.debtor) == (repaired.number, "张伟丰")
    assert "疏通下水" in explain(bill.id).words[0]


def test_r97_work_may_be_billed_before_the_closing_and_is_billed_once(repaired, act):
    first = bill_ticket(repaired.id, **act())
    assert bill_ticket(repaired.id, **act()).id == first.id
    close(repaired, act)
    assert [bill.id for bill in list_ticket_bills(repaired.id)] == [first.id]


def test_r97_a_charge_that_changes_before_payment_is_billed_anew(repaired, act):
    first = bill_ticket(repaired.id, **act())
    dearer = (ChargeLine(ChargeKind.LABOUR, "疏通下水", 1000, 9500, unit="次"),)
    charge_ticket(repaired.id, dearer, **act())
    old, new = list_ticket_bills(repaired.id)
    assert (old.id, old.voided_at is not None) == (first.id, True)
    assert (new.amount_fen, new.voided_at) == (9500, None)
    charge_ticket(repaired.id, (), **act())
    assert all(bill.voided_at for bill in list_ticket_bills(repaired.id))


def test_r97_a_charge_of_which_something_was_paid_stays(world, repaired, act):
    pay(world, bill_ticket(repaired.id, **act()), 3000)
    dearer = (ChargeLine(ChargeKind.LABOUR, "疏通下水", 1000, 9500, unit="次"),)
    for work in (
        lambda: charge_ticket(repaired.id, dearer, **act()),
        lambda: void_ticket(repaired.id, reason="重复登记", **act()),
    ):
        with pytest.raises(RuleError):
            work()
    assert rows("SELECT sum(amount_fen) FROM charge_line") == [(8000,)]


def test_an_office_without_an_item_of_paid_work_closes_its_tickets_as_before(world, repaired, act):
    FeeItemRecord.update(is_active=False).execute()
    close(repaired, act)
    assert list_ticket_bills(repaired.id) == []
    with pytest.raises(RuleError) as refused:
        bill_ticket(repaired.id, **act())
    assert refused.value.code == "nothing-to-bill"


# Shared costs.


@pytest.fixture
def areas(world):
    """89.56 m² and 200 m²: together 289.56 m²."""
    UnitRecord.update(area_dm2=8956).where(UnitRecord.id == world.home.id).execute()
    UnitRecord.update(area_dm2=20000).where(UnitRecord.id == world.villa.id).execute()


COST = SharedCostDraft(NOVEMBER.from_on, NOVEMBER.until_on, 100001, document="电费 2026-11 0031")


def test_r98_a_cost_is_shared_by_area_to_the_fen_civil_code_283(world, item, areas, act):
    # 1000.01 x 89.56/289.56 = 309.298..., so 309.30; the rest 690.71; together 1000.01.
    item("share", "shared", "collected", "all")
    enter_shared_cost("share", COST, **act())
    run = post_run(NOVEMBER, **act()).run
    amounts = {bill.unit_id: bill for bill in [*list_bills(1), *list_bills(2)]}
    assert (amounts[world.home.id].amount_fen, amounts[world.villa.id].amount_fen) == (30930, 69071)
    assert run.total_fen == 100001
    said = explain(amounts[world.home.id].id)
    assert said.document == "电费 2026-11 0031"
    assert all(word in said.words[0] for word in ("1,000.01", "89.56", "289.56", "309.30"))


def test_r98_a_cost_shared_by_household_gives_the_odd_fen_to_the_first(world, item, act):
    item("share", "shared", "collected", "all")
    cost = SharedCostDraft(NOVEMBER.from_on, NOVEMBER.until_on, 100001, share_by=ShareBy.HOUSEHOLDS)
    enter_shared_cost("share", cost, **act())
    post_run(NOVEMBER, **act())
    assert [bill.amount_fen for bill in [*list_bills(1), *list_bills(2)]] == [50001, 50000]


def test_a_house_without_area_keeps_the_cost_from_being_shared(world, item, areas, act):
    UnitRecord.update(area_dm2=None).where(UnitRecord.id == world.villa.id).execute()
    item("share", "shared", "collected", "all")
    enter_shared_cost("share", COST, **act())
    result = post_run(NOVEMBER, **act())
    assert [(one.unit, one.code) for one in result.preview.problems] == [
        (world.villa.short, "area-missing")
    ]
    assert result.run is None


def test_a_building_is_billed_its_part_of_what_the_whole_community_shares(world, item, areas, act):
    item("share", "shared", "collected", "all")
    enter_shared_cost("share", COST, **act())
    (building_id,) = rows(
        "SELECT e.building_id FROM unit u JOIN entrance e ON e.id = u.entrance_id WHERE u.id = ?",
        world.home.id,
    )[0]
    order = RunOrder(NOVEMBER.from_on, NOVEMBER.until_on, building_id=building_id)
    assert post_run(order, **act()).run.total_fen == 30930
    assert post_run(NOVEMBER, **act()).run.total_fen == 69071


def test_a_cost_that_was_billed_is_voided_after_its_run_only(world, item, areas, act):
    item("share", "shared", "collected", "all")
    cost = enter_shared_cost("share", COST, **act())
    with pytest.raises(RuleError) as refused:
        enter_shared_cost("share", COST, **act())
    assert refused.value.code == "cost-exists"
    run = post_run(NOVEMBER, **act()).run
    with pytest.raises(RuleError) as refused:
        void_shared_cost(cost.id, **act())
    assert refused.value.code == "cost-billed"
    undo_run(run.id, "金额有误", **act())
    assert void_shared_cost(cost.id, **act()).voided_at is not None
    assert post_run(NOVEMBER, **act()).run is None


def test_f46_a_cost_that_cannot_be_is_refused(world, item, act):
    item("share", "shared", "collected", "all")
    item("card")
    for total, usage in ((0, None), (-1, None), (10**12, None), (100, -1)):
        cost = SharedCostDraft(NOVEMBER.from_on, NOVEMBER.until_on, total, usage_milli=usage)
        with pytest.raises(DraftError):
            enter_shared_cost("share", cost, **act())
    with pytest.raises(RuleError) as refused:
        enter_shared_cost("card", COST, **act())
    assert refused.value.code == "item-not-shared"

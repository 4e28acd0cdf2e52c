"""The settlement of a move by the house's figures; each sum is worked by hand beside it."""

from datetime import date

import pytest

from propdesk.domain.bill_runs import RunOrder
from propdesk.domain.bills import BillDraft
from propdesk.domain.deposits import DepositDraft, DepositReturn
from propdesk.domain.fee_item_drafts import ItemDraft
from propdesk.domain.fee_items import Formula, Partial
from propdesk.domain.leave_reasons import LeaveReason
from propdesk.domain.meter_readings import ReadingDraft
from propdesk.domain.meters import MeterDraft, MeterKind
from propdesk.domain.moves import Meter, MoveDraft, MoveKind
from propdesk.domain.payments import BillPart, MeansPart, PaymentDraft
from propdesk.domain.settlements import (
    SettlementLine,
    is_settled,
    refill_settlement,
    sum_settlement,
)
from propdesk.domain.staff import Role
from propdesk.domain.tariff_drafts import TariffDraft
from propdesk.domain.till import DepositKind, Means
from propdesk.domain.units import UnitKind
from propdesk.services import bills, fee_items, meter_readings, meters, moves, staff, tariffs
from propdesk.services.bill_runs import post_run
from propdesk.services.deposits import return_deposit
from propdesk.services.queries.bills import list_bills
from propdesk.services.queries.deposits import list_deposits
from propdesk.services.queries.moves import list_staying
from propdesk.services.queries.settlements import propose_settlement
from propdesk.services.till import take_payment
from propdesk.services.waivers import waive_bill
from propdesk.storage.persons import ResidencyRecord

TODAY = date(2026, 11, 21)


@pytest.fixture
def billed(world):
    """A fee of 300.00 a month, billed September to November; 80.40 of water, 10.40 waived."""
    boss = staff.add_staff("罗刚", role=Role.MANAGER, by=world.desk.id)
    by, now, homes = boss.id, world.now, (UnitKind.HOME,)
    ResidencyRecord.update(from_on=None).execute()
    fee = fee_items.add_item(
        ItemDraft("WY", "物业服务费", Formula.FIXED, unit_kinds=homes, partial=Partial.BY_DAY),
        by=by,
    )
    fee_items.add_item(ItemDraft("SF", "水费", Formula.FIXED, unit_kinds=homes), by=by)
    tariffs.add_tariff(TariffDraft(fee.item.id, 3_000_000, date(2026, 9, 1)), by=by, now=now)
    post_run(RunOrder(date(2026, 9, 1), date(2026, 11, 30), items=("WY",)), by=by, now=now)
    october = date(2026, 10, 1), date(2026, 10, 31)
    water = BillDraft(8_040, "按手工", *october, october[1])
    written = bills.add_bill(world.home.id, "SF", water, by=by, now=now)
    waive_bill(written.id, 1_040, "漏水，照顾", by=by, now=now)
    return list_bills(world.home.id, open_only=True)


@pytest.fixture
def pay(world):
    def take(fen, **more):
        draft = PaymentDraft(world.home.id, (MeansPart(Means.CASH, fen),), **more)
        return take_payment(draft, by=world.desk.id, now=world.now)

    return take


def settlement(world, day=TODAY, since=TODAY):
    return propose_settlement(world.home.id, day, since)


def test_r83_the_settlement_has_the_sums_of_bills_prepaid_and_deposits(world, billed, pay):
    pay(30_000, bills=(BillPart(billed[0].id, 30_000),))
    pay(50_000, deposits=(DepositDraft(DepositKind.DECORATION, 50_000, "装修押金"),))
    found = settlement(world)
    # Three months of 300.00 are due, one was paid this very day. Water: 80.40 less 10.40 waived.
    assert set(found.lines) == {
        SettlementLine("物业服务费", 90_000, 30_000, 0, date(2026, 11, 30)),
        SettlementLine("水费", 7_000, 0, 0, date(2026, 10, 31)),
        SettlementLine("装修押金", 0, 0, 50_000),
    }
    # 900.00 - 300.00 + 70.00 - 500.00 that goes back = 170.00 to pay.
    assert sum_settlement(found.lines).balance_fen == 17_000
    assert found.has_open_bills
    assert not is_settled(found.lines)
    # November has 30 days, 9 of them after the 21st: 300.00 x 9 / 30 = 90.00.
    assert found.later_fen == 9_000
    typed = (SettlementLine("垃圾清运", 2_000), SettlementLine("水费", 1))
    assert refill_settlement(typed, found.lines) == (*found.lines, typed[0])


def test_r83_what_was_paid_long_before_is_only_the_last_bill_of_each_item(world, billed, pay):
    pay(97_000)
    later = settlement(world, date(2026, 11, 25), date(2026, 11, 25))
    assert {(one.item, one.due_fen, one.paid_fen) for one in later.lines} == {
        ("物业服务费", 30_000, 30_000),
        ("水费", 7_000, 7_000),
    }
    assert is_settled(later.lines)
    assert not later.has_open_bills
    # Paid at the move: 3 x 300.00 + 70.00 stand there as due and as paid.
    sums = sum_settlement(settlement(world).lines)
    assert (sums.due_fen, sums.paid_fen) == (97_000, 97_000)


def test_r83_a_move_pays_nothing_and_the_house_is_settled_by_its_figures(world, billed, pay):
    pay(20_000, deposits=(DepositDraft(DepositKind.KEY, 20_000, "钥匙押金"),))
    owner = list_staying(world.home.id, TODAY)[0]
    found = settlement(world)
    draft = MoveDraft(
        MoveKind.MOVE_OUT, TODAY, leaving=(owner.residency_id,), reason=LeaveReason.MOVED_AWAY,
        settlement=found.lines, open_reason="下周付清",
    )  # fmt: skip
    move = moves.record_move(world.home.id, draft, by=world.desk.id, now=world.now)
    assert move.is_open
    assert move.settlement == settlement(world).lines, "nothing is paid by a move"
    pay(97_000)
    (deposit,) = list_deposits(unit_id=world.home.id, held_only=True)
    return_deposit(
        deposit.id, DepositReturn(20_000), version=deposit.version, by=world.desk.id, now=world.now
    )
    after = settlement(world, move.on_day)
    # 900.00 + 70.00 were due at the move and are paid; the deposit went back.
    assert sum_settlement(after.lines).paid_fen == 97_000
    assert is_settled(after.lines)


def test_r83_what_a_run_would_still_add_and_the_readings_of_the_day_are_said(world, billed, act):
    hanging = MeterDraft(MeterKind.WATER, date(2026, 1, 1), "W-501", first_milli=100_000)
    meter = meters.add_meter(hanging, unit_id=world.home.id, **act())
    drafts = [ReadingDraft(meter.id, TODAY, 120_500)]
    meter_readings.enter_readings(drafts, **act())
    assert settlement(world).meters == {Meter.WATER: "120.5"}
    assert settlement(world, date(2026, 11, 20)).meters == {}
    # Billed up to 2026-11-30; 15 of 31 days of December: 300.00 x 15 / 31 = 145.16 (145.161).
    december = settlement(world, date(2026, 12, 15))
    assert december.unbilled == (("物业服务费", 14_516),)
    assert "145.16" in december.notes(date(2026, 12, 15))[0]


def test_r83_bills_of_an_owner_who_left_before_are_in_no_line(world, billed):
    former = ResidencyRecord.get(ResidencyRecord.unit == world.home.id)
    former.to_on = date(2026, 11, 1)
    former.save()
    found = settlement(world)
    assert found.lines == ()
    # 3 x 300.00 and 80.40 - 10.40 of water.
    assert found.others_fen == 97_000

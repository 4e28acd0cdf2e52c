"""Bill runs on a real file: sums by hand in the comments, what stands is never billed twice."""

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest

from propdesk.domain.bill_runs import RunOrder, read_period
from propdesk.domain.errors import Cancelled, DraftError, RuleError
from propdesk.domain.ledger import Account, Act, LedgerLine
from propdesk.domain.meters import MeterDraft, MeterKind
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.services import bill_runs, bills, meters, residents, units
from propdesk.services.bill_runs import Seen, post_run, preview_run, undo_run
from propdesk.services.parts.ledger import post, prepaid_balance
from propdesk.services.queries.bill_runs import find_run, list_runs
from propdesk.services.queries.bills import get_bill, list_bills
from propdesk.services.queries.meters import get_meter
from propdesk.storage.charging import FeeItemRecord, TariffRecord, UnitFeeRecord
from propdesk.storage.database import database, rows
from propdesk.storage.meters import MeterReadingRecord, MeterRecord
from propdesk.storage.persons import ResidencyRecord
from propdesk.storage.units import UnitRecord

NOVEMBER = RunOrder(date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture(autouse=True)
def owned_for_long(world):
    """The owner of the first house has had it as long as is known."""
    ResidencyRecord.update(from_on=None).execute()


@pytest.fixture
def item(world):
    """Make an item of fees; by area and month unless said otherwise."""

    def make(code, **said):
        usual = {
            "name": code, "formula": "area", "income": "service", "charges": "all",
            "unit_kinds": [], "meter_kind": "", "line_months": 1, "billed_months": 1,
            "due_month": 0, "due_day": 31, "partial": "by-day", "rounding": "fen-half-up",
            "position": FeeItemRecord.select().count() + 1, "is_active": True,
        }  # fmt: skip
        return FeeItemRecord.create(code=code, **{**usual, **said})

    return make


@pytest.fixture
def price(world):
    """Give an item a price in ten-thousandths of a yuan."""

    def make(item, price_e4, from_on=date(2020, 1, 1), **said):
        return TariffRecord.create(
            fee_item=item.id, price_e4=price_e4, from_on=from_on, late_clause="",
            entered_at=datetime(2026, 1, 1), staff=world.desk.id, **said,
        )  # fmt: skip

    return make


@pytest.fixture
def wy(world, item, price):
    """The service fee at 2.35 yuan for a m² and month; both houses have their areas."""
    UnitRecord.update(area_dm2=8956).where(UnitRecord.id == world.home.id).execute()
    UnitRecord.update(area_dm2=20000).where(UnitRecord.id == world.villa.id).execute()
    made = item("wy")
    price(made, 23500)
    return made


@pytest.fixture
def run(world, act):
    """Post a run, by default of November."""

    def go(order=NOVEMBER, **how):
        return post_run(order, **{**act(), **how})

    return go


@pytest.fixture
def prepay(world):
    """Put money on the prepaid account of a house."""

    def put(unit_id, fen):
        with database.atomic():
            post(
                Act.PAYMENT,
                [LedgerLine(Account.MONEY, fen), LedgerLine(Account.PREPAID, -fen)],
                unit_id=unit_id,
                on_day=date(2026, 11, 1),
                staff_id=world.desk.id,
                now=world.now,
            )

    return put


def spans(unit_id):
    return [
        (str(one.from_on), str(one.until_on), one.amount_fen, one.debtor)
        for one in list_bills(unit_id)
        if one.voided_at is None
    ]


def owner_from(world, unit_id, name, from_on):
    draft = PersonDraft(name, ResidentRole.OWNER, from_on=from_on)
    return residents.add_resident(unit_id, draft, by=world.desk.id, now=world.now)


def test_a_month_is_billed_by_area_and_explains_itself(world, wy, run):
    result = run()
    # 89.56 m² x 2.35 yuan = 210.466, so 210.47; 200 m² x 2.35 = 470.00.
    assert spans(world.home.id) == [("2026-11-01", "2026-11-30", 21047, "张伟丰")]
    assert spans(world.villa.id) == [("2026-11-01", "2026-11-30", 47000, "")]
    assert (result.run.bills, result.run.total_fen, result.run.number) == (2, 68047, "ZD-2026-0001")
    (bill,) = list_bills(world.home.id)
    assert bill.working["parts"][0]["area_dm2"] == 8956
    assert (str(bill.due_on), bill.run, bill.open_fen) == ("2026-11-30", "ZD-2026-0001", 21047)
    assert result.preview.without_debtor == 1


def test_the_same_run_twice_adds_nothing(world, wy, run):
    run()
    again = run()
    assert again.run is None
    assert again.preview.unchanged == 2
    assert len(list_runs()) == 1
    assert rows("SELECT count(*) FROM bill") == [(2,)]


def test_the_data_file_itself_refuses_a_second_bill_of_the_same_month(world, wy, run):
    run()
    with pytest.raises(Exception, match="UNIQUE"):
        database.execute_sql(
            "INSERT INTO bill SELECT 99, unit_id, fee_item_id, kind, from_on, until_on, due_on, "
            "amount_fen, settled_fen, person_id, payer_id, tariff_id, meter_id, shared_cost_id, "
            "run_id, ticket_id, late_for_id, import_id, external, working, note, entered_at, "
            "staff_id, voided_at, voided_staff_id, void_reason FROM bill LIMIT 1"
        )


def test_a_house_that_came_later_is_billed_by_the_next_run_alone(world, wy, run, act):
    run(RunOrder(NOVEMBER.from_on, NOVEMBER.until_on, building_id=_building(world.home.id)))
    assert spans(world.villa.id) == []
    second = run()
    assert (second.run.bills, second.preview.unchanged) == (1, 1)
    assert find_run("zd-2026-0002").building == ""


def _building(unit_id):
    return rows(
        "SELECT e.building_id FROM unit u JOIN entrance e ON e.id = u.entrance_id WHERE u.id = ?",
        unit_id,
    )[0][0]


def test_a_preview_writes_nothing_and_says_what_the_run_then_writes(world, wy, act, run):
    preview = preview_run(NOVEMBER, **act())
    assert rows("SELECT count(*) FROM bill") == [(0,)]
    assert [(total.item.code, total.bills, total.total_fen) for total in preview.totals] == [
        ("wy", 2, 68047)
    ]
    assert run(seen=Seen(2, 68047)).run.total_fen == preview.total_fen


def test_a_run_is_refused_when_something_changed_since_its_preview(world, wy, run):
    with pytest.raises(RuleError) as refused:
        run(seen=Seen(2, 68000))
    assert refused.value.code == "run-changed"
    assert rows("SELECT count(*) FROM bill") == [(0,)]


def test_civil_code_945_a_transfer_splits_the_month_between_seller_and_buyer(world, wy, run):
    # The house is the buyer's from 15 November: 14 days of 30 are the seller's, 16 the buyer's.
    # 210.466 x 14/30 = 98.2175 -> 98.22; 210.466 x 16/30 = 112.2485 -> 112.25; sum 210.47.
    ResidencyRecord.update(to_on=date(2026, 11, 15)).execute()
    owner_from(world, world.home.id, "李晓梅", date(2026, 11, 15))
    run()
    assert spans(world.home.id) == [
        ("2026-11-01", "2026-11-14", 9822, "张伟丰"),
        ("2026-11-15", "2026-11-30", 11225, "李晓梅"),
    ]


def test_a_price_that_changes_in_the_month_splits_it(world, item, price, run):
    # 100 m²: 10 days of 30 at 2.00 = 66.67 (66.666...), 20 days at 2.30 = 153.33 (153.333...).
    UnitRecord.update(area_dm2=10000).execute()
    wy = item("wy")
    price(wy, 20000, until_on=date(2026, 11, 10))
    price(wy, 23000, from_on=date(2026, 11, 11))
    run()
    assert [one[:3] for one in spans(world.home.id)] == [
        ("2026-11-01", "2026-11-10", 6667),
        ("2026-11-11", "2026-11-30", 15333),
    ]


def test_f46_the_twenty_ninth_of_february_is_one_day_of_29(world, wy, run):
    # Sold on 29 February 2028: 28 days of 29 are the seller's. 210.466 x 28/29 = 203.2085 ->
    # 203.21; the last day 210.466 / 29 = 7.2574 -> 7.26; together 210.47.
    ResidencyRecord.update(to_on=date(2028, 2, 29)).execute()
    owner_from(world, world.home.id, "李晓梅", date(2028, 2, 29))
    run(RunOrder(date(2028, 2, 1), date(2028, 2, 29)))
    assert spans(world.home.id) == [
        ("2028-02-01", "2028-02-28", 20321, "张伟丰"),
        ("2028-02-29", "2028-02-29", 726, "李晓梅"),
    ]


def test_joint_owners_civil_code_307_the_first_in_the_register_is_named(world, wy, run):
    owner_from(world, world.home.id, "李晓梅", None)
    run()
    assert [one[3] for one in spans(world.home.id)] == ["张伟丰"]
    ResidencyRecord.update(to_on=date(2026, 12, 1)).where(ResidencyRecord.id == 1).execute()
    run(RunOrder(date(2026, 12, 1), date(2026, 12, 31)))
    assert [one[3] for one in spans(world.home.id)] == ["张伟丰", "李晓梅"]


def test_a_quarter_is_billed_in_months_with_one_day_of_payment(world, wy, item, run):
    FeeItemRecord.update(billed_months=3, due_month=1, due_day=31).execute()
    run(RunOrder(*read_period("2026-10")))
    # The quarter begins in October; it is due on the 31st of November: its last day, the 30th.
    assert [(one[0], one[2]) for one in spans(world.home.id)] == [
        ("2026-10-01", 21047),
        ("2026-11-01", 21047),
        ("2026-12-01", 21047),
    ]
    assert {str(one.due_on) for one in list_bills(world.home.id)} == {"2026-11-30"}
    # In November nothing is left of it, and no month before the period is billed unasked.
    assert run().preview.unchanged == 4
    first = run(RunOrder(*read_period("2027-02")))
    assert {str(one.line.from_on) for one in first.preview.bills} == {"2027-02-01", "2027-03-01"}


def test_an_item_by_quarters_may_be_one_line(world, wy, run):
    # Three whole months: 89.56 x 2.35 x 3 = 631.398 -> 631.40.
    FeeItemRecord.update(billed_months=3, line_months=3).execute()
    run(RunOrder(*read_period("2026-11", quarter=True)))
    assert spans(world.home.id) == [("2026-10-01", "2026-12-31", 63140, "张伟丰")]


def test_houses_that_lack_something_are_named_and_the_others_billed(world, wy, item, run):
    UnitRecord.update(area_dm2=None).where(UnitRecord.id == world.villa.id).execute()
    item("lift", formula="fixed")
    result = run()
    assert [(one.unit, one.code) for one in result.preview.problems] == [
        (world.villa.short, "area-missing"),
        ("", "price-missing"),
    ]
    assert world.villa.short in result.preview.problems[0].text
    assert result.run.bills == 1


def test_a_house_without_price_is_named_where_others_have_one(world, item, price, run):
    UnitRecord.update(area_dm2=10000).execute()
    wy = item("wy")
    price(wy, 20000, building=_building(world.home.id))
    result = run()
    assert [(one.unit, one.code) for one in result.preview.problems] == [
        (world.villa.short, "price-missing")
    ]


def test_a_bill_that_differs_from_the_last_one_stands_out(world, wy, price, run):
    run()
    TariffRecord.update(until_on=date(2026, 11, 30)).execute()
    price(wy, 47000, from_on=date(2026, 12, 1))
    preview = run(RunOrder(date(2026, 12, 1), date(2026, 12, 31))).preview
    # 2.35 became 4.70: twice as much, 100 percent more than the last bill.
    assert {(one.unit, one.last_fen, one.change) for one in preview.outliers} == {
        (world.home.short, 21047, Fraction(21046, 21047)),
        (world.villa.short, 47000, 1),
    }


def test_what_was_billed_otherwise_stands_and_is_told(world, wy, run):
    run()
    UnitRecord.update(area_dm2=9000).where(UnitRecord.id == world.home.id).execute()
    again = run()
    (one,) = again.preview.otherwise
    # 90.00 x 2.35 = 211.50 it would be.
    assert (one.unit, one.billed_fen, one.line.amount_fen) == (world.home.short, 21047, 21150)
    assert again.run is None
    assert spans(world.home.id)[0][2] == 21047


def test_a_sale_that_is_heard_of_late_bills_no_day_twice(world, wy, run, act):
    run()
    ResidencyRecord.update(to_on=date(2026, 11, 15)).execute()
    owner_from(world, world.home.id, "李晓梅", date(2026, 11, 15))
    assert len(run().preview.otherwise) == 2
    bills.void_bill(list_bills(world.home.id)[0].id, "11 月 15 日过户", **act())
    run()
    assert [one[2:] for one in spans(world.home.id)] == [(9822, "张伟丰"), (11225, "李晓梅")]


def test_a_run_is_undone_as_a_whole_and_may_be_run_again(world, wy, run, act):
    first = run().run
    undone = undo_run(first.id, "面积有误", **act())
    assert (undone.undone_reason, undone.undone_by) == ("面积有误", world.desk.name)
    assert spans(world.home.id) == []
    assert get_bill(1).void_reason == "ZD-2026-0001: 面积有误"
    assert run().run.number == "ZD-2026-0002"
    with pytest.raises(RuleError) as refused:
        undo_run(first.id, "再来", **act())
    assert refused.value.code == "run-undone"


def test_a_run_of_which_one_bill_was_paid_is_not_undone(world, wy, run, act):
    first = run().run
    with database.atomic():
        post(
            Act.PAYMENT,
            [LedgerLine(Account.MONEY, 100), LedgerLine(Account.BILL, -100, bill_id=1)],
            unit_id=world.home.id, on_day=date(2026, 11, 21), staff_id=world.desk.id,
            now=world.now,
        )  # fmt: skip
    with pytest.raises(RuleError) as refused:
        undo_run(first.id, "面积有误", **act())
    assert refused.value.code == "run-paid"
    assert world.home.short in str(refused.value)
    assert len(spans(world.villa.id)) == 1


def test_a_run_is_undone_with_a_reason_only(world, wy, run, act):
    first = run().run
    with pytest.raises(DraftError):
        undo_run(first.id, " ", **act())


def test_prepaid_money_settles_the_oldest_first_and_goes_back_with_the_run(
    world, wy, run, act, prepay
):
    run(RunOrder(date(2026, 10, 1), date(2026, 10, 31)))
    prepay(world.home.id, 30000)
    result = run().run
    # 300.00 prepaid: October's 210.47 whole, of November's the other 89.53.
    assert result.prepaid_fen == 30000
    assert [one.settled_fen for one in list_bills(world.home.id)] == [21047, 8953]
    assert prepaid_balance(world.home.id) == 0
    undo_run(result.id, "价格有误", **act())
    # October's bill is another run's: it stays settled; November's part goes back.
    assert prepaid_balance(world.home.id) == 8953
    assert rows("SELECT sum(amount_fen) FROM ledger_line") == [(0,)]


def test_water_is_billed_by_the_readings_of_the_period(world, item, price, run):
    # 12345 on 25 October, 12357.5 on 25 November: 12.5 m³ x 3.80 = 47.50 yuan.
    water = item("water", formula="meter", meter_kind="water", due_month=1, due_day=15)
    price(water, 38000)
    meter = _meter(world, world.home.id)
    _reading(world, meter, date(2026, 10, 25), 12_345_000)
    preview = run().preview
    assert [one.code for one in preview.problems] == ["reading-missing"]
    _reading(world, meter, date(2026, 11, 25), 12_357_500)
    run()
    (bill,) = list_bills(world.home.id)
    assert (str(bill.from_on), str(bill.until_on), bill.amount_fen) == (
        "2026-10-26", "2026-11-25", 4750,
    )  # fmt: skip
    assert str(bill.due_on) == "2026-12-15"
    assert run().preview.unchanged == 1


def test_the_steps_of_a_month_count_over_a_change_of_the_meter(world, item, price, run):
    # Read on the last day of October and of November: 2 m³ by the old meter to the 10th, 28 by the
    # new one; of 30 are 20 in the first step: 2 x 3.50 = 7.00, 18 x 3.50 + 10 x 5.00 = 113.00.
    steps = {"base": "month", "steps": [[20_000, 35_000], [None, 50_000]]}
    price(item("water", formula="meter", meter_kind="water"), 35_000, tiers=steps)
    old = _meter(world, world.home.id)
    _reading(world, old, date(2026, 10, 31), 500_000)
    changed = meters.exchange_meter(
        old.id,
        MeterDraft(MeterKind.WATER, date(2026, 11, 10), "W-2"),
        last_milli=502_000,
        version=get_meter(old.id).version,
        by=world.desk.id,
        now=world.now,
    )
    _reading(world, changed, date(2026, 11, 30), 28_000)
    run()
    found = {(str(bill.from_on), bill.amount_fen) for bill in list_bills(world.home.id)}
    assert found == {("2026-11-01", 700), ("2026-11-11", 11_300)}


def _meter(world, unit_id):
    return MeterRecord.create(
        kind="water", unit=unit_id, number="W-1", digits=5, multiplier_milli=1000,
        installed_on=date(2020, 1, 1), first_milli=0,
    )  # fmt: skip


def _reading(world, meter, on_day, value):
    MeterReadingRecord.create(
        meter=meter.id, on_day=on_day, value_milli=value, kind="read",
        entered_at=datetime(2026, 11, 1), staff=world.desk.id,
    )  # fmt: skip


def test_what_was_prepaid_or_brought_in_for_a_month_is_not_billed_again(world, wy, run):
    database.execute_sql(
        "INSERT INTO bill (unit_id, fee_item_id, kind, from_on, until_on, due_on, amount_fen, "
        "settled_fen, external, working, note, entered_at, staff_id, void_reason) "
        "VALUES (?, ?, 'opening', '2026-01-01', '2026-12-31', '2026-12-31', 252564, 0, 'old-1', "
        "'{}', '', '2026-11-01T00:00:00', 1, '')",
        (world.home.id, wy.id),
    )
    result = run()
    assert len(result.preview.otherwise) == 1
    assert [one.unit_id for one in result.preview.bills] == [world.villa.id]


def test_who_agreed_to_pay_stands_beside_who_owes_regulations_41(world, wy, run):
    tenant = owner_from(world, world.villa.id, "王租客", None)
    UnitFeeRecord.create(
        unit=world.home.id, fee_item=wy.id, kind="payer", from_on=date(2026, 1, 1),
        quantity_milli=1000, payer=rows("SELECT id FROM person WHERE name = '王租客'")[0][0],
        entered_at=datetime(2026, 1, 1), staff=world.desk.id,
    )  # fmt: skip
    assert tenant is not None
    run()
    (bill,) = list_bills(world.home.id)
    assert (bill.debtor, bill.payer) == ("张伟丰", "王租客")


def test_a_cancelled_run_leaves_nothing(world, wy, act):
    calls = iter([False, False, True])
    with pytest.raises(Cancelled):
        post_run(NOVEMBER, cancelled=lambda: next(calls, True), **act())
    assert rows("SELECT count(*) FROM bill") == [(0,)]
    assert rows("SELECT count(*) FROM number_series WHERE kind = 'bill-run'") == [(0,)]


def test_a_run_that_dies_after_its_bills_were_written_leaves_nothing(world, wy, act, monkeypatch):
    def die(*_given, **_named):
        message = "the power failed"
        raise OSError(message)

    monkeypatch.setattr(bill_runs, "settle_from_prepaid", die)
    with pytest.raises(OSError, match="power"):
        post_run(NOVEMBER, **act())
    assert rows("SELECT (SELECT count(*) FROM bill), (SELECT count(*) FROM bill_run)") == [(0, 0)]


@pytest.mark.parametrize(
    ("from_on", "until_on", "code"),
    [
        (date(2026, 11, 30), date(2026, 11, 1), "draft-incomplete"),
        (date(1026, 11, 1), date(1026, 11, 30), "draft-incomplete"),
        (date(2026, 1, 1), date(2027, 1, 31), "run-too-long"),
    ],
)
def test_f46_a_period_that_is_none_is_refused(world, wy, run, from_on, until_on, code):
    with pytest.raises(RuleError) as refused:
        run(RunOrder(from_on, until_on))
    assert refused.value.code == code


def test_f46_an_absurd_sum_is_a_problem_of_its_house_alone(world, wy, run):
    TariffRecord.update(price_e4=10_000_000_000).execute()
    UnitRecord.update(area_dm2=10_000_000).where(UnitRecord.id == world.home.id).execute()
    result = run()
    assert [(one.unit, one.code) for one in result.preview.problems] == [
        (world.home.short, "charge-too-large")
    ]
    assert result.run.bills == 1


def test_an_office_without_items_or_with_an_unknown_one_is_told(world, run):
    with pytest.raises(RuleError) as refused:
        run()
    assert refused.value.code == "no-items"
    with pytest.raises(RuleError):
        run(RunOrder(NOVEMBER.from_on, NOVEMBER.until_on, items=("gas",)))


def test_a_guard_never_bills_regulations_on_security_services_30(world, wy, run):
    from propdesk.domain.staff import Role
    from propdesk.services import staff
    from propdesk.services.queries.staff import find_department

    guard = staff.add_staff(
        "孙保安", by=world.desk.id, department_id=find_department("安管部").id, role=Role.CASHIER
    )
    for work in (post_run, preview_run):
        with pytest.raises(RuleError) as refused:
            work(NOVEMBER, by=guard.id, now=world.now)
        assert refused.value.code == "guards-no-fees"


def test_read_period_understands_months_and_quarters():
    assert read_period("2026-11") == (date(2026, 11, 1), date(2026, 11, 30))
    assert read_period("2024年2月") == (date(2024, 2, 1), date(2024, 2, 29))
    assert read_period("2026-Q4") == (date(2026, 10, 1), date(2026, 12, 31))
    assert read_period("2026年第四季度") == (date(2026, 10, 1), date(2026, 12, 31))
    assert read_period("2026-11", quarter=True) == (date(2026, 10, 1), date(2026, 12, 31))
    with pytest.raises(RuleError):
        read_period("2026-13")


def test_the_clock_set_back_at_midnight_of_new_year_gives_numbers_of_their_own_year(world, wy, run):
    late = datetime(2026, 12, 31, 23, 59, tzinfo=world.now.tzinfo)
    first = run(RunOrder(*read_period("2026-12")), now=late + timedelta(minutes=2)).run
    second = run(now=late).run
    assert (first.number, second.number) == ("ZD-2027-0001", "ZD-2026-0001")
    assert units  # the register is untouched

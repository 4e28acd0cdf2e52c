"""What a clerk sees before a run and of a bill after it; sums by hand in the comments."""

from datetime import date, datetime

import openpyxl
import pypdf
import pytest

from propdesk.domain.bill_runs import RunOrder, cycle_months, period_words, proposed_period
from propdesk.domain.dunning import Relation, Result, Stage, Way
from propdesk.domain.dunning_acts import ActDraft
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_item_drafts import ItemDraft
from propdesk.domain.fee_items import Charges, Formula, Income, ShareBy, UnitFeeKind
from propdesk.domain.meters import MeterDraft, MeterKind
from propdesk.domain.payments import BillPart, MeansPart, PaymentDraft
from propdesk.domain.shared_costs import SharedCostDraft
from propdesk.domain.tariff_drafts import TariffDraft
from propdesk.domain.till import Means
from propdesk.domain.unit_fees import UnitFeeDraft
from propdesk.domain.units import Address
from propdesk.i18n import set_language
from propdesk.services import fee_items, meters, tariffs, till, unit_fees, units
from propdesk.services.bill_runs import Seen, post_run, preview_run, undo_run
from propdesk.services.dunning_acts import note_act
from propdesk.services.exporting_bill_runs import export_run_preview
from propdesk.services.printing_bills import print_bill
from propdesk.services.queries.bill_events import list_bill_events
from propdesk.services.queries.bill_runs import last_run
from propdesk.services.queries.bills import explain, get_bill, list_bills
from propdesk.services.queries.fee_items import list_items
from propdesk.services.queries.shared_costs import list_shares, preview_shares
from propdesk.services.shared_costs import enter_shared_cost
from propdesk.storage.meters import MeterReadingRecord
from propdesk.storage.persons import ResidencyRecord
from propdesk.storage.units import UnitRecord

OCTOBER = RunOrder(date(2026, 10, 1), date(2026, 10, 31))
NOVEMBER = RunOrder(date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture(autouse=True)
def owned_for_long(world):
    ResidencyRecord.update(from_on=None).execute()
    set_language("en")


@pytest.fixture
def item(world):
    def make(code, formula=Formula.AREA, **said):
        draft = ItemDraft(code, code, formula, Income.SERVICE, **{"charges": Charges.ALL, **said})
        return fee_items.add_item(draft, by=world.desk.id).item

    return make


@pytest.fixture
def wy(world, item, act):
    """2.00 yuan for a m² until October, 4.00 from November; 100 and 200 m²."""
    for unit, area in ((world.home, 10_000), (world.villa, 20_000)):
        UnitRecord.update(area_dm2=area).where(UnitRecord.id == unit.id).execute()
    made = item("wy")
    tariffs.add_tariff(TariffDraft(made.id, 20_000, date(2020, 1, 1)), **act())
    dearer = TariffDraft(made.id, 40_000, date(2026, 11, 1), closes_open=True)
    tariffs.add_tariff(dearer, **act())
    return made


def test_r96_a_preview_says_what_is_new_gone_and_prepaid_and_the_run_does_so(
    world, wy, act, tmp_path
):
    post_run(OCTOBER, **act())
    later = units.add_unit(Address("3", "2", "502"), community="云澜花园", by=world.desk.id)
    UnitRecord.update(area_dm2=5_000).where(UnitRecord.id == later.id).execute()
    bare = units.add_unit(Address("3", "2", "503"), community="云澜花园", by=world.desk.id)
    exempt = UnitFeeDraft(wy.id, UnitFeeKind.EXEMPT, date(2026, 11, 1), reason="抵扣")
    unit_fees.add_unit_fee(world.villa.id, exempt, **act())
    ahead = PaymentDraft(world.home.id, (MeansPart(Means.CASH, 25_000),), overpay_to_prepaid=True)
    till.take_payment(ahead, **act())  # 200.00 settle October, 50.00 stand prepaid
    preview = preview_run(NOVEMBER, **act())
    # 100 m² x 4.00 and 50 m² x 4.00; the villa was billed 200 m² x 2.00 in October.
    assert [(one.unit, one.line.amount_fen, one.change_words) for one in preview.outliers] == [
        ("3-2-501", 40_000, "+100%")
    ]
    assert [(one.unit, one.line.amount_fen) for one in preview.new] == [("3-2-502", 20_000)]
    assert [(one.unit_id, one.last_fen) for one in preview.gone] == [(world.villa.id, 40_000)]
    assert [(one.unit_id, one.code) for one in preview.problems] == [(bare.id, "area-missing")]
    assert [(one.units, one.total_fen, one.by_item[wy.id]) for one in preview.places] == [
        (2, 60_000, 60_000)
    ]
    assert (preview.prepaid_fen, preview.prepaid_units) == (5_000, 1)

    file = tmp_path / "run.xlsx"
    export_run_preview(preview, file, by=world.desk.id)
    book = openpyxl.load_workbook(file)
    assert len(book.sheetnames) == 5
    lines = [[cell.value for cell in row] for sheet in book for row in sheet]
    for wanted in (["3-2-501", "wy", 200, 400, "+100%"], ["3-2-502", "wy", None, 200, "New"]):
        assert wanted in lines
    with pytest.raises(RuleError):
        export_run_preview(preview, file, by=world.worker.id)

    seen = Seen(len(preview.bills), preview.total_fen)
    run = post_run(NOVEMBER, seen=seen, **act()).run
    assert run.prepaid_fen == preview.prepaid_fen
    again = preview_run(NOVEMBER, **act())
    assert (again.bills, again.unchanged, again.prepaid_fen) == ((), 2, 0)


def test_the_period_after_the_last_run_is_proposed(world, wy, act):
    today = world.now.date()  # 21 November 2026
    assert cycle_months(list_items()) == 1
    assert period_words(*proposed_period(last_run(), 1, today)) == "2026-11"
    run = post_run(NOVEMBER, **act()).run
    assert period_words(*proposed_period(last_run(["wy"]), 1, today)) == "2026-12"
    post_run(RunOrder(date(2026, 12, 1), date(2026, 12, 31)), **act())
    # Never further than the month after the present one: it says that nothing is to be added.
    assert period_words(*proposed_period(last_run(), 1, today)) == "2026-12"
    undo_run(last_run().id, "试", **act())
    assert last_run().id == run.id
    quarter = RunOrder(date(2026, 10, 1), date(2026, 12, 31))
    post_run(quarter, **act())
    assert period_words(*proposed_period(last_run(), 1, today)) == "2027-Q1"


# -- shared costs by own usage (law.md 1.6)


def _reading(world, meter, on_day, milli, kind="read"):
    MeterReadingRecord.create(
        meter=meter.id, on_day=on_day, value_milli=milli, kind=kind,
        entered_at=datetime(2026, 11, 1), staff=world.desk.id,
    )  # fmt: skip


def _meter(unit, act, since=date(2026, 9, 1)):
    return meters.add_meter(MeterDraft(MeterKind.WATER, since), unit_id=unit.id, **act())


def test_law_1_6_a_cost_is_shared_by_own_usage_through_a_whole_run(world, item, act):
    share = item("share", Formula.SHARED, meter_kind=MeterKind.WATER)
    first, second = _meter(world.home, act), _meter(world.villa, act)
    for meter, used in ((first, 10_000), (second, 20_000)):
        _reading(world, meter, date(2026, 10, 31), 5_000)
        if meter is first:
            _reading(world, meter, date(2026, 11, 20), 5_000 + used)
    draft = SharedCostDraft(NOVEMBER.from_on, NOVEMBER.until_on, 10_000, ShareBy.USAGE)
    lacking = preview_shares("share", draft)
    assert [(one.unit_id, one.code) for one in lacking.houses] == [
        (world.villa.id, "reading-missing")
    ]
    assert not lacking.is_shared
    _reading(world, second, date(2026, 11, 20), 25_000)
    # 10 and 20 of 30 m³: a third of 100.00 is 33.333, two thirds 66.667.
    seen = {one.unit_id: one.amount_fen for one in preview_shares("share", draft).houses}
    assert seen == {world.home.id: 3_333, world.villa.id: 6_667}
    cost = enter_shared_cost("share", draft, **act())
    assert {one.unit_id: one.amount_fen for one in list_shares(cost).houses} == seen
    run = post_run(NOVEMBER, **act()).run
    assert run.total_fen == 10_000
    (bill,) = list_bills(world.home.id)
    words = explain(bill.id).words[0]
    assert all(word in words for word in ("100.00", "10 of 30", "33.33"))

    # Who is exempt pays nothing, and nobody pays it for him.
    undo_run(run.id, "免收", **act())
    free = UnitFeeDraft(share.id, UnitFeeKind.EXEMPT, date(2026, 1, 1), reason="协议")
    unit_fees.add_unit_fee(world.villa.id, free, **act())
    shares = list_shares(cost)
    assert (shares.exempt_fen, sum(one.amount_fen for one in shares.houses)) == (6_667, 10_000)
    assert post_run(NOVEMBER, **act()).run.total_fen == 3_333


def test_a_cost_by_usage_needs_a_kind_of_meter(world, item):
    item("share", Formula.SHARED)
    draft = SharedCostDraft(NOVEMBER.from_on, NOVEMBER.until_on, 10_000, ShareBy.USAGE)
    with pytest.raises(RuleError) as refused:
        preview_shares("share", draft)
    assert refused.value.code == "share-needs-meter"


def test_what_an_estimate_charged_too_much_is_said_in_the_working(world, item, act):
    water = item("water", Formula.METER, meter_kind=MeterKind.WATER)
    tariffs.add_tariff(TariffDraft(water.id, 38_000, date(2020, 1, 1)), **act())
    meter = _meter(world.home, act)
    for day, milli, kind in (
        (date(2026, 9, 30), 25_000, "estimated"),
        (date(2026, 10, 31), 22_000, "read"),
        (date(2026, 11, 20), 30_000, "read"),
    ):
        _reading(world, meter, day, milli, kind)
    post_run(OCTOBER, **act())
    assert list_bills(world.home.id) == []
    post_run(NOVEMBER, **act())
    (bill,) = list_bills(world.home.id)
    # 30 - 22 = 8, of which 25 - 22 = 3 were charged in September: 5 x 3.80.
    assert bill.amount_fen == 1_900
    assert "less 3 that an estimate charged already" in explain(bill.id).words[0]
    quarter = RunOrder(date(2026, 9, 1), date(2026, 10, 31), exact=True)
    (billed,) = preview_run(quarter, **act()).bills
    assert billed.line.amount_fen == 9_500  # 25 x 3.80
    assert billed.line.working["meter"]["trued_milli"] == -3_000


def test_r98_a_bill_tells_its_whole_course_and_is_printed(world, wy, act, tmp_path):
    run = post_run(OCTOBER, **act()).run
    (bill,) = list_bills(world.home.id)
    call = ActDraft(Stage.REMINDER, Way.PHONE, Result.SPOKEN, world.now.replace(tzinfo=None),
                    relation=Relation.SELF, address="13800001234", bill_ids=(bill.id,))  # fmt: skip
    note_act(world.home.id, call, **act())
    part = PaymentDraft(
        world.home.id, (MeansPart(Means.CASH, 5_000),), bills=(BillPart(bill.id, 5_000),)
    )
    receipt = till.take_payment(part, **act())
    till.void_payment(receipt.id, "开错房号", version=receipt.version, **act(world.cashier))
    events = list_bill_events(get_bill(bill.id))
    assert [(one.what, one.number, one.amount_fen) for one in events] == [
        ("Bill written", run.number, 0),
        ("Taken at the till", receipt.number, 5_000),
        ("Void", receipt.number, -5_000),
        ("By phone", "", 0),
    ]
    file = tmp_path / "bill.pdf"
    print_bill(bill.id, file, by=world.desk, now=world.now)
    words = "".join(pypdf.PdfReader(file).pages[0].extract_text().split())
    for wanted in (receipt.number, run.number, "100.00", "2.00", "200.00", "张伟丰", "3-2-501"):
        assert wanted in words, wanted

"""What the chosen place says is what bills, prices and prepayments go by (law.md 1.2)."""

from datetime import date

import pytest

from propdesk.domain.bill_runs import RunOrder
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_item_drafts import ItemDraft
from propdesk.domain.fee_items import Formula, Income, UnitFeeKind
from propdesk.domain.tariff_drafts import TariffDraft
from propdesk.domain.unit_fees import UnitFeeDraft
from propdesk.services.bill_runs import preview_run
from propdesk.services.fee_items import add_item
from propdesk.services.fee_rules import set_place, set_rule
from propdesk.services.parts.fee_rules import shipped_places, shipped_rules
from propdesk.services.queries.prepaid import prepaid_warning
from propdesk.services.tariffs import add_tariff
from propdesk.services.unit_fees import add_unit_fee
from propdesk.storage.charging import BillRecord
from propdesk.storage.persons import ResidencyRecord
from propdesk.storage.units import UnitRecord

NOVEMBER = RunOrder(date(2026, 11, 1), date(2026, 11, 30))

# Place, rule, value, article: typed by hand from law.md 1.2, every row of every place.
LAW_1_2 = {
    ("hangzhou", "prepay-months", "12", "第五十五条"),
    ("zhengzhou", "prepay-months", "12", "第四十二条"),
    ("binzhou", "vacancy", "reduced", "第三十八条"),
    ("binzhou", "vacancy-after-months", "6", "第三十八条"),
    ("binzhou", "vacancy-percent-most", "60", "第三十八条"),
    ("liaocheng", "vacancy", "reduced", "第四十条"),
    ("liaocheng", "vacancy-after-months", "6", "第四十条"),
    ("heze", "vacancy", "reduced", "第二十四条"),
    ("heze", "vacancy-after-months", "6", "第二十四条"),
    ("shandong", "vacancy", "contract", "第六十二条"),
    ("zibo", "vacancy", "contract", "第五十四条"),
    ("lishui", "vacancy", "none", "第三十五条"),
    ("shaoxing", "vacancy", "none", "第三十八条"),
    ("shandong", "deposit", "agreed", "第四十条"),
    ("rizhao", "deposit", "agreed", "第六十九条"),
    ("rizhao", "deposit-most", "2000", "第六十九条"),
    ("liaocheng", "deposit", "forbidden", "第三十四条第三项"),
    ("shaoxing", "deposit", "forbidden", "第三十三条第一项"),
    ("weifang", "pressure", "limits", "第五十五条"),
    ("zhengzhou", "pressure", "entry", "第四十二条、第六十七条"),
    ("henan", "public-list", "named", "第八十八条"),
    ("binzhou", "public-list", "named", "第四十九条"),
    ("liaocheng", "public-list", "named", "第四十一条"),
    ("wenzhou", "public-list", "named", "第四十条"),
    ("liaocheng", "objection-days", "3", "第三十五条"),
    ("shanghai", "publish-income-months", "3", "第六十六条"),
    ("shanghai", "publish-fund-months", "6", "第六十六条"),
    ("qingyuan", "publish-income-months", "3", "第五十六条、第五十七条"),
}


@pytest.fixture
def home(world, act):
    """A house of 100 m² at 2.00 yuan, owned for long: 200.00 yuan a month."""
    ResidencyRecord.update(from_on=None).execute()
    UnitRecord.update(area_dm2=10_000).execute()
    by = world.desk.id
    for code, income in (("wy", Income.SERVICE), ("parking", Income.PUBLIC)):
        item = add_item(ItemDraft(code, code, Formula.AREA, income), by=by).item
        add_tariff(TariffDraft(item.id, 20_000, date(2020, 1, 1)), **act())
        draft = UnitFeeDraft(
            item.id, UnitFeeKind.VACANT, date(2026, 5, 16), evidence="申请,水表无用量"
        )
        add_unit_fee(world.home.id, draft, **act())
    return world.home


def billed(home, world, now):
    """Return the fen that a run would bill the house, by the code of the item."""
    found = preview_run(NOVEMBER, by=world.desk.id, now=now).bills
    return {one.item.code: one.line.amount_fen for one in found if one.unit_id == home.id}


def test_law_1_2_the_packs_hold_what_the_page_names_and_nothing_else():
    shipped = {(row.place, row.rule.value, row.value, row.clause)
               for row in shipped_rules() if row.place}  # fmt: skip
    assert shipped == LAW_1_2
    # The date of the text that was read travels with the row where the page knows it.
    dated = {row.place: row.as_of for row in shipped_rules() if row.as_of}
    assert dated == {"hangzhou": "2021-08", "zhengzhou": "2021", "weifang": "2022-01"}


def test_law_1_2_a_run_bills_a_vacant_house_by_the_rule_of_the_place(home, world, now):
    found = {}
    for place in ("", *shipped_places()):
        set_place(place, by=world.desk.id)
        found[place] = billed(home, world, now)
    # Binzhou: six months after 16 May are over on 16 November; from then on 60 % are paid:
    # 200.00 x 15/30 + 200.00 x 15/30 x 60 % = 100.00 + 60.00. Where the place says no percent
    # (Liaocheng, Heze) or nothing, the contract must say it; the rule is one of the service fee.
    assert found.pop("binzhou") == {"wy": 16_000, "parking": 20_000}
    assert all(fen == {"wy": 20_000, "parking": 20_000} for fen in found.values())


def test_law_1_2_what_the_contract_says_of_vacancy_stands_before_the_place(home, world, act, now):
    set_place("滨州", by=world.desk.id)
    item = add_item(ItemDraft("wy2", "合同约定", Formula.AREA), by=world.desk.id).item
    price = TariffDraft(
        item.id, 20_000, date(2020, 1, 1), vacancy_percent=50, vacancy_after_months=3
    )
    add_tariff(price, **act())
    line = UnitFeeDraft(item.id, UnitFeeKind.VACANT, date(2026, 5, 16), evidence="申请")
    stored = add_unit_fee(home.id, line, **act())
    assert billed(home, world, now)["wy2"] == 10_000
    assert stored.doubts == ()
    # At 70 % the office is told that 60 is the most here.
    more = TariffDraft(item.id, 20_000, date(2027, 1, 1), vacancy_percent=70, closes_open=True)
    assert any("60" in doubt for doubt in add_tariff(more, **act()).doubts)


def test_law_1_2_prepayment_is_capped_by_the_place_and_by_the_offices_own_value(home, world, now):
    year = RunOrder(date(2026, 12, 1), date(2027, 11, 30))
    assert preview_run(year, by=world.desk.id, now=now).bills
    set_place("杭州", by=world.desk.id)
    BillRecord.create(  # 2,400.00 for 365 days
        unit=home.id, fee_item=1, kind="charge", from_on=date(2026, 1, 1),
        until_on=date(2026, 12, 31), due_on=date(2026, 3, 31), amount_fen=240_000,
        entered_at=now.replace(tzinfo=None), staff=world.desk.id,
    )  # fmt: skip
    assert prepaid_warning(home.id, 240_000, now.date()) == ""
    told = prepaid_warning(home.id, 240_100, now.date())
    assert "杭州市物业管理条例第五十五条" in told
    set_rule("prepay-months", "6", by=world.desk.id, now=now, source="合同第九条")
    with pytest.raises(RuleError) as refused:
        preview_run(year, by=world.desk.id, now=now)
    assert refused.value.code == "run-too-long"
    assert "合同第九条" in prepaid_warning(home.id, 120_100, now.date())


def test_law_1_2_a_run_beyond_what_may_be_charged_ahead_says_so(home, world, now):
    def warning(from_on, until_on):
        return preview_run(RunOrder(from_on, until_on), by=world.desk.id, now=now).warning

    # Today is 2026-11-21: a period may end on 2027-11-21, no day later.
    assert warning(date(2027, 10, 22), date(2027, 11, 21)) == ""
    assert "2027-11-22" in warning(date(2027, 11, 22), date(2027, 11, 22))
    set_place("杭州", by=world.desk.id)
    assert "第五十五条" in warning(date(2036, 11, 1), date(2036, 11, 30))
    set_rule("prepay-months", "120", by=world.desk.id, now=now, source="合同第九条")
    assert warning(date(2036, 11, 1), date(2036, 11, 20)) == ""

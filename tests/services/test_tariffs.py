"""Items, prices and what they rest on: versions, overlaps, warnings, places (R96, law.md 1.2)."""

from dataclasses import replace
from datetime import date

import pytest

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.fee_bases import BasisDraft
from propdesk.domain.fee_item_drafts import LIFT, ItemDraft, draft_of
from propdesk.domain.fee_items import BasisKind, Formula, UnitFeeKind
from propdesk.domain.fee_rules import Rule
from propdesk.domain.fee_tiers import Tier
from propdesk.domain.tariff_drafts import TariffDraft
from propdesk.domain.unit_fees import UnitFeeDraft
from propdesk.services.fee_bases import add_basis, change_basis
from propdesk.services.fee_items import add_item, change_item, propose_items
from propdesk.services.fee_rules import reset_rule, set_place, set_rule
from propdesk.services.parts.fee_rules import get_rule, rule_value, rule_word, shipped_rules
from propdesk.services.queries.fee_items import find_item, list_items
from propdesk.services.queries.fee_rules import list_rules
from propdesk.services.queries.tariffs import get_tariff, list_tariffs
from propdesk.services.queries.unit_fees import list_unit_fees
from propdesk.services.tariffs import add_tariff, end_tariff, void_tariff
from propdesk.services.unit_fees import add_unit_fee, end_unit_fee, void_unit_fee
from propdesk.storage.database import rows

FIRST = date(2026, 1, 1)
TODAY = date(2026, 11, 21)


@pytest.fixture
def item(world):
    """The property service fee."""
    return add_item(ItemDraft("wy", "物业服务费", Formula.AREA), by=world.desk.id).item


@pytest.fixture
def price(world, item, act):
    """An open price of 1.80 yuan on a contract."""
    basis = add_basis(BasisDraft(BasisKind.CONTRACT, "物业服务合同"), by=world.desk.id)
    return add_tariff(TariffDraft(item.id, 18_000, FIRST, basis_id=basis.id), **act())


def test_a_new_office_is_offered_items_and_bills_nothing(world, now):
    before = {one.code for one in list_items()}
    added = propose_items(by=world.desk.id, now=now)
    assert {one.code for one in added} >= {"wy", "share", "water", "power", "parking", "waste"}
    assert list_tariffs() == ()
    assert not find_item(LIFT).is_active
    assert propose_items(by=world.desk.id, now=now) == ()
    assert {one.code for one in list_items()} == before | {one.code for one in added}


def test_law_1_6_a_lift_fee_warns_of_double_charging(world, now):
    propose_items(by=world.desk.id, now=now)
    lift = find_item(LIFT)
    draft = replace(draft_of(lift), is_active=True)
    stored = change_item(lift.id, draft, version=lift.version, by=world.desk.id)
    assert len(stored.doubts) == 1
    assert stored.item.is_active


def test_an_item_that_has_prices_keeps_its_formula(world, item, price):
    draft = ItemDraft("wy", "物业服务费", Formula.FIXED)
    with pytest.raises(RuleError) as refused:
        change_item(item.id, draft, version=item.version, by=world.desk.id)
    assert refused.value.code == "fee-item-used"


def test_an_item_that_is_there_or_not_sound_is_refused(world, item):
    with pytest.raises(RuleError) as refused:
        add_item(ItemDraft("wy", "另一个", Formula.AREA), by=world.desk.id)
    assert refused.value.code == "fee-item-exists"
    bad = ItemDraft("我", "", Formula.METER, line_months=2, billed_months=3, due_day=32)
    with pytest.raises(DraftError) as told:
        add_item(bad, by=world.desk.id)
    assert {one.field for one in told.value.problems} == {"code", "name", "billed", "due", "meter"}


def test_r96_a_price_that_overlaps_is_refused_with_both_named(world, item, price, act):
    with pytest.raises(RuleError) as refused:
        add_tariff(TariffDraft(item.id, 21_000, date(2027, 1, 1)), **act())
    assert refused.value.code == "tariff-overlap"
    for word in ("2.10", "1.80", "2027-01-01", "2026-01-01", "物业服务费"):
        assert word in str(refused.value)
    assert len(list_tariffs()) == 1
    # For one building it overlaps nothing: the narrower price holds there.
    building = rows("SELECT id FROM building")[0][0]
    add_tariff(TariffDraft(item.id, 21_000, date(2027, 1, 1), building_id=building), **act())


def test_r96_a_new_price_closes_the_open_one_in_one_act(world, item, price, act):
    draft = TariffDraft(item.id, 21_000, date(2027, 1, 1), closes_open=True)
    stored = add_tariff(draft, **act())
    assert stored.closed.id == price.tariff.id
    assert get_tariff(price.tariff.id).until_on == date(2026, 12, 31)
    # One that begins before it does not: it would change what was.
    with pytest.raises(RuleError, match="2\\.10"):
        add_tariff(TariffDraft(item.id, 15_000, date(2026, 6, 1), closes_open=True), **act())


def test_r96_a_price_above_the_cap_is_stored_with_a_warning(world, item, act):
    draft = TariffDraft(item.id, 18_000, FIRST, cap_e4=16_000, cap_source="鲁价〔2020〕1号")
    doubts = add_tariff(draft, **act()).doubts
    assert any("鲁价〔2020〕1号" in one for one in doubts)
    assert len(doubts) == 2  # and it rests on nothing


def test_law_1_4_a_penalty_needs_its_clause_and_tells_what_it_is_a_year(world, item, act):
    with pytest.raises(DraftError) as refused:
        add_tariff(TariffDraft(item.id, 18_000, FIRST, late_rate_e6=3000), **act())
    assert [one.field for one in refused.value.problems] == ["late_clause"]
    set_rule("late-lpr", "3.45", by=world.desk.id, now=world.now, from_on=FIRST)
    draft = TariffDraft(item.id, 18_000, FIRST, late_rate_e6=3000, late_clause="第十条")
    doubts = add_tariff(draft, **act()).doubts
    # 3 per mille a day are 109.5 % a year; four times 3.45 % are 13.80 %.
    assert any("109.50" in one and "13.80" in one for one in doubts)


def test_a_price_ends_opens_again_and_is_voided_never_changed(world, item, price, act):
    ended = end_tariff(price.tariff.id, date(2026, 6, 30), by=world.desk.id)
    assert ended.until_on == date(2026, 6, 30)
    assert end_tariff(price.tariff.id, None, by=world.desk.id).until_on is None
    with pytest.raises(DraftError):
        void_tariff(price.tariff.id, " ", **act())
    assert void_tariff(price.tariff.id, "录错", **act()).void_reason == "录错"
    assert list_tariffs() == ()
    assert len(list_tariffs(with_void=True)) == 1
    with pytest.raises(RuleError) as refused:
        void_tariff(price.tariff.id, "再来", **act())
    assert refused.value.code == "tariff-void"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"price_e4": -1}, "price"),
        ({"price_e4": 10**11}, "price"),
        ({"until_on": date(2025, 12, 31)}, "until"),
        ({"from_on": date(20, 1, 1)}, "from"),
        ({"vacancy_percent": 101}, "vacancy"),
        ({"tiers": (Tier(None, 1),)}, "tiers"),
    ],
)
def test_f46_absurd_prices_are_refused_with_a_sentence(world, item, act, said, field):
    whole = {"fee_item_id": item.id, "price_e4": 18_000, "from_on": FIRST} | said
    with pytest.raises(DraftError) as refused:
        add_tariff(TariffDraft(**whole), **act())
    assert field in {one.field for one in refused.value.problems}
    assert list_tariffs() == ()


def test_law_1_2_vacancy_goes_by_the_place(world, item, price, act):
    draft = UnitFeeDraft(
        item.id, UnitFeeKind.VACANT, TODAY, percent=70, evidence="申请、水表无用量"
    )
    set_place("丽水", by=world.desk.id)
    line = add_unit_fee(world.home.id, draft, **act())
    assert any("第三十五条" in one for one in line.doubts)
    void_unit_fee(line.line.id, **act())
    set_place("滨州", by=world.desk.id)
    assert any("60" in one for one in add_unit_fee(world.home.id, draft, **act()).doubts)


def test_a_line_needs_its_grounds_and_overlaps_none(world, item, price, act):
    with pytest.raises(DraftError):
        add_unit_fee(world.home.id, UnitFeeDraft(item.id, UnitFeeKind.VACANT, TODAY), **act())
    with pytest.raises(DraftError):
        add_unit_fee(world.home.id, UnitFeeDraft(item.id, UnitFeeKind.EXEMPT, TODAY), **act())
    draft = UnitFeeDraft(item.id, UnitFeeKind.EXEMPT, TODAY, reason="物业用房")
    line = add_unit_fee(world.home.id, draft, **act()).line
    with pytest.raises(RuleError) as refused:
        add_unit_fee(world.home.id, draft, **act())
    assert refused.value.code == "unit-fee-overlap"
    end_unit_fee(line.id, date(2026, 12, 31), by=world.desk.id)
    assert [one.until_on for one in list_unit_fees(world.home.id)] == [date(2026, 12, 31)]


def test_a_basis_keeps_its_clauses_and_its_version(world):
    draft = BasisDraft(BasisKind.CONTRACT, "合同", late_clause="第十条", community="云澜花园")
    basis = add_basis(draft, by=world.desk.id)
    assert (basis.late_clause, basis.community) == ("第十条", "云澜花园")
    changed = change_basis(basis.id, draft, version=1, by=world.desk.id)
    assert changed.version == 2
    with pytest.raises(RuleError) as refused:
        change_basis(basis.id, draft, version=1, by=world.desk.id)
    assert refused.value.code == "changed-meanwhile"


# The rule table: what it must say is typed here by hand, from law.md 1.2-1.8.

BY_HAND = {
    "": {
        "prepay-months": "12", "reasonable-days": "15", "limitation-years": "3",
        "limitation-cap-years": "20", "limitation-soon-days": "90", "limitation-later-days": "180",
        "contact-from": "08:00", "contact-until": "20:00", "contact-per-day": "1",
        "contact-per-week": "3", "stage-0-days": "0", "stage-1-days": "7", "stage-2-days": "30",
        "stage-3-days": "45", "stage-4-days": "60", "stage-5-days": "90", "late-lpr-times": "4",
        "late-excess-percent": "30", "court-answer-days": "5",
        "court-issue-days": "15", "court-object-days": "15", "receipt-years": "5",
        "public-list": "off", "partial-month": "by-day", "vacancy": "contract",
    },
    "binzhou": {"vacancy": "reduced", "vacancy-after-months": "6", "vacancy-percent-most": "60"},
    "liaocheng": {"vacancy": "reduced", "deposit": "forbidden", "objection-days": "3"},
    "shandong": {"vacancy": "contract", "deposit": "agreed"},
    "lishui": {"vacancy": "none"},
    "shaoxing": {"vacancy": "none", "deposit": "forbidden"},
    "rizhao": {"deposit-most": "2000"},
    "hangzhou": {"prepay-months": "12"},
    "zhengzhou": {"prepay-months": "12", "pressure": "entry"},
    "shanghai": {"publish-income-months": "3", "publish-fund-months": "6"},
}  # fmt: skip


@pytest.mark.parametrize("place", BY_HAND)
def test_law_1_2_the_table_says_what_the_law_says(place):
    shipped = {(row.place, row.rule.value): row.value for row in shipped_rules()}
    assert {code: shipped[place, code] for code in BY_HAND[place]} == BY_HAND[place]


def test_every_rule_has_a_row_for_the_whole_country_and_every_row_a_source(world):
    assert {row.rule for row in shipped_rules() if not row.place} == set(Rule)
    assert all(row.source for row in shipped_rules())
    assert len(list_rules(TODAY)) == len(Rule)
    assert all(row.clause for row in shipped_rules() if row.place)


def test_the_narrower_place_holds_over_the_wider_one(world):
    assert rule_value(Rule.VACANCY_PERCENT_MOST, TODAY) == 100
    set_place("山东省滨州市", by=world.desk.id)
    assert rule_value(Rule.VACANCY_PERCENT_MOST, TODAY) == 60
    assert get_rule(Rule.DEPOSIT, TODAY).place == "shandong"
    assert rule_value(Rule.LIMITATION_YEARS, TODAY) == 3
    with pytest.raises(RuleError) as refused:
        set_place("火星", by=world.desk.id)
    assert refused.value.code == "place-unknown"
    assert set_place("", by=world.desk.id) is None


def test_what_the_office_enters_holds_from_its_day_and_can_be_taken_back(world, now):
    row = set_rule("reasonable-days", "20", by=world.desk.id, now=now, from_on=date(2027, 1, 1))
    assert (row.value, row.is_verified, row.source) == ("20", False, "office")
    assert rule_value("reasonable-days", TODAY) == 15
    assert rule_value("reasonable-days", date(2027, 1, 1)) == 20
    reset_rule("reasonable-days", by=world.desk.id, now=now)
    assert rule_value("reasonable-days", date(2027, 1, 1)) == 15
    set_rule("contact-from", "9:00", by=world.desk.id, now=now)
    assert rule_word("contact-from", TODAY) == "09:00"


@pytest.mark.parametrize(
    ("rule", "value"),
    [("reasonable-days", "-1"), ("reasonable-days", "1.5"), ("contact-from", "25:00"),
     ("vacancy", "maybe"), ("late-lpr", "3,45x"), ("reasonable-days", "1e308")],
)  # fmt: skip
def test_f46_a_value_that_does_not_fit_is_refused(world, now, rule, value):
    with pytest.raises(RuleError) as refused:
        set_rule(rule, value, by=world.desk.id, now=now)
    assert refused.value.code == "rule-value"
    assert rows("SELECT count(*) FROM fee_rule") == [(0,)]


def test_a_verified_value_names_its_text(world, now):
    with pytest.raises(DraftError):
        set_rule("reasonable-days", "20", by=world.desk.id, now=now, is_verified=True)

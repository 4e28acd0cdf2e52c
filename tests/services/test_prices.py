"""The price list and paid work on a real file (R97): posted, agreed beforehand, never beyond."""

from dataclasses import replace

import openpyxl
import pytest

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.money import parse_money
from propdesk.domain.prices import AgreedBy, Agreement, ChargeKind, ChargeLine, PriceDraft
from propdesk.domain.tickets import EventKind, Kind, Payment, TicketDraft
from propdesk.services.charges import agree_price, charge_ticket
from propdesk.services.prices import add_price, change_price, import_prices
from propdesk.services.queries.prices import find_price, get_charge, list_prices
from propdesk.services.queries.tickets import get_ticket
from propdesk.services.tickets import (
    complete_ticket,
    dispatch_ticket,
    register_ticket,
    void_ticket,
)

TAP = PriceDraft(ChargeKind.LABOUR, "更换水龙头", 3_000, unit="个")
WASHER = PriceDraft(ChargeKind.MATERIAL, "密封圈", 250, spec="DN15", unit="个")


@pytest.fixture
def repair(world):
    """A repair that is out with a worker."""
    ticket = register_ticket(
        TicketDraft(Kind.REPAIR, "水龙头漏水", place="3栋"), by=world.desk.id, now=world.now
    )
    return dispatch_ticket(ticket.id, department_id=1, by=world.desk.id, now=world.now)


@pytest.fixture
def pay(world, repair):
    """Charge the repair with lines."""

    def charge(*lines: ChargeLine):
        return charge_ticket(repair.id, lines, by=world.desk.id, now=world.now)

    return charge


@pytest.fixture
def agree(world, repair):
    """Note the customer's agreement."""

    def note(amount: str, way: AgreedBy = AgreedBy.PHONE, name: str = "张女士"):
        agreed = Agreement(parse_money(amount), name, way)
        return agree_price(repair.id, agreed, by=world.desk.id, now=world.now)

    return note


def line(draft: PriceDraft, quantity: int = 1000) -> ChargeLine:
    return ChargeLine(
        draft.kind, draft.name, quantity, draft.price_fen, spec=draft.spec, unit=draft.unit
    )


def test_r97_the_list_numbers_itself_and_keeps_what_was_taken_off(world):
    first = add_price(TAP, by=world.desk.id, now=world.now)
    second = add_price(WASHER, by=world.desk.id, now=world.now)
    assert (first.code, second.code) == ("001", "002")
    assert [item.name for item in list_prices()] == ["更换水龙头", "密封圈"]
    off = change_price(
        first.id, TAP, version=first.version, active=False, by=world.desk.id, now=world.now
    )
    assert not off.active
    assert [item.code for item in list_prices()] == ["002"]
    assert [item.code for item in list_prices(also_retired=True)] == ["001", "002"]


def test_a_price_that_changed_says_since_when(world):
    item = add_price(TAP, by=world.desk.id, now=world.now)
    later = world.now.replace(year=world.now.year + 1)
    renamed = change_price(
        item.id, replace(TAP, note="含人工"), version=1, by=world.desk.id, now=later
    )
    assert renamed.since == item.since
    dearer = change_price(
        item.id, replace(TAP, price_fen=3_500), version=2, by=world.desk.id, now=later
    )
    assert (dearer.price_fen, dearer.since.year) == (3_500, later.year)
    with pytest.raises(RuleError) as refused:
        change_price(item.id, TAP, version=1, by=world.desk.id, now=later)
    assert refused.value.code == "changed-meanwhile"


def test_two_prices_never_share_a_number(world):
    add_price(replace(TAP, code="s1"), by=world.desk.id, now=world.now)
    with pytest.raises(RuleError) as refused:
        add_price(replace(WASHER, code="S1"), by=world.desk.id, now=world.now)
    assert refused.value.code == "price-exists"
    assert "更换水龙头" in str(refused.value)


def test_a_price_is_found_by_number_or_by_a_part_of_its_name(world):
    add_price(TAP, by=world.desk.id, now=world.now)
    add_price(WASHER, by=world.desk.id, now=world.now)
    assert find_price("002").name == find_price("密封").name == "密封圈"
    for typed, named in (("00", "密封圈"), ("马桶", "更换水龙头")):
        with pytest.raises(RuleError) as refused:
            find_price(typed)
        assert refused.value.code == "price-unknown"
        assert named in str(refused.value)


def test_r97_nothing_is_charged_before_the_customer_agreed(world, repair, pay):
    with pytest.raises(RuleError) as refused:
        pay(line(TAP))
    assert refused.value.code == "price-not-agreed"
    assert get_charge(repair.id).lines == ()


def test_r97_a_charge_never_exceeds_what_was_agreed(repair, pay, agree):
    agree("30.00")
    with pytest.raises(RuleError) as refused:
        pay(line(TAP), line(WASHER))
    assert refused.value.code == "price-above-agreed"
    assert "32.50" in str(refused.value)
    assert "30.00" in str(refused.value)
    agree("32.50")
    charge = pay(line(TAP), line(WASHER))
    assert (charge.total_fen, charge.payment) == (3_250, Payment.PAID)
    assert charge.total_of(ChargeKind.MATERIAL) == 250


def test_r97_the_journal_tells_who_agreed_to_how_much_and_how(repair, pay, agree):
    agree("50", AgreedBy.PHONE)
    pay(line(TAP, 1500))
    events = {event.kind: event for event in get_ticket(repair.id).events}
    assert events[EventKind.PRICE_AGREED].detail == {
        "fen": "5000",
        "name": "张女士",
        "way": "phone",
    }
    assert events[EventKind.CHARGED].detail == {"fen": "4500", "lines": "1"}
    assert get_ticket(repair.id).status.value == "dispatched"


def test_r97_after_the_work_only_the_signature_on_the_order_counts(world, repair, agree):
    complete_ticket(repair.id, text="已修好", by=world.desk.id, now=world.now)
    with pytest.raises(RuleError) as refused:
        agree("30", AgreedBy.PHONE)
    assert refused.value.code == "agreed-too-late"
    assert agree("30", AgreedBy.PAPER).agreed_fen == 3_000


def test_material_without_charge_needs_no_agreement(pay):
    charge = pay(replace(line(WASHER), price_fen=0))
    assert (charge.total_fen, charge.payment) == (0, Payment.FREE)


def test_a_corrected_charge_takes_the_place_of_the_old_one(repair, pay, agree):
    agree("100")
    pay(line(TAP), line(WASHER))
    assert [one.name for one in pay(line(WASHER, 2000)).lines] == ["密封圈"]
    assert get_charge(repair.id).total_fen == 500


def test_a_charge_keeps_its_price_when_the_list_changes(world, repair, pay, agree):
    item = add_price(TAP, by=world.desk.id, now=world.now)
    agree("100")
    pay(replace(line(TAP), price_item_id=item.id))
    change_price(item.id, replace(TAP, price_fen=9_900), version=1, by=world.desk.id, now=world.now)
    assert get_charge(repair.id).lines[0].price_fen == 3_000


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "lines.0"),
        ({"quantity_milli": 0}, "lines.0"),
        ({"quantity_milli": 10**12 + 1, "price_fen": 0}, "lines.0"),
        ({"price_fen": -1}, "lines.0"),
        ({"quantity_milli": 10**12, "price_fen": 10**11}, "lines.0"),
        ({"name": "长" * 201}, "lines.0"),
    ],
)
def test_a_line_that_cannot_be_is_refused_under_its_place(agree, pay, wrong, field):
    agree("1000")
    with pytest.raises(DraftError) as refused:
        pay(replace(line(TAP), **wrong))
    assert [problem.field for problem in refused.value.problems] == [field]


def test_more_lines_than_an_order_holds_are_refused(agree, pay):
    agree("100000")
    assert len(pay(*[line(TAP)] * 60).lines) == 60
    with pytest.raises(DraftError):
        pay(*[line(TAP)] * 61)


def test_a_void_ticket_costs_nothing(world, repair, agree, pay):
    void_ticket(repair.id, reason="重复登记", by=world.desk.id, now=world.now)
    for act in (lambda: agree("30"), lambda: pay(line(TAP))):
        with pytest.raises(RuleError) as refused:
            act()
        assert refused.value.code == "charge-ended"


def workbook(tmp_path, *lines):
    book = openpyxl.Workbook()
    for one in lines:
        book.active.append(one)
    book.save(tmp_path / "价目表.xlsx")
    return tmp_path / "价目表.xlsx"


HEADER = ("编号", "类别", "名称", "规格", "单位", "单价", "备注")


def test_a_list_is_taken_from_a_workbook_and_the_second_time_nothing_changes(world, tmp_path):
    file = workbook(
        tmp_path,
        ("有偿服务价目表",),
        HEADER,
        ("S01", "人工", "更换水龙头", None, "个", 30, None),
        ("C01", "材料", "密封圈", "DN15", "个", 2.5, "含税"),
        (None, None, "疏通下水", None, "次", "80.00元", None),
    )
    taken = import_prices(file, by=world.desk.id, now=world.now)
    assert (taken.added, taken.changed, taken.unchanged) == (3, 0, 0)
    assert {item.name: item.price_fen for item in list_prices()} == {
        "更换水龙头": 3_000,
        "密封圈": 250,
        "疏通下水": 8_000,
    }
    again = import_prices(file, by=world.desk.id, now=world.now)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)


def test_a_new_price_in_the_workbook_changes_the_line_and_a_missing_column_nothing(world, tmp_path):
    add_price(replace(TAP, code="S01", note="含人工"), by=world.desk.id, now=world.now)
    file = workbook(tmp_path, ("编号", "名称", "单价"), ("S01", "更换水龙头", 35))
    taken = import_prices(file, by=world.desk.id, now=world.now)
    assert taken.changed == 1
    (item,) = list_prices()
    assert (item.price_fen, item.note, item.unit) == (3_500, "含人工", "个")


@pytest.mark.parametrize(
    ("lines", "code", "named"),
    [
        ([("S01", "人工", "换锁", "", "次", "面议", "")], "prices-not-understood", "面议"),
        ([("S01", "赠品", "换锁", "", "次", 50, "")], "prices-not-understood", "赠品"),
        ([("S01", "人工", "", "", "次", 50, "")], "prices-not-understood", "2"),
        (
            [("S01", "人工", "换锁", "", "次", 50, ""), ("s01", "人工", "换灯", "", "次", 20, "")],
            "prices-not-understood",
            "S01",
        ),
    ],
)
def test_a_workbook_with_a_mistake_changes_nothing(world, tmp_path, lines, code, named):
    with pytest.raises(RuleError) as refused:
        import_prices(workbook(tmp_path, HEADER, *lines), by=world.desk.id, now=world.now)
    assert refused.value.code == code
    assert named in str(refused.value)
    assert list_prices(also_retired=True) == ()


def test_a_workbook_without_prices_says_which_column_is_missing(world, tmp_path):
    with pytest.raises(RuleError) as refused:
        import_prices(
            workbook(tmp_path, ("名称", "单位"), ("换锁", "次")), by=world.desk.id, now=world.now
        )
    assert refused.value.code == "columns-missing"

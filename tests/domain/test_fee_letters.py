"""The ten things of a letter, its table, stages and templates as values (law.md 1.6)."""

from dataclasses import replace
from datetime import date

import pytest

from propdesk.domain.bills import BillKind
from propdesk.domain.demand_stages import StageRule, is_ripe, pay_by
from propdesk.domain.dunning import LetterState, Stage
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_letters import (
    TRANSITIONS,
    LetterBill,
    LetterContent,
    check_move,
    content_sha256,
    from_json,
    letter_lines,
    title_of,
    to_json,
)
from propdesk.domain.fee_templates import FeeTemplate, TemplatePart, check_template, fill_template
from propdesk.domain.letter_ten import check_ten
from propdesk.i18n import set_language

MONTH = {"parts": [{"area_dm2": 11862, "price_e4": 28000, "days": 1, "of": 1}]}


def _bill(month, **more):
    last = {1: 31, 2: 28, 3: 31}[month]
    wanted = {
        "id": month, "item_id": 1, "item": "物业服务费", "kind": BillKind.CHARGE,
        "from_on": date(2026, month, 1), "until_on": date(2026, month, last),
        "due_on": date(2026, 1, 25), "amount_fen": 33214, "settled_fen": 0, "working": MONTH,
    }  # fmt: skip
    return LetterBill(**(wanted | more))


WHOLE = LetterContent(
    number="催〔2026〕8号", stage=4, times=1, dated_on="2026-11-20", pay_by="2026-12-05",
    language="zh_CN", payee="和苑物业服务有限公司", credit_code="91330106MA2K0X0Y3T",
    office="服务中心", phone="0571-88006110", community="云澜花园", house="3栋2单元1501",
    short="3-2-1501", area="118.62", owner="林志远", owner_title="先生", user="",
    user_title="", contract="合同",
    contract_number="1", contract_on="2023-06-18", fee_clause="第七条", due_clause="25日前",
    late_clause="", late_rate="", bank_payee="和苑", bank="示例银行", account="33010400001234",
    contact="赵敏", contact_phone="13800000000", signer="徐立平", total_fen=99642, late_fen=0,
    prepaid_fen=0, pay_days=15, version=1,
    lines=letter_lines([_bill(1), _bill(2), _bill(3)]),
    parts=(TemplatePart("付款请求", "请于2026年12月5日前支付，有异议请提出，否则诉讼。"),),
)  # fmt: skip


def test_a_whole_letter_lacks_nothing_and_comes_back_from_its_json():
    set_language("zh_CN")
    assert check_ten(WHOLE, pay_days=15) == ()
    assert from_json(to_json(WHOLE)) == WHOLE
    assert content_sha256(to_json(WHOLE)) != content_sha256(to_json(replace(WHOLE, times=2)))


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ({"payee": ""}, 1),
        ({"contract_on": ""}, 1),
        ({"due_clause": ""}, 1),
        ({"owner": ""}, 2),
        ({"total_fen": 99641}, 3),
        ({"late_fen": 100}, 4),
        ({"pay_by": "2026-12-04"}, 5),
        ({"account": ""}, 6),
        ({"contact": "", "contact_phone": ""}, 6),
        ({"parts": (TemplatePart("", "请于2026年12月5日前支付，有意见请提出。"),)}, 7),
        ({"parts": (TemplatePart("", "请于2026年12月5日前支付，异议，诉讼，停水。"),)}, 7),
        ({"signer": ""}, 8),
        ({"parts": (*WHOLE.parts, TemplatePart("", "见____"))}, 8),
        ({"parts": (*WHOLE.parts, TemplatePart("", "证号330106199001011234"))}, 9),
        ({"parts": (*WHOLE.parts, TemplatePart("", "您的电话13912345678"))}, 9),
    ],
)
def test_each_of_the_ten_things_is_missed_with_where_to_fill_it_in(change, number):
    set_language("zh_CN")
    assert {one.number for one in check_ten(replace(WHOLE, **change), pay_days=15)} == {number}


def test_months_of_one_rate_and_due_day_stand_in_one_line():
    (line,) = letter_lines([_bill(1), _bill(2), _bill(3)])
    assert (line.from_on, line.until_on, line.working, line.amount_fen) == (
        "2026-01-01", "2026-03-31", "118.62 × 2.80 × 3", 99642,
    )  # fmt: skip
    assert len(letter_lines([_bill(1), _bill(2, due_on=date(2026, 2, 25))])) == 2
    assert len(letter_lines([_bill(1), _bill(3)])) == 2  # February is paid
    late = _bill(2, kind=BillKind.LATE_FEE, working={})
    assert [line.is_late_fee for line in letter_lines([late, _bill(3)])] == [False, True]


def test_the_period_begins_after_the_letters_day_and_survives_29_february():
    """20 November plus 15 days is 5 December (Civil Code 201); 2028 is a leap year."""
    rule = StageRule(Stage.LETTER, 60, 15)
    assert pay_by(rule, date(2026, 11, 20)) == date(2026, 12, 5)
    assert pay_by(rule, date(2028, 2, 29)) == date(2028, 3, 15)
    sent = frozenset({Stage.SLIP})
    assert is_ripe(rule, date(2026, 1, 25), sent, date(2026, 3, 26))
    assert not is_ripe(rule, date(2026, 1, 25), sent, date(2026, 3, 25))
    assert not is_ripe(rule, date(2026, 1, 25), frozenset(), date(2026, 3, 26))


def test_a_clause_that_names_what_is_not_there_is_left_out():
    text = "依据{contract}，{fee_clause}，{due_clause}。"
    text += "户名：{bank_payee}；账号：{account}。请于{pay_by}前。"
    template = FeeTemplate(Stage.SLIP, (TemplatePart("", text),))
    (part,) = fill_template(
        template, {"contract": "《合同》", "account": "33 01", "due_clause": ""}
    )
    assert part.text == "依据《合同》。账号：33 01。请于____前。"


def test_what_is_filled_in_is_never_read_again():
    template = FeeTemplate(Stage.SLIP, (TemplatePart("", "{owner}{total}"),))
    (part,) = fill_template(template, {"owner": "{total}{0.__class__}", "total": "1"})
    assert part.text == "{total}{0.__class__}1"


def test_braces_that_are_no_field_are_refused():
    wrong = FeeTemplate(Stage.SLIP, (TemplatePart("", "{total!r} {0} }"),))
    assert len(check_template(wrong)) == 3
    assert check_template(FeeTemplate(Stage.SLIP, ()))


def test_a_letter_moves_by_the_table_only():
    assert set(TRANSITIONS) == set(LetterState)
    check_move(LetterState.DRAFT, LetterState.APPROVED, "8")
    for state in (LetterState.DELIVERED, LetterState.REFUSED, LetterState.RETURNED):
        with pytest.raises(RuleError):
            check_move(state, LetterState.WITHDRAWN, "8")
    with pytest.raises(RuleError):
        check_move(LetterState.DRAFT, LetterState.PRINTED, "8")


def test_titles_come_from_the_salutation():
    assert [title_of(one) for one in ("张先生", "李女士", "老王", "")] == ["先生", "女士", "", ""]

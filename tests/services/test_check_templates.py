"""Templates of inspections: what the program ships, and versions that never change."""

from dataclasses import replace

import pytest

from propdesk.domain.check_items import CheckItem, InspectionKind, ItemKind, Verdict
from propdesk.domain.check_templates import TemplateDraft, check_template, clean_template, judge
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.inspection_results import Answer, verdict_of
from propdesk.services import check_templates
from propdesk.services.queries.check_templates import (
    get_version,
    list_templates,
    list_versions,
    shipped_templates,
)
from propdesk.services.queries.staff import first_desk


@pytest.fixture
def desk(office) -> int:
    return first_desk().id


def reading(**changes) -> CheckItem:
    item = CheckItem("01", ItemKind.NUMBER, "水箱液位", unit="m", lower_milli=1800,
                     upper_milli=2600, digits=1, decimals=2)  # fmt: skip
    return replace(item, **changes)


def test_the_shipped_templates_are_whole_and_name_their_sources() -> None:
    stock = {draft.shipped: draft for draft in shipped_templates()}
    for draft in stock.values():
        assert check_template(clean_template(draft)) == ()
        assert all(item.source for item in draft.items)
    # TSG T5002-2017 annex A: 31, 44, 59 and 76 items add up.
    counts = [
        len(stock[key].items)
        for key in ("lift-half-month", "lift-quarter", "lift-half-year", "lift-year")
    ]
    assert [sum(counts[: n + 1]) for n in range(4)] == [31, 44, 59, 76]


def test_r100_r67_r11_six_groups_nine_elements_and_the_manuals_numbers() -> None:
    stock = {draft.shipped: draft for draft in shipped_templates()}
    groups = dict.fromkeys(item.section for item in stock["six-s"].items)
    assert list(groups) == ["整理", "整顿", "清扫", "清洁", "素养", "安全"]
    assert sum(item.score > 0 for item in stock["nine"].items) == 9
    words = " ".join(item.name + item.standard for item in stock["conduct"].items)
    assert all(number in words for number in ("25 秒", "3 米", "16 小时", "半小时"))


def test_adopting_twice_adds_nothing(desk, now) -> None:
    first = check_templates.adopt_templates(("pump-room", "vacant"), by=desk, now=now)
    assert [template.code for template in first] == ["SB-01", "KZ-01"]
    assert check_templates.adopt_templates(("pump-room",), by=desk, now=now) == []
    assert len(list_templates()) == 2
    with pytest.raises(RuleError):
        check_templates.adopt_templates(("nothing",), by=desk, now=now)


def test_a_change_is_a_new_version_and_the_old_one_stays(desk, now) -> None:
    (old,) = check_templates.adopt_templates(("pump-room",), by=desk, now=now)
    tighter = tuple(
        replace(item, lower_milli=2000) if item.name == "水箱液位" else item
        for item in old.items[:-1]
    )
    draft = TemplateDraft(
        old.name, old.kind, (*tighter, CheckItem("", ItemKind.TICK, "地漏")), note="收紧液位"
    )
    new = check_templates.change_template(old.id, draft, version=old.version, by=desk, now=now)
    assert (new.number, old.number) == (2, 1)
    assert get_version(old.version_id).items == old.items
    # The new item has a key that no item ever had: readings of years are never mixed up.
    assert new.items[-1].key not in {item.key for item in old.items}
    again = check_templates.change_template(
        new.id,
        TemplateDraft("泵房", new.kind, new.items),
        version=new.version,
        by=desk,
        now=now,
    )
    assert (again.name, again.number) == ("泵房", 2)
    assert [one.number for one in list_versions(new.id)] == [2, 1]
    with pytest.raises(RuleError) as refusal:
        check_templates.end_template(new.id, version=new.version, by=desk, now=now)
    assert refusal.value.code == "changed-meanwhile"


@pytest.mark.parametrize(
    "items",
    [
        (),
        (CheckItem("", ItemKind.TICK, " "),),
        (CheckItem("", ItemKind.CHOICE, "结论", choices=("合格",)),),
        (CheckItem("", ItemKind.CHOICE, "结论", choices=("合格", "不合格"), in_order=0),),
        (reading(digits=0),),
        (reading(lower_milli=3000),),
        (reading(), reading()),
        (reading(score=-1),),
    ],
)
def test_a_template_that_nobody_could_fill_in_is_refused(desk, now, items) -> None:
    draft = TemplateDraft("泵房", InspectionKind.EQUIPMENT, items)
    with pytest.raises(DraftError) as refusal:
        check_templates.add_template(draft, by=desk, now=now)
    assert {problem.field for problem in refusal.value.problems} == {"items"}
    assert list_templates() == []


@pytest.mark.parametrize(
    ("value", "verdict"),
    [(1799, Verdict.ABNORMAL), (1800, Verdict.NORMAL), (2600, Verdict.NORMAL),
     (2601, Verdict.ABNORMAL)],
)  # fmt: skip
def test_limits_belong_to_what_is_in_order(value, verdict) -> None:
    assert judge(reading(), value) is verdict
    assert judge(reading(lower_milli=None, upper_milli=None), value) is Verdict.NORMAL


def test_a_pass_after_repair_is_a_pass_and_several_choices_may_be_in_order(desk, now) -> None:
    check_templates.adopt_templates([one.shipped for one in shipped_templates()], by=desk, now=now)
    ends = {
        (item.choices, words): verdict_of(item, Answer(1, 1, item.id, words=words))
        for template in list_templates()
        for item in template.items
        for words in item.choices
    }
    faults = {words for (_choices, words), verdict in ends.items() if verdict is Verdict.ABNORMAL}
    assert faults == {"不合格", "需整改", "停用", "拒不开门"}
    assert {words for (_choices, words) in ends} - faults == {
        "合格", "整改后合格", "正常", "施工中", "无人", "已完工",
    }  # fmt: skip

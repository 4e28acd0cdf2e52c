"""Contacts: words (R47, R86, R89, R91), reasons (R52) and what is to be cleared (R82)."""

from datetime import date, datetime

import pytest

from propdesk.domain import contacts
from propdesk.domain.contacts import (
    COUNTERPARTY_LABELS,
    FIRST_REASONS,
    STAGE_LABELS,
    TYPE_LABELS,
    WAY_LABELS,
    ContactDraft,
    ContactType,
    Counterparty,
    Stage,
    Way,
    check_contact,
    counterparty_of,
    is_to_clear,
    read_reasons,
    reason_label,
    stage_of,
    suggested_reason,
)
from propdesk.domain.errors import RuleError
from propdesk.domain.persons import ResidentRole
from propdesk.domain.tickets import Status
from propdesk.i18n import set_language
from propdesk.services.parts.contact_words import reason_words

AT = datetime(2026, 11, 21, 9, 30)


def fields(draft):
    return [problem.field for problem in check_contact(draft, FIRST_REASONS, AT)]


def chinese(labels):
    return {label.in_("zh_CN") for label in labels.values()}


def test_r47_a_contact_is_before_during_or_after_the_service():
    assert chinese(STAGE_LABELS) == {"服务前", "服务中", "服务后"}
    assert stage_of(None) is Stage.BEFORE
    assert stage_of(Status.DISPATCHED) is Stage.DURING
    assert stage_of(Status.CLOSED) is Stage.AFTER


def test_r86_the_types_are_the_four_of_the_seed_and_four_more():
    assert len(TYPE_LABELS) == len(ContactType) == 8
    assert chinese(TYPE_LABELS) >= {
        "日常走访", "特定事项调查", "重要事项主动沟通", "客户反映问题",
        "恳谈会", "满意度调查", "通知告示", "接待日",
    }  # fmt: skip


def test_r89_the_ways_reach_from_the_phone_to_the_notice_board():
    assert set(WAY_LABELS) == set(Way)
    assert chinese(WAY_LABELS) >= {"电话", "来访", "上门", "来函", "会议", "通知告示", "活动"}


def test_r91_the_other_side_may_be_a_developer_or_an_authority():
    assert set(COUNTERPARTY_LABELS) == set(Counterparty)
    assert chinese(COUNTERPARTY_LABELS) >= {
        "业主", "租户", "开发商", "主管部门", "社会部门", "业委会", "来往单位",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("role", "whom"),
    [
        (ResidentRole.OWNER, Counterparty.OWNER),
        (ResidentRole.FAMILY, Counterparty.OWNER),
        (ResidentRole.TENANT, Counterparty.TENANT),
        (None, Counterparty.OTHER),
    ],
)
def test_r91_a_resident_is_the_counterparty_of_his_role(role, whom):
    assert counterparty_of(role) is whom


@pytest.mark.parametrize(
    ("more", "open_"),
    [
        ({}, False),
        ({"opinion": "请工程部看一下"}, True),
        ({"department_id": 1}, True),
        ({"due_on": date(2026, 11, 25)}, True),
        ({"due_on": date(2026, 11, 25), "result": "已换"}, False),
        ({"is_open": True}, True),
        ({"opinion": "已口头解释", "is_open": False}, False),
    ],
)
def test_r82_what_somebody_has_to_do_is_to_be_cleared(more, open_):
    assert is_to_clear(ContactDraft("说了话", **more)) is open_


def test_r52_only_the_words_that_were_said_are_needed():
    assert fields(ContactDraft("问停车")) == []
    assert fields(ContactDraft("  ")) == ["text"]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"phone": "没有"}, "phone"),
        ({"name": "长" * 300}, "name"),
        ({"reason": "没有这个原因"}, "reason"),
        ({"due_on": date(2026, 11, 20)}, "due_on"),
        ({"is_open": True, "result": "已办"}, "result"),
        ({"wish": "长" * 100_001}, "wish"),
    ],
)
def test_r52_what_cannot_be_stored_is_said_at_its_field(more, field):
    assert fields(ContactDraft("说了话", **more)) == [field]


def test_r52_a_reason_is_proposed_from_the_words_that_were_said():
    words = reason_words()
    assert suggested_reason("来问地下车库月卡还有没有车位", words, FIRST_REASONS) == "parking"
    assert suggested_reason("厨房漏水想报修", words, FIRST_REASONS) == "repair"
    assert suggested_reason("电话里什么也没说清", words, FIRST_REASONS) == ""
    assert suggested_reason("厨房漏水", words, ("fee",)) == ""
    assert set(words) <= set(FIRST_REASONS)


def test_r52_an_office_edits_its_reasons_and_the_programs_keep_their_code():
    assert read_reasons(["投诉", " ", "Repair", "快递代收", "投诉"]) == (
        "complaint", "repair", "快递代收",
    )  # fmt: skip
    assert reason_label("快递代收") == "快递代收"
    set_language("zh_CN")
    assert reason_label("") == "未说明"


@pytest.mark.parametrize("words", [[], ["  "], ["长" * 21], [f"原因{n}" for n in range(31)]])
def test_r52_a_list_that_cannot_be_chosen_from_is_refused(words):
    with pytest.raises(RuleError) as refusal:
        read_reasons(words)
    assert refusal.value.code == "contact-reasons"
    assert contacts.MOST_REASONS == 30

"""The lines of a house's time line in words, masked, and with the years as marks."""

from datetime import datetime

import pytest

from propdesk.domain.decorations import STAGE_LABELS, Stage
from propdesk.domain.errors import RuleError
from propdesk.domain.house_events import (
    EVENT_GROUP_LABELS,
    EVENT_GROUPS,
    EventGroup,
    EventKind,
    Found,
    HouseEvent,
    event_words,
    kinds_of,
    mask_found,
    years_marked,
)
from propdesk.domain.house_papers import DocumentTopic, HousePaper, document_topic, paper_label

K = EventKind


@pytest.mark.parametrize(
    ("found", "word", "text", "outcome"),
    [
        (Found(K.CAME, "owner", "张伟丰"), "入住", "张伟丰  业主", ""),
        (Found(K.WENT, "tenant", ""), "离开", "租户", ""),
        (Found(K.TICKET, "repair", "BX-1", "\n漏水", "received", True), "报修", "BX-1  漏水",
         "待派工"),
        (Found(K.TICKET, "repair", "BX-1", "satisfied\n漏水", "closed"), "报修", "BX-1  漏水",
         "满意"),
        (Found(K.CONTACT, "phone", "", "问月卡", "", True), "电话", "问月卡", "未消项"),
        (Found(K.CONTACT, "phone", "", "问月卡", "2026-01-01T10:00:00"), "电话", "问月卡",
         "已消项"),
        (Found(K.CONTACT, "phone", "", "问月卡"), "电话", "问月卡", ""),
        (Found(K.MOVE, "move-out", "QY-1", "张伟丰", "2026-01-01"), "迁出", "张伟丰  QY-1",
         "已结清"),
        (Found(K.MOVE, "move-out", "QY-1", "张伟丰"), "迁出", "张伟丰  QY-1", "未结清"),
        (Found(K.MOVE, "lease", "QY-2", "何志强"), "出租", "何志强  QY-2", ""),
        (Found(K.CARRIED_OUT, "", "FX-1", "沙发"), "放行条", "FX-1  沙发", ""),
        (Found(K.KEY_OUT, "door-card", "张伟丰", "2"), "发放钥匙", "门禁卡 × 2  张伟丰", ""),
        (Found(K.KEY_BACK, "door-card", "张伟丰", "2", "lost"), "钥匙", "门禁卡 × 2  张伟丰",
         "已遗失"),
        (Found(K.VEHICLE_CAME, "car", "粤B7Q32K", "白"), "车辆", "粤B7Q32K  小汽车  白", ""),
        (Found(K.VEHICLE_WENT, "car", "粤B7Q32K"), "车辆注销", "粤B7Q32K  小汽车", ""),
        (Found(K.PET_CAME, "dog", "豆豆"), "宠物", "犬  豆豆", ""),
        (Found(K.PET_WENT, "dog", "豆豆"), "宠物离开", "犬  豆豆", ""),
        (Found(K.DEPOSIT_BACK, "", "ZX-1"), "装修", "ZX-1", "押金已退"),
        (Found(K.CHANGE, "state", "let"), "变更", "状态：出租", ""),
        (Found(K.CHANGE, "layout", ""), "变更", "户型：—", ""),
        (Found(K.DOCUMENT, "lease", "a.jpg"), "文件", "租赁合同  a.jpg", ""),
        (Found(K.DOCUMENT, "", "a.jpg", "签字页"), "文件", "签字页", ""),
        (Found(K.BILLED, "", "物业服务费、停车费", "43400", "21700", True), "账单",
         "物业服务费、停车费  434.00", "欠 217.00"),
        (Found(K.BILLED, "", "水费", "3000", "0"), "账单", "水费  30.00", "已缴清"),
        (Found(K.PAID, "receipt", "SJ-1", "43400"), "收款", "434.00  SJ-1", ""),
        (Found(K.PAID, "refund", "SJ-2", "-100", "2026-01-01T10:00:00"), "退款", "-1.00  SJ-2",
         "已作废"),
        (Found(K.FEE_LETTER, "4", "CJ-1", "43400", "delivered"), "催缴函", "CJ-1  434.00",
         "已送达"),
        (Found(K.URGED, "phone", "张伟丰", "下周付", "spoken"), "催缴", "电话  张伟丰  下周付",
         "已联系上"),
        (Found(K.PROMISED, "promise", "张伟丰", "FQ-1\n43400", "", True), "付款承诺",
         "434.00  张伟丰  FQ-1", "待履行"),
        (Found(K.FEE_PAPER, "account-statement", "李敏"), "打印", "对账单", "李敏"),
        (Found(K.PAPER, "registration", "李敏"), "打印", "住户登记表", "李敏"),
        (Found(K.PAPER, "elsewhere", "李敏", "查账"), "打印", "elsewhere  查账", "李敏"),
    ],
)  # fmt: skip
def test_r83_a_line_in_words(found, word, text, outcome):
    said = event_words(found)
    assert (said.word, said.text, said.outcome) == (word, text, outcome)


@pytest.mark.parametrize(
    ("kind", "stage"),
    [
        (K.WORKS_APPLIED, Stage.APPLIED),
        (K.WORKS_PERMITTED, Stage.PERMITTED),
        (K.WORKS_ACCEPTED, Stage.ACCEPTED),
        (K.WORKS_CANCELLED, Stage.CANCELLED),
    ],
)
def test_each_stage_of_a_decoration_is_a_line(kind, stage):
    said = event_words(Found(kind, "", "ZX-1", "厨房"))
    assert (said.word, said.text) == ("装修", "ZX-1  厨房")
    assert said.outcome == str(STAGE_LABELS[stage])


def test_a_patrol_says_what_it_met_or_found():
    nothing = event_words(Found(K.PATROL, "looked", "ZX-1"))
    assert (nothing.word, nothing.text) == ("巡查", "ZX-1")
    waits = event_words(Found(K.PATROL, "looked", "ZX-1", "敲墙", "structure", True))
    done = event_words(Found(K.PATROL, "looked", "ZX-1", "敲墙", "structure"))
    assert waits.text.endswith("敲墙")
    assert (waits.outcome, done.outcome) == ("未整改", "已整改")


@pytest.mark.parametrize(
    ("found", "masked"),
    [
        (Found(K.CAME, "owner", "张伟丰"), "张*丰"),
        (Found(K.KEY_OUT, "door-card", "李敏", "2"), "李*"),
        (Found(K.VEHICLE_CAME, "car", "粤B7Q32K"), "粤B·**32K"),
        (Found(K.URGED, "phone", "张伟丰", "", "spoken"), "张*丰"),
        (Found(K.DOCUMENT, "lease", "a.jpg"), "a.jpg"),
    ],
)
def test_l17_names_and_plates_are_masked(found, masked):
    assert mask_found(found).name == masked


def test_l17_all_names_of_a_move_are_masked():
    found = Found(K.MOVE, "transfer", "QY-1", "张伟丰、李秀兰 → 何志强")
    assert mask_found(found).text == "张*丰、李*兰 → 何*强"
    assert mask_found(found).name == "QY-1", "its number is nobody's name"


def event(year):
    at = datetime(year, 3, 1)
    return HouseEvent(K.CAME, year, at, False, "入住", "", "", False)


def test_years_are_marked_where_they_begin():
    events = [event(2026), event(2026), event(2024)]
    assert years_marked(events) == ("2026", "", "2024")
    assert years_marked(events, before=2026) == ("", "", "2024")
    assert years_marked([]) == ()


def test_every_kind_has_a_group_with_a_label():
    assert set(EVENT_GROUPS) == set(EventKind)
    assert set(EVENT_GROUP_LABELS) == set(EventGroup) == set(EVENT_GROUPS.values())
    assert event(2026).group is EventGroup.PEOPLE
    assert set(kinds_of(())) == set(EventKind)
    assert kinds_of([EventGroup.KEYS]) == (K.KEY_OUT, K.KEY_BACK)


def test_l16_lines_about_fees_are_only_for_those_who_may_see_fees():
    fees = {K.BILLED, K.PAID, K.FEE_LETTER, K.URGED, K.PROMISED, K.FEE_PAPER}
    assert set(kinds_of((), with_fees=False)) == set(EventKind) - fees
    assert kinds_of([EventGroup.FEES], with_fees=False) == ()


def test_topics_and_papers_are_known_by_their_codes():
    assert document_topic("lease") is DocumentTopic.LEASE
    with pytest.raises(RuleError) as refused:
        document_topic("weather")
    assert refused.value.code == "document-topic-unknown"
    assert [paper_label(paper.value) for paper in HousePaper] == [
        "住户登记表", "住户档案", paper_label("notice-of-data"), "上门走访记录", "对账单",
    ]  # fmt: skip
    assert paper_label("move") == "move"

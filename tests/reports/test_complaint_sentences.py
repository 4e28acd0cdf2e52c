"""The sentences at the head of the report say what the figures say, also when these are zero."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from propdesk.domain.complaint_facts import ComplaintFact, ComplaintRecords, JournalLine
from propdesk.domain.months import Month
from propdesk.domain.statistics import complaint_figures
from propdesk.domain.tickets import Channel, EventKind, Status
from propdesk.i18n import speaking
from propdesk.reports.complaints.sentences import sentences

NOVEMBER = Month(2026, 11)
LATER = datetime(2026, 12, 20)


def office(per_month, *, code="service.environment", promised=True, closed=True, households=0):
    """An office with so many complaints in each of the last months, closed at once or never."""
    facts, lines = [], []
    for back, count in enumerate(reversed(per_month)):
        start = NOVEMBER.shifted(-back).start
        for number in range(count):
            at = start + timedelta(hours=9 + number)
            ticket = len(facts) + 1
            facts.append(
                ComplaintFact(
                    id=ticket,
                    number=f"TS-{at:%Y%m}-{ticket:04d}",
                    class_code=code,
                    class_suggested=False,
                    matter="楼道垃圾",
                    where="3-2-501",
                    building="3",
                    channel=Channel.PHONE,
                    department="",
                    handler="",
                    first_receiver="前台",
                    reporter="业主",
                    unit_id=None,
                    received_at=at,
                    promised_at=at + timedelta(hours=48) if promised else None,
                )
            )
            moves = [(EventKind.REGISTERED, Status.RECEIVED)]
            moves += [(EventKind.CLOSED, Status.CLOSED)] if closed else []
            for kind, status in moves:
                lines.append(
                    JournalLine(
                        ticket, len(lines), at, at, kind, status, counted=True, round=1, by="前台"
                    )
                )
    return ComplaintRecords(tuple(facts), tuple(lines), households={NOVEMBER: households})


@pytest.fixture
def said(with_clocks):
    """Return the sentences of a month, whole."""

    def say(records, month=NOVEMBER, now=LATER, language="zh_CN", *, imported=False):
        records = with_clocks(records, imported=imported)
        with speaking(language):
            found = sentences(complaint_figures(records, month, now=now))
        return [sentence.lead + sentence.rest for sentence in found]

    return say


@pytest.mark.parametrize(
    ("per_month", "beginning"),
    [
        ([5], "新增 5 件。"),
        ([5, 5], "新增 5 件，与上月持平（上月 5 件）。"),
        ([5, 6], "新增 6 件，比上月多 1 件（上月 5 件）。"),
        ([5, 3], "新增 3 件，比上月少 2 件（上月 5 件）。"),
        ([7, 5, 3], "新增 3 件，连续 2 个月下降（上月 5 件）。"),
        ([1, 3, 4, 6], "新增 6 件，连续 3 个月上升（上月 4 件）。"),
        ([4, 0], "本月没有新增投诉（上月 4 件）。"),
        ([2, *[3] * 11, 4], "新增 4 件，比上月多 1 件（上月 3 件、去年同月 2 件）。"),
    ],
)
def test_what_came_in(said, per_month, beginning):
    records = office(per_month, closed=per_month[-1] > 0)
    assert said(records)[0] == beginning


def test_households_are_named_where_they_are_known(said):
    assert said(office([5], households=200))[0] == "新增 5 件；户均投诉率 2.50%。"


def test_what_it_was_about(said):
    found = said(office([1, 2]))
    assert (
        found[1] == "管理服务最多，2 件，占 100.0%；按子类，环境最多，2 件；比上月，环境多 1 件。"
    )
    assert said(office([2], code="unclassed"))[1] == "2 件全部待分类。"
    assert said(office([2, 0], closed=False))[1] == "各类均无新增。"


def test_what_is_left(said):
    assert said(office([2]))[2] == "全部办结，没有未结投诉。"
    late = said(office([1, 2], closed=False))[2]
    assert late == "未结 3 件，其中 3 件超期：最久的 TS-202610-0003 已 60 天；1 件超过一个月。"
    silent = said(office([2], closed=False, promised=False), imported=True)[2]
    assert silent.startswith("未结 2 件，均无时限：")


def test_months_without_anything(said):
    assert said(ComplaintRecords())[0] == "截至本月末没有任何投诉记录。"
    assert said(office([2, 0, 0])) == ["本月没有投诉记录：无遗留，无新增，无办结。"]
    early = office([2], closed=False), Month(2027, 1), datetime(2026, 11, 2)
    assert said(*early)[1].startswith("未结 2 件，没有超期")
    assert said(*early, language="en")[0] == "This month has not begun."


def test_in_english(said):
    found = said(office([7, 5, 3]), language="en")
    assert found[0] == "New: 3, fewer for 2 months in a row (last month 5)."


def mixed(*codes):
    """One complaint of each class code, all in November."""
    whole = office([len(codes)])
    facts = [
        replace(fact, class_code=code) for fact, code in zip(whole.tickets, codes, strict=True)
    ]
    return replace(whole, tickets=tuple(facts))


def test_classes_that_share_the_first_place_are_named_together(said):
    assert said(mixed("fees.shared", "incident.power"))[1] == (
        "收费、突发事件并列最多，各 1 件，各占 50.0%；按子类，分摊费、停电并列最多，各 1 件。"
    )


def test_a_sub_class_in_front_is_not_taken_for_one_of_the_class_in_front(said):
    codes = ["incident.power"] * 2 + ["service.safety", "service.attitude", "service.environment"]
    assert said(mixed(*codes))[1] == "管理服务最多，3 件，占 60.0%；按子类，停电最多，2 件。"


def test_what_is_in_no_sub_class_is_not_told_as_the_whole_class(said):
    assert said(office([1, 3], code="service"))[1].endswith("比上月，管理服务（未细分）多 2 件。")


def test_a_running_month_is_not_compared_with_whole_months(said):
    found = said(office([9, 7, 2]), now=NOVEMBER.start + timedelta(days=2))
    assert found[0] == "本月至今新增 2 件（上月全月 7 件）。"
    assert "比上月" not in found[1]

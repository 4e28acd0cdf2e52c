"""The complaint report on paper: every figure read back, pages flow, nothing is lost."""

import random
import re
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pypdf
import pytest

from propdesk.domain.classes import CLASSES, SUBCLASSES, UNCLASSED
from propdesk.domain.complaint_facts import (
    BuildingFact,
    ComplaintFact,
    ComplaintRecords,
    Contacts,
    JournalLine,
)
from propdesk.domain.key_figures import ASKED, IN_TIME
from propdesk.domain.months import Month
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.sampling import AskedAfter
from propdesk.domain.scores import ScoreMean
from propdesk.domain.statistics import complaint_figures
from propdesk.domain.tickets import Channel, EventKind, Satisfaction, Status
from propdesk.reports.complaints import ComplaintReportSheet, render_complaint_report
from propdesk.reports.complaints.places import bar_lengths
from propdesk.services.parts.complaint_values import to_values

OCTOBER = Month(2026, 10)
NOW = datetime(2026, 11, 3, 9, 12)
MATTERS = (
    "楼道垃圾清运不及时",
    "A<B & <img src=x> =HYPERLINK(1)",
    "地下车库照明坏了一个月仍未修好，老人摔倒过一次，请尽快处理，谢谢，急",
    "𠮷先生反映电梯平层误差",
)
EVENTS = {
    Status.DISPATCHED: EventKind.DISPATCHED,
    Status.REPLIED: EventKind.REPLIED,
    Status.FOLLOWING_UP: EventKind.FOLLOWED_UP,
    Status.CLOSED: EventKind.CLOSED,
    Status.VOID: EventKind.VOIDED,
}


def office(*, per_month=40, months=14, finished=0.85, reopened=0.05, seed=1):
    """Random months of an office that end with October 2026."""
    chance = random.Random(seed)
    facts, lines = [], []

    def add(at, status, *, round_=1, kind=None, answer=None):
        lines.append(
            JournalLine(
                ticket_id=len(facts),
                sequence=len(lines),
                at=at,
                entered_at=at,
                kind=kind or EVENTS[status],
                status=status,
                counted=True,
                round=round_,
                by="王丽娟",
                satisfaction=answer,
                department=facts[-1].department if status is Status.DISPATCHED else "",
                text="带备件，先电话联系",
            )
        )

    for back in range(months - 1, -1, -1):
        month = OCTOBER.shifted(-back)
        for _ticket in range(per_month):
            at = month.start + timedelta(hours=chance.randrange(28 * 24))
            house = chance.random() < 0.8
            facts.append(
                ComplaintFact(
                    id=len(facts) + 1,
                    number=f"TS-{at:%Y%m}-{len(facts) + 1:04d}",
                    class_code=chance.choice([*SUBCLASSES, UNCLASSED, "fees"]),
                    class_suggested=chance.random() < 0.2,
                    matter=chance.choice(MATTERS),
                    where="3-2-501" if house else "中心花园东侧",
                    building=str(chance.randrange(1, 8)) if house else "",
                    channel=chance.choice(list(Channel)),
                    department=chance.choice(["工程部", "保洁部", "客服部"]),
                    handler=chance.choice(["李国强", "孙建华", ""]),
                    first_receiver=chance.choice(["王丽娟", "陈思远"]),
                    reporter="业主",
                    unit_id=chance.randrange(1, 60) if house else None,
                    received_at=at,
                    promised_at=at + timedelta(days=7) if chance.random() < 0.8 else None,
                )
            )
            add(at, Status.RECEIVED, kind=EventKind.REGISTERED)
            at += timedelta(hours=chance.randrange(30))
            add(at, Status.DISPATCHED)
            if chance.random() > finished:
                continue
            at += timedelta(hours=chance.randrange(200))
            if chance.random() < 0.03:
                add(at, Status.VOID)
                continue
            add(at, Status.REPLIED)
            answer = chance.choice([*[Satisfaction.SATISFIED] * 4, *Satisfaction])
            add(at, Status.FOLLOWING_UP, answer=answer)
            add(at, Status.CLOSED)
            if chance.random() < reopened:
                at += timedelta(days=5)
                add(at, Status.RECEIVED, round_=2, kind=EventKind.REOPENED)
    return ComplaintRecords(
        tuple(facts),
        tuple(lines),
        tuple(BuildingFact(str(number), 150 + number) for number in range(1, 8)),
        {OCTOBER: 1286, OCTOBER.previous: 1270, OCTOBER.last_year: 1240},
        {OCTOBER: Contacts(11, 23, 4), OCTOBER.previous: Contacts(9, 31, 2)},
        {OCTOBER: AskedAfter(9, 8, 5, ScoreMean.of([Decimal("4.13"), Decimal("3.80")]))},
    )


@pytest.fixture
def printed(tmp_path, texts, with_clocks):
    """Return a function that prints a month and gives figures, pages of text and the result."""

    def print_(records, month=OCTOBER, language=PaperLanguage.ZH, now=NOW):
        figures = complaint_figures(with_clocks(records, visits=True), month, now=now)
        sheet = ComplaintReportSheet(
            figures=figures,
            office_name="云澜花园物业服务中心",
            office_name_en="Yunlan Garden Property Service Centre",
            company="和苑物业服务有限公司",
            number="YB-202610",
            printed_at=now,
            printed_by="赵敏",
            language=language,
        )
        result = render_complaint_report(sheet, tmp_path / "r.pdf")
        return figures, texts(tmp_path / "r.pdf"), result

    return print_


def lines_of(pages):
    """Return all lines of text without blanks, so that a row is one string."""
    return ["".join(line.split()) for page in pages for line in page.splitlines()]


def shown(number, suffix=""):
    return f"{number:,}{suffix}" if number else "–"


def signed(number):
    if not number:
        return "–"
    return f"{'+' if number > 0 else '−'}{abs(number)}"


def rows_of(pages, first, last):
    """Return the text between two headings in one string without blanks."""
    text = "".join("".join(pages).split())
    start = text.index(first)
    return text[start : text.index(last, start)]


def test_every_key_figure_of_the_json_stands_on_paper(printed):
    figures, pages, _result = printed(office())
    general = rows_of(pages[:1], "关键指标", "好转")
    limits = rows_of(pages, "时限", "分类统计")
    for row in to_values(figures)["key_figures"]:
        text = limits if row["code"] in IN_TIME | ASKED else general
        places = (
            2
            if row["code"] in ("household-rate", "score-mean")
            else 0
            if row["unit"] == "count"
            else 1
        )
        sign = "%" if row["unit"] == "percent" else ""
        for name in ("value", "previous", "last_year"):
            if row[name] is not None:
                assert f"{row[name]:,.{places}f}{sign}" in text, (row["code"], name)
        for name in ("change", "year_change"):
            if row[name]:
                assert f"{abs(row[name]):,.{places}f}" in text, (row["code"], name)
        if row["numerator"] is not None and row["denominator"]:
            assert f"{row['numerator']:,}/{row['denominator']:,}" in text


def test_the_identity_stands_on_paper_with_the_terms_that_are_not_zero(printed):
    figures, pages, _result = printed(office())
    balance = figures.balance
    assert balance.reopened
    assert balance.removed
    assert not balance.moved_in
    text = rows_of(pages[:1], "收与结", "关键指标")
    for label in ("上期遗留", "本月新增", "重开", "移出", "应处理", "已办结", "未结"):
        assert label in text
    assert "转入" not in text
    for number in (balance.carried_over, balance.received, balance.reopened, balance.removed,
                   balance.to_handle, balance.closed, balance.open):  # fmt: skip
        assert str(number) in text
    before = figures.previous.balance
    came = [before.carried_over, before.received, *([before.reopened] if before.reopened else [])]
    identity = "+".join(map(str, came)) + (f"−{before.removed}" if before.removed else "")
    assert f"{identity}={before.to_handle}−{before.closed}={before.open}" in text


def test_every_row_of_the_class_table_stands_on_paper(printed):
    figures, pages, _result = printed(office(reopened=0))
    lines = lines_of(pages)
    values = to_values(figures)
    assert values["reopened"] == values["moved_in"] == 0
    received = values["received"]
    rows = [row for top in values["by_class"] for row in (top, *top.get("subclasses", ()))]
    assert len(rows) == len(CLASSES) + len(SUBCLASSES) + 2  # unclassed, and fees not divided
    for row in rows:
        share = f"{100 * row['received'] / received:.1f}%" if row["received"] else "–"
        satisfied = sum(row["answers"].values())
        rate = f"{100 * row['answers']['satisfied'] / satisfied:.1f}%" if satisfied else "–"
        cells = [shown(row["carried_over"]), shown(row["received"]), shown(row["suggested"]), share]
        cells += [shown(row["previous"]), signed(row["change"])]
        cells += [shown(row["last_year"]), signed(row["year_change"]), shown(row["closed"])]
        cells += [shown(row["removed"])] if values["removed"] else []
        cells += [shown(row["open"]), shown(row["overdue"])]
        if not values["removed"]:
            cells.append(f"{row['answers']['satisfied']}/{satisfied}" if satisfied else "–")
        cells.append(rate)
        wanted = "".join(cells)
        assert any(line.endswith(wanted) for line in lines), (row["class"], wanted)


def test_the_twelve_months_stand_on_paper(printed):
    figures, pages, _result = printed(office())
    months = to_values(figures)["months"]
    lines = lines_of(pages)
    names = ("设备设施", "管理服务", "收费", "突发事件", "待分类")
    for code, name in zip([*CLASSES, UNCLASSED], names, strict=True):
        wanted = name + "".join(shown(month["by_class"][code]) for month in months)
        assert wanted in lines, wanted
    for name in ("closed", "open"):
        wanted = "".join(shown(month[name]) for month in months)
        assert any(line.endswith(wanted) for line in lines), wanted
    text = rows_of(pages, "十二个月走势", "排列图")
    for month in months:
        assert str(month["received"]) in text


def test_every_open_complaint_is_printed_however_many(printed):
    figures, pages, result = printed(office(per_month=120, finished=0.5))
    assert len(figures.open_list) > 700
    numbers = set(re.findall(r"TS-\d{6}-\d{4}", "".join(pages)))
    assert {row.ticket.number for row in figures.open_list} <= numbers
    assert {row.ticket.number for row in figures.repeats} <= numbers
    assert result.pages == len(pages)
    heads = [page for page in pages if "未关闭清单（续）" in page]
    assert len(heads) >= 15
    assert all("编号" in page and "进展" in page for page in heads)


TITLES = (
    "收与结",
    "关键指标",
    "分类统计",
    "来源与位置",
    "十二个月走势",
    "排列图",
    "星期与时段",
    "部门与人员",
    "满意度",
    "二次投诉",
    "未关闭清单",
    "数据质量",
    "定义与公式",
    "签字",
)


@pytest.mark.parametrize("seed", range(5))
def test_no_page_is_empty_and_no_head_stands_alone(printed, tmp_path, seed):
    language = (PaperLanguage.ZH, PaperLanguage.EN, PaperLanguage.ZH_EN)[seed % 3]
    records = office(per_month=10 + 6 * seed, seed=seed)
    _figures, pages, result = printed(records, language=language)
    assert result.replaced_characters == ("𠮷",)
    for number, page in enumerate(pages, 1):
        assert len(lines_of([page])) > 8, f"page {number} is empty"
        foot = f"Page {number} of {len(pages)}" if language is PaperLanguage.EN else f"第 {number}"
        assert "".join(foot.split()) in "".join(page.split())
    assert ink_ends(tmp_path / "r.pdf") <= 281.0
    if language is PaperLanguage.ZH:
        heads = [head for page in pages for head in heads_of(page)]
        assert [title for title, _below in heads] == list(TITLES)
        alone = [head for head in heads if head[1] < 4 and head[0] != "二次投诉"]
        assert alone == []


def heads_of(page):
    """Return the section titles of a page, each with the number of lines of text below it."""
    lines = lines_of([page])
    return [
        (title, len(lines) - place - 2)  # the last line is the number of the page
        for place, line in enumerate(lines)
        for title in TITLES
        if re.match(rf"\d{{1,2}}{title}", line)
    ]


def ink_ends(path):
    """Return the lowest baseline in mm of the body on any page; the footer stands below."""
    lowest = 0.0

    def visit(text, _cm, matrix, _font, _size):
        nonlocal lowest
        down = 297 - matrix[5] * 25.4 / 72
        if text.strip() and down < 286:
            lowest = max(lowest, down)

    for page in pypdf.PdfReader(path).pages:
        page.extract_text(visitor_text=visit)
    return lowest


@pytest.mark.parametrize("language", PaperLanguage)
def test_an_office_without_complaints_gets_a_report_that_says_so(printed, language):
    figures, pages, _result = printed(ComplaintRecords(), language=language)
    assert figures.is_empty
    said = {
        PaperLanguage.ZH: "截至本月末没有任何投诉记录",
        PaperLanguage.ZH_EN: "截至本月末没有任何投诉记录",
        PaperLanguage.EN: "There is no complaint on record",
    }
    assert said[language] in pages[0]
    assert "分类统计" not in "".join(pages)


def test_a_quiet_month_in_a_busy_office_says_so(printed):
    _figures, pages, _result = printed(
        office(months=3, finished=1, reopened=0), Month(2027, 4), now=datetime(2027, 5, 2)
    )
    assert "本月没有投诉记录" in pages[0]
    assert "十二个月走势" in "".join(pages)


def test_a_month_where_nothing_came_in_leaves_out_what_it_cannot_show(printed):
    _figures, pages, _result = printed(
        office(months=2, finished=0.5), Month(2026, 12), now=datetime(2027, 1, 2)
    )
    assert "本月没有新增投诉" in pages[0]
    text = "".join(pages)
    assert "来源与位置、排列图、星期与时段从略" in text
    assert "未关闭清单" in text


def test_a_running_month_says_up_to_when(printed):
    now = datetime(2026, 10, 20, 15, 30)
    _figures, pages, _result = printed(office(), now=now)
    assert "临时版" in pages[0]
    assert "2026-10-20 15:30" in pages[0]


def test_everything_unclassed_and_no_households(printed):
    records = office(per_month=3)
    facts = tuple(
        ComplaintFact(**{name: getattr(fact, name) for name in ComplaintFact.__slots__}
                      | {"class_code": UNCLASSED, "building": "", "unit_id": None})
        for fact in records.tickets
    )  # fmt: skip
    figures, pages, _result = printed(ComplaintRecords(facts, records.journal))
    assert figures.pareto == ()
    assert f"{figures.balance.received} 件全部待分类" in pages[0]
    assert "本月新增的投诉都还没有分类" in "".join(pages)


def test_many_buildings_go_over_pages(printed):
    records = office(per_month=100)
    facts = tuple(
        ComplaintFact(**{name: getattr(fact, name) for name in ComplaintFact.__slots__}
                      | {"building": str(fact.id % 60 + 1)})
        for fact in records.tickets
    )  # fmt: skip
    buildings = tuple(BuildingFact(str(number), 40) for number in range(1, 91))
    figures, pages, _result = printed(ComplaintRecords(facts, records.journal, buildings))
    text = "".join("".join(pages).split())
    for row in figures.buildings:
        if row.count:
            assert f"{row.label}栋{row.count}40" in text
    assert "30栋（无投诉）–1,200" in text


@pytest.mark.parametrize("language", PaperLanguage)
def test_the_second_language_stands_under_titles_only(printed, language):
    _figures, pages, _result = printed(office(per_month=5), language=language)
    text = "".join(pages)
    assert ("分类统计" in text) == (language is not PaperLanguage.EN)
    assert ("Classes and sub-classes" in text) == (language is not PaperLanguage.ZH)
    assert ("待确认" in text) == (language is not PaperLanguage.EN)


def test_only_the_embedded_font_is_in_the_file(printed, tmp_path, fonts):
    printed(office(per_month=5))
    assert all(fonts(tmp_path / "r.pdf").values())


def test_the_same_figures_give_the_same_bytes(printed, tmp_path):
    printed(office(per_month=5))
    first = (tmp_path / "r.pdf").read_bytes()
    printed(office(per_month=5))
    assert (tmp_path / "r.pdf").read_bytes() == first


def test_english_words_in_narrow_heads_are_not_broken(printed):
    pages = printed(office(), language=PaperLanguage.EN)[1]
    heads = next(page for page in pages if "Class and sub-class" in page)
    for word in ("Ended", "Newly", "Portion", "Prev.", "± mth", "Yr ago", "± yr", "Rest", "Late"):
        assert word in heads, word
    assert all("Monthly complaint report" in page for page in pages[1:])
    assert "Monthly complaint report  October 2026" in pages[1]


def test_the_place_table_shows_households_only_where_they_are_known(printed):
    pages = printed(office())[1]
    assert any("件/百户" in page for page in pages)
    records = replace(office(), buildings=(), households={})
    assert not any("件/百户" in page for page in printed(records)[1])


def test_a_progress_that_has_room_stands_on_one_line(printed):
    """The matter leaves its spare room to the words that would wrap."""
    records = office(per_month=40, months=1, finished=0.5)
    short = tuple(replace(fact, matter="灯不亮", class_code="fees") for fact in records.tickets)
    said = tuple(replace(line, text="已约厂家，到货即换") for line in records.journal)
    pages = printed(replace(records, tickets=short, journal=said))[1]
    assert any("派工：已约厂家，到货即换" in line for line in lines_of(pages))


def test_the_longer_bar_has_the_higher_rate():
    figures = complaint_figures(
        replace(
            office(months=1),
            buildings=(BuildingFact("1", 10), *(BuildingFact(str(n), 900) for n in range(2, 8))),
        ),
        OCTOBER,
        now=NOW,
    )
    small = next(row for row in figures.buildings if row.label == "1")
    assert bar_lengths(figures.buildings, by_rate=True)[figures.buildings.index(small)] == 1.0
    assert max(bar_lengths(figures.buildings, by_rate=False)) == 1.0


def test_complaints_without_a_house_are_not_told_to_be_no_repeats(printed):
    nowhere = tuple(replace(fact, unit_id=None) for fact in office(months=1).tickets)
    pages = printed(replace(office(months=1), tickets=nowhere))[1]
    assert "40件均未对应房屋，无法判断是否二次投诉。" in lines_of(pages)

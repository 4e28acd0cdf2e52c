"""Complaint sheet, reply letter, problem report and follow-up sheet: read back out of the PDF."""

import shutil
import subprocess
from dataclasses import fields, replace
from datetime import date, datetime
from functools import partial

import pytest
from PIL import Image

from propdesk.domain.papers import PaperLanguage
from propdesk.reports.complaint_sheets import (
    ComplaintSheet,
    Lamp,
    Mark,
    Stage,
    render_complaint_sheet,
)
from propdesk.reports.follow_up_sheets import (
    Asked,
    FollowUpSheet,
    render_follow_up_list,
    render_follow_up_sheet,
)
from propdesk.reports.problem_reports import ProblemReportSheet, render_problem_report
from propdesk.reports.reply_letters import ReplyLetterSheet, render_reply_letter

PRINTED = datetime(2026, 11, 15, 10, 52)
HEAD = {
    "office_name": "云澜花园物业服务中心",
    "office_name_en": "Yunlan Garden Property Service Centre",
    "office_phone": "0571-8800 6110",
    "printed_at": PRINTED,
    "printed_by": "陈思远",
}
STAGES = (
    Stage("受理", "11-12 18:36", mark=Mark.FREE),
    Stage("到场", "11-12 18:38", "2 分", "限 3 分钟", Mark.KEPT),
    Stage("回复", "11-14 09:00", "1 天 14 小时", "限 1 个工作日", Mark.MISSED),
    Stage("关闭"),
)
COMPLAINT = ComplaintSheet(
    **HEAD, number="TS-202611-0031", severities=("一般", "复杂", "严重"), severity="严重",
    class_path="4.3 突发事件·电梯困人", received="2026-11-12 18:36", text="电梯停在9楼和10楼中间。",
    is_hot=True, is_valid=True, is_repeated=True, reporter="何先生（业主）", place="3栋1单元1802室",
    phone="138****3407", channel="来电", first_receiver="前台甲", wish="尽快救出。", stages=STAGES,
    sent="工程部 11-12 18:37", feedback="11-13 10:20", handler="王建国", waited="1 次，共 2 小时",
    pushed="11-13 09:00 催办", on_site="到9层安抚。", work="更换触点。", seen="门锁回路断开。",
    cause="设备：触点氧化。", prevention="半月清洁一次。", related="重复 TS-202610-0004",
    reply_way="上门", replied="11-13 15:00", letter="函-2026-0031", told="致歉并说明原因。",
    asked="11-15 10:30 满意，4.62 分", asked_by="赵敏", manager="11-15 徐立平已再沟通",
    opinion="处理得快。", files="照片 6 张", archive_number="DA-2026-0017",
    lamps=tuple(Lamp(f"{word}清楚", word != "跟") for word in "听问记跟复报"),
    signers=("前台甲", "责任工程部", "徐经理"),
)  # fmt: skip
LETTER = ReplyLetterSheet(
    **HEAD, company="和苑物业服务有限公司", number="函-2026-0031", ticket="TS-202611-0031",
    addressee="3栋1单元1802室 何先生", dated_on=date(2026, 11, 13), contact="陈思远 0571-88006110",
    paragraphs=("您好！来函收悉。", "我们诚恳道歉。", "已更换触点。", "十一月底完成。", "谢谢。"),
    issued_by="徐立平",
)  # fmt: skip
REPORT = ProblemReportSheet(
    **HEAD, number="TS-202611-0031", department="工程部", reported="2026-11-12 19:00",
    reported_by="前台甲", report="请查明同批电梯。", severity="严重", received="2026-11-12 18:36",
    text="电梯停在中间。", class_path="4.3 电梯困人", urgency="危急", place="3栋1单元",
    reporter="何先生", subject="电梯困人", wish="尽快救出", answer_by="2026-11-15 19:00",
)  # fmt: skip
ASKED = Asked(
    "TS-202611-0031", "2026-11-12 18:36", "3栋1单元1802室", "何先生", "138****3407", "电梯困人",
    "已更换触点。", "王建国", "2026-11-18",
)  # fmt: skip
FOLLOW_UP = FollowUpSheet(
    **HEAD, asked=(ASKED,), checks=("是否解决", "是否按时", "态度", "鞋套清场", "收费说明"),
    scores=(("专业", 32), ("责任心", 22), ("仪表", 19), ("人情味", 16), ("软硬件", 11)),
    answers=("满意", "一般", "不满意"),
)  # fmt: skip
LIST = replace(
    FOLLOW_UP, asked=tuple(replace(ASKED, number=f"TS-202611-{n:04d}") for n in range(1, 21))
)
PAPERS = {
    "complaint": (render_complaint_sheet, COMPLAINT),
    "letter": (render_reply_letter, LETTER),
    "report": (render_problem_report, REPORT),
    "follow-up": (render_follow_up_sheet, FOLLOW_UP),
    "list": (render_follow_up_list, LIST),
}
# What stands in English on the English paper, and what is told by a mark, not by a word.
_ELSEWHERE = {"office_name_en", "office_name", "severities"}

each = pytest.mark.parametrize("paper", PAPERS)
in_each_language = pytest.mark.parametrize("language", PaperLanguage)


def plain(text):
    return "".join(text.split())


def words_of(sheet):
    """Give every text of a sheet's fields, those of its parts too."""
    for field in fields(sheet):
        value = getattr(sheet, field.name)
        if field.name in _ELSEWHERE:
            continue
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, str):
                yield one
            elif isinstance(one, Stage | Asked | Lamp):
                yield from words_of(one)
            elif isinstance(one, tuple):
                yield f"{one[0]} {one[1]}%"


@pytest.fixture
def target(tmp_path):
    return tmp_path / "纸 paper.pdf"


@pytest.fixture
def read(target, texts):
    """Print a sheet and give the words of all its pages without blanks."""

    def run(render, sheet, **more):
        render(sheet, target, **more)
        return plain("".join(texts(target)))

    return run


@in_each_language
@each
def test_every_field_stands_on_the_paper(read, paper, language):
    render, sheet = PAPERS[paper]
    seen = read(render, sheet, language=language)
    hidden = set()
    if paper == "list":
        hidden = {"2026-11-12 18:36", "王建国", HEAD["office_phone"]}
    for word in set(words_of(sheet)) - hidden - {"kept", "missed", "free", "none"}:
        assert plain(word) in seen, word
    assert "2026-11-1510:52" in seen


@in_each_language
@each
def test_the_font_is_embedded_and_the_file_the_same_each_time(target, fonts, paper, language):
    render, sheet = PAPERS[paper]
    render(sheet, target, language=language)
    first = target.read_bytes()
    assert set(fonts(target).values()) == {True}
    render(sheet, target, language=language)
    assert target.read_bytes() == first


@in_each_language
@each
def test_no_ink_outside_the_margins(target, tmp_path, paper, language):
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not installed, so the ink cannot be measured")
    render, sheet = PAPERS[paper]
    render(sheet, target, language=language)
    stem = tmp_path / "ink"
    subprocess.run(["pdftoppm", "-r", "100", "-gray", target, stem], check=True)
    for picture in sorted(tmp_path.glob("ink*.pgm")):
        with Image.open(picture) as page:
            ink = page.point(lambda grey: 255 if grey < 128 else 0).getbbox()
            margin = 4 / 25.4 * 100
            assert ink[0] >= margin
            assert ink[1] >= margin
            assert ink[2] <= page.width - margin
            assert ink[3] <= page.height - margin


LONG = {
    "complaint": ("text", "wish", "on_site", "work", "cause", "told", "opinion", "manager"),
    "letter": ("addressee",),
    "report": ("text", "report"),
}


@pytest.mark.parametrize(
    ("paper", "field"), [(paper, field) for paper, names in LONG.items() for field in names]
)
def test_a_long_text_goes_on_on_the_next_page_and_nothing_is_cut(target, texts, paper, field):
    render, sheet = PAPERS[paper]
    long = "起" + "物业服务" * 900 + "止"
    printed = render(replace(sheet, **{field: long}), target)
    assert printed.pages > 1
    seen = plain("".join(texts(target)))
    assert seen.count("物业服务") >= 900
    assert "起物" in seen
    assert "务止" in seen
    number = sheet.number
    assert all(number in page for page in texts(target))


@pytest.mark.parametrize("paper", ["complaint", "letter", "report", "follow-up", "list"])
def test_a_hundred_thousand_characters_are_printed_whole(target, texts, paper):
    render, sheet = PAPERS[paper]
    long = "字" * 99_998 + "末"
    if paper == "letter":
        sheet = replace(sheet, paragraphs=(long,) * 2)
    elif paper in ("follow-up", "list"):
        sheet = replace(sheet, asked=(replace(ASKED, result=long), *sheet.asked[1:]))
    else:
        sheet = replace(sheet, text=long)
    printed = render(sheet, target)
    pages = [plain(page) for page in texts(target)]
    assert sum(page.count("字") for page in pages) >= 99_998
    assert any("末" in page for page in pages)
    # No page holds more than there is room for: nothing was drawn below its end.
    assert max(page.count("字") for page in pages) < 4000
    assert printed.pages > 25


@each
def test_markup_is_print_and_what_the_font_lacks_is_told(target, texts, paper):
    render, sheet = PAPERS[paper]
    evil = "<para>&amp;{称谓}</b>𠮷"
    if paper == "letter":
        sheet = replace(sheet, paragraphs=(evil,))
    elif paper in ("follow-up", "list"):
        sheet = replace(sheet, asked=(replace(ASKED, matter=evil),))
    else:
        sheet = replace(sheet, text=evil)
    printed = render(sheet, target)
    assert printed.replaced_characters == ("𠮷",)
    assert "<para>&amp;{称谓}</b>〓" in plain("".join(texts(target)))


@each
def test_a_refused_file_leaves_nothing_behind(tmp_path, paper):
    render, sheet = PAPERS[paper]
    with pytest.raises(FileNotFoundError):
        render(sheet, tmp_path / "absent" / "paper.pdf")
    assert list(tmp_path.iterdir()) == []


def test_r46_a_void_letter_says_so(read):
    draw = partial(read, render_reply_letter)
    assert "已作废" in draw(replace(LETTER, is_void=True))
    assert "已作废" not in draw(LETTER)


@pytest.mark.parametrize("lines", range(18, 27))
def test_r46_the_seal_never_stands_on_a_page_of_its_own(target, texts, lines):
    paragraph = "物业服务中心认真核查。" * 3
    render_reply_letter(replace(LETTER, paragraphs=(paragraph,) * lines), target)
    last = plain(texts(target)[-1])
    assert "（盖章）" in last
    assert "认真核查" in last


@pytest.mark.parametrize("lines", range(1, 30))
def test_r44_the_signatures_of_a_complaint_sheet_never_stand_on_a_page_of_their_own(
    target, texts, lines
):
    render_complaint_sheet(replace(COMPLAINT, work="\n".join(["更换触点。"] * lines)), target)
    last = texts(target)[-1]
    assert "徐经理" in last
    assert "照片 6 张" in last
    assert "处理得快" in last


def test_r44_an_empty_complaint_sheet_is_a_form_for_the_pen(read):
    bare = ComplaintSheet(
        office_name="物业", number="TS-1", severities=("一般",), severity="", class_path="",
        received="", text="", printed_at=PRINTED, printed_by="甲",
    )  # fmt: skip
    seen = read(render_complaint_sheet, bare)
    for label in ("投诉人", "根本原因", "纠正预防", "经理再沟通", "归档号", "项目经理"):
        assert label in seen


def test_r66_each_score_has_its_weight_and_five_boxes(read):
    seen = read(render_follow_up_sheet, FOLLOW_UP)
    for name, percent in FOLLOW_UP.scores:
        assert f"{name}{percent}%12345" in seen

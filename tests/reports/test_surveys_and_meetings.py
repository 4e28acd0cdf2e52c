"""The papers of questionnaires and meetings, read back from the PDF (R66, R68, R87, R88)."""

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pypdf
import pytest

from propdesk.domain.meetings import ActionDraft, Attendee, MeetingDraft, MeetingKind, Section
from propdesk.domain.papers import PaperLanguage
from propdesk.services import meetings, offices, surveys
from propdesk.services.printing_meetings import print_meeting, print_sign_in
from propdesk.services.printing_surveys import (
    print_counting_sheet,
    print_questionnaire,
    print_survey_result,
)
from propdesk.services.queries.staff import first_desk
from propdesk.services.queries.survey_template import survey_template
from propdesk.services.queries.surveys import survey_result

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def desk(tmp_path):
    office = offices.open_office(tmp_path / "office", now=NOW)
    yield first_desk()
    offices.close_office(office)


@pytest.fixture
def survey(desk):
    draft = replace(survey_template("zh_CN", NOW.date()), handed_out=9, until_on=NOW.date())
    made = surveys.write_survey(draft, by=desk.id, now=NOW)
    for scores in ("555555555555", "44444444444-", "1-1111111111"):
        answers = tuple(None if one == "-" else int(one) for one in scores)
        surveys.add_sheet(made.id, answers, by=desk.id, now=NOW, remark="地库加灯")
    return made


@pytest.fixture
def read(tmp_path, desk):
    def drawn(draw, key, language=PaperLanguage.ZH):
        file = tmp_path / "paper.pdf"
        printed = draw(key, file, by=desk, now=NOW, language=language)
        pages = pypdf.PdfReader(file).pages
        assert printed.pages == len(pages)
        assert printed.replaced_characters == ()
        return "".join(re.sub(r"\s", "", page.extract_text()) for page in pages)

    return drawn


def test_r68_the_questionnaire_asks_all_and_bears_nothing_internal(read, survey):
    text = read(print_questionnaire, survey.id)
    for place, question in enumerate(survey.questions, 1):
        assert f"{place}.{question.text}" in text
    assert survey.title.replace(" ", "") in text
    assert "2026-11-21" in text
    assert "内部" not in text
    assert "32%" not in text  # the weights are the office's own matter


def test_r68_the_counting_sheet_has_room_for_each_question(read, survey):
    text = read(print_counting_sheet, survey.id)
    assert all(question.text in text for question in survey.questions)
    assert all(word in text for word in ("发放", "收回", "有效", "得分"))


@pytest.mark.parametrize("language", PaperLanguage)
def test_r66_the_results_say_every_figure_of_the_count(read, survey, language):
    result = survey_result(survey.id)
    text = read(print_survey_result, survey.id, language)
    for one in result.questions:
        rate = one.satisfied
        figures = f"{one.mean}{rate.percent()}%({rate.numerator}/{rate.denominator})"
        assert f"{''.join(str(n or '–') for n in reversed(one.counts))}{figures}" in text
    assert str(result.weighted) in text
    assert "33.3%(3/9)" in text
    assert text.count("地库加灯") == 3


def test_a_survey_without_sheets_is_printed_without_figures(read, desk):
    made = surveys.write_survey(survey_template("zh_CN", NOW.date()), by=desk.id, now=NOW)
    text = read(print_survey_result, made.id)
    assert "–" in text
    assert "加权" not in text


@pytest.fixture
def forum(desk):
    draft = MeetingDraft(
        MeetingKind.FORUM,
        "第四季度业主恳谈会",
        datetime(2026, 11, 20, 19, 0),
        place="社区活动室",
        attendees=(Attendee("张伟丰", "3-2-501"), Attendee("王主任", "居委会")),
        sections={Section.RECTIFIED: "上次提的 6 项已改 5 项"},
        actions=(ActionDraft("地库加装减速带", "陈工", due_on=NOW.date(), needs_improvement=True),),
    )
    return meetings.write_meeting(draft, by=desk.id, now=NOW)


def test_r87_the_sign_in_sheet_names_who_is_expected_and_leaves_lines(read, forum):
    text = read(print_sign_in, forum.id)
    assert forum.number in text
    assert all(word in text for word in ("张伟丰", "3-2-501", "王主任", "签字"))
    assert "20" in text


def test_r87_the_record_has_the_six_headings_the_text_and_the_decisions(read, forum):
    text = read(print_meeting, forum.id)
    for word in (
        "上次问题整改通报", "重点难点问题", "普遍反映的问题", "服务提升措施", "小区动态",
        "法规宣传", "上次提的6项已改5项", "地库加装减速带", "陈工", "2026-11-21", "需改进",
    ):  # fmt: skip
        assert word in text


def test_a_long_meeting_goes_on_over_pages(read, desk, forum):
    many = tuple(Attendee(f"业主{n}", f"3-2-{n}") for n in range(60))
    draft = MeetingDraft(
        MeetingKind.OTHER,
        "长会",
        datetime(2026, 11, 20, 19, 0),
        attendees=many,
        sections={Section.DISCUSSED: "讨论了很多。" * 900},
    )
    made = meetings.write_meeting(draft, by=desk.id, now=NOW)
    assert read(print_sign_in, made.id).count("3-2-") == 60
    assert read(print_meeting, made.id).count("讨论了很多") == 900


@pytest.mark.parametrize("draw", [print_meeting, print_sign_in])
def test_a_long_place_of_a_meeting_wraps_within_its_half(tmp_path, desk, draw):
    place = "云澜花园物业服务中心" * 4 + "后门"
    at = datetime(2026, 11, 20, 19, 0)
    draft = MeetingDraft(MeetingKind.OTHER, "𠮷野家恳谈会", at, place=place)
    made = meetings.write_meeting(draft, by=desk.id, now=NOW)
    file = tmp_path / "paper.pdf"
    draw(made.id, file, by=desk, now=NOW, language=PaperLanguage.ZH)
    lines = pypdf.PdfReader(file).pages[0].extract_text().splitlines()
    assert "后门" in "".join(lines)
    assert max(line.count("云澜花园") for line in lines) < 4

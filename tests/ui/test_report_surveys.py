"""Questionnaires and meetings on the reports page, by keys alone (R66, R68, R87, R88)."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget

from propdesk.services import surveys
from propdesk.services.queries.meetings import list_meetings
from propdesk.services.queries.survey_template import survey_template
from propdesk.services.queries.surveys import list_sheets, list_surveys, survey_result
from ui.dialogs.meeting_dialog import MeetingDialog
from ui.dialogs.survey_dialog import SheetsDialog, SurveyDialog
from ui.pages.reports import ReportsPage


@pytest.fixture
def survey(house, now):
    draft = replace(survey_template("zh_CN", now.date()), handed_out=20)
    return surveys.write_survey(draft, by=house.desk.id, now=now)


@pytest.fixture
def page(office_context, house, showing, qtbot):
    def open_page(report):
        shown = showing(ReportsPage(office_context), 1366, 692)
        shown.show_report(report)
        qtbot.waitUntil(shown.is_settled, timeout=10_000)
        return shown

    return open_page


def test_r68_a_questionnaire_is_written_from_the_template(
    office_context, showing, press, type_words, in_dialog, now, house
):
    parent = showing(QWidget(), 1366, 768)
    draft = survey_template("zh_CN", now.date())

    def write(_dialog):
        press("Tab", "Tab", "Ctrl+End", "Return")
        type_words("停车方便")
        press("Tab", "Tab", "Tab")
        type_words("300")
        press("Ctrl+S")

    dialog = SurveyDialog(office_context, parent, draft)
    in_dialog(SurveyDialog, write)
    dialog.ask()
    (kept,) = list_surveys()
    assert kept.handed_out == 300
    assert (kept.questions[-1].text, kept.questions[-1].kind) == ("停车方便", "own")
    assert kept.questions[:-1] == draft.questions


def test_a_questionnaire_without_a_title_is_told_at_its_field(
    office_context, showing, press, in_dialog, now, house
):
    parent = showing(QWidget(), 1366, 768)
    told = []

    def write(dialog):
        press("Ctrl+A", "Del", "Ctrl+S")
        told.append(dialog.rows.problem("title"))
        press("Esc")

    dialog = SurveyDialog(office_context, parent, survey_template("en", now.date()))
    in_dialog(SurveyDialog, write)
    dialog.ask()
    assert told[0]
    assert list_surveys() == ()


def test_r68_sheets_are_taken_in_one_after_the_other_with_enter(
    office_context, showing, press, type_words, in_dialog, survey
):
    parent = showing(QWidget(), 1366, 768)
    told = []

    def take(dialog):
        type_words("5" * 12)
        press("Enter")
        type_words("44444")
        press("Enter")  # too few: it stays
        told.append(dialog.rows.problem("scores"))
        type_words("4444444")
        press("Enter")
        type_words("1-1111111111")
        press("Tab")
        type_words("1-2-501")
        press("Tab")
        type_words("地库加灯")
        press("Enter")
        press("Esc")

    dialog = SheetsDialog(office_context, parent, survey)
    in_dialog(SheetsDialog, take)
    dialog.ask()
    assert told[0]
    assert dialog.taken == 3
    third = list_sheets(survey.id)[2]
    assert (third.unit_short, third.remark, third.answers[1]) == ("1-2-501", "地库加灯", None)
    assert survey_result(survey.id).valid == 3


def test_r68_the_page_shows_the_results_of_what_was_taken_in(
    page, press, type_words, in_dialog, survey, qtbot
):
    shown = page("surveys")

    def take(_dialog):
        type_words("5" * 12)
        press("Enter", "Esc")

    in_dialog(SheetsDialog, take)
    press("F7")
    qtbot.waitUntil(shown.is_settled, timeout=10_000)
    assert shown.panel.papers.chosen() == "result"
    assert survey_result(survey.id).returned == 1


@pytest.mark.parametrize("report", ["surveys", "meetings"])
def test_without_any_the_page_says_what_to_do(page, report):
    shown = page(report)
    assert "F6" in shown.view.accessibleDescription()


def test_r87_a_forum_is_kept_by_keyboard_with_its_headings(
    office_context, showing, press, type_words, in_dialog, house
):
    parent = showing(QWidget(), 1366, 768)

    def keep(_dialog):
        type_words("业主恳谈会")
        press("Tab")
        type_words("大堂")
        press("Tab", "Tab", "Tab")
        type_words("张伟丰 1-2-501")
        press("Tab", "Down", "Tab")
        type_words("地库积水")
        press("Tab")
        type_words("! 加装水泵 | 陈工 | 2026-12-01")
        press("Ctrl+S")

    dialog = MeetingDialog(office_context, parent)
    in_dialog(MeetingDialog, keep)
    dialog.ask()
    (kept,) = list_meetings()
    assert [one.name for one in kept.attendees] == ["张伟丰"]
    assert dict(kept.sections) == {"hard-matters": "地库积水"}
    (action,) = kept.actions
    assert (action.text, action.responsible, action.needs_improvement) == ("加装水泵", "陈工", True)


def test_a_meeting_without_a_subject_is_told_at_its_field(
    office_context, showing, press, in_dialog, house
):
    parent = showing(QWidget(), 1366, 768)
    told = []

    def keep(dialog):
        press("Ctrl+S")
        told.append(dialog.rows.problem("title"))
        press("Esc")

    dialog = MeetingDialog(office_context, parent)
    in_dialog(MeetingDialog, keep)
    dialog.ask()
    assert told[0]
    assert list_meetings() == ()

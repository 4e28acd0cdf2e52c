"""Pictures of questionnaires and meetings: written, taken in, and what came of them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from PySide6.QtTest import QTest

from propdesk.domain.meetings import (
    SECTIONS_OF,
    ActionDraft,
    Attendee,
    Meeting,
    MeetingDraft,
    MeetingKind,
)
from propdesk.domain.surveys import Survey
from propdesk.i18n import _
from propdesk.services import meetings, surveys
from propdesk.services.queries.meetings import list_meetings
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.survey_template import survey_template
from propdesk.services.queries.surveys import list_surveys
from propdesk.services.queries.tickets import TicketFilter, get_ticket, list_tickets
from propdesk.services.queries.units import list_units
from ui.dialogs.meeting_dialog import MeetingDialog
from ui.dialogs.survey_dialog import SheetsDialog, SurveyDialog
from ui.pages.reports import ReportsPage

if TYPE_CHECKING:
    from ui.screenshots import Stage

_SHEETS, _NO_ANSWER_EVERY = 23, 7
_TYPED = "554-3"


def survey_of(stage: "Stage") -> Survey:
    """Return a questionnaire with sheets that came back, written once into the copy."""
    kept = list_surveys()
    if kept:
        return kept[0]
    context = stage.context
    by, now = context.staff.id, context.now()
    draft = survey_template(context.settings.paper_language.code, now.date())
    survey = surveys.write_survey(replace(draft, handed_out=40), by=by, now=now)
    count = len(survey.questions)
    for sheet in range(_SHEETS):
        answers = tuple(
            None if (sheet + at) % _NO_ANSWER_EVERY == 0 else 1 + (sheet * 3 + at * at) % 5
            for at in range(count)
        )
        surveys.add_sheet(survey.id, answers, by=by, now=now)
    return survey


def meeting_of(stage: "Stage") -> Meeting:
    """Return a residents' forum with all its headings, written once into the copy."""
    kept = list_meetings()
    if kept:
        return kept[0]
    context = stage.context
    by, now = context.staff.id, context.now()
    houses = [one for one in list_units(today=now.date()) if one.residents][:12]
    people = [Attendee(list_residents(one.id, now.date())[0].name, one.short) for one in houses]
    rows = list_tickets(TicketFilter(), now=now, limit=9).rows
    texts = [get_ticket(row.id).text for row in rows]
    sections = SECTIONS_OF[MeetingKind.FORUM]
    draft = MeetingDraft(
        kind=MeetingKind.FORUM,
        title=str(_("Residents' forum")),
        at=now.replace(tzinfo=None),
        place=context.settings.office_name,
        host=context.staff.name,
        recorder=context.staff.name,
        attendees=tuple(people),
        sections=dict(zip(sections, texts, strict=False)),
        actions=tuple(
            ActionDraft(
                text[:60],
                context.staff.name,
                due_on=now.date() + timedelta(weeks=1),
                needs_improvement=text is texts[0],
            )
            for text in texts[:3]
        ),
    )
    return meetings.write_meeting(draft, by=by, now=now)


def _write(stage: "Stage") -> None:
    now = stage.context.now()
    draft = survey_template(stage.context.settings.paper_language.code, now.date())
    SurveyDialog(stage.context, stage.window, draft).ask()


def _write_problems(stage: "Stage") -> None:
    now = stage.context.now()
    draft = survey_template(stage.context.settings.paper_language.code, now.date())
    dialog = SurveyDialog(stage.context, stage.window, replace(draft, title="", questions=()))
    dialog.open()
    dialog.choose("save")


def _sheets(stage: "Stage") -> None:
    dialog = SheetsDialog(stage.context, stage.window, survey_of(stage))
    dialog.open()
    QTest.keyClicks(dialog.focusWidget(), _TYPED)


def _meeting(stage: "Stage") -> None:
    MeetingDialog(stage.context, stage.window, meeting_of(stage)).ask()


def _meeting_problems(stage: "Stage") -> None:
    dialog = MeetingDialog(stage.context, stage.window)
    dialog.open()
    dialog.choose("save")


def _panel(key: str, paper: str, fill: Callable[["Stage"], object]) -> Callable[["Stage"], None]:
    """Return the act that chooses one paper of a panel and waits until it is drawn."""

    def show(stage: "Stage") -> None:
        fill(stage)
        page = cast(ReportsPage, stage.page("reports"))
        page.show_report(key)
        stage.until(page.is_settled, "the paper of the report")
        panel = page.panel
        panel.papers.choose(paper)  # type: ignore[attr-defined] # a panel with several papers
        panel.on_asked()
        stage.until(page.is_settled, "the paper that was chosen")

    return show


PAGES: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("survey-sheet", _panel("surveys", "questionnaire", survey_of)),
    ("survey-counting", _panel("surveys", "counting", survey_of)),
    ("survey-result", _panel("surveys", "result", survey_of)),
    ("meeting-sign-in", _panel("meetings", "sign-in", meeting_of)),
    ("meeting-record", _panel("meetings", "record", meeting_of)),
)
DIALOGS: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("survey-write", _write),
    ("survey-write-problems", _write_problems),
    ("survey-take", _sheets),
    ("meeting-form", _meeting),
    ("meeting-form-problems", _meeting_problems),
)

"""Questionnaires and meetings on the reports page, behind 更多 (decision 57)."""

from collections.abc import Hashable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from propdesk.domain.errors import RuleError
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.surveys import SurveyDraft
from propdesk.i18n import _
from propdesk.services.meetings import void_meeting
from propdesk.services.printing_meetings import print_meeting, print_sign_in
from propdesk.services.printing_surveys import (
    print_counting_sheet,
    print_questionnaire,
    print_survey_result,
)
from propdesk.services.queries.meetings import get_meeting, list_meetings
from propdesk.services.queries.survey_template import survey_template
from propdesk.services.queries.surveys import get_survey, list_surveys
from propdesk.services.surveys import close_survey, reopen_survey
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.meeting_dialog import MeetingDialog
from ui.dialogs.survey_dialog import SheetsDialog, SurveyDialog
from ui.pages.report_panel import Draw
from ui.pages.report_registers import KeptPanel
from ui.papers import DrawnPaper
from ui.theme import Ink, Space
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice, Segments
from ui.widgets.labels import Hairline, Label, LinkButton

_SURVEY_PAPERS = {
    "questionnaire": print_questionnaire,
    "counting": print_counting_sheet,
    "result": print_survey_result,
}
_MEETING_PAPERS = {"sign-in": print_sign_in, "record": print_meeting}


class _PapersPanel(KeptPanel):
    """Something kept that has several papers: which one stands beside the list of them."""

    papers: Segments

    def paper_choices(self) -> list[Choice]:
        """Return the papers."""
        raise NotImplementedError

    def parameters(self) -> QWidget:
        """Return the list of what is kept, its papers, and the button for a new one."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        kept = super().parameters()
        column.addWidget(kept)
        self.papers = Segments(self.context.theme, _("Paper"), self.paper_choices())
        self.papers.chosen_changed.connect(self.on_asked)
        row = QHBoxLayout()
        row.addWidget(self.papers)
        row.addStretch(1)
        column.addLayout(row)
        box.setFocusProxy(self.pick)
        return box

    def values(self) -> Hashable:
        """Return which one and which of its papers."""
        return (self.pick.value(), self.papers.chosen())

    def title(self) -> str:
        """Return what is chosen."""
        return self.pick.currentText() or self.word

    def add_link(self, body: QVBoxLayout, link: LinkButton) -> None:
        """Add a way to another act, in a line of its own."""
        row = QHBoxLayout()
        row.addWidget(link)
        row.addStretch(1)
        body.addLayout(row)


class SurveyPanel(_PapersPanel):
    """Questionnaires: the sheet to hand out, the counting sheet, what came back (R66, R68)."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, _("Questionnaires"))

    def paper_choices(self) -> list[Choice]:
        """Return sheet, counting sheet and results."""
        return [
            Choice("questionnaire", _("Questionnaire")),
            Choice("counting", _("Counting sheet")),
            Choice("result", _("Survey results")),
        ]

    def kept(self) -> list[Choice]:
        """Return the questionnaires, newest first."""
        return [
            Choice(
                str(one.id),
                "  ".join(
                    filter(
                        None,
                        (one.title, str(one.from_on), _("count closed") if one.closed_at else ""),
                    )
                ),
            )
            for one in list_surveys()
        ]

    def new_word(self) -> str:
        """Return the word of the button."""
        return _("Write a questionnaire")

    def more_acts(self) -> list[QWidget]:
        """Return the way to take sheets in."""
        take = Button(self.context.theme, _("Take in sheets"), icon="clipboard-list", shortcut="F7")
        take.clicked.connect(self._on_take)
        return [take]

    def fill_side(self, body: QVBoxLayout) -> None:
        """Show how many came back; lead to changing and closing."""
        theme = self.context.theme
        body.addWidget(Label(theme, _("Sheets"), ink=Ink.TEXT_2, bold=True))
        self._count = Label(theme, wrap=True)
        body.addWidget(self._count)
        self._change = LinkButton(theme, _("Change the questionnaire"))
        self._change.followed.connect(self._on_change)
        self.add_link(body, self._change)
        self._close = LinkButton(theme)
        self._close.followed.connect(self._on_close)
        self.add_link(body, self._close)
        body.addWidget(Hairline(theme))

    def show_drawn(self, drawn: object) -> None:  # noqa: ARG002 - the counts are read anew
        """Count what came back."""
        chosen = self.chosen()
        survey = get_survey(chosen) if chosen is not None else None
        self._change.setVisible(survey is not None and survey.closed_at is None)
        self._close.show_text(
            "" if survey is None else _("Reopen the count") if survey.closed_at
            else _("Close the count")
        )  # fmt: skip
        self._count.show_text(
            _("{returned} of {handed_out} came back").format(
                returned=survey.returned, handed_out=survey.handed_out
            )
            if survey
            else _("Press F6 to write the first questionnaire.")
        )

    def drawer(self, language: PaperLanguage) -> Draw:
        """Draw the chosen paper; without a questionnaire there is a sentence in its place."""
        chosen, now, by = self.chosen(), self.context.now(), self.context.staff
        paper = _SURVEY_PAPERS[self.papers.chosen()]

        def draw(target: Path, _progress: Progress) -> DrawnPaper:
            if chosen is None:
                raise RuleError(
                    "survey-none", _("No questionnaire was written yet. Press F6 to write one.")
                )
            return paper(chosen, target, by=by, now=now, language=language)

        return draw

    def on_new(self) -> None:
        """Write a questionnaire from the template; it is then in sight."""
        language = self.context.settings.paper_language.code
        draft = survey_template(language, self.context.now().date())
        self._show(SurveyDialog(self.context, self, draft))

    def _on_change(self) -> None:
        chosen = self.chosen()
        if chosen is None:
            return
        survey = get_survey(chosen)
        draft = SurveyDraft(
            survey.title, survey.questions, survey.from_on, survey.until_on, survey.intro,
            survey.handed_out,
        )  # fmt: skip
        self._show(SurveyDialog(self.context, self, draft, survey))

    def _show(self, dialog: SurveyDialog) -> None:
        dialog.ask()
        if dialog.stored is not None:
            self.show_new(dialog.stored.id)

    def _on_take(self) -> None:
        """Take sheets in until the clerk has enough; the results are then in sight."""
        chosen = self.chosen()
        if chosen is None:
            return
        survey = get_survey(chosen)
        if survey.closed_at is not None:
            self.context.messages.tell(
                self,
                _("This was not done"),
                _("The count of «{title}» is closed. Reopen it first.").format(title=survey.title),
            )
            return
        dialog = SheetsDialog(self.context, self, survey)
        dialog.ask()
        if dialog.taken:
            self.papers.choose("result")
            self.refill()
        self.pick.setFocus()

    def _on_close(self) -> None:
        chosen, context = self.chosen(), self.context
        if chosen is None:
            return
        by, now = context.staff.id, context.now()
        is_closed = get_survey(chosen).closed_at is not None

        def act() -> object:
            if is_closed:
                return reopen_survey(chosen, by=by)
            return close_survey(chosen, by=by, now=now)

        if context.attempt(self, _("This was not done"), act):
            self.refill()
            self.pick.setFocus()


class MeetingPanel(_PapersPanel):
    """Meetings: the sheet that is signed, and the record (R87, R88)."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, _("Meetings"))

    def paper_choices(self) -> list[Choice]:
        """Return sign-in sheet and record."""
        return [
            Choice("sign-in", _("Sign-in sheet")),
            Choice("record", _("Record of a meeting")),
        ]

    def kept(self) -> list[Choice]:
        """Return the meetings, newest first."""
        return [
            Choice(
                str(one.id),
                "  ".join(
                    filter(
                        None,
                        (
                            one.number, f"{one.at:%Y-%m-%d}", one.title,
                            _("voided") if one.voided_at else "",
                        ),
                    )
                ),
            )
            for one in list_meetings()
        ]  # fmt: skip

    def new_word(self) -> str:
        """Return the word of the button."""
        return _("Keep a meeting")

    def fill_side(self, body: QVBoxLayout) -> None:
        """Lead to changing, and to voiding what did not take place."""
        theme = self.context.theme
        body.addWidget(Label(theme, _("This meeting"), ink=Ink.TEXT_2, bold=True))
        self._change = LinkButton(theme, _("Change the meeting"))
        self._change.followed.connect(self._on_change)
        self.add_link(body, self._change)
        self._void = LinkButton(theme, _("Void this meeting"))
        self._void.followed.connect(self._on_void)
        self.add_link(body, self._void)
        body.addWidget(Hairline(theme))

    def show_drawn(self, drawn: object) -> None:  # noqa: ARG002 - read anew
        """Offer to change and void only what holds."""
        chosen = self.chosen()
        holds = chosen is not None and get_meeting(chosen).voided_at is None
        self._change.setVisible(holds)
        self._void.setVisible(holds)

    def drawer(self, language: PaperLanguage) -> Draw:
        """Draw the chosen paper; without a meeting there is a sentence in its place."""
        chosen, now, by = self.chosen(), self.context.now(), self.context.staff
        paper = _MEETING_PAPERS[self.papers.chosen()]

        def draw(target: Path, _progress: Progress) -> DrawnPaper:
            if chosen is None:
                raise RuleError("meeting-none", _("No meeting was kept yet. Press F6 to keep one."))
            return paper(chosen, target, by=by, now=now, language=language)

        return draw

    def on_new(self) -> None:
        """Keep a meeting; its sign-in sheet is then in sight."""
        self._show(MeetingDialog(self.context, self))

    def _on_change(self) -> None:
        chosen = self.chosen()
        if chosen is not None:
            self._show(MeetingDialog(self.context, self, get_meeting(chosen)))

    def _show(self, dialog: MeetingDialog) -> None:
        dialog.ask()
        if dialog.stored is not None:
            self.show_new(dialog.stored.id)

    def _on_void(self) -> None:
        chosen, context = self.chosen(), self.context
        if chosen is None or not context.messages.confirm(
            self,
            _("Void this meeting?"),
            _("The number stays in the books and is never given again. It cannot be undone."),
            act=_("Void it"),
            keep=_("Keep the meeting"),
        ):
            return
        by, now = context.staff.id, context.now()
        if context.attempt(
            self, _("This was not done"), lambda: void_meeting(chosen, by=by, now=now)
        ):
            self.refill()
            self.pick.setFocus()

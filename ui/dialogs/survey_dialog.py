"""Write a questionnaire, and take in the sheets that came back (R66, R68)."""

from datetime import date

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from propdesk.domain.cells import CellError, read_day
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.surveys import (
    MOST_QUESTIONS,
    Question,
    Survey,
    SurveyDraft,
    question_lines,
    read_answers,
    read_questions,
)
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.queries.surveys import get_survey
from propdesk.services.queries.units import find_unit
from propdesk.services.surveys import add_sheet, change_survey, write_survey
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.tables.columns import CellKind, Column
from ui.tables.view import RecordTable
from ui.theme import Ink, Size
from ui.widgets.buttons import Kind
from ui.widgets.fields import LineField, TextField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label

_DAY_WIDTH, _COUNT_WIDTH = 130, 110


class SurveyDialog(Dialog):
    """A questionnaire; `stored` is what was written. Ctrl+S stores it.

    One question a line; a weight in per cent may stand behind it.
    """

    def __init__(
        self,
        context: AppContext,
        parent: QWidget,
        draft: SurveyDraft,
        survey: Survey | None = None,
    ) -> None:
        title = _("Write a questionnaire") if survey is None else _("Change the questionnaire")
        super().__init__(context.theme, parent, title, width=640)
        self._context = context
        self._survey = survey
        self._known = draft.questions
        self.stored: Survey | None = None
        theme = context.theme
        self._title = LineField(theme, _("Title"))
        self._intro = TextField(theme, _("What it says above"), lines=2)
        self._questions = TextField(theme, _("Questions, one a line"), lines=8)
        self._from = LineField(theme, _("From"), width=_DAY_WIDTH, longest=20)
        self._until = LineField(theme, _("Until"), width=_DAY_WIDTH, longest=20)
        self._handed_out = LineField(theme, _("Handed out"), width=_COUNT_WIDTH, longest=8)
        self.rows = FormRows(theme)
        add = self.rows.add_row
        add("title", _("Title"), self._title)
        add("intro", _("Introduction"), self._intro)
        add("questions", _("Questions"), self._questions)
        add(
            "until_on",
            _("From and until"),
            self._from,
            Label(theme, _("To"), ink=Ink.TEXT_3),
            self._until,
        )
        add("handed_out", _("Handed out"), self._handed_out)
        self.body.addWidget(self.rows)
        self.body.addWidget(
            Label(
                theme,
                _("One question a line; weights such as 32% sum to 100 and make the score."),
                ink=Ink.TEXT_2,
                size=Size.SMALL,
                wrap=True,
            )
        )
        self._title.show_words(draft.title)
        self._intro.show_words(draft.intro)
        self._questions.show_words(question_lines(draft.questions))
        self._questions.setReadOnly(survey is not None and survey.returned > 0)
        self._from.show_words(draft.from_on.isoformat())
        self._until.show_words(draft.until_on.isoformat() if draft.until_on else "")
        self._handed_out.show_words(str(draft.handed_out or ""))
        self.add_verb("cancel", _("Cancel"))
        self.add_verb("save", _("Save"), kind=Kind.PRIMARY).set_shortcut("Ctrl+S")
        self._title.setFocus()

    def choose(self, key: str) -> None:
        """Store the questionnaire before the dialog closes; problems stand under their fields."""
        if key == "save" and not self._is_stored():
            return
        super().choose(key)

    def _is_stored(self) -> bool:
        context, survey = self._context, self._survey
        by, now = context.staff.id, context.now()
        try:
            draft = self._draft()
            if survey is None:
                self.stored = write_survey(draft, by=by, now=now)
            else:
                self.stored = change_survey(survey.id, draft, version=survey.version, by=by)
        except DraftError as refusal:
            self.rows.show_problems(refusal.problems)
        except RuleError as refusal:
            context.messages.tell(self, _("This was not done"), str(refusal))
        return self.stored is not None

    def _draft(self) -> SurveyDraft:
        count = self._handed_out.words() or "0"
        if not count.isdecimal():
            raise DraftError((Problem("handed_out", _("Write how many sheets went out.")),))
        first = _day(self._from)
        if first is None:
            raise DraftError((Problem("until_on", _("Write the first day.")),))
        return SurveyDraft(
            title=self._title.words(),
            questions=read_questions(self._questions.words(), self._known),
            from_on=first,
            until_on=_day(self._until),
            intro=self._intro.words(),
            handed_out=int(count),
        )


def _day(field: LineField) -> date | None:
    try:
        return read_day(field.words())
    except CellError as error:
        raise DraftError((Problem("until_on", str(error)),)) from error


_LINES = 12


class SheetsDialog(Dialog):
    """Sheets that came back, one after the other: the scores in one go, Enter, the next.

    What is typed stands beside its question at once; `taken` counts the sheets of this sitting.
    """

    def __init__(self, context: AppContext, parent: QWidget, survey: Survey) -> None:
        super().__init__(context.theme, parent, _("Take in sheets"), width=640)
        self._context = context
        self._survey = survey
        self.taken = 0
        theme = context.theme
        self._count = Label(theme, ink=Ink.TEXT_2)
        self.body.addWidget(self._count)
        count = len(survey.questions)
        self._scores = LineField(
            theme,
            _("Scores"),
            placeholder=_("1 to 5 for each question in turn, - for no answer"),
            longest=2 * MOST_QUESTIONS,
            is_last=True,
        )
        self._unit = LineField(theme, _("House"), width=_DAY_WIDTH)
        self._remark = LineField(theme, _("Remark"), is_last=True)
        self.rows = FormRows(theme)
        self.rows.add_row("scores", _("Scores"), self._scores)
        self.rows.add_row("unit", _("House"), self._unit)
        self.rows.add_row("remark", _("Remark"), self._remark)
        self.body.addWidget(self.rows)
        columns = (
            Column("line", _lazy("Line"), lambda line: line[0], CellKind.COUNT, width=44),
            Column("text", _lazy("Question"), lambda line: line[1].text, width=360, stretches=True),
            Column("score", _lazy("Score"), lambda line: line[2], CellKind.COUNT, width=60),
        )
        self.table = RecordTable(
            theme, _("Questions"), columns, lambda line: line[0], now=context.now
        )
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(min(count, _LINES)))
        self.body.addWidget(self.table)
        self._scores.textEdited.connect(self._on_typed)
        # Who wrote a remark on it goes there with Tab; most sheets end here.
        self._scores.finished.connect(self._take)
        self._remark.finished.connect(self._take)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._take)
        self.add_verb("close", _("Close"))
        self.add_verb("take", _("Next sheet"), kind=Kind.PRIMARY).set_shortcut("Ctrl+S")
        self._begin()

    def choose(self, key: str) -> None:
        """Take the sheet in and stay; the other verb closes."""
        if key == "take":
            self._take()
            return
        super().choose(key)

    def _begin(self) -> None:
        """Begin the next sheet."""
        survey = get_survey(self._survey.id)
        words = ngettext(
            "{count} sheet is in, of {handed_out} handed out.",
            "{count} sheets are in, of {handed_out} handed out.",
            survey.returned,
        )
        self._count.show_text(
            words.format(count=survey.returned, handed_out=survey.handed_out or "–")
        )
        for field in (self._scores, self._unit, self._remark):
            field.show_words("")
        self.rows.show_problems(())
        self._on_typed("")
        self._scores.setFocus()

    def _on_typed(self, typed: str) -> None:
        """Show what was typed so far beside its question."""
        marks = [mark for mark in typed if not mark.isspace() and mark not in ",，、"]
        lines: list[tuple[int, Question, str]] = [
            (place, question, marks[place - 1] if place <= len(marks) else "")
            for place, question in enumerate(self._survey.questions, 1)
        ]
        self.table.show_rows(lines)
        self.table.select_key(min(len(marks) + 1, len(lines)))
        self.rows.drop_problem("scores")

    def _take(self) -> None:
        survey, context = self._survey, self._context
        try:
            answers = read_answers(self._scores.words(), len(survey.questions))
        except RuleError as refusal:
            self.rows.show_problems((Problem("scores", str(refusal)),))
            return
        try:
            unit = self._unit.words()
            unit_id = find_unit(unit).id if unit else None
        except RuleError as refusal:
            self.rows.show_problems((Problem("unit", str(refusal)),))
            return
        by, now, remark = context.staff.id, context.now(), self._remark.words()
        if context.attempt(
            self,
            _("This was not done"),
            lambda: add_sheet(survey.id, answers, by=by, now=now, remark=remark, unit_id=unit_id),
        ):
            self.taken += 1
            self._begin()

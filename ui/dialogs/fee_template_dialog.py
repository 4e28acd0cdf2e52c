"""The words of the letters: a stage's paragraphs at the left, a real house's paper at the right.

Named fields only (F2 puts one in), no code; the linter reads along while one types (F65). Each
stage and language has its own words, and goes back to the program's with one button.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.demand_stages import WITH_LETTER
from propdesk.domain.dunning import STAGE_LABELS, Stage
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.fee_rules import Rule
from propdesk.domain.fee_templates import FeeTemplate, check_template, clean_template
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _
from propdesk.services.fee_letter_copies import preview_fee_letter
from propdesk.services.fee_templates import get_template, restore_template, save_template
from propdesk.services.parts.fee_rules import get_rule
from propdesk.services.queries.fee_letters import list_ripe
from ui.background import Handle, Progress
from ui.context import AppContext
from ui.dialogs.base import Plate
from ui.dialogs.settings_parts import LANGUAGE_WORDS
from ui.papers import DrawnPaper, drawing, forget_paper, new_paper
from ui.theme import Ink, Size, Space, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import PickField
from ui.widgets.labels import Label, Surface
from ui.widgets.letter_parts import LetterParts
from ui.widgets.paper_view import PaperView

_SIZE = (1260, 720)
_STAGE_WIDTH, _LANGUAGE_WIDTH = 220, 120


class FeeTemplateDialog(Plate):
    """Word the letters of a stage: Ctrl+S stores, Esc leaves."""

    def __init__(
        self, context: AppContext, parent: QWidget, *, unit_id: int | None = None,
        stage: Stage = Stage.SLIP,
    ) -> None:  # fmt: skip
        super().__init__(context.theme, parent)
        self.context = context
        self._unit_id = unit_id
        self._files: list[Path] = []
        self._job: Handle | None = None
        self._stored: FeeTemplate = get_template(stage)
        self.setWindowTitle(_("Words of the letters"))
        self.view = PaperView(context.theme, context.background, _("What the letter will say"))
        self._build(context.theme, stage)
        self.take_size(*_SIZE)
        self._load()

    # -- building

    def _build(self, theme: Theme, stage: Stage) -> None:
        stages = [
            Choice(str(one.value), f"{one.value}  {STAGE_LABELS[one]}")
            for one in sorted(WITH_LETTER)
        ]
        self.stage = PickField(theme, _("Stage"), stages)
        self.stage.choose(str(stage.value))
        self.stage.setFixedWidth(theme.px(_STAGE_WIDTH))
        languages = [Choice(code, str(word)) for code, word in LANGUAGE_WORDS.items()]
        self.language = PickField(theme, _("Language of the paper"), languages)
        self.language.choose(self.context.settings.paper_language.code)
        self.language.setFixedWidth(theme.px(_LANGUAGE_WIDTH))
        self._shown = (self.stage.value(), self.language.value())
        for field in (self.stage, self.language):
            field.picked.connect(self._on_picked)
        self.parts = LetterParts(theme)
        self.parts.changed.connect(self._on_changed)
        self._state = Label(theme, ink=Ink.TEXT_3)
        self.column.addWidget(self._head(theme))
        body = Surface(theme)
        row = QHBoxLayout(body)
        row.setContentsMargins(Space.L, Space.S, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.parts, 1)
        row.addWidget(self.view, 1)
        self.column.addWidget(body, 1)
        self.column.addWidget(self._foot(theme))
        self.finished.connect(self._on_finished)

    def _head(self, theme: Theme) -> Surface:
        head = Surface(theme, line_below=True)
        row = QHBoxLayout(head)
        row.setContentsMargins(Space.L, 0, Space.L, Space.S)
        row.setSpacing(Space.S)
        row.addWidget(Label(theme, _("Words of the letters"), size=Size.TITLE, bold=True))
        row.addWidget(self._state, 1)
        row.addWidget(self.stage)
        row.addWidget(self.language)
        return head

    def _foot(self, theme: Theme) -> Surface:
        foot = Surface(theme, "alt", line_above=True)
        row = QHBoxLayout(foot)
        row.setContentsMargins(Space.L, Space.M, Space.L, Space.XS)
        row.setSpacing(Space.S)
        self._back = Button(theme, _("Back to the program's words"), kind=Kind.QUIET)
        self._back.clicked.connect(self._on_back)
        fields = Button(theme, _("Put a field in"), kind=Kind.QUIET, hint="F2")
        fields.clicked.connect(self.parts.offer_fields)
        close = Button(theme, _("Close"), hint="Esc")
        close.clicked.connect(self.reject)
        save = Button(theme, _("Save"), kind=Kind.PRIMARY, icon="check")
        save.set_shortcut("Ctrl+S")
        save.clicked.connect(self.keep)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.keep)
        for button in (self._back, fields):
            row.addWidget(button)
        row.addStretch(1)
        for button in (close, save):
            row.addWidget(button)
        return foot

    # -- what is shown

    def _stage(self) -> Stage:
        return Stage(int(self.stage.value()))

    def template(self) -> FeeTemplate:
        """Return what is typed, empty paragraphs in their places."""
        return FeeTemplate(self._stage(), self.parts.parts())

    def _load(self) -> None:
        """Show the stored words of the chosen stage and language."""
        self._shown = (self.stage.value(), self.language.value())
        self._stored = get_template(self._stage(), self.language.value())
        self.parts.show_parts(self._stored.parts)
        self._say_whose()
        self._on_changed()
        self.parts.take_focus()

    def _say_whose(self) -> None:
        own = self._stored.is_own
        self._state.show_text(_("the office's own words") if own else _("the program's words"))
        self._back.setEnabled(own)

    def is_changed(self) -> bool:
        """Tell whether something is typed that is not stored."""
        return clean_template(self.template()).parts != clean_template(self._stored).parts

    def _on_picked(self, _key: str) -> None:
        if self.is_changed() and not self._gives_up():
            self.stage.choose(self._shown[0])
            self.language.choose(self._shown[1])
            return
        self._load()

    def _gives_up(self) -> bool:
        return self.context.messages.confirm(
            self,
            _("Give up what was typed?"),
            _("The words of this stage are not stored yet."),
            act=_("Give up"),
            keep=_("Keep typing"),
        )

    def _problems(self) -> Sequence[Problem]:
        here = get_rule(Rule.PRESSURE, self.context.now().date())
        return check_template(self.template(), here)

    def _on_changed(self) -> None:
        """Read along: say what may not stand there, else draw the paper."""
        problems = self._problems()
        self.parts.show_problems(problems)
        if not problems:
            self._draw()

    def _house(self) -> int | None:
        if self._unit_id is None:
            today = self.context.now().date()
            for stage in (self._stage(), Stage.NOTICE):
                found = list_ripe(stage, today, again=True)
                if found:
                    self._unit_id = found[0].unit_id
                    break
        return self._unit_id

    def _draw(self) -> None:
        unit_id = self._house()
        if unit_id is None:
            self.view.show_words(
                _("No house has an open bill; the letter is shown here once there is one.")
            )
            return
        if self._job is not None:
            self._job.cancel()
        file = new_paper(self.context)
        self._files.append(file)
        template, stage = clean_template(self.template()), self._stage()
        is_english = self.language.value() == PaperLanguage.EN.code
        language = PaperLanguage.EN if is_english else PaperLanguage.ZH
        by, now = self.context.staff.id, self.context.now()

        def draw(_progress: Progress) -> DrawnPaper:
            return preview_fee_letter(
                stage, unit_id, file, by=by, now=now, language=language, template=template
            )

        self._job = self.context.background.run(
            drawing(self.context, draw), lambda _drawn: self._on_drawn(file), self._on_undrawn
        )

    def is_settled(self) -> bool:
        """Tell whether the paper is in sight, sharp."""
        return self._job is None and self.view.is_settled()

    def _on_drawn(self, file: Path) -> None:
        self._job = None
        self.view.show_file(file)
        while len(self._files) > 2:
            forget_paper(self._files.pop(0))

    def _on_undrawn(self, error: BaseException) -> None:
        self._job = None
        if not isinstance(error, RuleError):
            raise error
        self.view.show_words(str(error))

    # -- storing

    def keep(self) -> None:
        """Store the words of the stage; letters that were made keep theirs."""
        problems = self._problems()
        self.parts.show_problems(problems)
        if problems:
            return
        context = self.context
        try:
            self._stored = save_template(
                self.template(), by=context.staff.id, now=context.now(),
                language=self.language.value(),
            )  # fmt: skip
        except DraftError as refusal:
            self.parts.show_problems(refusal.problems)
        except RuleError as refusal:
            context.messages.tell(self, _("This was not done"), str(refusal))
        else:
            self.accept()

    def _on_back(self) -> None:
        context = self.context
        if not context.messages.confirm(
            self,
            _("Back to the program's words?"),
            _("What the office says at this stage stays on record; letters that were made keep "
              "their words."),
            act=_("Back to the program's words"),
            keep=_("Keep ours"),
        ):  # fmt: skip
            return
        stage, language = self._stage(), self.language.value()
        if context.attempt(
            self,
            _("This was not done"),
            lambda: restore_template(
                stage, by=context.staff.id, now=context.now(), language=language
            ),
        ):
            self._load()

    def reject(self) -> None:
        """Leave; what was typed and not stored is asked about."""
        if not self.is_changed() or self._gives_up():
            super().reject()

    def _on_finished(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self.view.stop()
        for file in self._files:
            forget_paper(file)
        self.deleteLater()

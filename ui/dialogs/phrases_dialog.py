"""The office's phrases (话术, R29): changed, added, hidden, and brought back, by keyboard alone."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.phrases import FIELD_NAMES, STEP_LABELS, Phrase, PhraseDraft, Step
from propdesk.domain.tickets import KIND_LABELS
from propdesk.domain.tickets import Kind as TicketKind
from propdesk.i18n import _, _lazy
from propdesk.services.phrases import hide_phrase, reset_phrase, save_phrase
from propdesk.services.queries.phrases import PhraseFilter, list_phrases
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.stock_dialog import StockDialog, stock_state
from ui.tables.columns import CellKind, Column
from ui.theme import Ink, Size
from ui.widgets.buttons import Kind
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import LineField, PickField, TextField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label

_WIDTH, _ROWS = 900, 11


def _columns() -> tuple[Column, ...]:
    return (
        Column("title", _lazy("Card"), lambda one: one.title, width=130),
        Column("text", _lazy("Sentence"), lambda one: one.text, width=430, stretches=True),
        Column("kind", _lazy("For"), _kind_word, width=80),
        Column("state", _lazy("State"), stock_state, CellKind.STATUS, width=90),
    )


def _kind_word(phrase: Phrase) -> str:
    return str(KIND_LABELS[phrase.kind]) if phrase.kind else _("All")


class PhrasesDialog(StockDialog[Phrase]):
    """The phrases of a step."""

    def __init__(self, context: AppContext, parent: QWidget, step: Step = Step.LISTEN) -> None:
        steps = [Choice(one.value, str(word)) for one, word in STEP_LABELS.items()]
        self.steps = Chips(context.theme, _("Step"), steps)
        self.steps.choose(step.value)
        super().__init__(
            context,
            parent,
            _("Phrases"),
            _columns(),
            add=_("Add a phrase"),
            width=_WIDTH,
            rows=_ROWS,
            above=self.steps,
        )
        self.steps.chosen_changed.connect(lambda _step: self.refill())

    def listed(self) -> Sequence[Phrase]:
        """Return the phrases of the chosen step."""
        return list_phrases(PhraseFilter((Step(self.steps.chosen()),), hidden=True))

    def edit(self, one: Phrase | None) -> Phrase | None:
        """Show the phrase's own dialog; the step follows what was stored."""
        dialog = PhraseDialog(self._context, self, one, Step(self.steps.chosen()))
        dialog.ask()
        if dialog.stored is not None:
            self.steps.choose(dialog.stored.step.value)
        return dialog.stored

    def hide_or_show(self, one: Phrase) -> None:
        """Offer the phrase no more, or again."""
        hide_phrase(one.code, by=self._context.staff.id, hidden=not one.is_hidden)

    def reset(self, one: Phrase) -> None:
        """Go back to the program's words."""
        reset_phrase(one.code, by=self._context.staff.id)


class PhraseDialog(Dialog):
    """One phrase; `stored` is what was written, None when the clerk left. Ctrl+S stores it."""

    def __init__(
        self, context: AppContext, parent: QWidget, phrase: Phrase | None, step: Step
    ) -> None:
        title = _("Add a phrase") if phrase is None else _("Edit a phrase")
        super().__init__(context.theme, parent, title, width=620)
        self._context = context
        self._code = phrase.code if phrase else ""
        self.stored: Phrase | None = None
        theme = context.theme
        self._step = PickField(
            theme, _("Step"), [Choice(one.value, str(word)) for one, word in STEP_LABELS.items()]
        )
        self._kind = PickField(
            theme,
            _("For"),
            [
                Choice("", _("All")),
                *(Choice(one.value, str(word)) for one, word in KIND_LABELS.items()),
            ],
        )
        self._title = LineField(theme, _("Card"), longest=20)
        self._text = TextField(theme, _("Sentence"), lines=4)
        self.rows = FormRows(theme)
        self.rows.add_row("step", _("Step"), self._step, self._kind)
        self.rows.add_row("title", _("Card"), self._title)
        self.rows.add_row("text", _("Sentence"), self._text)
        self.body.addWidget(self.rows)
        names = "  ".join(f"{{{name}}}" for name in FIELD_NAMES.values())
        words = _("Fields that the ticket fills: {names}").format(names=names)
        self.body.addWidget(Label(theme, words, ink=Ink.TEXT_2, size=Size.SMALL, wrap=True))
        self._text.textChanged.connect(lambda: self.rows.drop_problem("text"))
        self._step.choose((phrase.step if phrase else step).value)
        if phrase is not None:
            self._kind.choose(phrase.kind.value if phrase.kind else "")
            self._title.show_words(phrase.title)
            self._text.show_words(phrase.text)
        self.add_verb("cancel", _("Cancel"))
        self.add_verb("save", _("Save"), kind=Kind.PRIMARY).set_shortcut("Ctrl+S")
        self._text.setFocus()

    def choose(self, key: str) -> None:
        """Store the phrase before the dialog closes; what is wrong is said under its field."""
        if key == "save" and not self._is_stored():
            return
        super().choose(key)

    def _is_stored(self) -> bool:
        kind = self._kind.value()
        draft = PhraseDraft(
            Step(self._step.value()),
            self._text.words(),
            self._title.words(),
            TicketKind(kind) if kind else None,
            self._code,
        )
        try:
            self.stored = save_phrase(draft, by=self._context.staff.id)
        except DraftError as refusal:
            self.rows.show_problems(refusal.problems)
        except RuleError as refusal:
            self._context.messages.tell(self, _("This was not done"), str(refusal))
        return self.stored is not None

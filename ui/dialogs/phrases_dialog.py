"""The office's phrases (话术, R29): changed, added, hidden, and brought back, by keyboard alone."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.phrases import FIELD_NAMES, STEP_LABELS, Phrase, PhraseDraft, Step
from propdesk.domain.tickets import KIND_LABELS
from propdesk.domain.tickets import Kind as TicketKind
from propdesk.i18n import _, _lazy
from propdesk.services.phrases import hide_phrase, reset_phrase, save_phrase
from propdesk.services.queries.phrases import PhraseFilter, list_phrases
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Ink, Size, Space, Tone
from ui.widgets.buttons import Button, Kind
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
        Column("state", _lazy("State"), _state, CellKind.STATUS, width=90),
    )


def _kind_word(phrase: Phrase) -> str:
    return str(KIND_LABELS[phrase.kind]) if phrase.kind else _("All")


def _state(phrase: Phrase) -> Mark | None:
    if phrase.is_hidden:
        return Mark(_("Hidden"), Tone.NEUTRAL)
    if phrase.is_own:
        return Mark(_("Our own"), Tone.OK)
    return Mark(_("Changed"), Tone.INFO) if phrase.is_changed else None


class PhrasesDialog(Dialog):
    """The phrases of a step in a table: Enter changes one, Ctrl+N adds, Del hides or shows.

    Ctrl+R goes back to the program's words; one of the office's own is removed by it.
    """

    def __init__(self, context: AppContext, parent: QWidget, step: Step = Step.LISTEN) -> None:
        super().__init__(context.theme, parent, _("Phrases"), width=_WIDTH)
        self._context = context
        theme = context.theme
        steps = [Choice(one.value, str(word)) for one, word in STEP_LABELS.items()]
        self.steps = Chips(theme, _("Step"), steps)
        self.steps.choose(step.value)
        self.steps.chosen_changed.connect(lambda _step: self._refill())
        self.body.addWidget(self.steps)
        self.table = RecordTable(
            theme, _("Phrases"), _columns(), lambda one: one.code, now=context.now
        )
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.opened.connect(lambda _row: self._on_change())
        self.table.left.connect(self.reject)
        self.body.addWidget(self.table)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        for button, act in (
            (Button(theme, _("Add a phrase"), icon="plus", shortcut="Ctrl+N"), self._on_add),
            (Button(theme, _("Edit"), icon="pencil", hint="Enter"), self._on_change),
            (Button(theme, _("Hide or show"), icon="eye", shortcut="Del"), self._on_hide),
            (Button(theme, _("Back to default"), icon="repeat-2", shortcut="Ctrl+R"), self._reset),
        ):
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.add_verb("close", _("Close"))
        self._refill()
        self.table.setFocus()

    def _refill(self) -> None:
        step = Step(self.steps.chosen())
        self.table.show_rows(list_phrases(PhraseFilter((step,), hidden=True)))

    def _current(self) -> Phrase | None:
        row = self.table.current_row()
        return row if isinstance(row, Phrase) else None

    def _on_add(self) -> None:
        self._edit(None)

    def _on_change(self) -> None:
        phrase = self._current()
        if phrase is not None:
            self._edit(phrase)

    def _edit(self, phrase: Phrase | None) -> None:
        dialog = PhraseDialog(self._context, self, phrase, Step(self.steps.chosen()))
        dialog.ask()
        if dialog.stored is not None:
            self.steps.choose(dialog.stored.step.value)
            self._refill()
            self.table.select_key(dialog.stored.code)

    def _on_hide(self) -> None:
        phrase = self._current()
        if phrase is not None:
            by = self._context.staff.id
            self._do(
                phrase,
                lambda: hide_phrase(phrase.code, by=by, hidden=not phrase.is_hidden),
            )

    def _reset(self) -> None:
        phrase = self._current()
        if phrase is not None and (phrase.is_own or phrase.is_changed or phrase.is_hidden):
            by = self._context.staff.id
            self._do(phrase, lambda: reset_phrase(phrase.code, by=by))

    def _do(self, phrase: Phrase, act: Callable[[], object]) -> None:
        if self._context.attempt(self, _("This was not done"), act):
            self._refill()
            self.table.select_key(phrase.code)


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

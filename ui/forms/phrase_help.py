"""Phrases at hand while a text is written (R29): one key opens them, one takes one, nothing waits.

The pane is made when it is first asked for, so that the daily path costs nothing.
"""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QWidget

from propdesk.domain.gaps import GAP
from propdesk.domain.phrases import SPOKEN, STEP_LABELS, Step, Values, fill_phrase
from propdesk.domain.tickets import Kind
from propdesk.i18n import LazyText
from propdesk.services.queries.phrases import PhraseFilter, list_phrases
from ui.context import AppContext
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, TextField
from ui.widgets.phrases import Card, PhrasePane

KEYS = "Ctrl+J"

Field = TextField | LineField

_SPOKEN: Mapping[Step, LazyText] = {step: STEP_LABELS[step] for step in SPOKEN}


class PhraseHelp(QObject):
    """Offers phrases to the texts of a form.

    `place` puts the pane into the form's layout when it is made, `values` says what the form knows,
    `kind` which kind of ticket it is about; `steps` are those that are offered, with their words.
    `speaking` is the language of the phrases, empty for that of the screen.
    """

    def __init__(
        self,
        form: QWidget,
        context: AppContext,
        fields: Sequence[Field],
        values: Callable[[], Values],
        *,
        kind: Callable[[], Kind | None],
        place: Callable[[PhrasePane], None],
        steps: Mapping[Step, LazyText] = _SPOKEN,
        speaking: str = "",
    ) -> None:
        super().__init__(form)
        self._form = form
        self._context = context
        self._fields = tuple(fields)
        self._values = values
        self._kind = kind
        self._place = place
        self._words = steps
        self._steps = tuple(steps)
        self._speaking = speaking
        self._target: Field = self._fields[0]
        self.pane: PhrasePane | None = None
        QShortcut(QKeySequence(KEYS), form).activated.connect(self.open)

    def show_pane(self) -> PhrasePane:
        """Show the pane with what the form knows now; the keyboard stays where it is."""
        pane = self.pane
        if pane is None:
            labels = [Choice(step.value, str(word)) for step, word in self._words.items()]
            pane = self.pane = PhrasePane(self._context.theme, labels, keys=KEYS)
            pane.taken.connect(self._on_taken)
            pane.left.connect(self._on_left)
            self._place(pane)
        values = self._values()
        wanted = PhraseFilter(self._steps, self._kind())
        pane.show_cards(
            [
                Card(one.step.value, one.title, fill_phrase(one.text, values))
                for one in list_phrases(wanted, speaking=self._speaking)
            ]
        )
        pane.show()
        return pane

    def open(self) -> None:
        """Show the pane and put the keyboard into it."""
        focus = self._form.window().focusWidget()
        for field in self._fields:
            if field is focus:
                self._target = field
        self.show_pane().setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, field: Field, step: Step) -> None:
        """Let the pane follow the keyboard: a field and the step that belongs to it."""
        self._target = field
        if self.pane is not None:
            self.pane.go_to(step.value)

    def _on_left(self) -> None:
        if self.pane is not None:
            self.pane.hide()
        self._target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_taken(self, words: str) -> None:
        insert_phrase(self._target, words)
        self._target.setFocus(Qt.FocusReason.OtherFocusReason)
        pane = self.pane
        if pane is not None:
            # A talk goes on with the next step (R29).
            steps = [step.value for step in self._steps]
            following = steps.index(pane.steps.chosen()) + 1
            if self._steps == SPOKEN and following < len(steps):
                pane.go_to(steps[following])


def insert_phrase(field: Field, words: str) -> None:
    """Put a phrase at the cursor; nothing that was typed goes, the first gap is marked."""
    if isinstance(field, LineField):
        start = field.cursorPosition()
        field.deselect()
        field.insert(words.replace("\n", " "))
        gap = words.find(GAP)
        if gap >= 0:
            field.setSelection(start + gap, len(GAP))
        return
    cursor = field.textCursor()
    cursor.setPosition(cursor.selectionEnd())
    start = cursor.position()
    cursor.insertText(words)
    gap = words.find(GAP)
    if gap >= 0:
        begin = start + _utf16(words[:gap])
        cursor.setPosition(begin)
        cursor.setPosition(begin + len(GAP), QTextCursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)


def select_gap(field: TextField) -> None:
    """Mark the first gap of a text, so that it is typed over."""
    words = field.toPlainText()
    gap = words.find(GAP)
    if gap >= 0:
        cursor = field.textCursor()
        begin = _utf16(words[:gap])
        cursor.setPosition(begin)
        cursor.setPosition(begin + len(GAP), QTextCursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)


def _utf16(words: str) -> int:
    """Return the length as Qt counts it: rare characters take two places."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2

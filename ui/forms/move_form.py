"""What the small forms of a ticket's acts share; each act's own form is a subclass of these."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.tickets import Ticket
from propdesk.i18n import _
from propdesk.services.queries.phrases import ticket_values
from ui.context import AppContext
from ui.forms.phrase_help import PhraseHelp
from ui.pages.ticket_acts import Act, act_word
from ui.theme import Space
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import ChoiceRow
from ui.widgets.fields import LineField, TextField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label, Surface
from ui.widgets.phrases import PhrasePane

_PHRASES = 250


class MoveForm(Surface):
    """What every act's form shares: a title, rows, the verb, the way back.

    `finished` comes with what was done in words, `left` when the clerk goes back. `following` is
    the act that what was done leads to at once, None for most.
    """

    finished = Signal(str)
    left = Signal()

    def __init__(self, context: AppContext, ticket: Ticket, act: Act) -> None:
        super().__init__(context.theme, line_above=True)
        self.context = context
        self.ticket = ticket
        self.following: Act | None = None
        self._begun: list[str] | None = None
        theme = context.theme
        title = act_word(ticket, act)
        self.setAccessibleName(title)
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.M, Space.XL, 11)
        column.setSpacing(Space.S)
        self._title = Label(theme, title, bold=True)
        column.addWidget(self._title)
        self.rows = FormRows(theme)
        column.addWidget(self.rows)
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        self.verb = Button(theme, title, kind=Kind.PRIMARY, icon="check", shortcut="Ctrl+Enter")
        self.verb.clicked.connect(self.submit)
        self._back = Button(theme, _("Cancel"), kind=Kind.QUIET, shortcut="Esc")
        self._back.clicked.connect(self.left)
        foot.addWidget(self.verb)
        foot.addWidget(self._back)
        foot.addStretch(1)
        column.addLayout(foot)
        for keys in ("Ctrl+Return", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.submit)

    def show_title(self, words: str) -> None:
        """Call the form and its verb by other words: it is for many tickets."""
        self._title.show_text(words)
        self.verb.show_word(words, icon="check")
        self.setAccessibleName(words)

    def take_focus(self) -> None:
        """Put the keyboard into the first field."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        """Note how the form begins, to know what was typed since."""
        super().showEvent(event)
        if self._begun is None:
            self._begun = self._typed()

    def is_touched(self) -> bool:
        """Tell whether the clerk has begun to fill it; then nothing may take it away unasked."""
        return self._begun is not None and self._typed() != self._begun

    def _typed(self) -> list[str]:
        return [
            *(field.words() for field in self.findChildren(LineField)),
            *(field.words() for field in self.findChildren(TextField)),
            *(row.chosen() for row in self.findChildren(ChoiceRow)),
        ]

    def act(self) -> str:
        """Do it; return what was done in words. Raises DraftError and RuleError."""
        raise NotImplementedError

    def submit(self) -> None:
        """Do it, or show what keeps it from being done."""
        if not self.verb.isVisibleTo(self):
            return
        self.attempt(self.act)

    def attempt(self, act: Callable[[], str]) -> None:
        """Run an act; problems go under their fields, other refusals are told."""
        self.rows.show_problems(())
        try:
            words = act()
        except DraftError as refusal:
            self.rows.show_problems(refusal.problems)
        except RuleError as refusal:
            self.context.messages.tell(self, _("This was not done"), str(refusal))
        else:
            self.finished.emit(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves on from what does not use it, and presses a button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            focus = self.focusWidget()
            if isinstance(focus, Button):
                focus.click()
            else:
                self.focusNextChild()
            return
        super().keyPressEvent(event)

    def who(self) -> tuple[int, datetime]:
        """Return who acts and when."""
        return self.context.staff.id, self.context.now()


class TextMove(MoveForm):
    """An act with one text: what was done, why it is reopened, a note."""

    def __init__(
        self, context: AppContext, ticket: Ticket, act: Act, label: str, hint: str = ""
    ) -> None:
        super().__init__(context, ticket, act)
        self.text = TextField(context.theme, label, placeholder=hint, lines=2)
        self.rows.add_row("text", label, self.text)
        self.text.textChanged.connect(lambda: self.rows.drop_problem("text"))

    def offer_phrases(self) -> None:
        """Have phrases at hand for the text (R29); the pane comes when it is asked for."""
        PhraseHelp(
            self,
            self.context,
            [self.text],
            lambda: ticket_values(self.ticket, now=self.context.now()),
            kind=lambda: self.ticket.kind,
            place=self._place_phrases,
        )

    def _place_phrases(self, pane: PhrasePane) -> None:
        pane.setFixedHeight(self.context.theme.px(_PHRASES))
        self.column.insertWidget(2, pane)

    def take_focus(self) -> None:
        """Put the keyboard into the text."""
        self.text.setFocus()

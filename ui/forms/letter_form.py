"""What is written about a ticket: the reply letter to the caller, the report to a department.

The letter begins as the phrases have it, with gaps where the ticket does not say enough; beside it
stand the phrases of the paragraph that has the keyboard (R29, R30). A letter that stands already is
corrected by a new one (R46).
"""

from dataclasses import asdict

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.letters import FIELD_LABELS, PARAGRAPHS, Letter, LetterDraft
from propdesk.domain.phrases import Values
from propdesk.domain.tickets import Ticket
from propdesk.i18n import _, speaking
from propdesk.services.drafts import drop_draft, get_draft, keep_draft
from propdesk.services.letters import write_letter
from propdesk.services.problem_reports import report_problem
from propdesk.services.queries.letters import propose_letter, standing_letter
from propdesk.services.queries.phrases import ticket_values
from propdesk.services.queries.staff import list_departments
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.forms.phrase_help import PhraseHelp, select_gap
from ui.pages.ticket_words import clauses
from ui.theme import Space
from ui.typed_draft import KEEP_MS
from ui.widgets.buttons import Kind
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import LineField, TextField
from ui.widgets.forms import FormRows
from ui.widgets.phrases import PhrasePane

_WIDTH, _PHRASES, _HEIGHT = 1000, 350, 420
_LINES = {"care": 3, "apology": 2, "measures": 4, "deadline": 2, "thanks": 2}


class LetterDialog(Dialog):
    """Writes a letter (`letter` afterwards), with the phrases beside it. Ctrl+S stores it.

    What was typed and not stored is here again the next time.
    """

    def __init__(self, context: AppContext, parent: QWidget, ticket: Ticket) -> None:
        self._before = standing_letter(ticket)
        if self._before is None:
            title = _("Reply letter for {number}").format(number=ticket.number)
        else:
            title = _("Correct letter {number}").format(number=self._before.number)
        super().__init__(context.theme, parent, title, width=_WIDTH)
        self._context = context
        self._ticket = ticket
        self._language = context.settings.paper_language.code
        self.letter: Letter | None = None
        self.add_sentence(clauses(ticket.where, ticket.matter), is_quiet=True)
        if self._before is not None:
            sentence = _("The new letter gets a number of its own; {number} becomes void.")
            self.add_sentence(sentence.format(number=self._before.number), is_quiet=True)
        self.rows = FormRows(context.theme)
        self.fields: dict[str, LineField | TextField] = {}
        for name, label in FIELD_LABELS.items():
            self._add(name, str(label))
        columns = QHBoxLayout()
        columns.setSpacing(Space.L)
        columns.addWidget(self.rows, 1)
        self.body.addLayout(columns)
        self._columns = columns
        self._fill()
        self._phrases = PhraseHelp(
            self,
            context,
            [self.fields[name] for name in PARAGRAPHS],
            self._values,
            kind=lambda: ticket.kind,
            place=self._place,
            steps={step: FIELD_LABELS[name] for name, step in PARAGRAPHS.items()},
            speaking=self._language,
        )
        self._phrases.show_pane()
        self.add_verb("", _("Cancel"))
        self.add_verb("write", _("Write and print"), kind=Kind.PRIMARY).set_shortcut("Ctrl+S")
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(KEEP_MS)
        self._keep.timeout.connect(self._on_keep)
        self.finished.connect(self._keep.stop)
        for field in self.fields.values():
            field.textChanged.connect(self._keep.start)
        measures = self.fields["measures"]
        measures.setFocus()
        if isinstance(measures, TextField):
            select_gap(measures)

    def _add(self, name: str, label: str) -> None:
        theme = self._context.theme
        field: LineField | TextField
        if name in _LINES:
            field = TextField(theme, label, lines=_LINES[name])
        else:
            field = LineField(theme, label)
        field.textChanged.connect(lambda *_words: self.rows.drop_problem(name))
        field.installEventFilter(self)
        self.rows.add_row(name, label, field)
        self.fields[name] = field

    def _place(self, pane: PhrasePane) -> None:
        pane.setFixedWidth(self.theme.px(_PHRASES))
        pane.setMinimumHeight(self.theme.px(_HEIGHT))
        self._columns.addWidget(pane)

    def _values(self) -> Values:
        with speaking(self._language):
            return ticket_values(self._ticket, now=self._context.now())

    # -- filling

    def _fill(self) -> None:
        """Show what was half written, the letter to be corrected, or the skeleton."""
        kept = get_draft(self._draft_key())
        draft = (
            self._before.text
            if self._before is not None
            else propose_letter(self._ticket, now=self._context.now())
        )
        words = {**asdict(draft), **(kept[0] if kept else {})}
        for name, field in self.fields.items():
            field.show_words(words[name])

    def _draft_key(self) -> str:
        letter = self._before.id if self._before else 0
        return f"letter/{self._ticket.id}/{self._ticket.round}/{letter}"

    def _typed(self) -> LetterDraft:
        return LetterDraft(**{name: field.words() for name, field in self.fields.items()})

    def _on_keep(self) -> None:
        keep_draft(self._draft_key(), asdict(self._typed()), now=self._context.now())

    def reject(self) -> None:
        """Keep what was typed for the next time."""
        if self._keep.isActive():
            self._keep.stop()
            self._on_keep()
        super().reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the phrases follow the keyboard from paragraph to paragraph."""
        if event.type() == QEvent.Type.FocusIn:
            for name, step in PARAGRAPHS.items():
                if self.fields[name] is watched:
                    self._phrases.go_to(self.fields[name], step)
        return super().eventFilter(watched, event)

    # -- storing

    def choose(self, key: str) -> None:
        """Store the letter before the dialog closes; what is missing is said under its field."""
        if key != "write":
            self.reject()
            return
        if self._is_written():
            super().choose(key)

    def _is_written(self) -> bool:
        self._keep.stop()
        try:
            self.letter = write_letter(
                self._ticket.id,
                self._typed(),
                by=self._context.staff.id,
                now=self._context.now(),
                replaces=self._before.number if self._before else "",
            )
        except DraftError as refusal:
            self.rows.show_problems(refusal.problems)
            return False
        except RuleError as refusal:
            self._context.messages.tell(self, _("This was not done"), str(refusal))
            return False
        drop_draft(self._draft_key())
        return True


class ProblemReportDialog(Dialog):
    """Reports a complex or grave matter to a department in writing (R33). Ctrl+S stores it."""

    def __init__(self, context: AppContext, parent: QWidget, ticket: Ticket) -> None:
        title = _("Report {number} to a department").format(number=ticket.number)
        super().__init__(context.theme, parent, title, width=560)
        self._context = context
        self._ticket = ticket
        self.add_sentence(clauses(ticket.where, ticket.matter), is_quiet=True)
        departments = list_departments()
        self.department = Chips(
            context.theme,
            _("Department"),
            [
                Choice(str(one.id), one.name, hotkey=str(number) if number < 10 else "")
                for number, one in enumerate(departments, start=1)
            ],
        )
        if any(one.id == ticket.department_id for one in departments):
            self.department.choose(str(ticket.department_id))
        self.text = TextField(
            context.theme,
            _("Problem and request"),
            placeholder=_("What the problem is, and what the department is to do"),
            lines=5,
        )
        self.rows = FormRows(context.theme)
        self.rows.add_row("department_id", _("Department"), self.department)
        self.rows.add_row("text", _("Problem and request"), self.text)
        self.text.textChanged.connect(lambda: self.rows.drop_problem("text"))
        self.body.addWidget(self.rows)
        self.add_verb("", _("Cancel"))
        self.add_verb("report", _("Report and print"), kind=Kind.PRIMARY).set_shortcut("Ctrl+S")
        self.text.setFocus()

    def choose(self, key: str) -> None:
        """Store the report before the dialog closes."""
        if key != "report" or self._is_reported():
            super().choose(key)

    def _is_reported(self) -> bool:
        try:
            report_problem(
                self._ticket.id,
                department_id=int(self.department.chosen() or 0) or None,
                text=self.text.words(),
                by=self._context.staff.id,
                now=self._context.now(),
            )
        except DraftError as refusal:
            self.rows.show_problems(refusal.problems)
            return False
        except RuleError as refusal:
            self._context.messages.tell(self, _("This was not done"), str(refusal))
            return False
        return True

"""What people ask about their own data: noted, answered in time, given on paper (PIPL 44-50)."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.data_requests import (
    REQUEST_LABELS,
    RESULT_LABELS,
    DataRequest,
    RequestKind,
    RequestResult,
)
from propdesk.domain.retention import ANSWER_DAYS
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.data_requests import answer_request, receive_request
from propdesk.services.queries.data_requests import list_requests
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.person_picker import PersonPicker
from ui.dialogs.small_form import SmallForm
from ui.person_data_printing import show_person_data
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Space, Tone
from ui.widgets.badges import Toast
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField, TextField

_WIDTH, _ROWS = 820, 9


class RequestsDialog(Dialog):
    """Requests, those that wait first: Ctrl+N notes one, Enter answers, Ctrl+P prints his data.

    `person` (id and name) is who stands at the desk; without one the clerk looks him up.
    """

    def __init__(
        self, context: AppContext, parent: QWidget, person: tuple[int, str] | None = None
    ) -> None:
        title = _("Requests about personal data")
        super().__init__(context.theme, parent, title, width=_WIDTH)
        self._context, self._person = context, person
        theme = context.theme
        self.table = RecordTable(theme, title, self._columns(), lambda one: one.id, now=context.now)
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.left.connect(self.reject)
        self.table.opened.connect(lambda _row: self._on_answer())
        self.table.current_changed.connect(self._offer)
        self.body.addWidget(self.table)
        note = Button(theme, _("Note a request"), icon="plus", shortcut="Ctrl+N")
        note.clicked.connect(self._on_note)
        self._answer = Button(theme, _("Answer it"), hint="Enter")
        self._answer.clicked.connect(self._on_answer)
        self._paper = Button(theme, _("Print what is kept"), icon="printer", hint="Ctrl+P")
        self._paper.clicked.connect(self._on_print)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self._on_print)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        for button in (note, self._answer, self._paper):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        words = ngettext(
            "Answer within {count} day, and say why where something is not done.",
            "Answer within {count} days, and say why where something is not done.",
            ANSWER_DAYS,
        )
        self.add_sentence(words.format(count=ANSWER_DAYS), is_quiet=True)
        self.add_verb("close", _("Close"))
        self.toast = Toast(theme, self)
        self._refill()
        self.table.setFocus()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("due", _lazy("To answer by"), lambda one: str(one.due_on), width=112),
            Column(
                "person", _lazy("Person"),
                lambda one: self._context.shown_names(one.person), width=90, is_name=True,
            ),
            Column("kind", _lazy("What is asked"), lambda one: str(REQUEST_LABELS[one.kind]),
                   width=120),
            Column("text", _lazy("In their words"), lambda one: one.text, width=150,
                   stretches=True),
            Column("by", _lazy("Taken by"), lambda one: one.by, width=80),
            Column("state", _lazy("State"), self._state, CellKind.STATUS, width=150),
        )  # fmt: skip

    def _state(self, one: DataRequest) -> Mark:
        today = self._context.now().date()
        if one.result is not None:
            tone = Tone.OK if one.result is RequestResult.DONE else Tone.NEUTRAL
            return Mark(str(RESULT_LABELS[one.result]), tone)
        if one.is_late(today):
            return Mark(_("Late"), Tone.DANGER)
        return Mark(_("Waiting"), Tone.WARN if one.is_pressing(today) else Tone.INFO)

    def _refill(self, key: int | None = None) -> None:
        self.table.show_rows(list_requests())
        if key is not None:
            self.table.select_key(key)
        self._offer(self.table.current_row())

    def _offer(self, row: object) -> None:
        self._answer.setEnabled(isinstance(row, DataRequest) and row.answered_at is None)
        self._paper.setEnabled(isinstance(row, DataRequest))

    def _on_note(self) -> None:
        person = self._person or self._pick()
        if person is not None:
            dialog = NoteRequestDialog(self._context, self, *person)
            dialog.ask()
            if isinstance(dialog.stored, DataRequest):
                self._refill(dialog.stored.id)
                self.toast.show_message(
                    _("Noted; answer until {day}").format(day=dialog.stored.due_on)
                )
        self.table.setFocus()

    def _pick(self) -> tuple[int, str] | None:
        found = PersonPicker(self._context, self, _("Who asks?"), _("Choose")).pick()
        return None if found is None else (found.id, found.name)

    def _on_answer(self) -> None:
        request = self.table.current_row()
        if isinstance(request, DataRequest) and request.answered_at is None:
            dialog = AnswerRequestDialog(self._context, self, request)
            dialog.ask()
            if dialog.stored is not None:
                self._refill(request.id)
                self.toast.show_message(_("The answer is noted"))
        self.table.setFocus()

    def _on_print(self) -> None:
        request = self.table.current_row()
        if isinstance(request, DataRequest):
            show_person_data(self._context, self, request.person_id)


class NoteRequestDialog(SmallForm):
    """What a person asks for; `stored` is the request."""

    def __init__(self, context: AppContext, parent: QWidget, person_id: int, name: str) -> None:
        title = _("Request of {name}").format(name=context.shown_names(name))
        super().__init__(context, parent, title, _("Note the request"))
        self._person_id = person_id
        theme = context.theme
        kinds = [Choice(one.value, str(word)) for one, word in REQUEST_LABELS.items()]
        self._kind = PickField(theme, _("What is asked"), kinds)
        self._text = TextField(theme, _("In their words"), lines=3)
        self.rows.add_row("kind", _("What is asked"), self._kind)
        self.rows.add_row("text", _("In their words"), self._text)
        self._kind.setFocus()

    def act(self) -> DataRequest:
        """Note the request."""
        context = self.context
        return receive_request(
            self._person_id,
            RequestKind(self._kind.value()),
            self._text.words(),
            by=context.staff.id,
            now=context.now(),
        )


class AnswerRequestDialog(SmallForm):
    """What came of a request; a reason is asked for what was not done as asked."""

    def __init__(self, context: AppContext, parent: QWidget, request: DataRequest) -> None:
        title = _("{what}: {name}").format(
            what=REQUEST_LABELS[request.kind], name=context.shown_names(request.person)
        )
        super().__init__(context, parent, title, _("Note the answer"))
        self._request = request
        theme = context.theme
        results = [Choice(one.value, str(word)) for one, word in RESULT_LABELS.items()]
        self._result = PickField(theme, _("How it was answered"), results)
        self._reason = LineField(theme, _("Reason"), placeholder=_("The person is told it"))
        self.rows.add_row("result", _("How it was answered"), self._result)
        self.rows.add_row("reason", _("Reason"), self._reason)
        self._result.setFocus()

    def act(self) -> DataRequest:
        """Note the answer."""
        context = self.context
        return answer_request(
            self._request.id,
            RequestResult(self._result.value()),
            self._reason.words(),
            by=context.staff.id,
            now=context.now(),
        )

"""What a person agreed to: noted, looked up and withdrawn, by keyboard alone (PIPL 14-16)."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.cells import CellError, read_day
from propdesk.domain.consents import (
    SCOPE_LABELS,
    WAY_LABELS,
    Consent,
    ConsentDraft,
    ConsentWay,
    scope_label,
)
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.field_catalogue import optional_field
from propdesk.i18n import _, _lazy
from propdesk.services.consents import give_consent, withdraw_consent
from propdesk.services.queries.consents import list_consents
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Space, Tone
from ui.widgets.badges import Toast
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField, TextField
from ui.widgets.forms import FormRows

_WIDTH, _ROWS = 820, 8


class ConsentsDialog(Dialog):
    """The consents of a person: Ctrl+N notes one, Del withdraws the chosen one."""

    def __init__(self, context: AppContext, parent: QWidget, person_id: int, name: str) -> None:
        title = _("Consents of {name}").format(name=name)
        super().__init__(context.theme, parent, title, width=_WIDTH)
        self._context, self._person_id, self._name = context, person_id, name
        theme = context.theme
        self.table = RecordTable(theme, title, _columns(), lambda one: one.id, now=context.now)
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.left.connect(self.reject)
        self.table.current_changed.connect(self._offer)
        QShortcut(QKeySequence("Del"), self.table).activated.connect(self._on_withdraw)
        self.body.addWidget(self.table)
        add = Button(theme, _("Note a consent"), icon="plus", shortcut="Ctrl+N")
        add.clicked.connect(self._on_give)
        self._withdraw = Button(theme, _("Withdraw it"), hint="Del")
        self._withdraw.clicked.connect(self._on_withdraw)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        for button in (add, self._withdraw):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.add_verb("close", _("Close"))
        self.toast = Toast(theme, self)
        self._refill()
        self.table.setFocus()

    def _refill(self) -> None:
        self.table.show_rows(list_consents(self._person_id))
        self._offer(self.table.current_row())

    def _offer(self, row: object) -> None:
        self._withdraw.setEnabled(isinstance(row, Consent) and row.holds)

    def _on_give(self) -> None:
        dialog = ConsentDialog(self._context, self, self._person_id, self._name)
        dialog.ask()
        if dialog.stored is not None:
            self._refill()
            self.table.select_key(dialog.stored.id)
        self.table.setFocus()

    def _on_withdraw(self) -> None:
        consent, context = self.table.current_row(), self._context
        if not isinstance(consent, Consent) or not consent.holds:
            return
        question = _("Withdraw «{scope}»?").format(scope=scope_label(consent.scope))
        sentence = _("What is kept on this consent is deleted at once. It cannot be brought back.")
        if not context.messages.confirm(
            self, question, sentence, act=_("Withdraw it"), keep=_("Keep it")
        ):
            return
        deleted: list[str] = []

        def withdraw() -> None:
            now = context.now()
            done = withdraw_consent(consent.id, on=now.date(), by=context.staff.id, now=now)
            deleted.extend(str(optional_field(code).label) for code in done.deleted)

        if context.attempt(self, _("This was not done"), withdraw):
            self._refill()
            self.table.select_key(consent.id)
            words = _("Withdrawn; deleted: {fields}") if deleted else _("Withdrawn")
            self.toast.show_message(words.format(fields=", ".join(deleted)))
        self.table.setFocus()


class ConsentDialog(Dialog):
    """One consent to be noted; `stored` is what was written, None when the clerk left."""

    def __init__(
        self, context: AppContext, parent: QWidget, person_id: int, name: str, scope: str = ""
    ) -> None:
        title = _("Consent of {name}").format(name=name)
        super().__init__(context.theme, parent, title, width=560)
        self._context, self._person_id = context, person_id
        self.stored: Consent | None = None
        theme = context.theme
        scopes = [Choice(key, str(word)) for key, word in SCOPE_LABELS.items()]
        self._scope = PickField(theme, _("What for"), scopes)
        ways = [Choice(one.value, str(word)) for one, word in WAY_LABELS.items()]
        self._way = PickField(theme, _("How"), ways)
        self._on = LineField(theme, _("Given on"), width=110, longest=20)
        self._by = LineField(
            theme, _("Given by"), placeholder=_("the person; or which guardian"), longest=80
        )
        self._note = TextField(theme, _("Note"), lines=2)
        self.rows = FormRows(theme)
        for key, label, field in (
            ("scope", _("What for"), self._scope),
            ("way", _("How"), self._way),
            ("given_on", _("Given on"), self._on),
            ("given_by", _("Given by"), self._by),
            ("note", _("Note"), self._note),
        ):
            self.rows.add_row(key, label, field)
        self.body.addWidget(self.rows)
        self._on.show_words(f"{context.now():%Y-%m-%d}")
        if scope:
            self._scope.choose(scope)
        self.add_verb("cancel", _("Cancel"))
        self.add_verb("save", _("Note the consent"), kind=Kind.PRIMARY).set_shortcut("Ctrl+S")
        (self._way if scope else self._scope).setFocus()

    def choose(self, key: str) -> None:
        """Note the consent before the dialog closes; what is wrong is said under its field."""
        if key == "save" and not self._is_stored():
            return
        super().choose(key)

    def _is_stored(self) -> bool:
        context = self._context
        try:
            given_on = read_day(self._on.words())
        except CellError:
            given_on = None
        if given_on is None:
            problem = Problem("given_on", _("This is no day; write it like 2026-11-21."))
            self.rows.show_problems((problem,))
            return False
        draft = ConsentDraft(
            self._scope.value(),
            ConsentWay(self._way.value()),
            given_on,
            self._by.words(),
            self._note.words(),
        )
        try:
            self.stored = give_consent(
                self._person_id, draft, by=context.staff.id, now=context.now()
            )
        except DraftError as refusal:
            self.rows.show_problems(refusal.problems)
        except RuleError as refusal:
            self.rows.show_problems((Problem("scope", str(refusal)),))
        return self.stored is not None


def _columns() -> tuple[Column, ...]:
    return (
        Column("scope", _lazy("What for"), lambda one: scope_label(one.scope), width=356,
               stretches=True),
        Column("way", _lazy("How"), lambda one: str(WAY_LABELS[one.way]), width=108),
        Column("given", _lazy("Given on"), lambda one: str(one.given_on), width=90),
        Column("by", _lazy("Given by"), lambda one: one.given_by, width=74),
        Column("state", _lazy("State"), _state, CellKind.STATUS, width=152),
    )  # fmt: skip


def _state(one: Consent) -> Mark:
    if one.withdrawn_on is None:
        return Mark(_("Valid"), Tone.OK)
    return Mark(_("Withdrawn {day}").format(day=one.withdrawn_on), Tone.NEUTRAL)

"""The contacts that are to be cleared (督促消项, R82), and the last ones."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.contacts import WAY_LABELS, Contact, is_overdue, reason_label
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.texts import elide
from propdesk.i18n import _, _lazy
from propdesk.services import contacts
from propdesk.services.queries.contacts import (
    ContactFilter,
    ContactPage,
    count_contacts,
    list_contacts,
)
from ui.contact_words import state_words
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.contact_dialog import amend_contact
from ui.pages.ticket_words import clauses
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Ink, Space, Tone
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import TextField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label

_ROWS = 10
_LAST_DAYS = 30
_MOST = 500
_LONGEST = 240
_OPEN, _LAST = "open", "last"


class ContactsDialog(Dialog):
    """A table with two views; Enter amends, Ctrl+Enter clears, Del voids.

    With a house only its contacts are shown.
    """

    def __init__(
        self, context: AppContext, parent: QWidget, *, unit_id: int | None = None, house: str = ""
    ) -> None:
        title = _("Contacts of {house}").format(house=house) if house else _("Contacts")
        super().__init__(context.theme, parent, title, width=780)
        self._context = context
        self._unit_id = unit_id
        theme = context.theme
        self._chips = Chips(theme, _("Which contacts"), self._choices())
        self._chips.choose(_OPEN if unit_id is None else _LAST)
        self._chips.chosen_changed.connect(self._refill)
        self.body.addWidget(self._chips)
        self.table = RecordTable(
            theme, _("Contacts"), self._columns(), lambda one: one.id, now=context.now
        )
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.opened.connect(lambda _row: self._on_amend())
        self.table.left.connect(self.reject)
        self.table.current_changed.connect(self._show_words)
        self.body.addWidget(self.table)
        self._words = Label(theme, ink=Ink.TEXT_2, wrap=True)
        self._words.setMinimumHeight(3 * theme.line())
        self.body.addWidget(self._words)
        self.body.addLayout(self._acts())
        self.add_verb("close", _("Close"))
        QShortcut(QKeySequence("Del"), self.table).activated.connect(self._on_void)
        self._refill()
        self.table.setFocus()

    def _acts(self) -> QHBoxLayout:
        theme = self._context.theme
        self._clear = Button(theme, _("Clear"), kind=Kind.PRIMARY, icon="check")
        self._clear.set_shortcut("Ctrl+Enter")
        for keys in ("Ctrl+Return",):
            QShortcut(QKeySequence(keys), self).activated.connect(self._on_clear)
        self._amend = Button(theme, _("Amend"), icon="pencil", hint="Enter")
        self._ticket = Button(theme, _("Open the ticket"), icon="clipboard-list")
        self._void = Button(theme, _("Void it"), kind=Kind.QUIET, hint="Del")
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        for button, act in (
            (self._clear, self._on_clear),
            (self._amend, self._on_amend),
            (self._ticket, self._on_ticket),
            (self._void, self._on_void),
        ):
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch(1)
        return row

    # -- filling

    def _filter(self, view: str) -> ContactFilter:
        if view == _OPEN:
            return ContactFilter(open_only=True, unit_id=self._unit_id)
        today = self._context.now().date()
        since = None if self._unit_id else today - timedelta(days=_LAST_DAYS)
        return ContactFilter(from_on=since, unit_id=self._unit_id, with_voided=True)

    def _choices(self) -> list[Choice]:
        last = _("All") if self._unit_id else _("Last {days} days").format(days=_LAST_DAYS)
        words = {_OPEN: _("To be cleared"), _LAST: last}
        return [
            Choice(view, word, count_contacts(self._filter(view))) for view, word in words.items()
        ]

    def _refill(self) -> None:
        chosen = self.table.current_row()
        self._chips.set_choices(self._choices())
        view = self._chips.chosen()
        page: ContactPage = list_contacts(self._filter(view), limit=_MOST)
        rows = page.rows
        if view == _OPEN:
            # What is due first is seen to first.
            rows = tuple(
                sorted(rows, key=lambda one: (one.due_on is None, one.due_on or one.at.date()))
            )
        self.table.show_rows(rows)
        if isinstance(chosen, Contact):
            self.table.select_key(chosen.id)
        self._show_words(self.table.current_row())

    def _show_words(self, row: object) -> None:
        """Show below the table what the row has no room for, and what can be done with it."""
        one = row if isinstance(row, Contact) else None
        can_change = one is not None and one.voided_at is None
        self._clear.setEnabled(one is not None and one.is_open)
        self._amend.setEnabled(can_change)
        self._void.setEnabled(can_change)
        self._ticket.setEnabled(one is not None and one.ticket_id is not None)
        if one is None:
            none = _("Nothing is to be cleared.")
            self._words.show_text(none if self._chips.chosen() == _OPEN else _("None so far"))
            return
        said = " ".join(one.text.split())
        parts = [clauses(reason_label(one.reason), str(WAY_LABELS[one.way]), one.by), said]
        if one.opinion:
            parts.append(clauses(one.opinion, one.department))
        if one.result or one.void_reason:
            parts.append(one.void_reason or one.result)
        self._words.show_text("\n".join(elide(part, _LONGEST) for part in parts))

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("at", _lazy("Time"), lambda one: one.at, CellKind.TIME, width=80, least=70),
            Column("where", _lazy("House"), lambda one: one.where, width=84),
            Column("name", _lazy("Who"), lambda one: self._context.shown_names(one.name),
                   width=84, is_name=True),
            Column("text", _lazy("What was said"), lambda one: " ".join(one.text.split()),
                   width=200, stretches=True),
            Column("due", _lazy("Until"), lambda one: f"{one.due_on:%m-%d}" if one.due_on else "",
                   width=64),
            Column("state", _lazy("State"), self._state, CellKind.STATUS, width=96, least=90),
        )  # fmt: skip

    def _state(self, one: Contact) -> Mark:
        if is_overdue(one, self._context.now().date()):
            return Mark(_("Overdue"), Tone.DANGER)
        tone = Tone.WARN if one.is_open else Tone.OK if one.cleared_at else Tone.NEUTRAL
        return Mark(state_words(one) or _("noted"), tone)

    # -- acting

    def _chosen(self) -> Contact | None:
        row = self.table.current_row()
        return row if isinstance(row, Contact) else None

    def _on_clear(self) -> None:
        one = self._chosen()
        if one is None or not one.is_open:
            return

        def act(words: str) -> None:
            contacts.clear_contact(
                one.id, result=words, by=self._context.staff.id, now=self._context.now()
            )

        self._ask(_("Clear this contact"), _("Result"), _("Clear"), act)

    def _on_void(self) -> None:
        one = self._chosen()
        if one is None or one.voided_at is not None:
            return

        def act(words: str) -> None:
            contacts.void_contact(
                one.id, reason=words, by=self._context.staff.id, now=self._context.now()
            )

        self._ask(_("Void this contact?"), _("Reason"), _("Void it"), act, kind=Kind.DANGER)

    def _ask(
        self,
        title: str,
        label: str,
        verb: str,
        act: Callable[[str], None],
        *,
        kind: Kind = Kind.PRIMARY,
    ) -> None:
        dialog = WordsDialog(self._context, self, title, label, verb, act, kind=kind)
        if dialog.ask():
            self._refill()
            self._context.changes.contacts_changed.emit()

    def _on_amend(self) -> None:
        one = self._chosen()
        if one is not None and one.voided_at is None and amend_contact(self._context, self, one):
            self._refill()

    def _on_ticket(self) -> None:
        one = self._chosen()
        if one is not None and one.ticket_id is not None:
            self.choose("ticket")
            self._context.navigation.ticket_wanted.emit(one.ticket_id)


class WordsDialog(Dialog):
    """One text and a verb: what came of it, why it is voided."""

    def __init__(
        self,
        context: AppContext,
        parent: QWidget,
        title: str,
        label: str,
        verb: str,
        act: Callable[[str], None],
        *,
        kind: Kind = Kind.PRIMARY,
    ) -> None:
        super().__init__(context.theme, parent, title)
        self._context = context
        self._act = act
        self.rows = FormRows(context.theme)
        self.text = TextField(context.theme, label, lines=3)
        self.rows.add_row("text", label, self.text)
        self.text.textChanged.connect(lambda: self.rows.drop_problem("text"))
        self.body.addWidget(self.rows)
        self.add_verb("", _("Cancel"))
        do = Button(context.theme, verb, kind=kind)
        do.set_shortcut("Ctrl+Enter")
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._do)
        do.clicked.connect(self._do)
        self._foot.addWidget(do)
        self.text.setFocus()

    def _do(self) -> None:
        try:
            self._act(self.text.words())
        except DraftError as refusal:
            # There is one field: whatever is wrong is wrong with it.
            self.rows.show_problems([replace(one, field="text") for one in refusal.problems])
        except RuleError as refusal:
            self._context.messages.tell(self, _("This was not done"), str(refusal))
        else:
            self.choose("done")

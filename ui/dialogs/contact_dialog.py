"""Note a talk, or correct one: F3 from the caller card, words, Ctrl+Enter (R52)."""

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from propdesk.domain.contacts import COUNTERPARTY_LABELS, Contact, ContactDraft
from propdesk.domain.errors import DraftError, RuleError
from propdesk.i18n import _
from propdesk.services import contacts
from propdesk.services.queries.units import get_unit
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.forms.contact_form import ContactForm
from ui.pages.ticket_words import clauses
from ui.widgets.badges import Toast
from ui.widgets.buttons import Button, Kind

_WIDTH = 620


class ContactDialog(Dialog):
    """The form over the page that asked for it; `stored` is the contact once it is kept."""

    def __init__(
        self,
        context: AppContext,
        parent: QWidget,
        draft: ContactDraft,
        store: Callable[[ContactDraft], Contact],
        *,
        title: str,
    ) -> None:
        super().__init__(context.theme, parent, title, width=_WIDTH)
        self._context = context
        self._store = store
        self.stored: Contact | None = None
        self.add_sentence(_about(draft), is_quiet=True)
        self.form = ContactForm(context, draft)
        self.body.addWidget(self.form)
        self.add_verb("", _("Cancel"))
        keep = Button(context.theme, _("Keep"), kind=Kind.PRIMARY, icon="check")
        keep.set_shortcut("Ctrl+Enter")
        keep.clicked.connect(self._keep)
        for keys in ("Ctrl+Return", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._keep)
        self._foot.addWidget(keep)
        self.form.text.setFocus()

    def _keep(self) -> None:
        self.form.show_problems(())
        try:
            self.stored = self._store(self.form.draft())
        except DraftError as refusal:
            self.form.show_problems(refusal.problems)
        except RuleError as refusal:
            self._context.messages.tell(self, _("This was not done"), str(refusal))
        else:
            self.choose("kept")

    def reject(self) -> None:
        """Leave; what was typed is asked about."""
        is_half_typed = self.isVisible() and self.stored is None and self.form.is_dirty()
        if is_half_typed and not self._may_leave():
            return
        super().reject()

    def choose(self, key: str) -> None:
        """Close with a verb; 取消 is the same as Esc."""
        if key:
            super().choose(key)
        else:
            self.reject()

    def _may_leave(self) -> bool:
        return self._context.messages.confirm(
            self,
            _("Leave without saving?"),
            _("What you typed into this form is not stored yet."),
            act=_("Leave the form"),
            keep=_("Go on typing"),
        )


def log_contact(context: AppContext, parent: QWidget, draft: ContactDraft) -> Contact | None:
    """Have a talk noted over `parent`; say so there, with a way to take it back."""

    def store(typed: ContactDraft) -> Contact:
        return contacts.log_contact(typed, by=context.staff.id, now=context.now())

    dialog = ContactDialog(context, parent, draft, store, title=_("Note a talk"))
    dialog.ask()
    stored = dialog.stored
    if stored is not None:
        words = _("The talk is noted")
        if stored.is_open:
            words = _("The talk is noted and waits to be cleared")
        _tell(context, parent, words, lambda: _take_back(context, parent, stored))
        context.changes.contacts_changed.emit()
    return stored


def amend_contact(context: AppContext, parent: QWidget, contact: Contact) -> Contact | None:
    """Have a contact corrected over `parent`."""

    def store(typed: ContactDraft) -> Contact:
        return contacts.amend_contact(
            contact.id, typed, version=contact.version, by=context.staff.id, now=context.now()
        )

    dialog = ContactDialog(context, parent, contact.draft(), store, title=_("Amend the contact"))
    dialog.ask()
    if dialog.stored is not None:
        context.changes.contacts_changed.emit()
    return dialog.stored


def _take_back(context: AppContext, parent: QWidget, contact: Contact) -> None:
    def act() -> None:
        contacts.void_contact(
            contact.id, reason=_("Taken back at once"), by=context.staff.id, now=context.now()
        )

    if context.attempt(parent, _("This was not undone"), act):
        _tell(context, parent, _("The talk is taken back"), None)
        context.changes.contacts_changed.emit()


def _tell(context: AppContext, page: QWidget, words: str, undo: Callable[[], None] | None) -> None:
    toast = page.findChild(Toast) or Toast(context.theme, page)
    toast.show_message(words, undo)


def _about(draft: ContactDraft) -> str:
    """Return whom the talk is with, in the words of the card."""
    house = get_unit(draft.unit_id).short if draft.unit_id is not None else ""
    return clauses(house, draft.name, str(COUNTERPARTY_LABELS[draft.counterparty]))

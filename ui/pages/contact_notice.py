"""The line on Today about contacts that were to be cleared by now (督促消项, R82)."""

from propdesk.i18n import ngettext
from propdesk.services.queries.contacts import ContactFilter, count_contacts
from ui.context import AppContext
from ui.theme import Tone
from ui.widgets.notices import Notice

_ICON = "phone"


class ContactNotice(Notice):
    """How many contacts are due, and the way to them; not there where none is."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme, Tone.WARN, _ICON)
        self._context = context
        self.followed.connect(context.navigation.contacts_wanted)

    def refill(self) -> None:
        """Count what is due by today."""
        count = count_contacts(ContactFilter(due_by=self._context.now().date()))
        words = ngettext(
            "{count} contact was to be cleared by today",
            "{count} contacts were to be cleared by today",
            count,
        )
        self.show_notice(Tone.WARN, _ICON, words.format(count=count) if count else "")

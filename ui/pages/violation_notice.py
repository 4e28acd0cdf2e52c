"""The line on Today about breaches of rules whose time to report runs (Civil Code 942)."""

from propdesk.i18n import ngettext
from propdesk.services.queries.violations import list_violations
from ui.context import AppContext
from ui.pages.ticket_words import by_words, clauses
from ui.theme import Tone
from ui.widgets.notices import Notice

_GROUP = "violations"


class ViolationNotice(Notice):
    """How many are to be reported, the first of them, and how many are late; else not there."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme, Tone.WARN, "shield-check")
        self._context = context
        self.followed.connect(lambda: context.navigation.tickets_wanted.emit(_GROUP))

    def refill(self) -> None:
        """Look for breaches that were not settled."""
        now = self._context.now()
        running = [row for row in list_violations(now=now) if row.due_at is not None]
        if not running:
            self.show_notice(Tone.WARN, "shield-check", "")
            return
        late = sum(row.overdue for row in running)
        words = ngettext(
            "{count} breach of rules is to be reported", "{count} breaches are to be reported",
            len(running),
        ).format(count=len(running))  # fmt: skip
        if late:
            over = ngettext("{count} of them is late", "{count} of them are late", late)
            words = clauses(words, over.format(count=late))
        elif running[0].due_at is not None:
            words = clauses(words, by_words(running[0].due_at, now))
        tone = Tone.DANGER if late else Tone.WARN
        self.show_notice(tone, "shield-check", words)

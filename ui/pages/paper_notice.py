"""Today's quiet word on work orders that are out for too long; without such it is not there."""

from propdesk.i18n import ngettext
from propdesk.services.queries.papers import count_papers_out
from ui.context import AppContext
from ui.theme import Tone
from ui.widgets.notices import Notice


class PaperNotice(Notice):
    """Says how many papers the office waits for, and leads to their list."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme, Tone.INFO, "scan-barcode")
        self._context = context
        self.followed.connect(context.navigation.papers_wanted)

    def refill(self) -> None:
        """Count again."""
        days, now = self._context.settings.papers_out_days, self._context.now()
        late = count_papers_out(now=now, over_days=days) if days else 0
        words = ngettext(
            "{count} work order is out for more than {days} days",
            "{count} work orders are out for more than {days} days",
            late,
        ).format(count=late, days=days)
        self.show_notice(Tone.INFO, "scan-barcode", words if late else "")

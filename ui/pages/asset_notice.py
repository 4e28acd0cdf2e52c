"""Today's quiet word on days that law or contract sets: what is over, what comes near."""

from propdesk.i18n import _, ngettext
from propdesk.services.queries.statutory_dates import list_warned_dates
from ui.context import AppContext
from ui.theme import Tone
from ui.widgets.notices import Notice

_ICON = "calendar-plus"


class DatesNotice(Notice):
    """How many days are over or within the warnings, and the way to their list."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme, Tone.INFO, _ICON)
        self._context = context
        self.followed.connect(self._on_followed)

    def refill(self) -> None:
        """Count again."""
        found = list_warned_dates(self._context.now().date())
        over = sum(one.is_overdue for one in found)
        coming = len(found) - over
        parts = (
            ngettext("{count} statutory date is over", "{count} statutory dates are over",
                     over).format(count=over) if over else "",
            ngettext("{count} comes near", "{count} come near", coming).format(count=coming)
            if over and coming else "",
            ngettext("{count} statutory date comes near", "{count} statutory dates come near",
                     coming).format(count=coming) if coming and not over else "",
        )  # fmt: skip
        words = _(", ").join(filter(None, parts))
        self.show_notice(Tone.DANGER if over else Tone.WARN, _ICON, words)

    def _on_followed(self) -> None:
        from ui.asset_acts import show_dates

        show_dates(self._context, self.window())
        self.refill()

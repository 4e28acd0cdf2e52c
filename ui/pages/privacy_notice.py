"""Today's quiet word on personal data: a request to answer, somebody whose time is over."""

from propdesk.i18n import _, ngettext
from propdesk.services.queries.data_requests import list_requests
from propdesk.services.queries.erasures import count_over
from ui.context import AppContext
from ui.dialogs.erasable_dialog import ErasableDialog
from ui.dialogs.requests_dialog import RequestsDialog
from ui.theme import Tone
from ui.widgets.notices import Notice

_ICON = "shield-check"


class PrivacyNotice(Notice):
    """Requests that are late or due within days, and how many are to be erased; else not there."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme, Tone.INFO, _ICON)
        self._context = context
        self._has_requests = False
        self.followed.connect(self._on_followed)

    def refill(self) -> None:
        """Look for what is due."""
        today = self._context.now().date()
        pressing = [one for one in list_requests(open_only=True) if one.is_pressing(today)]
        late = sum(one.is_late(today) for one in pressing)
        over = count_over(today)
        self._has_requests = bool(pressing)
        parts = (
            ngettext(
                "{count} request about personal data to answer",
                "{count} requests about personal data to answer",
                len(pressing),
            ).format(count=len(pressing)) if pressing else "",
            ngettext("{count} of them is late", "{count} of them are late", late).format(
                count=late
            ) if late else "",
            ngettext(
                "{count} person's time is over", "{count} persons' time is over",
                over,
            ).format(count=over) if over else "",
        )  # fmt: skip
        words = _(", ").join(filter(None, parts))
        self.show_notice(Tone.WARN if late else Tone.INFO, _ICON, words)

    def _on_followed(self) -> None:
        kind = RequestsDialog if self._has_requests else ErasableDialog
        kind(self._context, self.window()).ask()
        self.refill()

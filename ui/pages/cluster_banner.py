"""The quiet line that offers an incident where many call about one matter; never a dialog."""

from PySide6.QtCore import Signal

from propdesk.domain.classes import class_label
from propdesk.i18n import _, ngettext
from propdesk.services.queries.incidents import ClusterFound, list_clusters
from ui.context import AppContext
from ui.theme import Tone
from ui.widgets.badges import Banner


class ClusterBanner(Banner):
    """The largest cluster of the last hours; it is not there where there is none.

    `taken` comes with the ClusterFound that the clerk wants to look at.
    """

    taken = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme, Tone.WARN, "users")
        self._context = context
        self._found: ClusterFound | None = None
        self.followed.connect(self._on_followed)

    def refill(self) -> bool:
        """Look for clusters; tell whether there is one."""
        context = self._context
        found = list_clusters(now=context.now())
        self._found = found[0] if found else None
        sentence = ""
        if self._found is not None:
            count, hours = len(self._found.tickets), context.settings.cluster_hours
            sentence = ngettext(
                "{building}, {matter}: {count} ticket in {hours} hours. One incident?",
                "{building}, {matter}: {count} tickets in {hours} hours. One incident?",
                count,
            ).format(
                building=self._found.building,
                matter=class_label(self._found.class_code),
                count=count,
                hours=hours,
            )
        self.show_banner(Tone.WARN, "users", sentence, _("Handle as one") if sentence else "")
        return self._found is not None

    def _on_followed(self) -> None:
        if self._found is not None:
            self.taken.emit(self._found)

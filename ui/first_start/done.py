"""The end of the guide: the office is ready, and what one does first."""

from propdesk.i18n import _
from propdesk.services.settings import get_settings
from ui.first_start.page import StartPage
from ui.theme import Theme
from ui.widgets.ways import Way, WayList


def first_errands() -> tuple[Way, ...]:
    """Return what a new office does first, as ways; Today offers the same."""
    return (
        Way(
            "residents",
            "file-spreadsheet",
            _("Import houses and residents"),
            _("From a table: callers are then known by house, name and phone."),
        ),
        Way(
            "complaints",
            "file-spreadsheet",
            _("Import complaints"),
            _("What was kept in another table or system until now."),
        ),
        Way(
            "ticket",
            "plus",
            _("Register the first ticket"),
            _("A repair, a complaint, a question: as somebody calls."),
        ),
    )


class DonePage(StartPage):
    """Which errand comes first; the button only opens the window."""

    next_hint = "Esc"

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            _("{office} is ready").format(office=get_settings().office_name),
            _("What comes next? All of this can be done later, too."),
        )
        self.errand = ""
        self._ways = WayList(theme, _("What comes next"), first_errands())
        self._ways.taken.connect(self._take)
        self.column.addWidget(self._ways)
        self.column.addStretch(1)

    def _take(self, key: str) -> None:
        self.errand = key
        self.went_on.emit()

    def next_word(self) -> str:
        """Open the window without an errand."""
        return _("Look around first")

    def enter(self) -> None:
        """Begin on the first errand."""
        self._ways.setFocus()

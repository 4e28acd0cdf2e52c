"""What every page needs, handed through its constructor; there are no globals in the window."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import Cancelled, RuleError
from propdesk.domain.masking import mask_names
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Staff
from propdesk.services.offices import OpenOffice
from propdesk.services.settings import get_settings
from ui.background import Background
from ui.changes import Changes
from ui.dialogs.messages import Messages
from ui.navigation import Navigation
from ui.tables.memory import Memory
from ui.theme import Theme


class AppContext:
    """The open office, who sits at the desk, and the tools of the window.

    `now` gives the time with its offset; `staff` is the person at the desk (Ctrl+U changes it);
    `settings` are the office's, read again after each change.
    """

    def __init__(
        self,
        *,
        office: OpenOffice,
        staff: Staff,
        theme: Theme,
        messages: Messages,
        memory: Memory,
        now: Callable[[], datetime],
    ) -> None:
        self.office = office
        self.staff = staff
        self.theme = theme
        self.messages = messages
        self.memory = memory
        self.now = now
        self.changes = Changes()
        self.navigation = Navigation()
        self.background = Background()
        self.settings: OfficeSettings = get_settings()
        self.changes.settings_changed.connect(self._on_settings_changed)

    @property
    def papers(self) -> Path:
        """The folder for papers that are previewed and printed; emptied at each start."""
        return self.office.folder / "previews"

    def shown_names(self, names: str) -> str:
        """Return residents' names as the one who sits here may see them, masked for some roles."""
        return mask_names(names) if self.masks_names else names

    @property
    def masks_names(self) -> bool:
        """Whether the office masks residents' names for the role of who sits here."""
        return self.staff.role.value in self.settings.masked_names_for

    def _on_settings_changed(self) -> None:
        self.settings = get_settings()

    def attempt(self, parent: QWidget, title: str, act: Callable[[], object]) -> bool:
        """Run a command; a refusal is shown as its sentence. Tell whether it was done."""
        try:
            act()
        except RuleError as refusal:
            self.messages.tell(parent, title, str(refusal))
            return False
        return True

    def explain(self, parent: QWidget, title: str, error: BaseException) -> None:
        """Show why a job in the background failed; what is no refusal is a bug and is raised."""
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, RuleError):
            raise error
        self.messages.tell(parent, title, str(error))

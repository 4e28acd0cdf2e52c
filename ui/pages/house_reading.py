"""Who has really read the file of a house (R85): by Enter, or by staying with it for a while.

Walking through the list with the arrow keys is no reading: it would bury the looks that matter.
"""

from datetime import date, datetime

from PySide6.QtWidgets import QWidget

from propdesk.i18n import _
from propdesk.services.house_papers import note_opened
from ui.context import AppContext

_READS_AFTER = 10  # seconds on the screen


class Reading:
    """Notes once a clerk, house and day that a file was read.

    There is no clock of its own: whether somebody stayed is known when the next house comes.
    """

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        self._context = context
        self._parent = parent
        self._unit_id: int | None = None
        self._since: datetime | None = None
        self._staff_id = 0
        self._noted: set[tuple[int, int, date]] = set()

    def shown(self, unit_id: int) -> None:
        """Note that a house is shown now; the one before was read where it stayed long enough."""
        now = self._context.now()
        if self._since is not None and (now - self._since).total_seconds() >= _READS_AFTER:
            self._note(self._staff_id, self._since)
        self._unit_id, self._since, self._staff_id = unit_id, now, self._context.staff.id

    def begun(self) -> None:
        """Note that the clerk goes into the file that is shown."""
        self._note(self._context.staff.id, self._context.now())

    def _note(self, staff_id: int, at: datetime) -> None:
        unit_id = self._unit_id
        if unit_id is None or (staff_id, unit_id, at.date()) in self._noted:
            return
        # Once is enough, also where it was refused: nobody is asked at every step.
        self._noted.add((staff_id, unit_id, at.date()))
        self._context.attempt(
            self._parent,
            _("This look was not noted"),
            lambda: note_opened(unit_id, by=staff_id, now=at),
        )

"""What the clerk should know while a call is typed: a repeat (R43), an incident here."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from propdesk.domain.classes import UNCLASSED
from propdesk.domain.tickets import STATUS_LABELS, Kind
from propdesk.i18n import _
from propdesk.services.queries.incidents import Incident, building_of, list_incidents_at
from propdesk.services.queries.repeats import list_earlier
from ui.context import AppContext
from ui.pages.ticket_words import clauses, line_moment
from ui.theme import Space, Tone
from ui.widgets.notes import NoteBox


def told_words(incident: Incident) -> str:
    """Return what is known of an incident, as it is said to a caller."""
    told = incident.tell_callers
    about = _("Incident {number}: {matter}").format(number=incident.number, matter=incident.matter)
    if not told:
        return about
    return _("{before}. Tell the caller: {words}").format(before=about, words=told)


class IntakeHints(QWidget):
    """Two notes above the fields, there only when they say something; neither costs a key.

    `attach_changed` comes when the clerk has said whether the ticket belongs to the incident.
    """

    attach_changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._incident: Incident | None = None
        self._attaches = False
        self._shown: tuple[int | None, Kind, str] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        self.repeat = NoteBox(context.theme, Tone.WARN, "repeat-2")
        self.incident = NoteBox(context.theme, Tone.INFO, "users")
        self.incident.followed.connect(self.toggle)
        column.addWidget(self.repeat)
        column.addWidget(self.incident)
        self.hide()

    def show_call(self, unit_id: int | None, kind: Kind, class_code: str) -> None:
        """Show what is known of a matter of this house; None shows nothing."""
        if (unit_id, kind, class_code) == self._shown:
            return  # asked with each key
        self._shown = (unit_id, kind, class_code)
        before = self._incident
        self._incident = None if unit_id is None else _fitting(unit_id, class_code)
        if self._incident is None or before is None or self._incident.id != before.id:
            self._attaches = False
        self.repeat.show_note(self._repeat_words(unit_id, kind, class_code))
        self._show_incident()
        self.setVisible(bool(self.repeat.words() or self.incident.words()))

    def _repeat_words(self, unit_id: int | None, kind: Kind, class_code: str) -> str:
        now, days = self._context.now(), self._context.settings.repeat_days
        earlier = list_earlier(unit_id, kind, class_code, days=days, before=now)
        if not earlier:
            return ""
        last = earlier[0]
        return clauses(
            _("Time {time} in {days} days, last {number}").format(
                time=len(earlier) + 1, days=days, number=last.number
            ),
            line_moment(last.received_at, now),
            last.matter,
            str(STATUS_LABELS[last.status]),
        )

    def _show_incident(self) -> None:
        if self._incident is None:
            self.incident.show_note("")
            return
        words = told_words(self._incident)
        link = _("Belongs to it: yes  Alt+J") if self._attaches else _("Belongs to it  Alt+J")
        self.incident.show_note(words, link)

    def toggle(self) -> None:
        """Say that the ticket belongs to the incident, or that it does not."""
        if self._incident is not None:
            self._attaches = not self._attaches
            self._show_incident()
            self.attach_changed.emit()

    def master_id(self) -> int | None:
        """Return the incident that the ticket is attached to when it is stored."""
        return self._incident.id if self._incident is not None and self._attaches else None


def _fitting(unit_id: int, class_code: str) -> Incident | None:
    building = building_of(unit_id)
    found = (one for one in list_incidents_at(unit_id) if one.takes(building, class_code))
    return next(found, None)


def call_class(kind: Kind, class_code: str) -> str:
    """Return the class that a call has: only complaints are classed while they are typed."""
    return class_code if kind is Kind.COMPLAINT else UNCLASSED

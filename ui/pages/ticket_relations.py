"""What other tickets are to the one in the detail: an incident's words, and a list to open them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from propdesk.domain.relations import RELATION_LABELS, Relation
from propdesk.domain.tickets import STATUS_LABELS, Ticket, is_open
from propdesk.i18n import _
from propdesk.services.queries.incidents import building_of, likely_class, list_incidents_at
from propdesk.services.queries.relations import RelatedTicket, list_relations
from ui.context import AppContext
from ui.forms.incident_form import incident_words
from ui.pages.ticket_acts import Act
from ui.pages.ticket_words import STATUS_TONES, clauses
from ui.theme import Space, Tone
from ui.widgets.labels import Hairline
from ui.widgets.notes import NoteBox
from ui.widgets.worklist import WorkItem, WorkList

_MOST_SHOWN = 8


class RelationsPart(QWidget):
    """The connected tickets; Enter opens one. Nothing is there where there are none."""

    ticket_wanted = Signal(int)
    act_wanted = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        theme = context.theme
        self._others: Sequence[RelatedTicket] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        self.note = NoteBox(theme, Tone.INFO, "users")
        self.note.followed.connect(self._on_note)
        column.addWidget(self.note)
        self.list = WorkList(theme, "arrow-left-right", _("Connected tickets"))
        self.list.opened.connect(lambda key: self.ticket_wanted.emit(int(key)))
        self.list.all_wanted.connect(lambda: self._show(len(self._others)))
        column.addWidget(self.list)
        column.addWidget(Hairline(theme))
        self._is_master = False
        self.hide()

    def show_ticket(self, ticket: Ticket) -> None:
        """Show what others are to a ticket."""
        self._others = list_relations(ticket.id)
        self._is_master = ticket.is_master
        self._show(_MOST_SHOWN)
        words = link = ""
        if ticket.is_master:
            parts = [one for one in self._others if one.relation is Relation.PART]
            words = clauses(
                _("Incident of {count} tickets").format(count=len(parts) + 1),
                _("callers are told: {words}").format(words=ticket.tell_callers)
                if ticket.tell_callers
                else "",
            )
            link = _("Answer all its tickets")
        elif ticket.master:
            words = _("Belongs to the incident {number}; its answer is for this ticket, too")
            words, link = words.format(number=ticket.master), _("Open {number}")
            link = link.format(number=ticket.master)
        elif is_open(ticket.status) and ticket.unit_id is not None:
            words, link = _offer(ticket)
        self.note.show_note(words, link)
        self.setVisible(bool(self._others) or bool(words))

    def _show(self, most: int) -> None:
        self.list.show_items([_item(one) for one in self._others[:most]], len(self._others))
        self.list.setVisible(bool(self._others))

    def _on_note(self) -> None:
        masters = [one.line.id for one in self._others if one.relation is Relation.MASTER]
        if masters:
            self.ticket_wanted.emit(masters[0])
        else:
            self.act_wanted.emit(Act.ANSWER_ALL if self._is_master else Act.INCIDENT)


def _offer(ticket: Ticket) -> tuple[str, str]:
    """Return what is said of an open incident that a ticket probably belongs to."""
    if ticket.unit_id is None:
        return "", ""
    building = building_of(ticket.unit_id)
    code = likely_class(ticket.class_code, ticket.matter, ticket.text)
    for one in list_incidents_at(ticket.unit_id):
        if one.takes(building, code):
            words = _("An incident is open in this building: {incident}")
            return words.format(incident=incident_words(one)), _("Join it")
    return "", ""


def _item(one: RelatedTicket) -> WorkItem:
    line = one.line
    relation = str(RELATION_LABELS[one.relation])
    title = f"{relation}  {line.number}"
    detail = clauses(f"{line.where} {line.matter}".strip(), line.reporter)
    return WorkItem(
        str(line.id), title, detail, str(STATUS_LABELS[line.status]), STATUS_TONES[line.status]
    )

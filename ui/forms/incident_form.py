"""Incidents: make one of tickets or attach them, say what callers are told."""

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy

from propdesk.domain.classes import UNCLASSED, class_label
from propdesk.domain.incidents import LONGEST_TELL
from propdesk.domain.tickets import Channel, Kind, ReporterKind, Ticket, TicketDraft
from propdesk.i18n import _, ngettext
from propdesk.services.incidents import (
    attach_tickets,
    create_incident,
    say_to_callers,
    set_apart,
)
from propdesk.services.queries.incidents import (
    ClusterFound,
    Incident,
    building_of,
    building_words,
    likely_class,
    list_incidents,
)
from propdesk.services.queries.ticket_lines import list_lines
from ui.context import AppContext
from ui.forms.move_form import MoveForm
from ui.pages.ticket_acts import Act
from ui.pages.ticket_words import clauses
from ui.theme import Ink
from ui.widgets.buttons import Button
from ui.widgets.buttons import Kind as Loudness
from ui.widgets.choices import Choice
from ui.widgets.fields import PickField, TextField
from ui.widgets.labels import Label

_THIS, _PLACE = "this", "place"
_MOST_NAMED = 6


def incident_words(incident: Incident) -> str:
    """Return an incident in a line: number, where, what, how many."""
    count = ngettext("{count} ticket", "{count} tickets", incident.parts + 1)
    return clauses(
        f"{incident.number} {incident.where}".strip(),
        incident.matter,
        count.format(count=incident.parts + 1),
    )


class IncidentForm(MoveForm):
    """群诉: these tickets have one cause. They join an open incident, or become a new one.

    Without `others` it is about `ticket` alone; a `cluster` may also be said to be none.
    """

    def __init__(
        self,
        context: AppContext,
        ticket: Ticket,
        others: Sequence[int] = (),
        cluster: ClusterFound | None = None,
    ) -> None:
        super().__init__(context, ticket, Act.INCIDENT)
        theme = context.theme
        self._ids = list(dict.fromkeys((ticket.id, *others)))
        self._class = likely_class(ticket.class_code, ticket.matter, ticket.text)
        self._building = building_words(ticket.unit_id) if ticket.unit_id else ""
        self.pick = PickField(theme, _("Incident"), self._choices())
        self.tell = TextField(
            theme,
            _("Tell callers"),
            placeholder=_("What is known, and until when: said to everybody who calls"),
            lines=2,
            longest=LONGEST_TELL,
        )
        self.rows.add_row("incident", _("Incident"), self.pick)
        if len(self._ids) > 1:
            named = Label(theme, self._named(), ink=Ink.TEXT_2, wrap=True)
            named.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            self.rows.add_row("tickets", _("Tickets"), named)
        self.rows.add_row("tell_callers", _("Tell callers"), self.tell)
        self.tell.textChanged.connect(lambda: self.rows.drop_problem("tell_callers"))
        self.pick.picked.connect(self._on_picked)
        if cluster is not None:
            words = _("These have nothing to do with each other")
            apart = Button(theme, words, kind=Loudness.QUIET)
            apart.clicked.connect(lambda: self.attempt(self._set_apart))
            self.rows.add_row("apart", "", apart)
        self._on_picked()

    def _choices(self) -> list[Choice]:
        """Return the open incidents of this building first, then what makes a new one."""
        building = building_of(self.ticket.unit_id) if self.ticket.unit_id else 0
        known = sorted(list_incidents(), key=lambda one: not one.takes(building, self._class))
        fitting = [one for one in known if one.takes(building, self._class)]
        joins = [
            Choice(str(one.id), _("Join {incident}").format(incident=incident_words(one)))
            for one in known
        ]
        new = [Choice(_THIS, _("A new one; {number} leads").format(number=self.ticket.number))]
        if self._building:
            words = _("A new one; a new ticket for {building} leads")
            new.append(Choice(_PLACE, words.format(building=self._building)))
        return [*joins, *new] if fitting else [*new, *joins]

    def _named(self) -> str:
        lines = list_lines(self._ids[:_MOST_NAMED])
        words = clauses(*(f"{line.where} {line.matter}".strip() for line in lines))
        rest = len(self._ids) - len(lines)
        return clauses(words, _("{count} more").format(count=rest)) if rest else words

    def _on_picked(self) -> None:
        is_new = self.pick.value() in (_THIS, _PLACE)
        self.rows.show_row("tell_callers", is_shown=is_new)

    def take_focus(self) -> None:
        """Put the keyboard on the choice; below it stands what callers are told."""
        self.pick.setFocus()

    def act(self) -> str:
        """Make the incident, or attach the tickets to one."""
        by, now = self.who()
        chosen = self.pick.value()
        if chosen not in (_THIS, _PLACE):
            master = attach_tickets(int(chosen), self._ids, by=by, now=now)
            return _("Attached to the incident {number}").format(number=master.number)
        master = create_incident(
            self._ids,
            by=by,
            now=now,
            draft=self._draft() if chosen == _PLACE else None,
            class_code="" if self._class == UNCLASSED else self._class,
            tell_callers=self.tell.words(),
        )
        return _("{number} is an incident now").format(number=master.number)

    def _draft(self) -> TicketDraft:
        """Return the new ticket that stands for the building; it is the office's own."""
        is_classed = self._class != UNCLASSED
        matter = str(class_label(self._class)) if is_classed else self.ticket.matter
        return TicketDraft(
            kind=Kind.REPAIR,
            text=_("{building}: {matter}").format(building=self._building, matter=matter),
            place=self._building,
            common_part=True,
            channel=Channel.INTERNAL,
            reporter_kind=ReporterKind.INTERNAL,
        )

    def _set_apart(self) -> str:
        by, _now = self.who()
        set_apart(self._ids, by=by)
        return _("They stay tickets of their own")


class TellForm(MoveForm):
    """告知口径: what callers are told of an incident; an empty text says nothing any more."""

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        super().__init__(context, ticket, Act.TELL)
        words = _("Tell callers")
        self.tell = TextField(context.theme, words, lines=2, longest=LONGEST_TELL)
        self.rows.add_row("tell_callers", words, self.tell)
        self.tell.show_words(ticket.tell_callers)

    def take_focus(self) -> None:
        """Put the keyboard into the text."""
        self.tell.setFocus()

    def act(self) -> str:
        """Set the text."""
        by, now = self.who()
        say_to_callers(self.ticket.id, self.tell.words(), by=by, now=now)
        return _("Callers of {number} are told this from now on").format(number=self.ticket.number)

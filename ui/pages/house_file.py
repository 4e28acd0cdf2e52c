"""The house file: what is kept about a house, who is and was in it, and its tickets."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from propdesk.domain.masking import mask_phone
from propdesk.domain.persons import ROLE_LABELS
from propdesk.domain.texts import elide
from propdesk.domain.tickets import KIND_LABELS, STATUS_LABELS, Kind
from propdesk.domain.units import UNIT_KIND_LABELS
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.queries.contacts import (
    ContactFilter,
    contact_with,
    count_contacts,
    list_contacts,
)
from propdesk.services.queries.residents import Resident, list_residents
from propdesk.services.queries.tickets import TicketFilter, count_tickets, list_tickets
from propdesk.services.queries.units import Unit, get_unit, list_vehicles
from ui.contact_words import MOST_LAST, last_contacts
from ui.context import AppContext
from ui.dialogs.contacts_dialog import ContactsDialog
from ui.navigation import Intake
from ui.pages.ticket_words import STATUS_TONES
from ui.tables.columns import CellKind, Column, Mark, Sort
from ui.tables.memory import ScopedMemory
from ui.tables.view import RecordTable
from ui.theme import Ink, Size, Space, Tone
from ui.widgets.badges import Badge
from ui.widgets.buttons import Button
from ui.widgets.buttons import Kind as Loudness
from ui.widgets.facts import Fact, Facts
from ui.widgets.labels import Label, LinkButton, Surface
from ui.widgets.panes import ActionBar, DetailPane
from ui.widgets.timeline import TimeLine

_MOST_PEOPLE = 7
_LEAST_TICKETS = 3
_SHORT_NOTE = 120
_SHORT_PLATES = 18


def area_words(area_dm2: int | None) -> str:
    """Return an area in m² as lists show it: `89.62`; nothing for an unknown one."""
    return "" if area_dm2 is None else f"{area_dm2 / 100:,.2f}"


def stay_words(resident: Resident) -> str:
    """Return from when to when a person is in the house: `2019-06-18 起`, `至 2019-05-01`."""
    first, last = resident.from_on, resident.to_on
    if first and last:
        return _("{first} to {last}").format(first=first, last=last)
    if last:
        return _("until {day}").format(day=last)
    return _("since {day}").format(day=first) if first else ""


class HouseFile(Surface):
    """The right half of the residents page.

    What the clerk wants to write is told by signals; the page opens the form. `left` comes with
    Esc. Phones are masked until somebody asks for them, and again in the next house.
    """

    left = Signal()
    unit_edit_wanted = Signal()
    person_wanted = Signal()
    person_edit_wanted = Signal(object)
    leaving_wanted = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme)
        self._context = context
        self.unit: Unit | None = None
        self._has_plain_phones = False
        self._has_whole_note = False
        theme = context.theme
        # Tables run from edge to edge; what stands between them keeps the margin.
        pane = DetailPane(theme, self._make_bar(), margin=0)
        self._make_head(pane.body)
        self._facts = Facts(theme)
        pane.body.addLayout(_inset(self._facts))
        self._note_link = LinkButton(theme)
        self._note_link.followed.connect(self._toggle_note)
        note = _inset(self._note_link)
        note.addStretch(1)
        pane.body.addLayout(note)
        self._make_people(pane.body)
        self._make_tickets(pane.body)
        self._pane = pane
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.XS, 0, 0)
        column.addWidget(pane)
        theme.changed.connect(self._fit)

    def _make_bar(self) -> ActionBar:
        theme = self._context.theme
        self._repair = Button(
            theme, _("Repair"), kind=Loudness.PRIMARY, icon="wrench", shortcut="F7"
        )
        self._repair.clicked.connect(lambda: self._begin(Kind.REPAIR))
        complaint = Button(theme, _("Complaint"), icon="message-square-warning", shortcut="F8")
        complaint.clicked.connect(lambda: self._begin(Kind.COMPLAINT))
        talk = Button(theme, _("Note a talk"), icon="phone", shortcut="F9")
        talk.clicked.connect(self._note_talk)
        edit = Button(theme, _("Edit house"), kind=Loudness.QUIET, icon="pencil", shortcut="F2")
        edit.clicked.connect(self.unit_edit_wanted)
        return ActionBar(theme, [self._repair, complaint, talk], [edit])

    def _make_head(self, body: QVBoxLayout) -> None:
        theme = self._context.theme
        self._title = Label(theme, size=Size.TITLE, bold=True, selectable=True)
        self._kind = Badge(theme)
        self._open = Badge(theme)
        self._long = Label(theme, ink=Ink.TEXT_2, elide=True)
        head = _inset(self._title, self._kind, self._open)
        head.addWidget(self._long, 1)
        body.addLayout(head)

    def _make_people(self, body: QVBoxLayout) -> None:
        theme = self._context.theme
        self._people_title = Label(theme, bold=True)
        self._phones = LinkButton(theme, _("Show numbers"))
        self._phones.followed.connect(self._toggle_phones)
        add = Button(theme, _("Add person"), kind=Loudness.QUIET, icon="user-plus", shortcut="Ins")
        add.clicked.connect(self.person_wanted)
        self._edit = Button(theme, _("Edit"), kind=Loudness.QUIET, hint="Enter")
        self._edit.clicked.connect(self._on_edit)
        self._leave = Button(theme, _("Moves out"), kind=Loudness.QUIET, hint="Del")
        self._leave.clicked.connect(self._on_leave)
        head = _inset(self._people_title, self._phones)
        head.addStretch(1)
        acts = QHBoxLayout()
        acts.setSpacing(0)
        self._person_acts = (add, self._edit, self._leave)
        for button in self._person_acts:
            acts.addWidget(button)
        head.addLayout(acts)
        self.people = RecordTable(
            theme,
            _("People of the house"),
            self._people_columns(),
            lambda row: row.residency_id,
            memory=ScopedMemory(self._context.memory, "residents/people"),
            margin=Space.XL,
            now=self._context.now,
        )
        self.people.make_dense()
        self.people.opened.connect(self.person_edit_wanted)
        self.people.left.connect(self.left)
        self.people.current_changed.connect(self._on_person_changed)
        # Del belongs to the table alone: in a field it deletes a letter.
        key = QShortcut(QKeySequence("Del"), self.people)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self._on_leave)
        body.addLayout(head)
        body.addWidget(self.people)
        self._nobody = Label(theme, _("Nobody is entered here."), ink=Ink.TEXT_3)
        body.addLayout(_inset(self._nobody))

    def _people_columns(self) -> Sequence[Column]:
        return (
            Column("name", _lazy("Name"), self._name_words, width=132, least=130, stretches=True),
            Column("role", _lazy("Role"), lambda row: str(ROLE_LABELS[row.role]), width=74),
            Column("phone", _lazy("Phone"), self._phone_words, width=104, least=100),
            Column("stay", _lazy("From - to"), stay_words, width=132, least=116, rank=1,
                   is_quiet=True),
            Column("state", _lazy("State"), _state_mark, CellKind.STATUS, width=104, least=90),
        )  # fmt: skip

    def _make_tickets(self, body: QVBoxLayout) -> None:
        theme = self._context.theme
        self._tickets_title = Label(theme, bold=True)
        self.tickets = RecordTable(
            theme,
            _("Tickets of the house"),
            _ticket_columns(),
            lambda row: row.id,
            memory=ScopedMemory(self._context.memory, "residents/tickets"),
            margin=Space.XL,
            now=self._context.now,
        )
        self.tickets.make_dense()
        self.tickets.opened.connect(lambda row: self._context.navigation.ticket_wanted.emit(row.id))
        self.tickets.left.connect(self.left)
        self._no_tickets = Label(theme, _("No tickets so far."), ink=Ink.TEXT_3)
        body.addLayout(_inset(self._tickets_title))
        body.addWidget(self.tickets, 1)
        body.addLayout(_inset(self._no_tickets))
        self._contacts_title = Label(theme, _("Last contacts"), bold=True)
        self._all_contacts = LinkButton(theme)
        self._all_contacts.followed.connect(self._on_contacts)
        self._last = TimeLine(theme)
        head = _inset(self._contacts_title, self._all_contacts)
        head.addStretch(1)
        body.addLayout(head)
        body.addLayout(_inset(self._last))
        self._rest = QWidget()
        body.addWidget(self._rest, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the keys' names out where they would push the acts over the edge."""
        super().resizeEvent(event)
        self._fit_acts()

    def _fit_acts(self) -> None:
        for act in self._person_acts:
            act.show_keys(has_room=True)
        row = (self._people_title, self._phones, *self._person_acts)
        wanted = sum(each.sizeHint().width() for each in row) + 2 * Space.XL + 4 * Space.S
        for act in self._person_acts:
            act.show_keys(has_room=wanted <= self.width())

    # -- filling

    def show_unit(self, unit_id: int) -> None:
        """Show a house from its head, phones masked."""
        if self.unit is None or self.unit.id != unit_id:
            self._has_plain_phones = self._has_whole_note = False
            self._pane.scroll_to_top()
            self.people.show_rows(())
        self.unit = get_unit(unit_id)
        self.refill()

    def refill(self) -> None:
        """Read the house anew; the person that was chosen stays chosen."""
        if self.unit is None:
            return
        unit = self.unit = get_unit(self.unit.id)
        now = self._context.now()
        waiting = count_tickets(TicketFilter(group="open", unit_id=unit.id), now=now)
        self._title.show_text(unit.short)
        self._long.show_text(unit.long if unit.long != unit.short else "")
        self._kind.show_badge(str(UNIT_KIND_LABELS[unit.kind]), Tone.INFO)
        words = ngettext("{count} open ticket", "{count} open tickets", waiting)
        self._open.show_badge(words.format(count=waiting) if waiting else "", Tone.WARN)
        self._show_facts(unit)
        self._show_people(list_residents(unit.id, now.date()))
        self._show_tickets(unit)
        self._show_contacts(unit)
        self._fit()

    def _show_facts(self, unit: Unit) -> None:
        area = area_words(unit.area_dm2)
        floor = "" if unit.floor is None else str(unit.floor)
        plates = _(", ").join(list_vehicles(unit.id))
        rows: list[Fact | tuple[Fact, Fact]] = [
            (Fact(_("Community"), unit.community), Fact(_("Building"), unit.building)),
            (Fact(_("Entrance"), unit.entrance), Fact(_("Floor"), floor)),
        ]
        size = Fact(_("Area"), area and _("{area} m²").format(area=area))
        cars = Fact(_("Plates"), plates)
        rows += [(size, cars)] if len(plates) <= _SHORT_PLATES else [size, cars]
        if unit.note:
            note = unit.note if self._has_whole_note else elide(unit.note, _SHORT_NOTE)
            rows.append(Fact(_("Note"), note))
        is_cut = len(unit.note) > _SHORT_NOTE
        word = _("Shorter note") if self._has_whole_note else _("Whole note")
        self._note_link.show_text(word if is_cut else "")
        self._facts.show_facts(rows)

    def _show_people(self, people: tuple[Resident, ...]) -> None:
        chosen = self.people.current_row()
        self.people.show_rows(people)
        self.people.setVisible(bool(people))
        self._nobody.setVisible(not people)
        if chosen is not None:
            self.people.select_key(chosen.residency_id)
        present = sum(one.present for one in people)
        self._people_title.show_text(_("People {count}").format(count=present))
        has_phones = any(one.phones for one in people)
        word = _("Hide numbers") if self._has_plain_phones else _("Show numbers")
        self._phones.show_text(word if has_phones else "")
        self._on_person_changed(self.people.current_row())
        self._fit_acts()

    def _show_tickets(self, unit: Unit) -> None:
        now = self._context.now

        def fetch(after: Any, limit: int, _sort: Sort) -> tuple[Sequence[Any], Any]:
            page = list_tickets(TicketFilter(unit_id=unit.id), now=now(), after=after, limit=limit)
            return page.rows, page.after

        self.tickets.show_fetch(fetch)
        count = count_tickets(TicketFilter(unit_id=unit.id), now=now())
        self._tickets_title.show_text(_("Tickets {count}").format(count=count))
        self.tickets.setVisible(count > 0)
        self._no_tickets.setVisible(count == 0)
        self._rest.setVisible(count == 0)

    def _show_contacts(self, unit: Unit) -> None:
        """Show the last contacts, tickets and talks together, and how many talks there are."""
        now = self._context.now()
        wanted = ContactFilter(unit_id=unit.id)
        talks = list_contacts(wanted, limit=MOST_LAST).rows
        tickets = list_tickets(TicketFilter(unit_id=unit.id), now=now, limit=MOST_LAST).rows
        last = last_contacts(tickets, talks, now)
        count = count_contacts(wanted)
        words = ngettext("{count} talk noted", "{count} talks noted", count)
        self._all_contacts.show_text(words.format(count=count) if count else "")
        self._last.show_events(last)
        for widget in (self._contacts_title, self._last):
            widget.setVisible(bool(talks))

    def _fit(self) -> None:
        """Make the people's table as high as its rows, and leave the rest to the tickets."""
        rows = min(max(self.people.records.rowCount(), 1), _MOST_PEOPLE)
        self.people.setFixedHeight(self.people.height_of(rows))
        rows = min(self.tickets.records.rowCount(), _LEAST_TICKETS)
        self.tickets.setMinimumHeight(self.tickets.height_of(rows))

    # -- what the clerk asks for

    def enter(self) -> None:
        """Put the keyboard on the people, or on the first act where nobody is."""
        if self.people.is_empty():
            self._repair.setFocus()
        else:
            self.people.setFocus()

    def person(self) -> Resident | None:
        """Return the person that is chosen."""
        chosen = self.people.current_row()
        return chosen if isinstance(chosen, Resident) else None

    def _begin(self, kind: Kind) -> None:
        if self.unit is None:
            return
        person = self.person()
        caller = person.person_id if person is not None and person.present else None
        self._context.navigation.intake_wanted.emit(Intake(kind, self.unit.id, caller))

    def _note_talk(self) -> None:
        person = self.person()
        if self.unit is not None:
            caller = person if person is not None and person.present else None
            draft = contact_with(self.unit, caller)
            self._context.navigation.contact_wanted.emit(draft)

    def _on_contacts(self) -> None:
        if self.unit is not None:
            unit = self.unit
            ContactsDialog(self._context, self, unit_id=unit.id, house=unit.short).ask()

    def _on_person_changed(self, row: object) -> None:
        self._edit.setEnabled(row is not None)
        self._leave.setEnabled(isinstance(row, Resident) and row.present)

    def _on_edit(self) -> None:
        if self.person() is not None:
            self.person_edit_wanted.emit(self.person())

    def _on_leave(self) -> None:
        person = self.person()
        if person is not None and person.present:
            self.leaving_wanted.emit(person)

    def _toggle_phones(self) -> None:
        self._has_plain_phones = not self._has_plain_phones
        self.refill()

    def _toggle_note(self) -> None:
        self._has_whole_note = not self._has_whole_note
        self.refill()

    def _name_words(self, row: Resident) -> str:
        if row.salutation and row.salutation != row.name:
            return _("{name} ({salutation})").format(name=row.name, salutation=row.salutation)
        return row.name

    def _phone_words(self, row: Resident) -> str:
        shown: Callable[[str], str] = str if self._has_plain_phones else mask_phone
        return _(", ").join(map(shown, row.phones))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


def _inset(*widgets: QWidget) -> QHBoxLayout:
    """Return widgets in a row that keeps the margin of the pane."""
    row = QHBoxLayout()
    row.setContentsMargins(Space.XL, 0, Space.XL, 0)
    row.setSpacing(Space.S)
    for widget in widgets:
        row.addWidget(widget)
    return row


def _state_mark(row: Resident) -> Mark:
    if row.present:
        return Mark(_("Present"), Tone.OK)
    return Mark(_("Moved out"), Tone.NEUTRAL)


def _ticket_columns() -> Sequence[Column]:
    return (
        Column("received", _lazy("Time"), lambda row: row.received_at, CellKind.TIME, width=78,
               least=70),
        Column("kind", _lazy("Kind"), lambda row: str(KIND_LABELS[row.kind]), width=78),
        Column("matter", _lazy("Matter"), lambda row: row.matter, width=140, least=90,
               stretches=True),
        Column("number", _lazy("Number"), lambda row: row.number, width=124, least=116, rank=1,
               is_quiet=True),
        Column("status", _lazy("Status"), _status_mark, CellKind.STATUS, width=112, least=108),
    )  # fmt: skip


def _status_mark(row: Any) -> Mark:
    return Mark(str(STATUS_LABELS[row.status]), STATUS_TONES[row.status])

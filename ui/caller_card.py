"""What the desk search shows of a hit: the caller card, or a ticket in a few lines."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from propdesk.domain.masking import mask_phone
from propdesk.domain.money import money_words
from propdesk.domain.persons import ROLE_LABELS, is_special, polite_name, special_words
from propdesk.domain.segments import guide_words
from propdesk.domain.texts import elide
from propdesk.domain.tickets import KIND_LABELS, STATUS_LABELS, Ticket
from propdesk.domain.units import UNIT_KIND_LABELS, UnitKind
from propdesk.i18n import _
from propdesk.services.queries.accounts import UnitAccount
from propdesk.services.queries.desk import CallerCard
from propdesk.services.queries.incidents import list_incidents_at
from propdesk.services.queries.tickets import TicketRow
from propdesk.services.queries.units import Unit
from ui.contact_words import last_contacts
from ui.forms.intake_hints import told_words
from ui.pages.ticket_words import STATUS_TONES, due_mark
from ui.tables.columns import Mark
from ui.theme import Ink, Size, Space, Theme, Tone
from ui.widgets.badges import Badge
from ui.widgets.buttons import Button, Kind
from ui.widgets.facts import Fact, Facts
from ui.widgets.labels import Hairline, Label, LinkButton
from ui.widgets.notes import NoteBox
from ui.widgets.painting import ground
from ui.widgets.panes import ActionBar, DetailPane, Icon
from ui.widgets.timeline import TimeLine
from ui.widgets.worklist import WorkItem, WorkList

_MOST_OPEN = 4
_LONGEST_NAME = 12
_LONGEST_NOTE = 160
_LONGEST_TEXT = 400


class CallerPane(DetailPane):
    """The house and person of a hit, and the verbs that follow from a call.

    The signals tell what the clerk wants; `ticket_wanted` carries the ticket's id, `phones_wanted`
    asks for `show_phones` in full.
    """

    repair_wanted = Signal()
    complaint_wanted = Signal()
    talk_wanted = Signal()
    house_wanted = Signal()
    ticket_wanted = Signal(int)
    phones_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        self._repair = Button(theme, _("Repair"), kind=Kind.PRIMARY, icon="wrench", hint="Enter")
        complaint = Button(theme, _("Complaint"), icon="message-square-warning", hint="F2")
        talk = Button(theme, _("Note a talk"), icon="phone", hint="F3")
        super().__init__(theme, ActionBar(theme, (self._repair, complaint, talk)))
        self._theme = theme
        self._phones: tuple[str, ...] = ()
        self._repair.clicked.connect(self.repair_wanted)
        complaint.clicked.connect(self.complaint_wanted)
        talk.clicked.connect(self.talk_wanted)
        house = LinkButton(theme, "  ".join((_("House file"), "F4")))
        house.followed.connect(self.house_wanted)
        # Its key is F4; Tab leads from the search to what has none.
        house.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._name = Label(theme, size=Size.TITLE, bold=True)
        self._role = Badge(theme)
        self._repeats = Badge(theme)
        self._full_name = Label(theme, ink=Ink.TEXT_3, elide=True)
        _add_row(self.body, self._name, self._role, self._repeats, self._full_name, house)
        self._house = Label(theme, ink=Ink.TEXT_2, elide=True)
        self._phone = Label(theme, ink=Ink.TEXT_2, selectable=True)
        self._reveal = LinkButton(theme)
        self._reveal.followed.connect(self._on_reveal)
        _add_row(self.body, self._house, self._phone, self._reveal)
        self._special = NoteBox(theme, Tone.WARN, "handshake")
        self.body.addWidget(self._special)
        self._owed = NoteBox(theme, Tone.WARN, "banknote")
        self.body.addWidget(self._owed)
        self._note = _NoteBox(theme)
        self.body.addWidget(self._note)
        self._incidents = NoteBox(theme, Tone.WARN, "users")
        self.body.addWidget(self._incidents)
        self._open = WorkList(theme, "clipboard-list", _("Open tickets"))
        self._open.opened.connect(lambda key: self.ticket_wanted.emit(int(key)))
        self.body.addWidget(self._open)
        self.body.addWidget(Hairline(theme))
        self.body.addWidget(
            Label(theme, _("Last contacts"), ink=Ink.TEXT_2, size=Size.SMALL, bold=True)
        )
        self._last = TimeLine(theme)
        self.body.addWidget(self._last)
        self._no_last = Label(theme, _("None so far"), ink=Ink.TEXT_3, size=Size.SMALL)
        self.body.addWidget(self._no_last)
        self.body.addStretch(1)

    def show_card(self, card: CallerCard, repeat_days: int, now: datetime) -> None:
        """Show a caller; a house in which nobody lives is shown by itself."""
        caller, unit = card.caller, card.unit
        if caller is None:
            self._name.show_text(unit.long)
            self._role.show_badge(_("Nobody registered"), Tone.NEUTRAL)
            self._full_name.show_text("")
        else:
            name = polite_name(caller.name, caller.salutation)
            self._name.show_text(elide(name, _LONGEST_NAME))
            self._role.show_badge(str(ROLE_LABELS[caller.role]), Tone.NEUTRAL)
            self._full_name.show_text(caller.name if caller.name != self._name.text() else "")
        repeats = _("{count} times in {days} days").format(count=card.repeats, days=repeat_days)
        self._repeats.show_badge(repeats if card.repeats else "", Tone.WARN)
        self._house.show_text(house_words(unit))
        self._phones = caller.phones if caller else ()
        self.show_phones(is_masked=True)
        is_care = caller and is_special(caller.special, caller.special_until, now.date())
        self._special.show_note(special_words(caller.special) if caller and is_care else "")
        self._owed.show_note(owed_words(card.account) if card.account else "")
        guide = guide_words(card.segment) if card.segment else ""
        notes = (guide, caller.note if caller else "", unit.note)
        self._note.show_note(" ".join(note for note in notes if note))
        incidents = list_incidents_at(unit.id)
        self._incidents.show_note("\n".join(map(told_words, incidents)))
        self._show_open(card.open_tickets, now)
        last = last_contacts(card.last_tickets, card.last_contacts, now)
        self._last.show_events(last)
        self._last.setVisible(bool(last))
        self._no_last.setVisible(not last)
        self.scroll_to_top()

    def _show_open(self, rows: Sequence[TicketRow], now: datetime) -> None:
        items = []
        for row in rows[:_MOST_OPEN]:
            limit = due_mark(row, now) or Mark("")
            detail = f"{row.number}  {STATUS_LABELS[row.status]}"
            items.append(WorkItem(str(row.id), row.matter, detail, limit.words, limit.tone))
        self._open.show_items(items, len(rows))

    def show_phones(self, *, is_masked: bool) -> None:
        """Show the phones; in full only after the look was noted (R85)."""
        shown = [mask_phone(phone) if is_masked else phone for phone in self._phones[:2]]
        self._phone.show_text(" / ".join(shown))
        words = (_("Show") if is_masked else _("Hide")) if self._phones else ""
        self._reveal.show_text(words)
        self._is_masked = is_masked

    def _on_reveal(self) -> None:
        if self._is_masked:
            self.phones_wanted.emit()
        else:
            self.show_phones(is_masked=True)


class TicketPane(DetailPane):
    """A ticket that was found by its number or its paper; Enter opens it."""

    open_wanted = Signal()
    house_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        opening = Button(theme, _("Open"), kind=Kind.PRIMARY, icon="clipboard-list", hint="Enter")
        self._to_house = Button(theme, _("House file"), icon="house", hint="F4")
        super().__init__(theme, ActionBar(theme, (opening, self._to_house)))
        opening.clicked.connect(self.open_wanted)
        self._to_house.clicked.connect(self.house_wanted)
        self._number = Label(theme, ink=Ink.TEXT_3)
        self._status = Badge(theme)
        self._limit = Badge(theme)
        _add_row(self.body, self._number, self._status, self._limit, None)
        self._matter = Label(theme, size=Size.TITLE, bold=True, wrap=True)
        self.body.addWidget(self._matter)
        self._facts = Facts(theme)
        self.body.addWidget(self._facts)
        self.body.addStretch(1)

    def show_ticket(self, ticket: Ticket, now: datetime) -> None:
        """Show what the clerk needs to know whether it is the right one."""
        self._number.show_text(ticket.number)
        self._status.show_badge(str(STATUS_LABELS[ticket.status]), STATUS_TONES[ticket.status])
        limit = due_mark(ticket, now) or Mark("")
        self._limit.show_badge(limit.words, limit.tone or Tone.NEUTRAL)
        self._matter.show_text(ticket.matter)
        self._to_house.setVisible(ticket.unit_id is not None)
        handler = ticket.handler or ticket.department
        self._facts.show_facts(
            (
                Fact(_("Kind"), str(KIND_LABELS[ticket.kind])),
                Fact(_("Place"), ticket.unit_long or ticket.place),
                Fact(_("Reporter"), ticket.reporter_name),
                Fact(_("Received"), f"{ticket.received_at:%Y-%m-%d %H:%M}"),
                Fact(_("Handler"), handler),
                Fact(_("Text"), elide(ticket.text, _LONGEST_TEXT)),
            )
        )
        self.scroll_to_top()


class _NoteBox(QWidget):
    """What the office keeps in mind about a person or a house, on a soft ground."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 10, 6)
        row.setSpacing(Space.S)
        row.addWidget(Icon(theme, "lightbulb", ink=Ink.INFO), 0, Qt.AlignmentFlag.AlignTop)
        self._words = Label(theme, ink=Ink.INFO, wrap=True)
        row.addWidget(self._words, 1)

    def show_note(self, words: str) -> None:
        self._words.show_text(elide(" ".join(words.split()), _LONGEST_NOTE))
        self.setVisible(bool(words))

    def paintEvent(self, _event: QPaintEvent) -> None:
        ground(QPainter(self), self.rect(), self._theme.tone(Tone.INFO).ground)


def owed_words(account: UnitAccount) -> str:
    """Return what a house owes and has prepaid, and the key to its account; nothing for neither."""
    said = []
    if account.overdue_fen and account.oldest_due_on:
        said.append(
            _("Owes {amount} since {month}").format(
                amount=money_words(account.overdue_fen), month=f"{account.oldest_due_on:%Y-%m}"
            )
        )
    if account.prepaid_fen:
        said.append(_("Prepaid {amount}").format(amount=money_words(account.prepaid_fen)))
    return "  ".join((*said, _("Account F5"))) if said else ""


def house_words(unit: Unit) -> str:
    """Return a house with its area and, where it is no home, its kind."""
    words = [unit.long]
    if unit.area_dm2:
        words.append(_("{area} m²").format(area=f"{unit.area_dm2 / 100:.2f}"))
    if unit.kind is not UnitKind.HOME:
        words.append(str(UNIT_KIND_LABELS[unit.kind]))
    return "  ".join(words)


def _add_row(column: QVBoxLayout, *widgets: QWidget | None) -> None:
    """Add widgets side by side; what may be elided, or None, takes the room that is left."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.S)
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            ignored = QSizePolicy.Policy.Ignored
            row.addWidget(widget, int(widget.sizePolicy().horizontalPolicy() == ignored))
    column.addLayout(row)

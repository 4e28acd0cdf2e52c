"""Who calls, beside the form: the house, its people, what is open, what was lately."""

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from propdesk.domain.masking import mask_phone
from propdesk.domain.persons import ROLE_LABELS, is_special, polite_name, special_words
from propdesk.domain.tickets import KIND_LABELS, STATUS_LABELS
from propdesk.i18n import _, ngettext
from propdesk.services.queries.desk import CallerCard
from propdesk.services.queries.residents import Resident
from propdesk.services.queries.tickets import TicketRow
from ui.pages.ticket_words import STATUS_TONES, clauses, line_moment
from ui.theme import Ink, Size, Space, Theme, Tone
from ui.widgets.badges import Badge, Banner
from ui.widgets.labels import Hairline, Label
from ui.widgets.panes import DetailPane, QuietPane


class CallerPane(QStackedWidget):
    """The right side of the intake form; a single grey line until a house is understood."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._quiet = QuietPane(theme, _("Type a house, and who lives there appears here"))
        self.addWidget(self._quiet)
        self._pane: DetailPane | None = None

    def show_card(
        self, card: CallerCard | None, now: datetime, *, days: int, chosen: int | None = None
    ) -> None:
        """Show a caller card; `chosen` is the person who is meant. None empties the pane.

        `days` is the office's span of a repeat.
        """
        if self._pane is not None:
            self.removeWidget(self._pane)
            self._pane.deleteLater()
            self._pane = None
        if card is None:
            self.setCurrentWidget(self._quiet)
            return
        self._pane = DetailPane(self._theme)
        self._fill(self._pane.body, card, now, days, chosen)
        self.addWidget(self._pane)
        self.setCurrentWidget(self._pane)

    def _fill(
        self, body: QVBoxLayout, card: CallerCard, now: datetime, days: int, chosen: int | None
    ) -> None:
        theme = self._theme
        present = [one for one in card.residents if one.present]
        # Somebody else who calls for this house is not one of its people.
        caller = next((one for one in present if one.person_id == chosen), None)
        name = polite_name(caller.name, caller.salutation) if caller else card.unit.long
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(Label(theme, name, size=Size.TITLE, bold=True))
        if caller is not None:
            head.addWidget(Badge(theme, str(ROLE_LABELS[caller.role])))
        head.addStretch(1)
        body.addLayout(head)
        count = len(card.open_tickets)
        sentence = (
            ngettext("{count} open ticket", "{count} open tickets", count).format(count=count)
            if count
            else _("no open tickets")
        )
        words = clauses(card.unit.long, card.unit.community, sentence)
        body.addWidget(Label(theme, words, ink=Ink.TEXT_2, wrap=True))
        self._care(body, caller, now)
        if card.repeats:
            words = _("The same matter {count} times in {days} days").format(
                count=card.repeats, days=days
            )
            body.addWidget(Banner(theme, Tone.WARN, "repeat-2", words))
        for note in filter(None, (card.unit.note, caller.note if caller else "")):
            body.addWidget(Banner(theme, Tone.INFO, "lightbulb", note))
        if present:
            self._section(body, _("People in this house"))
            for one in present:
                body.addWidget(self._person(one, is_chosen=caller is one))
        if card.open_tickets:
            self._section(body, _("Open tickets"))
            for row in card.open_tickets:
                body.addWidget(self._ticket(row, now))
        ended = [row for row in card.last_tickets if row not in card.open_tickets]
        if ended:
            self._section(body, _("Before"))
            for row in ended:
                body.addWidget(self._ticket(row, now))
        body.addStretch(1)

    def _care(self, body: QVBoxLayout, caller: Resident | None, now: datetime) -> None:
        """Say that a special customer calls, and why he is one (R42)."""
        if caller is not None and is_special(caller.special, caller.special_until, now.date()):
            words = special_words(caller.special)
            body.addWidget(Banner(self._theme, Tone.WARN, "handshake", words))

    def _section(self, body: QVBoxLayout, title: str) -> None:
        body.addWidget(Hairline(self._theme))
        body.addWidget(Label(self._theme, title, ink=Ink.TEXT_2, size=Size.SMALL, bold=True))

    def _person(self, one: Resident, *, is_chosen: bool) -> QWidget:
        line, row = _line()
        row.addWidget(Label(self._theme, one.name, bold=is_chosen))
        row.addWidget(Label(self._theme, str(ROLE_LABELS[one.role]), ink=Ink.TEXT_3))
        row.addStretch(1)
        phones = "  ".join(mask_phone(phone) for phone in one.phones[:2])
        row.addWidget(Label(self._theme, phones, ink=Ink.TEXT_2))
        return line

    def _ticket(self, ticket: TicketRow, now: datetime) -> QWidget:
        line, row = _line()
        when = line_moment(ticket.received_at, now)
        row.addWidget(Label(self._theme, when, ink=Ink.TEXT_3, size=Size.SMALL))
        words = f"{KIND_LABELS[ticket.kind]}  {ticket.matter}"
        row.addWidget(Label(self._theme, words, elide=True), 1)
        status = str(STATUS_LABELS[ticket.status])
        row.addWidget(Badge(self._theme, status, STATUS_TONES[ticket.status]))
        return line


def _line() -> tuple[QWidget, QHBoxLayout]:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.M)
    return line, row

"""Paid work on a ticket: material and labour, and what the customer agreed to beforehand (R97)."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.money import in_capitals, money_words, parse_money
from propdesk.domain.prices import AGREED_LABELS, BEFORE_WORK, AgreedBy, Agreement
from propdesk.domain.tickets import PAYMENT_LABELS, EventKind, Ticket
from propdesk.i18n import _
from propdesk.services.charges import agree_price, charge_ticket
from propdesk.services.queries.prices import get_charge, list_prices
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.pages.ticket_words import clauses
from ui.theme import Ink
from ui.widgets.buttons import Kind
from ui.widgets.charge_lines import ChargeLines
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import LineField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label

_AMOUNT_WIDTH = 120


def charge_words(ticket: Ticket) -> str:
    """Return what a ticket costs and what was agreed, in a few words for its detail."""
    if ticket.payment is None:
        return ""
    charge = get_charge(ticket.id)
    parts = []
    if charge.lines:
        parts.append(_("{sum} yuan").format(sum=money_words(charge.total_fen)))
    if charge.agreed_fen is not None:
        agreed = _("{name} agreed to {amount}")
        parts.append(agreed.format(name=charge.agreed_by, amount=money_words(charge.agreed_fen)))
    return clauses(*parts) or str(PAYMENT_LABELS[ticket.payment])


class ChargeDialog(Dialog):
    """The lines in a grid, their sum, and the agreement; Ctrl+S stores both at once."""

    def __init__(self, context: AppContext, parent: QWidget, ticket: Ticket) -> None:
        title = _("Paid work on {number}").format(number=ticket.number)
        super().__init__(context.theme, parent, title, width=680)
        self._context = context
        self._ticket = ticket
        self._charge = get_charge(ticket.id)
        theme = context.theme
        prices = list_prices()
        self.add_sentence(clauses(ticket.where, ticket.matter), is_quiet=True)
        if not prices:
            self.add_sentence(
                _("There is no price list yet; it is under Tickets, More."), is_quiet=True
            )
        self.lines = ChargeLines(theme, prices)
        self._total = Label(theme, bold=True)
        self.agreed = LineField(
            theme, _("Agreed, at most"), placeholder=_("yuan"), width=_AMOUNT_WIDTH
        )
        self.name = LineField(theme, _("Who agreed"), longest=40)
        ways = [Choice(way.value, str(AGREED_LABELS[way])) for way in self._ways()]
        self.way = Chips(theme, _("How agreed"), ways)
        self.rows = FormRows(theme)
        self.rows.add_row("lines", "", self.lines)
        self.rows.add_row("total", "", self._total)
        note = Label(theme, self._agreed_words(), ink=Ink.TEXT_3)
        self.rows.add_row("agreed_fen", _("Agreed, at most"), self.agreed, note=note)
        self.rows.add_row("agreed_by", _("Who agreed"), self.name)
        self.rows.add_row("way", _("How agreed"), self.way)
        self.body.addWidget(self.rows)
        self.add_verb("cancel", _("Cancel"))
        self.add_verb("save", _("Save"), kind=Kind.PRIMARY).set_shortcut("Ctrl+S")
        self.lines.changed.connect(self._on_changed)
        self.lines.show_lines(self._charge.lines)
        self.name.show_words(self._charge.agreed_by or ticket.reporter_name)
        if self._charge.agreed_fen is not None:
            self.agreed.show_words(money_words(self._charge.agreed_fen))
        self._on_changed()
        self.lines.take_focus()

    def _ways(self) -> list[AgreedBy]:
        """After the work only the signature on the order counts."""
        is_before = self._ticket.status in BEFORE_WORK
        return [way for way in AgreedBy if is_before or way is AgreedBy.PAPER]

    def _agreed_words(self) -> str:
        said = [one for one in self._ticket.events if one.kind is EventKind.PRICE_AGREED]
        if not said:
            return _("not agreed yet")
        last = said[-1]
        return _("agreed {time}, {way}").format(
            time=f"{last.at:%m-%d %H:%M}", way=AGREED_LABELS[AgreedBy(last.detail["way"])]
        )

    def _on_changed(self) -> None:
        total = self.lines.total_fen()
        words = _("Total {sum}  {capitals}")
        self._total.show_text(
            words.format(sum=money_words(total), capitals=in_capitals(total)) if total else ""
        )

    def _agreement(self) -> Agreement | None:
        """Return the agreement where it is new or other than before. Raises DraftError."""
        if not self.agreed.words():
            return None
        try:
            amount = parse_money(self.agreed.words())
        except RuleError as refusal:
            raise DraftError((Problem("agreed_fen", str(refusal)),)) from refusal
        name = self.name.words()
        if (amount, name) == (self._charge.agreed_fen, self._charge.agreed_by):
            return None
        return Agreement(amount, name, AgreedBy(self.way.chosen()))

    def choose(self, key: str) -> None:
        """Store before the dialog closes; what is not right yet is said under its field."""
        if key == "save" and not self._is_stored():
            return
        super().choose(key)

    def _is_stored(self) -> bool:
        by, now = self._context.staff.id, self._context.now()
        try:
            lines, agreed = self.lines.lines(), self._agreement()
            if agreed is not None and not lines and not self._charge.lines:
                agree_price(self._ticket.id, agreed, by=by, now=now)
            elif agreed is not None or lines != self._charge.lines:
                charge_ticket(self._ticket.id, lines, by=by, now=now, agreed=agreed)
        except DraftError as refusal:
            self.rows.show_problems(
                Problem("lines", one.text) if one.field.startswith("lines.") else one
                for one in refusal.problems
            )
            return False
        except RuleError as refusal:
            field = "agreed_fen" if refusal.code.startswith(("price-", "agreed-")) else ""
            self.rows.show_problems((Problem(field, str(refusal)),))
            return False
        return True

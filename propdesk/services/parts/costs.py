"""What a ticket costs, in the words of its papers."""

from propdesk.domain.money import in_capitals, money_words, quantity_words
from propdesk.domain.prices import AGREED_LABELS, AgreedBy, Charge, ChargeKind
from propdesk.domain.tickets import EventKind, Payment, Ticket
from propdesk.i18n import _
from propdesk.reports.parts.costs import CostLine, Costs


def costs_of(ticket: Ticket, charge: Charge) -> Costs:
    """Return what is known of the costs, in the language that is spoken; sums only with lines."""
    lines = tuple(
        CostLine(
            name=f"{line.name} {line.spec}".strip(),
            measure=line.unit,
            quantity=quantity_words(line.quantity_milli),
            price=money_words(line.price_fen),
            amount=money_words(line.amount_fen),
        )
        for line in charge.lines
    )
    return Costs(
        is_paid=None if charge.payment is None else charge.payment is Payment.PAID,
        lines=lines,
        material=money_words(charge.total_of(ChargeKind.MATERIAL)) if lines else "",
        labour=money_words(charge.total_of(ChargeKind.LABOUR)) if lines else "",
        total=money_words(charge.total_fen) if lines else "",
        capitals=in_capitals(charge.total_fen) if lines else "",
        agreed=_agreed(ticket, charge),
    )


def _agreed(ticket: Ticket, charge: Charge) -> str:
    """Return who agreed to how much, how and when; empty before that."""
    if charge.agreed_fen is None or charge.agreed_at is None:
        return ""
    said = [event for event in ticket.events if event.kind is EventKind.PRICE_AGREED]
    way = said[-1].detail.get("way", "") if said else ""
    return _("{name}, {way}, up to {amount}, {time}").format(
        name=charge.agreed_by,
        way=AGREED_LABELS[AgreedBy(way)] if way else "",
        amount=money_words(charge.agreed_fen),
        time=f"{charge.agreed_at:%m-%d %H:%M}",
    )

"""The price list, and what tickets cost."""

from datetime import date, datetime
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.prices import Charge, ChargeKind, ChargeLine, PriceItem, matches
from propdesk.domain.tickets import Payment
from propdesk.i18n import _
from propdesk.storage.database import rows

_ITEM = "SELECT id, code, kind, name, spec, unit, price_fen, note, active, since, version "


def _item(row: tuple[Any, ...]) -> PriceItem:
    return PriceItem(
        id=row[0],
        code=row[1],
        kind=ChargeKind(row[2]),
        name=row[3],
        spec=row[4],
        unit=row[5],
        price_fen=row[6],
        note=row[7],
        active=bool(row[8]),
        since=date.fromisoformat(row[9]),
        version=row[10],
    )


def list_prices(*, also_retired: bool = False) -> tuple[PriceItem, ...]:
    """Return the price list: labour first, each kind by code."""
    wanted = "" if also_retired else "WHERE active = 1 "
    return tuple(map(_item, rows(f"{_ITEM}FROM price_item {wanted}ORDER BY kind, code, id")))


def get_price(item_id: int) -> PriceItem:
    """Return a line of the price list, or refuse."""
    found = rows(f"{_ITEM}FROM price_item WHERE id = ?", item_id)
    if not found:
        raise RuleError("price-unknown", _("This price is not in the list."))
    return _item(found[0])


def find_price(typed: str) -> PriceItem:
    """Return the price that holds with this number, or the one that the words can only mean."""
    held = list_prices()
    exact = [item for item in held if item.code == typed.strip().upper()]
    found = exact or [item for item in held if matches(item, typed)]
    if len(found) == 1 and typed.strip():
        return found[0]
    names = ", ".join(f"{item.code} {item.label}" for item in (found or held)[:5])
    sentence = (
        _("«{typed}» may mean several prices: {names}.")
        if found
        else _("There is no price «{typed}» in the list. It has: {names}.")
    )
    raise RuleError("price-unknown", sentence.format(typed=typed[:40], names=names or "—"))


def get_charge(ticket_id: int) -> Charge:
    """Return what a ticket costs its customer."""
    stored = rows(
        "SELECT payment, agreed_fen, price_agreed_by, price_agreed_at FROM ticket WHERE id = ?",
        ticket_id,
    )
    if not stored:
        raise RuleError("ticket-unknown", _("This ticket does not exist."))
    payment, agreed_fen, agreed_by, agreed_at = stored[0]
    lines = rows(
        "SELECT kind, name, quantity_milli, price_fen, spec, unit, price_item_id "
        "FROM charge_line WHERE ticket_id = ? ORDER BY position",
        ticket_id,
    )
    return Charge(
        payment=Payment(payment) if payment else None,
        lines=tuple(ChargeLine(ChargeKind(row[0]), *row[1:]) for row in lines),
        agreed_fen=agreed_fen,
        agreed_by=agreed_by,
        agreed_at=datetime.fromisoformat(agreed_at) if agreed_at else None,
    )

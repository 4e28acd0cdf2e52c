"""What a settlement says by the house's bills, deposits and readings (R83, forms.md 5.7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from propdesk.domain.bills import BillKind
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_charges import charges_for
from propdesk.domain.fee_items import Formula
from propdesk.domain.fee_periods import next_day
from propdesk.domain.ledger import Act
from propdesk.domain.meters import figure_words
from propdesk.domain.money import money_words
from propdesk.domain.moves import Meter
from propdesk.domain.settlements import (
    BilledLine,
    SettlementLine,
    days_after_fen,
    settlement_of,
)
from propdesk.i18n import _
from propdesk.services.parts.chargeables import Scope, load_chargeables
from propdesk.services.parts.fee_tables import load_tariffs
from propdesk.services.queries.accounts import get_account
from propdesk.services.queries.bills import Bill, list_bills
from propdesk.services.queries.fee_items import list_items
from propdesk.services.queries.meter_readings import list_unit_readings
from propdesk.services.queries.moves import list_staying
from propdesk.storage.database import rows

# What is charged by the days: what was used or shared is known only by readings and bills.
_BY_DAYS = frozenset({Formula.AREA, Formula.FIXED})


@dataclass(frozen=True, slots=True)
class SettlementProposal:
    """The lines that a house's figures give for a day, and what is to be said beside them.

    `meters` are what was read that very day. `later_fen` is what of the bills is for days after
    it, `others_fen` what earlier owners still owe, which is in no line; `unbilled` is what a bill
    run would still add up to the day, by item.
    """

    lines: tuple[SettlementLine, ...] = ()
    meters: Mapping[Meter, str] | None = None
    later_fen: int = 0
    others_fen: int = 0
    unbilled: tuple[tuple[str, int], ...] = ()
    has_open_bills: bool = False

    def notes(self, day: date) -> tuple[str, ...]:
        """Return what is said beside the lines, a sentence each."""
        notes = []
        if self.unbilled:
            items = [f"{item} {money_words(fen)}" for item, fen in self.unbilled]
            words = _("Not billed yet up to {day}: {items} (without meters and shared costs).")
            notes.append(words.format(day=day, items=_(", ").join(items)))
        if self.later_fen:
            words = _("Of the bills {amount} are for days after {day}.")
            notes.append(words.format(amount=money_words(self.later_fen), day=day))
        if self.others_fen:
            words = _("Bills of earlier owners are left out: {amount}.")
            notes.append(words.format(amount=money_words(self.others_fen)))
        return tuple(notes)


def propose_settlement(unit_id: int, on_day: date, since: date) -> SettlementProposal:
    """Return the settlement of a house on the day of a move by its figures.

    Of each item it counts the bills that were open on `since` or later, and the last one, so that
    an item that is paid says until when. Bills for a time after the move that are not due by then
    are left out; so are those of owners who left before. Deposits that are held and the prepaid
    account go back.
    """
    present = {one.person_id for one in list_staying(unit_id, on_day)}
    bills = [bill for bill in list_bills(unit_id) if not bill.voided_at]
    began = [bill for bill in bills if min(bill.from_on, bill.due_on) <= on_day]
    own = [bill for bill in began if _is_of(bill, present)]
    moved, waived = _settled_since(unit_id, since), _waived(unit_id)
    last = {bill.fee_item_id: bill.id for bill in own}
    counted = [
        bill
        for bill in own
        if bill.is_open or bill.id in moved or last[bill.fee_item_id] == bill.id
    ]
    account = get_account(unit_id, on_day)
    held = [(deposit.words, deposit.balance_fen) for deposit in account.deposits]
    if account.prepaid_fen:
        held.append((_("Prepaid"), account.prepaid_fen))
    return SettlementProposal(
        lines=settlement_of(
            (
                BilledLine(
                    bill.item,
                    bill.until_on,
                    bill.amount_fen - waived.get(bill.id, 0),
                    bill.settled_fen - waived.get(bill.id, 0),
                )
                for bill in counted
            ),
            held,
        ),
        meters=_readings(unit_id, on_day),
        later_fen=sum(
            days_after_fen(bill.amount_fen, bill.from_on, bill.until_on, on_day)
            for bill in counted
            if bill.kind is BillKind.CHARGE
        ),
        others_fen=sum(bill.open_fen for bill in began if not _is_of(bill, present)),
        unbilled=_unbilled(unit_id, on_day, bills),
        has_open_bills=any(bill.is_open for bill in own),
    )


def _is_of(bill: Bill, present: set[int]) -> bool:
    """Tell whether a bill is of somebody who is in the house, or of nobody known."""
    people = {bill.person_id, bill.payer_id} - {None}
    return not people or bool(people & present)


def _settled_since(unit_id: int, since: date) -> set[int]:
    """Return the bills that something was settled of on a day or later: they were open then."""
    found = rows(
        "SELECT DISTINCT b.id FROM bill b JOIN ledger_line l ON l.bill_id = b.id "
        "WHERE b.unit_id = ? AND l.on_day >= ?",
        unit_id,
        since.isoformat(),
    )
    return {row[0] for row in found}


def _waived(unit_id: int) -> dict[int, int]:
    """Return what was waived of each bill: it is neither due nor paid."""
    found = rows(
        "SELECT b.id, -sum(l.amount_fen) FROM bill b JOIN ledger_line l ON l.bill_id = b.id "
        "WHERE b.unit_id = ? AND l.act IN (?, ?) GROUP BY b.id",
        unit_id,
        Act.WAIVER.value,
        Act.WAIVER_UNDO.value,
    )
    return dict(found)


def _readings(unit_id: int, day: date) -> dict[Meter, str]:
    """Return what the meters of a house showed on a day; a house with two of a kind has none."""
    found: dict[Meter, list[str]] = {}
    for line in list_unit_readings(unit_id):
        if line.reading.on_day == day and line.meter.kind.value in set(Meter):
            shown = figure_words(line.reading.value_milli)
            found.setdefault(Meter(line.meter.kind.value), []).append(shown)
    return {meter: shown[0] for meter, shown in found.items() if len(shown) == 1}


def _unbilled(unit_id: int, on_day: date, bills: Sequence[Bill]) -> tuple[tuple[str, int], ...]:
    """Return what a run would still write up to a day, for items that were billed before."""
    until: dict[int, date] = {}
    for bill in bills:
        if bill.kind in (BillKind.CHARGE, BillKind.OPENING):
            until[bill.fee_item_id] = max(bill.until_on, until.get(bill.fee_item_id, bill.until_on))
    houses = load_chargeables(Scope(unit_ids=(unit_id,)))
    found = []
    for item in list_items(active_only=True):
        last = until.get(item.id)
        if last is None or last >= on_day or item.formula not in _BY_DAYS:
            continue
        try:
            lines = charges_for(item, load_tariffs([item.id]), houses[0], next_day(last), on_day)
        except RuleError:
            continue  # a run says what is missing; here it only cannot be told
        if fen := sum(line.amount_fen for line in lines):
            found.append((item.name, fen))
    return tuple(found)

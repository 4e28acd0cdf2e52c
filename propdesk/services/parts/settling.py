"""Which bills a payment settles, and what is left over; nothing is written here."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from propdesk.domain.allocation import Debt, allocate
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.money import money_words
from propdesk.domain.payments import PaymentDraft
from propdesk.i18n import _
from propdesk.storage.database import rows


def settled_by(
    draft: PaymentDraft, debts: tuple[Debt, ...], at: datetime
) -> tuple[Mapping[int, int], int]:
    """Return what a payment gives to each bill, and what is left for the prepaid account.

    The bills that the payer named come first (560); what he named none for goes by law. More than
    the debt is refused unless he chose to let it stand as prepaid.
    """
    money = sum(part.amount_fen for part in draft.means)
    held = sum(deposit.amount_fen for deposit in draft.deposits)
    free = money + draft.use_prepaid_fen - held
    named = _named(draft, debts)
    shares = dict(allocate(free, named, at.date()))
    rest = free - sum(shares.values())
    if rest and not (named and draft.overpay_to_prepaid):
        left = (replace(one, open_fen=one.open_fen - shares.get(one.bill_id, 0)) for one in debts)
        for bill_id, fen in allocate(rest, left, at.date()).items():
            shares[bill_id] = shares.get(bill_id, 0) + fen
        rest = free - sum(shares.values())
    if rest and not draft.overpay_to_prepaid:
        raise DraftError((Problem("means", _too_much(free, rest)),))
    if rest and draft.use_prepaid_fen:
        sentence = _("Take {rest} yuan less from the prepaid account; they settle nothing.")
        words = sentence.format(rest=money_words(min(rest, draft.use_prepaid_fen)))
        raise DraftError((Problem("use_prepaid_fen", words),))
    return shares, rest


def _named(draft: PaymentDraft, debts: tuple[Debt, ...]) -> list[Debt]:
    """Return the bills that the payer named, each with no more open than he means to pay of it."""
    known = {one.bill_id: one for one in debts}
    named = []
    for part in draft.bills:
        debt = known.get(part.bill_id)
        open_fen = debt.open_fen if debt else 0
        wanted = open_fen if part.amount_fen is None else part.amount_fen
        if debt is None or wanted > open_fen or part.open_fen not in {None, open_fen}:
            raise RuleError(
                "bill-changed",
                _(
                    "Of {bill} {open} yuan are open now: somebody settled or changed it "
                    "meanwhile. Open the house again, then take the money."
                ).format(bill=_bill_words(draft.unit_id, part.bill_id), open=money_words(open_fen)),
            )
        named.append(replace(debt, open_fen=wanted))
    return named


def _bill_words(unit_id: int, bill_id: int) -> str:
    found = rows(
        "SELECT i.name, b.from_on, b.until_on FROM bill b JOIN fee_item i ON i.id = b.fee_item_id "
        "WHERE b.id = ? AND b.unit_id = ?",
        bill_id,
        unit_id,
    )
    if not found:
        raise RuleError("bill-unknown", _("This bill is not one of this house."))
    name, from_on, until_on = found[0]
    return f"{name} {from_on} – {until_on}"


def _too_much(free: int, rest: int) -> str:
    if free == rest:
        return _(
            "This house has nothing open. Check the house, or let the {rest} yuan stand on its "
            "prepaid account."
        ).format(rest=money_words(rest))
    return _(
        "Only {open} yuan are open, {paid} are to be paid. Write {open}, or let the other {rest} "
        "stand on the prepaid account."
    ).format(open=money_words(free - rest), paid=money_words(free), rest=money_words(rest))

"""Which debts a payment settles when it does not settle all: Civil Code 560 and 561.

Between debts (560): those that the payer names; else those that are due; of these the one that
burdens the debtor more (no bill here is secured better than another), then in the order of their
days of payment, and those of the same day in proportion. Within one debt (561): what it cost to
collect it, then the late-payment penalty, then the debt itself. Whole fen throughout.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from propdesk.domain.cost_sharing import share_out


class Part(IntEnum):
    """What a bill is of a debt, in the order in which it is paid (561)."""

    COSTS = 1
    PENALTY = 2
    DEBT = 3


@dataclass(frozen=True, slots=True)
class Debt:
    """An open bill. `main_id` is the bill of the debt that it belongs to, its own for the debt.

    `burden_e6` is the daily rate of the late-payment penalty in millionths: the debtor is burdened
    more by what grows faster.
    """

    bill_id: int
    open_fen: int
    due_on: date
    main_id: int
    part: Part = Part.DEBT
    burden_e6: int = 0


def allocate(paid_fen: int, debts: Iterable[Debt], today: date) -> Mapping[int, int]:
    """Return what of a payment goes to each bill by law; what is left over is not in it.

    Bills that get nothing are left out. Of all that is returned, no bill gets more than is open.
    """
    given: dict[int, int] = {}
    for rank in _ranks(debts, today):
        sums = [sum(one.open_fen for one in whole) for whole in rank]
        for whole, share in zip(rank, share_out(min(paid_fen, sum(sums)), sums), strict=True):
            given |= _within(share, whole)
        paid_fen = max(0, paid_fen - sum(sums))
    return {bill_id: fen for bill_id, fen in given.items() if fen}


def _ranks(debts: Iterable[Debt], today: date) -> list[list[list[Debt]]]:
    """Return whole debts (with costs and penalty) by rank; those of one rank share by proportion.

    What is not due yet has no other order than its day.
    """
    whole: dict[int, list[Debt]] = {}
    for one in debts:
        if one.open_fen > 0:
            whole.setdefault(one.main_id, []).append(one)
    ranks: dict[tuple[bool, int, date], list[list[Debt]]] = {}
    for parts in whole.values():
        parts.sort(key=lambda one: (one.part, one.due_on, one.bill_id))
        due_on = parts[-1].due_on
        is_due = due_on <= today
        burden = max(one.burden_e6 for one in parts) if is_due else 0
        ranks.setdefault((not is_due, -burden, due_on), []).append(parts)
    return [sorted(ranks[key], key=lambda parts: parts[-1].bill_id) for key in sorted(ranks)]


def _within(fen: int, parts: Sequence[Debt]) -> dict[int, int]:
    """Return what the parts of one debt get: costs, penalty, the debt itself (561)."""
    given = {}
    for one in parts:
        given[one.bill_id] = min(fen, one.open_fen)
        fen -= given[one.bill_id]
    return given

"""What is settled when somebody leaves (费用结清表): items, what is due, paid and given back.

The lines come from the house's bills and deposits, and any other may be typed; the item names that
are offered are words of the trade. All amounts are whole fen, and the sums balance: due - paid =
difference, difference - deposits given back = what the resident still pays (or, below zero, the
office gives back).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fee_amounts import round_fen
from propdesk.domain.fee_items import Rounding
from propdesk.domain.fee_periods import part_until
from propdesk.domain.fields import Problems
from propdesk.domain.money import MOST_FEN, parse_money
from propdesk.domain.texts import clean_line, elide, fold
from propdesk.i18n import LazyText, _, _lazy

MOST_LINES = 40
LONGEST_ITEM = 40

ITEMS: tuple[LazyText, ...] = (
    _lazy("Property service fee"),
    _lazy("Water bill"),
    _lazy("Electricity bill"),
    _lazy("Gas bill"),
    _lazy("Shared electricity and water"),
    _lazy("Parking"),
    _lazy("Waste removal"),
    _lazy("Repairs at own cost"),
    _lazy("Late-payment penalty"),
    _lazy("Decoration deposit"),
    _lazy("Deposit for keys and cards"),
)
"""The items that a settlement offers; any other may be typed."""


@dataclass(frozen=True, slots=True)
class SettlementLine:
    """An item: until which day it is settled, what is due, paid, and given back of a deposit."""

    item: str
    due_fen: int = 0
    paid_fen: int = 0
    deposit_fen: int = 0
    until: date | None = None

    @property
    def difference_fen(self) -> int:
        """What is due and not paid; below zero more was paid than due."""
        return self.due_fen - self.paid_fen


@dataclass(frozen=True, slots=True)
class SettlementSums:
    """The sums of all lines."""

    due_fen: int = 0
    paid_fen: int = 0
    deposit_fen: int = 0

    @property
    def difference_fen(self) -> int:
        """What is due and not paid."""
        return self.due_fen - self.paid_fen

    @property
    def balance_fen(self) -> int:
        """What the resident pays at the end; below zero what the office gives back."""
        return self.difference_fen - self.deposit_fen


@dataclass(frozen=True, slots=True)
class BilledLine:
    """A bill as a settlement counts it: until when, what is due (less what was waived), paid."""

    item: str
    until_on: date
    due_fen: int
    paid_fen: int


def settlement_of(
    billed: Iterable[BilledLine], given_back: Iterable[tuple[str, int]]
) -> tuple[SettlementLine, ...]:
    """Return the lines of bills, one for each item, and of what is held and goes back.

    `given_back` are names and fen: deposits, the prepaid account. What has one name is one line.
    """
    lines: dict[str, SettlementLine] = {}

    def add(line: SettlementLine) -> None:
        key = fold(line.item)
        before = lines.get(key, SettlementLine(line.item))
        lines[key] = SettlementLine(
            before.item,
            before.due_fen + line.due_fen,
            before.paid_fen + line.paid_fen,
            before.deposit_fen + line.deposit_fen,
            max(filter(None, (before.until, line.until)), default=None),
        )

    for bill in billed:
        item = elide(bill.item, LONGEST_ITEM)
        add(SettlementLine(item, bill.due_fen, bill.paid_fen, until=bill.until_on))
    for words, fen in given_back:
        add(SettlementLine(elide(words, LONGEST_ITEM), deposit_fen=fen))
    return tuple(lines.values())


def refill_settlement(
    typed: Sequence[SettlementLine], proposed: Sequence[SettlementLine]
) -> tuple[SettlementLine, ...]:
    """Return the proposed lines, and behind them those that were typed of anything else."""
    known = {fold(line.item) for line in proposed}
    return (*proposed, *(line for line in typed if fold(line.item) not in known))


def is_settled(lines: Sequence[SettlementLine]) -> bool:
    """Tell whether nothing is owed and nothing is held: settled by its figures (已结清)."""
    return all(not line.difference_fen and not line.deposit_fen for line in lines)


def days_after_fen(amount_fen: int, from_on: date, until_on: date, day: date) -> int:
    """Return what of a bill is for the days after a day, as a bill is split, half a fen up."""
    after = amount_fen * (1 - part_until(from_on, until_on, day))
    return round_fen(after, Rounding.FEN_HALF_UP)


def sum_settlement(lines: Sequence[SettlementLine]) -> SettlementSums:
    """Return the sums of a settlement."""
    return SettlementSums(
        sum(line.due_fen for line in lines),
        sum(line.paid_fen for line in lines),
        sum(line.deposit_fen for line in lines),
    )


def check_settlement(lines: Sequence[SettlementLine]) -> Problems:
    """Return what keeps a settlement from being stored."""
    field = "settlement"
    if len(lines) > MOST_LINES:
        sentence = _("At most {most} items fit on a settlement; sum some of them up.")
        return (Problem(field, sentence.format(most=MOST_LINES)),)
    problems = []
    for line in lines:
        if not line.item:
            problems.append(Problem(field, _("Name each item that an amount is for.")))
        elif len(line.item) > LONGEST_ITEM:
            sentence = _("At most {longest} characters fit into the name of an item.")
            problems.append(Problem(field, sentence.format(longest=LONGEST_ITEM)))
        amounts = (line.due_fen, line.paid_fen, line.deposit_fen)
        if not all(0 <= amount <= MOST_FEN for amount in amounts):
            sentence = _("«{item}» has an amount that is none; check the figures.")
            problems.append(Problem(field, sentence.format(item=line.item[:LONGEST_ITEM])))
    seen = [fold(line.item) for line in lines if line.item]
    if len(set(seen)) < len(seen):
        problems.append(Problem(field, _("An item stands twice; put its amounts into one line.")))
    return tuple(dict.fromkeys(problems))


def read_settlement_line(text: str) -> SettlementLine:
    """Return a line as it is typed at the command line: `ITEM=DUE[/PAID[/DEPOSIT]]`.

    Raises RuleError for a text that is none.
    """
    item, equals, amounts = text.rpartition("=")
    parts = amounts.split("/")
    if not equals or not clean_line(item) or not 1 <= len(parts) <= 3:
        raise RuleError(
            "settlement-unreadable",
            _("«{text}» is no item of a settlement; write it like ITEM=300/200/50.").format(
                text=text[:40]
            ),
        )
    due, paid, deposit = (parse_money(part or "0") for part in [*parts, "", ""][:3])
    return SettlementLine(clean_line(item), due, paid, deposit)


def line_to_stored(line: SettlementLine) -> dict[str, Any]:
    """Return a line as the move's row keeps it."""
    return {
        "item": line.item,
        "due": line.due_fen,
        "paid": line.paid_fen,
        "deposit": line.deposit_fen,
        "until": line.until.isoformat() if line.until else None,
    }


def line_from_stored(stored: Mapping[str, Any]) -> SettlementLine:
    """Return a line that a move's row keeps."""
    return SettlementLine(
        item=stored["item"],
        due_fen=stored["due"],
        paid_fen=stored["paid"],
        deposit_fen=stored["deposit"],
        until=date.fromisoformat(stored["until"]) if stored["until"] else None,
    )

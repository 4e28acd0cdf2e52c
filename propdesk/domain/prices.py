"""Paid work: the price list shown to the public, and what a job costs the customer (R97).

Prices are posted (明码标价), the customer agrees before the work, and never pays more than agreed.
A charge keeps the price that held when it was written; a later list does not change it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fields import Problems, check_line
from propdesk.domain.money import MOST_FEN, line_amount, money_words
from propdesk.domain.texts import clean_line, fold
from propdesk.domain.tickets import Payment, Status
from propdesk.i18n import LazyText, _, _lazy

MOST_LINES = 60
"""Lines of one charge; a job with more is an estimate of its own."""

MOST_MILLI = 1_000_000_000_000
"""A quantity of a thousand million: more is a slip of the finger."""


class ChargeKind(StrEnum):
    """What is charged: work by time or by the job, or what was used up."""

    LABOUR = "labour"
    MATERIAL = "material"


CHARGE_LABELS: Mapping[ChargeKind, LazyText] = {
    ChargeKind.LABOUR: _lazy("Labour"),
    ChargeKind.MATERIAL: _lazy("Material"),
}


class AgreedBy(StrEnum):
    """How the customer agreed to the price before the work."""

    PHONE = "phone"
    VISIT = "visit"
    PAPER = "paper"


AGREED_LABELS: Mapping[AgreedBy, LazyText] = {
    AgreedBy.PHONE: _lazy("By phone"),
    AgreedBy.VISIT: _lazy("At the counter"),
    AgreedBy.PAPER: _lazy("Signed on the order"),
}


@dataclass(frozen=True, slots=True)
class PriceDraft:
    """A line of the price list as it was typed; the price is in fen for one of its units."""

    kind: ChargeKind
    name: str
    price_fen: int | None
    code: str = ""
    spec: str = ""
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PriceItem:
    """A line of the price list; `since` is when its price came to hold."""

    id: int
    code: str
    kind: ChargeKind
    name: str
    spec: str
    unit: str
    price_fen: int
    note: str
    active: bool
    since: date
    version: int

    @property
    def label(self) -> str:
        """Name and specification in one line."""
        return f"{self.name} {self.spec}".strip()


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """A line of material or labour: quantity in thousandths, price in fen for one unit."""

    kind: ChargeKind
    name: str
    quantity_milli: int
    price_fen: int
    spec: str = ""
    unit: str = ""
    price_item_id: int | None = None

    @property
    def amount_fen(self) -> int:
        """What the line costs."""
        return line_amount(self.quantity_milli, self.price_fen)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who agreed to pay up to how much, and how."""

    amount_fen: int
    name: str
    way: AgreedBy


@dataclass(frozen=True, slots=True)
class Charge:
    """What a ticket costs its customer, and what the customer agreed to beforehand."""

    payment: Payment | None
    lines: tuple[ChargeLine, ...]
    agreed_fen: int | None = None
    agreed_by: str = ""
    agreed_at: datetime | None = None

    def total_of(self, kind: ChargeKind) -> int:
        """Return the fen of one kind of line."""
        return sum(line.amount_fen for line in self.lines if line.kind is kind)

    @property
    def total_fen(self) -> int:
        """What is to be paid."""
        return sum(line.amount_fen for line in self.lines)


def clean_price(draft: PriceDraft) -> PriceDraft:
    """Return a draft with its texts made safe to store."""
    return PriceDraft(
        kind=draft.kind,
        name=clean_line(draft.name),
        price_fen=draft.price_fen,
        code=clean_line(draft.code).upper(),
        spec=clean_line(draft.spec),
        unit=clean_line(draft.unit),
        note=clean_line(draft.note),
    )


def check_price(draft: PriceDraft) -> Problems:
    """Return what keeps a line of the price list from being stored."""
    problems = [*check_line("name", draft.name, _("Say what is done or sold."))]
    for name in ("code", "spec", "unit", "note"):
        problems += check_line(name, getattr(draft, name))
    if draft.price_fen is None or not 0 <= draft.price_fen <= MOST_FEN:
        problems.append(Problem("price", _("Write the price, for example 30 or 12.50.")))
    return tuple(problems)


def check_lines(lines: Sequence[ChargeLine]) -> Problems:
    """Return what is wrong with the lines of a charge; fields are `lines.N`, from 0."""
    problems: list[Problem] = []
    if len(lines) > MOST_LINES:
        text = _("At most {most} lines fit one ticket; add them up.").format(most=MOST_LINES)
        problems.append(Problem(f"lines.{MOST_LINES}", text))
    for place, line in enumerate(lines):
        field = f"lines.{place}"
        problems += check_line(field, line.name, _("Say what is charged."))
        problems += check_line(field, line.spec)
        problems += check_line(field, line.unit)
        if not 0 < line.quantity_milli <= MOST_MILLI or not 0 <= line.price_fen <= MOST_FEN:
            problems.append(Problem(field, _("Write a quantity and a price.")))
        elif line.amount_fen > MOST_FEN:
            problems.append(Problem(field, _("This comes to too much; check the figures.")))
    return tuple(problems)


# What was never done, or is somebody else's, costs nothing.
UNCHARGED = frozenset({Status.VOID, Status.MERGED, Status.NOT_OURS})


def check_chargeable(status: Status) -> None:
    """Refuse to charge a ticket that is none of the office's."""
    if status in UNCHARGED:
        raise RuleError(
            "charge-ended", _("This ticket is void, merged or not ours; nothing is charged on it.")
        )


BEFORE_WORK = frozenset({Status.RECEIVED, Status.DISPATCHED, Status.IN_PROGRESS, Status.SUSPENDED})


def check_agreement(status: Status, way: AgreedBy) -> None:
    """Refuse an agreement that comes after the work; a signature on the order was given before."""
    check_chargeable(status)
    if status not in BEFORE_WORK and way is not AgreedBy.PAPER:
        raise RuleError(
            "agreed-too-late",
            _(
                "The work is done: what the customer says now was not agreed beforehand. "
                "Only the signature on the order can still be noted."
            ),
        )


def check_agreed(total_fen: int, agreed_fen: int | None) -> None:
    """Refuse a charge that the customer did not agree to before the work (R97)."""
    if not total_fen:
        return
    if agreed_fen is None:
        raise RuleError(
            "price-not-agreed",
            _(
                "The customer has not agreed to a price. Note who agreed to how much and how, "
                "before the work; the signature on the order counts."
            ),
        )
    if total_fen > agreed_fen:
        raise RuleError(
            "price-above-agreed",
            _(
                "{total} yuan is more than the {agreed} that the customer agreed to. "
                "Ask again and note the new amount, or charge less."
            ).format(total=money_words(total_fen), agreed=money_words(agreed_fen)),
        )


def matches(item: PriceItem, typed: str) -> bool:
    """Tell whether what was typed means a price: the start of its code, or a part of its name."""
    text = fold(typed)
    return fold(item.code).startswith(text) or text in fold(item.label)

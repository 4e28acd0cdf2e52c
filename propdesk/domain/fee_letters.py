"""Letters about fees: what one says, the ten things it must say, how far it may go (law.md 1.6).

What a letter says is one value, `LetterContent`: it is stored as JSON, its hash stands in the small
print, and from the day it is printed nothing of it changes. A correction is a new letter.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from propdesk.domain.bills import BillKind
from propdesk.domain.dunning import LETTER_STATE_LABELS, LetterState, Stage
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_settings import FeeSettings
from propdesk.domain.fee_templates import TemplatePart
from propdesk.domain.numbers import check_digit
from propdesk.i18n import LazyText, _, _lazy

TRANSITIONS: Mapping[LetterState, frozenset[LetterState]] = {
    LetterState.DRAFT: frozenset({LetterState.APPROVED, LetterState.VOIDED}),
    LetterState.APPROVED: frozenset({LetterState.PRINTED, LetterState.VOIDED}),
    LetterState.PRINTED: frozenset({LetterState.SENT, LetterState.WITHDRAWN}),
    # Withdrawn only before or together with its arrival (Civil Code 141).
    LetterState.SENT: frozenset(
        {LetterState.DELIVERED, LetterState.REFUSED, LetterState.RETURNED, LetterState.WITHDRAWN,
         LetterState.SETTLED}
    ),
    LetterState.DELIVERED: frozenset({LetterState.SETTLED}),
    LetterState.REFUSED: frozenset({LetterState.SETTLED}),
    LetterState.RETURNED: frozenset({LetterState.SENT, LetterState.SETTLED}),
    LetterState.SETTLED: frozenset(),
    LetterState.WITHDRAWN: frozenset(),
    LetterState.VOIDED: frozenset(),
}  # fmt: skip
ALIVE = frozenset(LetterState) - {LetterState.WITHDRAWN, LetterState.VOIDED}
SENT = frozenset(
    {LetterState.SENT, LetterState.DELIVERED, LetterState.REFUSED, LetterState.RETURNED,
     LetterState.SETTLED}
)  # fmt: skip

TITLES: Mapping[Stage, LazyText] = {
    Stage.NOTICE: _lazy("Notice of charges"),
    Stage.REMINDER: _lazy("Friendly note"),
    Stage.SLIP: _lazy("Reminder of payment"),
    Stage.VISIT: _lazy("Record of a visit"),
    Stage.LETTER: _lazy("Demand letter"),
    Stage.LAWYER: _lazy("Data for the lawyer"),
}


def check_move(state: LetterState, to: LetterState, number: str) -> None:
    """Refuse a move that a letter in this state does not make."""
    if to not in TRANSITIONS[state]:
        raise RuleError(
            "letter-state",
            _("Letter {number} is in the state «{state}» and cannot become «{to}».").format(
                number=number, state=LETTER_STATE_LABELS[state], to=LETTER_STATE_LABELS[to]
            ),
        )


@dataclass(frozen=True, slots=True)
class LetterBill:
    """An open bill as a letter takes it up, with the contract that its price rests on."""

    id: int
    item_id: int
    item: str
    kind: BillKind
    from_on: date
    until_on: date
    due_on: date
    amount_fen: int
    settled_fen: int
    working: Mapping[str, Any]
    contract: str = ""
    contract_number: str = ""
    contract_on: date | None = None
    fee_clause: str = ""
    due_clause: str = ""
    late_clause: str = ""
    late_rate_e6: int = 0
    share_id: int | None = None

    @property
    def open_fen(self) -> int:
        """What is still to be paid."""
        return self.amount_fen - self.settled_fen


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A row of the letter's table: days as ISO, `working` as `118.62 × 2.80 × 3`, money in fen."""

    item: str
    from_on: str
    until_on: str
    due_on: str
    working: str
    amount_fen: int
    settled_fen: int
    is_late_fee: bool = False

    @property
    def open_fen(self) -> int:
        """What is still to be paid."""
        return self.amount_fen - self.settled_fen


@dataclass(frozen=True, slots=True)
class Explained:
    """How a shared charge came about, for the back page (R98): its name and lines of words."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterContent:
    """All that a letter says. `user` agreed to pay and is liable beside the owner (条例 41)."""

    number: str
    stage: int
    times: int
    dated_on: str
    pay_by: str
    language: str
    payee: str
    credit_code: str
    office: str
    phone: str
    community: str
    house: str
    short: str
    area: str
    owner: str
    owner_title: str
    user: str
    user_title: str
    contract: str
    contract_number: str
    contract_on: str
    fee_clause: str
    due_clause: str
    late_clause: str
    late_rate: str
    bank_payee: str
    bank: str
    account: str
    contact: str
    contact_phone: str
    signer: str
    total_fen: int
    late_fen: int
    prepaid_fen: int
    pay_days: int
    version: int
    lines: tuple[LetterLine, ...]
    parts: tuple[TemplatePart, ...]
    explained: tuple[Explained, ...] = ()
    corrects: str = ""


def to_json(content: LetterContent) -> dict[str, Any]:
    """Return what a letter says as it is stored."""
    return asdict(content)


def from_json(stored: Mapping[str, Any]) -> LetterContent:
    """Return what a stored letter says."""
    return LetterContent(
        **{
            **stored,
            "lines": tuple(LetterLine(**one) for one in stored["lines"]),
            "parts": tuple(TemplatePart(**one) for one in stored["parts"]),
            "explained": tuple(
                Explained(one["title"], tuple(one["lines"])) for one in stored["explained"]
            ),
        }
    )


def content_text(content: Mapping[str, Any]) -> str:
    """Return the one form in which a content is stored and hashed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_sha256(content: Mapping[str, Any]) -> str:
    """Return the hash of what a letter says; its short form stands in the small print."""
    return hashlib.sha256(content_text(content).encode()).hexdigest()


def short_hash(sha256: str) -> str:
    """Return the first 16 digits in groups of four, as people compare them."""
    return " ".join(sha256[place : place + 4] for place in range(0, 16, 4))


def letter_number(settings: FeeSettings, year: int, sequence: int) -> str:
    """Return the number (文号) of the `sequence`-th letter of a year."""
    return settings.letter_pattern.format(year=year, number=sequence)


_TITLE_ENDS = ("先生", "女士", "小姐", "Mr", "Ms", "Mrs")


def title_of(salutation: str) -> str:
    """Return the word of respect behind a full name: 先生 of 张先生; '' where none is known."""
    return next((end for end in _TITLE_ENDS if salutation.endswith(end)), "")


# The table.


def letter_lines(bills: Iterable[LetterBill]) -> tuple[LetterLine, ...]:
    """Return the rows of a letter: by item, then by day; months of one rate and due day as one."""
    ordered = sorted(
        bills,
        key=lambda one: (
            one.kind is BillKind.LATE_FEE,
            one.item_id,
            one.from_on,
            one.due_on,
            one.id,
        ),
    )
    lines = []
    for _key, run in groupby(_numbered(ordered), key=lambda one: one[0]):
        joined = [bill for _place, bill in run]
        first, last = joined[0], joined[-1]
        lines.append(
            LetterLine(
                item=first.item,
                from_on=first.from_on.isoformat(),
                until_on=last.until_on.isoformat(),
                due_on=first.due_on.isoformat(),
                working=_brief(joined),
                amount_fen=sum(one.amount_fen for one in joined),
                settled_fen=sum(one.settled_fen for one in joined),
                is_late_fee=first.kind is BillKind.LATE_FEE,
            )
        )
    return tuple(lines)


def _numbered(bills: Sequence[LetterBill]) -> Iterable[tuple[int, LetterBill]]:
    """Give each bill with the number of its run: those at one rate, due on one day, in a row."""
    number, before = 0, None
    for bill in bills:
        if before is None or not _goes_on(before, bill):
            number += 1
        yield number, bill
        before = bill


class _Rate(NamedTuple):
    """What whole months of a bill cost: of what, how much, at which price and parts of it."""

    is_area: bool
    quantity: int
    price_e4: int
    factor: int
    percent: int


def _goes_on(before: LetterBill, bill: LetterBill) -> bool:
    rate = _whole_months(before)
    return (
        rate is not None
        and (before.item_id, before.kind, before.due_on) == (bill.item_id, bill.kind, bill.due_on)
        and before.until_on.toordinal() + 1 == bill.from_on.toordinal()
        and rate == _whole_months(bill)
    )


def _part(bill: LetterBill) -> Mapping[str, Any]:
    """Return the one part of a bill's working, empty where it has none or several."""
    parts: Sequence[Mapping[str, Any]] = bill.working.get("parts") or ()
    return parts[0] if len(parts) == 1 else {}


def _whole_months(bill: LetterBill) -> _Rate | None:
    part = _part(bill)
    if part.get("of") != 1 or "why" in part or "price_e4" not in part:
        return None
    is_area = "area_dm2" in part
    quantity = part["area_dm2"] if is_area else part["quantity_milli"]
    return _Rate(
        is_area, quantity, part["price_e4"], part.get("factor", 100), part.get("percent", 100)
    )


def _brief(bills: Sequence[LetterBill]) -> str:
    """Return in a few signs how the amount of bills of one rate came about."""
    first, part = bills[0], _part(bills[0])
    rate = _whole_months(first)
    if rate is not None:
        words = [_plain(rate.price_e4, 10_000), str(sum(_part(bill)["days"] for bill in bills))]
        if rate.is_area:
            words.insert(0, _plain(rate.quantity, 100))
        elif rate.quantity != 1000:
            words.insert(0, _plain(rate.quantity, 1000, least=0))
        words += [_plain(one, 100, least=0) for one in (rate.factor, rate.percent) if one != 100]
        return " × ".join(words)
    if "share" in first.working:
        return str(_SHARED.get(str(first.working["share"].get("by")), _SHARED["area"]))
    if "meter" in first.working and "quantity_milli" in part:
        usage = _plain(part["quantity_milli"], 1000, least=0)
        return f"{usage} × {_plain(part['price_e4'], 10_000)}"
    if first.kind is BillKind.OPENING:
        return _("earlier arrears")
    return ""


_SHARED = {
    "area": _lazy("shared by area"),
    "households": _lazy("shared by household"),
    "usage": _lazy("shared by usage"),
}


def _plain(value: int, each: int, least: int = 2) -> str:
    """Return a whole number of parts as a decimal without needless noughts."""
    whole, rest = divmod(value, each)
    digits = f"{rest:0{len(str(each)) - 1}d}".rstrip("0").ljust(least, "0")
    return f"{whole}.{digits}" if digits else str(whole)


def day_words(day: str | date) -> str:
    """Return a day as a letter says it."""
    on = date.fromisoformat(day) if isinstance(day, str) else day
    return _("{year}-{month:02}-{day:02}").format(year=on.year, month=on.month, day=on.day)


# What the archive and the scanner call it.

_LETTER_DIGIT = "7"
"""Before a letter's digits; tickets have 1 to 6 there (decision 27)."""


def letter_code(letter_id: int, dated_on: date) -> str:
    """Return the archive's code of a letter; Latin, as the QR wants it, and nothing personal."""
    return f"CJ-{dated_on:%y%m}-{letter_id:06d}"


def letter_digits(letter_id: int, dated_on: date) -> str:
    """Return the 16 digits on the part that comes back: 7, yyyymm, the letter, check digit."""
    body = f"{_LETTER_DIGIT}{dated_on:%Y%m}{letter_id:08d}"
    return body + check_digit(body)


def read_letter_digits(digits: str) -> int | None:
    """Return which letter scanned digits name, None when they are not a letter's."""
    if not re.fullmatch(rf"{_LETTER_DIGIT}20\d\d(?:0[1-9]|1[0-2])\d{{9}}", digits):
        return None
    return int(digits[7:15]) if digits[-1] == check_digit(digits[:-1]) else None

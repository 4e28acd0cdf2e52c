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
from propdesk.domain.fee_lint import lint_letter
from propdesk.domain.fee_settings import FeeSettings
from propdesk.domain.fee_templates import TemplatePart
from propdesk.domain.gaps import has_gap
from propdesk.domain.money import money_words
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


# The ten things.


@dataclass(frozen=True, slots=True)
class Missing:
    """One of the ten things that a letter does not say, and where to fill it in."""

    number: int
    sentence: str


_IDENTITY = re.compile(r"(?<![\dA-Za-z])[1-9]\d{16}[\dXx](?![\dA-Za-z])")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_LAWFUL = re.compile("诉讼|仲裁|支付令|调解|suit|arbitration|payment order|mediation")


def check_ten(content: LetterContent, *, pay_days: int) -> tuple[Missing, ...]:
    """Return what of the ten things of law.md 1.6 a letter lacks, each with where to fill it in.

    `pay_days` is the reasonable period of the stage. Numbers 8 (the receipt) and 10 (the hash) are
    drawn on every letter of theirs by the program; of 8 the number and the signer are looked at.
    """
    checks = (_who_claims, _who_owes, _how_much, _late_fee, _demand, _how_to_pay, _consequence,
              _form, _privacy)  # fmt: skip
    found: list[Missing] = []
    for number, check in enumerate(checks, 1):
        found += (Missing(number, sentence) for sentence in check(content, pay_days))
    return tuple(found)


def _who_claims(content: LetterContent, _days: int) -> Iterable[str]:
    if not content.payee:
        yield _("The full name of who claims is missing: settings of fees, payee.")
    if not content.credit_code:
        yield _("The unified social credit code is missing: settings of fees.")
    if not content.contract or not content.contract_on:
        yield _("Contract and its day are missing: give the tariff its basis, with a day.")
    if not content.fee_clause or not content.due_clause:
        yield _("The clauses on fee and day of payment are missing: in the tariff's basis.")


def _who_owes(content: LetterContent, _days: int) -> Iterable[str]:
    if not content.owner:
        yield _("The owner's full name is missing: residents, house {house}.").format(
            house=content.short
        )
    if not content.house:
        yield _("The house is missing.")


def _how_much(content: LetterContent, _days: int) -> Iterable[str]:
    if not content.lines or content.total_fen <= 0:
        yield _("There is nothing to be paid.")
    elif sum(line.open_fen for line in content.lines) != content.total_fen:
        yield _("The lines do not add up to the total of {total}; make the letter anew.").format(
            total=money_words(content.total_fen)
        )


def _late_fee(content: LetterContent, _days: int) -> Iterable[str]:
    if content.late_fen and not (content.late_rate and content.late_clause):
        yield _("Rate and clause of the late fee are missing: in the tariff, or waive it.")


def _demand(content: LetterContent, days: int) -> Iterable[str]:
    texts = _texts(content)
    granted = date.fromisoformat(content.pay_by).toordinal() - date.fromisoformat(
        content.dated_on
    ).toordinal() if content.pay_by else -1  # fmt: skip
    if granted < days:
        yield _("At least {days} days are to be granted for payment; set a later day.").format(
            days=days
        )
    if not content.pay_by or day_words(content.pay_by) not in texts:
        yield _("No paragraph says until when to pay: put {field} into the template.").format(
            field="{pay_by}"
        )


def _how_to_pay(content: LetterContent, _days: int) -> Iterable[str]:
    if not (content.bank_payee and content.bank and content.account):
        yield _("The account to pay into is missing: settings of fees.")
    if not (content.contact or content.contact_phone):
        yield _("Whom to ask is missing: settings of fees, contact and telephone.")
    if content.stage >= Stage.SLIP and not re.search("异议|意见|bject", _texts(content)):
        yield _("Where objections go is missing: a paragraph of the template.")


def _consequence(content: LetterContent, _days: int) -> Iterable[str]:
    texts = _texts(content)
    if content.stage == Stage.LETTER and not _LAWFUL.search(texts):
        yield _("The consequence is missing: mediation, payment order, arbitration or suit.")
    yield from (one.sentence for one in lint_letter(texts))


def _form(content: LetterContent, _days: int) -> Iterable[str]:
    if not content.number:
        yield _("The letter has no number.")
    if not content.signer and content.stage >= Stage.LETTER:
        yield _("Who signs is missing: settings of fees, signer.")
    if has_gap(_texts(content)):
        yield _("Something is still to be filled in where ____ stands: in the template.")


def _privacy(content: LetterContent, _days: int) -> Iterable[str]:
    texts = _texts(content)
    if _IDENTITY.search(texts.replace(content.account, "")):
        yield _("An identity number may not stand on the letter; take it out of the template.")
    ours = {re.sub(r"\D", "", phone) for phone in (content.contact_phone, content.phone)}
    if any(phone not in ours for phone in _MOBILE.findall(texts.replace(content.account, ""))):
        yield _("A resident's telephone may not stand on the letter; take it out of the template.")


def _texts(content: LetterContent) -> str:
    return "\n".join(text for part in content.parts for text in (part.heading, part.text))


def day_words(day: str | date) -> str:
    """Return a day as a letter says it."""
    on = date.fromisoformat(day) if isinstance(day, str) else day
    return _("{year}-{month:02}-{day:02}").format(year=on.year, month=on.month, day=on.day)

"""The late-payment penalty (违约金, law.md 1.4): off unless a price names a rate and its clause.

Simple interest on the principal that was still open on each day, from the day after the day of
payment (or after the days of grace) on; what was paid counts from the day after it. Reckoned
exactly and rounded once for a bill. A penalty bears no penalty (never compound), and it is a bill
of its own beside the principal (Civil Code 585; payments go by 560, 561).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from propdesk.domain.fee_amounts import round_fen
from propdesk.domain.fee_items import Rounding
from propdesk.domain.money import money_words
from propdesk.i18n import _

_MILLION = 1_000_000
_YEAR = 365


@dataclass(frozen=True, slots=True)
class LateTerms:
    """What a price says of delay: millionths a day, the clause, days of grace, the cap.

    `cap_percent` is the most that the penalty may reach, of the bill's amount; None without limit.
    """

    rate_e6: int
    clause: str
    grace_days: int = 0
    cap_percent: int | None = None

    @property
    def is_on(self) -> bool:
        """Whether a penalty may be charged at all: a rate that a clause names."""
        return self.rate_e6 > 0 and bool(self.clause)


@dataclass(frozen=True, slots=True)
class Settled:
    """What was settled of a bill on a day; below zero what was taken back."""

    on_day: date
    amount_fen: int


@dataclass(frozen=True, slots=True)
class LateSpan:
    """Days of delay through which the same principal was open, both included."""

    from_on: date
    until_on: date
    principal_fen: int

    @property
    def days(self) -> int:
        """How many days that are."""
        return self.until_on.toordinal() - self.from_on.toordinal() + 1


@dataclass(frozen=True, slots=True)
class LateFee:
    """The penalty of a bill from its first day of delay to a day, with its working."""

    terms: LateTerms
    spans: tuple[LateSpan, ...]
    exact_fen: Fraction
    amount_fen: int
    is_capped: bool
    rounding: Rounding

    def working(self, charged_fen: int = 0) -> dict[str, Any]:
        """Return what a bill of this penalty stores; `charged_fen` were billed before."""
        return {
            "late": {
                "rate_e6": self.terms.rate_e6,
                "clause": self.terms.clause,
                "grace_days": self.terms.grace_days,
                "spans": [
                    [span.from_on.isoformat(), span.until_on.isoformat(), span.principal_fen]
                    for span in self.spans
                ],
                "amount_fen": self.amount_fen,
                "cap_percent": self.terms.cap_percent if self.is_capped else None,
                "charged_fen": charged_fen,
            }
        }


def late_fee(
    amount_fen: int,
    due_on: date,
    settled: Iterable[Settled],
    terms: LateTerms,
    until_on: date,
    rounding: Rounding = Rounding.FEN_HALF_UP,
) -> LateFee:
    """Return the penalty of a bill of `amount_fen` up to a day, that day included.

    Who pays five days after the day of payment was five days late: the day of the payment counts.
    """
    spans = late_spans(amount_fen, due_on, settled, terms.grace_days, until_on)
    if not terms.is_on:
        return LateFee(terms, (), Fraction(0), 0, is_capped=False, rounding=rounding)
    fen_days = sum(span.principal_fen * span.days for span in spans)
    exact = Fraction(fen_days * terms.rate_e6, _MILLION)
    is_capped = False
    if terms.cap_percent is not None:
        cap = Fraction(amount_fen * terms.cap_percent, 100)
        is_capped = exact > cap
        exact = min(exact, cap)
    return LateFee(terms, spans, exact, round_fen(exact, rounding), is_capped, rounding)


def late_spans(
    amount_fen: int, due_on: date, settled: Iterable[Settled], grace_days: int, until_on: date
) -> tuple[LateSpan, ...]:
    """Return the stretches of delay, each with the principal that was open through it."""
    first = due_on.toordinal() + grace_days + 1
    last = until_on.toordinal()
    if first > last:
        return ()
    changes: dict[int, int] = {}
    for one in settled:
        day = min(max(one.on_day.toordinal() + 1, first), last + 1)
        changes[day] = changes.get(day, 0) + one.amount_fen
    principal = amount_fen - changes.pop(first, 0)
    spans = []
    for start, end in pairwise((first, *sorted(changes.keys() - {last + 1}), last + 1)):
        principal -= changes.get(start, 0)
        if principal > 0:
            spans.append(LateSpan(date.fromordinal(start), date.fromordinal(end - 1), principal))
    return tuple(spans)


def annual_percent(rate_e6: int) -> Fraction:
    """Return a daily rate as percent a year: 0.05 % a day are 18.25 % a year."""
    return Fraction(rate_e6 * _YEAR * 100, _MILLION)


def annual_words(rate_e6: int) -> str:
    """Return the yearly rate for the eye: `18.25 %`."""
    hundredths = round_fen(annual_percent(rate_e6) * 100, Rounding.FEN_HALF_UP)
    return f"{hundredths // 100}.{hundredths % 100:02d} %"


def daily_words(rate_e6: int) -> str:
    """Return the daily rate for the eye: `0.05 %`."""
    return f"{rate_e6 // 10000}.{rate_e6 % 10000:04d}".rstrip("0").rstrip(".") + " %"


@dataclass(frozen=True, slots=True)
class LateLimits:
    """The limits that courts go by, from the rule table; `lpr_bp` is the LPR that was typed, or 0.

    The program ships no LPR: it is the office's to enter, of the day of the contract.
    """

    lpr_bp: int
    times: int
    excess_percent: int


def late_warnings(rate_e6: int, limits: LateLimits) -> list[str]:
    """Return what is to be said of a rate before it is charged (law.md 1.4)."""
    if not rate_e6:
        return []
    yearly = annual_percent(rate_e6)
    lpr = Fraction(limits.lpr_bp, 100)
    found = []
    if not limits.lpr_bp:
        found.append(
            _(
                "The LPR of the contract's day is not entered: whether {rate} a year is above "
                "{times} times the LPR is not checked. Enter it in the rule table."
            ).format(rate=annual_words(rate_e6), times=limits.times)
        )
    elif yearly > limits.times * lpr:
        found.append(
            _(
                "{rate} a year is above {times} times the LPR ({most} %): courts often do not "
                "support what lies above (Provisions on Private Lending 25, by analogy)."
            ).format(
                rate=annual_words(rate_e6),
                times=limits.times,
                most=f"{limits.times * limits.lpr_bp // 100}."
                f"{limits.times * limits.lpr_bp % 100:02d}",
            )
        )
    if limits.lpr_bp and yearly > lpr * (100 + limits.excess_percent) / 100:
        found.append(
            _(
                "A penalty more than {percent} % above the loss is generally excessive; a court "
                "may lower it when the debtor asks (Civil Code 585; its Interpretation 65)."
            ).format(percent=limits.excess_percent)
        )
    return found


def prevails_words() -> str:
    """Return the sentence that stands with every penalty."""
    return _("The contract and the judgement of a court prevail.")


def late_words(late: Mapping[str, Any]) -> list[str]:
    """Return the working of a penalty as sentences, as its bill explains itself (R98)."""
    rate = daily_words(late["rate_e6"]).removesuffix(" %")
    lines = [
        _("Late-payment penalty by clause {clause}: {rate} % a day ({yearly} a year)").format(
            clause=late["clause"], rate=rate, yearly=annual_words(late["rate_e6"])
        )
    ]
    if late["grace_days"]:
        lines.append(_("Days of grace: {days}").format(days=late["grace_days"]))
    for first, last, principal in late["spans"]:
        days = date.fromisoformat(last).toordinal() - date.fromisoformat(first).toordinal() + 1
        lines.append(
            _("{first} to {last}: {principal} yuan × {days} days × {rate} %").format(
                first=first, last=last, principal=money_words(principal), days=days, rate=rate
            )
        )
    if late["cap_percent"] is not None:
        lines.append(_("At most {percent} % of the bill").format(percent=late["cap_percent"]))
    if late["charged_fen"]:
        lines.append(
            _("{total} yuan in all, {charged} of them billed before").format(
                total=money_words(late["amount_fen"]), charged=money_words(late["charged_fen"])
            )
        )
    lines.append(prevails_words())
    return lines

"""A price as it is typed: read, checked, held against the others, and what is doubtful about it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fee_items import FeeItem, Formula, Income, ShareBy
from propdesk.domain.fee_tiers import Tier, TierBase, check_tiers
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.money import parse_price, parse_quantity, price_words, quantity_words
from propdesk.domain.tariffs import FloorFactor, Tariff, span_text
from propdesk.domain.texts import clean_line, clean_text, elide, fold
from propdesk.i18n import _

MOST_E4 = 10_000_000_000
MOST_FACTOR = 1000
MOST_LATE_E6 = 100_000
MOST_VACANCY_MONTHS = 120
_DAYS_A_YEAR = 365
_YEARS = range(1990, 2200)


@dataclass(frozen=True, slots=True)
class TariffDraft:
    """A price as typed; `Tariff` says what each field means.

    `basis_id` is the contract or approval that it rests on, `basis_note` the clause in it. With
    `closes_open` the open price before it ends the day before it begins.
    """

    fee_item_id: int
    price_e4: int
    from_on: date
    until_on: date | None = None
    community_id: int | None = None
    building_id: int | None = None
    tiers: tuple[Tier, ...] = ()
    tier_base: TierBase = TierBase.MONTH
    share_by: ShareBy | None = None
    floor_factors: tuple[FloorFactor, ...] = ()
    vacancy_percent: int | None = None
    vacancy_after_months: int = 0
    basis_id: int | None = None
    basis_note: str = ""
    cap_e4: int | None = None
    cap_source: str = ""
    late_rate_e6: int = 0
    late_clause: str = ""
    late_grace_days: int = 0
    late_cap_percent: int | None = None
    note: str = ""
    closes_open: bool = False


@dataclass(frozen=True, slots=True)
class PriceRules:
    """What the rule table says of prices, with who says it (`fee_rules.source_words`)."""

    area_price_most: int
    vacancy: str
    vacancy_source: str
    vacancy_after_months: int
    vacancy_percent_most: int
    late_lpr_times: int
    late_lpr: int
    late_excess_percent: int


def clean_tariff(draft: TariffDraft) -> TariffDraft:
    """Return a draft with its texts made safe to store."""
    return replace(
        draft,
        basis_note=clean_line(draft.basis_note),
        cap_source=clean_line(draft.cap_source),
        late_clause=clean_text(draft.late_clause),
        note=clean_line(draft.note),
    )


def check_tariff(draft: TariffDraft, item: FeeItem) -> Problems:
    """Return what keeps a price from being stored."""
    problems: list[Problem] = []
    for field in ("basis_note", "cap_source", "note"):
        problems += check_line(field, getattr(draft, field))
    problems += check_text("late_clause", draft.late_clause)
    if not 0 <= draft.price_e4 <= MOST_E4:
        problems.append(Problem("price", _("Write the price in yuan, for example 1.8 or 0.5283.")))
    if draft.cap_e4 is not None and not 0 <= draft.cap_e4 <= MOST_E4:
        problems.append(Problem("cap", _("Write the price in yuan, for example 1.8 or 0.5283.")))
    if draft.from_on.year not in _YEARS or (draft.until_on and draft.until_on.year not in _YEARS):
        problems.append(Problem("from", _("This day is no day of a price; check the year.")))
    if draft.until_on and draft.until_on < draft.from_on:
        problems.append(Problem("until", _("The last day lies before the first one.")))
    if draft.community_id is not None and draft.building_id is not None:
        problems.append(Problem("place", _("Name a community or a building, not both.")))
    if draft.tiers and item.formula is not Formula.METER:
        problems.append(Problem("tiers", _("Only an item by meter has steps.")))
    problems += check_tiers(draft.tiers)
    problems += _check_floors(draft.floor_factors)
    if draft.vacancy_percent is not None and not 0 <= draft.vacancy_percent <= 100:
        problems.append(Problem("vacancy", _("Write what a vacant house pays: 0 to 100 percent.")))
    if not 0 <= draft.vacancy_after_months <= MOST_VACANCY_MONTHS:
        problems.append(Problem("vacancy", _("Write after how many months: 0 to 120.")))
    problems += _check_late(draft)
    return tuple(problems)


def _check_floors(factors: tuple[FloorFactor, ...]) -> list[Problem]:
    problems = []
    ordered = sorted(factors, key=lambda one: one.low)
    for one in ordered:
        if not 0 <= one.percent <= MOST_FACTOR or (one.high is not None and one.high < one.low):
            text = _("A floor pays 0 to 1000 percent, and floors are named from below.")
            problems.append(Problem("floors", text))
    for lower, upper in pairwise(ordered):
        if lower.high is None or upper.low <= lower.high:
            problems.append(Problem("floors", _("A floor is named twice; name each once.")))
    return problems[:1]


def _check_late(draft: TariffDraft) -> list[Problem]:
    problems = []
    if not 0 <= draft.late_rate_e6 <= MOST_LATE_E6:
        problems.append(Problem("late", _("A penalty of more than 10 % a day is a slip.")))
    if draft.late_rate_e6 and not draft.late_clause:
        text = _("A late-payment penalty needs the clause of the contract, word for word.")
        problems.append(Problem("late_clause", text))
    if not 0 <= draft.late_grace_days <= 3650:
        problems.append(Problem("late", _("Write the days of grace: 0 to 3650.")))
    if draft.late_cap_percent is not None and not 0 <= draft.late_cap_percent <= 1000:
        problems.append(Problem("late", _("Write the cap in percent of the debt: 0 to 1000.")))
    return problems


def clashing(draft: TariffDraft, others: Iterable[Tariff]) -> tuple[Tariff, ...]:
    """Return the prices of the same item and place whose days lie in those of a draft."""
    return tuple(
        other
        for other in others
        if other.voided_at is None
        and other.fee_item_id == draft.fee_item_id
        and (other.community_id, other.building_id) == (draft.community_id, draft.building_id)
        and (draft.until_on is None or other.from_on <= draft.until_on)
        and (other.until_on is None or other.until_on >= draft.from_on)
    )


def closes(draft: TariffDraft, other: Tariff) -> bool:
    """Tell whether a draft simply follows an open price, which then ends the day before."""
    return other.until_on is None and other.from_on < draft.from_on


def overlap(draft: TariffDraft, other: Tariff, item: str, place: str) -> RuleError:
    """Return the refusal of a price that overlaps another, with both named."""
    hint = (
        _("Let the new one close it, or begin after its last day.")
        if closes(draft, other)
        else _("Choose other days, or void the one that is wrong.")
    )
    return RuleError(
        "tariff-overlap",
        _(
            "The price {new} from {from_} overlaps the price {old} ({span}) of «{item}» for "
            "{place}. {hint}"
        ).format(
            new=price_words(draft.price_e4),
            from_=span_text(draft.from_on, draft.until_on),
            old=price_words(other.price_e4),
            span=span_text(other.from_on, other.until_on),
            item=item,
            place=place,
            hint=hint,
        ),
    )


def annual_words(rate_e6: int) -> str:
    """Return a daily rate as it adds up in a year, simple interest: 3‰ a day are 109.50 %."""
    return f"{Decimal(rate_e6 * _DAYS_A_YEAR) / 10_000:.2f} %"


def doubts(draft: TariffDraft, item: FeeItem, rules: PriceRules) -> tuple[str, ...]:
    """Return what is doubtful about a price; nothing of it keeps it from being stored (R96)."""
    found = []
    if draft.cap_e4 is not None and draft.price_e4 > draft.cap_e4:
        found.append(
            _("The price {price} is above the government's cap {cap} ({source}).").format(
                price=price_words(draft.price_e4),
                cap=price_words(draft.cap_e4),
                source=draft.cap_source or "—",
            )
        )
    if draft.basis_id is None:
        found.append(
            _("The price rests on no contract or approval; name one before you charge it.")
        )
    if item.formula is Formula.AREA and draft.price_e4 > rules.area_price_most * 10_000:
        found.append(
            _("{price} yuan for a m² and month is much; check the figure.").format(
                price=price_words(draft.price_e4)
            )
        )
    if draft.price_e4 == 0 and not draft.tiers and item.formula is not Formula.SHARED:
        found.append(_("The price is 0: nothing will be charged."))
    if item.income is Income.SERVICE:
        found += vacancy_doubts(draft.vacancy_percent, draft.vacancy_after_months, rules)
    if draft.late_rate_e6:
        found += _late_doubts(draft, rules)
    return tuple(found)


def vacancy_doubts(percent: int | None, after_months: int, rules: PriceRules) -> list[str]:
    """Return where what a vacant house pays is not what the place's rules say (law.md 1.2)."""
    source = rules.vacancy_source
    if rules.vacancy == "none" and percent is not None:
        text = _("Here a vacant house pays in full ({source}); nobody has to reduce it.")
        return [text.format(source=source)]
    if rules.vacancy != "reduced":
        return []
    if percent is None or percent >= 100:
        text = _("Here a vacant house must pay less ({source}); say what it pays.")
        return [text.format(source=source)]
    found = []
    if percent > rules.vacancy_percent_most:
        text = _("Here a vacant house pays at most {most} % ({source}).")
        found.append(text.format(most=rules.vacancy_percent_most, source=source))
    if after_months > rules.vacancy_after_months:
        text = _("Here a house counts as vacant after {months} months ({source}).")
        found.append(text.format(months=rules.vacancy_after_months, source=source))
    return found


def _late_doubts(draft: TariffDraft, rules: PriceRules) -> list[str]:
    annual = annual_words(draft.late_rate_e6)
    found = [
        _(
            "The penalty comes to {annual} a year, simple interest. A court may lower what lies "
            "more than {percent} % above the loss; contract and judgment decide."
        ).format(annual=annual, percent=rules.late_excess_percent)
    ]
    if not rules.late_lpr:
        found.append(
            _("Enter the one-year LPR in the rules, then the penalty is compared with it.")
        )
    elif draft.late_rate_e6 * _DAYS_A_YEAR > rules.late_lpr * rules.late_lpr_times * 100:
        limit = Decimal(rules.late_lpr * rules.late_lpr_times) / 100
        found.append(
            _("{annual} a year is above {times} times the LPR ({limit} %).").format(
                annual=annual, times=rules.late_lpr_times, limit=f"{limit:.2f}"
            )
        )
    return found


_RATE = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)(%|‰|‱)")
_PER = {"%": 10_000, "‰": 1_000, "‱": 100}


def parse_rate(typed: str) -> int:
    """Return a daily rate such as `0.05%`, `0.5‰` or `万分之5` in millionths; 0 is none."""
    text = re.sub(r"\s+", "", fold(typed))
    for word, sign in (("万分之", "‱"), ("千分之", "‰"), ("百分之", "%")):
        if text.startswith(word):
            text = text.removeprefix(word) + sign
    if text in {"", "0"}:
        return 0
    match = _RATE.fullmatch(text)
    exact = Decimal(match[1]) * _PER[match[2]] if match else Decimal("0.1")
    if match is None or exact != int(exact):
        raise RuleError(
            "rate-unreadable",
            _("«{text}» is no rate a day; write it like 0.05% or 0.5‰.").format(
                text=elide(typed.strip(), 40)
            ),
        )
    return int(exact)


def rate_words(rate_e6: int) -> str:
    """Return a daily rate in thousandths: `0.5‰`."""
    return f"{Decimal(rate_e6) / 1000:f}".rstrip("0").rstrip(".") + "‰" if rate_e6 else "0"


def parse_tiers(typed: str) -> tuple[Tier, ...]:
    """Return steps such as `180=3.5,260=5,=8`: up to a limit its price, the last without."""
    found = []
    for part in re.split(r"[,，;；]", fold(typed)):
        limit, equals, price = part.partition("=")
        if not equals:
            raise RuleError(
                "tiers-unreadable",
                _("«{text}» are no steps; write them like 180=3.5,260=5,=8.").format(
                    text=elide(typed.strip(), 60)
                ),
            )
        found.append(Tier(parse_quantity(limit) if limit.strip() else None, parse_price(price)))
    return tuple(found)


def tiers_words(tiers: Iterable[Tier]) -> str:
    """Return steps as they are typed."""
    return ",".join(
        f"{'' if tier.limit_milli is None else quantity_words(tier.limit_milli).replace(',', '')}"
        f"={price_words(tier.price_e4).replace(',', '')}"
        for tier in tiers
    )


_FLOORS = re.compile(r"(-?\d{1,3})(?:(~|-)(-?\d{1,3})?)?=(\d{1,4})%?")


def parse_floors(typed: str) -> tuple[FloorFactor, ...]:
    """Return what floors pay, such as `1-2=0,3-10=80,11-=100` in percent of the price."""
    found = []
    for part in re.split(r"[,，;；]", re.sub(r"\s+", "", fold(typed))):
        match = _FLOORS.fullmatch(part)
        if match is None:
            raise RuleError(
                "floors-unreadable",
                _("«{text}» are no floors; write them like 1-2=0,3-10=80,11-=100.").format(
                    text=elide(typed.strip(), 60)
                ),
            )
        low = int(match[1])
        high = (int(match[3]) if match[3] else None) if match[2] else low
        found.append(FloorFactor(low, high, int(match[4])))
    return tuple(found)


def floors_words(factors: Sequence[FloorFactor]) -> str:
    """Return what floors pay as it is typed."""
    spans = (
        str(one.low) if one.high == one.low else f"{one.low}-{'' if one.high is None else one.high}"
        for one in factors
    )
    return ",".join(f"{span}={one.percent}" for span, one in zip(spans, factors, strict=True))

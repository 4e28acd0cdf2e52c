"""The numbers of fees: what each means, where it comes from, and which one holds for an office.

The values with their sources are data (`resources/fee_rules`): a national pack, packs of places
where local rules differ (law.md 1.2), and over them what the office itself entered. Each row says
whether somebody has compared it with the text of the law (已核实) or not (待核实).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from propdesk.domain.errors import RuleError
from propdesk.domain.texts import clean_line, elide, fold
from propdesk.i18n import LazyText, _, _lazy, ngettext


class RuleUnit(StrEnum):
    """What a value counts."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    PERCENT = "percent"
    BASIS_POINTS = "basis-points"
    TIMES = "times"
    MULTIPLE = "multiple"
    PERSONS = "persons"
    YUAN = "yuan"
    TIME = "time"
    WORD = "word"


RULE_UNIT_LABELS: Mapping[RuleUnit, LazyText] = {
    RuleUnit.DAYS: _lazy("days"),
    RuleUnit.MONTHS: _lazy("months"),
    RuleUnit.YEARS: _lazy("years"),
    RuleUnit.PERCENT: _lazy("percent"),
    RuleUnit.BASIS_POINTS: _lazy("percent"),
    RuleUnit.TIMES: _lazy("times"),
    RuleUnit.MULTIPLE: _lazy("-fold"),
    RuleUnit.PERSONS: _lazy("persons"),
    RuleUnit.YUAN: _lazy("yuan"),
    RuleUnit.TIME: _lazy("o'clock"),
    RuleUnit.WORD: _lazy("choice"),
}


class Rule(StrEnum):
    """A number or choice that fees go by."""

    PARTIAL_MONTH = "partial-month"
    LINE_MONTHS = "line-months"
    BILLED_MONTHS = "billed-months"
    PREPAY_MONTHS = "prepay-months"
    OUTLIER_PERCENT = "outlier-percent"
    COLLECTION_TARGET_PERCENT = "collection-target-percent"
    USAGE_DEVIATION_PERCENT = "usage-deviation-percent"
    USAGE_MEAN_READINGS = "usage-mean-readings"
    AREA_PRICE_MOST = "area-price-most"
    VACANCY = "vacancy"
    VACANCY_AFTER_MONTHS = "vacancy-after-months"
    VACANCY_PERCENT_MOST = "vacancy-percent-most"
    DEPOSIT = "deposit"
    DEPOSIT_MOST = "deposit-most"
    STAGE_0_DAYS = "stage-0-days"
    STAGE_1_DAYS = "stage-1-days"
    STAGE_2_DAYS = "stage-2-days"
    STAGE_3_DAYS = "stage-3-days"
    STAGE_4_DAYS = "stage-4-days"
    STAGE_5_DAYS = "stage-5-days"
    REMINDER_DAYS = "reminder-days"
    REASONABLE_DAYS = "reasonable-days"
    CONTACT_FROM = "contact-from"
    CONTACT_UNTIL = "contact-until"
    CONTACT_PER_DAY = "contact-per-day"
    CONTACT_PER_WEEK = "contact-per-week"
    VISIT_STAFF = "visit-staff"
    PRESSURE = "pressure"
    PUBLIC_LIST = "public-list"
    PUBLISH_DAYS = "publish-days"
    PUBLISH_FEES_MONTHS = "publish-fees-months"
    PUBLISH_INCOME_MONTHS = "publish-income-months"
    PUBLISH_FUND_MONTHS = "publish-fund-months"
    OBJECTION_DAYS = "objection-days"
    LIMITATION_YEARS = "limitation-years"
    LIMITATION_CAP_YEARS = "limitation-cap-years"
    LIMITATION_SUSPENDED_MONTHS = "limitation-suspended-months"
    LIMITATION_REFUSAL = "limitation-refusal"
    LIMITATION_RETURN = "limitation-return"
    LIMITATION_SOON_DAYS = "limitation-soon-days"
    LIMITATION_LATER_DAYS = "limitation-later-days"
    LATE_LPR_TIMES = "late-lpr-times"
    LATE_LPR = "late-lpr"
    LATE_EXCESS_PERCENT = "late-excess-percent"
    COURT_ANSWER_DAYS = "court-answer-days"
    COURT_ISSUE_DAYS = "court-issue-days"
    COURT_OBJECT_DAYS = "court-object-days"
    RECEIPT_YEARS = "receipt-years"
    BOOK_YEARS = "book-years"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a rule is about, what it counts, and the words that it may be."""

    label: LazyText
    unit: RuleUnit
    words: Mapping[str, LazyText] | None = None
    most: int = 10_000


_PARTIAL: Mapping[str, LazyText] = {
    "by-day": _lazy("By day"),
    "whole": _lazy("Whole months"),
    "half-month": _lazy("15-day rule"),
}
_VACANCY: Mapping[str, LazyText] = {
    "contract": _lazy("as the contract says"),
    "reduced": _lazy("must be reduced"),
    "none": _lazy("no ground to pay less"),
}
_DEPOSIT: Mapping[str, LazyText] = {
    "agreed": _lazy("where it was agreed"),
    "forbidden": _lazy("not allowed"),
}
_PRESSURE: Mapping[str, LazyText] = {
    "supply": _lazy("no cut of water, power, heat or gas"),
    "limits": _lazy("nor limited or timed supply, nor access of vehicles"),
    "entry": _lazy("nor entry, lift or parking"),
}
_WEIGHT: Mapping[str, LazyText] = {
    "weak": _lazy("moves nothing"),
    "counts": _lazy("counts as an interruption"),
}
_PUBLIC: Mapping[str, LazyText] = {
    "off": _lazy("not posted"),
    "named": _lazy("named as a means; still off unless the office turns it on"),
}

MEANINGS: Mapping[Rule, Meaning] = {
    Rule.PARTIAL_MONTH: Meaning(_lazy("Part of a month"), RuleUnit.WORD, _PARTIAL),
    Rule.LINE_MONTHS: Meaning(_lazy("Months of a line of a bill"), RuleUnit.MONTHS),
    Rule.BILLED_MONTHS: Meaning(_lazy("Months billed at once"), RuleUnit.MONTHS),
    Rule.PREPAY_MONTHS: Meaning(_lazy("Most months paid ahead"), RuleUnit.MONTHS),
    Rule.OUTLIER_PERCENT: Meaning(
        _lazy("A bill stands out when it differs from the last one by"), RuleUnit.PERCENT
    ),
    Rule.COLLECTION_TARGET_PERCENT: Meaning(
        _lazy("The collection rate that is aimed at"), RuleUnit.PERCENT
    ),
    Rule.USAGE_DEVIATION_PERCENT: Meaning(
        _lazy("A usage stands out when it differs from the usual by"), RuleUnit.PERCENT
    ),
    Rule.USAGE_MEAN_READINGS: Meaning(
        _lazy("The usual usage is the mean of the last readings, so many"), RuleUnit.TIMES, most=24
    ),
    Rule.AREA_PRICE_MOST: Meaning(
        _lazy("A price per m² and month is doubted above"), RuleUnit.YUAN
    ),
    Rule.VACANCY: Meaning(_lazy("Vacant houses"), RuleUnit.WORD, _VACANCY),
    Rule.VACANCY_AFTER_MONTHS: Meaning(_lazy("A house counts as vacant after"), RuleUnit.MONTHS),
    Rule.VACANCY_PERCENT_MOST: Meaning(_lazy("A vacant house pays at most"), RuleUnit.PERCENT),
    Rule.DEPOSIT: Meaning(_lazy("Deposit for decoration"), RuleUnit.WORD, _DEPOSIT),
    Rule.DEPOSIT_MOST: Meaning(
        _lazy("Largest deposit for decoration"), RuleUnit.YUAN, most=1_000_000
    ),
    Rule.STAGE_0_DAYS: Meaning(_lazy("Bill notice, after the due day"), RuleUnit.DAYS),
    Rule.STAGE_1_DAYS: Meaning(_lazy("Friendly reminder, after the due day"), RuleUnit.DAYS),
    Rule.STAGE_2_DAYS: Meaning(_lazy("Payment reminder, after the due day"), RuleUnit.DAYS),
    Rule.STAGE_3_DAYS: Meaning(_lazy("Visit, after the due day"), RuleUnit.DAYS),
    Rule.STAGE_4_DAYS: Meaning(_lazy("Formal demand, after the due day"), RuleUnit.DAYS),
    Rule.STAGE_5_DAYS: Meaning(_lazy("Lawyer's letter, after the due day"), RuleUnit.DAYS),
    Rule.REMINDER_DAYS: Meaning(
        _lazy("Days to pay of a reminder before the formal demand"), RuleUnit.DAYS
    ),
    Rule.REASONABLE_DAYS: Meaning(_lazy("Reasonable period of a demand"), RuleUnit.DAYS),
    Rule.CONTACT_FROM: Meaning(_lazy("Calls and messages not before"), RuleUnit.TIME),
    Rule.CONTACT_UNTIL: Meaning(_lazy("Calls and messages not after"), RuleUnit.TIME),
    Rule.CONTACT_PER_DAY: Meaning(_lazy("Calls and messages a day at most"), RuleUnit.TIMES),
    Rule.CONTACT_PER_WEEK: Meaning(_lazy("Calls and messages a week at most"), RuleUnit.TIMES),
    Rule.VISIT_STAFF: Meaning(_lazy("Staff at a visit about arrears, at least"), RuleUnit.PERSONS),
    Rule.PRESSURE: Meaning(_lazy("Pressure that is forbidden"), RuleUnit.WORD, _PRESSURE),
    Rule.PUBLIC_LIST: Meaning(_lazy("Public list of arrears"), RuleUnit.WORD, _PUBLIC),
    Rule.PUBLISH_DAYS: Meaning(_lazy("A publication is posted for"), RuleUnit.DAYS),
    Rule.PUBLISH_FEES_MONTHS: Meaning(
        _lazy("Items, standards and accounts are published every"), RuleUnit.MONTHS
    ),
    Rule.PUBLISH_INCOME_MONTHS: Meaning(
        _lazy("Income of common parts is published every"), RuleUnit.MONTHS
    ),
    Rule.PUBLISH_FUND_MONTHS: Meaning(
        _lazy("Use of the maintenance fund is published every"), RuleUnit.MONTHS
    ),
    Rule.OBJECTION_DAYS: Meaning(
        _lazy("An objection to what was published is answered within"), RuleUnit.DAYS
    ),
    Rule.LIMITATION_YEARS: Meaning(_lazy("Limitation period"), RuleUnit.YEARS),
    Rule.LIMITATION_CAP_YEARS: Meaning(_lazy("Limitation, in any case after"), RuleUnit.YEARS),
    Rule.LIMITATION_SUSPENDED_MONTHS: Meaning(
        _lazy("Limitation is suspended in its last"), RuleUnit.MONTHS
    ),
    Rule.LIMITATION_REFUSAL: Meaning(
        _lazy("Refused hand-over with photo and witness"), RuleUnit.WORD, _WEIGHT
    ),
    Rule.LIMITATION_RETURN: Meaning(
        _lazy("Letter to the agreed address that came back"), RuleUnit.WORD, _WEIGHT
    ),
    Rule.LIMITATION_SOON_DAYS: Meaning(_lazy("Limitation: urgent list"), RuleUnit.DAYS),
    Rule.LIMITATION_LATER_DAYS: Meaning(_lazy("Limitation: long list"), RuleUnit.DAYS),
    Rule.LATE_LPR_TIMES: Meaning(
        _lazy("Late-payment penalty: warning above so many times the LPR"), RuleUnit.MULTIPLE
    ),
    Rule.LATE_LPR: Meaning(
        _lazy("One-year LPR when the contract was made (0: not entered)"), RuleUnit.BASIS_POINTS
    ),
    Rule.LATE_EXCESS_PERCENT: Meaning(
        _lazy("Late-payment penalty: excessive above the loss by"), RuleUnit.PERCENT
    ),
    Rule.COURT_ANSWER_DAYS: Meaning(
        _lazy("Payment order: the court answers within"), RuleUnit.DAYS
    ),
    Rule.COURT_ISSUE_DAYS: Meaning(_lazy("Payment order: issued within"), RuleUnit.DAYS),
    Rule.COURT_OBJECT_DAYS: Meaning(
        _lazy("Payment order: paid or objected to within"), RuleUnit.DAYS
    ),
    Rule.RECEIPT_YEARS: Meaning(_lazy("Stubs of invoices are kept for"), RuleUnit.YEARS),
    Rule.BOOK_YEARS: Meaning(_lazy("Vouchers and books are kept for"), RuleUnit.YEARS),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A place with rules of its own; a city has its province's where it has none itself."""

    code: str
    name: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class FeeRule:
    """A row of the table: a value, who says so where, from when to when, and whether verified.

    `place` is a place's code, '' is the whole country. `id` is that of the office's own entry, 0
    of what comes with the program. `note` says for what the rule was made, `as_of` of when the
    text is that was read: it may have been amended since.
    """

    rule: Rule
    value: str
    source: str
    clause: str = ""
    place: str = ""
    from_on: date | None = None
    until_on: date | None = None
    is_verified: bool = False
    note: str = ""
    as_of: str = ""
    id: int = 0

    @property
    def number(self) -> int:
        """The value as a whole number."""
        return int(self.value)

    def holds(self, day: date) -> bool:
        """Tell whether the row is in force on a day."""
        return (self.from_on is None or self.from_on <= day) and (
            self.until_on is None or day <= self.until_on
        )


def held_rule(rows: Iterable[FeeRule], rule: Rule, places: Sequence[str], day: date) -> FeeRule:
    """Return the row that holds for an office on a day.

    `places` are the codes from the narrowest to the country (''). The office's own entry stands
    before the program's, then the narrower place, then the later day. Before the first row was in
    force that one stands in: a number is always there. Raises LookupError for an unknown place.
    """
    known = [row for row in rows if row.rule is rule and row.place in places]
    if not known:
        raise LookupError(rule)
    fitting = [row for row in known if row.holds(day)]
    return max(
        fitting or [min(known, key=lambda row: (row.from_on or date.min, row.place))],
        key=lambda row: (
            row.id > 0,
            -places.index(row.place),
            row.from_on or date.min,
            row.id,
        ),
    )


def lineage(place: str, known: Mapping[str, Place]) -> tuple[str, ...]:
    """Return a place's code, that of the place it lies in, and the country."""
    found = [place] if place in known else []
    while found and known[found[-1]].within:
        found.append(known[found[-1]].within)
    return (*found, "")


def place_in(typed: str, places: Iterable[Place]) -> Place | None:
    """Return the narrowest place that a text names by code or name (`山东省滨州市`), if any."""
    text = fold(clean_line(typed))
    named = [place for place in places if text == place.code or (text and place.name in text)]
    return max(named, key=lambda place: (bool(place.within), text.rfind(place.name)), default=None)


def find_place(typed: str, places: Iterable[Place]) -> Place | None:
    """Return the place that a text names by code or name; '' is the whole country (None)."""
    known = tuple(places)
    place = place_in(typed, known)
    if place is not None or not clean_line(typed):
        return place
    raise RuleError(
        "place-unknown",
        _("There is no rule pack for «{typed}»; there are: {places}.").format(
            typed=elide(typed, 40), places=", ".join(place.name for place in known)
        ),
    )


SOURCES: Mapping[str, LazyText] = {
    "practice": _lazy("trade practice"),
    "proposed": _lazy("proposed by the program"),
    "office": _lazy("entered by the office"),
}
"""Sources that are no text of a law."""


def source_words(row: FeeRule) -> str:
    """Return who says so and where: law and article, or what else."""
    return f"{SOURCES.get(row.source, row.source)}{row.clause}"


_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def read_rule_value(rule: Rule, typed: str) -> str:
    """Return a typed value as it is stored, or refuse what is none of its unit."""
    meaning = MEANINGS[rule]
    text = fold(clean_line(typed))
    if meaning.words is not None:
        if text in meaning.words:
            return text
        expected = ", ".join(meaning.words)
    elif meaning.unit is RuleUnit.TIME:
        match = _TIME.fullmatch(text)
        if match:
            return f"{int(match[1]):02d}:{match[2]}"
        expected = "08:00"
    elif meaning.unit is RuleUnit.BASIS_POINTS:
        if re.fullmatch(r"\d{1,2}(\.\d{1,2})?%?", text):
            return str(int(Decimal(text.removesuffix("%")) * 100))
        expected = "3.45"
    else:
        if re.fullmatch(r"\d{1,7}", text) and int(text) <= meaning.most:
            return str(int(text))
        expected = _("a whole number up to {most}").format(most=meaning.most)
    raise RuleError(
        "rule-value",
        _("«{typed}» does not fit «{rule}»; write {expected}.").format(
            typed=elide(typed, 40), rule=meaning.label, expected=expected
        ),
    )


def value_words(row: FeeRule) -> str:
    """Return a value as people say it, with its unit."""
    meaning = MEANINGS[row.rule]
    if meaning.words is not None:
        return str(meaning.words.get(row.value, row.value))
    if meaning.unit is RuleUnit.TIME:
        return row.value
    if meaning.unit is RuleUnit.BASIS_POINTS:
        return f"{row.number // 100}.{row.number % 100:02d} %"
    if meaning.unit is RuleUnit.PERCENT:
        return f"{row.value} %"
    return _counted(meaning.unit, row.number) or f"{row.value} {RULE_UNIT_LABELS[meaning.unit]}"


def _counted(unit: RuleUnit, count: int) -> str:
    """Return a span of time in words; empty for what is counted in another unit."""
    if unit is RuleUnit.DAYS:
        words = ngettext("{count} day", "{count} days", count)
    elif unit is RuleUnit.MONTHS:
        words = ngettext("{count} month", "{count} months", count)
    elif unit is RuleUnit.YEARS:
        words = ngettext("{count} year", "{count} years", count)
    else:
        words = ""
    return words.format(count=count)


def find_rule(typed: str) -> Rule:
    """Return the rule that a word names, or refuse with all of them."""
    try:
        return Rule(fold(typed.strip()))
    except ValueError as error:
        raise RuleError(
            "rule-unknown",
            _("There is no rule «{typed}»; there are: {codes}.").format(
                typed=elide(typed, 40), codes=", ".join(Rule)
            ),
        ) from error

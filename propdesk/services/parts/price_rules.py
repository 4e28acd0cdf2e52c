"""What the rule table says of prices and of vacant houses, for this office on a day."""

from datetime import date

from propdesk.domain.fee_rules import Rule, source_words
from propdesk.domain.tariff_drafts import PriceRules
from propdesk.domain.unit_fees import PlaceVacancy
from propdesk.services.parts.fee_rules import get_rule, rule_value

FULL = 100
"""Percent of what is paid in full."""


def price_rules(on: date) -> PriceRules:
    """Return the rules that a price is held against on its first day."""
    vacancy = get_rule(Rule.VACANCY, on)
    return PriceRules(
        area_price_most=rule_value(Rule.AREA_PRICE_MOST, on),
        vacancy=vacancy.value,
        vacancy_source=source_words(vacancy),
        vacancy_after_months=rule_value(Rule.VACANCY_AFTER_MONTHS, on),
        vacancy_percent_most=rule_value(Rule.VACANCY_PERCENT_MOST, on),
        late_lpr_times=rule_value(Rule.LATE_LPR_TIMES, on),
        late_lpr=rule_value(Rule.LATE_LPR, on),
        late_excess_percent=rule_value(Rule.LATE_EXCESS_PERCENT, on),
    )


def place_vacancy(on: date) -> PlaceVacancy | None:
    """Return what a vacant house pays where the place demands a reduction and says how much."""
    rules = price_rules(on)
    if rules.vacancy != "reduced" or rules.vacancy_percent_most >= FULL:
        return None
    return PlaceVacancy(rules.vacancy_percent_most, rules.vacancy_after_months)

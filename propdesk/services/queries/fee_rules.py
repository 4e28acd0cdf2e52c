"""The rule table of fees as it holds for this office, or whole."""

from collections.abc import Iterable
from datetime import date

from propdesk.domain.fee_rules import (
    FeeRule,
    Place,
    Rule,
    place_in,
    source_words,
    value_words,
)
from propdesk.i18n import _
from propdesk.services.parts.fee_rules import (
    get_rule,
    own_rules,
    shipped_places,
    shipped_rules,
)
from propdesk.services.parts.fee_settings import load_fee_settings


def list_rules(on: date) -> tuple[FeeRule, ...]:
    """Return the row of each rule that holds for this office on a day."""
    return tuple(get_rule(rule, on) for rule in Rule)


def list_all_rules() -> tuple[FeeRule, ...]:
    """Return every row of every place, the office's own behind the program's of each rule."""
    order = {rule: place for place, rule in enumerate(Rule)}
    found: Iterable[FeeRule] = (*shipped_rules(), *own_rules())
    return tuple(sorted(found, key=lambda row: (order[row.rule], row.id > 0, row.place)))


def list_places() -> tuple[Place, ...]:
    """Return the places with rules of their own."""
    return tuple(shipped_places().values())


def office_place() -> Place | None:
    """Return the place that the office chose, None where the national rules hold."""
    return place_in(load_fee_settings().place, shipped_places().values())


def vacancy_words(on: date) -> str:
    """Return in a sentence what the office's place says of vacant houses (law.md 1.2)."""
    rule = get_rule(Rule.VACANCY, on)
    words = _("Here: {rule} ({source}).")
    said = words.format(rule=value_words(rule), source=source_words(rule))
    if rule.value != "reduced":
        return said
    most, after = get_rule(Rule.VACANCY_PERCENT_MOST, on), get_rule(Rule.VACANCY_AFTER_MONTHS, on)
    words = _("At most {most} are paid, after {months}.")
    return f"{said} {words.format(most=value_words(most), months=value_words(after))}"

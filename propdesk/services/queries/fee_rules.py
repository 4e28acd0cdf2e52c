"""The rule table of fees as it holds for this office, or whole."""

from collections.abc import Iterable
from datetime import date

from propdesk.domain.fee_rules import (
    MEANINGS,
    FeeRule,
    Place,
    Rule,
    lineage,
    place_in,
    source_words,
    value_words,
)
from propdesk.i18n import _, ngettext, run_on
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


def place_words(code: str) -> str:
    """Return how many rules a place has of its own, and which nobody has verified (law.md 1.2)."""
    places = lineage(code, shipped_places())
    held = {row.rule: row for place in reversed(places) if place for row in shipped_rules()
            if row.place == place}  # fmt: skip
    if not held:
        return _("No rules of its own: those of the whole country hold.")
    words = ngettext("{count} rule of its own.", "{count} rules of its own.", len(held))
    said = [words.format(count=len(held))]
    open_ = [str(MEANINGS[row.rule].label) for row in held.values() if not row.is_verified]
    if open_:
        said.append(_("To be verified: {rules}.").format(rules=_(", ").join(open_)))
    return run_on(*said)


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

"""The rule table of fees as it holds for this office, or whole."""

from collections.abc import Iterable
from datetime import date

from propdesk.domain.fee_rules import FeeRule, Place, Rule, place_in
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

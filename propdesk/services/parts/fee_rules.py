"""The numbers of fees that hold for this office: its own over its place's over the country's."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from propdesk import paths
from propdesk.domain.fee_rules import FeeRule, Place, Rule, held_rule, lineage, place_in
from propdesk.services.parts.fee_settings import load_fee_settings
from propdesk.storage.database import rows


@cache
def rules_version() -> str:
    """Return which edition of the program's table this is; papers name it."""
    return str(_shipped()["version"])


@cache
def shipped_places() -> Mapping[str, Place]:
    """Return the places with rules of their own, by their codes."""
    found = (Place(one["code"], one["name"], one.get("within", "")) for one in _shipped()["places"])
    return {place.code: place for place in found}


@cache
def shipped_rules() -> tuple[FeeRule, ...]:
    """Return the rows that come with the program."""
    return tuple(
        FeeRule(
            rule=Rule(one["rule"]),
            value=one["value"],
            source=one["source"],
            clause=one["clause"],
            place=one.get("place", ""),
            from_on=date.fromisoformat(one["from"]) if "from" in one else None,
            is_verified=one["verified"],
            note=one.get("note", ""),
            as_of=one.get("as_of", ""),
        )
        for one in _shipped()["rules"]
    )


def own_rules() -> tuple[FeeRule, ...]:
    """Return what the office entered itself and did not take back."""
    known = set(Rule)
    found = rows(
        "SELECT id, code, value, place, source, from_on, is_verified FROM fee_rule "
        "WHERE voided_at IS NULL ORDER BY id"
    )
    return tuple(
        FeeRule(
            rule=Rule(code),
            value=value,
            source=source,
            place=place,
            from_on=date.fromisoformat(from_on),
            is_verified=bool(is_verified),
            id=id_,
        )
        for id_, code, value, place, source, from_on, is_verified in found
        if code in known
    )


def office_places() -> tuple[str, ...]:
    """Return the codes whose rules hold here, the narrowest first and the country ('') last."""
    places = shipped_places()
    place = place_in(load_fee_settings().place, places.values())
    return lineage(place.code if place else "", places)


def get_rule(rule: Rule | str, on: date) -> FeeRule:
    """Return the row that holds for this office on a day."""
    return held_rule((*own_rules(), *shipped_rules()), Rule(rule), office_places(), on)


def rule_value(rule: Rule | str, on: date) -> int:
    """Return the number that holds for this office on a day: days, months, percent, times."""
    return get_rule(rule, on).number


def rule_word(rule: Rule | str, on: date) -> str:
    """Return the choice or time of day that holds for this office on a day."""
    return get_rule(rule, on).value


@cache
def _shipped() -> Mapping[str, Any]:
    file = paths.resources() / "fee_rules" / "rules.json"
    read: Mapping[str, Any] = json.loads(file.read_text("utf-8"))
    return read

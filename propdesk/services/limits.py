"""Change how long each thing may take (R02-R08), and see beforehand what that moves."""

from collections.abc import Sequence
from dataclasses import replace

from propdesk.domain.clock_rules import ClockRule, Unit, check_rules
from propdesk.domain.clock_table import DEFAULT_RULES
from propdesk.domain.staff import Right
from propdesk.services.parts.actors import actor
from propdesk.services.parts.due_times import count_moved, refresh_all
from propdesk.services.parts.limits import load_rules
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.writing import writing
from propdesk.storage.clocks import ClockRuleRecord, rule_columns


def save_rules(rules: Sequence[ClockRule], *, by: int) -> tuple[ClockRule, ...]:
    """Store the office's limits and return them; what is as the program has it is not stored.

    A default that is left out becomes «no limit»; a promise is always held to. The due times of
    all open tickets are reckoned anew in the same transaction.
    """
    with writing():
        actor(by, Right.MANAGE_OFFICE)
        ClockRuleRecord.delete().execute()
        for rule in _whole(rules):
            if rule not in DEFAULT_RULES:
                ClockRuleRecord.create(**rule_columns(rule))
        refresh_all()
        return load_rules()


def preview_rules(rules: Sequence[ClockRule]) -> int:
    """Return how many open tickets would be due at another time; nothing is stored."""
    return count_moved(_whole(rules), None)


def _whole(rules: Sequence[ClockRule]) -> tuple[ClockRule, ...]:
    """Return a sound table in which what was left out of the program's stands as «no limit»."""
    refuse(check_rules(rules))
    places = {rule.place for rule in rules}
    dropped = (
        replace(rule, target=0)
        for rule in DEFAULT_RULES
        if rule.place not in places and rule.unit is not Unit.PROMISED
    )
    return (*rules, *dropped)

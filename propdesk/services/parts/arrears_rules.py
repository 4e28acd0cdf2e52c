"""The office's numbers by which arrears are judged, read once for a whole question."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from propdesk.domain.dunning import Stage
from propdesk.domain.fee_rules import Rule, held_rule
from propdesk.domain.limitation import LimitationRules
from propdesk.services.parts.fee_rules import office_places, own_rules, shipped_rules

_COUNTS = "counts"
_STAGES: Mapping[Stage, Rule] = {
    Stage.NOTICE: Rule.STAGE_0_DAYS,
    Stage.REMINDER: Rule.STAGE_1_DAYS,
    Stage.SLIP: Rule.STAGE_2_DAYS,
    Stage.VISIT: Rule.STAGE_3_DAYS,
    Stage.LETTER: Rule.STAGE_4_DAYS,
    Stage.LAWYER: Rule.STAGE_5_DAYS,
}


@dataclass(frozen=True, slots=True)
class ArrearsRules:
    """When a claim runs out, when a stage may begin, how many days before the end to warn."""

    limitation: LimitationRules
    stage_days: Mapping[Stage, int]
    soon_days: int
    later_days: int


def load_arrears_rules(today: date) -> ArrearsRules:
    """Return the numbers that hold for this office on a day."""
    table, places = (*own_rules(), *shipped_rules()), office_places()

    def word(rule: Rule) -> str:
        return held_rule(table, rule, places, today).value

    return ArrearsRules(
        LimitationRules(
            years=int(word(Rule.LIMITATION_YEARS)),
            longest_years=int(word(Rule.LIMITATION_CAP_YEARS)),
            suspended_months=int(word(Rule.LIMITATION_SUSPENDED_MONTHS)),
            refusal_counts=word(Rule.LIMITATION_REFUSAL) == _COUNTS,
            return_counts=word(Rule.LIMITATION_RETURN) == _COUNTS,
        ),
        {stage: int(word(rule)) for stage, rule in _STAGES.items()},
        int(word(Rule.LIMITATION_SOON_DAYS)),
        int(word(Rule.LIMITATION_LATER_DAYS)),
    )

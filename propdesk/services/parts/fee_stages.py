"""The stages of urging with the numbers that hold for this office (law.md 1.6, decision 38)."""

from datetime import date

from propdesk.domain.demand_stages import FORMAL, StageRule
from propdesk.domain.dunning import Stage
from propdesk.domain.fee_rules import Rule
from propdesk.services.parts.fee_rules import rule_value


def load_stage(stage: Stage, on: date) -> StageRule:
    """Return a stage's days and period as they hold on a day; the court has the lawyer's days."""
    days = rule_value(f"stage-{min(stage, Stage.LAWYER)}-days", on)
    grants = Rule.REASONABLE_DAYS if stage in FORMAL else Rule.REMINDER_DAYS
    return StageRule(stage, days, rule_value(grants, on))

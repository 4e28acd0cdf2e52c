"""The stages of urging: after how many days each comes, and which house is ripe for which.

Days and periods are rows of the rule table (law.md 1.6, decision 38). The reasonable period of
Civil Code 944 has no number in the law; it holds for what is meant as a formal demand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from propdesk.domain.dunning import Stage

WITH_LETTER = frozenset(Stage) - {Stage.COURT}
"""Stages that have a paper of their own; for the court there is the evidence pack."""

FORMAL = frozenset({Stage.LETTER, Stage.LAWYER, Stage.COURT})

# One of these was sent before; a visit may be left out.
_FOLLOWS: Mapping[Stage, frozenset[Stage]] = {
    Stage.NOTICE: frozenset(),
    Stage.REMINDER: frozenset(),
    Stage.SLIP: frozenset({Stage.REMINDER}),
    Stage.VISIT: frozenset({Stage.REMINDER, Stage.SLIP}),
    Stage.LETTER: frozenset({Stage.SLIP, Stage.VISIT}),
    Stage.LAWYER: frozenset({Stage.LETTER}),
    Stage.COURT: frozenset({Stage.LETTER, Stage.LAWYER}),
}


@dataclass(frozen=True, slots=True)
class StageRule:
    """When a stage comes, and what it grants.

    `after_days` count from the day of payment of the oldest open bill, `pay_days` from the letter's
    day.
    """

    stage: Stage
    after_days: int
    pay_days: int

    @property
    def follows(self) -> frozenset[Stage]:
        """The stages of which one must have been sent before."""
        return _FOLLOWS[self.stage]

    @property
    def least_days(self) -> int:
        """How many days a letter must grant: a notice goes by the bills' own days of payment."""
        return 0 if self.stage is Stage.NOTICE else self.pay_days

    @property
    def needs_approval(self) -> bool:
        """Whether somebody reads and approves the letter before it is printed."""
        return self.stage in FORMAL


# What the office turns to next; a visit may be left out, the court is the last.
_NEXT: Mapping[Stage | None, Stage] = {
    None: Stage.REMINDER,
    Stage.NOTICE: Stage.REMINDER,
    Stage.REMINDER: Stage.SLIP,
    Stage.SLIP: Stage.LETTER,
    Stage.VISIT: Stage.LETTER,
    Stage.LETTER: Stage.LAWYER,
    Stage.LAWYER: Stage.COURT,
}


def stage_after(reached: Stage | None) -> Stage | None:
    """Return the stage that comes after the one that a house has reached, None after the last."""
    return _NEXT.get(reached)


def days_later(day: date, days: int) -> date:
    """Return the day so many days later, earlier where `days` is negative."""
    return date.fromordinal(day.toordinal() + days)


def pay_by(rule: StageRule, dated_on: date) -> date:
    """Return the last day of the period that a letter grants; its own day does not count (201)."""
    return days_later(dated_on, rule.pay_days)


def is_ripe(rule: StageRule, oldest_due_on: date, sent: frozenset[Stage], today: date) -> bool:
    """Tell whether a house has come so far: late enough, and a stage before this one was sent.

    `sent` are the stages that reached the house about what is still open. Bill notices come before
    the day of payment, too.
    """
    late = rule.stage is Stage.NOTICE or oldest_due_on <= days_later(today, -rule.after_days)
    return late and (not rule.follows or bool(rule.follows & sent))

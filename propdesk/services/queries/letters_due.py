"""Which letters are due: every stage with its houses, and the next one of a single house."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from propdesk.domain.demand_stages import WITH_LETTER, days_later
from propdesk.domain.dunning import LetterState, Stage
from propdesk.domain.errors import RuleError
from propdesk.i18n import _
from propdesk.services.parts.fee_stages import load_stage
from propdesk.services.queries.fee_letters import (
    FeeLetter,
    RipeHouse,
    changed_since,
    list_fee_letters,
    list_ripe,
    reached_stages,
)

WAITING = (LetterState.DRAFT, LetterState.APPROVED, LetterState.PRINTED)
"""Letters that exist and have not gone out."""


@dataclass(frozen=True, slots=True)
class StageDue:
    """A stage and its ripe houses, those that are left alone for now counted apart."""

    stage: Stage
    after_days: int
    houses: int
    total_fen: int
    held: int


@dataclass(frozen=True, slots=True)
class NextLetter:
    """The letter that a house gets next.

    `ripe_on` is the day from which its stage is due, None where nothing is overdue; `house` says
    what is open and why it is left alone; `waiting` is a letter that exists and did not go out.
    """

    stage: Stage
    is_ripe: bool
    ripe_on: date | None
    house: RipeHouse
    waiting: FeeLetter | None


def list_stages_due(
    today: date,
    *,
    building_id: int | None = None,
    unit_ids: Collection[int] | None = None,
    again: bool = False,
) -> tuple[StageDue, ...]:
    """Return all stages, 0 to 6, with how many houses are ripe for each and what they owe.

    `again` counts chosen houses, ripe or not.
    """
    return tuple(
        _stage_due(stage, today, list_ripe(stage, today, building_id=building_id,
                                           unit_ids=unit_ids, again=again))
        for stage in Stage
    )  # fmt: skip


def _stage_due(stage: Stage, today: date, ripe: Sequence[RipeHouse]) -> StageDue:
    free = [house for house in ripe if not house.held]
    return StageDue(
        stage,
        load_stage(stage, today).after_days,
        len(free),
        sum(house.open_fen for house in free),
        len(ripe) - len(free),
    )


def next_letter(unit_id: int, today: date) -> NextLetter:
    """Return which letter a house gets next: the furthest stage that it is ripe for.

    Where none is ripe it is the stage behind the last one that reached the house; a formal demand
    is repeated rather than handed to the lawyer unasked. A house that is not in arrears gets the
    notice of its bills. Refuses one that owes nothing.
    """
    is_overdue = bool(list_ripe(Stage.REMINDER, today, unit_ids=[unit_id], again=True))
    asked = sorted(WITH_LETTER - {Stage.NOTICE}) if is_overdue else [Stage.NOTICE]
    found = {stage: list_ripe(stage, today, unit_ids=[unit_id]) for stage in asked}
    ripe = [stage for stage, houses in found.items() if houses]
    last = max(reached_stages(unit_id), default=Stage.NOTICE)
    behind = Stage(min(last + 1, Stage.LETTER)) if is_overdue else Stage.NOTICE
    stage = max(ripe, default=behind)
    houses = found[stage] or list_ripe(stage, today, unit_ids=[unit_id], again=True)
    if not houses:
        raise RuleError(
            "letter-nothing-owed", _("Nothing is open for this house; there is nothing to write.")
        )
    days = load_stage(stage, today).after_days
    waiting = [letter for state in WAITING
               for letter in list_fee_letters(unit_id=unit_id, state=state, limit=1)]  # fmt: skip
    return NextLetter(
        stage,
        stage in ripe,
        days_later(houses[0].oldest_due_on, days) if stage is not Stage.NOTICE else None,
        houses[0],
        max(waiting, key=lambda letter: letter.id, default=None),
    )


def is_stale(letter: FeeLetter, today: date) -> bool:
    """Tell whether a letter no longer says what is open, or grants too few days by now.

    A printed one stays what it is; it is corrected by a new one.
    """
    if letter.id in changed_since([letter.id]):
        return True
    if letter.printed_at is not None or letter.pay_by is None:
        return False
    rule = load_stage(letter.stage, letter.dated_on)
    return letter.pay_by < days_later(today, rule.least_days)

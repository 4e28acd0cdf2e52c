"""Promises to pay and instalment plans (forms.md 5.2): parts with days, and whether they are kept.

A promise is a plan of one part. Whether a part is met is never stored: it follows from what was
settled of the plan's bills since, the first part first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate, pairwise

from propdesk.domain.dunning import PromiseWay, Relation
from propdesk.domain.errors import Problem
from propdesk.domain.fee_periods import add_months
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.money import money_words
from propdesk.i18n import LazyText, _, _lazy

SERIES = "payment-plan"
MOST_PARTS = 60
_LETTERS = "FQ"


class PlanKind(StrEnum):
    """A promise of one sum, or a plan of several parts."""

    PROMISE = "promise"
    PLAN = "plan"


class Outcome(StrEnum):
    """How a plan ended."""

    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"


class PlanState(StrEnum):
    """Where a plan stands on a day."""

    RUNNING = "running"
    DUE = "due"
    BROKEN = "broken"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"


PLAN_LABELS: Mapping[PlanKind, LazyText] = {
    PlanKind.PROMISE: _lazy("Promise to pay"),
    PlanKind.PLAN: _lazy("Instalment plan"),
}


OUTCOME_LABELS: Mapping[Outcome, LazyText] = {
    Outcome.KEPT: _lazy("Promise kept"),
    Outcome.BROKEN: _lazy("Broken"),
    Outcome.WITHDRAWN: _lazy("Withdrawn"),
    Outcome.VOIDED: _lazy("Void"),
}


PLAN_STATE_LABELS: Mapping[PlanState, LazyText] = {
    PlanState.RUNNING: _lazy("Still to come"),
    PlanState.DUE: _lazy("Due today"),
    PlanState.BROKEN: _lazy("Broken"),
    PlanState.KEPT: _lazy("Promise kept"),
    PlanState.WITHDRAWN: _lazy("Withdrawn"),
    PlanState.VOIDED: _lazy("Void"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a plan: until when how much is to be paid, in fen."""

    due_on: date
    amount_fen: int


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A promise or a plan as it is written down; `total_fen` is what was agreed in all.

    `promised_by` is the name of who promised, `relation` what he is to the debt.
    """

    parts: tuple[Part, ...]
    total_fen: int
    promised_by: str = ""
    relation: Relation = Relation.SELF
    way: PromiseWay = PromiseWay.SPOKEN
    promised_on: date | None = None
    note: str = ""

    @property
    def kind(self) -> PlanKind:
        """A plan has several parts."""
        return PlanKind.PLAN if len(self.parts) > 1 else PlanKind.PROMISE


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a plan stands: its state, the first part that is not met, what of it is missing.

    `position` counts from 1 and is None once all parts are met.
    """

    state: PlanState
    paid_fen: int
    position: int | None
    due_on: date | None
    missing_fen: int


def plan_number(year: int, sequence: int) -> str:
    """Return the number of a plan: `FQ-2026-0007`."""
    return f"{_LETTERS}-{year:04d}-{sequence:04d}"


def standing_of(
    parts: Sequence[Part], paid_fen: int, today: date, outcome: Outcome | None = None
) -> Standing:
    """Return where a plan stands when so much was settled since it was made.

    A part is broken from the day after its own; what is paid late mends it.
    """
    met = list(accumulate(part.amount_fen for part in parts))
    for position, (part, until) in enumerate(zip(parts, met, strict=True), start=1):
        if paid_fen >= until:
            continue
        missing = until - paid_fen
        if outcome is not None:
            state = PlanState(outcome.value)
        elif part.due_on < today:
            state = PlanState.BROKEN
        else:
            state = PlanState.DUE if part.due_on == today else PlanState.RUNNING
        return Standing(state, paid_fen, position, part.due_on, missing)
    state = PlanState.KEPT if outcome is None else PlanState(outcome.value)
    return Standing(state, paid_fen, None, None, 0)


def part_days(first: date, count: int) -> tuple[date, ...]:
    """Return a day in each of so many months; the last of a month that has not so many days."""
    return tuple(add_months(first, month) for month in range(count))


def equal_parts(total_fen: int, days: Sequence[date]) -> tuple[Part, ...]:
    """Return a total in equal whole parts on these days; what cannot be shared is in the last."""
    each, rest = divmod(total_fen, len(days))
    last = len(days) - 1
    return tuple(Part(day, each + (rest if n == last else 0)) for n, day in enumerate(days))


def check_plan(draft: PlanDraft, open_fen: int, today: date) -> Problems:
    """Return what is not right yet: the parts make the total to the fen, their days ascend.

    `open_fen` is what is open of the bills that the plan is about.
    """
    found = [
        *_check_days(draft, today),
        *check_line("promised_by", draft.promised_by),
        *check_text("note", draft.note),
    ]
    if not 1 <= len(draft.parts) <= MOST_PARTS:
        found.append(Problem("parts", _("A plan has 1 to {most} parts.").format(most=MOST_PARTS)))
    if any(part.amount_fen <= 0 for part in draft.parts):
        found.append(Problem("parts", _("Each part is an amount above zero.")))
    total = sum(part.amount_fen for part in draft.parts)
    if total != draft.total_fen:
        found.append(
            Problem(
                "parts",
                _("The parts add up to {parts} yuan, agreed are {total}: change a part.").format(
                    parts=money_words(total), total=money_words(draft.total_fen)
                ),
            )
        )
    if draft.total_fen > open_fen:
        found.append(
            Problem(
                "total_fen",
                _("Only {open} yuan are open of these bills: agree on that at most.").format(
                    open=money_words(open_fen)
                ),
            )
        )
    return tuple(found)


def _check_days(draft: PlanDraft, today: date) -> list[Problem]:
    found = []
    promised_on = draft.promised_on or today
    if promised_on > today:
        found.append(Problem("promised_on", _("A promise is of today or before.")))
    if any(late.due_on <= early.due_on for early, late in pairwise(draft.parts)):
        found.append(Problem("parts", _("Each part is due after the one before it.")))
    if draft.parts and draft.parts[0].due_on < promised_on:
        found.append(
            Problem("parts", _("The first part is due on the day of the promise or later."))
        )
    return found

"""What the fees page says of a house in arrears: stage, days left, why it is held."""

from collections.abc import Mapping
from datetime import date

from propdesk.domain.dunning import STAGE_LABELS, Stage
from propdesk.domain.payment_plans import PlanState
from propdesk.i18n import LazyText, _, _lazy
from propdesk.services.queries.arrears import ArrearsRow
from ui.tables.columns import Mark
from ui.theme import Tone

ALARM_DAYS = 30
NEAR_DAYS = 90
LAST_DAYS = 180

_STAGE_TONES = {
    Stage.NOTICE: Tone.NEUTRAL,
    Stage.REMINDER: Tone.INFO,
    Stage.SLIP: Tone.INFO,
    Stage.VISIT: Tone.WARN,
    Stage.LETTER: Tone.WARN,
    Stage.LAWYER: Tone.DANGER,
    Stage.COURT: Tone.DANGER,
}


# In a list there is no room for a stage's whole name; the account says it.
_SHORT_STAGES = {
    Stage.NOTICE: _lazy("Bill sent"),
    Stage.REMINDER: _lazy("Reminded"),
    Stage.SLIP: _lazy("Slip given"),
    Stage.VISIT: _lazy("Visited"),
    Stage.LETTER: _lazy("Demanded"),
    Stage.LAWYER: _lazy("Lawyer wrote"),
    Stage.COURT: _lazy("To court"),
}


def short_stage_mark(row: ArrearsRow) -> Mark:
    """Return how far the urging of a house went in the words of the list."""
    return stage_mark(row, _SHORT_STAGES)


def stage_mark(row: ArrearsRow, labels: Mapping[Stage, LazyText] = STAGE_LABELS) -> Mark:
    """Return how far the urging of a house went; a promise that runs goes before the stage."""
    plan = row.plan
    if plan is not None and plan.standing.due_on is not None:
        if plan.standing.state is PlanState.BROKEN:
            return Mark(_("Broke {day}").format(day=f"{plan.standing.due_on:%m-%d}"), Tone.DANGER)
        if len(plan.parts) > 1:
            words = _("Part {position}/{parts}").format(
                position=plan.standing.position, parts=len(plan.parts)
            )
        else:
            words = _("Promise {day}").format(day=f"{plan.standing.due_on:%m-%d}")
        return Mark(words, Tone.OK)
    if row.stage is None:
        return Mark(_("Not urged"), Tone.NEUTRAL)
    words = str(labels[row.stage])
    if row.times > 1:
        words = _("{stage} {times}").format(stage=words, times=row.times)
    return Mark(words, _STAGE_TONES[row.stage])


def left_mark(row: ArrearsRow) -> Mark | None:
    """Return how many days are left to enforce the first bill; nothing while it is far."""
    if row.days_left is not None and row.days_left <= LAST_DAYS:
        tone = left_tone(row.days_left)
        return Mark(_("{days} d").format(days=row.days_left), tone)
    if row.limitation.expired_fen:
        return Mark(_("Expired"), Tone.NEUTRAL)
    return None


def left_tone(days: int) -> Tone | None:
    """Return how urgent so many days are."""
    if days <= ALARM_DAYS:
        return Tone.DANGER
    return Tone.WARN if days <= NEAR_DAYS else None


def held_words(row: ArrearsRow) -> str:
    """Return why a house is not urged now; nothing where it may be."""
    if row.held_by:
        return _("Complaint {number} is open: letters wait").format(
            number=_(", ").join(row.held_by)
        )
    if row.held_until is not None:
        words = _("Held until {day}").format(day=row.held_until)
        return f"{words}  {row.held_reason}".strip()
    return ""


def month_words(day: date) -> str:
    """Return the month of a bill: `2023-12`."""
    return f"{day:%Y-%m}"


def period_words(from_on: date, until_on: date) -> str:
    """Return first and last day of what is charged for."""
    return _("{start} to {end}").format(start=from_on, end=until_on)

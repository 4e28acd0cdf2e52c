"""How findings and notices to rectify are said in lists."""

from collections.abc import Mapping
from datetime import date

from propdesk.domain.findings import (
    FINDING_LABELS,
    RECHECK_LABELS,
    Finding,
    FindingState,
    Recheck,
    Rectification,
)
from propdesk.i18n import _
from ui.tables.columns import Mark
from ui.theme import Tone

_TONES: Mapping[FindingState, Tone] = {
    FindingState.OPEN: Tone.DANGER,
    FindingState.FIXED_ON_SITE: Tone.OK,
    FindingState.TICKET: Tone.INFO,
    FindingState.RECTIFICATION: Tone.INFO,
    FindingState.RECTIFIED: Tone.OK,
    FindingState.DROPPED: Tone.NEUTRAL,
}


def place_words(one: Finding) -> str:
    """Return where something was found: the point with its building, or the house."""
    return " ".join(filter(None, (one.point, one.where)))


def state_mark(one: Finding) -> Mark:
    """Return how a finding stands."""
    return Mark(str(FINDING_LABELS[one.standing]), _TONES[one.standing])


def times_mark(one: Finding) -> Mark | None:
    """Return how often the same was found in the span; loud where it needs improvement."""
    if one.times < 2:
        return None
    words = _("{count} times").format(count=one.times)
    return Mark(words, Tone.WARN if one.needs_improvement else None)


def care_words(one: Finding) -> str:
    """Return the number of what takes care of a finding: its ticket or its notice."""
    return one.ticket or one.rectification


def notice_mark(one: Rectification, today: date) -> Mark:
    """Return how a notice stands on a day."""
    if one.voided_at is not None:
        return Mark(_("taken back"), Tone.NEUTRAL)
    if one.is_overdue(today):
        days = (today - one.draft.deadline_on).days
        return Mark(_("{count} days late").format(count=days), Tone.DANGER)
    if one.recheck is not Recheck.NONE:
        tone = Tone.OK if one.recheck is Recheck.RECTIFIED else Tone.WARN
        return Mark(str(RECHECK_LABELS[one.recheck]), tone)
    if one.received_on is None:
        return Mark(_("Not handed over yet"), Tone.WARN)
    return (
        Mark(_("Did not take it"), Tone.WARN)
        if one.refused
        else Mark(_("Being put right"), Tone.INFO)
    )

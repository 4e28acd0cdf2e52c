"""How decorations are said in lists: stage, what is due, what a patrol found."""

from propdesk.domain.decorations import (
    FINDING_LABELS,
    PATROL_LABELS,
    STAGE_LABELS,
    Patrol,
    Stage,
)
from propdesk.i18n import _
from propdesk.services.queries.decorations import DecorationRow
from ui.tables.columns import Mark
from ui.theme import Tone

_TONES = {
    Stage.APPLIED: Tone.WARN,
    Stage.PERMITTED: Tone.INFO,
    Stage.UNDER_WAY: Tone.INFO,
    Stage.OVERDUE: Tone.DANGER,
    Stage.ACCEPTED: Tone.OK,
    Stage.CANCELLED: Tone.INFO,
}


def stage_mark(row: DecorationRow) -> Mark:
    """Return where a decoration stands."""
    return Mark(str(STAGE_LABELS[row.stage]), _TONES[row.stage])


def days_words(row: DecorationRow) -> str:
    """Return from when until when the works go on."""
    first, last = row.decoration.from_on, row.decoration.until_on
    if first is None or last is None:
        return ""
    return _("{first} to {last}").format(first=first, last=last)


def due_mark(row: DecorationRow) -> Mark | None:
    """Return what is due next about a decoration, the most urgent first."""
    if row.is_rectifying_late:
        return Mark(_("not put right since {day}").format(day=row.rectify_by), Tone.DANGER)
    if row.patrol_due_on is not None:
        words = _("look by {day}").format(day=row.patrol_due_on)
        return Mark(words, Tone.WARN if row.is_patrol_due else None)
    if row.deposit_due_on is not None:
        words = _("deposit back by {day}").format(day=row.deposit_due_on)
        return Mark(words, Tone.WARN if row.is_deposit_late else None)
    return None


def findings_mark(row: DecorationRow) -> Mark | None:
    """Return how many findings are open."""
    if not row.findings:
        return None
    return Mark(_("findings open: {count}").format(count=row.findings), Tone.WARN)


def found_words(patrol: Patrol) -> str:
    """Return what a look met with and found, in one line."""
    if patrol.kind is None:
        return str(PATROL_LABELS[patrol.result])
    kind = str(FINDING_LABELS[patrol.kind])
    return _("{kind}: {text}").format(kind=kind, text=" ".join(patrol.finding.split()))


def rectified_mark(patrol: Patrol) -> Mark | None:
    """Return whether a finding is put right."""
    if patrol.kind is None:
        return None
    if patrol.rectified_on is not None:
        return Mark(_("put right {day}").format(day=patrol.rectified_on), Tone.OK)
    if patrol.due_on is not None:
        return Mark(_("by {day}").format(day=patrol.due_on), Tone.WARN)
    return Mark(_("open"), Tone.WARN)

"""How a house's state looks wherever it stands: a word and a tone, never a tone alone."""

from collections.abc import Mapping

from propdesk.domain.unit_changes import UNIT_FIELD_LABELS, Span, UnitField, value_words
from propdesk.domain.units import UnitKind, UnitState, state_label
from propdesk.i18n import _
from ui.tables.columns import Mark
from ui.theme import Tone

STATE_TONES: Mapping[UnitState, Tone] = {
    UnitState.UNSOLD: Tone.NEUTRAL,
    UnitState.UNDELIVERED: Tone.NEUTRAL,
    UnitState.DECORATING: Tone.WARN,
    UnitState.OWNER_OCCUPIED: Tone.OK,
    UnitState.LET: Tone.INFO,
    UnitState.VACANT: Tone.NEUTRAL,
}


def state_mark(state: UnitState | None, kind: UnitKind) -> Mark | None:
    """Return a state as lists show it, nothing where none is known."""
    return None if state is None else Mark(state_label(state, kind), STATE_TONES[state])


def days_words(span: Span) -> str:
    """Return from when to when a value holds."""
    first, last = span.line.from_on, span.until
    if first and last:
        return _("{first} to {last}").format(first=first, last=last)
    if last:
        return _("until {day}").format(day=last)
    return _("from {day}").format(day=first) if first else _("as long as is known")


def span_words(span: Span, kind: UnitKind) -> str:
    """Return a value with its days: `Let, from 2027-01-01`; what is no state is named."""
    line = span.line
    words = _("{value}, {days}").format(
        value=value_words(line.field, line.value, kind) or _("Not known"), days=days_words(span)
    )
    if line.field is UnitField.STATE:
        return words
    return _("{what} {words}").format(what=UNIT_FIELD_LABELS[line.field], words=words)

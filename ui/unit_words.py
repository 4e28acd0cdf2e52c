"""How a house's state looks wherever it stands: a word and a tone, never a tone alone."""

from collections.abc import Mapping

from propdesk.domain.units import UNIT_STATE_LABELS, UnitState
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


def state_mark(state: UnitState | None) -> Mark | None:
    """Return a state as lists show it, nothing where none is known."""
    return None if state is None else Mark(str(UNIT_STATE_LABELS[state]), STATE_TONES[state])

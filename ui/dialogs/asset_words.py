"""How things, companies and their days are shown: a mark in colour and word."""

from propdesk.domain.assets import ASSET_KIND_LABELS, ASSET_STATE_LABELS, AssetKind, AssetState
from propdesk.domain.statutory_dates import StatutoryDate, left_words
from propdesk.i18n import _
from ui.tables.columns import Mark
from ui.theme import Tone
from ui.widgets.choices import Choice

ALL = ""
_STATE_TONES = {
    AssetState.IN_USE: Tone.OK,
    AssetState.STOPPED: Tone.WARN,
    AssetState.SCRAPPED: Tone.NEUTRAL,
}


def state_mark(state: AssetState) -> Mark:
    """Return the state of a thing as a dot and a word."""
    return Mark(str(ASSET_STATE_LABELS[state]), _STATE_TONES[state])


def date_mark(one: StatutoryDate | None, nearest: int) -> Mark | None:
    """Return how long there is time; red within the nearest warning, yellow within the others."""
    if one is None:
        return None
    if one.is_overdue or one.warning == nearest:
        return Mark(left_words(one), Tone.DANGER)
    return Mark(left_words(one), Tone.WARN if one.warning is not None else Tone.NEUTRAL)


def kind_choices(*, with_all: bool = False) -> list[Choice]:
    """Return the kinds of things to choose from."""
    kinds = [Choice(one.value, str(word)) for one, word in ASSET_KIND_LABELS.items()]
    return [Choice(ALL, _("All kinds")), *kinds] if with_all else kinds


def state_choices() -> list[Choice]:
    """Return the states of things to choose from."""
    return [Choice(one.value, str(word)) for one, word in ASSET_STATE_LABELS.items()]


def kind_of(key: str) -> AssetKind | None:
    """Return the kind that was chosen, None for all."""
    return AssetKind(key) if key else None

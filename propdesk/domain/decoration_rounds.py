"""What a round of inspections says to the decoration file: kinds of findings, how the door was met.

The shipped template «decoration» is read by the keys of its items, which stay the same in every
version; items that the office added are findings of another kind.
"""

from collections.abc import Mapping

from propdesk.domain.check_items import CheckItem, ItemKind
from propdesk.domain.decorations import FindingKind, PatrolResult

SHIPPED_TEMPLATE = "decoration"
_SITUATION = "14"
_KINDS: Mapping[str, FindingKind] = {
    "01": FindingKind.OUTSIDE_SCOPE,
    "02": FindingKind.NOISE,
    "03": FindingKind.WASTE,
    "04": FindingKind.FIRE,
    "05": FindingKind.FIRE,
    "06": FindingKind.STRUCTURE,
    "07": FindingKind.PIPES,
    "08": FindingKind.PIPES,
    "09": FindingKind.COMMON_PARTS,
    "10": FindingKind.COMMON_PARTS,
    "11": FindingKind.COMMON_PARTS,
    "12": FindingKind.PIPES,
    "13": FindingKind.WATERPROOFING,
}
# In the order of the shipped item's choices.
_RESULTS = (
    PatrolResult.LOOKED, PatrolResult.NOBODY, PatrolResult.FINISHED, PatrolResult.REFUSED,
)  # fmt: skip


def is_situation(shipped: str, item: CheckItem) -> bool:
    """Tell whether an item says how the door was met: that is a result, not a breach."""
    return shipped == SHIPPED_TEMPLATE and item.key == _SITUATION and item.kind is ItemKind.CHOICE


def result_of(item: CheckItem, words: str) -> PatrolResult:
    """Return what was met at the door; words that the office made up are a look."""
    place = item.choices.index(words) if words in item.choices else 0
    return _RESULTS[place] if place < len(_RESULTS) else PatrolResult.LOOKED


def kind_of_item(shipped: str, key: str) -> FindingKind:
    """Return what kind of breach an item of a round looks for."""
    if shipped != SHIPPED_TEMPLATE:
        return FindingKind.OTHER
    return _KINDS.get(key, FindingKind.OTHER)

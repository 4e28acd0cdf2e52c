"""What a version of a template changed: items that came, went, moved or say something else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from propdesk.domain.check_items import ITEM_KIND_LABELS, CheckItem
from propdesk.domain.inspection_results import choice_words, limit_words
from propdesk.i18n import LazyText, _, _lazy


class Change(StrEnum):
    """What became of an item."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


CHANGE_LABELS: Mapping[Change, LazyText] = {
    Change.ADDED: _lazy("Came in"),
    Change.REMOVED: _lazy("Went out"),
    Change.CHANGED: _lazy("Says something else"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """An item that is not what it was, and both in words; one of them empty where it was not."""

    change: Change
    name: str
    before: str
    after: str


def list_differences(
    before: Sequence[CheckItem], after: Sequence[CheckItem]
) -> tuple[Difference, ...]:
    """Return what changed from one version to the next; an item is known by its key.

    Another order alone is no difference: readings run on by key.
    """
    old = {item.key: item for item in before}
    new = {item.key: item for item in after}
    found = []
    for key, item in new.items():
        words, was = item_words(item), old.get(key)
        if was is None:
            found.append(Difference(Change.ADDED, item.name, "", words))
        elif (was.name, item_words(was)) != (item.name, words):
            said = item_words(was) if was.name == item.name else f"{was.name}: {item_words(was)}"
            found.append(Difference(Change.CHANGED, item.name, said, words))
    found += [
        Difference(Change.REMOVED, item.name, item_words(item), "")
        for key, item in old.items()
        if key not in new
    ]
    return tuple(found)


def item_words(item: CheckItem) -> str:
    """Return what is asked at an item, in one line."""
    words = (
        item.section,
        item.standard,
        str(ITEM_KIND_LABELS[item.kind]),
        limit_words(item),
        choice_words(item),
        _("photo") if item.photo else "",
        _("{points} points").format(points=item.score) if item.score else "",
    )
    return " · ".join(filter(None, words))

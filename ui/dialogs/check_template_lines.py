"""An item of a template while it is written: what was typed, and what that comes to."""

import re
from dataclasses import dataclass, replace

from propdesk.domain.check_items import ITEM_KIND_LABELS, CheckItem, ItemKind
from propdesk.domain.errors import RuleError
from propdesk.domain.inspection_results import (
    choice_words,
    limit_words,
    parse_reading,
    reading_words,
)
from propdesk.i18n import _, _lazy
from ui.tables.columns import CellKind, Column, Mark
from ui.theme import Tone

_ANY = CheckItem("", ItemKind.NUMBER, "", digits=9, decimals=3)
_USUAL_DIGITS = 3
# A slash or comma of any keyboard divides choices, a bar those in order from the faults.
_BETWEEN = re.compile("[/,\uff0f\uff0c\u3001]")


@dataclass(slots=True, eq=False)
class ItemLine:
    """One line of the grid; figures are kept as they were typed until they are stored."""

    number: int
    place: int
    item: CheckItem
    lower: str = ""
    upper: str = ""
    boxes: str = ""
    score: str = ""
    choices: str = ""

    @classmethod
    def of(cls, number: int, item: CheckItem) -> "ItemLine":
        """Return the line of an item that stands."""
        lower, upper = (
            "" if limit is None else reading_words(item, limit)
            for limit in (item.lower_milli, item.upper_milli)
        )
        boxes = f"{item.digits}.{item.decimals}" if item.kind is ItemKind.NUMBER else ""
        score = str(item.score) if item.score else ""
        return cls(number, number, item, lower, upper, boxes, score, choice_words(item))

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was written in it."""
        return not (self.item.name or self.item.standard)

    def typed(self) -> CheckItem:
        """Return the item as it was typed. Raises RuleError for what is no number."""
        item = replace(self.item, score=_whole(self.score or "0"), choices=(), in_order=1,
                       digits=0, decimals=0, lower_milli=None, upper_milli=None)  # fmt: skip
        if item.kind is ItemKind.CHOICE:
            normal, bar, faults = self.choices.replace("\uff5c", "|").partition("|")
            first, rest = (_words(part) for part in (normal, faults))
            return replace(item, choices=first + rest, in_order=len(first) if bar else 1)
        if item.kind is not ItemKind.NUMBER:
            return replace(item, unit="")
        lower, upper = (_limit(words) for words in (self.lower, self.upper))
        digits, decimals = self._boxes()
        return replace(item, lower_milli=lower, upper_milli=upper, digits=digits, decimals=decimals)

    def _boxes(self) -> tuple[int, int]:
        """Return the boxes before and behind the point; without a word as the limits need them."""
        if self.boxes:
            before, _point, behind = self.boxes.partition(".")
            return _whole(before), _whole(behind or "0")
        limits = [words.lstrip("-").partition(".") for words in (self.lower, self.upper) if words]
        digits = max((len(one[0]) for one in limits), default=_USUAL_DIGITS)
        return max(digits, 1), max((len(one[2]) for one in limits), default=0)

    def limit_words(self) -> str:
        """Return limits or choices for the list, as far as they can be read."""
        try:
            item = self.typed()
        except RuleError:
            return "?"
        return limit_words(item) or choice_words(item)


def _words(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, _BETWEEN.split(text))))


def _limit(words: str) -> int | None:
    return parse_reading(_ANY, words) if words else None


def _whole(words: str) -> int:
    if not (words.isascii() and words.isdecimal()):
        raise RuleError(
            "number-unreadable",
            _("«{typed}» is no whole number.").format(typed=words[:20]),
        )
    return int(words)


def item_columns() -> tuple[Column, ...]:
    """Return the columns of the grid."""
    return (
        Column("place", _lazy("No."), lambda line: line.place, CellKind.COUNT, width=44, least=36),
        Column("section", _lazy("Section"), lambda line: line.item.section, width=110,
               is_quiet=True),
        Column("name", _lazy("Item"), lambda line: line.item.name, width=170, is_strong=True),
        Column("standard", _lazy("Standard"), lambda line: line.item.standard, width=220,
               stretches=True),
        Column("kind", _lazy("Kind"), lambda line: str(ITEM_KIND_LABELS[line.item.kind]), width=90),
        Column("limits", _lazy("Limits, choices"), ItemLine.limit_words, width=150),
        Column("score", _lazy("Points given"), lambda line: line.score, width=56, is_figure=True,
               rank=1),
        Column("photo", _lazy("Photo"),
               lambda line: Mark(_("photo"), Tone.INFO) if line.item.photo else None,
               CellKind.STATUS, width=76, rank=1),
    )  # fmt: skip

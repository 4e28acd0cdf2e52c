"""A sheet while it is typed: what stands in each cell, what it comes to, what is still empty.

Nothing is invented: «all in order» ticks what was looked at and leaves readings and words to be
typed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from propdesk.domain.check_items import CheckItem, ItemKind, Verdict
from propdesk.domain.errors import RuleError
from propdesk.domain.inspection_results import (
    Answer,
    Sheet,
    SheetPlace,
    parse_reading,
    reading_words,
    verdict_of,
)
from propdesk.domain.texts import fold
from propdesk.i18n import _

# Round, position of the place, item.
CellKey = tuple[int, int, int]


@dataclass(slots=True)
class TypedCell:
    """What was typed into a cell; `words` is a reading, a choice or a text as it stands there.

    `score` are the points where an item has some; what is in order has all of them unless said.
    """

    words: str = ""
    verdict: Verdict | None = None
    note: str = ""
    photos: str = ""
    fixed: bool = False
    score: str = ""


def boxed(item: CheckItem, typed: str) -> str:
    """Return a reading with the point that its printed boxes have, where nothing else can be meant.

    Only a figure that fills every box gets one: `038` in three boxes of which two stand behind the
    point is 0.38, `38` is not.
    """
    text = fold(typed).strip()
    is_full = len(text) == item.digits + item.decimals
    if item.decimals and item.digits and is_full and text.isascii() and text.isdigit():
        return f"{text[: item.digits]}.{text[item.digits :]}"
    return typed


class SheetEntry:
    """The cells of a sheet; `stored` are the answers that stand in the office already."""

    def __init__(self, sheet: Sheet, stored: Sequence[Answer]) -> None:
        self.sheet = sheet
        self.problems: dict[CellKey, str] = {}
        self._items: dict[tuple[int, int], tuple[SheetPlace, CheckItem]] = {
            (place.position, item.id): (place, item)
            for place in sheet.places
            for item in place.items
        }
        self.stored: dict[CellKey, Answer] = {
            (one.round_id, one.position, one.item_id): one for one in stored
        }
        self._cells: dict[CellKey, TypedCell] = {
            key: self._typed_of(key, answer) for key, answer in self.stored.items()
        }

    def _typed_of(self, key: CellKey, answer: Answer) -> TypedCell:
        item = self.item(key)
        words = answer.words
        if answer.value_milli is not None:
            words = reading_words(item, answer.value_milli)
        is_said = item.kind in (ItemKind.TICK, ItemKind.TEXT) or (
            answer.verdict is Verdict.NOT_APPLICABLE
        )
        verdict = answer.verdict if is_said else self._against_limits(item, answer, words)
        score = "" if answer.score in (None, _full(item, answer)) else str(answer.score)
        return TypedCell(words, verdict, answer.note, answer.photos, answer.fixed, score)

    def _against_limits(self, item: CheckItem, answer: Answer, words: str) -> Verdict | None:
        """Return the word of a person where it is not what the value says by itself."""
        plain = Answer(
            answer.round_id, answer.position, answer.item_id, value_milli=answer.value_milli,
            words=words if item.kind is ItemKind.CHOICE else "",
        )  # fmt: skip
        return None if verdict_of(item, plain) is answer.verdict else answer.verdict

    # -- reading

    def place(self, key: CellKey) -> SheetPlace:
        """Return the place of a cell."""
        return self._items[key[1:]][0]

    def item(self, key: CellKey) -> CheckItem:
        """Return the item of a cell."""
        return self._items[key[1:]][1]

    def cell(self, key: CellKey) -> TypedCell:
        """Return what stands in a cell; an empty one that is not kept."""
        return self._cells.get(key, TypedCell())

    def keys(self, round_id: int) -> Iterator[CellKey]:
        """Yield the cells of a round in the order of the paper."""
        return ((round_id, position, item_id) for position, item_id in self._items)

    def is_filled(self, key: CellKey) -> bool:
        """Tell whether a cell says something that can be stored."""
        cell = self._cells.get(key)
        if cell is None:
            return False
        if self.item(key).kind is ItemKind.TICK:
            return cell.verdict is not None
        return bool(cell.words.strip()) or cell.verdict is Verdict.NOT_APPLICABLE

    def filled(self, round_id: int) -> int:
        """Return how many cells of a round are filled."""
        return sum(self.is_filled(key) for key in self.keys(round_id))

    def value_milli(self, key: CellKey) -> int | None:
        """Return the reading that stands in a cell, None where there is none or none that reads."""
        item, words = self.item(key), self.cell(key).words
        if item.kind is not ItemKind.NUMBER or not words.strip():
            return None
        try:
            return parse_reading(item, boxed(item, words))
        except RuleError:
            return None

    def verdict(self, key: CellKey) -> Verdict | None:
        """Return what a cell comes to at this moment, None while it is empty or unreadable."""
        if not self.is_filled(key):
            return None
        try:
            return verdict_of(self.item(key), self.answer(key))
        except RuleError:
            return None

    def side(self, key: CellKey) -> int:
        """Return on which side of its limits a reading lies: -1 below, 1 above, 0 within."""
        item, value = self.item(key), self.value_milli(key)
        if value is None or self.cell(key).verdict is Verdict.NOT_APPLICABLE:
            return 0
        if item.lower_milli is not None and value < item.lower_milli:
            return -1
        return 1 if item.upper_milli is not None and value > item.upper_milli else 0

    def answer(self, key: CellKey, reason: str = "") -> Answer:
        """Return the answer of a filled cell. Raises RuleError where its reading is unreadable."""
        item, cell = self.item(key), self.cell(key)
        value, words = None, ""
        if cell.verdict is not Verdict.NOT_APPLICABLE:
            if item.kind is ItemKind.NUMBER:
                value = parse_reading(item, boxed(item, cell.words))
            else:
                words = cell.words
        answer = Answer(
            *key, verdict=cell.verdict, value_milli=value, words=words, note=cell.note,
            photos=cell.photos, fixed=cell.fixed, reason=reason,
        )  # fmt: skip
        return replace(answer, score=_points(item, answer, cell.score))

    def changed(self) -> list[CellKey]:
        """Return the filled cells that are new, or not what is stored."""
        return [
            key
            for one in self.sheet.rounds
            for key in self.keys(one.round_id)
            if self.is_filled(key) and not self._is_stored(key)
        ]

    def corrected(self) -> list[CellKey]:
        """Return the cells that are stored and say something else now."""
        return [key for key in self.changed() if key in self.stored]

    def emptied(self) -> list[CellKey]:
        """Return the cells that are stored and were emptied: what was seen cannot be unseen."""
        return [key for key in self.stored if not self.is_filled(key)]

    def noted_only(self) -> list[CellKey]:
        """Return the cells that have a note or photos and do not say yet what was seen."""
        return [
            key
            for key, cell in self._cells.items()
            if (cell.note.strip() or cell.photos.strip()) and not self.is_filled(key)
        ]

    def is_changed(self) -> bool:
        """Tell whether something was typed that is not stored."""
        return bool(self.changed() or self.emptied() or self.noted_only())

    def _is_stored(self, key: CellKey) -> bool:
        before = self.stored.get(key)
        return before is not None and self._typed_of(key, before) == self.cell(key)

    # -- typing

    def edit(self, key: CellKey) -> TypedCell:
        """Return a cell to write into; what was wrong with it is forgotten."""
        self.problems.pop(key, None)
        return self._cells.setdefault(key, TypedCell())

    def take(self, answers: Iterable[Answer]) -> None:
        """Type what a workbook says; cells that it says nothing of stay as they are."""
        for answer in answers:
            key = answer.round_id, answer.position, answer.item_id
            self.problems.pop(key, None)
            self._cells[key] = self._typed_of(key, answer)

    def clear(self, key: CellKey) -> None:
        """Empty a cell."""
        self.problems.pop(key, None)
        self._cells.pop(key, None)

    def restore(self, key: CellKey) -> None:
        """Put back what is stored."""
        self._cells[key] = self._typed_of(key, self.stored[key])

    def settle(self, key: CellKey) -> None:
        """Write a reading as it is read: `038` as `0.38`; what is no figure keeps its problem."""
        cell = self._cells.get(key)
        if cell is None or self.item(key).kind is not ItemKind.NUMBER or not cell.words.strip():
            return
        item = self.item(key)
        try:
            value = parse_reading(item, boxed(item, cell.words))
        except RuleError as refusal:
            self.problems[key] = str(refusal)
        else:
            self.problems.pop(key, None)
            cell.words = reading_words(item, value)

    def tick_in_order(self, round_id: int) -> int:
        """Say «in order» wherever a round is still empty and no reading or words are asked for.

        Returns how many cells it was said of.
        """
        count = 0
        for key in self.keys(round_id):
            item = self.item(key)
            if self.is_filled(key):
                continue
            if item.kind is ItemKind.TICK:
                self.edit(key).verdict = Verdict.NORMAL
            elif item.kind is ItemKind.CHOICE:
                self.edit(key).words = item.choices[0]
            else:
                continue
            count += 1
        return count

    # -- drafts

    def typed(self) -> dict[str, dict[str, Any]]:
        """Return what is not stored, for a draft."""
        return {" ".join(map(str, key)): asdict(self.cell(key)) for key in self.changed()}

    def retype(self, typed: Mapping[str, Mapping[str, Any]]) -> None:
        """Put back what a draft kept; cells that the sheet has not are left out."""
        rounds = {one.round_id for one in self.sheet.rounds}
        for words, said in typed.items():
            round_id, position, item_id = (int(part) for part in words.split())
            if round_id in rounds and (position, item_id) in self._items:
                verdict = said.get("verdict")
                self._cells[round_id, position, item_id] = TypedCell(
                    words=str(said.get("words", "")),
                    verdict=Verdict(verdict) if verdict else None,
                    note=str(said.get("note", "")),
                    photos=str(said.get("photos", "")),
                    fixed=bool(said.get("fixed")),
                    score=str(said.get("score", "")),
                )


def _full(item: CheckItem, answer: Answer) -> int | None:
    """Return all points of an item that is in order, None where it has none or is not."""
    is_right = bool(item.score) and verdict_of(item, answer) is Verdict.NORMAL
    return item.score if is_right else None


def _points(item: CheckItem, answer: Answer, typed: str) -> int | None:
    if not item.score or answer.verdict is Verdict.NOT_APPLICABLE:
        return None
    words = fold(typed).strip()
    if not words:
        return _full(item, answer)
    if not words.isascii() or not words.isdigit():
        raise RuleError(
            "score-unreadable", _("The score is from 0 to {most}.").format(most=item.score)
        )
    return int(words)

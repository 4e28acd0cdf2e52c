"""Templates of inspections: items in sections, in versions that never change (law.md 1.9, R99)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from propdesk.domain.check_items import CheckItem, InspectionKind, ItemKind, Verdict
from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import _

MOST_ITEMS = 200
MOST_CHOICES = 12
MOST_SCORE = 1000
MOST_DIGITS, MOST_DECIMALS = 9, 3
_KEY = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """A template as somebody writes it; an item without key is new and gets one.

    `note` says what a new version changes; `shipped` is the key of the program's own.
    """

    name: str
    kind: InspectionKind
    items: tuple[CheckItem, ...]
    code: str = ""
    note: str = ""
    shipped: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A template with the items of one version, the latest unless another was asked for."""

    id: int
    code: str
    name: str
    kind: InspectionKind
    shipped: str
    ended_at: datetime | None
    version: int
    version_id: int
    number: int
    written_at: datetime
    items: tuple[CheckItem, ...]

    @property
    def full_score(self) -> int:
        """Return the points that a faultless round gets; 0 where nothing is scored."""
        return sum(item.score for item in self.items)


def clean_template(draft: TemplateDraft, used: Iterable[str] = ()) -> TemplateDraft:
    """Return the draft with clean texts and a key for every item.

    A key of an earlier version (`used`) is not given to another item: its readings would run on.
    """
    taken = [*used, *(item.key for item in draft.items)]
    number = max((int(key) for key in taken if _KEY.fullmatch(key)), default=0)
    items = []
    for item in draft.items:
        key = item.key
        if not key:
            number += 1
            key = f"{number:02d}"
        items.append(
            replace(
                item,
                key=key,
                name=clean_line(item.name),
                section=clean_line(item.section),
                standard=clean_line(item.standard),
                unit=clean_line(item.unit),
                choices=tuple(clean_line(choice) for choice in item.choices if choice.strip()),
                source=clean_line(item.source),
            )
        )
    return replace(
        draft,
        name=clean_line(draft.name),
        code=clean_line(draft.code),
        note=clean_text(draft.note),
        items=tuple(items),
    )


def check_template(draft: TemplateDraft) -> Problems:
    """Return what is wrong with a clean template."""
    problems = [
        *check_line("name", draft.name, _("Name the template, such as «Pump room».")),
        *check_line("code", draft.code),
        *check_text("note", draft.note),
    ]
    if not draft.items:
        problems.append(Problem("items", _("A template needs at least one item.")))
    if len(draft.items) > MOST_ITEMS:
        sentence = _("A template has at most {most} items; cut it into several.")
        problems.append(Problem("items", sentence.format(most=MOST_ITEMS)))
    keys = [item.key for item in draft.items]
    if len(set(keys)) < len(keys):
        problems.append(Problem("items", _("Two items have the same key.")))
    for place, item in enumerate(draft.items, start=1):
        problems += [
            Problem("items", _("Item {place}: {problem}").format(place=place, problem=words))
            for words in _item_problems(item)
        ]
    return tuple(problems)


def _item_problems(item: CheckItem) -> Iterator[str]:
    for text, missing in ((item.name, _("Say what is looked at.")), (item.standard, "")):
        for problem in check_line("items", text, missing):
            yield problem.text
    if item.kind is ItemKind.CHOICE and not 2 <= len(item.choices) <= MOST_CHOICES:
        yield _("Give 2 to {most} choices, the one in order first.").format(most=MOST_CHOICES)
    if item.kind is ItemKind.CHOICE and not 1 <= item.in_order <= len(item.choices):
        yield _("At least the first choice is in order.")
    if item.kind is ItemKind.NUMBER:
        if not 1 <= item.digits <= MOST_DIGITS or not 0 <= item.decimals <= MOST_DECIMALS:
            yield _("Give the boxes before the point (1 to 9) and behind it (0 to 3).")
        limits = (item.lower_milli, item.upper_milli)
        if None not in limits and limits[0] > limits[1]:  # type: ignore[operator]
            yield _("The lower limit is above the upper one.")
    if not 0 <= item.score <= MOST_SCORE:
        yield _("A score is from 0 to {most}.").format(most=MOST_SCORE)


def judge(item: CheckItem, value_milli: int) -> Verdict:
    """Return whether a reading lies within its limits, both included; without limits it does."""
    below = item.lower_milli is not None and value_milli < item.lower_milli
    above = item.upper_milli is not None and value_milli > item.upper_milli
    return Verdict.ABNORMAL if below or above else Verdict.NORMAL

"""What was seen on a round: answers to the items of a sheet, and what they come to.

Results are only added to: a correction is a new one that says why (TSG T5002 article 10).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from propdesk.domain.check_items import CheckItem, ItemKind, Verdict
from propdesk.domain.check_templates import judge
from propdesk.domain.errors import RuleError
from propdesk.domain.fields import check_line, check_text
from propdesk.domain.texts import elide, fold
from propdesk.i18n import _

_NUMBER = re.compile(r"([+-]?)(\d+)(?:\.(\d*))?|([+-]?)\.(\d+)")
_MILLI = 1000


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """A place on a sheet: a point, or a house, with the items and the limits that hold there."""

    position: int
    code: str
    name: str
    where: str
    point_id: int | None
    unit_id: int | None
    asset_id: int | None
    template_id: int
    items: tuple[CheckItem, ...]


@dataclass(frozen=True, slots=True)
class SheetRound:
    """One column of a sheet: a round, and how it stands."""

    round_id: int
    clock: str
    is_done: bool
    walker: str
    started_at: datetime | None
    done_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper of a day's rounds as it was printed."""

    id: int
    number: str
    plan_id: int
    title: str
    day: date
    walker: str
    weather: str
    places: tuple[SheetPlace, ...]
    rounds: tuple[SheetRound, ...]
    made_at: datetime
    printed_at: datetime | None
    prints: int
    entered_at: datetime | None
    voided_at: datetime | None
    version: int

    @property
    def items(self) -> int:
        """Return how many items one round has."""
        return sum(len(place.items) for place in self.places)

    def item_at(self, position: int, item_id: int) -> tuple[SheetPlace, CheckItem]:
        """Return a place of the sheet and one of its items; raises RuleError where none is."""
        for place in self.places:
            if place.position == position:
                for item in place.items:
                    if item.id == item_id:
                        return place, item
        raise RuleError("item-unknown", _("The sheet has no such item."))


@dataclass(frozen=True, slots=True)
class Answer:
    """What was seen at one item of one round.

    `value_milli` is a reading in thousandths, `words` a choice or text, `photos` the numbers of
    photos; `fixed` says that what was wrong was put right on the spot. Without verdict a reading is
    judged by its limits and everything else is in order.
    """

    round_id: int
    position: int
    item_id: int
    verdict: Verdict | None = None
    value_milli: int | None = None
    words: str = ""
    score: int | None = None
    note: str = ""
    photos: str = ""
    fixed: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Walk:
    """Who walked a round, from when to when (local times)."""

    walker: str
    started_at: datetime | None
    done_at: datetime


def parse_reading(item: CheckItem, typed: str) -> int:
    """Return a typed reading in thousandths of the item's unit.

    Raises RuleError for what is no number, for one with more places than the item has, and for one
    that its boxes cannot hold: a slip of the pen.
    """
    text = fold(typed).replace(" ", "").replace(",", "").removesuffix(fold(item.unit))
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise RuleError(
            "reading-unreadable",
            _("«{typed}» is no number. Type the reading in digits, such as 0.45.").format(
                typed=elide(typed, 20)
            ),
        )
    sign = match[1] or match[4] or ""
    whole, part = (match[2], match[3] or "") if match[2] else ("0", match[5])
    if len(part.rstrip("0")) > item.decimals:
        raise RuleError(
            "reading-places",
            _("{item} is read to {places} places behind the point.").format(
                item=item.name, places=item.decimals
            ),
        )
    if len(whole.lstrip("0")) > item.digits:
        raise RuleError(
            "reading-large",
            _("{item} is a {digits}-digit figure before the point; check the reading.").format(
                item=item.name, digits=item.digits
            ),
        )
    value = int(whole) * _MILLI + int(part[:3].ljust(3, "0"))
    return -value if sign == "-" else value


def reading_words(item: CheckItem, value_milli: int) -> str:
    """Return a reading as it is written: `0.38`."""
    sign = "-" if value_milli < 0 else ""
    whole, part = divmod(abs(value_milli), _MILLI)
    if not item.decimals:
        return f"{sign}{whole}"
    return f"{sign}{whole}.{part:03d}"[: len(sign) + len(str(whole)) + 1 + item.decimals]


def limit_words(item: CheckItem) -> str:
    """Return the limits of an item with its unit: `0.45-0.60 MPa`, `≤ 95 ℃`."""
    lower, upper = (
        None if limit is None else reading_words(item, limit)
        for limit in (item.lower_milli, item.upper_milli)
    )
    if lower is None and upper is None:
        return item.unit
    words = f"≥ {lower}" if upper is None else f"≤ {upper}" if lower is None else f"{lower}-{upper}"
    return f"{words} {item.unit}".rstrip()


def choice_words(item: CheckItem) -> str:
    """Return the choices of an item as they are typed: `a/b | c`, what is in order before the bar.

    Without a bar the first one is in order.
    """
    if item.in_order == 1:
        return "/".join(item.choices)
    normal, faults = item.choices[: item.in_order], item.choices[item.in_order :]
    return f"{'/'.join(normal)} | {'/'.join(faults)}"


def verdict_of(item: CheckItem, answer: Answer) -> Verdict:
    """Return what an answer comes to: a person's word goes before the limits, but not back.

    A reading beyond its limits stays abnormal whatever was ticked; one within them may still be
    found abnormal.
    """
    if answer.verdict is Verdict.NOT_APPLICABLE:
        return answer.verdict
    if item.kind is ItemKind.NUMBER and answer.value_milli is not None:
        judged = judge(item, answer.value_milli)
        return judged if judged is Verdict.ABNORMAL else answer.verdict or judged
    if item.kind is ItemKind.CHOICE and answer.verdict is None:
        normal = answer.words in item.choices[: item.in_order]
        return Verdict.NORMAL if normal else Verdict.ABNORMAL
    return answer.verdict or Verdict.NORMAL


def answer_problems(item: CheckItem, answer: Answer) -> Iterator[str]:
    """Yield what is missing in an answer or wrong with it, in sentences."""
    if answer.verdict is Verdict.NOT_APPLICABLE:
        return
    if item.kind is ItemKind.NUMBER and answer.value_milli is None:
        yield _("The reading is missing.")
    if item.kind is ItemKind.CHOICE and answer.words not in item.choices:
        yield _("Choose one of: {choices}.").format(choices=", ".join(item.choices))
    if item.kind is ItemKind.TEXT and not answer.words.strip():
        yield _("The text is missing.")
    if item.photo and not answer.photos.strip():
        yield _("A photo is required; write its number.")
    if answer.score is not None and not 0 <= answer.score <= item.score:
        yield _("The score is from 0 to {most}.").format(most=item.score)
    for problem in (
        *check_text("words", answer.words),
        *check_text("note", answer.note),
        *check_line("photos", answer.photos),
    ):
        yield problem.text


def check_walk(walk: Walk, day: date, *, before_days: int, entry_hours: int, now: datetime) -> None:
    """Refuse times that cannot be (law.md 1.9: no back-dating beyond the hours for entering).

    `day` is the planned day; a round may be walked `before_days` before it.
    """
    if walk.done_at > now:
        raise RuleError("walk-future", _("The end of the round is still to come; check the time."))
    if walk.started_at is not None and walk.started_at > walk.done_at:
        raise RuleError("walk-reversed", _("The round ends before it began; check the times."))
    if walk.done_at < now - timedelta(hours=entry_hours):
        raise RuleError(
            "walk-backdated",
            _(
                "A round is entered within {hours} hours after its end. "
                "Plan another one that makes up for it."
            ).format(hours=entry_hours),
        )
    if walk.done_at.date() < date.fromordinal(day.toordinal() - before_days):
        raise RuleError(
            "walk-early",
            _("The round was walked before its day; it is planned for {day}.").format(day=day),
        )

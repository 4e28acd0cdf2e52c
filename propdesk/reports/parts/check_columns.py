"""Where the columns of an inspection sheet stand: as wide as what is written there needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from propdesk.domain.check_items import CheckItem, ItemKind

NUMBER, LIMIT, UNIT = 7.0, 12.0, 11.0
BOX_WIDE, POINT = 5.2, 1.6
_TICKS = 24.0
_AROUND = 4.0  # white beside the boxes of a reading
_LEAST_BOX = 3.8  # no pen writes into less; then there is one open frame
_STANDARD = 48.0
_LEAST_VALUE, _MOST_VALUE = 24.0, 44.0
# What names and remarks want, and what they give up for long readings.
_NAMES, _LEAST_NAMES = 50.0, 30.0
_REMARK, _LEAST_REMARK = 36.0, 26.0


@dataclass(frozen=True, slots=True)
class Columns:
    """The left edges of the columns in millimetres; `rounds` has one more for the right end.

    A sheet of one round has a column for values (none where only boxes are ticked) and one for
    ticks; with several rounds each has a column of its own for both.
    """

    left: float
    names: float
    block: float
    rounds: tuple[float, ...]
    ticks: float
    remark: float
    right: float
    has_readings: bool
    has_scores: bool
    has_limits: bool

    @property
    def is_single(self) -> bool:
        """Tell whether the sheet has one round."""
        return len(self.rounds) == 2

    @property
    def uprights(self) -> tuple[float, ...]:
        """Where lines divide what is written by hand."""
        return tuple(sorted({*self.rounds, self.ticks, self.remark}))


def find_columns(items: Sequence[CheckItem], rounds: int, left: float, right: float) -> Columns:
    """Return the columns for these items and so many rounds between `left` and `right`."""
    has_readings = any(item.kind is ItemKind.NUMBER for item in items)
    is_said = any(item.standard for item in items)
    block = 2 * LIMIT + UNIT if has_readings else _STANDARD if is_said else 0.0
    rest = right - left - NUMBER - block - (_TICKS if rounds == 1 else 0.0)
    most = (rest - _LEAST_NAMES - _LEAST_REMARK) / rounds
    value = min(most, _wanted(items), _MOST_VALUE)
    if rounds > 1 or value:
        value = max(value, _LEAST_VALUE)
    rest -= value * rounds
    # Both give up the same share of what they can.
    over = max(_NAMES + _REMARK - rest, 0.0)
    remark = _REMARK - over * (_REMARK - _LEAST_REMARK) / (
        _NAMES + _REMARK - _LEAST_NAMES - _LEAST_REMARK
    )
    names = rest - remark if over else _NAMES + (rest - _NAMES - _REMARK) * 0.4
    first = left + NUMBER + names + block
    edges = tuple(first + value * place for place in range(rounds + 1))
    remark_at = edges[-1] + (_TICKS if rounds == 1 else 0.0)
    return Columns(
        left=left,
        names=left + NUMBER,
        block=left + NUMBER + names,
        rounds=edges,
        ticks=edges[-1],
        remark=remark_at,
        right=right,
        has_readings=has_readings,
        has_scores=any(item.score for item in items),
        has_limits=any(
            limit is not None for item in items for limit in (item.lower_milli, item.upper_milli)
        ),
    )


def box_width(item: CheckItem, room: float) -> float:
    """Return how wide each box of a reading is in `room`; 0 where no pen could write into it."""
    boxes = max(count_boxes(item), 1)
    wide = (room - (POINT if item.decimals else 0.0)) / boxes
    return 0.0 if wide < _LEAST_BOX else min(wide, BOX_WIDE)


def count_boxes(item: CheckItem) -> int:
    """Return how many boxes a reading has; one is for the sign where it may be below zero."""
    below_zero = item.lower_milli is not None and item.lower_milli < 0
    return item.digits + item.decimals + below_zero


def value_room(columns: Columns, place: int) -> float:
    """Return how much room a reading of a round has."""
    return columns.rounds[place + 1] - columns.rounds[place] - _AROUND


def _wanted(items: Sequence[CheckItem]) -> float:
    wanted = 0.0
    for item in items:
        if item.kind is ItemKind.NUMBER:
            boxes = count_boxes(item) * BOX_WIDE
            wanted = max(wanted, boxes + (POINT if item.decimals else 0.0) + _AROUND)
        elif item.kind is not ItemKind.TICK or item.score:
            wanted = max(wanted, _LEAST_VALUE)
    return wanted

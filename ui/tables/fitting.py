"""How the columns of a table share its width."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ui.tables.columns import Column

# The longest words make a column at most so much wider than planned.
_MOST = 2


@dataclass(frozen=True, slots=True)
class Words:
    """What is known of a short list: the pixels of each column's longest words, who is silent."""

    needed: Sequence[int]
    blank: frozenset[int] = frozenset()


def fit_columns(
    columns: Sequence[Column],
    room: int,
    chosen: Mapping[str, int],
    scale: float = 1.0,
    words: Words | None = None,
) -> list[int]:
    """Return the width of each column in `room` pixels; 0 hides it.

    `chosen` holds the widths that the clerk has drawn, in pixels, by column key. Where the least
    widths do not fit, the columns with the lowest rank above 0 are hidden, the last ones first.
    What is left over goes to the stretching column (or the last one); what is missing is taken
    from all of them towards their least width.

    Where the `words` of a list are known, no column keeps air while another is cut, and hidden are
    first those that say nothing.
    """
    least = [round(column.least * scale) for column in columns]
    planned = [round(column.width * scale) for column in columns]
    wide, blank = least, frozenset[int]()
    if words is not None:
        blank = words.blank
        least = [min(pair) for pair in zip(least, words.needed, strict=True)]
        most = [_MOST * width for width in planned]
        whole = [min(pair) for pair in zip(words.needed, most, strict=True)]
        planned = [max(pair) for pair in zip(planned, whole, strict=True)]
        # The stretching column is elided anyway; the others are worth their room only whole.
        wide = [
            floor if column.stretches else max(floor, width)
            for column, floor, width in zip(columns, least, whole, strict=True)
        ]
    wanted = [max(chosen.get(column.key, planned[n]), least[n]) for n, column in enumerate(columns)]
    shown = list(range(len(columns)))
    while sum(wide[n] for n in shown) > room:
        dispensable = [n for n in shown if columns[n].rank > 0]
        if not dispensable:
            break
        shown.remove(min(dispensable, key=lambda n: (n not in blank, columns[n].rank, -n)))
    widths = [wanted[n] if n in shown else 0 for n in range(len(columns))]
    if not shown:
        return widths
    stretching = next((n for n in shown if columns[n].stretches), shown[-1])
    spare = room - sum(widths)
    if spare >= 0:
        widths[stretching] += spare
        return widths
    missing = -spare
    if words is not None:
        air = {n: max(widths[n] - max(words.needed[n], least[n]), 0) for n in shown}
        missing -= _take(widths, air, missing)
    slack = {n: widths[n] - least[n] for n in shown}
    # The stretching column gives first: it is the one whose texts are elided anyway.
    given = min(missing, slack[stretching])
    widths[stretching] -= given
    _take(widths, {n: slack[n] for n in shown if n != stretching}, missing - given)
    return widths


def _take(widths: list[int], slack: Mapping[int, int], missing: int) -> int:
    """Take what is missing from the columns, from each by its slack; return what was taken."""
    total, taken = sum(slack.values()), 0
    for n, room in slack.items():
        if total > 0 and missing > 0:
            share = min(round(room * missing / total), room, missing - taken)
            widths[n] -= share
            taken += share
    return taken

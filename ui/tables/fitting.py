"""How the columns of a table share its width."""

from collections.abc import Mapping, Sequence

from ui.tables.columns import Column


def fit_columns(
    columns: Sequence[Column],
    room: int,
    chosen: Mapping[str, int],
    scale: float = 1.0,
    needed: Sequence[int] | None = None,
) -> list[int]:
    """Return the width of each column in `room` pixels; 0 hides it.

    `chosen` holds the widths that the clerk has drawn, in pixels, by column key. Where the least
    widths do not fit, the columns with the lowest rank above 0 are hidden, the last ones first.
    What is left over goes to the stretching column (or the last one); what is missing is taken
    from all of them towards their least width.

    `needed` is known of a short list: the pixels of each column's longest words. Then no column
    keeps air while another is cut; the longest words make one at most twice as wide as planned.
    """
    least = [round(column.least * scale) for column in columns]
    planned = [round(column.width * scale) for column in columns]
    if needed is not None:
        least = [min(pair) for pair in zip(least, needed, strict=True)]
        planned = [
            max(width, min(words, 2 * width)) for width, words in zip(planned, needed, strict=True)
        ]
    wanted = [max(chosen.get(column.key, planned[n]), least[n]) for n, column in enumerate(columns)]
    shown = list(range(len(columns)))
    while sum(least[n] for n in shown) > room:
        dispensable = [n for n in shown if columns[n].rank > 0]
        if not dispensable:
            break
        shown.remove(min(dispensable, key=lambda n: (columns[n].rank, -n)))
    widths = [wanted[n] if n in shown else 0 for n in range(len(columns))]
    if not shown:
        return widths
    stretching = next((n for n in shown if columns[n].stretches), shown[-1])
    spare = room - sum(widths)
    if spare >= 0:
        widths[stretching] += spare
        return widths
    missing = -spare
    if needed is not None:
        air = {n: max(widths[n] - max(needed[n], least[n]), 0) for n in shown}
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

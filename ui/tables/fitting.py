"""How the columns of a table share its width."""

from collections.abc import Mapping, Sequence

from ui.tables.columns import Column


def fit_columns(
    columns: Sequence[Column], room: int, chosen: Mapping[str, int], scale: float = 1.0
) -> list[int]:
    """Return the width of each column in `room` pixels; 0 hides it.

    `chosen` holds the widths that the clerk has drawn, in pixels, by column key. Where the least
    widths do not fit, the columns with the lowest rank above 0 are hidden, the last ones first.
    What is left over goes to the stretching column (or the last one); what is missing is taken
    from all of them towards their least width.
    """
    least = [round(column.least * scale) for column in columns]
    wanted = [
        max(chosen.get(column.key, round(column.width * scale)), least[n])
        for n, column in enumerate(columns)
    ]
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
    slack = {n: widths[n] - least[n] for n in shown}
    # The stretching column gives first: it is the one whose texts are elided anyway.
    given = min(-spare, slack[stretching])
    widths[stretching] -= given
    missing = -spare - given
    others = [n for n in shown if n != stretching]
    total = sum(slack[n] for n in others)
    for n in others:
        if total > 0 and missing > 0:
            share = min(round(slack[n] * missing / total), slack[n])
            widths[n] -= share
    return widths

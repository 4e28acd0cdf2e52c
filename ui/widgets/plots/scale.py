"""Round numbers for the axis of a plot."""


def axis_top(greatest: float) -> int:
    """Return a round number at or above `greatest` that two steps divide evenly."""
    if greatest <= 4:
        return 4
    magnitude = 1
    while True:
        for step in (2, 4, 6, 8, 10, 16):
            top = step * magnitude
            if top >= greatest:
                return top
        magnitude *= 10

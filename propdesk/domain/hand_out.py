"""In which order many work orders come out of the printer, so that they can be handed out."""

import re

_DIGITS = re.compile(r"(\d+)")

Stop = tuple[tuple[int, int, str], ...]


def walking_key(where: str) -> Stop:
    """Return by what houses and places are sorted as somebody walks: 3-2-501 before 12-1-101."""
    parts = (part for part in _DIGITS.split(where) if part)
    return tuple((0, int(one), "") if one.isdecimal() else (1, 0, one) for one in parts)


def hand_out_key(department: str, handler: str, where: str, number: str) -> tuple[object, ...]:
    """Return by what work orders are sorted: a stack for each worker, its houses in walking order.

    Those without a worker, or without a department, come last.
    """
    return (not department, department, not handler, handler, walking_key(where), number)

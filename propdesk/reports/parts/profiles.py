"""What a printer asks of the same drawing: sizes of type and weights of lines for forms.

A 24-pin printer blurs small type and fine lines: no English, type of 10.5 pt and more, lines of
0.3 mm and more, no black grounds (papers.md).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """Type sizes of a form in points; `second_lines` says whether English lines are printed.

    `least_line` is the finest line in points.
    """

    label: float
    value: float
    small: float
    second: float
    second_lines: bool
    least_line: float = 0.0


LASER = Profile(label=7.7, value=9.2, small=6.8, second=5.0, second_lines=True)
DOTS = Profile(label=10.5, value=10.5, small=10.5, second=10.5, second_lines=False, least_line=0.85)

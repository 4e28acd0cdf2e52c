"""What a printer asks of the same drawing: sizes of type and weights of lines for forms.

A 24-pin printer blurs small type and fine lines: no English, type of 10.5 pt and more, lines of
0.3 mm and more, no black grounds (papers.md).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """Type sizes of a form in points; `second_lines` says whether English lines are printed.

    `least_type` and `least_line` are the smallest type and the finest line in points.
    """

    label: float
    value: float
    small: float
    second: float
    second_lines: bool
    least_type: float = 0.0
    least_line: float = 0.0

    def type(self, size: float) -> float:
        """Return a size of type as this printer can print it."""
        return max(size, self.least_type)

    def line(self, weight: float) -> float:
        """Return the weight of a line as this printer can print it."""
        return max(weight, self.least_line)


LASER = Profile(label=7.7, value=9.2, small=6.8, second=5.0, second_lines=True)
DOTS = Profile(
    label=10.5, value=10.5, small=10.5, second=10.5, second_lines=False, least_type=10.5,
    least_line=0.85,
)  # fmt: skip

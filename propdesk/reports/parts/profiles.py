"""What a printer asks of the same drawing: sizes of type for forms.

Laser is the one that stands; a dot-matrix profile (no English, type of 10.5 pt and more, lines of
0.3 mm and more) is another value of this class.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """Type sizes of a form in points; `second_lines` says whether English lines are printed."""

    label: float
    value: float
    small: float
    second: float
    second_lines: bool


LASER = Profile(label=7.7, value=9.2, small=6.8, second=5.0, second_lines=True)

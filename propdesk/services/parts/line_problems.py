"""Name the first lines that are wrong in a file of which nothing is taken in."""

from collections.abc import Sequence
from typing import Protocol

from propdesk.i18n import _

_NAMED = 5


class LineProblem(Protocol):
    """What is wrong with a line of a file, as a sentence."""

    @property
    def line(self) -> int:
        """The number of the line in the file, from 1."""

    @property
    def text(self) -> str:
        """The sentence."""


def name_lines(problems: Sequence[LineProblem]) -> str:
    """Return the first lines that are to be corrected, each with what is wrong, as one text."""
    lines = [
        _("line {line}: {problem}").format(line=one.line, problem=one.text)
        for one in problems[:_NAMED]
    ]
    if len(problems) > _NAMED:
        lines.append(_("and {count} more").format(count=len(problems) - _NAMED))
    return " ".join(lines)

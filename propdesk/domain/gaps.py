"""Texts with named fields in braces: phrases, letters and notices are filled from them.

They are plain text: no code, no format language. What is filled in is never read again, so that
braces in it are printed as they are.
"""

import re
from collections.abc import Mapping

GAP = "____"
"""Stands where nobody said what a field asks for; it is to be typed over."""

_FIELD = re.compile(r"\{([^{}\n]{1,40})\}")


def field_names(text: str) -> tuple[str, ...]:
    """Return the names that a text asks for, each once, in their order."""
    return tuple(dict.fromkeys(_FIELD.findall(text)))


def fill_fields(text: str, values: Mapping[str, str]) -> str:
    """Return a text with the fields of `values` filled; an empty value leaves a gap.

    A name that `values` does not have is no field and stays as it is.
    """

    def value(match: re.Match[str]) -> str:
        return (values[match[1]] or GAP) if match[1] in values else match[0]

    return _FIELD.sub(value, text)


def has_gap(text: str) -> bool:
    """Tell whether something is still to be typed into a filled text."""
    return GAP in text

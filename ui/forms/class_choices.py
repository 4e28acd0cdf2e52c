"""The classes as a pick list: numbers first, so that typing `2.5` finds one."""

from propdesk.domain.classes import CLASS_NUMBERS, UNCLASSED, class_path
from ui.widgets.choices import Choice


def class_choices() -> list[Choice]:
    """Return `not classed yet` and every class and sub-class, in the trade's order."""
    return [
        Choice(UNCLASSED, class_path(UNCLASSED)),
        *(Choice(code, class_path(code)) for code in CLASS_NUMBERS),
    ]

"""The days of the week by their names, Monday first as `date.weekday()` counts them."""

from propdesk.i18n import _lazy

WEEKDAY_LABELS = (
    _lazy("Monday"),
    _lazy("Tuesday"),
    _lazy("Wednesday"),
    _lazy("Thursday"),
    _lazy("Friday"),
    _lazy("Saturday"),
    _lazy("Sunday"),
)

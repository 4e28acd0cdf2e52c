"""The one file that reads the clock. Everything below ui and cli is given `now`."""

from datetime import datetime


def now() -> datetime:
    """Return the local time to the second, with its UTC offset."""
    return datetime.now().astimezone().replace(microsecond=0)


def localise(moment: datetime) -> datetime:
    """Give a local wall-clock time (no offset) the UTC offset that holds here at that time."""
    return moment.astimezone().replace(microsecond=0)

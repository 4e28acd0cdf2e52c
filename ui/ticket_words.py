"""How a ticket stands, in a few words and a tone: its status, and the time that is left."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from propdesk.domain.tickets import STATUS_LABELS, Status, is_open
from propdesk.i18n import _
from ui.tables.columns import Mark
from ui.theme import Tone

STATUS_TONES: Mapping[Status, Tone] = {
    Status.RECEIVED: Tone.NEUTRAL,
    Status.DISPATCHED: Tone.INFO,
    Status.IN_PROGRESS: Tone.INFO,
    Status.SUSPENDED: Tone.WARN,
    Status.COMPLETED: Tone.WARN,
    Status.REPLIED: Tone.OK,
    Status.FOLLOWING_UP: Tone.OK,
    Status.CLOSED: Tone.NEUTRAL,
    Status.VOID: Tone.NEUTRAL,
    Status.MERGED: Tone.NEUTRAL,
    Status.NOT_OURS: Tone.NEUTRAL,
}

# What ends within half an hour is shown as a badge.
_SOON = timedelta(minutes=30)
_DAY = timedelta(days=1)


def status_mark(status: Status) -> Mark:
    """Return the word of a status and the tone of its dot."""
    return Mark(str(STATUS_LABELS[status]), STATUS_TONES[status])


def limit_mark(due_at: datetime | None, now: datetime) -> Mark:
    """Return how long there is until `due_at`: `剩 1:48`, `剩 2 天`, `超 3 小时`; '' without a limit.

    Times are local without offset. Overdue is danger, the last half hour a warning, else no tone.
    """
    if due_at is None:
        return Mark("")
    left = due_at - now.replace(tzinfo=None)
    if left < timedelta(0):
        return Mark(_late_words(-left), Tone.DANGER)
    if left >= _DAY:
        return Mark(_("{count} d left").format(count=left.days))
    hours, minutes = divmod(left // timedelta(minutes=1), 60)
    words = _("{time} left").format(time=f"{hours}:{minutes:02d}")
    return Mark(words, Tone.WARN if left <= _SOON else None)


def ticket_limit(status: Status, promised_at: datetime | None, now: datetime) -> Mark:
    """Return how long a ticket's promise has; an ended ticket waits for nothing any more."""
    return limit_mark(promised_at, now) if is_open(status) else Mark("")


def _late_words(late: timedelta) -> str:
    if late >= _DAY:
        return _("{count} d late").format(count=late.days)
    if late >= timedelta(hours=1):
        return _("{count} h late").format(count=late // timedelta(hours=1))
    return _("{count} min late").format(count=late // timedelta(minutes=1))

"""What the clocks say in words: what a ticket waited for (law.md 1.10), and doubts (F31)."""

from collections.abc import Callable
from datetime import datetime

from propdesk.domain.clock_journal import WAITING_LABELS, Pause
from propdesk.domain.clocks import TicketClocks
from propdesk.domain.spans import span_words
from propdesk.i18n import _


def waited_text(clocks: TicketClocks) -> str:
    """Return each wait with its cause, times and reason, and the total; empty without any."""
    if not clocks.pauses:
        return ""
    total = _("waited {span} in all").format(span=span_words(clocks.waited))
    lines = [pause_text(pause, lambda at: f"{at:%m-%d %H:%M}") for pause in clocks.pauses]
    return _("; ").join([*lines, total])


def doubt_text() -> str:
    """Return what is said of times that go backwards: the computer's clock was set (F31)."""
    return _("The times of this ticket go backwards; check when things happened.")


def pause_text(pause: Pause, moment: Callable[[datetime], str]) -> str:
    """Return for whom a ticket waited, from when until when, and why; `moment` writes a time."""
    since = moment(pause.since)
    if pause.until is None:
        times = _("since {time}").format(time=since)
    else:
        times = _("{first} to {last}").format(first=since, last=moment(pause.until))
    words = f"{WAITING_LABELS[pause.waiting]} {times}"
    return _("{name} ({role})").format(name=words, role=pause.reason) if pause.reason else words

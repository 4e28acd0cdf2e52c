"""What the clocks say in words: what a ticket waited for (law.md 1.10), and doubts (F31)."""

from propdesk.domain.clock_journal import WAITING_LABELS, Pause
from propdesk.domain.clocks import TicketClocks
from propdesk.domain.spans import span_words
from propdesk.i18n import _


def waited_text(clocks: TicketClocks) -> str:
    """Return each wait with its cause, times and reason, and the total; empty without any."""
    if not clocks.pauses:
        return ""
    total = _("waited {span} in all").format(span=span_words(clocks.waited))
    return _("; ").join([*map(_pause_text, clocks.pauses), total])


def doubt_text() -> str:
    """Return what is said of times that go backwards: the computer's clock was set (F31)."""
    return _("The times of this ticket go backwards; check when things happened.")


def _pause_text(pause: Pause) -> str:
    since = pause.since.strftime("%m-%d %H:%M")
    if pause.until is None:
        times = _("since {time}").format(time=since)
    else:
        times = _("{first} to {last}").format(first=since, last=pause.until.strftime("%m-%d %H:%M"))
    words = f"{WAITING_LABELS[pause.waiting]} {times}"
    return _("{name} ({role})").format(name=words, role=pause.reason) if pause.reason else words

"""Lengths of time in words."""

from datetime import timedelta

from propdesk.i18n import _


def span_words(span: timedelta) -> str:
    """Return a length of time in at most two units: `4 分`, `2 小时 5 分`, `3 天 4 小时`."""
    minutes = max(int(span.total_seconds()) // 60, 0)
    if minutes < 60:
        return _("{minutes} min").format(minutes=minutes)
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        if not minutes:
            return _("{hours} h").format(hours=hours)
        return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    days, hours = divmod(hours, 24)
    if not hours or days >= 10:
        return _("{days} d").format(days=days)
    return _("{days} d {hours} h").format(days=days, hours=hours)

"""Times as the desk types them: `11:30`, `明天 10:00`, `11-25 18:00`, `2小时后` (R07, R08)."""

import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from propdesk.domain.errors import RuleError
from propdesk.domain.texts import fold
from propdesk.i18n import _

_DAY_WORDS = {
    "今天": 0, "今日": 0, "today": 0,
    "明天": 1, "明日": 1, "tomorrow": 1,
    "后天": 2,
    "昨天": -1, "昨日": -1, "yesterday": -1,
    "前天": -2,
}  # fmt: skip
_AFTERNOON = ("下午", "晚上", "傍晚", "pm")
_NOON = 12

_CLOCK = (
    r"(?P<half>上午|早上|中午|下午|傍晚|晚上)?\s*"
    r"(?P<hour>\d{1,2})\s*(?::(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"|[点时](?:(?P<thirty>半)|(?P<minutes>\d{1,2})分?)?)\s*(?P<pm>am|pm)?"
)
_DAY = (
    r"(?:(?P<word>" + "|".join(_DAY_WORDS) + r")"
    r"|(?:(?P<year>\d{4})\s*[-/.年]\s*)?(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?)"
)
_MOMENT = re.compile(rf"(?:{_DAY}[\s,t]*)?{_CLOCK}")
_ONE_DAY = re.compile(_DAY)
_DAYS_LATER = re.compile(r"\+?\s*(?P<count>\d{1,3})\s*(?:d|天)\s*(?:以?后)?")
_LATER = re.compile(r"\+?\s*(?P<count>\d{1,3})\s*(?P<unit>h|m|min|个?小时|分钟?)\s*(?:以?后)?")
# Typed without its year in December, 01-05 is a day of the year that comes.
_MONTHS_BACK = 6


def parse_moment(typed: str, now: datetime) -> datetime:
    """Return the local time (without offset) that a clerk's short form means.

    Understands `11:30`, `下午3点半`, `明天 10:00`, `tomorrow 10:00`, `11-25 18:00`,
    `11月25日18:00`, `2026-11-25T18:00[:SS]`, `+2h`, `30分钟后`; everything is counted from `now`.
    A time of today that has passed stays what it says: whether it may be in the past is a question
    for the form's check. Raises RuleError for what cannot be read.
    """
    text = fold(typed).strip()
    here = now.replace(tzinfo=None, second=0, microsecond=0)
    later = _LATER.fullmatch(text)
    if later:
        count = int(later["count"])
        hours = later["unit"] in {"h", "小时", "个小时"}
        return here + (timedelta(hours=count) if hours else timedelta(minutes=count))
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise _unreadable(typed)
    try:
        return datetime.combine(_day(match, here.date()), _clock(match))
    except ValueError as error:
        raise _unreadable(typed) from error


def parse_past(typed: str, since: datetime, now: datetime) -> datetime:
    """Return the local time at which something happened that is written on a paper.

    A time without a day is the first such time after `since`: who was sent out yesterday at four
    and wrote 16:40 was there yesterday. `1030` is read as well. Raises RuleError as `parse_moment`.
    """
    text = fold(typed).strip()
    short = _SHORT.fullmatch(text)
    text = f"{short[1]}:{short[2]}" if short else text
    here = now.replace(tzinfo=None)
    meant = parse_moment(text, now)
    match = _MOMENT.fullmatch(text)
    if match is None or match["word"] or match["year"]:
        return meant
    if match["month"]:
        return meant if meant <= here else _earlier_year(meant)
    first = datetime.combine(since.date(), meant.time())
    following = datetime.combine(date.fromordinal(first.toordinal() + 1), meant.time())
    is_next_day = first < since.replace(second=0, microsecond=0) and following <= here
    return following if is_next_day else first


_SHORT = re.compile(r"(\d{1,2})(\d{2})")


def _earlier_year(moment: datetime) -> datetime:
    """Return the day a year before, where there is one: written in December, read in January."""
    try:
        return moment.replace(year=moment.year - 1)
    except ValueError:
        return moment


def parse_day(typed: str, today: date) -> date:
    """Return the day that a clerk's short form means: `明天`, `11-25`, `2026-11-25`, `3天后`.

    Raises RuleError for what cannot be read.
    """
    text = fold(typed).strip()
    later = _DAYS_LATER.fullmatch(text)
    if later:
        return date.fromordinal(today.toordinal() + int(later["count"]))
    match = _ONE_DAY.fullmatch(text)
    if match is not None:
        with suppress(ValueError):
            return _day(match, today)
    raise RuleError(
        "day-not-understood",
        _("«{typed}» is no day. Write 2026-11-25, 11-25 or tomorrow.").format(
            typed=typed.strip()[:40]
        ),
    )


def _unreadable(typed: str) -> RuleError:
    return RuleError(
        "moment-not-understood",
        _("«{typed}» is no time. Write 11:30, tomorrow 10:00 or 11-25 18:00.").format(
            typed=typed.strip()[:40]
        ),
    )


def _day(match: re.Match[str], today: date) -> date:
    if match["word"]:
        return date.fromordinal(today.toordinal() + _DAY_WORDS[match["word"]])
    if not match["month"]:
        return today
    month = int(match["month"])
    year = int(match["year"] or today.year)
    if not match["year"] and today.month - month > _MONTHS_BACK:
        year += 1
    return date(year, month, int(match["day"]))


def _clock(match: re.Match[str]) -> time:
    hour = int(match["hour"])
    minute = 30 if match["thirty"] else int(match["minute"] or match["minutes"] or 0)
    is_late = match["half"] in _AFTERNOON or match["pm"] == "pm"
    if is_late and hour < _NOON:
        hour += _NOON
    return time(hour, minute, int(match["second"] or 0))

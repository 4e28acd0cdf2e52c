"""Notices to residents (停水停电通知, R89): what they say, and the texts that they start from.

A template is plain text with the named fields of `FIELDS` in braces and nothing else: no code. A
clause that gives a reason or a length nobody knows is left out; where, from and until when are gaps
that somebody has to fill before the notice is numbered.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.gaps import GAP, field_names, fill_fields, has_gap
from propdesk.domain.weekdays import WEEKDAY_LABELS
from propdesk.i18n import LazyText, _, _lazy, ngettext


class NoticeKind(StrEnum):
    """What is announced."""

    WATER = "water"
    POWER = "power"
    WATER_POWER = "water-power"
    LIFT = "lift"
    GAS = "gas"
    HEATING = "heating"
    FIRE_TEST = "fire-test"
    CLEANING = "cleaning"
    ACTIVITY = "activity"
    OTHER = "other"


NOTICE_LABELS: Mapping[NoticeKind, LazyText] = {
    NoticeKind.WATER: _lazy("Water cut"),
    NoticeKind.POWER: _lazy("Power cut"),
    NoticeKind.WATER_POWER: _lazy("Water and power cut"),
    NoticeKind.LIFT: _lazy("Lift out of service"),
    NoticeKind.GAS: _lazy("Gas cut"),
    NoticeKind.HEATING: _lazy("Heating off"),
    NoticeKind.FIRE_TEST: _lazy("Fire alarm test"),
    NoticeKind.CLEANING: _lazy("Cleaning"),
    NoticeKind.ACTIVITY: _lazy("Activity"),
    NoticeKind.OTHER: _lazy("Other notice"),
}

FIELDS = ("reason", "scope", "from", "until", "duration")
_MAY_BE_LEFT_OUT = frozenset({"reason", "duration"})
SERIES = "notice"
LONGEST_TITLE, LONGEST_NOTICE = 30, 600
"""More does not stand on a sheet in letters that are read from two metres."""

# A clause ends with a mark, in Chinese and in English alike; a line ends one, too.
_CLAUSE = re.compile(r"[^，,。.；;！!？?\n]*(?:[，,。.；;！!？?]+\s*|\n|$)")
_MARKS = "，,。.；;！!？?\n "


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """A notice as typed. Times are local without offset; `scope` says which houses it is for."""

    kind: NoticeKind
    title: str
    text: str
    addressee: str = ""
    scope: str = ""
    from_at: datetime | None = None
    until_at: datetime | None = None
    dated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it was numbered and printed; it is never changed, a new one takes its place."""

    id: int
    number: str
    kind: NoticeKind
    title: str
    addressee: str
    text: str
    scope: str
    from_at: datetime | None
    until_at: datetime | None
    dated_on: date
    written_at: datetime
    by: str
    voided_at: datetime | None


@dataclass(frozen=True, slots=True)
class NoticeTemplate:
    """The title and text that a kind of notice starts from, and how residents are addressed."""

    addressee: str
    title: str
    text: str


def notice_number(year: int, sequence: int) -> str:
    """Return the number of the `sequence`-th notice of a year."""
    return f"TZ-{year:04d}-{sequence:04d}"


def day_words(day: date) -> str:
    """Return a day as notices say it: with month, day and weekday."""
    return _("{weekday} {month}-{day}").format(
        weekday=WEEKDAY_LABELS[day.weekday()], month=day.month, day=day.day
    )


def moment_words(moment: datetime) -> str:
    """Return a moment as notices say it."""
    return _("{day} {time}").format(day=day_words(moment.date()), time=f"{moment:%H:%M}")


def span_words(from_at: datetime | None, until_at: datetime | None) -> str:
    """Return from when until when in one line; the day is said once where it is the same."""
    if from_at is None or until_at is None:
        known = from_at or until_at
        return "" if known is None else moment_words(known)
    end = f"{until_at:%H:%M}" if from_at.date() == until_at.date() else moment_words(until_at)
    return _("{first} to {last}").format(first=moment_words(from_at), last=end)


def duration_words(span: timedelta) -> str:
    """Return a length of time in days, hours and minutes, the two largest of them."""
    minutes = int(span.total_seconds()) // 60
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    words = []
    if days:
        words.append(ngettext("{count} day", "{count} days", days).format(count=days))
    if hours:
        words.append(ngettext("{count} hour", "{count} hours", hours).format(count=hours))
    if minutes and not days:
        words.append(ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes))
    return " ".join(words)


def fill_template(
    template: NoticeTemplate,
    kind: NoticeKind,
    *,
    on: date,
    scope: str = "",
    reason: str = "",
    from_at: datetime | None = None,
    until_at: datetime | None = None,
) -> NoticeDraft:
    """Return the notice that a template makes of what is known; `on` is the day of its date."""
    same_day = from_at is not None and until_at is not None and from_at.date() == until_at.date()
    last = "" if until_at is None else f"{until_at:%H:%M}" if same_day else moment_words(until_at)
    span = until_at - from_at if from_at is not None and until_at is not None else timedelta(0)
    values = {
        "reason": reason,
        "scope": scope,
        "from": moment_words(from_at) if from_at else "",
        "until": last,
        "duration": duration_words(span) if span > timedelta(0) else "",
    }
    return NoticeDraft(
        kind=kind,
        title=template.title,
        text=_fill(template.text, values),
        addressee=template.addressee,
        scope=scope,
        from_at=from_at,
        until_at=until_at,
        dated_on=on,
    )


def _fill(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its fields filled, without the clauses that nobody has words for."""
    kept = []
    for clause in _CLAUSE.findall(text):
        unknown = {name for name in field_names(clause) if not values.get(name)}
        if not unknown & _MAY_BE_LEFT_OUT:
            kept.append(fill_fields(clause, values))
        elif kept and kept[-1].rstrip().endswith(("，", ",")):
            # The clause before ends the sentence now.
            mark = clause[len(clause.rstrip(_MARKS)) :]
            kept[-1] = kept[-1].rstrip()[:-1] + mark
    lines = "".join(kept).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def check_notice(draft: NoticeDraft) -> Problems:
    """Return what keeps a notice from being numbered, a sentence for each field."""
    problems = [
        *check_line("title", draft.title, _("Write what the notice is about.")),
        *check_line("addressee", draft.addressee),
        *check_line("scope", draft.scope),
        *check_text("text", draft.text, _("Write the text of the notice.")),
    ]
    for field, text, longest in (
        ("title", draft.title, LONGEST_TITLE),
        ("text", draft.text, LONGEST_NOTICE),
    ):
        if len(text) > longest:
            words = _("A notice is read from two metres: at most {longest} characters.")
            problems.append(Problem(field, words.format(longest=longest)))
    if has_gap(draft.title + draft.text):
        words = _("Something is still to be filled in where {gap} stands.").format(gap=GAP)
        problems.append(Problem("text", words))
    if draft.from_at and draft.until_at and draft.until_at < draft.from_at:
        problems.append(Problem("until_at", _("The end lies before the beginning.")))
    return tuple({problem.field: problem for problem in reversed(problems)}.values())[::-1]

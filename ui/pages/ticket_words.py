"""How tickets are worded and coloured on the screen: tones, time limits, time lines."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from propdesk.domain.classes import class_path
from propdesk.domain.clock_journal import WAITING_LABELS
from propdesk.domain.clock_rules import limit_text
from propdesk.domain.clock_words import doubt_text
from propdesk.domain.clocks import TicketClock
from propdesk.domain.relations import RELATION_LABELS, Relation
from propdesk.domain.replies import REPLY_WAYS
from propdesk.domain.spans import span_words
from propdesk.domain.texts import elide
from propdesk.domain.tickets import (
    CHANNEL_LABELS,
    EVENT_LABELS,
    Event,
    EventKind,
    Status,
    Ticket,
    is_open,
)
from propdesk.domain.urging import LEVEL_LABELS, URGE_WAY_LABELS, Level, UrgeWay
from propdesk.domain.work_calendar import missing_years_text
from propdesk.i18n import LazyText, _, _lazy, ngettext
from propdesk.services.queries.tickets import TicketRow
from ui.pages.follow_up_words import (
    answer_words,
    drawn_words,
    follow_up_mark,
    step_words,
)
from ui.pages.paper_words import cause_words, print_words, return_words
from ui.tables.columns import Mark, moment_words
from ui.theme import Tone
from ui.widgets.timeline import Event as Line
from ui.widgets.timeline import Step

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


# What a line carries as a code, and the words of these codes.
_CODES: Mapping[EventKind, tuple[str, Mapping[Any, LazyText]]] = {
    EventKind.REGISTERED: ("channel", CHANNEL_LABELS),
    EventKind.SUSPENDED: ("waiting", WAITING_LABELS),
    EventKind.REPLIED: ("way", REPLY_WAYS),
}

_FIELD_WORDS: Mapping[str, LazyText] = {
    "kind": _lazy("Kind"),
    "class_code": _lazy("Class"),
    "matter": _lazy("Subject"),
    "text": _lazy("Own words"),
    "wish": _lazy("Wish"),
    "place": _lazy("Place"),
    "spot": _lazy("Spot"),
    "asset": _lazy("Thing"),
    "unit": _lazy("House"),
    "channel": _lazy("Channel"),
    "urgency": _lazy("Urgency"),
    "reporter_name": _lazy("Reporter"),
    "reporter_phone": _lazy("Phone number"),
    "appointment": _lazy("Appointment"),
    "promised_at": _lazy("Promised time"),
    "visit_wanted": _lazy("Somebody is to come"),
    "picked_up_in_time": _lazy("Within three rings"),
    "wish_basis": _lazy("Wish rests on"),
    "severity": _lazy("Severity"),
    "validity": _lazy("Judgement"),
    "cause_kind": _lazy("Kind of cause"),
    "cause": _lazy("Root cause"),
    "prevention": _lazy("Prevention"),
    "replier": _lazy("Replies"),
    "violation": _lazy("Breach of rules"),
    "tell_callers": _lazy("Tell callers"),
    "caption": _lazy("Caption"),
    "on_paper": _lazy("Photo on the order"),
}
# Old values that are codes say nothing to a clerk; their field's name does.
_PLAIN_OLD = frozenset(
    {
        "matter",
        "text",
        "wish",
        "place",
        "spot",
        "asset",
        "reporter_name",
        "appointment",
        "class_code",
        "caption",
        "cause",
        "prevention",
        "replier",
        "tell_callers",
    }
)

_SHOWN_FILES = 60
_SHOWN_NUMBERS = 80

_RUN = re.compile(r"[!-~]{24}")

_HOUR = timedelta(hours=1)
_DAY = timedelta(hours=24)


def local(moment: datetime) -> datetime:
    """Return the wall-clock time without offset, as tickets keep it."""
    return moment.replace(tzinfo=None, microsecond=0)


def breakable(words: str) -> str:
    """Return a text whose long runs of Latin letters may be broken: an address of a web page.

    A label breaks lines between words only; one word wider than the pane would widen it.
    """
    return _RUN.sub(lambda run: run[0] + "\u200b", words)


def clauses(*parts: str) -> str:
    """Return parts of a sentence in a row; empty ones are left out."""
    said = [part for part in parts if part]
    whole = said[0] if said else ""
    for part in said[1:]:
        whole = _("{before}, {after}").format(before=whole, after=part)
    return whole


def due_mark(ticket: Ticket | TicketRow, now: datetime) -> Mark | None:
    """Return what a list says of what is due next: time left, a badge when soon or overdue.

    What waits is paused, but for what was promised to the caller: that time goes on.
    """
    due_at, here = ticket.next_due_at, local(now)
    is_late = due_at is not None and due_at < here
    if ticket.status is Status.SUSPENDED and due_at is None:
        return Mark(_("Paused"))
    if due_at is None or not is_open(ticket.status):
        due_on = ticket.follow_up_due_on
        return None if due_on is None else follow_up_mark(due_on, here)
    left = due_at - here
    if is_late:
        return Mark(_("{span} over").format(span=_one_unit(-left)), Tone.DANGER)
    tone = Tone.WARN if ticket.warns_at is not None and ticket.warns_at <= here else None
    if left >= _DAY:
        return Mark(_("{span} left").format(span=_one_unit(left)), tone)
    minutes = int(left.total_seconds()) // 60
    return Mark(_("{span} left").format(span=f"{minutes // 60}:{minutes % 60:02d}"), tone)


def clock_note(clock: TicketClock) -> str:
    """Return what a clock says of itself when asked: limit, source, what moved it, doubts."""
    lines = [f"{limit_text(clock.rule)}  {clock.source}"]
    if clock.pauses:
        words = ngettext(
            "waited {count} time, {span} not counted",
            "waited {count} times, {span} not counted",
            clock.pauses,
        )
        lines.append(words.format(count=clock.pauses, span=span_words(clock.paused)))
    if clock.missing_years:
        lines.append(missing_years_text(clock.missing_years))
    if clock.doubtful:
        lines.append(doubt_text())
    return "\n".join(lines)


def _one_unit(span: timedelta) -> str:
    if span >= _DAY:
        return _("{days} d").format(days=span // _DAY)
    if span >= _HOUR:
        return _("{hours} h").format(hours=span // _HOUR)
    return span_words(span)


def by_words(moment: datetime, now: datetime) -> str:
    """Return when something is due: `今日 12:00 前`, `11-25 18:00 前`."""
    clock = moment.strftime("%H:%M")
    days = (moment.date() - now.date()).days
    if days == 0:
        return _("by {time} today").format(time=clock)
    if days == 1:
        return _("by {time} tomorrow").format(time=clock)
    return _("by {time}").format(time=line_moment(moment, now))


def line_moment(moment: datetime, now: datetime) -> str:
    """Return a moment with its clock time, as time lines and facts show it."""
    days = (now.date() - moment.date()).days
    if days in (0, 1):
        return moment_words(moment, now)
    shape = "%m-%d %H:%M" if moment.year == now.year else "%Y-%m-%d %H:%M"
    return moment.strftime(shape)


def time_line(
    ticket: Ticket, now: datetime, following: str = "", due: datetime | None = None
) -> list[Line]:
    """Return the journal as a time line, with the next step as its open end."""
    lines = []
    before: Event | None = None
    for event in ticket.events:
        took = event.at - before.at if before else timedelta(0)
        lines.append(
            Line(
                when=line_moment(event.at, now),
                word=str(EVENT_LABELS[event.kind]),
                text=event_words(event),
                took=_("took {span}").format(span=span_words(took)) if took >= _minute() else "",
                step=Step.CURRENT if event is ticket.events[-1] else Step.PAST,
            )
        )
        before = event
    if following:
        text = _("next step")
        if due is not None:
            text = clauses(text, by_words(due, now))
        lines.append(Line(when="", word=following, text=text, step=Step.NEXT))
    return lines


def _minute() -> timedelta:
    return timedelta(minutes=1)


def event_words(event: Event) -> str:
    """Return what a journal line tells beside its word: who, to whom, the text."""
    return clauses(*_details(event), event.text, event.by)


def _details(event: Event) -> list[str]:
    detail = event.detail
    key, labels = _CODES.get(event.kind, ("", {}))
    if label := labels.get(detail.get(key, "")):
        return [str(label)]
    if event.kind is EventKind.DISPATCHED:
        to = [detail.get("department", ""), detail.get("handler", "")]
        return [_("to {name}").format(name=" ".join(part for part in to if part))]
    if event.kind in _DELAY_WORDS:
        return _DELAY_WORDS[event.kind](detail)
    if event.kind is EventKind.AMENDED:
        return [_old_value(name, old) for name, old in detail.items() if name in _FIELD_WORDS]
    return []


def _letter_words(detail: Mapping[str, str]) -> list[str]:
    before = detail.get("replaces", "")
    words = _("replaces {number}").format(number=before) if before else ""
    return [detail.get("number", ""), words]


def _promise_words(detail: Mapping[str, str]) -> list[str]:
    words = [_("until {time}").format(time=_stored(detail.get("promised_at", "")))]
    before = detail.get("promised_before", "")
    if before:
        words.append(_("was {time}").format(time=_stored(before)))
    words.append(_("reported to {name}").format(name=detail.get("reported_to", "")))
    return words


def _stored(moment: str) -> str:
    return moment[5:16].replace("T", " ")


def _urging_words(detail: Mapping[str, str]) -> list[str]:
    way = detail.get("way", "")
    said = [detail.get("whom", "")]
    return said + ([str(URGE_WAY_LABELS[UrgeWay(way)])] if way in set(UrgeWay) else [])


def _report_words(detail: Mapping[str, str]) -> list[str]:
    level = detail.get("level", "")
    label = str(LEVEL_LABELS[Level(level)]) if level in set(Level) else ""
    return [_("{name} ({role})").format(name=detail.get("to", ""), role=label)]


def _file_words(detail: Mapping[str, str]) -> list[str]:
    return [elide(detail.get("name", ""), _SHOWN_FILES)]


def _relation_words(detail: Mapping[str, str]) -> list[str]:
    relation, numbers = detail.get("as", ""), elide(detail.get("numbers", ""), _SHOWN_NUMBERS)
    if relation not in set(Relation):
        return [numbers]
    return [f"{RELATION_LABELS[Relation(relation)]} {numbers}".strip()]


_DELAY_WORDS: Mapping[EventKind, Callable[[Mapping[str, str]], list[str]]] = {
    EventKind.FOLLOWED_UP: answer_words,
    EventKind.CLOSED: drawn_words,
    EventKind.DISSUADED: step_words,
    EventKind.STOPPED: step_words,
    EventKind.REPORTED_OUT: step_words,
    EventKind.PRINTED: print_words,
    EventKind.PAPER_RETURNED: return_words,
    EventKind.COMPLETED: cause_words,
    EventKind.PROMISED: _promise_words,
    EventKind.URGED: _urging_words,
    EventKind.REPORTED_UP: _report_words,
    EventKind.LETTER_WRITTEN: _letter_words,
    EventKind.PROBLEM_REPORTED: lambda detail: [detail.get("department", "")],
    EventKind.ATTACHED: _file_words,
    EventKind.DETACHED: _file_words,
    EventKind.LINKED: _relation_words,
    EventKind.UNLINKED: _relation_words,
    EventKind.MERGED: _relation_words,
}


def urged_words(ticket: Ticket, now: datetime) -> str:
    """Return how often somebody was urged and when last, empty where nobody was (R09)."""
    urged = [event for event in ticket.events if event.kind is EventKind.URGED]
    if not urged:
        return ""
    words = ngettext("{count} time, last {time}", "{count} times, last {time}", len(urged))
    return words.format(count=len(urged), time=line_moment(urged[-1].at, now))


def _old_value(name: str, old: str) -> str:
    word = str(_FIELD_WORDS[name])
    if name not in _PLAIN_OLD or not old:
        return word
    shown = class_path(old) if name == "class_code" else elide(old, 30)
    return _("{field} (was: {old})").format(field=word, old=shown)

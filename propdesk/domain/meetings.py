"""Meetings: residents' forums with their six headings (R87), weekly and monthly ones (R88).

What a meeting decides is an action with somebody responsible and a day; where it asks for an
improvement it waits for the improvement board (decision 57).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from propdesk.domain.cells import CellError, read_day
from propdesk.domain.errors import DraftError, Problem
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.i18n import LazyText, _, _lazy

SERIES = "meeting"
MOST_ATTENDEES = 300
MOST_ACTIONS = 50
_BETWEEN = re.compile("[|｜]")  # noqa: RUF001 - as people write it


class MeetingKind(StrEnum):
    """What sort of meeting it is."""

    FORUM = "forum"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    OTHER = "other"


class Section(StrEnum):
    """A heading of the record."""

    RECTIFIED = "rectified"
    HARD_MATTERS = "hard-matters"
    COMMON_MATTERS = "common-matters"
    MEASURES = "measures"
    NEWS = "news"
    RULES = "rules"
    LAST_WEEK = "last-week"
    NEXT_WEEK = "next-week"
    DISCUSSED = "discussed"


MEETING_KIND_LABELS: Mapping[MeetingKind, LazyText] = {
    MeetingKind.FORUM: _lazy("Residents' forum"),
    MeetingKind.WEEKLY: _lazy("Weekly meeting"),
    MeetingKind.MONTHLY: _lazy("Monthly meeting"),
    MeetingKind.OTHER: _lazy("Other meeting"),
}
SECTION_LABELS: Mapping[Section, LazyText] = {
    Section.RECTIFIED: _lazy("What was put right since last time"),
    Section.HARD_MATTERS: _lazy("Hard and important matters"),
    Section.COMMON_MATTERS: _lazy("What many bring up"),
    Section.MEASURES: _lazy("How the service will be raised"),
    Section.NEWS: _lazy("News of the community"),
    Section.RULES: _lazy("Laws and rules"),
    Section.LAST_WEEK: _lazy("Summary of last week"),
    Section.NEXT_WEEK: _lazy("Plan of this week"),
    Section.DISCUSSED: _lazy("What was discussed"),
}

# R87: the six headings of a forum; R88: summary and plan of a department's meeting.
_FORUM = (
    Section.RECTIFIED, Section.HARD_MATTERS, Section.COMMON_MATTERS, Section.MEASURES,
    Section.NEWS, Section.RULES,
)  # fmt: skip
_STAFF = (Section.LAST_WEEK, Section.NEXT_WEEK, Section.DISCUSSED)
SECTIONS_OF: Mapping[MeetingKind, tuple[Section, ...]] = {
    MeetingKind.FORUM: _FORUM,
    MeetingKind.WEEKLY: _STAFF,
    MeetingKind.MONTHLY: _STAFF,
    MeetingKind.OTHER: (Section.DISCUSSED,),
}


@dataclass(frozen=True, slots=True)
class Attendee:
    """Who came; `part` is the house or the department."""

    name: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class ActionDraft:
    """What is to be done, as it was written."""

    text: str
    responsible: str = ""
    department_id: int | None = None
    due_on: date | None = None
    needs_improvement: bool = False


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """A meeting as it was written; `sections` holds texts by heading."""

    kind: MeetingKind
    title: str
    at: datetime
    place: str = ""
    host: str = ""
    recorder: str = ""
    attendees: tuple[Attendee, ...] = ()
    sections: Mapping[Section, str] = field(default_factory=dict)
    actions: tuple[ActionDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingAction:
    """What a meeting decided; done on a day with a result."""

    id: int
    meeting_id: int
    meeting_number: str
    position: int
    text: str
    department_id: int | None
    department: str
    responsible: str
    due_on: date | None
    needs_improvement: bool
    done_on: date | None
    result: str

    def is_late(self, today: date) -> bool:
        """Tell whether it should have been done."""
        return self.done_on is None and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as it is kept."""

    id: int
    number: str
    kind: MeetingKind
    title: str
    at: datetime
    place: str
    host: str
    recorder: str
    attendees: tuple[Attendee, ...]
    sections: Mapping[Section, str]
    actions: tuple[MeetingAction, ...]
    written_at: datetime
    written_by: str
    voided_at: datetime | None
    version: int


def meeting_number(year: int, sequence: int) -> str:
    """Return the number of a meeting: `HY-2026-003`."""
    return f"HY-{year:04d}-{sequence:03d}"


def read_attendees(text: str) -> tuple[Attendee, ...]:
    """Return people typed one a line, with house or department behind a blank: `张三 3-2-501`."""
    found = []
    for line in text.splitlines():
        name, _blank, part = line.strip().partition(" ")
        if name:
            found.append(Attendee(name, part.strip()))
    return tuple(found)


def attendee_lines(attendees: tuple[Attendee, ...]) -> str:
    """Return people as they are typed."""
    return "\n".join(f"{one.name} {one.part}".strip() for one in attendees)


def action_lines(actions: Sequence[MeetingAction]) -> str:
    """Return decisions as they are typed: `加装减速带 | 陈工 | 2026-12-01`."""
    return "\n".join(
        ("! " if one.needs_improvement else "")
        + " | ".join((one.text, one.responsible, str(one.due_on or ""))).rstrip(" |")
        for one in actions
    )


def read_actions(text: str) -> tuple[ActionDraft, ...]:
    """Return decisions typed one a line: what, by whom, by which day; `!` asks for improvement.

    Raises DraftError for a day that is none.
    """
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        needs_improvement = line[0] in "!！"
        words = line.lstrip("!！ ")
        what, responsible, due = ([part.strip() for part in _BETWEEN.split(words)] + ["", ""])[:3]
        try:
            due_on = read_day(due)
        except CellError as error:
            raise DraftError((Problem("actions", str(error)),)) from error
        found.append(
            ActionDraft(what, responsible, due_on=due_on, needs_improvement=needs_improvement)
        )
    return tuple(found)


def check_meeting(draft: MeetingDraft) -> Problems:
    """Return what keeps a meeting from being stored."""
    problems = [
        *check_line("title", draft.title, _("Write what the meeting is about.")),
        *check_line("place", draft.place),
        *check_line("host", draft.host),
        *check_line("recorder", draft.recorder),
    ]
    for section, text in draft.sections.items():
        problems += check_text(section.value, text)
    if len(draft.attendees) > MOST_ATTENDEES:
        words = _("At most {most} people are kept; put the signed list into the files.")
        problems.append(Problem("attendees", words.format(most=MOST_ATTENDEES)))
    for one in draft.attendees:
        problems += check_line("attendees", f"{one.name} {one.part}".strip())
    if len(draft.actions) > MOST_ACTIONS:
        words = _("Decide at most {most} things in a meeting.")
        problems.append(Problem("actions", words.format(most=MOST_ACTIONS)))
    for action in draft.actions:
        problems += check_text("actions", action.text, _("Write what is to be done."))
        problems += check_line("actions", action.responsible)
    return tuple(problems)

"""Meetings, and what they decided that waits to be done (R87, R88)."""

import json
from datetime import date, datetime
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.meetings import Attendee, Meeting, MeetingAction, MeetingKind, Section
from propdesk.i18n import _
from propdesk.storage.database import rows

_MEETING = (
    "SELECT m.id, m.number, m.kind, m.title, m.at, m.place, m.host, m.recorder, m.attendees, "
    "m.sections, m.written_at, s.name, m.voided_at, m.version "
    "FROM meeting m JOIN staff s ON s.id = m.staff_id "
)
_ACTION = (
    "SELECT a.id, a.meeting_id, m.number, a.position, a.text, a.department_id, "
    "coalesce(d.name, ''), a.responsible, a.due_on, a.needs_improvement, a.done_on, a.result "
    "FROM meeting_action a JOIN meeting m ON m.id = a.meeting_id "
    "LEFT JOIN department d ON d.id = a.department_id "
)


def list_meetings(limit: int = 200) -> tuple[Meeting, ...]:
    """Return the meetings, the newest first, void ones too."""
    found = rows(_MEETING + "ORDER BY m.at DESC, m.id DESC LIMIT ?", limit)
    return tuple(map(_meeting, found))


def get_meeting(meeting_id: int) -> Meeting:
    """Return a meeting, or refuse when there is none with this id."""
    found = rows(_MEETING + "WHERE m.id = ?", meeting_id)
    if not found:
        raise RuleError("meeting-unknown", _("There is no such meeting."))
    return _meeting(found[0])


def find_meeting(number: str) -> Meeting:
    """Return the meeting of a number as people type it."""
    found = rows(_MEETING + "WHERE m.number = ?", number.strip().upper())
    if not found:
        raise RuleError("meeting-unknown", _("There is no such meeting."))
    return _meeting(found[0])


def list_open_actions() -> tuple[MeetingAction, ...]:
    """Return what standing meetings decided and nobody has done, the earliest day first."""
    found = rows(
        _ACTION + "WHERE a.done_on IS NULL AND m.voided_at IS NULL "
        "ORDER BY a.due_on IS NULL, a.due_on, a.id"
    )
    return tuple(map(_action, found))


def get_action(action_id: int) -> MeetingAction:
    """Return what a meeting decided."""
    found = rows(_ACTION + "WHERE a.id = ?", action_id)
    if not found:
        raise RuleError("meeting-action-unknown", _("There is no such decision."))
    return _action(found[0])


def _meeting(row: tuple[Any, ...]) -> Meeting:
    actions = rows(_ACTION + "WHERE a.meeting_id = ? ORDER BY a.position", row[0])
    return Meeting(
        id=row[0],
        number=row[1],
        kind=MeetingKind(row[2]),
        title=row[3],
        at=datetime.fromisoformat(row[4]),
        place=row[5],
        host=row[6],
        recorder=row[7],
        attendees=tuple(Attendee(name, part) for name, part in json.loads(row[8])),
        sections={Section(name): text for name, text in json.loads(row[9]).items()},
        actions=tuple(map(_action, actions)),
        written_at=datetime.fromisoformat(row[10]),
        written_by=row[11],
        voided_at=datetime.fromisoformat(row[12]) if row[12] else None,
        version=row[13],
    )


def _action(row: tuple[Any, ...]) -> MeetingAction:
    return MeetingAction(
        id=row[0],
        meeting_id=row[1],
        meeting_number=row[2],
        position=row[3],
        text=row[4],
        department_id=row[5],
        department=row[6],
        responsible=row[7],
        due_on=date.fromisoformat(row[8]) if row[8] else None,
        needs_improvement=bool(row[9]),
        done_on=date.fromisoformat(row[10]) if row[10] else None,
        result=row[11],
    )

"""Keep meetings and what they decide (R87, R88). Nothing is deleted: a wrong one is voided."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.meetings import (
    SECTIONS_OF,
    SERIES,
    Attendee,
    Meeting,
    MeetingAction,
    MeetingDraft,
    check_meeting,
    meeting_number,
)
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.noting import noted, refuse
from propdesk.services.parts.numbering import take_number_of_year
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.meetings import get_action, get_meeting
from propdesk.storage.surveys import MeetingActionRecord, MeetingRecord


def write_meeting(draft: MeetingDraft, *, by: int, now: datetime) -> Meeting:
    """Keep a meeting under the next number of its year, planned ones too.

    Raises DraftError with a sentence for each field that is not right yet.
    """
    with writing():
        who = actor(by, Right.WRITE_NOTICES)
        draft = _clean(draft)
        sequence = take_number_of_year(SERIES, draft.at.year)
        record = MeetingRecord.create(
            number=meeting_number(draft.at.year, sequence),
            **_columns(draft),
            written_at=local(now),
            staff=who.id,
        )
        _store_actions(record.id, draft)
        return get_meeting(record.id)


def change_meeting(meeting_id: int, draft: MeetingDraft, *, version: int, by: int) -> Meeting:
    """Write the record of a meeting, or put it right; what was done already stays done."""
    with writing():
        actor(by, Right.WRITE_NOTICES)
        meeting = _standing(meeting_id)
        check_version(meeting.version, version)
        draft = _clean(draft)
        record = MeetingRecord.get_by_id(meeting_id)
        for name, value in _columns(draft).items():
            setattr(record, name, value)
        record.version += 1
        record.save()
        _store_actions(meeting_id, draft)
        return get_meeting(meeting_id)


def void_meeting(meeting_id: int, *, by: int, now: datetime) -> Meeting:
    """Void a meeting that did not take place; its number stays."""
    with writing():
        actor(by, Right.WRITE_NOTICES)
        _standing(meeting_id)
        record = MeetingRecord.get_by_id(meeting_id)
        record.voided_at = local(now)
        record.version += 1
        record.save()
        return get_meeting(meeting_id)


def finish_action(
    action_id: int, result: str, *, on: date, by: int, now: datetime
) -> MeetingAction:
    """Note that something a meeting decided is done, and what came of it."""
    with writing():
        actor(by, Right.WRITE_NOTICES)
        _standing(get_action(action_id).meeting_id)
        record = MeetingActionRecord.get_by_id(action_id)
        if record.done_on is not None:
            raise RuleError("meeting-action-done", _("This is done already."))
        if on > local(now).date():
            raise RuleError(
                "meeting-action-early",
                _("What is not done yet cannot be noted as done; choose today or an earlier day."),
            )
        record.result = noted(result, _("Write what came of it."))
        record.done_on = on
        record.save()
        return get_action(action_id)


def _standing(meeting_id: int) -> Meeting:
    meeting = get_meeting(meeting_id)
    if meeting.voided_at is not None:
        raise RuleError("meeting-voided", _("This meeting is void."))
    return meeting


def _clean(draft: MeetingDraft) -> MeetingDraft:
    """Return a draft as it is stored; only the headings of its kind are kept."""
    wanted = SECTIONS_OF[draft.kind]
    clean = replace(
        draft,
        title=clean_line(draft.title),
        place=clean_line(draft.place),
        host=clean_line(draft.host),
        recorder=clean_line(draft.recorder),
        attendees=tuple(
            Attendee(clean_line(one.name), clean_line(one.part)) for one in draft.attendees
        ),
        sections={
            section: clean_text(draft.sections[section])
            for section in wanted
            if draft.sections.get(section)
        },
        actions=tuple(
            replace(one, text=clean_text(one.text), responsible=clean_line(one.responsible))
            for one in draft.actions
        ),
    )
    refuse(check_meeting(clean))
    return clean


def _columns(draft: MeetingDraft) -> dict[str, Any]:
    return {
        "kind": draft.kind.value,
        "title": draft.title,
        "at": draft.at,
        "place": draft.place,
        "host": draft.host,
        "recorder": draft.recorder,
        "attendees": [[one.name, one.part] for one in draft.attendees],
        "sections": {section.value: text for section, text in draft.sections.items()},
    }


def _store_actions(meeting_id: int, draft: MeetingDraft) -> None:
    """Write the actions in their order; one that is done already may not be taken out.

    An action is known by its words wherever it now stands; one in new words is the open one that
    stood in its place.
    """
    records = list(
        MeetingActionRecord.select()
        .where(MeetingActionRecord.meeting == meeting_id)
        .order_by(MeetingActionRecord.position)
    )
    kept: dict[int, MeetingActionRecord] = {}
    for place, action in enumerate(draft.actions, 1):
        same = next((one for one in records if one.text == action.text), None)
        if same is not None:
            kept[place] = same
            records.remove(same)
    for record in list(records):
        if record.position <= len(draft.actions) and record.position not in kept:
            kept[record.position] = record
            records.remove(record)
    for record in records:
        _refuse_done(record)
        record.delete_instance()
    # Two may change places: for a moment all stand behind the last one.
    behind = len(draft.actions) + max((one.position for one in kept.values()), default=0)
    MeetingActionRecord.update(position=MeetingActionRecord.position + behind).where(
        MeetingActionRecord.meeting == meeting_id
    ).execute()
    for place, action in enumerate(draft.actions, 1):
        columns = {
            "position": place,
            "text": action.text,
            "department": action.department_id,
            "responsible": action.responsible,
            "due_on": action.due_on,
            "needs_improvement": action.needs_improvement,
        }
        if place not in kept:
            MeetingActionRecord.create(meeting=meeting_id, **columns)
            continue
        record = kept[place]
        if record.text != action.text:
            _refuse_done(record)
        for name, value in columns.items():
            setattr(record, name, value)
        record.save()


def _refuse_done(record: MeetingActionRecord) -> None:
    """Refuse to take out or to reword what is done."""
    if record.done_on is not None:
        words = _("«{text}» is done already: keep it in the record as it stands.")
        raise DraftError((Problem("actions", words.format(text=record.text[:30])),))

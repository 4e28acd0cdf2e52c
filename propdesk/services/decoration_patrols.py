"""Looks at decorations under way: what was found, until when, put right, made a ticket (942)."""

from dataclasses import replace
from datetime import date, datetime

from propdesk.domain.decorations import (
    Patrol,
    PatrolDraft,
    Stage,
    check_patrol,
)
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.findings import FindingState
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.decoration_finds import take_breach
from propdesk.services.parts.journal import Entry, check_time
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.decorations import get_decoration, get_patrol, list_patrols
from propdesk.storage.houses import DecorationPatrolRecord
from propdesk.storage.inspections import FindingRecord


def note_patrol(
    decoration_id: int,
    draft: PatrolDraft,
    *,
    by: int,
    now: datetime,
    at: datetime | None = None,
) -> tuple[Patrol, ...]:
    """Note a look at a decoration, with a line for each finding; return these lines.

    Works without a permit may be looked at too: that they go on is a finding.
    """
    with writing():
        who = actor(by, Right.DO_WORK)
        entry = Entry(who, now, at)
        check_time(entry, None)
        decoration = get_decoration(decoration_id)
        if decoration.stage(local(now).date()) in {Stage.ACCEPTED, Stage.CANCELLED}:
            raise RuleError(
                "decoration-ended",
                _("{number} has ended; take a new application for further works.").format(
                    number=decoration.number
                ),
            )
        draft = replace(
            draft,
            patrolled_by=clean_line(draft.patrolled_by) or who.name,
            findings=tuple(
                replace(finding, text=clean_text(finding.text)) for finding in draft.findings
            ),
        )
        refuse(check_patrol(draft, entry.happened.date()))
        common = {
            "decoration": decoration_id,
            "at": entry.happened,
            "entered_at": local(now),
            "staff": who.id,
            "patrolled_by": draft.patrolled_by,
            "result": draft.result.value,
        }
        lines = [
            {"kind": one.kind.value, "finding": one.text, "due_on": one.due_on}
            for one in draft.findings
        ]
        made = {DecorationPatrolRecord.create(**common, **line).id for line in lines or [{}]}
        return tuple(one for one in list_patrols(decoration_id) if one.id in made)


def rectify_finding(patrol_id: int, *, by: int, now: datetime, on: date | None = None) -> Patrol:
    """Note that what was found is put right; who is on the spot may say so."""
    with writing():
        actor(by, Right.DO_WORK)
        patrol = _finding(patrol_id)
        today = local(now).date()
        day = on or today
        if day > today:
            raise DraftError((Problem("on", _("This day has not come yet.")),))
        if day < patrol.at.date():
            raise DraftError((Problem("on", _("It was found later than that.")),))
        if patrol.rectified_on is not None:
            raise RuleError(
                "finding-rectified",
                _("This was put right on {day} already.").format(day=patrol.rectified_on),
            )
        DecorationPatrolRecord.update(rectified_on=day).where(
            DecorationPatrolRecord.id == patrol_id
        ).execute()
        _tell_round(patrol_id, state=FindingState.RECTIFIED.value, rectified_on=day)
        return get_patrol(patrol_id)


def make_ticket(patrol_id: int, *, by: int, now: datetime) -> Patrol:
    """Make a breach of what was found, with its steps to dissuade, stop and report (942).

    It is an internal complaint: it stays out of the figures of what residents complain of.
    """
    with writing():
        who = actor(by, Right.TAKE_TICKETS)
        patrol = _finding(patrol_id)
        if patrol.ticket_id is not None:
            raise RuleError(
                "finding-has-ticket",
                _("This is ticket {number} already.").format(number=patrol.ticket),
            )
        decoration = get_decoration(patrol.decoration_id)
        entry = Entry(who, now)
        text = f"{patrol.finding} ({decoration.number})"
        ticket = take_breach(text, decoration.unit_id, patrol.patrolled_by, entry)
        DecorationPatrolRecord.update(ticket=ticket.id).where(
            DecorationPatrolRecord.id == patrol_id
        ).execute()
        _tell_round(patrol_id, state=FindingState.TICKET.value, ticket=ticket.id)
        return get_patrol(patrol_id)


def _finding(patrol_id: int) -> Patrol:
    patrol = get_patrol(patrol_id)
    if patrol.kind is None:
        raise RuleError("finding-none", _("Nothing was found at this patrol."))
    return patrol


def _tell_round(patrol_id: int, **told: object) -> None:
    """Let the finding of the round that made a patrol say the same."""
    found_id = DecorationPatrolRecord.get_by_id(patrol_id).found_id
    if found_id is not None:
        FindingRecord.update(version=FindingRecord.version + 1, **told).where(
            FindingRecord.id == found_id
        ).execute()

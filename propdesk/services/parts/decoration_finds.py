"""A round through houses with works going on is a patrol of each one's decoration file (R101).

A finding of the round and its line in the decoration file are one thing: whatever becomes of one
becomes of the other, in the same transaction.
"""

from collections.abc import Mapping
from datetime import date, datetime

from propdesk.domain.decoration_rounds import is_situation, kind_of_item, result_of
from propdesk.domain.decorations import PatrolResult
from propdesk.domain.findings import FindingState
from propdesk.domain.inspection_results import Sheet, SheetPlace, Walk
from propdesk.domain.staff import Staff
from propdesk.domain.tickets import Channel, EventKind, Kind, ReporterKind, TicketDraft, Urgency
from propdesk.domain.violations import Violation
from propdesk.services.parts.journal import Entry, record
from propdesk.services.parts.registering import take_in
from propdesk.services.parts.writing import local
from propdesk.storage.database import rows
from propdesk.storage.houses import DecorationPatrolRecord
from propdesk.storage.inspections import FindingRecord
from propdesk.storage.tickets import TicketRecord


def note_round_patrols(
    sheet: Sheet, walks: Mapping[int, Walk], staff: Staff, now: datetime
) -> None:
    """Write the patrols that rounds of a sheet were, each house and finding once.

    Entered again or corrected, the lines follow. A house without a decoration file has only the
    finding itself.
    """
    for round_id, walk in walks.items():
        for place in sheet.places:
            decoration_id = _file_of(place)
            if decoration_id is not None and _is_seen(round_id, place):
                _note_patrol(decoration_id, round_id, place, walk, staff, now)


def take_breach(
    text: str, unit_id: int | None, found_by: str, entry: Entry, urgency: Urgency | None = None
) -> TicketRecord:
    """Register a breach that a patrol found, with its steps to dissuade, stop and report (942).

    It is an internal complaint: it stays out of the figures of what residents complain of (R26).
    """
    ticket = take_in(
        TicketDraft(
            kind=Kind.COMPLAINT,
            text=text,
            unit_id=unit_id,
            channel=Channel.PATROL,
            reporter_name=found_by,
            reporter_kind=ReporterKind.INTERNAL,
            urgency=urgency,
        ),
        entry,
    )
    ticket.violation = Violation.DECORATION.value
    record(ticket, EventKind.AMENDED, entry, detail={"violation": ""})
    return ticket


def patrol_of_finding(finding_id: int) -> DecorationPatrolRecord | None:
    """Return the line of a decoration file that a finding of a round is, None for others."""
    found: DecorationPatrolRecord | None = DecorationPatrolRecord.get_or_none(
        DecorationPatrolRecord.found == finding_id
    )
    return found


def follow_finding(
    finding_id: int,
    *,
    ticket_id: int | None = None,
    due_on: date | None = None,
    rectified_on: date | None = None,
) -> None:
    """Let the line of the decoration file say what became of its finding."""
    told = {"ticket": ticket_id, "due_on": due_on, "rectified_on": rectified_on}
    told = {column: value for column, value in told.items() if value is not None}
    if told:
        DecorationPatrolRecord.update(told).where(
            DecorationPatrolRecord.found == finding_id
        ).execute()


def drop_line(finding_id: int) -> None:
    """Take the line of a finding that was none out of its file; that somebody looked stays."""
    line = patrol_of_finding(finding_id)
    if line is not None:
        others = DecorationPatrolRecord.select().where(
            DecorationPatrolRecord.round == line.round_id,
            DecorationPatrolRecord.decoration == line.decoration_id,
            DecorationPatrolRecord.id != line.id,
        )
        if others.exists():
            line.delete_instance()
        else:
            line.found_id, line.kind, line.finding = None, "", ""
            line.save()


def _file_of(place: SheetPlace) -> int | None:
    """Return the open decoration file of a place, the newest one; also one without a permit."""
    found = rows(
        "SELECT id FROM decoration WHERE unit_id = ? AND accepted_on IS NULL "
        "AND cancelled_on IS NULL ORDER BY id DESC LIMIT 1",
        place.unit_id,
    )
    return int(found[0][0]) if found else None


def _is_seen(round_id: int, place: SheetPlace) -> bool:
    return bool(
        rows(
            "SELECT 1 FROM inspection_result WHERE round_id = ? AND position = ? LIMIT 1",
            round_id,
            place.position,
        )
    )


def _note_patrol(
    decoration_id: int,
    round_id: int,
    place: SheetPlace,
    walk: Walk,
    staff: Staff,
    now: datetime,
) -> None:
    shipped = rows("SELECT shipped FROM check_template WHERE id = ?", place.template_id)[0][0]
    result = _met_at_the_door(round_id, place, shipped)
    common = {
        "decoration": decoration_id,
        "round": round_id,
        "at": walk.done_at,
        "entered_at": local(now),
        "staff": staff.id,
        "patrolled_by": walk.walker or staff.name,
        "result": result.value,
    }
    situation = {item.key for item in place.items if is_situation(shipped, item)}
    lines = {
        line.found_id: line
        for line in DecorationPatrolRecord.select().where(
            DecorationPatrolRecord.decoration == decoration_id,
            DecorationPatrolRecord.round == round_id,
        )
    }
    standing = [
        finding
        for finding in FindingRecord.select().where(
            FindingRecord.round == round_id, FindingRecord.unit == place.unit_id
        )
        if finding.state != FindingState.DROPPED.value and finding.key not in situation
    ]
    kept = {finding.id for finding in standing}
    for found_id in lines:
        if found_id is not None and found_id not in kept:
            drop_line(found_id)
    for finding in standing:
        if finding.id not in lines:
            DecorationPatrolRecord.create(
                **common,
                finding=finding.text,
                kind=kind_of_item(shipped, finding.key).value,
                rectified_on=finding.rectified_on,
                found=finding.id,
            )
    plain = DecorationPatrolRecord.select().where(
        DecorationPatrolRecord.decoration == decoration_id,
        DecorationPatrolRecord.round == round_id,
        DecorationPatrolRecord.found.is_null(),
    )
    if standing:
        for line in plain:
            line.delete_instance()
    elif not plain.exists():
        DecorationPatrolRecord.create(**common)


def _met_at_the_door(round_id: int, place: SheetPlace, shipped: str) -> PatrolResult:
    for item in place.items:
        if is_situation(shipped, item):
            found = rows(
                "SELECT words FROM inspection_result WHERE round_id = ? AND position = ? "
                "AND item_id = ? ORDER BY id DESC LIMIT 1",
                round_id,
                place.position,
                item.id,
            )
            return result_of(item, found[0][0]) if found else PatrolResult.LOOKED
    return PatrolResult.LOOKED

"""What becomes of a finding: a ticket in one press, put right on the spot, a notice, or nothing."""

from datetime import datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.findings import Finding, FindingState
from propdesk.domain.staff import Right
from propdesk.domain.tickets import Channel, Kind, ReporterKind, Ticket, TicketDraft, Urgency
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.decoration_finds import (
    drop_line,
    follow_finding,
    patrol_of_finding,
    take_breach,
)
from propdesk.services.parts.journal import Entry
from propdesk.services.parts.noting import noted
from propdesk.services.parts.registering import take_in
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import writing
from propdesk.services.queries.findings import get_finding
from propdesk.services.queries.tickets import get_ticket
from propdesk.storage.assets import TicketAssetRecord
from propdesk.storage.inspections import FindingRecord

_CLOSING = frozenset({FindingState.FIXED_ON_SITE, FindingState.RECTIFIED, FindingState.DROPPED})


def write_ticket_of_finding(
    finding_id: int, *, urgency: Urgency | None = None, by: int, now: datetime
) -> Ticket:
    """Register the repair that a finding asks for, with point, item and reading; once only.

    The ticket is internal (it is nobody's call), stands at the place or the house, and names the
    thing, so that its faults are counted (R70).
    """
    with writing():
        staff = actor(by, Right.TAKE_TICKETS)
        finding = get_finding(finding_id)
        _refuse_over(finding)
        lines = [
            finding.text,
            finding.note,
            _("Found on the round «{plan}», sheet {sheet}.").format(
                plan=finding.plan, sheet=finding.sheet or "-"
            ),
            _("Photos: {numbers}").format(numbers=finding.photos) if finding.photos else "",
        ]
        entry = Entry(staff, now)
        text = "\n".join(filter(None, lines))
        # What stands in a decoration file is a breach of its permit (942), not a repair.
        if patrol_of_finding(finding_id) is not None:
            ticket = take_breach(text, finding.unit_id, finding.walker, entry, urgency)
        else:
            ticket = take_in(_repair(finding, text, urgency), entry)
        if finding.asset_id is not None:
            TicketAssetRecord.insert(ticket=ticket.id, asset=finding.asset_id).execute()
        record = FindingRecord.get_by_id(finding_id)
        record.state, record.ticket = FindingState.TICKET.value, ticket.id
        record.version += 1
        record.save()
        follow_finding(finding_id, ticket_id=ticket.id)
        return get_ticket(ticket.id)


def close_finding(
    finding_id: int, state: FindingState, note: str, *, version: int, by: int, now: datetime
) -> Finding:
    """Say that a finding was put right, or was none; a note says how."""
    with writing():
        actor(by, Right.DO_ROUNDS)
        finding = get_finding(finding_id)
        if state not in _CLOSING:
            raise RuleError("finding-state", _("Say whether it was put right or is no fault."))
        _refuse_over(finding)
        check_version(finding.version, version)
        record = FindingRecord.get_by_id(finding_id)
        record.note = noted(note, _("Say what was done."))
        record.state = state.value
        record.rectified_on = None if state is FindingState.DROPPED else now.date()
        record.version += 1
        record.save()
        if state is FindingState.DROPPED:
            drop_line(finding_id)
        else:
            follow_finding(finding_id, rectified_on=record.rectified_on)
        return get_finding(finding_id)


def _repair(finding: Finding, text: str, urgency: Urgency | None) -> TicketDraft:
    return TicketDraft(
        kind=Kind.REPAIR,
        text=text,
        matter=finding.text.split("\n")[0],
        unit_id=finding.unit_id,
        place="" if finding.unit_id else " ".join(filter(None, (finding.point, finding.where))),
        common_part=finding.unit_id is None,
        channel=Channel.PATROL,
        reporter_name=finding.walker,
        reporter_kind=ReporterKind.INTERNAL,
        urgency=urgency,
    )


def _refuse_over(finding: Finding) -> None:
    if finding.standing is FindingState.TICKET:
        raise RuleError(
            "finding-ticket",
            _("The ticket {number} takes care of it.").format(number=finding.ticket),
        )
    if finding.standing is FindingState.RECTIFICATION:
        raise RuleError(
            "finding-notice",
            _("The notice {number} takes care of it.").format(number=finding.rectification),
        )
    if finding.standing is not FindingState.OPEN:
        raise RuleError("finding-over", _("The finding is settled already."))

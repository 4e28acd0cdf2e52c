"""Findings and rectification notices to read; faults of each thing counted (R70)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.findings import (
    Finding,
    FindingState,
    Recheck,
    Rectification,
    RectificationDraft,
)
from propdesk.domain.texts import elide
from propdesk.domain.units import building_name
from propdesk.i18n import _
from propdesk.storage.database import rows, stored_time

_FINDINGS = (
    "SELECT f.id, f.text, f.found_at, coalesce(p.code || ' ' || p.name, u.short, ''), "
    "coalesce(b.name, ''), coalesce(p.floor, ''), coalesce(p.area, ''), f.unit_id, f.asset_id, "
    "coalesce(a.name, ''), coalesce(s.number, ''), f.round_id, l.name, r.walker, f.state, "
    "CASE WHEN f.state <> 'ticket' THEN f.state WHEN t.status = 'closed' THEN 'rectified' "
    "WHEN t.status = 'void' THEN 'open' ELSE 'ticket' END, "
    "f.needs_improvement, (SELECT count(*) FROM finding o WHERE o.point_id IS f.point_id "
    " AND o.unit_id IS f.unit_id AND o.template_id = f.template_id AND o.key = f.key "
    " AND o.state <> 'dropped' AND o.found_at <= f.found_at), "
    "f.ticket_id, coalesce(t.number, ''), coalesce(n.number, ''), f.rectified_on, x.photos, "
    "f.note, f.version FROM finding f JOIN inspection_round r ON r.id = f.round_id "
    "JOIN inspection_plan l ON l.id = r.plan_id "
    "JOIN inspection_result x ON x.id = f.result_id "
    "LEFT JOIN inspection_sheet s ON s.id = r.sheet_id "
    "LEFT JOIN inspection_point p ON p.id = f.point_id "
    "LEFT JOIN building b ON b.id = p.building_id "
    "LEFT JOIN unit u ON u.id = f.unit_id LEFT JOIN asset a ON a.id = f.asset_id "
    "LEFT JOIN ticket t ON t.id = f.ticket_id "
    "LEFT JOIN rectification n ON n.id = f.rectification_id "
)
_NOTICES = (
    "SELECT n.id, n.number, n.addressee, n.problem, n.demand, n.deadline_on, n.place, n.basis, "
    "n.vendor_id, n.unit_id, n.issued_at, s.name, n.receiver, n.received_on, n.refused, n.recheck, "
    "n.rechecked_on, n.recheck_note, n.voided_at, "
    "(SELECT count(*) FROM finding f WHERE f.rectification_id = n.id), n.version "
    "FROM rectification n JOIN staff s ON s.id = n.staff_id "
)


@dataclass(frozen=True, slots=True)
class FaultCount:
    """How often a thing failed in a span: tickets about it, findings at it; the last day (R70).

    `days_between` is how many days lay between two faults on average, None below two.
    """

    asset_id: int
    code: str
    name: str
    tickets: int
    findings: int
    last_on: date
    days_between: int | None

    @property
    def faults(self) -> int:
        """Return all faults; a finding that became a ticket counts once."""
        return self.tickets + self.findings


def list_findings(
    *,
    open_only: bool = False,
    improvement_only: bool = False,
    from_on: date | None = None,
    until_on: date | None = None,
    asset_id: int | None = None,
    round_id: int | None = None,
    unit_id: int | None = None,
    limit: int = 500,
) -> list[Finding]:
    """Return findings, the latest first; those that were none are left out."""
    found = rows(
        f"{_FINDINGS} WHERE f.state <> 'dropped' "
        "AND (NOT ? OR f.state = 'open' OR (f.state = 'ticket' AND t.status = 'void')) "
        "AND (NOT ? OR f.needs_improvement) AND (? IS NULL OR date(f.found_at) >= ?) "
        "AND (? IS NULL OR date(f.found_at) <= ?) AND (? IS NULL OR f.asset_id = ?) "
        "AND (? IS NULL OR f.round_id = ?) AND (? IS NULL OR f.unit_id = ?) "
        "ORDER BY f.found_at DESC, f.id DESC LIMIT ?",
        open_only,
        improvement_only,
        *_twice(from_on and from_on.isoformat()),
        *_twice(until_on and until_on.isoformat()),
        *_twice(asset_id),
        *_twice(round_id),
        *_twice(unit_id),
        limit,
    )
    return [_finding(row) for row in found]


def get_finding(finding_id: int) -> Finding:
    """Return a finding; raises RuleError where there is none."""
    found = rows(f"{_FINDINGS} WHERE f.id = ?", finding_id)
    if not found:
        raise RuleError("finding-unknown", _("There is no such finding."))
    return _finding(found[0])


def find_finding_of_ticket(ticket_id: int) -> Finding | None:
    """Return the finding that a ticket was written for, None for other tickets."""
    found = rows(f"{_FINDINGS} WHERE f.ticket_id = ?", ticket_id)
    return _finding(found[0]) if found else None


def list_rectifications(*, open_only: bool = False, limit: int = 200) -> list[Rectification]:
    """Return notices, the nearest deadline first; open ones are neither void nor rectified."""
    found = rows(
        f"{_NOTICES} WHERE NOT ? OR (n.voided_at IS NULL AND n.recheck <> 'rectified') "
        "ORDER BY n.voided_at IS NOT NULL, n.recheck = 'rectified', n.deadline_on, n.number "
        "LIMIT ?",
        open_only,
        limit,
    )
    return [_notice(row) for row in found]


def find_rectification(number: str) -> Rectification:
    """Return a notice by its number; raises RuleError without one."""
    found = rows(f"{_NOTICES} WHERE n.number = ?", number.strip().upper())
    if not found:
        raise RuleError(
            "rectification-unknown",
            _("There is no notice «{number}».").format(number=elide(number, 40)),
        )
    return _notice(found[0])


def count_faults(from_on: date, until_on: date) -> list[FaultCount]:
    """Return the faults of each thing in a span, the worst first (R70).

    A finding with a ticket is that ticket; voided and merged tickets are no faults.
    """
    found = rows(
        "WITH fault (asset_id, at, is_ticket) AS ("
        "SELECT x.asset_id, t.received_at, 1 FROM ticket_asset x JOIN ticket t "
        " ON t.id = x.ticket_id WHERE t.status NOT IN ('void', 'merged') "
        " AND t.received_at BETWEEN ? AND ? "
        "UNION ALL SELECT f.asset_id, f.found_at, 0 FROM finding f WHERE f.asset_id IS NOT NULL "
        " AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.id = f.ticket_id AND t.status <> 'void') "
        " AND f.state <> 'dropped' AND f.found_at BETWEEN ? AND ?) "
        "SELECT a.id, a.code, a.name, sum(is_ticket), count(*) - sum(is_ticket), "
        "max(date(at)), min(date(at)) FROM fault JOIN asset a ON a.id = fault.asset_id "
        "GROUP BY a.id ORDER BY count(*) DESC, a.code",
        *_span(from_on, until_on),
        *_span(from_on, until_on),
    )
    return [
        FaultCount(
            asset_id, code, name, tickets, findings, date.fromisoformat(last),
            _days_between(first, last, tickets + findings),
        )
        for asset_id, code, name, tickets, findings, last, first in found
    ]  # fmt: skip


def _span(from_on: date, until_on: date) -> tuple[str, str]:
    day = datetime.fromordinal
    last = day(until_on.toordinal()).replace(hour=23, minute=59, second=59)
    return stored_time(day(from_on.toordinal())), stored_time(last)


def _days_between(first: str, last: str, faults: int) -> int | None:
    if faults < 2:
        return None
    days = date.fromisoformat(last).toordinal() - date.fromisoformat(first).toordinal()
    return round(days / (faults - 1))


def _twice(value: Any) -> Sequence[Any]:
    return value, value


def _finding(row: tuple[Any, ...]) -> Finding:
    (
        finding_id, text, found_at, point, building, floor, area, unit_id, asset_id, asset, sheet,
        round_id, plan, walker, state, standing, improvement, times, ticket_id, ticket, notice,
        rectified_on, photos, note, version,
    ) = row  # fmt: skip
    return Finding(
        id=finding_id,
        text=text,
        found_at=datetime.fromisoformat(found_at),
        point=point,
        where=" ".join(filter(None, (building and building_name(building), floor, area))),
        unit_id=unit_id,
        asset_id=asset_id,
        asset=asset,
        sheet=sheet,
        round_id=round_id,
        plan=plan,
        walker=walker,
        state=FindingState(state),
        standing=FindingState(standing),
        needs_improvement=bool(improvement),
        times=times,
        ticket_id=ticket_id,
        ticket=ticket,
        rectification=notice,
        rectified_on=_day(rectified_on),
        photos=photos,
        note=note,
        version=version,
    )


def _notice(row: tuple[Any, ...]) -> Rectification:
    (
        notice_id, number, addressee, problem, demand, deadline, place, basis, vendor_id, unit_id,
        issued_at, by, receiver, received_on, refused, recheck, rechecked_on, recheck_note,
        voided_at, findings, version,
    ) = row  # fmt: skip
    return Rectification(
        id=notice_id,
        number=number,
        draft=RectificationDraft(
            addressee=addressee,
            problem=problem,
            demand=demand,
            deadline_on=date.fromisoformat(deadline),
            place=place,
            basis=basis,
            vendor_id=vendor_id,
            unit_id=unit_id,
        ),
        issued_at=datetime.fromisoformat(issued_at),
        by=by,
        receiver=receiver,
        received_on=_day(received_on),
        refused=bool(refused),
        recheck=Recheck(recheck),
        rechecked_on=_day(rechecked_on),
        recheck_note=recheck_note,
        voided_at=datetime.fromisoformat(voided_at) if voided_at else None,
        findings=findings,
        version=version,
    )


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None

"""Findings and rectification notices to read; faults of each thing counted (R70)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.findings import (
    Finding,
    FindingGroup,
    FindingState,
    Recheck,
    Rectification,
    RectificationDraft,
)
from propdesk.domain.months import Month
from propdesk.domain.texts import elide
from propdesk.domain.units import building_name
from propdesk.i18n import _
from propdesk.services.parts.inspection_settings import load_inspection_settings
from propdesk.storage.database import database, rows, stored_time

_STANDING = (
    "CASE WHEN f.state <> 'ticket' THEN f.state WHEN t.status = 'closed' THEN 'rectified' "
    "WHEN t.status = 'void' THEN 'open' ELSE 'ticket' END"
)
_FINDINGS = (
    "SELECT f.id, f.text, f.found_at, coalesce(p.code || ' ' || p.name, u.short, ''), "
    "coalesce(b.name, ''), coalesce(p.floor, ''), coalesce(p.area, ''), f.unit_id, f.asset_id, "
    "coalesce(a.name, ''), coalesce(s.number, ''), f.round_id, l.name, r.walker, f.state, "
    f"{_STANDING} AS standing, "
    "f.needs_improvement, (SELECT count(*) FROM finding o WHERE o.point_id IS f.point_id "
    " AND o.unit_id IS f.unit_id AND o.template_id = f.template_id AND o.key = f.key "
    " AND o.state <> 'dropped' AND o.found_at BETWEEN "
    " strftime('%Y-%m-%dT00:00:00', f.found_at, :span) AND f.found_at), "
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
_GROUPS = {
    # Asked for all day: by the indexes of what is open and of what has a ticket.
    FindingGroup.OPEN: (
        "f.id IN (SELECT id FROM finding WHERE state = 'open' UNION ALL SELECT w.id "
        "FROM finding w JOIN ticket v ON v.id = w.ticket_id WHERE w.ticket_id IS NOT NULL "
        "AND w.state = 'ticket' AND v.status = 'void')"
    ),
    FindingGroup.TICKET: "f.ticket_id IS NOT NULL AND standing = 'ticket'",
    FindingGroup.NOTICE: "standing = 'rectification'",
    FindingGroup.IMPROVEMENT: (
        "f.needs_improvement AND f.state <> 'dropped' AND NOT EXISTS (SELECT 1 FROM finding o "
        "WHERE o.point_id IS f.point_id AND o.unit_id IS f.unit_id "
        "AND o.template_id = f.template_id AND o.key = f.key AND o.state <> 'dropped' "
        "AND (o.found_at, o.id) > (f.found_at, f.id))"
    ),
    FindingGroup.SETTLED: "standing IN ('fixed-on-site', 'rectified')",
    FindingGroup.ALL: "f.state <> 'dropped'",
}
_NARROWING = {
    "from": "f.found_at >= :from",
    "after": "f.found_at < :after",
    "asset": "f.asset_id = :asset",
    "round": "f.round_id = :round",
    "unit": "f.unit_id = :unit",
    "notice": "f.rectification_id = :notice",
}
_FAULTS = (
    "WITH fault (asset_id, at, is_ticket) AS ("
    "SELECT x.asset_id, t.received_at, 1 FROM ticket_asset x JOIN ticket t "
    " ON t.id = x.ticket_id WHERE t.status NOT IN ('void', 'merged') "
    " AND t.received_at BETWEEN ? AND ? "
    "UNION ALL SELECT f.asset_id, f.found_at, 0 FROM finding f WHERE f.asset_id IS NOT NULL "
    " AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.id = f.ticket_id AND t.status <> 'void') "
    " AND f.state <> 'dropped' AND f.found_at BETWEEN ? AND ?) "
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
    group: FindingGroup = FindingGroup.ALL,
    *,
    from_on: date | None = None,
    until_on: date | None = None,
    asset_id: int | None = None,
    round_id: int | None = None,
    unit_id: int | None = None,
    rectification_id: int | None = None,
    limit: int = 500,
) -> list[Finding]:
    """Return findings of a group, the latest first; those that were none are left out.

    What needs improvement stands once, with its latest finding.
    """
    values = {
        "from": from_on and from_on.isoformat(),
        "after": until_on and date.fromordinal(until_on.toordinal() + 1).isoformat(),
        "asset": asset_id,
        "round": round_id,
        "unit": unit_id,
        "notice": rectification_id,
    }
    values = {key: value for key, value in values.items() if value is not None}
    wanted = " AND ".join((_GROUPS[group], *(_NARROWING[key] for key in values)))
    return _found(wanted, {**values, "limit": limit})


def count_findings() -> dict[FindingGroup, int]:
    """Return how many findings each group has."""
    counts = dict.fromkeys(FindingGroup, 0)
    for group in FindingGroup:
        counts[group] = rows(
            f"SELECT count(*) FROM (SELECT f.id, {_STANDING} AS standing FROM finding f "
            f"LEFT JOIN ticket t ON t.id = f.ticket_id WHERE {_GROUPS[group]})"
        )[0][0]
    return counts


def get_finding(finding_id: int) -> Finding:
    """Return a finding; raises RuleError where there is none."""
    found = _found("f.id = :id", {"id": finding_id, "limit": 1})
    if not found:
        raise RuleError("finding-unknown", _("There is no such finding."))
    return found[0]


def find_finding_of_ticket(ticket_id: int) -> Finding | None:
    """Return the finding that a ticket was written for, None for other tickets."""
    found = _found("f.ticket_id = :ticket", {"ticket": ticket_id, "limit": 1})
    return found[0] if found else None


def _found(wanted: str, values: dict[str, Any]) -> list[Finding]:
    span = f"-{load_inspection_settings().repeat_days} days"
    found = database.execute_sql(
        f"{_FINDINGS} WHERE {wanted} ORDER BY f.found_at DESC, f.id DESC LIMIT :limit",
        {**values, "span": span},
    ).fetchall()
    return [_finding(row) for row in found]


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


def get_rectification(notice_id: int) -> Rectification:
    """Return a notice; raises RuleError where there is none."""
    found = rows(f"{_NOTICES} WHERE n.id = ?", notice_id)
    if not found:
        raise RuleError("rectification-unknown", _("There is no such notice."))
    return _notice(found[0])


def count_faults(from_on: date, until_on: date) -> list[FaultCount]:
    """Return the faults of each thing in a span, the worst first (R70).

    A finding with a ticket is that ticket; voided and merged tickets are no faults.
    """
    found = rows(
        f"{_FAULTS} SELECT a.id, a.code, a.name, sum(is_ticket), count(*) - sum(is_ticket), "
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


def count_faults_by_month(from_on: date, until_on: date) -> dict[int, dict[Month, int]]:
    """Return how often each thing failed in each month of a span (R70)."""
    counts: dict[int, dict[Month, int]] = {}
    for asset_id, month, count in rows(
        f"{_FAULTS} SELECT asset_id, substr(at, 1, 7), count(*) FROM fault GROUP BY 1, 2",
        *_span(from_on, until_on),
        *_span(from_on, until_on),
    ):
        counts.setdefault(asset_id, {})[Month.parse(month)] = count
    return counts


def _span(from_on: date, until_on: date) -> tuple[str, str]:
    day = datetime.fromordinal
    last = day(until_on.toordinal()).replace(hour=23, minute=59, second=59)
    return stored_time(day(from_on.toordinal())), stored_time(last)


def _days_between(first: str, last: str, faults: int) -> int | None:
    if faults < 2:
        return None
    days = date.fromisoformat(last).toordinal() - date.fromisoformat(first).toordinal()
    return round(days / (faults - 1))


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

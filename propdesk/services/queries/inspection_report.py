"""What a month's inspection report counts (forms.md 5.6, R70, R100): read by index, month by month.

Rounds are those planned for the month, findings those found in it. A result that was corrected
counts as it stands now.
"""

from datetime import date, datetime

from propdesk.domain.check_items import InspectionKind
from propdesk.domain.findings import FindingState
from propdesk.domain.inspection_report import (
    LAWFUL,
    FaultRow,
    FoundPart,
    InspectionFigures,
    MonthFacts,
    OverdueRow,
    PlotPoint,
    RepeatedRow,
    TrendRow,
    Walked,
    WalkedPart,
    compare_scores,
    group_found,
    group_walked,
    sum_found,
    sum_walked,
)
from propdesk.domain.months import Month
from propdesk.services.parts.inspection_settings import load_inspection_settings
from propdesk.services.parts.missed_rounds import IS_MISSED, MAKES_UP, missed_before
from propdesk.services.queries.findings import count_faults
from propdesk.services.queries.inspection_plans import list_walkers
from propdesk.services.queries.rounds import not_stored
from propdesk.services.queries.statutory_dates import list_statutory_dates
from propdesk.storage.database import rows, stored_time

_MOST_PLOTS = 6

_WALKED = f"""
    SELECT p.id, p.code, p.name, p.kind, p.source, p.verified,
        CASE WHEN r.walker <> '' THEN r.walker ELSE coalesce(w.name, v.name, d.name, '') END,
        count(*),
        sum(r.state = 'done' AND r.done_at <= r.due_at),
        sum(r.state = 'done' AND r.done_at > r.due_at),
        sum(r.state <> 'done' AND {IS_MISSED}),
        sum(r.state <> 'done' AND NOT {IS_MISSED}),
        sum(r.state <> 'done' AND {IS_MISSED} AND coalesce(u.state = 'done', 0)),
        sum(r.filled), sum(r.abnormal)
    FROM inspection_round r JOIN inspection_plan p ON p.id = r.plan_id
    LEFT JOIN inspection_round u ON {MAKES_UP}
    LEFT JOIN staff w ON w.id = p.walker_id LEFT JOIN vendor v ON v.id = p.vendor_id
    LEFT JOIN department d ON d.id = p.department_id
    WHERE r.planned_on BETWEEN ? AND ? AND r.state <> 'cancelled' AND r.makes_up_id IS NULL
    GROUP BY p.id, 7 ORDER BY p.code, 7
"""
_CALLED_OFF = """
    SELECT count(*) FROM inspection_round
    WHERE planned_on BETWEEN ? AND ? AND state = 'cancelled' AND makes_up_id IS NULL
"""
# A ticket tells of its finding: closed is put right, void leaves it open.
_STATE = """CASE WHEN f.state <> 'ticket' THEN f.state WHEN t.status = 'closed' THEN 'rectified'
        WHEN t.status = 'void' THEN 'open' ELSE 'ticket' END"""
_FOUND = f"""
    SELECT p.kind, {_STATE}, julianday(coalesce(f.rectified_on,
        CASE WHEN f.state = 'ticket' AND t.status = 'closed' THEN date(t.closed_at) END,
        CASE WHEN f.state = 'fixed-on-site' THEN date(f.found_at) END))
        - julianday(date(f.found_at))
    FROM inspection_round r JOIN finding f ON f.round_id = r.id
    JOIN inspection_plan p ON p.id = r.plan_id LEFT JOIN ticket t ON t.id = f.ticket_id
    WHERE f.found_at >= ? AND f.found_at < ?
"""
_OPEN_BEFORE = f"""
    SELECT count(*) FROM finding f LEFT JOIN ticket t ON t.id = f.ticket_id
    WHERE f.found_at < ? AND f.state IN ('open', 'ticket', 'rectification')
        AND {_STATE} IN ('open', 'ticket', 'rectification')
"""
# Of each matter the last finding: SQLite takes the other columns from the row of the maximum.
_REPEATED = f"""
    SELECT f.text, coalesce(o.code || ' ' || o.name, u.short, ''), max(f.found_at), {_STATE},
        (SELECT count(*) FROM finding e WHERE e.point_id IS f.point_id AND e.unit_id IS f.unit_id
            AND e.template_id = f.template_id AND e.key = f.key AND e.state <> 'dropped'
            AND e.found_at <= max(f.found_at)) AS times
    FROM finding f LEFT JOIN inspection_point o ON o.id = f.point_id
    LEFT JOIN unit u ON u.id = f.unit_id LEFT JOIN ticket t ON t.id = f.ticket_id
    WHERE f.needs_improvement AND f.state <> 'dropped' AND f.found_at >= ? AND f.found_at < ?
    GROUP BY f.point_id, f.unit_id, f.template_id, f.key ORDER BY times DESC, 2, f.text
"""
_OVERDUE = """
    SELECT number, addressee, problem, deadline_on FROM rectification
    WHERE deadline_on < ? AND recheck <> 'rectified' AND voided_at IS NULL AND issued_at < ?
    ORDER BY deadline_on, number
"""
# The items of templates that give points; their rounds are few. What is in order has all points,
# a fault those that were given. CROSS JOIN keeps the order of the tables: no year of results is
# read.
_SCORES = """
    WITH RECURSIVE scored AS (
        SELECT DISTINCT v.template_id AS id FROM check_item i
        JOIN template_version v ON v.id = i.version_id WHERE i.score > 0),
    walked AS (
        SELECT r.id FROM inspection_round r JOIN inspection_plan p ON p.id = r.plan_id
        WHERE r.planned_on BETWEEN ? AND ? AND r.state = 'done' AND (
            p.template_id IN (SELECT id FROM scored) OR EXISTS (SELECT 1 FROM plan_line l
                WHERE l.plan_id = p.id AND l.template_id IN (SELECT id FROM scored)))),
    standing (id) AS (
        SELECT x.id FROM walked JOIN inspection_result x
            ON x.round_id = walked.id AND x.replaces_id IS NULL
        UNION ALL
        SELECT n.id FROM standing JOIN inspection_result n ON n.replaces_id = standing.id)
    SELECT t.name, count(DISTINCT x.round_id || ' ' || x.position),
        sum(coalesce(x.score, iif(x.verdict = 'normal', i.score, 0))), sum(i.score)
    FROM standing CROSS JOIN inspection_result x ON x.id = standing.id
    CROSS JOIN check_item i ON i.id = x.item_id
    CROSS JOIN template_version v ON v.id = i.version_id
    CROSS JOIN check_template t ON t.id = v.template_id
    WHERE i.score > 0 AND x.verdict <> 'not-applicable'
        AND NOT EXISTS (SELECT 1 FROM inspection_result n WHERE n.replaces_id = x.id)
    GROUP BY t.id ORDER BY t.code
"""
_OUT = """
    SELECT x.point_id, o.code || ' ' || o.name, v.template_id, i.key, i.name, i.unit, i.decimals,
        count(*)
    FROM inspection_result x JOIN check_item i ON i.id = x.item_id
    JOIN template_version v ON v.id = i.version_id JOIN inspection_point o ON o.id = x.point_id
    WHERE x.verdict = 'abnormal' AND x.performed_at >= ? AND x.performed_at < ?
        AND (x.value_milli < x.lower_milli OR x.value_milli > x.upper_milli)
        AND NOT EXISTS (SELECT 1 FROM inspection_result n WHERE n.replaces_id = x.id)
    GROUP BY x.point_id, v.template_id, i.key ORDER BY count(*) DESC, 2, i.position LIMIT ?
"""
_READINGS = """
    SELECT x.performed_at, x.value_milli, x.lower_milli, x.upper_milli FROM inspection_result x
    WHERE x.point_id = ? AND x.value_milli IS NOT NULL
        AND x.item_id IN (SELECT i.id FROM template_version v JOIN check_item i
            ON i.version_id = v.id WHERE v.template_id = ? AND i.key = ?)
        AND x.performed_at >= ? AND x.performed_at < ?
        AND NOT EXISTS (SELECT 1 FROM inspection_result n WHERE n.replaces_id = x.id)
    ORDER BY x.performed_at, x.id
"""


def read_inspection_figures(month: Month, now: datetime) -> InspectionFigures:
    """Return every figure of a month up to `now`, local time; a month without rounds has zeros."""
    settings = load_inspection_settings()
    is_running = now < month.end
    last_day = min(month.last_day, now.date())
    days_ahead = settings.warnings[0]
    this, before = _facts(month, last_day, now), _facts(month.previous, last_day, now)
    lawful, lawful_before = (
        [one for one in facts.walked if one.kind in LAWFUL] for facts in (this, before)
    )
    kinds = sorted(this.walked, key=lambda one: list(InspectionKind).index(one.kind))
    walkers = sorted(this.walked, key=lambda one: (not one.walker, one.walker))
    return InspectionFigures(
        month=month,
        as_of=now if is_running else month.end,
        is_running=is_running,
        walked=sum_walked(this.walked),
        called_off=this.called_off,
        previous=sum_walked(before.walked) if before.walked else None,
        by_kind=group_walked(kinds, before.walked, lambda one: one.kind.value),
        by_plan=group_walked(this.walked, before.walked, _plan_name),
        by_walker=group_walked(walkers, before.walked, lambda one: one.walker),
        statutory=group_walked(lawful, lawful_before, _plan_name),
        found=sum_found(this.found),
        found_before=sum_found(before.found),
        found_by_kind=group_found(this.found),
        open_before=rows(_OPEN_BEFORE, stored_time(month.start))[0][0],
        repeated=_repeated(month),
        overdue=_overdue(last_day, month),
        faults=_faults(month),
        trends=_trends(month),
        scores=compare_scores(this.scores, before.scores),
        dates=tuple(list_statutory_dates(last_day, days=days_ahead)),
        days_ahead=days_ahead,
        repeat_times=settings.repeat_times,
    )


def _plan_name(one: WalkedPart) -> str:
    return f"{one.code} {one.name}"


def _facts(month: Month, until: date, now: datetime) -> MonthFacts:
    last = min(month.last_day, until)
    days = (month.start.date().isoformat(), last.isoformat())
    before = missed_before(now)
    walked = [
        WalkedPart(
            plan_id, code, name, InspectionKind(kind), source, bool(verified), walker,
            Walked(*counts),
        )
        for plan_id, code, name, kind, source, verified, walker, *counts in rows(
            _WALKED, *before, *before, *before, *days
        )
    ]  # fmt: skip
    walked += _not_begun(month.start.date(), last, now)
    return MonthFacts(
        walked=tuple(sorted(walked, key=lambda one: (one.code, one.walker))),
        called_off=rows(_CALLED_OFF, *days)[0][0],
        found=tuple(
            FoundPart(
                InspectionKind(kind), FindingState(state), None if days is None else int(days)
            )
            for kind, state, days in rows(_FOUND, *_between(month))
        ),
        scores=tuple((name, sheets, given, full) for name, sheets, given, full in
                     rows(_SCORES, *days)),
    )  # fmt: skip


def _not_begun(first: date, last: date, now: datetime) -> list[WalkedPart]:
    """Return what plans asked for since the office was last opened for work: no row says it yet."""
    found = list(not_stored(first, last))
    walkers = list_walkers() if found else {}
    parts = []
    for plan, one in found:
        walked = Walked(1, missed=int(now > one.due_at), not_due=int(now <= one.due_at))
        said = plan.draft
        part = (plan.id, said.code, said.name, said.kind, said.source, said.verified)
        parts.append(WalkedPart(*part, walkers[plan.id], walked))
    return parts


def _between(month: Month) -> tuple[str, str]:
    return stored_time(month.start), stored_time(month.end)


def _repeated(month: Month) -> tuple[RepeatedRow, ...]:
    """Return what was found again in the month, each once as it stands last."""
    waiting = (FindingState.OPEN, FindingState.TICKET, FindingState.RECTIFICATION)
    return tuple(
        RepeatedRow(
            text, place, times, datetime.fromisoformat(last).date(), FindingState(state) in waiting
        )
        for text, place, last, state, times in rows(_REPEATED, *_between(month))
    )


def _overdue(last_day: date, month: Month) -> tuple[OverdueRow, ...]:
    found = rows(_OVERDUE, last_day.isoformat(), stored_time(month.end))
    return tuple(
        OverdueRow(
            number, addressee, problem, date.fromisoformat(deadline),
            (last_day - date.fromisoformat(deadline)).days,
        )
        for number, addressee, problem, deadline in found
    )  # fmt: skip


def _faults(month: Month) -> tuple[FaultRow, ...]:
    past = month.previous
    before = {one.asset_id: one.faults for one in count_faults(past.start.date(), past.last_day)}
    return tuple(
        FaultRow(
            f"{one.code} {one.name}", one.tickets, one.findings, before.get(one.asset_id, 0),
            one.days_between, one.last_on,
        )
        for one in count_faults(month.start.date(), month.last_day)
    )  # fmt: skip


def _trends(month: Month) -> tuple[TrendRow, ...]:
    found = []
    for point_id, point, template_id, key, item, unit, decimals, out in rows(
        _OUT, *_between(month), _MOST_PLOTS
    ):
        readings = rows(_READINGS, point_id, template_id, key, *_between(month))
        _at, _value, lower, upper = readings[-1]
        points = tuple(
            PlotPoint(
                datetime.fromisoformat(at),
                value,
                (low is not None and value < low) or (high is not None and value > high),
            )
            for at, value, low, high in readings
        )
        found.append(TrendRow(point, item, unit, decimals, lower, upper, out, points))
    return tuple(found)

"""What must hold between rounds, sheets, results and findings at any time (R99, TSG T5002 10)."""

from collections.abc import Callable

from propdesk.i18n import LazyText, _lazy
from propdesk.storage.database import rows

_ROUND = "p.code || ' ' || r.planned_on || ' ' || r.planned_time"


def _first(sql: str) -> list[str]:
    return [str(row[0]).rstrip() for row in rows(sql)]


def _counts() -> list[str]:
    """Find rounds that do not count what stands in their results, or are done and not complete."""
    return _first(
        "WITH standing AS (SELECT round_id, count(*) AS filled, sum(verdict = 'abnormal') AS bad "
        "FROM inspection_result x WHERE NOT EXISTS "
        "(SELECT 1 FROM inspection_result n WHERE n.replaces_id = x.id) GROUP BY round_id) "
        f"SELECT {_ROUND} FROM inspection_round r JOIN inspection_plan p ON p.id = r.plan_id "
        "LEFT JOIN standing s ON s.round_id = r.id WHERE r.filled <> coalesce(s.filled, 0) "
        "OR r.abnormal <> coalesce(s.bad, 0) OR (r.state = 'done' AND r.filled <> r.items)"
    )


def _sheets() -> list[str]:
    """Find sheets without a round, rounds on a void sheet or another plan's, and wrong counts."""
    return _first(
        "WITH sheet AS (SELECT s.id, s.number, s.plan_id, s.voided_at, (SELECT count(*) "
        "FROM sheet_line l JOIN check_item i ON i.version_id = l.version_id "
        "WHERE l.sheet_id = s.id) AS items FROM inspection_sheet s) "
        "SELECT DISTINCT s.number FROM sheet s LEFT JOIN inspection_round r ON r.sheet_id = s.id "
        "WHERE (s.voided_at IS NULL) <> (r.id IS NOT NULL) "
        "OR r.plan_id <> s.plan_id OR r.items <> s.items"
    )


def _results() -> list[str]:
    """Find results of an item that is not on the sheet, and corrections of another item."""
    return _first(
        f"SELECT DISTINCT {_ROUND} FROM inspection_result x "
        "JOIN inspection_round r ON r.id = x.round_id JOIN inspection_plan p ON p.id = r.plan_id "
        "LEFT JOIN check_item i ON i.id = x.item_id LEFT JOIN sheet_line l "
        "ON l.sheet_id = r.sheet_id AND l.position = x.position AND l.version_id = i.version_id "
        "LEFT JOIN inspection_result o ON o.id = x.replaces_id "
        "WHERE l.position IS NULL OR x.point_id IS NOT l.point_id OR (o.id IS NOT NULL AND "
        "(o.round_id, o.position, o.item_id) <> (x.round_id, x.position, x.item_id))"
    )


def _findings() -> list[str]:
    """Find abnormal results without a finding, and findings of what is in order."""
    return _first(
        "SELECT '#' || x.id FROM inspection_result x LEFT JOIN finding f ON f.result_id = x.id "
        "WHERE (x.verdict = 'abnormal') <> (f.id IS NOT NULL) OR f.round_id <> x.round_id"
    ) + _first(
        "SELECT '#' || f.result_id FROM finding f WHERE f.state IN ('open', 'fixed-on-site') "
        "AND EXISTS (SELECT 1 FROM inspection_result n WHERE n.replaces_id = f.result_id)"
    )


def _make_ups() -> list[str]:
    """Find make-ups of another plan; the missed one may be entered late all the same."""
    return _first(
        f"SELECT {_ROUND} FROM inspection_round r JOIN inspection_plan p ON p.id = r.plan_id "
        "JOIN inspection_round m ON m.id = r.makes_up_id "
        "WHERE m.plan_id <> r.plan_id"
    )


INSPECTION_CHECKS: tuple[tuple[str, LazyText, Callable[[], list[str]]], ...] = (
    ("round-counts", _lazy("Every round counts what was entered"), _counts),
    ("sheets", _lazy("Every sheet has its rounds and their items"), _sheets),
    ("results", _lazy("Every result is of an item on its sheet"), _results),
    ("findings", _lazy("What is not in order, and only that, is a finding"), _findings),
    ("make-ups", _lazy("A round makes up for a missed one of its plan"), _make_ups),
)

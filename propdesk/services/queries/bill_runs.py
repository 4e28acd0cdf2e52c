"""Bill runs that were posted, the latest first."""

import json
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from propdesk.domain.bill_runs import BillRun
from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Right
from propdesk.domain.texts import fold
from propdesk.i18n import _
from propdesk.services.parts.fee_access import fee_actor
from propdesk.storage.database import rows

_RUNS = (
    "SELECT r.id, r.number, r.from_on, r.until_on, coalesce(c.name, ''), coalesce(b.name, ''), "
    "r.items, r.bills, r.total_fen, r.prepaid_fen, r.posted_at, s.name, r.note, r.undone_at, "
    "coalesce(u.name, ''), r.undone_reason FROM bill_run r JOIN staff s ON s.id = r.staff_id "
    "LEFT JOIN community c ON c.id = r.community_id LEFT JOIN building b ON b.id = r.building_id "
    "LEFT JOIN staff u ON u.id = r.undone_staff_id "
)


def list_runs(*, after: int | None = None, limit: int = 200) -> tuple[BillRun, ...]:
    """Return runs, the latest first, those before the one of id `after`."""
    condition, values = ("WHERE r.id < ? ", [after]) if after is not None else ("", [])
    found = rows(f"{_RUNS}{condition}ORDER BY r.id DESC LIMIT ?", *values, limit)
    return tuple(map(_run, found))


def last_run(items: Collection[str] = ()) -> BillRun | None:
    """Return the run with the latest period that stands, of those that billed one of these codes.

    No codes are any.
    """
    wanted = set(items)
    standing = [one for one in list_runs() if one.undone_at is None]
    found = [one for one in standing if not wanted or wanted & set(one.items)]
    return max(found, key=lambda one: (one.until_on, one.id), default=None)


def check_may_charge(staff_id: int) -> None:
    """Refuse whoever may write no bills, before a form for it is opened (law.md 1.6)."""
    fee_actor(staff_id, Right.CHARGE)


def get_run(run_id: int) -> BillRun:
    """Return a run, or refuse."""
    found = rows(f"{_RUNS}WHERE r.id = ?", run_id)
    if not found:
        raise RuleError("run-unknown", _("This bill run is not in the books."))
    return _run(found[0])


def find_run(number: str) -> BillRun:
    """Return the run of this number as typed, or refuse."""
    found = rows(f"{_RUNS}WHERE r.number = ?", fold(number).strip().upper())
    if not found:
        raise RuleError(
            "run-unknown", _("There is no bill run {number}.").format(number=number[:40])
        )
    return _run(found[0])


def _run(row: tuple[Any, ...]) -> BillRun:
    return BillRun(
        id=row[0],
        number=row[1],
        from_on=date.fromisoformat(row[2]),
        until_on=date.fromisoformat(row[3]),
        community=row[4],
        building=row[5],
        items=tuple(json.loads(row[6])),
        bills=row[7],
        total_fen=row[8],
        prepaid_fen=row[9],
        posted_at=datetime.fromisoformat(row[10]),
        by=row[11],
        note=row[12],
        undone_at=datetime.fromisoformat(row[13]) if row[13] else None,
        undone_by=row[14],
        undone_reason=row[15],
    )

"""What people asked about their own data (PIPL 44-50)."""

from datetime import date, datetime
from typing import Any

from propdesk.domain.data_requests import DataRequest, RequestKind, RequestResult
from propdesk.domain.errors import RuleError
from propdesk.i18n import _
from propdesk.storage.database import rows

_REQUEST = (
    "SELECT q.id, q.person_id, p.name, q.kind, q.text, q.received_at, q.due_on, s.name, "
    "q.answered_at, coalesce(a.name, ''), q.result, q.reason FROM data_request q "
    "JOIN person p ON p.id = q.person_id JOIN staff s ON s.id = q.staff_id "
    "LEFT JOIN staff a ON a.id = q.answered_staff_id "
)


def list_requests(
    *, open_only: bool = False, person_id: int | None = None, limit: int = 500
) -> tuple[DataRequest, ...]:
    """Return requests: those that wait by their day, then the answered ones, newest first."""
    found = rows(
        _REQUEST + "WHERE (? = 0 OR q.answered_at IS NULL) AND (? IS NULL OR q.person_id = ?) "
        "ORDER BY q.answered_at IS NOT NULL, q.answered_at DESC, q.due_on, q.id LIMIT ?",
        int(open_only),
        person_id,
        person_id,
        limit,
    )
    return tuple(map(_request, found))


def get_request(request_id: int) -> DataRequest:
    """Return a request, or refuse when there is none with this id."""
    found = rows(_REQUEST + "WHERE q.id = ?", request_id)
    if not found:
        raise RuleError("request-unknown", _("There is no such request."))
    return _request(found[0])


def _request(row: tuple[Any, ...]) -> DataRequest:
    return DataRequest(
        id=row[0],
        person_id=row[1],
        person=row[2],
        kind=RequestKind(row[3]),
        text=row[4],
        received_at=datetime.fromisoformat(row[5]),
        due_on=date.fromisoformat(row[6]),
        by=row[7],
        answered_at=datetime.fromisoformat(row[8]) if row[8] else None,
        answered_by=row[9],
        result=RequestResult(row[10]) if row[10] else None,
        reason=row[11],
    )

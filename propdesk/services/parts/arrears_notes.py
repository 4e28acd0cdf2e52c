"""Lines of a case's history, and whether a house may be urged now; whoever demands asks here."""

from datetime import date, datetime

from propdesk.domain.arrears_cases import NoteKind, check_free
from propdesk.services.parts.writing import local
from propdesk.services.queries.arrears_cases import get_case
from propdesk.storage.dunning import ArrearsNoteRecord


def note_case(
    kind: NoteKind,
    unit_id: int,
    text: str,
    *,
    staff_id: int,
    now: datetime,
    ticket_id: int | None = None,
) -> None:
    """Write a line into the history of a case."""
    ArrearsNoteRecord.create(
        unit=unit_id, kind=kind.value, text=text, ticket=ticket_id, at=local(now), staff=staff_id
    )


def require_free(
    unit_id: int, override_reason: str, today: date, *, staff_id: int, now: datetime
) -> bool:
    """Refuse a demand on a house whose case is held; with a reason it is made and noted (F65).

    Returns whether it was held. Called by each command that urges, inside its transaction.
    """
    case = get_case(unit_id, today)
    check_free(case, override_reason)
    if not case.is_held:
        return False
    ticket = case.holding[0].id if case.holding else None
    note_case(
        NoteKind.OVERRIDE, unit_id, override_reason, staff_id=staff_id, now=now, ticket_id=ticket
    )
    return True

"""A case that is held: while a complaint of the house is open, nobody is urged (law.md 1.6).

The defence of bad service is the commonest; it is answered first. Who urges all the same says why,
which is logged (`arrears_note` of kind override); what was logged after the case began to be held
lets him.
"""

from datetime import datetime

from propdesk.domain.arrears_cases import NoteKind
from propdesk.domain.errors import RuleError
from propdesk.i18n import _
from propdesk.services.parts.arrears_cases import note_case
from propdesk.storage.database import rows, stored_time

_COMPLAINTS = (
    "SELECT id, number, received_at FROM ticket WHERE unit_id = ? AND kind = 'complaint' "
    "AND is_open = 1 AND received_at <= ? ORDER BY received_at, id"
)
_HELD = "SELECT changed_at FROM arrears_case WHERE unit_id = ? AND held_until >= ?"
_OVERRIDDEN = (
    "SELECT 1 FROM arrears_note WHERE unit_id = ? AND kind = 'override' AND at >= ? LIMIT 1"
)


def require_free(
    unit_id: int, at: datetime, override_reason: str, *, staff_id: int, now: datetime
) -> bool:
    """Refuse an act of urging while the case is held; with a reason it is done and logged (F65).

    Returns whether the reason was needed. Called inside the transaction of what urges.
    """
    moment = stored_time(at)
    complaints = rows(_COMPLAINTS, unit_id, moment)
    held = rows(_HELD, unit_id, moment[:10])
    since = [row[-1] for row in (*complaints, *held)]
    if not since or rows(_OVERRIDDEN, unit_id, max(since)):
        return False
    if override_reason:
        ticket = complaints[0][0] if complaints else None
        note_case(
            NoteKind.OVERRIDE,
            unit_id,
            override_reason,
            staff_id=staff_id,
            now=now,
            ticket_id=ticket,
        )
        return True
    if complaints:
        raise RuleError(
            "case-held-complaint",
            _(
                "The complaint {numbers} of this house is open: answer it first, or write why it "
                "is urged all the same."
            ).format(numbers=_(", ").join(row[1] for row in complaints)),
        )
    raise RuleError(
        "case-held",
        _("This case is held: release it first, or write why it is urged all the same."),
    )

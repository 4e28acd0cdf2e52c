"""A case that is held: while a complaint of the house is open, nobody is urged (law.md 1.6).

The defence of bad service is the commonest; it is answered first. Who urges all the same logs why
(`arrears_note` of kind override), and what was logged after the case began to be held lets him.
"""

from datetime import datetime

from propdesk.domain.errors import RuleError
from propdesk.i18n import _
from propdesk.storage.database import rows, stored_time


def check_not_held(unit_id: int, at: datetime) -> None:
    """Refuse an act of urging while the case is held and nobody logged why it goes on."""
    moment = stored_time(at)
    complaint = rows(
        "SELECT number, received_at FROM ticket WHERE unit_id = ? AND kind = 'complaint' "
        "AND is_open = 1 AND received_at <= ? ORDER BY received_at LIMIT 1",
        unit_id,
        moment,
    )
    held = rows(
        "SELECT changed_at FROM arrears_case WHERE unit_id = ? AND held_until >= ?",
        unit_id,
        moment[:10],
    )
    since = [row[-1] for row in (*complaint, *held)]
    if not since or _is_overridden(unit_id, max(since)):
        return
    if complaint:
        raise RuleError(
            "case-held",
            _(
                "The complaint {number} of this house is open: answer it first, or log why it is "
                "urged all the same."
            ).format(number=complaint[0][0]),
        )
    raise RuleError(
        "case-held",
        _("This case is held: release it first, or log why it is urged all the same."),
    )


def _is_overridden(unit_id: int, since: str) -> bool:
    found = rows(
        "SELECT 1 FROM arrears_note WHERE unit_id = ? AND kind = 'override' AND at >= ?",
        unit_id,
        since,
    )
    return bool(found)

"""What is kept of a person beyond name and phone: the fields that the office switched on (R80)."""

from collections.abc import Iterable
from datetime import datetime

from propdesk.domain.field_catalogue import OPTIONAL_FIELDS
from propdesk.domain.person_details import Detail, shown_value
from propdesk.services.parts.settings import load_settings
from propdesk.storage.database import rows


def list_details(person_id: int) -> tuple[Detail, ...]:
    """Return each field that the office keeps, masked where it must be, in the catalogue's order.

    Values in full of a masked field are read by `revealing.reveal_detail` alone, which notes it.
    """
    stored = {
        field: (value, datetime.fromisoformat(at), consent)
        for field, value, at, consent in rows(
            "SELECT field, value, set_at, consent_id FROM person_detail WHERE person_id = ?",
            person_id,
        )
    }
    given = dict(
        rows(
            "SELECT scope, max(id) FROM consent WHERE person_id = ? AND withdrawn_on IS NULL "
            "GROUP BY scope",
            person_id,
        )
    )
    details = []
    for code in load_settings("kept_fields").kept_fields:
        field = OPTIONAL_FIELDS[code]
        value, at, consent = stored.get(code, ("", None, None))
        shown = shown_value(field, value) if value else ""
        details.append(Detail(field, shown, at, consent or given.get(field.scope)))
    return tuple(details)


def count_details(codes: Iterable[str]) -> int:
    """Return how many values these fields hold: what would go if they were switched off."""
    codes = tuple(codes)
    marks = ", ".join("?" * len(codes))
    found = rows(f"SELECT count(*) FROM person_detail WHERE field IN ({marks})", *codes)
    return int(found[0][0])

"""Who owes: the names on the open bills of houses, for lists."""

import json
from collections.abc import Collection

from propdesk.storage.database import rows

_BETWEEN = "、"  # between names

# A sealed person's data is used for nothing: no list says his name (law.md 1.7).
_NAMES = (
    "SELECT DISTINCT b.unit_id, b.person_id, iif(p.sealed_at IS NULL, p.name, '—') FROM bill b "
    "JOIN person p ON p.id = b.person_id WHERE b.unit_id IN (SELECT value FROM json_each(?)) "
    "AND b.settled_fen < b.amount_fen AND b.voided_at IS NULL ORDER BY b.unit_id, b.person_id"
)


def debtor_names(unit_ids: Collection[int]) -> dict[int, str]:
    """Return who owes the open bills of each house, the names whole; the window masks them."""
    names: dict[int, list[str]] = {}
    for unit_id, _person, name in rows(_NAMES, json.dumps(list(unit_ids))):
        names.setdefault(unit_id, []).append(name)
    return {unit_id: _BETWEEN.join(dict.fromkeys(of_unit)) for unit_id, of_unit in names.items()}


# The first phone of the first debtor; a sealed person's is used for nothing.
_PHONES = (
    "SELECT b.unit_id, (SELECT phone FROM phone WHERE person_id = b.person_id ORDER BY id LIMIT 1) "
    "FROM (SELECT unit_id, min(person_id) AS person_id FROM bill d JOIN person p "
    "ON p.id = d.person_id WHERE unit_id IN (SELECT value FROM json_each(?)) "
    "AND settled_fen < amount_fen AND voided_at IS NULL AND p.sealed_at IS NULL "
    "GROUP BY unit_id) b"
)


def debtor_phones(unit_ids: Collection[int]) -> dict[int, str]:
    """Return a phone of who owes the open bills of each house; papers mask it."""
    return {unit_id: phone or "" for unit_id, phone in rows(_PHONES, json.dumps(list(unit_ids)))}

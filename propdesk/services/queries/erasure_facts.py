"""What is kept of persons and what holds them here, of many persons in one query a question.

A person is everybody who was found to be the same one: `who` names each under the one that stays.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date

from propdesk.domain.erasure import Part, Stop
from propdesk.storage.database import rows

_WHO = (
    "WITH RECURSIVE who (head, id) AS (SELECT value, value FROM json_each(?) UNION "
    "SELECT who.head, p.id FROM person p JOIN who ON p.merged_into_id = who.id) "
)
# A sale is about two people and names nobody alone: who left with it is in what it did.
_MOVED = (
    "SELECT w.head, m.id FROM who w JOIN move m ON m.person_id = w.id UNION "
    "SELECT w.head, m.id FROM who w JOIN residency r ON r.person_id = w.id "
    "JOIN move m ON m.unit_id = r.unit_id, json_each(m.effects, '$.ended') e WHERE e.value = r.id"
)


def _of(table: str, column: str = "person_id") -> str:
    return f"SELECT w.head, x.id FROM who w JOIN {table} x ON x.{column} = w.id"


# What is about fees is found by the houses in which he was: bills know no index of persons.
_IN_HOUSE = (
    "SELECT DISTINCT w.head, x.id FROM who w JOIN residency r ON r.person_id = w.id "
    "JOIN {0} ON x.unit_id = r.unit_id WHERE {1}"
)
_ABOUT_BILLS = _IN_HOUSE.format(
    "{0} x",
    "EXISTS (SELECT 1 FROM demand_line d JOIN bill b ON b.id = d.bill_id WHERE d.{1} = x.id "
    "AND w.id IN (b.person_id, b.payer_id))",
)
_WHILE_HE_STAYED = "FROM who w JOIN residency r ON r.person_id = w.id "
# Each gives whose record it is, and a column of the record.
_COUNTS: Mapping[Part, str] = {
    Part.PHONES: _of("phone"),
    Part.STAYS: _of("residency"),
    Part.DETAILS: "SELECT w.head, x.field FROM who w JOIN person_detail x ON x.person_id = w.id",
    Part.CONSENTS: _of("consent"),
    Part.VEHICLES: _of("vehicle"),
    Part.PETS: _of("pet"),
    Part.KEYS: _of("unit_key"),
    Part.MOVES: _MOVED,
    Part.TICKETS: _of("ticket", "reporter_id"),
    Part.JOURNAL: "SELECT w.head, t.id FROM who w JOIN ticket t ON t.reporter_id = w.id "
    "JOIN ticket_event v ON v.ticket_id = t.id",
    Part.LETTERS: "SELECT w.head, t.id FROM who w JOIN ticket t ON t.reporter_id = w.id "
    "JOIN letter l ON l.ticket_id = t.id",
    Part.CONTACTS: _of("contact"),
    Part.FEE_LETTERS: _IN_HOUSE.format("fee_letter x", "w.id IN (x.person_id, x.payer_id)"),
    Part.DUNNING: _ABOUT_BILLS.format("dunning_act", "act_id"),
    Part.PLANS: _ABOUT_BILLS.format("payment_plan", "plan_id"),
    Part.PAYMENTS: _IN_HOUSE.format("payment x", "x.person_id = w.id"),
    Part.FILES: _of("attachment"),
    Part.DRAFTS: "SELECT w.head, d.form FROM who w JOIN person p ON p.id = w.id "
    "JOIN draft d ON w.id = w.head AND length(p.name) > 1 AND instr(d.fields, p.name)",
}
_STOPS: Mapping[Stop, str] = {
    Stop.PRESENT: _of("residency") + " WHERE x.to_on IS NULL OR x.to_on > ?",
    Stop.OPEN_TICKETS: _of("ticket", "reporter_id") + " WHERE x.is_open = 1",
    Stop.OPEN_CONTACTS: _of("contact") + " WHERE x.is_open = 1 AND x.voided_at IS NULL",
    Stop.UNSETTLED_MOVE: f"SELECT o.head, m.id FROM ({_MOVED}) AS o JOIN move m ON m.id = o.id "
    "WHERE m.voided_at IS NULL AND m.settled_on IS NULL AND m.settlement NOT IN ('[]', '')",
    Stop.KEYS_OUT: _of("unit_key") + " WHERE x.ended_on IS NULL",
    Stop.OPEN_BILLS: "SELECT w.head, x.id FROM who w JOIN bill x ON w.id IN (x.person_id, "
    "x.payer_id) WHERE x.settled_fen < x.amount_fen AND x.voided_at IS NULL",
    Stop.MONEY_HELD: _of("deposit") + " WHERE (SELECT sum(amount_fen) FROM ledger_line "
    "WHERE deposit_id = x.id) < 0",
}
# The last day of each kind of record, from which the law or the office counts.
_LASTS: Mapping[str, str] = {
    "tickets": "SELECT w.head, coalesce(t.closed_at, t.received_at) AS day FROM who w "
    "JOIN ticket t ON t.reporter_id = w.id UNION ALL SELECT w.head, c.at FROM who w "
    "JOIN contact c ON c.person_id = w.id WHERE c.voided_at IS NULL",
    "house-papers": "SELECT o.head, coalesce(m.settled_on, m.on_day) AS day "
    f"FROM ({_MOVED}) AS o JOIN move m ON m.id = o.id WHERE m.voided_at IS NULL "
    # What rounds found in the house while he lived there, and the notices about it (942, 945).
    f"UNION ALL SELECT w.head, coalesce(x.rectified_on, x.found_at) {_WHILE_HE_STAYED}"
    "JOIN finding x ON x.unit_id = r.unit_id WHERE x.state <> 'dropped' "
    "AND x.found_at BETWEEN coalesce(r.from_on, '') AND coalesce(r.to_on || 'T99', '9999') "
    f"UNION ALL SELECT w.head, coalesce(x.rechecked_on, x.deadline_on) {_WHILE_HE_STAYED}"
    "JOIN rectification x ON x.unit_id = r.unit_id WHERE x.voided_at IS NULL "
    "AND x.issued_at BETWEEN coalesce(r.from_on, '') AND coalesce(r.to_on || 'T99', '9999')",
    # Until paid and three years more, for the limitation of what was claimed (Civil Code 188).
    "fees": "SELECT w.head, x.due_on AS day FROM who w JOIN bill x ON w.id IN (x.person_id, "
    "x.payer_id) WHERE x.voided_at IS NULL UNION ALL "
    "SELECT w.head, x.at FROM who w JOIN payment x ON x.person_id = w.id",
    "moved-out": "SELECT w.head, r.to_on AS day FROM who w JOIN residency r ON r.person_id = w.id",
}


def count_parts(persons: Iterable[int]) -> dict[int, dict[Part, int]]:
    """Return how much of each kind is kept of each person; what there is none of is left out."""
    counts: dict[int, dict[Part, int]] = {one: {} for one in persons}
    for part, sql in _COUNTS.items():
        found = rows(f"{_WHO}SELECT head, count(*) FROM ({sql}) GROUP BY head", _json(counts))
        for head, count in found:
            counts[head][part] = count
    return counts


def find_stops(persons: Iterable[int], today: date) -> dict[int, tuple[Stop, ...]]:
    """Return what must be settled before each of these persons may be erased."""
    stops: dict[int, tuple[Stop, ...]] = dict.fromkeys(persons, ())
    for stop, sql in _STOPS.items():
        day = (today.isoformat(),) * sql.count("?")
        for (head,) in rows(f"{_WHO}SELECT DISTINCT head FROM ({sql})", _json(stops), *day):
            stops[head] += (stop,)
    return stops


def find_lasts(persons: Iterable[int]) -> dict[int, dict[str, date]]:
    """Return the last day of what is kept of each person, by the code of its retention."""
    lasts: dict[int, dict[str, date]] = {one: {} for one in persons}
    for code, sql in _LASTS.items():
        found = rows(
            f"{_WHO}SELECT head, max(day) FROM ({sql}) GROUP BY head HAVING max(day) IS NOT NULL",
            _json(lasts),
        )
        for head, day in found:
            lasts[head][code] = date.fromisoformat(day[:10])
    return lasts


def _json(persons: Iterable[int]) -> str:
    return json.dumps(list(persons))

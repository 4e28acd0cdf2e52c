"""Undo an import of houses, people or vehicles: exactly what it made and gave, and nothing else.

What was used since stays and is named (decision 10): a house with a ticket, a person with a move, a
value that somebody changed. Whatever points to a record counts as use, told by the data file's own
foreign keys, so that a table of tomorrow counts too. Only to have looked at a house is no use of
it: the line of the look stays, under the house's number.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from propdesk.domain.imports import Undone
from propdesk.services.parts import settings
from propdesk.services.parts.bulk import Course, write_many
from propdesk.services.parts.register_store import SPAN_TABLES, import_span_key
from propdesk.services.parts.search_keys import person_keys
from propdesk.storage.database import database, rows
from propdesk.storage.search import drop_keys, replace_keys

_LOOKS = "access_line"
_NAMES = {
    "unit": "SELECT short FROM unit WHERE id = ?",
    "person": "SELECT name FROM person WHERE id = ?",
    "vehicle": "SELECT plate FROM vehicle WHERE id = ?",
    "residency": (
        "SELECT u.short || ' ' || p.name FROM residency r JOIN unit u ON u.id = r.unit_id "
        "JOIN person p ON p.id = r.person_id WHERE r.id = ?"
    ),
}  # fmt: skip


def undo_register(import_id: int) -> Undone:
    """Take an import back; the caller holds the transaction."""
    course = Course(None, None)
    span = settings.get(import_span_key(import_id))
    spans: dict[str, tuple[int, int]] = {name: tuple(span[name]) for name in SPAN_TABLES}
    values, kept_values = _take_back(import_id)
    units = dict(rows("SELECT id, short FROM unit WHERE import_id = ?", import_id))
    persons = dict(rows("SELECT id, name FROM person WHERE import_id = ?", import_id))
    used_vehicles, plates = _used_vehicles(spans["vehicle"])
    used_units = _used("unit", units, spans, used_vehicles)
    used_persons = _used("person", persons, spans, used_vehicles)
    stays = rows(
        "SELECT id, unit_id, person_id, to_on FROM residency WHERE id >= ? AND id < ?",
        *spans["residency"],
    )
    used_units |= {stay[1] for stay in stays if stay[3] is not None and stay[1] in units}
    used_persons |= {stay[2] for stay in stays if stay[3] is not None and stay[2] in persons}
    _spread(stays, (units, used_units), (persons, used_persons))
    gone_stays = [
        (stay[0],)
        for stay in stays
        if stay[3] is None and stay[1] not in used_units and stay[2] not in used_persons
    ]
    write_many("DELETE FROM residency WHERE id = ?", gone_stays, course)
    phones = rows("SELECT id, person_id FROM phone WHERE id >= ? AND id < ?", *spans["phone"])
    _delete("phone", "phone", [row[0] for row in phones if row[1] not in used_persons], course)
    vehicles = [
        row[0]
        for row in rows(
            "SELECT id, unit_id FROM vehicle WHERE id >= ? AND id < ?", *spans["vehicle"]
        )
        if row[0] not in used_vehicles and row[1] not in used_units
    ]
    _delete("plate", "vehicle", vehicles, course)
    gone_persons = [one for one in persons if one not in used_persons]
    gone_units = [one for one in units if one not in used_units]
    _loosen_looks({one: units[one] for one in gone_units}, gone_persons, course)
    _delete("person", "person", gone_persons, course)
    _delete("unit", "unit", gone_units, course)
    _remove_empty_places()
    left = (
        *(units[one] for one in sorted(used_units)),
        *(persons[one] for one in sorted(used_persons)),
        *plates,
        *kept_values,
    )
    return Undone(
        import_id,
        units=len(gone_units),
        persons=len(gone_persons),
        vehicles=len(vehicles),
        values=values,
        left=tuple(dict.fromkeys(left)),
    )


# -- values that records were given


def _take_back(import_id: int) -> tuple[int, list[str]]:
    """Give records their values of before; return how many, and whose were changed since."""
    taken, left = 0, []
    noted: dict[tuple[str, int], list[tuple[str, str | None, str | None]]] = {}
    for record, target, name, before, after in rows(
        "SELECT record, target, field, before, after FROM import_change WHERE import_id = ?",
        import_id,
    ):
        noted.setdefault((record, target), []).append((name, before, after))
    for (record, target), changes in noted.items():
        count, is_whole = _restore(record, target, changes)
        taken += count
        if not is_whole:
            left.append(_name_of(record, target))
    return taken, left


def _restore(
    record: str, target: int, changes: Sequence[tuple[str, str | None, str | None]]
) -> tuple[int, bool]:
    """Take the values back that are still what the import gave; tell if that was all of them.

    With all of them back the version is that of before, too: the record is what it was.
    """
    versions = [one for one in changes if one[0] == "version"]
    values = [one for one in changes if one[0] != "version"]
    restored = 0
    for together in _sets(values):
        if together[0][0].startswith("detail:"):
            name, _before, after = together[0]
            sql = "DELETE FROM person_detail WHERE field = ? AND person_id = ? AND set_at = ?"
            cursor = database.execute_sql(sql, (name.removeprefix("detail:"), target, after))
        else:
            assigned = ", ".join(f"{name} = ?" for name, _before, _after in together)
            same = " AND ".join(f"CAST({name} AS TEXT) = ?" for name, _before, _after in together)
            cursor = database.execute_sql(
                f"UPDATE {record} SET {assigned} WHERE id = ? AND {same}",  # noqa: S608 - own names
                (*(one[1] for one in together), target, *(one[2] for one in together)),
            )
        restored += cursor.rowcount * len(together)
    is_whole = restored == len(values)
    for _name, before, after in versions:
        present = rows(f"SELECT version FROM {record} WHERE id = ?", target)  # noqa: S608
        version = before if is_whole and present == [(int(after or 0),)] else None
        database.execute_sql(
            f"UPDATE {record} SET version = coalesce(?, version + 1) WHERE id = ?",  # noqa: S608
            (version, target),
        )
    if record == "person" and any(name == "salutation" for name, _b, _a in values):
        for name, salutation in rows("SELECT name, salutation FROM person WHERE id = ?", target):
            replace_keys("person", target, person_keys(name, salutation))
    return restored, is_whole


def _sets(
    values: Sequence[tuple[str, str | None, str | None]],
) -> Iterable[Sequence[tuple[str, str | None, str | None]]]:
    """Yield what has to change together: the two numbers of a share, else each value alone."""
    share = [one for one in values if one[0].startswith("share_")]
    yield from ([share] if share else [])
    yield from ([one] for one in values if one not in share)


def _name_of(record: str, target: int) -> str:
    found = rows(_NAMES[record], target)
    return str(found[0][0]) if found else ""


# -- what was used since


def _used_vehicles(span: tuple[int, int]) -> tuple[set[int], list[str]]:
    found = rows(
        "SELECT id, plate FROM vehicle WHERE id >= ? AND id < ? "
        "AND (version > 1 OR to_on IS NOT NULL)",
        *span,
    )
    return {row[0] for row in found}, [row[1] for row in found]


def _used(
    table: str,
    own: Collection[int],
    spans: dict[str, tuple[int, int]],
    used_vehicles: Collection[int],
) -> set[int]:
    """Return which of the import's own houses or people were changed, or are pointed to since."""
    found = {row[0] for row in rows(f"SELECT id FROM {table} WHERE version > 1")}  # noqa: S608
    for other, column in _pointing_to(table):
        first, end = spans.get(other, (0, 0))
        kept = ", ".join(str(one) for one in used_vehicles) if other == "vehicle" else ""
        found |= {
            row[0]
            for row in rows(
                f"SELECT DISTINCT {column} FROM {other} WHERE {column} IS NOT NULL "  # noqa: S608
                f"AND (NOT (rowid >= ? AND rowid < ?) OR rowid IN ({kept}))"
                if other in spans
                else f"SELECT DISTINCT {column} FROM {other} WHERE {column} IS NOT NULL",  # noqa: S608
                *((first, end) if other in spans else ()),
            )
        }
    return found.intersection(own)


def _pointing_to(table: str) -> Iterable[tuple[str, str]]:
    """Yield the tables and columns of the data file that point to a table."""
    for (other,) in rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
        for key in rows(f"PRAGMA foreign_key_list({other})"):
            if key[2] == table and other != _LOOKS:
                yield other, key[3]


def _spread(
    stays: Sequence[tuple[Any, ...]],
    units: tuple[Collection[int], set[int]],
    persons: tuple[Collection[int], set[int]],
) -> None:
    """Who lives in a house that is used stays with it, and so does the house of a person in use.

    Both are (the import's own ids, those in use); what stood before the import is not touched.
    """
    (own_units, used_units), (own_persons, used_persons) = units, persons
    before = -1
    while before != len(used_units) + len(used_persons):
        before = len(used_units) + len(used_persons)
        for _stay, unit_id, person_id, _to in stays:
            if unit_id in used_units or person_id in used_persons:
                used_units.update({unit_id}.intersection(own_units))
                used_persons.update({person_id}.intersection(own_persons))


def _loosen_looks(units: Mapping[int, str], persons: Collection[int], course: Course) -> None:
    """Let the lines of looks stand without what they point to; a house keeps its number there."""
    write_many(
        "UPDATE access_line SET unit_id = NULL, what = trim(what || ' ' || ?) WHERE unit_id = ?",
        [(short, one) for one, short in units.items()],
        course,
    )
    write_many(
        "UPDATE access_line SET person_id = NULL WHERE person_id = ?",
        [(one,) for one in persons],
        course,
    )


def _delete(kind: str, table: str, ids: Sequence[int], course: Course) -> None:
    """Delete rows together with the words under which the desk finds them."""
    drop_keys(kind, ids)
    write_many(f"DELETE FROM {table} WHERE id = ?", [(one,) for one in ids], course)  # noqa: S608


def _remove_empty_places() -> None:
    for table, inner, column in (
        ("entrance", "unit", "entrance_id"),
        ("building", "entrance", "building_id"),
        ("community", "building", "community_id"),
    ):
        database.execute_sql(
            f"DELETE FROM {table} WHERE id NOT IN (SELECT {column} FROM {inner})"  # noqa: S608
        )

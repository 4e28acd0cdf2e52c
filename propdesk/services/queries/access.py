"""Who has looked at what, and which files went out (law.md 1.7; PIPL 51, 54)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from propdesk.domain.access import AccessAct, AccessLine
from propdesk.domain.data_exports import DataExport, Manner
from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class AccessFilter:
    """Which looks are asked for; a house also means the people who are or were in it."""

    unit_id: int | None = None
    person_id: int | None = None
    staff_id: int | None = None
    act: AccessAct | None = None
    from_on: date | None = None
    to_on: date | None = None


# Whoever was found to be the same person was looked at under his former number.
_SAME = (
    "(WITH RECURSIVE same (id) AS ({first} UNION "
    "SELECT p.id FROM person p JOIN same ON p.merged_into_id = same.id) SELECT id FROM same)"
)
_LINES = (
    "SELECT a.id, a.at, s.name, a.act, a.unit_id, coalesce(u.short, ''), a.person_id, "
    "coalesce(p.name, ''), a.what, a.purpose FROM access_line a JOIN staff s ON s.id = a.staff_id "
    "LEFT JOIN unit u ON u.id = a.unit_id LEFT JOIN person p ON p.id = a.person_id WHERE "
)


def list_access(
    wanted: AccessFilter, *, after: int | None = None, limit: int = 200
) -> tuple[AccessLine, ...]:
    """Return looks, the newest first, older than the line `after`."""
    condition, values = _wanted(wanted)
    if after is not None:
        condition += " AND a.id < ?"
        values = [*values, after]
    found = rows(f"{_LINES}{condition} ORDER BY a.id DESC LIMIT ?", *values, limit)
    return tuple(map(_line, found))


def count_access(wanted: AccessFilter) -> int:
    """Return how many looks `list_access` lists in all."""
    condition, values = _wanted(wanted)
    return int(rows(f"SELECT count(*) FROM access_line a WHERE {condition}", *values)[0][0])


def _wanted(wanted: AccessFilter) -> tuple[str, Sequence[Any]]:
    conditions: list[str] = ["1"]
    values: list[Any] = []
    if wanted.unit_id is not None:
        conditions.append(
            "(a.unit_id = ? OR a.unit_id IS NULL AND a.person_id IN "
            + _SAME.format(first="SELECT person_id FROM residency WHERE unit_id = ?")
            + ")"
        )
        values += [wanted.unit_id, wanted.unit_id]
    if wanted.person_id is not None:
        conditions.append("a.person_id IN " + _SAME.format(first="SELECT ?"))
        values.append(wanted.person_id)
    for column, value in (
        ("a.staff_id", wanted.staff_id),
        ("a.act", wanted.act and wanted.act.value),
    ):
        if value is not None:
            conditions.append(f"{column} = ?")
            values.append(value)
    if wanted.from_on is not None:
        conditions.append("a.at >= ?")
        values.append(f"{wanted.from_on}T00:00:00")
    if wanted.to_on is not None:
        conditions.append("a.at <= ?")
        values.append(f"{wanted.to_on}T23:59:59")
    return " AND ".join(conditions), values


def _line(row: Sequence[Any]) -> AccessLine:
    return AccessLine(
        id=row[0],
        at=datetime.fromisoformat(row[1]),
        staff=row[2],
        act=AccessAct(row[3]),
        unit_id=row[4],
        house=row[5],
        person_id=row[6],
        person=row[7],
        what=row[8],
        purpose=row[9],
    )


def list_exports(*, limit: int = 500) -> tuple[DataExport, ...]:
    """Return the files of personal data that went out, the newest first."""
    found = rows(
        "SELECT x.id, x.at, s.name, coalesce(t.name, ''), x.what, x.is_plain, x.purpose, x.manner, "
        "x.receiver, x.rows, x.file_name, x.sha256 FROM data_export x "
        "JOIN staff s ON s.id = x.staff_id LEFT JOIN staff t ON t.id = x.second_staff_id "
        "ORDER BY x.id DESC LIMIT ?",
        limit,
    )
    return tuple(
        DataExport(
            id=row[0],
            at=datetime.fromisoformat(row[1]),
            by=row[2],
            second=row[3],
            what=row[4],
            is_plain=bool(row[5]),
            purpose=row[6],
            manner=Manner(row[7]),
            receiver=row[8],
            rows=row[9],
            file_name=row[10],
            sha256=row[11],
        )
        for row in found
    )

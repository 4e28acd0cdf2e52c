"""What erasing a person would do, whom it is time to erase, and what was done (PIPL 47)."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from propdesk.domain.backups import read_name
from propdesk.domain.erasure import Erasure, ErasurePlan, Keep, Part, Stop, months_later
from propdesk.domain.errors import RuleError
from propdesk.domain.retention import BY_CODE
from propdesk.i18n import _
from propdesk.services.parts.settings import load_settings
from propdesk.storage.backup_folders import list_backups
from propdesk.storage.database import rows
from propdesk.storage.opening import OpenOffice

# A sale is about two people and names nobody alone: who left with it is in what it did.
_MOVED = (
    "(person_id IN ({ids}) OR id IN (SELECT m.id FROM residency r JOIN move m "
    "ON m.unit_id = r.unit_id, json_each(m.effects, '$.ended') e "
    "WHERE r.person_id IN ({ids}) AND e.value = r.id))"
)
# One row a kind of record: its name, and the ids that belong to the persons of {ids}.
_COUNTS: Mapping[Part, str] = {
    Part.PHONES: "FROM phone WHERE person_id IN ({ids})",
    Part.STAYS: "FROM residency WHERE person_id IN ({ids})",
    Part.DETAILS: "FROM person_detail WHERE person_id IN ({ids})",
    Part.CONSENTS: "FROM consent WHERE person_id IN ({ids})",
    Part.VEHICLES: "FROM vehicle WHERE person_id IN ({ids})",
    Part.PETS: "FROM pet WHERE person_id IN ({ids})",
    Part.KEYS: "FROM unit_key WHERE person_id IN ({ids})",
    Part.MOVES: f"FROM move WHERE {_MOVED}",
    Part.TICKETS: "FROM ticket WHERE reporter_id IN ({ids})",
    Part.JOURNAL: "FROM ticket_event v JOIN ticket t ON t.id = v.ticket_id "
    "WHERE t.reporter_id IN ({ids})",
    Part.LETTERS: "FROM letter l JOIN ticket t ON t.id = l.ticket_id "
    "WHERE t.reporter_id IN ({ids})",
    Part.CONTACTS: "FROM contact WHERE person_id IN ({ids})",
    Part.FILES: "FROM attachment WHERE person_id IN ({ids})",
}


def plan_erasure(
    person_id: int, *, today: date, office: OpenOffice | None = None, on_request: bool = False
) -> ErasurePlan:
    """Return what erasing a person would do, without doing it.

    Where the person asks for it, only what the law itself keeps stands in the way; else the
    office's own spans do. `office` tells where its backups are.
    """
    name, sealed_at, erased_at, merged = _person(person_id)
    if merged is not None:
        raise RuleError(
            "person-merged",
            _("This person was found to be {name}; ask for number {id}.").format(
                name=_person(merged)[0], id=merged
            ),
        )
    if erased_at is not None:
        raise RuleError("person-erased", _("This person's data is erased already."))
    ids = persons_of(person_id)
    backups, gone_by = backups_holding(office)
    return ErasurePlan(
        person_id=person_id,
        name=name,
        is_sealed=sealed_at is not None,
        stops=_stops(ids, today),
        keeps=_keeps(ids, today, on_request=on_request),
        counts=count_parts(ids, name),
        exports=rows("SELECT count(*) FROM data_export WHERE is_plain = 1")[0][0],
        backups=backups,
        backups_gone_by=gone_by,
    )


def persons_of(person_id: int) -> tuple[int, ...]:
    """Return a person and everybody who was found to be the same one."""
    found = rows(
        "WITH RECURSIVE same (id) AS (SELECT ? UNION "
        "SELECT p.id FROM person p JOIN same ON p.merged_into_id = same.id) SELECT id FROM same",
        person_id,
    )
    return tuple(row[0] for row in found)


def count_parts(ids: Sequence[int], name: str) -> dict[Part, int]:
    """Return how much of each kind is kept of these persons; what there is none of is left out."""
    counts = {part: _count(sql, ids) for part, sql in _COUNTS.items()}
    if len(name) > 1:
        counts[Part.DRAFTS] = rows("SELECT count(*) FROM draft WHERE instr(fields, ?)", name)[0][0]
    return {part: count for part, count in counts.items() if count}


def list_erasable(today: date) -> tuple[ErasurePlan, ...]:
    """Return the plans of those whose time is over: gone longer than the office keeps them."""
    return tuple(plan_erasure(one, today=today) for one in _over(today))


def list_sealed(today: date) -> tuple[ErasurePlan, ...]:
    """Return the plans of those who are sealed: no search finds them any more."""
    found = rows(
        "SELECT id FROM person WHERE sealed_at IS NOT NULL AND erased_at IS NULL "
        "AND merged_into_id IS NULL ORDER BY id"
    )
    return tuple(plan_erasure(row[0], today=today) for row in found)


def count_over(today: date) -> int:
    """Return for how many something is to be done: who is sealed waits until the law lets him go.

    Cheap enough for a page that is read again and again.
    """
    sealed = {row[0] for row in rows("SELECT id FROM person WHERE sealed_at IS NOT NULL")}
    over = _over(today)
    waiting = [one for one in over if one in sealed]
    ready = sum(plan_erasure(one, today=today).may_erase for one in waiting)
    return len(over) - len(waiting) + ready


def _over(today: date) -> list[int]:
    months = _months()["moved-out"]
    found = rows(
        "SELECT p.id FROM person p WHERE p.erased_at IS NULL AND p.merged_into_id IS NULL "
        "AND p.id IN (SELECT person_id FROM residency WHERE to_on < ?) "
        "AND NOT EXISTS (SELECT 1 FROM residency r WHERE r.person_id = p.id "
        "AND (r.to_on IS NULL OR date(r.to_on, '+' || ? || ' months') > ?)) ORDER BY p.id",
        today.isoformat(),
        months,
        today.isoformat(),
    )
    return [row[0] for row in found]


def list_erasures(limit: int = 200) -> tuple[Erasure, ...]:
    """Return what was erased, sealed and unsealed, newest first."""
    return tuple(map(_erasure, rows(_ERASURE + "ORDER BY e.id DESC LIMIT ?", limit)))


def get_erasure(erasure_id: int) -> Erasure:
    """Return what was done, or refuse an id that names nothing."""
    found = rows(_ERASURE + "WHERE e.id = ?", erasure_id)
    if not found:
        raise RuleError("erasure-unknown", _("Nothing was erased under this number."))
    return _erasure(found[0])


def get_keeps(erasure: Erasure) -> tuple[Keep, ...]:
    """Return what the law kept of a person on the day of an erasure or sealing."""
    ids = persons_of(erasure.person_id)
    return _keeps(ids, erasure.at.date(), on_request=False)


_ERASURE = (
    "SELECT e.id, e.person_id, e.kind, e.at, s.name, e.reason, e.request_id, e.counts "
    "FROM erasure e JOIN staff s ON s.id = e.staff_id "
)


def _erasure(row: tuple[Any, ...]) -> Erasure:
    counts = {Part(part): count for part, count in json.loads(row[7]).items()}
    at = datetime.fromisoformat(row[3])
    return Erasure(row[0], row[1], row[2], at, row[4], row[5], row[6], counts)


def _person(person_id: int) -> tuple[Any, ...]:
    found = rows(
        "SELECT name, sealed_at, erased_at, merged_into_id FROM person WHERE id = ?", person_id
    )
    if not found:
        raise RuleError("person-unknown", _("This person is not in the register."))
    return found[0]


def _marks(ids: Sequence[int]) -> str:
    return ", ".join("?" * len(ids))


def _count(sql: str, ids: Sequence[int], *more: object) -> int:
    values = tuple(ids) * sql.count("{ids}")
    return int(rows("SELECT count(*) " + sql.format(ids=_marks(ids)), *values, *more)[0][0])


def _stops(ids: Sequence[int], today: date) -> tuple[Stop, ...]:
    day = today.isoformat()
    found = {
        Stop.PRESENT: _count(
            "FROM residency WHERE person_id IN ({ids}) AND (to_on IS NULL OR to_on > ?)", ids, day
        ),
        Stop.OPEN_TICKETS: _count("FROM ticket WHERE reporter_id IN ({ids}) AND is_open = 1", ids),
        Stop.OPEN_CONTACTS: _count(
            "FROM contact WHERE person_id IN ({ids}) AND is_open = 1 AND voided_at IS NULL", ids
        ),
        Stop.UNSETTLED_MOVE: _count(
            f"FROM move WHERE {_MOVED} AND voided_at IS NULL AND settled_on IS NULL "
            "AND settlement NOT IN ('[]', '')",
            ids,
        ),
        Stop.KEYS_OUT: _count("FROM unit_key WHERE person_id IN ({ids}) AND ended_on IS NULL", ids),
    }
    return tuple(stop for stop, count in found.items() if count)


_LAST: Mapping[str, str] = {
    "tickets": "SELECT max(day) FROM (SELECT max(coalesce(closed_at, received_at)) AS day "
    "FROM ticket WHERE reporter_id IN ({ids}) UNION ALL "
    "SELECT max(at) FROM contact WHERE person_id IN ({ids}) AND voided_at IS NULL)",
    "house-papers": "SELECT max(coalesce(settled_on, on_day)) FROM move "
    f"WHERE {_MOVED} AND voided_at IS NULL",
}
_GONE_ON = "SELECT max(to_on) FROM residency WHERE person_id IN ({ids})"


def _keeps(ids: Sequence[int], today: date, *, on_request: bool) -> tuple[Keep, ...]:
    months = {code: BY_CODE[code].least for code in _LAST} if on_request else _months()
    asked = dict(_LAST) if on_request else {**_LAST, "moved-out": _GONE_ON}
    keeps = []
    for code, sql in asked.items():
        values = tuple(ids) * sql.count("{ids}")
        last = rows(sql.format(ids=_marks(ids)), *values)[0][0]
        if last is not None:
            until = months_later(date.fromisoformat(last[:10]), months[code])
            if until > today:
                keeps.append(Keep(code, until))
    return tuple(keeps)


def _months() -> Mapping[str, int]:
    return load_settings().retention_months


def backups_holding(
    office: OpenOffice | None, *, before: datetime | None = None
) -> tuple[int, date | None]:
    """Return how many backups may hold a person, and when the last of them is rotated away.

    `before` is when he was erased: backups from later hold him no more.
    """
    if office is None:
        return 0, None
    made = [
        name.created_at
        for backup in list_backups(office.backups)
        if (name := read_name(backup.path.name)) is not None
    ]
    days = [at.date() for at in made if before is None or at <= before]
    if not days:
        return 0, None
    return len(days), months_later(max(days), BY_CODE["backups"].months)

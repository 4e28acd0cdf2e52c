"""What erasing a person would do, whom it is time to erase, and what was done (PIPL 47)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from propdesk.domain.backups import read_name
from propdesk.domain.erasure import Erasure, ErasurePlan, Keep, Part, months_later
from propdesk.domain.errors import RuleError
from propdesk.domain.retention import BY_CODE
from propdesk.i18n import _
from propdesk.services.parts.settings import load_settings
from propdesk.services.queries.erasure_facts import count_parts, find_lasts, find_stops
from propdesk.storage.backup_folders import list_backups
from propdesk.storage.database import rows
from propdesk.storage.erasure_ledger import AGAIN_KEY
from propdesk.storage.opening import OpenOffice


def plan_erasure(
    person_id: int, *, today: date, office: OpenOffice | None = None, on_request: bool = False
) -> ErasurePlan:
    """Return what erasing a person would do, without doing it.

    Where the person asks for it, only what the law itself keeps stands in the way; else the
    office's own spans do. `office` tells where its backups are.
    """
    _name, _sealed_at, erased_at, merged = _person(person_id)
    if merged is not None:
        raise RuleError(
            "person-merged",
            _("This person was found to be {name}; ask for number {id}.").format(
                name=_person(merged)[0], id=merged
            ),
        )
    if erased_at is not None:
        raise RuleError("person-erased", _("This person's data is erased already."))
    on_request = on_request or person_id in list_returned()
    (plan,) = _plans((person_id,), today=today, on_request=on_request)
    backups, gone_by = backups_holding(office)
    return replace(plan, backups=backups, backups_gone_by=gone_by)


def _plans(
    persons: Sequence[int], *, today: date, on_request: bool = False
) -> tuple[ErasurePlan, ...]:
    """Return the plans of these persons, one query a question; backups are not looked at."""
    named = {
        row[0]: row[1:]
        for row in rows(
            "SELECT id, name, sealed_at IS NOT NULL FROM person "
            "WHERE id IN (SELECT value FROM json_each(?))",
            json.dumps(list(persons)),
        )
    }
    stops, counts = find_stops(persons, today), count_parts(persons)
    keeps = _keeps(persons, today, on_request=on_request)
    exports = rows("SELECT count(*) FROM data_export WHERE is_plain = 1")[0][0]
    return tuple(
        ErasurePlan(
            person_id=one,
            name=named[one][0],
            is_sealed=bool(named[one][1]),
            stops=stops[one],
            keeps=keeps[one],
            counts=counts[one],
            exports=exports,
            backups=0,
            backups_gone_by=None,
        )
        for one in persons
    )


def persons_of(person_id: int) -> tuple[int, ...]:
    """Return a person and everybody who was found to be the same one."""
    found = rows(
        "WITH RECURSIVE same (id) AS (SELECT ? UNION "
        "SELECT p.id FROM person p JOIN same ON p.merged_into_id = same.id) SELECT id FROM same",
        person_id,
    )
    return tuple(row[0] for row in found)


def list_returned() -> tuple[int, ...]:
    """Return who was erased once and came back with a backup that was made before."""
    found = rows(
        "SELECT id FROM person WHERE erased_at IS NULL AND merged_into_id IS NULL AND id IN "
        "(SELECT e.value FROM setting s, json_each(s.value) e WHERE s.key = ?) ORDER BY id",
        AGAIN_KEY,
    )
    return tuple(row[0] for row in found)


def list_erasable(today: date) -> tuple[ErasurePlan, ...]:
    """Return the plans of those whose time is over: gone longer than the office keeps them.

    First come those who were erased once and came back with a backup.
    """
    returned = list_returned()
    back = _plans(returned, today=today, on_request=True)
    over = [one for one in _over(today) if one not in returned]
    return (*(replace(plan, was_erased=True) for plan in back), *_plans(over, today=today))


def list_sealed(today: date) -> tuple[ErasurePlan, ...]:
    """Return the plans of those who are sealed: no search finds them any more."""
    found = rows(
        "SELECT id FROM person WHERE sealed_at IS NOT NULL AND erased_at IS NULL "
        "AND merged_into_id IS NULL ORDER BY id"
    )
    return _plans([row[0] for row in found], today=today)


def count_over(today: date) -> int:
    """Return for how many something is to be done: who is sealed waits until the law lets him go.

    Cheap enough for a page that is read again and again.
    """
    sealed = {row[0] for row in rows("SELECT id FROM person WHERE sealed_at IS NOT NULL")}
    returned = list_returned()
    over = [one for one in _over(today) if one not in returned]
    waiting = [one for one in over if one in sealed]
    ready = sum(plan.may_erase for plan in _plans(waiting, today=today))
    return len(returned) + len(over) - len(waiting) + ready


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
    whose = (erasure.person_id,)
    return _keeps(whose, erasure.at.date(), on_request=False)[erasure.person_id]


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


def _keeps(persons: Sequence[int], today: date, *, on_request: bool) -> dict[int, tuple[Keep, ...]]:
    """Return what keeps each person: on request only the law, else the office's own spans too."""
    months = {} if on_request else _months()
    keeps: dict[int, tuple[Keep, ...]] = {}
    for person, lasts in find_lasts(persons).items():
        kept = [
            Keep(code, months_later(last, BY_CODE[code].least if on_request else months[code]))
            for code, last in lasts.items()
            if not (on_request and code == "moved-out")
        ]
        keeps[person] = tuple(one for one in kept if one.until > today)
    return keeps


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

"""Arrears: who owes how much for how long, by house, building and item, and what is next to do.

A house is in arrears with what was to be paid before today. Everything is summed from the open
bills each time it is asked for, along one index that holds nothing else (sizes.md 4.3).
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any

from propdesk.domain.ageing import AgeBucket, Ages, add_ages, age_limits
from propdesk.domain.arrears import ArrearsReason, LegalState
from propdesk.domain.demand_stages import days_later
from propdesk.domain.dunning import Stage
from propdesk.domain.payment_plans import PlanState
from propdesk.services.parts.arrears_rules import load_arrears_rules
from propdesk.services.parts.debtors import debtor_names
from propdesk.services.parts.found_residents import units_of_residents
from propdesk.services.queries.limitation import (
    UnitLimitation,
    limitation_days,
    near_bills,
    sound_today,
)
from propdesk.services.queries.payment_plans import PaymentPlan, list_open_plans
from propdesk.services.queries.units import WALKING_ORDER
from propdesk.storage.database import rows


class ArrearsGroup(StrEnum):
    """Houses in arrears that wait for something; the chips of the page."""

    NOTIFY = "notify"
    LETTER = "letter"
    PROMISE = "promise"
    NEAR = "near"
    HELD = "held"


class ArrearsSort(StrEnum):
    """In which order houses are listed; the most pressing first unless it is turned round."""

    LIMITATION = "limitation"
    TOTAL = "total"
    OLDEST = "oldest"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class ArrearsFilter:
    """Which houses are asked for; an item counts that item's bills alone."""

    group: ArrearsGroup | None = None
    building_id: int | None = None
    item_id: int | None = None
    words: str = ""
    reason: ArrearsReason | None = None
    bucket: AgeBucket | None = None
    unit_ids: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class ArrearsRow:
    """A house in arrears.

    `debtor` is the name in full: who shows it masks it by the reader's rule (`shown_names`), as in
    the list of houses. `stage` and `times` are of the last letter since the oldest open bill was
    due, or of the last act where no letter went out; `last_on` is the day of the later of the two.
    `held_by` are the numbers of the open complaints that hold the case, `held_until` the day until
    which somebody held it. `plan` is the promise or plan that nobody ended.
    """

    unit_id: int
    unit: str
    community: str
    building_id: int
    building: str
    debtor: str
    ages: Ages
    oldest_due_on: date
    stage: Stage | None
    times: int
    last_on: date | None
    plan: PaymentPlan | None
    reason: ArrearsReason | None
    reason_text: str
    legal_state: LegalState | None
    held_by: tuple[str, ...]
    held_until: date | None
    held_reason: str
    limitation: UnitLimitation
    days_left: int | None
    sort_key: str

    @property
    def total_fen(self) -> int:
        """What is overdue in all."""
        return self.ages.total_fen

    @property
    def is_held(self) -> bool:
        """Whether a complaint or somebody holds the case."""
        return bool(self.held_by) or self.held_until is not None


@dataclass(frozen=True, slots=True)
class ArrearsSums:
    """How many houses are listed in all, what they owe, and what of it comes near limitation."""

    units: int
    ages: Ages
    near_units: int
    near_fen: int


@dataclass(frozen=True, slots=True)
class AgeRow:
    """Arrears of a building or of an item, by age."""

    id: int
    name: str
    units: int
    ages: Ages


def list_debtors(unit_ids: Collection[int]) -> dict[int, str]:
    """Return who owes the open bills of each house, in full: who shows them masks them."""
    return debtor_names(unit_ids)


def list_arrears(
    wanted: ArrearsFilter,
    *,
    today: date,
    sort: ArrearsSort = ArrearsSort.LIMITATION,
    descending: bool = False,
    after: str | None = None,
    limit: int = 200,
) -> list[ArrearsRow]:
    """Return houses in arrears after the key `after` (the last row's `sort_key`).

    By limitation those stand first that have fewer than the office's days of warning left; then
    those who owe most.
    """
    asked = _Asked(wanted, today)
    order = _ORDERS[sort]
    condition, values = asked.condition, list(asked.values)
    if after is not None:
        condition += f" AND {order} {'<' if descending else '>'} ?"
        values.append(after)
    found = rows(
        f"{asked.owed} SELECT o.unit_id, u.short, c.name, b.id, b.name, {_SUMS}, o.oldest, "
        f"k.reason, k.reason_text, k.legal_state, k.held_until, k.held_reason, {order} AS key "
        f"{_PLACES}WHERE {condition} ORDER BY key {'DESC' if descending else ''} LIMIT ?",
        *values,
        limit,
    )
    return _rows_of(found, today)


def sum_arrears(wanted: ArrearsFilter, *, today: date) -> ArrearsSums:
    """Return what `list_arrears` lists in all for these conditions."""
    asked = _Asked(wanted, today)
    found = rows(
        f"{asked.owed} SELECT count(*), {_SUMS_OF_ALL}, coalesce(sum(n.day IS NOT NULL), 0), "
        f"coalesce(sum(n.fen), 0) {_PLACES}WHERE {asked.condition}",
        *asked.values,
    )[0]
    return ArrearsSums(found[0], _ages(found[1:9]), found[9], found[10])


def count_arrears(today: date) -> dict[ArrearsGroup | None, int]:
    """Return how many houses are in arrears (None) and in each group, for the chips."""
    asked = _Asked(ArrearsFilter(), today)
    counts = ", ".join(f"coalesce(sum({asked.in_group(group)}), 0)" for group in ArrearsGroup)
    found = rows(
        f"{asked.owed} SELECT count(*), {counts} {_PLACES}WHERE {asked.condition}", *asked.values
    )[0]
    return dict(zip((None, *ArrearsGroup), found, strict=True))


def list_ages_by_house(today: date) -> list[AgeRow]:
    """Return the arrears of each house by age, those that owe most first."""
    found = rows(
        f"SELECT o.unit_id, u.short, {_SUMS} FROM ({_owed(today)}) o JOIN unit u "
        "ON u.id = o.unit_id ORDER BY o.late_fen DESC, o.unit_id"
    )
    return [AgeRow(row[0], row[1], 1, _ages(row[2:])) for row in found]


def list_ages_by_building(today: date) -> list[AgeRow]:
    """Return the arrears of each building by age, in the order in which people count them."""
    found = rows(
        f"SELECT b.id, b.name, s.* FROM (SELECT e.building_id, count(*), {_SUMS_OF_ALL} "
        f"FROM ({_owed(today)}) o JOIN unit u ON u.id = o.unit_id JOIN entrance e "
        "ON e.id = u.entrance_id GROUP BY e.building_id) s JOIN building b "
        "ON b.id = s.building_id JOIN community c ON c.id = b.community_id "
        "ORDER BY c.name, b.name NOT GLOB '[0-9]*', CAST(b.name AS INTEGER), b.name"
    )
    return [AgeRow(row[0], row[1], row[3], _ages(row[4:])) for row in found]


def list_ages_by_item(today: date, building_id: int | None = None) -> list[AgeRow]:
    """Return the arrears of each item by age, in the items' order."""
    where, values = "", list[int]()
    if building_id is not None:
        where = (
            "AND b.unit_id IN (SELECT u.id FROM unit u JOIN entrance e ON e.id = u.entrance_id "
            "WHERE e.building_id = ?) "
        )
        values.append(building_id)
    late = f"iif(b.due_on < '{today}', b.unit_id, NULL)"
    found = rows(
        f"SELECT i.id, i.name, count(DISTINCT {late}), {_buckets(today, 'b.')} FROM bill b "
        "JOIN fee_item i ON i.id = b.fee_item_id WHERE b.settled_fen < b.amount_fen "
        f"AND b.voided_at IS NULL {where}GROUP BY i.id HAVING min(b.due_on) < '{today}' "
        "ORDER BY i.position, i.id",
        *values,
    )
    return [AgeRow(row[0], row[1], row[2], _ages(row[3:])) for row in found]


def sum_ages(found: Sequence[AgeRow]) -> Ages:
    """Return the sums of a table by building or item."""
    return add_ages([row.ages for row in found])


# --- how it is asked -----------------------------------------------------------------------

# What is open and not yet due, then the classes of what is overdue.
_AGES = tuple(f"age{n}" for n, _bucket in enumerate(AgeBucket))
_COLUMNS = ("not_due", *_AGES)
_SUMS = ", ".join(f"o.{column}" for column in _COLUMNS)
_SUMS_OF_ALL = ", ".join(f"coalesce(sum(o.{column}), 0)" for column in _COLUMNS)
_PLACES = (
    "FROM owed o JOIN unit u ON u.id = o.unit_id JOIN entrance e ON e.id = u.entrance_id "
    "JOIN building b ON b.id = e.building_id JOIN community c ON c.id = b.community_id "
    "LEFT JOIN arrears_case k ON k.unit_id = o.unit_id LEFT JOIN near n ON n.unit_id = o.unit_id "
)
# One text each, so that pages go by key; the house's id tells equal ones apart.
_BY_TOTAL = "printf('%014d/%09d', 100000000000000 - o.late_fen, o.unit_id)"
_ORDERS: Mapping[ArrearsSort, str] = {
    ArrearsSort.LIMITATION: f"(coalesce(n.day, '9999-12-31') || '/' || {_BY_TOTAL})",
    ArrearsSort.TOTAL: _BY_TOTAL,
    ArrearsSort.OLDEST: f"(o.oldest || '/' || {_BY_TOTAL})",
    ArrearsSort.PLACE: WALKING_ORDER,
}
_COMPLAINT = (
    "SELECT 1 FROM ticket t WHERE t.unit_id = o.unit_id AND t.is_open = 1 AND t.kind = 'complaint'"
)
# A letter counts once it was printed; drafts and those that were taken back urged nobody.
_SENT = "('printed', 'sent', 'delivered', 'refused', 'returned')"


def _buckets(today: date, table: str = "") -> str:
    """Return the sums of open bills as columns of SQL: what is not yet due, and each class.

    Each bill is in one class, and one comparison tells of most that it is not: a third quicker
    than sums of all that is older than each limit.
    """
    first = (today, *age_limits(today).first)
    classes = [
        f">= '{today}'",
        *(f"BETWEEN '{to}' AND '{_day_before(day)}'" for day, to in pairwise(first)),
        f"< '{first[-1]}'",
    ]
    return ", ".join(
        f"coalesce(sum({table}amount_fen - {table}settled_fen) "
        f"FILTER (WHERE {table}due_on {days}), 0) AS {column}"
        for column, days in zip(_COLUMNS, classes, strict=True)
    )


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _owed(today: date, also: str = "", only: str = "") -> str:
    """Return the question what each house in arrears owes; `also` columns, `only` some bills."""
    return (
        f"SELECT *, {' + '.join(_AGES)} AS late_fen FROM (SELECT unit_id, {_buckets(today)}{also} "
        f"FROM bill WHERE settled_fen < amount_fen AND voided_at IS NULL{only} GROUP BY unit_id) "
        "WHERE late_fen > 0"
    )


class _Asked:
    """A question: what is owed and comes near as tables of SQL, and which houses are asked for."""

    def __init__(self, wanted: ArrearsFilter, today: date) -> None:
        self._rules = load_arrears_rules(today)
        self._today = today
        self._plans = list_open_plans(today)
        only = "" if wanted.item_id is None else " AND fee_item_id = ?"
        self.owed = (
            f"WITH owed AS MATERIALIZED ({_owed(today, ', min(due_on) AS oldest', only)}), "
            # The cast lets the engine find a house in it instead of reading it all for each.
            "near AS MATERIALIZED (SELECT CAST(value ->> 0 AS INTEGER) AS unit_id, "
            "value ->> 1 AS day, value ->> 2 AS fen FROM json_each(?))"
        )
        self.values: list[Any] = [] if wanted.item_id is None else [wanted.item_id]
        self.values.append(json.dumps(_near(today, self._rules.later_days)))
        self.condition = self._conditions(wanted)

    def _conditions(self, wanted: ArrearsFilter) -> str:
        conditions = ["1"]
        if wanted.group is not None:
            conditions.append(self.in_group(wanted.group))
        if wanted.bucket is not None:
            conditions.append(f"o.{_AGES[list(AgeBucket).index(wanted.bucket)]} > 0")
        if wanted.building_id is not None:
            conditions.append("b.id = ?")
            self.values.append(wanted.building_id)
        if wanted.reason is not None:
            conditions.append("k.reason = ?")
            self.values.append(wanted.reason.value)
        if wanted.unit_ids is not None:
            conditions.append("o.unit_id IN (SELECT value FROM json_each(?))")
            self.values.append(json.dumps(sorted(wanted.unit_ids)))
        if wanted.words.strip():
            text = _like(wanted.words)
            residents, keys = units_of_residents(wanted.words, self._today)
            conditions.append(
                f"(o.unit_id IN ({residents}) OR u.short LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 "
                "FROM bill d JOIN person p ON p.id = d.person_id WHERE d.unit_id = o.unit_id "
                "AND p.sealed_at IS NULL AND p.name LIKE ? ESCAPE '\\'))"
            )
            self.values += [*keys, text, text]
        return " AND ".join(conditions)

    def in_group(self, group: ArrearsGroup) -> str:
        """Return the condition that a house `o` belongs to a group.

        To notify: ripe for the friendly reminder or the slip; to write: ripe for the formal letter
        (domain/demand_stages). Neither while the case is held or a promise runs.
        """
        held = f"(EXISTS ({_COMPLAINT}) OR coalesce(k.held_until >= '{self._today}', 0))"
        if group is ArrearsGroup.HELD:
            return held
        if group is ArrearsGroup.NEAR:
            return "(n.day IS NOT NULL)"
        if group is ArrearsGroup.PROMISE:
            return self._of_plans(PlanState.DUE, PlanState.BROKEN)
        done = (
            "max(coalesce((SELECT max(l.stage) FROM fee_letter l WHERE l.unit_id = o.unit_id "
            f"AND l.state IN {_SENT} AND l.dated_on >= o.oldest), 0), "
            "coalesce((SELECT max(a.stage) FROM dunning_act a WHERE a.unit_id = o.unit_id "
            "AND a.voided_at IS NULL AND a.at >= o.oldest), 0))"
        )
        free = f"(NOT {held} AND NOT {self._of_plans(PlanState.DUE, PlanState.RUNNING)})"
        if group is ArrearsGroup.LETTER:
            ripe = f"{done} IN ({Stage.SLIP:d}, {Stage.VISIT:d}) AND {self._late(Stage.LETTER)}"
            return f"({ripe} AND {free})"
        ripe = (
            f"CASE {done} WHEN {Stage.NOTICE:d} THEN {self._late(Stage.REMINDER)} "
            f"WHEN {Stage.REMINDER:d} THEN {self._late(Stage.SLIP)} ELSE 0 END"
        )
        return f"({ripe} AND {free})"

    def _late(self, stage: Stage) -> str:
        """Return the condition that a house's oldest open bill is old enough for a stage."""
        return f"o.oldest <= '{days_later(self._today, -self._rules.stage_days[stage])}'"

    def _of_plans(self, *states: PlanState) -> str:
        ids = {plan.unit_id for plan in self._plans if plan.standing.state in states}
        return f"(o.unit_id IN ({', '.join(map(str, sorted(ids)))}))"


def _like(words: str) -> str:
    text = words.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{text}%"


def _near(today: date, days: int) -> list[tuple[int, str, int]]:
    """Return the houses with a bill that ends soon: id, its earliest day, what ends in the span."""
    found: dict[int, tuple[date, int]] = {}
    for bill in near_bills(today, days):
        day, fen = found.get(bill.unit_id, (date.max, 0))
        found[bill.unit_id] = (min(day, bill.limitation.last_on), fen + bill.open_fen)
    return [(unit_id, day.isoformat(), fen) for unit_id, (day, fen) in found.items()]


# --- what stands beside the sums, for the houses of a page -----------------------------------

_LETTERS = (
    "SELECT unit_id, stage, times, dated_on FROM fee_letter "
    f"WHERE unit_id IN (SELECT value FROM json_each(?)) AND state IN {_SENT} ORDER BY dated_on, id"
)
_ACTS = (
    "SELECT unit_id, stage, substr(at, 1, 10) FROM dunning_act "
    "WHERE unit_id IN (SELECT value FROM json_each(?)) AND voided_at IS NULL ORDER BY at, id"
)
_HOLDERS = (
    "SELECT unit_id, number FROM ticket WHERE unit_id IN (SELECT value FROM json_each(?)) "
    "AND is_open = 1 AND kind = 'complaint' ORDER BY received_at, id"
)


def _rows_of(found: Sequence[tuple[Any, ...]], today: date) -> list[ArrearsRow]:
    ids = [row[0] for row in found]
    listed = json.dumps(ids)
    names, limits = debtor_names(ids), limitation_days(ids, today)
    plans = {plan.unit_id: plan for plan in list_open_plans(today, ids)}
    letters = {row[0]: row[1:] for row in rows(_LETTERS, listed)}
    acts = {row[0]: row[1:] for row in rows(_ACTS, listed)}
    holders: dict[int, list[str]] = {}
    for unit_id, number in rows(_HOLDERS, listed):
        holders.setdefault(unit_id, []).append(number)
    day = sound_today(today)
    result = []
    for row in found:
        unit_id, oldest = row[0], row[13]
        letter, act = letters.get(unit_id), acts.get(unit_id)
        letter = letter if letter and letter[2] >= oldest else None
        act = act if act and act[1] >= oldest else None
        last = max(letter[2] if letter else "", act[1] if act else "")
        stage = letter[0] if letter else act[0] if act else None
        limitation = limits[unit_id]
        result.append(
            ArrearsRow(
                unit_id=unit_id,
                unit=row[1],
                community=row[2],
                building_id=row[3],
                building=row[4],
                debtor=names.get(unit_id, ""),
                ages=_ages(row[5:13]),
                oldest_due_on=date.fromisoformat(oldest),
                stage=None if stage is None else Stage(stage),
                times=letter[1] if letter else 0,
                last_on=date.fromisoformat(last) if last else None,
                plan=plans.get(unit_id),
                reason=ArrearsReason(row[14]) if row[14] else None,
                reason_text=row[15] or "",
                legal_state=LegalState(row[16]) if row[16] else None,
                held_by=tuple(holders.get(unit_id, ())),
                held_until=_held(row[17], today),
                held_reason=row[18] or "",
                limitation=limitation,
                days_left=_left(limitation.last_on, day),
                sort_key=row[19],
            )
        )
    return result


def _held(until: str | None, today: date) -> date | None:
    day = date.fromisoformat(until) if until else None
    return day if day and day >= today else None


def _left(last_on: date | None, today: date) -> int | None:
    return None if last_on is None else last_on.toordinal() - today.toordinal()


def _ages(sums: Sequence[int]) -> Ages:
    return Ages(tuple(sums[1:]), sums[0])

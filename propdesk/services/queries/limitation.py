"""Until when each open bill can be enforced, and why: the last proved interruption (law.md 1.3).

Set by set: the bills of a house, of a page of houses, or all that come near. A bill can only come
near three years after its day of payment, so of thousands only the old ones are looked into.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from propdesk.domain.calendar_years import years_after
from propdesk.domain.dunning import Medium, PromiseWay, Relation, Result, Way
from propdesk.domain.limitation import (
    PAYMENT_WEIGHT,
    ActProof,
    Event,
    EventKind,
    Limitation,
    LimitationRules,
    limitation_of,
    weigh_act,
    weigh_promise,
)
from propdesk.services.parts.arrears_rules import load_arrears_rules
from propdesk.services.parts.debtors import debtor_names
from propdesk.services.queries.suspensions import all_suspensions
from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class BillLimitation:
    """An open bill and until when it can be enforced."""

    bill_id: int
    unit_id: int
    due_on: date
    open_fen: int
    limitation: Limitation


@dataclass(frozen=True, slots=True)
class UnitLimitation:
    """The nearest end among a house's open bills.

    `last_on` is the earliest that has not passed yet, None where all have. `near_fen` is what is
    open of the bills that end then, `expired_fen` what has run out already.
    """

    last_on: date | None
    near_fen: int
    expired_fen: int


@dataclass(frozen=True, slots=True)
class LimitationRow:
    """A house in the list of what comes near: its bills that end within the days asked for."""

    unit_id: int
    unit: str
    building_id: int
    building: str
    debtor: str
    bills: tuple[BillLimitation, ...]
    last_on: date
    open_fen: int

    def days_left(self, today: date) -> int:
        """Return how many days are left for the nearest bill."""
        return self.last_on.toordinal() - today.toordinal()


def limitation_rules(today: date) -> LimitationRules:
    """Return the office's numbers of limitation, for a form that says what an act will count."""
    return load_arrears_rules(today).limitation


def limitation_days(unit_ids: Collection[int], today: date) -> dict[int, UnitLimitation]:
    """Return the nearest end of each of these houses that owes anything, by id."""
    day = sound_today(today)
    running: dict[int, dict[date, int]] = {}
    expired: dict[int, int] = {}
    for _id, unit_id, _due, open_fen, limitation in _limitations(_OF_UNITS, today, list(unit_ids)):
        of_unit = running.setdefault(unit_id, {})
        if limitation.last_on < day:
            expired[unit_id] = expired.get(unit_id, 0) + open_fen
        else:
            of_unit[limitation.last_on] = of_unit.get(limitation.last_on, 0) + open_fen
    return {
        unit_id: UnitLimitation(
            first := min(of_unit, default=None),
            of_unit[first] if first else 0,
            expired.get(unit_id, 0),
        )
        for unit_id, of_unit in running.items()
    }


def list_bill_limitations(unit_id: int, today: date) -> dict[int, BillLimitation]:
    """Return until when each open bill of a house can be enforced, by the bill's id."""
    found = _limitations(_OF_UNITS, today, [unit_id])
    return {row[0]: BillLimitation(*row) for row in found}


def get_limitations(bill_ids: Collection[int], today: date) -> dict[int, BillLimitation]:
    """Return until when these bills can be enforced, by id; settled ones are included."""
    found = _limitations(_OF_IDS, today, list(bill_ids))
    return {row[0]: BillLimitation(*row) for row in found}


def near_bills(today: date, days: int) -> list[BillLimitation]:
    """Return the open bills whose period ends within so many days from now; none that has ended.

    A clock that stands before the last entry lets nothing look farther away than it is (F31).
    """
    rules = load_arrears_rules(today).limitation
    day = sound_today(today)
    until = date.fromordinal(day.toordinal() + days)
    latest, earliest = (years_after(end, -rules.years).toordinal() for end in (until, day))
    # 29 February is reckoned as the 28th: a day more is looked at, then each bill reckoned.
    span = [date.fromordinal(latest + 1).isoformat(), date.fromordinal(earliest).isoformat()]
    return [
        BillLimitation(*row)
        for row in _limitations(_NEAR, today, span)
        if day <= row[4].last_on <= until
    ]


def near_days(today: date) -> tuple[int, int]:
    """Return the office's days of warning: those of the urgent list, those of the long one."""
    rules = load_arrears_rules(today)
    return rules.soon_days, rules.later_days


def count_near_units(today: date) -> tuple[int, int]:
    """Return how many houses have a bill that ends within each of the office's days of warning."""
    soon, later = near_days(today)
    near = near_bills(today, later)
    last = today.toordinal() + soon
    pressing = {one.unit_id for one in near if one.limitation.last_on.toordinal() <= last}
    return len(pressing), len({one.unit_id for one in near})


def list_limitation(
    today: date, days: int = 90, *, building_id: int | None = None
) -> list[LimitationRow]:
    """Return the houses with bills whose period ends within so many days, the nearest first."""
    bills: dict[int, list[BillLimitation]] = {}
    for bill in near_bills(today, days):
        bills.setdefault(bill.unit_id, []).append(bill)
    places = rows(
        "SELECT u.id, u.short, b.id, b.name FROM unit u JOIN entrance e ON e.id = u.entrance_id "
        "JOIN building b ON b.id = e.building_id WHERE u.id IN (SELECT value FROM json_each(?))",
        json.dumps(list(bills)),
    )
    names = debtor_names(bills)
    found = []
    for unit_id, short, place_id, building in places:
        if building_id not in (None, place_id):
            continue
        of_unit = tuple(sorted(bills[unit_id], key=lambda one: one.limitation.last_on))
        found.append(
            LimitationRow(
                unit_id=unit_id,
                unit=short,
                building_id=place_id,
                building=building,
                debtor=names.get(unit_id, ""),
                bills=of_unit,
                last_on=of_unit[0].limitation.last_on,
                open_fen=sum(bill.open_fen for bill in of_unit),
            )
        )
    return sorted(found, key=lambda row: (row.last_on, -row.open_fen, row.unit_id))


def sound_today(today: date) -> date:
    """Return the day to count from: never before the last entry about fees (F31).

    A clock that was set back would show more days than are left.
    """
    last = rows(
        "SELECT max(at) FROM (SELECT * FROM (SELECT entered_at AS at FROM bill ORDER BY id DESC "
        "LIMIT 1) UNION ALL SELECT * FROM (SELECT entered_at FROM ledger_line ORDER BY id DESC "
        "LIMIT 1) UNION ALL SELECT * FROM (SELECT entered_at FROM dunning_act ORDER BY id DESC "
        "LIMIT 1))"
    )[0][0]
    return max(today, date.fromisoformat(last[:10])) if last else today


# Open bills: along the index of open ones where the condition lets it.
_BILLS = "SELECT b.id, b.unit_id, b.due_on, b.amount_fen - b.settled_fen FROM bill b WHERE "
_OPEN = "b.settled_fen < b.amount_fen AND b.voided_at IS NULL AND "
_OF_UNITS = _OPEN + "b.unit_id IN (SELECT value FROM json_each(?1))"
_OF_IDS = "b.id IN (SELECT value FROM json_each(?1))"
# Whatever is older than the period can only be alive by something that happened to it. The plus
# keeps the engine on the index of open bills, away from that of all bills by day.
_NEAR = (
    _OPEN + "+b.due_on <= ?1 ->> 0 AND (b.due_on >= ?1 ->> 1 OR b.settled_fen > 0 "
    "OR EXISTS (SELECT 1 FROM demand_line n WHERE n.bill_id = b.id) "
    "OR EXISTS (SELECT 1 FROM limitation_suspension s WHERE s.unit_id = b.unit_id))"
)


def _limitations(
    condition: str, today: date, wanted: list[Any]
) -> Iterator[tuple[int, int, date, int, Limitation]]:
    """Yield bill, house, day of payment, what is open and the limitation of each bill."""
    rules = load_arrears_rules(today).limitation
    values = json.dumps(wanted)
    day = sound_today(today)
    events = _events(condition, values, rules, day)
    obstacles = all_suspensions()
    plain: dict[str, Limitation] = {}
    for bill_id, unit_id, due, open_fen in rows(_BILLS + condition, values):
        untouched = plain.get(due)
        if untouched is None:
            untouched = plain[due] = limitation_of(date.fromisoformat(due), (), rules)
        happened, suspended = events.get(bill_id, ()), obstacles.get(unit_id, ())
        found = untouched
        if happened or suspended:
            found = limitation_of(untouched.since, happened, rules, suspended, day)
        yield bill_id, unit_id, untouched.since, open_fen, found


def _events(
    condition: str, values: str, rules: LimitationRules, today: date
) -> dict[int, list[Event]]:
    """Return what happened to the bills of a condition.

    The day on a return receipt is written down after the act itself: it is held against today.
    """
    found: dict[int, list[Event]] = {}
    acts = _ACTS.format("d.act_id = a.id", condition)
    by_letter = _ACTS.format("d.letter_id = a.letter_id", condition)
    for row in rows(f"{acts} UNION {by_letter}", values):
        bill_id, joint, act_id, way, result, relation, at, arrived, entered, *there = row
        proof, witness, address, arrival, note, medium = there
        act = ActProof(
            Way(way),
            Result(result),
            Relation(relation) if relation else None,
            has_proof=bool(proof),
            has_witness=bool(witness),
            has_address=bool(address),
            has_arrival=bool(arrival),
            has_note=bool(note),
            medium=Medium(medium) if medium else None,
        )
        weight = weigh_act(act, joint=bool(joint), rules=rules)
        known_on = today if arrived else _day(entered)
        event = Event(EventKind.ACT, act_id, _day(arrived or at), known_on, weight)
        found.setdefault(bill_id, []).append(event)
    for bill_id, payment_id, on_day, entered in rows(_PAYMENTS.format(condition), values):
        event = Event(EventKind.PAYMENT, payment_id, _day(on_day), _day(entered), PAYMENT_WEIGHT)
        found.setdefault(bill_id, []).append(event)
    for row in rows(_PLANS.format(condition), values):
        bill_id, joint, plan_id, on_day, way, relation, entered, proof = row
        weight = weigh_promise(
            PromiseWay(way), Relation(relation), has_proof=bool(proof), joint=bool(joint)
        )
        event = Event(EventKind.PROMISE, plan_id, _day(on_day), _day(entered), weight)
        found.setdefault(bill_id, []).append(event)
    return found


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


# An act is about the bills of its own lines and of those of the letter that it delivered.
_ACTS = (
    "SELECT b.id, b.payer_id IS NOT NULL, a.id, a.way, a.result, a.relation, a.at, a.arrived_on, "
    "a.entered_at, a.has_proof, a.witness <> '', a.address <> '', a.arrived_on IS NOT NULL, "
    "a.note <> '', a.medium "
    "FROM bill b JOIN demand_line d ON d.bill_id = b.id JOIN dunning_act a ON {} "
    "WHERE a.voided_at IS NULL AND {}"
)
# A receipt that was void is none, nor is one that was wholly given back: after the close of the
# till a slip is undone by a contra entry. What came out of the prepaid account is no act of the
# debtor.
_PAYMENTS = (
    "SELECT l.bill_id, coalesce(p.refund_of_id, p.id) AS receipt, min(l.on_day), min(l.entered_at) "
    "FROM bill b JOIN ledger_line l ON l.bill_id = b.id JOIN payment p ON p.id = l.payment_id "
    "WHERE l.act IN ('payment', 'void', 'refund') AND {} "
    "GROUP BY l.bill_id, receipt HAVING sum(l.amount_fen) < 0"
)
_PLANS = (
    "SELECT b.id, b.payer_id IS NOT NULL, p.id, p.promised_on, p.way, p.relation, p.entered_at, "
    "EXISTS (SELECT 1 FROM attachment x WHERE x.plan_id = p.id AND x.removed_at IS NULL) "
    "FROM bill b JOIN demand_line d ON d.bill_id = b.id JOIN payment_plan p ON p.id = d.plan_id "
    "WHERE p.outcome <> 'voided' AND {}"
)

"""The time line of a house: one source for each kind of line, newest first, a page at a time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from propdesk.domain.house_events import (
    EVENT_GROUPS,
    EventGroup,
    EventKind,
    Found,
    HouseEvent,
    event_words,
    kinds_of,
    mask_found,
)
from propdesk.domain.house_papers import FEE_PAPERS
from propdesk.storage.database import database

# Each source gives `_COLUMNS`: when, whose id, code, name, text, second code, whether it waits.
# A sealed or erased person goes without a name (law.md 1.7).
_NAME = (
    "CASE WHEN p.sealed_at IS NULL AND p.erased_at IS NULL THEN coalesce(p.name, '') ELSE '' END"
)
_STAY = "r.id, r.role, {name}, '', '', 0 FROM residency r JOIN person p ON p.id = r.person_id"
_WORKS = "d.id, '', d.number, d.scope, '', 0 FROM decoration d WHERE d.unit_id = :unit"
_KEY = (
    f"k.id, k.kind, CASE WHEN k.holder <> '' THEN k.holder ELSE {_NAME} END, k.count, k.outcome, "
    "0 FROM unit_key k LEFT JOIN person p ON p.id = k.person_id WHERE k.unit_id = :unit"
)
_VEHICLE = "v.id, v.kind, v.plate, v.description, '', 0 FROM vehicle v WHERE v.unit_id = :unit"
_PET = "a.id, a.kind, a.name, a.breed, '', 0 FROM pet a WHERE a.unit_id = :unit"
_STAYS = _STAY.format(name=_NAME) + " WHERE r.unit_id = :unit"
_PRINTED = (
    "l.at, l.id, l.what, s.name, l.purpose, '', 0 FROM access_line l "
    "JOIN staff s ON s.id = l.staff_id WHERE l.unit_id = :unit AND l.act = 'printed'"
)
_FEE_PAPERS = ", ".join(f"'{paper.value}'" for paper in FEE_PAPERS)

SOURCES: Mapping[EventKind, str] = {
    EventKind.CAME: f"r.from_on, {_STAYS} AND r.from_on IS NOT NULL",
    EventKind.WENT: f"r.to_on, {_STAYS} AND r.to_on IS NOT NULL",
    EventKind.TICKET: (
        "t.received_at, t.id, t.kind, t.number, "
        "coalesce(t.satisfaction, '') || char(10) || t.matter, t.status, t.is_open "
        "FROM ticket t WHERE t.unit_id = :unit"
    ),
    EventKind.CONTACT: (
        "c.at, c.id, c.way, c.name, c.text, coalesce(c.cleared_at, ''), c.is_open FROM contact c "
        "WHERE c.unit_id = :unit AND c.voided_at IS NULL"
    ),
    EventKind.MOVE: (
        "m.on_day, m.id, m.kind, coalesce(m.number, ''), CASE WHEN p.id IS NULL THEN m.name ELSE "
        f"{_NAME} END, coalesce(m.settled_on, ''), 0 FROM move m "
        "LEFT JOIN person p ON p.id = m.person_id WHERE m.unit_id = :unit AND m.voided_at IS NULL"
    ),
    EventKind.CARRIED_OUT: (
        "g.written_at, g.id, '', g.number, g.items, '', 0 FROM gate_pass g "
        "WHERE g.unit_id = :unit AND g.voided_at IS NULL"
    ),
    # What was billed in one go is one line: ten years of six items would hide all else.
    EventKind.BILLED: (
        "b.entered_at, min(b.id), '', replace(group_concat(DISTINCT i.name), ',', '、'), "
        "sum(b.amount_fen), CAST(sum(b.amount_fen - b.settled_fen) AS TEXT), "
        "max(b.settled_fen < b.amount_fen) FROM bill b JOIN fee_item i ON i.id = b.fee_item_id "
        "WHERE b.unit_id = :unit AND b.voided_at IS NULL GROUP BY b.entered_at"
    ),
    EventKind.PAID: (
        "p.at, p.id, p.kind, p.number, p.total_fen, coalesce(p.voided_at, ''), 0 "
        "FROM payment p WHERE p.unit_id = :unit"
    ),
    EventKind.FEE_LETTER: (
        "l.written_at, l.id, l.stage, l.number, l.total_fen, l.state, 0 "
        "FROM fee_letter l WHERE l.unit_id = :unit AND l.state <> 'voided'"
    ),
    EventKind.URGED: (
        "a.at, a.id, a.way, a.receiver, "
        "trim(coalesce((SELECT l.number FROM fee_letter l WHERE l.id = a.letter_id), '') || ' ' "
        "|| a.note), a.result, 0 FROM dunning_act a "
        "WHERE a.unit_id = :unit AND a.voided_at IS NULL"
    ),
    EventKind.PROMISED: (
        "g.promised_on, g.id, g.kind, g.promised_by, g.number || char(10) || g.total_fen, "
        "g.outcome, g.outcome = '' FROM payment_plan g "
        "WHERE g.unit_id = :unit AND g.outcome <> 'voided'"
    ),
    EventKind.KEY_OUT: f"k.from_on, {_KEY}",
    EventKind.KEY_BACK: f"k.ended_on, {_KEY} AND k.ended_on IS NOT NULL",
    EventKind.VEHICLE_CAME: f"v.from_on, {_VEHICLE} AND v.from_on IS NOT NULL",
    EventKind.VEHICLE_WENT: f"v.to_on, {_VEHICLE} AND v.to_on IS NOT NULL",
    EventKind.PET_CAME: f"a.from_on, {_PET} AND a.from_on IS NOT NULL",
    EventKind.PET_WENT: f"a.to_on, {_PET} AND a.to_on IS NOT NULL",
    EventKind.WORKS_APPLIED: f"d.applied_on, {_WORKS}",
    EventKind.WORKS_PERMITTED: f"d.permitted_on, {_WORKS} AND d.permitted_on IS NOT NULL",
    EventKind.WORKS_ACCEPTED: f"d.accepted_on, {_WORKS} AND d.accepted_on IS NOT NULL",
    EventKind.WORKS_CANCELLED: f"d.cancelled_on, {_WORKS} AND d.cancelled_on IS NOT NULL",
    EventKind.DEPOSIT_BACK: (
        f"d.deposit_returned_on, {_WORKS} AND d.deposit_returned_on IS NOT NULL"
    ),
    EventKind.PATROL: (
        "q.at, q.id, q.result, d.number, q.finding, q.kind, "
        "q.kind <> '' AND q.rectified_on IS NULL FROM decoration d "
        "JOIN decoration_patrol q ON q.decoration_id = d.id WHERE d.unit_id = :unit"
    ),
    # A round that is a patrol of the decoration file stands there.
    EventKind.ROUND: (
        "r.done_at, r.id, '', p.name, coalesce((SELECT group_concat(f.text, char(10)) "
        " FROM finding f WHERE f.round_id = r.id AND f.unit_id = :unit AND f.state <> 'dropped'), "
        "''), '', EXISTS (SELECT 1 FROM finding f LEFT JOIN ticket t ON t.id = f.ticket_id "
        " WHERE f.round_id = r.id AND f.unit_id = :unit AND (f.state IN ('open', 'rectification') "
        " OR f.state = 'ticket' AND t.status <> 'closed')) "
        "FROM sheet_line l JOIN inspection_round r ON r.sheet_id = l.sheet_id "
        "JOIN inspection_plan p ON p.id = r.plan_id "
        "WHERE l.unit_id = :unit AND r.state = 'done' AND NOT EXISTS (SELECT 1 "
        " FROM decoration_patrol q JOIN decoration d ON d.id = q.decoration_id "
        " WHERE q.round_id = r.id AND d.unit_id = :unit)"
    ),
    EventKind.RECTIFICATION: (
        "n.issued_at, n.id, n.recheck, n.number, n.problem, coalesce(n.voided_at, ''), "
        "n.voided_at IS NULL AND n.recheck <> 'rectified' FROM rectification n "
        "WHERE n.unit_id = :unit"
    ),
    EventKind.CHANGE: (
        "h.from_on, h.id, h.field, h.value, h.note, u.kind, 0 FROM unit_change h "
        "JOIN unit u ON u.id = h.unit_id "
        "WHERE h.unit_id = :unit AND h.from_on IS NOT NULL AND h.voided_at IS NULL"
    ),
    EventKind.DOCUMENT: (
        "f.added_at, f.id, f.topic, f.name, f.caption, '', 0 FROM attachment f "
        "WHERE f.unit_id = :unit AND f.removed_at IS NULL"
    ),
    EventKind.FEE_PAPER: f"{_PRINTED} AND l.what IN ({_FEE_PAPERS})",
    EventKind.PAPER: f"{_PRINTED} AND l.what NOT IN ({_FEE_PAPERS})",
}
_COLUMNS = "at, target, code, name, text, second, is_open"
_END_OF_DAY = "T99"


@dataclass(frozen=True, slots=True)
class EventKey:
    """Where a page of the time line ended."""

    at: str
    kind: str
    target: int


@dataclass(frozen=True, slots=True)
class EventPage:
    """A page of the time line; `after` is None when there is no more."""

    events: tuple[HouseEvent, ...]
    after: EventKey | None


def list_house_events(
    unit_id: int,
    *,
    today: date,
    groups: Collection[EventGroup] = (),
    from_on: date | None = None,
    after: EventKey | None = None,
    limit: int = 100,
    masked: bool = False,
    with_fees: bool = False,
) -> EventPage:
    """Return a page of what happened at a house up to `today`, the newest first.

    `groups` narrows it (none: everything), `from_on` is the first day wanted. A day without a time
    stands before the moments of that day. `masked` masks names and plates (law.md 1.7). Bills,
    receipts, letters, acts and promises are there `with_fees` only: for those who may see fees.
    """
    kinds = kinds_of(groups, with_fees=with_fees)
    if not kinds:
        return EventPage((), None)
    values: dict[str, str | int] = {"unit": unit_id, "last": f"{today}{_END_OF_DAY}"}
    conditions = ["at <= :last"]
    if from_on is not None:
        conditions.append("at >= :first")
        values["first"] = from_on.isoformat()
    if after is not None:
        conditions.append("(at, kind, target) < (:at, :kind, :target)")
        values |= {"at": after.at, "kind": after.kind, "target": after.target}
    found = database.execute_sql(
        f"{_events(kinds)}SELECT kind, {_COLUMNS} FROM event "
        f"WHERE {' AND '.join(conditions)} ORDER BY at DESC, kind DESC, target DESC "
        f"LIMIT {limit + 1:d}",
        values,
    ).fetchall()
    shown = found[:limit]
    last = None
    if len(found) > limit:
        kind, at, target = shown[-1][:3]
        last = EventKey(at, kind, target)
    return EventPage(tuple(_event(row, masked=masked) for row in shown), last)


def count_house_events(
    unit_id: int, *, today: date, with_fees: bool = False
) -> dict[EventGroup, int]:
    """Return how many lines of each group the time line of a house has up to `today`."""
    counts = dict.fromkeys(EventGroup, 0)
    for kind, count in database.execute_sql(
        _events(kinds_of((), with_fees=with_fees))
        + "SELECT kind, count(*) FROM event WHERE at <= :last GROUP BY kind",
        {"unit": unit_id, "last": f"{today}{_END_OF_DAY}"},
    ).fetchall():
        counts[EVENT_GROUPS[EventKind(kind)]] += count
    return counts


def _events(kinds: Collection[EventKind]) -> str:
    """Return the table of all lines of these kinds."""
    sources = " UNION ALL ".join(f"SELECT '{kind}', {SOURCES[kind]}" for kind in kinds)
    return f"WITH event (kind, {_COLUMNS}) AS ({sources}) "


def _event(row: Sequence[Any], *, masked: bool) -> HouseEvent:
    kind, at, target, code, name, text, second, is_open = row
    found = Found(EventKind(kind), code, name, str(text), second, bool(is_open))
    words = event_words(mask_found(found) if masked else found)
    has_time = "T" in at
    return HouseEvent(
        kind=found.kind,
        target=target,
        at=(
            datetime.fromisoformat(at)
            if has_time
            else datetime.combine(date.fromisoformat(at), time())
        ),
        has_time=has_time,
        word=words.word,
        text=words.text,
        outcome=words.outcome,
        is_open=found.is_open,
    )

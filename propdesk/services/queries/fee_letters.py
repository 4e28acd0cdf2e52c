"""Fee letters: houses ripe for a stage, the letters and how far they went (law.md 1.6)."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from propdesk.domain.demand_stages import is_ripe
from propdesk.domain.dunning import LetterState, Stage
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_letters import ALIVE, SENT
from propdesk.domain.letter_ten import Missing, check_ten
from propdesk.i18n import LazyText, _, _lazy
from propdesk.services.parts import fee_letter_rows
from propdesk.services.parts.fee_letter_rows import LETTERS, PLACE, read_letters, to_letter
from propdesk.services.parts.fee_stages import load_stage
from propdesk.services.queries.units import WALKING_ORDER
from propdesk.storage.database import rows

FeeLetter = fee_letter_rows.FeeLetter
"""A letter and how far it went."""


class Held(StrEnum):
    """Why a house is left alone for now; the first that applies is told."""

    COMPLAINT = "complaint"
    BY_HAND = "by-hand"
    PROMISE = "promise"
    COURT = "court"


HELD_LABELS: Mapping[Held, LazyText] = {
    Held.COMPLAINT: _lazy("a complaint is open"),
    Held.BY_HAND: _lazy("held by hand"),
    Held.PROMISE: _lazy("a promise is running"),
    Held.COURT: _lazy("before the court"),
}


@dataclass(frozen=True, slots=True)
class RipeHouse:
    """A house that a stage is due for: since when it owes, what is open, what reached it before.

    `held` says why it is left alone for now; `ticket` is the open complaint.
    """

    unit_id: int
    short: str
    building_id: int
    oldest_due_on: date
    bills: int
    open_fen: int
    reached: Stage | None
    held: Held | None
    ticket_id: int | None
    ticket: str


def _in(states: Collection[LetterState]) -> str:
    return ", ".join(f"'{one.value}'" for one in sorted(states))


_OPEN = "b.settled_fen < b.amount_fen AND b.voided_at IS NULL"
_SORT = WALKING_ORDER.replace("b.name", "q.name")
_HOUSES = (
    "SELECT b.unit_id, u.short, e.building_id, min(b.due_on), count(*), "
    f"sum(b.amount_fen - b.settled_fen) FROM bill b {PLACE.format('b')} WHERE {_OPEN} "
    "AND (?1 = 0 OR e.building_id = ?1) "
    "AND (?3 = '' OR b.unit_id IN (SELECT value FROM json_each(?3))) AND "
)
# A notice is for what no letter has said yet, the other stages for what is overdue.
_NEW = (
    "NOT EXISTS (SELECT 1 FROM demand_line d JOIN fee_letter l ON l.id = d.letter_id "
    f"WHERE d.bill_id = b.id AND l.state IN ({_in(ALIVE)})) AND ?2 <> ''"
)
_OVERDUE = "b.due_on < ?2"
# Which stages houses have got about what is still open, and whether they went out.
_REACHED = (
    "SELECT b.unit_id, coalesce(l.stage, a.stage), "
    f"max(a.id IS NOT NULL OR l.state IN ({_in(SENT)})) "
    "FROM demand_line d JOIN bill b ON b.id = d.bill_id "
    f"LEFT JOIN fee_letter l ON l.id = d.letter_id AND l.state IN ({_in(ALIVE)}) "
    "LEFT JOIN dunning_act a ON a.id = d.act_id AND a.voided_at IS NULL "
    f"WHERE {_OPEN} AND coalesce(l.id, a.id) IS NOT NULL "
    "AND (?1 = '' OR b.unit_id IN (SELECT value FROM json_each(?1))) GROUP BY 1, 2"
)
_HELD: Mapping[Held, str] = {
    Held.COURT: (
        "SELECT unit_id, NULL, '' FROM arrears_case WHERE ? <> '' "
        "AND legal_state IN ('payment-order', 'suit', 'judgement', 'enforcement')"
    ),
    Held.PROMISE: (
        "SELECT p.unit_id, NULL, '' FROM payment_plan p WHERE p.ended_at IS NULL AND EXISTS "
        "(SELECT 1 FROM payment_part r WHERE r.plan_id = p.id AND r.due_on >= ?)"
    ),
    Held.BY_HAND: "SELECT unit_id, NULL, '' FROM arrears_case WHERE held_until >= ?",
    Held.COMPLAINT: (
        "SELECT unit_id, id, number FROM ticket WHERE ? <> '' AND kind = 'complaint' "
        "AND is_open = 1 AND unit_id IS NOT NULL ORDER BY id DESC"
    ),
}


def _reached(unit_ids: Collection[int] | None) -> dict[int, dict[Stage, bool]]:
    """Return which stages houses have got about what is open, and whether they went out."""
    found: dict[int, dict[Stage, bool]] = {}
    asked = "" if unit_ids is None else json.dumps(list(unit_ids))
    for unit_id, got, was_sent in rows(_REACHED, asked):
        found.setdefault(unit_id, {})[Stage(got)] = bool(was_sent)
    return found


def reached_stages(unit_id: int) -> frozenset[Stage]:
    """Return the stages that a house has got about what is still open, as letters or acts."""
    return frozenset(_reached([unit_id]).get(unit_id, {}))


def list_ripe(
    stage: Stage,
    today: date,
    *,
    building_id: int | None = None,
    unit_ids: Collection[int] | None = None,
    again: bool = False,
) -> tuple[RipeHouse, ...]:
    """Return the houses that are ripe for a stage, in delivery order, held ones among them.

    Ripe is who has had a bill open for the stage's days, has got one of the stages before, and
    neither this nor a later one about what is open. `again` asks for neither: somebody chose these
    houses for one more letter.
    """
    rule = load_stage(stage, today)
    reached = _reached(unit_ids)
    held = {
        row[0]: (why, row[1], row[2])
        for why, sql in _HELD.items()
        for row in rows(sql, today.isoformat())
    }
    what = _NEW if stage is Stage.NOTICE and not again else _OVERDUE
    if stage is Stage.NOTICE and again:
        what = "?2 <> ''"
    found = rows(
        f"{_HOUSES}{what} GROUP BY b.unit_id ORDER BY {_SORT}",
        building_id or 0,
        today.isoformat(),
        "" if unit_ids is None else json.dumps(list(unit_ids)),
    )
    ripe = []
    for unit_id, short, building, oldest_due_on, bills, open_fen in found:
        oldest, got = date.fromisoformat(oldest_due_on), reached.get(unit_id, {})
        sent = frozenset(one for one, was_sent in got.items() if was_sent)
        is_new = stage is Stage.NOTICE or not any(one >= stage for one in got)
        if not again and not (is_new and is_ripe(rule, oldest, sent, today)):
            continue
        why, ticket_id, ticket = held.get(unit_id, (None, None, ""))
        if stage is Stage.NOTICE:
            why = None  # a bill is no demand: whoever complains gets it, too
        ripe.append(
            RipeHouse(
                unit_id, short, building, oldest, bills, open_fen, max(got, default=None),
                why, ticket_id, ticket,
            )
        )  # fmt: skip
    return tuple(ripe)


def find_fee_letter(number: str) -> FeeLetter:
    """Return the letter of a number as it is said, full width and blanks as they come."""
    wanted = number.strip()
    found = rows(f"{LETTERS}l.number = ? OR replace(l.number, ' ', '') = ?", wanted,
                 wanted.replace(" ", ""))  # fmt: skip
    if not found:
        raise RuleError(
            "fee-letter-unknown",
            _("There is no fee letter {number}. The numbers are in the list of letters.").format(
                number=wanted[:40]
            ),
        )
    return to_letter(found[0])


def list_fee_letters(
    *,
    unit_id: int | None = None,
    stage: Stage | None = None,
    state: LetterState | None = None,
    batch_id: int | None = None,
    limit: int = 500,
) -> tuple[FeeLetter, ...]:
    """Return letters, the latest first."""
    asked = [
        ("l.unit_id = ?", unit_id),
        ("l.stage = ?", None if stage is None else stage.value),
        ("l.state = ?", None if state is None else state.value),
        ("l.batch_id = ?", batch_id),
    ]
    given = [(words, value) for words, value in asked if value is not None]
    condition = " AND ".join(words for words, _value in given) or "1"
    found = rows(
        f"{LETTERS}{condition} ORDER BY l.id DESC LIMIT ?",
        *(value for _words, value in given),
        limit,
    )
    return tuple(to_letter(row) for row in found)


def delivery_order(letter_ids: Collection[int]) -> list[int]:
    """Return letters as somebody walks who brings them: community, building, entrance, number."""
    wanted = json.dumps(list(letter_ids))
    found = rows(
        f"SELECT l.id FROM fee_letter l {PLACE.format('l')}"
        f"WHERE l.id IN (SELECT value FROM json_each(?)) ORDER BY {_SORT}, l.id",
        wanted,
    )
    return [row[0] for row in found]


def get_fee_letters(letter_ids: Collection[int]) -> dict[int, FeeLetter]:
    """Return letters by their ids."""
    return read_letters(letter_ids)


def list_missing(letter: FeeLetter) -> tuple[Missing, ...]:
    """Return what of the ten things a letter lacks, by the rules of the day that it bears."""
    return check_ten(letter.content, pay_days=load_stage(letter.stage, letter.dated_on).least_days)


def changed_since(letter_ids: Collection[int]) -> frozenset[int]:
    """Return the letters that no longer say what is open: something was paid, waived or voided."""
    found = rows(
        "SELECT DISTINCT d.letter_id FROM demand_line d JOIN bill b ON b.id = d.bill_id "
        "WHERE d.letter_id IN (SELECT value FROM json_each(?)) AND d.open_fen <> "
        "CASE WHEN b.voided_at IS NULL THEN b.amount_fen - b.settled_fen ELSE 0 END",
        json.dumps(list(letter_ids)),
    )
    return frozenset(row[0] for row in found)

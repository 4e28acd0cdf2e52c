"""Fee letters as a list shows them, in delivery order, without all that they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from propdesk.domain.dunning import LetterState, Stage
from propdesk.services.queries.units import WALKING_ORDER
from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class LetterScope:
    """Which letters are wanted: a batch, those in some states, those of a house."""

    batch_id: int | None = None
    states: tuple[LetterState, ...] = ()
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter in a list; `express_number` is that of its last act by express."""

    id: int
    number: str
    unit_id: int
    house: str
    addressee: str
    stage: Stage
    state: LetterState
    dated_on: date
    pay_by: date | None
    total_fen: int
    prints: int
    express_number: str


@dataclass(frozen=True, slots=True)
class LetterBatch:
    """Letters that were made in one go, and how many of them are in which state."""

    id: int
    stage: Stage
    letters: int
    total_fen: int
    written_at: datetime
    waiting: int


_ROWS = (
    "SELECT l.id, l.number, l.unit_id, u.short, "
    "coalesce(nullif(json_extract(l.content, '$.owner'), ''), json_extract(l.content, '$.user')), "
    "l.stage, l.state, l.dated_on, l.pay_by, l.total_fen, l.prints, "
    "coalesce((SELECT a.express_number FROM dunning_act a WHERE a.letter_id = l.id "
    "AND a.voided_at IS NULL AND a.express_number <> '' ORDER BY a.id DESC LIMIT 1), '') "
    "FROM fee_letter l JOIN unit u ON u.id = l.unit_id JOIN entrance e ON e.id = u.entrance_id "
    "JOIN building b ON b.id = e.building_id JOIN community c ON c.id = b.community_id "
)


def list_letter_rows(scope: LetterScope) -> tuple[LetterRow, ...]:
    """Return the letters of a scope as somebody walks who brings them."""
    given: list[tuple[str, Any]] = []
    if scope.batch_id is not None:
        given.append(("l.batch_id = ?", scope.batch_id))
    if scope.unit_id is not None:
        given.append(("l.unit_id = ?", scope.unit_id))
    words = [condition for condition, _value in given]
    if scope.states:
        words.append("l.state IN ({})".format(", ".join("?" * len(scope.states))))
    where = " AND ".join(words) or "1"
    values = [value for _condition, value in given] + [state.value for state in scope.states]
    return tuple(map(_row, rows(f"{_ROWS}WHERE {where} ORDER BY {WALKING_ORDER}, l.id", *values)))


def _row(row: Sequence[Any]) -> LetterRow:
    return LetterRow(
        id=row[0],
        number=row[1],
        unit_id=row[2],
        house=row[3],
        addressee=row[4] or "",
        stage=Stage(row[5]),
        state=LetterState(row[6]),
        dated_on=date.fromisoformat(row[7]),
        pay_by=date.fromisoformat(row[8]) if row[8] else None,
        total_fen=row[9],
        prints=row[10],
        express_number=row[11],
    )


def list_letter_batches(limit: int = 30) -> tuple[LetterBatch, ...]:
    """Return the latest batches, the newest first; `waiting` did not go out yet."""
    found = rows(
        "SELECT b.id, b.stage, b.letters, b.total_fen, b.written_at, (SELECT count(*) "
        "FROM fee_letter l WHERE l.batch_id = b.id AND l.state IN ('draft', 'approved', "
        "'printed')) FROM letter_batch b ORDER BY b.id DESC LIMIT ?",
        limit,
    )
    return tuple(
        LetterBatch(row[0], Stage(row[1]), row[2], row[3], datetime.fromisoformat(row[4]), row[5])
        for row in found
    )

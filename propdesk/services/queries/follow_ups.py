"""Who is to be asked, and what was answered: the queue, the sample, the scores (R40, R66).

`asked_in` counts for a month; everything is read from the journal.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from propdesk.domain.months import Month
from propdesk.domain.sampling import AskedAfter
from propdesk.domain.scores import ScoreMean
from propdesk.domain.tickets import Kind, Status
from propdesk.storage.database import rows, stored_time


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One caller who is to be asked, by when, and how often he was not reached in this round.

    `percent` is the share at which the ticket was drawn, None for a complaint: all are asked.
    """

    id: int
    number: str
    kind: Kind
    status: Status
    where: str
    reporter: str
    matter: str
    closed_at: datetime | None
    due_on: date
    percent: int | None
    tries: int


_TRIES = (
    "(SELECT count(*) FROM ticket_event v WHERE v.ticket_id = t.id AND v.round = t.round "
    "AND v.kind = 'followed-up' AND v.satisfaction IS NULL)"
)


def list_follow_ups(limit: int = 1000) -> tuple[FollowUpRow, ...]:
    """Return who is to be asked, the first due first."""
    found = rows(
        "SELECT t.id, t.number, t.kind, t.status, coalesce(u.short, t.place), t.reporter_name, "
        f"t.matter, t.closed_at, t.follow_up_due_on, t.follow_up_percent, {_TRIES} "
        "FROM ticket t LEFT JOIN unit u ON u.id = t.unit_id "
        f"WHERE t.follow_up_due_on IS NOT NULL ORDER BY t.follow_up_due_on, t.id LIMIT {limit:d}"
    )
    return tuple(map(_row, found))


def _row(row: tuple[Any, ...]) -> FollowUpRow:
    is_sampled = row[3] == Status.CLOSED.value
    return FollowUpRow(
        id=row[0],
        number=row[1],
        kind=Kind(row[2]),
        status=Status(row[3]),
        where=row[4],
        reporter=row[5],
        matter=row[6],
        closed_at=datetime.fromisoformat(row[7]) if row[7] else None,
        due_on=date.fromisoformat(row[8]),
        percent=row[9] if is_sampled else None,
        tries=row[10],
    )


def count_tries(ticket_id: int) -> int:
    """Return how often the caller of a ticket was not reached in its present round."""
    return int(rows(f"SELECT {_TRIES} FROM ticket t WHERE t.id = ?", ticket_id)[0][0])


# The one answer that may follow a closing that was drawn: the ticket is reopened or asked no more.
_ANSWER = (
    "(SELECT a.satisfaction FROM ticket_event a WHERE a.ticket_id = v.ticket_id "
    "AND a.round = v.round AND a.sequence > v.sequence AND a.kind = 'followed-up' "
    "AND a.satisfaction IS NOT NULL LIMIT 1)"
)


def asked_in(month: Month) -> AskedAfter:
    """Return a month's sample: what was drawn of the tickets that closed in it, and answered since.

    With it stand the scores of all follow-ups of the month, those of complaints too.
    """
    wanted, answered, satisfied = rows(
        "SELECT count(*), count(answer), count(nullif(answer = 'satisfied', 0)) FROM "
        f"(SELECT {_ANSWER} AS answer FROM ticket_event v "
        "WHERE v.kind = 'closed' AND v.at >= ? AND v.at < ? "
        "AND json_extract(v.detail, '$.follow_up') = 'drawn')",
        *_span(month),
    )[0]
    scores = [score for _name, score in _scores(month)]
    return AskedAfter(wanted, answered, satisfied, ScoreMean.of(scores))


def score_means(month: Month) -> dict[str, ScoreMean]:
    """Return the mean score of each handler in a month, those with most scores first (R66)."""
    found: dict[str, list[Decimal]] = {}
    for name, score in _scores(month):
        found.setdefault(name, []).append(score)
    order = sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))
    return {name: ScoreMean.of(scores) for name, scores in order}


def _scores(month: Month) -> list[tuple[str, Decimal]]:
    """Return the weighted scores of a month's follow-ups, each with who had the work then."""
    found = rows(
        "SELECT coalesce(h.name, ''), json_extract(v.detail, '$.score') FROM ticket_event v "
        "JOIN ticket t ON t.id = v.ticket_id LEFT JOIN staff h ON h.id = t.handler_id "
        "WHERE v.kind = 'followed-up' AND v.at >= ? AND v.at < ? "
        "AND json_extract(v.detail, '$.score') IS NOT NULL ORDER BY v.sequence",
        *_span(month),
    )
    return [(name, Decimal(score)) for name, score in found]


def _span(month: Month) -> tuple[str, str]:
    return stored_time(month.start), stored_time(month.end)

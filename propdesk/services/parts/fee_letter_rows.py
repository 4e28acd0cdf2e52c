"""Fee letters as they are stored: what one says, and how far it went."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from propdesk.domain.dunning import LetterState, Stage
from propdesk.domain.fee_letters import LetterContent, from_json
from propdesk.storage.database import rows

PLACE = (
    "JOIN unit u ON u.id = {0}.unit_id JOIN entrance e ON e.id = u.entrance_id "
    "JOIN building q ON q.id = e.building_id JOIN community c ON c.id = q.community_id "
)


@dataclass(frozen=True, slots=True)
class FeeLetter:
    """A letter and how far it went; `content` is all that it says."""

    id: int
    number: str
    unit_id: int
    short: str
    stage: Stage
    times: int
    state: LetterState
    dated_on: date
    pay_by: date | None
    total_fen: int
    late_fen: int
    content: LetterContent
    content_sha256: str
    batch_id: int | None
    first_page: int | None
    pages: int | None
    pdf_sha256: str | None
    corrects: str
    written_at: datetime
    written_by: str
    approved_by: str
    printed_at: datetime | None
    prints: int
    sent_at: datetime | None
    note: str
    version: int


LETTERS = (
    "SELECT l.id, l.number, l.unit_id, u.short, l.stage, l.times, l.state, l.dated_on, l.pay_by, "
    "l.total_fen, l.late_fen, l.content, l.content_sha256, l.batch_id, l.first_page, l.pages, "
    "l.pdf_sha256, coalesce(o.number, ''), l.written_at, s.name, coalesce(a.name, ''), "
    f"l.printed_at, l.prints, l.sent_at, l.note, l.version FROM fee_letter l {PLACE.format('l')}"
    "JOIN staff s ON s.id = l.staff_id LEFT JOIN staff a ON a.id = l.approved_staff_id "
    "LEFT JOIN fee_letter o ON o.id = l.corrects_id WHERE "
)
_BY_ID = LETTERS + "l.id IN (SELECT value FROM json_each(?))"


def to_letter(row: tuple[Any, ...]) -> FeeLetter:
    """Return a row of `LETTERS` as a letter."""
    return FeeLetter(
        id=row[0],
        number=row[1],
        unit_id=row[2],
        short=row[3],
        stage=Stage(row[4]),
        times=row[5],
        state=LetterState(row[6]),
        dated_on=date.fromisoformat(row[7]),
        pay_by=date.fromisoformat(row[8]) if row[8] else None,
        total_fen=row[9],
        late_fen=row[10],
        content=from_json(json.loads(row[11])),
        content_sha256=row[12],
        batch_id=row[13],
        first_page=row[14],
        pages=row[15],
        pdf_sha256=row[16],
        corrects=row[17],
        written_at=datetime.fromisoformat(row[18]),
        written_by=row[19],
        approved_by=row[20],
        printed_at=datetime.fromisoformat(row[21]) if row[21] else None,
        prints=row[22],
        sent_at=datetime.fromisoformat(row[23]) if row[23] else None,
        note=row[24],
        version=row[25],
    )


def read_letters(letter_ids: Collection[int]) -> dict[int, FeeLetter]:
    """Return letters by their ids."""
    wanted = json.dumps(list(letter_ids))
    found = rows(_BY_ID, wanted)
    return {row[0]: to_letter(row) for row in found}

"""Where rounds may name a person: results and findings in his houses, notices to them (PIPL 47).

They stay as proof of what was looked after (Civil Code 942, 945), without him.
"""

import json
from collections.abc import Iterator, Sequence

from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.database import OfficeTable, rows
from propdesk.storage.inspections import (
    FindingRecord,
    InspectionResultRecord,
    InspectionRoundRecord,
    RectificationRecord,
)
from propdesk.storage.persons import ResidencyRecord
from propdesk.storage.tickets import TicketEventRecord, TicketRecord


def round_texts(ids: Sequence[int]) -> Iterator[tuple[Iterator[OfficeTable], tuple[str, ...]]]:
    """Yield the rows of rounds and notices that may name these persons, with their texts."""
    houses = _houses(ids)
    if not houses:
        return
    notices = [
        one.id for one in RectificationRecord.select().where(RectificationRecord.unit.in_(houses))
    ]
    seen = rows(
        "SELECT DISTINCT r.id, x.id FROM sheet_line l "
        "JOIN inspection_round r ON r.sheet_id = l.sheet_id "
        "JOIN inspection_result x ON x.round_id = r.id AND x.position = l.position "
        "WHERE l.unit_id IN (SELECT value FROM json_each(?))",
        json.dumps(houses),
    )
    rounds, results = {row[0] for row in seen}, [row[1] for row in seen]
    tickets = found_tickets(ids)
    for table, whose, among, columns in (
        (InspectionResultRecord, InspectionResultRecord.id, results, "words note photos reason"),
        (InspectionRoundRecord, InspectionRoundRecord.id, rounds, "note"),
        (FindingRecord, FindingRecord.unit, houses, "text note"),
        (RectificationRecord, RectificationRecord.id, notices,
         "addressee place problem basis demand receiver recheck_note void_reason"),
        (AttachmentRecord, AttachmentRecord.rectification, notices, "name caption"),
        (AttachmentRecord, AttachmentRecord.round, rounds, "name caption"),
        (TicketRecord, TicketRecord.id, tickets, "matter text place"),
        (TicketEventRecord, TicketEventRecord.ticket, tickets, "text detail"),
    ):  # fmt: skip
        yield iter(table.select().where(whose.in_(among))), tuple(columns.split())


def found_tickets(ids: Sequence[int]) -> list[int]:
    """Return the tickets that were written for what rounds found in houses of these persons."""
    found = FindingRecord.select().where(
        FindingRecord.unit.in_(_houses(ids)), FindingRecord.ticket.is_null(False)
    )
    return [one.ticket_id for one in found if one.ticket_id is not None]


def _houses(ids: Sequence[int]) -> list[int]:
    stays = ResidencyRecord.select().where(ResidencyRecord.person.in_(ids))
    return [one.unit_id for one in stays]

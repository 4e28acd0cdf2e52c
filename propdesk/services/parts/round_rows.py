"""Rounds that were walked, many at once: their sheets, results and findings as rows.

What `enter_results` writes for one sheet, written for all of a day in one go: the demo makes months
of rounds. Whoever calls holds the transaction and gives whole rounds, each item answered once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.check_items import Verdict
from propdesk.domain.inspection_plans import Plan
from propdesk.domain.inspection_results import Answer, SheetPlace, Walk, verdict_of
from propdesk.domain.inspection_settings import InspectionSettings
from propdesk.domain.sheet_codes import sheet_number
from propdesk.services.parts.finding_making import make_finding
from propdesk.services.parts.numbering import take_numbers
from propdesk.storage.database import database, rows, stored_time

SHEET_SERIES = "inspection-sheet"
_SHEET = (
    "INSERT INTO inspection_sheet (id, number, plan_id, planned_on, walker, made_at, staff_id, "
    "printed_at, prints, entered_at, weather, void_reason, version) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, '', '', 1)"
)
_LINE = (
    "INSERT INTO sheet_line (sheet_id, position, point_id, unit_id, version_id) "
    "VALUES (?, ?, ?, ?, ?)"
)
_ROUND = (
    "UPDATE inspection_round SET sheet_id = ?, items = ?, filled = ?, abnormal = ?, walker = ?, "
    "state = 'done', started_at = ?, done_at = ?, entered_at = ?, entered_staff_id = ?, "
    "version = version + 1 WHERE id = ?"
)
_RESULT = (
    "INSERT INTO inspection_result (id, round_id, position, item_id, point_id, verdict, "
    "value_milli, lower_milli, upper_milli, words, score, note, photos, performed_at, entered_at, "
    "staff_id, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?, ?, '')"
)


@dataclass(frozen=True, slots=True)
class Walked:
    """A round that was walked: its sheet's places, what was seen at each item, and when."""

    round_id: int
    walk: Walk
    entered_at: datetime
    answers: Sequence[Answer]


@dataclass(frozen=True, slots=True)
class WalkedSheet:
    """A sheet of a plan's day with its rounds; `versions` are those of its places' templates."""

    plan: Plan
    made_at: datetime
    places: Sequence[SheetPlace]
    versions: Sequence[int]
    rounds: Sequence[Walked]


def store_walked(
    sheets: Iterable[WalkedSheet], *, settings: InspectionSettings, staff_id: int
) -> None:
    """Write sheets that came back from their rounds, with results and findings."""
    ((sheet_id, result_id),) = rows(
        "SELECT (SELECT coalesce(max(id), 0) FROM inspection_sheet), "
        "(SELECT coalesce(max(id), 0) FROM inspection_result)"
    )
    papers, lines, rounds, results = [], [], [], []
    found: list[tuple[int, SheetPlace, Answer, datetime]] = []
    for sheet in sheets:
        sheet_id += 1
        papers.append(_paper(sheet_id, sheet, settings, staff_id))
        for place, version in zip(sheet.places, sheet.versions, strict=True):
            lines.append((sheet_id, place.position, place.point_id, place.unit_id, version))
        items = {(place.position, item.id): (place, item)
                 for place in sheet.places for item in place.items}  # fmt: skip
        for walked in sheet.rounds:
            times = (stored_time(walked.walk.done_at), stored_time(walked.entered_at))
            abnormal = 0
            for answer in walked.answers:
                result_id += 1
                place, item = items[answer.position, answer.item_id]
                verdict = verdict_of(item, answer)
                is_reading = answer.value_milli is not None
                results.append((
                    result_id, walked.round_id, answer.position, item.id, place.point_id,
                    verdict.value, answer.value_milli, item.lower_milli if is_reading else None,
                    item.upper_milli if is_reading else None, answer.words, answer.note,
                    answer.photos, *times, staff_id,
                ))  # fmt: skip
                if verdict is Verdict.ABNORMAL:
                    abnormal += 1
                    found.append((result_id, place, answer, walked.walk.done_at))
            rounds.append((
                sheet_id, len(items), len(walked.answers), abnormal, walked.walk.walker,
                stored_time(walked.walk.started_at or walked.walk.done_at), *times, staff_id,
                walked.round_id,
            ))  # fmt: skip
    connection = database.connection()
    for statement, values in (
        (_SHEET, papers), (_LINE, lines), (_ROUND, rounds), (_RESULT, results),
    ):  # fmt: skip
        connection.executemany(statement, values)
    for number, place, answer, found_at in found:
        item = next(one for one in place.items if one.id == answer.item_id)
        make_finding(
            number, place, item, answer, found_at=found_at, staff_id=staff_id, settings=settings
        )


def _paper(
    sheet_id: int, sheet: WalkedSheet, settings: InspectionSettings, staff_id: int
) -> tuple[object, ...]:
    day = sheet.made_at.date()
    month = f"{day:%Y%m}"
    number = sheet_number(settings.sheet_letters, month, take_numbers(SHEET_SERIES, month)[0])
    made = stored_time(sheet.made_at)
    entered = stored_time(max(one.entered_at for one in sheet.rounds))
    walker = sheet.rounds[0].walk.walker
    return (
        sheet_id, number, sheet.plan.id, day.isoformat(), walker, made, staff_id, made, entered,
    )  # fmt: skip

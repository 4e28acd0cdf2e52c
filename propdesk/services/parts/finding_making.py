"""A result that is not in order becomes a finding; the same one again and again needs improvement.

Idea 10: what is found three times is no accident. It is marked and listed, until the improvement
board takes it up (decision 57).
"""

from datetime import datetime

from propdesk.domain.check_items import CheckItem, ItemKind
from propdesk.domain.findings import FindingState
from propdesk.domain.inspection_results import Answer, SheetPlace, limit_words, reading_words
from propdesk.domain.inspection_settings import InspectionSettings
from propdesk.storage.database import rows, stored_time
from propdesk.storage.inspections import FindingRecord


def make_finding(
    result_id: int,
    place: SheetPlace,
    item: CheckItem,
    answer: Answer,
    *,
    found_at: datetime,
    staff_id: int,
    settings: InspectionSettings,
) -> None:
    """Write the finding of a result that is not in order, in the caller's transaction."""
    state = FindingState.FIXED_ON_SITE if answer.fixed else FindingState.OPEN
    FindingRecord.create(
        round=answer.round_id,
        result=result_id,
        point=place.point_id,
        unit=place.unit_id,
        asset=place.asset_id,
        template=place.template_id,
        key=item.key,
        text=finding_text(item, answer),
        found_at=found_at,
        state=state.value,
        needs_improvement=_is_repeated(place, item, found_at, settings),
        rectified_on=found_at.date() if answer.fixed else None,
        staff=staff_id,
    )


def drop_finding(result_id: int, note: str) -> None:
    """Say that a finding was none: its result was corrected; one with a ticket stays."""
    FindingRecord.update(
        state=FindingState.DROPPED.value, note=note, version=FindingRecord.version + 1
    ).where(
        FindingRecord.result == result_id,
        FindingRecord.state.in_([FindingState.OPEN.value, FindingState.FIXED_ON_SITE.value]),
    ).execute()


def finding_text(item: CheckItem, answer: Answer) -> str:
    """Return what is wrong in one line: `出口压力 0.38 (0.45-0.60 MPa): 阀门渗水`."""
    seen = answer.words
    if item.kind is ItemKind.NUMBER and answer.value_milli is not None:
        limits = limit_words(item)
        seen = reading_words(item, answer.value_milli)
        seen = f"{seen} ({limits})" if limits else seen
    words = " ".join(filter(None, (item.name, seen)))
    return f"{words}: {answer.note}" if answer.note else words


def _is_repeated(
    place: SheetPlace, item: CheckItem, found_at: datetime, settings: InspectionSettings
) -> bool:
    since = datetime.fromordinal(found_at.toordinal() - settings.repeat_days)
    before = rows(
        "SELECT count(*) FROM finding WHERE point_id IS ? AND unit_id IS ? AND template_id = ? "
        "AND key = ? AND found_at BETWEEN ? AND ? AND state <> 'dropped'",
        place.point_id,
        place.unit_id,
        place.template_id,
        item.key,
        stored_time(since),
        stored_time(found_at),
    )[0][0]
    return bool(before + 1 >= settings.repeat_times)

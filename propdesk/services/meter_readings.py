"""Readings are entered, many at once; a wrong one is voided and written anew, never changed."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.attachments import Attachment, check_count
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_rules import Rule
from propdesk.domain.meter_readings import ReadingDraft
from propdesk.domain.money import money_words
from propdesk.domain.staff import Right
from propdesk.i18n import _
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.fee_rules import rule_value
from propdesk.services.parts.files_in import Refused, Source, discard, file_row, quiet, stage
from propdesk.services.parts.meter_courses import (
    check_without,
    list_standing,
    take_reading,
    write_reading,
)
from propdesk.services.parts.noting import noted
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.attachments import get_attachment
from propdesk.services.queries.meter_readings import (
    ReadingLine,
    get_reading,
    list_reading_photos,
    list_resting_bills,
    list_resting_costs,
)
from propdesk.services.queries.meters import get_meter
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.meters import MeterReadingRecord
from propdesk.storage.opening import OpenOffice

_NAMED = 5
"""So many bills or costs are named in a refusal."""


@dataclass(frozen=True, slots=True)
class EnteredReading:
    """A reading that was stored, what it says was used, and how far that is from the mean.

    `is_odd` tells that the deviation is beyond the office's percentage: told, never refused.
    """

    id: int
    meter_id: int
    value_milli: int
    used_milli: int | None
    deviation: int | None
    is_odd: bool


@dataclass(frozen=True, slots=True)
class RefusedReading:
    """A reading that was not stored, by its place among those typed in, and the sentence why."""

    place: int
    meter_id: int
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class EnteredReadings:
    """What came of many readings; `known` of them stood there already."""

    entered: tuple[EnteredReading, ...]
    refused: tuple[RefusedReading, ...] = ()
    known: int = 0


def enter_readings(
    drafts: Sequence[ReadingDraft], *, by: int, now: datetime, correction: str = ""
) -> EnteredReadings:
    """Enter readings in one transaction; one that cannot be does not stop the others.

    A reading that stands already is left as it is; another one of the same day is put right where
    `correction` says why, else refused. Without a value a reading is estimated from the mean.
    """
    correction = noted(correction)
    with writing():
        staff = fee_actor(by, Right.CHARGE)
        today = local(now).date()
        percent = rule_value(Rule.USAGE_DEVIATION_PERCENT, today)
        entered: list[EnteredReading] = []
        refused: list[RefusedReading] = []
        known = 0
        for place, draft in enumerate(drafts):
            try:
                taken = take_reading(
                    draft, get_meter(draft.meter_id), today=today, corrects=bool(correction)
                )
                if taken.known:
                    known += 1
                    continue
                if taken.replaces is not None:
                    _check_unused(taken.replaces.id)
                    _void(taken.replaces.id, correction, staff.id, now)
                reading_id = write_reading(taken, by=staff.id, now=local(now))
            except RuleError as refusal:
                refused.append(RefusedReading(place, draft.meter_id, refusal.code, str(refusal)))
                continue
            deviation = taken.deviation
            entered.append(
                EnteredReading(
                    id=reading_id,
                    meter_id=draft.meter_id,
                    value_milli=taken.reading.value_milli,
                    used_milli=taken.used_milli,
                    deviation=deviation,
                    is_odd=deviation is not None and abs(deviation) >= percent,
                )
            )
        return EnteredReadings(tuple(entered), tuple(refused), known)


def void_reading(
    reading_id: int, *, reason: str, by: int, now: datetime, despite_bills: bool = False
) -> ReadingLine:
    """Void a reading with a reason; it stays in the books.

    One that bills or shared costs rest on is refused with their names unless `despite_bills`; so
    is one without which the later ones could not be counted.
    """
    reason = noted(reason, _("Say why the reading is voided."))
    with writing():
        staff = fee_actor(by, Right.CHARGE)
        line = get_reading(reading_id)
        if line.voided_at is not None:
            raise RuleError("reading-voided", _("This reading was voided already."))
        if not despite_bills:
            _check_unused(reading_id)
        check_without(line.meter, list_standing(line.meter.id), reading_id)
        _void(reading_id, reason, staff.id, now)
        return get_reading(reading_id)


def _check_unused(reading_id: int) -> None:
    """Refuse to touch a reading that bills or shared costs rest on, and name them."""
    bills = [
        f"{bill.item} {bill.from_on}–{bill.until_on} {money_words(bill.amount_fen)}"
        for bill in list_resting_bills(reading_id)
    ]
    if bills:
        raise RuleError(
            "reading-billed",
            _(
                "Bills rest on this reading: {bills}. Void these first and reckon them anew, or "
                "say that it is voided all the same."
            ).format(bills=_named(bills)),
        )
    costs = [
        f"{cost.item} {cost.from_on}–{cost.until_on} {money_words(cost.total_fen)}"
        for cost in list_resting_costs(reading_id)
    ]
    if costs:
        raise RuleError(
            "reading-shared",
            _(
                "Shared costs rest on this reading: {costs}. Void these first and enter them "
                "anew, or say that it is voided all the same."
            ).format(costs=_named(costs)),
        )


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (" ..." if len(names) > _NAMED else "")


def _void(reading_id: int, reason: str, by: int, now: datetime) -> None:
    row = MeterReadingRecord.get_by_id(reading_id)
    row.voided_at, row.voided_staff_id, row.void_reason = local(now), by, reason
    row.save()


def add_reading_photos(
    office: OpenOffice,
    reading_id: int,
    sources: Sequence[Source],
    *,
    by: int,
    now: datetime,
    on_progress: Callable[[int, int], None] = quiet,
) -> tuple[tuple[Attachment, ...], tuple[Refused, ...]]:
    """Take photos of a meter in and give them to a reading; return those added and those refused.

    What the reading has already stays as it is.
    """
    fee_actor(by, Right.CHARGE)
    get_reading(reading_id)
    check_count(len(list_reading_photos(reading_id)), len(sources))
    staged = stage(office, sources, on_progress)
    try:
        with writing():
            staff = fee_actor(by, Right.CHARGE)
            known = {one.file.sha256 for one in list_reading_photos(reading_id)}
            ids = [
                file_row(
                    office,
                    file,
                    staff_id=staff.id,
                    at=local(now),
                    caption="",
                    reading=reading_id,
                    on_paper=False,
                )
                for file in staged.files
                if file.sha256 not in known
            ]
            return tuple(get_attachment(one) for one in ids), staged.refused
    except BaseException:
        with suppress(RuleError):
            discard(office, staged.files)
        raise


def remove_reading_photo(attachment_id: int, *, by: int, now: datetime) -> None:
    """Take a photo off its reading; row and file stay for the books."""
    with writing():
        staff = fee_actor(by, Right.CHARGE)
        row = AttachmentRecord.get_or_none(AttachmentRecord.id == attachment_id)
        if row is None or row.reading_id is None or row.removed_at is not None:
            raise RuleError("photo-unknown", _("This photo does not belong to a reading."))
        row.removed_at, row.removed_staff_id = local(now), staff.id
        row.save()

"""Rectification notices (整改通知单): written, received, looked at again after the deadline."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.findings import (
    FindingState,
    Recheck,
    Rectification,
    RectificationDraft,
    check_one_receiver,
    check_rectification,
    rectification_number,
)
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.decoration_finds import follow_finding
from propdesk.services.parts.inspection_settings import load_inspection_settings
from propdesk.services.parts.noting import noted, refuse
from propdesk.services.parts.numbering import take_number_of_year
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.findings import find_rectification, get_finding
from propdesk.storage.inspections import FindingRecord, RectificationRecord

SERIES = "rectification"


def write_rectification(
    draft: RectificationDraft, finding_ids: Sequence[int] = (), *, by: int, now: datetime
) -> Rectification:
    """Write a notice under the next number of its year, for open findings or without any."""
    with writing():
        staff = actor(by, Right.DISPATCH)
        draft = replace(
            draft,
            addressee=clean_line(draft.addressee),
            place=clean_line(draft.place),
            problem=clean_text(draft.problem),
            basis=clean_text(draft.basis),
            demand=clean_text(draft.demand),
        )
        refuse(check_rectification(draft, now.date()))
        letters = load_inspection_settings().rectify_letters
        number = rectification_number(letters, now.year, take_number_of_year(SERIES, now.year))
        record = RectificationRecord.create(
            number=number,
            addressee=draft.addressee,
            vendor=draft.vendor_id,
            unit=draft.unit_id,
            place=draft.place,
            problem=draft.problem,
            basis=draft.basis,
            demand=draft.demand,
            deadline_on=draft.deadline_on,
            issued_at=local(now),
            staff=staff.id,
        )
        found = [get_finding(finding_id) for finding_id in finding_ids]
        check_one_receiver(found, draft.unit_id)
        for finding_id in finding_ids:
            _settle(finding_id, FindingState.RECTIFICATION, record.id, None)
            follow_finding(finding_id, due_on=draft.deadline_on)
        return find_rectification(number)


def receive_rectification(
    number: str,
    receiver: str,
    received_on: date,
    *,
    refused: bool = False,
    by: int,
    now: datetime,
) -> Rectification:
    """Note who received a notice on which day, or refused to."""
    with writing():
        actor(by, Right.DO_ROUNDS)
        record = _standing(number)
        record.receiver = noted(receiver, _("Say who received it or refused."))
        if not record.issued_at.date() <= received_on <= now.date():
            raise RuleError(
                "rectification-day",
                _("It was received between the day it was written and today."),
            )
        record.received_on, record.refused = received_on, refused
        record.version += 1
        record.save()
        return find_rectification(number)


def recheck_rectification(
    number: str,
    recheck: Recheck,
    note: str,
    *,
    deadline_on: date | None = None,
    version: int,
    by: int,
    now: datetime,
) -> Rectification:
    """Note what the look afterwards found; what is not right gets a new deadline."""
    with writing():
        actor(by, Right.DO_ROUNDS)
        record = _standing(number)
        check_version(record.version, version)
        if recheck is Recheck.NONE:
            raise RuleError("recheck-result", _("Say what the look afterwards found."))
        if record.recheck == Recheck.RECTIFIED:
            raise RuleError("rectification-over", _("It was rectified already."))
        record.recheck, record.rechecked_on = recheck.value, now.date()
        words = noted(note)
        record.recheck_note = "\n".join(
            filter(None, (record.recheck_note, f"{now:%Y-%m-%d} {words}" if words else ""))
        )
        if recheck is Recheck.RECTIFIED:
            for finding in FindingRecord.select().where(FindingRecord.rectification == record.id):
                _settle(finding.id, FindingState.RECTIFIED, record.id, now.date())
                follow_finding(finding.id, rectified_on=now.date())
        else:
            if deadline_on is None or deadline_on < now.date():
                raise RuleError(
                    "recheck-deadline", _("Give a new deadline for what is not right yet.")
                )
            record.deadline_on = deadline_on
            for finding in FindingRecord.select().where(FindingRecord.rectification == record.id):
                follow_finding(finding.id, due_on=deadline_on)
        record.version += 1
        record.save()
        return find_rectification(number)


def void_rectification(
    number: str, reason: str, *, version: int, by: int, now: datetime
) -> Rectification:
    """Take a notice back; its findings are open again."""
    with writing():
        actor(by, Right.DISPATCH)
        record = _standing(number)
        check_version(record.version, version)
        record.void_reason = noted(reason, _("Say why the notice is taken back."))
        record.voided_at = local(now)
        record.version += 1
        record.save()
        for finding in FindingRecord.select().where(
            FindingRecord.rectification == record.id,
            FindingRecord.state == FindingState.RECTIFICATION.value,
        ):
            _settle(finding.id, FindingState.OPEN, None, None)
        return find_rectification(number)


def _settle(
    finding_id: int, state: FindingState, notice_id: int | None, rectified_on: date | None
) -> None:
    FindingRecord.update(
        state=state.value,
        rectification=notice_id,
        rectified_on=rectified_on,
        version=FindingRecord.version + 1,
    ).where(FindingRecord.id == finding_id).execute()


def _standing(number: str) -> RectificationRecord:
    found = find_rectification(number)
    if found.voided_at is not None:
        raise RuleError("rectification-voided", _("The notice was taken back."))
    return RectificationRecord.get_by_id(found.id)

"""Note what suspends the limitation of a house's bills, and when it was gone (Civil Code 194)."""

from dataclasses import replace
from datetime import date, datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Right
from propdesk.domain.suspensions import NotedSuspension, SuspensionDraft, check_suspension
from propdesk.domain.texts import clean_text
from propdesk.i18n import _
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.noting import noted, refuse
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.suspensions import get_suspension
from propdesk.services.queries.units import get_unit
from propdesk.storage.dunning import LimitationSuspensionRecord


def note_suspension(
    unit_id: int, draft: SuspensionDraft, *, by: int, now: datetime
) -> NotedSuspension:
    """Write an obstacle down. Raises DraftError for what is not right yet."""
    with writing():
        staff = fee_actor(by, Right.DUN)
        draft = replace(draft, note=clean_text(draft.note))
        refuse(check_suspension(draft, local(now).date()))
        record = LimitationSuspensionRecord.create(
            unit=get_unit(unit_id).id,
            obstacle=draft.obstacle.value,
            from_on=draft.from_on,
            until_on=draft.until_on,
            note=draft.note,
            entered_at=local(now),
            staff=staff.id,
        )
        return get_suspension(record.id)


def end_suspension(
    suspension_id: int, until_on: date, *, by: int, now: datetime
) -> NotedSuspension:
    """Note on which day an obstacle that went on was gone."""
    with writing():
        fee_actor(by, Right.DUN)
        one = get_suspension(suspension_id)
        record = _standing(suspension_id)
        if record.until_on is not None:
            raise RuleError(
                "suspension-ended",
                _("This obstacle is noted as gone; void it and note it anew where that is wrong."),
            )
        draft = SuspensionDraft(one.obstacle, one.from_on, until_on, one.note)
        refuse(check_suspension(draft, local(now).date()))
        record.until_on = until_on
        record.save()
        return get_suspension(suspension_id)


def void_suspension(suspension_id: int, reason: str, *, by: int, now: datetime) -> NotedSuspension:
    """Void an obstacle that was noted by mistake; it stays, with the reason."""
    with writing():
        staff = fee_actor(by, Right.DUN)
        reason = noted(reason, _("Say why it is voided."))
        record = _standing(suspension_id)
        record.voided_at, record.voided_staff_id = local(now), staff.id
        record.void_reason = reason
        record.save()
        return get_suspension(suspension_id)


def _standing(suspension_id: int) -> LimitationSuspensionRecord:
    record: LimitationSuspensionRecord = LimitationSuspensionRecord.get_by_id(
        get_suspension(suspension_id).id
    )
    if record.voided_at is not None:
        raise RuleError("suspension-void", _("This suspension was voided already."))
    return record

"""Keep the cases of houses in arrears: why they do not pay, holds, how far the matter went."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from propdesk.domain.arrears import ARREARS_REASON_LABELS, LEGAL_LABELS
from propdesk.domain.arrears_cases import (
    ArrearsCase,
    CaseDraft,
    CaseWish,
    NoteKind,
    check_case,
)
from propdesk.domain.errors import DraftError, Problem
from propdesk.domain.staff import Right, Staff
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import _
from propdesk.services.parts.arrears_cases import note_case
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.noting import noted, refuse
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.arrears_cases import get_case
from propdesk.storage.dunning import ArrearsCaseRecord


def change_case(
    unit_id: int, draft: CaseDraft, *, version: int, by: int, now: datetime
) -> ArrearsCase:
    """Store what is known of a case; each change is a line of its history.

    Raises DraftError with a sentence for each field that is not right yet.
    """
    with writing():
        who = fee_actor(by, Right.DUN)
        today = local(now).date()
        case = get_case(unit_id, today)
        check_version(case.version, version)
        _store(case, draft, who, now)
        return get_case(unit_id, today)


def change_cases(unit_ids: Collection[int], wish: CaseWish, *, by: int, now: datetime) -> int:
    """Say the same of several houses, all or none; what the wish leaves out stays as it is.

    Returns how many cases are otherwise now. Raises DraftError as `change_case`.
    """
    with writing():
        who = fee_actor(by, Right.DUN)
        if not wish.says_anything:
            text = _("Choose a reason, or until when the cases are held.")
            raise DraftError((Problem("reason", text),))
        today = local(now).date()
        cases = [get_case(unit_id, today) for unit_id in dict.fromkeys(unit_ids)]
        return sum(_store(case, wish.applied_to(case), who, now) for case in cases)


def _store(case: ArrearsCase, draft: CaseDraft, who: Staff, now: datetime) -> bool:
    """Store a case and a line for each change; tell whether there was any."""
    draft = replace(
        draft,
        reason_text=clean_text(draft.reason_text),
        held_reason=clean_line(draft.held_reason) if draft.held_until else "",
    )
    refuse(check_case(draft, local(now).date()))
    changes = _changes(case, draft)
    if not changes:
        return False
    values = {
        "reason": draft.reason.value if draft.reason else "",
        "reason_text": draft.reason_text,
        "held_until": draft.held_until,
        "held_reason": draft.held_reason,
        "legal_state": draft.legal_state.value if draft.legal_state else "",
        "changed_at": local(now),
        "staff": who.id,
        "version": case.version + 1,
    }
    ArrearsCaseRecord.insert(unit=case.unit_id, **values).on_conflict(
        conflict_target=[ArrearsCaseRecord.unit], update=values
    ).execute()
    for kind, text in changes:
        note_case(kind, case.unit_id, text, staff_id=who.id, now=now)
    return True


def note_arrears(unit_id: int, text: str, *, by: int, now: datetime) -> ArrearsCase:
    """Write a remark into the history of a case."""
    with writing():
        who = fee_actor(by, Right.DUN)
        text = noted(text, _("Write what is to be kept."))
        case = get_case(unit_id, local(now).date())
        note_case(NoteKind.NOTE, case.unit_id, text, staff_id=who.id, now=now)
        return get_case(unit_id, local(now).date())


def _changes(case: ArrearsCase, draft: CaseDraft) -> list[tuple[NoteKind, str]]:
    """Return the lines that say what became otherwise."""
    found = []
    if (draft.reason, draft.reason_text) != (case.reason, case.reason_text):
        reason = str(ARREARS_REASON_LABELS[draft.reason]) if draft.reason else ""
        words = [word for word in (reason, draft.reason_text) if word]
        found.append((NoteKind.REASON, ": ".join(words)))
    if (draft.held_until, draft.held_reason) != (case.held_until, case.held_reason):
        if draft.held_until is None:
            found.append((NoteKind.RELEASED, ""))
        else:
            text = _("until {day}: {reason}").format(day=draft.held_until, reason=draft.held_reason)
            found.append((NoteKind.HELD, text))
    if draft.legal_state != case.legal_state:
        legal = str(LEGAL_LABELS[draft.legal_state]) if draft.legal_state else ""
        found.append((NoteKind.LEGAL, legal))
    return found

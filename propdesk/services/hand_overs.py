"""Hand over a shift: what is typed is kept; what is open is read whenever the sheet is printed."""

from datetime import datetime

from propdesk.domain.hand_overs import HandOver, HandOverDraft, check_hand_over
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.services.parts.actors import actor, member
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.hand_overs import get_hand_over
from propdesk.storage.papers import HandOverRecord


def write_hand_over(draft: HandOverDraft, *, by: int, now: datetime) -> HandOver:
    """Store a hand-over; `by` leaves. Raises DraftError with a sentence for each field."""
    with writing():
        who = actor(by, Right.TAKE_TICKETS)
        draft = HandOverDraft(
            shift=clean_line(draft.shift),
            to_staff_id=draft.to_staff_id,
            items=clean_text(draft.items),
            matters=clean_text(draft.matters),
        )
        refuse(check_hand_over(draft, who.id))
        record = HandOverRecord.create(
            at=local(now),
            shift=draft.shift,
            from_staff=who.id,
            to_staff=None if draft.to_staff_id is None else member(draft.to_staff_id).id,
            items=draft.items,
            matters=draft.matters,
        )
        return get_hand_over(record.id)

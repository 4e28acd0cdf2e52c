"""Write acts of urging down, with what proves them (law.md 1.3, 1.6).

An act says which bills it was about and moves the state of its letter. Nothing is changed later: a
wrong act is voided, what comes of it afterwards is an act of its own.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

from propdesk.domain.attachments import Attachment, check_caption, check_count
from propdesk.domain.dunning_acts import ActDraft, Doubt, DunningAct
from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line
from propdesk.i18n import _
from propdesk.services.parts.acts_written import Proofs, doubts, keep_proofs, move_letter, write_act
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.files_in import Refused, Source, Staged, discard, quiet, stage
from propdesk.services.parts.noting import noted, refuse
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.dunning_acts import get_act, list_proofs
from propdesk.services.queries.units import get_unit
from propdesk.storage.dunning import DunningActRecord, FeeLetterRecord
from propdesk.storage.opening import OpenOffice

__all__ = ["Proofs"]


def note_act(
    unit_id: int, draft: ActDraft, *, by: int, now: datetime, proofs: Proofs | None = None
) -> DunningAct:
    """Write an act of urging down, which bills it was about, and the files that prove it.

    The bills are its letter's, else those chosen among what was due and open on its day, else all
    of these. Raises DraftError and RuleError as `write_act` does.
    """
    with writing():
        staff = fee_actor(by, Right.DUN)
        unit = get_unit(unit_id)
        record = write_act(unit.id, draft, staff=staff, now=now, proofs=proofs)
        return get_act(record.id)


def list_doubts(unit_id: int, draft: ActDraft) -> tuple[Doubt, ...]:
    """Return what speaks against an act, for a form to show before it is written down."""
    return doubts(unit_id, draft)


def void_act(act_id: int, reason: str, *, by: int, now: datetime) -> DunningAct:
    """Void an act that was written down by mistake; it stays, with the reason."""
    with writing():
        staff = fee_actor(by, Right.DUN)
        reason = noted(reason, _("Say why the act is voided."))
        record = _standing(act_id)
        record.voided_at, record.voided_staff_id = local(now), staff.id
        record.void_reason = reason
        record.save()
        if record.letter_id is not None:
            move_letter(FeeLetterRecord.get_by_id(record.letter_id))
        return get_act(act_id)


def stage_proofs(
    office: OpenOffice,
    sources: Sequence[Source],
    *,
    by: int,
    on_progress: Callable[[int, int], None] = quiet,
) -> Staged:
    """Make photos and scans ready for an act that is still being typed."""
    fee_actor(by, Right.DUN)
    return stage(office, sources, on_progress)


def add_proof(
    office: OpenOffice,
    act_id: int,
    sources: Sequence[Source],
    *,
    by: int,
    now: datetime,
    caption: str = "",
    on_progress: Callable[[int, int], None] = quiet,
) -> tuple[tuple[Attachment, ...], tuple[Refused, ...]]:
    """Keep photos and scans that prove an act; return those kept and those refused."""
    fee_actor(by, Right.DUN)
    caption = clean_line(caption)
    refuse(check_caption(caption))
    check_count(len(list_proofs(act_id)), len(sources))
    staged = stage(office, sources, on_progress)
    try:
        with writing():
            staff = fee_actor(by, Right.DUN)
            proofs = Proofs(office, staged.files, caption)
            ids = keep_proofs(_standing(act_id), proofs, staff=staff, now=now)
            added = tuple(one for one in list_proofs(act_id) if one.id in ids)
    except BaseException:
        with suppress(RuleError):
            discard(office, staged.files)
        raise
    return added, staged.refused


def _standing(act_id: int) -> DunningActRecord:
    record = DunningActRecord.get_by_id(get_act(act_id).id)
    if record.voided_at is not None:
        raise RuleError("act-void", _("This act was voided already."))
    return record

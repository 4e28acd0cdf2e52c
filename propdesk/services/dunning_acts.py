"""Write acts of urging down, with what proves them (law.md 1.3, 1.6).

An act says which bills it was about and moves the state of its letter. Nothing is changed later: a
wrong act is voided, what comes of it afterwards is an act of its own.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime

from propdesk.domain.attachments import Attachment, check_caption, check_count
from propdesk.domain.dunning import LetterState, Result, Stage
from propdesk.domain.dunning_acts import (
    ON_ITS_WAY,
    ActDraft,
    Doubt,
    DunningAct,
    check_act,
    clean_act,
    doubts_of,
    has_own_proof,
    letter_state_after,
)
from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line
from propdesk.i18n import _
from propdesk.services.parts.contact_limits import load_contact_limits
from propdesk.services.parts.fee_access import GUARDS, fee_actor
from propdesk.services.parts.files_in import Refused, Source, discard, file_row, quiet, stage
from propdesk.services.parts.held_cases import require_free
from propdesk.services.parts.noting import noted, refuse
from propdesk.services.parts.open_bills import DemandedBill, due_bills, letter_bills
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.dunning_acts import count_contacts, get_act, list_proofs
from propdesk.services.queries.units import get_unit
from propdesk.storage.database import rows
from propdesk.storage.dunning import DemandLineRecord, DunningActRecord, FeeLetterRecord
from propdesk.storage.opening import OpenOffice


def note_act(unit_id: int, draft: ActDraft, *, by: int, now: datetime) -> DunningAct:
    """Write an act of urging down, and which bills it was about.

    Those are its letter's, else what was due and open on its day. Raises DraftError for fields that
    are not right; RuleError for a guard among those who did it (保安服务管理条例 26, 30), where
    nothing was open, where a complaint holds the case, and where hours or counts (Civil Code 1033)
    speak against it and no reason is given.
    """
    with writing():
        staff = fee_actor(by, Right.DUN)
        unit = get_unit(unit_id)
        draft = clean_act(draft)
        refuse(check_act(draft, local(now)))
        _check_no_guards((draft.done_by, draft.witness))
        letter = _letter(unit_id, draft)
        if draft.is_held_back:
            why = draft.override_reason
            require_free(unit.id, draft.at, why, staff_id=staff.id, now=now)
        _check_doubts(list_doubts(unit_id, draft), draft)
        bills = _bills(unit_id, draft)
        record = DunningActRecord.create(
            unit=unit.id,
            letter=draft.letter_id,
            stage=draft.stage.value,
            way=draft.way.value,
            result=draft.result.value,
            at=local(draft.at),
            entered_at=local(now),
            staff=staff.id,
            done_by=draft.done_by or staff.name,
            witness=draft.witness,
            receiver=draft.receiver,
            relation=draft.relation.value if draft.relation else "",
            address=draft.address,
            express_number=draft.express_number,
            arrived_on=draft.arrived_on,
            has_proof=has_own_proof(draft),
            open_fen=sum(bill.open_fen for bill in bills),
            note=draft.note,
            override_reason=draft.override_reason,
        )
        for bill in bills:
            DemandLineRecord.create(bill=bill.id, act=record.id, open_fen=bill.open_fen)
        if letter is not None:
            _move_letter(letter)
        return get_act(record.id)


def list_doubts(unit_id: int, draft: ActDraft) -> tuple[Doubt, ...]:
    """Return what speaks against an act, for a form to show before it is written down."""
    day = draft.at.date()
    monday = date.fromordinal(day.toordinal() - day.weekday())
    sunday = date.fromordinal(monday.toordinal() + 6)
    return doubts_of(
        draft,
        load_contact_limits(day),
        on_day=count_contacts(unit_id, day, day),
        in_week=count_contacts(unit_id, monday, sunday),
    )


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
            _move_letter(FeeLetterRecord.get_by_id(record.letter_id))
        return get_act(act_id)


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
            record = _standing(act_id)
            known = {one.file.sha256 for one in list_proofs(act_id)}
            ids = [
                file_row(
                    office, file, staff_id=staff.id, at=local(now), caption=caption, act=act_id
                )
                for file in staged.files
                if file.sha256 not in known
            ]
            if ids:
                record.has_proof = True
                record.save()
            added = tuple(one for one in list_proofs(act_id) if one.id in ids)
    except BaseException:
        with suppress(RuleError):
            discard(office, staged.files)
        raise
    return added, staged.refused


# -- what an act is about


def _bills(unit_id: int, draft: ActDraft) -> list[DemandedBill]:
    day = draft.at.date()
    if draft.letter_id is not None:
        return letter_bills(draft.letter_id, day)
    found = due_bills(unit_id, day, also_not_due=draft.stage is Stage.NOTICE)
    if not found:
        raise RuleError(
            "act-nothing-open",
            _("Nothing was due and open on {day}: there was nothing to urge.").format(day=day),
        )
    return found


def _letter(unit_id: int, draft: ActDraft) -> FeeLetterRecord | None:
    if draft.letter_id is None:
        return None
    letter = FeeLetterRecord.get_or_none(
        FeeLetterRecord.id == draft.letter_id, FeeLetterRecord.unit == unit_id
    )
    if letter is None:
        raise RuleError("act-letter", _("This letter does not belong to this house."))
    state = LetterState(letter.state)
    if state in (LetterState.DRAFT, LetterState.APPROVED):
        raise RuleError(
            "act-letter-unprinted",
            _("The letter {number} is not printed yet; print it before it goes out.").format(
                number=letter.number
            ),
        )
    if state in (LetterState.VOIDED, LetterState.WITHDRAWN):
        raise RuleError(
            "act-letter-void",
            _("The letter {number} is void or withdrawn; write a new one.").format(
                number=letter.number
            ),
        )
    return letter


def _move_letter(letter: FeeLetterRecord) -> None:
    """Set how far a letter went by all its acts; a settled one stays settled."""
    if LetterState(letter.state) not in ON_ITS_WAY:
        return
    found = rows(
        "SELECT result, at FROM dunning_act WHERE letter_id = ? AND voided_at IS NULL ORDER BY at",
        letter.id,
    )
    results = frozenset(Result(row[0]) for row in found)
    letter.state = letter_state_after(results).value
    gone = [row[1] for row in found if letter_state_after(frozenset({Result(row[0])}))
            is not LetterState.PRINTED]  # fmt: skip
    letter.sent_at = datetime.fromisoformat(gone[0]) if gone else None
    letter.version += 1
    letter.save()


def _standing(act_id: int) -> DunningActRecord:
    record = DunningActRecord.get_by_id(get_act(act_id).id)
    if record.voided_at is not None:
        raise RuleError("act-void", _("This act was voided already."))
    return record


# -- what speaks against it


def _check_doubts(doubts: Iterable[Doubt], draft: ActDraft) -> None:
    words = [doubt.text for doubt in doubts]
    if words and not draft.override_reason:
        words.append(_("Give the reason if it was done all the same."))
        raise RuleError("act-doubtful", " ".join(words))


def _check_no_guards(names: Iterable[str]) -> None:
    """Refuse guards among those who did it: they may not take part in urging."""
    for name in filter(None, names):
        found = rows(
            "SELECT 1 FROM staff s JOIN department d ON d.id = s.department_id "
            "WHERE s.name = ? AND d.code = ?",
            name,
            GUARDS,
        )
        if found:
            raise RuleError(
                "guards-no-dunning",
                _(
                    "{name} is a guard: guards take no part in urging (Regulations on security "
                    "services 26, 30). Send a colleague of another department."
                ).format(name=name),
            )

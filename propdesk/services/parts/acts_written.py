"""Writing an act of urging down, with its bills, its letter and its files: for one and for many.

Called inside the transaction of the command (law.md 1.3, 1.6).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from propdesk.domain.attachments import StagedFile, check_count
from propdesk.domain.dunning import LetterState, Result, Stage
from propdesk.domain.dunning_acts import (
    ON_ITS_WAY,
    ActDraft,
    Doubt,
    check_act,
    clean_act,
    doubts_of,
    has_own_proof,
    letter_state_after,
)
from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Staff
from propdesk.i18n import _
from propdesk.services.parts.contact_limits import count_contacts, load_contact_limits
from propdesk.services.parts.fee_access import GUARDS
from propdesk.services.parts.files_in import file_row
from propdesk.services.parts.held_cases import require_free
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.open_bills import DemandedBill, due_bills, letter_bills
from propdesk.services.parts.writing import local
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.database import rows
from propdesk.storage.dunning import DemandLineRecord, DunningActRecord, FeeLetterRecord
from propdesk.storage.opening import OpenOffice


@dataclass(frozen=True, slots=True)
class Proofs:
    """Files that lie ready to prove an act, and the office that keeps them."""

    office: OpenOffice
    files: Sequence[StagedFile]
    caption: str = ""


def write_act(
    unit_id: int, draft: ActDraft, *, staff: Staff, now: datetime, proofs: Proofs | None = None
) -> DunningActRecord:
    """Write an act of urging down, and which bills it was about.

    Raises DraftError for fields that are not right; RuleError for a guard among those who did it
    (保安服务管理条例 26, 30), where nothing was open, where a complaint holds the case, and where
    hours or counts (Civil Code 1033) speak against it and no reason is given.
    """
    draft = clean_act(draft)
    refuse(check_act(draft, local(now)))
    _check_no_guards((draft.done_by, draft.witness))
    letter = _letter(unit_id, draft)
    if draft.is_held_back:
        why = draft.override_reason
        require_free(unit_id, draft.at, why, staff_id=staff.id, now=now)
    _check_doubts(doubts(unit_id, draft), draft)
    bills = demanded(unit_id, draft)
    record: DunningActRecord = DunningActRecord.create(
        unit=unit_id,
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
        medium=draft.medium.value if draft.medium else "",
        has_proof=has_own_proof(draft),
        open_fen=sum(bill.open_fen for bill in bills),
        note=draft.note,
        override_reason=draft.override_reason,
    )
    for bill in bills:
        DemandLineRecord.create(bill=bill.id, act=record.id, open_fen=bill.open_fen)
    if proofs is not None:
        keep_proofs(record, proofs, staff=staff, now=now)
    if letter is not None:
        move_letter(letter)
    return record


def keep_proofs(
    record: DunningActRecord, proofs: Proofs, *, staff: Staff, now: datetime
) -> list[int]:
    """Give staged files to an act; return the ids of those that it did not have yet."""
    of_act = (AttachmentRecord.act == record.id) & AttachmentRecord.removed_at.is_null()
    known = {one.sha256 for one in AttachmentRecord.select().where(of_act)}
    check_count(len(known), len(proofs.files))
    ids = [
        file_row(
            proofs.office, file, staff_id=staff.id, at=local(now), caption=proofs.caption,
            act=record.id,
        )
        for file in proofs.files
        if file.sha256 not in known
    ]  # fmt: skip
    if ids:
        record.has_proof = True
        record.save()
    return ids


def move_letter(letter: FeeLetterRecord) -> None:
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


def demanded(unit_id: int, draft: ActDraft) -> list[DemandedBill]:
    """Return the bills that an act is about: its letter's, else those due and open on its day.

    Of the latter the draft may name some.
    """
    day = draft.at.date()
    if draft.letter_id is not None:
        return letter_bills(draft.letter_id, day)
    found = due_bills(unit_id, day, also_not_due=draft.stage is Stage.NOTICE)
    chosen = set(draft.bill_ids) or {bill.id for bill in found}
    if chosen - {bill.id for bill in found}:
        raise RuleError(
            "act-bill",
            _("A bill that was chosen was not due and open on {day}; choose anew.").format(day=day),
        )
    if not found:
        raise RuleError(
            "act-nothing-open",
            _("Nothing was due and open on {day}: there was nothing to urge.").format(day=day),
        )
    return [bill for bill in found if bill.id in chosen]


def doubts(unit_id: int, draft: ActDraft) -> tuple[Doubt, ...]:
    """Return what speaks against an act: its hour, how often the house was urged (1033)."""
    day = draft.at.date()
    monday = date.fromordinal(day.toordinal() - day.weekday())
    sunday = date.fromordinal(monday.toordinal() + 6)
    return doubts_of(
        draft,
        load_contact_limits(day),
        on_day=count_contacts(unit_id, day, day),
        in_week=count_contacts(unit_id, monday, sunday),
    )


def _letter(unit_id: int, draft: ActDraft) -> FeeLetterRecord | None:
    if draft.letter_id is None:
        return None
    letter: FeeLetterRecord | None = FeeLetterRecord.get_or_none(
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


def _check_doubts(found: Iterable[Doubt], draft: ActDraft) -> None:
    words = [doubt.text for doubt in found]
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

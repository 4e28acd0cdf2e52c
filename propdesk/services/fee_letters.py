"""Make, approve, send and withdraw fee letters (law.md 1.6); printing is a module of its own.

A letter goes from draft over approved to printed, and from then on nothing of what it says changes.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from peewee import SQL

from propdesk.domain.demand_stages import StageRule
from propdesk.domain.dunning import LetterState, Stage
from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fee_letters import (
    LetterContent,
    check_move,
    content_sha256,
    content_text,
    letter_number,
    to_json,
)
from propdesk.domain.fee_lint import refuse_threats
from propdesk.domain.fee_templates import (
    FeeTemplate,
    TemplatePart,
    check_template,
    clean_template,
)
from propdesk.domain.letter_ten import Missing, check_ten
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.staff import RIGHTS, Right, Staff
from propdesk.domain.texts import clean_text
from propdesk.i18n import _, speaking
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.fee_rules import rules_version
from propdesk.services.parts.letter_contents import Debt, Letterhead, letter_content, read_debts
from propdesk.services.parts.letter_heads import count_times, load_letterhead, read_prepaid
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.numbering import take_numbers
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.fee_letters import (
    FeeLetter,
    RipeHouse,
    changed_since,
    find_fee_letter,
    get_fee_letters,
    list_missing,
    list_ripe,
)
from propdesk.storage.database import database, rows, stored_time
from propdesk.storage.dunning import FeeLetterRecord, LetterBatchRecord

SERIES = "fee-letter"
_INSERT_LETTER = (
    "INSERT INTO fee_letter (id, number, unit_id, stage, times, state, person_id, payer_id, "
    "dated_on, pay_by, total_fen, late_fen, content, content_sha256, rules, batch_id, corrects_id, "
    "written_at, staff_id, approved_at, approved_staff_id, prints, note, version) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '', 1)"
)
_INSERT_LINE = "INSERT INTO demand_line (bill_id, letter_id, open_fen) VALUES (?, ?, ?)"
_INSERT_OVERRIDE = (
    "INSERT INTO arrears_note (unit_id, kind, text, ticket_id, at, staff_id) "
    "VALUES (?, 'override', ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class Warned:
    """A letter that was made although it lacks something of the ten, below the formal stages."""

    number: str
    short: str
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class MadeLetters:
    """What came of making letters: their ids in delivery order, who was left alone, warnings.

    `refused` are houses whose letter of a formal stage lacks something of the ten.
    """

    batch_id: int | None
    letter_ids: tuple[int, ...]
    total_fen: int
    held: tuple[RipeHouse, ...]
    warned: tuple[Warned, ...]
    refused: tuple[Warned, ...]


@dataclass(frozen=True, slots=True)
class LetterWish:
    """What is asked for beside the usual: one building only, houses that had this stage before.

    `override_reason` says why held houses are urged all the same, `pay_by` is a later day than the
    period of the stage grants.
    """

    building_id: int | None = None
    again: bool = False
    override_reason: str = ""
    pay_by: date | None = None
    language: PaperLanguage | None = None


USUAL = LetterWish()


def make_letters(
    stage: Stage,
    unit_ids: Collection[int] | None = None,
    *,
    by: int,
    now: datetime,
    wish: LetterWish = USUAL,
) -> MadeLetters:
    """Make the letters of a stage for all ripe houses, or those among `unit_ids`.

    Held houses are left out, unless the wish says why they are urged all the same; that is logged
    with the house. A letter of stage 4 or 5 that lacks something of the ten things is not made;
    below, it is told.
    """
    today = now.date()
    reason = clean_text(wish.override_reason)
    with writing():
        staff = fee_actor(by, Right.DUN)
        head = load_letterhead(stage, today, wish.language)
        ripe = list_ripe(
            stage, today, building_id=wish.building_id, unit_ids=unit_ids, again=wish.again
        )
        held = [] if reason else [house for house in ripe if house.held]
        left = {house.unit_id for house in held}
        wanted = [house for house in ripe if house.unit_id not in left]
        if reason:
            refuse_threats(reason)
            _log_overrides(wanted, reason, staff, now)
        made = _write(wanted, head, staff=staff, now=now, asked_by=wish.pay_by)
        batch_id, ids, total, warned, refused = made
        return MadeLetters(batch_id, ids, total, tuple(held), warned, refused)


def _log_overrides(houses: Iterable[RipeHouse], reason: str, staff: Staff, now: datetime) -> None:
    moment = stored_time(local(now))
    database.cursor().executemany(
        _INSERT_OVERRIDE,
        [
            (house.unit_id, reason, house.ticket_id, moment, staff.id)
            for house in houses
            if house.held
        ],
    )


_Written = tuple[
    int | None, tuple[int, ...], int, tuple[Warned, ...], tuple[Warned, ...]
]  # fmt: skip


def _write(
    houses: Sequence[RipeHouse],
    head: Letterhead,
    *,
    staff: Staff,
    now: datetime,
    asked_by: date | None,
) -> _Written:
    """Write the letters of houses in one go: two lists of rows, each inserted at once."""
    stage, today = head.rule.stage, head.dated_on
    units = [house.unit_id for house in houses]
    debts = list(read_debts(units, due_before=None if stage is Stage.NOTICE else today))
    times, prepaid = count_times(stage), read_prepaid()
    good: list[tuple[Debt, LetterContent]] = []
    warned: list[Warned] = []
    refused: list[Warned] = []
    draft = letter_number(head.fees, today.year, 0)
    for debt in debts:
        with speaking(head.language):
            content = letter_content(
                debt,
                head,
                number=draft,
                times=times.get((debt.unit_id, debt.person_id), 0) + 1,
                prepaid_fen=prepaid.get(debt.unit_id, 0),
                asked_by=asked_by,
            )
        missing = check_ten(content, pay_days=head.rule.least_days)
        if missing and head.rule.needs_approval:
            refused.append(Warned("", debt.short, missing))
            continue
        good.append((debt, content))
        if missing:
            warned.append(Warned("", debt.short, missing))
    if not good:
        return None, (), 0, tuple(warned), tuple(refused)
    total = sum(content.total_fen for _debt, content in good)
    batch = LetterBatchRecord.create(
        stage=stage.value,
        letters=len(good),
        total_fen=total,
        written_at=local(now),
        staff=staff.id,
    )
    ids = _insert(good, head, batch.id, staff=staff, now=now)
    return batch.id, ids, total, tuple(warned), tuple(refused)


def _insert(
    good: Sequence[tuple[Debt, LetterContent]],
    head: Letterhead,
    batch_id: int | None,
    *,
    staff: Staff,
    now: datetime,
    corrects_id: int | None = None,
) -> tuple[int, ...]:
    moment, year = stored_time(local(now)), head.dated_on.year
    first = int(rows("SELECT coalesce(max(id), 0) + 1 FROM fee_letter")[0][0])
    rules = _rules_json(head.rule)
    approved = not head.rule.needs_approval
    state = LetterState.APPROVED if approved else LetterState.DRAFT
    letters, lines = [], []
    numbers = _numbers(head, year, len(good))
    blank = letter_number(head.fees, year, 0)
    for id_, (number, (debt, content)) in enumerate(zip(numbers, good, strict=True), first):
        said = _numbered(content, number, blank)
        text = content_text(said)
        letters.append(
            (
                id_, number, debt.unit_id, head.rule.stage.value, content.times, state.value,
                debt.person_id, debt.payer_id, content.dated_on, content.pay_by or None,
                content.total_fen, content.late_fen, text, content_sha256(said), rules, batch_id,
                corrects_id, moment, staff.id, moment if approved else None,
                staff.id if approved else None,
            )
        )  # fmt: skip
        lines += [(bill.id, id_, bill.open_fen) for bill in debt.bills]
    cursor = database.cursor()
    cursor.executemany(_INSERT_LETTER, letters)
    cursor.executemany(_INSERT_LINE, lines)
    return tuple(range(first, first + len(good)))


def _numbered(content: LetterContent, number: str, blank: str) -> dict[str, object]:
    """Return what a letter says under its number, in the paragraphs that name it, too."""
    said = to_json(content)
    said["number"] = number
    for part in said["parts"]:
        part["text"] = part["text"].replace(blank, number)
    return said


def _numbers(head: Letterhead, year: int, count: int) -> list[str]:
    """Return the next numbers of the year; those that another pattern gave are passed over."""
    numbers: list[str] = []
    while len(numbers) < count:
        found = [
            letter_number(head.fees, year, one)
            for one in take_numbers(SERIES, f"{year:04d}", count - len(numbers))
        ]
        taken = {
            row[0]
            for row in rows(
                "SELECT number FROM fee_letter WHERE number IN (SELECT value FROM json_each(?))",
                json.dumps(found),
            )
        }
        numbers += [one for one in found if one not in taken]
    return numbers


def _rules_json(rule: StageRule) -> str:
    return json.dumps(
        {
            "version": rules_version(),
            "after_days": rule.after_days,
            "pay_days": rule.pay_days,
        }
    )


# One letter's way.


def approve_letters(letter_ids: Collection[int], *, by: int, now: datetime) -> int:
    """Approve drafts; return how many.

    Refuses one that no longer says what is open, or lacks something of the ten things.
    """
    with writing():
        staff = fee_actor(by, Right.APPROVE_LETTERS)
        letters = get_fee_letters(letter_ids)
        changed = changed_since(letter_ids)
        for letter in letters.values():
            check_move(letter.state, LetterState.APPROVED, letter.number)
            _check_as_open(letter, changed)
            _check_complete(letter)
        _move(letters, LetterState.APPROVED, approved_at=local(now), approved_staff=staff.id)
        return len(letters)


def reword_letter(number: str, parts: Sequence[TemplatePart], *, by: int) -> FeeLetter:
    """Change the words of a draft; it stays a draft, its table and its number as they are.

    Raises DraftError for what may not stand on a paper about fees (F65).
    """
    with writing():
        fee_actor(by, Right.DUN)
        letter = find_fee_letter(number)
        if letter.state is not LetterState.DRAFT:
            raise RuleError(
                "letter-not-draft",
                _("Letter {number} is no draft any more; take it back and make it anew.").format(
                    number=letter.number
                ),
            )
        clean = clean_template(FeeTemplate(letter.stage, tuple(parts)))
        refuse(check_template(clean))
        said = to_json(replace(letter.content, parts=clean.parts))
        _move([letter.id], LetterState.DRAFT, content=said, content_sha256=content_sha256(said))
        return get_fee_letters([letter.id])[letter.id]


def send_letters(
    letter_ids: Collection[int], *, by: int, now: datetime, at: datetime | None = None
) -> int:
    """Note that printed letters went out; how each arrived is noted with its proof."""
    moment = local(at or now)
    if moment > local(now):
        raise RuleError(
            "time-in-future",
            _("{time} has not come yet; enter what has happened.").format(
                time=moment.strftime("%Y-%m-%d %H:%M")
            ),
        )
    with writing():
        fee_actor(by, Right.DUN)
        letters = get_fee_letters(letter_ids)
        for letter in letters.values():
            check_move(letter.state, LetterState.SENT, letter.number)
        _move(letters, LetterState.SENT, sent_at=moment)
        return len(letters)


def withdraw_letter(number: str, reason: str, *, by: int, now: datetime) -> FeeLetter:
    """Take a letter back: an unprinted one is void, a printed one withdrawn (Civil Code 141).

    Withdrawn is only what has not arrived; afterwards a correction is a new letter.
    """
    said = clean_text(reason)
    if not said:
        refuse((Problem("reason", _("Say why the letter is taken back.")),))
    with writing():
        fee_actor(by, Right.DUN)
        letter = find_fee_letter(number)
        unprinted = letter.state in {LetterState.DRAFT, LetterState.APPROVED}
        to = LetterState.VOIDED if unprinted else LetterState.WITHDRAWN
        check_move(letter.state, to, letter.number)
        _move({letter.id: letter}, to, ended_at=local(now), note=said)
    return find_fee_letter(number)


def correct_letter(number: str, *, by: int, now: datetime) -> FeeLetter:
    """Write a new letter in place of a printed one, from what is open today; it names the old one.

    One that has not arrived is withdrawn; one that has stays as it is.
    """
    with writing():
        staff = fee_actor(by, Right.DUN)
        old = find_fee_letter(number)
        if old.printed_at is None:
            raise RuleError(
                "letter-unprinted",
                _("Letter {number} is not printed; take it back and make it anew.").format(
                    number=old.number
                ),
            )
        head = load_letterhead(old.stage, now.date(), None)
        record = FeeLetterRecord.get_by_id(old.id)
        due = None if old.stage is Stage.NOTICE else now.date()
        owed = [
            debt
            for debt in read_debts([old.unit_id], due_before=due)
            if (debt.person_id, debt.payer_id) == (record.person_id, record.payer_id)
        ]
        if not owed:
            raise RuleError(
                "letter-nothing-open",
                _("Nothing is open any more of what letter {number} asked for.").format(
                    number=old.number
                ),
            )
        with speaking(head.language):
            content = letter_content(
                owed[0],
                head,
                number=letter_number(head.fees, head.dated_on.year, 0),
                times=old.times,
                prepaid_fen=read_prepaid().get(old.unit_id, 0),
                version=old.content.version + 1,
                corrects=old.number,
            )
        missing = check_ten(content, pay_days=head.rule.least_days)
        if missing and head.rule.needs_approval:
            refuse(tuple(Problem("content", one.sentence) for one in missing))
        if old.state in {LetterState.PRINTED, LetterState.SENT}:
            _move({old.id: old}, LetterState.WITHDRAWN, ended_at=local(now))
        (id_,) = _insert([(owed[0], content)], head, None, staff=staff, now=now, corrects_id=old.id)
        return get_fee_letters([id_])[id_]


def may_approve(staff: Staff) -> bool:
    """Tell whether somebody may approve letters."""
    return Right.APPROVE_LETTERS in RIGHTS[staff.role]


def _check_as_open(letter: FeeLetter, changed: Collection[int]) -> None:
    if letter.id in changed:
        raise RuleError(
            "letter-out-of-date",
            _(
                "Something was paid or changed since letter {number} was made; take it back and "
                "make it anew."
            ).format(number=letter.number),
        )


def _check_complete(letter: FeeLetter) -> None:
    missing = list_missing(letter)
    if missing:
        raise RuleError(
            "letter-incomplete",
            _("Letter {number} lacks something. {missing}").format(
                number=letter.number, missing=" ".join(one.sentence for one in missing)
            ),
        )


def _move(letters: Collection[int], to: LetterState, **values: object) -> None:
    wanted = SQL("id IN (SELECT value FROM json_each(?))", (json.dumps(list(letters)),))
    FeeLetterRecord.update(state=to.value, version=FeeLetterRecord.version + 1, **values).where(
        wanted
    ).execute()
